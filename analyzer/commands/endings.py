"""How commands end: what went wrong as a line on standard error and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import typer

from analyzer.batch.monitor import Monitor
from analyzer.errors import ClusterError, InputError, MissingExtraError, ModelError, OutputError, ResultsError

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_UNFINISHED = 3
EXIT_INTERRUPTED = 130


@contextmanager
def told(monitor: Monitor, *, resumable: bool) -> Iterator[None]:
    """Run the block under *monitor* and turn its errors into exit codes; *resumable*: ``--resume`` can go on."""
    advice = "; what was done is kept, and --resume goes on" if resumable else ""
    with ExitStack() as stack:
        try:
            stack.enter_context(monitor)
            yield
        except (ModelError, OutputError, ResultsError, MissingExtraError) as error:
            monitor.stopped(str(error))
            raise typer.Exit(EXIT_USAGE) from error
        except (InputError, ClusterError) as error:
            monitor.stopped(f"{error}{advice}")
            raise typer.Exit(EXIT_UNFINISHED) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            # Reading never gets here: an article's error stays with it.
            monitor.stopped(f"cannot write the output: {error.strerror or error}{advice}")
            _drop_unwritten_output()
            raise typer.Exit(EXIT_UNFINISHED) from error
        except KeyboardInterrupt as error:
            monitor.stopped(f"interrupted{advice}")
            raise typer.Exit(EXIT_INTERRUPTED) from error


def _drop_unwritten_output() -> None:
    """Send what standard output still holds nowhere, or Python fails once more to write it when it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
