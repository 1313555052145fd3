"""The formats of input, and how file names tell them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath


class InputFormat(StrEnum):
    """How a file is to be read. In all but ``text`` and ``html``, which hold one article, every row is an article."""

    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


SUFFIXES = {
    ".txt": InputFormat.TEXT,
    ".md": InputFormat.TEXT,
    ".html": InputFormat.HTML,
    ".htm": InputFormat.HTML,
    ".jsonl": InputFormat.JSONL,
    ".ndjson": InputFormat.JSONL,
    ".json": InputFormat.JSON,
    ".csv": InputFormat.CSV,
    ".tsv": InputFormat.CSV,
    ".parquet": InputFormat.PARQUET,
}
READABLE = f"{', '.join(SUFFIXES)} (each also with .gz) or .zip"
DOCUMENTS = (InputFormat.TEXT, InputFormat.HTML)
"""The formats of which a file is one article."""


def suffix_of(name: str) -> str:
    """The suffix of the file *name* that tells its format, in lower case, without ``.gz``."""
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix


def format_of(name: str) -> InputFormat:
    """The format of the file *name*; text where the suffix tells none."""
    return SUFFIXES.get(suffix_of(name), InputFormat.TEXT)


def is_gzip(name: str) -> bool:
    """Whether the file *name* is compressed with gzip."""
    return name.lower().endswith(".gz")


def is_zip(name: str) -> bool:
    """Whether the file *name* is a ZIP archive."""
    return name.lower().endswith(".zip")


def is_readable(name: str) -> bool:
    """Whether a file *name* in a folder holds articles."""
    return suffix_of(name) in SUFFIXES or is_zip(name)
