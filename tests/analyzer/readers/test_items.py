"""Items: what there is to read, found one at a time and read anywhere."""

from __future__ import annotations

import gzip
import io
import json
import os
import pickle
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from analyzer.article import Article
from analyzer.failure import Failure
from analyzer.readers import InputFormat, Item, find_items, input_size, read_item
from tests.analyzer.readers.helpers import TEXT, read
from tests.analyzer.readers.test_html import PAGE


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with a text, a page, a table with a broken row, and an archive."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.html").write_text(PAGE)
    (folder / "c.jsonl").write_text(json.dumps({"text": TEXT}) + "\n{broken\n")
    with zipfile.ZipFile(folder / "d.zip", "w") as archive:
        archive.writestr("a.txt", TEXT)
    return folder


def test_items_can_be_sent_to_another_process(news: Path) -> None:
    items = list(find_items([news, news / "missing.txt"]))
    kinds = [type(item.content) for item in items]
    assert [kind if not issubclass(kind, Path) else Path for kind in kinds] == [
        *(Path, Path, Article, Failure, bytes, Failure),
    ]
    for item in items:
        sent = pickle.loads(pickle.dumps(item))
        assert sent == item
        assert read_item(sent) == read_item(item)
        assert read_item(sent).id == item.id


def test_items_are_found_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text((json.dumps({"text": TEXT}) + "\n") * 20_000)
    items = find_items([path])
    next(items)
    path.write_text("")
    assert sum(1 for _ in items) < 19_999


def test_a_file_is_read_when_its_item_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Before.")
    (item,) = find_items([path])
    path.write_text("After.")
    article = read_item(item)
    assert isinstance(article, Article)
    assert article.text == "After."
    assert item.size == len("Before.")


def test_too_large_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.readers.limits.MAX_BYTES", 10)
    (tmp_path / "a.txt").write_text("x" * 11)
    (failure,) = read(tmp_path / "a.txt")
    assert isinstance(failure, Failure)
    assert "over 10 bytes" in failure.message


def give_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


def test_standard_input_is_text_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    give_standard_input(monkeypatch, TEXT.encode())
    (item,) = find_items([Path("-")])
    assert isinstance(item.content, bytes)
    assert item.size == len(TEXT.encode())
    assert read_item(item) == Article(id="stdin", text=TEXT)


def test_standard_input_is_read_in_a_given_format(monkeypatch: pytest.MonkeyPatch) -> None:
    give_standard_input(monkeypatch, (json.dumps({"id": "a", "text": TEXT}) + "\n").encode() * 2)
    assert [article.id for article in read(Path("-"), format=InputFormat.JSONL)] == ["stdin#a", "stdin#a"]
    give_standard_input(monkeypatch, PAGE.encode())
    (article,) = read(Path("-"), format=InputFormat.HTML)
    assert isinstance(article, Article)
    assert article.outlet == "The Norland Post"


def test_empty_standard_input_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    for format in (None, *InputFormat):
        give_standard_input(monkeypatch, b"")
        (failure,) = read(Path("-"), format=format)
        assert isinstance(failure, Failure)
        assert failure.id == "stdin"
        assert "internal" not in failure.message


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Path]:
    """A pipe out of which comes `TEXT` as a line of JSON."""
    path = tmp_path / "pipe.jsonl"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=[json.dumps({"text": TEXT}) + "\n"])
    writer.start()
    yield path
    writer.join(timeout=10)


def test_a_given_pipe_is_read_at_once(pipe: Path) -> None:
    assert input_size([pipe]) is None
    (item,) = find_items([pipe])
    assert isinstance(item.content, Article)
    assert item.content.text == TEXT


def test_an_archive_in_a_pipe_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pipe.zip"
    os.mkfifo(path)
    (failure,) = read(path)
    assert "pipe" in str(failure)


def test_warnings_of_an_item_come_before_its_articles() -> None:
    data = "“No,” said José Peña – “never.”".encode("cp1252")
    article = read_item(Item(id="a", size=0, content=data, warnings=("guessed",)))
    assert isinstance(article, Article)
    assert article.warnings[0] == "guessed"
    assert len(article.warnings) == 2


def test_what_stands_before_the_damage_in_a_small_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    lines = "".join(json.dumps({"text": f"{number}: {TEXT}"}) + "\n" for number in range(20))
    path.write_bytes(gzip.compress(lines.encode())[:-8])
    *articles, failure = read(path)
    assert len(articles) == 20
    assert "damaged" in str(failure)


def test_bytes_are_read_as_their_name_tells() -> None:
    page = Item(id="a", size=0, content=PAGE.encode(), name="a.HTML")
    article = read_item(page)
    assert isinstance(article, Article)
    assert article.title == "Talks on the strait stall"
    assert read_item(Item(id="a", size=0, content=TEXT.encode())) == Article(id="a", text=TEXT)
    failure = read_item(Item(id="a", size=0, content=b"\0" * 100, name="a.txt"))
    assert isinstance(failure, Failure)
