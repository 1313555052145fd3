"""The characters in the bytes of a file."""

from __future__ import annotations

import io
from typing import Any

import pytest

from analyzer.errors import ArticleError
from analyzer.readers.encoding import decode, mend, open_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_are_read_without_their_mark(encoding: str) -> None:
    text = "“Ça suffit”, said Ødegård 🕊.\n"
    assert decode(text.encode(encoding)) == (text, ())


def test_line_ends_stay_as_they_are() -> None:
    text = "One.\r\nTwo.\rThree.\n"
    assert decode(text.encode())[0] == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "“We will not wait,” said the café’s envoy José Peña – “not for them.”"),
        ("cp1251", "Министр сказал, что переговоры пока невозможны. " * 5),
        ("shift_jis", "大臣は「交渉は続く」と述べた。そして、来月までに結論を出すと語った。"),
    ],
)
def test_older_encodings_are_guessed_with_a_warning(encoding: str, text: str) -> None:
    decoded, (warning,) = decode(text.encode(encoding))
    assert decoded == text
    assert "guess" in warning


def test_some_control_characters_are_still_text() -> None:
    text = "“We wait,” said\0 Ana Lind of Norland.\x07"
    assert decode(text.encode()) == (text, ())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 4, "binary"),
        (b"\0\1\2\3" * 100, "binary"),
        ("“no” ".encode("utf-16-le") * 20, "binary"),
        (b"\xff\xfe\x00\xd8\x41", "UTF-16 at byte"),
        (b"\xef\xbb\xbfgood \xff", "UTF-8 at byte"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ArticleError, match=message):
        decode(data)


def read_all(data: bytes) -> tuple[str, tuple[str, ...]]:
    text, warnings = open_text(io.BufferedReader(io.BytesIO(data)))  # type: ignore[arg-type]
    return text.read(), warnings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_streams_of_unicode_are_read_without_their_mark(encoding: str) -> None:
    text = "“Ça suffit”, said Ødegård.\r\n" * 5000
    assert read_all(text.encode(encoding)) == (text, ())


def test_a_stream_in_another_encoding_is_read_with_a_warning() -> None:
    text = "“We will not wait,” said the café’s envoy José Peña – “not for them.”\n"
    read, (warning,) = read_all(text.encode("cp1252"))
    assert read == text
    assert "cp1252" in warning


def test_bytes_that_are_not_utf_8_after_all_can_be_mended() -> None:
    data = b"x" * 50_000 + "“No,” said José Peña of Norland’s mission.".encode("cp1252")
    text, warnings = read_all(data)
    assert warnings == ()
    mended, (warning,) = mend(text)
    assert mended.endswith("“No,” said José Peña of Norland’s mission.")
    assert "guess" in warning


@pytest.mark.parametrize("text", ["“No,” said Léa. 🕊", "a surrogate \ud83d alone"])
def test_what_needs_no_mending_stays(text: str) -> None:
    assert mend(text) == (text, ())


MANY_MARKS = "“We will not wait,” said the café’s envoy José Peña – “not for them.”"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_few_bad_bytes_do_not_make_utf_8_another_encoding(mark: bytes) -> None:
    data = mark + MANY_MARKS.encode() + b" They\xff\xff left, \x92twas said."
    assert decode(data) == (
        MANY_MARKS + " They�� left, �twas said.",
        ("3 bytes are not UTF-8; shown as �",),
    )


def test_a_last_character_that_is_cut_off_is_shown_as_such() -> None:
    assert decode("“Non” à".encode()[:-1]) == ("“Non” �", ("1 byte is not UTF-8; shown as �",))


@pytest.mark.parametrize("text", ["Peña said no.", "He met José", "Äußerungen: “Nein”, Übles in Ägypten"])
def test_single_bytes_beyond_ascii_are_of_an_older_encoding(text: str) -> None:
    decoded, (warning,) = decode(text.encode("cp1252"))
    assert "�" not in decoded
    assert "guess" in warning


def test_few_bad_bytes_do_not_make_a_stream_another_encoding() -> None:
    text, warnings = read_all((MANY_MARKS + "\n").encode() * 20 + b"They\xff left.\n" + "À la fin.".encode())
    assert warnings == ()
    *lines, bad, last = text.splitlines()
    assert set(lines) == {MANY_MARKS}
    assert bad != "They left."
    assert last == "À la fin."


class Drops(io.RawIOBase):
    """A pipe out of which *data* comes a few bytes at a time."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._data.readinto(memoryview(buffer)[:7])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_the_encoding_is_not_judged_by_a_few_bytes(encoding: str) -> None:
    lines = "id\n" * 10 + (MANY_MARKS + "\n") * 10
    text, warnings = open_text(io.BufferedReader(Drops(lines.encode(encoding))))
    assert text.read() == lines
    assert len(warnings) == (encoding == "cp1252")
