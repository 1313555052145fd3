"""``communique corpus``: commands on annotated articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from corpus.annotated import AnnotatedArticle
from corpus.duplicates import near_duplicates
from corpus.exchange import ExchangeError, ExportFormat, ImportFormat, export_articles, import_articles
from corpus.json_form import AnnotationError, dump_article, read_text
from corpus.load import COLLECTIONS, CorpusError, Split, load, read_texts
from corpus.statistics import plot, tables
from corpus.validate import validate_file

app = typer.Typer(help="Work with annotated articles.", no_args_is_help=True)

Texts = Annotated[
    Path | None,
    typer.Option(help="Folder with diplomatic-articles/ and wikinews/: with it the real articles come too."),
]


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
        typer.Option(
            help="Folder with the articles' texts, if they are not beside the .json files: ID.txt files, or the "
            "collections of the real articles (diplomatic-articles/ and wikinews/)."
        ),
    ] = None,
) -> None:
    """Check annotated articles; print every problem with its file and offset.

    Exit code 0: no problem; 1: problems; 2: a path that does not exist or holds no .json file.
    """
    files = _files(paths, ".json")
    if texts is not None and not texts.is_dir():
        _refuse(f"{texts}: not a folder")
    problems = 0
    for file, text in _with_texts(files, texts):
        for problem in validate_file(file, text=text):
            typer.echo(problem)
            problems += 1
    typer.echo(
        f"{len(files)} file{'s' * (len(files) != 1)}, {problems} problem{'s' * (problems != 1)}", err=True
    )
    if problems:
        raise typer.Exit(1)


@app.command()
def stats(
    texts: Texts = None,
    plots: Annotated[Path | None, typer.Option(help="Folder to write the tables to as bar charts.")] = None,
) -> None:
    """Print what is in the corpus: sizes, and labels by split, by genre and by source type."""
    console = Console()
    for counted in tables(_load(None, texts)):
        shown = Table(title=counted.title, title_justify="left")
        shown.add_column()
        for column in counted.columns:
            shown.add_column(column, justify="right")
        for name, counts in counted.rows:
            shown.add_row(name, *map(str, counts))
        console.print(shown)
        if plots is not None and counted.title != "Sizes":
            plots.mkdir(parents=True, exist_ok=True)
            plot(counted, plots / f"{counted.title.lower().replace(' ', '-')}.svg")


@app.command()
def duplicates(texts: Texts = None) -> None:
    """Print articles that share much of their wording. Exit code 1 if such a pair is in two splits."""
    articles = _load(None, texts)
    splits = {article.id: article.metadata["split"] for article in articles}
    across = False
    for pair in near_duplicates(articles):
        where = f"{splits[pair.first]} and {splits[pair.second]}"
        typer.echo(f"{pair.first} and {pair.second} ({where}): {pair.share:.0%} of the shorter one")
        across |= splits[pair.first] != splits[pair.second]
    if across:
        raise typer.Exit(1)


@app.command("export")
def export_corpus(
    format: Annotated[ExportFormat, typer.Argument(help="For which tool.")],
    folder: Annotated[Path, typer.Argument(help="Where to write.")],
    split: Annotated[Split | None, typer.Option(help="Only these articles.")] = None,
    texts: Texts = None,
) -> None:
    """Write the corpus in the form that brat or Label Studio reads."""
    articles = _load(split, texts)
    export_articles(articles, format, folder)
    typer.echo(f"{len(articles)} articles in {folder}", err=True)


@app.command("import")
def import_files(
    format: Annotated[ImportFormat, typer.Argument(help="What wrote the files.")],
    paths: Annotated[
        list[Path], typer.Argument(help="Files, or folders: .ann beside their .txt, or .json of tasks.")
    ],
    output: Annotated[Path, typer.Option(help="Folder for the annotated articles (.json and .txt).")],
) -> None:
    """Read annotations of other tools, or in the annotators' notation, into the project's form.

    Exit code 1, with every problem and nothing written, if a file cannot be read.
    """
    files = _files(paths, ".json" if format == "label-studio" else ".ann")
    try:
        articles = import_articles(files, format)
    except ExchangeError as error:
        for problem in error.problems:
            typer.echo(problem)
        raise typer.Exit(1) from error
    output.mkdir(parents=True, exist_ok=True)
    for article in articles:
        dump_article(article, output / f"{article.id}.json")
        (output / f"{article.id}.txt").write_bytes(article.text.encode())
    typer.echo(f"{len(articles)} articles in {output}", err=True)


def _load(split: Split | None, texts: Path | None) -> list[AnnotatedArticle]:
    try:
        return load(split, texts=texts)
    except CorpusError as error:
        _refuse(str(error))


def _files(paths: list[Path], suffix: str) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        found = sorted(path.rglob(f"*{suffix}")) if path.is_dir() else [path]
        if not path.exists():
            _refuse(f"{path}: no such file or folder")
        if not found:
            _refuse(f"{path}: no {suffix} file in this folder")
        files += found
    return files


def _with_texts(files: list[Path], texts: Path | None) -> list[tuple[Path, str | None]]:
    if texts is None:
        return [(file, None) for file in files]
    try:
        if any((texts / collection).is_dir() for collection in COLLECTIONS):
            found = read_texts(texts)
            return [(file, found.get(file.stem)) for file in files]
        return [(file, read_text(texts / f"{file.stem}.txt")) for file in files]
    except (CorpusError, AnnotationError) as error:
        _refuse(str(error))


def _refuse(message: str) -> NoReturn:
    typer.echo(f"Error: {message}", err=True)
    raise typer.Exit(2)
