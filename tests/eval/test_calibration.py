"""Reliability and the expected calibration error, counted by hand and as scikit-learn bins."""

from __future__ import annotations

import random

import numpy as np
import pytest
from sklearn.calibration import calibration_curve

from eval.calibration import BINS, Bin, add_bins, calibration_error, count_bins

DRAWN = random.Random(3)
ANSWERS = [(p, DRAWN.random() < p**2) for p in (DRAWN.random() for _ in range(300))]


def test_probabilities_are_sorted_into_tenths_and_1_into_the_last() -> None:
    bins = count_bins([(0.0, False), (0.05, True), (0.1, True), (0.95, True), (1.0, False)])
    assert len(bins) == BINS
    assert bins[0] == Bin(2, 1, 0.05)
    assert bins[1] == Bin(1, 1, 0.1)
    assert bins[9] == pytest.approx(Bin(2, 1, 1.95))


def test_error_is_the_gap_of_each_bin_weighted_by_its_cases() -> None:
    # Three cases stated 0.8 of which one is right (gap 0.8 - 1/3), one stated 0.3 and right (gap 0.7).
    bins = count_bins([(0.8, True), (0.8, False), (0.8, False), (0.3, True)])
    assert calibration_error(bins) == pytest.approx(3 / 4 * (0.8 - 1 / 3) + 1 / 4 * 0.7)


def test_gaps_within_a_bin_cancel_and_between_bins_do_not() -> None:
    assert calibration_error(count_bins([(0.75, True), (0.75, True), (0.75, True), (0.75, False)])) == 0.0
    assert calibration_error(count_bins([(0.75, True), (0.25, False)])) == pytest.approx(0.25)


def test_without_cases_there_is_no_error() -> None:
    assert calibration_error(count_bins([])) is None


def test_bins_of_articles_add_up() -> None:
    articles = [count_bins(ANSWERS[:100]), count_bins(ANSWERS[100:])]
    for summed, whole in zip(add_bins(articles), count_bins(ANSWERS), strict=True):
        assert summed == pytest.approx(whole)


def test_bins_are_scikit_learns() -> None:
    bins = [of_bin for of_bin in count_bins(ANSWERS) if of_bin.cases]
    right, stated = calibration_curve([hit for _, hit in ANSWERS], [p for p, _ in ANSWERS], n_bins=BINS)
    assert [of_bin.right / of_bin.cases for of_bin in bins] == pytest.approx(right.tolist())
    assert [of_bin.stated / of_bin.cases for of_bin in bins] == pytest.approx(stated.tolist())
    weights = np.array([of_bin.cases for of_bin in bins]) / len(ANSWERS)
    expected = float((weights * np.abs(right - stated)).sum())
    assert calibration_error(count_bins(ANSWERS)) == pytest.approx(expected)
