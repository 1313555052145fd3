"""Paragraphs of a text, hard-wrapped or not."""

from __future__ import annotations

import statistics
from collections.abc import Callable

import regex

from analyzer.quotation import Span

_SPACE = regex.compile(r"\s+")
_LINE_END = regex.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c]")
_WRAPPED_WIDTH = 90


def paragraph_spans(text: str) -> tuple[Span, ...]:
    """The paragraphs of *text* as ``(start, end)`` without the white space around them; none is empty.

    Every line is a paragraph, unless the text is hard-wrapped (it has blank lines, and the lines between
    them are no longer than a terminal's): then blank lines part the paragraphs. Linear in the text's length.
    """
    blocks = _parted(text, _has_blank_line)
    spans = blocks if _is_hard_wrapped(text, blocks) else _parted(text, _has_line_end)
    trimmed = (_trim(text, start, end) for start, end in spans)
    return tuple(span for span in trimmed if span[0] < span[1])


def _parted(text: str, parts: Callable[[str], bool]) -> list[Span]:
    """What stands between those runs of white space that part paragraphs."""
    spans = []
    position = 0
    for match in _SPACE.finditer(text):
        if parts(match.group()):
            spans.append((position, match.start()))
            position = match.end()
    spans.append((position, len(text)))
    return spans


def _has_line_end(space: str) -> bool:
    return _LINE_END.search(space) is not None


def _has_blank_line(space: str) -> bool:
    ends = _LINE_END.findall(space)
    return "\u2029" in ends or any(end in ("\n", "\r", "\r\n") for end in ends[1:])


def _is_hard_wrapped(text: str, blocks: list[Span]) -> bool:
    if len(blocks) < 2:
        return False
    inner_lines = [len(line) for start, end in blocks for line in text[start:end].splitlines()[:-1]]
    if len(inner_lines) < len(blocks):
        return False
    return max(inner_lines) <= _WRAPPED_WIDTH and statistics.median(inner_lines) > _WRAPPED_WIDTH / 2


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
