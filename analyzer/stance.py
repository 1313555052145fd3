"""The diplomatic stance of each quotation, by section 4 of the annotation guidelines, as the stance head sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from analyzer.decoding import WordSpan
from analyzer.model import PARTS, STANCES, CommuniqueModel
from analyzer.quotation import STANCE_LABELS, Consequence, QuotationSpans, Span, Stance, StanceLabel, Target
from analyzer.words import Words

MOST_WORDS = 400
"""Words of a part of a quotation that the head sees; the later ones of a longer content change no stance."""

_AT_ONCE = 64

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StanceScores:
    """Of one quotation: *probabilities* by ``STANCES``, summing to 1, and the *evidence* if it has a stance."""

    probabilities: dict[str, float]
    evidence: Span

    def label(self) -> StanceLabel:
        """The likeliest of the four labels."""
        by_label = self.by_label()
        return max(STANCE_LABELS, key=lambda label: by_label[label])

    def by_label(self) -> dict[str, float]:
        """The probabilities by the four labels: both consequences of ``conditional`` together."""
        conditional = self.probabilities["cooperative"] + self.probabilities["adverse"]
        return {
            label: conditional if label == "conditional" else self.probabilities[label]
            for label in STANCE_LABELS
        }

    def toward(self, target: Target | None, least: float = 0.0) -> Stance:
        """The stance as it is reported, toward *target*, which plays no part where there is none.

        It is unknown if no label is at least *least* likely.
        """
        label, by_label = self.label(), self.by_label()
        if by_label[label] < least:
            return replace(NO_STANCE, label="unknown", probabilities=by_label)
        consequences: tuple[Consequence, ...] = ("cooperative", "adverse")
        consequence = max(consequences, key=lambda name: self.probabilities[name])
        return Stance(
            label=label,
            consequence=consequence if label == "conditional" else None,
            probabilities=by_label,
            target=None if label == "none" else target,
            evidence=() if label == "none" else (self.evidence,),
        )


NO_STANCE = Stance(
    label="none",
    consequence=None,
    probabilities={label: float(label == "none") for label in STANCE_LABELS},
    target=None,
    evidence=(),
)
"""What is reported where nothing is known of stances."""


def score_stances(
    model: CommuniqueModel,
    hidden: Tensor,
    words: Words,
    quotations: Sequence[QuotationSpans],
    temperature: float = 1.0,
) -> list[StanceScores]:
    """Score each of *quotations* by an article's *hidden* states (words, width).

    *temperature* divides the logits (Guo et al., ICML 2017).
    """
    scored: list[StanceScores] = []
    for start in range(0, len(quotations), _AT_ONCE):
        spans = [
            {part: [words.covering(*span) for span in getattr(quotation, part)] for part in PARTS}
            for quotation in quotations[start : start + _AT_ONCE]
        ]
        indices, parts = index_words(spans)
        logits, scores = model.stance(hidden, torch.from_numpy(indices), torch.from_numpy(parts))
        shares = torch.softmax(logits / temperature, dim=-1).tolist()
        for row, probabilities in enumerate(shares):
            first, last = best_run(scores[row].numpy(), indices[row])
            scored.append(
                StanceScores(
                    dict(zip(STANCES, probabilities, strict=True)),
                    (words.spans[first][0], words.spans[last - 1][1]),
                )
            )
    return scored


def index_words(quotations: Sequence[Mapping[str, Sequence[WordSpan]]]) -> tuple[IntArray, IntArray]:
    """The arguments *words* and *parts* of ``StanceHead`` for *quotations*, each its spans in words by part.

    A word of several parts counts once: as content, else as cue.
    """
    rows = []
    for spans in quotations:
        part_of: dict[int, int] = {}
        for number, part in enumerate(PARTS):
            words = (word for first, last in spans[part] for word in range(first, last))
            part_of.update(dict.fromkeys(islice(words, MOST_WORDS), number))
        rows.append(sorted(part_of.items()))
    table = np.full((len(rows), max(map(len, rows), default=0), 2), -1, dtype=np.int64)
    for row, pairs in enumerate(rows):
        table[row, : len(pairs)] = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[..., 0].copy(), table[..., 1].copy()


def best_run(scores: npt.NDArray[np.float32], words: IntArray) -> WordSpan:
    """The run of neighbouring *words* (ascending, -1 for none) whose *scores* add up to most: one word at least.

    Scores are trained to be the log-odds of each word being evidence, so the sum is greatest for the likeliest run.
    Raises ValueError where there is no word at all.
    """
    best, best_sum = (0, 0), -np.inf
    first, total = 0, -np.inf
    before = -2
    for score, word in zip(scores.tolist(), words.tolist(), strict=True):
        if word < 0 or score == -np.inf:
            continue
        if word != before + 1 or total < 0:
            first, total = word, 0.0
        total += score
        before = word
        if total > best_sum:
            best, best_sum = (first, word + 1), total
    if best_sum == -np.inf:
        raise ValueError("a quotation has no words")
    return best
