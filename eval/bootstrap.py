"""Bootstrap over articles, percentile and paired (Efron & Tibshirani 1993), as re-sums of their counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from eval.metrics import Counts

_BOUNDS = (2.5, 97.5)


class Interval(NamedTuple):
    """A 95 % percentile interval, both bounds in [0, 1]; a bound is None if no resample has a score."""

    low: float | None
    high: float | None


class Intervals(NamedTuple):
    """The intervals of one measure's scores."""

    precision: Interval
    recall: Interval
    f1: Interval


class Difference(NamedTuple):
    """How much better system A is than system B in F1, over the same resamples of the same articles.

    *value* is on the articles as they are, *interval* the 95 % percentile interval, *p* the two-sided
    achieved significance level: twice the smaller share of resamples on either side of 0, at most 1.
    """

    value: float
    interval: Interval
    p: float


def resample(
    articles: Sequence[Sequence[float]], *, resamples: int = 1000, seed: int = 0
) -> npt.NDArray[np.float64]:
    """Summed statistics of every resample of *articles*, each a row of as many numbers: shape (resamples, numbers).

    The draws are the same for the same number of articles, *resamples* and *seed*. Raises ValueError if there are no
    articles or no resamples.
    """
    if not articles or resamples < 1:
        raise ValueError(
            f"cannot resample {len(articles)} articles {resamples} times: both must be at least 1"
        )
    number = len(articles)
    # How often each article is drawn is multinomial, so that a resample is one row of weights.
    weights = np.random.default_rng(seed).multinomial(number, np.full(number, 1 / number), size=resamples)
    return weights.astype(np.float64) @ np.array(articles, dtype=np.float64)


def percentile_interval(values: npt.NDArray[np.float64]) -> Interval:
    """The 95 % percentile interval of what resamples gave; nan is no value, and without values there is none."""
    known = values[~np.isnan(values)]
    if not len(known):
        return Interval(None, None)
    low, high = np.percentile(known, _BOUNDS)
    return Interval(float(low), float(high))


def bootstrap(articles: Sequence[Counts], *, resamples: int = 1000, seed: int = 0) -> Intervals:
    """95 % intervals of the scores over *articles*, one ``Counts`` each, drawn with replacement.

    Raises ValueError if there are no articles or no resamples.
    """
    precision, recall, f1 = _scores(resample(articles, resamples=resamples, seed=seed))
    return Intervals(percentile_interval(precision), percentile_interval(recall), percentile_interval(f1))


def paired_bootstrap(
    first: Sequence[Counts], second: Sequence[Counts], *, resamples: int = 1000, seed: int = 0
) -> Difference:
    """Compare the F1 of two systems on the same articles, given in the same order.

    Raises ValueError if the numbers of articles differ, or there are no articles or no resamples.
    """
    _check_same_number(first, second)
    differences = (
        _scores(resample(first, resamples=resamples, seed=seed))[2]
        - _scores(resample(second, resamples=resamples, seed=seed))[2]
    )
    whole = [
        _scores(np.sum(np.array(articles, dtype=float), axis=0)[None])[2][0] for articles in (first, second)
    ]
    differences = differences[~np.isnan(differences)]
    share = (
        min(float(np.mean(differences <= 0)), float(np.mean(differences >= 0))) if len(differences) else 1.0
    )
    return Difference(float(whole[0] - whole[1]), percentile_interval(differences), min(1.0, 2 * share))


def macro_f1(
    articles: Sequence[Mapping[str, Counts]], *, resamples: int = 1000, seed: int = 0
) -> tuple[float, Interval]:
    """The mean F1 over labels from each article's counts by label, with its 95 % interval over articles.

    A label that neither occurs nor is predicted counts as 0. Raises ValueError as ``bootstrap`` does.
    """
    value, resampled = _macro(articles, resamples, seed)
    return value, percentile_interval(resampled)


def paired_macro_f1(
    first: Sequence[Mapping[str, Counts]],
    second: Sequence[Mapping[str, Counts]],
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> Difference:
    """How much greater the mean F1 over labels of system *first* is than of *second*; see ``paired_bootstrap``."""
    _check_same_number(first, second)
    (one, of_one), (other, of_other) = (_macro(articles, resamples, seed) for articles in (first, second))
    differences = of_one - of_other
    share = min(float(np.mean(differences <= 0)), float(np.mean(differences >= 0)))
    return Difference(one - other, percentile_interval(differences), min(1.0, 2 * share))


def _check_same_number(first: Sequence[object], second: Sequence[object]) -> None:
    if len(first) != len(second):
        raise ValueError(
            f"a paired bootstrap needs the same articles twice, not {len(first)} and {len(second)}"
        )


def _macro(
    articles: Sequence[Mapping[str, Counts]], resamples: int, seed: int
) -> tuple[float, npt.NDArray[np.float64]]:
    if not articles:
        raise ValueError("cannot resample 0 articles")
    by_label = [[article[label] for article in articles] for label in articles[0]]
    resampled = np.mean(
        [np.nan_to_num(_scores(resample(c, resamples=resamples, seed=seed))[2]) for c in by_label], axis=0
    )
    whole = [np.nan_to_num(_scores(np.sum(np.array(c, dtype=float), axis=0)[None])[2][0]) for c in by_label]
    return float(np.mean(whole)), resampled


def _scores(sums: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], ...]:
    """Precision, recall and F1 of rows of counts, as ``metrics.score`` has them; nan stands for None."""
    matched_gold, gold, matched_predicted, predicted = sums.T
    precision = matched_predicted / np.maximum(predicted, 1)
    recall = matched_gold / np.maximum(gold, 1)
    total = precision + recall
    f1 = 2 * precision * recall / np.where(total > 0, total, 1)
    empty = (gold == 0) & (predicted == 0)
    return tuple(np.where(empty, np.nan, values) for values in (precision, recall, f1))
