"""The tab-separated tables that rules look words up in."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"
"""Where the analyzer's own tables are."""

DEFAULT_MODEL = DATA / "model"
"""The folder of the shipped model."""


def read_table(path: Path) -> list[list[str]]:
    """The rows of the table *path*, without comments (``#``) and empty lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
