"""Parts of what is evaluated, for breakdowns: by kind of quotation, form of source, and properties of articles."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.quotation import covered_text
from corpus.annotated import AnnotatedArticle
from eval.layers import source_form

Part = tuple[str, str]
"""What is divided by, and one of its values, such as ``("kind", "direct")``."""

ALL: Part = ("all", "all")

LENGTHS = (300, 600)
"""Bounds of the classes of articles by length, in words (what white space divides)."""

SOURCE_FORMS = ("name", "pronoun", "description", "none")

_METADATA = ("origin", "split", "genre")


def source_forms(article: AnnotatedArticle) -> list[str]:
    """The form of each quotation's source: one of ``SOURCE_FORMS``, by the annotated speaker."""
    entities = {entity.id: entity for entity in article.entities}
    return [
        source_form(
            covered_text(article.text, quotation.source),
            None if quotation.speaker is None else entities.get(quotation.speaker),
        )
        if quotation.source
        else "none"
        for quotation in article.quotations
    ]


def parts_of_articles(articles: Sequence[AnnotatedArticle]) -> dict[Part, list[int]]:
    """The numbers of the *articles* in each part, by length and by what their metadata tell.

    What all articles have in common divides nothing, and is left out.
    """
    parts: dict[Part, list[int]] = {}
    for name in ("length", *_METADATA):
        values = [_value(article, name) for article in articles]
        known = set(values) - {""}
        if len(known) > 1:
            for value in sorted(known, key=_order):
                parts[name, value] = [number for number, found in enumerate(values) if found == value]
    return parts


def _value(article: AnnotatedArticle, name: str) -> str:
    if name != "length":
        return article.metadata.get(name, "")
    words = len(article.text.split())
    short, middle = LENGTHS
    return f"up to {short} words" if words <= short else _longer(words > middle, short, middle)


def _longer(is_long: bool, short: int, middle: int) -> str:
    return f"over {middle} words" if is_long else f"{short + 1} to {middle} words"


def _order(value: str) -> tuple[bool, str]:
    """Lengths from short to long, all else by the alphabet."""
    return not value.startswith("up to"), value
