"""The title and the category of an office, by its words and the state or body that it is one of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.countries import Actor, ActorMention, actors_within
from analyzer.groups import singular
from analyzer.offices import PORTFOLIO, head_of_phrase, office_category
from analyzer.quotation import Span
from analyzer.roles.affiliations import body_category, category_of_body_in

OUTRANKED_BY_BODY = frozenset(
    "head_of_state head_of_government minister deputy_minister official business civil_society citizen".split()
)
_PORTFOLIO = re.compile(rf"\s(?:of|for)\s(?:the\s)?{PORTFOLIO}\b(?:\s(?:and\s)?[A-Za-z]+)*", re.IGNORECASE)
_TITLE_END = re.compile(
    r"\s(?:of|for|at|to|in|on|with|from|under|who|by|and (?:a|the)|based|since|during|speaking|briefed|"
    r"focused|specializ\w+|specialis\w+|covering|working|familiar)\b|[,(]",
    re.IGNORECASE,
)
_NOT_OF_THE_TITLE = re.compile(
    r"(?:(?:former|then|ex-|current|now|outgoing|longtime|newly appointed|the|his|her|its|their|a|an)\b[\s-]?|"
    r"[^\s]+['’]s?\s(?=\S))",
    re.IGNORECASE,
)
_HONOURS = re.compile(r"\s(?:ayatollah|dr\.?|sheikh|lord|sir)$")
_SENT = re.compile(r"\b(?:ambassador|delegate)")
_GOVERNMENT = re.compile(r"\b(?:government|republic|council of ministers|state council)\b", re.IGNORECASE)
_MEMBER = re.compile(r"(?:members?|(?:co-)?chair\w*|head|leader|president)$")
_MINISTRY = re.compile(r"\b(?:ministry|association|security council)\b", re.IGNORECASE)
_PLAIN_LEADER = re.compile(r"\bleader$")
_CIVIL_LEADER = re.compile(
    r"\b(?:union|labou?r|protest|student|community|tribal|religious|civil rights|youth) leader\b"
)
_OWNER = re.compile(r"['’]s?")


def title_of(text: str, span: Span, actors: Sequence[ActorMention]) -> str:
    """The office at *span* alone, in lower case: without state, owner, `former` and what follows a preposition."""
    start, end = span
    mentions = actors_within(actors, start, end)
    while start < end:
        here = next((m for m in mentions if m.span[0] == start), None)
        skipped = _NOT_OF_THE_TITLE.match(text, start, end)
        if here and here.span[1] < end:
            start = here.span[1]
            owner = _OWNER.match(text, start, end)
            start = owner.end() if owner else start
        elif skipped and skipped.end() < end:
            start = skipped.end()
        else:
            break
        while start < end and text[start] in " -\xa0\n":
            start += 1
    cut = _TITLE_END.search(text, start, end)
    if cut:
        portfolio = _PORTFOLIO.match(text, cut.start(), end)
        end = portfolio.end() if portfolio else cut.start()
    return _HONOURS.sub("", " ".join(text[start:end].lower().split()))


def phrase_category(phrase: str) -> str | None:
    """The category of an office in *phrase*, of its head before anything else, plurals included."""
    head = head_of_phrase(phrase)
    first = head.split(" and ")[0]
    if first != head and (category := office_category(first)):
        return category
    return office_category(head) or office_category(singular(head)) or office_category(phrase)


def combined_category(title: str, phrase: str, actor: Actor | None, body: str | None) -> str:
    """The category of an office *title* in the words *phrase*, by what it is an office of: *actor* or else *body*."""
    category = (
        office_category(title.split(" and ")[0])
        or office_category(title)
        or phrase_category(phrase)
        or "unknown"
    )
    if _MEMBER.search(title) and (whole := office_category(phrase)) in ("legislator", "diplomat"):
        return whole
    if category == "international_official" and _MINISTRY.search(phrase):
        return "official"
    if _CIVIL_LEADER.search(title):
        return "civil_society"
    if category == "international_official" and actor and actor.kind == "state":
        return "diplomat" if "commissioner" in title else "official"
    if category == "diplomat" and actor and actor.kind == "international" and not _SENT.search(title):
        return "international_official"
    if category not in OUTRANKED_BY_BODY:
        return category
    if actor and actor.kind != "state":
        return "military" if actor.kind == "movement" else "international_official"
    of_body = (body_category(body) if body else None) or category_of_body_in(phrase)
    if of_body and of_body != "institution":
        return of_body
    if of_body and category == "head_of_state" and not _GOVERNMENT.search(phrase):
        return "official"
    if actor:
        return category
    return "official" if category == "head_of_state" and _PLAIN_LEADER.search(title) else category
