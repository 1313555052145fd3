// The results that the page holds, made ready to be shown.

const articles = [];
const failures = [];
const countryNames = new Map();

/** All quotations, in the order of the articles. */
const quotations = [];

function readResults() {
  for (const block of document.querySelectorAll('script[type="application/json"]')) {
    const data = JSON.parse(block.textContent);
    if (data.countries) for (const [code, name] of Object.entries(data.countries)) countryNames.set(code, name);
    else if (data.error) failures.push(data);
    else articles.push(readArticle(data, articles.length));
  }
  for (const article of articles) for (const quotation of article.quotations) quotations.push(quotation);
  // Most pages have none, and need no choice of it.
  if (quotations.some((quotation) => quotation.stance.label === "unknown")) STANCES.push("unknown");
}

function readArticle(data, index) {
  const article = { ...data, index, time: timeOf(data.date), isOpen: null, marks: null };
  const offset = utf16Offsets(data.text);
  const moved = (spans) => spans.map(([start, end]) => [offset(start), offset(end)]);
  article.quotations = data.quotations.map((quotation, place) => readQuotation(quotation, article, place, moved));
  return article;
}

function readQuotation(data, article, place, moved) {
  const { confidence, role, stance, speaker } = data;
  const sure = [confidence.quotation, confidence.source, confidence.speaker].filter((value) => value !== null);
  return {
    ...data,
    article,
    place,
    number: data.id + 1,
    // Those of the article as Python counts, for the CSV.
    points: data.spans,
    spans: moved(data.spans),
    cue: moved(data.cue),
    source: moved(data.source),
    stance: { ...stance, evidence: moved(stance.evidence) },
    speakerName: speaker.name,
    roleCountry: role.country,
    targetName: stance.target ? stance.target.name : null,
    targetCountry: stance.target ? stance.target.country : null,
    attribution: Math.min(...sure),
    shown: true,
    searched: null,
  };
}

/** From code points, in which the results count, to the UTF-16 units of JavaScript's strings. */
function utf16Offsets(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (offset) => offset;
  const units = [];
  let unit = 0;
  for (const point of text) {
    units.push(unit);
    unit += point.length;
  }
  units.push(unit);
  return (offset) => units[offset];
}

/** Milliseconds of a date like 2026-11-25; null for what is no such date. */
function timeOf(date) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date ?? "");
  if (!parts) return null;
  const time = Date.parse(date);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? null : time;
}

const coveredText = (article, spans) => spans.map(([start, end]) => article.text.slice(start, end)).join(" ");

const wordsOf = (quotation) => coveredText(quotation.article, quotation.spans);

const headline = (article) => article.title || article.id;

const countryName = (code) => countryNames.get(code) ?? code;

/** One line on a quotation: speaker, stance and target. */
function summary(quotation) {
  const target = quotation.targetName === null ? "" : ` toward ${quotation.targetName}`;
  return plain(`${quotation.speakerName ?? "unknown speaker"}, ${STANCE_NAMES[quotation.stance.label]}${target}`, 200);
}

/** How many of `some` take each stance, with their total. */
function countStances(some) {
  const counts = { hostile: 0, conditional: 0, conciliatory: 0, none: 0, unknown: 0, total: 0 };
  for (const quotation of some) addStance(counts, quotation);
  return counts;
}

function addStance(counts, quotation) {
  counts[quotation.stance.label] += 1;
  counts.total += 1;
  return counts;
}

/** `some` by what `key` gives of them, null being left out: pairs of key and counts, the most frequent first. */
function countBy(some, key) {
  const groups = new Map();
  for (const quotation of some) {
    const value = key(quotation);
    if (value === null) continue;
    if (!groups.has(value)) groups.set(value, countStances([]));
    addStance(groups.get(value), quotation);
  }
  return [...groups].sort((one, other) => other[1].total - one[1].total || (one[0] < other[0] ? -1 : 1));
}
