"""What happens to one article of a batch, in whatever process: it is read, analyzed, and made a line of JSON."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

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
    process (``None``: torch's choice), *precision* that of `Analyzer`, *columns* where articles in tables have their
    text, date and so on.
    """

    model: Path | None = None
    threads: int | None = None
    precision: Precision | None = None
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

    return Analyzer(settings.model, threads=settings.threads, precision=settings.precision)


def run_task(analyzer: Analyzer, task: Task, columns: Columns) -> Outcome:
    """Read and analyze the article of *task*."""
    begun = time.perf_counter()
    result = analyze_item(analyzer, task.item, columns)
    return make_outcome(task, result, time.perf_counter() - begun)


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


def analyze_item(analyzer: Analyzer, item: Item, columns: Columns = USUAL_COLUMNS) -> Result:
    """The analysis of the article of *item*, or why there is none. Whatever goes wrong stays with it."""
    article = read_item(item, columns)
    if isinstance(article, Failure):
        return article
    try:
        return analyzer.analyze_article(article)
    except Exception as error:
        return Failure.from_error(article.id, error)
