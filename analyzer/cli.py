"""The command line: our own commands, and those that the other packages declare."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points, version
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from analyzer.commands.analyze import analyze
from analyzer.commands.convert import convert
from analyzer.commands.endings import EXIT_USAGE
from analyzer.commands.stances import stances
from analyzer.table import printable

COMMANDS_GROUP = "communique.commands"


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


def build_app(entries: Iterable[EntryPoint]) -> typer.Typer:
    """The command line: our own commands and those of *entries*, each of which leads to a `typer.Typer`."""
    app = typer.Typer(
        name="communique",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(communique)
    app.command()(analyze)
    app.command()(convert)
    app.command()(stances)
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
            Console(stderr=True).print(Text(f"communique: {printable(message)}"), soft_wrap=True)
            raise typer.Exit(EXIT_USAGE) from error
        command(context.args, prog_name=context.command_path)


def main() -> None:
    """Run the command line with the commands that are installed."""
    build_app(entry_points(group=COMMANDS_GROUP))()
