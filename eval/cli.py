"""``communique evaluate``: the rule baseline, the model and the human ceiling on PolNeAR, in one report."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from analyzer.errors import ModelError
from analyzer.quotation import QuotationSpans
from corpus.annotated import AnnotatedArticle
from corpus.polnear import PolnearError, load_polnear
from eval.bootstrap import Difference, paired_bootstrap
from eval.ceiling import articles_with_several_annotators, count_agreement
from eval.metrics import MEASURES, Measure, count_article
from eval.options import JsonPath, Model, Resamples, Seed, check_json_path, usage_error, write_result
from eval.report import print_report, to_json
from eval.results import SystemResult, data_hash, score_result
from eval.rules import extract_by_rules

SPLITS = ("train", "dev")

COMMAND = "evaluate"
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def evaluate(
    polnear: Annotated[Path, typer.Option(help="PolNeAR's folder, with 'train' and 'dev' in it.")],
    split: Annotated[str, typer.Option(help="Which articles: train or dev.")] = "dev",
    model: Model = None,
    seed: Seed = 0,
    resamples: Resamples = 1000,
    json_path: JsonPath = None,
) -> None:
    """Measure how well quotations and their sources are found.

    The human ceiling is the agreement on all articles of train and dev that several people annotated.
    Exit code 2 if the data, the model or the place for the results is not there, 1 if the results could not be
    written in the end.
    """
    if split not in SPLITS:
        raise usage_error(COMMAND, f"--split {split}: no such split; choose from {', '.join(SPLITS)}")
    check_json_path(COMMAND, json_path)
    try:
        results = _results(polnear, split, model)
    except (PolnearError, ModelError) as error:
        raise usage_error(COMMAND, str(error)) from error
    scored = {name: score_result(result, seed=seed, resamples=resamples) for name, result in results.items()}
    differences = _differences(results, seed=seed, resamples=resamples)
    print_report(Console(), scored, differences)
    command = ["communique", "evaluate", "--polnear", str(polnear), "--split", split]
    command += [] if model is None else ["--model", str(model)]
    command += ["--seed", str(seed), "--resamples", str(resamples)]
    write_result(COMMAND, to_json(shlex.join(command), scored, differences), json_path)


def _results(folder: Path, split: str, model: Path | None) -> dict[str, SystemResult]:
    """Every system's result, by its name in the report."""
    articles = tuple(load_polnear(folder, split))
    if not articles:
        raise PolnearError(f"{folder / split}: no annotated article in it")
    # The model first: if it cannot be loaded, that is known before the long work.
    extract, model_name = _load_model(model)
    results = [_run("rules baseline", "rules", extract_by_rules, articles, split)]
    if extract is not None:
        results.append(_run("model", model_name, extract, articles, split))
    present = [name for name in SPLITS if (folder / name).is_dir()]
    annotated = articles_with_several_annotators(folder, present)
    if annotated:
        results.append(
            SystemResult(
                name="human ceiling",
                model="annotators",
                data=data_hash(article for annotations in annotated for article in annotations),
                split="+".join(present),
                counts=tuple(count_agreement(annotations) for annotations in annotated),
            )
        )
    return {result.name: result for result in results}


def _load_model(model: Path | None) -> tuple[Callable[[str], Sequence[QuotationSpans]] | None, str]:
    """Load the model in folder *model*, or the shipped one: its extracting function and its name.

    Nothing if no folder is named and no model is shipped. Raises ModelError for a named folder without one.
    """
    # torch takes seconds to import, which nobody should wait for to read a help text or an error.
    from analyzer import Analyzer
    from analyzer.tables import DEFAULT_MODEL

    try:
        extract = Analyzer(model).extract
    except ModelError as error:
        if model is not None:
            raise
        typer.echo(f"communique evaluate: evaluating without a model: {error}", err=True)
        return None, ""
    name = "shipped" if model is None else model.name
    with ((model or DEFAULT_MODEL) / "model.safetensors").open("rb") as weights:
        return extract, f"{name} {hashlib.file_digest(weights, 'sha256').hexdigest()[:12]}"


def _run(
    name: str,
    model: str,
    extract: Callable[[str], Sequence[QuotationSpans]],
    articles: Sequence[AnnotatedArticle],
    split: str,
) -> SystemResult:
    progress = track(articles, description=name, console=Console(stderr=True), transient=True)
    return SystemResult(
        name=name,
        model=model,
        data=data_hash(articles),
        split=split,
        counts=tuple(
            count_article(article.text, article.quotations, extract(article.text)) for article in progress
        ),
    )


def _differences(
    results: dict[str, SystemResult], *, seed: int, resamples: int
) -> dict[Measure, Difference] | None:
    if "model" not in results:
        return None
    model, rules = results["model"], results["rules baseline"]
    return {
        measure: paired_bootstrap(
            model.counts_of(measure), rules.counts_of(measure), resamples=resamples, seed=seed
        )
        for measure in MEASURES
    }
