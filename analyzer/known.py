"""What the world knows and the article need not say: holders of high offices, organizations known by name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from analyzer.countries import Actor, state_by_code
from analyzer.tables import DATA, read_table

OFFICES_OF_LEADERS = frozenset({"head_of_state", "head_of_government"})
"""The categories of the offices whose holders' governments are called by their names."""

_FAMILY_NAME_FIRST = frozenset({"CHN", "HUN", "JPN", "KHM", "KOR", "PRK", "SGP", "TWN", "VNM"})
_APOSTROPHES = str.maketrans({"’": "'", "\n": " ", "\xa0": " "})


@dataclass(frozen=True, slots=True)
class KnownBody:
    """An organization of ``data/organizations.tsv``: its role *category* and the *state* that it is from, if any."""

    category: str
    state: Actor | None


def known_holder(name: str, category: str, states: Collection[Actor]) -> tuple[str, Actor] | None:
    """The category and state of the office that the person *name* is known to have held, one of *states*.

    Of the same *category* as the article says; for heads of states and of governments, whom the press calls leaders
    and presidents alike, of either. ``None`` where holders of several *states* had this name.
    """
    wanted = OFFICES_OF_LEADERS if category in OFFICES_OF_LEADERS else {category}
    words = name.translate(_APOSTROPHES).split()
    for family_name in dict.fromkeys((words[-1], words[0], " ".join(words[-2:])) if words else ()):
        held = [(c, state) for c, state in _holders().get(family_name, ()) if c in wanted and state in states]
        if family_name != words[-1] and family_name == words[0]:
            held = [(c, state) for c, state in held if state.country in _FAMILY_NAME_FIRST]
        if len({state for _, state in held}) == 1:
            return next((each for each in held if each[0] == category), held[0])
    return None


def known_body(name: str) -> KnownBody | None:
    """The organization *name*, without a leading `the`."""
    bare = re.sub(r"^the\s+", "", name.translate(_APOSTROPHES), flags=re.IGNORECASE)
    return _bodies().get(bare)


def known_body_in(phrase: str) -> KnownBody | None:
    """The first known organization that *phrase* names: of `an analyst at Chatham House`."""
    match = _body_pattern().search(phrase.translate(_APOSTROPHES))
    return _bodies()[match[0]] if match else None


@cache
def _holders() -> dict[str, list[tuple[str, Actor]]]:
    holders: dict[str, list[tuple[str, Actor]]] = {}
    for code, category, names in read_table(DATA / "leaders.tsv"):
        for name in names.split(","):
            holders.setdefault(name, []).append((category, state_by_code(code)))
    return holders


@cache
def _bodies() -> dict[str, KnownBody]:
    return {
        name: KnownBody(category, state_by_code(code) if code else None)
        for category, code, names in read_table(DATA / "organizations.tsv")
        for name in names.split(",")
    }


@cache
def _body_pattern() -> re.Pattern[str]:
    names = sorted(_bodies(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
