"""``communique evaluate-corpus`` with a tiny model on articles made for it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from eval.corpus_report import app
from tests.eval.test_layers import GOLD
from tests.tiny import tiny_model, tiny_tokenizer


@pytest.fixture
def model(tmp_path: Path) -> Path:
    made = tiny_model()
    made.config.has_stances = True
    made.save_pretrained(tmp_path / "model")
    tiny_tokenizer().save_pretrained(tmp_path / "model")
    return tmp_path / "model"


def test_own_and_real_articles_are_reported_apart(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def load(split: str, *, texts: Path) -> list[AnnotatedArticle]:
        asked.append((split, texts))
        return [
            AnnotatedArticle(
                id=origin,
                text=GOLD.text,
                quotations=GOLD.quotations,
                entities=GOLD.entities,
                metadata={"origin": origin, "split": split},
            )
            for origin in ("own", "real", "real")
        ]

    monkeypatch.setattr("eval.corpus_report.load", load)
    path = tmp_path / "result.json"
    arguments = ["--texts", str(tmp_path), "--split", "test", "--model", str(model), "--resamples", "10"]
    result = CliRunner().invoke(app, [*arguments, "--json", str(path)])
    assert result.exit_code == 0, result.stderr
    assert asked == [("test", tmp_path), ("train", tmp_path)]
    stored: dict[str, Any] = json.loads(path.read_text())
    assert [(group["name"], group["articles"]) for group in stored["groups"]] == [("own", 1), ("real", 2)]
    assert stored["not_measured"] == []
    figures = {(f["group"], f["system"], f["measure"]): f for f in stored["figures"] if f["part"][0] == "all"}
    assert figures["real", "model", "resolved"]["gold"] == 6
    # Four of six quotations are `none`, as the majority says of all: precision 2/3, recall 1.
    assert figures["real", "majority", "given stance none"]["score"]["f1"] == pytest.approx(0.8)
    macro = figures["real", "majority", "given stance macro-F1 of four"]
    assert macro["score"] == {"precision": None, "recall": None, "f1": pytest.approx(0.8 / 4)}
    assert figures["real", "majority", "given stance macro-F1 of three"]["score"]["f1"] == 0.0
    assert {(r["group"], r["of"]) for r in stored["reliabilities"]} >= {("own", "stance"), ("real", "stance")}
    baselines = {item["baseline"] for item in stored["comparisons"] if item["group"] == "real"}
    assert baselines == {"rules baseline", "majority", "lexicons", "bag of words"}
    assert "resolved" in result.stdout


def test_words_of_real_articles_are_not_shown(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def article(origin: str, word: str) -> AnnotatedArticle:
        text = GOLD.text.replace("absurd", word)
        metadata = {"origin": origin, "split": "dev"}
        return replace(GOLD, id=origin, text=text, sha256="", metadata=metadata)

    last = AnnotatedQuotation(id=3, content=((GOLD.text.index("called it"), len(GOLD.text) - 1),))
    articles = [article("own", "absent"), article("real", "secret")]
    articles = [replace(made, quotations=(*made.quotations, last)) for made in articles]
    monkeypatch.setattr("eval.corpus_report.load", lambda split, *, texts: articles)
    monkeypatch.setattr("eval.errors.EXAMPLES", 100)
    arguments = ["--texts", str(tmp_path), "--model", str(model), "--resamples", "5"]
    reports = [tmp_path / name for name in ("report.html", "report.md", "report.json")]
    arguments += [part for path in reports for part in ("--report", str(path))]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    for path in reports:
        assert "absent" in path.read_text(encoding="utf-8")
        assert "secret" not in path.read_text(encoding="utf-8")
    assert CliRunner().invoke(app, [*arguments, "--show-texts"]).exit_code == 0
    for path in reports:
        assert "secret" in path.read_text(encoding="utf-8")


def test_texts_that_are_not_there_give_exit_code_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--texts", str(tmp_path)])
    assert result.exit_code == 2
    assert result.stderr.startswith("communique evaluate-corpus: ")
