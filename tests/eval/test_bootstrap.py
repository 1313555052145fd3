"""The bootstraps over articles."""

from __future__ import annotations

import random

import numpy as np
import numpy.typing as npt
import pytest
import scipy.stats

from eval.bootstrap import Interval, bootstrap, macro_f1, paired_bootstrap, resample
from eval.metrics import Counts

GOOD, BAD = Counts(4, 4, 4, 4), Counts(0, 4, 0, 4)


def test_articles_that_agree_give_a_point() -> None:
    assert bootstrap([Counts(1, 2, 1, 4)] * 5).f1 == pytest.approx(Interval(1 / 3, 1 / 3))
    assert bootstrap([Counts(1, 2, 1, 4)] * 5).precision == pytest.approx(Interval(0.25, 0.25))


def test_whole_articles_are_drawn() -> None:
    # Of two articles, a resample has the good one twice, once or never: F1 1, 0.5 or 0.
    assert bootstrap([GOOD, BAD]).f1 == Interval(0.0, 1.0)


def test_interval_is_that_of_the_binomial() -> None:
    # Of 100 articles, half of them good: 95 % of Binomial(100, 1/2) lies within 40 and 60.
    low, high = bootstrap([GOOD, BAD] * 50, resamples=4000).f1
    assert (low, high) == (pytest.approx(0.40, abs=0.015), pytest.approx(0.60, abs=0.015))


def test_articles_weigh_by_their_quotations() -> None:
    low, high = bootstrap([Counts(0, 1, 0, 1), Counts(99, 99, 99, 99)]).f1
    assert (low, high) == (0.0, 1.0)
    assert bootstrap([Counts(0, 1, 0, 1)] + [Counts(99, 99, 99, 99)] * 20).f1.low == pytest.approx(
        1, abs=0.01
    )


def test_same_seed_same_interval() -> None:
    articles = [Counts(k, 9, k, 7) for k in range(7)]
    assert bootstrap(articles, seed=1) == bootstrap(articles, seed=1)
    assert bootstrap(articles, seed=1) != bootstrap(articles, seed=2)


def test_resamples_without_quotations_have_no_score() -> None:
    assert bootstrap([Counts(0, 0, 0, 0)] * 3).f1 == Interval(None, None)
    assert bootstrap([Counts(0, 0, 0, 0), GOOD]).f1 == Interval(1.0, 1.0)


def test_the_same_system_twice_differs_by_nothing() -> None:
    difference = paired_bootstrap([GOOD, BAD] * 5, [GOOD, BAD] * 5)
    assert difference == (0.0, Interval(0.0, 0.0), 1.0)


def test_a_difference_on_every_article_is_significant_though_articles_vary() -> None:
    better = [Counts(k + 1, 10, k + 1, 10) for k in range(10)]
    worse = [Counts(k, 10, k, 10) for k in range(10)]
    difference = paired_bootstrap(better, worse)
    assert difference.value == pytest.approx(0.1)
    assert difference.interval == pytest.approx(Interval(0.1, 0.1))
    assert difference.p == 0.0
    assert paired_bootstrap(worse, better).value == pytest.approx(-0.1)


def test_a_difference_on_one_article_of_two_is_not_significant() -> None:
    # A quarter of the resamples has the article on which the systems agree twice.
    difference = paired_bootstrap([GOOD, BAD], [BAD, BAD], resamples=4000)
    assert difference.value == 0.5
    assert difference.p == pytest.approx(0.5, abs=0.05)


def test_what_cannot_be_resampled_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot resample 0 articles 1000 times"):
        bootstrap([])
    with pytest.raises(ValueError, match="cannot resample 1 articles 0 times"):
        bootstrap([GOOD], resamples=0)
    with pytest.raises(ValueError, match="the same articles twice, not 1 and 2"):
        paired_bootstrap([GOOD], [GOOD, BAD])


DRAWN = random.Random(8)
VARIED = [
    Counts(k, k + DRAWN.randrange(4), k, k + DRAWN.randrange(6))
    for k in (DRAWN.randrange(9) for _ in range(40))
]
OTHERS = [Counts(c.matched_gold // 2, c.gold, c.matched_gold // 2, c.predicted) for c in VARIED]


def f1_of_sums(*columns: npt.NDArray[np.float64], axis: int = -1) -> npt.NDArray[np.float64]:
    """F1 of the summed counts, by the formula over true and false positives and negatives."""
    matched, gold, _, predicted = (np.sum(column, axis=axis) for column in columns)
    return np.asarray(2 * matched / (gold + predicted))


def scipys_interval(
    statistic: object, data: list[npt.NDArray[np.float64]]
) -> scipy.stats._common.ConfidenceInterval:
    return scipy.stats.bootstrap(
        data, statistic, paired=True, n_resamples=4000, method="percentile", rng=np.random.default_rng(1)
    ).confidence_interval


def test_interval_is_scipys() -> None:
    data = [np.array(column, dtype=float) for column in zip(*VARIED, strict=True)]
    expected = scipys_interval(f1_of_sums, data)
    assert bootstrap(VARIED, resamples=4000).f1 == pytest.approx((expected.low, expected.high), abs=0.006)


def test_interval_of_a_difference_is_scipys() -> None:
    data = [np.array(c, dtype=float) for c in (*zip(*VARIED, strict=True), *zip(*OTHERS, strict=True))]

    def difference(*columns: npt.NDArray[np.float64], axis: int = -1) -> npt.NDArray[np.float64]:
        return f1_of_sums(*columns[:4], axis=axis) - f1_of_sums(*columns[4:], axis=axis)

    expected = scipys_interval(difference, data)
    ours = paired_bootstrap(VARIED, OTHERS, resamples=4000)
    assert ours.interval == pytest.approx((expected.low, expected.high), abs=0.006)
    assert ours.value == pytest.approx(float(difference(*data)))


def test_interval_of_macro_f1_is_scipys() -> None:
    articles = [{"a": first, "b": second} for first, second in zip(VARIED, reversed(OTHERS), strict=True)]
    columns = [(*article["a"], *article["b"]) for article in articles]
    data = [np.array(column, dtype=float) for column in zip(*columns, strict=True)]

    def macro(*columns: npt.NDArray[np.float64], axis: int = -1) -> npt.NDArray[np.float64]:
        return (f1_of_sums(*columns[:4], axis=axis) + f1_of_sums(*columns[4:], axis=axis)) / 2

    expected = scipys_interval(macro, data)
    value, interval = macro_f1(articles, resamples=4000)
    assert interval == pytest.approx((expected.low, expected.high), abs=0.006)
    assert value == pytest.approx(float(macro(*data)))


def test_a_resample_has_as_many_articles_as_there_are() -> None:
    sums = resample([(1, 10), (1, 20), (1, 30)], resamples=200)
    assert sums.shape == (200, 2)
    assert set(sums[:, 0]) == {3.0}
    assert (sums[:, 1].min(), sums[:, 1].max()) == (30.0, 90.0)
