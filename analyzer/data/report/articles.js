// The articles: a heading each, and once it is opened the text with its quotations and a list beside it.

const OPEN_AT_ONCE = 10;

function buildArticles() {
  byId("article-list").replaceChildren(...articles.map(buildArticle));
  byId("key").replaceChildren(...STANCES.map((stance) =>
    element("mark", { class: `segment ${stance}` }, stanceName(stance))), element("u", {}, "evidence for the stance"));
}

function buildArticle(article) {
  const id = `article-${article.index}`;
  article.toggle = button({ class: "toggle", "aria-expanded": "false", "aria-controls": `${id}-body` }, () => {
    article.isOpen = article.body.hidden;
    openArticle(article, article.isOpen);
  }, isolated(headline(article)));
  article.tally = element("span", { class: "tally" });
  article.body = element("div", { class: "body", id: `${id}-body`, hidden: true });
  article.place = element("article", { id, class: "article", "aria-labelledby": `${id}-heading` },
    element("h3", { id: `${id}-heading` }, article.toggle),
    element("p", { class: "byline" }, bylineOf(article), article.tally),
    article.body);
  return article.place;
}

function bylineOf(article) {
  const parts = [
    article.outlet ? isolated(article.outlet) : null,
    article.date ? (article.time === null ? isolated(article.date)
      : element("time", { datetime: article.date }, day(article.time))) : null,
    article.title ? element("span", { class: "id" }, isolated(article.id)) : null,
  ].filter((part) => part !== null);
  return parts.flatMap((part) => [part, element("span", { "aria-hidden": "true" }, " · ")]);
}

/** Hide the articles of which the filter shows nothing; open the first few that the reader has not set himself. */
function showArticles() {
  const filtered = filterNames().length > 0;
  let rank = 0;
  for (const article of articles) {
    const shown = article.quotations.filter((quotation) => quotation.shown);
    const visible = shown.length > 0 || !filtered;
    article.place.hidden = !visible;
    if (!visible) continue;
    showTally(article, shown, filtered);
    openArticle(article, article.isOpen ?? rank < OPEN_AT_ONCE);
    if (article.marks) markShown(article);
    rank += 1;
  }
}

function showTally(article, shown, filtered) {
  const number = filtered ? `${shown.length} of ${counted(article.quotations.length, "quotation")} `
    : `${counted(shown.length, "quotation")} `;
  article.tally.replaceChildren(number, stanceCounts(countStances(shown)));
}

function openArticle(article, open) {
  if (open && !article.marks) fillArticle(article);
  if (article.body.hidden !== open) return;
  article.body.hidden = !open;
  article.toggle.setAttribute("aria-expanded", String(open));
}

function fillArticle(article) {
  article.marks = new Map(article.quotations.map((quotation) => [quotation, []]));
  article.markers = new Map();
  article.entries = new Map();
  const notes = article.warnings.map((warning) => element("p", { class: "note" }, "Note: ", isolated(warning)));
  const prose = element("div", { class: "prose", dir: "auto" },
    segmentsOf(article).map((segment) => segmentNodes(article, segment)).flat());
  const list = article.quotations.length
    ? element("ol", { class: "entries", "aria-label": "Quotations" }, article.quotations.map(buildEntry))
    : element("p", { class: "note" }, "No quotations.");
  article.body.replaceChildren(...notes, element("div", { class: "columns" }, prose, list));
  markShown(article);
}

/** A stretch of text; where a quotation begins, its marker stands before it. */
function segmentNodes(article, { text, owners, evidence }) {
  const begun = owners.filter((owner) => !article.markers.has(owner)).map((owner) => buildMarker(article, owner));
  const owner = owners.at(-1);
  if (!owner) return [text];
  const nested = owners.length > 1 ? " nested" : "";
  const words = evidence ? element("u", {}, text) : text;
  const mark = element("mark", { class: `segment ${owner.stance.label}${nested}` }, begun, words);
  mark.addEventListener("mouseenter", () => pointAt(owner, mark, true));
  mark.addEventListener("mouseleave", () => pointAt(owner, mark, false));
  for (const around of owners) article.marks.get(around).push(mark);
  mark.quotation = owner;
  return [mark];
}

function buildMarker(article, quotation) {
  const { number, stance } = quotation;
  const marker = button({ class: `marker ${stance.label}`, "aria-label": `Quotation ${number}: ${summary(quotation)}` },
    () => goTo(article.entries.get(quotation)),
    String(number), element("span", { "aria-hidden": "true" }, SIGNS[stance.label]));
  marker.addEventListener("focus", () => pointAt(quotation, marker, true));
  marker.addEventListener("blur", () => pointAt(quotation, marker, false));
  article.markers.set(quotation, marker);
  return marker;
}

function buildEntry(quotation) {
  const { article, number, stance } = quotation;
  const goThere = () => goTo(article.markers.get(quotation));
  const jump = button({ class: "jump", "aria-label": `Quotation ${number} in the text` }, goThere, String(number));
  const entry = element("li", { class: `entry ${stance.label}` },
    element("p", { class: "who" }, jump, " ", element("strong", {}, speakerOf(quotation)), roleOf(quotation)),
    element("p", {}, stanceLine(quotation)),
    element("p", { class: "words", dir: "auto" }, wordsOf(quotation)));
  entry.addEventListener("click", (event) => {
    if (!event.target.closest("button") && document.getSelection().isCollapsed) goThere();
  });
  article.entries.set(quotation, jump);
  return entry;
}

/** Show or hide the tooltip on `quotation`, and mark all its stretches and its place in the list. */
function pointAt(quotation, anchor, on) {
  const { article } = quotation;
  for (const mark of article.marks.get(quotation)) mark.classList.toggle("pointed", on);
  article.entries.get(quotation).closest("li").classList.toggle("pointed", on);
  if (on) showTooltip(quotation, anchor, article.markers.get(quotation));
  else hideTooltipSoon();
}

/** Bring `place`, a marker or its counterpart in the list, into view and focus it. */
function goTo(place) {
  if (!place) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
}

/** Grey the quotations that the filter does not show. */
function markShown(article) {
  for (const [quotation, marks] of article.marks) {
    for (const mark of marks) if (mark.quotation === quotation) mark.classList.toggle("grey", !quotation.shown);
    article.markers.get(quotation)?.classList.toggle("grey", !quotation.shown);
    article.entries.get(quotation).closest("li").classList.toggle("grey", !quotation.shown);
  }
}

/** Open or close every article that is shown. */
function setAllOpen(open) {
  for (const article of articles) {
    if (article.place.hidden) continue;
    article.isOpen = open;
    openArticle(article, open);
  }
}

/** What is closed is printed all the same, and closed again after. */
function watchPrinting() {
  let opened = [];
  addEventListener("beforeprint", () => {
    hideTooltip();
    opened = articles.filter((article) => !article.place.hidden && article.body.hidden);
    for (const article of opened) openArticle(article, true);
  });
  addEventListener("afterprint", () => {
    for (const article of opened) openArticle(article, false);
    opened = [];
  });
}
