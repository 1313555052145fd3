"""From paths to article texts: which files a path stands for, and the characters of each."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from analyzer.errors import ArticleError
from analyzer.failure import Failure

ARTICLE_SUFFIXES = (".txt", ".md")
STANDARD_INPUT = Path("-")
# More than any text of the longest length that Analyzer takes (2 million characters) has in any encoding.
MAX_BYTES = 10_000_000

# UTF-32's mark begins with UTF-16's, so it comes first.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TEXT_CONTROLS = b"\t\n\v\f\r\x1b"
_CONTROLS = bytes(set(range(32)) - set(_TEXT_CONTROLS)) + b"\x7f"
# A stray NUL does not make a text binary, but compressed data is one tenth control characters, and old
# one-byte encodings, in which any bytes are valid, must be told from it more strictly than UTF-8.
_MAX_CONTROLS_IN_UTF8 = 0.1
_MAX_CONTROLS_ELSEWHERE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFile:
    """A file to analyze: *path* is where it is (``-`` for standard input), *id* what the output calls it."""

    id: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as it was read: *text* with its own line ends, *warnings* on what had to be guessed."""

    id: str
    text: str
    warnings: tuple[str, ...] = ()


def find_articles(paths: Iterable[Path]) -> Iterator[ArticleFile | Failure]:
    """The article files that *paths* stand for, in order; a failure for a path that stands for none.

    A file stands for itself whatever its suffix, ``-`` for standard input, a folder for its ``.txt`` and
    ``.md`` files at any depth, sorted, without hidden ones. The id is the path as given or, in a folder, the
    path from that folder's parent (``news/strait.txt``), with forward slashes. Where two of *paths* would then
    begin alike (``2023/news`` and ``2024/news``), all ids are paths as given, so that different files have
    different ids.
    """
    paths = list(paths)
    as_given = _begin_alike(paths)
    for path in paths:
        if path == STANDARD_INPUT:
            yield ArticleFile(id="stdin", path=path)
            continue
        try:
            path.lstat()
        except OSError as error:
            yield Failure.from_error(path.as_posix(), error)
            continue
        if os.path.isdir(path):
            yield from _find_in_folder(path, path if as_given else Path(_own_name(path)))
        else:
            yield ArticleFile(id=path.as_posix(), path=path)


def _begin_alike(paths: Iterable[Path]) -> bool:
    """Whether ids could be equal if they began with the names of the folders among *paths*."""
    beginnings: list[str] = []
    folders = set()
    for path in paths:
        if os.path.isdir(path):
            folders.add(_own_name(path))
            beginnings.append(_own_name(path))
        else:
            beginnings.append(path.parts[0])
    return any(beginnings.count(name) > 1 for name in folders)


def _own_name(folder: Path) -> str:
    return os.path.basename(os.path.abspath(folder))


def _find_in_folder(folder: Path, id: Path) -> Iterator[ArticleFile | Failure]:
    found = False
    for item in _walk(folder, id):
        found = True
        yield item
    if not found:
        message = f"the folder holds no {' or '.join(ARTICLE_SUFFIXES)} file"
        yield Failure(id=folder.as_posix(), type="FileNotFoundError", message=message)


def _walk(folder: Path, id: Path) -> Iterator[ArticleFile | Failure]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield Failure.from_error(id.as_posix(), error)
        return
    for entry in entries:
        path = Path(entry)
        if entry.name.startswith("."):
            continue
        # Links to folders are not followed, as they may lead in a circle; pipes and devices are no articles.
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, id / entry.name)
        elif path.suffix.lower() in ARTICLE_SUFFIXES and _may_be_file(entry):
            yield ArticleFile(id=(id / entry.name).as_posix(), path=path)


def _may_be_file(entry: os.DirEntry[str]) -> bool:
    """Whether *entry* is a file or a link that is broken or leads to one; a broken link is worth an error."""
    if entry.is_symlink():
        return os.path.isfile(entry) or not os.path.exists(entry)
    return entry.is_file()


def read_article(file: ArticleFile) -> Article:
    """The article in *file*. Raises `OSError` if it cannot be read, `ArticleError` if it holds no text."""
    text, warnings = decode(_read_bytes(file.path))
    return Article(id=file.id, text=text, warnings=warnings)


def _read_bytes(path: Path) -> bytes:
    if path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ArticleError(f"the file has over {MAX_BYTES:,} bytes; split it into single articles")
    return data


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text in the bytes of a file, and warnings.

    A byte order mark decides the encoding (and is no part of the text); otherwise it is UTF-8 or, where that
    fails, what charset-normalizer finds most likely, with a warning. Line ends stay as they are. Raises
    `ArticleError` if the file is empty, binary, or in no known encoding.
    """
    if not data:
        raise ArticleError("the file is empty")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding), ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        _refuse_binary(data, _MAX_CONTROLS_ELSEWHERE)
        return _decode_guessing(data)
    _refuse_binary(data, _MAX_CONTROLS_IN_UTF8)
    return text, ()


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise ArticleError(
            f"the file begins with the mark of {name}, but is not valid {name} at byte {error.start}; "
            "save it as UTF-8"
        ) from error


def _decode_guessing(data: bytes) -> tuple[str, tuple[str, ...]]:
    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        raise ArticleError("the file's encoding is unknown; save it as UTF-8")
    # Central European cp1250 often ties with cp1252, the common one in English news, and comes first.
    ties = (match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence))
    fits_cp1252 = any("cp1252" in match.could_be_from_charset for match in ties)
    encoding = "cp1252" if fits_cp1252 else best.encoding
    return data.decode(encoding), (f"not UTF-8; read as {encoding}, which is a guess",)


def _refuse_binary(data: bytes, limit: float) -> None:
    share = 1 - len(data.translate(None, _CONTROLS)) / len(data)
    if share > limit:
        raise ArticleError(f"the file is binary, not text: {share:.0%} of its bytes are control characters")
