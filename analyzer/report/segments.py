"""An article's text cut where what is shown of it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.quotation import Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of an article that is shown alike. *quotation* is the innermost one around it, if any;
    *first* says that it begins here.
    """

    text: str
    quotation: Quotation | None
    evidence: bool
    first: bool


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
