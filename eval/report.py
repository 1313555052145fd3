"""Results as tables for people and as JSON for programs."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from analyzer.output import open_output
from analyzer.quotation import KINDS
from eval.bootstrap import Difference, Interval
from eval.metrics import MEASURES, Measure
from eval.results import ScoredMeasure, distribution_version, select

Scored = Mapping[str, Sequence[ScoredMeasure]]
"""Systems' scores by the systems' names, in the order of the report."""

Differences = Mapping[Measure, Difference]
"""How much better the model is than the rule baseline."""


def print_report(console: Console, scored: Scored, differences: Differences | None) -> None:
    """Print the scores, their breakdown per kind, the comparison if there is one, and all signatures."""
    console.print(_score_table(scored))
    console.print(_kind_table(scored))
    for measure, difference in (differences or {}).items():
        value = f"{100 * difference.value:+.1f}{_bounds(difference.interval)}"
        console.print(f"model − rules baseline, {measure}: {value}, p = {difference.p:.3f}", highlight=False)
    for measures in scored.values():
        for measure in MEASURES:
            console.print(select(measures, measure).signature, style="dim", highlight=False, soft_wrap=True)


def to_json(command: str, scored: Scored, differences: Differences | None) -> dict[str, Any]:
    """The report as JSON's types: scores in [0, 1], ``null`` where there is none."""
    packages = ("communique", "numpy", "scipy", "torch", "transformers")
    return {
        "command": command,
        "versions": {"python": platform.python_version()}
        | {package: distribution_version(package) for package in packages},
        "systems": [
            {"name": name, "scores": [_score_json(item) for item in measures]}
            for name, measures in scored.items()
        ],
        "model_minus_rules": None
        if differences is None
        else {
            measure: {"f1": item.value, "interval": list(item.interval), "p": item.p}
            for measure, item in differences.items()
        },
    }


def write_json(result: dict[str, Any], path: Path) -> None:
    """Store *result* in the file *path*, which is never half-written. Raises OSError."""
    with open_output(path) as stream:
        stream.write(json.dumps(result, indent=1, ensure_ascii=False) + "\n")


def _score_json(item: ScoredMeasure) -> dict[str, Any]:
    scores = zip(("precision", "recall", "f1"), item.score, item.intervals, strict=True)
    return {
        "measure": item.measure,
        "group": item.group,
        **{name: {"value": value, "interval": list(interval)} for name, value, interval in scores},
        "counts": item.counts._asdict(),
        "signature": item.signature,
    }


def _score_table(scored: Scored) -> Table:
    table = Table(title="Scores with 95 % intervals", title_justify="left")
    table.add_column("")
    for heading in ("P", "R", "F1"):
        table.add_column(heading, justify="right", no_wrap=True)
    for measure in MEASURES:
        table.add_row(f"[bold]{measure}[/bold]")
        for name, measures in scored.items():
            item = select(measures, measure)
            cells = [
                percent(value) + _bounds(interval)
                for value, interval in zip(item.score, item.intervals, strict=True)
            ]
            table.add_row(f"  {name}", *cells)
        table.add_section()
    return table


def _kind_table(scored: Scored) -> Table:
    table = Table(title="F1 per kind", title_justify="left")
    table.add_column("")
    for measure in MEASURES:
        table.add_column(measure.removeprefix("content "), justify="right", no_wrap=True)
    table.add_column("gold", justify="right", no_wrap=True)
    for name, measures in scored.items():
        table.add_row(f"[bold]{name}[/bold]")
        for kind in KINDS:
            cells = [percent(select(measures, measure, kind).score.f1) for measure in MEASURES]
            table.add_row(f"  {kind}", *cells, str(select(measures, "linked", kind).counts.gold))
        table.add_section()
    return table


def percent(value: float | None) -> str:
    """*value* of 1 as hundredths with one decimal, a dash for ``None``."""
    return "–" if value is None else f"{100 * value:.1f}"


def _bounds(interval: Interval) -> str:
    return f" ({percent(interval.low)}–{percent(interval.high)})"
