"""Where results go: standard output, or a file that is never seen half-written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO


def output_problem(path: Path) -> str | None:
    """Why *path* cannot be written to, as far as that can be known before the work, or ``None``."""
    if path.is_dir():
        return f"{path} is a folder; name a file"
    # A link leads elsewhere, and a file is replaced by one that is written beside it.
    folder = path.resolve().parent
    if not folder.is_dir():
        return f"there is no folder {folder}; create it first"
    if (path.is_file() or not path.exists()) and not os.access(folder, os.W_OK):
        return f"the folder {folder} may not be written to; name a file elsewhere"
    return None


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """A stream to *path* in UTF-8, or to standard output for ``None``; line ends are written as given.

    A file appears, or replaces the one there, only when the block has ended without an error; until then the
    text is in a hidden file beside it. Pipes and devices are written to directly. Raises `OSError`.
    """
    if path is None:
        yield _standard_output()
    elif path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
    else:
        # A link stays a link: what it leads to is replaced.
        with _replacing(path.resolve()) as stream:
            yield stream


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with unfinished.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _standard_output() -> TextIO:
    # What a program reads is UTF-8 whatever the locale; a terminal gets what it can show.
    if isinstance(sys.stdout, TextIOWrapper):
        encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace", newline="")
    return sys.stdout
