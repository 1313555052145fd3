"""Parquet, as pyarrow reads it back."""

from __future__ import annotations

import datetime
import io
import os
import threading
from collections.abc import Iterator

import pyarrow
import pyarrow.parquet

from analyzer.quotation import Analysis
from analyzer.results import Result
from analyzer.writers import CSV_COLUMNS, write_parquet
from tests.analyzer.writers.samples import FAILURE, full_analysis, small_analyses
from tests.hand_made import make_analysis, make_quotation


def parquet_file(*results: Result) -> pyarrow.parquet.ParquetFile:
    stream = io.BytesIO()
    write_parquet(results, stream)
    return pyarrow.parquet.ParquetFile(stream)


def test_columns_are_typed_and_compressed() -> None:
    file = parquet_file(full_analysis(), FAILURE)
    types = dict(zip(file.schema_arrow.names, file.schema_arrow.types, strict=True))
    assert tuple(types) == CSV_COLUMNS
    assert types.pop("quotation") == pyarrow.int64()
    assert types.pop("date") == pyarrow.date32()
    confidences = [name for name in types if name.startswith("confidence_")]
    assert {types.pop(name) for name in confidences} == {pyarrow.float64()}
    assert set(types.values()) == {pyarrow.string()}
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_absent_cells_are_null_and_failures_rows() -> None:
    lind, ministry, failure = parquet_file(full_analysis(), FAILURE).read().to_pylist()
    assert (lind["date"], lind["confidence_source"]) == (datetime.date(2026, 3, 7), 0.1235)
    assert (ministry["cue"], ministry["role"], ministry["confidence_speaker"]) == (None, None, None)
    assert {name: cell for name, cell in failure.items() if cell is not None} == {
        "article": "news/empty.txt",
        "error": "ArticleError: the file is empty",
    }


def test_words_are_exact() -> None:
    text = "=1+1\r\nsaid Ana Lind\0"
    (row,) = parquet_file(make_analysis(text, make_quotation(text, text))).read().to_pylist()
    assert row["text"] == text


def test_row_groups_are_written_before_the_results_end() -> None:
    stream = io.BytesIO()
    written = []

    def results() -> Iterator[Analysis]:
        for analysis in small_analyses(25_000):
            written.append(stream.tell())
            yield analysis

    write_parquet(results(), stream)
    assert written[9_999] < 100 < written[10_001] < written[20_001]
    metadata = pyarrow.parquet.ParquetFile(stream).metadata
    assert [metadata.row_group(group).num_rows for group in range(3)] == [10_000, 10_000, 5_000]


def test_no_results_are_an_empty_table() -> None:
    table = parquet_file().read()
    assert (table.num_rows, tuple(table.column_names)) == (0, CSV_COLUMNS)


def test_a_pipe_will_do() -> None:
    reading, writing = os.pipe()
    received = []
    with os.fdopen(reading, "rb") as end:
        reader = threading.Thread(target=lambda: received.append(end.read()))
        reader.start()
        with os.fdopen(writing, "wb") as stream:
            write_parquet([full_analysis()], stream)
            assert not stream.closed
        reader.join()
    assert pyarrow.parquet.read_table(io.BytesIO(received[0])).num_rows == 2
