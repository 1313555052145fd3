"""What kind of phrase a source is: a name, a pronoun, a state, a body, a description, a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from analyzer.countries import Actor, ActorMention, actors_within, find_actor
from analyzer.names import Gender, Name, gender_of_words, word_classes
from analyzer.offices import PORTFOLIO, has_office, strip_article
from analyzer.people import People, names_within
from analyzer.quotation import Span, SpeakerKind
from analyzer.speakers.appositions import (
    appositive_body,
    appositive_name,
    name_after_office,
    names_two_persons,
)
from analyzer.speakers.documents import author_of, end_of_core, is_by_document, is_document
from analyzer.speakers.outlets import outlet, without_owner
from analyzer.tables import DATA, read_table

Form = Literal["none", "pronoun", "person", "name", "actor", "description"]

PRONOUNS = frozenset(
    "he she it they him her them his its their who which that whom whose i we you me us my our your himself "
    "herself itself themselves hers theirs this these those".split()
)
_CAN_BE_DETERMINERS = frozenset("that this these those his her its their my your our".split())
_HEAD_END = re.compile(
    r",(?!\d)|;|:|\(|\s[\u2013\u2014-]{1,2}\s|\u2014|\s(?:who|which|whose|that|whom|where)\b|"
    r"\s(?:(?:this|last|next) (?:week|month|year)|today|yesterday|tonight|earlier|later)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\s(?:of|for|at|to|in|on|with|from|under|by|near|close|familiar|inside|outside|within|around|behind|on|speaking|"
    r"involved|briefed|here|across|among|against|about|via|through|after|during|between|over|"
    r"out|citing|quoting|himself|herself|itself|themselves|alike|quoted|cited|based)\b",
    re.IGNORECASE,
)
_COORDINATION = re.compile(r"\s(?:and|&|or|as well as|along with)\s", re.IGNORECASE)
_PORTFOLIO_AND_NAME = re.compile(
    rf"\s(?:of|for)\s(?:the\s)?(?:(?:(?i:{PORTFOLIO})|Affairs|Intelligence|Relations|and)\s)+"
    r"[A-Z][\w.’'-]*(?:\s[\w.’'-]+){0,3}$"
)
_QUANTITY = re.compile(
    r"(?:\d|more than|most|nearly|about|at least|over|almost|two|three|four|five)\b", re.IGNORECASE
)
_NAME_GOES_ON = re.compile(r"(?:\s(?:of|for|on|and|in)(?:\s(?:the\s)?[A-Z][\w’'-]*)+)*")
_DEFINITE = re.compile(r"(?:the|this|that|these|those|both|its|his|her|their|our)\b", re.IGNORECASE)
_GOVERNMENT = re.compile(
    r"(?:['’]s?)?\s+(?:central\s+|federal\s+|national\s+)?(?:government|administration|regime|leadership|side)$"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_POSSESSIVE_OWNER = re.compile(r"['’]s?\s")
_NOT_PLURAL = ("ss", "us", "is", "news")
_LONGEST_DESCRIPTION = 8  # words
_LONGEST_SOURCE = 400  # characters; what comes later can only be an aside


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed source phrase.

    *head* is the phrase without a leading article, appositives and clauses; *noun* its last word before a
    preposition, in lower case. *name* is set for ``person`` and ``name``, *actor* for ``actor`` and for a
    description that begins with a state (`Norland's foreign ministry`).
    """

    form: Form
    kind: SpeakerKind
    span: Span
    head: Span
    noun: str = ""
    is_definite: bool = False
    gender: Gender | None = None
    name: Name | None = None
    actor: Actor | None = None


def parse_source(
    text: str, spans: Sequence[Span], people: People, names: Sequence[Name], actors: Sequence[ActorMention]
) -> Source:
    """Parse the source that *spans* cover in *text*; *people*, *names* and *actors* are the article's."""
    if not spans:
        return Source("none", "unknown", (0, 0), (0, 0))
    span = _trim(text, _joined(spans))
    phrase = text[slice(*span)]
    if len(phrase) < 2 and not phrase.isupper():
        return Source("none", "unknown", span, span)
    if _is_pronoun(phrase):
        return Source("pronoun", "unknown", span, span, noun=phrase.split()[0].lower().strip(","))
    head = _head(text, span)
    return (
        _parse_document(text, span, head, people, names, actors)
        or _parse_person(text, span, head, people, names)
        or _parse_actor(text, span, head, actors)
        or _parse_name(text, span, head, names)
        or _parse_description(text, span, head, names, actors)
    )


def is_plural(noun: str) -> bool:
    """Whether a lower-case English *noun* looks like a plural."""
    return _is_noun("plural", noun) or (
        noun.endswith("s") and not noun.endswith(_NOT_PLURAL) and len(noun) > 3
    )


