"""Results as a folder that brat opens (https://brat.nlplab.org/standoff.html).

Per article there is a ``.txt`` with its text unchanged and an ``.ann`` beside it::

    T1<TAB>Content 10 26;40 52<TAB>the talks failed and were over
    T2<TAB>Cue 27 31<TAB>said
    R1<TAB>cue Arg1:T1 Arg2:T2
    A1<TAB>Kind T1 mixed
    A2<TAB>Stance T1 hostile
    #1<TAB>AnnotatorNotes T1<TAB>{"id": 0, "speaker": {"id": 2, "name": "Ana Lind", …}, …}
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from analyzer.failure import Failure
from analyzer.quotation import KINDS, Analysis, Quotation, Span, StanceLabel, covered_text
from analyzer.results import Result
from analyzer.writers.delimited import no_formula
from analyzer.writers.surrogates import without_surrogates

ARTICLES_PER_FOLDER = 10_000
"""More articles than these go to sub-folders, since brat lists a folder as a whole."""

_PARTS = ("Cue", "Source", "Role", "Target")
_KIND_GLYPHS = {"direct": "D", "mixed": "M", "indirect": "I"}
_STANCE_GLYPHS: dict[StanceLabel, tuple[str, str]] = {
    "hostile": ("✕", "#b3261e"),
    "conditional": ("◐", "#8a5a00"),
    "conciliatory": ("✓", "#1a6e3c"),
    "none": ("○", "#5f6368"),
    "unknown": ("?", "#5f6368"),
}
_ANNOTATION_CONF = "\n".join(
    [
        *("[entities]", "Content", *_PARTS, ""),
        *("[relations]", *(f"{part.lower()}\tArg1:Content, Arg2:{part}" for part in _PARTS)),
        *("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", ""),
        *("[events]", "", "[attributes]"),
        f"Kind\tArg:Content, Value:{'|'.join(KINDS)}",
        f"Stance\tArg:Content, Value:{'|'.join(_STANCE_GLYPHS)}",
        "",
    ]
)
_VISUAL_CONF = "\n".join(
    [
        *("[labels]", "", "[drawing]"),
        "SPAN_DEFAULT\tfgColor:black, bgColor:#ececf0, borderColor:darken",
        "ARC_DEFAULT\tcolor:black, arrowHead:triangle-5",
        "ATTRIBUTE_DEFAULT\tglyph:*",
        "Content\tbgColor:#fdf0c8",
        "Cue\tbgColor:#d7e3fc",
        "Source\tbgColor:#dcf2e3",
        "Role\tbgColor:#e9dcf7",
        "Target\tbgColor:#fbe3e1",
        f"Kind\tglyph:{'|'.join(_KIND_GLYPHS[kind] for kind in KINDS)}",
        f"Stance\tglyph:{'|'.join(glyph for glyph, _ in _STANCE_GLYPHS.values())}, "
        f"glyphColor:{'|'.join(colour for _, colour in _STANCE_GLYPHS.values())}",
        "",
    ]
)
# Where brat, which reads a file with Python's idea of lines, would see the end of one, and its separator.
_LINE = re.compile(r"[^\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_LINE_ENDS_IN_JSON = re.compile(r"[\x85\u2028\u2029]")


def write_brat(results: Iterable[Result], folder: Path) -> None:
    """Write *folder*, which exists and is empty, as a collection of brat, each article as soon as it is there.

    An article is ``NNNNNN-slug.txt`` and ``.ann``: its number among the results, from 0, and what its id ends in;
    ``articles.tsv`` says which is which, ``failures.tsv`` why others are missing. The articles from 10,000 on are in
    sub-folders, each named after its first. ``annotation.conf`` and ``visual.conf`` set brat up.

    Offsets are those of the analysis. A span over several lines is one piece a line, without the white space around
    it, as brat itself has it. Lone surrogates are ``�`` in the text. Raises OSError; nothing is ever overwritten.
    """
    _write(folder / "annotation.conf", _ANNOTATION_CONF)
    _write(folder / "visual.conf", _VISUAL_CONF)
    with (
        _table(folder / "articles.tsv", "file", "article") as articles,
        _table(folder / "failures.tsv", "article", "error") as failures,
    ):
        for number, result in enumerate(results):
            if isinstance(result, Failure):
                _add_line(failures, result.id, f"{result.type}: {result.message}")
                continue
            name = _name(number, result.id)
            analysis = without_surrogates(result)
            (folder / name).parent.mkdir(exist_ok=True)
            _write(folder / f"{name}.txt", analysis.text)
            _write(folder / f"{name}.ann", _annotations(analysis))
            _add_line(articles, name, result.id)


def _name(number: int, id: str) -> str:
    """Where in the folder the article goes, without a suffix; the number keeps it apart from all others."""
    last = re.split(r"[/\\]", id.rstrip("/\\"))[-1]
    without_suffix = re.sub(r"(?<=.)\.[A-Za-z][A-Za-z0-9]{0,4}$", "", last)
    slug = re.sub(r"[^A-Za-z0-9_]+", "-", without_suffix)[:60].strip("-")
    name = f"{number:06}-{slug or 'article'}"
    first = number - number % ARTICLES_PER_FOLDER
    return f"{first:06}/{name}" if first else name


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="") as stream:
        stream.write(text)


@contextmanager
def _table(path: Path, *columns: str) -> Iterator[TextIO]:
    with path.open("x", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        _add_line(stream, *columns)
        yield stream


def _add_line(table: TextIO, *cells: str) -> None:
    csv.writer(table, delimiter="\t", lineterminator="\n").writerow(map(no_formula, cells))
    table.flush()


def _annotations(analysis: Analysis) -> str:
    """The ``.ann`` file of *analysis*; a quotation whose spans cover no words is not in it."""
    lines = _Lines(analysis.text)
    for quotation, plain in zip(analysis.quotations, analysis.to_dict()["quotations"], strict=True):
        content = lines.add_span("Content", quotation.spans)
        if content is None:
            continue
        for label, spans in _parts(quotation).items():
            if part := lines.shared_span(label, spans):
                lines.add("R", f"{label.lower()} Arg1:{content} Arg2:{part}")
        lines.add("A", f"Kind {content} {quotation.kind}")
        lines.add("A", f"Stance {content} {quotation.stance.label}")
        lines.add("#", f"AnnotatorNotes {content}\t{_note(plain)}")
    return "".join(lines.lines)


def _parts(quotation: Quotation) -> dict[str, tuple[Span, ...]]:
    target = quotation.stance.target
    spans = (quotation.cue, quotation.source, quotation.role.spans, target.spans if target else ())
    return dict(zip(_PARTS, spans, strict=True))


def _note(plain: dict[str, Any]) -> str:
    """What has no place in the text, of the output format's object of a quotation."""
    role, target = plain["role"], plain["stance"]["target"]
    note = {
        "id": plain["id"],
        "speaker": plain["speaker"],
        "role": {name: value for name, value in role.items() if name != "spans"},
        "consequence": plain["stance"]["consequence"],
        "target": target and {name: value for name, value in target.items() if name != "spans"},
        "probabilities": plain["stance"]["probabilities"],
        "confidence": plain["confidence"],
    }
    line = json.dumps(note, ensure_ascii=False)
    return _LINE_ENDS_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


