"""Speakers: the entity behind each quotation's source, by section 2 of the annotation guidelines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.antecedents import GENDERS, Discourse, Entity, Turn
from analyzer.bodies import Bodies
from analyzer.countries import Actor, actors_within, find_actors
from analyzer.names import find_names
from analyzer.offices import NOT_IN_NOUN_PHRASE
from analyzer.people import People, Person
from analyzer.quotation import QuotationSpans, Span, Speaker, SpeakerKind, SpeakerReference
from analyzer.sources import Source, parse_source

_FIRST_PERSON = frozenset({"i", "we", "me", "my", "our", "us"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_SINGULAR_THINGS: tuple[SpeakerKind, ...] = ("organization", "country", "document")
_PLURALS: tuple[SpeakerKind, ...] = ("group", "organization", "country")
_NOUN_PHRASE_BEFORE = re.compile(r"(?:^|[\s“\"(])(?P<phrase>[\w’'-]+(?:\s[\w’'-]+){0,7}),?\s$")
_WORD = re.compile(r"\w+")
_DETERMINERS = frozenset("the a an its his her their some many several one another".split())
_INDEFINITE = frozenset("some many others several most few all both each one another".split())
_MOST_ENCLOSING = 40
_SURE = 0.6


@dataclass(frozen=True, slots=True)
class ResolvedSpeakers:
    """The article's *speakers*, and for each quotation in order its *reference* and a *confidence* in [0, 1].

    The confidence is a fixed number for each way of resolving, lower where the contest was close, and ``None``
    where nothing was resolved.
    """

    speakers: tuple[Speaker, ...]
    references: tuple[SpeakerReference, ...]
    confidences: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class _Resolution:
    entity: Entity
    resolved_by: str
    confidence: float | None


def resolve_speakers(text: str, quotations: Sequence[QuotationSpans]) -> ResolvedSpeakers:
    """Find the speaker of each of *quotations* in the article *text*, and all mentions of the speakers.

    Ids count the speakers from 0 in the order of the quotations. A source that leads to nobody, and a missing
    one, gives a speaker of its own of kind ``unknown`` without a name.
    """
    resolver = _Resolver(text, quotations)
    resolutions = resolver.resolve_all()
    entities = list({id(resolution.entity): resolution.entity for resolution in resolutions}.values())
    ids = {id(entity): number for number, entity in enumerate(entities)}
    speakers = tuple(
        Speaker(id=number, name=entity.name, kind=entity.kind, mentions=mentions)
        for number, (entity, mentions) in enumerate(zip(entities, resolver.mentions(entities), strict=True))
    )
    references = tuple(
        SpeakerReference(
            id=ids[id(resolution.entity)],
            name=resolution.entity.name,
            kind=resolution.entity.kind,
            resolved_by=resolution.resolved_by,
        )
        for resolution in resolutions
    )
    return ResolvedSpeakers(speakers, references, tuple(resolution.confidence for resolution in resolutions))


class _Resolver:
    """The state of one article's resolution: the entities so far and the discourse that leads to them."""

    def __init__(self, text: str, quotations: Sequence[QuotationSpans]) -> None:
        self._text = text
        self._quotations = quotations
        self._names = find_names(text)
        sources = [span for quotation in quotations for span in quotation.source]
        self._people = People(text, self._names, sources)
        self._actors = find_actors(text)
        self._bodies = Bodies(text, self._actors)
        self._discourse = Discourse(text, self._people, quotations)
        self._persons: dict[int, Entity] = {}
        self._states: dict[Actor, Entity] = {}
        self._described: dict[str, Entity] = {}

    def resolve_all(self) -> list[_Resolution]:
        """One resolution for each quotation, in their order; made in the order of the sources in the text."""
        sources = [self._parse(quotation.source) for quotation in self._quotations]
        order = sorted(range(len(sources)), key=lambda index: (self._position(index), index))
        is_first_person = [s.form == "pronoun" and s.noun in _FIRST_PERSON for s in sources]
        resolved: dict[int, _Resolution] = {}
        for index in order:
            if not is_first_person[index]:
                resolved[index] = self._resolve(sources[index], self._quotations[index].content)
                self._note(sources[index], resolved[index].entity)
        enclosing = self._enclosing_quotations([i for i in order if is_first_person[i]], order)
        for index, outer in enclosing.items():
            entity = resolved[outer].entity if outer in resolved else Entity("unknown", None)
            known = entity.kind != "unknown"
            resolved[index] = _Resolution(entity, "pronoun" if known else "none", 0.7 if known else None)
            entity.mentions.add(sources[index].span)
        return [resolved[index] for index in range(len(sources))]

    def mentions(self, entities: Sequence[Entity]) -> list[tuple[Span, ...]]:
        """For each entity all its mentions in the article, sorted, without overlaps."""
        by_actor: dict[Actor, list[Span]] = {}
        for mention in self._actors:
            if mention.form != "demonym":
                by_actor.setdefault(mention.actor, []).append(mention.span)
        actors = {id(entity): actor for actor, entity in self._states.items()}
        by_name = _occurrences(
            self._text,
            {e.name for e in entities if e.kind == "organization" and e.name and id(e) not in actors},
        )
        found = []
        for entity in entities:
            spans = set(entity.mentions)
            if entity.person:
                spans.update(mention.span for mention in entity.person.mentions)
            elif id(entity) in actors:
                spans.update(by_actor.get(actors[id(entity)], ()))
            elif entity.kind == "organization" and entity.name:
                spans.update(by_name[entity.name])
            found.append(_without_overlaps(spans))
        return found

    def _parse(self, spans: Sequence[Span]) -> Source:
        return parse_source(self._text, spans, self._people, self._names, self._actors)

    def _position(self, index: int) -> int:
        quotation = self._quotations[index]
        return (quotation.source or quotation.content)[0][0]

    def _note(self, source: Source, entity: Entity) -> None:
        if source.form == "none":
            return
        mention = source.name.span if source.form == "person" and source.name else source.head
        entity.mentions.add(mention)
        self._discourse.turns.append(Turn(source.span[0], entity))

    def _resolve(self, source: Source, content: Sequence[Span]) -> _Resolution:
        if source.form == "pronoun":
            return self._resolve_pronoun(source, content)
        if source.form == "person" and source.name:
            person = self._people.at[source.name.span[0]]
            person.is_certain = True
            person.gender = person.gender or source.gender
            is_full = _flat(self._text[slice(*source.name.span)]) == person.name
            return _Resolution(
                self._person_entity(person), "itself" if is_full else "name", 0.95 if is_full else 0.9
            )
        if source.form == "actor" and source.actor:
            is_full = _flat(self._text[slice(*source.head)]) == source.actor.name
            return _Resolution(self._actor_entity(source.actor), "itself" if is_full else "name", 0.95)
        if source.form == "name":
            return self._resolve_body(source)
        if source.form == "description":
            return self._resolve_description(source)
        return _Resolution(Entity("unknown", None), "none", None)

    def _resolve_pronoun(self, source: Source, content: Sequence[Span]) -> _Resolution:
        position = source.span[0]
        found: tuple[Person | Entity, float] | None = None
        if source.noun in GENDERS:
            found = self._discourse.person_for_pronoun(position, GENDERS[source.noun], content)
            if found and found[1] >= _SURE:
                found[0].gender = GENDERS[source.noun]
        elif source.noun in _RELATIVES:
            found = self._relative_antecedent(position, source.noun not in ("which", "that"))
        elif source.noun in ("it", "its", "itself"):
            found = self._discourse.body_for_pronoun(position, _SINGULAR_THINGS) or self._actor_before(
                position
            )
        elif source.noun in ("they", "their", "them", "themselves", "these", "those"):
            found = self._discourse.body_for_pronoun(position, _PLURALS)
        if found is None:
            return _Resolution(Entity("unknown", None), "none", None)
        who, confidence = found
        entity = self._person_entity(who) if isinstance(who, Person) else who
        return _Resolution(entity, "pronoun", confidence)

    def _relative_antecedent(self, position: int, is_personal: bool) -> tuple[Person | Entity, float] | None:
        """The noun phrase right before `who` or `which`: a name, or else the words back to an article.

        Unless the pronoun *is_personal*, no person; things that cannot speak (`hats that read …`) are none either.
        """
        for mention, person in self._people.before(position, 1 if is_personal else 0):
            if not self._text[mention.span[1] : position].strip(" ,\u2014\u2013-\n"):
                if not (person.is_certain or len(person.words) > 1):
                    break
                person.is_certain = True
                return person, 0.9
        start = self._discourse.sentences.start(position)
        match = _NOUN_PHRASE_BEFORE.search(self._text[max(start, position - 90) : position])
        if match is None:
            return None
        offset = max(start, position - 90)
        phrase = _shortest_noun_phrase(
            self._text, (offset + match.start("phrase"), offset + match.end("phrase"))
        )
        source = self._parse([phrase] if phrase else [])
        is_person = source.kind in ("person", "anonymous")
        if source.form in ("none", "pronoun") or (is_person and not is_personal):
            return None
        entity = self._resolve(source, ()).entity
        entity.mentions.add(source.head)
        return entity, 0.7

    def _actor_before(self, position: int) -> tuple[Entity, float] | None:
        """The state or body that begins the sentence of `it`, or the one before."""
        start = self._discourse.sentences.start(position)
        for sentence in (start, self._discourse.sentences.start(max(0, start - 1))):
            for mention in actors_within(self._actors, sentence, min(sentence + 60, position)):
                if mention.form in ("name", "seat") and mention.actor.kind == "state":
                    return self._actor_entity(mention.actor), 0.4
        return None

    def _resolve_body(self, source: Source) -> _Resolution:
        known = self._bodies.find(source.head, source.noun)
        name = _flat(self._text[slice(*source.head)])
        entity = known or self._bodies.add(source.head, source.noun)
        self._bodies.extend(entity, source.head)
        return _Resolution(entity, "itself" if entity.name == name else "name", 0.9)

    def _resolve_description(self, source: Source) -> _Resolution:
        if source.kind == "organization":
            return self._resolve_described_body(source)
        if source.is_definite and source.kind == "anonymous":
            person = self._discourse.person_for_description(
                source.span[0], source.noun, self._text[slice(*source.head)], source.actor
            )
            if person:
                return _Resolution(self._person_entity(person[0]), "description", person[1])
        name = _flat(self._text[slice(*source.head)])
        key = (
            f"{source.kind} {source.noun}" if source.kind in ("anonymous", "document") else f"{name.lower()}"
        )
        earlier = self._described.get(key)
        is_same_group = source.kind == "group" and name.lower() not in _INDEFINITE
        if earlier and (source.is_definite or is_same_group):
            return _Resolution(earlier, "description", 0.6)
        entity = Entity(source.kind, name, noun=source.noun, gender=source.gender)
        self._described[key] = entity
        return _Resolution(entity, "itself", 0.8)

    def _resolve_described_body(self, source: Source) -> _Resolution:
        known = self._bodies.find(source.head, source.noun)
        is_bare = len(self._text[slice(*source.head)].split()) == 1
        name = _flat(self._text[slice(*source.head)])
        if known is None and is_bare and source.is_definite:
            fuller = self._bodies.fuller_name(source.noun, source.span[0])
            known = fuller and (
                self._bodies.find(fuller, source.noun) or self._bodies.add(fuller, source.noun)
            )
        entity = known or self._bodies.add(source.head, source.noun)
        self._bodies.extend(entity, source.head)
        if entity.name == name:
            return _Resolution(entity, "itself", 0.8)
        return _Resolution(entity, "description" if is_bare else "name", 0.65)

    def _person_entity(self, person: Person) -> Entity:
        entity = self._persons.get(id(person))
        if entity is None:
            entity = self._persons[id(person)] = Entity("person", person.name, person=person)
        return entity

    def _actor_entity(self, actor: Actor) -> Entity:
        entity = self._states.get(actor)
        if entity is None:
            kind: SpeakerKind = "country" if actor.kind == "state" else "organization"
            entity = self._states[actor] = Entity(kind, actor.name)
            if kind == "organization":
                self._bodies.register(entity, actor.name)
        return entity

    def _enclosing_quotations(self, inner: Sequence[int], order: Sequence[int]) -> dict[int, int]:
        """For each first-person source the narrowest other quotation in whose content it stands (or itself)."""
        contents = sorted(
            (start, end, index) for index in order for start, end in self._quotations[index].content
        )
        starts = [start for start, _, _ in contents]
        first_person = set(inner)
        found = {}
        for index in inner:
            position = self._position(index)
            last = bisect_right(starts, position)
            around = [
                c
                for c in contents[max(0, last - _MOST_ENCLOSING) : last]
                if c[1] > position and c[2] not in first_person
            ]
            found[index] = min(around, key=lambda content: content[1] - content[0])[2] if around else index
        return found


