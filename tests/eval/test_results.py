"""Signatures and data hashes: the same for the same thing, and for nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from eval.metrics import GROUPS, MEASURES, count_article
from eval.results import SystemResult, data_hash, score_result, select, signature

TEXT = "Lind said that talks failed."
QUOTATION = AnnotatedQuotation(id=0, content=((10, 27),), source=((0, 4),))
ARTICLE = AnnotatedArticle(id="a", text=TEXT, quotations=(QUOTATION,))
RESULT = SystemResult(
    name="rules baseline",
    model="rules",
    data="0123abcd",
    split="dev",
    counts=(count_article(TEXT, [QUOTATION], [QUOTATION]),) * 3,
)


def test_signature_names_all_that_a_score_depends_on() -> None:
    parts = dict(part.split(":", 1) for part in signature(RESULT, "linked", seed=7, resamples=50).split("|"))
    assert parts.pop("version")
    assert parts == {
        "measure": "linked",
        "matching": "one-to-one iou>=0.5 source-iou>=0.5",
        "data": "0123abcd",
        "split": "dev",
        "articles": "3",
        "model": "rules",
        "seed": "7",
        "resamples": "50",
    }


def test_every_measure_is_scored_on_every_group() -> None:
    scored = score_result(RESULT, seed=0, resamples=10)
    assert [(item.measure, item.group) for item in scored] == [(m, g) for m in MEASURES for g in GROUPS]
    assert select(scored, "content overlap").counts == (3, 3, 3, 3)
    assert select(scored, "content overlap").intervals.f1 == (1.0, 1.0)
    assert select(scored, "content overlap", "direct").score.f1 is None


@pytest.mark.parametrize(
    "changed",
    [
        replace(ARTICLE, id="b"),
        replace(ARTICLE, text=TEXT + " ", sha256=""),
        replace(ARTICLE, quotations=(replace(QUOTATION, content=((15, 27),)),)),
        replace(ARTICLE, quotations=(replace(QUOTATION, source=()),)),
        replace(ARTICLE, quotations=()),
    ],
)
def test_data_hash_changes_with_the_data(changed: AnnotatedArticle) -> None:
    assert data_hash([changed]) != data_hash([ARTICLE])


def test_data_hash_does_not_change_with_the_order() -> None:
    other = replace(ARTICLE, id="b")
    assert data_hash([ARTICLE, other]) == data_hash([other, ARTICLE])
    assert data_hash([ARTICLE, other]) != data_hash([ARTICLE])
