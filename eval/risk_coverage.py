"""Risk and coverage: how often answers are wrong if only those with at least some stated probability are given.

After El-Yaniv & Wiener, On the Foundations of Noise-free Selective Classification (JMLR 2010).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from eval.bootstrap import Interval, percentile_interval, resample
from eval.calibration import Answer

STEPS = 100


class Step(NamedTuple):
    """Sufficient statistics of the answers within one hundredth of stated probability: they add up."""

    cases: int
    wrong: int


Steps = tuple[Step, ...]
"""``STEPS`` steps; the first holds probabilities of [0, 0.01), the last of [0.99, 1]."""


class Point(NamedTuple):
    """If answers below *threshold* are withheld: the share of cases answered, and the share of those that is wrong."""

    threshold: float
    coverage: float
    risk: float


def count_steps(answers: Iterable[Answer]) -> Steps:
    """Sort *answers* into hundredths by their stated probabilities."""
    steps = [Step(0, 0)] * STEPS
    for stated, right in answers:
        # Rounded first, since 0.29 * 100 is a little less than 29.
        place = min(int(round(stated * STEPS, 9)), STEPS - 1)
        steps[place] = Step(steps[place].cases + 1, steps[place].wrong + (not right))
    return tuple(steps)


def add_steps(articles: Iterable[Steps]) -> Steps:
    """The sum over *articles*, step by step."""
    return tuple(
        Step(sum(step.cases for step in of_step), sum(step.wrong for step in of_step))
        for of_step in zip(count_steps([]), *articles, strict=True)
    )


def curve(steps: Steps) -> tuple[Point, ...]:
    """A point for every threshold at which the answers change, from the highest one; empty without cases."""
    total = sum(step.cases for step in steps)
    points, cases, wrong = [], 0, 0
    for number in reversed(range(STEPS)):
        if steps[number].cases:
            cases, wrong = cases + steps[number].cases, wrong + steps[number].wrong
            points.append(Point(number / STEPS, cases / total, wrong / cases))
    return tuple(points)


def area(steps: Steps) -> float | None:
    """The area under the curve, a step function of coverage: the mean risk, in [0, 1]; ``None`` without cases."""
    total, covered = 0.0, 0.0
    for point in curve(steps):
        total += (point.coverage - covered) * point.risk
        covered = point.coverage
    return total if covered else None


def area_interval(articles: Sequence[Steps], *, resamples: int = 1000, seed: int = 0) -> Interval:
    """The 95 % interval of ``area`` over *articles*. Raises ValueError as ``resample`` does."""
    rows = [[number for step in steps for number in step] for steps in articles]
    sums = resample(rows, resamples=resamples, seed=seed).reshape(resamples, STEPS, 2)[:, ::-1]
    cases, wrong = np.cumsum(sums, axis=1).transpose(2, 0, 1)
    total = np.where(cases[:, -1] > 0, cases[:, -1], np.nan)
    areas = (sums[:, :, 0] * wrong / np.maximum(cases, 1)).sum(axis=1) / total
    return percentile_interval(areas)
