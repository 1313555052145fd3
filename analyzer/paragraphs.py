"""Paragraphs of a text, hard-wrapped or not."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import regex

from analyzer.quotation import Span

_LINE_END = regex.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c]")
_LINE_END_AND_SPACE = regex.compile(r"[\n\r\u2028\u2029\x0b\x0c]\s*")
_WRAPPED_WIDTH = 90


def paragraph_spans(text: str) -> tuple[Span, ...]:
    """The paragraphs of *text* as ``(start, end)`` without the white space around them; none is empty.

    Every line is a paragraph, unless the text is hard-wrapped (it has blank lines, and the lines between
    them are no longer than a terminal's): then blank lines part the paragraphs. Linear in the text's length.
    """
    ends = [match.span() for match in _LINE_END_AND_SPACE.finditer(text)]
    blocks = _between(text, [end for end in ends if _has_blank_line(text[slice(*end)])])
    spans = blocks if _is_hard_wrapped(text, blocks) else _between(text, ends)
    trimmed = (_trim(text, start, end) for start, end in spans)
    return tuple(span for span in trimmed if span[0] < span[1])


def _between(text: str, separators: Sequence[Span]) -> list[Span]:
    starts = [0, *(end for _, end in separators)]
    return list(zip(starts, [*(start for start, _ in separators), len(text)], strict=True))


def _has_blank_line(space: str) -> bool:
    """Whether *space*, which begins with the end of a line, holds an empty line or parts paragraphs by itself."""
    ends = _LINE_END.findall(space)
    return "\u2029" in ends or any(end in ("\n", "\r", "\r\n") for end in ends[1:])


def _is_hard_wrapped(text: str, blocks: Sequence[Span]) -> bool:
    if len(blocks) < 2:
        return False
    inner_lines = [len(line) for start, end in blocks for line in text[start:end].splitlines()[:-1]]
    if len(inner_lines) < len(blocks):
        return False
    return max(inner_lines) <= _WRAPPED_WIDTH and statistics.median(inner_lines) > _WRAPPED_WIDTH / 2


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
