"""``communique evaluate-peer``: somebody else's extractor, from its own environment, beside rules and our model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table as RichTable
from rich.text import Text

from analyzer.errors import ArticleError, ModelError
from analyzer.quotation import QuotationSpans
from analyzer.table import printable
from corpus.annotated import AnnotatedArticle
from corpus.polnear import PolnearError, load_polnear
from eval.article_statistics import ArticleStatistics, count_prediction
from eval.evaluation import Evaluation, Group
from eval.metrics import MEASURES
from eval.options import JsonPath, Model, Resamples, Seed, check_json_path, usage_error, write_result
from eval.parts import ALL
from eval.peers.run_peer import PEERS
from eval.peers.running import PeerError, PeerRun, run_peer
from eval.provenance import git_commit, typed_command, versions
from eval.report.sections import group_title
from eval.report.tables import Table, bounds, breakdowns, differences, percent
from eval.rules import extract_by_rules
from eval.scoring import Scored, comparisons, figures
from eval.signature import code_hash, data_hash
from eval.systems import MODEL, RULES, LoadedModel, Prediction, load_system

COMMAND = "evaluate-peer"
ALL_ARTICLES = "all articles"
SHOWN_FAILURES = 3

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def evaluate_peer(
    peer: Annotated[str, typer.Argument(help=f"Which one: {', '.join(PEERS)}.")],
    python: Annotated[Path, typer.Option(help="The Python of the environment in which it is installed.")],
    polnear: Annotated[Path, typer.Option(help="PolNeAR's folder, with the split's folder in it.")],
    split: Annotated[str, typer.Option(help="Which articles: the name of a folder, as dev.")] = "dev",
    pipeline: Annotated[str | None, typer.Option(help="A spaCy pipeline instead of the peer's own.")] = None,
    model: Model = None,
    seed: Seed = 0,
    resamples: Resamples = 1000,
    json_path: JsonPath = None,
) -> None:
    """Measure how well another extractor finds quotations and sources, beside the rules and the model.

    docs/peers.md says how to install each. An article that it does not get through counts as one in which it found
    nothing. Exit code 2 if the peer, the data, the model or the place for the results is not there, 1 if the results
    could not be written in the end.
    """
    if peer not in PEERS:
        raise usage_error(COMMAND, f"{peer}: no such peer; choose from {', '.join(PEERS)}")
    check_json_path(COMMAND, json_path)
    try:
        articles = list(load_polnear(polnear, split))
        if not articles:
            raise PolnearError(f"{polnear / split}: no annotated article in it")
        loaded = load_system(model)
        run = run_peer(peer, python, [article.text for article in articles], pipeline)
        systems = {
            peer: (run.system, run.quotations),
            RULES: ("rules", [extract_by_rules(article.text) for article in articles]),
            MODEL: (loaded.signed, _extract(loaded, articles)),
        }
    except (PolnearError, ModelError, PeerError, ArticleError) as error:
        raise usage_error(COMMAND, str(error)) from error
    evaluation = _evaluate(
        articles,
        systems,
        _groups(peer, run),
        peer=peer,
        notes=tuple(_notes(articles, peer, run)),
        split=split,
        drawn={"seed": seed, "resamples": resamples},
    )
    _print_report(Console(), evaluation)
    write_result(COMMAND, evaluation.to_dict(), json_path)


def _evaluate(
    articles: Sequence[AnnotatedArticle],
    systems: Mapping[str, tuple[str, Sequence[Sequence[QuotationSpans]]]],
    groups: Mapping[str, Sequence[int]],
    *,
    peer: str,
    notes: tuple[str, ...],
    split: str,
    drawn: dict[str, int],
) -> Evaluation:
    """Score what each of *systems*, by name with its signed name, found in the articles; *groups* hold their numbers.

    *drawn* are the bootstrap's ``seed`` and ``resamples``.
    """
    scored = {
        (group, system): Scored(
            group=group,
            system=system,
            signed=signed,
            data=data_hash(articles),
            split=split,
            statistics=[_count(articles[number], found[number]) for number in numbers],
            **drawn,
        )
        for group, numbers in groups.items()
        for system, (signed, found) in systems.items()
    }
    return Evaluation(
        command=typed_command(),
        data=f"PolNeAR, split {split}",
        systems={name: signed for name, (signed, _) in systems.items()},
        groups=tuple(
            _group(name, [articles[number] for number in numbers]) for name, numbers in groups.items()
        ),
        not_measured=(),
        notes=notes,
        figures=tuple(figure for item in scored.values() for figure in figures(item)),
        comparisons=tuple(
            comparison
            for group in groups
            for comparison in comparisons(scored[group, MODEL], scored[group, peer], MEASURES)
        ),
        matrices=(),
        reliabilities=(),
        risks=(),
        errors=(),
        made_with={
            "data hash": data_hash(articles),
            "split": split,
            **{name: str(value) for name, value in drawn.items()},
            "code hash": code_hash(),
            "git commit": git_commit() or "none: not in a repository",
            **versions(),
        },
    )


def _count(article: AnnotatedArticle, found: Sequence[QuotationSpans]) -> ArticleStatistics:
    return count_prediction(article, Prediction(spans=tuple(found)), frozenset({"sources"}))


def _extract(model: LoadedModel, articles: Sequence[AnnotatedArticle]) -> list[tuple[QuotationSpans, ...]]:
    progress = track(articles, description=MODEL, console=Console(stderr=True), transient=True)
    return [model.analyzer.extract(article.text) for article in progress]


def _groups(peer: str, run: PeerRun) -> dict[str, list[int]]:
    """The numbers of all articles, and of those that the peer got through if these are fewer."""
    numbers = list(range(len(run.quotations)))
    groups = {ALL_ARTICLES: numbers}
    if 0 < len(run.failures) < len(numbers):
        groups[f"articles that {peer} got through"] = [n for n in numbers if n not in run.failures]
    return groups


def _group(name: str, articles: Sequence[AnnotatedArticle]) -> Group:
    quotations = sum(len(article.quotations) for article in articles)
    return Group(name=name, articles=len(articles), quotations=quotations)


def _notes(articles: Sequence[AnnotatedArticle], peer: str, run: PeerRun) -> Iterator[str]:
    """What went wrong, the sum of it first."""
    if run.failures:
        yield (
            f"{peer} did not get through {len(run.failures)} of {len(articles)} articles, and counts as having found "
            "nothing in them."
        )
    for number, reason in run.failures.items():
        yield f"{articles[number].id}: {reason}"


def _print_report(console: Console, evaluation: Evaluation) -> None:
    for group in evaluation.groups:
        _print(console, group_title(evaluation, group.name), style="bold")
        _print_table(console, _scores(evaluation, group.name))
        for table in breakdowns(evaluation, group.name):
            # A terminal has room for the values only.
            rows = ((name, *(cell.partition(" (")[0] for cell in cells)) for name, *cells in table.rows)
            _print_table(console, replace(table, rows=tuple(rows)))
        if (compared := differences(evaluation, group.name)) is not None:
            _print_table(console, compared)
    for note in evaluation.notes[: SHOWN_FAILURES + 1]:
        _print(console, note)
    if (more := len(evaluation.notes) - SHOWN_FAILURES - 1) > 0:
        _print(console, f"… and {more} more: all of them are in the file of --json.")
    for name, signed in evaluation.systems.items():
        _print(console, f"{name}: {signed}")
    for figure in evaluation.figures:
        if figure.part == ALL:
            _print(console, figure.signature, style="dim")


def _scores(evaluation: Evaluation, group: str) -> Table:
    """Every measure of every system: those of the peer are not among what other commands' tables show."""
    rows = []
    for measure in MEASURES:
        for system in evaluation.systems:
            figure = evaluation.figure(group, system, measure)
            if figure is not None:
                cells = [
                    percent(value) + bounds(interval)
                    for value, interval in zip(figure.score, figure.intervals, strict=True)
                ]
                rows.append((f"{measure}: {system}", *cells, str(figure.gold), str(figure.predicted)))
    head = ("measure", "precision", "recall", "F1", "annotated", "found")
    return Table("Quotations and their sources", "With 95 % intervals over articles.", head, tuple(rows))


def _print(console: Console, line: str, style: str = "") -> None:
    console.print(Text(printable(line), style=style), soft_wrap=True)


def _print_table(console: Console, table: Table) -> None:
    shown = RichTable(title=table.title, title_justify="left")
    for number, head in enumerate(table.head):
        shown.add_column(head, justify="right" if number else "left")
    for row in table.rows:
        shown.add_row(*map(printable, row))
    console.print(shown)
