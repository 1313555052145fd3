"""``communique adjudicate`` on the corpus's own raw passes."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from corpus.json_form import load_article
from corpus.load import OWN, load
from corpus.validate import find_problems
from eval.adjudicate import app


def test_decisions_for_one_side_give_a_valid_article(tmp_path: Path) -> None:
    runner = CliRunner()
    shown = runner.invoke(app, ["show", "seed"])
    assert shown.exit_code == 0
    numbers = re.findall(r"^D(\d+) ", shown.stdout, re.MULTILINE)
    (tmp_path / "seed.txt").write_text("".join(f"D{number} B\n" for number in numbers), encoding="utf-8")
    options = ["--decisions", str(tmp_path), "--output", str(tmp_path / "out")]
    applied = runner.invoke(app, ["apply", "seed", *options])
    assert (applied.exit_code, applied.stdout) == (0, "")
    (seed,) = [article for article in load("test") if article.id == "seed"]
    article = load_article(tmp_path / "out" / "seed.json", text=seed.text)
    assert find_problems(article) == ()
    assert len(article.quotations) == len(seed.quotations)


def test_missing_decisions_are_told_with_exit_code_1(tmp_path: Path) -> None:
    options = ["--decisions", str(tmp_path), "--output", str(tmp_path / "out")]
    result = CliRunner().invoke(app, ["apply", "seed", *options])
    assert result.exit_code == 1
    assert result.stdout.startswith(f"seed: {tmp_path / 'seed.txt'}: cannot be read")


def test_article_without_passes_is_refused() -> None:
    assert not (OWN / "nothing.txt").exists()
    result = CliRunner().invoke(app, ["show", "nothing"])
    assert result.exit_code == 2
    assert "without both raw passes" in result.stderr
