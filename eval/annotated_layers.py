"""Which layers of an article somebody has annotated: only these can be measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from corpus.annotated import AnnotatedArticle

AnnotatedLayer = Literal["sources", "speakers", "roles", "stances", "targets", "evidence"]
ANNOTATED_LAYERS: tuple[AnnotatedLayer, ...] = get_args(AnnotatedLayer)

AnnotatedLayers = frozenset[AnnotatedLayer]


def annotated_layers(articles: Sequence[AnnotatedArticle]) -> list[AnnotatedLayers]:
    """The layers of each article: those of which at least one of its quotations has something.

    Sources are a layer of all articles if one has any, since a quotation without a source is nothing unusual. An
    article without quotations has every layer that another one has, since what is found in it is wrong.
    """
    layers = [_layers(article) for article in articles]
    every: AnnotatedLayers = frozenset().union(*layers)
    return [
        of_article | (every & {"sources"}) if article.quotations else every
        for article, of_article in zip(articles, layers, strict=True)
    ]


def _layers(article: AnnotatedArticle) -> AnnotatedLayers:
    quotations = article.quotations
    stances = [stance for quotation in quotations for stance in quotation.stances or ()]
    present: dict[AnnotatedLayer, bool] = {
        "sources": any(quotation.source for quotation in quotations),
        "speakers": any(quotation.speaker is not None for quotation in quotations),
        "roles": any(quotation.role is not None for quotation in quotations),
        "stances": bool(stances),
        "targets": any(stance.target for stance in stances),
        "evidence": any(stance.evidence for stance in stances),
    }
    return frozenset(layer for layer, is_present in present.items() if is_present)
