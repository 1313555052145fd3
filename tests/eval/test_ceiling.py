"""Agreement between annotators, counted by hand."""

from __future__ import annotations

from pathlib import Path

from analyzer.quotation import Span
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from eval.ceiling import articles_with_several_annotators, count_agreement
from eval.metrics import Counts, score
from tests.eval.polnear_folder import write_polnear

TEXT = "Lind said that talks failed, and Ruud said that they had not."


def annotation(*contents: Span) -> AnnotatedArticle:
    quotations = tuple(AnnotatedQuotation(id=k, content=(content,)) for k, content in enumerate(contents))
    return AnnotatedArticle(id="a", text=TEXT, quotations=quotations)


def test_every_pair_counts_both_ways() -> None:
    both, first, none = annotation((10, 27), (43, 60)), annotation((10, 27)), annotation()
    counts = count_agreement([both, first, none])
    # Pairs: both-first 1 of 2 and 1, both-none 0 of 2 and 0, first-none 0 of 1 and 0; each also swapped.
    assert counts["content overlap", "all"] == Counts(2, 6, 2, 6)
    assert counts["content characters", "all"] == Counts(34, 102, 34, 102)


def test_agreement_is_the_same_in_any_order_of_annotators() -> None:
    annotations = [annotation((10, 27), (43, 60)), annotation((15, 27)), annotation((10, 60))]
    assert count_agreement(annotations) == count_agreement(annotations[::-1])


def test_precision_equals_recall() -> None:
    result = score(count_agreement([annotation((10, 27), (43, 60)), annotation((10, 27))])["linked", "all"])
    assert result.precision == result.recall == result.f1


def test_only_articles_with_several_annotators_are_read(tmp_path: Path) -> None:
    folder = write_polnear(tmp_path)
    found = articles_with_several_annotators(folder, ["train", "dev"])
    assert [[article.metadata["annotator"] for article in annotations] for annotations in found] == [
        ["4e07", "ef2d"]
    ]
    assert articles_with_several_annotators(folder, ["train"]) == ()
