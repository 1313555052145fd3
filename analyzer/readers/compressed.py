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
from typing import Any

from analyzer.errors import ArticleError
from analyzer.readers import limits
from analyzer.readers.formats import SUFFIXES, is_gzip, is_readable, is_zip

_DRIVE = re.compile("[A-Za-z]:")
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30
_DIRECTORY_ENTRY = 46
_READ_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
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


def open_archive(stream: io.BufferedReader, size: int) -> zipfile.ZipFile:
    """The ZIP archive in *stream*, which has *size* bytes.

    Raises `ArticleError` if it is none, damaged, or made to fill the memory.
    """
    file = _Archive(stream)
    with damage_told():
        archive = zipfile.ZipFile(file)
    file.is_opened = False
    members = archive.infolist()
    expanded = sum(member.file_size for member in members)
    if expanded > limits.MAX_ARCHIVE_BYTES and expanded > limits.MAX_RATIO * size:
        raise ArticleError(
            f"the archive expands to over {limits.MAX_RATIO} times its size, as no articles do"
        )
    _refuse_overlap(members, archive.start_dir)
    return archive


class _Archive(io.BufferedReader):
    """A file that, while ``is_opened``, gives no piece longer than an archive's directory may be.

    zipfile reads the directory in one piece and holds all its entries, whatever their number is said to be.
    """

    is_opened = True

    def read(self, size: int | None = -1, /) -> bytes:
        """Read *size* bytes. Raises `ArticleError` if the directory of `limits.MAX_MEMBERS` may not have as many."""
        if self.is_opened and size is not None and size > limits.MAX_MEMBERS * _DIRECTORY_ENTRY:
            raise ArticleError(
                f"the archive's directory has room for over {limits.MAX_MEMBERS:,} members; split it"
            )
        return super().read(size)


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
    # zipfile expands other methods' data without a limit, however little of it is asked for.
    if member.compress_type not in _READ_METHODS:
        return ArticleError(
            "the member is compressed in another way than by deflate; pack the archive with that"
        )
    return None
