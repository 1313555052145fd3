// Figures, the bar of stances and who speaks most.

const SPEAKERS_SHOWN = 15;

function showFigures(shown) {
  const shownArticles = new Set(shown.map((quotation) => quotation.article)).size;
  const speakers = new Set(shown.map((quotation) => quotation.speakerName).filter((name) => name !== null)).size;
  const filtered = filterNames().length > 0;
  replaceContent(byId("figures"),
    figure("articles", filtered ? shownArticles : articles.length, articles.length),
    figure("quotations", shown.length, quotations.length),
    figure("named speakers", speakers, speakers),
    figure("not analyzed", failures.length, failures.length));
}

function figure(name, number, all) {
  const of = number === all ? null : element("small", {}, ` of ${numberFormat.format(all)}`);
  return element("div", {}, element("dt", {}, name), element("dd", {}, numberFormat.format(number), of));
}

function showStances(shown) {
  const counts = countStances(shown);
  const labels = STANCES.map((stance) => element("li", {},
    stanceName(stance), " ", element("b", {}, numberFormat.format(counts[stance])),
    counts.total ? element("small", {}, ` ${percent(counts[stance] / counts.total)}`) : null));
  replaceContent(byId("stances"), stackedBar(counts, counts.total), element("ul", { class: "bar-labels" }, labels));
}

/** A bar of the stances' colours; one that counts `longest` quotations is as wide as its place. */
function stackedBar(counts, longest) {
  const parts = STANCES.filter((stance) => counts[stance] > 0).map((stance) => {
    const part = element("span", { class: `part ${stance}` });
    part.style.width = `${(100 * counts[stance]) / longest}%`;
    return part;
  });
  return element("span", { class: "bar", "aria-hidden": "true" }, parts);
}

/** Like `▼ 3 ◆ 1`; the stances that nobody takes are left out. */
function stanceCounts(counts) {
  const taken = STANCES.filter((stance) => counts[stance] > 0);
  return element("span", { class: "counts" }, taken.map((stance, place) => [
    place ? " " : null,
    element("span", { class: `stance ${stance}` },
      element("span", { "aria-hidden": "true" }, SIGNS[stance]),
      numberFormat.format(counts[stance]),
      hiddenText(` ${STANCE_NAMES[stance]}`)),
  ]).flat());
}

function showSpeakers(shown) {
  const groups = countBy(shown, (quotation) => quotation.speakerName);
  const longest = groups.length ? groups[0][1].total : 1;
  const unnamed = shown.filter((quotation) => quotation.speakerName === null).length;
  const left = groups.length - SPEAKERS_SHOWN;
  const notes = [
    left > 0 ? `${counted(left, "more speaker")}.` : "",
    unnamed ? `${counted(unnamed, "quotation")} of unknown speakers.` : "",
  ].filter(Boolean).join(" ");
  replaceContent(byId("speakers-chart"),
    element("ol", { class: "ranking" },
      groups.slice(0, SPEAKERS_SHOWN).map(([name, counts]) => speakerRow(name, counts, longest))),
    element("p", { class: "note" }, notes || (groups.length ? "" : "No speakers.")));
}

function speakerRow(name, counts, longest) {
  const values = { speaker: name };
  return element("li", {}, button(
    { class: "row", "data-key": name, "aria-pressed": String(isFiltered(values)), title: "Show this speaker only" },
    () => toggleFilter(values),
    element("span", { class: "name" }, isolated(name)),
    stackedBar(counts, longest),
    element("span", { class: "total" }, numberFormat.format(counts.total)),
    stanceCounts(counts)));
}
