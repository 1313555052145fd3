"""States and other international actors in a text: their names, demonyms, capitals and seats of government."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import pycountry

from analyzer.quotation import Span
from analyzer.tables import DATA, read_table

ActorKind = Literal["state", "international", "movement", "territory"]
Form = Literal["name", "demonym", "seat", "body"]


@dataclass(frozen=True, slots=True)
class Actor:
    """An international actor. *country* is ISO 3166-1 alpha-3 and ``None`` for what is not a state."""

    name: str
    country: str | None
    kind: ActorKind


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A mention of *actor* at *span*: by ``name``, ``demonym`` (`Russian`), ``seat`` that stands for the
    government (`Moscow`, `the Kremlin`), or a ``body`` of the state (`State Department`)."""

    span: Span
    actor: Actor
    form: Form


_Entry = tuple[str, Actor | None, Form]

# Only the offsets matter to the search, so variants of equal length are folded into one.
_FOLD = str.maketrans({"’": "'", "\n": " ", "\r": " ", "\t": " ", "\xa0": " "})
_FIRST_WORD = re.compile(r"(?<![^\W_])(?:al(?=[- ])|[A-ZÀ-ÖØ-ÞĀ-Ž][^\W_]*)")
_MODIFIER = re.compile(r"-(?:based|backed|led|born|made|funded|educated|style|area)\b")
_PERSON_LIKE = frozenset(
    "Jordan Chad Georgia Israel Washington Paris London Sofia Kenya Lima Wellington Berlin".split()
)
_GIVEN_NAME_BEFORE = re.compile(r"\b([A-Z][a-z]+) $")
_NOT_GIVEN_NAMES = frozenset(
    "The In But And If As When From To With Between While Both For At On Against That Of By Since Although "
    "Because After Before Until Unless Or So Yet Now Then What Why How Can Will Should Meanwhile Mr".split()
)
_COMPASS = re.compile(r"\b[Tt]he (North|South)\b(?! [A-Z])")


@lru_cache(maxsize=1)
def find_actors(text: str) -> tuple[ActorMention, ...]:
    """All mentions of international actors in *text*, in order, none overlapping; the longest name wins.

    `the North` and `the South` count where *text* elsewhere names North or South Korea. Those of the last text are
    kept, since every stage asks for them.
    """
    folded = text.translate(_FOLD)
    mentions = list(_named_actors(folded))
    koreas = {mention.actor.country: mention.actor for mention in mentions}
    found = []
    for match in _COMPASS.finditer(folded):
        actor = koreas.get("PRK" if match[1] == "North" else "KOR")
        if actor:
            found.append(ActorMention(match.span(1), actor, "name"))
    taken = {mention.span[0] for mention in mentions}
    added = [mention for mention in found if mention.span[0] not in taken]
    return tuple(sorted(mentions + added, key=lambda mention: mention.span))


def actors_within(mentions: Sequence[ActorMention], start: int, end: int) -> list[ActorMention]:
    """Those of *mentions* (sorted by span) that lie in ``[start, end)``."""
    first = bisect_left(mentions, start, key=lambda mention: mention.span[0])
    last = bisect_left(mentions, end, key=lambda mention: mention.span[0])
    return [mention for mention in mentions[first:last] if mention.span[1] <= end]


def actor_in(name: str) -> Actor | None:
    """The first actor that the short text *name* mentions: Japan of `Japan's foreign ministry`."""
    return next((mention.actor for mention in _named_actors(name.translate(_FOLD))), None)


def find_actor(name: str) -> ActorMention | None:
    """The actor whose name, demonym, seat or body *name* is as a whole, without a leading `the`."""
    bare = re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE)
    for mention in _named_actors(bare.translate(_FOLD)):
        return mention if mention.span == (0, len(bare)) else None
    return None


def state_by_code(code: str) -> Actor:
    """The state with the ISO 3166-1 alpha-3 *code*."""
    return _states()[code]


def _named_actors(folded: str) -> Iterator[ActorMention]:
    index = _index()
    end_of_last = 0
    for match in _FIRST_WORD.finditer(folded):
        start = match.start()
        if start < end_of_last:
            continue
        for alias, actor, form in index.get(match[0], ()):
            end = start + len(alias)
            if not folded.startswith(alias, start) or folded[end : end + 1].isalnum():
                continue
            end_of_last = end
            if actor and not _MODIFIER.match(folded, end) and not _is_surname(folded, start, alias):
                yield ActorMention((start, end), actor, form)
            break


def _is_surname(folded: str, start: int, alias: str) -> bool:
    if alias not in _PERSON_LIKE:
        return False
    before = _GIVEN_NAME_BEFORE.search(folded, max(0, start - 20), start)
    return before is not None and before[1] not in _NOT_GIVEN_NAMES and before[1] not in _index()


@cache
def _index() -> dict[str, tuple[_Entry, ...]]:
    """First word → entries that begin with it, the longest first; an entry without an actor blocks its words."""
    by_first_word: dict[str, dict[str, _Entry]] = {}
    for alias, actor, form in [*_state_entries(), *_other_entries()]:
        variants = {alias, alias.upper()} if len(alias) > 4 else {alias}
        for variant in variants:
            first = _FIRST_WORD.match(variant)
            if first:
                by_first_word.setdefault(first[0], {}).setdefault(variant, (variant, actor, form))
    return {
        first: tuple(sorted(entries.values(), key=lambda entry: -len(entry[0])))
        for first, entries in by_first_word.items()
    }


@cache
def _states() -> dict[str, Actor]:
    return {row[0]: Actor(row[1], row[0], "state") for row in read_table(DATA / "countries.tsv")}


def _state_entries() -> Iterator[_Entry]:
    for code, name, *columns in read_table(DATA / "countries.tsv"):
        actor = _states()[code]
        country = pycountry.countries.get(alpha_3=code)
        names = [name, *(getattr(country, field, "") for field in ("common_name", "name", "official_name"))]
        yield from ((known, actor, "name") for known in names if known and "," not in known)
        forms: tuple[Form, ...] = ("name", "demonym", "seat", "body")
        for column, form in zip(columns, forms, strict=True):
            yield from ((alias, actor, form) for alias in column.split(",") if alias)


def _other_entries() -> Iterator[_Entry]:
    kinds: dict[str, ActorKind] = {
        "international": "international",
        "movement": "movement",
        "territory": "territory",
    }
    for kind, name, aliases in read_table(DATA / "actors.tsv"):
        actor = Actor(name, None, kinds[kind]) if kind in kinds else None
        for alias in [name, *aliases.split(",")]:
            if alias:
                yield alias, actor, "seat" if alias in ("Brussels", "Berlaymont") else "name"
