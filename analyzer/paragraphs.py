"""Paragraphs of a text, hard-wrapped or not."""

from __future__ import annotations

import statistics

import regex

from analyzer.quotation import Span

_BLANK_LINES = regex.compile(
    r"(?:\r\n|[\n\r\u2028\u2029\x0b\x0c])[^\S\n\r]*(?:\r\n|[\n\r\u2029])\s*|\u2029\s*"
)
_LINE_END = regex.compile(r"(?:\r\n|[\n\r\u2028\u2029\x0b\x0c])\s*")
_WRAPPED_WIDTH = 90


def paragraph_spans(text: str) -> tuple[Span, ...]:
    """The paragraphs of *text* as ``(start, end)`` without the white space around them; none is empty.

    Every line is a paragraph, unless the text is hard-wrapped (it has blank lines, and the lines between
    them are no longer than a terminal's): then blank lines part the paragraphs.
    """
    separator = _BLANK_LINES if _is_hard_wrapped(text) else _LINE_END
    spans = []
    position = 0
    for match in separator.finditer(text):
        spans.append((position, match.start()))
        position = match.end()
    spans.append((position, len(text)))
    trimmed = (_trim(text, start, end) for start, end in spans)
    return tuple(span for span in trimmed if span[0] < span[1])


def _is_hard_wrapped(text: str) -> bool:
    blocks = [block.splitlines() for block in _BLANK_LINES.split(text)]
    if len(blocks) < 2:
        return False
    inner_lines = [len(line) for lines in blocks for line in lines[:-1]]
    if len(inner_lines) < len(blocks):
        return False
    return max(inner_lines) <= _WRAPPED_WIDTH and statistics.median(inner_lines) > _WRAPPED_WIDTH / 2


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
