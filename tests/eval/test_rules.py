"""The rule baseline, on the patterns that it promises to know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.quotation import covered_text
from eval.rules import extract_by_rules


def found(text: str) -> list[tuple[str, str, str]]:
    return [
        (covered_text(text, item.source), covered_text(text, item.cue), covered_text(text, item.content))
        for item in extract_by_rules(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will not go,” Lind said.", ("Lind", "said", "“We will not go,”")),
        ("“We will not go,” said Ana Lind on Friday.", ("Ana Lind", "said", "“We will not go,”")),
        ('"We will not go," she told reporters.', ("she", "told", '"We will not go,"')),
        ("Lind said that the talks had failed.", ("Lind", "said", "that the talks had failed")),
        ("The envoy told reporters that talks failed.", ("The envoy", "told", "that talks failed")),
        (
            "The ministry said the talks were “a farce”.",
            ("The ministry", "said", "the talks were “a farce”"),
        ),
        ("The talks have failed, the envoy said.", ("the envoy", "said", "The talks have failed")),
        ("According to Ana Lind, the talks failed.", ("Ana Lind", "According to", "the talks failed")),
        ("The talks failed, according to Ana Lind.", ("Ana Lind", "according to", "The talks failed")),
    ],
)
def test_pattern(text: str, expected: tuple[str, str, str]) -> None:
    assert found(text) == [expected]


def test_quotation_that_resumes_after_its_cue_has_two_spans() -> None:
    (quotation,) = extract_by_rules("“We came to Norland,” she said, “to listen.”")
    assert quotation.content == ((0, 21), (32, 44))


def test_marked_sentence_after_a_quotation_goes_on_with_it() -> None:
    text = "“We will not go,” Lind said. “We stay here.”"
    assert found(text) == [("Lind", "said", "“We will not go,” “We stay here.”")]


@pytest.mark.parametrize(
    "text", ["The “Green Book” fair opened on Friday.", "Norland closed the strait.", "“", "said", ""]
)
def test_no_attribution_no_quotation(text: str) -> None:
    assert found(text) == []


@given(
    st.lists(st.sampled_from([*"“”\"',. \n", "said", " Lind ", "according to", "He ", "the x"]), max_size=25)
)
def test_spans_lie_in_any_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for quotation in extract_by_rules(text):
        for start, end in (*quotation.content, *quotation.cue, *quotation.source):
            assert 0 <= start < end <= len(text)
