"""Results as a pandas frame: one row a quotation, typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from analyzer.results import Result
from analyzer.writers.extras import needs_extra
from analyzer.writers.rows import COLUMNS, rows_of

if TYPE_CHECKING:
    import pandas

_TYPES = {str: "string", int: "Int64", float: "float64", date: "datetime64[s]"}


def to_frame(results: Iterable[Result]) -> pandas.DataFrame:
    """One row a quotation in the columns of CSV, all in memory; a missing value for what is absent.

    The columns are ``string``, ``Int64`` (``quotation``), ``float64`` (confidences) and ``datetime64`` (``date``).
    Rows are those of `analyzer.writers.write_csv`, with the exact words. Raises `MissingExtraError` without pandas.
    """
    with needs_extra("pandas"):
        import pandas

    rows = [row for result in results for row in rows_of(result)]
    return pandas.DataFrame(
        {
            column.name: pandas.Series([row[column.name] for row in rows], dtype=_TYPES[column.holds])
            for column in COLUMNS
        }
    )
