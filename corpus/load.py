"""Loading the corpus: own articles with their texts, real ones once the user says where their texts are."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

from corpus.annotated import AnnotatedArticle
from corpus.json_form import AnnotationError, load_article, read_text

Split = Literal["train", "dev", "test"]
SPLITS: tuple[Split, ...] = ("train", "dev", "test")

HERE = Path(__file__).parent
OWN, REAL = HERE / "articles", HERE / "real"
PASSES = HERE / "passes"
"""The folders of the annotations: adjudicated ones of own and real articles, and the raw passes ``a`` and ``b``."""

COLLECTIONS = {"diplomatic-articles": "ID", "wikinews": "url"}
"""The collections that real articles come from, and what names an article there."""


class CorpusError(ValueError):
    """The corpus cannot be loaded; the message says what is missing and where it is to be had."""


def load(split: Split | None = None, *, texts: Path | None = None) -> list[AnnotatedArticle]:
    """The annotated articles of *split*, or all of them, sorted by id.

    *texts* is the folder that holds ``diplomatic-articles/articles.jsonl`` and ``wikinews/articles.jsonl``;
    without it only the own articles come. ``metadata`` has ``origin`` (``own`` or ``real``), ``split``,
    ``dispute``, ``genre``, ``publisher`` and ``date`` beside what the annotations' files say.

    Raises CorpusError if a text is not there or not the one that was annotated, ValueError for another split.
    """
    if split is not None and split not in SPLITS:
        raise ValueError(f"no split {split!r}: choose from {', '.join(SPLITS)}")
    rows = [row for row in index() if split is None or row["split"] == split]
    real_texts = {} if texts is None else read_texts(texts)
    articles = []
    for row in rows:
        if row["origin"] == "own":
            articles.append(_load(OWN / f"{row['id']}.json", None, row))
        elif texts is not None:
            articles.append(_load(REAL / f"{row['id']}.json", real_texts[row["id"]], row))
    return articles


def load_pass(annotator: Literal["a", "b"], *, texts: Path | None = None) -> list[AnnotatedArticle]:
    """What one of the two annotators wrote, adjudicated or not yet; otherwise as ``load``."""
    real_texts = {} if texts is None else read_texts(texts)
    articles = []
    for row in _planned():
        path = PASSES / annotator / f"{row['id']}.json"
        if not path.exists() or (row["origin"] == "real" and texts is None):
            continue
        try:
            text = read_text(OWN / f"{row['id']}.txt") if row["origin"] == "own" else real_texts[row["id"]]
        except AnnotationError as error:
            raise CorpusError(str(error)) from error
        articles.append(_load(path, text, row))
    return articles


def index() -> list[dict[str, str]]:
    """What the corpus holds: a row an article, sorted by id, with the keys of ``load``'s metadata and ``id``.

    Articles of ``plan.tsv`` and ``real.tsv`` that are not annotated yet are left out.
    """
    folders = {"own": OWN, "real": REAL}
    return [row for row in _planned() if (folders[row["origin"]] / f"{row['id']}.json").exists()]


def _planned() -> list[dict[str, str]]:
    own = [
        {**row, "origin": "own", "collection": "own", "key": row["id"], "publisher": "", "date": ""}
        for row in _table(HERE / "plan.tsv")
    ]
    real = [{**row, "origin": "real", "genre": "news report"} for row in _table(HERE / "real.tsv")]
    keys = ("id", "origin", "split", "dispute", "genre", "collection", "key", "publisher", "date")
    return sorted(({key: row[key] for key in keys} for row in [*own, *real]), key=lambda row: row["id"])


def read_texts(folder: Path) -> dict[str, str]:
    """The texts of the real articles, by id, from the collections under *folder*. Raises CorpusError."""
    wanted = {(row["collection"], row["key"]): row["id"] for row in _planned() if row["origin"] == "real"}
    found: dict[str, str] = {}
    for collection, key in COLLECTIONS.items():
        path = folder / collection / "articles.jsonl"
        for article in _json_lines(path):
            if (id := wanted.get((collection, article[key]))) is not None:
                found[id] = article["text"]
    if missing := sorted(set(wanted.values()) - found.keys()):
        raise CorpusError(
            f"{folder}: {len(missing)} of the articles that were annotated are not in these collections, such as "
            f"{missing[0]}; get the collections anew (corpus/DATASHEET.md says where)"
        )
    return found


def _load(path: Path, text: str | None, row: dict[str, str]) -> AnnotatedArticle:
    try:
        article = load_article(path, text=text)
    except AnnotationError as error:
        raise CorpusError(str(error)) from error
    return replace(article, metadata={**article.metadata, **{key: row[key] for key in row if key != "id"}})


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _json_lines(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                try:
                    yield json.loads(line)
                except json.JSONDecodeError as error:
                    raise CorpusError(f"{path}: line {number}: not JSON: {error.msg}") from error
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read: {error.strerror}") from error
