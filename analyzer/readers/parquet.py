"""The rows of Parquet files, in small batches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, BinaryIO

from analyzer.errors import ArticleError
from analyzer.readers import limits
from analyzer.readers.rows import Columns, check_columns, find_columns
from analyzer.readers.tables import Rows

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

# Few, as the texts of a batch are all in memory and may be as long as an article may be.
_BATCH_ROWS = 16


def open_parquet(stream: BinaryIO) -> ParquetFile:
    """The Parquet file in *stream*, which can be read at any place. Raises `ArticleError` if it is none."""
    # It takes a while to import.
    from pyarrow.parquet import ParquetFile

    with _told():
        return ParquetFile(stream, pre_buffer=False)


def read_parquet(file: ParquetFile, size: int, columns: Columns) -> Rows:
    """Pairs of a number, from 1, and a row of *file*, which has *size* bytes.

    Raises `ArticleError` if it has no text, not what *columns* names, is damaged, or expands too much.
    """
    with _told():
        names = tuple(file.schema_arrow.names)
        check_columns(names, columns)
        wanted = sorted({name for name in asdict(find_columns(names, columns)).values() if name})
        number = expanded = 0
        for group in range(file.num_row_groups):
            # pyarrow would tell the sizes of columns too, but ends the process over some that are damaged.
            _refuse_bomb(file.metadata.row_group(group).total_byte_size, size)
            for batch in file.iter_batches(
                _BATCH_ROWS, row_groups=[group], columns=wanted, use_threads=False
            ):
                for row in _rows(batch):
                    number += 1
                    yield number, row
                    expanded += sum(len(cell) for cell in row.values() if isinstance(cell, str | bytes))
                    _refuse_bomb(expanded, size)


def _refuse_bomb(expanded: int, compressed: int) -> None:
    if expanded > limits.MAX_BYTES and expanded > limits.MAX_RATIO * compressed:
        raise ArticleError(
            f"the file expands to over {limits.MAX_RATIO} times its size, as no articles do; "
            "it is not read further"
        )


def _rows(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    import pyarrow as pa

    rows: list[dict[str, Any]]
    try:
        rows = batch.to_pylist()
    except UnicodeDecodeError:
        # Bytes are decoded a cell at a time, with a warning.
        fields = [
            pa.field(field.name, pa.binary() if field.type == pa.string() else field.type)
            for field in batch.schema
        ]
        rows = batch.cast(pa.schema(fields)).to_pylist()
    return rows


@contextmanager
def _told() -> Iterator[None]:
    """Raise what pyarrow says of a damaged file as `ArticleError`."""
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise ArticleError(f"the Parquet file is damaged or none: {reason}") from error
