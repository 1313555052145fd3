"""A stretch of an article with the annotated and the predicted spans marked in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from analyzer.quotation import Span
from eval.evaluation import Piece

CONTEXT = 100
"""Characters that are shown before and after the spans, as far as words are whole."""

LONGEST = 700
"""Longer excerpts lose their middle: where the two sides differ is mostly at the ends."""

_LEFT_OUT = Piece(" […] ", False, False)
_BEFORE, _BEHIND = Piece("… ", False, False), Piece(" …", False, False)


def excerpt(
    text: str, gold: Sequence[Span], predicted: Sequence[Span], around: Sequence[Span] = ()
) -> tuple[Piece, ...]:
    """The words of *text* from a little before to a little behind all spans, cut where the marking changes.

    Spans *around* are shown and not marked.
    """
    spans = [*gold, *predicted, *around]
    if not spans:
        return ()
    first = _word_start(text, max(0, min(start for start, _ in spans) - CONTEXT))
    last = _word_end(text, min(len(text), max(end for _, end in spans) + CONTEXT))
    before, behind = [_BEFORE] * (first > 0), [_BEHIND] * (last < len(text))
    if last - first <= LONGEST:
        return (*before, *_pieces(text, gold, predicted, first, last), *behind)
    half = LONGEST // 2
    head = _pieces(text, gold, predicted, first, _word_end(text, first + half))
    tail = _pieces(text, gold, predicted, _word_start(text, last - half), last)
    return (*before, *head, _LEFT_OUT, *tail, *behind)


def _pieces(
    text: str, gold: Sequence[Span], predicted: Sequence[Span], first: int, last: int
) -> Iterator[Piece]:
    cuts = {first, last} | {edge for span in (*gold, *predicted) for edge in span if first < edge < last}
    for start, end in pairwise(sorted(cuts)):
        yield Piece(text[start:end], _covers(gold, start), _covers(predicted, start))


def _covers(spans: Sequence[Span], offset: int) -> bool:
    return any(start <= offset < end for start, end in spans)


def _word_start(text: str, offset: int) -> int:
    """*offset*, moved on past the rest of a word that it would cut, by at most 20 characters."""
    if not offset or text[offset - 1].isspace():
        return offset
    blank = next((at for at in range(offset, min(len(text), offset + 20)) if text[at].isspace()), None)
    return offset if blank is None else blank + 1


def _word_end(text: str, offset: int) -> int:
    """*offset*, moved back before a word that it would cut, by at most 20 characters."""
    if offset == len(text) or text[offset].isspace():
        return offset
    blank = next((at for at in range(offset - 1, max(0, offset - 20), -1) if text[at].isspace()), None)
    return offset if blank is None else blank
