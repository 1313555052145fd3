"""What holds of the analysis of any text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analyzer.analyzer import Analyzer
from analyzer.quotation import STANCE_LABELS, Analysis, Span, covered_text

pytestmark = pytest.mark.weights

# What articles are made of and what breaks programs, in any order.
FRAGMENTS = (
    *"“ ” ‘ ’ \" ' « » „ — : , . ; ? ! … ( ) \n \n\n \r\n \t".split(" "),
    *"\0 \u200b \u202e \ufeff \u2028 e\u0301 👩‍👩‍👧 🇳🇴 \U0010ffff \ud800 İ ﬁ ß".split(" "),
    *"said told according to that he she it they his its who until unless if not no".split(),
    *"Ana Lind Maslov Norland Sudria minister spokeswoman ministry Foreign NATO U.S. Mr. 3.5".split(),
    *"talks sanctions treaty accused welcomed rejected will return impossible لن نعود 交渉を続ける".split(),
    " foreign minister Ana Lind said.",
    "“We will not wait,” ",
    " according to the ministry of Sudria, which",
    "pneumono" * 30,
)
articles = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=60).map(" ".join),
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=60).map("".join),
    st.text(min_size=1, max_size=300),
)
of_any_article = settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def all_spans(analysis: Analysis) -> Iterator[Span]:
    for quotation in analysis.quotations:
        yield from quotation.spans + quotation.cue + quotation.source
        yield from quotation.role.spans + quotation.stance.evidence
        if quotation.stance.target:
            yield from quotation.stance.target.spans
    for speaker in analysis.speakers:
        yield from speaker.mentions


def apart_or_nested(one: Span, other: Span) -> bool:
    (_, end), (first, last) = sorted((one, other), key=lambda span: (span[0], -span[1]))
    return end <= first or last <= end


@of_any_article
@given(text=articles)
def test_every_span_lies_in_the_text_and_is_what_is_reported(analyzer: Analyzer, text: str) -> None:
    assume(text.strip())
    analysis = analyzer.analyze(text, id="a")
    assert analysis.text == text
    for start, end in all_spans(analysis):
        assert 0 <= start < end <= len(text)
    for quotation in analysis.quotations:
        assert quotation.text == covered_text(text, quotation.spans)
        assert quotation.spans
        for (_, end), (start, _) in pairwise(quotation.spans):
            assert end <= start


@of_any_article
@given(text=articles)
def test_quotations_do_not_overlap_unless_nested(analyzer: Analyzer, text: str) -> None:
    assume(text.strip())
    analysis = analyzer.analyze(text)
    for one, other in combinations(analysis.quotations, 2):
        for span in one.spans:
            assert all(apart_or_nested(span, another) for another in other.spans)


@of_any_article
@given(text=articles)
def test_the_answer_is_complete_and_can_be_written(analyzer: Analyzer, text: str) -> None:
    assume(text.strip())
    analysis = analyzer.analyze(text)
    speakers = {speaker.id for speaker in analysis.speakers}
    for number, quotation in enumerate(analysis.quotations):
        assert quotation.id == number
        assert quotation.speaker.id in speakers
        assert set(quotation.stance.probabilities) == set(STANCE_LABELS)
        assert sum(quotation.stance.probabilities.values()) == pytest.approx(1, abs=1e-3)
    line = analysis.to_json()
    line.encode("utf-8")
    assert "\n" not in line
    assert json.loads(line)["text"] == text


@of_any_article
@given(texts=st.lists(articles.filter(str.strip), min_size=2, max_size=3))
def test_an_article_has_the_same_answer_after_any_other(analyzer: Analyzer, texts: list[str]) -> None:
    forwards = [analyzer.analyze(text) for text in texts]
    backwards = [analyzer.analyze(text) for text in reversed(texts)]
    assert forwards == backwards[::-1]
