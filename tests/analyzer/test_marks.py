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
        ("‘Round one is over,’ he said.", ["‘Round one is over,’"]),
        ("'20 people died,' he said", ["'20 people died,'"]),
        ("‘20 people died’ in the raid", ["‘20 people died’"]),
        ("'It ended in '68,' he said.", ["'It ended in '68,'"]),
        ("He came 'round and said: 'We go,' smiling.", ["'We go,'"]),
        ("They came 'cause the states' envoys were goin' home.", []),
        ("‘He likes rock ’n’ roll,’ she said.", ["‘He likes rock ’n’ roll,’"]),
        ("«Il a dit ‹non hier», dit-elle.", ["«Il a dit ‹non hier»", "‹non hier"]),
        ("«Il a dit «non» hier», dit-elle.", ["«Il a dit «non» hier»", "«non»"]),
        ("»Vi går», sa han. »Vi stannar», sa hon.", ["»Vi går»", "»Vi stannar»"]),
        ("»Wir ›gehen‹ nun«, sagte er. »Ja.«", ["»Wir ›gehen‹ nun«", "›gehen‹", "»Ja.«"]),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘Para one.\n\n‘Para two,’ he said.", ["‘Para one.\n\n‘Para two,’"]),
        ("'Para one.\n\n'Para two,' he said.", ["'Para one.\n\n'Para two,'"]),
        ("He said: ‘One.\n\n‘It’s two.\n\n‘Three.’", ["‘One.\n\n‘It’s two.\n\n‘Three.’"]),
        ("‘The states’ envoys lied.\n\n‘They left,’ he said.", ["‘The states’ envoys lied.\n\n‘They left,’"]),
        ("“He said, ‘Go.\n\n“‘Now,’” she said.", ["“He said, ‘Go.\n\n“‘Now,’”", "‘Go.\n\n“‘Now,’"]),
        ("The states' envoys met.\n\n'We go,' he said.", ["'We go,'"]),
        ("He called them ‘thugs’ today.\n\n‘We go,’ he said.", ["‘thugs’", "‘We go,’"]),
        ("‘Traitors’ row deepens\n‘We go,’ he said.", ["‘Traitors’", "‘We go,’"]),
        ("Quiet in the 'burbs.\n\n'We go,' he said.", ["'We go,'"]),
    ],
)
def test_single_marks_run_over_paragraphs_and_apostrophes_do_not(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_marks_nest_no_deeper_than_anyone_means() -> None:
    regions = find_quoted("“a " * 20 + "b” " * 20 + "“Go,” she said.")
    assert max(region.depth for region in regions) == 8
    assert all(region.closed for region in regions)


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


def test_the_kind_of_quotations_inside_a_mark_that_never_closes() -> None:
    sentence = "‘We wait,’ she said. "
    text = "“" + sentence * 50
    quoted = find_quoted(text)
    starts = range(1, len(text), len(sentence))
    kinds = {quotation_kind(text, [(at, at + 10)], quoted) for at in starts}
    assert kinds == {"direct"}