def _is_pronoun(phrase: str) -> bool:
    """Whether *phrase* is a pronoun, alone or with a clause (`who last month`); not `US officials` or `He Weiwen`."""
    words = phrase.split()
    first = words[0].strip(",")
    is_name = (len(first) > 1 and first.isupper()) or (
        len(words) > 1 and first.istitle() and words[1].istitle()
    )
    is_alone = phrase.lower() in PRONOUNS
    return not is_name and (is_alone or first.lower() in PRONOUNS - _CAN_BE_DETERMINERS)


def _joined(spans: Sequence[Span]) -> Span:
    """One stretch for a source in pieces, unless they are far apart: then the first piece."""
    start, end = spans[0]
    for piece in spans[1:]:
        if piece[0] - end > 60:
            break
        end = max(end, piece[1])
    return start, min(end, start + _LONGEST_SOURCE)


def _trim(text: str, span: Span) -> Span:
    """*span* without marks and white space around it, and without a possessive at its end."""
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".)"):
        end -= 1
    possessive = _POSSESSIVE.search(text[start:end])
    return start, start + possessive.start() if possessive else end


def _head(text: str, span: Span) -> Span:
    match = _HEAD_END.search(text, span[0] + 1, span[1])
    return _trim(text, (span[0], match.start() if match else span[1]))


def _core(text: str, head: Span) -> Span:
    """*head* up to its first preposition: `envoy` of `envoy to Sudria`."""
    match = _PREPOSITION.search(text, head[0] + 1, head[1])
    return head[0], match.start() if match else head[1]


def _parse_person(text: str, span: Span, head: Span, people: People, names: Sequence[Name]) -> Source | None:
    core = _core(text, head)
    coordination = _COORDINATION.search(text, core[0], core[1])
    if (coordination and _is_several(text, core, coordination, names)) or names_two_persons(
        text, span, people
    ):
        return Source("description", "group", span, head, noun="group")
    if core[1] < head[1] and _PORTFOLIO_AND_NAME.match(text, core[1], head[1]):
        core = head
    name = _last_at_end(people.within(*core), core[1]) or people.adopt(core)
    name = name or name_after_office(text, core, head, people)
    if name is None and head[1] < span[1]:
        name = appositive_name(text, span, head, people)
    if name is None or not _can_be_person(text, name, people):
        return None
    title = text[core[0] : name.span[0]].lower()
    gender = name.gender or people.at[name.span[0]].gender or gender_of_words(iter(title.split()))
    return Source("person", "person", span, head, gender=gender, name=name)


def _is_several(text: str, core: Span, coordination: re.Match[str], names: Sequence[Name]) -> bool:
    """Two names or two plurals; not the `and` inside `the Health and Human Services Secretary`."""
    before = [name for name in names_within(names, core[0], coordination.start()) if not name.is_possessive]
    after = names_within(names, coordination.end(), core[1])
    if after and before:
        return True
    ends = text[core[0] : coordination.start()].split()[-1:] + text[coordination.end() : core[1]].split()[-1:]
    return len(ends) == 2 and all(is_plural(word.lower()) for word in ends) and not after


def _last_at_end(names: Sequence[Name], end: int) -> Name | None:
    return names[-1] if names and names[-1].span[1] >= end else None


def _can_be_person(text: str, name: Name, people: People) -> bool:
    person = people.at[name.span[0]]
    if name.is_person or person.is_certain:
        return True
    if _is_label(text, name.span):
        return True
    surface = text[slice(*name.span)]
    if (
        len(name.words) == 1
        and is_plural(surface.lower())
        and not text[max(0, name.span[0] - 8) : name.span[0]].rstrip(" “\"'")[-1:].isalnum()
    ):
        return False
    preceded_by_the = text[max(0, name.span[0] - 4) : name.span[0]].lower() == "the "
    is_acronym = surface.isupper() and len(surface) <= 6 and " " not in surface and "." not in surface
    if is_acronym and len(person.words) > 1:
        return True
    return not preceded_by_the and not is_acronym


def _is_label(text: str, span: Span) -> bool:
    """Whether *span* is all of a transcript's label: `LIND:` at the start of a line."""
    start = text.rfind("\n", 0, span[0]) + 1
    return (
        text.startswith(":", span[1]) and not text[start : span[0]].strip() and text[slice(*span)].isupper()
    )


def _parse_actor(text: str, span: Span, head: Span, actors: Sequence[ActorMention]) -> Source | None:
    bare = strip_article(text, head)
    if _is_list(text[slice(*span)], text[slice(*bare)]):
        return Source("description", "group", span, span, noun="group")
    for mention in actors_within(actors, *bare)[:1]:
        rest = text[mention.span[1] : bare[1]]
        if mention.span[0] != bare[0]:
            continue
        is_whole = not rest.strip()
        if mention.form == "demonym" and is_whole:
            return Source("description", "group", span, bare, noun="people", actor=mention.actor)
        if (is_whole or _GOVERNMENT.fullmatch(rest)) and mention.form in ("name", "seat", "demonym"):
            kind: SpeakerKind = "country" if mention.actor.kind == "state" else "organization"
            return Source("actor", kind, span, bare, noun="country", actor=mention.actor)
        if is_whole:
            return Source("name", "organization", span, bare, noun=_noun(text, bare), actor=mention.actor)
    return None


