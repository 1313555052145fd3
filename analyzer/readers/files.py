"""Which files paths stand for, and what the output calls them."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analyzer.failure import Failure
from analyzer.readers.formats import READABLE, is_readable
from analyzer.readers.globs import expand_pattern, is_pattern

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to read: *path* is where it is (``-`` for standard input), *id* what the output calls it.

    *size* is in bytes, ``None`` for what can be read only once and has no size: standard input, pipes, devices.
    """

    id: str
    path: Path
    size: int | None


def find_files(paths: Iterable[Path], exclude: Iterable[Path] = ()) -> Iterator[File | Failure]:
    """The files that *paths* stand for, in order; a failure for a path that stands for none.

    A file stands for itself whatever its suffix, ``-`` for standard input, a folder for its files of known
    suffixes at any depth, sorted, without hidden ones, and a pattern that is no path itself for the files and
    folders that match it. Files and folders of *exclude* are left out of folders and of matches. The id is the
    path as given or, in a folder, the path from that folder's parent (``news/strait.txt``), with forward slashes.
    Where two of *paths* would then begin alike (``2023/news`` and ``2024/news``), all ids are paths as given, so
    that different files have different ids.
    """
    paths = list(paths)
    as_given = _begin_alike(paths)
    excluded = {os.path.realpath(path) for path in exclude}
    for path in paths:
        try:
            if is_pattern(path) and not os.path.lexists(path):
                yield from _find_matches(path, excluded)
            else:
                yield from _find(path, as_given, excluded)
        except (OSError, ValueError) as error:
            yield _failed(path, error)


def _begin_alike(paths: Iterable[Path]) -> bool:
    """Whether ids could be equal if they began with the names of the folders among *paths*."""
    beginnings: Counter[str] = Counter()
    folders = set()
    for path in paths:
        if os.path.isdir(path):
            folders.add(_own_name(path))
            beginnings[_own_name(path)] += 1
        elif is_pattern(Path(*path.parts[:1])):
            # What it stands for may begin with any name.
            return True
        else:
            beginnings["".join(path.parts[:1])] += 1
    return any(beginnings[name] > 1 for name in folders)


def _own_name(folder: Path) -> str:
    return os.path.basename(os.path.abspath(folder))


def _find_matches(pattern: Path, excluded: set[str]) -> Iterator[File | Failure]:
    found = False
    for match in expand_pattern(pattern, lambda path: _is_excluded(path, excluded)):
        found = True
        if isinstance(match, Failure):
            yield match
            continue
        try:
            yield from _find(match, True, excluded)
        except OSError as error:
            yield _failed(match, error)
    if not found:
        message = "no file or folder that could be read matches this pattern"
        yield Failure(id=pattern.as_posix(), type="FileNotFoundError", message=message)


def _is_excluded(path: Path, excluded: set[str]) -> bool:
    # The name tells most apart, which takes no time.
    return (
        any(path.name == os.path.basename(other) for other in excluded) and os.path.realpath(path) in excluded
    )


def _find(path: Path, as_given: bool, excluded: set[str]) -> Iterator[File | Failure]:
    if path == STANDARD_INPUT:
        yield File(id="stdin", path=path, size=None)
        return
    path.lstat()
    if not os.path.isdir(path):
        yield File(id=path.as_posix(), path=path, size=_size(path))
        return
    found = False
    for file in _walk(path, path if as_given else Path(_own_name(path)), excluded):
        found = True
        yield file
    if not found:
        message = f"the folder holds no file that can be read: none ends in {READABLE}"
        yield Failure(id=path.as_posix(), type="FileNotFoundError", message=message)


def _failed(path: Path, error: OSError | ValueError) -> Failure:
    """*error* on the way to *path*. A `ValueError` is Python's, which takes no NUL in a path."""
    return Failure.from_error(path.as_posix(), error if isinstance(error, OSError) else OSError(str(error)))


def _size(path: Path) -> int | None:
    """The size of the file at *path*, ``None`` if it is no regular one; 0 for a broken link, which fails when read."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _walk(folder: Path, id: Path, excluded: set[str]) -> Iterator[File | Failure]:
    """The files in *folder*, whose ids begin with *id*. It holds the names in one folder of each level, no more."""
    pending = [(folder, id, [""])]
    while pending:
        folder, id, names = pending[-1]
        if not names:
            pending.pop()
            continue
        name = names.pop()
        path, own_id = folder / name, id / name
        if name.startswith(".") or (name and _is_excluded(path, excluded)):
            continue
        try:
            # Links to folders are not followed, as they may lead in a circle; that which was given is.
            if stat.S_ISDIR((os.lstat if name else os.stat)(path).st_mode):
                pending.append((path, own_id, sorted(os.listdir(path), reverse=True)))
            elif is_readable(name) and not os.path.isdir(path) and (size := _size(path)) is not None:
                yield File(id=own_id.as_posix(), path=path, size=size)
        except OSError as error:
            yield Failure.from_error(own_id.as_posix(), error)
