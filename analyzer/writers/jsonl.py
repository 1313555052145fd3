"""Results as JSON Lines: one JSON object an article, with everything that is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from analyzer.results import Result


def write_jsonl(results: Iterable[Result], stream: TextIO) -> None:
    """Write one JSON object a line, each as soon as it is there."""
    for result in results:
        stream.write(result.to_json() + "\n")
        stream.flush()
