"""The tag loss against the sum over all sequences; the evidence loss."""

from __future__ import annotations

import math
from itertools import pairwise, product

import numpy as np
import pytest
import torch

from analyzer.decoding import FORBIDDEN
from analyzer.model import TAGS
from training.losses import crf_loss, evidence_loss


def test_the_loss_is_the_negative_log_share_of_the_gold_sequence() -> None:
    generator = torch.Generator().manual_seed(5)
    emissions = torch.randn(1, 3, len(TAGS), generator=generator)
    transitions = torch.randn(len(TAGS), len(TAGS), generator=generator)
    gold = (TAGS.index("B-cue"), TAGS.index("I-cue"), TAGS.index("O"))

    def weight(tags: tuple[int, ...]) -> float:
        pairs = list(pairwise(tags))
        if any(FORBIDDEN[pair] for pair in pairs):
            return 0.0
        unary = sum(float(emissions[0, word, tag]) for word, tag in enumerate(tags))
        return float(np.exp(unary + sum(float(transitions[pair]) for pair in pairs)))

    total = sum(weight(tags) for tags in product(range(len(TAGS)), repeat=3))
    expected = -np.log(weight(gold) / total) / 3
    loss = crf_loss(emissions, transitions, torch.tensor([gold]), torch.ones(1, 3, dtype=torch.long))
    assert loss.item() == pytest.approx(expected, abs=1e-4)


def test_padding_makes_no_difference() -> None:
    generator = torch.Generator().manual_seed(6)
    emissions = torch.randn(1, 5, len(TAGS), generator=generator)
    transitions = torch.zeros(len(TAGS), len(TAGS))
    tags = torch.zeros(1, 5, dtype=torch.long)
    mask = torch.tensor([[1, 1, 1, 0, 0]])
    short = crf_loss(emissions[:, :3], transitions, tags[:, :3], mask[:, :3])
    assert crf_loss(emissions, transitions, tags, mask).item() == pytest.approx(short.item(), abs=1e-5)


def test_evidence_is_learnt_word_by_word_where_there_is_any() -> None:
    scores = torch.tensor([[0.0, 0.0, -torch.inf], [5.0, 5.0, 5.0]], requires_grad=True)
    evidence = torch.tensor([[True, False, False], [False, False, False]])
    loss = evidence_loss(scores, evidence)
    assert loss.item() == pytest.approx(math.log(2))
    loss.backward()
    assert scores.grad is not None
    assert scores.grad.tolist() == [[-0.25, 0.25, 0.0], [0.0, 0.0, 0.0]]
