"""Finding in an article the words that an annotator copied: spans from text, without counting characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.quotation import Span

GAP = "<...>"
"""Stands in a copied span for the words that the annotator left out."""
_LONGEST_GAP = 6000
_FOLDED = {
    **dict.fromkeys('"“”„‟″«»', '["“”„‟″«»]'),
    **dict.fromkeys("'‘’‚‛′`", "['‘’‚‛′`]"),
    **dict.fromkeys("-‐‑–—−", "[-‐‑–—−]"),
}


class AnchorError(ValueError):
    """Copied words that do not stand in the article, or do not say which of several places is meant."""


def find_anchor(text: str, copied: str, *, near: Sequence[Span] = (), within: bool = False) -> Span:
    """The span of *text* that *copied* stands for.

    *copied* is the span's words; ``<...>`` in it leaves words out. Where they stand several times, the place
    nearest to the spans *near* is taken (inside them if *within*), the first without *near*; words around
    the span, with the span itself in ``[[ ]]``, choose another. Quotation marks, dashes and white space need
    not be of the same form. Raises AnchorError, which says how far the words were found.
    """
    places = all_anchors(text, copied)
    if not places:
        raise AnchorError(f"{copied!r} is not in the article{_farthest(text, copied)}")
    return min(places, key=lambda place: (_distance(place, near, within), place))


def all_anchors(text: str, copied: str) -> list[Span]:
    """Every span of *text* that *copied* can stand for, in text order; see ``find_anchor``."""
    before, inner, after = _split_context(copied.strip())
    pattern = f"{_edge(before + inner, 0)}{_pattern(before)}({_pattern(inner)}){_pattern(after)}"
    return [match.span(1) for match in re.finditer(pattern + _edge(inner + after, -1), text, re.DOTALL)]


def _split_context(copied: str) -> tuple[str, str, str]:
    if "[[" not in copied:
        return "", copied, ""
    before, _, rest = copied.partition("[[")
    inner, closed, after = rest.partition("]]")
    if not closed or not inner.strip():
        raise AnchorError(f"{copied!r}: write the span between [[ and ]], its context around them")
    return before, inner, after


def _pattern(copied: str) -> str:
    gap = rf".{{0,{_LONGEST_GAP}}}?"
    return gap.join(_literal(part) for part in copied.split(GAP))


def _literal(part: str) -> str:
    return "".join(r"\s+" if c.isspace() else _FOLDED.get(c, re.escape(c)) for c in re.sub(r"\s+", " ", part))


def _edge(copied: str, index: int) -> str:
    """A condition that the match does not begin or end inside a word."""
    stripped = copied.strip()
    if not stripped or not stripped[index].isalnum():
        return ""
    return r"(?<!\w)" if index == 0 else r"(?!\w)"


def _distance(place: Span, near: Sequence[Span], within: bool) -> int:
    if not near:
        return 0
    if within and any(start <= place[0] and place[1] <= end for start, end in near):
        return -1
    return min(max(start - place[1], place[0] - end, 0) for start, end in near)


def _farthest(text: str, copied: str) -> str:
    words = copied.replace("[[", "").replace("]]", "").split()
    for count in range(len(words) - 1, 0, -1):
        if all_anchors(text, " ".join(words[:count])):
            last = " ".join(words[max(0, count - 4) : count])
            return f": it is found up to {last!r}, but not {words[count]!r} after it"
    return ""
