"""The person whom a source phrase names after a description: `the ranger, Ana Lind`, `ministry spokesman Ana Lind`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.names import Name
from analyzer.offices import has_office
from analyzer.people import People, names_within
from analyzer.quotation import Span

_LONGEST_TITLE = 60  # characters between the comma and the name
_DETERMINER = re.compile(r"(?:the|an?|its|his|her|their|our|my|your|one|another)\s", re.IGNORECASE)
_PLURAL_HEAD = re.compile(r"(?:(?<![sui])s|people|men|women)$")
_NOT_IN_TITLE = re.compile(
    r"\b(?:and|or|who|which|that|of whom|including|led|with|by|from|like|said|says|told|was|is|were|are|where|"
    r"when|as|to|on|at|in|under|after|such)\b"
)
_SEPARATOR = re.compile(r"(?:\)|[”\"’»])?(?:,|\s?[\u2013\u2014]|\s-{1,2}(?=\s))\s?|:\s")
_ENDS = re.compile(r"\s*(?:$|[,(\u2013\u2014;]|-|who\b|whose\b|on\b|in\b|of\b)")
_OFFICE_TO_BODY = re.compile(r"\s(?:of|for|to|at)\s")
_BODY_CORE = re.compile(r"\b(?:Ministry|Department|Office|Council|Bureau|Institute|University|Committee)$")


def appositive_name(text: str, span: Span, head: Span, people: People) -> Name | None:
    """The name in apposition to *head* in the source at *span*, after a comma and perhaps a title.

    *head* must be one person: an office, or a noun with a determiner that is no plural.
    """
    phrase = text[slice(*head)]
    if not has_office(phrase) and not (_DETERMINER.match(phrase) and not _PLURAL_HEAD.search(phrase)):
        return None
    for name in people.within(head[1], span[1])[:2]:
        separators = list(_SEPARATOR.finditer(text, head[1], name.span[0]))
        if not separators or name.is_possessive or not _ENDS.match(text[name.span[1] : span[1]]):
            continue
        title = text[separators[-1].end() : name.span[0]]
        if _is_title(title, name, text) and (len(separators) == 1 or text[head[1]] != ","):
            return name
    return None


def _is_title(title: str, name: Name, text: str) -> bool:
    """Whether *title* can stand between the comma and *name*: nothing, an office, or a noun phrase with an article."""
    bare = title.strip(" ,")
    if not bare:
        return len(name.words) > 1 or name.is_person or not text[slice(*name.span)].isupper()
    if len(bare) > _LONGEST_TITLE or _NOT_IN_TITLE.search(bare):
        return False
    if "'s" in bare or "’s" in bare:
        return has_office(bare.split()[-1])
    return has_office(bare) or bool(name.title) or bool(_DETERMINER.match(bare + " ") and bare.islower())


def appositive_body(text: str, span: Span, head: Span, names: Sequence[Name]) -> Name | None:
    """The name that is all of the apposition to a body: `INPE` of `the space institute, INPE`."""
    for name in names_within(names, head[1], span[1])[:1]:
        is_body = name.is_organization or text[slice(*name.span)].isupper()
        if (
            is_body
            and not text[head[1] : name.span[0]].strip(", ")
            and not text[name.span[1] : span[1]].strip(", ")
        ):
            return name
    return None


def name_after_office(text: str, core: Span, head: Span, people: People) -> Name | None:
    """The name at the end of *head* in `Ministry of Trade spokesman Ana Lind` or `Ambassador to Sudria Ana Lind`.

    *core* is *head* up to the preposition. Not the name in `an aide to Ana Lind` or `spokesman for President Lind`.
    """
    if not _OFFICE_TO_BODY.match(text, core[1]):
        return None
    names = people.within(core[1], head[1])
    if not names or names[-1].span[1] < head[1] or len(names[-1].words) < 2:
        return None
    name = names[-1]
    between = text[core[1] : name.span[0]].split()[1:]
    if _BODY_CORE.search(text[slice(*core)]):
        return name if between and has_office(between[-1]) else None
    last = text[slice(*core)].split()[-1:]
    has_capital_office = bool(last) and last[0][0].isupper() and has_office(last[0])
    return name if has_capital_office and between and between[-1] not in ("the", "an") else None


def names_two_persons(text: str, span: Span, people: People) -> bool:
    """Whether the source at *span* is two persons with their offices: `envoy Ana Lind and the host, Per Lind`."""
    match = re.search(r",? and (?=the |his |her |its |an? |[A-Z])", text[slice(*span)])
    if match is None or re.search(r"\b(?:who|which|whose|that|where)\b", text[slice(*span)]):
        return False
    middle = span[0] + match.start()
    first = [n for n in people.within(span[0], middle) if not n.is_possessive and len(n.words) > 1]
    second = [n for n in people.within(middle, span[1]) if not n.is_possessive and len(n.words) > 1]
    return bool(first and second and second[-1].span[1] >= span[1])
