"""Which state or body an office belongs to, and what kind of body an organization is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from analyzer.countries import Actor, ActorMention, actors_within, find_actor
from analyzer.known import known_body, known_body_in
from analyzer.names import word_classes
from analyzer.offices import PORTFOLIO
from analyzer.quotation import Span
from analyzer.tables import DATA, read_table

_HOST = re.compile(
    r"\s(?:to|on|against|about|(?:talks|ties|relations|affairs|negotiat\w+|trade|dealing) with)\s(?:the\s)?$",
    re.IGNORECASE,
)
_PLACED = re.compile(r"(?:\b(?:in|from)|\b(?:at|of)(?:\sthe)?)\s(?:the\s)?$")
_AT = re.compile(r"\b(?:at|in)\s(?:[\w-]+\s){0,3}$")
_SERVED = re.compile(r"\sfor\s(?:the\s)?$", re.IGNORECASE)
_SPEAKS_FOR = re.compile(r"spokes|secretary|lawyer|minister|analyst|chief|director", re.IGNORECASE)
_COUNTRY_WORD = re.compile(r"\b(?:country|nation|kingdom|republic)['’]s\b")
_PREPOSITION_BEFORE = re.compile(
    r"\b(?:to|on|with|against|over|toward|towards|in|from|of|for|by|at|between|and|about|into|near)\s(?:the\s)?$",
    re.IGNORECASE,
)
# `at` before the others: `fellow for Kenyan studies at the Ostrava Institute`.
_BODIES_AFTER = tuple(
    re.compile(
        rf"\s(?:{prepositions})\s(?:the\s)?(?:[A-Z]\w+-based\s)?"
        r"(?P<body>[A-Z][^,;()\n]*?)(?:\s(?:in|and an?|and the)\s.*)?$"
    )
    for prepositions in ("at", "of|for|with|from")
)
_LOWER_WORD_AFTER = re.compile(r"\s[a-z]")  # a verb; not the dateline `MOSCOW (News) President Lind …`
# Offices that the English-language press gives without naming the state.
_AMERICAN = re.compile(
    r"\bsecretary of (?:state(?! for)|defense|the treasury|commerce|homeland security)\b|"
    r"\b(?:defense|treasury|commerce|homeland security) secretary\b|\bcongress(?:man|woman)\b|\bjoint chiefs\b|"
    r"\b(?:sen|rep)\.|\b(?:house|senate) (?:speaker|majority|minority)\b|\b(?:republican|democratic) (?:sen|rep)",
    re.IGNORECASE,
)
_PORTFOLIO = re.compile(rf"{PORTFOLIO}\b", re.IGNORECASE)
_OF_BODY = re.compile(r"\s(?:of|at|for|with)\s(?:the\s)?(.+)$", re.DOTALL)


def affiliation_in(text: str, span: Span, actors: Sequence[ActorMention]) -> Actor | None:
    """The state or body that the office at *span* is one of; not the one that an envoy is sent to."""
    country_word = _COUNTRY_WORD.search(text, *span)
    if country_word:
        return _last_state(actors, country_word.start())
    for mention in actors_within(actors, *span):
        before = text[span[0] : mention.span[0]]
        if _HOST.search(before) or (_SERVED.search(before) and not _SPEAKS_FOR.search(before)):
            continue
        return mention.actor
    return None


def seat_in(text: str, span: Span, actors: Sequence[ActorMention]) -> Actor | None:
    """The last state that the office at *span* outside any government is placed in: `in Tokyo`, `at a Russian bank`.

    What it deals with (`Japan analyst`, `expert on Russian affairs`) is none.
    """
    for mention in reversed(actors_within(actors, *span)):
        before = text[span[0] : mention.span[0]]
        placed = (
            _PLACED.search(before) if mention.form in ("name", "seat") else _AT.search(before) or not before
        )
        if placed and mention.actor.kind == "state" and not text.startswith("-", mention.span[1]):
            return mention.actor
    return None


def state_in_sentence(text: str, start: int, position: int, actors: Sequence[ActorMention]) -> Actor | None:
    """The state whose seat (`the Kremlin`) acts in the sentence from *start* before *position*.

    A state's name would not do: `As Japan waited, President Lind …` does not make Lind Japanese.
    """
    mentions = [m for m in actors_within(actors, start, position) if m.form == "seat"]
    for mention in reversed(mentions):
        is_free = not _PREPOSITION_BEFORE.search(text, max(0, mention.span[0] - 14), mention.span[0])
        if mention.actor.kind == "state" and is_free and _LOWER_WORD_AFTER.match(text, mention.span[1]):
            return mention.actor
    return None


def implied_state(title: str) -> Actor | None:
    """The United States for offices that are taken to be American where no state is named."""
    mention = find_actor("United States") if _AMERICAN.search(title) else None
    return mention.actor if mention else None


def body_in(text: str, span: Span) -> str | None:
    """The name of a body that is no international actor: `Ostrava Institute` of `fellow at the Ostrava Institute`."""
    phrase = text[slice(*span)]
    after = next((match for pattern in _BODIES_AFTER if (match := pattern.search(phrase))), None)
    if after and not _PORTFOLIO.match(after["body"]):
        return " ".join(after["body"].split())
    words = phrase.split()
    leading = 0
    while leading < len(words) and words[leading][0].isupper() and not _is_no_body(words[leading]):
        leading += 1
    return (
        " ".join(words[:leading]).removesuffix("'s").removesuffix("’s") or None
        if leading < len(words)
        else None
    )


def body_category(name: str) -> str | None:
    """The role category of a body by its *name*, ``None`` if the name does not tell."""
    mention = find_actor(name)
    if mention and mention.actor.kind != "state":
        return "military" if mention.actor.kind == "movement" else "international_official"
    known = known_body(name)
    if known or _is_outlet(name):
        return known.category if known else "media"
    found = next((category for category, pattern in _kinds_of_bodies() if pattern.search(name)), None)
    return found or ("institution" if mention else None)


def category_of_body_in(phrase: str) -> str | None:
    """The category of the body that the office *phrase* is one of, by what stands after its preposition."""
    of_body = _OF_BODY.search(phrase)
    known = known_body_in(of_body[1]) if of_body else None
    return known.category if known else (body_category(of_body[1]) if of_body else None)


def category_of_body_before(text: str, position: int) -> str | None:
    """The category of the last body that the text names shortly before *position*: what `its` there refers to."""
    window = text[max(0, position - 250) : position]
    found = [
        (match.end(), -rank, category)
        for rank, (category, pattern) in enumerate(_kinds_of_bodies())
        for match in pattern.finditer(window)
    ]
    return max(found)[2] if found else None


def _is_no_body(word: str) -> bool:
    is_adjective = word.endswith(("ing", "ern", "ean", "Arab")) or "-" in word
    return is_adjective or bool(word_classes(word) & {"office", "courtesy", "function", "calendar"})


def _is_outlet(name: str) -> bool:
    words = name.split()
    return bool(words) and "media" in word_classes(words[-1]) | word_classes(words[0])


def _last_state(actors: Sequence[ActorMention], position: int) -> Actor | None:
    for mention in reversed(actors_within(actors, max(0, position - 2000), position)):
        if mention.actor.kind == "state":
            return mention.actor
    return None


@cache
def _kinds_of_bodies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_table(DATA / "bodies.tsv")
    return tuple((category, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for category, words in rows)
