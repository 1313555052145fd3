"""brat's format: what is exported is imported again, and lines follow the standoff that brat reads."""

from __future__ import annotations

import re

import pytest

from corpus.brat import CONFIGURATION, BratError, from_brat, to_brat
from corpus.graph import GraphError
from tests.corpus.made import ARTICLE, TEXT, at


def test_round_trip() -> None:
    assert from_brat(to_brat(ARTICLE), TEXT) == ARTICLE


def test_discontinuous_span_over_a_line_break_is_one_line() -> None:
    (first, *_) = [line for line in to_brat(ARTICLE).splitlines() if "\tContent " in line]
    (a, b), (c, d) = at("“We will return,”"), at("“if Sudria\npays.”")
    assert re.fullmatch(rf"T\d+\tContent {a} {b};{c} {d}\t“We will return,” “if Sudria pays.”", first)


def test_every_label_and_relation_is_configured() -> None:
    annotations = to_brat(ARTICLE)
    labels = set(re.findall(r"^T\d+\t(\w+)", annotations, re.MULTILINE))
    relations = set(re.findall(r"^R\d+\t(\w+)", annotations, re.MULTILINE))
    assert labels | relations <= set(re.findall(r"^\w+", CONFIGURATION, re.MULTILINE))


def test_span_that_was_moved_in_brat_is_moved() -> None:
    start, end = at("absurd")
    changed = to_brat(ARTICLE).replace(
        f"Content {start} {end}\tabsurd", f"Content {start - 3} {end}\tit absurd"
    )
    assert from_brat(changed, TEXT).quotations[1].content == ((start - 3, end),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T1 Content 0 5", "line 1: 'T1 Content 0 5': neither a span, a relation nor a note"),
        ("#1\tAnnotatorNotes T1\t{", "line 1: the note is not JSON"),
        ("#1\tAnnotatorNotes T1\t[]", "line 1: the note is no JSON object"),
    ],
)
def test_broken_line_is_named(line: str, message: str) -> None:
    with pytest.raises(BratError, match=re.escape(message)):
        from_brat(line, TEXT)


def test_relation_to_a_deleted_span_is_refused() -> None:
    lines = [line for line in to_brat(ARTICLE).splitlines() if "\tCue " not in line]
    with pytest.raises(GraphError, match="strait: a node or a field is missing"):
        from_brat("\n".join(lines), TEXT)


def test_two_cues_of_one_quotation_are_refused() -> None:
    annotations = to_brat(ARTICLE)
    (cue,) = re.findall(r"^R\d+\tcue (Arg1:T\d+ Arg2:T\d+)$", annotations, re.MULTILINE)[:1]
    with pytest.raises(GraphError, match="has 2 relations 'cue'"):
        from_brat(annotations + f"R99\tcue {cue}\n", TEXT)
