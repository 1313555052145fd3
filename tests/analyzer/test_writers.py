"""JSON Lines and CSV, as a program reads them back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest

from analyzer.failure import Failure
from analyzer.quotation import Analysis
from analyzer.writers import CSV_COLUMNS, write_csv, write_jsonl
from tests.hand_made import TEXT, make_analysis, make_quotation, strait_analysis

FAILURE = Failure(id="news/empty.txt", type="ArticleError", message="the file is empty")


def csv_rows(*results: Analysis | Failure) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    write_csv(results, stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))


def test_jsonl_is_one_object_a_line() -> None:
    stream = io.StringIO()
    write_jsonl([strait_analysis(), FAILURE], stream)
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert first == strait_analysis().to_dict()
    assert second == {
        "schema": 1,
        "id": "news/empty.txt",
        "error": {"type": "ArticleError", "message": "the file is empty"},
    }


@pytest.mark.parametrize("write", [write_jsonl, write_csv])
def test_results_are_written_before_the_next_is_asked_for(write) -> None:  # type: ignore[no-untyped-def]
    stream = io.StringIO()

    def results() -> Iterator[Analysis]:
        yield strait_analysis()
        assert "We will return" in stream.getvalue()

    write(results(), stream)


def test_csv_has_one_row_a_quotation() -> None:
    lind, ministry = csv_rows(strait_analysis())
    assert tuple(lind) == CSV_COLUMNS
    assert lind["article"] == "news/strait.txt"
    assert lind["spans"] == "62-79 91-120"
    assert lind["text"] == "“We will return,” “if Sudria opens the strait.”"
    assert (lind["speaker"], lind["role"]) == ("Ana Lind", "Norland's chief negotiator")
    assert (lind["stance"], lind["consequence"], lind["target"]) == ("conditional", "cooperative", "Sudria")
    assert lind["evidence"] == "if Sudria opens the strait"
    assert (lind["confidence_quotation"], lind["confidence_speaker"]) == ("0.97", "")
    assert (ministry["quotation"], ministry["role"], ministry["error"]) == ("1", "", "")


def test_csv_spans_are_offsets_into_the_text() -> None:
    ministry = csv_rows(strait_analysis())[1]
    start, end = map(int, ministry["spans"].split("-"))
    assert TEXT[start:end] == ministry["text"]


def test_csv_row_of_a_failure_has_only_its_error() -> None:
    (row,) = csv_rows(FAILURE)
    assert {column: cell for column, cell in row.items() if cell} == {
        "article": "news/empty.txt",
        "error": "ArticleError: the file is empty",
    }


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_csv_cells_are_no_formulas(formula: str) -> None:
    text = f"{formula} said Ana Lind"
    analysis = make_analysis(text, make_quotation(text, formula, speaker=formula, role=formula), id=formula)
    (row,) = csv_rows(analysis)
    assert [row[column] for column in ("article", "text", "speaker", "role")] == [f"'{formula}"] * 4


def test_csv_keeps_line_ends_quotes_and_commas() -> None:
    words = 'He said:\r\n"no", and\nleft\0'
    (row,) = csv_rows(make_analysis(words, make_quotation(words, words)))
    assert row["text"] == words
