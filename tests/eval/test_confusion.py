"""Confusions of labels: counted by hand, and as scikit-learn counts them."""

from __future__ import annotations

import random

import pytest
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, precision_recall_fscore_support

from analyzer.quotation import STANCE_LABELS
from eval.bootstrap import macro_f1, paired_macro_f1
from eval.confusion import (
    NO_QUOTATION,
    NOT_FOUND,
    add_confusions,
    confuse,
    confuse_found,
    label_counts,
    matrix,
    right_counts,
)
from eval.metrics import Counts, add_counts, score

THREE = STANCE_LABELS[:3]
DRAWN = random.Random(5)
GOLD = DRAWN.choices(STANCE_LABELS, weights=(4, 1, 2, 6), k=80)
GIVEN = [label if DRAWN.random() < 0.6 else DRAWN.choice(STANCE_LABELS) for label in GOLD]
ARTICLES = [confuse(zip(GOLD[n : n + 8], GIVEN[n : n + 8], strict=True)) for n in range(0, 80, 8)]


def test_labels_are_counted_on_both_sides() -> None:
    counts = label_counts(confuse([("hostile", "hostile"), ("conciliatory", "hostile")]), STANCE_LABELS)
    assert counts["hostile"] == Counts(1, 1, 1, 2)
    assert counts["conciliatory"] == Counts(0, 1, 0, 0)
    assert counts["none"] == Counts(0, 0, 0, 0)


def test_end_to_end_what_is_not_found_or_no_quotation_has_no_label_on_that_side() -> None:
    confusion = confuse_found(["hostile", "none", "none"], ["none", "hostile", "hostile"], ((0, 1), (2, 0)))
    assert confusion == {
        ("hostile", "hostile"): 1,
        ("none", "none"): 1,
        ("none", NOT_FOUND): 1,
        (NO_QUOTATION, "hostile"): 1,
    }
    counts = label_counts(confusion, STANCE_LABELS)
    assert counts["hostile"] == Counts(1, 1, 1, 2)
    assert counts["none"] == Counts(1, 2, 1, 1)


def test_the_share_of_right_labels_is_over_all_cases() -> None:
    assert right_counts(confuse([("none", "none"), ("none", "hostile"), ("hostile", "hostile")])) == Counts(
        2, 3, 2, 3
    )


def test_matrix_has_right_labels_as_rows_and_given_ones_as_columns() -> None:
    confusion = confuse([("hostile", "none"), ("hostile", "none"), ("none", "hostile")])
    assert matrix(confusion, ("hostile", "none"), ("hostile", "none")) == ((0, 2), (1, 0))


def test_macro_f1_is_over_all_labels_and_those_that_never_occur_count_as_0() -> None:
    articles = [confuse([("hostile", "hostile")]), confuse([("conciliatory", "hostile")])]
    # Hostile: precision a half, recall one.
    four = [label_counts(article, STANCE_LABELS) for article in articles]
    value, interval = macro_f1(four, resamples=20)
    assert value == pytest.approx(2 / 3 / 4)
    assert (interval.low, interval.high) == (0.0, 0.25)
    three = [label_counts(article, THREE) for article in articles]
    assert macro_f1(three, resamples=20)[0] == pytest.approx(2 / 3 / 3)


def test_systems_are_compared_on_the_same_resamples() -> None:
    right, wrong = confuse([("conciliatory", "conciliatory")]), confuse([("conciliatory", "hostile")])
    first = confuse([("hostile", "hostile")])
    better = [label_counts(article, STANCE_LABELS) for article in (first, right)]
    worse = [label_counts(article, STANCE_LABELS) for article in (first, wrong)]
    difference = paired_macro_f1(better, worse, resamples=50)
    assert difference.value == pytest.approx(2 / 4 - 2 / 3 / 4)
    assert difference.interval.low == 0.0
    assert paired_macro_f1(better, better, resamples=10).p == 1.0


def test_matrix_is_scikit_learns() -> None:
    ours = matrix(add_confusions(ARTICLES), STANCE_LABELS, STANCE_LABELS)
    assert ours == tuple(map(tuple, confusion_matrix(GOLD, GIVEN, labels=STANCE_LABELS).tolist()))


def test_scores_of_labels_are_scikit_learns() -> None:
    counts = label_counts(add_confusions(ARTICLES), STANCE_LABELS)
    expected = precision_recall_fscore_support(GOLD, GIVEN, labels=STANCE_LABELS)
    for label, *values, cases in zip(STANCE_LABELS, *(column.tolist() for column in expected), strict=True):
        assert score(counts[label]) == pytest.approx(tuple(values))
        assert counts[label].gold == cases


@pytest.mark.parametrize("labels", [STANCE_LABELS, THREE])
def test_macro_f1_is_scikit_learns(labels: tuple[str, ...]) -> None:
    value, _ = macro_f1([label_counts(article, labels) for article in ARTICLES], resamples=10)
    assert value == pytest.approx(f1_score(GOLD, GIVEN, labels=labels, average="macro"))


def test_macro_f1_is_scikit_learns_where_a_label_never_occurs() -> None:
    gold, given = ["none", "hostile", "none"], ["none", "hostile", "hostile"]
    value, _ = macro_f1([label_counts(confuse(zip(gold, given, strict=True)), STANCE_LABELS)], resamples=10)
    expected = f1_score(gold, given, labels=STANCE_LABELS, average="macro", zero_division=0.0)
    assert value == pytest.approx(expected)


def test_share_of_right_labels_is_scikit_learns() -> None:
    total = add_counts(map(right_counts, ARTICLES))
    assert score(total).f1 == pytest.approx(accuracy_score(GOLD, GIVEN))
