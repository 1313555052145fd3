"""Cities and regions that do not stand for a government but tell a state: `in Osaka`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from analyzer.countries import Actor, ActorMention, actors_within, find_actors, state_by_code
from analyzer.tables import DATA, read_table

# `Ana Mendoza`; what else has a capital before a place begins a sentence or is part of the place's name.
_GIVEN_NAME_BEFORE = re.compile(
    r"\b(?!(?:In|At|From|To|Near|Outside|Inside|Around|Of|For|On|And|The|But|While|Both|Since|After|Before|Off|Across|"
    r"North|South|East|West|Northern|Southern|Eastern|Western|Central|New|Port|Fort|Saint|St)\s)[A-Z][a-z]+\s$"
)
_BODY_AFTER = re.compile(r"\s(?:Times|Post|Herald|Tribune|Daily|Morning|Street)\b")


@lru_cache(maxsize=1)
def find_state_mentions(text: str) -> tuple[ActorMention, ...]:
    """All mentions of states in *text*, in order, and of places in them (as ``seat``); none overlap."""
    actors = find_actors(text)
    found = [mention for mention in actors if mention.actor.kind == "state"]
    pattern, states = _places()
    for match in pattern.finditer(text):
        start, end = match.span()
        if (
            _overlaps(actors, start, end)
            or _BODY_AFTER.match(text, end)
            or _GIVEN_NAME_BEFORE.search(text, max(0, start - 25), start)
        ):
            continue
        found.append(ActorMention((start, end), states[" ".join(match[0].split())], "seat"))
    return tuple(sorted(found, key=lambda mention: mention.span))


def state_of_place(phrase: str) -> Actor | None:
    """The state of the last place that the short text *phrase* names: Japan for `professor in Osaka`."""
    pattern, states = _places()
    found = pattern.findall(phrase)
    return states[" ".join(found[-1].split())] if found else None


def is_place(name: str) -> bool:
    """Whether *name* is a place's as a whole."""
    return name in _places()[1]


def _overlaps(actors: Sequence[ActorMention], start: int, end: int) -> bool:
    return any(
        mention.span[0] < end and mention.span[1] > start
        for mention in actors_within(actors, start - 60, end + 60)
    )


@cache
def _places() -> tuple[re.Pattern[str], dict[str, Actor]]:
    states = {
        form: state_by_code(code)
        for code, names in read_table(DATA / "places.tsv")
        for name in names.split(",")
        for form in ((name, name.upper()) if len(name) > 4 else (name,))
    }
    longest_first = sorted(states, key=len, reverse=True)
    words = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in longest_first)
    return re.compile(rf"(?<![\w-])(?=[A-Z])(?:{words})(?!\w)"), states
