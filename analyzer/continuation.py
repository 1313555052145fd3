"""Content pieces put together: neighbours joined, quotations continued over paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analyzer.marks import Quoted
from analyzer.quotation import QuotationSpans, Span

_Piece = tuple[int, int, int]
"""``(start, end, quotation)``: a span of the content of the quotation with that index."""


def join_pieces(
    text: str, quotations: Sequence[QuotationSpans], quoted: Sequence[Quoted]
) -> tuple[QuotationSpans, ...]:
    """*quotations*, with what the typographer's convention says of paragraphs put to use.

    Where marks enclose several paragraphs, what is quoted in the first goes on in the others, unless these
    have a cue of their own beside the marks. Pieces of other quotations that stand there are left out, those
    with a cue inside the marks stay nested; none overlaps what goes on only partly. Pieces with nothing but
    white space between become one span. *quoted* is ``find_quoted(text)``.
    """
    ahead = sorted((*span, number) for number, found in enumerate(quotations) for span in found.content)
    passed: list[_Piece] = []
    touching: list[_Piece] = []
    position = 0
    for region in quoted:
        if region.depth > 1 or len(region.inner) == 1:
            continue
        while position < len(ahead) and ahead[position][0] < region.end:
            touching.append(ahead[position])
            position += 1
        passed += [piece for piece in touching if piece[1] <= region.start]
        touching = [piece for piece in touching if piece[1] > region.start]
        touching = _continue(text, quotations, touching, region)
    contents: dict[int, list[Span]] = defaultdict(list)
    for start, end, number in (*passed, *touching, *ahead[position:]):
        contents[number].append((start, end))
    return tuple(
        replace(quotation, content=_merge(text, contents[number]))
        for number, quotation in enumerate(quotations)
        if contents[number] or not quotation.content
    )


def _continue(
    text: str, quotations: Sequence[QuotationSpans], pieces: list[_Piece], region: Quoted
) -> list[_Piece]:
    """*pieces*, those that touch *region*, after what is quoted in its first paragraph went on."""
    first = region.start, region.inner[0][1]
    owner = _covering_most(pieces, first)
    continuation = _continuation(quotations, pieces, owner, region)
    if owner is None or continuation is None:
        return pieces
    low, high = continuation
    # The owner's content in one stretch with the continuation: what is nested in it stays.
    begin = min((start for start, end, number in pieces if number == owner and end >= first[1]), default=low)
    continued = [(low, high, owner)]
    for start, end, number in pieces:
        if number == owner or end <= low or start >= high:
            continued.append((start, end, number))
        elif begin <= start and _cue_inside(quotations[number], region):
            continued.append((start, min(end, high), number))
        else:
            left = _trimmed(text, [(start, min(end, low)), (max(start, high), end)])
            continued += [(*span, number) for span in left]
    return continued


def _covering_most(pieces: Iterable[_Piece], span: Span) -> int | None:
    """The first quotation that covers more than half of *span*."""
    common: dict[int, int] = defaultdict(int)
    for start, end, number in pieces:
        common[number] += max(0, min(end, span[1]) - max(start, span[0]))
    return min((number for number in common if common[number] > (span[1] - span[0]) / 2), default=None)


def _continuation(
    quotations: Sequence[QuotationSpans], pieces: Iterable[_Piece], owner: int | None, region: Quoted
) -> Span | None:
    """The paragraphs of *region* after the first, up to one that has a cue of its own."""
    count = len(region.inner)
    # Only the paragraph's own opening mark stands between its start and what it encloses.
    starts = [start for start, _ in region.marks[:count]]
    ends = [*(end for _, end in region.inner[:-1]), region.end]
    for start, end, number in pieces:
        if number == owner or min(end, region.end) - max(start, region.start) <= (end - start) / 2:
            continue
        paragraph = max(1, bisect_right(ends, start))
        if (
            paragraph < count
            and starts[paragraph] < end
            and _has_own_cue(quotations[number], starts[paragraph], region)
        ):
            count = paragraph
    return (starts[1], ends[count - 1]) if count > 1 else None


def _cue_inside(quotation: QuotationSpans, region: Quoted) -> bool:
    cue = quotation.cue
    return bool(cue) and all(region.start <= start and end <= region.end for start, end in cue)


def _has_own_cue(quotation: QuotationSpans, paragraph: int, region: Quoted) -> bool:
    """Whether the cue stands outside the marks, nearer to the paragraph from there than to those before it."""
    return bool(quotation.cue) and not _cue_inside(quotation, region) and quotation.cue[0][0] >= paragraph


def _trimmed(text: str, spans: Iterable[Span]) -> list[Span]:
    """Those of *spans* that have words, without the white space around them."""
    trimmed = []
    for start, end in spans:
        piece = text[start:end]
        if any(character.isalnum() for character in piece):
            trimmed.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return trimmed


def _merge(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
