"""What happens to an article of a batch, in whatever process: it is read, analyzed, and made a line of JSON."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.article import Article
from analyzer.failure import Failure
from analyzer.readers import USUAL_COLUMNS, Columns, Item, read_item
from analyzer.results import Result

if TYPE_CHECKING:
    from analyzer.analyzer import Analyzer
    from analyzer.pretrained import Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a worker has to know; small, so that it can be sent to another process.

    *model* is a model folder or ``None`` for the shipped one, *threads* how many processor threads torch uses in each
    process (``None``: torch's choice), *precision* and *min_confidence* are those of `Analyzer`, *columns* says where
    articles in tables have their text, date and so on.
    """

    model: Path | None = None
    threads: int | None = None
    precision: Precision | None = None
    min_confidence: float = 0.0
    columns: Columns = USUAL_COLUMNS


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An article to analyze: *index* is its place in the input, from 0."""

    index: int
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a task.

    *line* is the result as one line of JSON without its end, *failure* says why there is no analysis, *size* is how
    many bytes of input are done with it, *seconds* how long it took.
    """

    index: int
    id: str
    line: str
    quotations: int
    failure: Failure | None
    size: int
    seconds: float


def load_analyzer(settings: Settings) -> Analyzer:
    """The analyzer that *settings* ask for. Raises `analyzer.errors.ModelError`."""
    # torch takes seconds to import, which nobody should wait for to read a help text.
    from analyzer.analyzer import Analyzer

    return Analyzer(
        settings.model,
        threads=settings.threads,
        precision=settings.precision,
        min_confidence=settings.min_confidence,
    )


def run_tasks(analyzer: Analyzer, tasks: Sequence[Task], columns: Columns) -> list[Outcome]:
    """Read and analyze the articles of a few *tasks*; each is said to have taken the same time."""
    begun = time.perf_counter()
    results = analyze_items(analyzer, [task.item for task in tasks], columns)
    seconds = (time.perf_counter() - begun) / len(tasks)
    return [make_outcome(task, result, seconds) for task, result in zip(tasks, results, strict=True)]


def make_outcome(task: Task, result: Result, seconds: float = 0.0) -> Outcome:
    """*result* of *task*, ready to be sent to another process or written down."""
    failure = result if isinstance(result, Failure) else None
    return Outcome(
        index=task.index,
        id=result.id,
        line=result.to_json(),
        quotations=0 if isinstance(result, Failure) else len(result.quotations),
        failure=failure,
        size=task.item.size,
        seconds=seconds,
    )


def analyze_items(
    analyzer: Analyzer, items: Sequence[Item], columns: Columns = USUAL_COLUMNS
) -> list[Result]:
    """The analysis of the article of each of a few *items*, or why there is none.

    Whatever goes wrong with one stays with it, and none is different for the others' company.
    """
    read = [read_item(item, columns) for item in items]
    results = iter(analyzer.analyze_together([article for article in read if isinstance(article, Article)]))
    return [next(results) if isinstance(article, Article) else article for article in read]
