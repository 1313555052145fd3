"""Roles: what the article says each speaker is, by section 3 of the annotation guidelines.

By rules: the title before a name, the appositive or `who is` clause after it, at any mention of the speaker; for a
speaker without a name the description itself. What no words of a role say is filled in: its state by
``analyzer.roles.states``, what is generally known by ``analyzer.known``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.countries import Actor, ActorMention, actor_in, actors_within, find_actor, find_actors
from analyzer.groups import description_category
from analyzer.known import known_body, known_body_in, known_holder
from analyzer.offices import (
    STATE_OFFICES,
    is_rank,
    office_after,
    office_before,
    office_category,
    strip_article,
)
from analyzer.places import is_place, state_of_place
from analyzer.quotation import Role, Span, Speaker
from analyzer.roles.affiliations import (
    affiliation_in,
    body_category,
    body_in,
    category_of_body_before,
    implied_state,
    seat_in,
    state_in_sentence,
)
from analyzer.roles.clauses import clause_after, owner_before
from analyzer.roles.states import States
from analyzer.roles.titles import OUTRANKED_BY_BODY, combined_category, phrase_category, title_of
from analyzer.sentences import find_sentences

_UNKNOWN = Role(text=None, spans=(), title=None, affiliation=None, country=None, category="unknown")
_MOST_MENTIONS = 24
_OF_A_STATE = STATE_OFFICES | {"legislator", "party_politician", "civil_society"}
_PRIVATE = frozenset({"expert", "media", "business", "civil_society"})
_ITS = re.compile(r"(?:its|their)\s", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:both|two|three|four|several|other|sides?|parties|governments|countries|nations|states|capitals|delegations|"
    r"allies|rivals|members|international)\b",
    re.IGNORECASE,
)
_OF_OUTLETS = re.compile(r"\b(?:news|media|television|newspaper)\b", re.IGNORECASE)
_COMPASS_PAIR = re.compile(r"(?:North|South|East|West) and (?:North|South|East|West) ")
_ANYWHERE = re.compile(
    r"\b(?:leaders|diplomats|ministers|negotiators|delegates|ambassadors|sources)\b", re.IGNORECASE
)
_SHORT_NAME = re.compile(
    r"(Commission|Council|Agency|Assembly|Union|Alliance|Organization|Organisation|Bloc|Fund|Forum|Court)"
    r"(?:\s(?!leader\b|of\b|for\b)[a-z][\w-]*)*(?:\s[A-Z]\w*)?$"
)
_OF_THE_UNION = frozenset({"commission", "council", "bloc"})
_FARTHEST_BODY = 4000
_BODIES = frozenset({"media", "business", "military", "civil_society"})


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
        self._states = States(text, self._sentences)

    def role(self, speaker: Speaker) -> Role:
        if speaker.kind == "person":
            return self._role_of_person(speaker)
        if speaker.kind in ("anonymous", "group"):
            return self._role_of_description(speaker)
        if speaker.kind in ("country", "organization"):
            return self._role_of_body(speaker)
        return _role_of_document(speaker.name or "") if speaker.kind == "document" else _UNKNOWN

    def _role_of_person(self, speaker: Speaker) -> Role:
        """The first role at one of the mentions; an office before a mere `friend`, one with a state before others."""
        found: list[Role] = []
        for start, end in speaker.mentions[:_MOST_MENTIONS]:
            for span in (office_before(self._text, start), office_after(self._text, end)):
                role = self._describe(span) if span else None
                if role and role.country and not _is_weak(role):
                    return role
                found += [role] if role else []
        if not found:
            return self._role_by_clause(speaker) or self._role_without_office(speaker)
        best = min(found, key=lambda role: (_is_weak(role), not role.country, not role.affiliation))
        return self._with_state(best, speaker.name or "", speaker.mentions)

    def _role_by_clause(self, speaker: Speaker) -> Role | None:
        for start, end in speaker.mentions[:_MOST_MENTIONS]:
            found = owner_before(self._text, start) or clause_after(self._text, end)
            if found:
                role = self._plain_role(*found)
                return self._with_state(role) if role.category != "media" else _reporter(role)
        return None

    def _role_of_description(self, speaker: Speaker) -> Role:
        spans = [strip_article(self._text, mention) for mention in speaker.mentions]
        named = (span for span in spans if " ".join(self._text[slice(*span)].split()) == speaker.name)
        span = next(named, None)
        if span is None:
            return _UNKNOWN
        phrase = self._text[slice(*span)]
        role = self._describe(span)
        if role and speaker.kind == "group" and _is_pair(self._actors, span):
            return replace(role, affiliation=None, country=None)
        if role and speaker.kind == "group" and _ANYWHERE.search(phrase):
            return role
        if role:
            return self._with_state(role)
        if _is_pair(self._actors, span):
            return _institution(None)
        category = description_category(phrase) or body_category(phrase)
        if category is None:
            return _UNKNOWN
        if category == "institution" or (speaker.kind == "anonymous" and category in _BODIES):
            return self._role_of_unnamed_body(span, category)
        return self._with_state(self._plain_role(span, category))

    def _role_of_unnamed_body(self, span: Span, category: str) -> Role:
        """`both sides`, `the airport`: of one state, of several, or of the one that the article deals with there."""
        named = {mention.actor for mention in actors_within(self._actors, *span)}
        phrase = self._text[slice(*span)]
        if len(named) == 1:
            actor = named.pop()
            return _institution(actor, actor.country, category)
        place = state_of_place(phrase)
        if place or named or _SEVERAL.search(phrase) or category != "institution":
            return _institution(place, place.country if place else None, category)
        guess = self._states.state_of(span)
        return _institution(guess, guess.country if guess else None, category)

    def _role_of_body(self, speaker: Speaker) -> Role:
        name = speaker.name or ""
        span = speaker.mentions[0] if speaker.mentions else (0, 0)
        known = find_actor(name)
        if known:
            category = "institution" if speaker.kind == "country" else body_category(name) or "unknown"
            return _institution(known.actor if known.form == "body" else None, known.actor.country, category)
        if _is_pair(self._actors, span) or _COMPASS_PAIR.match(name):
            return _institution(None)
        body = known_body(name)
        if body:
            return _institution(None, body.state.country if body.state else None, body.category)
        category = body_category(name) or "unknown"
        if category == "unknown" and description_category(name):
            return self._role_of_description(speaker)
        actor = actor_in(name) or self._international_before(name, span[0])
        if actor and actor.kind == "international":
            return _institution(actor, None, "international_official")
        if actor is None and category in ("institution", "military", "party_politician"):
            actor = self._states.state_of(span, speaker.mentions)
        return _institution(actor, actor.country if actor else None, category)

    def _international_before(self, name: str, position: int) -> Actor | None:
        """The international body that `the Commission` or `Agency` is short for: the last named before."""
        noun = _SHORT_NAME.match(name)
        if noun is None:
            return None
        word = noun[1].lower()
        for mention in reversed(actors_within(self._actors, max(0, position - _FARTHEST_BODY), position)):
            if mention.actor.kind != "international":
                continue
            names = f"{mention.actor.name} {self._text[slice(*mention.span)]}".lower()
            if word in names or (word in _OF_THE_UNION and mention.actor.name.startswith("European")):
                return mention.actor
        return None

    def _role_without_office(self, speaker: Speaker) -> Role:
        """The role of what was taken for a person: an outlet, a company, `OBSERVERS`; else an unknown one."""
        name = speaker.name or ""
        body = known_body(name)
        if body:
            return _institution(None, body.state.country if body.state else None, body.category)
        if speaker.mentions and " " not in name and description_category(name):
            return self._role_of_description(speaker)
        place = state_of_place(name)
        return _institution(place, place.country) if place and is_place(name) else _UNKNOWN

    def _plain_role(self, span: Span, category: str) -> Role:
        phrase = self._text[slice(*span)]
        actor = affiliation_in(self._text, span, self._actors)
        return Role(
            text=phrase,
            spans=(span,),
            title=" ".join(phrase.lower().split()),
            affiliation=actor.name if actor else None,
            country=actor.country if actor else None,
            category=category,
        )

    def _with_state(self, role: Role, name: str = "", mentions: Sequence[Span] = ()) -> Role:
        """*role* with its state, if it has one that its words do not name: it is told by who holds the office, the
        person *name* with these *mentions*, or else by what the article deals with there."""
        if role.country or not role.spans:
            return role
        if role.category not in _OF_A_STATE:
            return replace(role, country=self._private_state(role))
        leads = (role.title or "").endswith("leader")
        holder = known_holder(name, "head_of_state" if leads else role.category, self._states.named)
        if holder:
            category, state = holder
            return replace(
                role,
                category=category,
                affiliation=role.affiliation or state.name,
                country=state.country,
            )
        if role.affiliation and (actor := actor_in(role.affiliation)) and actor.kind != "state":
            return role
        guess = self._states.state_of(role.spans[0], mentions)
        if guess is None:
            return role
        return replace(role, affiliation=role.affiliation or guess.name, country=guess.country)

    def _private_state(self, role: Role) -> str | None:
        """The state of an office outside the government: of the body that is known, or where it is placed."""
        known = known_body_in(role.affiliation or role.text or "")
        state = (
            (known and known.state)
            or seat_in(self._text, role.spans[0], self._actors)
            or state_of_place(role.text or "")
        )
        return state.country if state else None

    def _describe(self, span: Span) -> Role | None:
        """The role that the words at *span* give, ``None`` if they name no office."""
        phrase = self._text[slice(*span)]
        if phrase_category(phrase) is None:
            return None
        title, actor, body = self._affiliation(span)
        category = combined_category(title, phrase, actor, body)
        if category in OUTRANKED_BY_BODY and _ITS.match(self._text, *span):
            of_body = category_of_body_before(self._text, span[0])
            category = of_body if of_body and of_body != "institution" else category
        state = actor
        if state is None and category in STATE_OFFICES | {"legislator"}:
            state = implied_state(phrase)
        if state is None and body is None and category in STATE_OFFICES:
            state = state_in_sentence(self._text, self._sentences.start(span[0]), span[0], self._actors)
        return Role(
            text=phrase,
            spans=(span,),
            title=title,
            affiliation=body or (state.name if state else None),
            country=state.country if state else None,
            category=category,
        )

    def _affiliation(self, span: Span) -> tuple[str, Actor | None, str | None]:
        """The title of the office at *span* alone, and the actor or else the body that it is an office of."""
        phrase = self._text[slice(*span)]
        title = title_of(self._text, span, self._actors)
        actor = affiliation_in(self._text, span, self._actors) or self._international_before(phrase, span[0])
        body = body_in(self._text, span)
        if body is None or find_actor(body):
            return title, actor, None
        short = title.removeprefix(f"{body.lower()} ")
        is_public = actor is not None and office_category(title) not in _PRIVATE
        if is_public or office_category(short) != office_category(title):
            return title, actor, None
        return short, None, body


def _role_of_document(name: str) -> Role:
    """An outlet's where its name says so (`news reports`), else an institution."""
    body = known_body_in(name)
    if body and body.category == "media":
        return _institution(None, body.state.country if body.state else None, "media")
    return _institution(None, None, "media" if _OF_OUTLETS.search(name) else "institution")


def _reporter(role: Role) -> Role:
    """`Radio Lind's Ana Moe`: her outlet is no title, and she does not speak for its state."""
    return replace(role, text=None, spans=(), title=None, affiliation=role.text, country=None)


def _is_weak(role: Role) -> bool:
    """Whether any other role of a person tells more: `friend`, `Professor`, `Colonel`."""
    return role.category == "citizen" or is_rank(role.text or "")


def _institution(owner: Actor | None, country: str | None = None, category: str = "institution") -> Role:
    return Role(
        text=None,
        spans=(),
        title=None,
        affiliation=owner.name if owner else None,
        country=country,
        category=category,
    )


def _is_pair(actors: Sequence[ActorMention], span: Span) -> bool:
    """Whether *span* names two states: `Norland and Sudria`."""
    return len({mention.actor for mention in actors_within(actors, *span)}) > 1
