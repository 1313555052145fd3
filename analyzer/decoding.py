"""From tag scores to spans of words: Viterbi decoding over a whole article."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from analyzer.model import PARTS, TAGS

FloatArray = npt.NDArray[np.float32]
WordSpan = tuple[int, int]


def _forbidden() -> npt.NDArray[np.bool_]:
    table = np.zeros((len(TAGS), len(TAGS)), dtype=bool)
    for before, first in enumerate(TAGS):
        for after, second in enumerate(TAGS):
            table[before, after] = second.startswith("I-") and first[2:] != second[2:]
    return table


FORBIDDEN = _forbidden()
"""(tags, tags): whether the second tag may not follow the first; an inside tag goes on with its own part only."""


def best_tags(emissions: FloatArray, transitions: FloatArray) -> npt.NDArray[np.int64]:
    """The best sequence of tags, (words,), for *emissions* (words, tags), *transitions* (tags, tags): Viterbi."""
    count = len(emissions)
    tags = np.zeros(count, dtype=np.int64)
    if not count:
        return tags
    # Transposed, so that the maximum over the tag before runs along the last axis.
    chain = np.where(FORBIDDEN, -1e4, transitions).T.astype(np.float32).copy()
    pointers = np.zeros((count, len(TAGS)), dtype=np.int64)
    score = emissions[0] + np.array([-1e4 * tag.startswith("I-") for tag in TAGS], dtype=np.float32)
    columns = np.arange(len(TAGS))
    for word in range(1, count):
        options = chain + score
        best = options.argmax(1)
        pointers[word] = best
        score = options[columns, best] + emissions[word]
        # Only differences matter, and float32 loses them in a score that grows with the article.
        score -= score.max()
    tags[-1] = score.argmax()
    for word in range(count - 1, 0, -1):
        tags[word - 1] = pointers[word, tags[word]]
    return tags


def tag_spans(tags: npt.NDArray[np.int64]) -> dict[str, list[WordSpan]]:
    """The spans ``[first, last)`` of each part in *tags* (words,), in order. A span may begin with an inside tag."""
    spans: dict[str, list[WordSpan]] = {part: [] for part in PARTS}
    begins = (tags[1:] != tags[:-1]) | (tags[1:] % 2 == 1)
    bounds = [0, *(np.flatnonzero(begins) + 1).tolist(), len(tags)]
    for first, last in itertools.pairwise(bounds):
        if first == last or tags[first] == 0:
            continue
        part = PARTS[(tags[first] - 1) // 2]
        if spans[part] and spans[part][-1][1] == first and tags[first] % 2 == 0:
            spans[part][-1] = (spans[part][-1][0], last)
        else:
            spans[part].append((first, last))
    return spans
