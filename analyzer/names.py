"""Names of persons and organizations in a text, found by capitals, titles and word lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import regex

from analyzer.countries import find_actor, find_actors
from analyzer.offices import has_office
from analyzer.places import is_place
from analyzer.quotation import Span
from analyzer.tables import DATA, read_table

Gender = Literal["male", "female"]

_MAXIMAL_NAME = 5
_PARTICLES = frozenset(
    "de da del della der den van von bin ibn bint al el la le du dos di ben abu ter af zu".split()
)
_TOKEN = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Sen|Rep|Gov|Gen|Lt|Col|Maj|Sgt|Capt|Adm|Brig|Cmdr|Pres|Amb|St|Jr|Sr)\."
    r"|(?:\p{Lu}\.)+(?:-\p{Lu}\.)?"
    r"|(?:(?:al|el|ul|ur)-)?\p{Lu}[\p{L}\p{M}\p{N}]*+(?:['’](?!s\b)[\p{L}\p{M}]++)?(?:-[\p{L}\p{M}\p{N}]++)*+)"
)
_TOKENS = regex.compile(_TOKEN)
_CHAIN = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}]){_TOKEN}(?:[ \xa0](?:(?:{'|'.join(sorted(_PARTICLES))}) ){{0,2}}{_TOKEN})*+"
)
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?=\s)")
_OFFICE_NOUN_BEFORE = re.compile(
    r"\b(?:spokes(?:man|woman|person)|ministers?|president|premier|chancellor|leaders?|secretary|ambassador|envoy|"
    r"negotiator|diplomat|chief|director|official|analyst|expert|professor|adviser|advisor|senator|lawmaker|"
    r"candidate|nominee|governor|mayor|general|commander|commissioner|chairman|chairwoman|executive|editor|"
    r"journalist|reporter|correspondent|author|activist|head|king|queen|prince|founder|owner|host|strategist|"
    r"economist|lawyer|attorney|researcher|historian|scholar|fellow|resident|student|wife|husband|son|daughter|"
    r"brother|sister|manager|counterpart|politician|businessman|speaker|judge|aide|coordinator|columnist)\s$"
)
# Two names, as in `the Lind-Okoro talks`; not `Al-Okoro`.
_COMPOUND = regex.compile(r"(?!(?i:al|el|ul|ar|as)-)\p{Lu}[\p{L}\p{M}]+-\p{Lu}[\p{L}\p{M}]+")
_SHORT = 4  # letters
_KOREAN_GIVEN_NAME = regex.compile(r"\p{Lu}\p{Ll}+-\p{Ll}+|\p{Lu}{2,}-\p{Lu}{2,}")
_CONSONANT = re.compile(r"[BCDFGJKLMNPQRSTVWXYZ][a-z]")  # after `An` a name, as in `An Min-ho`
# Letters that do not come apart into one of a-z and a mark, as they are in capitals or without their marks.
_LETTERS = str.maketrans({"-": " ", "’": "'", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_BLOCKING = frozenset(
    {"office", "organization", "organization_name", "place", "calendar", "function", "courtesy", "actor"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalized name at *span*, without the titles before it, which stand at *title*.

    *words* are folded for comparison (`name_words`). *is_person* when a title, a given name or an office noun
    before it says so; *is_organization* when its last word does. *is_possessive* when `'s` follows.
    """

    span: Span
    words: tuple[str, ...]
    title: Span | None
    gender: Gender | None
    is_person: bool
    is_organization: bool
    is_possessive: bool


def find_names(text: str) -> list[Name]:
    """All names in *text*, in order: runs of capitalized words that are no office, place, date or state.

    Two surnames with a hyphen are one person's where a longer name ends in them or a title stands before.
    """
    found = [name for chain in _CHAIN.finditer(text) for name in _names_in_chain(text, *chain.span())]
    states = {mention.span for mention in find_actors(text) if mention.form != "demonym"}
    endings = {name.words[-2:] for name in found if len(name.words) > 2 or name.title}
    return [
        name
        for name in found
        if (len(name.words) == 1 or name.is_organization or not _is_whole_place(text, name, states))
        and (name.title or name.words in endings or not _COMPOUND.fullmatch(text[slice(*name.span)]))
    ]


