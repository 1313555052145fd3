"""The articles of some input, analyzed by one process or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from analyzer.batch.groups import ARTICLES_TOGETHER, in_groups, item_size
from analyzer.batch.processes import analyze_in_processes
from analyzer.batch.worker import Outcome, Settings, Task, load_analyzer, run_tasks
from analyzer.errors import InputError
from analyzer.readers import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """How articles are analyzed: with *settings*, by so many *processes*, results in input order or as they come.

    *together* is how many short articles are taken from the input before the first of them is analyzed.
    """

    settings: Settings
    processes: int = 1
    ordered: bool = True
    together: int = ARTICLES_TOGETHER

    def run(
        self, items: Iterable[Item], is_done: Callable[[Task], bool] = lambda task: False
    ) -> Iterator[Outcome]:
        """The outcomes of the articles of *items*, but for those that are done.

        Raises `ModelError`, and `InputError` if *items* cannot be read to their end: after the outcomes of all before.
        """
        tasks = _Tasks(items, is_done)
        groups = in_groups(tasks, lambda task: item_size(task.item), self.together)
        if self.processes > 1:
            yield from analyze_in_processes(groups, self.settings, self.processes, ordered=self.ordered)
        else:
            yield from _analyze_here(groups, self.settings)
        if tasks.problem is not None:
            raise InputError(f"the input cannot be read to its end: {tasks.problem}") from tasks.problem


class _Tasks:
    """The items that are not done, numbered; ends at an error of the reader, and keeps it."""

    def __init__(self, items: Iterable[Item], is_done: Callable[[Task], bool]) -> None:
        self._items = items
        self._is_done = is_done
        self.problem: Exception | None = None

    def __iter__(self) -> Iterator[Task]:
        numbered = enumerate(self._items)
        while True:
            try:
                index, item = next(numbered)
            except StopIteration:
                return
            except Exception as error:
                self.problem = error
                return
            task = Task(index=index, item=item)
            if not self._is_done(task):
                yield task


def _analyze_here(groups: Iterable[list[Task]], settings: Settings) -> Iterator[Outcome]:
    analyzer = load_analyzer(settings)
    for tasks in groups:
        yield from run_tasks(analyzer, tasks, settings.columns)
