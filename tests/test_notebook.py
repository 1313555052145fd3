"""The notebook that shows users around: all of it runs, and shows what its words say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from analyzer import Analysis, read_results

nbformat = pytest.importorskip("nbformat", reason="the extra communique[dev] is not installed")
nbclient = pytest.importorskip("nbclient", reason="the extra communique[dev] is not installed")

NOTEBOOK = Path(__file__).parents[1] / "docs" / "tour.ipynb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the notebook runs and leaves its files."""
    return tmp_path_factory.mktemp("tour")


@pytest.fixture(scope="module")
def outputs(folder: Path) -> dict[str, str]:
    """What each code cell shows, by the cell's id: its richest form; warnings are left out."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    nbclient.NotebookClient(notebook, kernel_name="python3", timeout=300, resources=resources).execute()
    return {cell.id: "".join(map(shown, cell.outputs)) for cell in notebook.cells if cell.cell_type == "code"}


def shown(output: Any) -> str:
    if output.output_type == "stream":
        return str(output.text) if output.name == "stdout" else ""
    return str(output.data.get("text/html", output.data["text/plain"]))


def test_no_outputs_are_stored() -> None:
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.weights
def test_an_analysis_is_shown_as_its_text_with_the_quotations(outputs: dict[str, str]) -> None:
    assert outputs["one"].startswith("<")
    words = re.sub("<[^>]+>", "", outputs["one"])
    assert "We will return to the table if Iceland opens its waters to our ships" in words


@pytest.mark.weights
def test_the_quotation_has_speaker_role_and_stance(outputs: dict[str, str]) -> None:
    lines = outputs["quotation"].splitlines()
    assert lines[0] == "Ana Lind | Norway's foreign minister | foreign_minister NOR"
    assert lines[1] == "conditional cooperative toward Iceland"
    assert lines[3] == "“We will return to the table if Iceland opens its waters to our ships,”"


@pytest.mark.weights
def test_only_the_blank_article_fails(outputs: dict[str, str], folder: Path) -> None:
    assert outputs["articles"].startswith("[Failure(id='blank'")
    analyzed = [result for result in read_results(folder / "results.jsonl") if isinstance(result, Analysis)]
    assert [(analysis.id, analysis.date) for analysis in analyzed] == [
        ("offer", "2031-03-03"),
        ("convoy", "2031-03-06"),
        ("summit", "2032-04-12"),
    ]


@pytest.mark.weights
def test_tables_have_speakers_stances_and_targets(outputs: dict[str, str]) -> None:
    for cell in ("frame", "crosstab"):
        assert all(word in outputs[cell] for word in ("Ana Lind", "Jon Hallgrim", "Iceland", "conditional"))
    assert "<table" in outputs["crosstab"]


@pytest.mark.weights
def test_the_least_certain_stances_come_first(outputs: dict[str, str]) -> None:
    assert "quotations are kept" in outputs["unsure"]
    shown = [float(value) for value in re.findall(r"<td>(0\.\d+)</td>", outputs["unsure"])]
    assert len(shown) == 3
    assert shown == sorted(shown)


@pytest.mark.weights
def test_the_page_is_written(outputs: dict[str, str], folder: Path) -> None:
    assert outputs["report"] == ""
    assert "The fishing talks" in (folder / "fishing-talks.html").read_text(encoding="utf-8")
