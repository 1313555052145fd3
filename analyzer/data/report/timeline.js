// Quotations over time: stacked bars for each day, week, month or some years, and the same as a table.

const DAY = 86_400_000;
const BARS_AT_MOST = 100;
const CHART_HEIGHT = 100;

/** The bars' beginnings and names, over all dated articles, so that the axis stays when the filter changes. */
function timeBins() {
  const times = articles.map((article) => article.time).filter((time) => time !== null);
  if (new Set(times).size < 2) return null;
  const first = times.reduce((one, other) => Math.min(one, other));
  const last = times.reduce((one, other) => Math.max(one, other));
  const days = (last - first) / DAY + 1;
  const years = new Date(last).getUTCFullYear() - new Date(first).getUTCFullYear() + 1;
  if (days <= 45) return binsFrom(first, last, "day", (start) => start + DAY, day);
  if (days <= 400) {
    return binsFrom(first - ((new Date(first).getUTCDay() + 6) % 7) * DAY, last, "week",
      (start) => start + 7 * DAY, (start) => `week of ${day(start)}`);
  }
  if (years * 12 <= BARS_AT_MOST) {
    return binsFrom(calendarStart(first, true), last, "month", (start) => laterMonth(start, 1), monthName);
  }
  const step = Math.ceil(years / BARS_AT_MOST);
  return binsFrom(calendarStart(first, false), last, step === 1 ? "year" : `${step} years`,
    (start) => laterMonth(start, 12 * step), (start) => yearsName(start, step));
}

function binsFrom(first, last, unit, next, name) {
  const starts = [];
  for (let start = first; start <= last; start = next(start)) starts.push(start);
  return { starts, unit, name };
}

// Dates are built from ISO text, since Date.UTC takes the years 0 to 99 for those of the last century.
const isoTime = (year, month) =>
  Date.parse(`${String(year).padStart(4, "0")}-${String(month + 1).padStart(2, "0")}-01`);

function calendarStart(time, ofMonth) {
  const date = new Date(time);
  return isoTime(date.getUTCFullYear(), ofMonth ? date.getUTCMonth() : 0);
}

function laterMonth(start, months) {
  const date = new Date(start);
  const month = date.getUTCMonth() + months;
  const year = date.getUTCFullYear() + Math.floor(month / 12);
  return year > 9999 ? Infinity : isoTime(year, month % 12);
}

const monthFormat = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const monthName = (start) => monthFormat.format(new Date(start));

function yearsName(start, step) {
  const year = new Date(start).getUTCFullYear();
  return step === 1 ? `${year}` : `${year}–${year + step - 1}`;
}

function showTimeline(shown, bins) {
  byId("timeline").hidden = !bins;
  if (!bins) return;
  const groups = bins.starts.map(() => countStances([]));
  const dated = shown.filter((quotation) => quotation.article.time !== null);
  for (const quotation of dated) addStance(groups[binOf(bins.starts, quotation.article.time)], quotation);
  const highest = Math.max(...groups.map((counts) => counts.total));
  const undated = shown.length - dated.length;
  replaceContent(byId("timeline-chart"),
    element("p", { class: "note" }, `Quotations by ${bins.unit}; the highest bar counts ${numberFormat.format(highest)}.`,
      undated ? ` ${counted(undated, "quotation")} in articles without a date ${undated === 1 ? "is" : "are"} not here.` : ""),
    timeBars(groups, bins, highest || 1),
    timeAxis(bins),
    timeTable(groups, bins));
}

/** The last bin that begins at `time` or before. */
function binOf(starts, time) {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle] <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

function timeBars(groups, bins, highest) {
  const bars = groups.map((counts, place) => {
    let top = CHART_HEIGHT;
    const parts = STANCES.filter((stance) => counts[stance] > 0).map((stance) => {
      const height = (CHART_HEIGHT * counts[stance]) / highest;
      top -= height;
      return drawn("rect", { class: stance, x: place + 0.1, width: 0.8, y: top, height });
    });
    return drawn("g", {}, drawn("title", {}, `${bins.name(bins.starts[place])}: ${countsInWords(counts)}`), parts);
  });
  const lines = [0.5, 1].map((share) => drawn("line",
    { x1: 0, x2: groups.length, y1: CHART_HEIGHT * (1 - share), y2: CHART_HEIGHT * (1 - share) }));
  return drawn("svg",
    { viewBox: `0 0 ${groups.length} ${CHART_HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" }, lines, bars);
}

function countsInWords(counts) {
  const parts = STANCES.filter((stance) => counts[stance]).map((stance) => `${counts[stance]} ${STANCE_NAMES[stance]}`);
  return parts.join(", ") || "no quotations";
}

function timeAxis({ starts, name }) {
  const last = starts.length - 1;
  return element("div", { class: "axis", "aria-hidden": "true" },
    element("span", {}, name(starts[0])), last > 0 ? element("span", {}, name(starts[last])) : null);
}

function timeTable(groups, bins) {
  const was = byId("timeline-chart").querySelector("details");
  const row = (start, counts) => element("tr", {}, element("th", { scope: "row" }, bins.name(start)),
    STANCES.map((stance) => element("td", {}, numberFormat.format(counts[stance]))));
  return element("details", { class: "as-table", open: Boolean(was && was.open) },
    element("summary", { "data-key": "as-table" }, "As a table"),
    element("table", {},
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, bins.unit),
        STANCES.map((stance) => element("th", { scope: "col" }, stanceName(stance))))),
      element("tbody", {}, bins.starts.map((start, place) => [start, groups[place]])
        .filter(([, counts]) => counts.total).map(([start, counts]) => row(start, counts)))));
}