class _Lines:
    """The lines of an ``.ann`` file for *text* as they come about."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        self._text = text
        self._counts: Counter[str] = Counter()
        self._shared: dict[tuple[str, tuple[Span, ...]], str | None] = {}

    def add(self, letter: str, annotation: str) -> str:
        """Add *annotation* and return its name: *letter* and the next number."""
        self._counts[letter] += 1
        name = f"{letter}{self._counts[letter]}"
        self.lines.append(f"{name}\t{annotation}\n")
        return name

    def add_span(self, label: str, spans: tuple[Span, ...]) -> str | None:
        """Add *spans* and return their name, or ``None`` if they cover no words."""
        pieces = [piece for span in spans for piece in _lines_within(self._text, span)]
        if not pieces:
            return None
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        return self.add("T", f"{label} {offsets}\t{covered_text(self._text, pieces)}")

    def shared_span(self, label: str, spans: tuple[Span, ...]) -> str | None:
        """As `add_span`, but the same spans are added once: a source may serve several quotations."""
        key = (label, spans)
        if key not in self._shared:
            self._shared[key] = self.add_span(label, spans)
        return self._shared[key]


def _lines_within(text: str, span: Span) -> Iterator[Span]:
    for match in _LINE.finditer(text, *span):
        start, words = match.start(), match[0]
        stripped = words.strip()
        if stripped:
            start += words.index(stripped)
            yield start, start + len(stripped)
