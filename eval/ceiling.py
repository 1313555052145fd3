"""The human ceiling: how far annotators of the same article agree, by the same measures as a system's.

The convention is micro-averaging over pairs: each unordered pair of an article's annotators is compared with
either one as gold, and the counts of all pairs of all articles are added up (so precision equals recall). An
article with six annotators has fifteen pairs and weighs accordingly. For the intervals, an article with all
its pairs is drawn as one.

Averaging over articles or over pairs instead gives linked figures two points lower or more. The design's
figures are over 20 articles; train and dev as distributed hold 18 of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from corpus.annotated import AnnotatedArticle
from corpus.polnear import load_polnear
from eval.metrics import ArticleCounts, add_counts, count_article


def articles_with_several_annotators(
    folder: Path, splits: Iterable[str]
) -> tuple[tuple[AnnotatedArticle, ...], ...]:
    """PolNeAR's articles in *splits* that at least two people annotated, as one tuple of annotations each.

    Raises corpus.polnear.PolnearError.
    """
    by_article: dict[tuple[str, str], list[AnnotatedArticle]] = defaultdict(list)
    for split in splits:
        for article in load_polnear(folder, split, every_annotator=True):
            by_article[split, article.id].append(article)
    return tuple(tuple(annotations) for annotations in by_article.values() if len(annotations) > 1)


def count_agreement(annotations: Sequence[AnnotatedArticle]) -> ArticleCounts:
    """Compare every pair of annotations of the same text and add up the counts, each pair both ways round."""
    compared = [
        count_article(left.text, left.quotations, right.quotations)
        for left, right in combinations(annotations, 2)
    ]
    return {
        key: add_counts(counts[key] for counts in (*compared, *map(_swapped, compared)))
        for key in compared[0]
    }


def _swapped(counts: ArticleCounts) -> ArticleCounts:
    return {key: value.swapped() for key, value in counts.items()}
