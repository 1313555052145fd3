"""What is in the corpus, counted: the tables and plots of its datasheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzer.quotation import KINDS, ROLE_CATEGORIES, SPEAKER_KINDS, STANCE_LABELS, covered_text
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from corpus.load import SPLITS

_PRONOUNS = frozenset(
    "i he she it they we you who his her its their our my him them us me this that one".split()
)
SOURCE_TYPES = ("name", "pronoun", "description", "none")
"""A source that holds a part of its speaker's name; that is a pronoun; anything else; no source."""


@dataclass(frozen=True, slots=True)
class Table:
    """Counts with names for their rows and columns; *rows* are (name, counts)."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def tables(articles: Sequence[AnnotatedArticle]) -> list[Table]:
    """Sizes, and labels by split and origin, by genre and by source type, of *articles* as ``corpus.load`` gives."""
    groups = [
        (
            f"{split}, {origin}",
            [a for a in articles if (a.metadata["split"], a.metadata["origin"]) == (split, origin)],
        )
        for split in SPLITS
        for origin in ("own", "real")
    ]
    groups = [(name, members) for name, members in groups if members] + [("all", list(articles))]
    genres = [
        (genre, [article for article in articles if article.metadata["genre"] == genre])
        for genre in sorted({article.metadata["genre"] for article in articles})
    ]
    sizes = ("articles", "words", "quotations", "speakers", "entities", "mentions")
    return [
        Table("Sizes", sizes, tuple((name, _sizes(members)) for name, members in groups)),
        _labels("Stance by split", STANCE_LABELS, groups, _stance),
        _labels("Stance by genre", STANCE_LABELS, genres, _stance),
        _labels("Kind by split", KINDS, groups, lambda _, quotation: str(quotation.kind)),
        _labels("Source by split", SOURCE_TYPES, groups, source_type),
        _labels("Source by genre", SOURCE_TYPES, genres, source_type),
        _labels("Speaker by split", SPEAKER_KINDS, groups, _speaker_kind),
        _turned(_labels("Role category by split", ROLE_CATEGORIES, groups, _category)),
    ]


def source_type(article: AnnotatedArticle, quotation: AnnotatedQuotation) -> str:
    """One of ``SOURCE_TYPES``."""
    if not quotation.source:
        return "none"
    words = re.findall(r"\w+", covered_text(article.text, quotation.source).casefold())
    if len(words) == 1 and words[0] in _PRONOUNS:
        return "pronoun"
    names = {entity.id: entity.name for entity in article.entities}
    name = names.get(-1 if quotation.speaker is None else quotation.speaker) or ""
    return "name" if set(words) & _telling_words(name) else "description"


def _telling_words(name: str) -> set[str]:
    return {
        word for word in re.findall(r"\w+", name.casefold()) if word not in ("the", "of", "for", "and", "s")
    }


def plot(table: Table, path: Path) -> None:
    """Write *table* as a bar chart, each row's counts as shares of the row, to *path* (``.svg`` or ``.png``)."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 1.2 + 0.35 * len(table.rows)), layout="constrained")
    axes = figure.subplots()
    names = [name for name, _ in table.rows]
    left = [0.0] * len(names)
    for number, column in enumerate(table.columns):
        shares = [counts[number] / max(1, sum(counts)) for _, counts in table.rows]
        axes.barh(names, shares, left=left, label=column)
        left = [start + share for start, share in zip(left, shares, strict=True)]
    axes.invert_yaxis()
    axes.set(xlim=(0, 1), title=table.title, xlabel="share of the quotations")
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    figure.savefig(path)


def _sizes(articles: Sequence[AnnotatedArticle]) -> tuple[int, ...]:
    quotations = [quotation for article in articles for quotation in article.quotations]
    entities = [entity for article in articles for entity in article.entities]
    speakers = {(a.id, q.speaker) for a in articles for q in a.quotations if q.speaker is not None}
    return (
        len(articles),
        sum(len(article.text.split()) for article in articles),
        len(quotations),
        len(speakers),
        len(entities),
        sum(len(entity.mentions) for entity in entities),
    )


def _labels(
    title: str,
    columns: Sequence[str],
    groups: Sequence[tuple[str, Sequence[AnnotatedArticle]]],
    label: Callable[[AnnotatedArticle, AnnotatedQuotation], str],
) -> Table:
    rows = []
    for name, articles in groups:
        counts = Counter(
            label(article, quotation) for article in articles for quotation in article.quotations
        )
        rows.append((name, tuple(counts[column] for column in columns)))
    return Table(title, tuple(columns), tuple(rows))


def _turned(table: Table) -> Table:
    """Rows for columns, for a label of many values."""
    rows = tuple(
        (column, tuple(counts[number] for _, counts in table.rows))
        for number, column in enumerate(table.columns)
    )
    return Table(table.title, tuple(name for name, _ in table.rows), rows)


def _stance(_: AnnotatedArticle, quotation: AnnotatedQuotation) -> str:
    return quotation.stances[0].label if quotation.stances else "none"


def _speaker_kind(article: AnnotatedArticle, quotation: AnnotatedQuotation) -> str:
    kinds = {entity.id: entity.kind for entity in article.entities}
    return kinds.get(-1 if quotation.speaker is None else quotation.speaker, "unknown")


def _category(_: AnnotatedArticle, quotation: AnnotatedQuotation) -> str:
    return quotation.role.category if quotation.role else "unknown"
