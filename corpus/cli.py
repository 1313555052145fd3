"""``communique corpus``: commands on annotated articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus.validate import validate_file

app = typer.Typer(help="Work with annotated articles.", no_args_is_help=True)


@app.callback()
def _corpus() -> None:
    """Work with annotated articles."""


@app.command()
def validate(
    paths: Annotated[
        list[Path], typer.Argument(help="Annotated articles (.json), or folders with such files.")
    ],
    texts: Annotated[
        Path | None,
        typer.Option(help="Folder with the articles' texts, if they are not beside the .json files."),
    ] = None,
) -> None:
    """Check annotated articles; print every problem with its file and offset.

    Exit code 0: no problem; 1: problems; 2: a path that does not exist or holds no .json file.
    """
    files: list[Path] = []
    for path in paths:
        found = sorted(path.rglob("*.json")) if path.is_dir() else [path]
        if not path.exists():
            _refuse(f"{path}: no such file or folder")
        if not found:
            _refuse(f"{path}: no .json file in this folder")
        files += found
    if texts is not None and not texts.is_dir():
        _refuse(f"{texts}: not a folder")
    problems = 0
    for file in files:
        text_path = None if texts is None else texts / f"{file.stem}.txt"
        for problem in validate_file(file, text_path=text_path):
            typer.echo(problem)
            problems += 1
    typer.echo(
        f"{len(files)} file{'s' * (len(files) != 1)}, {problems} problem{'s' * (problems != 1)}", err=True
    )
    if problems:
        raise typer.Exit(1)


def _refuse(message: str) -> None:
    typer.echo(f"Error: {message}", err=True)
    raise typer.Exit(2)
