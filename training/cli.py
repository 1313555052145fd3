"""``communique train``: from a configuration file to a model folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from rich.console import Console

from analyzer.errors import ModelError
from corpus.load import CorpusError
from corpus.polnear import PolnearError
from training.config import ConfigurationError, load_configuration
from training.train import train

app = typer.Typer(name="train", add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def train_model(
    configuration: Annotated[Path, typer.Argument(help="A TOML file, such as training/small.toml.")],
    polnear: Annotated[Path, typer.Option(help="PolNeAR's folder, which holds train/ and dev/.")],
    output: Annotated[Path, typer.Option(help="The model folder to write; run/ in it takes checkpoints.")],
    texts: Annotated[
        Path | None,
        typer.Option(
            help="Folder with diplomatic-articles/ and wikinews/, the texts of the corpus's real articles."
        ),
    ] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="Processor threads to use.")] = None,
) -> None:
    """Train a model. Started again with the same folder, it goes on where it was interrupted.

    Exit code 2 if the configuration, the model to go on from or the data cannot be used.
    """
    if threads is not None:
        torch.set_num_threads(threads)
    console = Console(stderr=True)

    def report(record: dict[str, Any]) -> None:
        console.print(json.dumps(record), soft_wrap=True, highlight=False)

    try:
        train(load_configuration(configuration), polnear, output, report, texts=texts)
    except (ConfigurationError, CorpusError, ModelError, PolnearError) as error:
        console.print(f"communique train: {error}", soft_wrap=True, highlight=False, markup=False)
        raise typer.Exit(2) from error
    typer.echo(f"The model is in {output}")
