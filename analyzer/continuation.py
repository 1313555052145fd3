"""Content pieces put together: neighbours joined, quotations continued over paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzer.marks import Quoted
from analyzer.quotation import QuotationSpans, Span


def join_pieces(
    text: str, quotations: Sequence[QuotationSpans], quoted: Sequence[Quoted]
) -> tuple[QuotationSpans, ...]:
    """*quotations*, with what the typographer's convention says of paragraphs put to use.

    Where marks enclose several paragraphs, what is quoted in the first goes on in the others, unless these
    have a cue of their own beside the marks. Pieces with nothing but white space between become one span.
    """
    joined = list(quotations)
    for region in quoted:
        if len(region.inner) > 1 and region.depth == 1:
            joined = _continue(joined, region)
    return tuple(replace(quotation, content=_merge(text, quotation.content)) for quotation in joined)


def _continue(quotations: list[QuotationSpans], region: Quoted) -> list[QuotationSpans]:
    first = region.start, region.inner[0][1]
    owner = next((quotation for quotation in quotations if _covers_most(quotation, first)), None)
    if owner is None:
        return quotations
    later = [
        quotation
        for quotation in quotations
        if quotation is not owner and _lies_in(quotation.content, region)
    ]
    added: list[Span] = []
    absorbed: list[QuotationSpans] = []
    for number, (start, end) in enumerate(region.inner[1:], start=1):
        # Only the paragraph's own opening mark stands between its start and what it encloses.
        opening = region.marks[number][0] if number < len(region.marks) - region.closed else start
        end = region.end if number == len(region.inner) - 1 else end
        here = [quotation for quotation in later if _lies_in(quotation.content, (opening, end))]
        if any(_has_own_cue(quotation, (opening, end), region) for quotation in here):
            break
        added.append((opening, end))
        absorbed += [quotation for quotation in here if not _cue_inside(quotation, region)]
    if not added:
        return quotations
    content = (*(span for span in owner.content if span[1] <= added[0][0] or span[0] >= added[-1][1]), *added)
    whole = replace(owner, content=tuple(sorted(content)))
    return [
        whole if quotation is owner else quotation for quotation in quotations if quotation not in absorbed
    ]


def _covers_most(quotation: QuotationSpans, span: Span) -> bool:
    common = sum(max(0, min(end, span[1]) - max(start, span[0])) for start, end in quotation.content)
    return common > (span[1] - span[0]) / 2


def _lies_in(spans: Sequence[Span], region: Quoted | Span) -> bool:
    low, high = (region.start, region.end) if isinstance(region, Quoted) else region
    return all(low <= start and end <= high for start, end in spans)


def _cue_inside(quotation: QuotationSpans, region: Quoted) -> bool:
    return bool(quotation.cue) and _lies_in(quotation.cue, region)


def _has_own_cue(quotation: QuotationSpans, paragraph: Span, region: Quoted) -> bool:
    """Whether the cue stands outside the marks, nearer to this paragraph than to those before it."""
    return bool(quotation.cue) and not _cue_inside(quotation, region) and quotation.cue[0][0] >= paragraph[0]


def _merge(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
