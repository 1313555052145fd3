"""The measures for spans and links: counts per article, and precision, recall and F1 from their sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

from analyzer.marks import find_quoted, quotation_kind
from analyzer.quotation import KINDS, Kind, Span
from eval.matching import Pairs, match_exact, match_overlapping, sources_match
from eval.spans import length, shared_length, union

Measure = Literal["content characters", "content overlap", "content exact", "linked"]
MEASURES: tuple[Measure, ...] = ("content characters", "content overlap", "content exact", "linked")

Group = Literal["all", "direct", "mixed", "indirect"]
GROUPS: tuple[Group, ...] = ("all", *KINDS)
"""All quotations, or those of one kind."""


class SpansOfQuotation(Protocol):
    """What the measures look at: ``QuotationSpans`` and ``AnnotatedQuotation`` both have it."""

    @property
    def content(self) -> tuple[Span, ...]: ...

    @property
    def source(self) -> tuple[Span, ...]: ...


class Counts(NamedTuple):
    """Sufficient statistics of one measure: they add up over articles, and every score follows from the sum.

    For a single kind the two numbers of matches may differ: recall goes over the gold quotations of the
    kind and precision over the predicted ones, and either may be matched with one of another kind.
    """

    matched_gold: int
    gold: int
    matched_predicted: int
    predicted: int

    def swapped(self) -> Counts:
        """The counts with gold and predicted exchanged."""
        return Counts(self.matched_predicted, self.predicted, self.matched_gold, self.gold)


class Score(NamedTuple):
    """Precision, recall and F1 in [0, 1]; all None when there is nothing, neither gold nor predicted."""

    precision: float | None
    recall: float | None
    f1: float | None


ArticleCounts = Mapping[tuple[Measure, Group], Counts]
"""Counts for every measure and group."""


def count_article(
    text: str, gold: Sequence[SpansOfQuotation], predicted: Sequence[SpansOfQuotation]
) -> dict[tuple[Measure, Group], Counts]:
    """Compare the quotations of one article by every measure, over all quotations and per kind.

    Contents are matched one to one; sources play no part in the matching. Characters are counted once, in
    however many contents they lie.
    """
    gold_contents = [quotation.content for quotation in gold]
    predicted_contents = [quotation.content for quotation in predicted]
    kinds = kinds_of(text, gold_contents), kinds_of(text, predicted_contents)
    overlapping = match_overlapping(gold_contents, predicted_contents)
    pairs: dict[Measure, Pairs] = {
        "content overlap": overlapping,
        "content exact": match_exact(text, gold_contents, predicted_contents),
        "linked": tuple((i, j) for i, j in overlapping if sources_match(gold[i].source, predicted[j].source)),
    }
    counts: dict[tuple[Measure, Group], Counts] = {}
    for group in GROUPS:
        counts["content characters", group] = _count_characters(
            gold_contents, predicted_contents, _members(kinds[0], group), _members(kinds[1], group)
        )
        for measure, matched in pairs.items():
            counts[measure, group] = count_pairs(matched, *kinds, group)
    return counts


def kinds_of(text: str, contents: Sequence[tuple[Span, ...]]) -> list[Kind]:
    """The kind of each content, by the quotation marks of *text*."""
    quoted = find_quoted(text)
    return [quotation_kind(text, content, quoted) for content in contents]


def count_pairs(matched: Pairs, gold: Sequence[Kind], predicted: Sequence[Kind], group: Group) -> Counts:
    """The counts of *matched* pairs in *group*, given the kinds of all gold and all predicted quotations."""
    in_gold, in_predicted = _members(gold, group), _members(predicted, group)
    return Counts(
        matched_gold=sum(i in in_gold for i, _ in matched),
        gold=len(in_gold),
        matched_predicted=sum(j in in_predicted for _, j in matched),
        predicted=len(in_predicted),
    )


def add_counts(counts: Iterable[Counts]) -> Counts:
    """The sum, field by field; all zero for none."""
    return Counts(*(sum(column) for column in zip(Counts(0, 0, 0, 0), *counts, strict=True)))


def score(counts: Counts) -> Score:
    """Precision, recall and F1 from summed counts. With nothing on one side only, all three are 0."""
    if not counts.gold and not counts.predicted:
        return Score(None, None, None)
    precision = counts.matched_predicted / counts.predicted if counts.predicted else 0.0
    recall = counts.matched_gold / counts.gold if counts.gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(precision, recall, f1)


def _members(kinds: Sequence[Kind], group: Group) -> set[int]:
    return {index for index, kind in enumerate(kinds) if group in ("all", kind)}


def _count_characters(
    gold: Sequence[tuple[Span, ...]],
    predicted: Sequence[tuple[Span, ...]],
    in_gold: set[int],
    in_predicted: set[int],
) -> Counts:
    every_gold = _union_of(gold, lambda _: True)
    every_predicted = _union_of(predicted, lambda _: True)
    some_gold = _union_of(gold, in_gold.__contains__)
    some_predicted = _union_of(predicted, in_predicted.__contains__)
    return Counts(
        matched_gold=shared_length(some_gold, every_predicted),
        gold=length(some_gold),
        matched_predicted=shared_length(some_predicted, every_gold),
        predicted=length(some_predicted),
    )


def _union_of(contents: Sequence[tuple[Span, ...]], chosen: Callable[[int], bool]) -> tuple[Span, ...]:
    return union(span for index, content in enumerate(contents) if chosen(index) for span in content)
