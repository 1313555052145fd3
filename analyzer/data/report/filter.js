// What is shown: the filter form is the one place where that stands; the address's fragment follows it.

const form = byId("filter");
const LISTS = { stance: STANCES, kind: KINDS };
const PLAIN_FIELDS = ["words", "speaker", "target", "country", "side", "attribution", "certainty", "rows"];

const control = (name) => form.elements.namedItem(name);

const chosen = (name) => [...control(name)].filter((box) => box.checked).map((box) => box.value);

/** Put into the form what can be chosen. */
function buildFilter() {
  fillSelect("speaker", "any speaker", countBy(quotations, (quotation) => quotation.speakerName), plain);
  fillSelect("target", "any target", countBy(quotations, (quotation) => quotation.targetName), plain);
  fillSelect("country", "any country", countCountries(), countryName);
  fillChoices("stance", STANCES.map((stance) => [stance, stanceName(stance)]));
  fillChoices("kind", KINDS.map((kind) => [kind, kind]));
  form.addEventListener("submit", (event) => event.preventDefault());
}

function fillSelect(id, any, groups, label) {
  const labelled = groups.map(([value, counts]) => ({ value, label: label(value), total: counts.total }));
  const order = new Intl.Collator("en").compare;
  labelled.sort((one, other) => order(one.label, other.label));
  byId(id).replaceChildren(
    element("option", { value: "" }, any),
    ...labelled.map(({ value, label, total }) => element("option", { value }, `${label} (${total})`)),
  );
}

/** How many quotations each country is concerned in, as that of the role or of the target. */
function countCountries() {
  const groups = new Map();
  for (const quotation of quotations) {
    for (const code of new Set([quotation.roleCountry, quotation.targetCountry])) {
      if (code === null) continue;
      if (!groups.has(code)) groups.set(code, countStances([]));
      addStance(groups.get(code), quotation);
    }
  }
  return [...groups];
}

function fillChoices(name, choices) {
  byId(`${name}-choices`).replaceChildren(...choices.map(([value, label]) =>
    element("label", {}, element("input", { type: "checkbox", name, value, checked: true }), " ", label)));
}

/** The form as URL parameters, without what is at its default. */
function filterParameters() {
  const parameters = new URLSearchParams();
  for (const name of PLAIN_FIELDS) {
    const { value } = control(name);
    if (value !== "" && value !== "0") parameters.set(name, value);
  }
  for (const [name, all] of Object.entries(LISTS)) {
    if (chosen(name).length < all.length) parameters.set(name, chosen(name).join(","));
  }
  return parameters;
}

/** Set the form as `parameters` say; what it cannot take is left at its default. */
function setFilter(parameters) {
  form.reset();
  for (const name of PLAIN_FIELDS) {
    if (!parameters.has(name)) continue;
    const field = control(name);
    const value = parameters.get(name);
    field.value = field.type === "range" ? Number(value) || 0 : value;
    if (field.selectedIndex === -1) field.selectedIndex = 0;
  }
  for (const name of Object.keys(LISTS)) {
    if (!parameters.has(name)) continue;
    const wanted = parameters.get(name).split(",");
    for (const box of control(name)) box.checked = wanted.includes(box.value);
  }
}

/** Set each field of `values`; if they all stand so already, unset them. */
function toggleFilter(values) {
  const isSet = isFiltered(values);
  for (const [name, value] of Object.entries(values)) control(name).value = isSet ? "" : value;
  form.dispatchEvent(new Event("change"));
}

/** Whether each field of `values` stands as they say. */
function isFiltered(values) {
  return Object.entries(values).every(([name, value]) => control(name).value === value);
}

/** Letters, apostrophes and white space in one form, so that a search finds what looks alike. */
const folded = (text) =>
  text.normalize("NFKC").toLowerCase().replace(/[‘’]/g, "'").replace(/[“”„]/g, '"').replace(/\s+/g, " ");

/** Mark what the filter shows. */
function applyFilter() {
  const words = folded(control("words").value).trim();
  const [speaker, target, country, side] = ["speaker", "target", "country", "side"].map((name) => control(name).value);
  const stances = new Set(chosen("stance"));
  const kinds = new Set(chosen("kind"));
  const attribution = control("attribution").value / 100;
  const certainty = control("certainty").value / 100;
  const ofCountry = (quotation) =>
    (side !== "target" && quotation.roleCountry === country) || (side !== "role" && quotation.targetCountry === country);
  for (const quotation of quotations) {
    quotation.shown =
      stances.has(quotation.stance.label) &&
      kinds.has(quotation.kind) &&
      (!speaker || quotation.speakerName === speaker) &&
      (!target || quotation.targetName === target) &&
      (!country || ofCountry(quotation)) &&
      quotation.attribution >= attribution &&
      (!certainty || quotation.confidence.stance >= certainty) &&
      (!words || hasWords(quotation, words));
  }
}

function hasWords(quotation, words) {
  quotation.searched ??= folded(wordsOf(quotation));
  return quotation.searched.includes(words);
}

/** The fields that leave anything out. */
const filterNames = () => [...filterParameters().keys()].filter((name) => name !== "rows" && name !== "side");

/** The filter in words, for the printed page. */
function filterInWords() {
  const parameters = filterParameters();
  const side = { "": "role or target", role: "role", target: "target" }[parameters.get("side") ?? ""];
  const parts = {
    words: (value) => `with the words “${plain(value)}”`,
    speaker: (value) => `speaker ${plain(value)}`,
    target: (value) => `target ${plain(value)}`,
    country: (value) => `country of the ${side} ${countryName(value)}`,
    attribution: (value) => `confidence in who said what at least ${value} %`,
    certainty: (value) => `confidence in the stance at least ${value} %`,
    stance: (value) => `stance ${value.split(",").map((name) => STANCE_NAMES[name] ?? "—").join(" or ")}`,
    kind: (value) => `kind ${value.split(",").join(" or ") || "—"}`,
  };
  return filterNames().map((name) => parts[name](parameters.get(name))).join("; ");
}
