// The one tooltip: who says a quotation, in which role, with what stance, and how sure each of these is.

const tooltip = byId("tooltip");
const TOOLTIP_DELAY = 150;
let hiding = 0;
let tooltipAnchor = null;
let describedMarker = null;

/** Show the tooltip on `quotation` beside `anchor`; `marker` is the button in the text that it describes. */
function showTooltip(quotation, anchor, marker) {
  clearTimeout(hiding);
  tooltip.className = `tooltip ${quotation.stance.label}`;
  tooltip.replaceChildren(...tooltipContent(quotation));
  tooltip.hidden = false;
  tooltipAnchor = anchor;
  placeTooltip();
  describedMarker?.removeAttribute("aria-describedby");
  describedMarker = marker;
  marker.setAttribute("aria-describedby", "tooltip");
}

function hideTooltip() {
  clearTimeout(hiding);
  tooltip.hidden = true;
  describedMarker?.removeAttribute("aria-describedby");
  describedMarker = null;
}

/** Leaves the time to move the pointer onto the tooltip. */
function hideTooltipSoon() {
  clearTimeout(hiding);
  hiding = setTimeout(hideTooltip, TOOLTIP_DELAY);
}

function tooltipContent(quotation) {
  const { confidence, stance, kind } = quotation;
  const parts = [
    element("p", { class: "who" }, element("strong", {}, speakerOf(quotation)), roleOf(quotation)),
    element("p", {}, stanceLine(quotation)),
    element("p", { class: "sure" }, `${kind} · confidence: `,
      ["quotation", "source", "speaker", "stance"].filter((stage) => confidence[stage] !== null)
        .map((stage) => `${stage} ${percent(confidence[stage])}`).join(", ")),
  ];
  const others = STANCES.filter((label) => label in stance.probabilities);
  const shares = others.map((label) => `${STANCE_NAMES[label]} ${percent(stance.probabilities[label])}`);
  if (shares.length) parts.push(element("p", { class: "sure" }, shares.join(" · ")));
  return parts;
}

const speakerOf = (quotation) =>
  quotation.speakerName === null ? element("i", {}, "unknown speaker") : isolated(quotation.speakerName);

/** The role after a comma; nothing where the speaker is known by the role alone. */
function roleOf({ role, speakerName }) {
  if (!role.text || folded(role.text) === folded(speakerName ?? "")) return null;
  return [", ", isolated(role.text)];
}

/** Like `▼ hostile → Sudria`. */
function stanceLine({ stance, targetName }) {
  return element("span", {}, stanceName(stance.label),
    stance.consequence ? ` (${stance.consequence})` : null,
    targetName === null ? null : [element("span", { "aria-hidden": "true" }, " → "), hiddenText(" toward "), isolated(targetName)]);
}

/** Below the anchor's first line or, where there is no room, above it; always within the window. */
function placeTooltip() {
  const [line] = tooltipAnchor.getClientRects();
  if (!line) return;
  const { offsetWidth: width, offsetHeight: height } = tooltip;
  const room = document.documentElement.clientWidth;
  const below = line.bottom + 6;
  const top = below + height > window.innerHeight && line.top - height - 6 > 0 ? line.top - height - 6 : below;
  tooltip.style.left = `${Math.max(8, Math.min(line.left, room - width - 8))}px`;
  tooltip.style.top = `${top}px`;
}

function watchTooltip() {
  tooltip.addEventListener("mouseenter", () => clearTimeout(hiding));
  tooltip.addEventListener("mouseleave", hideTooltipSoon);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hideTooltip());
  document.addEventListener("scroll", () => tooltip.hidden || placeTooltip(), { passive: true });
}
