"""A transparent baseline for the diplomatic stance, by section 4 of the annotation guidelines.

It counts the words of ``stance_lexicon.tsv`` in a quotation's content and cue, and looks for a condition. Nothing is
learned: it is what a classifier has to beat.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from analyzer.countries import ActorMention, actors_within
from analyzer.quotation import (
    STANCE_LABELS,
    Consequence,
    QuotationSpans,
    Role,
    Span,
    SpeakerReference,
    Stance,
    StanceLabel,
)
from analyzer.tables import read_table
from analyzer.targets import LONGEST_CONTENT, Targets, first_characters

# Weights of the evidence before the softmax: fixed by hand, not fitted.
_CONDITION = 3.0
_CUE_HIT = 1.5
_CONTENT_HIT = 1.0
_MOST_COUNTED = 3
_NO_STANCE = 0.8
_THIRD_PARTY = 2.5
_NO_TARGET = 3.0
_THIRD_PARTIES = frozenset({"expert", "media", "business", "civil_society", "citizen"})
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

    def any(self) -> bool:
        """Whether there is any sign of a stance."""
        return bool(self.condition or any((*self.cue.values(), *self.content.values())))

    def first_in_content(self) -> int | None:
        """Where the first telling word of the content stands, unless the cue tells already."""
        spans = sorted(span for found in self.content.values() for span in found)
        return None if any(self.cue.values()) or not spans else spans[0][0]


class StanceBaseline:
    """The baseline on one article: make one for its *text*, then ask for each quotation."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.targets = Targets(text)

    def classify(self, quotation: QuotationSpans, speaker: SpeakerReference, role: Role) -> Stance:
        """The stance that *speaker*, who is *role*, takes in *quotation*.

        The probabilities are a softmax over fixed weights of the lexicon's hits: they compare, they are not
        calibrated. Without a target the label is ``none``.
        """
        content = first_characters(quotation.content, LONGEST_CONTENT)
        quotation = replace(quotation, content=content)
        hits = _find_hits(self.text, self.targets.actors, quotation)
        target = None
        if hits.any():
            target = self.targets.find(quotation, speaker, role, hits.first_in_content())
        probabilities = _probabilities(hits, role, target is not None)
        label: StanceLabel = max(STANCE_LABELS, key=lambda candidate: probabilities[candidate])
        if label == "none" or target is None:
            return Stance(
                label="none", consequence=None, probabilities=probabilities, target=None, evidence=()
            )
        evidence = hits.condition if label == "conditional" else hits.first(label)
        if evidence and label != "conditional":
            evidence = _quoted_phrase(self.text, quotation.content, evidence)
        return Stance(
            label=label,
            consequence=_consequence(self.text, quotation, hits.condition)
            if label == "conditional"
            else None,
            probabilities=probabilities,
            target=target,
            evidence=(evidence,) if evidence else (),
        )


def _find_hits(text: str, actors: Sequence[ActorMention], quotation: QuotationSpans) -> _Hits:
    cue = _find_in_place(text, "cue", quotation.cue)
    content = _find_in_place(text, "content", quotation.content)
    is_denial = any(_pattern("denial", "cue").search(text, *span) for span in quotation.cue)
    condition = _find_warning(text, quotation) or _find_condition(text, actors, quotation.content)
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


def _find_condition(text: str, actors: Sequence[ActorMention], content: Sequence[Span]) -> Span | None:
    """The first conditional clause that names an actor, else the first: from its marker to the end of the clause."""
    clauses = [
        (match.start(), _end_of_clause(text, match.end(), end))
        for start, end in content
        for match in _pattern("conditional", "content").finditer(text, start, end)
    ]
    return next((clause for clause in clauses if actors_within(actors, *clause)), next(iter(clauses), None))


def _end_of_clause(text: str, position: int, end: int) -> int:
    end = min(end, position + _LONGEST_CLAUSE)
    stop = _CLAUSE_END.search(text, position, end)
    last = stop.start() if stop else end
    return position + len(text[position:last].rstrip())


def _quoted_phrase(text: str, content: Sequence[Span], word: Span) -> Span:
    """The short phrase in quotation marks around *word*, unless that is all the content; else *word* itself."""
    for start, end in content:
        first, last = max(start, word[0] - _LONGEST_PHRASE), min(end, word[1] + _LONGEST_PHRASE)
        for match in _SHORT_QUOTE.finditer(text, first, last):
            inside = match.span("phrase")
            if inside[0] <= word[0] and word[1] <= inside[1] and (match.start() > start or match.end() < end):
                return inside
    return word


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
    rows = read_table(Path(__file__).parent / "stance_lexicon.tsv")
    expressions = [expression for of, where, expression in rows if (of, where) == (label, place)]
    return re.compile(rf"\b(?:{'|'.join(expressions) or '(?!)'})(?!\w)", re.IGNORECASE)
