"""What `it` can be: the states, bodies and documents that the sentences before it name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from analyzer.countries import ActorMention, actors_within
from analyzer.names import Name
from analyzer.offices import NOT_IN_NOUN_PHRASE, has_office
from analyzer.people import names_within
from analyzer.quotation import Span
from analyzer.speakers.antecedents import Discourse
from analyzer.speakers.documents import is_document
from analyzer.tables import DATA, read_table

_MOST_SENTENCES = 2  # before that of the pronoun
_DETERMINERS = frozenset("the its his her their our a an this that each another every".split())
_WORD = re.compile(r"[^\W\d_][\w.]*(?:['’-]\w+)*|[A-Z]\.")
_OBJECT = re.compile(
    r"\b(?:of|to|with|by|from|against|about|than|and|between|for|on|at|into|over|through|via|as|like)\s"
    r"(?:the\s|its\s|his\s|her\s|an?\s)?$|\b(?:told|asked|urged|accused|thanked|called|warned|met|\w{3,}ed|\w{3,}ing)\s"
    r"(?:the\s|its\s|his\s|her\s|an?\s)?$"
)
_VERB_AFTER = re.compile(
    r"(?:\s(?:in|of|on|at)\s(?:the\s)?[A-Z][\w-]*)?,?\s(?:who|which|also|then|has|had|is|was|would|will|does|did|"
    r"\w{3,}(?:ed|es|ks|ys|ts|ns)|said|says|told|put|made|took|went|met|gave|sent|began|held)\b"
)


@dataclass(frozen=True, slots=True)
class Thing:
    """A noun phrase at *span* that `it` can be, and the *score* of what speaks for it."""

    span: Span
    score: float


def things_before(
    discourse: Discourse,
    position: int,
    own_content: Sequence[Span],
    actors: Sequence[ActorMention],
    names: Sequence[Name],
) -> list[Thing]:
    """The states, bodies and documents named in the sentence of *position* before it and in the two before.

    The best first. What stands in *own_content*, which the pronoun says, is left out.
    """
    text = discourse.text
    start = discourse.sentences.start(position)
    end = position
    things: list[Thing] = []
    for distance in range(_MOST_SENTENCES + 1):
        spans = sorted({*_phrases(text, start, end), *_named(text, start, end, actors, names)})
        outside = [s for s in spans if not any(first <= s[0] < last for first, last in own_content)]
        for rank, span in enumerate(outside):
            score = _score(discourse, span, position) - 0.7 * distance - 0.3 * min(rank, 3)
            things.append(Thing(span, score + (0.4 if rank == 0 else 0.0)))
        if start == 0:
            break
        end, start = start, discourse.sentences.start(start - 1)
    return sorted(things, key=lambda thing: -thing.score)


def _score(discourse: Discourse, span: Span, position: int) -> float:
    text = discourse.text
    before = text[max(0, span[0] - 24) : span[0]]
    score = 0.8 if _VERB_AFTER.match(text, span[1]) else 0.0
    score -= 0.9 if _OBJECT.search(before) else 0.0
    score -= 1.0 if text.startswith(("'s", "’s", "’ ", "' "), span[1]) else 0.0
    outside = not discourse.is_in_content(position)
    score -= 1.5 if outside and discourse.is_in_content(span[0]) else 0.0
    return score + (0.6 if discourse.is_source(span[0]) else 0.0)


def _named(
    text: str, start: int, end: int, actors: Sequence[ActorMention], names: Sequence[Name]
) -> Iterator[Span]:
    for mention in actors_within(actors, start, end):
        if mention.form in ("name", "seat"):
            yield mention.span
    for name in names_within(names, start, end):
        if name.is_organization and not _goes_on(text, name.span[1]):
            yield _with_determiner(text, name.span)


def _phrases(text: str, start: int, end: int) -> Iterator[Span]:
    """Noun phrases with an article or owner whose head is a body or a document, in lower case: `the ministry`."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    for index, (first, last) in enumerate(words):
        word = text[first:last]
        if not (word in _bodies() or is_document(word)) or _goes_on(text, last):
            continue
        begin = index
        while begin > 0 and index - begin < 6 and text[words[begin - 1][1] : words[begin][0]] == " ":
            before = text[slice(*words[begin - 1])]
            if before.lower() in NOT_IN_NOUN_PHRASE - _DETERMINERS or before in ("of", "for"):
                break
            begin -= 1
            if before.lower() in _DETERMINERS:
                break
        head = text[slice(*words[begin])]
        if head.lower() in _DETERMINERS or head[0].isupper():
            yield words[begin][0], last


def _goes_on(text: str, end: int) -> bool:
    """Whether the next word continues the noun phrase: `ministry spokesman`."""
    following = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    word = following[0].lower() if following else ""
    return bool(word) and (word in _bodies() or has_office(word) or word in ("statement", "report"))


def _with_determiner(text: str, span: Span) -> Span:
    match = re.search(r"\b(?:[Tt]he|[Ii]ts)\s$", text[max(0, span[0] - 5) : span[0]])
    return (span[0] - len(match[0]), span[1]) if match else span


@cache
def _bodies() -> frozenset[str]:
    return frozenset(dict(read_table(DATA / "source_nouns.tsv"))["body"].split()) - {"house", "side", "paper"}
