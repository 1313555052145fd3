"""JSON Lines, as a program reads them back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from analyzer.quotation import Analysis
from analyzer.writers import write_jsonl
from tests.analyzer.writers.samples import FAILURE
from tests.hand_made import strait_analysis


def test_one_object_a_line() -> None:
    stream = io.StringIO()
    write_jsonl([strait_analysis(), FAILURE], stream)
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert first == strait_analysis().to_dict()
    assert second == {
        "schema": 1,
        "id": "news/empty.txt",
        "error": {"type": "ArticleError", "message": "the file is empty"},
    }


def test_results_are_written_before_the_next_is_asked_for() -> None:
    stream = io.StringIO()

    def results() -> Iterator[Analysis]:
        yield strait_analysis()
        assert "We will return" in stream.getvalue()

    write_jsonl(results(), stream)


def test_no_results_are_no_lines() -> None:
    stream = io.StringIO()
    write_jsonl([], stream)
    assert stream.getvalue() == ""
