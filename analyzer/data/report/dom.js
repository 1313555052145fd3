// The report's scripts are joined into one module, in the order that analyzer/report/page.py names.
// Helpers to build what is seen. Text enters the page as text nodes and attributes only, never as markup.

const STANCES = ["hostile", "conditional", "conciliatory", "none"];
const KINDS = ["direct", "mixed", "indirect"];
const SIGNS = { hostile: "▼", conditional: "◆", conciliatory: "▲", none: "○", unknown: "?" };
const STANCE_NAMES = {
  hostile: "hostile", conditional: "conditional", conciliatory: "conciliatory", none: "no stance", unknown: "stance unknown",
};

const byId = (id) => document.getElementById(id);

/** An element of `tag`; attributes that are null or false are left out, children are nodes, strings or null. */
function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
function drawn(tag, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null));
  return made;
}

/** A button that calls `act`. An attribute data-key lets it keep the focus when it is built anew: see replaceContent. */
function button(attributes, act, ...children) {
  const made = element("button", { type: "button", ...attributes }, ...children);
  made.addEventListener("click", act);
  return made;
}

/** Put `children` in place of what is in `container`; what has the same data-key keeps the focus. */
function replaceContent(container, ...children) {
  const key = container.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  container.replaceChildren(...children.flat(Infinity).filter((child) => child !== null));
  if (key === undefined) return;
  const again = [...container.querySelectorAll("[data-key]")].find((made) => made.dataset.key === key);
  again?.focus({ preventScroll: true });
}

/** Words from an article among words of ours, kept from turning those around. */
const isolated = (text) => element("bdi", {}, text);

const hiddenText = (text) => element("span", { class: "visually-hidden" }, text);

/** Words from an article for an option or a label, where no element can isolate them. */
function plain(text, longest = 80) {
  const line = text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim();
  const points = [...line];
  return points.length > longest ? `${points.slice(0, longest - 1).join("")}…` : line;
}

const numberFormat = new Intl.NumberFormat("en");
const dateFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
});

const percent = (share) => `${Math.round(100 * share)} %`;

/** `3 articles`, `1 article`. */
function counted(number, noun) {
  return `${numberFormat.format(number)} ${noun}${number === 1 ? "" : "s"}`;
}

const day = (time) => dateFormat.format(new Date(time));

/** The sign and the name of a stance. */
function stanceName(stance) {
  return element("span", { class: `stance ${stance}` },
    element("span", { "aria-hidden": "true" }, SIGNS[stance]), ` ${STANCE_NAMES[stance]}`);
}
