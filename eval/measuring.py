"""From annotated articles to an evaluation: every system runs on every article, then everything is scored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import track

from analyzer.errors import ArticleError
from corpus.annotated import AnnotatedArticle
from eval.annotated_layers import ANNOTATED_LAYERS, AnnotatedLayers
from eval.article_statistics import QUOTATION, STANCE, ArticleStatistics, count_labels, count_prediction
from eval.errors import ArticleErrors, find_errors, summarize_errors
from eval.evaluation import Evaluation, Group
from eval.metrics import MEASURES, ArticleCounts
from eval.parts import ALL, Part, parts_of_articles
from eval.provenance import git_commit, typed_command, versions
from eval.scoring import (
    Scored,
    comparisons,
    figures,
    figures_of_part,
    matrices,
    reliability,
    risk_coverage,
)
from eval.signature import code_hash, data_hash
from eval.stance_systems import Labeller
from eval.systems import MODEL, PEOPLE, RULES, LoadedModel, predict, predict_by_rules

PART_MEASURES = ("content overlap", "linked", "resolved", "given stance right")
"""What is broken down by properties of articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """How far people agree: counts of each article that several annotated, and these articles' hash and split."""

    counts: Sequence[ArticleCounts]
    data: str
    split: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be evaluated, and on what.

    *data* says in words what *articles* are, of each of which *layers* are annotated; *split* is for signatures.
    *groups* are the numbers of the articles that are reported together. *baselines* label stances; each has the name
    that signatures give it. *may_show* says whose words may stand in a report. *notes* are for its readers.
    """

    data: str
    split: str
    articles: Sequence[AnnotatedArticle]
    layers: Sequence[AnnotatedLayers]
    groups: Mapping[str, Sequence[int]]
    model: LoadedModel | None
    may_show: Callable[[AnnotatedArticle], bool]
    baselines: Mapping[str, tuple[str, Labeller]] = field(default_factory=dict)
    ceiling: Ceiling | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Results:
    """What each system got on each article, by the systems' names, and the model's errors."""

    statistics: dict[str, list[ArticleStatistics]]
    signed: dict[str, str]
    errors: list[ArticleErrors]


def evaluate_task(task: Task, *, seed: int = 0, resamples: int = 1000) -> Evaluation:
    """Run every system on every article and score what comes out.

    Raises ValueError without articles, and ArticleError, naming the article, for one that cannot be analyzed.
    """
    results = _run(task)
    scored = list(_scored(task, results, seed, resamples))
    present = {layer for of_article in task.layers for layer in of_article}
    return Evaluation(
        command=typed_command(),
        data=task.data,
        systems=results.signed | ({PEOPLE: "annotators"} if task.ceiling else {}),
        groups=tuple(
            Group(
                name=name,
                articles=len(numbers),
                quotations=sum(len(task.articles[number].quotations) for number in numbers),
            )
            for name, numbers in task.groups.items()
        ),
        not_measured=tuple(layer for layer in ANNOTATED_LAYERS if layer not in present),
        notes=task.notes,
        figures=(
            *(figure for of_system in scored for figure in figures(of_system)),
            *(
                figure
                for of_system in scored
                if of_system.system in (MODEL, RULES)
                for part, numbers in _parts(task, of_system.group)
                for figure in figures_of_part(of_system, part, numbers, PART_MEASURES)
            ),
        ),
        comparisons=tuple(
            comparison
            for model, baseline in _pairs(scored)
            for comparison in comparisons(model, baseline, MEASURES)
        ),
        matrices=tuple(item for model in _models(scored) for item in matrices(model)),
        reliabilities=tuple(
            item
            for model in _models(scored)
            for of in (QUOTATION, STANCE)
            if (item := reliability(model, of)) is not None
        ),
        risks=tuple(risk for model in _models(scored) if (risk := risk_coverage(model, STANCE)) is not None),
        errors=summarize_errors(task.groups, task.articles, results.errors, may_show=task.may_show, seed=seed)
        if results.errors
        else (),
        made_with=_made_with(task, seed, resamples),
    )


def _run(task: Task) -> _Results:
    results = _Results({}, {}, [])
    annotated = list(zip(task.articles, task.layers, strict=True))
    results.signed[RULES] = "rules"
    results.statistics[RULES] = [
        count_prediction(article, predict_by_rules(article), of_article)
        for article, of_article in _progress(annotated, RULES)
    ]
    for name, (signed, label) in task.baselines.items():
        results.signed[name] = signed
        results.statistics[name] = [
            count_labels(article, label(article)) if "stances" in of_article else ArticleStatistics()
            for article, of_article in annotated
        ]
    if task.model is not None:
        results.signed[MODEL] = task.model.signed
        results.statistics[MODEL] = []
        for article, of_article in _progress(annotated, MODEL):
            _run_model(task.model, article, of_article, results)
    return results


def _run_model(
    model: LoadedModel, article: AnnotatedArticle, layers: AnnotatedLayers, results: _Results
) -> None:
    try:
        prediction = predict(model, article, layers)
    except ArticleError as error:
        raise ArticleError(f"article {article.id}: {error}") from error
    has_stances = prediction.analysis is not None and model.analyzer.has_stances
    results.statistics[MODEL].append(count_prediction(article, prediction, layers, has_stances=has_stances))
    results.errors.append(find_errors(article, prediction, layers, has_stances=has_stances))


def _progress(
    annotated: Sequence[tuple[AnnotatedArticle, AnnotatedLayers]], name: str
) -> Iterable[tuple[AnnotatedArticle, AnnotatedLayers]]:
    return track(annotated, description=name, console=Console(stderr=True), transient=True)


def _scored(task: Task, results: _Results, seed: int, resamples: int) -> Iterator[Scored]:
    """Every system on every group, systems within groups; the annotators, if there are some, last."""
    data = data_hash(task.articles)
    for group, numbers in task.groups.items():
        for system, statistics in results.statistics.items():
            yield Scored(
                group=group,
                system=system,
                signed=results.signed[system],
                data=data,
                split=task.split,
                statistics=[statistics[number] for number in numbers],
                seed=seed,
                resamples=resamples,
            )
        if task.ceiling is not None:
            yield Scored(
                group=group,
                system=PEOPLE,
                signed="annotators",
                data=task.ceiling.data,
                split=task.ceiling.split,
                statistics=[_agreement(counts) for counts in task.ceiling.counts],
                seed=seed,
                resamples=resamples,
            )


def _agreement(counts: ArticleCounts) -> ArticleStatistics:
    return ArticleStatistics(
        {
            (measure, ALL if group == "all" else ("kind", group)): value
            for (measure, group), value in counts.items()
        }
    )


def _parts(task: Task, group: str) -> Iterator[tuple[Part, Sequence[int]]]:
    yield from parts_of_articles([task.articles[number] for number in task.groups[group]]).items()


def _models(scored: Sequence[Scored]) -> list[Scored]:
    return [of_system for of_system in scored if of_system.system == MODEL]


def _pairs(scored: Sequence[Scored]) -> Iterator[tuple[Scored, Scored]]:
    """The model with each of its baselines, group by group."""
    for model in _models(scored):
        for other in scored:
            if other.group == model.group and other.system not in (MODEL, PEOPLE):
                yield model, other


def _made_with(task: Task, seed: int, resamples: int) -> dict[str, str]:
    model = task.model
    return {
        "data hash": data_hash(task.articles),
        "split": task.split,
        "model": "none" if model is None else model.name,
        "model folder (SHA-256)": "none" if model is None else model.digest,
        "precision": "none" if model is None else model.precision,
        "seed": str(seed),
        "resamples": str(resamples),
        "code hash": code_hash(),
        "git commit": git_commit() or "none: not in a repository",
        **versions(),
    }
