"""The names of outlets and other bodies without what the article calls them besides."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from analyzer.names import Name, word_classes
from analyzer.people import names_within
from analyzer.quotation import Span

OUTLETS = frozenset(
    "newspaper paper daily weekly magazine tabloid agency broadcaster outlet network station service".split()
)
"""Nouns that an outlet named before is called by: `the newspaper`, `the news agency`."""

_FARTHEST = 1200  # characters
_WORD = re.compile(r"[\w’'-]+")
_OWNER = re.compile(r".*?['’]s?\s(?:[a-z-]+\s)*(?=[A-Z])")


def without_owner(text: str, core: Span) -> int:
    """Where a proper name begins: at `Borg` of `Norland's Borg News`, but at `Norland` of `Norland's Court`."""
    owner = _OWNER.match(text[slice(*core)])
    words = text[core[0] + owner.end() : core[1]].split() if owner else []
    is_outlet = any("media" in word_classes(word) for word in words) and (
        len(words) > 1 or "organization_name" in word_classes(words[0])
    )
    has_acronym = any(len(word) > 1 and word.isupper() for word in words)
    is_proper = len(words) > 2 and any(word[0].isupper() and not word_classes(word) for word in words)
    return core[0] + owner.end() if owner and (is_outlet or has_acronym or is_proper) else core[0]


def outlet(text: str, core: Span) -> Span:
    """The name alone of `the state-run news agency Yonhap` or `the Global Times tabloid`, else *core* as it is."""
    start, end = core
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    for word, after in itertools.pairwise(words):
        if _is_outlet_noun(text[slice(*word)]) and text[after[0]].isupper():
            start = after[0]
    if words and _is_outlet_noun(text[slice(*words[-1])]):
        # With `news` of `news agency`; a name ends in a capitalized word.
        named = [last for first, last in words if first >= start and text[first].isupper()]
        end = named[-1] if named else end
    return start, end


def _is_outlet_noun(word: str) -> bool:
    return word.islower() and "media" in word_classes(word)


def last_outlet(text: str, names: Sequence[Name], position: int) -> Span | None:
    """The last name of an outlet shortly before *position*: what `the newspaper` there is."""
    near = names_within(names, max(0, position - _FARTHEST), position)
    outlets = [
        name.span
        for name in near
        if name.is_organization
        and any("media" in word_classes(word) for word in text[slice(*name.span)].split())
    ]
    return outlets[-1] if outlets else None
