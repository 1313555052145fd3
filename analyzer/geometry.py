"""Where candidates for a link stand from the span that chooses: the link scorers' geometry."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analyzer.model import BETWEEN, DISTANCE_LIMITS

IntArray = npt.NDArray[np.int64]


def link_geometry(choosers: IntArray, candidates: IntArray, paragraph: IntArray) -> IntArray:
    """The buckets that ``LinkScorer`` takes, (n, m, 3), for spans of words *choosers* (n, 2), *candidates* (m, 2).

    Both are sorted by where they begin; *paragraph* (words,) numbers each word's paragraph.
    """
    ahead = candidates[None, :, 0] - choosers[:, None, 1]
    behind = choosers[:, None, 0] - candidates[None, :, 1]
    after = candidates[None, :, 0] >= choosers[:, None, 0]
    distance = np.searchsorted(np.array(DISTANCE_LIMITS), np.where(after, ahead, behind), side="right")
    distance = distance + after * (len(DISTANCE_LIMITS) + 1)
    following = np.searchsorted(candidates[:, 0], choosers[:, 0])[:, None]
    rank = np.arange(len(candidates))[None, :]
    between = np.where(after, rank - following, following - 1 - rank).clip(0, BETWEEN - 1) + after * BETWEEN
    apart = paragraph[candidates[None, :, 0]] - paragraph[choosers[:, None, 0]]
    return np.stack([distance, between, apart.clip(-2, 2) + 2], axis=-1)
