"""Datasets in memory."""

from __future__ import annotations

import itertools
from datetime import datetime

import pytest

from analyzer.article import Article
from analyzer.errors import ArticleError
from analyzer.readers import Columns, read_dataset
from tests.analyzer.readers.helpers import TEXT

ROWS = [{"id": "a", "text": TEXT, "date": datetime(2026, 5, 3)}, {"id": None, "text": "“No.”", "date": None}]
ARTICLES = [Article(id="a", text=TEXT, date="2026-05-03"), Article(id="#2", text="“No.”")]


def test_rows_of_any_iterable_are_articles() -> None:
    assert list(read_dataset(iter(ROWS))) == ARTICLES


def test_rows_of_hugging_face_datasets_are_articles() -> None:
    datasets = pytest.importorskip("datasets")
    dataset = datasets.Dataset.from_list(ROWS)
    assert list(read_dataset(dataset)) == ARTICLES
    assert list(read_dataset(dataset.to_iterable_dataset())) == ARTICLES


def test_several_splits_are_refused() -> None:
    datasets = pytest.importorskip("datasets")
    splits = datasets.DatasetDict(train=datasets.Dataset.from_list(ROWS))
    with pytest.raises(TypeError, match=r"train.*pick a split"):
        read_dataset(splits)


def test_columns_can_be_named() -> None:
    (article,) = read_dataset([{"text": "no", "words": TEXT}], Columns(text="words"))
    assert article.text == TEXT


def test_a_dataset_without_text_is_refused() -> None:
    with pytest.raises(ArticleError, match=r"Columns\(text=.*words"):
        list(read_dataset([{"words": TEXT}]))


def test_a_row_without_text_does_not_end_the_rest() -> None:
    good, bad, last = read_dataset([{"text": TEXT}, {"text": None}, {"text": TEXT}])
    assert (good.text, bad.text, last.text) == (TEXT, "", TEXT)
    assert "no text" in bad.warnings[0]


def test_rows_that_are_no_dictionaries_are_refused() -> None:
    with pytest.raises(TypeError, match="row 1"):
        list(read_dataset([TEXT]))  # type: ignore[list-item]


def test_rows_without_text_may_come_first() -> None:
    first, good = read_dataset([{"id": "meta"}, {"text": TEXT}])
    assert (first.id, first.text, good.text) == ("meta", "", TEXT)
    assert "words" not in first.warnings[0]


def test_only_the_first_thousand_rows_are_waited_for() -> None:
    with pytest.raises(ArticleError, match=r"Columns\(text=.*id, words"):
        next(read_dataset(itertools.cycle([{"id": "a"}, {"words": TEXT}])))
