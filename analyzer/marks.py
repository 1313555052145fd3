"""Quotation marks: which open, which close, what they enclose, and a quotation's kind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from operator import attrgetter

import regex

from analyzer.paragraphs import paragraph_spans
from analyzer.quotation import Kind, Span

_DOUBLE_OPEN = set("“„‟❝〝")
_DOUBLE_CLOSE = set("”❞〞")
_BRACKET_PAIRS = {"「": "」", "『": "』", "《": "》", "«": "»", "»": "«", "‹": "›", "›": "‹"}
_BRACKETS = {**dict.fromkeys("«»‹›", "guillemet"), **dict.fromkeys("「」", "corner")}
_BRACKETS |= {**dict.fromkeys("『』", "white corner"), **dict.fromkeys("《》", "angle")}
# Straight marks both open and close, and typists use “ or ” for either: a family's marks close each other.
_FAMILIES = _BRACKETS | dict.fromkeys("‘’‚‛'`", "single")
_MARK = regex.compile(r"``|''|[“”„‟❝❞〝〞「」『』《》\"«»‹›‘’‚‛'`＂]")
_ELISION = regex.compile(r"(?:\d\ds|\d\ders|em|til|tis|twas|n)\b", regex.I)
_DOUBTFUL_ELISION = regex.compile(r"(?:\d\d|cause|bout|round|kay|cuz|im|er|ave|ello|fraid)\b", regex.I)
# People nest three deep; more open marks than these are noise, and would cost time with every further mark.
_DEEPEST = 8
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks.

    *start* is the opening mark's offset, *end* the offset after the closing mark, or the end of the last
    paragraph that it runs over when nothing closes it. *inner* are the enclosed stretches without the marks,
    one a paragraph; *marks* are the opening mark of each paragraph and, if *closed*, the closing one. *depth*
    is 1 for marks that stand in no others; *within* is the stretch whose marks stand around these.
    """

    start: int
    end: int
    inner: tuple[Span, ...]
    depth: int
    closed: bool
    marks: tuple[Span, ...]
    within: Quoted | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark that is not clearly an apostrophe.

    A single one is *closable* if something may close it, and may open a quotation over paragraphs if *whole*.
    It is an apostrophe after all if it looks like an *elision* and stands within single marks, or like a
    *possessive* within single marks that run on.
    """

    span: Span
    shape: str
    family: str
    opens: bool
    closes: bool
    closable: bool = True
    whole: bool = True
    elision: bool = False
    possessive: bool = False


@dataclass(slots=True)
class _Later:
    """What single marks come later in a paragraph: whether any closes, whether the next one does, and whether
    the next one does that is not as likely an apostrophe (``states' envoys``, ``goin' home``, ``5' tall``).
    """

    any_closes: bool = False
    next_closes: bool | None = None
    firmly_closes: bool | None = None


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """*runs_on* if the next one may take up single marks that are open at the end."""

    span: Span
    marks: list[_Mark]
    runs_on: bool

    def leading(self) -> Iterator[_Mark]:
        """The marks that it begins with."""
        position = self.span[0]
        for mark in self.marks:
            if mark.span[0] != position:
                return
            position = mark.span[1]
            yield mark


@dataclass(slots=True)
class _Open:
    opening: _Mark
    depth: int
    position: int
    marks: list[Span]
    inner: list[Span]

    def quoted(self, end: int, *, closed: bool) -> Quoted:
        return Quoted(self.marks[0][0], end, tuple(self.inner), self.depth, closed, tuple(self.marks))


def find_quoted(text: str) -> tuple[Quoted, ...]:
    """Every stretch of *text* between quotation marks, in order of where it opens; linear in the text's length.

    Apostrophes are no marks. Double and single marks, curly, straight or guillemets, nest in each other,
    eight deep at most. A stretch that is open at the end of a paragraph goes on in the next one if that
    begins with an opening mark of the same family (the typographer's convention for quotations over
    paragraphs); otherwise it ends there.
    """
    found: list[Quoted] = []
    stack: list[_Open] = []
    paragraphs = _read_paragraphs(text)
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        # Whatever is still open is what this paragraph's leading marks repeat.
        for opened, mark in zip(stack, paragraph.leading(), strict=False):
            opened.marks.append(mark.span)
            opened.position = mark.span[1]
        for mark in paragraph.marks[len(stack) :]:
            _read_mark(mark, paragraph, stack, found)
        _end_paragraph(paragraph, following, stack, found)
    return _nested(found)


def quotation_kind(text: str, content: Sequence[Span], quoted: Sequence[Quoted] | None = None) -> Kind:
    """The kind of the quotation whose content is *content*: direct, mixed or indirect (guidelines, section 1).

    Words before the first opening mark are overlooked if they are no more than a complementizer or an object
    (``that “…”``, ``it “absurd”``). Within somebody else's marks only inner marks count. *quoted* is
    ``find_quoted(text)`` if the caller has it already.
    """
    regions = find_quoted(text) if quoted is None else quoted
    outer = min((start for start, _ in content), default=0), max((end for _, end in content), default=0)
    inside = outside = 0
    leading = True
    loose: list[str] = []
    for start, end in content:
        own = iter([region for region in _touching(regions, (start, end)) if _is_own(text, region, outer)])
        region, covered = next(own, None), 0
        for word in _WORD.finditer(text, start, end):
            while region is not None and region.start <= word.start():
                covered = max(covered, region.end)
                region = next(own, None)
            if word.start() < covered:
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


def _touching(regions: Sequence[Quoted], span: Span) -> list[Quoted]:
    """The *regions* that share a character with *span*, in order."""
    first = bisect_left(regions, span[0], key=attrgetter("start"))
    last = bisect_left(regions, span[1], key=attrgetter("start"))
    around = []
    before = regions[first - 1] if first else None
    while before is not None:
        if before.end > span[0]:
            around.append(before)
        before = before.within
    return [*reversed(around), *regions[first:last]]


def _is_own(text: str, region: Quoted, outer: Span) -> bool:
    """Whether *region* is not somebody else's, which opens before the content and closes after it.

    Nothing but marks and punctuation stands between a content and its own marks.
    """
    if region.start >= outer[0] or region.end <= outer[1]:
        return True
    return not (_WORD.search(text, region.start, outer[0]) or _WORD.search(text, outer[1], region.end))


def _read_paragraphs(text: str) -> list[_Paragraph]:
    """The paragraphs and their marks, read backwards: whether a mark opens depends on what comes after it."""
    paragraphs: list[_Paragraph] = []
    taken_up = False
    for start, end in reversed(paragraph_spans(text)):
        # Headlines precede quotations too, but end in a word.
        paragraph = _read_paragraph(text, (start, end), taken_up and not text[end - 1].isalnum())
        paragraphs.append(paragraph)
        taken_up = any(
            mark.family == "single" and mark.opens and mark.closable for mark in paragraph.leading()
        )
    return paragraphs[::-1]


def _read_paragraph(text: str, span: Span, runs_on: bool) -> _Paragraph:
    marks = []
    later = _Later()
    for match in reversed(list(_MARK.finditer(text, *span))):
        shape = match.group()
        start, stop = match.span()
        opens, closes = _directions(text, start, stop, shape)
        mark = _Mark((start, stop), shape, _FAMILIES.get(shape, "double"), opens, closes)
        read = _read_single(text, mark, span[0], runs_on, later) if mark.family == "single" else mark
        if read is not None:
            marks.append(read)
    return _Paragraph(span, marks[::-1], runs_on)


def _read_single(text: str, mark: _Mark, paragraph: int, runs_on: bool, later: _Later) -> _Mark | None:
    """A single mark as what comes *later* makes it, ``None`` if that is an apostrophe; adds it to *later*."""
    start, stop = mark.span
    if _is_apostrophe(text, start, stop):
        return None
    before, after = _beside(text, start, stop)
    # A quotation over paragraphs is made of whole sentences.
    whole = runs_on and not text[max(paragraph, start - 3) : start].rstrip()[-1:].isalnum()
    if mark.shape in "'‘" and not before.isalnum() and _DOUBTFUL_ELISION.match(text, stop):
        closable = whole if later.firmly_closes is None else later.firmly_closes
        return replace(mark, whole=whole, elision=True) if closable else None
    closes = mark.shape in "’'" and not before.isspace()
    possessive = closes and before in "sS" and after.isspace()
    next_closes = later.next_closes
    read = replace(
        mark,
        closable=later.any_closes or whole,
        whole=whole,
        possessive=possessive and next_closes is None,
    )
    ending = text[max(0, start - 2) : start].lower()
    if not (closes and after.isspace() and (ending.endswith(("s", "in")) or before.isdigit())):
        later.firmly_closes = closes
    later.next_closes = closes
    later.any_closes |= closes
    return None if possessive and next_closes else read


def _read_mark(mark: _Mark, paragraph: _Paragraph, stack: list[_Open], found: list[Quoted]) -> None:
    """Close what *mark* closes, or open what it opens."""
    depth = _matching_depth(stack, mark)
    if depth is not None and mark.elision:
        return
    if depth is not None and mark.closes:
        if not (mark.possessive and paragraph.runs_on and stack[depth].opening.whole):
            _close(stack, depth, mark.span, found)
    elif mark.opens and mark.closable and len(stack) < _DEEPEST:
        stack.append(_Open(mark, len(stack) + 1, mark.span[1], [mark.span], []))


def _close(stack: list[_Open], depth: int, mark: Span, found: list[Quoted]) -> None:
    """Close the stack's entry *depth* at *mark*, and with it whatever was left open inside it."""
    for opened in stack[depth:]:
        opened.inner.append((opened.position, mark[0]))
    stack[depth].marks.append(mark)
    found.append(stack[depth].quoted(mark[1], closed=True))
    found.extend(opened.quoted(mark[0], closed=False) for opened in stack[depth + 1 :])
    del stack[depth:]


def _end_paragraph(
    paragraph: _Paragraph, following: _Paragraph | None, stack: list[_Open], found: list[Quoted]
) -> None:
    """Leave open only what the following paragraph goes on with."""
    end = paragraph.span[1]
    keep = 0
    if following is not None:
        for opened, mark in zip(stack, following.leading(), strict=False):
            single = mark.family == "single"
            if mark.family != opened.opening.family or not mark.opens:
                break
            if single and not (paragraph.runs_on and opened.opening.whole):
                break
            keep += 1
    for opened in stack:
        opened.inner.append((opened.position, end))
    found.extend(opened.quoted(end, closed=False) for opened in stack[keep:])
    del stack[keep:]


def _nested(found: Sequence[Quoted]) -> tuple[Quoted, ...]:
    """*found* in order of where they open, each told which one it stands within."""
    nested = []
    latest: dict[int, Quoted] = {}
    for quoted in sorted(found, key=attrgetter("start")):
        latest[quoted.depth] = replace(quoted, within=latest.get(quoted.depth - 1))
        nested.append(latest[quoted.depth])
    return tuple(nested)


def _directions(text: str, start: int, stop: int, mark: str) -> tuple[bool, bool]:
    """Whether the mark may open and whether it may close, from its shape and from what stands beside it."""
    before, after = _beside(text, start, stop)
    free_before = before.isspace() or before in "([{-–—/…:“‘„\"'«" or not before.isprintable()
    free_after = after.isspace() or after in ")]}-–—/….,;:!?”’\"'»" or not after.isprintable()
    if mark in _BRACKETS:
        # Swedish has » and › on either side.
        return mark in "«「『《" or not (after.isspace() or (not before.isspace() and free_after)), True
    opens = free_before and not after.isspace()
    closes = not before.isspace() or free_after
    if mark in _DOUBLE_OPEN or mark in "‘‚‛`":
        # An opening mark used to close, as in „so“.
        return opens or not before.isspace() or after.isalnum(), not before.isspace() and free_after
    if mark in _DOUBLE_CLOSE or mark == "’":
        return opens and mark != "’", True
    return opens, closes


def _beside(text: str, start: int, stop: int) -> tuple[str, str]:
    """The characters before *start* and from *stop*; a space where the text ends."""
    return (text[start - 1] if start else " "), (text[stop] if stop < len(text) else " ")


def _matching_depth(stack: Sequence[_Open], mark: _Mark) -> int | None:
    """The place in *stack* of what *mark* closes if it closes something."""
    for depth in range(len(stack) - 1, -1, -1):
        opening = stack[depth].opening
        if opening.family != mark.family:
            continue
        if _BRACKET_PAIRS.get(opening.shape, mark.shape) == mark.shape:
            return depth
        if opening.shape == mark.shape and mark.shape in "»›" and not mark.opens:
            return depth
    return None


def _is_apostrophe(text: str, start: int, stop: int) -> bool:
    before, after = _beside(text, start, stop)
    if before.isalnum() and after.isalnum():
        return True
    if text[max(0, start - 2) : start].lower() in {"’n", "'n", "‘n"}:
        return True
    if before.isalnum() or text[start] not in "’'‘":
        return False
    if text[start] == "’" and _DOUBTFUL_ELISION.match(text, stop):
        return True
    return _ELISION.match(text, stop) is not None
