"""``communique corpus validate``: what it prints, and its exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from corpus.cli import app
from corpus.json_form import dump_article

TEXT = "Lind said the talks failed."


def write(folder: Path, name: str, *, start: int = 10) -> Path:
    """An article whose one quotation begins at *start*: 10 is right."""
    path = folder / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    quotation = AnnotatedQuotation(id=0, content=((start, 26),))
    dump_article(AnnotatedArticle(id=name, text=TEXT, quotations=(quotation,)), path)
    path.with_suffix(".txt").write_bytes(TEXT.encode())
    return path


def validate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["validate", *map(str, arguments)])


def test_clean_files_give_exit_code_0(tmp_path: Path) -> None:
    write(tmp_path, "a")
    write(tmp_path / "deeper", "b")
    result = validate(tmp_path)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "2 files, 0 problems\n")


def test_problems_of_all_files_are_printed_with_exit_code_1(tmp_path: Path) -> None:
    bad, worse = write(tmp_path, "bad", start=9), write(tmp_path, "worse", start=11)
    result = validate(bad, worse)
    assert result.exit_code == 1
    assert [line.split(": ")[:2] for line in result.stdout.splitlines()] == [
        [str(bad), "offset 9"],
        [str(worse), "offset 11"],
    ]
    assert result.stderr == "2 files, 2 problems\n"


def test_texts_may_be_in_another_folder(tmp_path: Path) -> None:
    path = write(tmp_path, "a")
    texts = tmp_path / "texts"
    texts.mkdir()
    path.with_suffix(".txt").rename(texts / "a.txt")
    assert validate(path, "--texts", texts).exit_code == 0
    assert validate(path).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "nowhere: no such file or folder"),
        (["empty"], "empty: no .json file in this folder"),
        (["a.json", "--texts", "nowhere"], "nowhere: not a folder"),
    ],
)
def test_bad_path_gives_one_line_and_exit_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    write(tmp_path, "a")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    result = validate(*arguments)
    assert (result.exit_code, result.stderr) == (2, f"Error: {message}\n")
