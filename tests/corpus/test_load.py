"""The corpus as users load it: splits, texts of real articles, datasets, tables."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest
from typer.testing import CliRunner

import corpus
from analyzer.quotation import STANCE_LABELS
from corpus.cli import app
from corpus.duplicates import near_duplicates
from corpus.load import HERE, SPLITS, CorpusError, index, load, load_pass
from corpus.statistics import plot, source_type, tables
from tests.corpus.made import ARTICLE


def test_splits_are_the_whole_corpus_and_share_nothing() -> None:
    ids = [[article.id for article in load(split)] for split in SPLITS]
    assert sorted(id for found in ids for id in found) == [article.id for article in load()]
    assert all(ids)
    assert "seed" in ids[SPLITS.index("test")]


def test_no_dispute_is_in_two_splits() -> None:
    splits = defaultdict(set)
    for row in index():
        splits[row["dispute"]].add(row["split"])
    assert [dispute for dispute, found in splits.items() if len(found) > 1] == []


def test_own_and_real_articles_are_in_every_split() -> None:
    found = {(row["split"], row["origin"]) for row in index()}
    assert found == {(split, origin) for split in SPLITS for origin in ("own", "real")}


def test_no_near_duplicates_across_splits() -> None:
    splits = {row["id"]: row["split"] for row in index()}
    assert [pair for pair in near_duplicates(load()) if splits[pair.first] != splits[pair.second]] == []


def test_every_adjudicated_article_has_both_raw_passes() -> None:
    first, second = ({article.id for article in load_pass(name)} for name in ("a", "b"))
    assert {article.id for article in load()} <= first & second
    assert len(first & second) >= 60


def test_unknown_split_is_refused() -> None:
    with pytest.raises(ValueError, match="no split 'all': choose from train, dev, test"):
        load("all")  # type: ignore[arg-type]


def test_missing_collection_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"diplomatic-articles/articles\.jsonl: cannot be read"):
        load("dev", texts=tmp_path)


def fake_collections(folder: Path) -> Path:
    """Collections with an article of the right name, but another text, for every real article."""
    keys = {"diplomatic-articles": "ID", "wikinews": "url"}
    with (HERE / "real.tsv").open(encoding="utf-8", newline="") as table:
        real = list(csv.DictReader(table, delimiter="\t"))
    for collection, key in keys.items():
        rows = [row for row in real if row["collection"] == collection]
        path = folder / collection / "articles.jsonl"
        path.parent.mkdir()
        path.write_text("".join(json.dumps({key: row["key"], "text": "x"}) + "\n" for row in rows), "utf-8")
    return folder


def test_another_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="the text is not the one that it annotates"):
        load("dev", texts=fake_collections(tmp_path))


def test_collection_without_the_articles_is_refused(tmp_path: Path) -> None:
    fake_collections(tmp_path)
    (tmp_path / "wikinews" / "articles.jsonl").write_text("", "utf-8")
    result = CliRunner().invoke(app, ["stats", "--texts", str(tmp_path)])
    assert result.exit_code == 2
    assert "articles that were annotated are not in these collections" in result.stderr


def test_datasets_have_a_row_a_quotation_or_an_article() -> None:
    quotations, articles = corpus.to_datasets(), corpus.to_datasets("articles")
    assert set(quotations) == set(articles) == set(SPLITS)
    for split in SPLITS:
        own = corpus.load(split)
        assert articles[split]["article"] == [article.id for article in own]
        assert len(quotations[split]) == sum(len(article.quotations) for article in own)
    row = articles["test"].filter(lambda row: row["article"] == "seed")[0]
    start, end = row["quotations"][0]["content"][0]
    assert (
        row["text"][start:end]
        == "that peace treaty negotiations remain off the table until Tokyo changes its stance on Russia"
    )
    assert set(quotations["train"]["stance"]) == set(STANCE_LABELS)


def test_other_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="no rows 'words'"):
        corpus.to_datasets("words")  # type: ignore[arg-type]


def test_statistics_add_up(tmp_path: Path) -> None:
    articles = corpus.load()
    counted = {table.title: table for table in tables(articles)}
    total = sum(len(article.quotations) for article in articles)
    for title in ("Stance by split", "Kind by split", "Source by split", "Speaker by split"):
        assert sum(counted[title].rows[-1][1]) == total
    assert sum(sum(counts) for _, counts in counted["Stance by genre"].rows) == total
    plot(counted["Stance by genre"], tmp_path / "stance.svg")
    assert (tmp_path / "stance.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_source_types() -> None:
    assert [source_type(ARTICLE, quotation) for quotation in ARTICLE.quotations] == [
        "pronoun",
        "name",
        "none",
    ]
