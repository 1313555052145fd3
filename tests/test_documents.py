"""The figures in the documents are those of the stored results, and those are of the shipped model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyzer.tables import DEFAULT_MODEL
from eval.documents.filling import DOCUMENTS, ROOT, fill
from eval.documents.stored import StoredEvaluation, StoredResults
from eval.systems import model_digest

RESULTS = StoredResults(ROOT / "eval" / "results")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_figures_are_those_of_the_stored_results(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "<!-- figures" in text
    assert fill(text, RESULTS) == text, "bring the figures up to date: python -m eval.documents"


@pytest.mark.parametrize("evaluation", [RESULTS.polnear, RESULTS.corpus], ids=["polnear", "corpus"])
def test_the_stored_evaluations_are_of_the_shipped_model(evaluation: StoredEvaluation) -> None:
    assert evaluation.digest == model_digest(DEFAULT_MODEL), "evaluate the new model: make evaluation"


@pytest.mark.parametrize("name", ["contrast", "speed", "cofenet-dev", "peer-textacy"])
def test_the_other_stored_results_are_of_the_shipped_version(name: str) -> None:
    settings = json.loads((DEFAULT_MODEL / "config.json").read_text(encoding="utf-8"))
    assert f"{settings['name']} {settings['version']}" in json.dumps(RESULTS.read(name))


def test_a_changed_figure_is_put_right(tmp_path: Path) -> None:
    stored = RESULTS.read("contrast")
    stored["all"] = {"pairs": 4, "right": 1}
    (tmp_path / "contrast.json").write_text(json.dumps(stored), encoding="utf-8")
    text = "Before.\n<!-- figures contrast -->\nOf 9 pairs, 8.\n<!-- end -->\nAfter.\n"
    filled = fill(text, StoredResults(tmp_path))
    assert filled.startswith("Before.\n<!-- figures contrast -->\nOf 4 pairs of sentences")
    assert "25 %" in filled
    assert filled.endswith("\n<!-- end -->\nAfter.\n")
    with pytest.raises(KeyError, match="unheard-of"):
        fill(text.replace("contrast", "unheard-of"), RESULTS)


@pytest.mark.parametrize(
    "broken", ["<!-- figures contrast-->\n<!-- end -->", "<!-- figures contrast -->\nOf 9."]
)
def test_a_block_that_is_not_well_marked_is_no_figure_that_stays(broken: str) -> None:
    with pytest.raises(ValueError, match="<!-- end -->"):
        fill(f"{broken}\n<!-- figures speed -->\n<!-- end -->\n", RESULTS)
