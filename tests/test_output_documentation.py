"""docs/output.md: that it leaves nothing out, and that its examples run."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from analyzer.failure import Failure
from analyzer.quotation import (
    KINDS,
    ROLE_CATEGORIES,
    SPEAKER_KINDS,
    STANCE_LABELS,
    Analysis,
    Confidence,
    Quotation,
    Role,
    Speaker,
    SpeakerReference,
    Stance,
    Target,
)
from analyzer.writers import CSV_COLUMNS, write_jsonl
from tests.hand_made import strait_analysis

DOCUMENTATION = (Path(__file__).parents[1] / "docs" / "output.md").read_text(encoding="utf-8")
PARTS = {"speaker": SpeakerReference, "role": Role, "stance": Stance, "confidence": Confidence}
JSON_LINES, FRAME, SPACY = re.findall(r"```python\n(.*?)```", DOCUMENTATION, flags=re.DOTALL)


def first_cells() -> set[str]:
    """What stands in code in the first cells of the tables."""
    rows = [line for line in DOCUMENTATION.splitlines() if line.startswith("|")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])}


def test_every_field_of_the_json_object_is_described() -> None:
    names = {field.name for data in (Analysis, Speaker, Quotation) for field in fields(data)} - set(PARTS)
    names |= {f"{part}.{field.name}" for part, data in PARTS.items() for field in fields(data)}
    assert names <= first_cells()
    assert all(f"`{field.name}`" in DOCUMENTATION for field in fields(Target))


def test_every_column_is_described() -> None:
    assert set(CSV_COLUMNS) <= first_cells()


def test_every_label_is_named() -> None:
    labels = (*KINDS, *SPEAKER_KINDS, *STANCE_LABELS, *ROLE_CATEGORIES)
    assert [label for label in labels if f"`{label}`" not in DOCUMENTATION] == []


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ``results.jsonl`` that the examples read."""
    failure = Failure(id="news/blank.txt", type="ArticleError", message="the text is empty")
    with (tmp_path / "results.jsonl").open("w", encoding="utf-8") as stream:
        write_jsonl([strait_analysis(), failure], stream)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("results")
def test_the_example_of_json_lines_prints_speakers_and_failures(capsys: pytest.CaptureFixture[str]) -> None:
    exec(JSON_LINES, {})
    assert capsys.readouterr().out.splitlines() == [
        "news/strait.txt Ana Lind ['Lind']",
        "news/strait.txt Sudria's foreign ministry [\"Sudria's foreign ministry\"]",
        "news/blank.txt failed: the text is empty",
    ]


@pytest.mark.usefixtures("results")
def test_the_example_of_a_frame_counts_stances(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pandas")
    exec(FRAME, {})
    assert re.search(r"Ana Lind +conditional +1\b", capsys.readouterr().out)


@pytest.mark.weights
def test_the_example_of_spacy_prints_the_parts_of_a_quotation(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("spacy")
    exec(SPACY.replace('"threads": 2', ""), {})
    printed = capsys.readouterr().out
    for line in ("content “We will return", "cue said Ana Lind conditional", "source envoy Ana Lind"):
        assert line in printed
