"""Anybody's annotated articles: the three forms, and what is wrong with a folder."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.annotated import AnnotatedArticle
from corpus.exchange import export_articles
from corpus.json_form import dump_article
from eval.gold import GoldError, read_gold
from tests.eval.test_layers import GOLD

OTHER = replace(GOLD, id="b")


def write(folder: Path, *articles: AnnotatedArticle) -> Path:
    for article in articles:
        dump_article(article, folder / f"{article.id}.json")
        (folder / f"{article.id}.txt").write_text(article.text, encoding="utf-8")
    return folder


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(GoldError) as caught:
        read_gold(folder)
    return caught.value.problems


def test_our_form_is_read_at_any_depth_and_sorted(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    write(tmp_path / "deeper", GOLD)
    assert read_gold(write(tmp_path, OTHER)) == [GOLD, OTHER]


def test_brat_and_label_studio_are_read(tmp_path: Path) -> None:
    export_articles([GOLD], "brat", tmp_path / "brat")
    export_articles([OTHER], "label-studio", tmp_path / "tasks")
    assert [article.quotations for article in read_gold(tmp_path)] == [GOLD.quotations] * 2


def test_an_article_may_be_there_once(tmp_path: Path) -> None:
    export_articles([GOLD], "brat", write(tmp_path, GOLD))
    assert problems(tmp_path) == (
        f"{tmp_path}: 2 articles are called 'a'; an article may be there once, in one form",
    )


def test_all_problems_are_told(tmp_path: Path) -> None:
    far, empty = (replace(GOLD.quotations[0], content=content) for content in (((3, 999),), ((5, 6),)))
    nobody = replace(GOLD.quotations[1], speaker=77)
    write(tmp_path, replace(GOLD, quotations=(far, nobody)), replace(OTHER, quotations=(empty,)))
    (tmp_path / "c.json").write_text("{", encoding="utf-8")
    (tmp_path / "d.ann").write_text("T1\tContent 0 4\tLind\n", encoding="utf-8")
    (tmp_path / "e.ann").write_text("T1\tContent 0 4\tLind\n", encoding="utf-8")
    (tmp_path / "e.txt").write_text("Lind", encoding="utf-8")
    found = problems(tmp_path)
    assert found[0] == (
        f"{tmp_path}/a.json: article a, quotation 0: content [3, 999] is not within the text of {len(GOLD.text)} "
        "characters"
    )
    assert found[1].endswith("quotation 1: its speaker 77 is none of the article's entities")
    assert found[2] == f"{tmp_path}/b.json: article b, quotation 0: its content has no words"
    assert found[3].startswith(f"{tmp_path}/c.json: line 1")
    assert found[4].startswith(f"{tmp_path}/d.txt: cannot be read")
    assert found[5].startswith(f"{tmp_path}/e.ann: ")
    assert found[5].endswith("; expected the form that communique corpus export brat writes")


def test_a_text_without_words_cannot_be_evaluated(tmp_path: Path) -> None:
    write(tmp_path, AnnotatedArticle(id="a", text="…", quotations=()))
    assert problems(tmp_path) == (f"{tmp_path}/a.json: article a: its text has no words",)


def test_a_folder_without_annotated_articles(tmp_path: Path) -> None:
    assert problems(tmp_path / "nowhere") == (f"{tmp_path}/nowhere: no such folder",)
    assert problems(tmp_path)[0].startswith(f"{tmp_path}: no annotated article in it: expected .json files")


def test_other_json_is_no_annotated_article(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"a": 1}), encoding="utf-8")
    assert all(problem.startswith(f"{tmp_path}/settings.json: ") for problem in problems(tmp_path))
