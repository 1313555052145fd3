"""Which person `he` or `she` is: candidates and what speaks for each, weighed by a linear model."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analyzer.names import Gender, Name
from analyzer.offices import office_category
from analyzer.people import Person
from analyzer.quotation import Span
from analyzer.speakers.antecedents import Discourse, Entity, Turn

_MOST_CANDIDATES = 24  # mentions before a pronoun
_FARTHEST_SENTENCE = 10  # sentences between a mention and a pronoun
_MOST_TURNS = 4
_SUBJECT_OFFSET = 40  # characters from the start of a sentence to its subject
_VERB_AFTER = re.compile(
    r",?\s(?:who\s|also\s|has\s|had\s|was\s|is\s|\w{2,}ed\b|said|says|told|tells|wrote|spoke|made|took|went|came)"
)
_OBJECT = re.compile(
    r"\b(?:to|with|of|for|by|from|on|against|about|than|and|or|between|met|told|asked|including|after|under|at|in|"
    r"over|like|when|that|joined|thanked|accused|urged|called|as|behind|if|whether)\s(?:the\s|his\s|her\s|its\s|an?\s)?$"
)

# Fitted to the pronouns of the train split, November 2026 (a conditional logit over the candidates of each pronoun).
WEIGHTS: dict[str, float] = {
    "distance": -0.35, "rank": -0.32, "subject": 0.53, "subject before": 0.70, "verb": 0.60, "possessive": -0.56,
    "object": -0.77, "in content": -1.53, "source": 0.47, "paragraph": 0.78, "mentions": 0.32, "again": -0.39,
    "last turn": 1.23, "earlier turn": 0.59, "turn distance": -0.22, "anonymous": 0.07,
    "gender": 0.63, "gender after": 1.10, "uncertain": -1.03,
}  # fmt: skip


@dataclass(slots=True)
class Candidate:
    """Somebody whom a pronoun may be, with the *features* that speak for it."""

    who: Person | Entity
    features: dict[str, float] = field(default_factory=dict)

    def score(self) -> float:
        """The weighed sum of the features."""
        return sum(WEIGHTS[name] * value for name, value in self.features.items())


def person_for_pronoun(
    discourse: Discourse, position: int, gender: Gender, own_content: Sequence[Span]
) -> tuple[Person | Entity, float] | None:
    """The person that `he` or `she` at *position* refers to and a probability, or ``None``.

    *own_content* is what the pronoun's referent says: who is named there is somebody else.
    """
    candidates = find_candidates(discourse, position, gender, own_content)
    if not candidates:
        return None
    ranked = sorted(candidates, key=lambda candidate: -candidate.score())
    best = ranked[0].score()
    total = sum(math.exp(candidate.score() - best) for candidate in ranked)
    return ranked[0].who, min(0.95, 1 / total)


def find_candidates(
    discourse: Discourse, position: int, gender: Gender, own_content: Sequence[Span]
) -> list[Candidate]:
    """The persons before *position* who can be of *gender*, the latest first."""
    found: dict[int, Candidate] = {}
    for mention, person in discourse.people.before(position, _MOST_CANDIDATES):
        known = discourse.gender(person)
        distance = discourse.sentences.distance(mention.span[0], position)
        if distance > _FARTHEST_SENTENCE or (known and known != gender) or not _may_be_person(person):
            continue
        if any(start <= mention.span[0] < end for start, end in own_content):
            continue
        if id(person) in found:
            found[id(person)].features["again"] = 1.0
            continue
        features = _mention_features(discourse, mention, position, distance)
        features |= _person_features(person, known)
        features["rank"] = min(4.0, len(found))
        found[id(person)] = Candidate(person, features)
    for rank, turn in enumerate(reversed(discourse.turns[-_MOST_TURNS:])):
        for candidate in _of_turn(discourse, turn, position, gender, found):
            key = "last turn" if rank == 0 else "earlier turn"
            if "turn distance" not in candidate.features:
                candidate.features[key] = 1.0
                candidate.features["turn distance"] = _capped(discourse, turn.position, position)
    return list(found.values())


def _of_turn(
    discourse: Discourse, turn: Turn, position: int, gender: Gender, found: dict[int, Candidate]
) -> Iterator[Candidate]:
    """The candidate that spoke at *turn*, put among those *found* if it can be of *gender*."""
    entity = turn.entity
    who = entity.person or entity
    known = discourse.gender(who) if isinstance(who, Person) else who.gender
    singular = entity.person or (entity.kind == "anonymous" and office_category(entity.noun))
    if not singular or (known and known != gender) or turn.position >= position:
        return
    if id(who) not in found:
        distance = _capped(discourse, turn.position, position)
        features = {"distance": distance, "anonymous": float(not entity.person), "rank": 2.0}
        found[id(who)] = Candidate(who, features)
    yield found[id(who)]


def _may_be_person(person: Person) -> bool:
    return person.is_certain or len(person.words) > 1


def _capped(discourse: Discourse, earlier: int, later: int) -> float:
    return float(min(_FARTHEST_SENTENCE, discourse.sentences.distance(earlier, later)))


def _person_features(person: Person, known: Gender | None) -> dict[str, float]:
    return {
        "gender": float(person.gender is not None),
        "gender after": float(person.gender is None and known is not None),
        "uncertain": float(not person.is_certain),
        "mentions": math.log(len(person.mentions)),
    }


def _mention_features(discourse: Discourse, mention: Name, position: int, distance: int) -> dict[str, float]:
    text = discourse.text
    start = mention.title[0] if mention.title else mention.span[0]
    sentence = discourse.sentences.start(mention.span[0])
    is_object = bool(_OBJECT.search(text, max(0, start - 20), start))
    is_subject = not is_object and not discourse.people.within(sentence, mention.span[0])
    outside = not discourse.is_in_content(position)
    return {
        "distance": float(distance),
        "subject": float(is_subject and mention.span[0] - sentence <= 2 * _SUBJECT_OFFSET),
        "subject before": float(is_subject and distance == 1),
        "verb": float(bool(_VERB_AFTER.match(text, mention.span[1]))),
        "possessive": float(mention.is_possessive),
        "object": float(is_object),
        "in content": float(outside and discourse.is_in_content(mention.span[0])),
        "source": float(discourse.is_source(mention.span[0])),
        "paragraph": float("\n" not in text[mention.span[1] : position]),
    }
