"""Which quotation stands inside another: what `I` and `we` in somebody's words need."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from analyzer.quotation import QuotationSpans

_MOST_ENCLOSING = 40


def position_of(quotation: QuotationSpans) -> int:
    """Where the source of *quotation* begins, or its content if it has none."""
    return (quotation.source or quotation.content)[0][0]


def enclosing_quotations(quotations: Sequence[QuotationSpans], inner: Sequence[int]) -> dict[int, int]:
    """For each index in *inner* the narrowest other quotation whose content it stands in, or else itself.

    Those of *inner* count for none.
    """
    contents = sorted(
        (start, end, index) for index, quotation in enumerate(quotations) for start, end in quotation.content
    )
    starts = [start for start, _, _ in contents]
    within = set(inner)
    found = {}
    for index in inner:
        position = position_of(quotations[index])
        last = bisect_right(starts, position)
        around = [
            content
            for content in contents[max(0, last - _MOST_ENCLOSING) : last]
            if content[1] > position and content[2] not in within
        ]
        found[index] = min(around, key=lambda content: content[1] - content[0])[2] if around else index
    return found
