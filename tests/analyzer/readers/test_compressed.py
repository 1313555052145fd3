"""Compressed files and archives, good, damaged and hostile."""

from __future__ import annotations

import gzip
import json
import stat
import struct
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analyzer.readers import InputFormat, find_items
from tests.analyzer.readers.helpers import TEXT, as_dict, read, summary
from tests.analyzer.readers.test_html import PAGE

LINES = "".join(json.dumps({"text": f"{number}: {TEXT}"}) + "\n" for number in range(3))


def archive(path: Path, **members: str | bytes) -> Path:
    return archive_of(path, members)


def archive_of(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in members.items():
            written.writestr(name, data)
    return path


def parquet(path: Path) -> bytes:
    pq.write_table(pa.table({"text": [TEXT, TEXT]}), path)
    return path.read_bytes()


def test_every_format_is_read_from_gzip(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    contents = {
        "a.txt.gz": TEXT.encode(),
        "b.html.gz": PAGE.encode(),
        "c.jsonl.gz": LINES.encode(),
        "d.json.gz": json.dumps({"text": TEXT}).encode(),
        "e.csv.GZ": f'text\n"{TEXT}"\n'.encode(),
        "f.tsv.gz": f"id\ttext\n1\t{TEXT}\n".encode(),
        "g.parquet.gz": parquet(tmp_path / "x.parquet"),
    }
    for name, data in contents.items():
        (news / name).write_bytes(gzip.compress(data))
    found = summary(read(news), news)
    assert list(found) == [
        *("news/a.txt.gz", "news/b.html.gz", "news/c.jsonl.gz#1", "news/c.jsonl.gz#2", "news/c.jsonl.gz#3"),
        *(
            "news/d.json.gz#1",
            "news/e.csv.GZ#1",
            "news/f.tsv.gz#1",
            "news/g.parquet.gz#1",
            "news/g.parquet.gz#2",
        ),
    ]
    assert all("Ana Lind" in text for text in found.values())


def test_every_format_is_read_from_an_archive(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "may/b.txt": TEXT,
        "may/a.html": PAGE,
        "c.jsonl": LINES,
        "d.parquet": parquet(tmp_path / "x.parquet"),
        "e.csv": f'text\n"{TEXT}"\n',
        "photo.jpg": b"\xff",
        "__MACOSX/._b.txt": b"\0",
        ".hidden/f.txt": "x",
    }
    path = archive_of(tmp_path / "news.zip", members)
    found = summary(read(path), path)
    assert list(found) == [
        *("/c.jsonl#1", "/c.jsonl#2", "/c.jsonl#3", "/d.parquet#1", "/d.parquet#2", "/e.csv#1"),
        *("/may/a.html", "/may/b.txt"),
    ]
    assert all("Ana Lind" in text for text in found.values())
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["news.zip", "x.parquet"]


def test_compressed_files_are_read_in_a_given_format(tmp_path: Path) -> None:
    path = tmp_path / "news.gz"
    path.write_bytes(gzip.compress(LINES.encode()))
    assert list(summary(read(path, format=InputFormat.JSONL), path)) == ["#1", "#2", "#3"]
    path = archive(tmp_path / "news.zip", **{"a.txt": PAGE})
    assert "<title>" not in as_dict(read(path, format=InputFormat.HTML)[0])["text"]


def test_what_stands_before_the_damage_is_kept(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"{number} {number**99}"}) + "\n" for number in range(5000))
    data = gzip.compress(lines.encode())
    path = tmp_path / "news.jsonl.gz"
    for damaged in (data[:-5000], data[: len(data) // 2] + bytes(100) + data[len(data) // 2 :]):
        path.write_bytes(damaged)
        *articles, failure = read(path)
        assert len(articles) > 1000
        assert failure.id == path.as_posix()
        assert "damaged" in str(failure)


def test_a_damaged_document_is_no_article(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    for data in (gzip.compress(TEXT.encode())[:-9], b"not gzip", gzip.compress(TEXT.encode()) + b"more"):
        path.write_bytes(data)
        (failure,) = read(path)
        assert "damaged" in str(failure)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("/etc/a.txt", "leads out"),
        ("../a.txt", "leads out"),
        ("may/../../a.txt", "leads out"),
        ("..\\a.txt", "leads out"),
        ("C:\\a.txt", "leads out"),
        ("c:a.txt", "leads out"),
        ("a.zip", "within an archive"),
        ("a.jsonl.gz", "within an archive"),
    ],
)
def test_members_that_are_refused_say_why_and_the_rest_is_read(
    tmp_path: Path, name: str, message: str
) -> None:
    path = archive_of(tmp_path / "news.zip", {name: TEXT, "z.txt": TEXT})
    found = summary(read(path), path)
    assert message in found[f"/{name}"]
    assert found["/z.txt"] == TEXT


def test_a_member_without_name_is_no_obstacle(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "news.zip", {"x.txt": TEXT, "z.txt": TEXT})
    data = path.read_bytes().replace(b"x.txt", b"\0.txt")
    path.write_bytes(data)
    assert list(summary(read(path), path)) == ["/z.txt"]


def test_links_in_an_archive_are_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as written:
        written.writestr(link, "/etc/passwd")
    (failure,) = read(path)
    assert "link" in str(failure)


def test_encrypted_members_are_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.zip", **{"a.txt": TEXT})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    (failure,) = read(path)
    assert failure.id.endswith("/a.txt")
    assert "encrypted" in str(failure)


def test_a_member_with_damage_fails_alone(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    with zipfile.ZipFile(path, "w") as written:
        for name in ("a.txt", "b.txt", "c.jsonl"):
            written.writestr(name, LINES)
    data = bytearray(path.read_bytes())
    data[data.index(b"Ana Lind")] = 0
    path.write_bytes(data)
    found = summary(read(path), path)
    assert "damaged" in found["/a.txt"]
    assert found["/b.txt"] == LINES
    assert found["/c.jsonl#3"].endswith(TEXT)


@pytest.mark.parametrize("data", [b"", b"PK\5\6", b"no archive", b"PK\5\6" + b"\xff" * 18])
def test_what_is_no_archive_is_a_failure(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "news.zip"
    path.write_bytes(data)
    (failure,) = read(path)
    assert failure.id == path.as_posix()
    assert "damaged" in str(failure)


def test_an_archive_without_articles_is_a_failure(tmp_path: Path) -> None:
    for path in (archive(tmp_path / "a.zip"), archive(tmp_path / "b.zip", **{"photo.jpg": b"\xff"})):
        (failure,) = read(path)
        assert "no file that can be read" in str(failure)


def test_a_document_that_expands_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.readers.limits.MAX_BYTES", 1000)
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"x" * 1001))
    assert "over 1,000 bytes" in str(read(path)[0])
    path = archive(tmp_path / "a.zip", **{"a.txt": "x" * 1001, "b.txt": "x" * 1000})
    found = summary(read(path), path)
    assert "over 1,000 bytes" in found["/a.txt"]
    assert found["/b.txt"] == "x" * 1000


@pytest.mark.parametrize("name", ["news.jsonl.gz", "news.csv.gz", "news.zip"])
def test_a_table_that_expands_too_much_is_stopped(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analyzer.readers.limits.MAX_BYTES", 100_000)
    path = tmp_path / name
    is_csv = ".csv" in name
    lines = ("text\n" if is_csv else "") + (
        f'"{TEXT}"\n' if is_csv else json.dumps({"text": TEXT}) + "\n"
    ) * 50_000
    if path.suffix == ".zip":
        archive(path, **{"news.jsonl": lines})
    else:
        path.write_bytes(gzip.compress(lines.encode()))
    *articles, failure = read(path)
    assert "200 times" in str(failure)
    assert 100 < len(articles) < 50_000


def test_an_archive_that_expands_too_much_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analyzer.readers.limits.MAX_ARCHIVE_BYTES", 100_000)
    path = archive(tmp_path / "news.zip", **{"a.txt": "x" * 100_001, "b.txt": "x" * 100_000})
    (failure,) = read(path)
    assert failure.id == path.as_posix()
    assert "200 times" in str(failure)


def test_an_archive_with_too_many_members_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analyzer.readers.limits.MAX_MEMBERS", 3)
    path = archive_of(tmp_path / "news.zip", {f"{number}.txt": "x" for number in range(4)})
    (failure,) = read(path)
    assert "over 3 members" in str(failure)
    data = path.read_bytes()
    end = data.rindex(b"PK\5\6")
    path.write_bytes(data[: end + 8] + struct.pack("<HH", 1, 1) + data[end + 12 :])
    (failure,) = read(path)
    assert "over 3 members" in str(failure)


def test_many_members_are_counted_in_archives_of_the_newer_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analyzer.readers.limits.MAX_MEMBERS", 65_999)
    monkeypatch.delattr("zipfile.ZipFile.infolist")
    path = tmp_path / "news.zip"
    with zipfile.ZipFile(path, "w") as written:
        for number in range(66_000):
            written.writestr(zipfile.ZipInfo(f"{number}.txt"), b"")
    (failure,) = read(path)
    assert "over 65,999 members" in str(failure)


def test_members_that_overlap_are_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.zip", **{"a.txt": TEXT, "b.txt": TEXT})
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 4)
    data[second + 42 : second + 46] = bytes(4)
    path.write_bytes(data)
    (failure,) = read(path)
    assert failure.id == path.as_posix()
    assert "overlap" in str(failure)


def test_sizes_sum_to_about_that_of_the_file(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"{number} {number**99}"}) + "\n" for number in range(3000))
    (tmp_path / "a.jsonl").write_text(lines)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    archive(tmp_path / "c.zip", **{"a.jsonl": lines, "b.jsonl": lines})
    pq.write_table(pa.table({"text": lines.splitlines()}), tmp_path / "d.parquet")
    for path in sorted(tmp_path.iterdir()):
        sizes = [item.size for item in find_items([path])]
        assert min(sizes) >= 0
        assert sum(sizes) == pytest.approx(path.stat().st_size, rel=0.01)
        assert max(sizes) < 0.6 * sum(sizes)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_in_methods_without_a_limit_are_refused(tmp_path: Path, method: int) -> None:
    path = tmp_path / "news.zip"
    with zipfile.ZipFile(path, "w") as written:
        written.writestr("a.txt", TEXT, method)
        written.writestr("b.txt", TEXT, zipfile.ZIP_STORED)
        written.writestr("c.txt", TEXT, zipfile.ZIP_DEFLATED)
    found = summary(read(path), path)
    assert "deflate" in found["/a.txt"]
    assert found["/b.txt"] == found["/c.txt"] == TEXT


def test_a_directory_that_is_longer_than_its_members_need_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analyzer.readers.limits.MAX_MEMBERS", 3)
    monkeypatch.delattr("zipfile.ZipFile.infolist")
    path = archive_of(tmp_path / "news.zip", {f"{number}.txt": "x" for number in range(4)})
    data = path.read_bytes()
    end = data.rindex(b"PK\5\6")
    path.write_bytes(data[: end + 8] + struct.pack("<HH", 1, 1) + data[end + 12 :])
    (failure,) = read(path)
    assert "over 3 members" in str(failure)


def test_large_members_are_read_whatever_the_directory_may_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analyzer.readers.limits.MAX_MEMBERS", 3)
    (article,) = read(archive(tmp_path / "news.zip", **{"a.txt": TEXT * 1000}))
    assert as_dict(article)["text"] == TEXT * 1000
