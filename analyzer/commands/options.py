"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from analyzer.batch.run import Output
from analyzer.errors import MissingExtraError, OutputError
from analyzer.formats import Format, check_available, format_of
from analyzer.output import is_device, output_problem
from analyzer.table import printable

ResultsArgument = Annotated[
    Path,
    typer.Argument(
        metavar="RESULTS",
        help="JSON Lines that communique analyze has written, or a folder of them; also the .partial of a "
        "run that goes on.",
        exists=True,
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help="By default as --output ends, else table on a terminal, else jsonl."),
]
OutputsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        help="Write to this file, which appears when all is done. May be given several times.",
        show_default=False,
    ),
]
ReportOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--report", help="Write a page to read to this .html file, beside other outputs.", show_default=False
    ),
]
OverwriteOption = Annotated[
    bool,
    typer.Option("--overwrite", help="Replace outputs, and what an unfinished run has left, if there are."),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no last line.")]


def chosen_outputs(
    outputs: Sequence[Path] | None,
    reports: Sequence[Path] | None,
    requested: Format | None,
    *,
    folder: bool = False,
) -> list[Output]:
    """The outputs that the options ask for, none for standard output; *folder*: they are folders of parts.

    Raises `typer.BadParameter` for one that could not be written, before any work.
    """
    try:
        chosen = [Output(path=path, format=requested or format_of(path)) for path in outputs or ()]
    except OutputError as error:
        raise typer.BadParameter(printable(str(error)), param_hint="--output") from error
    chosen += [Output(path=path, format=Format.HTML) for path in reports or ()]
    for output in chosen:
        try:
            check_available(output.format)
        except MissingExtraError as error:
            raise typer.BadParameter(str(error), param_hint="--format") from error
        if problem := output_problem(output.path, folder=folder or output.format is Format.BRAT):
            raise typer.BadParameter(printable(problem), param_hint="--output")
    resolved = [output.path.resolve() for output in chosen]
    if len(set(resolved)) < len(resolved):
        raise typer.BadParameter("the same file is named twice", param_hint="--output")
    return chosen


def refuse_existing(paths: Iterable[Path], overwrite: bool) -> None:
    """Raise `OutputError` if one of *paths* is there already, and neither is to be replaced nor a pipe or device."""
    for path in paths:
        if path.exists() and not overwrite and not is_device(path):
            raise OutputError(f"{path} exists; replace it with --overwrite, or name another output")
