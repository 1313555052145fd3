"""Arithmetic on spans, on cases worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.quotation import Span
from eval.spans import exact_key, intersection_over_union, length, shared_length, union

spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda pair: (pair[0], sum(pair))))


def characters(covered: list[Span]) -> set[int]:
    return {offset for start, end in covered for offset in range(start, end)}


def test_union_joins_what_overlaps_or_touches() -> None:
    assert union([(8, 9), (0, 3), (2, 5), (5, 6), (7, 7)]) == ((0, 6), (8, 9))


@given(spans, spans)
def test_lengths_are_those_of_the_sets_of_characters(left: list[Span], right: list[Span]) -> None:
    assert length(union(left)) == len(characters(left))
    assert shared_length(union(left), union(right)) == len(characters(left) & characters(right))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ([(0, 10)], [(0, 10)], 1.0),
        ([(0, 10)], [(5, 10)], 0.5),
        ([(0, 10)], [(5, 15)], 1 / 3),
        ([(0, 4), (6, 10)], [(0, 10)], 0.8),
        ([(0, 4), (6, 10)], [(2, 8)], 0.4),
        ([(0, 4), (0, 4)], [(0, 4)], 1.0),
        ([(0, 4)], [(4, 8)], 0.0),
        ([], [(4, 8)], 0.0),
        ([], [], 0.0),
    ],
)
def test_intersection_over_union(left: list[Span], right: list[Span], expected: float) -> None:
    assert intersection_over_union(left, right) == pytest.approx(expected)
    assert intersection_over_union(right, left) == pytest.approx(expected)


TEXT = "“We came, all,” she said, “to listen.”"


def test_exact_key_is_first_and_last_alphanumeric_and_their_number() -> None:
    assert exact_key(TEXT, [(0, 15), (26, 38)]) == (1, 35, 17)


def test_marks_and_spaces_make_no_difference_to_the_exact_key() -> None:
    assert exact_key(TEXT, [(1, 13), (27, 36)]) == exact_key(TEXT, [(0, 15), (25, 38)])
    assert exact_key(TEXT, [(1, 13)]) == exact_key(TEXT, [(1, 8), (9, 13)])


def test_words_at_either_end_or_in_the_middle_make_a_difference_to_the_exact_key() -> None:
    assert exact_key(TEXT, [(0, 15)]) != exact_key(TEXT, [(4, 15)])
    assert exact_key(TEXT, [(0, 15)]) != exact_key(TEXT, [(0, 8)])
    assert exact_key(TEXT, [(0, 15), (26, 38)]) != exact_key(TEXT, [(0, 38)])


def test_content_without_alphanumerics_has_no_exact_key() -> None:
    assert exact_key("…!", [(0, 2)]) is None
