"""From paths to articles: what there is to read, one item an article, and each item's text."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import BinaryIO, TextIO
from zipfile import ZipFile, ZipInfo

from analyzer.article import Article
from analyzer.errors import ArticleError
from analyzer.failure import Failure
from analyzer.readers import limits
from analyzer.readers.compressed import (
    Tap,
    damage_told,
    expand,
    open_archive,
    read_limited,
    readable_members,
)
from analyzer.readers.encoding import decode, open_text
from analyzer.readers.files import STANDARD_INPUT, File, find_files
from analyzer.readers.formats import DOCUMENTS, InputFormat, format_of, is_gzip, is_zip
from analyzer.readers.html import read_html
from analyzer.readers.parquet import open_parquet, read_parquet
from analyzer.readers.rows import (
    USUAL_COLUMNS,
    Columns,
    Row,
    is_marked_up,
    own_id,
    read_row,
    unless_all_lack_text,
)
from analyzer.readers.tables import Rows, read_csv, read_json, read_jsonl

_READ_AHEAD = 65_536
_SPLIT = "split it into single articles"
_SAVE = "save it as a .parquet file of its own, which can be of any size"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article of the input, still to be read: cheap to make, to hold and to send to another process.

    *content* is a file to read, the bytes of one, an article that is read already (a row of a table), or why
    there is none. *name* is the file name that tells the format of bytes; where it is empty, a file's own name does.
    *size* is how many bytes of the input the item accounts for, to show progress: compressed ones, and for rows
    what has been read of their file since the last one. *warnings*, of what had to be guessed to find the item, come
    before the article's own.
    """

    id: str
    size: int
    content: Path | bytes | Article | Failure
    name: str = ""
    warnings: tuple[str, ...] = ()


def find_items(
    paths: Iterable[Path],
    columns: Columns = USUAL_COLUMNS,
    format: InputFormat | None = None,
    exclude: Iterable[Path] = (),
) -> Iterator[Item]:
    """The articles that *paths* stand for, in order and one at a time; it raises nothing for bad input.

    Which files those are, and their ids, tells `analyzer.readers.files.find_files`; *exclude* goes to it. The format
    is told by the suffix, or by *format* for all files but ``.zip``; ``.gz`` is expanded in either case. In a
    table every row is an article, with the id ``FILE#ID`` or, without an id of its own, ``FILE#N``, counted from
    1; ids repeat where the input's own repeat or equal a row's number. Members of an archive are called
    ``ARCHIVE/member/path.txt``. A path, a row or a member that holds no article gives an item whose content is a
    failure, and so does, after the articles before it, damage to a file. A table without a column for the text gives
    one failure; so does JSON of which none of the first thousand objects, or of fewer, has a key for it.
    """
    for file in find_files(paths, exclude):
        yield from items_in_file(file, columns, format)


def items_in_file(
    file: File | Failure, columns: Columns = USUAL_COLUMNS, format: InputFormat | None = None
) -> Iterator[Item]:
    """The articles in one *file*, or the one item that a file without any gives; see `find_items`."""
    if isinstance(file, Failure):
        yield Item(id=file.id, size=0, content=file)
        return
    found = False
    try:
        for item in _items_in(file, columns, format):
            found = True
            yield item
    except Exception as error:
        yield _failed(file.id, error)
    else:
        if not found:
            yield _failed(file.id, ArticleError("the file holds no article"), file.size or 0)


def read_item(item: Item, columns: Columns = USUAL_COLUMNS) -> Article | Failure:
    """The article of *item*, or why there is none; it raises nothing for bad input.

    *columns* tell where the text and the rest is in an item that is a row still to be read.
    """
    try:
        found = _content(item, columns)
    except Exception as error:
        return Failure.from_error(item.id, error)
    if isinstance(found, Failure) or not item.warnings:
        return found
    return replace(found, warnings=item.warnings + found.warnings)


def _content(item: Item, columns: Columns) -> Article | Failure:
    if isinstance(item.content, Path):
        return _article(item.id, _read_document(item.content), item.name or item.content.name, columns)
    if isinstance(item.content, bytes):
        return _article(item.id, item.content, item.name, columns)
    return item.content


def input_size(paths: Iterable[Path], exclude: Iterable[Path] = ()) -> int | None:
    """The bytes of all files that *paths* stand for without those of *exclude*; ``None`` if one of them is a pipe.

    Standard input counts as one. It goes through all folders, so it takes as long as `find_items` needs for that.
    """
    total = 0
    for file in find_files(paths, exclude):
        if isinstance(file, Failure):
            continue
        if file.size is None:
            return None
        total += file.size
    return total


def _article(id: str, data: bytes, name: str, columns: Columns) -> Article:
    format = format_of(name)
    if format is InputFormat.HTML:
        return read_html(data, id)
    if format is InputFormat.JSON:
        return read_row(json.loads(data), id, columns)
    text, warnings = decode(data)
    return Article(id=id, text=text, warnings=warnings)


def _read_document(path: Path) -> bytes:
    with path.open("rb") as stream:
        return read_limited(expand(Tap(stream), path.name), limits.MAX_BYTES, _SPLIT)


def _failed(id: str, error: Exception, size: int = 0) -> Item:
    return Item(id=id, size=size, content=Failure.from_error(id, error))