def _flat(name: str) -> str:
    return " ".join(name.split())


def _shortest_noun_phrase(text: str, span: Span) -> Span | None:
    """The end of *span* that can be one noun phrase: `a farmer` of `met a farmer`, `donors` of `came from donors`."""
    start = span[1]
    for match in reversed(list(re.finditer(r"[\w’'-]+", text[slice(*span)]))):
        word = match[0].lower()
        if word in _DETERMINERS:
            return span[0] + match.start(), span[1]
        if word in NOT_IN_NOUN_PHRASE or word in ("of", "for"):
            break
        start = span[0] + match.start()
    return (start, span[1]) if start < span[1] else None


def _occurrences(text: str, names: set[str]) -> dict[str, list[Span]]:
    """Where each of *names* stands in *text* as whole words, in one pass over the words that can begin one."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        first = _WORD.search(name)
        if first:
            lengths.setdefault(first[0], set()).add(len(name))
    found: dict[str, list[Span]] = {name: [] for name in names}
    for word in _WORD.finditer(text):
        start = word.start()
        for length in lengths.get(word[0], ()):
            end = start + length
            if end <= len(text) and text[start:end] in found and not text[end : end + 1].isalnum():
                found[text[start:end]].append((start, end))
    return found


def _without_overlaps(spans: set[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if span[0] < span[1] and (not kept or span[0] >= kept[-1][1]):
            kept.append(span)
    return tuple(kept)
