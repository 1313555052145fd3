"""From bytes to characters: encodings marked, right or guessed."""

from __future__ import annotations

import codecs
import io
import re
from typing import Any

from charset_normalizer import from_bytes

from analyzer.errors import ArticleError

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
_NON_ASCII = bytes(range(128, 256))
# A stray NUL does not make a text binary, but compressed data is one tenth control characters, and old
# one-byte encodings, in which any bytes are valid, must be told from it more strictly than UTF-8.
_MAX_CONTROLS_IN_UTF8 = 0.1
_MAX_CONTROLS_ELSEWHERE = 0.01
_BAD = re.compile("[\udc80-\udcff]+")
# Sentences in old encodings hold at most 1.5 sequences that are UTF-8 by chance for one that is not, single words 3.
_MAX_BAD_IN_UTF8 = 1 / 4
_LEAST_SAMPLE = 4096


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text in the bytes of a file, and warnings.

    A byte order mark decides the encoding (and is no part of the text); otherwise it is UTF-8 or, where that
    fails, what charset-normalizer finds most likely, with a warning. Where UTF-8 fails for few bytes, as
    `is_mostly_utf8` finds, these are shown as ``�``, with a warning. Line ends stay as they are. Raises
    `ArticleError` if the file is empty, binary, or in no known encoding.
    """
    encoding, warnings = _find_encoding(data)
    try:
        return data.decode(encoding), warnings
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-8") and is_mostly_utf8(data):
            return decode_utf8(data.removeprefix(codecs.BOM_UTF8))
        name = encoding.removesuffix("-sig").upper()
        raise ArticleError(
            f"the file begins with the mark of {name}, but is not valid {name} at byte {error.start}; "
            "save it as UTF-8"
        ) from error


def decode_utf8(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text in *data* with ``�`` for what is not UTF-8, and a warning if there is any."""
    bad, _ = _count_bad(data.decode("utf-8", "surrogateescape"))
    told = "1 byte is" if bad == 1 else f"{bad:,} bytes are"
    return data.decode("utf-8", "replace"), (f"{told} not UTF-8; shown as �",) if bad else ()


def is_mostly_utf8(data: bytes, max_bad: float = _MAX_BAD_IN_UTF8) -> bool:
    """Whether *data* holds characters beyond ASCII in UTF-8, and few sequences of bytes that are not.

    These may be *max_bad* times as many as those characters; a last character that is cut off does not count.
    """
    # What is cut off stays in the decoder.
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(data)
    bad, sequences = _count_bad(text)
    good = len(text) - len(data.translate(None, _NON_ASCII)) - bad
    return good > 0 and sequences <= max_bad * good


def _count_bad(text: str) -> tuple[int, int]:
    """How many surrogates *text* has in place of bytes, and in how many sequences."""
    bad = sequences = 0
    # Of a broken file, a list of them would take many times the memory.
    for sequence in _BAD.finditer(text):
        bad += sequence.end() - sequence.start()
        sequences += 1
    return bad, sequences


def marked_encoding(data: bytes) -> str | None:
    """Python's name for the encoding whose byte order mark *data* begins with."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    return None


def open_text(stream: io.BufferedReader) -> tuple[io.TextIOWrapper, tuple[str, ...]]:
    """The characters of *stream*, which is not read to its end for it, and warnings.

    The encoding is what `decode` finds in the beginning. Bytes that are not valid UTF-8 after all become lone
    surrogates, which `mend` makes characters. Raises what `decode` raises.
    """
    begun = _Begun(stream)
    # The sample may end within a character.
    encoding, warnings = _find_encoding(begun.sample.rstrip(_NON_ASCII) or begun.sample)
    errors_elsewhere = "replace" if warnings else "strict"
    errors = "surrogateescape" if encoding.startswith("utf-8") else errors_elsewhere
    text = io.TextIOWrapper(io.BufferedReader(begun), encoding=encoding, errors=errors, newline="")
    return text, warnings


class _Begun(io.RawIOBase):
    """What *stream* gives. ``sample`` is its beginning, of which a pipe would give but a few bytes at once."""

    def __init__(self, stream: io.BufferedReader) -> None:
        super().__init__()
        self._stream = stream
        self._error: ArticleError | None = None
        self.sample = stream.read1()
        try:
            while len(self.sample) < _LEAST_SAMPLE and (more := stream.read1()):
                self.sample += more
        except ArticleError as error:
            # What stands before the damage is read first.
            self._error = error
        self._rest = memoryview(self.sample)

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into *buffer* what one read gives; return how much."""
        if not self._rest and self._error is not None:
            raise self._error
        data = self._rest[: len(buffer)] or self._stream.read1(len(buffer))
        self._rest = self._rest[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def mend(text: str) -> tuple[str, tuple[str, ...]]:
    """*text* from `open_text` with bytes that are not UTF-8 decoded as `decode` does, and warnings.

    Raises `ArticleError` if that fails.
    """
    try:
        text.encode("utf-8")
        return text, ()
    except UnicodeEncodeError:
        pass
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # Surrogates that stand for no byte were escaped in JSON.
        return text, ()
    return decode(data)


def _find_encoding(data: bytes) -> tuple[str, tuple[str, ...]]:
    if not data:
        raise ArticleError("the file is empty")
    if encoding := marked_encoding(data):
        return encoding, ()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if not is_mostly_utf8(data):
            _refuse_binary(data, _MAX_CONTROLS_ELSEWHERE)
            encoding = _guess_encoding(data)
            return encoding, (f"not UTF-8; read as {encoding}, which is a guess",)
    _refuse_binary(data, _MAX_CONTROLS_IN_UTF8)
    return "utf-8", ()


def _guess_encoding(data: bytes) -> str:
    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        raise ArticleError("the file's encoding is unknown; save it as UTF-8")
    # Central European cp1250 often ties with cp1252, the common one in English news, and comes first.
    ties = (match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence))
    fits_cp1252 = any("cp1252" in match.could_be_from_charset for match in ties)
    return "cp1252" if fits_cp1252 else best.encoding


def _refuse_binary(data: bytes, limit: float) -> None:
    share = 1 - len(data.translate(None, _CONTROLS)) / len(data)
    if share > limit:
        raise ArticleError(f"the file is binary, not text: {share:.0%} of its bytes are control characters")
