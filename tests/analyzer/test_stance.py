"""The stance head: which words it sees, what it makes of them, and how that is reported."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from analyzer.model import PARTS, STANCES, StanceHead
from analyzer.quotation import STANCE_LABELS, Target
from analyzer.stance import MOST_WORDS, StanceScores, best_run, index_words

JAPAN = Target(name="Japan", country="JPN", spans=((0, 5),))


def scores(**probabilities: float) -> StanceScores:
    return StanceScores({stance: probabilities.get(stance, 0.0) for stance in STANCES}, (3, 7))


def test_words_are_those_of_the_spans_with_their_parts() -> None:
    words, parts = index_words(
        [
            {"source": [(0, 1)], "cue": [(1, 2)], "content": [(2, 4), (6, 7)]},
            {"source": [], "cue": [], "content": [(5, 6)]},
        ]
    )
    assert words.tolist() == [[0, 1, 2, 3, 6], [5, -1, -1, -1, -1]]
    named = [[PARTS[part] for part in row if part >= 0] for row in parts.tolist()]
    assert named == [["source", "cue", "content", "content", "content"], ["content"]]


def test_a_word_of_two_parts_counts_once() -> None:
    words, parts = index_words([{"source": [(0, 1)], "cue": [(0, 1), (3, 4)], "content": [(3, 6)]}])
    assert words.tolist() == [[0, 3, 4, 5]]
    assert [PARTS[part] for part in parts[0]] == ["cue", "content", "content", "content"]


def test_of_a_long_content_the_first_words_count() -> None:
    words, _ = index_words([{"source": [], "cue": [], "content": [(7, 2 * MOST_WORDS)]}])
    assert words.shape == (1, MOST_WORDS)
    assert words[0, -1] == 7 + MOST_WORDS - 1


def test_evidence_needs_a_word() -> None:
    with pytest.raises(ValueError, match="no words"):
        best_run(np.array([-np.inf], dtype=np.float32), np.array([3]))


def test_no_quotations_have_no_words() -> None:
    words, parts = index_words([])
    assert words.shape == parts.shape == (0, 0)


def test_what_is_no_word_of_the_quotation_changes_nothing() -> None:
    torch.manual_seed(0)
    head = StanceHead(width=8, size=4, dropout=0.0).eval()
    hidden = torch.randn(10, 8)
    spans = {"source": [(0, 1)], "cue": [(1, 2)], "content": [(2, 4)]}
    longer = {"source": [(4, 5)], "cue": [(5, 6)], "content": [(6, 10)]}
    alone = head(hidden, *map(torch.from_numpy, index_words([spans])))
    beside = head(hidden, *map(torch.from_numpy, index_words([spans, longer])))
    torch.testing.assert_close(alone[0][0], beside[0][0])
    elsewhere = hidden.clone()
    elsewhere[4:] = 0.0
    torch.testing.assert_close(head(elsewhere, *map(torch.from_numpy, index_words([spans])))[0], alone[0])
    assert torch.isinf(beside[1][0]).tolist() == [True, False, False, False, True, True]


@pytest.mark.parametrize(
    ("values", "words", "expected"),
    [
        ([-1.0, 2.0, 1.0, -4.0], [4, 5, 6, 7], (5, 7)),
        ([1.0, -0.5, 2.0], [4, 5, 6], (4, 7)),
        ([1.0, 2.0], [4, 9], (9, 10)),
        ([-3.0, -1.0, -2.0], [4, 5, 6], (5, 6)),
        ([-np.inf, -1.0, 5.0], [4, 5, -1], (5, 6)),
    ],
)
def test_evidence_is_the_likeliest_run_of_neighbouring_words(
    values: list[float], words: list[int], expected: tuple[int, int]
) -> None:
    assert best_run(np.array(values, dtype=np.float32), np.array(words)) == expected


def test_both_consequences_together_are_the_condition() -> None:
    stance = scores(hostile=0.35, cooperative=0.15, adverse=0.3, none=0.2).toward(JAPAN)
    assert (stance.label, stance.consequence) == ("conditional", "adverse")
    assert stance.probabilities["conditional"] == pytest.approx(0.45)
    assert set(stance.probabilities) == set(STANCE_LABELS)
    assert (stance.target, stance.evidence) == (JAPAN, ((3, 7),))


def test_a_stance_that_is_not_sure_enough_is_unknown() -> None:
    of = scores(hostile=0.55, none=0.45)
    assert of.toward(JAPAN, least=0.55).label == "hostile"
    stance = of.toward(JAPAN, least=0.6)
    assert (stance.label, stance.target, stance.evidence, stance.consequence) == ("unknown", None, (), None)
    assert stance.probabilities["hostile"] == 0.55
    assert set(stance.probabilities) == set(STANCE_LABELS)


def test_both_consequences_make_a_condition_sure_enough() -> None:
    of = scores(cooperative=0.35, adverse=0.3, none=0.35)
    assert of.toward(JAPAN, least=0.6).label == "conditional"


def test_no_stance_has_no_target_and_no_evidence() -> None:
    stance = scores(none=0.6, hostile=0.4).toward(JAPAN)
    assert (stance.label, stance.target, stance.evidence, stance.consequence) == ("none", None, (), None)
