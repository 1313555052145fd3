"""The persons an article names: mentions joined by the parts of their names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from analyzer.names import Gender, Name, find_names, is_same_person
from analyzer.quotation import Span

# A surname that more persons share than this is compared with the most recent ones only, to stay linear.
_MOST_NAMESAKES = 20
_MOST_MENTIONS = 12  # of one person are looked at for what only persons have
_THE = re.compile(r"\b[Tt]he $")
_ONLY_PERSONS = re.compile(
    r",? (?:who\b|whose (?:father|mother|son|daughter|husband|wife|brother|sister)\b|aged \d|\d\d,)|"
    r" (?:said|says|told|tells|asked|replied|answered|wrote|writes|thinks|thought|laughed|smiled|shrugged|nodded|"
    r"recalled|insisted|himself|herself)\b"
)


@dataclass(slots=True)
class Person:
    """A person (or what a name alone cannot tell from one): the fullest *name* and its *mentions* in order.

    *is_certain* when a title or given name shows that it is a person.
    """

    name: str
    words: tuple[str, ...]
    gender: Gender | None = None
    is_certain: bool = False
    mentions: list[Name] = field(default_factory=list)

    def add(self, mention: Name, text: str) -> None:
        """Join *mention* of *text* to this person, and take over the name if it is fuller."""
        self.mentions.append(mention)
        self.gender = self.gender or mention.gender
        self.is_certain = self.is_certain or mention.is_person
        if len(mention.words) > len(self.words):
            self.words, self.name = mention.words, " ".join(text[slice(*mention.span)].split())


class People:
    """The persons of an article. *at* maps the start of a name's mention to its person.

    The first full name in each of *sources* is taken for a person's.
    """

    def __init__(self, text: str, names: Sequence[Name], sources: Iterable[Span] = ()) -> None:
        self.at: dict[int, Person] = {}
        self._text = text
        self._by_word: dict[str, OrderedDict[int, Person]] = {}
        named_in_sources = {name.span for span in sources for name in names_within(names, *span)[:1]}
        candidates = [
            replace(name, is_person=True) if len(name.words) > 1 and name.span in named_in_sources else name
            for name in names
            if not name.is_organization and name.words
        ]
        for name in candidates:
            if len(name.words) > 1:
                self._join_full_name(name)
        # Every full name is known now; recency of the bare surnames is counted from the start again.
        full = dict(self.at)
        future = {key: list(people.values()) for key, people in self._by_word.items()}
        self._by_word = {}
        for name in candidates:
            person = full.get(name.span[0]) or self._find_single(name, future) or self._new_person(name)
            if name.span[0] not in full:
                person.add(name, text)
                self.at[name.span[0]] = person
            self._touch(person)
        self.people = list({id(person): person for person in self.at.values()}.values())
        for person in self.people:
            person.mentions.sort(key=lambda mention: mention.span)
            person.is_certain = person.is_certain or self._is_called_like_a_person(person)
        self.mentions: list[Name] = sorted(candidates, key=lambda name: name.span)

    def _is_called_like_a_person(self, person: Person) -> bool:
        """Whether a full name has what only persons have: a mention by surname, or words such as `who` after it."""
        if len(person.words) < 2:
            return False
        return any(
            _ONLY_PERSONS.match(self._text, mention.span[1])
            or (
                mention.words == person.words[-1:]
                and not _THE.search(self._text[max(0, mention.span[0] - 5) : mention.span[0]])
            )
            for mention in person.mentions[:_MOST_MENTIONS]
        )

    def before(self, position: int, most: int) -> list[tuple[Name, Person]]:
        """The last *most* mentions that end at or before *position*, the latest first, with their persons."""
        last = bisect_left(self.mentions, position, key=lambda name: name.span[0])
        recent = self.mentions[max(0, last - most) : last]
        return [(name, self.at[name.span[0]]) for name in reversed(recent) if name.span[1] <= position]

    def within(self, start: int, end: int) -> list[Name]:
        """The mentions inside ``[start, end)``, in order."""
        return names_within(self.mentions, start, end)

    def adopt(self, span: Span) -> Name | None:
        """The name that ends at the end of *span*, read from *span* alone and joined to a known person or a new one.

        For names that the capitals around them hide, as in headlines.
        """
        start, end = span
        found = [
            name for name in find_names(self._text[start:end]) if not name.is_organization and name.words
        ]
        if not found or found[-1].span[1] != end - start:
            return self._adopt_surname(span)
        name = replace(
            found[-1],
            span=(start + found[-1].span[0], end),
            title=found[-1].title and (start + found[-1].title[0], start + found[-1].title[1]),
        )
        if name.span[0] in self.at:
            return name
        if len(name.words) > 1:
            self._join_full_name(name)
        else:
            person = self._find_single(name, {}) or self._new_person(name)
            person.add(name, self._text)
            self.at[name.span[0]] = person
            self._touch(person)
        return name

    def _adopt_surname(self, span: Span) -> Name | None:
        """A surname that is also another word, such as `May`, of a person whom the article names in full."""
        word = self._text[slice(*span)].split()[-1]
        if not word[0].isupper() or not {_key(word.lower()), _first_key(word.lower())} & set(self._by_word):
            return None
        name = Name(
            span=(span[1] - len(word), span[1]),
            words=(word.lower(),),
            title=None,
            gender=None,
            is_person=True,
            is_organization=False,
            is_possessive=False,
        )
        person = self._find_single(name, {})
        if person is None or len(person.words) < 2 or not person.is_certain:
            return None
        person.add(name, self._text)
        self.at[name.span[0]] = person
        return name

    def _join_full_name(self, name: Name) -> None:
        namesakes = reversed(self._by_word.get(_key(name.words[-1]), OrderedDict()).values())
        for _, person in zip(range(_MOST_NAMESAKES), namesakes, strict=False):
            same_gender = not (name.gender and person.gender) or name.gender == person.gender
            if person.words == name.words or (same_gender and is_same_person(person.words, name.words)):
                person.add(name, self._text)
                break
        else:
            person = self._new_person(name)
            person.add(name, self._text)
        self.at[name.span[0]] = person
        self._touch(person)

    def _new_person(self, name: Name) -> Person:
        return Person(" ".join(self._text[slice(*name.span)].split()), name.words)

    def _find_single(self, name: Name, future: dict[str, list[Person]]) -> Person | None:
        """The most recent person with this surname, else the first to come; then the same by given name, then by the
        first of two surnames (`Lind` of `Ana Lind Okoro`).

        Certain persons go first, since `Tension Prompts Lind` is none though it looks like one, and of these who
        is known to be of the title's gender.
        """
        word = name.words[-1]
        for key in (_key(word), _first_key(word), _middle_key(word)):
            recent = self._by_word.get(key, OrderedDict()).values()
            latest = [person for _, person in zip(range(_MOST_NAMESAKES), reversed(recent), strict=False)]
            namesakes = latest + future.get(key, [])[:_MOST_NAMESAKES]
            fitting = [p for p in namesakes if not (name.gender and p.gender) or name.gender == p.gender]
            if fitting:
                return min(
                    fitting, key=lambda p: (not p.is_certain, bool(name.gender) and p.gender != name.gender)
                )
        return None

    def _touch(self, person: Person) -> None:
        keys = [_key(person.words[-1])]
        if len(person.words) > 1:
            keys.append(_first_key(person.words[0]))
            keys.extend(_middle_key(word) for word in person.words[1:-1])
        for key in keys:
            people = self._by_word.setdefault(key, OrderedDict())
            people[id(person)] = person
            people.move_to_end(id(person))


def names_within(names: Sequence[Name], start: int, end: int) -> list[Name]:
    """Those of *names* (sorted by span) that lie in ``[start, end)``."""
    first = bisect_left(names, start, key=lambda name: name.span[0])
    last = bisect_left(names, end, key=lambda name: name.span[0])
    return [name for name in names[first:last] if name.span[1] <= end]


def _key(word: str) -> str:
    return f"last {word}"


def _first_key(word: str) -> str:
    return f"first {word}"


def _middle_key(word: str) -> str:
    return f"middle {word}"
