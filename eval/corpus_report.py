"""``communique evaluate-corpus``: everything the analysis says, against the corpus's annotation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console

from analyzer.errors import ArticleError, ModelError
from corpus.annotated import AnnotatedArticle
from corpus.load import CorpusError, Split, load
from eval.annotated_layers import ANNOTATED_LAYERS
from eval.measuring import Task, evaluate_task
from eval.options import (
    JsonPath,
    Model,
    Reports,
    Resamples,
    Seed,
    ShowTexts,
    Texts,
    check_reports,
    usage_error,
    write_evaluation,
)
from eval.report.terminal import print_evaluation
from eval.stance_systems import signed_baselines
from eval.systems import load_system

ORIGINS = ("own", "real")

COMMAND = "evaluate-corpus"
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command("evaluate-corpus")
def evaluate_corpus(
    texts: Texts,
    split: Annotated[
        Split, typer.Option(help="Which articles: train, dev or test (for reports only).")
    ] = "dev",
    model: Model = None,
    seed: Seed = 0,
    resamples: Resamples = 1000,
    json_path: JsonPath = None,
    reports: Reports = None,
    show_texts: ShowTexts = False,
) -> None:
    """Measure quotations, sources, speakers, roles, stances and targets on the corpus, own and real articles apart.

    The baselines of the stance learn from the train split, and the stance's probabilities were fitted on dev.
    Exit code 2 if the texts, the model or the place for the result are not there.
    """
    check_reports(COMMAND, reports or [], json_path)
    try:
        articles, train = load(split, texts=texts), load("train", texts=texts)
        task = Task(
            data=f"the corpus of communique, split {split}",
            split=split,
            articles=articles,
            layers=[frozenset(ANNOTATED_LAYERS)] * len(articles),
            groups=_by_origin(articles),
            model=load_system(model),
            may_show=lambda article: show_texts or article.metadata["origin"] == "own",
            baselines=signed_baselines(train),
            notes=tuple(_NOTES[name] for name in ("annotators", split) if name in _NOTES),
        )
        evaluation = evaluate_task(task, seed=seed, resamples=resamples)
    except (CorpusError, ModelError, ArticleError) as error:
        raise usage_error(COMMAND, str(error)) from error
    print_evaluation(Console(), evaluation)
    write_evaluation(COMMAND, evaluation, reports or [], json_path)


_NOTES = {
    "annotators": "A language model annotated these articles; there is no human ceiling.",
    "train": "The shipped model was trained on this split: these figures flatter.",
    "dev": "The stance's probabilities were fitted on this split: their calibration flatters.",
}


def _by_origin(articles: Sequence[AnnotatedArticle]) -> dict[str, list[int]]:
    """The numbers of the constructed and of the real articles, as far as there are any."""
    groups = {
        origin: [n for n, article in enumerate(articles) if article.metadata["origin"] == origin]
        for origin in ORIGINS
    }
    return {origin: numbers for origin, numbers in groups.items() if numbers}
