"""What kind of phrase a source is: a name, a pronoun, a state, a body, a description, a document."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from analyzer.countries import Actor, ActorMention, actors_within
from analyzer.names import Gender, Name, gender_of_words, word_classes
from analyzer.offices import PORTFOLIO, has_office, strip_article
from analyzer.people import People, names_within
from analyzer.quotation import Span, SpeakerKind
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
_WORD = re.compile(r"[\w’'-]+")
_GOVERNMENT = re.compile(
    r"(?:['’]s?)?\s+(?:central\s+|federal\s+|national\s+)?(?:government|administration|regime|leadership|side)$"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_POSSESSIVE_OWNER = re.compile(r"['’]s?\s+(?:own\s+|latest\s+|official\s+|personal\s+)*")
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
        or _parse_description(text, span, head, actors)
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
    if coordination and _is_several(text, core, coordination, names):
        return Source("description", "group", span, head, noun="group")
    if core[1] < head[1] and _PORTFOLIO_AND_NAME.match(text, core[1], head[1]):
        core = head
    name = _last_at_end(people.within(*core), core[1]) or people.adopt(core)
    if name is None and head[1] < span[1] and has_office(text[slice(*head)]):
        name = _appositive_name(text, span, head, people)
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


def _appositive_name(text: str, span: Span, head: Span, people: People) -> Name | None:
    """`Ana Lind` in `Norland's chief negotiator, Ana Lind, who …`: a name that is all of the appositive."""
    for name in people.within(head[1], span[1])[:1]:
        between = text[head[1] : name.title[0] if name.title else name.span[0]]
        ends = text[name.span[1] : span[1]].lstrip()
        if not between.strip(" ,\u2013\u2014-:") and (
            not ends or ends[0] in ",(\u2013\u2014-" or ends.startswith("who")
        ):
            return name
    return None


def _can_be_person(text: str, name: Name, people: People) -> bool:
    person = people.at[name.span[0]]
    if name.is_person or person.is_certain:
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


def _parse_actor(text: str, span: Span, head: Span, actors: Sequence[ActorMention]) -> Source | None:
    bare = strip_article(text, head)
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


def _parse_name(text: str, span: Span, head: Span, names: Sequence[Name]) -> Source | None:
    """An organization by its name: `the Northern Council`, `IAEA`."""
    core = _outlet(text, strip_article(text, _core(text, head)))
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
    whole = (core[0] + (capital.start() if capital else 0), goes_on.end() if goes_on else core[1])
    return Source("name", "organization", span, whole, noun=noun, name=found[-1])


def _outlet(text: str, core: Span) -> Span:
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


def _parse_document(
    text: str, span: Span, head: Span, people: People, names: Sequence[Name], actors: Sequence[ActorMention]
) -> Source | None:
    """A document, or its author where the phrase names one: `Lind's letter`, `a statement from the ministry`."""
    core = _core(text, head)
    words = text[slice(*core)].split()
    if not words or not _is_noun("document", words[-1].lower()) or "media" in word_classes(words[-1]):
        return None
    owner = re.match(rf"(?P<owner>.+?){_POSSESSIVE_OWNER.pattern}\S+$", text[slice(*core)])
    author = re.match(
        r"\s(?:from|by|issued by|released by)\s(?P<author>.+)$", text[core[1] : head[1]], re.DOTALL
    )
    piece = None
    if owner and len(words) < 10:
        piece = (core[0], core[0] + owner.end("owner"))
    elif author:
        piece = (core[1] + author.start("author"), core[1] + author.end("author"))
    if piece and _trim(text, piece)[0] < _trim(text, piece)[1]:
        parsed = parse_source(text, [piece], people, names, actors)
        if parsed.form != "none" and parsed.kind != "unknown":
            return parsed
    return Source(
        "description",
        "document",
        span,
        strip_article(text, head),
        noun=words[-1].lower(),
        is_definite=_is_definite(text, head),
    )


def _parse_description(text: str, span: Span, head: Span, actors: Sequence[ActorMention]) -> Source:
    bare = strip_article(text, head)
    noun = _noun(text, bare)
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
    if _is_noun("document", noun) or _is_noun("document", noun.removesuffix("s")):
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
