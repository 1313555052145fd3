"""A whole run: input to standard output, or to files with a record by which it goes on after a kill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from analyzer.batch.engine import Engine
from analyzer.batch.journal import Done, Journal
from analyzer.batch.monitor import Monitor
from analyzer.batch.worker import Outcome, Task
from analyzer.errors import OutputError
from analyzer.formats import Format, write_results
from analyzer.output import remove_unfinished
from analyzer.readers import Item
from analyzer.results import Result, result_from_json


class Existing(StrEnum):
    """What is to happen with outputs, or the record of a run, that exist already."""

    REFUSE = "refuse"
    RESUME = "resume"
    OVERWRITE = "overwrite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A file, or for some formats a folder, to write to."""

    path: Path
    format: Format


def run_to_stream(
    engine: Engine, items: Iterable[Item], path: Path | None, format: Format, monitor: Monitor
) -> None:
    """Analyze *items* and write each result to standard output, or to the device at *path*, as soon as it is there.

    Raises what `Engine.run` and `write_results` raise.
    """
    write_results(_watched(engine.run(items), monitor), path, format)


def run_to_files(
    engine: Engine,
    items: Iterable[Item],
    outputs: Sequence[Output],
    settings: dict[str, Any],
    existing: Existing,
    monitor: Monitor,
) -> bool:
    """Analyze *items* and write *outputs*, all of them when all is done; return whether there was anything to do.

    Until then the results are in the record beside the first output; see `analyzer.batch.journal`. *settings* are what
    a run must have in common with the one that it resumes. Raises `OutputError`, and what `Engine.run`,
    `write_results` and `Journal` raise; the record stays then.
    """
    with Journal(outputs[0].path) as journal:
        found = [output.path for output in outputs if output.path.exists()]
        if existing is Existing.REFUSE:
            _refuse(journal, found)
        done = Done()
        if existing is Existing.RESUME and journal.exists:
            done, tally = journal.resume(settings)
            monitor.resumed(tally)
        elif existing is Existing.RESUME and found:
            _check_complete(outputs, found)
            # A kill after the last output may have left half a record.
            journal.remove()
            return False

        def is_done(task: Task) -> bool:
            if not done.has(task.index, task.item.id):
                return False
            monitor.skipped(task.item.size)
            return True

        for outcome in engine.run(items, is_done):
            # Not before there is a result: until then the run may fail and must not replace an earlier one's record.
            if not journal.is_open:
                journal.begin(settings)
            journal.append(outcome)
            monitor.done(outcome)
        if not journal.is_open:
            journal.begin(settings)
        journal.sync()
        _finish(journal, outputs, monitor)
    return True


def _finish(journal: Journal, outputs: Sequence[Output], monitor: Monitor) -> None:
    """Make *outputs* of the record. It is in JSON Lines itself, so the last output in those is the record, renamed."""
    *others, last = sorted(outputs, key=lambda output: output.format is Format.JSONL)
    for output in outputs:
        remove_unfinished(output.path)
    for output in others:
        monitor.writing(output.path)
        write_results(journal.results(), output.path, output.format)
    monitor.writing(last.path)
    if last.format is Format.JSONL:
        journal.become(last.path)
    else:
        write_results(journal.results(), last.path, last.format)
        journal.remove()


def _refuse(journal: Journal, found: Sequence[Path]) -> None:
    if journal.exists:
        raise OutputError(
            f"{journal.results_path} is what a run that did not end has left; go on with it with --resume, or begin "
            "anew with --overwrite"
        )
    if found:
        raise OutputError(f"{found[0]} exists; replace it with --overwrite, or name another output")


def _check_complete(outputs: Sequence[Output], found: Sequence[Path]) -> None:
    missing = [str(output.path) for output in outputs if output.path not in found]
    if missing:
        raise OutputError(
            f"{found[0]} is there, but not {', '.join(missing)}, and no record of a run to go on with; make it with "
            "communique convert, or begin anew with --overwrite"
        )


def _watched(outcomes: Iterable[Outcome], monitor: Monitor) -> Iterator[Result]:
    for outcome in outcomes:
        monitor.done(outcome)
        yield result_from_json(outcome.line)
