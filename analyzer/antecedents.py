"""Antecedents: which earlier speaker or person a pronoun or a short description refers to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analyzer.countries import Actor, actors_within, find_actors
from analyzer.names import Gender, Name
from analyzer.offices import office_after, office_before, office_category
from analyzer.people import People, Person
from analyzer.quotation import QuotationSpans, Span, SpeakerKind
from analyzer.sentences import find_sentences

_MOST_CANDIDATES = 16  # mentions before a pronoun
_FARTHEST_SENTENCE = 9  # sentences between a mention and `he`
_FARTHEST_BODY = 2  # sentences between a speaker and `it` or `they`
_FARTHEST_DESCRIPTION = 60  # mentions before a description
_MOST_MENTIONS_WITH_ROLES = 6  # of one person
_MOST_OFFICEHOLDERS = 20  # more of one office are not compared, to stay linear
_VERB_AFTER = re.compile(
    r",?\s(?:who\s|also\s|has\s|had\s|was\s|is\s|\w{2,}ed\b|said|says|told|tells|wrote|spoke|made|took)"
)
_WORD = re.compile(r"[\w-]+")
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
        self._roles: dict[int, list[Span]] = {}
        self._role_words: dict[int, frozenset[str]] = {}
        self._by_role_word: dict[str, list[Person]] | None = None
        self._contents = _merge(span for quotation in quotations for span in quotation.content)
        self._content_starts = [start for start, _ in self._contents]
        self._sources = {span[0] for quotation in quotations for span in quotation.source}

    def person_for_pronoun(
        self, position: int, gender: Gender, own_content: Sequence[Span]
    ) -> tuple[Person | Entity, float] | None:
        """The person that `he` or `she` at *position* refers to and a probability, or ``None``."""
        scores: dict[int, tuple[float, Person | Entity]] = {}
        for rank, (mention, person) in enumerate(self.people.before(position, _MOST_CANDIDATES)):
            if not person.is_certain or (person.gender and person.gender != gender):
                continue
            if any(start <= mention.span[0] < end for start, end in own_content):
                continue
            score = self._mention_score(mention, position) - 0.1 * rank + (0.8 if person.gender else 0.0)
            _add(scores, id(person), score, person)
        for rank, turn in enumerate(reversed(self.turns[-4:])):
            entity = turn.entity
            singular = entity.person or (entity.kind == "anonymous" and office_category(entity.noun))
            if not singular or (entity.gender and entity.gender != gender) or turn.position >= position:
                continue
            who = entity.person or entity
            if isinstance(who, Person) and who.gender and who.gender != gender:
                continue
            bonus = (2.0 if rank == 0 else 1.0 / (rank + 1)) - 0.4 * self.sentences.distance(
                turn.position, position
            )
            _add(scores, id(who), bonus, who)
        return _best(scores)

    def body_for_pronoun(self, position: int, kinds: Sequence[SpeakerKind]) -> tuple[Entity, float] | None:
        """The latest speaker of one of *kinds* that `it` or `they` at *position* can refer to, if it is near."""
        for rank, turn in enumerate(reversed(self.turns[-8:])):
            distance = self.sentences.distance(turn.position, position)
            if turn.entity.kind in kinds and turn.position < position and distance <= _FARTHEST_BODY:
                return turn.entity, max(0.3, 0.8 - 0.1 * rank - 0.05 * distance)
        return None

    def person_for_description(
        self, position: int, noun: str, phrase: str, owner: Actor | None
    ) -> tuple[Person, float] | None:
        """The person whom the article calls all words of *phrase*: the latest before *position*, or else the only one
        after it; or else the latest before whom it calls *noun*, or something of the same category.

        For the office of a state (*owner*) nobody of another state, and who is of no known state only if no second
        one has such an office.
        """
        category = office_category(noun)
        wanted = {word.lower() for word in _WORD.findall(phrase)}
        by_noun: list[Person] = []
        by_category: list[Person] = []
        seen: set[int] = set()
        for _, person in self.people.before(position, _FARTHEST_DESCRIPTION):
            if id(person) in seen:
                continue
            seen.add(id(person))
            words = self.role_words(person)
            if wanted <= words:
                return person, 0.8
            if noun in words:
                by_noun.append(person)
            elif category in words:
                by_category.append(person)
        only = self._only_holder(noun, wanted)
        if only:
            return only, 0.6
        candidates = by_noun or by_category
        if owner:
            states = {id(person): self._role_actors(person) for person in candidates}
            of_owner = [person for person in candidates if owner in states[id(person)]]
            stateless = [person for person in candidates if not states[id(person)]]
            candidates = of_owner or (stateless if len(stateless) == 1 else [])
        return (candidates[0], 0.7 if by_noun else 0.5) if candidates else None

    def _only_holder(self, noun: str, wanted: set[str]) -> Person | None:
        """The one person of the article whose present office has all *wanted* words, *noun* among them."""
        if self._by_role_word is None:
            self._by_role_word = {}
            for person in self.people.people:
                for word in self.role_words(person):
                    self._by_role_word.setdefault(word, []).append(person)
        candidates = self._by_role_word.get(noun, [])
        if len(candidates) > _MOST_OFFICEHOLDERS:
            return None
        holders = [
            p
            for p in candidates
            if wanted <= self.role_words(p) and "former" not in self.role_words(p) - wanted
        ]
        return holders[0] if len(holders) == 1 else None

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
        return {mention.actor for span in spans for mention in actors_within(self._actors, *span)}

    def _role_spans(self, person: Person) -> list[Span]:
        spans = self._roles.get(id(person))
        if spans is None:
            found: list[Span | None] = []
            for mention in person.mentions[:_MOST_MENTIONS_WITH_ROLES]:
                found += [office_before(self.text, mention.span[0]), office_after(self.text, mention.span[1])]
            spans = self._roles[id(person)] = [span for span in found if span]
        return spans

    def is_in_content(self, position: int) -> bool:
        """Whether *position* lies in the content of any quotation."""
        index = bisect_right(self._content_starts, position) - 1
        return index >= 0 and position < self._contents[index][1]

    def _mention_score(self, mention: Name, position: int) -> float:
        distance = self.sentences.distance(mention.span[0], position)
        if distance > _FARTHEST_SENTENCE:
            return -9.0
        offset = mention.span[0] - self.sentences.start(mention.span[0])
        score = -0.8 * distance
        score += 0.6 if offset <= 40 else 0.0
        score += 0.8 if _VERB_AFTER.match(self.text, mention.span[1]) else 0.0
        score += 0.6 if mention.span[0] in self._sources else 0.0
        score -= 0.6 if mention.is_possessive else 0.0
        score -= 1.5 if self.is_in_content(mention.span[0]) and not self.is_in_content(position) else 0.0
        return score


def _add(
    scores: dict[int, tuple[float, Person | Entity]], key: int, score: float, who: Person | Entity
) -> None:
    """Keep the better of two scores, with a small bonus for being a candidate twice."""
    if key in scores:
        score = max(scores[key][0], score) + 0.4
    scores[key] = (score, who)


def _best(scores: dict[int, tuple[float, Person | Entity]]) -> tuple[Person | Entity, float] | None:
    ranked = sorted(scores.values(), key=lambda scored: -scored[0])
    if not ranked or ranked[0][0] < -4.0:
        return None
    margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 2.0
    return ranked[0][1], min(0.9, 0.5 + 0.2 * margin)


def _merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
