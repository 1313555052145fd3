"""``communique benchmark``: articles a second, memory, and the cost of a word in articles of any length."""

from __future__ import annotations

import json
import platform
import resource
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

from analyzer import Analyzer, ModelError

LENGTHS = (200, 1_000, 5_000, 50_000)
"""Words in the single articles whose cost per word is compared."""

app = typer.Typer(
    name="benchmark", add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)


@app.command()
def benchmark(
    folder: Annotated[Path, typer.Argument(help="A folder of .txt articles, such as PolNeAR's dev/text.")],
    model: Annotated[Path | None, typer.Option(help="A model folder, instead of the shipped model.")] = None,
    threads: Annotated[int, typer.Option(min=1, help="Processor threads to use.")] = 2,
    json_output: Annotated[Path | None, typer.Option("--json", help="Store the result here.")] = None,
) -> None:
    """Measure how fast articles are analyzed from end to end; the model is loaded before the clock starts."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if not texts:
        raise typer.BadParameter(f"{folder} holds no .txt files", param_hint="FOLDER")
    try:
        analyzer = Analyzer(model, threads=threads)
    except ModelError as error:
        raise typer.BadParameter(str(error), param_hint="--model") from error
    result = measure(analyzer, texts, threads)
    Console().print(_table(result))
    if json_output is not None:
        json_output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def measure(analyzer: Analyzer, texts: Sequence[str], threads: int) -> dict[str, Any]:
    """The figures as JSON's types: seconds are of wall-clock time, memory is the process's peak in MB."""
    analyzer.analyze(texts[0])
    begun = time.perf_counter()
    for text in texts:
        analyzer.analyze(text)
    seconds = time.perf_counter() - begun
    return {
        "model": analyzer.model_name,
        "machine": f"{platform.machine()}, torch {torch.__version__}, {threads} threads",
        "articles": len(texts),
        "words": sum(len(text.split()) for text in texts),
        "articles_per_second": round(len(texts) / seconds, 2),
        # Before the long articles, so that it is the memory of ordinary work.
        "peak_memory_mb": round(_peak_memory()),
        "microseconds_per_word": {
            str(length): round(cost * 1e6, 1) for length, cost in _cost_by_length(analyzer, texts)
        },
        "peak_memory_mb_with_long_articles": round(_peak_memory()),
    }


def _cost_by_length(analyzer: Analyzer, texts: Sequence[str]) -> Iterator[tuple[int, float]]:
    """Seconds per word of single articles of each of ``LENGTHS``, the median of several."""
    paragraphs = [paragraph for text in texts for paragraph in text.split("\n") if paragraph.strip()]
    for length in LENGTHS:
        runs = max(1, min(20, 10_000 // length))
        article_texts = [_article(paragraphs, length, number) for number in range(runs)]
        costs = []
        for text in article_texts:
            begun = time.perf_counter()
            analyzer.analyze(text)
            costs.append((time.perf_counter() - begun) / len(text.split()))
        yield length, statistics.median(costs)


def _article(paragraphs: Sequence[str], words: int, number: int) -> str:
    """Some *words* of the paragraphs in their order, from another place for each *number*."""
    chosen: list[str] = []
    count, place = 0, number * len(paragraphs) // 20
    while count < words:
        chosen.append(paragraphs[place % len(paragraphs)])
        count += len(chosen[-1].split())
        place += 1
    return "\n\n".join(chosen)


def _peak_memory() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _table(result: dict[str, Any]) -> Table:
    table = Table("measure", "value", title=result["model"], caption=result["machine"])
    table.add_row("articles a second", f"{result['articles_per_second']:.2f} (of {result['articles']})")
    table.add_row("peak memory", f"{result['peak_memory_mb']} MB")
    for length, cost in result["microseconds_per_word"].items():
        table.add_row(f"a word in an article of {int(length):,}", f"{cost:.0f} µs")
    table.add_row("peak memory, long articles too", f"{result['peak_memory_mb_with_long_articles']} MB")
    return table