def _items_in(file: File, columns: Columns, format: InputFormat | None) -> Iterator[Item]:
    name = _telling_name(file.path.name, format)
    if is_zip(file.path.name):
        yield from _items_in_archive(file, columns, format)
    elif file.path == STANDARD_INPUT:
        yield from _items_in_pipe(file, sys.stdin.buffer, name, columns)
    elif file.size is not None and format_of(name) in DOCUMENTS:
        yield Item(id=file.id, size=file.size, content=file.path, name=name)
    else:
        with file.path.open("rb") as stream:
            if (
                file.size is not None
                and format_of(name) is InputFormat.PARQUET
                and not is_gzip(file.path.name)
            ):
                yield from _items_in_parquet(file.id, stream, file.size, file.size, columns)
            else:
                yield from _items_in_pipe(file, stream, name, columns)


def _telling_name(name: str, format: InputFormat | None) -> str:
    """*name* so changed, if *format* is given, that it tells that format."""
    return name if format is None else f"{name}.{format}"


def _items_in_pipe(file: File, stream: BinaryIO, name: str, columns: Columns) -> Iterator[Item]:
    tap = Tap(stream)
    yield from _items_in_stream(file.id, expand(tap, file.path.name), name, lambda: tap.count, columns)


def _items_in_archive(file: File, columns: Columns, format: InputFormat | None) -> Iterator[Item]:
    if file.size is None:
        raise ArticleError("an archive cannot be read from a pipe; save it as a file")
    with file.path.open("rb") as stream, open_archive(stream, file.size) as archive:
        for member, refusal in readable_members(archive):
            id = f"{file.id}/{member.filename}"
            if refusal is not None:
                yield _failed(id, refusal, member.compress_size)
                continue
            try:
                name = _telling_name(member.filename, format)
                yield from _items_in_member(archive, member, id, name, columns)
            except Exception as error:
                yield _failed(id, error)


def _items_in_member(
    archive: ZipFile, member: ZipInfo, id: str, name: str, columns: Columns
) -> Iterator[Item]:
    with damage_told():
        stream = archive.open(member)
    with stream:
        tap = Tap(stream, compressed=lambda: member.compress_size)
        whole = max(1, member.file_size)
        yield from _items_in_stream(id, tap, name, lambda: member.compress_size * tap.count // whole, columns)


def _items_in_stream(
    id: str, stream: Tap, name: str, position: Callable[[], int], columns: Columns
) -> Iterator[Item]:
    """What is in *stream*, called *id*, the name of which tells its format.

    *position* gives how many bytes of the input have been read.
    """
    format = format_of(name)
    if format in DOCUMENTS:
        data = read_limited(stream, limits.MAX_BYTES, _SPLIT)
        yield Item(id=id, size=position(), content=data, name=name)
    elif format is InputFormat.PARQUET:
        data = read_limited(stream, limits.MAX_BUFFERED_BYTES, _SAVE)
        yield from _items_in_parquet(id, io.BytesIO(data), len(data), position(), columns)
    else:
        text, warnings = open_text(io.BufferedReader(stream, _READ_AHEAD))
        rows = _read_table(text, format, name, columns)
        try:
            yield from _items_in_rows(id, rows, lambda _: position(), columns, warnings)
        except UnicodeDecodeError as error:
            raise ArticleError(f"the file is not valid {error.encoding.upper()}; save it as UTF-8") from error


def _read_table(text: TextIO, format: InputFormat, name: str, columns: Columns) -> Rows:
    if format is InputFormat.CSV:
        return read_csv(text, columns, "\t" if ".tsv" in PurePath(name.lower()).suffixes else None)
    return read_json(text) if format is InputFormat.JSON else read_jsonl(text)


def _items_in_parquet(id: str, stream: BinaryIO, length: int, size: int, columns: Columns) -> Iterator[Item]:
    """The rows of the Parquet file in *stream*, of *length* bytes, which accounts for *size* bytes of the input."""
    file = open_parquet(stream)
    total = max(1, file.metadata.num_rows)
    rows = read_parquet(file, length, columns)
    yield from _items_in_rows(id, rows, lambda number: size * number // total, columns, ())


def _items_in_rows(
    id: str, rows: Rows, position: Callable[[int], int], columns: Columns, warnings: tuple[str, ...]
) -> Iterator[Item]:
    """The rows of the table *id*; *position* gives how many bytes of it have been read with the row of a number.

    Raises `ArticleError` if no row has text.
    """
    return unless_all_lack_text(_items_and_rows(id, rows, position, columns, warnings), columns)


def _items_and_rows(
    id: str, rows: Rows, position: Callable[[int], int], columns: Columns, warnings: tuple[str, ...]
) -> Iterator[tuple[Item, Row | None]]:
    done = 0
    for number, row in rows:
        read = position(number)
        item = _row_item(id, number, row, read - done, columns, warnings)
        yield item, None if isinstance(row, ArticleError) else row
        done = read


def _row_item(
    table: str, number: int, row: Row | ArticleError, size: int, columns: Columns, warnings: tuple[str, ...]
) -> Item:
    id = f"{table}#{number}"
    if isinstance(row, ArticleError):
        return _failed(id, row, size)
    try:
        id = f"{table}#{own_id(row, columns) or number}"
        if is_marked_up(row, columns):
            # To take HTML apart is work for `read_item`, which may run in another process.
            return Item(
                id=id, size=size, content=json.dumps(row).encode(), name="row.json", warnings=warnings
            )
        return Item(id=id, size=size, content=read_row(row, id, columns, warnings))
    except Exception as error:
        return _failed(id, error, size)
