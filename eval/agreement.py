"""Agreement of two annotators of the same articles: F1 for spans and links, Cohen's κ for labels.

Labels are compared on the quotations that both found (contents matched by overlap); a quotation with several
stances counts with its first. κ is scikit-learn's ``cohen_kappa_score`` (Cohen, 1960).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from sklearn.metrics import cohen_kappa_score

from analyzer.quotation import Span
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from eval.bootstrap import Interval, bootstrap
from eval.matching import match_exact, match_overlapping, sources_match
from eval.metrics import Counts, add_counts, score

SPAN_MEASURES = ("content overlap", "content exact", "cue", "source", "linked")
LABEL_MEASURES = ("kind", "speaker", "role category", "stance", "target")


class Value(NamedTuple):
    value: float | None
    interval: Interval


"""An F1 or κ in [-1, 1], ``None`` if there is nothing to compare, with its 95 % interval over articles."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What two annotators of one article have in common: counts by span measure, label pairs by label measure."""

    quotations: tuple[int, int]
    counts: dict[str, Counts]
    labels: dict[str, list[tuple[str, str]]]


def compare(first: AnnotatedArticle, second: AnnotatedArticle) -> Compared:
    """Compare two annotations of the same text. Raises ValueError if the texts differ."""
    if first.text != second.text:
        raise ValueError(f"{first.id}: the two annotations are of different texts")
    left, right = first.quotations, second.quotations
    pairs = match_overlapping([q.content for q in left], [q.content for q in right])
    linked = sum(sources_match(left[i].source, right[j].source) for i, j in pairs)
    exact = match_exact(first.text, [q.content for q in left], [q.content for q in right])
    both = (len(left), len(right))
    names = [_speaker_names(first), _speaker_names(second)]
    return Compared(
        quotations=both,
        counts={
            "content overlap": _counts(len(pairs), *both),
            "content exact": _counts(len(exact), *both),
            "cue": _part_counts(left, right, lambda quotation: quotation.cue),
            "source": _part_counts(left, right, lambda quotation: quotation.source),
            "linked": _counts(linked, *both),
        },
        labels={
            "kind": [(str(left[i].kind), str(right[j].kind)) for i, j in pairs],
            "speaker": [(names[0][left[i].speaker], names[1][right[j].speaker]) for i, j in pairs],
            "role category": [(_category(left[i]), _category(right[j])) for i, j in pairs],
            "stance": [(_stance(left[i]), _stance(right[j])) for i, j in pairs],
            "target": [(_target(left[i]), _target(right[j])) for i, j in pairs],
        },
    )


def agreement(articles: Sequence[Compared], *, resamples: int = 1000, seed: int = 0) -> dict[str, Value]:
    """F1 by span measure and κ by label measure over *articles*, with intervals by bootstrap over articles."""
    values = {}
    for measure in SPAN_MEASURES:
        counts = [article.counts[measure] for article in articles]
        interval = bootstrap(counts, resamples=resamples, seed=seed).f1
        values[measure] = Value(score(add_counts(counts)).f1, interval)
    draws = np.random.default_rng(seed).integers(len(articles), size=(resamples, len(articles)))
    for measure in LABEL_MEASURES:
        pairs = [article.labels[measure] for article in articles]
        resampled = [kappa(pair for number in draw for pair in pairs[number]) for draw in draws]
        known = [value for value in resampled if value is not None]
        low, high = np.percentile(known, (2.5, 97.5)) if known else (None, None)
        values[measure] = Value(kappa(pair for article in pairs for pair in article), Interval(low, high))
    return values


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Cohen's κ of label pairs; 1 if there is but one label and both always give it, None without pairs."""
    labels = list(pairs)
    if not labels:
        return None
    if len({label for pair in labels for label in pair}) == 1:
        return 1.0
    first, second = zip(*labels, strict=True)
    return float(cohen_kappa_score(first, second))


def _counts(matched: int, left: int, right: int) -> Counts:
    return Counts(matched, left, matched, right)


def _part_counts(
    left: Sequence[AnnotatedQuotation],
    right: Sequence[AnnotatedQuotation],
    part: Callable[[AnnotatedQuotation], tuple[Span, ...]],
) -> Counts:
    """Spans of one part, each once however many quotations share it, matched by overlap."""
    first, second = (sorted({part(q) for q in quotations if part(q)}) for quotations in (left, right))
    return _counts(len(match_overlapping(first, second)), len(first), len(second))


def _speaker_names(article: AnnotatedArticle) -> dict[int | None, str]:
    """What tells speakers apart: a state by its code, others by name, those without a name by their kind."""
    names: dict[int | None, str] = {None: "unknown"}
    for entity in article.entities:
        names[entity.id] = entity.country or (entity.name or entity.kind).casefold()
    return names


def _category(quotation: AnnotatedQuotation) -> str:
    return quotation.role.category if quotation.role else "unknown"


def _stance(quotation: AnnotatedQuotation) -> str:
    return quotation.stances[0].label if quotation.stances else "none"


def _target(quotation: AnnotatedQuotation) -> str:
    target = quotation.stances[0].target if quotation.stances else None
    return "-" if target is None else target.country or target.name.casefold()
