"""``communique transfer``: do the own articles teach something about real ones?

A bag of words (TF-IDF of words and word pairs, logistic regression; scikit-learn) learns the stance from the own
articles of the train split and is scored on the own and on the real articles of dev. A large drop says that
the own articles are written to a formula, or else that real dev is hard for any bag of words. Two references tell
which: the same classifier trained on the real articles of train, and its score on own dev if the labels were as
frequent there as in real dev.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline

from analyzer.quotation import STANCE_LABELS, covered_text
from corpus.annotated import AnnotatedArticle
from corpus.load import CorpusError, load
from eval.options import JsonPath, Resamples, Seed, Texts, check_json_path, usage_error, write_result
from eval.signature import data_hash

COMMAND = "transfer"
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

Labelled = tuple[list[str], list[str]]
"""An article's quotations: their words (cue and content) and their labels."""

SCORES = (
    ("own train", "own dev", False),
    ("own train", "own dev", True),
    ("own train", "real dev", False),
    ("own train", "real train", False),
    ("real train", "real dev", False),
    ("real train", "own dev", False),
)
"""What is trained on, what is scored, and whether weighted to the labels of real dev."""


@dataclass(frozen=True, slots=True)
class Score:
    """Macro-F1 over the four labels, with its 95 % percentile interval over articles."""

    trained_on: str
    scored_on: str
    weighted: bool
    articles: int
    quotations: int
    macro_f1: float
    interval: tuple[float, float]


@app.command("transfer")
def measure_transfer(
    texts: Texts,
    seed: Seed = 0,
    resamples: Resamples = 1000,
    json_path: JsonPath = None,
) -> None:
    """Train a bag of words on the own train articles; score it on own and on real articles, beside references.

    Exit code 2 if the texts or the place for the result are not there.
    """
    check_json_path(COMMAND, json_path)
    try:
        articles = load("train", texts=texts) + load("dev", texts=texts)
    except CorpusError as error:
        raise usage_error(COMMAND, str(error)) from error
    scores = measure(articles, seed=seed, resamples=resamples)
    Console().print(_table(scores))
    result: dict[str, Any] = {"data": data_hash(articles), "seed": seed, "resamples": resamples}
    write_result(COMMAND, result | {"scores": [asdict(score) for score in scores]}, json_path)


def measure(articles: Sequence[AnnotatedArticle], *, seed: int = 0, resamples: int = 1000) -> list[Score]:
    """The ``SCORES`` of the train and dev articles among *articles*."""
    groups: dict[str, list[Labelled]] = {}
    for article in articles:
        if (labelled := labelled_words(article))[1]:
            name = f"{article.metadata['origin']} {article.metadata['split']}"
            groups.setdefault(name, []).append(labelled)
    models = {name: train_bag_of_words(groups[name]) for name in ("own train", "real train")}
    return [
        _score(
            models[trained_on],
            groups[scored_on],
            (trained_on, scored_on, weighted),
            _weights(groups[scored_on], groups["real dev"])
            if weighted
            else dict.fromkeys(STANCE_LABELS, 1.0),
            np.random.default_rng(seed).integers(
                len(groups[scored_on]), size=(resamples, len(groups[scored_on]))
            ),
        )
        for trained_on, scored_on, weighted in SCORES
    ]


def train_bag_of_words(labelled: Sequence[Labelled]) -> Any:
    """A scikit-learn pipeline from a quotation's words (its cue and content) to its stance's label."""
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
        LogisticRegression(C=10, class_weight="balanced", max_iter=1000),
    )
    return model.fit(
        [words for quotations, _ in labelled for words in quotations],
        [label for _, labels in labelled for label in labels],
    )


def labelled_words(article: AnnotatedArticle) -> Labelled:
    """The words and labels of the quotations of *article* with an annotated stance."""
    words, labels = [], []
    for quotation in article.quotations:
        if quotation.stances:
            words.append(covered_text(article.text, sorted(quotation.cue + quotation.content)))
            labels.append(str(quotation.stances[0].label))
    return words, labels


def _weights(labelled: Sequence[Labelled], like: Sequence[Labelled]) -> dict[str, float]:
    """What each label in *labelled* counts, so that labels are as frequent as in *like*."""
    have, want = (Counter(label for _, labels in group for label in labels) for group in (labelled, like))
    return {
        label: want[label] / want.total() * have.total() / have[label] if have[label] else 0.0
        for label in STANCE_LABELS
    }


def _score(
    model: Any,
    labelled: Sequence[Labelled],
    names: tuple[str, str, bool],
    weights: dict[str, float],
    draws: np.ndarray[Any, Any],
) -> Score:
    pairs = [(np.array(labels), model.predict(words)) for words, labels in labelled]

    def macro(chosen: Sequence[int]) -> float:
        gold, predicted = (np.concatenate([pairs[number][side] for number in chosen]) for side in (0, 1))
        return float(
            f1_score(
                gold,
                predicted,
                labels=list(STANCE_LABELS),
                average="macro",
                sample_weight=[weights[label] for label in gold],
                zero_division=0.0,
            )
        )

    low, high = np.percentile([macro(draw) for draw in draws.tolist()], (2.5, 97.5))
    return Score(
        *names,
        articles=len(pairs),
        quotations=sum(len(gold) for gold, _ in pairs),
        macro_f1=macro(range(len(pairs))),
        interval=(float(low), float(high)),
    )


def _table(scores: Sequence[Score]) -> Table:
    table = Table(title="Stance by a bag of words: macro-F1 over four labels")
    for column in ("trained on", "scored on", "articles", "quotations", "macro-F1", "95 %"):
        table.add_column(column)
    for score in scores:
        low, high = score.interval
        table.add_row(
            score.trained_on,
            score.scored_on + (", labels as in real dev" if score.weighted else ""),
            str(score.articles),
            str(score.quotations),
            f"{100 * score.macro_f1:.1f}",
            f"{100 * low:.1f}–{100 * high:.1f}",
        )
    return table
