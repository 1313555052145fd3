// Puts the page together.

const SEARCH_DELAY = 200;

function showAll(bins) {
  applyFilter();
  const shown = quotations.filter((quotation) => quotation.shown);
  showFigures(shown);
  showStances(shown);
  showSpeakers(shown);
  showTimeline(shown, bins);
  showMatrix(shown);
  showArticles();
  showStatus(shown);
  rememberFilter();
}

function showStatus(shown) {
  const filtered = filterNames().length > 0;
  const inArticles = new Set(shown.map((quotation) => quotation.article)).size;
  byId("count").replaceChildren(
    filtered ? `${numberFormat.format(shown.length)} of ${counted(quotations.length, "quotation")}`
      : `All ${counted(quotations.length, "quotation")}`,
    ` in ${counted(inArticles, "article")}`,
    filtered ? element("span", { class: "chosen" }, `: ${filterInWords()}`) : "");
  byId("reset").hidden = !filtered;
  for (const range of form.querySelectorAll("input[type=range]")) {
    range.nextElementSibling.value = range.value === "0" ? "any" : `${range.value} %`;
    range.setAttribute("aria-valuetext", range.nextElementSibling.value);
  }
}

/** The fragment of the address, so that what is shown can be linked and comes back when the page is loaded. */
function rememberFilter() {
  const parameters = filterParameters().toString();
  const address = location.href.split("#")[0];
  if (location.hash.slice(1) !== parameters) history.replaceState(null, "", parameters ? `#${parameters}` : address);
}

function showStandfirst() {
  const times = articles.map((article) => article.time).filter((time) => time !== null);
  const first = times.reduce((one, other) => Math.min(one, other), Infinity);
  const last = times.reduce((one, other) => Math.max(one, other), -Infinity);
  const range = !times.length ? "" : first === last ? `, ${day(first)}` : `, ${day(first)} to ${day(last)}`;
  byId("standfirst").textContent = `Who said what, and where it leaves each state: ${counted(articles.length, "article")}${range}.`;
  const models = [...new Set(articles.map((article) => article.model))];
  byId("models").replaceChildren(
    "Quotations, speakers and stances were found by a program and may be wrong: read the text before you rest on one.",
    ...models.flatMap((model, place) => [place ? ", " : " Model: ", isolated(model)]), models.length ? "." : "");
}

function showFailures() {
  byId("failures").hidden = failures.length === 0;
  byId("failure-list").replaceChildren(...failures.map(({ id, error }) =>
    element("li", {}, element("strong", {}, isolated(id)), ": ", isolated(error.message))));
}

function watchFilter(bins) {
  let waiting = 0;
  const show = () => {
    clearTimeout(waiting);
    showAll(bins);
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, SEARCH_DELAY);
  });
  form.addEventListener("change", show);
  for (const radio of control("rows")) radio.addEventListener("change", show);
  byId("reset").addEventListener("click", () => {
    form.reset();
    show();
    byId("filter-details").querySelector("summary").focus();
  });
  addEventListener("hashchange", () => {
    setFilter(new URLSearchParams(location.hash.slice(1)));
    show();
  });
}

/** The skip link moves the focus only: the address's fragment is the filter's. */
function watchSkipLink() {
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("articles").scrollIntoView();
    byId("articles").focus({ preventScroll: true });
  });
}

function main() {
  readResults();
  byId("main").hidden = false;
  showStandfirst();
  showFailures();
  for (const id of ["filter", "status", "speakers", "matrix", "stances"]) byId(id).hidden = quotations.length === 0;
  byId("articles").hidden = articles.length === 0;
  if (matchMedia("(max-width: 40rem)").matches) byId("filter-details").open = false;
  const bins = quotations.length ? timeBins() : null;
  buildFilter();
  buildArticles();
  setFilter(new URLSearchParams(location.hash.slice(1)));
  watchFilter(bins);
  watchTooltip();
  watchPrinting();
  watchSkipLink();
  byId("expand").addEventListener("click", () => setAllOpen(true));
  byId("collapse").addEventListener("click", () => setAllOpen(false));
  byId("download").addEventListener("click", downloadCsv);
  showAll(bins);
}

main();
