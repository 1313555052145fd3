"""Quotation marks: which open, which close, what they enclose, and a quotation's kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from analyzer.paragraphs import paragraph_spans
from analyzer.quotation import Kind, Span

# family → what may open and what may close it; straight marks do both, and typists use “ or ” for either.
_DOUBLE_OPEN = set("“„‟❝〝「『《")
_DOUBLE_CLOSE = set("”❞〞」』》")
_BRACKET_PAIRS = {"「": "」", "『": "』", "《": "》", "«": "»", "»": "«", "‹": "›", "›": "‹"}
_SINGLE = set("‘’‚‛'`")
_GUILLEMETS = set("«»‹›")
_MARK = regex.compile(r"``|''|[“”„‟❝❞〝〞「」『』《》\"«»‹›‘’‚‛'`＂]")
_ELISIONS = regex.compile(
    r"(?:\d\d(?:s|ers)?|em|til|tis|twas|cause|bout|round|n|kay|cuz|im|er|ave|ello|fraid)\b", regex.I
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks.

    *start* is the opening mark's offset, *end* the offset after the closing mark, or the end of the last
    paragraph that it runs over when nothing closes it. *inner* are the enclosed stretches without the marks,
    one a paragraph. *depth* is 1 for marks that stand in no others.
    """

    start: int
    end: int
    inner: tuple[Span, ...]
    depth: int
    closed: bool
    marks: tuple[Span, ...]


@dataclass(slots=True)
class _Open:
    family: str
    marks: list[Span]
    inner: list[Span]
    position: int
    depth: int


def find_quoted(text: str) -> tuple[Quoted, ...]:
    """Every stretch of *text* between quotation marks, in order of where it opens; linear in the text's length.

    Apostrophes are no marks. Double and single marks, curly, straight or guillemets, nest in each other. A
    stretch that is open at the end of a paragraph goes on in the next one if that begins with an opening mark
    of the same family (the typographer's convention for quotations over paragraphs); otherwise it ends there.
    """
    found: list[Quoted] = []
    stack: list[_Open] = []
    paragraphs = paragraph_spans(text)
    for number, (start, end) in enumerate(paragraphs):
        position = start
        if stack:
            position = _continue_paragraph(text, (start, end), stack)
        _scan_paragraph(text, position, end, stack, found)
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        _end_paragraph(text, end, following, stack, found)
    return tuple(sorted(found, key=lambda quoted: (quoted.start, -quoted.end)))


def quotation_kind(text: str, content: Sequence[Span], quoted: Sequence[Quoted] | None = None) -> Kind:
    """The kind of the quotation whose content is *content*: direct, mixed or indirect (guidelines, section 1).

    Words before the first opening mark are overlooked if they are no more than a complementizer or an object
    (``that “…”``, ``it “absurd”``). Within somebody else's marks only inner marks count. *quoted* is
    ``find_quoted(text)`` if the caller has it already.
    """
    regions = find_quoted(text) if quoted is None else quoted
    outer = min((start for start, _ in content), default=0), max((end for _, end in content), default=0)
    # Marks that open before the content and close after it are somebody else's.
    own = [
        region
        for region in regions
        if region.start < outer[1]
        and region.end > outer[0]
        and not (region.start < outer[0] and region.end > outer[1] and not _only_marks(text, region, outer))
    ]
    inside = outside = 0
    leading = True
    loose: list[str] = []
    for start, end in content:
        for word in regex.finditer(r"[\p{L}\p{M}\p{N}]+", text[start:end]):
            offset = start + word.start()
            if any(region.start <= offset < region.end for region in own):
                inside += 1
                leading = False
            elif leading:
                loose.append(word.group().lower())
            else:
                outside += 1
    if not inside:
        return "indirect"
    if outside or not (len(loose) <= 1 or (len(loose) == 2 and loose[-1] in _COMPLEMENTIZERS)):
        return "mixed"
    return "direct" if not loose or loose[0] in _COMPLEMENTIZERS else "mixed"


_COMPLEMENTIZERS = {"that", "as", "it", "him", "her", "them", "us", "this", "to", "whether", "how", "why"}


def _only_marks(text: str, region: Quoted, outer: Span) -> bool:
    """Whether *region* stands around *outer* with nothing but its own marks and punctuation between."""
    around = text[region.start : outer[0]] + text[outer[1] : region.end]
    return not any(character.isalnum() for character in around)


def _continue_paragraph(text: str, paragraph: Span, stack: list[_Open]) -> int:
    """Take the opening marks that *paragraph* repeats into what is open; the offset after them."""
    position = paragraph[0]
    for opened in stack:
        mark = _MARK.match(text, position)
        if mark is not None:
            opened.marks.append(mark.span())
            position = mark.end()
        opened.position = position
    return position


