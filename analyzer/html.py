"""From analyses to a page for people: one self-contained HTML file that fetches nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TextIO

from jinja2 import Environment, PackageLoader

from analyzer.failure import Failure
from analyzer.quotation import Analysis, Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of an article that is shown alike. *quotation* is the innermost one around it, if any;
    *first* says that it begins here.
    """

    text: str
    quotation: Quotation | None
    evidence: bool
    first: bool


def write_html(results: Iterable[Analysis | Failure], stream: TextIO) -> None:
    """Write the report: per article its text with the quotations coloured by stance, and a list beside it.

    All text is escaped. The page is written as the results come in.
    """
    environment = Environment(
        loader=PackageLoader("analyzer", "data"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template("report.html")
    for piece in template.generate(articles=map(_article, results), describe=describe):
        stream.write(piece)


def _article(result: Analysis | Failure) -> dict[str, Any]:
    if isinstance(result, Failure):
        return {"failure": result}
    return {"analysis": result, "segments": list(segments(result.text, result.quotations))}


def describe(quotation: Quotation) -> str:
    """One line on *quotation*: speaker, role, stance and target."""
    speaker = quotation.speaker.name or "unknown speaker"
    role = f", {quotation.role.text}" if quotation.role.text else ""
    stance = quotation.stance
    if stance.label == "none":
        return f"{speaker}{role}: no stance"
    target = f" → {stance.target.name}" if stance.target else ""
    return f"{speaker}{role}: {stance.label}{target}"


def segments(text: str, quotations: Sequence[Quotation]) -> Iterator[Segment]:
    """*text* cut wherever a quotation or its evidence begins or ends; together the segments are *text*."""
    innermost: list[Quotation | None] = [None] * len(text)
    evidence = bytearray(len(text))
    cuts = {0, len(text)}
    for quotation in sorted(quotations, key=_length, reverse=True):
        for start, end in quotation.spans:
            innermost[start:end] = [quotation] * (end - start)
            cuts.update((start, end))
        for start, end in quotation.stance.evidence:
            evidence[start:end] = b"\1" * (end - start)
            cuts.update((start, end))
    begun = set()
    for start, end in pairwise(sorted(cuts)):
        owner = innermost[start]
        yield Segment(
            text=text[start:end],
            quotation=owner,
            evidence=owner is not None and bool(evidence[start]),
            first=owner is not None and owner.id not in begun,
        )
        if owner is not None:
            begun.add(owner.id)


def _length(quotation: Quotation) -> int:
    return sum(end - start for start, end in quotation.spans)
