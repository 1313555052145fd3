"""``python -m eval.mutate [FILE.py ...]``: are the tests of the measures tests?

Each mutation changes a threshold, a denominator or a rule in a copy of the code; that measure's tests have to fail
there. After DeMillo, Lipton & Sayward, Hints on Test Data Selection (Computer 11:4, 1978). Exit code 1 if a mutation
survives, 2 if one does not fit the code any more, or if tests fail or cannot run without one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from analyzer.tables import read_table

ROOT = Path(__file__).parents[1]
TABLE = Path(__file__).parent / "mutations.tsv"
TIMES_SLOWER = 20
LEAST_SECONDS = 60
"""How long tests may take with a mutation: so many times what they take without one, and at least so many seconds.

What takes longer is an endless loop, which counts as noticed.
"""

Outcome = str
"""``killed``, ``survived``, or ``broken``: the tests could not run at all."""


class Mutation(NamedTuple):
    """In ``eval/FILE`` *old*, which occurs there once, becomes *new*; a test in ``tests/eval/TESTS`` has to fail."""

    file: str
    tests: str
    old: str
    new: str


def load_mutations(table: Path = TABLE) -> list[Mutation]:
    """The mutations of *table*. Raises ValueError for a row that is none."""
    rows = read_table(table)
    if wrong := [row for row in rows if len(row) != len(Mutation._fields)]:
        raise ValueError(f"{table.name}: not file, tests, old and new text: {wrong[0]!r}")
    return [Mutation(*row) for row in rows]


def mutate(mutation: Mutation, code: str) -> str:
    """*code* with the *mutation*. Raises ValueError if its text does not occur exactly once."""
    found = code.count(mutation.old)
    if found != 1:
        raise ValueError(f"eval/{mutation.file}: {mutation.old!r} occurs {found} times and not once")
    return code.replace(mutation.old, mutation.new)


def run_mutations(mutations: list[Mutation], root: Path = ROOT) -> Iterator[tuple[Mutation, Outcome]]:
    """Run the tests of each of *mutations* in a copy of the tree at *root*.

    Raises ValueError for one that does not fit the code, or whose tests fail without it.
    """
    mutated = [mutate(one, (root / "eval" / one.file).read_text(encoding="utf-8")) for one in mutations]
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        _copy(root, copy)
        seconds = {}
        for tests in dict.fromkeys(one.tests for one in mutations):
            begun = time.monotonic()
            if _run_tests(copy, tests, None) != "survived":
                raise ValueError(f"tests/eval/{tests} fails as it is; make it pass first")
            seconds[tests] = max(LEAST_SECONDS, TIMES_SLOWER * (time.monotonic() - begun))
        for mutation, code in zip(mutations, mutated, strict=True):
            path = copy / "eval" / mutation.file
            original = path.read_bytes()
            path.write_text(code, encoding="utf-8")
            yield mutation, _run_tests(copy, mutation.tests, seconds[mutation.tests])
            path.write_bytes(original)


def _copy(root: Path, copy: Path) -> None:
    for name in ("eval", "tests"):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "results"))
    for name in ("analyzer", "corpus", "training"):
        (copy / name).symlink_to(root / name)
    shutil.copy(root / "pyproject.toml", copy)


def _run_tests(copy: Path, tests: str, seconds: float | None) -> Outcome:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", f"tests/eval/{tests}"]
    # Compiled code is found by its source's time and size, which a mutation may leave as they are.
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return "killed"
    return {0: "survived", 1: "killed"}.get(done.returncode, "broken")


def main(files: Sequence[str]) -> int:
    """Run the mutations of *files*, or all, print what becomes of each, and return the exit code."""
    try:
        every = load_mutations()
        if unknown := sorted(set(files) - {one.file for one in every}):
            raise ValueError(
                f"no mutations of {', '.join(unknown)}; name files as the table does, such as spans.py"
            )
        mutations = [one for one in every if not files or one.file in files]
        outcomes = []
        for mutation, outcome in run_mutations(mutations):
            print(f"{outcome}: eval/{mutation.file}: {mutation.old!r} -> {mutation.new!r}", flush=True)
            outcomes.append(outcome)
    except (ValueError, OSError) as error:
        print(f"python -m eval.mutate: {error}", file=sys.stderr)
        return 2
    print(f"{outcomes.count('killed')} of {len(outcomes)} mutations are noticed by the tests")
    return 2 if "broken" in outcomes else int("survived" in outcomes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