def _is_whole_place(text: str, name: Name, states: set[Span]) -> bool:
    """Whether *name* is all of a place's or a state's name, such as `Abu Dhabi`."""
    return name.span in states or is_place(text[slice(*name.span)])


@lru_cache(maxsize=65536)
def fold_name(name: str) -> tuple[str, ...]:
    """The words of *name* for comparison: lower case, hyphens and accents undone, particles and suffixes off."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = [word.strip(".'").lower() for word in plain.split()]
    kept = [word for word in words if word and word not in _SUFFIXES]
    return tuple([word for word in kept if word not in _PARTICLES] or kept)


def is_same_person(full: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two folded names of at least two words can be one person's: `j., lind` and `jana, maria, lind`."""
    if full[-1] != other[-1]:
        return False
    shorter, longer = sorted((full[:-1], other[:-1]), key=len)
    return any(_is_same_given_name(shorter[0], word) for word in longer) if shorter else False


def word_classes(word: str) -> frozenset[str]:
    """The classes of ``data/name_words.tsv`` that list *word*, and ``actor`` for words such as `Russian`."""
    known = _word_classes().get(word) or (_first_part(word) & {"office"})
    if word.endswith(("-based", "-run", "-backed", "-led", "-born")):
        return frozenset({"place"})
    if known or not word[:1].isupper():
        return known or frozenset()
    actor = _actor_class(word)
    # In capitals, as speakers of transcripts are: `GENERAL LIND`.
    return actor or (_word_classes().get(word.title(), frozenset()) if word.isupper() else actor)


def _first_part(word: str) -> frozenset[str]:
    """The classes of what stands before a hyphen: `PM-designate`, `Vice-President`."""
    return _word_classes().get(word.split("-")[0], frozenset()) if "-" in word else frozenset()


def _is_same_given_name(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return one == other or (
        min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one))
    )


def _names_in_chain(text: str, start: int, end: int) -> Iterator[Name]:
    tokens = [match.span() for match in _TOKENS.finditer(text, start, end)]
    words = [text[first:last] for first, last in tokens]
    plain = _plain_words(words)
    index = len(words)
    while index > 0:
        index -= 1
        if word_classes(words[index]) & {"organization", "organization_name"} and not plain[index]:
            first = _organization_start(words, index)
            yield _make_organization(text, (tokens[first][0], tokens[index][1]))
            return
        if plain[index]:
            first = index
            while first > 0 and plain[first - 1] and index - first < _MAXIMAL_NAME - 1:
                first -= 1
            while index - first >= 2 and has_office(words[first]):
                first += 1
            yield _make_name(text, tokens, words, first, index)
            return
        if word_classes(words[index]) & {"function"}:
            return


def _plain_words(words: list[str]) -> list[bool]:
    """Which words can be parts of a person's name; a surname such as `May` needs a given name or `Mrs.` before."""
    plain: list[bool] = []
    for index, word in enumerate(words):
        classes = word_classes(word)
        blocked = bool(classes & _BLOCKING or classes & {"courtesy_male", "courtesy_female"})
        before = word_classes(words[index - 1]) if index > 0 else frozenset()
        given_before = before & {"first_male", "first_female"}
        addressed = before & {"courtesy_male", "courtesy_female"} and "office" not in classes
        unnamed = {"function", "courtesy"} if addressed else {"organization", "function", "courtesy"}
        if blocked and (given_before or addressed) and not classes & unnamed:
            blocked = False
        if blocked and _is_given_name_too(words, index, classes, before):
            blocked = False
        plain.append(not blocked or _is_short_name(words, index, plain))
    return plain


