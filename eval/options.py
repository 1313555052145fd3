"""What the commands of ``eval`` share: their common options, and how they end when something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from analyzer.output import output_problem
from eval.evaluation import Evaluation
from eval.report.forms import FORMS, write_json, write_report

Texts = Annotated[Path, typer.Option(help="Folder with diplomatic-articles/ and wikinews/.")]
Model = Annotated[Path | None, typer.Option(help="A model folder, instead of the shipped model.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the bootstrap and of the choice of examples.")]
Resamples = Annotated[int, typer.Option(min=1, help="Resamples of the bootstrap over articles.")]
JsonPath = Annotated[Path | None, typer.Option("--json", help="Write all results to this file as well.")]
Reports = Annotated[
    list[Path] | None,
    typer.Option("--report", help="Write a report: .html, .md or .json. May be given several times."),
]
ShowTexts = Annotated[
    bool,
    typer.Option(
        "--show-texts", help="Show the words of articles that are not yours to publish in reports, too."
    ),
]


def usage_error(command: str, message: str) -> typer.Exit:
    """Say on standard error what *command* cannot do; raise what comes back: exit code 2."""
    typer.echo(f"communique {command}: {message}", err=True)
    return typer.Exit(2)


def check_json_path(command: str, path: Path | None) -> None:
    """Before the work: raises exit code 2 if the result could not be written to *path*."""
    if path is not None and (problem := output_problem(path)):
        raise usage_error(command, f"--json: {problem}")


def check_reports(command: str, reports: Sequence[Path], json_path: Path | None) -> None:
    """Before the work: raises exit code 2 if a report has no known form, or could not be written."""
    check_json_path(command, json_path)
    for path in reports:
        if path.suffix.lower() not in FORMS:
            known = ", ".join(FORMS)
            raise usage_error(
                command, f"--report {path}: no such form of a report; name it with one of {known}"
            )
        if problem := output_problem(path):
            raise usage_error(command, f"--report: {problem}")
    outputs = [path.resolve() for path in (*reports, *([json_path] if json_path else []))]
    if twice := next((path for path in outputs if outputs.count(path) > 1), None):
        raise usage_error(command, f"--report {twice}: this file is named twice")


def write_result(command: str, result: dict[str, Any], path: Path | None) -> None:
    """After the work: store *result* in *path*, if there is one. Raises exit code 1 if that fails."""
    if path is None:
        return
    try:
        write_json(result, path)
    except OSError as error:
        typer.echo(f"communique {command}: --json {path}: {error.strerror or error}", err=True)
        raise typer.Exit(1) from error


def write_evaluation(
    command: str, evaluation: Evaluation, reports: Sequence[Path], json_path: Path | None
) -> None:
    """After the work: write all *reports*, and the JSON. Raises exit code 1 in the end if one of them fails."""
    failed = False
    for path in reports:
        try:
            write_report(evaluation, path)
        except OSError as error:
            typer.echo(f"communique {command}: --report {path}: {error.strerror or error}", err=True)
            failed = True
    write_result(command, evaluation.to_dict(), json_path)
    if failed:
        raise typer.Exit(1)
