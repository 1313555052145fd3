"""Quotation marks: which belong together, and what they make of a quotation."""

from __future__ import annotations

import pytest

from analyzer.marks import find_quoted, quotation_kind


def quoted(text: str) -> list[str]:
    return [text[region.start : region.end] for region in find_quoted(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We came,” she said, “to listen.”", ["“We came,”", "“to listen.”"]),
        ('"We came," she said, "to listen."', ['"We came,"', '"to listen."']),
        ("'He's gone,' said Lind. 'It's over.'", ["'He's gone,'", "'It's over.'"]),
        ("‘The states’ envoys lied,’ he said.", ["‘The states’ envoys lied,’"]),
        ("«Nous partons», a-t-il dit.", ["«Nous partons»"]),
        ("»Wir gehen«, sagte er.", ["»Wir gehen«"]),
        ("„Wir gehen“, sagte er.", ["„Wir gehen“"]),
        ("”Vi går”, sa han.", ["”Vi går”"]),
        ("``We go,'' he said.", ["``We go,''"]),
        ("「行く」と彼は言った。", ["「行く」"]),
        ("She said: \"He told me 'no' twice.\"", ["\"He told me 'no' twice.\"", "'no'"]),
        ("“She called it ‘a farce’ today.”", ["“She called it ‘a farce’ today.”", "‘a farce’"]),
        ('“Mismatched marks," he said.', ['“Mismatched marks,"']),
        ("It’s the ministers’ turn, rock ’n’ roll in the ’90s.", []),
        ("The 5'10\" envoy's bag", []),
    ],
)
def test_marks_of_every_style_pair_up_and_apostrophes_do_not(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_goes_on_in_paragraphs_that_open_with_a_mark() -> None:
    text = "“One paragraph.\n\n“And another,” he said.\n\nPlain."
    (region,) = find_quoted(text)
    assert text[region.start : region.end] == "“One paragraph.\n\n“And another,”"
    assert [text[start:end] for start, end in region.inner] == ["One paragraph.", "And another,"]
    assert region.closed


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“No end here, he said.\n\nThe talks went on. “Yes,” she said."
    first, second = find_quoted(text)
    assert text[first.start : first.end] == "“No end here, he said."
    assert not first.closed
    assert text[second.start : second.end] == "“Yes,”"


def test_depth_counts_enclosing_marks() -> None:
    outer, inner = find_quoted("“He said ‘no’ again.”")
    assert (outer.depth, inner.depth) == (1, 2)


@pytest.mark.parametrize("text", ["", "“", "”“”’‘'\"", "«\n»\n'", "''''''", "“\n“\n“\n"])
def test_marks_without_words_are_no_problem(text: str) -> None:
    for region in find_quoted(text):
        assert 0 <= region.start < region.end <= len(text)


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“We wait,” he said.", ["“We wait,”"], "direct"),
        ("“We wait,” he said, “for you.”", ["“We wait,”", "“for you.”"], "direct"),
        ("He said that “we wait for you”.", ["that “we wait for you”"], "direct"),
        ("She called it “absurd”.", ["it “absurd”"], "direct"),
        ("He said the “absurd” plan must go.", ["the “absurd” plan must go"], "mixed"),
        ("He said that they would wait.", ["that they would wait"], "indirect"),
        ("“Lind told me she would ‘never’ come,” he said.", ["she would ‘never’ come"], "mixed"),
        ("“Lind told me she would come,” he said.", ["she would come"], "indirect"),
    ],
)
def test_the_kind_follows_from_the_marks(text: str, content: list[str], kind: str) -> None:
    spans = [(text.index(piece), text.index(piece) + len(piece)) for piece in content]
    assert quotation_kind(text, spans) == kind