def _is_given_name_too(words: list[str], index: int, classes: frozenset[str], before: frozenset[str]) -> bool:
    """Whether a place is somebody's given name: Carolina of `Carolina Lind`, not of `South Carolina`."""
    after = words[index + 1] if index + 1 < len(words) else ""
    is_place = classes & {"first_male", "first_female"} and not classes & (_BLOCKING - {"place"})
    return bool(is_place) and "place" not in before and bool(after) and not word_classes(after)


def _is_short_name(words: list[str], index: int, plain: list[bool]) -> bool:
    """Whether a function word is an East Asian name: `Liu He`, `He Weiwen`, `An Lee`, `Do Min-ho`, `Ms So`."""
    word = words[index]
    after = words[index + 1] if index + 1 < len(words) else ""
    if len(word) > _SHORT or not word_classes(word) & {"function"}:
        return False
    if _KOREAN_GIVEN_NAME.fullmatch(after):
        return True
    if index > 0 and not after and word_classes(words[index - 1]) & {"courtesy_male", "courtesy_female"}:
        return True
    is_named = len(after) > 1 and after[1].islower() and not word_classes(after)
    if word == "He":
        return (index > 0 and plain[-1]) or (is_named and not after.endswith(("s", "ed")))
    return word == "An" and is_named and bool(_CONSONANT.match(after))


def _organization_start(words: list[str], index: int) -> int:
    first = index
    while first > 0 and not word_classes(words[first - 1]) & {"function", "calendar"}:
        first -= 1
    return first


def _make_organization(text: str, span: Span) -> Name:
    return Name(
        span=span,
        words=fold_name(text[slice(*span)]),
        title=None,
        gender=None,
        is_person=False,
        is_organization=True,
        is_possessive=bool(_POSSESSIVE.match(text, span[1])),
    )


def _make_name(text: str, tokens: list[Span], words: list[str], first: int, last: int) -> Name:
    span = (tokens[first][0], tokens[last][1])
    title_start = first
    while title_start > 0 and not word_classes(words[title_start - 1]) & {"function", "calendar"}:
        title_start -= 1
    title = (tokens[title_start][0], tokens[first - 1][1]) if title_start < first else None
    title_classes = {kind for word in words[title_start:first] for kind in word_classes(word)}
    given = word_classes(words[first]) if last > first else frozenset()
    has_office_noun = bool(_OFFICE_NOUN_BEFORE.search(text, max(0, span[0] - 24), span[0]))
    has_title = bool(title_classes & {"office", "courtesy", "courtesy_male", "courtesy_female"})
    return Name(
        span=span,
        words=fold_name(text[slice(*span)]),
        title=title,
        gender=_gender(title_classes, words[title_start:first], given),
        is_person=has_title or has_office_noun or bool(given & {"first_male", "first_female"}),
        is_organization=False,
        is_possessive=bool(_POSSESSIVE.match(text, span[1])),
    )


def _gender(title_classes: set[str], title_words: list[str], given: frozenset[str]) -> Gender | None:
    title_gender = gender_of_words(word.lower() for word in title_words)
    if "courtesy_female" in title_classes or title_gender == "female":
        return "female"
    if "courtesy_male" in title_classes or title_gender == "male":
        return "male"
    if "first_female" in given and "first_male" not in given:
        return "female"
    if "first_male" in given and "first_female" not in given:
        return "male"
    return None


def gender_of_words(words: Iterator[str]) -> Gender | None:
    """The gender that one of the lower-case *words* tells (`spokeswoman`), the first that does."""
    for word in words:
        classes = _word_classes().get(word, frozenset())
        if "female_word" in classes:
            return "female"
        if "male_word" in classes:
            return "male"
    return None


@cache
def _word_classes() -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = {}
    for kind, words in read_table(DATA / "name_words.tsv"):
        for word in words.split():
            classes.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in classes.items()}


@lru_cache(maxsize=8192)
def _actor_class(word: str) -> frozenset[str]:
    return frozenset({"actor"}) if find_actor(word) else frozenset()
