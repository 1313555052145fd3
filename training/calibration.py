"""Calibration of the model's probabilities on articles that it was not trained on."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

from analyzer.analyzer import Analyzer
from analyzer.calibration import Calibration, log_odds
from analyzer.model import STANCES
from corpus.annotated import AnnotatedArticle, with_stances
from eval.matching import match_overlapping, sources_match

LEAST_QUOTATION = 0.5
"""Chosen on held-out articles of PolNeAR and the corpus's dev split, by linked F1 (eval/experiments.md)."""


def fit_calibration(analyzer: Analyzer, articles: Sequence[AnnotatedArticle]) -> Calibration:
    """Platt scaling (Platt, 1999) of the uncalibrated *analyzer*'s probabilities on *articles*.

    A quotation counts as right when its content matches a gold one by overlap, and its source when the content
    matches and the source does too.
    """
    right: dict[str, list[bool]] = {"quotation": [], "source": []}
    stated: dict[str, list[float]] = {"quotation": [], "source": []}
    for article in articles:
        found = analyzer.extract(article.text)
        matched = {
            predicted: gold
            for gold, predicted in match_overlapping(
                [quotation.content for quotation in article.quotations],
                [quotation.content for quotation in found],
            )
        }
        for number, quotation in enumerate(found):
            stated["quotation"].append(quotation.quotation_probability)
            right["quotation"].append(number in matched)
            if number in matched:
                gold_source = article.quotations[matched[number]].source
                stated["source"].append(quotation.source_probability)
                right["source"].append(sources_match(gold_source, quotation.source))
    return Calibration(
        quotation=_platt(stated["quotation"], right["quotation"]),
        source=_platt(stated["source"], right["source"]),
        least_quotation=LEAST_QUOTATION,
    )


def fit_temperature(analyzer: Analyzer, articles: Sequence[AnnotatedArticle]) -> float:
    """The temperature of the stance (Guo et al., ICML 2017) that makes *articles*' labels likeliest.

    *analyzer* must have none yet. Its probabilities are those of the annotated quotations.
    """
    logits, labels = [], []
    for article in articles:
        annotated = with_stances(article)
        scored = analyzer.score_stances(article.text, [spans for spans, _ in annotated])
        for (_, stance), scores in zip(annotated, scored, strict=True):
            labels.append(STANCES.index(stance.consequence or stance.label))
            logits.append([math.log(max(scores.probabilities[name], 1e-12)) for name in STANCES])
    if not labels:
        return 1.0
    values, right = np.array(logits), np.arange(len(labels))

    def loss(temperature: float) -> float:
        scaled = values / temperature
        return float(np.mean(logsumexp(scaled, axis=1) - scaled[right, labels]))

    return float(minimize_scalar(loss, bounds=(0.2, 5.0), method="bounded").x)


def _platt(stated: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and intercept on the log-odds; unchanged where there is nothing to fit."""
    if len(set(right)) < 2:
        return (1.0, 0.0)
    fitted = LogisticRegression().fit([[log_odds(value)] for value in stated], np.array(right))
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
