"""Risk and coverage, counted by hand and against a plain loop over sorted answers."""

from __future__ import annotations

import random

import pytest

from eval.bootstrap import Interval
from eval.risk_coverage import STEPS, Point, Step, add_steps, area, area_interval, count_steps, curve

DRAWN = random.Random(4)
# Each in a hundredth of its own, so that no two have the same threshold.
ANSWERS = [((n + 0.5) / STEPS, DRAWN.random() < n / STEPS) for n in range(STEPS)]


def test_answers_are_sorted_into_hundredths_and_1_into_the_last() -> None:
    steps = count_steps([(0.29, True), (0.295, False), (1.0, False)])
    assert steps[29] == Step(2, 1)
    assert steps[99] == Step(1, 1)
    assert sum(step.cases for step in steps) == 3


def test_curve_goes_from_the_surest_answers_to_all() -> None:
    steps = count_steps([(0.9, True), (0.8, False), (0.8, True), (0.2, False)])
    assert curve(steps) == (
        Point(0.9, 0.25, 0.0),
        Point(0.8, 0.75, pytest.approx(1 / 3)),
        Point(0.2, 1.0, 0.5),
    )


def test_area_is_the_mean_risk_over_coverages() -> None:
    steps = count_steps([(0.9, True), (0.8, False), (0.8, True), (0.2, False)])
    assert area(steps) == pytest.approx(0.25 * 0 + 0.5 / 3 + 0.25 * 0.5)


def test_area_is_that_of_a_loop_over_sorted_answers() -> None:
    ranked = sorted(ANSWERS, reverse=True)
    risks = [sum(not right for _, right in ranked[:n]) / n for n in range(1, len(ranked) + 1)]
    assert area(count_steps(ANSWERS)) == pytest.approx(sum(risks) / len(risks))


def test_without_answers_there_is_no_area() -> None:
    assert curve(count_steps([])) == ()
    assert area(count_steps([])) is None
    assert area_interval([count_steps([])], resamples=5) == Interval(None, None)


def test_steps_of_articles_add_up() -> None:
    assert add_steps([count_steps(ANSWERS[:30]), count_steps(ANSWERS[30:])]) == count_steps(ANSWERS)


def test_interval_is_over_articles_and_around_the_area() -> None:
    articles = [count_steps([answer]) for answer in ANSWERS]
    low, high = area_interval(articles, resamples=500)
    value = area(add_steps(articles))
    assert low is not None
    assert high is not None
    assert value is not None
    assert low < value < high
    # An article with one right and one wrong answer, drawn however often: risk a half.
    assert area_interval([count_steps([(0.5, True), (0.5, False)])] * 3) == Interval(0.5, 0.5)
    both = count_steps([(0.9, True), (0.5, False)])
    assert area_interval([both] * 3) == pytest.approx(Interval(area(both), area(both)))
