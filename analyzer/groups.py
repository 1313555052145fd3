"""Speakers without a name by their description: `both sides`, `Western companies`, `a government source`."""

from __future__ import annotations

import re
from functools import cache

from analyzer.offices import head_of_phrase, office_category
from analyzer.tables import DATA, read_table

_OF = re.compile(r"^(?:\S+\s)?(?:members?|thousands|dozens|hundreds|some|many|most|group|spokes\w+) of\s")


def description_category(phrase: str) -> str | None:
    """The role category of a group, or of somebody unnamed, who is described as *phrase*; ``None`` if it does not tell.

    An office decides before a mere kind (`government officials`), the head of the phrase before the rest of it.
    """
    head = _OF.sub("", head_of_phrase(phrase).lower())
    return (
        office_category(head)
        or office_category(singular(head))
        or _kind_of_group(head)
        or office_category(phrase)
        or _kind_of_group(phrase.lower())
    )


def singular(phrase: str) -> str:
    """*phrase* in lower case without the plural's `s` of its words."""
    return re.sub(r"(?<=\w\w\w)s\b", "", phrase.lower())


def _kind_of_group(lower: str) -> str | None:
    return next((category for category, pattern in _kinds() if pattern.search(lower)), None)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((category, re.compile(pattern)) for category, pattern in read_table(DATA / "groups.tsv"))
