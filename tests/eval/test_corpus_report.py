"""``communique evaluate-corpus`` with a tiny model on articles made for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from corpus.annotated import AnnotatedArticle
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
    assert (stored["own"]["articles"], stored["real"]["articles"]) == (1, 2)
    assert stored["real"]["layers"]["resolved"]["cases"] == 6
    systems = stored["real"]["stance"]
    assert list(systems) == ["majority", "lexicons", "bag of words", "model"]
    # Four of six quotations are `none`, as the majority says of all: precision 2/3, recall 1, over four labels.
    assert systems["majority"]["macro"]["value"] == pytest.approx(0.8 / 4)
    assert 0 <= stored["real"]["calibration_error"] <= 1
    assert list(stored["real"]["model_minus"]) == ["bag of words"]
    assert "resolved" in result.stdout


def test_texts_that_are_not_there_give_exit_code_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--texts", str(tmp_path)])
    assert result.exit_code == 2
    assert result.stderr.startswith("communique evaluate-corpus: ")
