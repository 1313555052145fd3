"""One-to-one matching of gold and predicted quotations by their contents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analyzer.quotation import Span
from eval.spans import exact_key, intersection_over_union, union

OVERLAP = 0.5
"""The least intersection over union of two contents, or of two sources, that match."""

Pairs = tuple[tuple[int, int], ...]
"""Matched ``(gold index, predicted index)``, in order of the gold index; no index comes twice on its side."""


def match_overlapping(gold: Sequence[Sequence[Span]], predicted: Sequence[Sequence[Span]]) -> Pairs:
    """Match contents with an intersection over union of at least ``OVERLAP``, one to one.

    Of all one-to-one matchings it takes one with the most pairs, and among those one with the greatest sum
    of intersections over union.
    """
    overlaps = _overlaps([union(spans) for spans in gold], [union(spans) for spans in predicted])
    pairs: list[tuple[int, int]] = []
    for block in _blocks(overlaps, len(gold)):
        pairs.extend(_assign(block))
    return tuple(sorted(pairs))


def match_exact(text: str, gold: Sequence[Sequence[Span]], predicted: Sequence[Sequence[Span]]) -> Pairs:
    """Match contents that are the same by ``exact_key``, one to one."""
    unmatched: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for index, spans in enumerate(predicted):
        if (key := exact_key(text, spans)) is not None:
            unmatched[key].append(index)
    pairs = []
    for index, spans in enumerate(gold):
        key = exact_key(text, spans)
        if key is not None and unmatched[key]:
            pairs.append((index, unmatched[key].pop(0)))
    return tuple(pairs)


def sources_match(gold: Sequence[Span], predicted: Sequence[Span]) -> bool:
    """Whether two sources overlap by at least ``OVERLAP``, or both are missing."""
    if not gold or not predicted:
        return not gold and not predicted
    return intersection_over_union(gold, predicted) >= OVERLAP


def _overlaps(
    gold: Sequence[tuple[Span, ...]], predicted: Sequence[tuple[Span, ...]]
) -> dict[tuple[int, int], float]:
    """The intersection over union of every pair that reaches ``OVERLAP``."""
    gold_ends = np.array([(spans[0][0], spans[-1][1]) if spans else (0, 0) for spans in gold])
    predicted_ends = np.array([(spans[0][0], spans[-1][1]) if spans else (0, 0) for spans in predicted])
    if not len(gold) or not len(predicted):
        return {}
    touching = (gold_ends[:, :1] < predicted_ends[:, 1]) & (predicted_ends[:, 0] < gold_ends[:, 1:])
    found = {}
    for i, j in np.argwhere(touching).tolist():
        overlap = intersection_over_union(gold[i], predicted[j])
        if overlap >= OVERLAP:
            found[i, j] = overlap
    return found


def _blocks(overlaps: dict[tuple[int, int], float], n_gold: int) -> list[dict[tuple[int, int], float]]:
    """*overlaps* in groups that share no quotation, so that each assignment to solve is small."""
    if not overlaps:
        return []
    rows = np.array([i for i, _ in overlaps])
    columns = np.array([n_gold + j for _, j in overlaps])
    size = int(columns.max()) + 1
    graph = coo_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    _, component = connected_components(graph, directed=False)
    blocks: dict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for (pair, overlap), row in zip(overlaps.items(), rows, strict=True):
        blocks[int(component[row])][pair] = overlap
    return list(blocks.values())


def _assign(block: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The best one-to-one matching within one block."""
    rows = sorted({i for i, _ in block})
    columns = sorted({j for _, j in block})
    # A pair is worth more than all intersections over union together: the number of pairs goes first.
    pair_value = min(len(rows), len(columns)) + 1
    value = np.zeros((len(rows), len(columns)))
    for (i, j), overlap in block.items():
        value[rows.index(i), columns.index(j)] = pair_value + overlap
    assigned = zip(*linear_sum_assignment(value, maximize=True), strict=True)
    return [(rows[row], columns[column]) for row, column in assigned if value[row, column] > 0]
