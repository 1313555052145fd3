"""``communique stances``: who is how toward whom, over the results of an earlier run."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analyzer.aggregation import Counts, Pair, Period, Side, count_stances, stance_columns, stance_rows
from analyzer.batch.monitor import Monitor
from analyzer.commands.endings import told
from analyzer.commands.options import OverwriteOption, ResultsArgument, refuse_existing
from analyzer.errors import OutputError
from analyzer.output import open_output, output_problem
from analyzer.results import read_results
from analyzer.table import STANCE_STYLES, printable
from analyzer.writers import no_formula

HEADINGS = {"quotations": "all", "mean_stance": "mean", "conditional_share": "cond. share"}
"""Shorter names of columns, for a terminal."""


def stances(
    results: ResultsArgument,
    by: Annotated[
        Side, typer.Option(help="Who takes the stance: the country of the role, or the speaker by name.")
    ] = Side.COUNTRY,
    per: Annotated[
        Period | None, typer.Option(help="Count each year, month or day of publication for itself.")
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out stances that are less likely than this.")
    ] = 0.0,
    limit: Annotated[int, typer.Option(min=1, help="Rows to print; --output has all.")] = 40,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write all rows to this .csv file.", show_default=False),
    ] = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Count stances by who takes them and toward whom, the pairs with most quotations first.

    The mean is -1 where all are hostile and 1 where all are conciliatory; a conditional one counts 0.

    Exit codes: 0, done; 2, a wrong option, results that cannot be read, or an output that is there already; 3, the
    output could not be written to its end.
    """
    monitor = Monitor(visible=False)
    with told(monitor, resumable=False):
        if output is not None:
            if problem := output_problem(output):
                raise OutputError(problem)
            refuse_existing([output], overwrite)
        counts = count_stances(read_results(results), by=by, per=per, min_confidence=min_confidence)
        if output is None:
            _print(counts, by, per is not None, limit)
        else:
            _write(counts, by, per is not None, output)


def _write(counts: dict[Pair, Counts], by: Side, dated: bool, output: Path) -> None:
    with open_output(output) as stream:
        writer = csv.DictWriter(stream, stance_columns(by, dated=dated))
        writer.writeheader()
        for row in stance_rows(counts, by=by, dated=dated):
            writer.writerow(
                {name: no_formula(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
            )


def _print(counts: dict[Pair, Counts], by: Side, dated: bool, limit: int) -> None:
    table = Table(box=None, pad_edge=False)
    for name in stance_columns(by, dated=dated):
        words = name in (by, "target", "period")
        heading = HEADINGS.get(name, name)
        table.add_column(
            heading, style=STANCE_STYLES.get(name), justify="left" if words else "right", no_wrap=not words
        )
    for number, row in enumerate(stance_rows(counts, by=by, dated=dated)):
        if number == limit:
            table.caption = f"{len(counts) - limit:,} more"
            break
        table.add_row(*(Text(_shown(cell)) for cell in row.values()))
    Console().print(table if counts else "no stance with a speaker and a target")


def _shown(cell: str | int | float | None) -> str:
    if isinstance(cell, float):
        return f"{cell:.2f}"
    return printable(str(cell or "unknown")) if not isinstance(cell, int) else f"{cell:,}"
