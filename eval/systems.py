"""The systems that are evaluated: the model, and rules as its baseline."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.quotation import Analysis, QuotationSpans
from corpus.annotated import AnnotatedArticle, with_stances
from eval.annotated_layers import AnnotatedLayers
from eval.rules import extract_by_rules

if TYPE_CHECKING:
    from analyzer import Analyzer
    from analyzer.stance import StanceScores

RULES, MODEL, PEOPLE = "rules baseline", "model", "human ceiling"
"""What the systems are called in reports, and what the annotators are among themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What a system says of one article.

    *spans* are its quotations, *analysis* all that it says of them, if it does. *given* are the stances of the
    annotated quotations that have one, if it has been asked. *is_sure* says whether its probabilities mean anything.
    """

    spans: tuple[QuotationSpans, ...]
    analysis: Analysis | None = None
    given: tuple[StanceScores, ...] | None = None
    is_sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedModel:
    """A model that is ready: its *name* and version, *digest* (see `model_digest`), and arithmetic's *precision*."""

    analyzer: Analyzer
    name: str
    digest: str
    precision: str

    @property
    def signed(self) -> str:
        """The model as signatures name it."""
        return f"{self.name} {self.digest[:12]} {self.precision}"


def load_system(folder: Path | None) -> LoadedModel:
    """Load the model in *folder*, or the shipped one. Raises analyzer.ModelError."""
    # torch takes seconds to import, which nobody should wait for to read a help text or an error.
    from analyzer import Analyzer
    from analyzer.pretrained import fastest_precision
    from analyzer.tables import DEFAULT_MODEL

    analyzer: Any = Analyzer(folder)
    return LoadedModel(
        analyzer=analyzer,
        name=analyzer.model_name,
        digest=model_digest(folder or DEFAULT_MODEL),
        precision=fastest_precision(),
    )


def model_digest(folder: Path) -> str:
    """The SHA-256 of all in *folder* that decides what the model says: weights, settings, tokenizer."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in (".json", ".safetensors"):
            content = path.read_bytes()
            digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def predict_by_rules(article: AnnotatedArticle) -> Prediction:
    """Quotations and sources by quotation marks and reporting verbs."""
    return Prediction(spans=tuple(extract_by_rules(article.text)))


def predict(model: LoadedModel, article: AnnotatedArticle, layers: AnnotatedLayers) -> Prediction:
    """What *model* says of *article*, as far as the annotated *layers* need it. Raises analyzer.ArticleError."""
    analyzer = model.analyzer
    if layers <= {"sources"}:
        return Prediction(spans=analyzer.extract(article.text), is_sure=True)
    analysis = analyzer.analyze(article.text)
    given = None
    if "stances" in layers and analyzer.has_stances:
        given = tuple(analyzer.score_stances(article.text, [spans for spans, _ in with_stances(article)]))
    return Prediction(spans=_spans(analysis), analysis=analysis, given=given, is_sure=True)


def _spans(analysis: Analysis) -> tuple[QuotationSpans, ...]:
    return tuple(
        QuotationSpans(
            content=quotation.spans,
            cue=quotation.cue,
            source=quotation.source,
            quotation_probability=quotation.confidence.quotation,
            source_probability=quotation.confidence.source,
        )
        for quotation in analysis.quotations
    )


def labels_of(given: Sequence[StanceScores]) -> list[str]:
    """The likeliest label of each."""
    return [scores.label() for scores in given]
