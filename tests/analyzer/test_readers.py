"""Which files are articles, and what text their bytes hold."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analyzer.errors import ArticleError
from analyzer.failure import Failure
from analyzer.readers import ArticleFile, decode, find_articles, read_article


def ids(*paths: Path) -> list[str]:
    return [item.id for item in find_articles(paths) if isinstance(item, ArticleFile)]


def failures(*paths: Path) -> list[tuple[str, str]]:
    return [(item.id, item.type) for item in find_articles(paths) if isinstance(item, Failure)]


def test_folder_stands_for_its_text_files_at_any_depth_in_order(tmp_path: Path) -> None:
    news = tmp_path / "news"
    (news / "may").mkdir(parents=True)
    for name in ("b.txt", "a.MD", "may/c.txt", "notes.pdf", ".hidden.txt"):
        (news / name).write_text("x")
    assert ids(news) == ["news/a.MD", "news/b.txt", "news/may/c.txt"]


def test_hidden_folders_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "news/.git").mkdir(parents=True)
    (tmp_path / "news/.git/description.txt").write_text("x")
    assert failures(tmp_path / "news") == [((tmp_path / "news").as_posix(), "FileNotFoundError")]


def test_ids_in_the_current_folder_carry_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news/a.txt").write_text("x")
    monkeypatch.chdir(tmp_path / "news")
    assert ids(Path(".")) == ["news/a.txt"]


@pytest.fixture
def years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder holds ``2023/news/a.txt``, ``2024/news/a.txt`` and ``docs/a.txt``."""
    for folder in ("2023/news", "2024/news", "docs"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.txt").write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_folders_of_the_same_name_give_different_ids(years: Path) -> None:
    assert ids(Path("2023/news"), Path("2024/news"), Path("docs")) == [
        "2023/news/a.txt",
        "2024/news/a.txt",
        "docs/a.txt",
    ]


def test_folders_of_different_names_keep_their_short_ids(years: Path) -> None:
    assert ids(years / "2023/news", years / "docs", Path("docs/a.txt").absolute()) == [
        "news/a.txt",
        "docs/a.txt",
        (years / "docs/a.txt").as_posix(),
    ]


def test_a_file_and_a_folder_that_begin_alike_give_different_ids(years: Path) -> None:
    assert ids(Path("docs/a.txt"), years / "docs") == ["docs/a.txt", (years / "docs/a.txt").as_posix()]


def test_a_folder_within_folders_of_the_same_name_is_no_exception(years: Path) -> None:
    (years / "2023/news/2024/news").mkdir(parents=True)
    (years / "2023/news/2024/news/a.txt").write_text("x")
    assert ids(Path("2023/news"), Path("2024/news")) == [
        "2023/news/2024/news/a.txt",
        "2023/news/a.txt",
        "2024/news/a.txt",
    ]


def test_explicit_file_keeps_its_path_and_may_have_any_suffix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "story.html").write_text("x")
    monkeypatch.chdir(tmp_path)
    assert ids(Path("./story.html")) == ["story.html"]


def test_missing_path_is_a_failure_among_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    paths = (tmp_path / "missing.txt", tmp_path / "a.txt")
    assert failures(*paths) == [((tmp_path / "missing.txt").as_posix(), "FileNotFoundError")]
    assert ids(*paths) == [(tmp_path / "a.txt").as_posix()]


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("x")
    (news / "again").symlink_to(news)
    assert ids(news) == ["news/a.txt"]


def test_pipes_in_a_folder_are_not_waited_for(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("x")
    os.mkfifo(news / "b.txt")
    assert ids(news) == ["news/a.txt"]


def test_broken_link_in_a_folder_is_found_and_fails_when_read(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").symlink_to("nowhere.txt")
    (item,) = find_articles([news])
    assert isinstance(item, ArticleFile)
    with pytest.raises(FileNotFoundError):
        read_article(item)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_folder_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "news/may").mkdir(parents=True)
    (tmp_path / "news/may").chmod(0)
    assert failures(tmp_path / "news") == [("news/may", "PermissionError")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_are_read_without_their_mark(encoding: str) -> None:
    text = "“Ça suffit”, said Ødegård 🕊.\n"
    assert decode(text.encode(encoding)) == (text, ())


def test_line_ends_stay_as_they_are() -> None:
    text = "One.\r\nTwo.\rThree.\n"
    assert decode(text.encode())[0] == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "“We will not wait,” said the café’s envoy José Peña – “not for them.”"),
        ("cp1251", "Министр сказал, что переговоры пока невозможны. " * 5),
        ("shift_jis", "大臣は「交渉は続く」と述べた。そして、来月までに結論を出すと語った。"),
    ],
)
def test_older_encodings_are_guessed_with_a_warning(encoding: str, text: str) -> None:
    decoded, (warning,) = decode(text.encode(encoding))
    assert decoded == text
    assert "guess" in warning


def test_some_control_characters_are_still_text() -> None:
    text = "“We wait,” said\0 Ana Lind of Norland.\x07"
    assert decode(text.encode()) == (text, ())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 4, "binary"),
        (b"\0\1\2\3" * 100, "binary"),
        ("“no” ".encode("utf-16-le") * 20, "binary"),
        (b"\xff\xfe\x00\xd8\x41", "UTF-16 at byte"),
        (b"\xef\xbb\xbfgood \xff", "UTF-8 at byte"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ArticleError, match=message):
        decode(data)


def test_too_large_a_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.readers.MAX_BYTES", 10)
    (tmp_path / "a.txt").write_text("x" * 11)
    with pytest.raises(ArticleError, match="over 10 bytes"):
        read_article(ArticleFile(id="a.txt", path=tmp_path / "a.txt"))
