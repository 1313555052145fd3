"""An evaluation on a terminal: main figures and breakdowns; the other forms hold more."""

from __future__ import annotations

from dataclasses import replace

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from analyzer.table import printable
from eval.evaluation import Evaluation
from eval.parts import ALL
from eval.report.sections import group_title
from eval.report.tables import HEADLINES, Table, breakdowns, differences, error_table, summary


def print_evaluation(console: Console, evaluation: Evaluation) -> None:
    """Print the tables of each group, how often the model is wrong in which way, and the headlines' signatures."""
    for group in evaluation.groups:
        console.print(Text(printable(group_title(evaluation, group.name)), style="bold"))
        for table in summary(evaluation, group.name):
            _print(console, table)
        if (compared := differences(evaluation, group.name)) is not None:
            _print(console, compared)
        for table in breakdowns(evaluation, group.name):
            if table.head[0] == "kind":
                _print(console, _without_intervals(table))
    if (errors := error_table(evaluation)) is not None:
        _print(console, errors)
    for note in evaluation.notes:
        console.print(Text(printable(note)))
    if evaluation.not_measured:
        console.print(
            f"Not annotated, and so not measured: {', '.join(evaluation.not_measured)}.", highlight=False
        )
    for figure in evaluation.figures:
        if figure.part == ALL and figure.measure in HEADLINES:
            console.print(Text(printable(figure.signature), style="dim"), soft_wrap=True)


def _print(console: Console, table: Table) -> None:
    shown = RichTable(title=table.title, title_justify="left")
    for number, head in enumerate(table.head):
        shown.add_column(head, justify="right" if number else "left", min_width=0 if number else 20)
    for row in table.rows:
        shown.add_row(*(Text(printable(cell)) for cell in row))
    console.print(shown)


def _without_intervals(table: Table) -> Table:
    """*table* with values only, for which alone a terminal has room where there are many columns."""
    rows = ((name, *(cell.partition(" (")[0] for cell in cells)) for name, *cells in table.rows)
    return replace(table, title=f"F1 {table.title[0].lower()}{table.title[1:]}", rows=tuple(rows))
