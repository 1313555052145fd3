"""Where results go: standard output, or a file or folder that is never seen half-written."""

from __future__ import annotations

import glob
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, TextIO

# What brat's folders and those of parts hold.
_OUR_NAMES = re.compile(
    r"(annotation|visual)\.conf|(articles|failures)\.tsv|part-\d+\.\w+|\d{6}(-[\w-]+\.(txt|ann))?"
)


def output_problem(path: Path, *, folder: bool = False) -> str | None:
    """Why *path* cannot be written to, as far as that can be known before the work, or ``None``.

    *folder* says that a folder is to be written, and not a file.
    """
    if path.is_dir() and not folder:
        return f"{path} is a folder; name a file"
    if folder and path.exists() and not path.is_dir():
        return f"{path} is a file; name a folder"
    if folder and (foreign := _foreign_name(path)):
        return f"the folder {path} holds what communique has not written ({foreign}); name another one"
    # A link leads elsewhere, and a file is replaced by one that is written beside it.
    parent = path.resolve().parent
    if not parent.is_dir():
        return f"there is no folder {parent}; create it first"
    if not is_device(path) and not os.access(parent, os.W_OK):
        return f"the folder {parent} may not be written to; name a file elsewhere"
    return None


def _foreign_name(folder: Path) -> str | None:
    """The name of something in *folder*, which is about to be replaced, that no output of ours has."""
    names = os.listdir(folder) if folder.is_dir() else []
    return next((name for name in sorted(names) if not _OUR_NAMES.fullmatch(name)), None)


def is_device(path: Path) -> bool:
    """Whether *path* is a pipe or a device, which is written to as it is."""
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """A stream to *path* in UTF-8, or to standard output for ``None``; line ends are written as given.

    A file appears, or replaces the one there, only when the block has ended without an error; until then the
    text is in a hidden file beside it. Pipes and devices are written to directly. Raises `OSError`.
    """
    if path is None:
        yield _standard_output()
        return
    with open_binary_output(path) as binary:
        stream = TextIOWrapper(binary, encoding="utf-8", errors="backslashreplace", newline="")
        yield stream
        # Writes what it holds and leaves closing to the block around it; after an error there is nothing to save.
        stream.detach()


@contextmanager
def open_binary_output(path: Path) -> Iterator[BinaryIO]:
    """The same as `open_output` for bytes."""
    if is_device(path):
        with path.open("wb") as stream:
            yield stream
        return
    # A link stays a link: what it leads to is replaced.
    path = path.resolve()
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with unfinished.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def open_folder_output(path: Path) -> Iterator[Path]:
    """An empty folder that takes the place of *path* when the block has ended without an error."""
    path = path.resolve()
    with TemporaryDirectory(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent) as name:
        unfinished, old = Path(name) / "new", Path(name) / "old"
        unfinished.mkdir()
        yield unfinished
        if path.exists():
            path.rename(old)
        try:
            unfinished.rename(path)
        except BaseException:
            if old.exists():
                old.rename(path)
            raise


def remove_unfinished(path: Path) -> None:
    """Remove what a killed process has left beside *path*; only for who knows that no other process writes to it."""
    path = path.resolve()
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _standard_output() -> TextIO:
    # What a program reads is UTF-8 whatever the locale; a terminal gets what it can show.
    if isinstance(sys.stdout, TextIOWrapper):
        encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace", newline="")
    return sys.stdout
