"""The files and folders that a pattern such as ``news/**/*.txt`` stands for, one at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from glob import has_magic
from pathlib import Path

_ANY_FOLDERS = "**"


def is_pattern(path: Path) -> bool:
    """Whether *path* has any of the characters ``*``, ``?`` and ``[``."""
    return has_magic(str(path))


def expand_pattern(pattern: Path) -> Iterator[Path]:
    """The paths that match *pattern*, sorted folder by folder. Raises `OSError` if a folder cannot be read.

    ``**`` stands for folders at any depth and, at the end, for all that is in them. Hidden files and folders have
    to be asked for with a dot, and ``**`` goes into none, nor into links. What is in a folder that matches is not
    matched again.
    """
    parts = pattern.parts
    first = next(number for number, part in enumerate(parts) if has_magic(part))
    folder, parts = Path(*parts[:first]), parts[first:]
    begin = _past_any_folders({0}, parts)
    if len(parts) in begin:
        yield folder
        return
    pending = [(folder, begin, _names(folder))]
    while pending:
        folder, places, names = pending[-1]
        if not names:
            pending.pop()
            continue
        name = names.pop()
        path = folder / name
        after = _advance(name, places, parts)
        if len(parts) in after:
            yield path
        elif after and os.path.isdir(path) and not (_is_within_any(after, parts) and os.path.islink(path)):
            pending.append((path, after, _names(path)))


def _names(folder: Path) -> list[str]:
    """The names in *folder*, the first one last; none if it is no folder."""
    try:
        return sorted(os.listdir(folder), reverse=True)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _advance(name: str, places: Iterable[int], parts: tuple[str, ...]) -> set[int]:
    """The parts of the pattern, by number, that may come after *name* where those at *places* may stand for it."""
    after = set()
    for place in places:
        part = parts[place]
        if name.startswith(".") and not part.startswith("."):
            continue
        if part == _ANY_FOLDERS:
            after.add(place)
        elif fnmatchcase(name, part):
            after.add(place + 1)
    return _past_any_folders(after, parts)


def _past_any_folders(places: Iterable[int], parts: tuple[str, ...]) -> set[int]:
    """*places* and, as ``**`` may stand for no folder, those after it."""
    reached = set()
    for place in places:
        reached.add(place)
        while place < len(parts) and parts[place] == _ANY_FOLDERS:
            place += 1
            reached.add(place)
    return reached


def _is_within_any(places: Iterable[int], parts: tuple[str, ...]) -> bool:
    return any(parts[place] == _ANY_FOLDERS for place in places)
