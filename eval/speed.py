"""``communique benchmark``: articles a second, memory, the cost of a word in articles of any length, hostile texts."""

from __future__ import annotations

import platform
import resource
import shlex
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from rich.console import Console
from rich.table import Table

from analyzer import Analyzer, ArticleError, ModelError
from eval.growth import TIMES_LONGER, measure_growth
from eval.options import JsonPath, Model, check_json_path, write_result

LENGTHS = (200, 1_000, 5_000, 50_000)
"""Words in the single articles whose cost per word is compared; the longest is that of all words together."""

ROUNDS = 3
"""How often everything is timed; the figures are medians."""

BRIEF_WORDS = (15, 45)
"""The least and most words of paragraphs that are analyzed as articles of their own."""

MOST_BRIEFS = 400

HOSTILE_UNITS = 5_000
"""Units in the shorter ones of the texts of ``eval.growth``."""

COMMAND = "benchmark"
app = typer.Typer(
    name="benchmark", add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)


@app.command()
def benchmark(
    folder: Annotated[Path, typer.Argument(help="A folder of .txt articles, such as PolNeAR's dev/text.")],
    model: Model = None,
    threads: Annotated[int, typer.Option(min=1, help="Processor threads to use.")] = 2,
    json_path: JsonPath = None,
) -> None:
    """Measure how fast articles are analyzed from end to end; the model is loaded before the clock starts.

    Exit code 2 if the articles, the model or the place for the result cannot be used, 1 if the result could not
    be written in the end.
    """
    check_json_path(COMMAND, json_path)
    texts = [_read(path) for path in sorted(folder.glob("*.txt"))]
    if not texts:
        raise typer.BadParameter(f"{folder} holds no .txt files", param_hint="FOLDER")
    try:
        analyzer = Analyzer(model, threads=threads)
    except ModelError as error:
        raise typer.BadParameter(str(error), param_hint="--model") from error
    command = ["communique", "benchmark", str(folder), "--threads", str(threads)]
    command += [] if model is None else ["--model", str(model)]
    try:
        result = {"command": shlex.join(command)} | measure(analyzer, texts, threads)
    except ArticleError as error:
        raise typer.BadParameter(f"an article in {folder}: {error}", param_hint="FOLDER") from error
    Console().print(_table(result))
    write_result(COMMAND, result, json_path)


def _read(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}", param_hint="FOLDER") from error
    except UnicodeDecodeError as error:
        message = f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8"
        raise typer.BadParameter(message, param_hint="FOLDER") from error
    if not text.strip():
        raise typer.BadParameter(f"{path}: the file is empty; take it out", param_hint="FOLDER")
    return text


def measure(analyzer: Analyzer, texts: Sequence[str], threads: int) -> dict[str, Any]:
    """The figures as JSON's types: seconds are of wall-clock time, memory is the process's peak in MB.

    Words are what white space divides. All figures of time are medians of ``ROUNDS`` rounds.
    """
    analyzer.analyze(texts[0])
    seconds = statistics.median(_seconds(analyzer, texts) for _ in range(ROUNDS))
    # Before the long articles, so that it is the memory of ordinary work.
    peak_memory = _peak_memory()
    costs = _costs_by_length(analyzer, texts)
    briefs = _briefs(texts)
    return {
        "model": analyzer.model_name,
        "machine": f"{platform.machine()}, torch {torch.__version__}, {threads} threads",
        "rounds": ROUNDS,
        "articles": len(texts),
        "words": sum(len(text.split()) for text in texts),
        "articles_per_second": round(len(texts) / seconds, 2),
        "peak_memory_mb": round(peak_memory),
        "briefs": len(briefs),
        "briefs_per_second": _rates_of_briefs(analyzer, briefs) if briefs else {},
        "microseconds_per_word": {str(length): round(cost * 1e6, 1) for length, cost in costs.items()},
        "costliest_to_cheapest_length": round(max(costs.values()) / min(costs.values()), 3),
        "peak_memory_mb_with_long_articles": round(_peak_memory()),
        "hostile_growth": measure_growth(HOSTILE_UNITS),
    }


