"""From analyses to the output formats for programs: JSON Lines and CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any, TextIO

from analyzer.failure import Failure
from analyzer.quotation import Analysis, Quotation, Span, covered_text

CSV_COLUMNS = (
    "article",
    "quotation",
    "kind",
    "spans",
    "text",
    "cue",
    "source",
    "speaker",
    "speaker_kind",
    "resolved_by",
    "role",
    "title",
    "affiliation",
    "role_country",
    "role_category",
    "stance",
    "consequence",
    "target",
    "target_country",
    "evidence",
    "confidence_quotation",
    "confidence_source",
    "confidence_speaker",
    "confidence_stance",
    "model",
    "error",
)
# What spreadsheets take for the beginning of a formula (after OWASP's "CSV Injection"), wide forms included.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_jsonl(results: Iterable[Analysis | Failure], stream: TextIO) -> None:
    """Write one JSON object a line, each as soon as it is there."""
    for result in results:
        stream.write(result.to_json() + "\n")
        stream.flush()


def write_csv(results: Iterable[Analysis | Failure], stream: TextIO) -> None:
    """Write a header and one row a quotation, the columns being `CSV_COLUMNS`; line ends as in RFC 4180.

    An article that failed is a row with only ``article`` and ``error``; one without quotations has no row.
    ``spans`` are offsets like ``412-498 510-520``. A cell that a spreadsheet would take for a formula gets an
    apostrophe in front, so take exact words from the offsets or from JSON Lines. Open *stream* with
    ``newline=""``.
    """
    writer = csv.DictWriter(stream, CSV_COLUMNS, restval="")
    writer.writeheader()
    for result in results:
        if isinstance(result, Failure):
            rows = [{"article": result.id, "error": f"{result.type}: {result.message}"}]
        else:
            rows = [_row(result, quotation) for quotation in result.quotations]
        writer.writerows({column: _cell(value) for column, value in row.items()} for row in rows)
        stream.flush()


def _row(analysis: Analysis, quotation: Quotation) -> dict[str, Any]:
    speaker, role, stance = quotation.speaker, quotation.role, quotation.stance
    target, confidence = stance.target, quotation.confidence
    return {
        "article": analysis.id,
        "quotation": quotation.id,
        "kind": quotation.kind,
        "spans": _offsets(quotation.spans),
        "text": quotation.text,
        "cue": covered_text(analysis.text, quotation.cue),
        "source": covered_text(analysis.text, quotation.source),
        "speaker": speaker.name,
        "speaker_kind": speaker.kind,
        "resolved_by": speaker.resolved_by,
        "role": role.text,
        "title": role.title,
        "affiliation": role.affiliation,
        "role_country": role.country,
        "role_category": role.category,
        "stance": stance.label,
        "consequence": stance.consequence,
        "target": target.name if target else None,
        "target_country": target.country if target else None,
        "evidence": covered_text(analysis.text, stance.evidence),
        "confidence_quotation": confidence.quotation,
        "confidence_source": confidence.source,
        "confidence_speaker": confidence.speaker,
        "confidence_stance": confidence.stance,
        "model": analysis.model,
    }


def _offsets(spans: Iterable[Span]) -> str:
    return " ".join(f"{start}-{end}" for start, end in spans)


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    return f"{value:.4g}" if isinstance(value, float) else str(value)
