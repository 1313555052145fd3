"""Tables with an article a row, above all JSON Lines, JSON and CSV."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from analyzer.article import Article
from analyzer.failure import Failure
from analyzer.readers import Columns, InputFormat, find_items
from tests.analyzer.readers.helpers import TEXT, as_dict, read, summary, write

ROWS: list[dict[str, Any]] = [
    {
        "ID": "a1",
        "Headline": " Talks\n resume ",
        "pubDate": "2026-05-03",
        "Publisher": "Norpress",
        "Body": TEXT,
    },
    {"ID": "", "Headline": "", "pubDate": "", "Publisher": "", "Body": "“No,” said\r\nJosé Peña."},
    {
        "ID": "a3",
        "Headline": "Talks end",
        "pubDate": "3 May 2026",
        "Publisher": "Norpress",
        "Body": "“Well, no.”",
    },
]


def test_a_named_key_that_an_object_does_not_have_is_warned_of(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", [{"text": TEXT}])
    (article,) = read(path, Columns(date="day"))
    assert isinstance(article, Article)
    (warning,) = article.warnings
    assert "'day'" in warning
    (failure,) = read(path, Columns(text="words"))
    assert "'words'" in str(failure)


def test_a_date_that_is_not_understood_is_warned_of(tmp_path: Path) -> None:
    (article,) = read(write(tmp_path / "news.csv", [{"text": TEXT, "date": "03/05/2026"}]))
    assert isinstance(article, Article)
    assert article.date is None
    assert "03/05/2026" in article.warnings[0]


@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
def test_objects_without_text_fail_alone_wherever_they_stand(tmp_path: Path, suffix: str) -> None:
    rows = [{"id": "meta", "source": "Norpress"}, {}, {"id": "a", "text": TEXT}, {"id": "b"}, {"text": TEXT}]
    path = write(tmp_path / f"news{suffix}", rows)
    found = summary(read(path), path)
    assert list(found) == ["#meta", "#2", "#a", "#b", "#5"]
    assert [id for id, text in found.items() if text == TEXT] == ["#a", "#5"]
    assert "--text-column" in found["#meta"]


def test_only_the_first_thousand_objects_are_waited_for(tmp_path: Path) -> None:
    with_text = [{"text": TEXT}]
    path = write(tmp_path / "news.jsonl", [{"id": "a"}] * 999 + with_text)
    assert len(read(path)) == 1000
    path = write(tmp_path / "news.jsonl", [{"id": "a"}, {"words": TEXT}] * 500 + with_text)
    (failure,) = read(path)
    assert failure.id == path.as_posix()
    assert "id, words" in str(failure)


def test_broken_lines_are_no_objects_without_text(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("{broken\n" * 1500)
    assert len(read(path)) == 1500


def test_objects_without_text_before_the_damage_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    path.write_text('[{"id": "a"}, {"id": "b"} broken')
    assert list(summary(read(path), path)) == ["#a", "#b", ""]


def test_names_of_columns_are_not_kept(tmp_path: Path) -> None:
    read(write(tmp_path / "first.jsonl", [{"text": TEXT}]))
    path = write(
        tmp_path / "news.jsonl", [{"text": TEXT, f"{number}" * 100_000: 1} for number in range(10, 60)]
    )
    tracemalloc.start()
    read(path)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 2_000_000


def test_an_id_as_long_as_a_text_is_none(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", [{"id": "x" * 100_000, "text": TEXT}])
    assert list(summary(read(path), path)) == ["#1"]


def test_broken_lines_fail_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.readers.limits.MAX_BYTES", 1000)
    lines = [
        "{broken",
        json.dumps({"text": TEXT}),
        "",
        "[1]",
        json.dumps({"text": "x" * 2000}),
        json.dumps({"text": None}),
        json.dumps({"text": " \n"}),
        json.dumps({"id": "a", "title": "Talks"}),
        "[" * 500,
        "9" * 900,
        json.dumps({"text": TEXT}),
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(lines))
    found = summary(read(path), path)
    assert [id for id, text in found.items() if text == TEXT] == ["#2", "#11"]
    assert list(found) == ["#1", "#2", "#4", "#5", "#6", "#7", "#a", "#9", "#10", "#11"]
    assert "not JSON" in found["#1"]
    assert "not a JSON object" in found["#4"]
    assert "over 1,000 characters" in found["#5"]
    assert "no text in 'text'" in found["#6"]
    assert "--text-column" in found["#a"]


def test_very_deep_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"a":' * 100_000 + "\n" + json.dumps({"text": TEXT}))
    failure, article = read(path)
    assert "not JSON" in str(failure)
    assert as_dict(article)["text"] == TEXT
    path = tmp_path / "news.json"
    path.write_text('[{"a":' * 100_000)
    (failure,) = read(path)
    assert "not JSON" in str(failure)


def test_lines_in_other_encodings_are_guessed_one_by_one(tmp_path: Path) -> None:
    text = "“We will not wait,” said the café’s envoy José Peña – “not for them.”"
    line = json.dumps({"text": text}, ensure_ascii=False)
    path = tmp_path / "news.jsonl"
    path.write_bytes(line.encode() + b"\n" + (line + "\n").encode() * 2000 + line.encode("cp1252"))
    *good, last = read(path)
    assert {as_dict(article)["text"] for article in [*good, last]} == {text}
    assert isinstance(last, Article)
    assert "guess" in last.warnings[0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".csv"])
def test_tables_are_read_in_other_encodings(tmp_path: Path, encoding: str, suffix: str) -> None:
    rows = [{"text": "“We will not wait,” said the café’s envoy José Peña – “not for them.”"}] * 3
    path = write(tmp_path / f"news{suffix}", rows)
    content = json.dumps(rows, ensure_ascii=False) if suffix == ".json" else path.read_text(encoding="utf-8")
    path.write_bytes(content.encode(encoding))
    assert [as_dict(article)["text"] for article in read(path)] == [row["text"] for row in rows]


@pytest.mark.parametrize(("name", "content"), [("a.json", "[]"), ("a.csv", "id,text\n"), ("a.jsonl", "\n\n")])
def test_a_table_without_rows_is_a_failure(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    (item,) = find_items([path])
    assert isinstance(item.content, Failure)
    assert item.content.message == "the file holds no article"


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        ('{"id": "a", "text": "One."}', ["#a"]),
        ('{"text": "One."}', ["#1"]),
        (' [ {"text": "One."} , {"text": "Two."} ] ', ["#1", "#2"]),
        ('{"text": "One."}\n{"text": "Two."}', ["#1", "#2"]),
    ],
)
def test_json_is_one_object_a_list_or_several_objects(tmp_path: Path, content: str, ids: list[str]) -> None:
    path = tmp_path / "news.json"
    path.write_text(content)
    assert list(summary(read(path), path)) == ids


def test_what_stands_before_the_damage_in_json_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    for rest in ("", ', {"text": "T', ' {"text": "Two."}]', ", broken]", ", {'text': 1}]"):
        path.write_text('[{"text": "One."}' + rest)
        found = summary(read(path), path)
        assert found["#1"] == "One."
        assert "not JSON" in found[""]


def test_long_values_in_json_are_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{number} " + "“Wait,” she said. " * 4000 for number in range(10)]
    path = write(tmp_path / "news.json", [{"n": 1234567890, "text": text} for text in texts])
    assert [as_dict(article)["text"] for article in read(path)] == texts
    monkeypatch.setattr("analyzer.readers.limits.MAX_BYTES", 10_000)
    (failure,) = read(path)
    assert "over 10,000 characters" in str(failure)


def test_an_outlet_may_be_an_object_with_a_name(tmp_path: Path) -> None:
    path = write(
        tmp_path / "news.jsonl", [{"content": TEXT, "source": {"id": 1, "name": "Norpress"}, "id": 7.0}]
    )
    (article,) = read(path)
    assert article.id.endswith("#7")
    assert as_dict(article)["outlet"] == "Norpress"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_of_csv_is_what_parts_the_names(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "news.csv"
    path.write_text(f'"id,;"{delimiter}text\r\n1{delimiter}"{TEXT}"\r\n\r\n')
    (article,) = read(path)
    assert article.id.endswith("#1")
    assert as_dict(article)["text"] == TEXT


def test_broken_rows_of_csv_fail_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.readers.limits.MAX_BYTES", 1000)
    long = '"' + 'a ""long"" line\n' * 100 + '"'
    path = tmp_path / "news.csv"
    path.write_text(
        f'id,text\n1,One.\n2,{long}\n3,One, two.\n4\n5,"Five\nlines."\n6,{"x" * 5000}\n7,"Seven.\n8,Eight.\n'
    )
    found = summary(read(path), path)
    assert list(found) == ["#1", "#2", "#3", "#4", "#5", "#6", "#7"]
    assert (found["#1"], found["#5"]) == ("One.", "Five\nlines.")
    assert "over 1,000 characters" in found["#2"]
    assert "3 cells" in found["#3"]
    assert "no text" in found["#4"]
    assert "over 1,000 characters" in found["#6"]
    assert "quotation mark" in found["#7"]


@pytest.mark.parametrize(
    "broken",
    ['2,"“Two,” "she" said."', '2,"Two.\n3,"Three."', '2,"Two." and more', '2,"Two.\n3,Three.\n4,"Four.",5'],
)
def test_a_mark_too_many_or_too_few_merges_no_rows_silently(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "news.csv"
    path.write_text(f'id,text\n1,"One."\n{broken}\n8,"Eight."\n9,"Nine."\n')
    found = summary(read(path), path)
    assert list(found) == ["#1", "#2", "#8", "#9"]
    assert "not CSV" in found["#2"]
    assert (found["#1"], found["#8"], found["#9"]) == ("One.", "Eight.", "Nine.")


def test_broken_names_of_columns_are_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    for names in ('"id"x,text', 'id,"text'):
        path.write_text(f"{names}\n1,One.\n")
        (failure,) = read(path)
        assert "mark" in str(failure)
        assert "internal" not in str(failure)


def test_utf_16_that_is_cut_off_keeps_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_bytes(f'text\n"{TEXT}"\n"{TEXT}'.encode("utf-16")[:-1])
    found = summary(read(path), path)
    assert found[""].startswith("ArticleError: the file is not valid UTF-16")


def test_a_stray_mark_in_csv_is_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text('text\n5" guns were seen.\n"Last\nrow."\n')
    assert list(summary(read(path), path).values()) == ['5" guns were seen.', "Last\nrow."]


def test_cells_may_be_longer_than_the_csv_module_takes_by_default(tmp_path: Path) -> None:
    path = write(tmp_path / "news.csv", [{"text": "“Wait,” she said. " * 20_000}])
    assert as_dict(read(path)[0])["text"] == "“Wait,” she said. " * 20_000


def test_any_name_can_be_read_in_a_given_format(tmp_path: Path) -> None:
    path = tmp_path / "news.dat"
    path.write_text('{"text": "One."}\n')
    assert summary(read(path, format=InputFormat.JSONL), path) == {"#1": "One."}
    assert summary(read(path, format=InputFormat.TEXT), path) == {"": '{"text": "One."}\n'}
    assert summary(read(path), path) == {"": '{"text": "One."}\n'}


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet"])
def test_every_row_is_an_article_with_what_columns_of_usual_names_hold(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"news{suffix}", ROWS)
    articles = read(path)
    assert [article.id for article in articles] == [f"{path.as_posix()}{own}" for own in ("#a1", "#2", "#a3")]
    first, second, third = map(as_dict, articles)
    assert first == {"text": TEXT, "title": "Talks resume", "date": "2026-05-03", "outlet": "Norpress"}
    assert second == {"text": "“No,” said\r\nJosé Peña.", "title": None, "date": None, "outlet": None}
    assert third["date"] == "2026-05-03"


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_named_column_that_is_missing_fails_the_file(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"news{suffix}", ROWS)
    (failure,) = read(path, Columns(date="day"))
    assert failure.id == path.as_posix()
    assert "'day'" in str(failure)
    assert "pubDate" in str(failure)
