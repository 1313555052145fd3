"""Marks in a passage become spans."""

from __future__ import annotations

import re

import pytest

from analyzer.quotation import covered_text
from corpus.marked import read_marked


def test_marks_become_spans_and_leave_the_text() -> None:
    text, quotation = read_marked("{“We wait,”} [envoy Ana Lind] <said> on Friday, {“and we hope.”}")
    assert text == "“We wait,” envoy Ana Lind said on Friday, “and we hope.”"
    assert covered_text(text, quotation.content) == "“We wait,” “and we hope.”"
    assert covered_text(text, quotation.source) == "envoy Ana Lind"
    assert covered_text(text, quotation.cue) == "said"


@pytest.mark.parametrize("marked", ["[Lind] <waited>", "{“No,” Lind said", "{“No,”} [Lind said", "{a {b} c}"])
def test_what_is_not_marked_well_is_an_error(marked: str) -> None:
    with pytest.raises(ValueError, match=re.escape("not [source], <cue> and {content}")):
        read_marked(marked)
