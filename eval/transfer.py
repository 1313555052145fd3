"""``communique transfer``: do the own articles teach something about real ones?

A bag of words (TF-IDF of words and word pairs, logistic regression; scikit-learn) learns the stance from the own
articles of the train split and is scored on the own and on the real articles of dev. A large drop says that
the own articles are written to a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline

from analyzer.output import output_problem
from analyzer.quotation import STANCE_LABELS, covered_text
from corpus.annotated import AnnotatedArticle
from corpus.load import CorpusError, load
from eval.report import write_json
from eval.results import data_hash

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

Labelled = list[tuple[str, list[str], list[str]]]
"""For each article its id, and its quotations' words and labels."""


@app.command("transfer")
def measure_transfer(
    texts: Annotated[Path, typer.Option(help="Folder with diplomatic-articles/ and wikinews/.")],
    seed: Annotated[int, typer.Option(min=0, help="Seed of the bootstrap.")] = 0,
    resamples: Annotated[int, typer.Option(min=1, help="Resamples of the bootstrap over articles.")] = 1000,
    json_path: Annotated[
        Path | None, typer.Option("--json", help="Write the result to this file as well.")
    ] = None,
) -> None:
    """Train a bag of words on the own train articles; score it on own and on real dev articles.

    Exit code 2 if the texts or the place for the result are not there.
    """
    if json_path is not None and (problem := output_problem(json_path)):
        raise _usage_error(f"--json: {problem}")
    try:
        train, dev = load("train", texts=texts), load("dev", texts=texts)
    except CorpusError as error:
        raise _usage_error(str(error)) from error
    own, real = (
        [article for article in train + dev if article.metadata["origin"] == origin]
        for origin in ("own", "real")
    )
    model = train_bag_of_words([article for article in own if article.metadata["split"] == "train"])
    groups = {
        "own dev": [article for article in own if article.metadata["split"] == "dev"],
        "real dev": [article for article in real if article.metadata["split"] == "dev"],
        "real train": [article for article in real if article.metadata["split"] == "train"],
    }
    result: dict[str, Any] = {"data": data_hash(train + dev), "seed": seed, "resamples": resamples}
    table = Table(title="Stance by a bag of words trained on own train articles: macro-F1 over four labels")
    for column in ("scored on", "articles", "quotations", "macro-F1", "95 %"):
        table.add_column(column)
    for name, articles in groups.items():
        labelled = [(a.id, *_words_and_labels(a)) for a in articles]
        value, low, high = _score(model, labelled, seed, resamples)
        count = sum(len(labels) for _, _, labels in labelled)
        result[name] = {
            "articles": len(articles),
            "quotations": count,
            "macro_f1": value,
            "interval": [low, high],
        }
        table.add_row(
            name, str(len(articles)), str(count), f"{100 * value:.1f}", f"{100 * low:.1f}–{100 * high:.1f}"
        )
    Console().print(table)
    if json_path is not None:
        write_json(result, json_path)


def train_bag_of_words(articles: Sequence[AnnotatedArticle]) -> Any:
    """A scikit-learn pipeline from a quotation's words (its cue and content) to its stance's label."""
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
        LogisticRegression(C=10, class_weight="balanced", max_iter=1000),
    )
    words, labels = zip(
        *(pair for a in articles for pair in zip(*_words_and_labels(a), strict=True)), strict=True
    )
    return model.fit(words, labels)


def _words_and_labels(article: AnnotatedArticle) -> tuple[list[str], list[str]]:
    words, labels = [], []
    for quotation in article.quotations:
        if quotation.stances:
            words.append(covered_text(article.text, sorted(quotation.cue + quotation.content)))
            labels.append(str(quotation.stances[0].label))
    return words, labels


def _score(model: Any, labelled: Labelled, seed: int, resamples: int) -> tuple[float, float, float]:
    """Macro-F1 over the four labels, and its 95 % percentile interval over articles."""
    pairs = [(np.array(labels), model.predict(words)) for _, words, labels in labelled if labels]

    def macro(chosen: Sequence[int]) -> float:
        gold, predicted = (np.concatenate([pairs[number][side] for number in chosen]) for side in (0, 1))
        return float(
            f1_score(gold, predicted, labels=list(STANCE_LABELS), average="macro", zero_division=0.0)
        )

    draws = np.random.default_rng(seed).integers(len(pairs), size=(resamples, len(pairs)))
    low, high = np.percentile([macro(draw) for draw in draws.tolist()], (2.5, 97.5))
    return macro(range(len(pairs))), float(low), float(high)


def _usage_error(message: str) -> typer.Exit:
    typer.echo(f"communique transfer: {message}", err=True)
    return typer.Exit(2)
