"""Anybody's annotated articles: a folder in our JSON form, in brat's or in Label Studio's."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from analyzer.quotation import Span
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation
from corpus.exchange import ExchangeError, import_articles
from corpus.json_form import AnnotationError, load_article


class GoldError(ValueError):
    """A folder that cannot be read as annotated articles. *problems* has one message each."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def read_gold(folder: Path) -> list[AnnotatedArticle]:
    """The annotated articles in *folder*, at any depth, sorted by id.

    ``.json`` files are articles in our form, with their text in the ``.txt`` beside them, or Label Studio's tasks;
    ``.ann`` files are brat's, with their text beside them. Raises GoldError with everything that is wrong.
    """
    if not folder.is_dir():
        raise GoldError([f"{folder}: no such folder"])
    articles: list[AnnotatedArticle] = []
    problems: list[str] = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".json", ".ann")):
        try:
            found = _read(path)
        except AnnotationError as error:
            problems += error.problems
            continue
        except ExchangeError as error:
            form = "brat" if path.suffix == ".ann" else "label-studio"
            expected = f"expected the form that communique corpus export {form} writes"
            problems += [f"{problem}; {expected}" for problem in error.problems]
            continue
        problems += [f"{path}: {problem}" for article in found for problem in _problems(article)]
        articles += found
    ids = Counter(article.id for article in articles)
    problems += [
        f"{folder}: {number} articles are called {id!r}; an article may be there once, in one form"
        for id, number in ids.items()
        if number > 1
    ]
    if problems:
        raise GoldError(problems)
    if not articles:
        raise GoldError(
            [
                f"{folder}: no annotated article in it: expected .json files (ours, with ID.txt beside them, or Label "
                "Studio's) or .ann files of brat's"
            ]
        )
    return sorted(articles, key=lambda article: article.id)


def _read(path: Path) -> list[AnnotatedArticle]:
    if path.suffix == ".ann":
        (article,) = import_articles([path], "brat")
        return [article if article.id else replace(article, id=path.stem)]
    if _is_list(path):
        return import_articles([path], "label-studio")
    return [load_article(path)]


def _is_list(path: Path) -> bool:
    """Whether the file is a list, as Label Studio's are; one that cannot be read is reported by who reads it."""
    try:
        return isinstance(json.loads(path.read_bytes()), list)
    except (OSError, ValueError):
        return False


def _problems(article: AnnotatedArticle) -> Iterator[str]:
    """What would make measures meaningless: ``communique corpus validate`` finds what merely breaks the guidelines."""
    if not any(character.isalnum() for character in article.text):
        yield f"article {article.id}: its text has no words"
    entities = {entity.id for entity in article.entities}
    for quotation in article.quotations:
        where = f"article {article.id}, quotation {quotation.id}"
        for name, spans in _spans(quotation):
            for start, end in spans:
                if not 0 <= start < end <= len(article.text):
                    yield (
                        f"{where}: {name} [{start}, {end}] is not within the text of {len(article.text)} characters"
                    )
        words = "".join(article.text[slice(*span)] for span in quotation.content)
        if not any(character.isalnum() for character in words):
            yield f"{where}: its content has no words"
        if quotation.speaker is not None and quotation.speaker not in entities:
            yield f"{where}: its speaker {quotation.speaker} is none of the article's entities"


def _spans(quotation: AnnotatedQuotation) -> Iterator[tuple[str, Sequence[Span]]]:
    yield "content", quotation.content
    yield "cue", quotation.cue
    yield "source", quotation.source
    for stance in quotation.stances or ():
        yield "evidence", stance.evidence
