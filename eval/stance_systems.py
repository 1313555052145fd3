"""Baselines that label annotated quotations with a stance; the model has to beat them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from analyzer.quotation import (
    QuotationSpans,
    Role,
    SpeakerReference,
    StanceLabel,
)
from corpus.annotated import AnnotatedArticle, with_stances
from eval.lexicons import StanceBaseline
from eval.signature import data_hash
from eval.transfer import labelled_words, train_bag_of_words

Labeller = Callable[[AnnotatedArticle], Sequence[str]]
"""From an article to a label for each of its quotations with an annotated stance."""

_NO_ROLE = Role(text=None, spans=(), title=None, affiliation=None, country=None, category="unknown")


def stance_baselines(train: Sequence[AnnotatedArticle]) -> dict[str, Labeller]:
    """The baselines by name; those that learn learn from *train*."""
    return {"majority": _majority(train), "lexicons": _lexicons, "bag of words": _bag_of_words(train)}


def _majority(train: Sequence[AnnotatedArticle]) -> Labeller:
    labels = Counter(stance.label for article in train for _, stance in with_stances(article))
    ((label, _),) = labels.most_common(1)
    return lambda article: [label] * len(with_stances(article))


def _lexicons(article: AnnotatedArticle) -> list[StanceLabel]:
    """The lexicons know the annotated speaker and role."""
    baseline = StanceBaseline(article.text)
    entities = {entity.id: entity for entity in article.entities}
    labels = []
    for quotation in article.quotations:
        if not quotation.stances:
            continue
        entity = entities.get(-1 if quotation.speaker is None else quotation.speaker)
        kind = entity.kind if entity and entity.kind != "place" else "unknown"
        reference = SpeakerReference(
            id=0, name=entity.name if entity else None, kind=kind, resolved_by="name"
        )
        spans = QuotationSpans(content=quotation.content, cue=quotation.cue, source=quotation.source)
        stance = baseline.classify(spans, reference, quotation.role or _NO_ROLE)
        labels.append(stance.label)
    return labels


def _bag_of_words(train: Sequence[AnnotatedArticle]) -> Labeller:
    model = train_bag_of_words([labelled_words(article) for article in train])

    def label(article: AnnotatedArticle) -> list[str]:
        words, _ = labelled_words(article)
        return [str(found) for found in model.predict(words)] if words else []

    return label


def signed_baselines(train: Sequence[AnnotatedArticle]) -> dict[str, tuple[str, Labeller]]:
    """The baselines by name, each with what signatures call it: its name, and the articles that it learnt from."""
    learnt = f"train {data_hash(train)}"
    return {
        name: (name if name == "lexicons" else f"{name} {learnt}", label)
        for name, label in stance_baselines(train).items()
    }
