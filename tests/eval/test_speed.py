"""``communique benchmark`` on a tiny model: its figures, its stored result, and its errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analyzer import Analyzer
from eval import speed
from eval.growth import CASES
from eval.speed import app, measure
from tests.tiny import tiny_model, tiny_tokenizer

TEXT = "The bridge is old.\n\n“We wait,” Ana Lind said.\n\nThe river is long and wide, she added.\n"


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(speed, "LENGTHS", (20, 60))
    monkeypatch.setattr(speed, "HOSTILE_UNITS", 10)
    tiny_model(window=48).save_pretrained(tmp_path / "model")
    tiny_tokenizer().save_pretrained(tmp_path / "model")
    return tmp_path / "model"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    return folder


def benchmark(articles: Path, model: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(
        app, [str(articles), "--model", str(model), "--threads", "1", *map(str, arguments)]
    )


def test_costs_are_those_of_a_word_and_compared_over_the_lengths(model: Path) -> None:
    result = measure(Analyzer(model, threads=1), [TEXT, TEXT], threads=1)
    assert (result["articles"], result["words"]) == (2, 2 * 17)
    costs = result["microseconds_per_word"]
    assert list(costs) == ["20", "60"]
    ratio = max(costs.values()) / min(costs.values())
    assert result["costliest_to_cheapest_length"] == pytest.approx(ratio, rel=0.01)
    assert ratio >= 1
    assert result["briefs"] == 0
    assert result["peak_memory_mb_with_long_articles"] >= result["peak_memory_mb"] > 0
    assert set(result["hostile_growth"]) == set(CASES)
    assert all(growth > 0 for growth in result["hostile_growth"].values())


def test_every_length_is_measured_on_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    class Recorder:
        model_name = "none"

        def analyze(self, text: str) -> None:
            seen.append(text)

    monkeypatch.setattr(speed, "ROUNDS", 1)
    monkeypatch.setattr(speed, "LENGTHS", (10, 50))
    monkeypatch.setattr(speed, "HOSTILE_UNITS", 10)
    measure(Recorder(), [TEXT], threads=1)  # type: ignore[arg-type]
    # Once to warm up, once for the articles a second; then the paragraphs, of 4, 5 and 8 words, in long articles.
    assert seen[:2] == [TEXT, TEXT]
    assert [len(text.split()) for text in seen[2:]] == [17, 17, 17, 51]
    assert "\n\n".join(seen[2:5]) == seen[5]


def test_briefs_are_paragraphs_as_articles(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "BRIEF_WORDS", (5, 8))
    result = measure(Analyzer(model, threads=1), [TEXT, TEXT], threads=1)
    assert result["briefs"] == 4
    assert all(rate > 0 for rate in result["briefs_per_second"].values())


def test_the_stored_result_says_how_it_was_made(model: Path, articles: Path, tmp_path: Path) -> None:
    path = tmp_path / "speed.json"
    result = benchmark(articles, model, "--json", path)
    assert result.exit_code == 0
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert stored["command"] == f"communique benchmark {articles} --threads 1 --model {model}"
    assert stored["rounds"] == 3
    assert f"{stored['articles_per_second']:.2f} (of 2)" in result.stdout
    assert f"{stored['costliest_to_cheapest_length']:.2f}" in result.stdout


@pytest.mark.parametrize(
    ("content", "message"),
    [("café".encode("latin-1"), "not UTF-8 at byte 3"), (b" \n", "empty")],
)
def test_an_article_that_cannot_be_read_is_named(
    model: Path, articles: Path, content: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    (articles / "c.txt").write_bytes(content)
    result = benchmark(articles, model)
    assert result.exit_code == 2
    assert f"c.txt: {message}" in result.stderr or f"c.txt: the file is {message}" in result.stderr


def test_bad_paths_are_refused_before_the_work(
    model: Path, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    monkeypatch.setattr(speed, "measure", None)
    for arguments, message in (
        ((articles, model, "--json", tmp_path), "is a folder"),
        ((articles, model, "--json", tmp_path / "none" / "speed.json"), "there is no folder"),
        ((tmp_path / "model", model), "holds no .txt files"),
        ((articles, tmp_path / "none"), "no model there"),
    ):
        result = benchmark(*arguments)
        assert result.exit_code == 2
        assert message in result.stderr
