"""CSV, as a program reads it back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest

from analyzer.quotation import Analysis
from analyzer.results import Result, result_from_json
from analyzer.writers import CSV_COLUMNS, write_csv
from tests.analyzer.writers.samples import FAILURE, full_analysis
from tests.hand_made import TEXT, make_analysis, make_quotation, strait_analysis


def csv_text(*results: Result) -> str:
    stream = io.StringIO(newline="")
    write_csv(results, stream)
    return stream.getvalue()


def csv_rows(*results: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_text(*results), newline="")))


def test_results_are_written_before_the_next_is_asked_for() -> None:
    stream = io.StringIO(newline="")

    def results() -> Iterator[Analysis]:
        yield strait_analysis()
        assert "We will return" in stream.getvalue()

    write_csv(results(), stream)


def test_one_row_a_quotation() -> None:
    lind, ministry = csv_rows(full_analysis())
    assert tuple(lind) == CSV_COLUMNS
    assert (lind["article"], lind["date"]) == ("news/strait.txt", "2026-03-07")
    assert (lind["article_title"], lind["outlet"]) == ("Talks on the strait", "The Norland Post")
    assert lind["spans"] == "62-79 91-120"
    assert lind["text"] == "“We will return,” “if Sudria opens the strait.”"
    assert (lind["speaker"], lind["role"]) == ("Ana Lind", "Norland's chief negotiator")
    assert (lind["title"], lind["affiliation"]) == ("norland's chief negotiator", "Norland")
    assert (lind["stance"], lind["consequence"], lind["target"]) == ("conditional", "cooperative", "Sudria")
    assert (lind["cue"], lind["evidence"]) == ("said", "if Sudria opens the strait")
    assert (ministry["quotation"], ministry["cue"], ministry["role"], ministry["error"]) == ("1", "", "", "")


def test_no_results_are_a_header() -> None:
    assert csv_text() == ",".join(CSV_COLUMNS) + "\r\n"


def test_spans_are_offsets_into_the_text() -> None:
    ministry = csv_rows(strait_analysis())[1]
    start, end = map(int, ministry["spans"].split("-"))
    assert TEXT[start:end] == ministry["text"]


def test_confidences_are_those_of_the_json() -> None:
    lind, ministry = csv_rows(full_analysis())
    names = ("confidence_quotation", "confidence_source", "confidence_speaker", "confidence_stance")
    assert [lind[name] for name in names] == ["1.0", "0.1235", "0.6667", "0.0"]
    assert ministry["confidence_speaker"] == ""


def test_results_that_were_read_back_give_the_same_file() -> None:
    results = [full_analysis(), FAILURE]
    again = [result_from_json(result.to_json()) for result in results]
    assert csv_text(*again) == csv_text(*results)


def test_row_of_a_failure_has_only_its_error() -> None:
    (row,) = csv_rows(FAILURE)
    assert {column: cell for column, cell in row.items() if cell} == {
        "article": "news/empty.txt",
        "error": "ArticleError: the file is empty",
    }


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        "＝1",
        "＋1",
        "－1",
        "＠A1",
        "﹦1",
        "﹣1",
    ],
)
def test_cells_are_no_formulas(formula: str) -> None:
    text = f"{formula} said Ana Lind"
    analysis = make_analysis(text, make_quotation(text, formula, speaker=formula, role=formula), id=formula)
    (row,) = csv_rows(analysis)
    assert [row[column] for column in ("article", "text", "speaker", "role")] == [f"'{formula}"] * 4


def test_line_ends_quotes_and_commas_are_kept() -> None:
    words = 'He said:\r\n"no", and\nleft\0'
    (row,) = csv_rows(make_analysis(words, make_quotation(words, words)))
    assert row["text"] == words
