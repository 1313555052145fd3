"""Decoding: the best sequence of tags that can be, and the spans in it."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np

from analyzer.decoding import FORBIDDEN, best_tags, tag_spans
from analyzer.model import TAGS


def test_decoding_finds_the_best_of_all_allowed_sequences() -> None:
    generator = np.random.default_rng(3)
    emissions = generator.normal(size=(4, len(TAGS))).astype(np.float32) * 2
    transitions = generator.normal(size=(len(TAGS), len(TAGS))).astype(np.float32)

    def score(tags: tuple[int, ...]) -> float:
        if TAGS[tags[0]].startswith("I-") or any(FORBIDDEN[pair] for pair in pairwise(tags)):
            return -np.inf
        steps = sum(transitions[pair] for pair in pairwise(tags))
        return float(sum(emissions[word, tag] for word, tag in enumerate(tags)) + steps)

    best = max(product(range(len(TAGS)), repeat=4), key=score)
    assert tuple(best_tags(emissions, transitions)) == best


def test_no_inside_tag_stands_without_its_beginning() -> None:
    emissions = np.zeros((3, len(TAGS)), dtype=np.float32)
    emissions[:, TAGS.index("I-content")] = 5
    tags = best_tags(emissions, np.zeros((len(TAGS), len(TAGS)), dtype=np.float32))
    assert [TAGS[tag] for tag in tags] == ["B-content", "I-content", "I-content"]


def test_spans_follow_the_tags() -> None:
    names = ["B-source", "I-source", "B-cue", "O", "B-content", "B-content", "I-content"]
    spans = tag_spans(np.array([TAGS.index(name) for name in names]))
    assert spans == {"source": [(0, 2)], "cue": [(2, 3)], "content": [(4, 5), (5, 7)]}


def test_nothing_gives_nothing() -> None:
    transitions = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    assert len(best_tags(np.zeros((0, len(TAGS)), dtype=np.float32), transitions)) == 0
    assert tag_spans(np.zeros(0, dtype=np.int64)) == {"source": [], "cue": [], "content": []}
