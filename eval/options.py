"""What the commands of ``eval`` share: their common options, and how they end when something is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from analyzer.output import output_problem
from eval.report import write_json

Texts = Annotated[Path, typer.Option(help="Folder with diplomatic-articles/ and wikinews/.")]
Model = Annotated[Path | None, typer.Option(help="A model folder, instead of the shipped model.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the bootstrap.")]
Resamples = Annotated[int, typer.Option(min=1, help="Resamples of the bootstrap over articles.")]
JsonPath = Annotated[Path | None, typer.Option("--json", help="Write all results to this file as well.")]


def usage_error(command: str, message: str) -> typer.Exit:
    """Say on standard error what *command* cannot do; raise what comes back: exit code 2."""
    typer.echo(f"communique {command}: {message}", err=True)
    return typer.Exit(2)


def check_json_path(command: str, path: Path | None) -> None:
    """Before the work: raises exit code 2 if the result could not be written to *path*."""
    if path is not None and (problem := output_problem(path)):
        raise usage_error(command, f"--json: {problem}")


def write_result(command: str, result: dict[str, Any], path: Path | None) -> None:
    """After the work: store *result* in *path*, if there is one. Raises exit code 1 if that fails."""
    if path is None:
        return
    try:
        write_json(result, path)
    except OSError as error:
        typer.echo(f"communique {command}: --json {path}: {error.strerror or error}", err=True)
        raise typer.Exit(1) from error
