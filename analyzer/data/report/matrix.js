// The table of stances by speaker, or the country of the role, and target.

const MATRIX_SIZE = 12;

const MATRIX_ROWS = {
  "": {
    noun: "country of the role", key: (quotation) => quotation.roleCountry, label: countryName,
    filter: (code) => ({ country: code, side: "role" }),
  },
  speaker: {
    noun: "speaker", key: (quotation) => quotation.speakerName, label: (name) => name,
    filter: (name) => ({ speaker: name }),
  },
};

function showMatrix(shown) {
  const by = MATRIX_ROWS[control("rows").value];
  const known = shown.filter((quotation) => by.key(quotation) !== null && quotation.targetName !== null);
  const rows = countBy(known, by.key);
  const columns = countBy(known, (quotation) => quotation.targetName);
  const cells = new Map(rows.map(([row]) => [row, new Map()]));
  for (const quotation of known) {
    const row = cells.get(by.key(quotation));
    const { targetName } = quotation;
    row.set(targetName, addStance(row.get(targetName) ?? countStances([]), quotation));
  }
  const note = element("p", { class: "note" }, matrixNote(by, shown, known, rows, columns));
  if (!known.length) return replaceContent(byId("matrix-chart"), note);
  const table = matrixTable(by, rows.slice(0, MATRIX_SIZE), columns.slice(0, MATRIX_SIZE), cells);
  const scroller = element("div",
    { class: "scroller", role: "region", tabindex: "0", "aria-labelledby": "matrix-heading" }, table);
  replaceContent(byId("matrix-chart"), scroller, note);
}

function matrixNote(by, shown, known, rows, columns) {
  const more = [
    rows.length > MATRIX_SIZE ? counted(rows.length - MATRIX_SIZE, "more row") : "",
    columns.length > MATRIX_SIZE ? counted(columns.length - MATRIX_SIZE, "more target") : "",
  ].filter(Boolean).join(" and ");
  const of = `${numberFormat.format(known.length)} of ${counted(shown.length, "quotation")}`;
  const colours = known.length ? " Red: more hostile than conciliatory; blue: the other way round." : "";
  return `${of} with a known ${by.noun} and target${more ? `; not in the table: ${more}` : ""}.${colours}`;
}

function matrixTable(by, rows, columns, cells) {
  const heads = columns.map(([target]) => element("th", { scope: "col" }, isolated(target)));
  const caption = element("caption", { class: "visually-hidden" },
    `How many quotations of each ${by.noun} take which stance toward each target`);
  return element("table", { class: "matrix" }, caption,
    element("thead", {}, element("tr", {}, element("td", {}), heads)),
    element("tbody", {}, rows.map(([row]) => element("tr", {},
      element("th", { scope: "row" }, isolated(by.label(row))),
      columns.map(([target]) => matrixCell(by, row, target, cells.get(row).get(target)))))));
}

function matrixCell(by, row, target, counts) {
  if (!counts) return element("td", { class: "empty" }, hiddenText("none"));
  const values = { ...by.filter(row), target };
  const parts = STANCES.filter((stance) => counts[stance]).map((stance) => `${counts[stance]} ${STANCE_NAMES[stance]}`);
  const made = button(
    {
      "data-key": JSON.stringify([row, target]),
      "aria-pressed": String(isFiltered(values)),
      "aria-label": `${plain(by.label(row))} toward ${plain(target)}: ${parts.join(", ")}`,
    },
    () => toggleFilter(values), stanceCounts(counts));
  return element("td", { class: balanceClass(counts) }, made);
}

/** The colour of the balance of conciliatory and hostile quotations, in five steps. */
function balanceClass({ hostile, conditional, conciliatory }) {
  const all = hostile + conditional + conciliatory;
  const balance = all ? (conciliatory - hostile) / all : 0;
  if (Math.abs(balance) < 0.2) return "balance even";
  return `balance ${balance < 0 ? "hostile" : "conciliatory"} ${Math.abs(balance) > 0.6 ? "strong" : "weak"}`;
}