def _seconds(analyzer: Analyzer, texts: Sequence[str]) -> float:
    begun = time.perf_counter()
    for text in texts:
        analyzer.analyze(text)
    return time.perf_counter() - begun


def _rates_of_briefs(analyzer: Analyzer, briefs: Sequence[str]) -> dict[str, float]:
    ways = {"one at a time": _seconds, "together": _seconds_together}
    rounds = [{name: way(analyzer, briefs) for name, way in ways.items()} for _ in range(ROUNDS)]
    return {
        name: round(len(briefs) / statistics.median(seconds[name] for seconds in rounds), 1) for name in ways
    }


def _seconds_together(analyzer: Analyzer, texts: Sequence[str]) -> float:
    begun = time.perf_counter()
    for _ in analyzer.analyze_articles(texts):
        pass
    return time.perf_counter() - begun


def _briefs(texts: Sequence[str]) -> list[str]:
    """Paragraphs of about ``BRIEF_WORDS``, each as an article."""
    paragraphs = (paragraph.strip() for text in texts for paragraph in text.split("\n"))
    least, most = BRIEF_WORDS
    return [paragraph for paragraph in paragraphs if least <= len(paragraph.split()) <= most][:MOST_BRIEFS]


def _costs_by_length(analyzer: Analyzer, texts: Sequence[str]) -> dict[int, float]:
    """Seconds per word in articles of each of ``LENGTHS``.

    The same words are cut into articles of each length in turn, so that the length is all that differs, and the
    rounds go through all lengths, so that a slow minute of the machine falls on none in particular.
    """
    paragraphs = [paragraph for text in texts for paragraph in text.split("\n") if paragraph.strip()]
    whole = next(_cut(paragraphs * (1 + max(LENGTHS) // len(paragraphs)), max(LENGTHS)))
    words = sum(len(paragraph.split()) for paragraph in whole)
    articles = {length: ["\n\n".join(part) for part in _cut(whole, length)] for length in LENGTHS}
    rounds = [
        {length: _seconds(analyzer, parts) / words for length, parts in articles.items()}
        for _ in range(ROUNDS)
    ]
    return {length: statistics.median(costs[length] for costs in rounds) for length in LENGTHS}


def _cut(paragraphs: Sequence[str], words: int) -> Iterator[list[str]]:
    """Cut *paragraphs* into runs of at least so many *words*, of which the last may have fewer."""
    part: list[str] = []
    count = 0
    for paragraph in paragraphs:
        part.append(paragraph)
        count += len(paragraph.split())
        if count >= words:
            yield part
            part, count = [], 0
    if part:
        yield part


def _peak_memory() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _table(result: dict[str, Any]) -> Table:
    table = Table("measure", "value", title=result["model"], caption=result["machine"])
    table.add_row("articles a second", f"{result['articles_per_second']:.2f} (of {result['articles']})")
    for how, rate in result["briefs_per_second"].items():
        table.add_row(f"briefs a second, {how}", f"{rate:.1f} (of {result['briefs']})")
    table.add_row("peak memory", f"{result['peak_memory_mb']} MB")
    for length, cost in result["microseconds_per_word"].items():
        table.add_row(f"a word in articles of {int(length):,}", f"{cost:.0f} µs")
    table.add_row("costliest of these to cheapest", f"{result['costliest_to_cheapest_length']:.2f}")
    table.add_row("peak memory, long articles too", f"{result['peak_memory_mb_with_long_articles']} MB")
    worst, growth = max(result["hostile_growth"].items(), key=lambda item: item[1])
    table.add_row(f"hostile text {TIMES_LONGER} times as long, a unit ({worst})", f"{growth:.2f} times")
    return table
