"""The command line: ``communique analyze``, and the commands that the other packages declare."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from functools import partial
from importlib.metadata import EntryPoint, entry_points, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from analyzer.errors import ModelError
from analyzer.failure import Failure
from analyzer.html import write_html
from analyzer.output import open_output, output_problem
from analyzer.quotation import Analysis
from analyzer.readers import ArticleFile, find_articles, read_article
from analyzer.table import printable, write_table
from analyzer.writers import write_csv, write_jsonl

if TYPE_CHECKING:
    from analyzer.analyzer import Analyzer

COMMANDS_GROUP = "communique.commands"
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_UNWRITTEN = 3


class Format(StrEnum):
    """What ``--format`` takes; but for ``table`` also the suffix by which ``--output`` asks for it."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"


WRITERS: dict[Format, Callable[[Iterable[Analysis | Failure], TextIO], None]] = {
    Format.TABLE: write_table,
    Format.JSONL: write_jsonl,
    Format.CSV: write_csv,
    Format.HTML: write_html,
}


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"communique {version('communique')}")
        raise typer.Exit


def communique(
    _: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Find the quotations in news articles: who said what, in which role, and with what diplomatic stance."""


def analyze(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE|FOLDER|-",
            help="Article files; folders, for their .txt and .md files at any depth; - for standard input.",
            show_default=False,
        ),
    ],
    requested: Annotated[
        Format | None,
        typer.Option("--format", help="By default as --output ends, else table on a terminal, else jsonl."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to this file, which is replaced when all is done."),
    ] = None,
    model: Annotated[Path | None, typer.Option(help="A model folder, instead of the shipped model.")] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="Processor threads to use.")] = None,
) -> None:
    """Find who said what, in which role and with what stance.

    Exit codes: 0, all articles were analyzed; 1, some could not be: the output and standard error say why;
    2, nothing was done: a wrong option, nothing to analyze, no model, or no place for the output; 3, the
    output could not be written to its end, as on a full disk: an output file is as it was before.
    """
    write = WRITERS[requested or _default_format(output)]
    items = list(find_articles(paths))
    _check_items(items)
    _check_output(output, items)
    try:
        analyzer = load_analyzer(model, threads)
    except ModelError as error:
        _complain(Console(stderr=True), str(error))
        raise typer.Exit(EXIT_USAGE) from error
    try:
        failures = _run(analyzer, items, write, output)
    except BrokenPipeError:
        raise
    except OSError as error:
        # Reading never gets here: an article's error stays with it.
        _complain(Console(stderr=True), f"cannot write the output: {error.strerror or error}")
        _drop_unwritten_output()
        raise typer.Exit(EXIT_UNWRITTEN) from error
    if failures:
        raise typer.Exit(EXIT_FAILED)


def load_analyzer(model: Path | None, threads: int | None) -> Analyzer:
    """The analyzer with the model in the folder *model* or the shipped one. Raises `ModelError`."""
    # torch takes seconds to import, which nobody should wait for to read a help text.
    from analyzer.analyzer import Analyzer

    return Analyzer(model, threads=threads)


def _default_format(output: Path | None) -> Format:
    if output is None:
        return Format.TABLE if sys.stdout.isatty() else Format.JSONL
    suffix = output.suffix.removeprefix(".").lower()
    if suffix not in {Format.JSONL, Format.CSV, Format.HTML}:
        raise typer.BadParameter(
            f"{printable(str(output))} ends in none of .jsonl, .csv and .html; say --format as well",
            param_hint="--output",
        )
    return Format(suffix)


def _check_items(items: list[ArticleFile | Failure]) -> None:
    failures = [item for item in items if isinstance(item, Failure)]
    if len(failures) == len(items):
        reasons = "; ".join(f"{printable(failure.id)}: {failure.message}" for failure in failures)
        raise typer.BadParameter(f"nothing to analyze: {reasons}", param_hint="FILE|FOLDER|-")


def _check_output(output: Path | None, items: list[ArticleFile | Failure]) -> None:
    """Refuse, before the long work, an output that could not be written or would replace an article."""
    if output is None:
        return
    bad = partial(typer.BadParameter, param_hint="--output")
    if problem := output_problem(output):
        raise bad(printable(problem))
    same_name = [
        item.path for item in items if isinstance(item, ArticleFile) and item.path.name == output.name
    ]
    if os.path.realpath(output) in map(os.path.realpath, same_name):
        raise bad(f"{printable(str(output))} is one of the articles; name another file")


def _run(
    analyzer: Analyzer,
    items: list[ArticleFile | Failure],
    write: Callable[[Iterable[Analysis | Failure], TextIO], None],
    output: Path | None,
) -> int:
    """Analyze *items* and write the results; return how many failed."""
    failures = 0
    console = Console(stderr=True)
    # A bar and results on the same terminal would write over each other, and rich would by default send what is
    # written to a redirected standard output to the bar's terminal.
    visible = console.is_terminal and (output is not None or not sys.stdout.isatty())
    progress = Progress(
        console=console, transient=True, disable=not visible, redirect_stdout=False, redirect_stderr=False
    )

    def results() -> Iterator[Analysis | Failure]:
        nonlocal failures
        for item in progress.track(items, description="Analyzing"):
            result = item if isinstance(item, Failure) else analyze_file(analyzer, item)
            if isinstance(result, Failure):
                failures += 1
                _complain(console, f"{result.id}: {result.message}")
            yield result

    with progress, open_output(output) as stream:
        write(results(), stream)
    return failures


def _drop_unwritten_output() -> None:
    """Send what standard output still holds nowhere, or Python fails once more to write it when it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def analyze_file(analyzer: Analyzer, file: ArticleFile) -> Analysis | Failure:
    """The analysis of *file*, or why there is none. Whatever goes wrong with one article stays with it."""
    try:
        article = read_article(file)
        analysis = analyzer.analyze(article.text, id=article.id)
    except Exception as error:
        return Failure.from_error(file.id, error)
    return replace(analysis, warnings=article.warnings + analysis.warnings)


def _complain(console: Console, message: str) -> None:
    console.print(Text(f"communique: {printable(message)}"), soft_wrap=True)


def build_app(entries: Iterable[EntryPoint]) -> typer.Typer:
    """The command line: ``analyze`` and the commands of *entries*, each of which leads to a `typer.Typer`."""
    app = typer.Typer(
        name="communique",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(communique)
    app.command()(analyze)
    for entry in entries:
        _add_command(app, entry)
    return app


def _add_command(app: typer.Typer, entry: EntryPoint) -> None:
    """Add to *app* the command of *entry*, which is loaded when it is called and not before."""

    @app.command(
        entry.name,
        help=f"From the package {entry.module.partition('.')[0]}; see communique {entry.name} --help.",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    )
    def forward(context: typer.Context) -> None:
        try:
            command = entry.load()
        except ModuleNotFoundError as error:
            message = f"{entry.name} needs the module {error.name}, which is not installed"
            _complain(Console(stderr=True), message)
            raise typer.Exit(EXIT_USAGE) from error
        command(context.args, prog_name=context.command_path)


def main() -> None:
    """Run the command line with the commands that are installed."""
    build_app(entry_points(group=COMMANDS_GROUP))()
