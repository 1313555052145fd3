"""News items in IPTC's ninjs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analyzer.article import Article
from analyzer.readers import Columns, find_items
from tests.analyzer.readers.helpers import TEXT, as_dict, read

HTML = "<p>“We will return to the talks,” envoy Ana Lind said.</p><p>Sudria called the offer a farce.</p>"
FROM_HTML = TEXT.replace(". S", ".\nS")
VERSION_1 = {
    "uri": "urn:norpress:1",
    "type": "text",
    "versioncreated": "2026-05-03T10:00:00Z",
    "byline": "Kit Moor",
    "headline": "Talks  resume",
    "infosource": [{"name": "Norpress"}],
    "body_text": TEXT,
    "body_html": HTML,
}
VERSION_2 = {
    "uri": "urn:norpress:1",
    "versioncreated": "2026-05-03T10:00:00Z",
    "by": "Kit Moor",
    "headlines": [{"role": "short", "value": "Talks"}, {"role": "main", "value": "Talks resume"}],
    "infosources": [{"name": "Norpress"}],
    "bodies": [
        {"role": "main", "contenttype": "text/html", "value": HTML},
        {"role": "caption", "contenttype": "text/plain", "value": "Ana Lind on Friday."},
        {"role": "main", "contenttype": "text/plain; charset=utf-8", "value": TEXT},
    ],
}
VERSION_3 = {
    "uri": "urn:norpress:1",
    "versionCreated": "2026-05-03T10:00:00Z",
    "headlines": [{"value": "Talks resume"}],
    "infoSources": [{"name": "Norpress"}],
    "bodies": [
        {"contentType": "application/xhtml+xml", "value": HTML},
        {"contentType": "text/plain", "value": TEXT},
    ],
}


def write(path: Path, *items: dict[str, Any]) -> Path:
    path.write_text("\n".join(map(json.dumps, items)))
    return path


@pytest.mark.parametrize("item", [VERSION_1, VERSION_2, VERSION_3])
@pytest.mark.parametrize("name", ["item.json", "items.jsonl"])
def test_news_items_of_every_version_are_read(tmp_path: Path, name: str, item: dict[str, Any]) -> None:
    (article,) = read(write(tmp_path / name, item))
    assert article.id == f"{tmp_path.as_posix()}/{name}#urn:norpress:1"
    assert as_dict(article) == {
        "text": TEXT,
        "title": "Talks resume",
        "date": "2026-05-03",
        "outlet": "Norpress",
    }


@pytest.mark.parametrize(
    "item",
    [
        {key: value for key, value in VERSION_1.items() if key != "body_text"},
        {**VERSION_2, "bodies": VERSION_2["bodies"][:1]},
        {**VERSION_3, "bodies": VERSION_3["bodies"][:1]},
    ],
)
def test_html_is_the_second_choice(tmp_path: Path, item: dict[str, Any]) -> None:
    path = write(tmp_path / "items.jsonl", item)
    (found,) = find_items([path])
    assert isinstance(found.content, bytes)
    (article,) = read(path)
    assert article.id.endswith("#urn:norpress:1")
    assert as_dict(article) == {
        "text": FROM_HTML,
        "title": "Talks resume",
        "date": "2026-05-03",
        "outlet": "Norpress",
    }


@pytest.mark.parametrize(
    "bodies", [[], [{"contenttype": "text/html", "value": "<p></p>"}], [{"value": 3}, "x", None], [{}]]
)
def test_a_news_item_without_text_is_a_failure_among_others(tmp_path: Path, bodies: list[Any]) -> None:
    path = write(
        tmp_path / "items.jsonl",
        VERSION_1,
        {**VERSION_2, "uri": "urn:norpress:2", "bodies": bodies},
        VERSION_3,
    )
    first, failed, last = read(path)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert failed.id.endswith("#urn:norpress:2")
    assert "no text" in str(failed)


def test_a_named_text_column_goes_before_the_standard(tmp_path: Path) -> None:
    (article,) = read(
        write(tmp_path / "items.jsonl", {**VERSION_1, "lead": "Lind: talks go on"}), Columns(text="lead")
    )
    assert as_dict(article)["text"] == "Lind: talks go on"


def test_other_named_columns_go_with_the_standard(tmp_path: Path) -> None:
    columns = Columns(date="firstcreated")
    (article,) = read(write(tmp_path / "items.jsonl", {**VERSION_2, "firstcreated": "2026-05-01"}), columns)
    assert as_dict(article) | {"text": TEXT, "date": "2026-05-01"} == as_dict(article)


@pytest.mark.parametrize(
    "more",
    [
        {"body_length": 80},
        {"Body_Text": None},
        {"bodies": []},
        {"bodies": [{"contenttype": "image/png", "value": "x"}]},
        {"body_html": " "},
    ],
)
@pytest.mark.parametrize("name", ["text", "content"])
def test_a_text_of_another_name_is_not_lost(tmp_path: Path, name: str, more: dict[str, Any]) -> None:
    row = {"uri": "urn:norpress:1", "title": "Talks resume", name: TEXT, **more}
    (article,) = read(write(tmp_path / "items.jsonl", row))
    assert article.id.endswith("#urn:norpress:1")
    assert (as_dict(article)["text"], as_dict(article)["title"]) == (TEXT, "Talks resume")


def test_bytes_that_are_not_utf_8_end_no_html(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    good = json.dumps(VERSION_1, ensure_ascii=False) + "\n"
    bodies = [{"contenttype": "text/html", "value": "<p>He met Jos\0.</p><p>José and “Ana” – à la fin.</p>"}]
    item = json.dumps({**VERSION_2, "bodies": bodies}, ensure_ascii=False).replace("\\u0000", "\0")
    path.write_bytes((good * 20 + item).encode().replace(b"\0", b"\xe9"))
    *_, article = read(path)
    assert isinstance(article, Article)
    assert article.text == "He met Jos�.\nJosé and “Ana” – à la fin."
    assert article.warnings == ("1 byte is not UTF-8; shown as �",)


def test_warnings_of_a_guess_go_with_html_too(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    item = {key: value for key, value in VERSION_1.items() if key != "body_text"}
    path.write_bytes(json.dumps({**item, "byline": "José Peña"}, ensure_ascii=False).encode("cp1252"))
    (article,) = read(path)
    assert isinstance(article, Article)
    assert as_dict(article)["text"] == FROM_HTML
    assert "guess" in article.warnings[0]
