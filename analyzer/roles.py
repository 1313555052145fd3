"""Roles: what the article says each speaker is, by section 3 of the annotation guidelines.

A first role by rules: the title before a name, the appositive or `who is` clause after it, at any mention of the
speaker; for a speaker without a name the description itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.affiliations import (
    affiliation_in,
    body_category,
    body_in,
    implied_state,
    is_generic_body,
    state_in_sentence,
)
from analyzer.countries import Actor, actor_in, actors_within, find_actor, find_actors
from analyzer.offices import (
    PORTFOLIO,
    head_of_phrase,
    office_after,
    office_before,
    office_category,
    strip_article,
)
from analyzer.quotation import Role, Span, Speaker
from analyzer.sentences import find_sentences

_UNKNOWN = Role(text=None, spans=(), title=None, affiliation=None, country=None, category="unknown")
_MOST_MENTIONS = 24
_STATE_OFFICES = frozenset(
    "head_of_state head_of_government foreign_minister minister deputy_minister spokesperson diplomat official "
    "military".split()
)
_PRIVATE = frozenset({"expert", "media", "business", "civil_society"})
_OUTRANKED_BY_BODY = frozenset(
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
_PLAIN_LEADER = re.compile(r"\bleader$")
_CIVIL_LEADER = re.compile(
    r"\b(?:union|labou?r|protest|student|community|tribal|religious|civil rights|youth) leader\b"
)


def find_roles(text: str, speakers: Sequence[Speaker]) -> tuple[Role, ...]:
    """The role of each of *speakers* of the article *text*, in their order.

    *text* and *spans* of a role are the article's words without a leading article; a speaker of whom the article
    says nothing has category ``unknown`` and no text. States, bodies and documents have a category and no text.
    """
    finder = _RoleFinder(text)
    return tuple(finder.role(speaker) for speaker in speakers)


class _RoleFinder:
    def __init__(self, text: str) -> None:
        self._text = text
        self._actors = find_actors(text)
        self._sentences = find_sentences(text)

    def role(self, speaker: Speaker) -> Role:
        if speaker.kind == "person":
            return self._role_of_person(speaker)
        if speaker.kind in ("anonymous", "group"):
            return self._role_of_description(speaker)
        if speaker.kind in ("country", "organization"):
            return self._role_of_body(speaker)
        return _institution(None) if speaker.kind == "document" else _UNKNOWN

    def _role_of_person(self, speaker: Speaker) -> Role:
        """The first role at one of the mentions; an office before a mere `friend`, one with a state before others."""
        found: list[Role] = []
        for start, end in speaker.mentions[:_MOST_MENTIONS]:
            for span in (office_before(self._text, start), office_after(self._text, end)):
                role = self._describe(span) if span else None
                if role and role.country and role.category != "citizen":
                    return role
                found += [role] if role else []
        return min(
            found, key=lambda role: (role.category == "citizen", not role.affiliation), default=_UNKNOWN
        )

    def _role_of_description(self, speaker: Speaker) -> Role:
        for mention in speaker.mentions:
            span = strip_article(self._text, mention)
            if " ".join(self._text[slice(*span)].split()) == speaker.name and _category(
                self._text[slice(*span)]
            ):
                return self._describe(span) or _UNKNOWN
        return _UNKNOWN

    def _role_of_body(self, speaker: Speaker) -> Role:
        name = speaker.name or ""
        known = find_actor(name)
        category = "institution" if speaker.kind == "country" else body_category(name) or "unknown"
        if known:
            return _institution(known.actor if known.form == "body" else None, known.actor.country, category)
        span = speaker.mentions[0] if speaker.mentions else (0, 0)
        actor = actor_in(name)
        if actor is None and is_generic_body(name):
            actor = state_in_sentence(self._text, self._sentences.start(span[0]), span[0], self._actors)
        return _institution(actor, actor.country if actor else None, category)

    def _describe(self, span: Span) -> Role | None:
        """The role that the words at *span* give, ``None`` if they name no office."""
        phrase = self._text[slice(*span)]
        if _category(phrase) is None:
            return None
        title = self._title(span)
        actor = affiliation_in(self._text, span, self._actors)
        body = body_in(self._text, span)
        if body and find_actor(body):
            body = None
        short = title.removeprefix(f"{body.lower()} ") if body else title
        if (actor and office_category(title) not in _PRIVATE) or office_category(short) != office_category(
            title
        ):
            body = None
        if body:
            actor, title = None, short
        category = _combined_category(title, phrase, actor, body)
        state = actor
        if actor is None and category in _STATE_OFFICES | {"legislator"}:
            state = implied_state(phrase)
        if state is None and body is None and category in _STATE_OFFICES:
            state = state_in_sentence(self._text, self._sentences.start(span[0]), span[0], self._actors)
        return Role(
            text=phrase,
            spans=(span,),
            title=title,
            affiliation=body or (state.name if state else None),
            country=state.country if state else None,
            category=category,
        )

    def _title(self, span: Span) -> str:
        """The office alone, in lower case: without state, owner, `former` and what follows a preposition."""
        start, end = span
        mentions = actors_within(self._actors, start, end)
        while start < end:
            here = next((m for m in mentions if m.span[0] == start), None)
            skipped = _NOT_OF_THE_TITLE.match(self._text, start, end)
            if here and here.span[1] < end:
                start = here.span[1]
                owner = re.compile(r"['’]s?").match(self._text, start, end)
                start = owner.end() if owner else start
            elif skipped and skipped.end() < end:
                start = skipped.end()
            else:
                break
            while start < end and self._text[start] in " -\xa0\n":
                start += 1
        cut = _TITLE_END.search(self._text, start, end)
        if cut:
            portfolio = _PORTFOLIO.match(self._text, cut.start(), end)
            end = portfolio.end() if portfolio else cut.start()
        return _HONOURS.sub("", " ".join(self._text[start:end].lower().split()))


def _institution(owner: Actor | None, country: str | None = None, category: str = "institution") -> Role:
    return Role(
        text=None,
        spans=(),
        title=None,
        affiliation=owner.name if owner else None,
        country=country,
        category=category,
    )


def _category(phrase: str) -> str | None:
    """The category of an office in *phrase*, of its head before anything else, plurals included."""
    head = head_of_phrase(phrase)
    return office_category(head) or office_category(_singular(head)) or office_category(phrase)


def _combined_category(title: str, phrase: str, actor: Actor | None, body: str | None) -> str:
    category = office_category(title) or _category(phrase) or "unknown"
    if _CIVIL_LEADER.search(title):
        return "civil_society"
    if category not in _OUTRANKED_BY_BODY:
        return category
    if actor and actor.kind != "state":
        return "military" if actor.kind == "movement" else "international_official"
    if actor:
        return category
    of_body = body_category(body) if body else None
    if of_body and of_body != "institution":
        return of_body
    return "official" if category == "head_of_state" and _PLAIN_LEADER.search(title) else category


def _singular(phrase: str) -> str:
    return re.sub(r"(?<=\w\w\w)s\b", "", phrase.lower())
