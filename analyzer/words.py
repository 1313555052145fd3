"""Words of an article, with the features that an uncased word-piece vocabulary loses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
import numpy.typing as npt
import regex

from analyzer.marks import Quoted, find_quoted
from analyzer.paragraphs import paragraph_spans
from analyzer.quotation import Span

_WORD = regex.compile(r"[\p{L}\p{N}_][\p{L}\p{N}\p{M}_]*|\S\p{M}*")

SHAPES = ("lower", "title", "upper", "mixed", "digit", "mark")
QUOTING = ("outside", "inside", "nested", "opening", "closing")
POSITIONS = ("inside", "start", "first", "first start")
"""Where a word stands: inside a paragraph, at its start, and the same for the article's first paragraph."""


@dataclass(frozen=True, slots=True)
class Words:
    """An article's words: runs of letters and digits, or single other characters with their combining marks.

    *spans* are offsets into the text; *shape*, *quoting* and *position* are int64 arrays of shape (words,)
    with indices into ``SHAPES``, ``QUOTING`` and ``POSITIONS``; *paragraph* numbers each word's paragraph.
    """

    text: str
    spans: tuple[Span, ...]
    shape: npt.NDArray[np.int64]
    quoting: npt.NDArray[np.int64]
    position: npt.NDArray[np.int64]
    paragraph: npt.NDArray[np.int64]
    quoted: tuple[Quoted, ...]

    def __len__(self) -> int:
        return len(self.spans)

    def strings(self) -> list[str]:
        """The words as they stand in the text."""
        return [self.text[start:end] for start, end in self.spans]

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """The word indices ``[first, last)`` that share a character with the text's ``[start, end)``."""
        first = bisect_right(self.spans, start, key=itemgetter(1))
        last = bisect_right(self.spans, end - 1, key=itemgetter(0))
        return first, last


def split_words(text: str) -> Words:
    """Split *text* into words and compute their features; linear in the length of the text."""
    spans = tuple(match.span() for match in _WORD.finditer(text))
    starts = np.fromiter((start for start, _ in spans), dtype=np.int64, count=len(spans))
    shape = np.fromiter((_shape(text[start:end]) for start, end in spans), dtype=np.int64, count=len(spans))
    quoted = find_quoted(text)
    paragraphs = np.array([start for start, _ in paragraph_spans(text)], dtype=np.int64)
    paragraph = np.searchsorted(paragraphs, starts, side="right") - 1
    begins = np.ones(len(spans), dtype=bool)
    begins[1:] = paragraph[1:] != paragraph[:-1]
    position = begins.astype(np.int64) + 2 * (paragraph <= 0)
    return Words(text, spans, shape, _quoting(starts, quoted), position, paragraph, quoted)


def _shape(word: str) -> int:
    if not (word[0].isalnum() or word[0] == "_"):
        return SHAPES.index("mark")
    if word[0].isdigit():
        return SHAPES.index("digit")
    if word.islower() or (not word[0].isupper() and word.lower() == word):
        return SHAPES.index("lower")
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return SHAPES.index("title")
    return SHAPES.index("upper" if word.isupper() else "mixed")


def _quoting(starts: npt.NDArray[np.int64], quoted: Sequence[Quoted]) -> npt.NDArray[np.int64]:
    quoting = np.zeros(len(starts), dtype=np.int64)
    for region in quoted:
        state = QUOTING.index("inside" if region.depth == 1 else "nested")
        for start, end in region.inner:
            first, last = np.searchsorted(starts, (start, end))
            quoting[first:last] = state
    for region in quoted:
        closing = region.marks[-1] if region.closed else None
        for mark in region.marks:
            first, last = np.searchsorted(starts, mark)
            quoting[first:last] = QUOTING.index("closing" if mark == closing else "opening")
    return quoting
