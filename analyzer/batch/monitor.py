"""What people and programs see of a run: a progress bar, complaints, a log and a last line."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Self, TextIO

import structlog
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from analyzer.batch.summary import Tally
from analyzer.batch.worker import Outcome
from analyzer.errors import OutputError
from analyzer.failure import Failure
from analyzer.table import printable


class Monitor:
    """Follows a run; use it as a context manager around it.

    *visible*: show a bar on standard error, if that is a terminal. *log*: append a line of JSON for each event to this
    file. *quiet*: neither bar nor last line; what failed is said all the same.
    """

    def __init__(self, *, visible: bool = True, quiet: bool = False, log: Path | None = None) -> None:
        self.tally = Tally()
        self._console = Console(stderr=True)
        self._quiet = quiet
        self._before = 0
        self._begun = time.monotonic()
        self._log_path = log
        self._log: Any = None
        self._open = ExitStack()
        # rich would by default send what is written to a redirected standard output to the bar's terminal.
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[articles]:,} articles"),
            _Rate(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=quiet or not visible or not self._console.is_terminal,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._bar = self._progress.add_task("Analyzing", total=None, articles=0, new=0)

    def __enter__(self) -> Self:
        """Raises `OutputError` if the log cannot be opened."""
        with ExitStack() as opened:
            if self._log_path is not None:
                stream = _open_log(self._log_path)
                opened.callback(_close, stream)
                self._log = structlog.wrap_logger(
                    structlog.WriteLogger(stream),
                    processors=[
                        structlog.processors.add_log_level,
                        structlog.processors.TimeStamper(fmt="iso", utc=True),
                        structlog.processors.JSONRenderer(),
                    ],
                )
            opened.enter_context(self._progress)
            self._open = opened.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def visible(self) -> bool:
        """Whether progress is shown."""
        return not self._progress.disable

    def started(self, size: Callable[[], int | None], **facts: Any) -> None:
        """The run begins; *size* finds out how many bytes of input there are, *facts* are for the log."""
        self._say("started", **facts)
        if self.visible:
            # To look at ten million files takes a minute, for which the first article should not wait.
            threading.Thread(
                target=lambda: self._progress.update(self._bar, total=size()), daemon=True
            ).start()

    def resumed(self, tally: Tally) -> None:
        """An earlier run has done *tally* already."""
        self.tally = tally
        self._before = tally.articles
        self._progress.update(self._bar, articles=tally.articles)
        self._say("resumed", articles=tally.articles)

    def skipped(self, size: int) -> None:
        """An article of *size* bytes was done by an earlier run."""
        self._progress.advance(self._bar, size)

    def done(self, outcome: Outcome) -> None:
        """An article is done."""
        failure = outcome.failure
        self.tally.add(outcome.quotations, failure.type if failure else None)
        now = self.tally.articles - self._before
        self._progress.update(self._bar, advance=outcome.size, articles=self.tally.articles, new=now)
        if failure:
            self._failed(failure)
        else:
            seconds = round(outcome.seconds, 3)
            self._say("analyzed", id=outcome.id, quotations=outcome.quotations, seconds=seconds)

    def merged(self, tally: Tally, failures: Iterable[Failure]) -> None:
        """Another process has done *tally*, with these *failures* among it."""
        self.tally.merge(tally)
        for failure in failures:
            self._failed(failure)

    def writing(self, path: Path) -> None:
        """The results are being written to *path*."""
        self._progress.update(self._bar, description=f"Writing {printable(path.name)}")

    def finished(self) -> None:
        """The run has come to its end."""
        seconds = time.monotonic() - self._begun
        failures = dict(self.tally.failures)
        self._say(
            "finished",
            articles=self.tally.articles,
            quotations=self.tally.quotations,
            failures=failures,
            seconds=round(seconds, 3),
        )
        if not self._quiet:
            self.complain(self.tally.describe(seconds, self._before))

    def _failed(self, failure: Failure) -> None:
        self.complain(f"{failure.id}: {failure.message}")
        self._say("failed", "error", id=failure.id, type=failure.type, message=failure.message)

    def complain(self, message: str) -> None:
        """Say *message* on standard error, on a line of its own."""
        self._console.print(Text(f"communique: {printable(message)}"), soft_wrap=True)

    def stopped(self, message: str) -> None:
        """The run ends before its end, as *message* says."""
        self.complain(message)
        self._say("stopped", "error", message=message)

    def _say(self, event: str, level: str = "info", **facts: Any) -> None:
        if self._log is None:
            return
        try:
            getattr(self._log, level)(event, **facts)
        except OSError as error:
            # Days of work are not given up for want of a log.
            self._log = None
            self.complain(f"cannot write the log {self._log_path} any further: {error.strerror or error}")


def _open_log(path: Path) -> TextIO:
    try:
        return path.open("a", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise OutputError(f"cannot write the log {path}: {error.strerror}") from error


def _close(stream: TextIO) -> None:
    with suppress(OSError):
        stream.close()


class _Rate(ProgressColumn):
    """Articles a second since the run began, or went on."""

    def render(self, task: Task) -> Text:
        elapsed = task.elapsed or 0.0
        rate = task.fields["new"] / elapsed if elapsed else 0.0
        return Text(f"{rate:.1f}/s", style="progress.data.speed")
