"""Articles from datasets in memory, as Hugging Face's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from analyzer.article import Article
from analyzer.errors import ArticleError
from analyzer.readers.rows import USUAL_COLUMNS, Columns, Row, own_id, read_row, unless_all_lack_text


def read_dataset(dataset: Iterable[Mapping[str, Any]], columns: Columns = USUAL_COLUMNS) -> Iterator[Article]:
    """The articles in the rows of *dataset*, one at a time.

    *dataset* is a Hugging Face ``Dataset``, an ``IterableDataset`` or any iterable of dictionaries. The id is
    that in the row or, without one, ``#N``, counted from 1. A row without text gives an article with an empty
    one, which the analysis then refuses. Raises `TypeError` for a ``DatasetDict``, which holds several datasets,
    and for what has no dictionaries for rows, `ArticleError` if no row, or none of the first thousand, has
    a column that is known to hold text.
    """
    if isinstance(dataset, Mapping):
        splits = ", ".join(map(str, dataset))
        raise TypeError(
            f"these are several datasets ({splits}): pick a split, as in read_dataset(dataset['train'])"
        )
    return unless_all_lack_text(_read_rows(dataset, columns), columns)


def _read_rows(dataset: Iterable[Mapping[str, Any]], columns: Columns) -> Iterator[tuple[Article, Row]]:
    for number, row in enumerate(dataset, start=1):
        if not isinstance(row, Mapping):
            raise TypeError(f"row {number} of the dataset is no dictionary, but {type(row).__name__}")
        id = own_id(row, columns) or f"#{number}"
        try:
            article = read_row(row, id, columns)
        except ArticleError as error:
            article = Article(id=id, text="", warnings=(str(error),))
        yield article, row
