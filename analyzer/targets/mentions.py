"""Where an article mentions those that a stance can be toward: actors, their officials, pairs of them, `both sides`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from analyzer.countries import Actor, ActorKind, find_actors, state_by_code
from analyzer.names import find_names
from analyzer.offices import STATE_OFFICES
from analyzer.people import People
from analyzer.quotation import Span, Speaker
from analyzer.roles import find_roles

CandidateKind = Literal[ActorKind, "pair", "sides", "source"]

_AND = re.compile(r"(?:['’]s?)?\s(?:and|or|&)\s(?:the\s|both\s|to\s|with\s)?|-")
_COMMA = re.compile(r",\s(?:the\s)?")
_PLAIN_NAME = re.compile(r"[^'’-]+ and [^'’-]+")
_SIDES = re.compile(
    r"\b(?:(?:[Bb]oth|[Tt]h(?:e|ese|ose) (?:two|three|four)|[Aa]ll(?: the)?|[Tt]he (?:different|other))\s(?:\w+\s)?"
    r"(?:sides|parties|governments|countries|nations|states|delegations|neighbou?rs|capitals|parliaments|leaders|"
    r"powers|presidents|ministers|teams|armies|peoples)|[Tt]he (?:sides|[Pp]arties)|[Tt]he international community)\b"
)
# Who stands for the state whose office they hold.
_OFFICIALS = STATE_OFFICES | {"legislator"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whom a stance can be toward: an actor; several actors (``pair``); ``sides`` that are not named there; or the
    speakers themselves, toward each other (``source``). *members* are the names and codes of the actors.
    """

    name: str
    country: str | None
    kind: CandidateKind
    members: frozenset[str] = frozenset()

    @property
    def is_actor(self) -> bool:
        """Whether it is one actor."""
        return self.kind not in ("pair", "sides", "source")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of *candidate* at *span*. *form* is that of an ``ActorMention``, ``person``, ``pair`` or ``sides``."""

    span: Span
    candidate: Candidate
    form: str


def find_mentions(text: str) -> list[Mention]:
    """All mentions in *text*, by span; that of a pair begins where that of its first member does."""
    named = [Mention(mention.span, _of_actor(mention.actor), mention.form) for mention in find_actors(text)]
    taken = {mention.span[0] for mention in named}
    persons = [mention for mention in _persons(text) if mention.span[0] not in taken]
    sides = [
        Mention(match.span(), Candidate(match[0], None, "sides"), "sides") for match in _SIDES.finditer(text)
    ]
    return sorted((*named, *persons, *sides, *_pairs(text, named)), key=lambda mention: mention.span)


def mentions_within(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """Those of *mentions* (sorted by span) that lie in ``[start, end)``."""
    first = bisect_left(mentions, start, key=lambda mention: mention.span[0])
    last = bisect_left(mentions, end, key=lambda mention: mention.span[0])
    return [mention for mention in mentions[first:last] if mention.span[1] <= end]


def actors_of(mentions: Sequence[Mention]) -> list[Candidate]:
    """The single actors among *mentions*, each once."""
    return list(dict.fromkeys(m.candidate for m in mentions if m.candidate.is_actor))


def _of_actor(actor: Actor) -> Candidate:
    members = frozenset(name for name in (actor.name, actor.country) if name)
    return Candidate(actor.name, actor.country, actor.kind, members)


def _persons(text: str) -> Iterator[Mention]:
    """The mentions of persons who by their role stand for a state."""
    people = People(text, find_names(text)).people
    speakers = [
        Speaker(id=number, name=person.name, kind="person", mentions=tuple(m.span for m in person.mentions))
        for number, person in enumerate(people)
    ]
    for person, role in zip(people, find_roles(text, speakers), strict=True):
        if role.country and role.category in _OFFICIALS:
            candidate = _of_actor(state_by_code(role.country))
            yield from (Mention(mention.span, candidate, "person") for mention in person.mentions)


def _pairs(text: str, named: Sequence[Mention]) -> Iterator[Mention]:
    """The coordinations of two or more of *named*: `Norland and Sudria`, `Norland, Sudria and Estia`."""
    first = 0
    while first + 1 < len(named):
        last = first
        while _are_joined(text, named, last, _COMMA):
            last += 1
        if _are_joined(text, named, last, _AND):
            group = named[first : last + 2]
            if len({mention.candidate for mention in group}) == len(group):
                yield _pair(text, group)
        first = last + 1


def _are_joined(text: str, named: Sequence[Mention], index: int, joint: re.Pattern[str]) -> bool:
    """Whether *joint* is all that stands between the mention at *index* and the next one."""
    if index + 1 >= len(named):
        return False
    return joint.fullmatch(text, named[index].span[1], named[index + 1].span[0]) is not None


def _pair(text: str, group: Sequence[Mention]) -> Mention:
    """The pair of *group*, by its words if they are names, else by its members' names."""
    span = (group[0].span[0], group[-1].span[1])
    name = " ".join(text[slice(*span)].split())
    if not _PLAIN_NAME.fullmatch(name) or any(mention.form == "demonym" for mention in group):
        names = [mention.candidate.name for mention in group]
        name = f"{', '.join(names[:-1])} and {names[-1]}"
    members = frozenset(member for mention in group for member in mention.candidate.members)
    return Mention(span, Candidate(name, None, "pair", members), "pair")
