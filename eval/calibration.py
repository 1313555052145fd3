"""Calibration: whether answers with a stated probability of p are right in p of the cases.

The expected calibration error is that of Naeini, Cooper & Hauskrecht (AAAI 2015), over ten bins of equal width.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

BINS = 10


class Bin(NamedTuple):
    """Sufficient statistics of one bin: they add up. *stated* is the sum of the stated probabilities."""

    cases: int
    right: int
    stated: float


Bins = tuple[Bin, ...]
"""``BINS`` bins; the first holds probabilities of [0, 0.1), the last of [0.9, 1]."""

Answer = tuple[float, bool]
"""A stated probability in [0, 1], and whether the answer is right."""


def count_bins(answers: Iterable[Answer]) -> Bins:
    """Sort *answers* into bins by their stated probabilities."""
    bins = [Bin(0, 0, 0.0)] * BINS
    for stated, right in answers:
        place = min(int(stated * BINS), BINS - 1)
        cases, hits, total = bins[place]
        bins[place] = Bin(cases + 1, hits + right, total + stated)
    return tuple(bins)


def add_bins(articles: Iterable[Bins]) -> Bins:
    """The sum over *articles*, bin by bin."""
    return tuple(
        Bin(sum(b.cases for b in of_bin), sum(b.right for b in of_bin), sum(b.stated for b in of_bin))
        for of_bin in zip(count_bins([]), *articles, strict=True)
    )


def calibration_error(bins: Bins) -> float | None:
    """The mean over all cases of how far their bin's share of right answers is from its mean stated probability.

    In [0, 1]; ``None`` without cases. It comes without an interval: drawing articles again adds gaps of its own, so
    that the percentiles of a bootstrap all lie above a small error.
    """
    cases = sum(of_bin.cases for of_bin in bins)
    if not cases:
        return None
    # Cases of a bin times the distance of its two means is the distance of its two sums.
    return sum(abs(of_bin.right - of_bin.stated) for of_bin in bins) / cases
