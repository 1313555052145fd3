"""The neural part of the analysis: an article's text in, the spans of its quotations out."""

from __future__ import annotations

from collections.abc import Sequence

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
from analyzer.windows import batch_windows, cut_windows, tokenize
from analyzer.words import QUOTING, Words

WINDOWS_AT_ONCE = 8


class Extractor:
    """Finds quotations with *model*, which it sets to evaluation."""

    def __init__(self, model: CommuniqueModel, tokenizer: PreTrainedTokenizerBase) -> None:
        self.model = model.eval()
        self.tokenizer = tokenizer

    @torch.inference_mode()
    def encode(self, words: Words) -> Tensor:
        """Hidden states (words, width) of an article's *words*, each from the window that shows most around it.

        Only windows of the same article are computed together: rounding depends on what shares a batch, and
        an article must give the same answer in any company.
        """
        configuration = self.model.config
        pieces = tokenize(words, self.tokenizer)
        windows = cut_windows(pieces.starts, length=configuration.window - 2, overlap=configuration.overlap)
        hidden = torch.empty(len(words), int(self.model.encoder.config.hidden_size))
        for start in range(0, len(windows), WINDOWS_AT_ONCE):
            together = windows[start : start + WINDOWS_AT_ONCE]
            batch = batch_windows([(words, pieces, window) for window in together], self.tokenizer)
            states = self.model.encode(**batch.tensors())
            for row, window in enumerate(together):
                own = slice(window.own_first, window.own_last)
                hidden[own] = states[row, own.start - window.first : own.stop - window.first]
        return hidden

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
