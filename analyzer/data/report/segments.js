// An article's text cut where what is shown of it changes.

/** Pieces of the text in order: `owners` are the quotations around a piece, the innermost last. */
function segmentsOf(article) {
  const edges = new Set([0, article.text.length]);
  const opening = new Map();
  const closing = new Map();
  const note = (map, at, what) => map.set(at, [...(map.get(at) ?? []), what]);
  for (const quotation of article.quotations) {
    for (const [start, end] of quotation.spans) addRange(start, end, { quotation, evidence: false });
    for (const [start, end] of quotation.stance.evidence) addRange(start, end, { quotation, evidence: true });
  }
  function addRange(start, end, range) {
    if (start >= end) return;
    edges.add(start).add(end);
    note(opening, start, range);
    note(closing, end, range);
  }
  const cuts = [...edges].sort((one, other) => one - other);
  const running = new Set();
  return cuts.slice(0, -1).map((start, place) => {
    for (const range of closing.get(start) ?? []) running.delete(range);
    for (const range of opening.get(start) ?? []) running.add(range);
    const ranges = [...running];
    return {
      text: article.text.slice(start, cuts[place + 1]),
      owners: ranges.filter((range) => !range.evidence).map((range) => range.quotation).sort(outerFirst),
      evidence: ranges.some((range) => range.evidence),
    };
  });
}

const lengthOf = (quotation) => quotation.spans.reduce((sum, [start, end]) => sum + end - start, 0);

const outerFirst = (one, other) => lengthOf(other) - lengthOf(one) || one.place - other.place;
