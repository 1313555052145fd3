"""The articles of some input, analyzed by a Ray cluster: Ray Data moves them, actors hold the model.

Input and output are on storage that all nodes see under the same path. The output is a folder of parts, whose names in
order give the articles in the order of the input: together they are, byte for byte, what one machine writes.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzer.batch.groups import ARTICLES_TOGETHER, in_groups, item_size
from analyzer.batch.summary import Tally
from analyzer.batch.worker import Outcome, Settings, Task, load_analyzer, run_tasks
from analyzer.errors import ClusterError, MissingExtraError, ModelError
from analyzer.failure import Failure
from analyzer.formats import Format, write_results
from analyzer.output import open_folder_output
from analyzer.readers import File, InputFormat, find_files, items_in_file
from analyzer.results import Result, result_from_json
from analyzer.tables import DEFAULT_MODEL

if TYPE_CHECKING:
    from ray.data import Dataset

RAY_FORMATS = (Format.JSONL, Format.CSV, Format.PARQUET)
"""Formats of which several files are as good as one."""

FILES_A_BLOCK = 64
BLOCKS_AN_ACTOR = 4
ARTICLES_A_PART = 1000
BLOCK_BYTES = 2**20
"""How much is passed on at a time: Ray's default of 128 MB is hours of work for one actor."""


@dataclass(slots=True)
class Part:
    """What one file of the output holds: counts, and its failures."""

    tally: Tally = field(default_factory=Tally)
    failures: list[Failure] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        self.tally.add(outcome.quotations, outcome.failure.type if outcome.failure else None)
        if outcome.failure:
            self.failures.append(outcome.failure)


def analyze_on_ray(
    paths: Sequence[Path],
    settings: Settings,
    output: Path,
    format: Format,
    *,
    input_format: InputFormat | None = None,
    actors: int | None = None,
    progress: bool = False,
) -> list[Part]:
    """Analyze the articles of *paths* into the folder *output*, by so many *actors*, by default one a processor.

    With *progress*, Ray shows its own on standard error. Connects to the cluster that ``RAY_ADDRESS`` names or that
    this machine is part of; otherwise starts Ray here. The folder appears when all is done. Raises `MissingExtraError`
    if Ray is not installed, `ModelError`, `ClusterError` if Ray cannot be reached or gives up, `OSError` if the folder
    cannot be written.
    """
    try:
        import ray
    except ImportError as error:
        raise MissingExtraError("Ray is not installed: pip install 'communique[ray]'") from error
    folder = (settings.model or DEFAULT_MODEL).absolute()
    if not (folder / "config.json").is_file():
        raise ModelError(
            f"{folder}: no model there: expected a folder with config.json and model.safetensors"
        )
    try:
        _connect(progress)
    except ConnectionError as error:
        raise ClusterError(f"the cluster cannot be reached: {error}") from error
    settings = replace(settings, model=settings.model and folder)
    actors = actors or max(1, int(ray.cluster_resources().get("CPU", 1)))
    files = enumerate(map(_absolute, find_files(paths, exclude=[output])))
    with open_folder_output(output.absolute()) as parts:
        try:
            tasks = _read(files, settings, input_format, actors)
            return _write(_analyze(tasks, settings, actors), parts, format)
        except ray.exceptions.RayError as error:
            raise ClusterError(f"Ray has given up: {error}") from error


def _absolute(file: File | Failure) -> File | Failure:
    """*file* as processes see it that run in other folders."""
    return file if isinstance(file, Failure) else replace(file, path=file.path.absolute())


def _connect(progress: bool) -> None:
    import ray.data

    logging.getLogger("ray.data").setLevel(logging.WARNING)
    if not ray.is_initialized():
        ray.init(log_to_driver=False, logging_level=logging.WARNING, include_dashboard=False)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.target_max_block_size = BLOCK_BYTES
    context.enable_progress_bars = progress


def _read(
    files: Iterable[tuple[int, File | Failure]],
    settings: Settings,
    format: InputFormat | None,
    actors: int,
) -> Dataset:
    """The articles of *files* as a dataset with one column: ``task``, pickled."""
    import ray.data

    def read(batch: dict[str, Any]) -> Iterator[dict[str, list[bytes]]]:
        for number, file in map(pickle.loads, batch["file"]):
            for item in items_in_file(file, settings.columns, format):
                yield {"task": [pickle.dumps(Task(index=number, item=item))]}

    rows = [{"file": pickle.dumps(file)} for file in files]
    blocks = max(len(rows) // FILES_A_BLOCK, min(len(rows), BLOCKS_AN_ACTOR * actors))
    # Reading takes no processor, since the actors have them all. So Ray does not let the actors read, either, and a
    # large file is shared among them.
    return ray.data.from_items(rows, override_num_blocks=blocks).map_batches(
        read, batch_size=None, num_cpus=0
    )


class _Actor:
    """Holds the model."""

    def __init__(self, settings: Settings) -> None:
        self._analyzer = load_analyzer(settings)
        self._columns = settings.columns

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[bytes]]:
        groups = in_groups(map(pickle.loads, batch["task"]), lambda task: item_size(task.item))
        outcomes = chain.from_iterable(run_tasks(self._analyzer, tasks, self._columns) for tasks in groups)
        return {"outcome": [pickle.dumps(outcome) for outcome in outcomes]}


def _analyze(tasks: Dataset, settings: Settings, actors: int) -> Dataset:
    """The outcomes of *tasks* as a dataset with one column: ``outcome``, pickled."""
    from ray.data import ActorPoolStrategy

    return tasks.map_batches(
        _Actor,
        fn_constructor_args=(settings,),
        batch_size=ARTICLES_TOGETHER,
        compute=ActorPoolStrategy(size=actors),
        num_cpus=1,
    )


def _write(outcomes: Dataset, folder: Path, format: Format) -> list[Part]:
    from ray.data import Datasink

    parts: list[Part] = []

    class Parts(Datasink[Part]):
        """One file a task. A task that is done again, as its node has failed, writes the same file again."""

        @property
        def min_rows_per_write(self) -> int:
            return ARTICLES_A_PART

        def write(self, blocks: Iterable[Any], ctx: Any) -> Part:
            part = Part()
            path = folder / f"part-{ctx.task_idx:06}.{format}"
            write_results(_results(blocks, part), path, format)
            return part

        def on_write_complete(self, write_result: Any) -> None:
            parts.extend(write_result.write_returns)

    outcomes.write_datasink(Parts(), ray_remote_args={"num_cpus": 0})
    return parts


def _results(blocks: Iterable[Any], part: Part) -> Iterator[Result]:
    from ray.data.block import BlockAccessor

    for block in blocks:
        for pickled in BlockAccessor.for_block(block).to_arrow().column("outcome").to_pylist():
            outcome = pickle.loads(pickled)
            part.add(outcome)
            yield result_from_json(outcome.line)
