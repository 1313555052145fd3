"""Articles analyzed by several processes, of which any may be killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from multiprocessing.synchronize import Event
from typing import TYPE_CHECKING

from analyzer.batch.worker import Outcome, Settings, Task, load_analyzer, make_outcome, run_tasks
from analyzer.errors import ModelError
from analyzer.failure import Failure

if TYPE_CHECKING:
    from analyzer.analyzer import Analyzer

IN_FLIGHT = 6
"""How many groups of articles a process has before it at most, so that memory does not grow with the input."""
MAX_AHEAD = 1000
"""How far a result may be ahead of the first one that is still missing, where the order is free."""


def analyze_in_processes(
    groups: Iterable[list[Task]], settings: Settings, processes: int, *, ordered: bool = True
) -> Iterator[Outcome]:
    """The outcomes of *groups* of tasks, in their order or, unless *ordered*, as they are done.

    A process that dies (killed, out of memory) is replaced, and the articles that it may have had are analyzed once
    more, one at a time: the one that kills its process again is a failure of type ``WorkerDied``. Raises `ModelError`.
    """
    workers = _Workers(settings, processes, ordered)
    try:
        for tasks in groups:
            workers.submit(tasks)
            while workers.full:
                yield from workers.take()
        while workers.pending:
            yield from workers.take()
    finally:
        workers.stop()


class _Workers:
    """A pool of processes and the groups of tasks that it has not given back yet, in their order."""

    def __init__(self, settings: Settings, processes: int, ordered: bool) -> None:
        self._settings = settings
        self._processes = processes
        self._ordered = ordered
        self._pool = self._start()
        self.pending: dict[Future[list[Outcome]], list[Task]] = {}

    @property
    def full(self) -> bool:
        if len(self.pending) >= IN_FLIGHT * self._processes:
            return True
        groups = self.pending.values()
        return bool(groups) and next(reversed(groups))[-1].index - next(iter(groups))[0].index >= MAX_AHEAD

    def submit(self, tasks: list[Task]) -> None:
        self.pending[self._send(tasks)] = tasks

    def take(self) -> list[Outcome]:
        """The outcomes that are there next; several, if they had to be done again after a process had died."""
        first = next(iter(self.pending))
        done = [first] if self._ordered else list(wait(self.pending, return_when=FIRST_COMPLETED).done)
        if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
            return self._recover()
        outcomes = [outcome for future in done for outcome in future.result()]
        for future in done:
            del self.pending[future]
        return outcomes

    def stop(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        # A process that is forked from one with threads, as torch has them, may hang.
        context = multiprocessing.get_context("spawn")
        self._ready = context.Event()
        return ProcessPoolExecutor(
            self._processes, mp_context=context, initializer=_prepare, initargs=(self._settings, self._ready)
        )

    def _send(self, tasks: list[Task]) -> Future[list[Outcome]]:
        try:
            return self._pool.submit(_run, tasks)
        except BrokenProcessPool as error:
            broken: Future[list[Outcome]] = Future()
            broken.set_exception(error)
            return broken

    def _recover(self) -> list[Outcome]:
        """The outcomes of all pending tasks, each that has none yet alone with a process."""
        # A broken pool has given all its futures a result or an error; wait for those that are about to get one.
        wait(self.pending)
        self._restart()
        outcomes: list[Outcome] = []
        for future, tasks in self.pending.items():
            if isinstance(future.exception(), BrokenProcessPool):
                outcomes.extend(map(self._run_alone, tasks))
            else:
                outcomes.extend(future.result())
        self.pending.clear()
        return outcomes

    def _run_alone(self, task: Task) -> Outcome:
        try:
            (outcome,) = self._send([task]).result()
            return outcome
        except BrokenProcessPool:
            self._restart()
            message = "the process that analyzed it died twice, perhaps for want of memory"
            return make_outcome(task, Failure(id=task.item.id, type="WorkerDied", message=message))

    def _restart(self) -> None:
        if not self._ready.is_set():
            raise ModelError(
                "a process died while it loaded the model, perhaps for want of memory: take fewer --processes"
            )
        self.stop()
        self._pool = self._start()


_analyzer: Analyzer | None = None
_problem: Exception | None = None
_settings = Settings()


def _prepare(settings: Settings, ready: Event) -> None:
    """Make a process ready for `_run`; a model that cannot be loaded is told there. *ready* is set in either case."""
    global _analyzer, _problem, _settings
    # An interrupt from the keyboard goes to all processes; the first one decides what happens.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _settings = settings
    try:
        _analyzer = load_analyzer(settings)
    except Exception as error:
        _problem = error
    ready.set()


def _end_with_parent() -> None:
    """End this process when the first one is gone: it would wait for tasks forever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _run(tasks: list[Task]) -> list[Outcome]:
    if _analyzer is None:
        raise _problem or RuntimeError("the process was not prepared")
    return run_tasks(_analyzer, tasks, _settings.columns)
