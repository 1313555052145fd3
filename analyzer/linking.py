"""From spans of words to quotations: every content piece gets its cue, every quotation its source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from analyzer.decoding import WordSpan
from analyzer.geometry import link_geometry
from analyzer.model import LINKS, CommuniqueModel, LinkScorer

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

REACH = 32
"""Candidates considered on either side of a chooser; nearly all links of PolNeAR train span fewer than ten."""

LEAST_CUE = 0.4
"""The least probability of a content piece's cue."""

_CHUNK = 64


@dataclass(frozen=True, slots=True)
class LinkedQuotation:
    """A quotation in spans of words. *source_probability* is that of *source*, or of there being none."""

    content: tuple[WordSpan, ...]
    cue: WordSpan | None
    source: WordSpan | None
    link_probability: float
    source_probability: float


@dataclass(frozen=True, slots=True)
class LinkScores:
    """Log-probabilities of one kind of link, for the candidates near each chooser.

    ``near[i, j]``, (choosers, 2·REACH), is that of chooser i for candidate ``first[i] + j``, minus infinity
    where there is no such candidate; ``none``, (choosers,), that of choosing none.
    """

    first: IntArray
    near: FloatArray
    none: FloatArray


def score_links(
    model: CommuniqueModel, hidden: Tensor, spans: dict[str, list[WordSpan]], paragraph: IntArray
) -> dict[str, LinkScores]:
    """Score each of ``LINKS`` among *spans* of words over an article's *hidden* states (words, width).

    A chooser looks at the ``REACH`` candidates before and after it, so time and memory grow with the article's
    length and not with its square.
    """
    arrays = {part: np.array(found, dtype=np.int64).reshape(-1, 2) for part, found in spans.items()}
    states = {part: model.represent_spans(hidden, torch.from_numpy(array)) for part, array in arrays.items()}
    scores = {}
    for name, (chooser, candidate) in LINKS.items():
        scorer = model.links[name]
        assert isinstance(scorer, LinkScorer)
        table = _empty_scores(arrays[chooser], arrays[candidate])
        for start in range(0, len(table.first), _CHUNK):
            rows = slice(start, start + _CHUNK)
            low, high = int(table.first[rows].min()), int(table.first[rows].max()) + 2 * REACH
            near = slice(max(low, 0), min(high, len(arrays[candidate])))
            geometry = link_geometry(arrays[chooser][rows], arrays[candidate][near], paragraph)
            logits = scorer(states[chooser][rows], states[candidate][near], torch.from_numpy(geometry))
            _fill(table, rows, near, logits)
        scores[name] = table
    return scores


def _empty_scores(choosers: IntArray, candidates: IntArray) -> LinkScores:
    first = np.searchsorted(candidates[:, 0], choosers[:, 0]) - REACH
    near = np.full((len(choosers), 2 * REACH), -np.inf, dtype=np.float32)
    return LinkScores(first, near, np.zeros(len(choosers), dtype=np.float32))


def _fill(table: LinkScores, rows: slice, candidates: slice, logits: Tensor) -> None:
    """Enter the *logits* (rows, candidates + 1) of *candidates* and none as log-probabilities."""
    column = torch.arange(candidates.start, candidates.stop)
    first = torch.from_numpy(table.first[rows])[:, None]
    far = (column < first) | (column >= first + 2 * REACH)
    logits[:, :-1] = logits[:, :-1].masked_fill(far, -torch.inf)
    shares = torch.log_softmax(logits, dim=-1).numpy()
    table.none[rows] = shares[:, -1]
    chooser, candidate = np.nonzero(~far.numpy())
    offset = candidate + candidates.start - table.first[rows][chooser]
    table.near[rows][chooser, offset] = shares[chooser, candidate]


def link_quotations(
    spans: dict[str, list[WordSpan]],
    scores: dict[str, LinkScores],
    *,
    quoted: npt.NDArray[np.bool_],
    least: float = LEAST_CUE,
) -> list[LinkedQuotation]:
    """Put *spans* together to quotations, in the order of their contents.

    Each content piece takes its likeliest cue. A piece without a cue of probability *least* is a quotation
    of its own if it stands in marks (*quoted*: (contents,)), and otherwise no quotation. The pieces of one
    cue are one quotation. Its source is the one that cue and contents together find likeliest; several
    quotations may share it.
    """
    groups: dict[int, list[int]] = {}
    cues = scores["content_cue"]
    for content in range(len(spans["content"])):
        best = int(cues.near[content].argmax())
        if cues.near[content, best] >= np.log(least):
            groups.setdefault(int(cues.first[content]) + best, []).append(content)
        elif quoted[content]:
            groups[-1 - content] = [content]
    return sorted(
        (_assemble(spans, scores, cue, contents) for cue, contents in groups.items()),
        key=lambda quotation: quotation.content,
    )


def _assemble(
    spans: dict[str, list[WordSpan]], scores: dict[str, LinkScores], cue: int, contents: list[int]
) -> LinkedQuotation:
    votes = [_votes(scores["content_source"], contents)]
    link = 1.0
    if cue >= 0:
        votes.append(_votes(scores["cue_source"], [cue]))
        table = scores["content_cue"]
        chosen = [table.near[content, cue - table.first[content]] for content in contents]
        link = float(np.exp(np.mean(chosen)))
    first, totals = _mean_votes(votes)
    best = int(totals.argmax())
    source = spans["source"][first + best] if best < len(totals) - 1 else None
    return LinkedQuotation(
        content=tuple(spans["content"][content] for content in contents),
        cue=spans["cue"][cue] if cue >= 0 else None,
        source=source,
        link_probability=link,
        source_probability=float(1 / np.exp(totals - totals[best]).sum()),
    )


_Votes = tuple[int, FloatArray]
"""The first candidate, and log-probabilities from there on, with that of none at the end."""


def _votes(table: LinkScores, choosers: list[int]) -> _Votes:
    return _mean_votes(
        [(int(table.first[row]), np.append(table.near[row], table.none[row])) for row in choosers]
    )


def _mean_votes(votes: list[_Votes]) -> _Votes:
    """The mean of *votes* over the candidates that all of them see."""
    low = max(first for first, _ in votes)
    high = max(low, min(first + len(values) - 1 for first, values in votes))
    kept = [np.append(values[low - first : high - first], values[-1]) for first, values in votes]
    return low, np.mean(kept, axis=0)
