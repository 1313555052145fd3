"""``communique evaluate``: rules, model and human ceiling on PolNeAR or on anybody's annotated articles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from analyzer.errors import ArticleError, ModelError
from corpus.annotated import AnnotatedArticle
from corpus.load import CorpusError, load
from corpus.polnear import PolnearError, load_polnear
from eval.annotated_layers import annotated_layers
from eval.ceiling import articles_with_several_annotators, count_agreement
from eval.gold import GoldError, read_gold
from eval.measuring import Ceiling, Task, evaluate_task
from eval.options import (
    JsonPath,
    Model,
    Reports,
    Resamples,
    Seed,
    ShowTexts,
    check_reports,
    usage_error,
    write_evaluation,
)
from eval.report.terminal import print_evaluation
from eval.signature import data_hash
from eval.stance_systems import signed_baselines
from eval.systems import LoadedModel, load_system

SPLITS = ("train", "dev")

COMMAND = "evaluate"
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def evaluate(
    polnear: Annotated[
        Path | None, typer.Option(help="PolNeAR's folder, with 'train' and 'dev' in it.")
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(
            help="A folder of your own annotated articles: our JSON form, brat's or Label Studio's."
        ),
    ] = None,
    split: Annotated[
        str | None, typer.Option(help="Which of PolNeAR's articles: train or dev.  [default: dev]")
    ] = None,
    model: Model = None,
    seed: Seed = 0,
    resamples: Resamples = 1000,
    json_path: JsonPath = None,
    reports: Reports = None,
    show_texts: ShowTexts = False,
) -> None:
    """Measure how well quotations, their sources, and all else that is annotated are found.

    One of --polnear and --gold says on what. With PolNeAR comes the human ceiling: the agreement on all articles of
    train and dev that several people annotated. Exit code 2 if the data, the model or the place for the results is not
    there, 1 if the results could not be written in the end.
    """
    check_reports(COMMAND, reports or [], json_path)
    try:
        if (polnear is None) == (gold is None):
            raise usage_error(COMMAND, "give one of --polnear and --gold, to say on what to evaluate")
        if gold is not None and split is not None:
            raise usage_error(
                COMMAND, "--split belongs to --polnear; all articles of a --gold folder are used"
            )
        task = (
            _gold_task(gold, model)
            if gold is not None
            else _polnear_task(polnear or Path(), split or "dev", model, show_texts)
        )
        evaluation = evaluate_task(task, seed=seed, resamples=resamples)
    except (PolnearError, GoldError, CorpusError, ModelError, ArticleError) as error:
        raise usage_error(COMMAND, str(error)) from error
    print_evaluation(Console(), evaluation)
    write_evaluation(COMMAND, evaluation, reports or [], json_path)


def _polnear_task(folder: Path, split: str, model: Path | None, show_texts: bool) -> Task:
    if split not in SPLITS:
        raise usage_error(COMMAND, f"--split {split}: no such split; choose from {', '.join(SPLITS)}")
    articles = tuple(load_polnear(folder, split))
    if not articles:
        raise PolnearError(f"{folder / split}: no annotated article in it")
    ceiling = _ceiling(folder)
    return Task(
        data=f"PolNeAR, split {split}",
        split=split,
        articles=articles,
        layers=[frozenset({"sources"})] * len(articles),
        groups={"all": range(len(articles))},
        model=_load_model(model),
        may_show=lambda article: show_texts,
        ceiling=ceiling,
        notes=(
            *(() if ceiling is None else (_about_ceiling(ceiling),)),
            *(
                ()
                if split != "train"
                else ("The shipped model was trained on this split: these figures flatter.",)
            ),
        ),
    )


def _ceiling(folder: Path) -> Ceiling | None:
    """The agreement on the articles of *folder* that several people annotated, if there are any."""
    present = [name for name in SPLITS if (folder / name).is_dir()]
    annotated = articles_with_several_annotators(folder, present)
    if not annotated:
        return None
    return Ceiling(
        counts=tuple(count_agreement(annotations) for annotations in annotated),
        data=data_hash(article for annotations in annotated for article in annotations),
        split="+".join(present),
    )


def _about_ceiling(ceiling: Ceiling) -> str:
    return (
        f"The human ceiling is how far people agree, pair by pair, on the {len(ceiling.counts)} articles of "
        f"{ceiling.split} that several annotated."
    )


def _gold_task(folder: Path, model: Path | None) -> Task:
    articles = read_gold(folder)
    layers = annotated_layers(articles)
    return Task(
        data=f"annotated articles of {folder}",
        split="all",
        articles=articles,
        layers=layers,
        groups={"all": range(len(articles))},
        model=_load_model(model),
        may_show=lambda article: True,
        # They learn from the corpus's constructed articles, which need nothing but the package.
        baselines=signed_baselines(load("train")) if any("stances" in found for found in layers) else {},
        notes=tuple(_notes(articles)),
    )


def _notes(articles: Sequence[AnnotatedArticle]) -> list[str]:
    trained_on = {article.sha256 for article in load("train")}
    seen = sum(article.sha256 in trained_on for article in articles)
    if not seen:
        return []
    return [
        f"From the corpus's train split, on which the shipped model was trained: {seen} of the {len(articles)} "
        "articles. The figures flatter."
    ]


def _load_model(folder: Path | None) -> LoadedModel | None:
    """The model in *folder*, or the shipped one; nothing if no folder is named and none is shipped.

    Raises ModelError for a named folder without a model.
    """
    try:
        return load_system(folder)
    except ModelError as error:
        if folder is not None:
            raise
        typer.echo(f"communique {COMMAND}: evaluating without a model: {error}", err=True)
        return None
