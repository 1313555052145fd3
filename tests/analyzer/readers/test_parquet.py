"""Parquet, whose columns may hold what Python cannot."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analyzer.article import Article
from analyzer.readers import Columns
from tests.analyzer.readers.helpers import TEXT, as_dict, read, write


@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".csv", ".parquet"])
def test_columns_can_be_named(tmp_path: Path, suffix: str) -> None:
    rows = [{"text": "no", "a": TEXT, "b": "x", "c": "2026-05-03", "d": "Talks", "e": "Norpress"}]
    path = write(tmp_path / f"news{suffix}", rows)
    (article,) = read(path, Columns(text="a", id="b", date="c", title="d", outlet="e"))
    assert article.id == f"{path.as_posix()}#x"
    assert as_dict(article) == {"text": TEXT, "title": "Talks", "date": "2026-05-03", "outlet": "Norpress"}


@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".csv", ".parquet"])
def test_without_a_text_column_the_file_fails_once_and_lists_its_columns(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"news{suffix}", [{"id": "a", "words": TEXT}] * 3)
    (failure,) = read(path)
    assert failure.id == path.as_posix()
    assert "--text-column" in str(failure)
    assert "id, words" in str(failure)


@pytest.mark.parametrize("name", ["news.jsonl", "news.json", "news.csv", "news.parquet"])
def test_an_empty_file_is_a_failure(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    (failure,) = read(tmp_path / name)
    assert failure.id == (tmp_path / name).as_posix()
    assert getattr(failure, "type", "") == "ArticleError"


def test_parquet_holds_dates_numbers_dictionaries_and_structures(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    columns = {
        "id": pa.array([1, None]),
        "date": pa.array([datetime(2026, 5, 3, 10), None], pa.timestamp("ns", "UTC")),
        "title": pa.array(["Talks", "Talks"]).dictionary_encode(),
        "source": pa.array([{"name": "Norpress"}, None]),
        "text": pa.array([TEXT, TEXT], pa.large_string()),
        "unused": pa.array([b"x" * 1000, b"x"]),
    }
    pq.write_table(pa.table(columns), path)
    first, second = read(path)
    assert [first.id, second.id] == [f"{path.as_posix()}#1", f"{path.as_posix()}#2"]
    assert as_dict(first) == {"text": TEXT, "title": "Talks", "date": "2026-05-03", "outlet": "Norpress"}
    assert as_dict(second) == {"text": TEXT, "title": "Talks", "date": None, "outlet": None}


def test_parquet_dates_without_time(tmp_path: Path) -> None:
    (article,) = read(write(tmp_path / "news.parquet", [{"text": TEXT, "date": date(2026, 5, 3)}]))
    assert as_dict(article)["date"] == "2026-05-03"


@pytest.mark.parametrize(
    ("value", "type", "day", "quoted"),
    [
        (10**12, pa.timestamp("s"), None, "1000000000000"),
        (3_000_000, pa.date32(), None, "10183-09-21"),
        (-(10**6), pa.date32(), None, "-"),
        (10**17, pa.date64(), None, "out of range"),
        (0, pa.timestamp("us", "Nowhere/Else"), None, "Nowhere/Else"),
        (1_777_777_777_777_777_777, pa.timestamp("ns"), "2026-05-03", ""),
        (1_777_777_777_777_777_777, pa.timestamp("ns", "UTC"), "2026-05-03", ""),
    ],
)
def test_parquet_dates_that_python_cannot_hold_lose_no_rows(
    tmp_path: Path,
    value: int,
    type: pa.DataType,
    day: str | None,
    quoted: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    path = tmp_path / "news.parquet"
    dates = pa.array([None, value], pa.int32() if type == pa.date32() else pa.int64()).cast(type)
    pq.write_table(pa.table({"text": [TEXT] * 2, "date": dates}), path)
    first, second = read(path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.warnings == ()
    assert (second.text, second.date) == (TEXT, day)
    assert bool(second.warnings) == (day is None)
    assert quoted in "".join(second.warnings)


@pytest.mark.parametrize(
    ("type", "as_bytes"),
    [
        (pa.large_string(), pa.large_binary()),
        (pa.string_view(), pa.binary_view()),
        (pa.string(), pa.binary()),
    ],
)
def test_parquet_of_every_kind_of_string_may_be_in_other_encodings(
    tmp_path: Path, type: pa.DataType, as_bytes: pa.DataType
) -> None:
    path = tmp_path / "news.parquet"
    data = "“No,” said José Peña of Norland’s mission – “never.”".encode("cp1252")
    text = pa.Array.from_buffers(type, 2, pa.array([data, b"ok"], as_bytes).buffers())
    columns = {"text": text}
    if type == pa.string():
        columns["title"] = pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int32()), text)
    pq.write_table(pa.table(columns), path)
    assert [as_dict(article)["text"] for article in read(path)] == [data.decode("cp1252"), "ok"]


def test_parquet_of_hardly_more_than_rows_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.parquet"
    pq.write_table(pa.table({"text": pa.nulls(200_000, pa.string())}), path)
    monkeypatch.setattr("analyzer.readers.limits.MAX_BYTES", 100_000)
    *failures, last = read(path)
    assert len(failures) < 10_000
    assert "200 times" in str(last)


def test_parquet_with_bytes_for_text_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    data = "“No,” said José Peña of Norland’s mission – “never.”".encode("cp1252")
    broken = pa.Array.from_buffers(
        pa.string(),
        2,
        [
            None,
            pa.py_buffer(
                bytes([0, 0, 0, 0, *len(data).to_bytes(4, "little"), *(len(data) + 2).to_bytes(4, "little")])
            ),
            pa.py_buffer(data + b"ok"),
        ],
    )
    pq.write_table(pa.table({"text": broken, "body": pa.array([b"a", b"\xff" * 5])}), path)
    first, second = read(path)
    assert as_dict(first)["text"] == data.decode("cp1252")
    assert as_dict(second)["text"] == "ok"


def test_parquet_that_is_damaged_keeps_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    rows = [{"text": f"{number} {TEXT}"} for number in range(200)]
    pq.write_table(
        pa.Table.from_pylist(rows), path, row_group_size=100, compression="zstd", use_dictionary=False
    )
    data = bytearray(path.read_bytes())
    start = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data[start : start + 200] = bytes(200)
    path.write_bytes(data)
    *articles, failure = read(path)
    assert len(articles) >= 100
    assert "damaged" in str(failure)


def test_parquet_that_expands_too_much_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.parquet"
    pq.write_table(pa.table({"text": pa.array([TEXT * 100] * 5000)}), path)
    monkeypatch.setattr("analyzer.readers.limits.MAX_BYTES", 100_000)
    *articles, failure = read(path)
    assert "200 times" in str(failure)
    assert len(articles) < 5000