def _scan_paragraph(text: str, position: int, end: int, stack: list[_Open], found: list[Quoted]) -> None:
    marks = [match.span() for match in _MARK.finditer(text, position, end)]
    for index, (start, stop) in enumerate(marks):
        mark = text[start:stop]
        family = _family(mark)
        if family == "single" and _is_apostrophe(text, start, stop):
            continue
        depth = _matching_depth(stack, family, mark, text)
        can_open, can_close = _directions(text, start, stop, mark)
        if depth is not None and can_close:
            if family == "single" and _plural_possessive(text, start, marks[index + 1 :], end):
                continue
            _close(stack, depth, (start, stop), found)
        elif can_open and (family != "single" or _closes_later(text, mark, marks[index + 1 :])):
            stack.append(_Open(family, [(start, stop)], [], stop, len(stack) + 1))


def _end_paragraph(
    text: str, end: int, following: Span | None, stack: list[_Open], found: list[Quoted]
) -> None:
    """Leave open only what the following paragraph goes on with."""
    keep = 0
    if following is not None and stack:
        position = following[0]
        for opened in stack:
            mark = _MARK.match(text, position)
            if (
                mark is None
                or _family(mark.group()) != opened.family
                or (opened.family == "single" and not keep)
            ):
                break
            if not _directions(text, *mark.span(), mark.group())[0]:
                break
            keep += 1
            position = mark.end()
    for opened in stack[keep:]:
        opened.inner.append((opened.position, end))
        first = opened.marks[0][0]
        found.append(Quoted(first, end, tuple(opened.inner), opened.depth, False, tuple(opened.marks)))
    del stack[keep:]
    for opened in stack:
        opened.inner.append((opened.position, end))


def _close(stack: list[_Open], depth: int, mark: Span, found: list[Quoted]) -> None:
    """Close the stack's entry *depth* at *mark*, and with it whatever was left open inside it."""
    for opened in stack[depth + 1 :]:
        opened.inner.append((opened.position, mark[0]))
        found.append(
            Quoted(opened.marks[0][0], mark[0], tuple(opened.inner), opened.depth, False, tuple(opened.marks))
        )
    opened = stack[depth]
    opened.inner.append((opened.position, mark[0]))
    opened.marks.append(mark)
    found.append(
        Quoted(opened.marks[0][0], mark[1], tuple(opened.inner), opened.depth, True, tuple(opened.marks))
    )
    del stack[depth:]


def _family(mark: str) -> str:
    if mark in _GUILLEMETS:
        return "guillemet"
    if mark in "「」":
        return "corner"
    if mark in "『』":
        return "white corner"
    if mark in "《》":
        return "angle"
    return "single" if mark in _SINGLE else "double"


def _directions(text: str, start: int, stop: int, mark: str) -> tuple[bool, bool]:
    """Whether the mark may open and whether it may close, from its shape and from what stands beside it."""
    before = text[start - 1] if start else " "
    after = text[stop] if stop < len(text) else " "
    free_before = before.isspace() or before in "([{-–—/…:“‘„\"'«" or not before.isprintable()
    free_after = after.isspace() or after in ")]}-–—/….,;:!?”’\"'»" or not after.isprintable()
    if mark in _GUILLEMETS or mark in "「」『』《》":
        return (not after.isspace() or mark in "«「『《"), True
    opens = free_before and not after.isspace()
    closes = not before.isspace() or free_after
    if mark in _DOUBLE_OPEN or mark in "‘‚‛`":
        # An opening mark used to close, as in „so“.
        return opens or not before.isspace() or after.isalnum(), not before.isspace() and free_after
    if mark in _DOUBLE_CLOSE or mark == "’":
        return opens and mark != "’", True
    return opens, closes


def _matching_depth(stack: list[_Open], family: str, mark: str, text: str) -> int | None:
    for depth in range(len(stack) - 1, -1, -1):
        opened = stack[depth]
        if opened.family != family:
            continue
        first = text[slice(*opened.marks[0])]
        if first in _BRACKET_PAIRS and _BRACKET_PAIRS[first] != mark:
            return None
        return depth
    return None


def _is_apostrophe(text: str, start: int, stop: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[stop] if stop < len(text) else " "
    if before.isalnum() and after.isalnum():
        return True
    return not before.isalnum() and _ELISIONS.match(text, stop) is not None and text[start] in "’'‘"


def _plural_possessive(text: str, start: int, later: Sequence[Span], end: int) -> bool:
    """Whether a ’ after an s is rather a possessive (``the states’ envoys``): a better closing mark follows."""
    if start == 0 or text[start - 1] not in "sS" or not text[start + 1 : start + 2].isspace():
        return False
    for other, stop in later:
        if text[other] in "‘" and not text[other - 1].isalnum():
            return False
        if text[other] in "’'" and not _is_apostrophe(text, other, stop):
            return text[other - 1] in ".,!?…" or not text[other - 1].isspace()
    return False


def _closes_later(text: str, mark: str, later: Sequence[Span]) -> bool:
    """Whether a single mark that could open has something that closes it in its paragraph."""
    for start, stop in later:
        if text[start] in "’'" and not _is_apostrophe(text, start, stop) and not text[start - 1].isspace():
            return True
    return False
