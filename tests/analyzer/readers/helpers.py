"""What the tests of readers share."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analyzer.article import Article
from analyzer.failure import Failure
from analyzer.readers import Columns, InputFormat, find_items, read_item

TEXT = "“We will return to the talks,” envoy Ana Lind said. Sudria called the offer a farce."


BY_USUAL_NAMES = Columns()


def read(
    path: Path, columns: Columns = BY_USUAL_NAMES, format: InputFormat | None = None
) -> list[Article | Failure]:
    """All that *path* stands for, read."""
    return [read_item(item, columns) for item in find_items([path], columns, format)]


def summary(results: list[Article | Failure], path: Path) -> dict[str, str]:
    """The text, or the type and message of the failure, under each id without the *path* that it begins with."""
    held = {
        result.id: result.text if isinstance(result, Article) else f"{result.type}: {result.message}"
        for result in results
    }
    return {id.removeprefix(path.as_posix()): text for id, text in held.items()}


def as_dict(article: Article | Failure) -> Mapping[str, Any]:
    """The fields of an *article* that was read but for its id and warnings."""
    assert isinstance(article, Article), article
    return {"text": article.text, "title": article.title, "date": article.date, "outlet": article.outlet}


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    """*rows* in the format that the suffix of *path* tells."""
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
        return path
    with path.open("w", encoding="utf-8", newline="") as stream:
        if path.suffix == ".json":
            json.dump(rows, stream, indent=1)
        elif path.suffix in {".jsonl", ".ndjson"}:
            stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        else:
            writer = csv.DictWriter(stream, list(rows[0]), delimiter="\t" if path.suffix == ".tsv" else ",")
            writer.writeheader()
            writer.writerows(rows)
    return path
