// The quotations that the filter shows as CSV, in the columns of `communique analyze --format csv`.

// What spreadsheets take for the beginning of a formula, in its plain form; see analyzer/writers/delimited.py.
const FORMULA_STARTS = "=+-@\t\r\n\0";

const offsetsOf = (points) => points.map(([start, end]) => `${start}-${end}`).join(" ");

const CSV_COLUMNS = {
  article: ({ article }) => article.id,
  date: ({ article }) => (article.time === null ? null : article.date),
  article_title: ({ article }) => article.title,
  outlet: ({ article }) => article.outlet,
  quotation: ({ id }) => id,
  kind: ({ kind }) => kind,
  spans: ({ points }) => offsetsOf(points),
  text: wordsOf,
  cue: ({ article, cue }) => coveredText(article, cue),
  source: ({ article, source }) => coveredText(article, source),
  speaker: ({ speaker }) => speaker.name,
  speaker_kind: ({ speaker }) => speaker.kind,
  resolved_by: ({ speaker }) => speaker.resolved_by,
  role: ({ role }) => role.text,
  title: ({ role }) => role.title,
  affiliation: ({ role }) => role.affiliation,
  role_country: ({ role }) => role.country,
  role_category: ({ role }) => role.category,
  stance: ({ stance }) => stance.label,
  consequence: ({ stance }) => stance.consequence,
  target: ({ targetName }) => targetName,
  target_country: ({ targetCountry }) => targetCountry,
  evidence: ({ article, stance }) => coveredText(article, stance.evidence),
  confidence_quotation: ({ confidence }) => confidence.quotation,
  confidence_source: ({ confidence }) => confidence.source,
  confidence_speaker: ({ confidence }) => confidence.speaker,
  confidence_stance: ({ confidence }) => confidence.stance,
  model: ({ article }) => article.model,
};

const isFormula = (text) => text !== "" && FORMULA_STARTS.includes(text.slice(0, 1).normalize("NFKC").slice(0, 1));

function csvCell(value) {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" && isFormula(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvOf(shown) {
  const rows = shown.map((quotation) => Object.values(CSV_COLUMNS).map((cell) => csvCell(cell(quotation))).join(","));
  return `${[Object.keys(CSV_COLUMNS).join(","), ...rows].join("\r\n")}\r\n`;
}

function downloadCsv() {
  const shown = quotations.filter((quotation) => quotation.shown);
  // Spreadsheets know by the byte order mark that it is UTF-8.
  const blob = new Blob(["\ufeff", csvOf(shown)], { type: "text/csv;charset=utf-8" });
  const link = element("a", { href: URL.createObjectURL(blob), download: "quotations.csv" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
