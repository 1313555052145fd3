"""The measures, pinned to cases counted by hand."""

from __future__ import annotations

import pytest

from analyzer.quotation import QuotationSpans, Span
from eval.metrics import Counts, Score, add_counts, count_article, score

#       0         1         2         3         4         5         6
#       0123456789012345678901234567890123456789012345678901234567890123456789
TEXT = "“We go,” Lind said. Ruud said that Sudria “must” pay. Aid came later."

DIRECT: Span = (0, 8)
MIXED: Span = (30, 52)
LATER: Span = (54, 68)
LIND: Span = (9, 13)
RUUD: Span = (20, 24)


def quotation(*content: Span, source: tuple[Span, ...] = ()) -> QuotationSpans:
    return QuotationSpans(content=content, source=source)


GOLD = (quotation(DIRECT, source=(LIND,)), quotation(MIXED, source=(RUUD,)))


def test_the_same_quotations_match_by_every_measure() -> None:
    counts = count_article(TEXT, GOLD, GOLD)
    assert counts["content characters", "all"] == Counts(30, 30, 30, 30)
    for measure in ("content overlap", "content exact", "linked"):
        assert counts[measure, "all"] == Counts(2, 2, 2, 2)


def test_characters_are_counted_once_in_however_many_contents() -> None:
    counts = count_article(
        TEXT, [*GOLD, quotation((0, 4))], [quotation((0, 4), (30, 40)), quotation((2, 19))]
    )
    assert counts["content characters", "all"] == Counts(18, 30, 18, 29)


def test_overlap_is_one_to_one_and_over_all_gold_and_all_predicted() -> None:
    halves = [quotation((30, 41)), quotation((41, 52)), quotation(LATER)]
    counts = count_article(TEXT, GOLD, halves)
    assert counts["content overlap", "all"] == Counts(1, 2, 1, 3)
    assert score(counts["content overlap", "all"]) == Score(
        pytest.approx(1 / 3), pytest.approx(1 / 2), pytest.approx(2 / 5)
    )


def test_overlap_of_less_than_a_half_is_none() -> None:
    assert count_article(TEXT, GOLD, [quotation((30, 40))])["content overlap", "all"] == Counts(0, 2, 0, 1)


def test_exact_overlooks_marks_at_the_ends_only() -> None:
    assert count_article(TEXT, GOLD, [quotation((1, 6))])["content exact", "all"] == Counts(1, 2, 1, 1)
    assert count_article(TEXT, GOLD, [quotation((4, 8))])["content exact", "all"] == Counts(0, 2, 0, 1)


def test_linked_needs_content_and_source_and_counts_all_quotations() -> None:
    predicted = [quotation(DIRECT, source=(LIND,)), quotation(MIXED, source=(LIND,)), quotation(LATER)]
    assert count_article(TEXT, GOLD, predicted)["linked", "all"] == Counts(1, 2, 1, 3)


def test_linked_without_source_on_both_sides() -> None:
    gold = [quotation(DIRECT), quotation(MIXED)]
    predicted = [quotation(DIRECT), quotation(MIXED, source=(RUUD,))]
    assert count_article(TEXT, gold, predicted)["linked", "all"] == Counts(1, 2, 1, 2)


def test_source_of_half_the_extent_is_linked() -> None:
    gold = [quotation(DIRECT, source=((9, 19),))]
    assert (
        count_article(TEXT, gold, [quotation(DIRECT, source=((14, 19),))])["linked", "all"].matched_gold == 1
    )
    assert (
        count_article(TEXT, gold, [quotation(DIRECT, source=((15, 19),))])["linked", "all"].matched_gold == 0
    )


def test_sources_play_no_part_in_the_matching() -> None:
    # The second prediction has the right source, but the first the closer content: linked fails.
    gold = [quotation((30, 50), source=(RUUD,))]
    predicted = [quotation((30, 50)), quotation((30, 48), source=(RUUD,))]
    assert count_article(TEXT, gold, predicted)["linked", "all"] == Counts(0, 1, 0, 2)


def test_recall_goes_by_the_gold_kind_and_precision_by_the_predicted_one() -> None:
    # The mixed quotation is predicted without its marked word, and so as an indirect one.
    counts = count_article(TEXT, GOLD, [quotation(DIRECT), quotation((30, 41)), quotation(LATER)])
    assert counts["content overlap", "direct"] == Counts(1, 1, 1, 1)
    assert counts["content overlap", "mixed"] == Counts(1, 1, 0, 0)
    assert counts["content overlap", "indirect"] == Counts(0, 0, 1, 2)
    assert counts["content characters", "mixed"] == Counts(11, 22, 0, 0)
    assert counts["content characters", "indirect"] == Counts(0, 0, 11, 25)


def test_article_without_quotations() -> None:
    assert count_article(TEXT, [], [])["content overlap", "all"] == Counts(0, 0, 0, 0)
    assert count_article(TEXT, GOLD, [])["content characters", "all"] == Counts(0, 30, 0, 0)
    assert count_article("", [], [])["linked", "all"] == Counts(0, 0, 0, 0)


def test_scores_are_of_the_sums() -> None:
    total = add_counts([Counts(1, 1, 1, 2), Counts(1, 3, 1, 2)])
    assert total == Counts(2, 4, 2, 4)
    assert score(total) == Score(0.5, 0.5, 0.5)
    assert add_counts([]) == Counts(0, 0, 0, 0)


def test_f1_is_the_harmonic_mean() -> None:
    assert score(Counts(1, 4, 3, 4)) == Score(0.75, 0.25, pytest.approx(0.375))


def test_nothing_found_is_0_and_nothing_to_find_is_no_score() -> None:
    assert score(Counts(0, 3, 0, 0)) == Score(0.0, 0.0, 0.0)
    assert score(Counts(0, 0, 0, 3)) == Score(0.0, 0.0, 0.0)
    assert score(Counts(0, 0, 0, 0)) == Score(None, None, None)
