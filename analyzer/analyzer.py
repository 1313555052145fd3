"""The whole analysis of one article, stage after stage."""

from __future__ import annotations

from pathlib import Path

import torch

from analyzer.calibration import Calibration
from analyzer.continuation import join_pieces
from analyzer.errors import ArticleError
from analyzer.extraction import Extractor
from analyzer.marks import quotation_kind
from analyzer.pretrained import Precision, fastest_precision, load_model, set_precision
from analyzer.quotation import (
    Analysis,
    Confidence,
    Quotation,
    QuotationSpans,
    Role,
    SpeakerReference,
    Stance,
    covered_text,
)
from analyzer.roles import find_roles
from analyzer.speakers import resolve_speakers
from analyzer.stance import BASELINE, StanceBaseline
from analyzer.words import Words, split_words

MAX_CHARACTERS = 2_000_000
"""Longer texts are no articles (a long novel has a million); they would take minutes and gigabytes."""


class Analyzer:
    """Finds quotations, speakers, roles and stances; make one and use it for many articles.

    *model* is a model folder, by default the one in the package. *threads* sets how many processor threads
    torch uses in this process. *precision* is that of the encoder's arithmetic, by default the fastest on this
    processor; probabilities differ between the two in the third place. Raises ModelError if the model cannot be
    loaded.
    """

    def __init__(
        self,
        model: str | Path | None = None,
        *,
        threads: int | None = None,
        precision: Precision | None = None,
    ) -> None:
        if threads is not None:
            torch.set_num_threads(threads)
        loaded, tokenizer = load_model(None if model is None else Path(model))
        set_precision(loaded, precision or fastest_precision())
        self._extractor = Extractor(loaded, tokenizer)
        self._calibration = Calibration(**loaded.config.calibration)
        self.model_name = f"{loaded.config.name} {loaded.config.version} (stance: {BASELINE})"

    def extract(self, text: str) -> tuple[QuotationSpans, ...]:
        """Only where the quotations, cues and sources of *text* stand, in text order. Raises ArticleError."""
        return self._extract(_checked_words(text))

    def analyze(self, text: str, *, id: str = "") -> Analysis:
        """Analyze the article *text*, which is left as it is; *id* goes through to the result.

        Raises ArticleError for a text without any words, or of more than ``MAX_CHARACTERS``.
        """
        words = _checked_words(text)
        found = self._extract(words)
        resolved = resolve_speakers(text, found)
        roles = find_roles(text, resolved.speakers)
        by_speaker = {speaker.id: role for speaker, role in zip(resolved.speakers, roles, strict=True)}
        stance = StanceBaseline(text)
        quotations = [
            _assemble(words, number, spans, reference, by_speaker[reference.id], confidence, stance)
            for number, (spans, reference, confidence) in enumerate(
                zip(found, resolved.references, resolved.confidences, strict=True)
            )
        ]
        return Analysis(
            id=id,
            text=text,
            quotations=tuple(quotations),
            speakers=resolved.speakers,
            model=self.model_name,
            warnings=_warnings(words),
        )

    def _extract(self, words: Words) -> tuple[QuotationSpans, ...]:
        calibrated = map(self._calibration.apply, self._extractor.extract(words))
        found = [quotation for quotation in calibrated if self._calibration.keeps(quotation)]
        return join_pieces(words.text, found, words.quoted)


def _checked_words(text: str) -> Words:
    if len(text) > MAX_CHARACTERS:
        raise ArticleError(
            f"the text has {len(text):,} characters; an article may have {MAX_CHARACTERS:,}: split it"
        )
    words = split_words(text)
    if not len(words):
        raise ArticleError("the text is empty")
    return words


def _assemble(
    words: Words,
    number: int,
    spans: QuotationSpans,
    speaker: SpeakerReference,
    role: Role,
    confidence: float | None,
    stance: StanceBaseline,
) -> Quotation:
    taken: Stance = stance.classify(spans, speaker, role)
    return Quotation(
        id=number,
        kind=quotation_kind(words.text, spans.content, words.quoted),
        spans=spans.content,
        text=covered_text(words.text, spans.content),
        cue=spans.cue,
        source=spans.source,
        speaker=speaker,
        role=role,
        stance=taken,
        confidence=Confidence(
            quotation=spans.quotation_probability,
            source=spans.source_probability,
            speaker=confidence,
            stance=taken.probabilities[taken.label],
        ),
    )


def _warnings(words: Words) -> tuple[str, ...]:
    unclosed = sum(not quoted.closed for quoted in words.quoted)
    return (f"{unclosed} quotation marks are not closed",) if unclosed else ()
