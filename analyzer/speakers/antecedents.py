"""Antecedents: which earlier speaker or person a pronoun or a short description refers to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analyzer.countries import Actor, actors_within, find_actors
from analyzer.governments import led_by
from analyzer.known import OFFICES_OF_LEADERS
from analyzer.names import Gender, Name
from analyzer.offices import office_after, office_before, office_category
from analyzer.people import People, Person
from analyzer.quotation import QuotationSpans, Span, SpeakerKind
from analyzer.sentences import find_sentences

_FARTHEST_BODY = 2  # sentences between a speaker and `it` or `they`
_FARTHEST_DESCRIPTION = 60  # mentions before a description
_MOST_MENTIONS_WITH_ROLES = 6  # of one person
_MOST_ROLES = 2 * _MOST_MENTIONS_WITH_ROLES + 8  # phrases of one person
_MOST_OFFICEHOLDERS = 20  # more of one office are not compared, to stay linear
_WORD = re.compile(r"[\w-]+")
_NOT_ROLE_WORDS = frozenset({"s", "its", "his", "her", "their", "the", "own", "very", "same"})
GENDERS: dict[str, Gender] = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "hers": "female",
    "herself": "female",
}


_GENDERED = re.compile(rf"\b(?:{'|'.join(GENDERS)})\b", re.IGNORECASE)


@dataclass(slots=True)
class Entity:
    """A speaker in the making; *person* is set for named persons, *noun* is the head noun of a description."""

    kind: SpeakerKind
    name: str | None
    noun: str = ""
    gender: Gender | None = None
    person: Person | None = None
    words: frozenset[str] = frozenset()
    mentions: set[Span] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Turn:
    """A source that was resolved to *entity*, at *position*."""

    position: int
    entity: Entity


class Discourse:
    """What the article has said up to a place: mentions of persons, and the speakers of the quotations so far."""

    def __init__(self, text: str, people: People, quotations: Sequence[QuotationSpans]) -> None:
        self.text = text
        self.people = people
        self.turns: list[Turn] = []
        self.sentences = find_sentences(text)
        self._actors = find_actors(text)
        self._states = {mention.actor for mention in self._actors if mention.actor.kind == "state"}
        self._genders: dict[int, Gender | None] = {}
        self._roles: dict[int, list[Span]] = {}
        self._role_words: dict[int, frozenset[str]] = {}
        self._by_role_word: dict[str, list[Person]] | None = None
        self._contents = _merge(span for quotation in quotations for span in quotation.content)
        self._pronouns = [(match.start(), GENDERS[match[0].lower()]) for match in _GENDERED.finditer(text)]
        self._content_starts = [start for start, _ in self._contents]
        self._sources = {span[0] for quotation in quotations for span in quotation.source}

    def gender(self, person: Person) -> Gender | None:
        """The gender that name or title tells, or else the pronouns right after the person's mentions."""
        if person.gender or id(person) in self._genders:
            return person.gender or self._genders[id(person)]
        votes: Counter[Gender] = Counter()
        for mention in person.mentions[:_MOST_MENTIONS_WITH_ROLES]:
            following = self._gender_after(mention)
            if following:
                votes[following] += 1
        ranked = votes.most_common(2)
        is_clear = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
        self._genders[id(person)] = ranked[0][0] if is_clear else None
        return self._genders[id(person)]

    def _gender_after(self, mention: Name) -> Gender | None:
        """The gender of the first pronoun after *mention*, in its sentence or the next, with no person between."""
        end = mention.span[1]
        index = bisect_left(self._pronouns, end, key=lambda pronoun: pronoun[0])
        if index == len(self._pronouns) or self.is_in_content(mention.span[0]):
            return None
        position, gender = self._pronouns[index]
        if self.sentences.distance(end, position) > 1 or self.is_in_content(position):
            return None
        return None if self.people.within(end, position) else gender

    def body_for_pronoun(self, position: int, kinds: Sequence[SpeakerKind]) -> tuple[Entity, float] | None:
        """The latest speaker of one of *kinds* that `it` or `they` at *position* can refer to, if it is near."""
        for rank, turn in enumerate(reversed(self.turns[-8:])):
            distance = self.sentences.distance(turn.position, position)
            if turn.entity.kind in kinds and turn.position < position and distance <= _FARTHEST_BODY:
                return turn.entity, max(0.3, 0.8 - 0.1 * rank - 0.05 * distance)
        return None

    def person_for_description(
        self, position: int, noun: str, head: Span, owner: Actor | None
    ) -> tuple[Person, float] | None:
        """The person whom the article calls all words of *head*: the latest before *position*, or else the only one
        after it; or else the latest before whom it calls *noun*, or something of the same category.

        For the office of a state (*owner*) nobody of another state, and who is of no known state only if no second
        one has such an office.
        """
        category = office_category(noun)
        states = [m.span for m in actors_within(self._actors, *head)] if owner else []
        wanted = {
            word[0].lower()
            for word in _WORD.finditer(self.text, *head)
            if not any(start <= word.start() < end for start, end in states)
        } - _NOT_ROLE_WORDS
        candidates = self._officeholders_before(position, noun, wanted, category, owner)
        if isinstance(candidates, Person):
            return candidates, 0.8
        only = self._only_holder(noun, wanted, category, owner)
        if only:
            return only, 0.6
        return (candidates[0], 0.6) if candidates else None

    def _officeholders_before(
        self, position: int, noun: str, wanted: set[str], category: str | None, owner: Actor | None
    ) -> Person | list[Person]:
        """The last person before *position* called all *wanted* words and of *owner*; else all who could be meant."""
        by_noun: list[Person] = []
        by_category: list[Person] = []
        seen: set[int] = set()
        for _, person in self.people.before(position, _FARTHEST_DESCRIPTION):
            if id(person) in seen:
                continue
            seen.add(id(person))
            words = self.role_words(person)
            is_past = "former" in words and "former" not in wanted
            is_called_so = wanted <= words and not is_past and (category is None or category in words)
            if is_called_so and (owner is None or owner in self._role_actors(person)):
                return person
            if noun in words:
                by_noun.append(person)
            elif category in words:
                by_category.append(person)
        candidates = by_noun or by_category
        if owner:
            states = {id(person): self._role_actors(person) for person in candidates}
            of_owner = [person for person in candidates if owner in states[id(person)]]
            stateless = [person for person in candidates if not states[id(person)]]
            candidates = of_owner or (stateless if len(stateless) == 1 else [])
        return candidates

    def _only_holder(
        self, noun: str, wanted: set[str], category: str | None, owner: Actor | None
    ) -> Person | None:
        """The one person with this present office: all *wanted* words, or that *category* for *owner*."""
        if self._by_role_word is None:
            self._by_role_word = {}
            for person in self.people.people:
                for word in self.role_words(person):
                    self._by_role_word.setdefault(word, []).append(person)
        candidates = self._by_role_word.get(noun, [])
        if owner and category:
            candidates = [*candidates, *self._by_role_word.get(category, [])]
        if len(candidates) > _MOST_OFFICEHOLDERS:
            return None
        holders = {
            id(p): p
            for p in candidates
            if "former" not in self.role_words(p) - wanted
            and (owner in self._role_actors(p) if owner else wanted <= self.role_words(p))
        }
        return next(iter(holders.values())) if len(holders) == 1 else None

    def note_role(self, person: Person, span: Span, name: Span) -> None:
        """Let what the source at *span* calls *person* beside the *name* count as what the article calls them."""
        spans = self._role_spans(person)
        if len(spans) < _MOST_ROLES:
            spans.extend(s for s in ((span[0], name[0]), (name[1], span[1])) if s[0] < s[1])
            self._role_words.pop(id(person), None)

    def role_words(self, person: Person) -> frozenset[str]:
        """The lower-case words of what the article calls *person*, with the categories of these phrases."""
        known = self._role_words.get(id(person))
        if known is None:
            words: set[str] = set()
            for span in self._role_spans(person):
                phrase = self.text[slice(*span)]
                words.update(word.lower() for word in _WORD.findall(phrase))
                words.update(category for category in [office_category(phrase)] if category)
            known = self._role_words[id(person)] = frozenset(words)
        return known

    def _role_actors(self, person: Person) -> set[Actor]:
        """The states and bodies in what the article calls *person*."""
        spans = self._role_spans(person)
        actors = {mention.actor for span in spans for mention in actors_within(self._actors, *span)}
        if not actors and self.role_words(person) & OFFICES_OF_LEADERS:
            state = led_by(person.name, self._states)
            return {state} if state else set()
        return actors

    def _role_spans(self, person: Person) -> list[Span]:
        spans = self._roles.get(id(person))
        if spans is None:
            found: list[Span | None] = []
            for mention in person.mentions[:_MOST_MENTIONS_WITH_ROLES]:
                found += [office_before(self.text, mention.span[0]), office_after(self.text, mention.span[1])]
            spans = self._roles[id(person)] = [span for span in found if span]
        return spans

    def is_source(self, start: int) -> bool:
        """Whether the source of a quotation begins at *start*."""
        return start in self._sources

    def is_in_content(self, position: int) -> bool:
        """Whether *position* lies in the content of any quotation."""
        index = bisect_right(self._content_starts, position) - 1
        return index >= 0 and position < self._contents[index][1]


def _merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
