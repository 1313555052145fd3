"""Layers that are annotated, and the parts that articles and quotations are divided into."""

from __future__ import annotations

from dataclasses import replace

from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from eval.annotated_layers import annotated_layers
from eval.parts import parts_of_articles, source_forms
from tests.eval.test_layers import GOLD

BARE = AnnotatedArticle(id="b", text=GOLD.text, quotations=(AnnotatedQuotation(id=0, content=((0, 5),)),))
EMPTY = AnnotatedArticle(id="c", text=GOLD.text, quotations=())


def of_length(words: int, **metadata: str) -> AnnotatedArticle:
    return AnnotatedArticle(id="d", text="word " * words, quotations=(), metadata=metadata)


def test_a_layer_is_annotated_if_one_quotation_has_it() -> None:
    whole, bare = annotated_layers([GOLD, BARE])
    assert whole == {"sources", "speakers", "roles", "stances", "targets", "evidence"}
    assert bare == {"sources"}
    assert annotated_layers([BARE]) == [frozenset()]


def test_an_article_without_quotations_has_the_layers_of_the_others() -> None:
    assert annotated_layers([GOLD, EMPTY])[1] == annotated_layers([GOLD])[0]
    assert annotated_layers([BARE, EMPTY]) == [frozenset(), frozenset()]


def test_articles_are_divided_by_length_in_words_from_short_to_long() -> None:
    parts = parts_of_articles([of_length(601), of_length(300), of_length(301), of_length(600), of_length(1)])
    assert parts == {
        ("length", "up to 300 words"): [1, 4],
        ("length", "301 to 600 words"): [2, 3],
        ("length", "over 600 words"): [0],
    }


def test_articles_are_divided_by_metadata_that_differ() -> None:
    articles = [
        of_length(9, genre="opinion", split="dev"),
        of_length(9, genre="wire copy", split="dev"),
        of_length(9),
    ]
    assert parts_of_articles(articles) == {("genre", "opinion"): [0], ("genre", "wire copy"): [1]}


def test_sources_by_how_they_speak() -> None:
    assert source_forms(GOLD) == ["name", "pronoun", "description"]
    without = replace(GOLD, quotations=(replace(GOLD.quotations[0], source=()),))
    assert source_forms(without) == ["none"]
