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
# Rows take time and memory even if there is nothing in them.
_LEAST_ROW = 100


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
                    expanded += _LEAST_ROW
                    expanded += sum(len(cell) for cell in row.values() if isinstance(cell, str | bytes))
                    _refuse_bomb(expanded, size)


def _refuse_bomb(expanded: int, compressed: int) -> None:
    if expanded > limits.MAX_BYTES and expanded > limits.MAX_RATIO * compressed:
        raise ArticleError(
            f"the file expands to over {limits.MAX_RATIO} times its size, as no articles do; "
            "it is not read further"
        )


def _rows(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    names = batch.schema.names
    columns = [_in_microseconds(column) for column in batch.columns]
    try:
        cells = [column.to_pylist() for column in columns]
    # What Python cannot hold is rare.
    except (ValueError, ArithmeticError, LookupError):
        cells = [[_cell(cell) for cell in _decoded(column)] for column in columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def _in_microseconds(column: pa.Array) -> pa.Array:
    """*column*, if it holds times in nanoseconds, without what Python does not know of them."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return column


def _decoded(column: pa.Array) -> pa.Array:
    import pyarrow as pa

    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _cell(cell: pa.Scalar) -> Any:
    """What is in *cell*: bytes for text that is not UTF-8, words for a time that Python cannot hold."""
    import pyarrow as pa

    try:
        return cell.as_py()
    except UnicodeDecodeError:
        # Bytes are decoded as those of a file are, with a warning.
        return cell.as_buffer().to_pybytes() if isinstance(cell, pa.BinaryScalar) else None
    except (ValueError, ArithmeticError, LookupError):
        return None if pa.types.is_nested(cell.type) else f"out of range: {_as_text(cell)}"


def _as_text(cell: pa.Scalar) -> str:
    import pyarrow as pa

    try:
        return str(cell.cast(pa.string()))
    except pa.ArrowException:
        return str(cell.type)


@contextmanager
def _told() -> Iterator[None]:
    """Raise what pyarrow says of a damaged file as `ArticleError`."""
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise ArticleError(f"the Parquet file is damaged or none: {reason}") from error
