"""The ways in which an analysis is wrong: how often each, and examples of each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analyzer.quotation import Quotation, QuotationSpans, Span, Target
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from eval.annotated_layers import AnnotatedLayers
from eval.evaluation import ErrorType, Example
from eval.excerpts import excerpt
from eval.layers import first_stance, is_right_role_text, is_same_target, match_speakers
from eval.matching import Pairs, match_exact, match_overlapping, sources_match
from eval.systems import Prediction

MEANINGS = {
    "missed quotation": "annotated, and nothing that was found shares half of its words with it",
    "spurious quotation": "found, and nothing that is annotated shares half of its words with it",
    "wrong boundary": "found, but not from the first to the last annotated word",
    "wrong source": "found, but with another source, or with one too many or too few",
    "wrong speaker": "found, but as somebody else's",
    "wrong role": "found with the right speaker, but with other words for the role, or some too many or too few",
    "wrong stance": "found, but with another label",
    "wrong target": "found with the right label, but toward somebody else",
}
"""The types of errors in the order of the report; one quotation may have several."""

EXAMPLES = 3
"""How many errors of each type are shown from each group of articles."""


@dataclass(frozen=True, slots=True)
class Error:
    """One error: *spans* at issue on either side, words or labels if it is about these, and where to look.

    *are_words* says that *right* and *given* are words of the article.
    """

    type: str
    gold: tuple[Span, ...]
    predicted: tuple[Span, ...]
    right: str | None = None
    given: str | None = None
    are_words: bool = True
    around: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleErrors:
    """The errors in one article, and how many cases were judged by type."""

    judged: dict[str, int]
    errors: tuple[Error, ...]


def find_errors(
    article: AnnotatedArticle, prediction: Prediction, layers: AnnotatedLayers, *, has_stances: bool = False
) -> ArticleErrors:
    """Every error of *prediction* in those *layers* of *article* that are annotated."""
    matched = match_overlapping(
        [quotation.content for quotation in article.quotations],
        [quotation.content for quotation in prediction.spans],
    )
    comparison = _Comparison(article, prediction, matched)
    found = list(comparison.quotations())
    judged = {
        "missed quotation": len(article.quotations),
        "spurious quotation": len(prediction.spans),
        "wrong boundary": len(matched),
    }
    if "sources" in layers:
        judged["wrong source"] = len(matched)
        found += comparison.sources()
    analysis = prediction.analysis
    if analysis is None:
        return ArticleErrors(judged, tuple(found))
    pairs = [(article.quotations[i], analysis.quotations[j]) for i, j in matched]
    same = match_speakers(article, analysis) if "speakers" in layers else ()
    if "speakers" in layers:
        judged["wrong speaker"] = len(matched)
        others = set(matched) - set(same)
        found += _speakers(
            article, [(article.quotations[i], analysis.quotations[j]) for i, j in sorted(others)]
        )
    if {"speakers", "roles"} <= layers:
        judged["wrong role"] = len(same)
        found += _roles([(article.quotations[i], analysis.quotations[j]) for i, j in same])
    if "stances" in layers and has_stances:
        judged["wrong stance"] = len(pairs)
        found += _stances(pairs)
    if "targets" in layers and has_stances:
        labelled = [(g, p) for g, p in pairs if first_stance(g).label == p.stance.label != "none"]
        judged["wrong target"] = len(labelled)
        found += _targets(labelled)
    return ArticleErrors(judged, tuple(found))


Pair = tuple[AnnotatedQuotation, Quotation]


class _Comparison:
    def __init__(self, article: AnnotatedArticle, prediction: Prediction, matched: Pairs) -> None:
        self.text = article.text
        self.gold: Sequence[AnnotatedQuotation] = article.quotations
        self.predicted: Sequence[QuotationSpans] = prediction.spans
        self.matched = matched

    def quotations(self) -> Iterator[Error]:
        found, given = {i for i, _ in self.matched}, {j for _, j in self.matched}
        for number, gold in enumerate(self.gold):
            if number not in found:
                yield Error("missed quotation", gold.content, ())
        for number, predicted in enumerate(self.predicted):
            if number not in given:
                yield Error("spurious quotation", (), predicted.content)
        for i, j in self.matched:
            gold_content, content = self.gold[i].content, self.predicted[j].content
            if not match_exact(self.text, [gold_content], [content]):
                yield Error("wrong boundary", gold_content, content)

    def sources(self) -> Iterator[Error]:
        for i, j in self.matched:
            gold, predicted = self.gold[i], self.predicted[j]
            if not sources_match(gold.source, predicted.source):
                yield Error("wrong source", gold.source, predicted.source, around=gold.content)


def _speakers(article: AnnotatedArticle, pairs: Sequence[Pair]) -> Iterator[Error]:
    names = {entity.id: entity.name or entity.kind for entity in article.entities}
    for gold, predicted in pairs:
        right = "nobody" if gold.speaker is None else names.get(gold.speaker, "somebody")
        given = predicted.speaker.name or predicted.speaker.kind
        yield Error("wrong speaker", gold.content, predicted.spans, right, given, around=gold.source)


def _roles(pairs: Sequence[Pair]) -> Iterator[Error]:
    for gold, predicted in pairs:
        if not is_right_role_text(gold.role, predicted.role):
            right = (gold.role.text if gold.role else None) or "none"
            yield Error("wrong role", gold.content, predicted.spans, right, predicted.role.text or "none")


def _stances(pairs: Sequence[Pair]) -> Iterator[Error]:
    for gold, predicted in pairs:
        right, given = first_stance(gold).label, predicted.stance.label
        if right != given:
            yield Error("wrong stance", gold.content, predicted.spans, right, given, are_words=False)


def _targets(pairs: Sequence[Pair]) -> Iterator[Error]:
    for gold, predicted in pairs:
        right, given = first_stance(gold).target, predicted.stance.target
        if not is_same_target(right, given):
            yield Error("wrong target", gold.content, predicted.spans, _name(right), _name(given))


def _name(target: Target | None) -> str:
    return "nobody" if target is None else target.name


def summarize_errors(
    groups: Mapping[str, Sequence[int]],
    articles: Sequence[AnnotatedArticle],
    found: Sequence[ArticleErrors],
    *,
    may_show: Callable[[AnnotatedArticle], bool],
    seed: int,
) -> tuple[ErrorType, ...]:
    """Counts by type and group (of numbers of *articles*), and examples that are drawn evenly with *seed*.

    Words are only of articles that *may_show* allows.
    """
    types = []
    for name, meaning in MEANINGS.items():
        if not any(name in of_article.judged for of_article in found):
            continue
        counts = {group: _count(name, [found[n] for n in numbers]) for group, numbers in groups.items()}
        examples = tuple(
            _example(articles[number], error, may_show(articles[number]))
            for numbers in groups.values()
            for number, error in _draw(name, numbers, found, seed)
        )
        types.append(ErrorType(name=name, meaning=meaning, counts=counts, examples=examples))
    return tuple(types)


def _draw(
    name: str, numbers: Sequence[int], found: Sequence[ArticleErrors], seed: int
) -> list[tuple[int, Error]]:
    """Some errors of type *name* in the articles with these *numbers*, each with its article's number."""
    errors = [(number, error) for number in numbers for error in found[number].errors if error.type == name]
    return random.Random(seed).sample(errors, min(EXAMPLES, len(errors)))


def _count(name: str, found: Sequence[ArticleErrors]) -> tuple[int, int]:
    wrong = sum(error.type == name for of_article in found for error in of_article.errors)
    return wrong, sum(of_article.judged.get(name, 0) for of_article in found)


def _example(article: AnnotatedArticle, error: Error, may_show: bool) -> Example:
    example = Example(article=article.id, gold=error.gold, predicted=error.predicted)
    if may_show or not error.are_words:
        example = replace(example, right=error.right, given=error.given)
    if may_show:
        shown = excerpt(article.text, error.gold, error.predicted, error.around)
        example = replace(example, excerpt=shown)
    return example
