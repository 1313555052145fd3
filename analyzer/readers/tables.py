"""The rows of JSON Lines, JSON and CSV, one at a time.

Each reader gives pairs of the row's number, from 1, and the row, or the `ArticleError` that says why there is none;
the rows after it are read all the same. What makes the rest of a file unreadable is raised as an `ArticleError`.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from itertools import chain, zip_longest
from typing import Any, TextIO

from analyzer.errors import ArticleError
from analyzer.readers import limits
from analyzer.readers.rows import Columns, Row, check_columns

Rows = Iterator[tuple[int, Row | ArticleError]]

_DELIMITERS = ",;\t|"
_LEAST_READ = 8192
_SPACE = re.compile(r"[ \t\r\n]*")
# An error this near to the end of what is read may be gone when more is.
_LONGEST_TOKEN = 16


def read_jsonl(stream: TextIO) -> Rows:
    """The objects in *stream*, one a line; empty lines count, so that a row's number is that of its line."""
    number = 0
    while line := stream.readline(limits.MAX_BYTES + 1):
        number += 1
        if len(line) > limits.MAX_BYTES:
            while line and not line.endswith(("\n", "\r")):
                line = stream.readline(limits.MAX_BYTES)
            yield number, _too_long("line")
        elif line.strip():
            yield number, _parse(line)


def _parse(line: str) -> Row | ArticleError:
    try:
        return _checked(json.loads(line, strict=False))
    except (ValueError, RecursionError) as error:
        return ArticleError(f"not JSON: {error}")


def _checked(value: Any) -> Row | ArticleError:
    return value if isinstance(value, dict) else ArticleError("not a JSON object, but another value")


def _too_long(what: str) -> ArticleError:
    return ArticleError(f"the {what} has over {limits.MAX_BYTES:,} characters; split it into single articles")


def read_json(stream: TextIO) -> Rows:
    """The objects in *stream*: a list of them, one alone, or several one after the other.

    Raises `ArticleError` where it is no JSON any more.
    """
    source = _JsonSource(stream)
    in_list = source.peek() == "["
    if in_list:
        source.skip()
    number = 0
    while (character := source.peek()) and not (in_list and character == "]"):
        number += 1
        yield number, _checked(source.read_value())
        if in_list and source.peek() == ",":
            source.skip()
        elif in_list and source.peek() != "]":
            raise ArticleError(f"not JSON: there is no comma or end of the list after value {number}")
    if in_list and not character:
        raise ArticleError("not JSON: the list does not end")


class _JsonSource:
    """Values in *stream*, of which no more than the next is held."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._position = 0
        self._ended = False
        self._decoder = json.JSONDecoder(strict=False)

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            if match := _SPACE.match(self._text, self._position):
                self._position = match.end()
            if self._position < len(self._text) or self._ended:
                return self._text[self._position : self._position + 1]
            self._read_more()

    def skip(self) -> None:
        """Go past the character that `peek` gave."""
        self._position += 1

    def read_value(self) -> Any:
        """The value that begins at the next character. Raises `ArticleError`."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._position)
            except json.JSONDecodeError as error:
                if self._ended or not self._may_go_on(error):
                    raise ArticleError(f"not JSON: {error.msg}") from error
            except (ValueError, RecursionError) as error:
                raise ArticleError(f"not JSON: {error}") from error
            else:
                # A number at the end of what is read may have more digits.
                if end < len(self._text) or self._ended:
                    self._position = end
                    return value
            self._read_more()

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        return error.msg.startswith("Unterminated string") or error.pos >= len(self._text) - _LONGEST_TOKEN

    def _read_more(self) -> None:
        rest = self._text[self._position :]
        if len(rest) > limits.MAX_BYTES:
            raise _too_long("value")
        # As much again as there is, or a long value would be parsed too often.
        more = self._stream.read(max(_LEAST_READ, len(rest)))
        self._text, self._position, self._ended = rest + more, 0, not more


def read_csv(stream: TextIO, columns: Columns, delimiter: str | None = None) -> Rows:
    """The rows of *stream* under the names in its first row, parted by *delimiter* or what that row has most of.

    Raises `ArticleError` if the first row has no text or not what *columns* names.
    """
    csv.field_size_limit(max(limits.MAX_BYTES + 1, csv.field_size_limit()))
    lines = _Lines(stream)
    first = next(lines, "")
    # Else a mark that is missing would make several rows one without a word.
    reader = csv.reader(chain([first], lines), delimiter=delimiter or _delimiter(first), strict=True)
    try:
        names = next(reader, [])
    except _LongRow as error:
        raise _too_long("row of names") from error
    except csv.Error as error:
        raise _broken(error, lines) from error
    check_columns(names, columns)
    number = 0
    while True:
        lines.begin_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _LongRow:
            number += 1
            yield number, _too_long("row")
        except csv.Error as error:
            number += 1
            yield number, _broken(error, lines)
        else:
            # An empty line has no cells.
            number += bool(cells)
            if cells:
                yield number, _named(cells, names)


def _delimiter(first_line: str) -> str:
    names = re.sub('"[^"]*"', "", first_line)
    return max(_DELIMITERS, key=names.count)


def _broken(error: csv.Error, lines: _Lines) -> ArticleError:
    if lines.ended:
        return ArticleError(
            "a quotation mark before a cell has no partner after it: the rest of the file is in the cell"
        )
    return ArticleError(f"not CSV: {error}; a quotation mark within a cell is written twice")


def _named(cells: list[str], names: list[str]) -> Row | ArticleError:
    if len(cells) > len(names):
        return ArticleError(
            f"the row has {len(cells)} cells, but there are {len(names)} columns; "
            'cells that hold the delimiter belong in "…"'
        )
    return dict(zip_longest(names, cells, fillvalue=""))


class _LongRow(Exception):
    """A row that is longer than may be held, which has been skipped."""


class _Lines:
    """Lines of *stream* for the csv module, of which a row may have no more than may be held.

    ``ended`` says whether they have been read to the end.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.ended = False
        self.begin_row()

    def begin_row(self) -> None:
        """Count from here."""
        self._characters = self._marks = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._read()
        if self._characters > limits.MAX_BYTES:
            self._skip_row(line)
            raise _LongRow
        if not line:
            self.ended = True
            raise StopIteration
        return line

    def _read(self) -> str:
        line = self._stream.readline(limits.MAX_BYTES + 1)
        self._characters += len(line)
        self._marks += line.count('"')
        return line

    def _skip_row(self, line: str) -> None:
        while line and not (line.endswith(("\n", "\r")) and self._marks % 2 == 0):
            line = self._read()
