"""Results as rows, one a quotation: the columns that CSV, Parquet and pandas have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from analyzer.failure import Failure
from analyzer.quotation import Analysis, Quotation, Span, covered_text
from analyzer.results import Result
from analyzer.writers.surrogates import escaped

Cell = str | int | float | date | None
Row = dict[str, Cell]
"""The cells of a row by the columns' names, in the order of `COLUMNS`; ``None`` for what is absent."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column called *name*, whose cells are *holds* or ``None``; *get* takes one from a quotation."""

    name: str
    holds: type[str | int | float | date]
    get: Callable[[Analysis, Quotation], Cell]


def rows_of(result: Result) -> list[Row]:
    """The rows of *result*: one a quotation, or for an article that failed one with ``article`` and ``error`` only.

    Confidences are rounded to four places as in JSON, so that results that were read back give the same rows.
    Lone surrogates, which UTF-8 cannot carry, are written as ``\\udcff``.
    """
    if isinstance(result, Failure):
        failed = {"article": result.id, "error": f"{result.type}: {result.message}"}
        return [{column.name: _plain(failed.get(column.name)) for column in COLUMNS}]
    return [
        {column.name: _plain(column.get(result, quotation)) for column in COLUMNS}
        for quotation in result.quotations
    ]


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return escaped(cell)
    return round(cell, 4) if isinstance(cell, float) else cell


def _date(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        return None


def _offsets(spans: Iterable[Span]) -> str:
    return " ".join(f"{start}-{end}" for start, end in spans)


def _words(analysis: Analysis, spans: tuple[Span, ...]) -> str | None:
    return covered_text(analysis.text, spans) or None


def _target_name(_: Analysis, quotation: Quotation) -> str | None:
    return quotation.stance.target.name if quotation.stance.target else None


def _target_country(_: Analysis, quotation: Quotation) -> str | None:
    return quotation.stance.target.country if quotation.stance.target else None


COLUMNS = (
    Column("article", str, lambda analysis, _: analysis.id),
    Column("date", date, lambda analysis, _: _date(analysis.date)),
    Column("article_title", str, lambda analysis, _: analysis.title),
    Column("outlet", str, lambda analysis, _: analysis.outlet),
    Column("quotation", int, lambda _, quotation: quotation.id),
    Column("kind", str, lambda _, quotation: quotation.kind),
    Column("spans", str, lambda _, quotation: _offsets(quotation.spans)),
    Column("text", str, lambda _, quotation: quotation.text),
    Column("cue", str, lambda analysis, quotation: _words(analysis, quotation.cue)),
    Column("source", str, lambda analysis, quotation: _words(analysis, quotation.source)),
    Column("speaker", str, lambda _, quotation: quotation.speaker.name),
    Column("speaker_kind", str, lambda _, quotation: quotation.speaker.kind),
    Column("resolved_by", str, lambda _, quotation: quotation.speaker.resolved_by),
    Column("role", str, lambda _, quotation: quotation.role.text),
    Column("title", str, lambda _, quotation: quotation.role.title),
    Column("affiliation", str, lambda _, quotation: quotation.role.affiliation),
    Column("role_country", str, lambda _, quotation: quotation.role.country),
    Column("role_category", str, lambda _, quotation: quotation.role.category),
    Column("stance", str, lambda _, quotation: quotation.stance.label),
    Column("consequence", str, lambda _, quotation: quotation.stance.consequence),
    Column("target", str, _target_name),
    Column("target_country", str, _target_country),
    Column("evidence", str, lambda analysis, quotation: _words(analysis, quotation.stance.evidence)),
    Column("confidence_quotation", float, lambda _, quotation: quotation.confidence.quotation),
    Column("confidence_source", float, lambda _, quotation: quotation.confidence.source),
    Column("confidence_speaker", float, lambda _, quotation: quotation.confidence.speaker),
    Column("confidence_stance", float, lambda _, quotation: quotation.confidence.stance),
    Column("model", str, lambda analysis, _: analysis.model),
    Column("error", str, lambda *_: None),
)
"""All columns, in the order in which they are written."""
