"""The bootstraps over articles."""

from __future__ import annotations

import pytest

from eval.bootstrap import Interval, bootstrap, paired_bootstrap
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