def _is_list(phrase: str, first: str) -> bool:
    """Whether *phrase*, which begins with the state *first*, lists several: `Norland, Sudria and others`."""
    match = re.fullmatch(r"[^,]+(?:, [^,]+)*,? and (?P<last>[^,]+)", phrase)
    if match is None or "," not in phrase or not find_actor(first):
        return False
    return match["last"] == "others" or find_actor(match["last"]) is not None


def _parse_name(text: str, span: Span, head: Span, names: Sequence[Name]) -> Source | None:
    """An organization by its name: `the Northern Council`, `IAEA`."""
    core = outlet(text, strip_article(text, _core(text, head)))
    found = names_within(names, *core)
    words = text[slice(*core)].split()
    if not found or not words or found[-1].span[1] < core[1]:
        return None
    noun = words[-1].lower()
    if not found[-1].is_organization and has_office(noun):
        return None
    if is_plural(noun) and not found[-1].is_organization and len(words) > 1:
        return None
    goes_on = _NAME_GOES_ON.match(text, core[1], head[1])
    capital = re.search(r"\b[A-Z]", text[slice(*core)])
    first = without_owner(text, (core[0] + (capital.start() if capital else 0), core[1]))
    whole = (first, goes_on.end() if goes_on else core[1])
    return Source("name", "organization", span, whole, noun=noun, name=found[-1])


def _parse_document(
    text: str, span: Span, head: Span, people: People, names: Sequence[Name], actors: Sequence[ActorMention]
) -> Source | None:
    """A document, or its author where the phrase names one: `Lind's letter`, `a statement from the ministry`."""
    core = _core(text, head)
    core = core[0], end_of_core(text, core)
    if not is_by_document(text, core):
        return None
    piece = author_of(text, core, head)
    if piece and _trim(text, piece)[0] < _trim(text, piece)[1]:
        parsed = parse_source(text, [piece], people, names, actors)
        is_modifier = piece[1] < core[1] and not _POSSESSIVE_OWNER.match(text, piece[1])
        kinds = ("organization",) if is_modifier and parsed.noun != "people" else ("organization", "group")
        if parsed.form not in ("none", "description") or parsed.kind in kinds:
            return _author(parsed)
    return Source(
        "description",
        "document",
        span,
        strip_article(text, head),
        noun=text[slice(*core)].split()[-1].lower(),
        is_definite=_is_definite(text, head),
    )


def _author(parsed: Source) -> Source:
    """*parsed*, or the state whose demonym it is: the author of `the Russian text`."""
    if parsed.form == "description" and parsed.noun == "people" and parsed.actor:
        return replace(parsed, form="actor", kind="country")
    return parsed


def _parse_description(
    text: str, span: Span, head: Span, names: Sequence[Name], actors: Sequence[ActorMention]
) -> Source:
    bare = strip_article(text, head)
    noun = _noun(text, bare)
    body = appositive_body(text, span, head, names) if _is_noun("body", noun) and head[1] < span[1] else None
    if body:
        words = text[slice(*body.span)].lower().split()
        return Source("name", "organization", span, body.span, noun=words[-1], name=body)
    if len(text[slice(*bare)].split()) > _LONGEST_DESCRIPTION:
        bare = _core(text, bare)
    owner = next((m.actor for m in actors_within(actors, *head) if m.span[0] - bare[0] <= 4), None)
    phrase = text[slice(*_core(text, bare))]
    return Source(
        "description",
        _description_kind(phrase, noun),
        span,
        bare,
        noun=noun,
        is_definite=_is_definite(text, head),
        gender=gender_of_words(iter([noun])),
        actor=owner,
    )


def _description_kind(phrase: str, noun: str) -> SpeakerKind:
    if is_document(noun):
        return "document"
    if _is_noun("body", noun):
        return "organization"
    if is_plural(noun) or _QUANTITY.match(phrase) or _is_noun("collective", noun):
        return "group"
    if has_office(noun) or _is_noun("person", noun):
        return "anonymous"
    last = phrase.split()[-1] if phrase.split() else ""
    return "organization" if last[:1].isupper() and not word_classes(last) & {"office"} else "anonymous"


def _noun(text: str, head: Span) -> str:
    words = text[slice(*_core(text, head))].split()
    return re.sub(r"['’]s?$", "", words[-1].lower()) if words else ""


def _is_definite(text: str, head: Span) -> bool:
    return bool(_DEFINITE.match(text, head[0])) or bool(_POSSESSIVE_OWNER.search(text[slice(*head)]))


def _is_noun(kind: str, noun: str) -> bool:
    return noun in _source_nouns()[kind]


@cache
def _source_nouns() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words.split()) for kind, words in read_table(DATA / "source_nouns.tsv")}
