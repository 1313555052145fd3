"""Passages with one quotation marked in the text itself: ``[source]``, ``<cue>`` and ``{content}``."""

from __future__ import annotations

import re
from typing import NamedTuple

from analyzer.quotation import QuotationSpans, Span

_PARTS = ("source", "cue", "content")
_MARKED = re.compile(r"\[(?P<source>[^][<>{}]+)\]|<(?P<cue>[^][<>{}]+)>|\{(?P<content>[^][<>{}]+)\}")


class MarkedPassage(NamedTuple):
    """The *text* without the marks, and the *quotation* that they marked in it."""

    text: str
    quotation: QuotationSpans


def read_marked(marked: str) -> MarkedPassage:
    """Take the marks out of *marked*. Raises ValueError without a content, or for marks that do not close."""
    text, end = "", 0
    spans: dict[str, list[Span]] = {part: [] for part in _PARTS}
    for match in _MARKED.finditer(marked):
        text += marked[end : match.start()]
        part = str(match.lastgroup)
        spans[part].append((len(text), len(text) + len(match[part])))
        text += match[part]
        end = match.end()
    text += marked[end:]
    if not spans["content"] or set(text) & set("[]<>{}"):
        raise ValueError(f"not [source], <cue> and {{content}} with one {{content}} at least: {marked!r}")
    quotation = QuotationSpans(
        content=tuple(spans["content"]), cue=tuple(spans["cue"]), source=tuple(spans["source"])
    )
    return MarkedPassage(text, quotation)
