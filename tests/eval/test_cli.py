"""``communique evaluate``: its report, its JSON, and its errors; with a stand-in for the model."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import analyzer
from analyzer.errors import ModelError
from analyzer.quotation import QuotationSpans
from eval.cli import app
from eval.metrics import MEASURES
from eval.systems import model_digest
from tests.eval.polnear_folder import stand_in_for_the_model, write_polnear


class StandIn:
    """Finds the first article's first quotation; loads from any folder with weights."""

    model_name = "stand-in 1.0"
    has_stances = False

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
    stand_in_for_the_model(StandIn, tmp_path, monkeypatch)
    monkeypatch.setenv("COLUMNS", "140")
    return write_polnear(tmp_path / "polnear")


def evaluate(polnear: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["--polnear", str(polnear), "--resamples", "20", *map(str, arguments)])


def stored(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def rows_of(output: str, name: str) -> list[list[str]]:
    lines = [line for line in output.splitlines() if line.startswith("│") and f" {name} " in line]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_report_has_baseline_model_and_ceiling_under_each_measure(polnear: Path) -> None:
    result = evaluate(polnear)
    assert result.exit_code == 0
    for name, measures in (
        ("rules baseline", ["100.0"] * 4),
        # One of two quotations in either article; its 13 characters of 35.
        ("model", ["54.2", "66.7", "66.7", "66.7"]),
        ("human ceiling", ["54.2", "66.7", "66.7", "66.7"]),
    ):
        labels = [f"{measure}: {name}" for measure in MEASURES]
        rows = [row for label in labels for row in rows_of(result.stdout, label) if row[0] == label]
        assert [row[3].split()[0] for row in rows] == measures


def test_report_breaks_scores_down_per_kind(polnear: Path) -> None:
    stdout = evaluate(polnear).stdout
    assert rows_of(stdout, "mixed: rules baseline") == [
        ["mixed: rules baseline", "100.0", "100.0", "100.0", "100.0", "2"]
    ]
    assert rows_of(stdout, "mixed: model") == [["mixed: model", "0.0", "0.0", "0.0", "0.0", "2"]]
    assert rows_of(stdout, "mixed: human ceiling") == [
        ["mixed: human ceiling", "0.0", "0.0", "0.0", "0.0", "1"]
    ]


def test_report_compares_model_and_baseline_and_prints_signatures(polnear: Path) -> None:
    result = evaluate(polnear)
    (row,) = rows_of(result.stdout, "linked: model − rules baseline")
    assert row[1:] == ["−33.3 (−33.3 to −33.3)", "< 0.050"]
    signatures = [line for line in result.stdout.splitlines() if line.startswith("measure:")]
    assert len(signatures) == len(set(signatures)) == 6


def test_json_has_scores_intervals_counts_and_what_made_them(
    polnear: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "results.json"
    monkeypatch.setattr("sys.argv", ["/bin/communique", "evaluate", "--polnear", "a folder", "--seed", "3"])
    assert evaluate(polnear, "--seed", "3", "--json", path).exit_code == 0
    report = stored(path)
    assert report["command"] == "communique evaluate --polnear 'a folder' --seed 3"
    assert report["data"] == "PolNeAR, split dev"
    assert list(report["systems"]) == ["rules baseline", "model", "human ceiling"]
    assert report["groups"] == [{"name": "all", "articles": 2, "quotations": 4}]
    assert report["not_measured"] == ["speakers", "roles", "stances", "targets", "evidence"]
    (figure,) = [
        figure
        for figure in report["figures"]
        if (figure["system"], figure["measure"], figure["part"])
        == ("model", "content overlap", ["all", "all"])
    ]
    assert (figure["gold"], figure["predicted"]) == (4, 2)
    assert figure["score"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3)}
    assert figure["intervals"]["recall"] == [0.5, 0.5]
    digest = report["made_with"]["model folder (SHA-256)"]
    assert (
        f"|split:dev|group:all|part:all=all|articles:2|model:stand-in 1.0 {digest[:12]} "
        in figure["signature"]
    )
    assert {item["measure"]: item["value"] for item in report["comparisons"]}["linked"] == pytest.approx(
        -1 / 3
    )
    assert report["made_with"]["python"]
    assert digest == model_digest(tmp_path / "shipped")


def test_the_same_signature_means_the_same_figure(polnear: Path, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    evaluate(polnear, "--json", path)
    report = stored(path)
    scored = [item for key in ("figures", "comparisons", "reliabilities") for item in report[key]]
    assert len({item["signature"] for item in scored}) == len(scored) > 30


def test_reports_take_their_form_from_their_names_and_show_no_text_of_others(
    polnear: Path, tmp_path: Path
) -> None:
    names = ["report.html", "report.MD", "report.json"]
    arguments = [part for name in names for part in ("--report", str(tmp_path / name))]
    assert evaluate(polnear, *arguments, "--json", tmp_path / "other.json").exit_code == 0
    html, markdown, plain = ((tmp_path / name).read_text(encoding="utf-8") for name in names)
    assert html.startswith("<!DOCTYPE html>")
    assert markdown.startswith("# Evaluation of stand-in 1.0 on PolNeAR, split dev")
    assert plain == (tmp_path / "other.json").read_text(encoding="utf-8")
    for report in (html, markdown, plain):
        assert "missed quotation" in report
        assert "Sudria" not in report
    assert evaluate(polnear, *arguments, "--show-texts").exit_code == 0
    for name in names:
        assert "Sudria" in (tmp_path / name).read_text(encoding="utf-8")


def test_model_folder_is_named_by_its_weights_and_settings(polnear: Path, tmp_path: Path) -> None:
    digests = set()
    for name, weights, settings in (("a", b"1", "{}"), ("b", b"2", "{}"), ("c", b"1", '{"least": 1}')):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "model.safetensors").write_bytes(weights)
        (folder / "config.json").write_text(settings, encoding="utf-8")
        (folder / "README.md").write_text(name, encoding="utf-8")
        digest = model_digest(folder)
        assert f"|model:stand-in 1.0 {digest[:12]} " in evaluate(polnear, "--model", folder).stdout
        digests.add(digest)
    assert len(digests) == 3
    (tmp_path / "a" / "README.md").write_text("changed", encoding="utf-8")
    assert model_digest(tmp_path / "a") in digests


def test_without_a_shipped_model_the_rest_is_evaluated(
    polnear: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(analyzer), "Analyzer", NotShipped)
    result = evaluate(polnear)
    assert result.exit_code == 0
    assert "evaluating without a model: no model is shipped" in result.stderr
    assert rows_of(result.stdout, "linked: rules baseline")
    assert not rows_of(result.stdout, "linked: model")


def test_ceiling_is_left_out_where_nobody_annotated_twice(polnear: Path) -> None:
    (polnear / "dev" / "attributions" / "strait_ef2d.ann").unlink()
    assert not rows_of(evaluate(polnear).stdout, "linked: human ceiling")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--split", "test"], "--split test: no such split; choose from train, dev"),
        (["--polnear", "nowhere"], "nowhere/dev: not a PolNeAR split: expected the folders 'text' and"),
        (["--model", "nowhere"], "nowhere: no model.safetensors in it"),
        (["--json", "nowhere/results.json"], "--json: there is no folder"),
        (["--json", "."], "--json: . is a folder"),
        (["--report", "nowhere/results.html"], "--report: there is no folder"),
        (
            ["--report", "a.pdf"],
            "--report a.pdf: no such form of a report; name it with one of .html, .md, .json",
        ),
        (["--report", "a.md", "--report", "./a.md"], "--report "),
        (["--gold", "folder"], "give one of --polnear and --gold, to say on what to evaluate"),
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
