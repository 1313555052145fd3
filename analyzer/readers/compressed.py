"""Streams that are counted, gzip, and the members of ZIP archives; nothing is ever unpacked to disk."""

from __future__ import annotations

import gzip
import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from analyzer.errors import ArticleError
from analyzer.readers import limits
from analyzer.readers.formats import SUFFIXES, is_gzip, is_readable, is_zip

_DRIVE = re.compile("[A-Za-z]:")
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30
_LONGEST_END = 65_535 + 22
_DAMAGE = (
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    struct.error,
    NotImplementedError,
    OverflowError,
    ValueError,
)


class Tap(io.RawIOBase):
    """What *stream* gives, with ``count`` of its bytes read so far.

    Where *compressed*, a function that gives the number of compressed bytes read so far, says that the stream is
    expanded from those, damage and a bomb raise `ArticleError`.
    """

    def __init__(self, stream: Any, compressed: Callable[[], int] | None = None) -> None:
        super().__init__()
        self._stream = stream
        self._compressed = compressed
        self.count = 0

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into *buffer* what one read gives; return how much."""
        # read1, as read would lose what it has read already when it comes to damage.
        if self._compressed is None:
            data = self._stream.read1(len(buffer))
        else:
            with damage_told():
                data = self._stream.read1(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        if self._compressed is not None and self.count > limits.MAX_BYTES:
            self._refuse_bomb(self._compressed())
        return len(data)

    def _refuse_bomb(self, compressed: int) -> None:
        if self.count > limits.MAX_RATIO * compressed:
            raise ArticleError(
                f"the file expands to over {limits.MAX_RATIO} times its size, as no articles do; "
                "it is not read further"
            )


def expand(stream: Tap, name: str) -> Tap:
    """*stream*, the file *name*, without its compression, if it has any."""
    if not is_gzip(name):
        return stream
    return Tap(gzip.GzipFile(fileobj=stream), compressed=lambda: stream.count)


def read_limited(stream: Tap, limit: int, remedy: str) -> bytes:
    """All bytes of *stream*. Raises `ArticleError`, which tells the *remedy*, if they are over *limit*."""
    data = io.BufferedReader(stream).read(limit + 1)
    if len(data) > limit:
        raise ArticleError(f"the file has over {limit:,} bytes; {remedy}")
    return data


@contextmanager
def damage_told() -> Iterator[None]:
    """Raise what a damaged gzip stream or ZIP archive raises as `ArticleError`."""
    try:
        yield
    except ArticleError:
        raise
    except _DAMAGE as error:
        raise ArticleError(f"the compressed data is damaged or of an unknown kind: {error}") from error
    except OSError as error:
        # The modules of compression raise it with words alone, the operating system with a number.
        if error.errno is not None:
            raise
        raise ArticleError(f"the compressed data is damaged: {error}") from error


def open_archive(stream: BinaryIO, size: int) -> zipfile.ZipFile:
    """The ZIP archive in *stream*, which has *size* bytes.

    Raises `ArticleError` if it is none, damaged, or made to fill the memory.
    """
    if _declared_members(stream, size) > limits.MAX_MEMBERS:
        raise _too_many_members()
    with damage_told():
        archive = zipfile.ZipFile(stream)
    members = archive.infolist()
    if len(members) > limits.MAX_MEMBERS:
        raise _too_many_members()
    expanded = sum(member.file_size for member in members)
    if expanded > limits.MAX_ARCHIVE_BYTES and expanded > limits.MAX_RATIO * size:
        raise ArticleError(
            f"the archive expands to over {limits.MAX_RATIO} times its size, as no articles do"
        )
    _refuse_overlap(members, archive.start_dir)
    return archive


def _too_many_members() -> ArticleError:
    return ArticleError(f"the archive has over {limits.MAX_MEMBERS:,} members; split it")


def _declared_members(stream: BinaryIO, size: int) -> int:
    """How many members the end of the archive declares, before all of them are read; 0 if that is not to be found."""
    stream.seek(max(0, size - _LONGEST_END - 20))
    tail = stream.read()
    end = tail.rfind(b"PK\5\6")
    if end < 0 or len(tail) - end < 22:
        return 0
    (count,) = struct.unpack_from("<H", tail, end + 10)
    locator = tail[max(0, end - 20) : end]
    if count == 0xFFFF and locator.startswith(b"PK\6\7") and len(locator) == 20:
        (position,) = struct.unpack_from("<Q", locator, 8)
        stream.seek(min(position, size))
        record = stream.read(40)
        if record.startswith(b"PK\6\6") and len(record) == 40:
            (count,) = struct.unpack_from("<Q", record, 32)
    return int(count)


def _refuse_overlap(members: list[zipfile.ZipInfo], directory: int) -> None:
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise ArticleError("members of the archive overlap, as in one that is made to fill the memory")
        end = member.header_offset + _LOCAL_HEADER + member.compress_size
    if end > directory:
        raise ArticleError(
            "members of the archive overlap with its directory: it is damaged, or made to do harm"
        )


def readable_members(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, ArticleError | None]]:
    """The members of *archive* that hold articles, in the order of their names, and what speaks against reading them.

    Raises `ArticleError` if there are none. Folders, hidden files and other files are left out.
    """
    found = False
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        refusal = _refusal(member)
        if member.filename.endswith("/") or (refusal is None and not _is_wanted(member.filename)):
            continue
        found = True
        yield member, refusal
    if not found:
        raise ArticleError(f"the archive holds no file that can be read: none ends in {', '.join(SUFFIXES)}")


def _is_wanted(name: str) -> bool:
    return is_readable(name) and not any(part.startswith(".") for part in name.split("/"))


def _refusal(member: zipfile.ZipInfo) -> ArticleError | None:
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        return ArticleError("the member's name leads out of the archive; it is not read")
    if not _is_wanted(name):
        return None
    if is_zip(name) or is_gzip(name):
        return ArticleError("an archive within an archive is not read; unpack the outer one")
    if stat.S_ISLNK(member.external_attr >> 16):
        return ArticleError("the member is a link to another file; it is not followed")
    if member.flag_bits & _ENCRYPTED:
        return ArticleError("the member is encrypted; unpack the archive with its password")
    return None
