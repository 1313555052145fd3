"""Linking: contents choose cues, quotations choose sources."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from analyzer.decoding import WordSpan
from analyzer.linking import REACH, LinkScores, link_quotations, score_links
from tests.tiny import tiny_model


def choices(*rows: list[float]) -> LinkScores:
    """Scores of choosers that stand before all candidates, from probabilities whose last is that of none."""
    near = np.full((len(rows), 2 * REACH), -np.inf, dtype=np.float32)
    for number, row in enumerate(rows):
        near[number, REACH : REACH + len(row) - 1] = np.log(row[:-1])
    first = np.full(len(rows), -REACH, dtype=np.int64)
    return LinkScores(first, near, np.log([row[-1] for row in rows]).astype(np.float32))


SPANS: dict[str, list[WordSpan]] = {
    "source": [(0, 1), (20, 21)],
    "cue": [(1, 2), (8, 9)],
    "content": [(2, 7), (9, 14), (15, 19)],
}


def test_one_source_may_serve_several_quotations_and_one_cue_several_pieces() -> None:
    scores = {
        "content_cue": choices([0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.2, 0.7, 0.1]),
        "cue_source": choices([0.9, 0.05, 0.05], [0.8, 0.1, 0.1]),
        "content_source": choices(*[[0.9, 0.05, 0.05]] * 3),
    }
    first, second = link_quotations(SPANS, scores, quoted=np.zeros(3, dtype=bool))
    assert (first.content, first.cue, first.source) == (((2, 7),), (1, 2), (0, 1))
    assert (second.content, second.cue, second.source) == (((9, 14), (15, 19)), (8, 9), (0, 1))
    assert first.source_probability == pytest.approx(0.9, abs=0.01)


def test_a_piece_without_a_cue_is_a_quotation_only_in_marks() -> None:
    scores = {
        "content_cue": choices(*[[0.01, 0.01, 0.98]] * 3),
        "cue_source": choices(*[[0.3, 0.3, 0.4]] * 2),
        "content_source": choices(*[[0.01, 0.9, 0.09]] * 3),
    }
    (only,) = link_quotations(SPANS, scores, quoted=np.array([False, True, False]))
    assert (only.content, only.cue, only.source) == (((9, 14),), None, (20, 21))


def test_no_source_is_an_answer() -> None:
    scores = {
        "content_cue": choices(*[[0.98, 0.01, 0.01]] * 3),
        "cue_source": choices(*[[0.1, 0.1, 0.8]] * 2),
        "content_source": choices(*[[0.1, 0.1, 0.8]] * 3),
    }
    (only,) = link_quotations(SPANS, scores, quoted=np.zeros(3, dtype=bool))
    assert only.source is None
    assert only.source_probability == pytest.approx(0.8, abs=0.01)


def test_only_near_candidates_are_looked_at_and_shares_sum_to_one() -> None:
    count = 3 * REACH
    spans: dict[str, list[WordSpan]] = {
        "source": [(4 * number, 4 * number + 1) for number in range(count)],
        "cue": [(4 * number + 1, 4 * number + 2) for number in range(count)],
        "content": [(4 * number + 2, 4 * number + 4) for number in range(count)],
    }
    hidden = torch.randn(4 * count, 16, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        scores = score_links(tiny_model(), hidden, spans, np.zeros(4 * count, dtype=np.int64))
    for table in scores.values():
        shares = np.exp(table.near).sum(1) + np.exp(table.none)
        assert shares == pytest.approx(np.ones(count), abs=1e-4)
        outside = (table.first[:, None] + np.arange(2 * REACH) < 0) | (
            table.first[:, None] + np.arange(2 * REACH) >= count
        )
        assert np.isneginf(table.near[outside]).all()
        assert np.isfinite(table.near[~outside]).all()


def test_nothing_to_link_is_no_problem() -> None:
    empty: dict[str, list[WordSpan]] = {"source": [], "cue": [], "content": [(0, 2)]}
    with torch.inference_mode():
        scores = score_links(tiny_model(), torch.zeros(3, 16), empty, np.zeros(3, dtype=np.int64))
    assert link_quotations(empty, scores, quoted=np.zeros(1, dtype=bool)) == []
