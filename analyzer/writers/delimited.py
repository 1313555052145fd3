"""Results as CSV, and what keeps a spreadsheet from taking a cell for a formula."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import TextIO

from analyzer.results import Result
from analyzer.writers.rows import COLUMNS, Cell, rows_of

CSV_COLUMNS = tuple(column.name for column in COLUMNS)
# After OWASP's "CSV Injection" and, for the null character, its ASVS 1.2.10.
_FORMULA_STARTS = frozenset("=+-@\t\r\n\0")


def write_csv(results: Iterable[Result], stream: TextIO) -> None:
    """Write a header and one row a quotation, the columns being `CSV_COLUMNS`; line ends as in RFC 4180.

    An article that failed is a row with only ``article`` and ``error``; one without quotations has no row.
    ``spans`` are offsets like ``412-498 510-520``. A cell that a spreadsheet would take for a formula gets an
    apostrophe in front, so take exact words from the offsets or from JSON Lines. Open *stream* with
    ``newline=""``.
    """
    writer = csv.DictWriter(stream, CSV_COLUMNS)
    writer.writeheader()
    for result in results:
        writer.writerows({name: _printed(cell) for name, cell in row.items()} for row in rows_of(result))
        stream.flush()


def no_formula(text: str) -> str:
    """*text*, with an apostrophe in front if a spreadsheet could take it for a formula."""
    # Some locales' spreadsheets read the full-width and small forms of these characters as the plain ones.
    first = unicodedata.normalize("NFKC", text[:1])[:1]
    return f"'{text}" if first in _FORMULA_STARTS else text


def _printed(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return no_formula(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)
