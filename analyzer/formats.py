"""The output formats: which one is meant, and results written in it to a file, a folder or standard output."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, TextIO

from analyzer.errors import MissingExtraError, OutputError
from analyzer.output import open_binary_output, open_folder_output, open_output
from analyzer.report import write_html
from analyzer.results import Result
from analyzer.table import write_table
from analyzer.writers import write_brat, write_csv, write_jsonl, write_parquet, write_spacy


class Format(StrEnum):
    """What ``--format`` takes; those of `SUFFIXES` also go by what the name of the output ends in."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    HTML = "html"
    BRAT = "brat"
    SPACY = "spacy"


SUFFIXES = (Format.JSONL, Format.CSV, Format.PARQUET, Format.HTML, Format.SPACY)

TEXT_WRITERS: dict[Format, Callable[[Iterable[Result], TextIO], None]] = {
    Format.TABLE: write_table,
    Format.JSONL: write_jsonl,
    Format.CSV: write_csv,
    Format.HTML: write_html,
}
BINARY_WRITERS: dict[Format, Callable[[Iterable[Result], BinaryIO], None]] = {
    Format.PARQUET: write_parquet,
    Format.SPACY: write_spacy,
}


def format_of(path: Path) -> Format:
    """The format that *path* ends in. Raises `OutputError` if it ends in none."""
    suffix = path.suffix.removeprefix(".").lower()
    if suffix not in SUFFIXES:
        known = ", ".join(f".{format}" for format in SUFFIXES)
        raise OutputError(f"{path} ends in none of {known}; say --format as well")
    return Format(suffix)


def check_available(format: Format) -> None:
    """Raises `MissingExtraError` if *format* needs a package that is not installed."""
    if format is Format.SPACY and find_spec("spacy") is None:
        raise MissingExtraError("spaCy is not installed: pip install 'communique[spacy]'")


def write_results(results: Iterable[Result], output: Path | None, format: Format) -> None:
    """Write *results* in *format* to *output*, or to standard output for ``None``.

    A file or folder appears, or replaces the one there, when all is written. Raises `OSError`; `OutputError` for a
    format that cannot go to standard output; `MissingExtraError` for one that needs a package that is not there.
    """
    if format in TEXT_WRITERS:
        with open_output(output) as stream:
            TEXT_WRITERS[format](results, stream)
    elif output is None:
        raise OutputError(f"{format} cannot be written to standard output; name a file with --output")
    elif format in BINARY_WRITERS:
        with open_binary_output(output) as binary:
            BINARY_WRITERS[format](results, binary)
    else:
        with open_folder_output(output) as folder:
            write_brat(results, folder)
