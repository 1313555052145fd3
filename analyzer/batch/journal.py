"""The record of a run: results as they come, and how far they are good, so that a run that was killed goes on.

Beside an output ``news.csv`` stand ``news.csv.partial``, the results so far in JSON Lines, and
``news.csv.partial.index``, which begins with the run's settings and has a line for every result that is whole::

    {"inputs": ["news"], "model": "…", …}
    {"index": 0, "bytes": 5123, "id": "news/a.txt", "quotations": 9, "error": null}

A result is written before its line in the index. So whenever the run is killed, the index tells which results are
whole, and what follows them is cut off.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
import zlib
from array import array
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from filelock import FileLock, Timeout

from analyzer.batch.summary import Tally
from analyzer.batch.worker import Outcome
from analyzer.errors import OutputError
from analyzer.output import open_binary_output
from analyzer.results import Result, read_results

SYNC_SECONDS = 5.0
"""So often what is written is forced to the disk, for the case that the machine fails."""


class Done:
    """Which tasks have a result already, and the ids that they had then. Takes four bytes a task."""

    def __init__(self) -> None:
        self._first_missing = 0
        self._beyond: set[int] = set()
        self._ids = array("I")

    def add(self, index: int, id: str) -> None:
        self._beyond.add(index)
        while self._first_missing in self._beyond:
            self._beyond.remove(self._first_missing)
            self._first_missing += 1
        if index >= len(self._ids):
            self._ids.extend([0] * (index + 1 - len(self._ids)))
        self._ids[index] = _id_hash(id)

    def has(self, index: int, id: str) -> bool:
        """Whether the task *index* is done. Raises `OutputError` if its article was another one than *id*."""
        if index >= self._first_missing and index not in self._beyond:
            return False
        if self._ids[index] != _id_hash(id):
            raise OutputError(
                f"the input is not what it was when the run began: its article {index + 1} is now {id}; analyze it "
                "anew with --overwrite, or to another output"
            )
        return True


def _id_hash(id: str) -> int:
    return zlib.crc32(id.encode("utf-8", "surrogatepass"))


class Journal:
    """The record of the run whose first output is *output*; see the module for its two files.

    Use it as a context manager: that locks the record, since two runs that write to one would ruin it. Entering raises
    `OutputError` if another run has it; all methods raise `OSError` where the disk fails.
    """

    def __init__(self, output: Path) -> None:
        # Where a link leads to, since the results may become the output by a new name only in the same folder.
        output = output.resolve()
        self.results_path = output.with_name(f"{output.name}.partial")
        self.index_path = output.with_name(f"{output.name}.partial.index")
        self._lock = FileLock(output.with_name(f"{output.name}.partial.lock"))
        self._results: BinaryIO | None = None
        self._index: BinaryIO | None = None
        self._good = 0
        self._synced = 0.0

    def __enter__(self) -> Journal:
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise OutputError(f"another run is writing to {self.results_path}") from error
        if not os.path.exists(self._lock.lock_file):
            # The run that had it has just removed it, and a third one may have made it anew.
            self._lock.release()
            raise OutputError(f"another run was writing to {self.results_path} until now; try again")
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()

    @property
    def is_open(self) -> bool:
        """Whether the run has begun, or goes on."""
        return self._results is not None

    @property
    def exists(self) -> bool:
        """Whether a run that did not end has left its record; see `become` for an index without results."""
        return self.index_path.exists() and self.results_path.exists()

    def begin(self, settings: dict[str, Any]) -> None:
        """Begin anew; what was there is gone."""
        # Killed at any moment here, a run leaves no index or a whole one.
        self.index_path.unlink(missing_ok=True)
        self._results = self.results_path.open("w+b")
        with open_binary_output(self.index_path) as stream:
            stream.write(_line(settings))
        self._index = self.index_path.open("r+b")
        self._index.seek(0, os.SEEK_END)

    def resume(self, settings: dict[str, Any]) -> tuple[Done, Tally]:
        """Go on behind the last result that is whole; return what is done.

        Raises `OutputError` if the record was begun with other *settings* or cannot be read.
        """
        self._index = self.index_path.open("r+b")
        self._results = self.results_path.open("r+b")
        _check_settings(self._index.readline(), settings, self.index_path)
        done, tally = Done(), Tally()
        index_end = self._index.tell()
        for entry in self._good_entries():
            done.add(entry["index"], entry["id"])
            tally.add(entry["quotations"], entry["error"])
            self._good += entry["bytes"]
            index_end = self._index.tell()
        for stream, end in ((self._results, self._good), (self._index, index_end)):
            stream.truncate(end)
            stream.seek(end)
        return done, tally

    def _good_entries(self) -> Iterator[dict[str, Any]]:
        """The entries of the index whose results are there, up to the first that is not."""
        assert self._index is not None
        assert self._results is not None
        size = os.fstat(self._results.fileno()).st_size
        end = 0
        # Not by iteration, with which tell() cannot be used.
        while line := self._index.readline():
            entry = _parse_entry(line)
            if entry is None or end + entry["bytes"] > size or not self._ends_line(end + entry["bytes"]):
                return
            end += entry["bytes"]
            yield entry

    def _ends_line(self, end: int) -> bool:
        assert self._results is not None
        self._results.seek(end - 1)
        return self._results.read(1) == b"\n"

    def append(self, outcome: Outcome) -> None:
        """Write down *outcome*. After an `OSError` the record is as it was before.

        If somebody has deleted the record, what it holds is saved elsewhere, as the message of the `OSError` says.
        """
        assert self._results is not None
        data = outcome.line.encode() + b"\n"
        try:
            self._results.write(data)
            self._results.flush()
        except OSError:
            self._drop_torn_line()
            raise
        self._good += len(data)
        error = outcome.failure.type if outcome.failure else None
        self._write_index(
            {
                "index": outcome.index,
                "bytes": len(data),
                "id": outcome.id,
                "quotations": outcome.quotations,
                "error": error,
            }
        )
        if time.monotonic() - self._synced > SYNC_SECONDS:
            self.sync()

    def sync(self) -> None:
        """Force what was written to the disk, results before index; see that both are still in their folder."""
        for stream in (self._results, self._index):
            if stream is not None:
                os.fsync(stream.fileno())
        self._synced = time.monotonic()
        if self._results is not None and os.fstat(self._results.fileno()).st_nlink == 0:
            self._rescue()

    def results(self) -> Iterator[Result]:
        """All results so far."""
        return read_results(self.results_path)

    def close(self) -> None:
        for stream in (self._results, self._index):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._results = self._index = None

    def become(self, output: Path) -> None:
        """Let the results be *output*, once they are complete; the index goes last."""
        self.close()
        self.results_path.replace(output.resolve())
        self.index_path.unlink()

    def remove(self) -> None:
        """Delete the record, once the outputs are complete."""
        self.close()
        self.index_path.unlink(missing_ok=True)
        self.results_path.unlink(missing_ok=True)

    def _write_index(self, entry: dict[str, Any]) -> None:
        assert self._index is not None
        self._index.write(_line(entry))
        self._index.flush()

    def _drop_torn_line(self) -> None:
        # What the stream still holds would be written when it is closed, so it is closed and opened again.
        assert self._results is not None
        with suppress(OSError):
            self._results.close()
        with suppress(OSError):
            os.truncate(self.results_path, self._good)
        self._results = None

    def _rescue(self) -> None:
        """Save the record, whose folder somebody has deleted, from the open files."""
        folder = Path(tempfile.mkdtemp(prefix="communique-"))
        for stream, path in ((self._results, self.results_path), (self._index, self.index_path)):
            assert stream is not None
            stream.seek(0)
            with (folder / path.name).open("wb") as copy:
                shutil.copyfileobj(stream, copy)
        raise OSError(
            f"{self.results_path} was deleted during the run; the results so far are saved in {folder}: move both "
            "files back and go on with --resume"
        )


def _line(entry: dict[str, Any]) -> bytes:
    return json.dumps(entry).encode() + b"\n"


def _parse_entry(line: bytes) -> dict[str, Any] | None:
    """The entry on *line* of the index, or ``None`` for a line that was not written to its end."""
    try:
        entry: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return entry if line.endswith(b"\n") else None


def _check_settings(line: bytes, settings: dict[str, Any], path: Path) -> None:
    begun = _parse_entry(line)
    if begun is None:
        raise OutputError(f"{path} is damaged at its beginning; begin anew with --overwrite")
    # Through JSON, in which tuples are lists.
    now = json.loads(json.dumps(settings))
    different = sorted(name for name in begun.keys() | now.keys() if begun.get(name) != now.get(name))
    if different:
        raise OutputError(
            f"the run in {path} was begun with other settings ({', '.join(different)}); go on with the same, or begin "
            "anew with --overwrite"
        )
