"""``communique corpus export`` and ``import``: whole folders in other tools' formats and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.cli import app
from corpus.exchange import ExportFormat, export_articles, import_articles
from corpus.json_form import load_article
from tests.corpus.made import ARTICLE, TEXT


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.mark.parametrize("format", ["brat", "label-studio"])
def test_folder_comes_back_as_it_went(tmp_path: Path, format: ExportFormat) -> None:
    export_articles([ARTICLE], format, tmp_path)
    files = sorted(tmp_path.glob("*.ann" if format == "brat" else "*.json"))
    assert import_articles(files, format) == [ARTICLE]


def test_text_keeps_its_line_ends(tmp_path: Path) -> None:
    export_articles([ARTICLE], "brat", tmp_path)
    assert (tmp_path / "strait.txt").read_bytes() == TEXT.encode()


def test_import_writes_annotated_articles(tmp_path: Path) -> None:
    export_articles([ARTICLE], "label-studio", tmp_path / "tool")
    result = run("import", "label-studio", tmp_path / "tool" / "tasks.json", "--output", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (0, f"1 articles in {tmp_path / 'out'}\n")
    assert load_article(tmp_path / "out" / "strait.json") == ARTICLE


def test_import_of_bad_files_names_each_and_writes_nothing(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("Lind spoke.", encoding="utf-8")
        (tmp_path / f"{name}.ann").write_text("Q direct\ncontent: no\n", encoding="utf-8")
    (tmp_path / "c.ann").write_text("", encoding="utf-8")
    result = run("import", "notation", tmp_path, "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert [line.split(": ")[0] for line in result.stdout.splitlines()] == [
        str(tmp_path / "a.ann"),
        str(tmp_path / "b.ann"),
        str(tmp_path / "c.txt"),
    ]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [("{", "line 1: not JSON"), ("{}", "not a list of tasks"), ("[{}]", "no task as exported")],
)
def test_task_file_of_another_form_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "tasks.json"
    path.write_text(content, encoding="utf-8")
    result = run("import", "label-studio", path, "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path}: {message}")


def test_whole_corpus_goes_out_and_comes_back(tmp_path: Path) -> None:
    assert run("export", "label-studio", tmp_path, "--split", "dev").exit_code == 0
    tasks = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    articles = import_articles([tmp_path / "tasks.json"], "label-studio")
    assert len(tasks) == len(articles) > 0
    assert all(article.metadata["split"] == "dev" for article in articles)
