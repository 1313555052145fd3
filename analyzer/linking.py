"""From spans of words to quotations: every content piece gets its cue, every quotation its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from analyzer.decoding import WordSpan
from analyzer.links import link_geometry
from analyzer.model import LINKS, CommuniqueModel

FloatArray = npt.NDArray[np.float32]

REACH = 32
"""Candidates considered on either side of a chooser; nearly all links of PolNeAR train span fewer than ten."""
LEAST_CUE = 0.2
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
    """Log-probabilities (choosers, candidates + 1) for each of ``LINKS``; the last column is for none."""

    content_cue: FloatArray
    cue_source: FloatArray
    content_source: FloatArray


def score_links(
    model: CommuniqueModel, hidden: Tensor, spans: dict[str, list[WordSpan]], paragraph: npt.NDArray[np.int64]
) -> LinkScores:
    """Score the links among *spans* of words over an article's *hidden* states (words, width).

    A chooser looks at the ``REACH`` candidates before and after it, so the cost grows with the article's
    length and not with its square.
    """
    arrays = {part: np.array(found, dtype=np.int64).reshape(-1, 2) for part, found in spans.items()}
    represented = {
        part: model.represent_spans(hidden, torch.from_numpy(array)) for part, array in arrays.items()
    }
    scores = {}
    for name in LINKS:
        chooser, candidate = name.split("_")
        scores[name] = _score_link(
            model.links[name],
            (represented[chooser], arrays[chooser]),
            (represented[candidate], arrays[candidate]),
            paragraph,
        )
    return LinkScores(**scores)


def _score_link(
    scorer: Callable[..., Tensor],
    choosers: tuple[Tensor, npt.NDArray[np.int64]],
    candidates: tuple[Tensor, npt.NDArray[np.int64]],
    paragraph: npt.NDArray[np.int64],
) -> FloatArray:
    count, total = len(choosers[1]), len(candidates[1])
    table = np.full((count, total + 1), -np.inf, dtype=np.float32)
    place = np.searchsorted(candidates[1][:, 0], choosers[1][:, 0])
    for begin in range(0, count, _CHUNK):
        rows = slice(begin, min(begin + _CHUNK, count))
        low, high = max(0, int(place[rows].min()) - REACH), min(total, int(place[rows].max()) + REACH)
        near = candidates[1][low:high]
        geometry = torch.from_numpy(link_geometry(choosers[1][rows], near, paragraph))
        logits = scorer(choosers[0][rows], candidates[0][low:high], geometry)
        column = torch.arange(low, high)
        here = torch.from_numpy(place[rows])[:, None]
        far = (column < here - REACH) | (column >= here + REACH)
        logits[:, :-1] = logits[:, :-1].masked_fill(far, -torch.inf)
        values = torch.log_softmax(logits, dim=-1).numpy()
        table[rows, low:high] = values[:, :-1]
        table[rows, -1] = values[:, -1]
    return table


def link_quotations(
    spans: dict[str, list[WordSpan]],
    scores: LinkScores,
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
    for content in range(len(spans["content"])):
        row = scores.content_cue[content, :-1]
        if row.size and row.max() >= np.log(least):
            groups.setdefault(int(row.argmax()), []).append(content)
        elif quoted[content]:
            groups[-1 - content] = [content]
    return sorted(
        (_assemble(spans, scores, cue, contents) for cue, contents in groups.items()),
        key=lambda quotation: quotation.content,
    )


def _assemble(
    spans: dict[str, list[WordSpan]], scores: LinkScores, cue: int, contents: list[int]
) -> LinkedQuotation:
    votes = scores.content_source[contents].mean(0)
    link = 1.0
    if cue >= 0:
        votes = (votes + scores.cue_source[cue]) / 2
        link = float(np.exp(scores.content_cue[contents, cue].mean()))
    with np.errstate(over="ignore"):
        shares = np.exp(votes - votes.max())
    choice = int(votes.argmax())
    return LinkedQuotation(
        content=tuple(spans["content"][content] for content in contents),
        cue=spans["cue"][cue] if cue >= 0 else None,
        source=spans["source"][choice] if choice < len(spans["source"]) else None,
        link_probability=link,
        source_probability=float(shares[choice] / shares.sum()),
    )
