"""``communique analyze``: from article files to who said what."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from analyzer.batch.engine import Engine
from analyzer.batch.groups import ARTICLES_TOGETHER
from analyzer.batch.monitor import Monitor
from analyzer.batch.on_ray import RAY_FORMATS, analyze_on_ray
from analyzer.batch.run import Existing, Output, run_to_files, run_to_stream
from analyzer.batch.worker import Settings
from analyzer.commands.endings import EXIT_FAILED, told
from analyzer.commands.options import (
    FormatOption,
    OutputsOption,
    OverwriteOption,
    QuietOption,
    ReportOption,
    chosen_outputs,
)
from analyzer.failure import Failure
from analyzer.formats import Format
from analyzer.output import is_device
from analyzer.readers import STANDARD_INPUT, Columns, InputFormat, Item, find_items, input_size
from analyzer.table import printable
from analyzer.tables import DEFAULT_MODEL


class EngineName(StrEnum):
    """What ``--engine`` takes."""

    LOCAL = "local"
    RAY = "ray"


COLUMN = "of tables: where the {} is; by default by usual names."


def analyze(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE|FOLDER|GLOB|-",
            help="Article files, tables of articles, folders of them at any depth; - for standard input.",
            show_default=False,
        ),
    ],
    requested: FormatOption = None,
    outputs: OutputsOption = None,
    reports: ReportOption = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where a run to the same --output was killed.")
    ] = False,
    overwrite: OverwriteOption = False,
    processes: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Processes that analyze at the same time, each with a model of its own and on one core: by default "
            "one process on all cores; with --engine ray, one for each processor of the cluster.",
        ),
    ] = None,
    any_order: Annotated[
        bool, typer.Option("--any-order", help="Write results as they come, not in the order of the input.")
    ] = False,
    input_format: Annotated[
        InputFormat | None,
        typer.Option(
            help="Read all input as this, whatever its names end in but for .gz and .zip; for standard input."
        ),
    ] = None,
    text_column: Annotated[str | None, typer.Option(help="Column or key " + COLUMN.format("text"))] = None,
    id_column: Annotated[str | None, typer.Option(help="Column or key " + COLUMN.format("id"))] = None,
    date_column: Annotated[str | None, typer.Option(help="Column or key " + COLUMN.format("date"))] = None,
    title_column: Annotated[str | None, typer.Option(help="Column or key " + COLUMN.format("title"))] = None,
    outlet_column: Annotated[
        str | None, typer.Option(help="Column or key " + COLUMN.format("outlet"))
    ] = None,
    model: Annotated[Path | None, typer.Option(help="A model folder, instead of the shipped model.")] = None,
    threads: Annotated[
        int | None,
        typer.Option(
            min=1, help="Processor threads of each process; by default 1 with --processes, else all."
        ),
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option(
            min=0, max=1, help="Give stances that are less probable than this as unknown.", metavar="P"
        ),
    ] = 0.0,
    log: Annotated[
        Path | None, typer.Option(help="Append an event a line, in JSON, to this file.", show_default=False)
    ] = None,
    quiet: QuietOption = False,
    engine: Annotated[
        EngineName,
        typer.Option(help="ray: on the cluster that this machine is part of; see docs/cluster.md."),
    ] = EngineName.LOCAL,
) -> None:
    """Find who said what, in which role and with what stance.

    Exit codes: 0, all articles were analyzed; 1, some could not be: the output and standard error say why;
    2, nothing was done: a wrong option, nothing to analyze, no model, no place for the output, or one that is taken;
    3, the run ended before its end, as on a full disk: with --output what was done is kept, and --resume goes on.
    """
    columns = Columns(
        text=text_column, id=id_column, date=date_column, title=title_column, outlet=outlet_column
    )
    on_ray = engine is EngineName.RAY
    chosen = chosen_outputs(outputs, reports, requested, folder=on_ray)
    if resume and (overwrite or not chosen):
        raise typer.BadParameter(
            "--resume goes with --output, and not with --overwrite", param_hint="--resume"
        )
    existing = Existing.RESUME if resume else Existing.OVERWRITE if overwrite else Existing.REFUSE
    if len(chosen) > 1 and any(is_device(output.path) for output in chosen):
        raise typer.BadParameter("a pipe or device cannot be one of several outputs", param_hint="--output")
    _check_no_article(chosen, paths)
    each_on_one = on_ray or processes is not None
    settings = Settings(
        model=model,
        threads=threads or (1 if each_on_one else None),
        min_confidence=min_confidence,
        columns=columns,
    )
    monitor = Monitor(visible=bool(chosen) or not sys.stdout.isatty(), quiet=quiet, log=log)
    if on_ray:
        output = _output_for_ray(chosen, existing)
        _run_on_ray(paths, settings, input_format, output, processes, monitor)
    else:
        # Who writes to a pipe now and then wants to see each result at once.
        together = 1 if STANDARD_INPUT in paths else ARTICLES_TOGETHER
        runner = Engine(settings=settings, processes=processes or 1, ordered=not any_order, together=together)
        excluded = _not_input(chosen, log)
        items = _at_least_one(find_items(paths, columns, input_format, excluded))
        facts = _facts(paths, settings, input_format)
        with told(monitor, resumable=bool(chosen) and not is_device(chosen[0].path)):
            monitor.started(lambda: input_size(paths, excluded), **facts, processes=runner.processes)
            _run_here(runner, items, chosen, requested, facts, existing, monitor)
    if monitor.tally.failures:
        raise typer.Exit(EXIT_FAILED)


def _run_here(
    runner: Engine,
    items: Iterator[Item],
    outputs: Sequence[Output],
    requested: Format | None,
    facts: dict[str, Any],
    existing: Existing,
    monitor: Monitor,
) -> None:
    """Analyze *items* on this machine to *outputs*, or to standard output where there are none."""
    if not outputs:
        run_to_stream(runner, items, None, requested or _default_format(), monitor)
    elif is_device(outputs[0].path):
        run_to_stream(runner, items, outputs[0].path, outputs[0].format, monitor)
    elif not run_to_files(runner, items, outputs, facts, existing, monitor):
        monitor.complain(f"{outputs[0].path} is complete already; nothing was left to do")
        return
    monitor.finished()


def _run_on_ray(
    paths: Sequence[Path],
    settings: Settings,
    input_format: InputFormat | None,
    output: Output,
    actors: int | None,
    monitor: Monitor,
) -> None:
    """Analyze on a cluster, and tell of it when all is done."""
    with told(monitor, resumable=False):
        monitor.started(lambda: None, **_facts(paths, settings, input_format), engine=EngineName.RAY)
        parts = analyze_on_ray(
            paths,
            settings,
            output.path,
            output.format,
            input_format=input_format,
            actors=actors,
            progress=monitor.visible,
        )
        for part in parts:
            monitor.merged(part.tally, part.failures)
        monitor.finished()


def _not_input(chosen: Sequence[Output], log: Path | None) -> list[Path]:
    """What the run itself writes: where it lies among the articles, it is none of them."""
    to = [output.path for output in chosen] or [Path("/dev/stdout")]
    return [*to, *([log] if log else [])]


def _facts(paths: Sequence[Path], settings: Settings, input_format: InputFormat | None) -> dict[str, Any]:
    """What the results of a run depend on, for the log and for the run that goes on with it."""
    return {
        "inputs": [str(path) for path in paths],
        "columns": asdict(settings.columns),
        "input_format": input_format,
        "model": _fingerprint(settings.model or DEFAULT_MODEL),
        "min_confidence": settings.min_confidence,
    }


def _output_for_ray(chosen: Sequence[Output], existing: Existing) -> Output:
    """The one folder that Ray can write. Raises `typer.BadParameter` if the options ask for anything else."""
    if len(chosen) != 1 or chosen[0].format not in RAY_FORMATS:
        known = ", ".join(RAY_FORMATS)
        raise typer.BadParameter(
            f"--engine ray needs one --output, a folder, in one of {known}", param_hint="--engine"
        )
    if existing is Existing.RESUME:
        raise typer.BadParameter("--engine ray cannot go on with a run", param_hint="--resume")
    if existing is Existing.REFUSE and chosen[0].path.exists():
        shown = printable(str(chosen[0].path))
        raise typer.BadParameter(f"{shown} exists; replace it with --overwrite", param_hint="--output")
    return chosen[0]


def _default_format() -> Format:
    return Format.TABLE if sys.stdout.isatty() else Format.JSONL


def _check_no_article(outputs: Sequence[Output], paths: Sequence[Path]) -> None:
    """Refuse an output that would replace an article."""
    articles = {os.path.realpath(path) for path in paths}
    for output in outputs:
        if os.path.realpath(output.path) in articles:
            shown = printable(str(output.path))
            raise typer.BadParameter(
                f"{shown} is one of the articles; name another file", param_hint="--output"
            )


def _at_least_one(items: Iterator[Item]) -> Iterator[Item]:
    """*items* as they are. Raises `typer.BadParameter` if there is none to analyze among them."""
    failures: list[Failure] = []
    for item in items:
        if not isinstance(item.content, Failure):
            return chain((Item(id=f.id, size=0, content=f) for f in failures), [item], items)
        failures.append(item.content)
    reasons = "; ".join(f"{printable(failure.id)}: {failure.message}" for failure in failures)
    raise typer.BadParameter(f"nothing to analyze: {reasons}", param_hint="FILE|FOLDER|GLOB|-")


def _fingerprint(model: Path) -> str | None:
    """What tells the weights in the folder *model* from others; ``None`` if there are none, which loading will say."""
    try:
        with (model / "model.safetensors").open("rb") as weights:
            return hashlib.file_digest(weights, "sha256").hexdigest()
    except OSError:
        return None
