"""One-to-one matching of contents."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.quotation import Span
from eval.matching import match_exact, match_overlapping, sources_match
from eval.spans import intersection_over_union

Content = tuple[Span, ...]
contents = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 8)).map(lambda pair: ((pair[0], sum(pair)),)), max_size=5
)


def test_half_an_overlap_is_enough_and_less_is_not() -> None:
    assert match_overlapping([((0, 10),)], [((5, 10),)]) == ((0, 0),)
    assert match_overlapping([((0, 100),)], [((51, 100),)]) == ()


def test_all_spans_of_a_content_count() -> None:
    gold = [((0, 4), (20, 30))]
    assert match_overlapping(gold, [((20, 30),)]) == ((0, 0),)
    assert match_overlapping(gold, [((0, 30),)]) == ()


def test_no_quotation_is_matched_twice() -> None:
    assert match_overlapping([((0, 10),)], [((0, 9),), ((0, 10),), ((1, 10),)]) == ((0, 1),)
    assert match_overlapping([((0, 9),), ((0, 10),)], [((0, 10),)]) == ((1, 0),)


def test_number_of_pairs_goes_before_closeness() -> None:
    # The two equal pairs would have the greater sum, and leave the shortest and the longest unmatched.
    gold = [((0, 2),), ((0, 4),), ((0, 8),)]
    predicted = [((0, 4),), ((0, 8),), ((0, 16),)]
    assert match_overlapping(gold, predicted) == ((0, 0), (1, 1), (2, 2))


def test_matching_is_not_greedy() -> None:
    gold = [((0, 6),), ((0, 10),)]
    predicted = [((0, 10),), ((4, 10),)]
    assert match_overlapping(gold, predicted) == ((0, 0), (1, 1))


def test_what_is_left_over_is_not_paired_by_force() -> None:
    # Only the first predicted one reaches the two short ones, and only the long gold one the other two.
    gold = [((0, 4),), ((0, 5),), ((0, 16),)]
    predicted = [((0, 8),), ((0, 32),), ((0, 30),)]
    assert match_overlapping(gold, predicted) == ((1, 0), (2, 2))


def test_closeness_decides_between_as_many_pairs() -> None:
    gold = [((0, 10),), ((1, 10),)]
    assert match_overlapping(gold, [((1, 10),), ((0, 10),)]) == ((0, 1), (1, 0))


def test_nothing_matches_nothing() -> None:
    assert match_overlapping([], [((0, 1),)]) == ()
    assert match_overlapping([((0, 1),)], []) == ()
    assert match_overlapping([()], [()]) == ()


@given(contents, contents)
def test_matching_is_one_to_one_and_the_best_of_all(gold: list[Content], predicted: list[Content]) -> None:
    pairs = match_overlapping(gold, predicted)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    found = (len(pairs), sum(intersection_over_union(gold[i], predicted[j]) for i, j in pairs))
    assert found == pytest.approx(best_by_enumeration(gold, predicted))


def best_by_enumeration(gold: list[Content], predicted: list[Content]) -> tuple[int, float]:
    """The most pairs and their greatest sum of overlaps, by trying every assignment."""
    small, large = sorted([gold, predicted], key=len)
    results = []
    for chosen in permutations(range(len(large)), len(small)):
        overlaps = [intersection_over_union(small[i], large[j]) for i, j in enumerate(chosen)]
        matched = [overlap for overlap in overlaps if overlap >= 0.5]
        results.append((len(matched), sum(matched)))
    return max(results)


def test_exact_matching_overlooks_marks_and_uses_each_quotation_once() -> None:
    text = "“Go,” he said. Stay."
    assert match_exact(text, [((0, 5),), ((1, 3),)], [((1, 3),)]) == ((0, 0),)
    assert match_exact(text, [((0, 5),), ((15, 20),)], [((15, 19),), ((0, 4),)]) == ((0, 1), (1, 0))
    assert match_exact(text, [((0, 5),)], [((0, 13),)]) == ()


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ((), (), True),
        (((0, 4),), (), False),
        ((), ((0, 4),), False),
        (((0, 10),), ((5, 10),), True),
        (((0, 100),), ((51, 100),), False),
        (((0, 4), (6, 10)), ((6, 10),), True),
    ],
)
def test_sources_match_by_half_or_if_both_are_missing(
    gold: Content, predicted: Content, expected: bool
) -> None:
    assert sources_match(gold, predicted) is expected
