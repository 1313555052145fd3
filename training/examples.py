"""From annotated articles to the windows, tags and links that the model learns from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from transformers import PreTrainedTokenizerBase

from analyzer.model import PARTS, STANCES, TAGS
from analyzer.quotation import Span
from analyzer.windows import MAX_PIECES_PER_WORD, Pieces, Window, tokenize
from analyzer.words import QUOTING, Words, split_words
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation

WordSpan = tuple[int, int]

# Marks by (opening, closing) at depth 1 and at depth 2.
_STYLES = (
    ('"', '"', "'", "'"),
    ("“", "”", "‘", "’"),
    ("‘", "’", "“", "”"),
    ("'", "'", '"', '"'),
    ("«", "»", "“", "”"),
    ("„", "“", "‚", "‘"),
    ("“", "“", "‘", "‘"),
)


@dataclass(frozen=True, slots=True)
class StanceExample:
    """A quotation with an annotated stance: its spans in words by part, the index in ``STANCES``, the telling words."""

    spans: dict[str, tuple[WordSpan, ...]]
    label: int
    evidence: frozenset[int]


@dataclass(frozen=True, slots=True)
class Example:
    """An article ready for training: spans in words, by part, and which of them belong together.

    *spans* maps each part to its spans in text order; *links* are the triples (content, cue, source) of
    indices into these, -1 for none; *tags* (words,) are indices into ``TAGS``. *stances* are those of the
    quotations on which a stance is annotated.
    """

    words: Words
    pieces: Pieces
    tags: npt.NDArray[np.int64]
    spans: dict[str, tuple[WordSpan, ...]]
    links: tuple[tuple[int, int, int], ...]
    stances: tuple[StanceExample, ...] = ()


def make_example(article: AnnotatedArticle, tokenizer: PreTrainedTokenizerBase) -> Example:
    """Bring *article*'s quotations to words. A span that overlaps an earlier one is left out: tags are flat."""
    words = split_words(article.text)
    tags = np.zeros(len(words), dtype=np.int64)
    kept: dict[str, dict[WordSpan, None]] = {part: {} for part in PARTS}
    triples = []
    for quotation in article.quotations:
        sources = _place(quotation.source[:1], "source", words, tags, kept)
        cues = _place(quotation.cue[:1], "cue", words, tags, kept)
        for span in quotation.content:
            for content in _place((span,), "content", words, tags, kept):
                triples.append((content, next(iter(cues), None), next(iter(sources), None)))
    spans = {part: tuple(sorted(kept[part])) for part in PARTS}
    index = {part: {span: number for number, span in enumerate(spans[part])} for part in PARTS}
    links = tuple(
        (
            index["content"][content],
            index["cue"][cue] if cue else -1,
            index["source"][source] if source else -1,
        )
        for content, cue, source in triples
    )
    stances = tuple(
        _stance_example(quotation, words) for quotation in article.quotations if quotation.stances
    )
    return Example(words, tokenize(words, tokenizer), tags, spans, links, stances)


def _stance_example(quotation: AnnotatedQuotation, words: Words) -> StanceExample:
    """The first stance: there is seldom a second one."""
    assert quotation.stances
    stance = quotation.stances[0]
    return StanceExample(
        spans={part: tuple(words.covering(*span) for span in getattr(quotation, part)) for part in PARTS},
        label=STANCES.index(stance.consequence or stance.label),
        evidence=frozenset(word for span in stance.evidence for word in range(*words.covering(*span))),
    )


def _place(
    spans: Sequence[Span],
    part: str,
    words: Words,
    tags: npt.NDArray[np.int64],
    kept: dict[str, dict[WordSpan, None]],
) -> list[WordSpan]:
    """Tag *spans* unless something else stands there; the spans in words that are there now."""
    placed = []
    for start, end in spans:
        first, last = words.covering(start, end)
        if first >= last:
            continue
        if (first, last) not in kept[part]:
            if tags[first:last].any():
                continue
            tags[first] = TAGS.index(f"B-{part}")
            tags[first + 1 : last] = TAGS.index(f"I-{part}")
            kept[part][first, last] = None
        placed.append((first, last))
    return placed


def cut_training_windows(example: Example, length: int, generator: np.random.Generator) -> list[Window]:
    """Cut an article at random places, each epoch at others, into windows of at most *length* pieces."""
    starts = example.pieces.starts
    room = length - 2 - MAX_PIECES_PER_WORD
    windows = []
    first = 0
    # The first cut falls anywhere, so that over the epochs every word stands near every window's end.
    limit = int(generator.integers(room // 3, room + 1)) if starts[-1] > room else room
    while first < len(example.words):
        last = int(np.searchsorted(starts, starts[first] + limit, side="right")) - 1
        last = max(last, first + 1)
        windows.append(Window(first, last, first, last))
        first, limit = last, room
    return windows


def restyle_marks(
    example: Example, tokenizer: PreTrainedTokenizerBase, generator: np.random.Generator
) -> Example:
    """The same article with its quotation marks in another style, so that none is foreign to the model."""
    style = _STYLES[int(generator.integers(len(_STYLES)))]
    ids, lengths = [], np.diff(example.pieces.starts).copy()
    depths = _mark_depths(example.words)
    pieces = np.split(example.pieces.ids, example.pieces.starts[1:-1])
    encoded = {mark: tokenizer(mark, add_special_tokens=False)["input_ids"] for mark in set(style)}
    for word, original in enumerate(pieces):
        if word in depths:
            closing = example.words.quoting[word] == QUOTING.index("closing")
            replacement = encoded[style[2 * (depths[word] > 1) + int(closing)]]
            lengths[word] = len(replacement)
            ids.append(np.array(replacement, dtype=np.int64))
        else:
            ids.append(original)
    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return replace(example, pieces=Pieces(np.concatenate(ids) if ids else example.pieces.ids, starts))


def _mark_depths(words: Words) -> dict[int, int]:
    """Which words are marks, and how deep; marks of two words (``''``) have no equal in other styles."""
    depths = {}
    for region in words.quoted:
        for start, end in region.marks:
            first, last = words.covering(start, end)
            if last - first == 1:
                depths[first] = region.depth
    return depths
