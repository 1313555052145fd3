"""Batches of training windows: what the encoder sees, the gold tags, and the gold links."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from transformers import PreTrainedTokenizerBase

from analyzer.model import LINKS, PARTS
from analyzer.stance import index_words
from analyzer.windows import Window, WindowBatch, batch_windows
from training.config import TrainingConfiguration
from training.examples import Example, StanceExample, WordSpan, cut_training_windows, restyle_marks

IntArray = npt.NDArray[np.int64]
IGNORED = -100
"""The label of a choice whose right answer lies outside the window (torch's ``ignore_index``)."""


@dataclass(frozen=True, slots=True)
class LinkItems:
    """The spans of one window, by part, (n, 2) in the window's words, sorted, and what each chooses.

    *labels* maps each of ``LINKS`` to (choosers,): the candidate's index, the number of candidates for none,
    or ``IGNORED``.
    """

    spans: dict[str, IntArray]
    labels: dict[str, IntArray]


@dataclass(frozen=True, slots=True)
class TrainingBatch:
    """*inputs* for the encoder, *tags* (windows, words), and where each row comes from."""

    inputs: WindowBatch
    tags: IntArray
    rows: tuple[tuple[Example, Window], ...]


def epoch_batches(
    examples: Sequence[Example],
    tokenizer: PreTrainedTokenizerBase,
    configuration: TrainingConfiguration,
    epoch: int,
) -> list[list[tuple[Example, Window]]]:
    """The windows of one epoch in batches of like length, in an order that *seed* and *epoch* decide."""
    generator = np.random.default_rng((configuration.seed, epoch))
    rows: list[tuple[Example, Window]] = []
    for example in examples:
        if generator.random() < configuration.restyle:
            example = restyle_marks(example, tokenizer, generator)
        rows.extend(
            (example, window) for window in cut_training_windows(example, configuration.window, generator)
        )
    order = generator.permutation(len(rows))
    batches = []
    chunk = 24 * configuration.batch
    for start in range(0, len(rows), chunk):
        part = sorted((rows[number] for number in order[start : start + chunk]), key=_width)
        batches += [part[i : i + configuration.batch] for i in range(0, len(part), configuration.batch)]
    return [batches[number] for number in generator.permutation(len(batches))]


def make_batch(rows: Sequence[tuple[Example, Window]], tokenizer: PreTrainedTokenizerBase) -> TrainingBatch:
    """Pad *rows* to one batch."""
    inputs = batch_windows([(example.words, example.pieces, window) for example, window in rows], tokenizer)
    tags = np.zeros_like(inputs.word_mask)
    for row, (example, window) in enumerate(rows):
        tags[row, : window.last - window.first] = example.tags[window.first : window.last]
    return TrainingBatch(inputs, tags, tuple(rows))


def link_items(
    example: Example,
    window: Window,
    predicted: dict[str, list[WordSpan]],
    hidden_cues: Container[int] = (),
) -> LinkItems:
    """The gold spans that *window* shows, with their links, among *predicted* ones that are no gold spans.

    *predicted* spans (in the window's words) that touch no gold span of their part stand for the tagger's
    errors: they are candidates to be passed over, and as choosers they choose none. The cues of the indices
    *hidden_cues* are left out, predicted or not, as if the tagger had missed them: their contents choose none.
    """
    spans: dict[str, IntArray] = {}
    place: dict[str, dict[int, int]] = {}
    for part in PARTS:
        gold = dict(_clip(example.spans[part], window))
        false = [
            span
            for span in predicted.get(part, [])
            if not any(_touch(span, other) for other in gold.values())
        ]
        shown = [number for number in gold if part != "cue" or number not in hidden_cues]
        ordered = sorted([*((gold[number], number) for number in shown), *((span, -1) for span in false)])
        spans[part] = np.array([span for span, _ in ordered], dtype=np.int64).reshape(-1, 2)
        place[part] = {number: row for row, (_, number) in enumerate(ordered) if number >= 0}
    labels = {
        name: np.full(len(spans[chooser]), len(spans[candidate]), dtype=np.int64)
        for name, (chooser, candidate) in LINKS.items()
    }
    for triple in example.links:
        numbers = dict(zip(("content", "cue", "source"), triple, strict=True))
        for name, (chooser, candidate) in LINKS.items():
            row = place[chooser].get(numbers[chooser])
            missed = candidate == "cue" and numbers[candidate] in hidden_cues
            if row is not None and numbers[candidate] >= 0 and not missed:
                labels[name][row] = place[candidate].get(numbers[candidate], IGNORED)
    return LinkItems(spans, labels)


@dataclass(frozen=True, slots=True)
class StanceItems:
    """The quotations of one window with an annotated stance: the arguments of ``StanceHead`` and what it should say.

    *words* and *parts*: (quotations, most words), see there; *labels*: (quotations,), indices into ``STANCES``;
    *evidence*: the shape of *words*, whether the word tells the stance.
    """

    words: IntArray
    parts: IntArray
    labels: IntArray
    evidence: npt.NDArray[np.bool_]


def stance_items(example: Example, window: Window) -> StanceItems:
    """Those of *example* that *window* shows whole."""
    shown = [stance for stance in example.stances if _shows(window, stance)]
    words, parts = index_words([stance.spans for stance in shown])
    evidence = np.array(
        [
            [word in stance.evidence for word in row]
            for stance, row in zip(shown, words.tolist(), strict=True)
        ],
        dtype=bool,
    ).reshape(words.shape)
    labels = np.array([stance.label for stance in shown], dtype=np.int64)
    return StanceItems(np.where(words < 0, words, words - window.first), parts, labels, evidence)


def _shows(window: Window, stance: StanceExample) -> bool:
    spans = [span for part in PARTS for span in stance.spans[part]]
    return all(window.first <= first < last <= window.last for first, last in spans)


def _clip(spans: Sequence[WordSpan], window: Window) -> Iterator[tuple[int, WordSpan]]:
    for number, (first, last) in enumerate(spans):
        first, last = max(first, window.first), min(last, window.last)
        if first < last:
            yield number, (first - window.first, last - window.first)


def _touch(span: WordSpan, other: WordSpan) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def _width(row: tuple[Example, Window]) -> int:
    example, window = row
    return int(example.pieces.starts[window.last] - example.pieces.starts[window.first])
