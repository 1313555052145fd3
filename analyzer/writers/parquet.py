"""Results as Parquet: one row a quotation, typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import BinaryIO

from analyzer.results import Result
from analyzer.writers.rows import COLUMNS, rows_of

ROWS_PER_GROUP = 10_000
"""Quotations in a row group, and so at most in memory."""


def write_parquet(results: Iterable[Result], stream: BinaryIO) -> None:
    """Write one row a quotation in the columns of CSV, compressed with zstd, in groups of `ROWS_PER_GROUP`.

    Strings, 64-bit integers and floats, and ``date`` as a date; null for what is absent. Rows are those of
    `analyzer.writers.write_csv`, with the exact words: nothing is put in front of what looks like a formula.
    """
    import pyarrow
    import pyarrow.parquet

    types: dict[type, pyarrow.DataType] = {
        str: pyarrow.string(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        date: pyarrow.date32(),
    }
    schema = pyarrow.schema([(column.name, types[column.holds]) for column in COLUMNS])
    rows = (row for result in results for row in rows_of(result))
    with pyarrow.parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while group := list(islice(rows, ROWS_PER_GROUP)):
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))
