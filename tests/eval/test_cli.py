"""``communique evaluate``: its report, its JSON, and its errors; with a stand-in for the model."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import analyzer
from analyzer.errors import ModelError
from analyzer.quotation import QuotationSpans
from eval.cli import app
from tests.eval.polnear_folder import write_polnear


class StandIn:
    """Finds the first article's first quotation; loads from any folder with weights."""

    def __init__(self, model: Path | None = None) -> None:
        if model is not None and not (model / "model.safetensors").exists():
            raise ModelError(f"{model}: no model.safetensors in it")

    def extract(self, text: str) -> tuple[QuotationSpans, ...]:
        return (QuotationSpans(content=((0, 13),), source=((14, 18),)),)


class NotShipped:
    def __init__(self, model: Path | None = None) -> None:
        raise ModelError("no model is shipped")


@pytest.fixture
def polnear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(vars(analyzer), "Analyzer", StandIn)
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped" / "model.safetensors").write_bytes(b"0")
    monkeypatch.setattr("analyzer.tables.DEFAULT_MODEL", tmp_path / "shipped")
    monkeypatch.setenv("COLUMNS", "100")
    return write_polnear(tmp_path / "polnear")


def evaluate(polnear: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["--polnear", str(polnear), "--resamples", "20", *map(str, arguments)])


def rows_of(output: str, name: str) -> list[list[str]]:
    lines = [line for line in output.splitlines() if line.startswith("│") and f" {name} " in line]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_report_has_baseline_model_and_ceiling_under_each_measure(polnear: Path) -> None:
    result = evaluate(polnear)
    assert result.exit_code == 0
    assert [row[3] for row in rows_of(result.stdout, "rules baseline")[:4]] == ["100.0 (100.0–100.0)"] * 4
    # One of two quotations in either article; its 13 characters of 35.
    assert [row[3].split()[0] for row in rows_of(result.stdout, "model")[:4]] == [
        "54.2",
        "66.7",
        "66.7",
        "66.7",
    ]
    assert [row[3].split()[0] for row in rows_of(result.stdout, "human ceiling")[:4]] == [
        "54.2",
        "66.7",
        "66.7",
        "66.7",
    ]


def test_report_breaks_scores_down_per_kind(polnear: Path) -> None:
    mixed = rows_of(evaluate(polnear).stdout, "mixed")
    assert mixed == [
        ["mixed", "100.0", "100.0", "100.0", "100.0", "2"],
        ["mixed", "0.0", "0.0", "0.0", "0.0", "2"],
        ["mixed", "0.0", "0.0", "0.0", "0.0", "1"],
    ]


def test_report_compares_model_and_baseline_and_prints_every_signature(polnear: Path) -> None:
    lines = evaluate(polnear).stdout.splitlines()
    assert "model − rules baseline, linked: -33.3 (-33.3–-33.3), p = 0.000" in lines
    signatures = [line for line in lines if line.startswith("measure:")]
    assert len(signatures) == len(set(signatures)) == 12


def test_json_has_scores_intervals_counts_and_what_made_them(polnear: Path, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    assert evaluate(polnear, "--seed", "3", "--json", path).exit_code == 0
    report = json.loads(path.read_text(encoding="utf-8"))
    assert report["command"] == f"communique evaluate --polnear {polnear} --split dev --seed 3 --resamples 20"
    assert [system["name"] for system in report["systems"]] == ["rules baseline", "model", "human ceiling"]
    (score,) = [
        score
        for score in report["systems"][1]["scores"]
        if (score["measure"], score["group"]) == ("content overlap", "all")
    ]
    assert score["counts"] == {"matched_gold": 2, "gold": 4, "matched_predicted": 2, "predicted": 2}
    assert score["precision"] == {"value": 1.0, "interval": [1.0, 1.0]}
    assert score["recall"] == {"value": 0.5, "interval": [0.5, 0.5]}
    # The SHA-256 of "0".
    assert "|split:dev|articles:2|model:shipped 5feceb66ffc8|" in score["signature"]
    assert report["model_minus_rules"]["linked"]["f1"] == pytest.approx(-1 / 3)
    assert report["versions"]["python"]


def test_model_folder_is_named_by_its_weights(polnear: Path, tmp_path: Path) -> None:
    for name, weights in (("mine", b"1"), ("other", b"2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.safetensors").write_bytes(weights)
    # The SHA-256 of "1" and of "2".
    assert "|model:mine 6b86b273ff34|" in evaluate(polnear, "--model", tmp_path / "mine").stdout
    assert "|model:other d4735e3a265e|" in evaluate(polnear, "--model", tmp_path / "other").stdout


def test_without_a_shipped_model_the_rest_is_evaluated(
    polnear: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(analyzer), "Analyzer", NotShipped)
    result = evaluate(polnear)
    assert result.exit_code == 0
    assert "evaluating without a model: no model is shipped" in result.stderr
    assert rows_of(result.stdout, "rules baseline")
    assert not rows_of(result.stdout, "model")


def test_ceiling_is_left_out_where_nobody_annotated_twice(polnear: Path) -> None:
    (polnear / "dev" / "attributions" / "strait_ef2d.ann").unlink()
    assert not rows_of(evaluate(polnear).stdout, "human ceiling")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--split", "test"], "--split test: no such split; choose from train, dev"),
        (["--polnear", "nowhere"], "nowhere/dev: not a PolNeAR split: expected the folders 'text' and"),
        (["--model", "nowhere"], "nowhere: no model.safetensors in it"),
        (["--json", "nowhere/results.json"], "--json: there is no folder"),
        (["--json", "."], "--json: . is a folder"),
    ],
)
def test_bad_argument_gives_one_line_and_exit_code_2(
    polnear: Path, arguments: list[str], message: str
) -> None:
    result = evaluate(polnear, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"communique evaluate: {message}")
    assert result.stderr.count("\n") == 1


def test_results_that_cannot_be_written_are_reported_and_leave_the_old_ones(
    polnear: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "results.json"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    result = evaluate(polnear, "--json", path)
    assert result.exit_code == 1
    assert result.stderr.strip() == f"communique evaluate: --json {path}: No space left on device"
    assert path.read_text() == "old"
    assert not list(tmp_path.glob(".results*"))


def test_split_without_articles_is_an_error(polnear: Path) -> None:
    for path in (polnear / "train" / "attributions").iterdir():
        path.unlink()
    result = evaluate(polnear, "--split", "train")
    assert result.exit_code == 2
    assert result.stderr.endswith("train: no annotated article in it\n")
