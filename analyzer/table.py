"""From analyses to a terminal: per article a rule, per quotation speaker, role, stance and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

import regex
from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from analyzer.failure import Failure
from analyzer.quotation import Analysis, Quotation, Span

STANCE_STYLES = {
    "hostile": "red",
    "conditional": "yellow",
    "conciliatory": "green",
    "none": "bright_black",
    "unknown": "bright_black",
}
MAX_WIDTH = 100
_FAINT = "bright_black"
_INDENT = Text("    ")
_NOTHING = Text()
# Control characters, with which terminal escapes begin, lone surrogates, and overrides of the direction.
_WHITE_SPACE = regex.compile(r"\s+")
_UNPRINTABLE = regex.compile(r"[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """*text* on one line and harmless to a terminal: white space as one space, control characters as `�`."""
    shown: str = _UNPRINTABLE.sub("�", _WHITE_SPACE.sub(" ", text))
    return shown


def write_table(results: Iterable[Analysis | Failure], stream: TextIO) -> None:
    """Write each result for people to read, as wide as the terminal (at most 100), in colour if it is one."""
    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    width = min(console.width, MAX_WIDTH)
    for result in results:
        console.print(Rule(Text(printable(result.id), "bold"), align="left", style=_FAINT), width=width)
        for line in _lines(result, width):
            console.print(line)
        console.print()


def _lines(result: Analysis | Failure, width: int) -> Iterator[Text]:
    if isinstance(result, Failure):
        yield from _wrap(Text(f"not analyzed: {printable(result.message)}", "red"), width)
        return
    for warning in result.warnings:
        yield from _wrap(Text(f"note: {printable(warning)}", _FAINT), width)
    if not result.quotations:
        yield Text("no quotations", _FAINT)
    for number, quotation in enumerate(result.quotations):
        if number:
            yield Text()
        yield from _quotation_lines(result, quotation, width)


def _quotation_lines(analysis: Analysis, quotation: Quotation, width: int) -> Iterator[Text]:
    number = Text(f"{quotation.id + 1:>3} ", _FAINT)
    bar = Text.assemble(_INDENT, ("▌ ", STANCE_STYLES[quotation.stance.label]))
    yield from _wrap(_heading(quotation), width, number, _INDENT)
    yield from _wrap(_stance(quotation), width, _INDENT, _INDENT)
    yield from _wrap(_words(analysis, quotation), width, bar, bar)


def _heading(quotation: Quotation) -> Text:
    heading = Text().append(printable(quotation.speaker.name or "unknown speaker"), "bold")
    if quotation.role.text:
        heading.append(f" · {printable(quotation.role.text)}")
    return heading


def _stance(quotation: Quotation) -> Text:
    stance = quotation.stance
    if stance.label in ("none", "unknown"):
        return Text("no stance" if stance.label == "none" else "stance unknown", _FAINT)
    line = Text(stance.label, f"bold {STANCE_STYLES[stance.label]}")
    if stance.consequence:
        line.append(f" ({stance.consequence})", "not bold")
    if stance.target:
        line.append(" → ").append(printable(stance.target.name))
    return line


def _words(analysis: Analysis, quotation: Quotation) -> Text:
    """The quotation's words, its evidence underlined, an ellipsis where it is interrupted."""
    words = Text()
    for number, (start, end) in enumerate(quotation.spans):
        if number:
            words.append(" … ", _FAINT)
        for piece, style in _cut_at(analysis.text, (start, end), quotation.stance.evidence):
            words.append(piece, style)
    return words


def _cut_at(text: str, span: Span, evidence: Iterable[Span]) -> Iterator[tuple[str, str]]:
    """The words of *span* in pieces, each with its style: underlined where one of *evidence* covers it."""
    position, end = span
    for evidence_start, evidence_end in sorted(evidence):
        first, last = max(position, evidence_start), min(end, evidence_end)
        if first < last:
            yield printable(text[position:first]), ""
            yield printable(text[first:last]), "underline"
            position = last
    yield printable(text[position:end]), ""


def _wrap(text: Text, width: int, first: Text = _NOTHING, other: Text = _NOTHING) -> Iterator[Text]:
    """*text* in lines of at most *width* cells, *first* in front of the first and *other* of the rest."""
    room = max(width - first.cell_len, 10)
    for number, line in enumerate(text.wrap(Console(width=room), room)):
        line.rstrip()
        yield Text.assemble(other if number else first, line)
