"""A system's result on some articles: scores with intervals, each with a signature that says what it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from corpus.annotated import AnnotatedArticle
from eval.bootstrap import Intervals, bootstrap
from eval.matching import OVERLAP
from eval.metrics import GROUPS, MEASURES, ArticleCounts, Counts, Group, Measure, Score, add_counts, score

MATCHING: dict[Measure, str] = {
    "content characters": "none",
    "content overlap": f"one-to-one iou>={OVERLAP}",
    "content exact": "one-to-one ends+alphanumerics",
    "linked": f"one-to-one iou>={OVERLAP} source-iou>={OVERLAP}",
}
"""How each measure matches, as signatures say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemResult:
    """What one system (or the annotators among themselves) got on each article.

    *name* is for reports, *model* names the system with its version. *data* is the articles' ``data_hash``,
    *split* where they come from.
    """

    name: str
    model: str
    data: str
    split: str
    counts: tuple[ArticleCounts, ...]

    def counts_of(self, measure: Measure, group: Group = "all") -> tuple[Counts, ...]:
        """The counts of one measure and group, one an article."""
        return tuple(article[measure, group] for article in self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredMeasure:
    """One measure's scores on one group of quotations, with 95 % intervals and all that made them."""

    measure: Measure
    group: Group
    score: Score
    intervals: Intervals
    counts: Counts
    signature: str


def score_result(result: SystemResult, *, seed: int, resamples: int) -> tuple[ScoredMeasure, ...]:
    """Score *result* by every measure on every group, measures first. Raises ValueError without articles."""
    return tuple(
        ScoredMeasure(
            measure=measure,
            group=group,
            score=score(total := add_counts(result.counts_of(measure, group))),
            intervals=bootstrap(result.counts_of(measure, group), resamples=resamples, seed=seed),
            counts=total,
            signature=signature(result, measure, seed=seed, resamples=resamples),
        )
        for measure in MEASURES
        for group in GROUPS
    )


def signature(result: SystemResult, measure: Measure, *, seed: int, resamples: int) -> str:
    """What a score was measured with, in one line; equal signatures mean comparable scores."""
    parts = {
        "measure": measure,
        "matching": MATCHING[measure],
        "data": result.data,
        "split": result.split,
        "articles": len(result.counts),
        "model": result.model,
        "version": distribution_version("communique"),
        "seed": seed,
        "resamples": resamples,
    }
    return "|".join(f"{key}:{value}" for key, value in parts.items())


def data_hash(articles: Iterable[AnnotatedArticle]) -> str:
    """Twelve hexadecimal digits that change with any text, content or source, and not with order."""
    lines = sorted(
        json.dumps([article.id, article.sha256, [[q.content, q.source] for q in article.quotations]])
        for article in articles
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def distribution_version(name: str) -> str:
    """The version of an installed distribution, or ``uninstalled``."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "uninstalled"


def select(scored: Sequence[ScoredMeasure], measure: Measure, group: Group = "all") -> ScoredMeasure:
    """The one of *scored* that is of *measure* and *group*."""
    return next(item for item in scored if (item.measure, item.group) == (measure, group))
