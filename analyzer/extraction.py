"""The neural part of the analysis: an article's text in, the spans of its quotations out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from analyzer.decoding import WordSpan, best_tags, tag_spans
from analyzer.linking import LinkedQuotation, link_quotations, score_links
from analyzer.model import CommuniqueModel
from analyzer.quotation import QuotationSpans, Span
from analyzer.stance import StanceScores, score_stances
from analyzer.windows import Pieces, Window, batch_windows, cut_windows, tokenize
from analyzer.words import QUOTING, Words, split_words

WINDOWS_AT_ONCE = 8
WIDTH_STEP = 16
"""Windows are padded to multiples of so many pieces."""


class Extractor:
    """Finds quotations with *model*, which it sets to evaluation."""

    def __init__(self, model: CommuniqueModel, tokenizer: PreTrainedTokenizerBase) -> None:
        self.model = model.eval()
        self.tokenizer = tokenizer

    def encode(self, words: Words) -> Tensor:
        """Hidden states (words, width) of an article's *words*, each from the window that shows most around it."""
        return self._encode([words])[0]

    def encode_together(self, articles: Sequence[Words]) -> list[Tensor]:
        """What `encode` gives for each of some short *articles*, bit for bit and in less time."""
        if len(articles) > 1 and self._computes_alike_in_company:
            return self._encode(articles)
        return [self.encode(words) for words in articles]

    @torch.inference_mode()
    def _encode(self, articles: Sequence[Words]) -> list[Tensor]:
        size = int(self.model.encoder.config.hidden_size)
        hidden = [torch.empty(len(words), size) for words in articles]
        for width, rows in self._windows_by_width(articles).items():
            for start in range(0, len(rows), WINDOWS_AT_ONCE):
                together = rows[start : start + WINDOWS_AT_ONCE]
                items = [(articles[number], pieces, window) for number, pieces, window in together]
                states = self.model.encode(**batch_windows(items, self.tokenizer, width).tensors())
                for row, (number, _, window) in enumerate(together):
                    own = slice(window.own_first, window.own_last)
                    hidden[number][own] = states[row, own.start - window.first : own.stop - window.first]
        return hidden

    def _windows_by_width(self, articles: Sequence[Words]) -> dict[int, list[tuple[int, Pieces, Window]]]:
        """The windows of *articles*, with their article's number, by the width to which they are padded.

        What comes out of a window depends on how far it is padded, so that must not depend on its company.
        """
        configuration = self.model.config
        by_width: dict[int, list[tuple[int, Pieces, Window]]] = defaultdict(list)
        for number, words in enumerate(articles):
            pieces = tokenize(words, self.tokenizer)
            for window in cut_windows(
                pieces.starts, length=configuration.window - 2, overlap=configuration.overlap
            ):
                needed = int(pieces.starts[window.last] - pieces.starts[window.first]) + 2
                padded = -(-needed // WIDTH_STEP) * WIDTH_STEP
                by_width[min(padded, configuration.window)].append((number, pieces, window))
        return by_width

    @cached_property
    @torch.inference_mode()
    def _computes_alike_in_company(self) -> bool:
        """Whether a window gives the same bits alone and beside others of its width, on this processor.

        It does wherever it was tried, but libraries of linear algebra do not promise it, and an article must give the
        same answer in any company.
        """
        for sentences in (1, 4, 12):
            articles = [
                split_words(f"On day {number} the envoy said that “talks” would go on. " * sentences)
                for number in range(4)
            ]
            for words, states in zip(articles, self._encode(articles), strict=True):
                if not torch.equal(self.encode(words), states):
                    return False
        return True

    @torch.inference_mode()
    def extract(self, words: Words, hidden: Tensor) -> tuple[QuotationSpans, ...]:
        """The quotations of the article of *words*, in text order, from its *hidden* states."""
        if not len(words):
            return ()
        emissions = self.model.emissions(hidden)
        tags = best_tags(emissions.numpy(), self.model.transitions.numpy())
        spans = tag_spans(tags)
        scores = score_links(self.model, hidden, spans, words.paragraph)
        inside = words.quoting != QUOTING.index("outside")
        quoted = np.array([inside[first:last].mean() > 0.5 for first, last in spans["content"]], dtype=bool)
        linked = link_quotations(spans, scores, quoted=quoted)
        certainty = _tag_certainty(emissions, tags)
        return tuple(_in_characters(words, quotation, certainty) for quotation in linked)

    @torch.inference_mode()
    def score_stances(
        self, words: Words, hidden: Tensor, quotations: Sequence[QuotationSpans], temperature: float = 1.0
    ) -> list[StanceScores]:
        """What the stance head makes of each of *quotations*; see ``analyzer.stance.score_stances``."""
        return score_stances(self.model, hidden, words, quotations, temperature)


def _tag_certainty(emissions: Tensor, tags: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """How likely each word's part is, (words,): its begin and inside tags together."""
    shares = torch.softmax(emissions, dim=-1).numpy()
    by_part = np.concatenate([shares[:, :1], shares[:, 1:].reshape(len(shares), -1, 2).sum(-1)], axis=1)
    part = np.where(tags == 0, 0, (tags + 1) // 2)
    certainty: npt.NDArray[np.float32] = by_part[np.arange(len(tags)), part]
    return certainty


def _in_characters(
    words: Words, quotation: LinkedQuotation, certainty: npt.NDArray[np.float32]
) -> QuotationSpans:
    content_certainty = np.concatenate([certainty[first:last] for first, last in quotation.content])
    return QuotationSpans(
        content=tuple(_characters(words, span) for span in quotation.content),
        cue=(_characters(words, quotation.cue),) if quotation.cue else (),
        source=(_characters(words, quotation.source),) if quotation.source else (),
        quotation_probability=float(content_certainty.mean()) * quotation.link_probability,
        source_probability=quotation.source_probability,
    )


def _characters(words: Words, span: WordSpan) -> Span:
    return words.spans[span[0]][0], words.spans[span[1] - 1][1]
