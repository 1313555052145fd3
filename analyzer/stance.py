"""A transparent baseline for the diplomatic stance, by section 4 of the annotation guidelines.

It counts the words of ``data/stance_lexicon.tsv`` in a quotation's content and cue, looks for a condition and for
another international actor. Nothing is learned; it stays in the reports as what a classifier has to beat.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from analyzer.countries import Actor, ActorMention, actors_within, find_actor, find_actors, read_table
from analyzer.quotation import (
    STANCE_LABELS,
    Consequence,
    QuotationSpans,
    Role,
    Span,
    SpeakerReference,
    Stance,
    StanceLabel,
    Target,
)
from analyzer.sentences import find_sentences

BASELINE = "lexicon baseline 1"
"""What the output's ``model`` calls this baseline; the number goes up with its rules and lexicon."""

# Weights of the evidence before the softmax: fixed by hand, not fitted.
_CONDITION = 3.0
_CUE_HIT = 1.5
_CONTENT_HIT = 1.0
_MOST_COUNTED = 3
_NO_STANCE = 0.8
_THIRD_PARTY = 2.5
_NO_TARGET = 3.0
_THIRD_PARTIES = frozenset({"expert", "media", "business", "civil_society", "citizen"})
_LONGEST_CONTENT = 4000  # characters; later words change no stance, and contents may overlap
_LONGEST_CLAUSE = 300
_LONGEST_PHRASE = 60
_NEGATION = re.compile(
    r"(?:\b(?:not|no|never|without|neither|nor|hardly|cannot)|n['’]t)\s(?:\w+\s){0,3}$", re.IGNORECASE
)
_WARNS = re.compile(r"\bwarn", re.IGNORECASE)
_NOT_TO = re.compile(r"\W{0,2}(?:[\w.’'-]+\s){0,6}?(?P<deed>not to|against)\b", re.IGNORECASE)
_SHORT_QUOTE = re.compile(r"(?<!\w)[“\"](?P<phrase>[\w’'-]+(?:\s[\w’'-]+){0,4})[.,]?[”\"](?!\w)")
_CLAUSE_END = re.compile(r"(?:[,;:!?\u2026]|(?<![A-Z])\.)(?=[\s\"”’]|$)|[\"”\u2014\u2013]|\s-\s")


@dataclass(frozen=True, slots=True)
class _Hits:
    """What the lexicon finds in one quotation, as spans into the article."""

    cue: dict[str, list[Span]]
    content: dict[str, list[Span]]
    condition: Span | None
    is_denial: bool

    def first(self, label: str) -> Span | None:
        """The evidence for *label*: in the content, or else in the cue."""
        return next(iter(self.content[label] + self.cue[label]), None)


