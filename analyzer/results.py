"""Results as they were written, read back: JSON Lines to analyses and failures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from analyzer.errors import ResultsError
from analyzer.failure import Failure
from analyzer.quotation import SCHEMA_VERSION, Analysis

Result = Analysis | Failure
"""What the output holds for an article."""


@cache
def _adapter() -> TypeAdapter[Analysis]:
    return TypeAdapter(Analysis)


def result_from_dict(data: dict[str, Any]) -> Result:
    """What ``to_dict`` of an `Analysis` or a `Failure` made *data* of. Raises `ResultsError`."""
    schema = data.get("schema")
    if schema != SCHEMA_VERSION:
        raise ResultsError(f"schema is {schema!r}; this version reads {SCHEMA_VERSION}")
    fields = {name: value for name, value in data.items() if name != "schema"}
    try:
        if "error" in fields:
            return Failure(id=str(fields["id"]), **fields["error"])
        return _adapter().validate_python(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ResultsError(f"{where}: {first['msg']}") from error
    except (KeyError, TypeError) as error:
        raise ResultsError(f"no result of communique: {error}") from error


def result_from_json(line: str) -> Result:
    """The result on one *line* of JSON Lines. Raises `ResultsError`."""
    try:
        data = json.loads(line)
    except ValueError as error:
        raise ResultsError(f"not JSON: {error}") from error
    if not isinstance(data, dict):
        raise ResultsError("not a JSON object")
    return result_from_dict(data)


def read_results(path: str | Path) -> Iterator[Result]:
    """The results in the JSON Lines file at *path*, or in those of the folder at *path*, one at a time.

    Raises `ResultsError`, which names the line, and `OSError`.
    """
    path = Path(path)
    if path.is_dir():
        parts = sorted(path.glob("*.jsonl"))
        if not parts:
            raise ResultsError(f"{path} holds no .jsonl file")
        return chain.from_iterable(map(_read_file, parts))
    return _read_file(path)


def _read_file(path: Path) -> Iterator[Result]:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            # A run that goes on, or was killed, may be in the middle of a line.
            if not line.strip() or (path.suffix == ".partial" and not line.endswith(b"\n")):
                continue
            try:
                yield result_from_json(line.decode("utf-8"))
            except UnicodeDecodeError as error:
                raise ResultsError(f"{path}, line {number}: not UTF-8, and so no JSON Lines") from error
            except ResultsError as error:
                raise ResultsError(f"{path}, line {number}: {error}") from error
