"""Systems that label annotated quotations with a stance: the model, and the baselines that it has to beat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from analyzer import Analyzer
from analyzer.quotation import (
    STANCE_LABELS,
    QuotationSpans,
    Role,
    SpeakerReference,
    StanceLabel,
)
from corpus.annotated import AnnotatedArticle, with_stances
from eval.lexicons import StanceBaseline
from eval.metrics import Counts
from eval.transfer import labelled_words, train_bag_of_words

Labeller = Callable[[AnnotatedArticle], Sequence[str]]
"""From an article to a label for each of its quotations with an annotated stance."""

LabelCounts = dict[str, Counts]
"""Counts by label, of one article."""

_NO_ROLE = Role(text=None, spans=(), title=None, affiliation=None, country=None, category="unknown")


def stance_systems(
    train: Sequence[AnnotatedArticle], analyzer: Analyzer | None
) -> Iterator[tuple[str, Labeller]]:
    """The systems with their names; those that learn learn from *train*. The model comes last, if there is one."""
    yield "majority", _majority(train)
    yield "lexicons", _lexicons
    yield "bag of words", _bag_of_words(train)
    if analyzer is not None:
        yield "model", _model(analyzer)


def count_labels(article: AnnotatedArticle, predicted: Sequence[str]) -> LabelCounts:
    """Compare *predicted* with the first stance of each annotated quotation."""
    pairs = [
        (stance.label, found) for (_, stance), found in zip(with_stances(article), predicted, strict=True)
    ]
    counts: LabelCounts = {}
    for label in STANCE_LABELS:
        right = sum(first == second == label for first, second in pairs)
        counts[label] = Counts(
            right,
            sum(first == label for first, _ in pairs),
            right,
            sum(second == label for _, second in pairs),
        )
    return counts


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


def _model(analyzer: Analyzer) -> Labeller:
    return lambda article: [
        score.label()
        for score in analyzer.score_stances(article.text, [spans for spans, _ in with_stances(article)])
    ]
