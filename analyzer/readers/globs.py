"""The files and folders that a pattern such as ``news/**/*.txt`` stands for, one at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from glob import has_magic
from pathlib import Path

from analyzer.failure import Failure

_ANY_FOLDERS = "**"


def is_pattern(path: Path) -> bool:
    """Whether *path* has any of the characters ``*``, ``?`` and ``[``."""
    return has_magic(str(path))


def expand_pattern(pattern: Path, is_left_out: Callable[[Path], bool]) -> Iterator[Path | Failure]:
    """The paths that match *pattern*, sorted folder by folder, and a failure for a folder that cannot be read.

    Raises `OSError` if that is the folder that all others would be in. ``**`` stands for folders at any depth and,
    at the end, for all that is in them. Hidden files and folders have to be asked for with a dot, and ``**`` goes
    into none, nor into links. What is in a folder that matches is not matched again. What *is_left_out* says of a
    path holds for all that is in it.
    """
    parts = pattern.parts
    first = next(number for number, part in enumerate(parts) if has_magic(part))
    folder, parts = Path(*parts[:first]), parts[first:]
    if any(map(is_left_out, (folder, *folder.parents))):
        return
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
        if not after or is_left_out(path):
            continue
        if len(parts) in after:
            yield path
        elif os.path.isdir(path) and not (_is_within_any(after, parts) and os.path.islink(path)):
            try:
                pending.append((path, after, _names(path)))
            except OSError as error:
                yield Failure.from_error(path.as_posix(), error)


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
