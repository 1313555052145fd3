"""The pandas frame, and that it, Parquet and CSV hold the same rows."""

from __future__ import annotations

import csv
import io
import sys

import pandas
import pyarrow.parquet
import pytest

from analyzer.errors import MissingExtraError
from analyzer.writers import CSV_COLUMNS, to_frame, write_csv, write_parquet
from tests.analyzer.writers.samples import FAILURE, all_results, full_analysis


def test_columns_are_typed() -> None:
    types = to_frame([full_analysis(), FAILURE]).dtypes.astype(str).to_dict()
    assert tuple(types) == CSV_COLUMNS
    assert (types["article"], types["quotation"], types["confidence_source"]) == (
        "string",
        "Int64",
        "float64",
    )
    assert types["date"].startswith("datetime64")
    assert types == to_frame([]).dtypes.astype(str).to_dict()


def test_a_frame_counts_by_date() -> None:
    frame = to_frame([full_analysis()])
    assert list(frame["date"].dt.year) == [2026, 2026]
    assert frame.groupby("stance").size().to_dict() == {"conditional": 1, "hostile": 1}


def test_csv_parquet_and_frame_hold_the_same_rows() -> None:
    text, data = io.StringIO(newline=""), io.BytesIO()
    write_csv(all_results(), text)
    write_parquet(all_results(), data)
    parquet = pyarrow.parquet.read_table(data).to_pylist()
    frame = to_frame(all_results())
    in_csv = list(csv.DictReader(io.StringIO(text.getvalue(), newline="")))
    assert len(in_csv) == 4
    assert [{name: printed(cell) for name, cell in row.items()} for row in parquet] == in_csv
    assert [{name: printed(cell) for name, cell in row.items()} for row in frame.to_dict("records")] == in_csv


def printed(cell: object) -> str:
    """*cell* as CSV prints it."""
    if pandas.isna(cell):
        return ""
    return cell.strftime("%Y-%m-%d") if hasattr(cell, "strftime") else str(cell)


def test_lone_surrogates_are_escaped() -> None:
    last = to_frame(all_results()).iloc[-1]
    assert (last["article"], last["speaker"]) == ("news/\\udcff.txt", "\\udcff")


def test_without_pandas_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'communique\[pandas\]'"):
        to_frame([])
