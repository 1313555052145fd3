"""Speakers: the entity behind each quotation's source, by section 2 of the annotation guidelines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzer.countries import Actor, find_actors
from analyzer.governments import Governments
from analyzer.names import find_names
from analyzer.offices import NOT_IN_NOUN_PHRASE
from analyzer.people import People, Person
from analyzer.quotation import QuotationSpans, Span, Speaker, SpeakerKind, SpeakerReference
from analyzer.speakers.antecedents import GENDERS, Discourse, Entity, Turn
from analyzer.speakers.authors import author
from analyzer.speakers.bodies import Bodies
from analyzer.speakers.mentions import find_mentions
from analyzer.speakers.nesting import enclosing_quotations, position_of
from analyzer.speakers.outlets import OUTLETS, last_outlet
from analyzer.speakers.pronouns import person_for_pronoun
from analyzer.speakers.sources import Source, parse_source
from analyzer.speakers.things import things_before

_FIRST_PERSON = frozenset({"i", "we", "me", "my", "our", "us"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_SINGULAR_THINGS: tuple[SpeakerKind, ...] = ("organization", "country", "document")
_PLURALS: tuple[SpeakerKind, ...] = ("group", "organization", "country")
_NAMELESS: tuple[SpeakerKind, ...] = ("anonymous", "group", "document")  # known by what they are called
_NOUN_PHRASE_BEFORE = re.compile(r"(?:^|[\s“\"(])(?P<phrase>[\w’'-]+(?:\s[\w’'-]+){0,7}),?\s$")
_DETERMINERS = frozenset("the a an its his her their some many several one another".split())
_INDEFINITE = frozenset("some many others several most few all both each one another".split())
_ANSWER = frozenset({"A", "Answer", "ANSWER"})
_MOST_BEFORE_ANSWER = 60  # mentions of persons before the first answer
_SURE = 0.6
_LEAST_OVER_SPEAKER = 0.4  # of a thing that is not the last speaker


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
        self._governments = Governments(text, self._actors)
        self._discourse = Discourse(text, self._people, quotations)
        self._persons: dict[int, Entity] = {}
        self._states: dict[Actor, Entity] = {}
        self._described: dict[str, Entity] = {}
        self._answering: Person | None = None

    def resolve_all(self) -> list[_Resolution]:
        """One resolution for each quotation, in their order; made in the order of the sources in the text."""
        sources = [self._parse(quotation.source) for quotation in self._quotations]
        order = sorted(range(len(sources)), key=lambda index: (position_of(self._quotations[index]), index))
        is_first_person = [s.form == "pronoun" and s.noun in _FIRST_PERSON for s in sources]
        resolved: dict[int, _Resolution] = {}
        for index in order:
            if not is_first_person[index]:
                resolved[index] = self._resolve(sources[index], self._quotations[index].content)
                self._note(sources[index], resolved[index].entity)
        enclosing = enclosing_quotations(self._quotations, [i for i in order if is_first_person[i]])
        for index, outer in enclosing.items():
            entity = resolved[outer].entity if outer in resolved else Entity("unknown", None)
            known = entity.kind != "unknown"
            resolved[index] = _Resolution(entity, "pronoun" if known else "none", 0.7 if known else None)
            entity.mentions.add(sources[index].span)
        return [resolved[index] for index in range(len(sources))]

    def mentions(self, entities: Sequence[Entity]) -> list[tuple[Span, ...]]:
        """For each entity all its mentions in the article, sorted, without overlaps."""
        states = {id(entity): actor for actor, entity in self._states.items()}
        return find_mentions(self._text, entities, states, self._actors)

    def _parse(self, spans: Sequence[Span]) -> Source:
        return parse_source(self._text, spans, self._people, self._names, self._actors)

    def _note(self, source: Source, entity: Entity) -> None:
        if source.form == "none":
            return
        mention = source.head
        if source.form == "person" and source.name:
            mention = source.name.span
        elif entity.kind in _NAMELESS:
            # An aside, as in `an official, who asked not to be named`, is none of what somebody is called.
            comma = self._text.find(", ", *source.span) if entity.kind == "anonymous" else -1
            mention = (source.span[0], comma if comma > 0 else source.span[1])
        entity.mentions.add(mention)
        if source.form == "person" and source.name and entity.person:
            self._discourse.note_role(entity.person, source.span, source.name.span)
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
        answering = self._answering_person(source)
        if answering:
            return _Resolution(self._person_entity(answering), "description", 0.6)
        if source.form == "name":
            return self._resolve_body(source)
        if source.form == "description":
            return self._resolve_description(source)
        return _Resolution(Entity("unknown", None), "none", None)

    def _resolve_pronoun(self, source: Source, content: Sequence[Span]) -> _Resolution:
        position = source.span[0]
        found: tuple[Person | Entity, float] | None = None
        if source.noun in GENDERS:
            found = person_for_pronoun(self._discourse, position, GENDERS[source.noun], content)
            if found and found[1] >= _SURE:
                found[0].gender = GENDERS[source.noun]
        elif source.noun in _RELATIVES:
            found = self._relative_antecedent(position, source.noun not in ("which", "that"))
        elif source.noun in ("it", "its", "itself"):
            found = self._thing_for_pronoun(position, content)
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

    def _thing_for_pronoun(self, position: int, content: Sequence[Span]) -> tuple[Entity, float] | None:
        """The state, body or document that `it` at *position* is: the latest speaker or what else is named before."""
        spoke = self._discourse.body_for_pronoun(position, _SINGULAR_THINGS)
        best = next(iter(things_before(self._discourse, position, content, self._actors, self._names)), None)
        if best and (spoke is None or best.score > _LEAST_OVER_SPEAKER):
            source = self._parse([best.span])
            if source.kind in _SINGULAR_THINGS:
                entity = self._resolve(source, ()).entity
                entity.mentions.add(source.head)
                return entity, 0.5
        return spoke

    def _resolve_body(self, source: Source) -> _Resolution:
        state = self._governments.named(source.head)
        if state:
            return _Resolution(self._actor_entity(state), "name", 0.8)
        known = self._bodies.find(source.head, source.noun)
        name = _flat(self._text[slice(*source.head)])
        entity = known or self._bodies.add(source.head, source.noun)
        self._bodies.extend(entity, source.head)
        return _Resolution(entity, "itself" if entity.name == name else "name", 0.9)

    def _is_known_office(self, source: Source) -> bool:
        """Whether *source* means somebody known: it is definite, or a transcript's label (`VICE-MINISTER:`)."""
        return source.is_definite or self._text.startswith(":", source.span[1])

    def _answering_person(self, source: Source) -> Person | None:
        """Who answers at a transcript's label `A:`: the first person who is a label, else the first one named."""
        after = self._text[source.span[1] : source.span[1] + 1]
        if self._text[slice(*source.span)] not in _ANSWER or after not in (":", "."):
            return None
        if self._answering is None:
            persons = [person for _, person in self._people.before(source.span[0], _MOST_BEFORE_ANSWER)]
            certain = [person for person in reversed(persons) if person.is_certain]
            labels = [p for p in certain if any(self._text.startswith(":", m.span[1]) for m in p.mentions)]
            self._answering = next(iter(labels or certain), None)
        return self._answering

    def _subject_of(self, span: Span) -> Entity | None:
        """The person, state or body at the head of the sentence part at *span*."""
        for name in self._people.within(*span)[:1]:
            person = self._people.at[name.span[0]]
            if person.is_certain and not name.is_possessive and name.span[0] - span[0] < 60:
                return self._person_entity(person)
        for thing in things_before(self._discourse, span[1], (), self._actors, self._names):
            source = self._parse([thing.span])
            if thing.span[0] >= span[0] and source.kind in ("organization", "country"):
                return self._resolve(source, ()).entity
        return None

    def _resolve_description(self, source: Source) -> _Resolution:
        if source.kind == "organization":
            state = self._governments.named(source.head)
            if state is None and source.is_definite:
                state = self._governments.meant(source.head)
            if state:
                return _Resolution(self._actor_entity(state), "description", 0.65)
            return self._resolve_described_body(source)
        if source.kind == "document":
            writer = author(self._discourse, source, self._subject_of)
            if writer:
                return _Resolution(writer, "description", 0.55)
        if source.kind == "anonymous" and self._is_known_office(source):
            person = self._discourse.person_for_description(
                source.span[0], source.noun, source.head, source.actor
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
        outlet = source.is_definite and source.noun in OUTLETS and not source.actor
        named = last_outlet(self._text, self._names, source.span[0]) if outlet else None
        if named:
            return replace(
                self._resolve_body(self._parse([named])), resolved_by="description", confidence=0.6
            )
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
