"""Words, their features, and paragraphs."""

from __future__ import annotations

import pytest

from analyzer.paragraphs import paragraph_spans
from analyzer.words import POSITIONS, QUOTING, SHAPES, split_words


def test_words_keep_their_offsets_and_combining_marks() -> None:
    text = "Ne\u0301ver, U.S. envoys"
    assert split_words(text).strings() == ["Ne\u0301ver", ",", "U", ".", "S", ".", "envoys"]


def test_shapes_tell_what_lower_case_loses() -> None:
    words = split_words("the Lind NATO McTell 2024 “")
    assert [SHAPES[shape] for shape in words.shape] == ["lower", "title", "upper", "mixed", "digit", "mark"]


def test_quoting_tells_marks_and_depth() -> None:
    words = split_words("He: “a ‘b’ c” d")
    assert [QUOTING[state] for state in words.quoting] == [
        *("outside", "outside", "opening", "inside"),
        *("opening", "nested", "closing", "inside", "closing", "outside"),
    ]


def test_positions_tell_starts_of_paragraphs_and_the_first_one() -> None:
    words = split_words("Big news\nIt came.")
    assert [POSITIONS[position] for position in words.position] == [
        *("first start", "first", "start", "inside", "inside")
    ]


def test_covering_gives_the_words_that_share_a_character() -> None:
    words = split_words("one two three")
    assert words.covering(5, 9) == (1, 3)
    assert words.covering(3, 4) == (1, 1)


def test_every_line_is_a_paragraph_unless_the_text_is_wrapped() -> None:
    lines = "A headline\nA first paragraph of one line.\n\n  Another.  \n"
    assert [lines[start:end] for start, end in paragraph_spans(lines)] == [
        *("A headline", "A first paragraph of one line.", "Another.")
    ]
    wrapped = "\n\n".join(
        "\n".join(["a line of some fifty characters, wrapped by hand"] * 3) for _ in range(2)
    )
    assert len(paragraph_spans(wrapped)) == 2


def test_an_empty_text_has_no_words_and_no_paragraphs() -> None:
    assert len(split_words("")) == 0
    assert paragraph_spans(" \n ") == ()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_wrapped_lines_are_no_paragraphs_whatever_ends_them(line_end: str) -> None:
    lines = ["a line of some fifty characters, wrapped by hand"] * 3
    text = (line_end * 2).join([line_end.join(lines)] * 2)
    assert len(paragraph_spans(text)) == 2


@pytest.mark.parametrize("separator", ["\u2029", "\x0c\n", "\n \t\n", "\u2028\r\n"])
def test_blank_lines_of_every_kind_part_wrapped_paragraphs(separator: str) -> None:
    block = "\n".join(["a line of some fifty characters, wrapped by hand"] * 3)
    text = block + separator + block
    assert [text[start:end] for start, end in paragraph_spans(text)] == [block, block]


def test_words_within_marks_that_nest_too_deep_are_nested() -> None:
    words = split_words("“a " * 12 + "b")
    states = [QUOTING[state] for state in words.quoting]
    assert states[:4] == ["opening", "inside", "opening", "nested"]
    assert states[-1] == "nested"
