"""Everything that is counted about one system on one article; scores follow from the sums over articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.quotation import KINDS
from corpus.annotated import AnnotatedArticle, with_stances
from eval.annotated_layers import AnnotatedLayers
from eval.calibration import Answer
from eval.confusion import Confusion, confuse, right_counts
from eval.layers import LAYERS, Layer, confuse_stances, count_layers, match_speakers
from eval.matching import match_overlapping, sources_match
from eval.metrics import GROUPS, MEASURES, Counts, count_article, count_pairs, kinds_of
from eval.parts import ALL, SOURCE_FORMS, Part, source_forms
from eval.systems import Prediction, labels_of

END_TO_END, GIVEN = "stance", "given stance"
"""Stances of all quotations, found or not, and those of the annotated quotations."""

QUOTATION, STANCE = "quotation", "stance"
"""Whose stated probabilities are judged."""

_NEEDS: dict[Layer, AnnotatedLayers] = {
    "resolved": frozenset({"speakers"}),
    "speaker of a name": frozenset({"sources", "speakers"}),
    "speaker of a pronoun": frozenset({"sources", "speakers"}),
    "speaker of a description": frozenset({"sources", "speakers"}),
    "role text": frozenset({"speakers", "roles"}),
    "role category": frozenset({"roles"}),
    "role country": frozenset({"roles"}),
    "target": frozenset({"targets"}),
    "evidence": frozenset({"evidence"}),
}
_OF_STANCES: frozenset[Layer] = frozenset({"target", "evidence"})


@dataclass(frozen=True, slots=True)
class ArticleStatistics:
    """What adds up over articles: *counts* by measure and part, *confusions* of stances, *answers* with probabilities.

    What is not annotated in the article, or what the system does not say, is not there.
    """

    counts: dict[tuple[str, Part], Counts] = field(default_factory=dict)
    confusions: dict[str, Confusion] = field(default_factory=dict)
    answers: dict[str, tuple[Answer, ...]] = field(default_factory=dict)


def count_prediction(
    article: AnnotatedArticle, prediction: Prediction, layers: AnnotatedLayers, *, has_stances: bool = False
) -> ArticleStatistics:
    """Compare *prediction* with *article*, of which *layers* are annotated.

    *has_stances* says whether the system's stances mean anything.
    """
    counts = _count_spans(article, prediction, layers)
    confusions: dict[str, Confusion] = {}
    answers: dict[str, tuple[Answer, ...]] = {}
    if prediction.is_sure:
        answers[QUOTATION] = _quotation_answers(article, prediction)
    if prediction.analysis is not None:
        analysis = prediction.analysis
        of_layers = count_layers(article, analysis)
        for layer in LAYERS:
            if _NEEDS[layer] <= layers and (has_stances or layer not in _OF_STANCES):
                counts[layer, ALL] = of_layers[layer]
        if "stances" in layers and has_stances:
            confusions[END_TO_END] = confuse_stances(article, analysis)
    if prediction.given is not None:
        labelled = count_labels(article, labels_of(prediction.given))
        confusions |= labelled.confusions
        counts |= labelled.counts
        answers[STANCE] = tuple(
            (scores.by_label()[scores.label()], scores.label() == stance.label)
            for scores, (_, stance) in zip(prediction.given, with_stances(article), strict=True)
        )
    return ArticleStatistics(counts, confusions, answers)


def count_labels(article: AnnotatedArticle, labels: Sequence[str]) -> ArticleStatistics:
    """Compare *labels* with the first stance of each annotated quotation that has one."""
    pairs = zip((stance.label for _, stance in with_stances(article)), labels, strict=True)
    confusion = confuse(pairs)
    return ArticleStatistics({("given stance right", ALL): right_counts(confusion)}, {GIVEN: confusion})


def _count_spans(
    article: AnnotatedArticle, prediction: Prediction, layers: AnnotatedLayers
) -> dict[tuple[str, Part], Counts]:
    spans = count_article(article.text, article.quotations, prediction.spans)
    counts: dict[tuple[str, Part], Counts] = {
        (measure, _kind_part(group)): spans[measure, group]
        for measure in MEASURES
        for group in GROUPS
        if measure != "linked" or "sources" in layers
    }
    gold = [quotation.content for quotation in article.quotations]
    predicted = [quotation.content for quotation in prediction.spans]
    matched = match_overlapping(gold, predicted)
    found = {"content overlap": {i for i, _ in matched}}
    if "sources" in layers:
        found["linked"] = {
            i for i, j in matched if sources_match(article.quotations[i].source, prediction.spans[j].source)
        }
    if "speakers" in layers and prediction.analysis is not None:
        resolved = match_speakers(article, prediction.analysis)
        kinds = kinds_of(article.text, gold), kinds_of(article.text, predicted)
        for kind in KINDS:
            counts["resolved", _kind_part(kind)] = count_pairs(resolved, *kinds, kind)
        found["resolved"] = {i for i, _ in resolved}
    if {"sources", "speakers"} <= layers:
        counts |= _count_forms(source_forms(article), found)
    return counts


def _count_forms(forms: Sequence[str], found: dict[str, set[int]]) -> dict[tuple[str, Part], Counts]:
    """Per form of the gold source, the share of quotations that are right by each measure (its recall)."""
    counts = {}
    for measure, right in found.items():
        for form in SOURCE_FORMS:
            cases = {number for number, found_form in enumerate(forms) if found_form == form}
            counts[measure, ("source", form)] = Counts(
                len(cases & right), len(cases), len(cases & right), len(cases)
            )
    return counts


def _kind_part(group: str) -> Part:
    return ALL if group == "all" else ("kind", group)


def _quotation_answers(article: AnnotatedArticle, prediction: Prediction) -> tuple[Answer, ...]:
    gold = [quotation.content for quotation in article.quotations]
    right = {j for _, j in match_overlapping(gold, [quotation.content for quotation in prediction.spans])}
    return tuple(
        (quotation.quotation_probability, number in right)
        for number, quotation in enumerate(prediction.spans)
    )
