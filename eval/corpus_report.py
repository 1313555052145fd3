"""``communique evaluate-corpus``: everything the analysis says, against the corpus's annotation."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from analyzer import Analyzer, ModelError
from analyzer.quotation import STANCE_LABELS, Analysis, QuotationSpans
from corpus.annotated import AnnotatedArticle, with_stances
from corpus.load import CorpusError, Split, load
from eval.bootstrap import Difference, Interval, bootstrap, macro_f1, paired_macro_f1
from eval.layers import LAYERS, count_layers
from eval.metrics import MEASURES, Counts, add_counts, count_article, score
from eval.options import JsonPath, Model, Resamples, Seed, Texts, check_json_path, usage_error, write_result
from eval.report import percent
from eval.results import data_hash, distribution_version
from eval.stance_systems import LabelCounts, count_labels, stance_systems

ORIGINS = ("own", "real")
_OF_STANCES = (*STANCE_LABELS, "target", "evidence", "stance, macro")

COMMAND = "evaluate-corpus"
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@dataclass(frozen=True, slots=True)
class Value:
    """An F1 or share in [0, 1], ``None`` if there is nothing to judge, with its 95 % interval over *cases*."""

    value: float | None
    interval: Interval
    cases: int


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
) -> None:
    """Measure quotations, sources, speakers, roles, stances and targets on the corpus, own and real articles apart.

    The baselines of the stance learn from the train split, and the stance's probabilities were fitted on dev.
    Exit code 2 if the texts, the model or the place for the result are not there.
    """
    check_json_path(COMMAND, json_path)
    try:
        articles, train = load(split, texts=texts), load("train", texts=texts)
        analyzer = Analyzer(model)
    except (CorpusError, ModelError) as error:
        raise usage_error(COMMAND, str(error)) from error
    command = ["communique", "evaluate-corpus", "--texts", str(texts), "--split", split]
    result: dict[str, Any] = {
        "command": shlex.join(command + ([] if model is None else ["--model", str(model)])),
        "model": analyzer.model_name,
        "version": distribution_version("communique"),
        "data": data_hash(articles),
        "seed": seed,
        "resamples": resamples,
    }
    for origin in ORIGINS:
        chosen = [article for article in articles if article.metadata["origin"] == origin]
        if chosen:
            result[origin] = {
                "articles": len(chosen),
                **measure(analyzer, chosen, train, seed=seed, resamples=resamples),
            }
    console = Console()
    for table in _tables(result):
        console.print(table)
    write_result(COMMAND, _plain(result), json_path)


def measure(
    analyzer: Analyzer,
    articles: Sequence[AnnotatedArticle],
    train: Sequence[AnnotatedArticle],
    *,
    seed: int = 0,
    resamples: int = 1000,
) -> dict[str, Any]:
    """Values by measure: *layers* of the whole analysis, *stance* on the annotated quotations by system."""
    counts: dict[str, list[Counts]] = {name: [] for name in (*MEASURES, *LAYERS)}
    labels: list[LabelCounts] = []
    for article in track(articles, description="analysis", console=Console(stderr=True), transient=True):
        analysis = analyzer.analyze(article.text)
        spans = count_article(article.text, article.quotations, _spans(analysis))
        layers = count_layers(article, analysis)
        for measure in MEASURES:
            counts[measure].append(spans[measure, "all"])
        for layer in LAYERS:
            counts[layer].append(layers[layer])
        by_label: LabelCounts = {label: layers[label] for label in STANCE_LABELS}
        labels.append(by_label)
    values = {name: _value(of_articles, seed, resamples) for name, of_articles in counts.items()}
    whole, interval = macro_f1(labels, seed=seed, resamples=resamples)
    values["stance, macro"] = Value(whole, interval, values["resolved"].cases)
    if not analyzer.has_stances:
        values = {name: value for name, value in values.items() if name not in _OF_STANCES}
    return {"layers": values, **_stances(analyzer, articles, train, seed, resamples)}


def _stances(
    analyzer: Analyzer,
    articles: Sequence[AnnotatedArticle],
    train: Sequence[AnnotatedArticle],
    seed: int,
    resamples: int,
) -> dict[str, Any]:
    counts: dict[str, list[LabelCounts]] = {
        name: [count_labels(article, label(article)) for article in articles]
        for name, label in stance_systems(train, analyzer if analyzer.has_stances else None)
    }
    systems: dict[str, dict[str, Value]] = {}
    for name, of_articles in counts.items():
        systems[name] = {
            label: _value([article[label] for article in of_articles], seed, resamples)
            for label in STANCE_LABELS
        }
        cases = sum(item.cases for item in systems[name].values())
        value, interval = macro_f1(of_articles, seed=seed, resamples=resamples)
        systems[name]["macro"] = Value(value, interval, cases)
    result: dict[str, Any] = {"stance": systems}
    if "model" in counts:
        baselines = [name for name in counts if name != "model"]
        best = max(baselines, key=lambda name: systems[name]["macro"].value or 0.0)
        difference = paired_macro_f1(counts["model"], counts[best], seed=seed, resamples=resamples)
        result |= {
            "model_minus": {best: difference},
            "calibration_error": _calibration_error(analyzer, articles),
        }
    return result


def _calibration_error(
    analyzer: Analyzer, articles: Sequence[AnnotatedArticle], bins: int = 10
) -> float | None:
    """Expected calibration error of the stance on the annotated quotations (Naeini et al., AAAI 2015).

    On dev it flatters, since the temperature was fitted there.
    """
    stated, right = [], []
    for article in articles:
        annotated = with_stances(article)
        scored = analyzer.score_stances(article.text, [spans for spans, _ in annotated])
        for (_, stance), scores in zip(annotated, scored, strict=True):
            label = scores.label()
            stated.append(scores.by_label()[label])
            right.append(stance.label == label)
    if not stated:
        return None
    confidence, truth = np.array(stated), np.array(right, dtype=float)
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(truth[place == number].mean() - confidence[place == number].mean()) * (place == number).mean()
        for number in set(place.tolist())
    ]
    return float(sum(gaps))


def _spans(analysis: Analysis) -> list[QuotationSpans]:
    return [QuotationSpans(content=q.spans, cue=q.cue, source=q.source) for q in analysis.quotations]


def _value(counts: Sequence[Counts], seed: int, resamples: int) -> Value:
    total = add_counts(counts)
    return Value(score(total).f1, bootstrap(counts, seed=seed, resamples=resamples).f1, total.gold)


def _tables(result: dict[str, Any]) -> Iterator[Table]:
    origins = [origin for origin in ORIGINS if origin in result]
    headings = [f"{origin} ({result[origin]['articles']} articles)" for origin in origins]
    table = Table("", *headings, title=f"{result['model']}: F1 or share right, with 95 % intervals")
    for name in result[origins[0]]["layers"]:
        table.add_row(name, *(_cell(result[origin]["layers"][name]) for origin in origins))
    yield table
    table = Table("macro-F1", *headings, title="Stance of the annotated quotations")
    for name in result[origins[0]]["stance"]:
        table.add_row(name, *(_cell(result[origin]["stance"][name]["macro"]) for origin in origins))
    yield table


def _cell(value: Value) -> str:
    low, high = value.interval
    return f"{percent(value.value)} ({percent(low)}–{percent(high)}) of {value.cases}"


def _plain(value: Any) -> Any:
    if isinstance(value, Value):
        return {"value": value.value, "interval": list(value.interval), "cases": value.cases}
    if isinstance(value, Difference):
        return {"value": value.value, "interval": list(value.interval), "p": value.p}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