class StanceBaseline:
    """The baseline on one article: make one for its *text*, then ask for each quotation."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.actors = find_actors(text)
        self.sentences = find_sentences(text)
        self.by_actor: dict[Actor, list[ActorMention]] = {}
        for mention in self.actors:
            self.by_actor.setdefault(mention.actor, []).append(mention)

    def classify(self, quotation: QuotationSpans, speaker: SpeakerReference, role: Role) -> Stance:
        """The stance that *speaker*, who is *role*, takes in *quotation*.

        The probabilities are a softmax over fixed weights of the lexicon's hits: they compare, they are not
        calibrated. Without a target the label is ``none``.
        """
        content = _first_characters(quotation.content, _LONGEST_CONTENT)
        quotation = replace(quotation, content=content)
        hits = _find_hits(self, quotation)
        mention = _find_target(self, quotation, hits, _own_side(speaker, role))
        probabilities = _probabilities(hits, role, mention is not None)
        label: StanceLabel = max(STANCE_LABELS, key=lambda candidate: probabilities[candidate])
        if label == "none" or mention is None:
            return Stance(
                label="none", consequence=None, probabilities=probabilities, target=None, evidence=()
            )
        evidence = hits.condition if label == "conditional" else hits.first(label)
        if evidence and label != "conditional":
            evidence = _quoted_phrase(self.text, content, evidence)
        return Stance(
            label=label,
            consequence=_consequence(self.text, quotation, hits.condition)
            if label == "conditional"
            else None,
            probabilities=probabilities,
            target=Target(name=mention.actor.name, country=mention.actor.country, spans=(mention.span,)),
            evidence=(evidence,) if evidence else (),
        )


def _find_hits(article: StanceBaseline, quotation: QuotationSpans) -> _Hits:
    cue = _find_in_place(article.text, "cue", quotation.cue)
    content = _find_in_place(article.text, "content", quotation.content)
    is_denial = any(_pattern("denial", "cue").search(article.text, *span) for span in quotation.cue)
    condition = _find_warning(article.text, quotation) or _find_condition(article, quotation.content)
    return _Hits(cue, content, condition, is_denial)


def _find_in_place(text: str, place: str, spans: Sequence[Span]) -> dict[str, list[Span]]:
    """The hits by label; a negated conciliatory word is hostile (`no trust`), a negated hostile one is nothing."""
    found: dict[str, list[Span]] = {"hostile": [], "conciliatory": []}
    for start, end in spans:
        for match in _pattern("hostile", place).finditer(text, start, end):
            if not _is_negated(text, start, match.start()):
                found["hostile"].append(match.span())
        for match in _pattern("conciliatory", place).finditer(text, start, end):
            found["hostile" if _is_negated(text, start, match.start()) else "conciliatory"].append(
                match.span()
            )
    return {label: sorted(hits) for label, hits in found.items()}


def _is_negated(text: str, start: int, position: int) -> bool:
    return _NEGATION.search(text, max(start, position - 40), position) is not None


def _find_warning(text: str, quotation: QuotationSpans) -> Span | None:
    """What somebody is warned not to do: a condition with an adverse consequence."""
    if not any(_WARNS.search(text, *span) for span in quotation.cue):
        return None
    start, end = quotation.content[0]
    match = _NOT_TO.match(text, start, end)
    return (match.start("deed"), _end_of_clause(text, match.end(), end)) if match else None


def _find_condition(article: StanceBaseline, content: Sequence[Span]) -> Span | None:
    """The first conditional clause that names an actor, else the first: from its marker to the end of the clause."""
    text = article.text
    clauses = [
        (match.start(), _end_of_clause(text, match.end(), end))
        for start, end in content
        for match in _pattern("conditional", "content").finditer(text, start, end)
    ]
    return next(
        (clause for clause in clauses if actors_within(article.actors, *clause)), next(iter(clauses), None)
    )


def _end_of_clause(text: str, position: int, end: int) -> int:
    end = min(end, position + _LONGEST_CLAUSE)
    stop = _CLAUSE_END.search(text, position, end)
    last = stop.start() if stop else end
    return position + len(text[position:last].rstrip())


def _own_side(reference: SpeakerReference, role: Role) -> set[str]:
    """Names and codes of the actors that the speaker speaks for."""
    side = {role.country, role.affiliation}
    for name in (role.affiliation, reference.name if reference.kind in ("country", "organization") else None):
        mention = find_actor(name) if name else None
        if mention:
            side |= {mention.actor.country, mention.actor.name}
        side.add(name)
    return {name for name in side if name}


def _find_target(
    article: StanceBaseline, quotation: QuotationSpans, hits: _Hits, own_side: set[str]
) -> ActorMention | None:
    """The other actor that the quotation is most plausibly about, ``None`` where there is none.

    In the content the one nearest to the first word that tells a stance; else the nearest in the rest of the
    sentence; else, for a speaker whose side is known, the actor that the article names most.
    """
    in_cue = [span for spans in hits.cue.values() for span in spans]
    in_content = sorted(span for spans in hits.content.values() for span in spans)
    if not (in_cue or in_content or hits.condition):
        return None
    first = quotation.content[0][0]
    inside = [m for start, end in quotation.content for m in _others(article, start, end, own_side)]
    if inside:
        anchor = first if in_cue or not in_content else in_content[0][0]
        return min(inside, key=lambda mention: abs(mention.span[0] - anchor))
    around = _others(article, *article.sentences.around(first), own_side)
    if around:
        return min(around, key=lambda mention: abs(mention.span[0] - first))
    return _most_named(article, quotation, own_side) if own_side else None


def _others(article: StanceBaseline, start: int, end: int, own_side: set[str]) -> list[ActorMention]:
    return [
        mention
        for mention in actors_within(article.actors, start, end)
        if mention.actor.name not in own_side and mention.actor.country not in own_side
    ]


def _most_named(
    article: StanceBaseline, quotation: QuotationSpans, own_side: set[str]
) -> ActorMention | None:
    """The last mention before the quotation of the other actor that the article names most, or its first after."""
    for actor in sorted(article.by_actor, key=lambda actor: -len(article.by_actor[actor])):
        if actor.name in own_side or actor.country in own_side:
            continue
        mentions = article.by_actor[actor]
        before = bisect_left(mentions, quotation.content[0][0], key=lambda mention: mention.span[0])
        return mentions[max(0, before - 1)]
    return None


def _quoted_phrase(text: str, content: Sequence[Span], word: Span) -> Span:
    """The short phrase in quotation marks around *word*, unless that is all the content; else *word* itself."""
    for start, end in content:
        first, last = max(start, word[0] - _LONGEST_PHRASE), min(end, word[1] + _LONGEST_PHRASE)
        for match in _SHORT_QUOTE.finditer(text, first, last):
            inside = match.span("phrase")
            if inside[0] <= word[0] and word[1] <= inside[1] and (match.start() > start or match.end() < end):
                return inside
    return word


def _first_characters(spans: Sequence[Span], room: int) -> tuple[Span, ...]:
    """The first of *spans*, *room* characters in all."""
    kept: list[Span] = []
    for start, end in spans:
        if room <= 0:
            break
        kept.append((start, min(end, start + room)))
        room -= end - start
    return tuple(kept)


def _probabilities(hits: _Hits, role: Role, has_target: bool) -> dict[str, float]:
    is_aside = role.category in _THIRD_PARTIES or hits.is_denial
    scores = {
        "hostile": _score(hits, "hostile"),
        "conditional": _CONDITION if hits.condition else 0.0,
        "conciliatory": _score(hits, "conciliatory"),
        "none": _NO_STANCE + (_THIRD_PARTY if is_aside else 0.0),
    }
    if not has_target:
        scores["none"] = max(scores.values()) + _NO_TARGET
    total = sum(math.exp(score) for score in scores.values())
    return {label: math.exp(score) / total for label, score in scores.items()}


def _score(hits: _Hits, label: str) -> float:
    return _CUE_HIT * len(hits.cue[label][:1]) + _CONTENT_HIT * len(hits.content[label][:_MOST_COUNTED])


def _consequence(text: str, quotation: QuotationSpans, condition: Span | None) -> Consequence:
    """Whether something good follows when the condition is met, or something bad."""
    counts = {"cooperative": 0, "adverse": 0}
    for label in counts:
        for start, end in quotation.content:
            hits = _pattern(label, "content").finditer(text, start, end)
            counts[label] += sum(
                1 for hit in hits if not (condition and condition[0] <= hit.start() < condition[1])
            )
        counts[label] += sum(
            2 for start, end in quotation.cue if _pattern(label, "cue").search(text, start, end)
        )
    return "adverse" if counts["adverse"] > counts["cooperative"] else "cooperative"


@cache
def _pattern(label: str, place: str) -> re.Pattern[str]:
    """All expressions of *label* for *place* as one; matches nothing where the lexicon has none."""
    rows = read_table("stance_lexicon.tsv")
    expressions = [expression for of, where, expression in rows if (of, where) == (label, place)]
    return re.compile(rf"\b(?:{'|'.join(expressions) or '(?!)'})(?!\w)", re.IGNORECASE)
