"""Which files paths stand for, and what they are called."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analyzer.failure import Failure
from analyzer.readers import find_items, input_size, read_item
from analyzer.readers.files import File, find_files


def ids(*paths: Path) -> list[str]:
    return [file.id for file in find_files(paths) if isinstance(file, File)]


def failures(*paths: Path) -> list[tuple[str, str]]:
    return [(file.id, file.type) for file in find_files(paths) if isinstance(file, Failure)]


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
    (item,) = find_items([news])
    assert item.id == "news/a.txt"
    article = read_item(item)
    assert isinstance(article, Failure)
    assert article.type == "FileNotFoundError"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_folder_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "news/may").mkdir(parents=True)
    (tmp_path / "news/may").chmod(0)
    assert failures(tmp_path / "news") == [("news/may", "PermissionError")]


def test_all_readable_suffixes_are_found_in_a_folder(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    readable = "a.txt b.md c.html d.htm e.jsonl f.ndjson g.json h.csv i.tsv j.parquet k.zip l.txt.gz m.CSV.GZ".split()
    for name in [*readable, "n.pdf", "o.gz", "p.tar.gz", "q.zip.gz", "r"]:
        (news / name).write_text("x")
    assert ids(news) == [f"news/{name}" for name in readable]


def test_an_empty_folder_says_what_could_be_read(tmp_path: Path) -> None:
    (failure,) = find_files([tmp_path])
    assert isinstance(failure, Failure)
    assert ".parquet" in failure.message


def test_excluded_files_and_folders_are_left_out_of_folders(years: Path) -> None:
    (years / "docs/out.jsonl").write_text("x")
    excluded = [Path("docs/out.jsonl"), Path("2023/news")]
    found = [file.id for file in find_files([Path("docs"), Path("2023")], exclude=excluded)]
    assert found == ["docs/a.txt", "2023"]


def test_very_deep_folders_are_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkdir("news")
    os.chdir("news")
    for _ in range(1200):
        os.mkdir("d")
        os.chdir("d")
    Path("a.txt").write_text("x")
    os.chdir(tmp_path)
    deepest = "news/" + "d/" * 1200
    assert ids(Path("news")) == [deepest + "a.txt"]
    # pytest's own clearing goes down too many calls.
    os.remove(deepest + "a.txt")
    os.removedirs(deepest)
    tmp_path.mkdir(exist_ok=True)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("20*/news/*.txt", ["2023/news/a.txt", "2024/news/a.txt"]),
        ("**/*.txt", ["2023/news/a.txt", "2024/news/a.txt", "docs/a.txt"]),
        ("**", ["2023/news/a.txt", "2024/news/a.txt", "docs/a.txt"]),
        ("2023/**/news/**/a.txt", ["2023/news/a.txt"]),
        ("20*", ["2023/news/a.txt", "2024/news/a.txt"]),
        ("docs/[ab].txt", ["docs/a.txt"]),
        ("docs/?.txt", ["docs/a.txt"]),
    ],
)
def test_patterns_stand_for_what_they_match(years: Path, pattern: str, found: list[str]) -> None:
    assert ids(Path(pattern)) == found
    assert failures(Path(pattern)) == []


def test_patterns_may_be_absolute(years: Path) -> None:
    assert ids(years / "docs/*") == [(years / "docs/a.txt").as_posix()]


def test_patterns_find_hidden_files_only_where_they_ask_for_them(years: Path) -> None:
    (years / "docs/.draft.txt").write_text("x")
    (years / ".git").mkdir()
    (years / ".git/b.txt").write_text("x")
    assert ids(Path("**/*.txt")) == ["2023/news/a.txt", "2024/news/a.txt", "docs/a.txt"]
    assert ids(Path("docs/.*.txt")) == ["docs/.draft.txt"]


def test_patterns_do_not_follow_links_in_a_circle(years: Path) -> None:
    (years / "docs/again").symlink_to(years / "docs")
    assert ids(Path("docs/**/*.txt")) == ["docs/a.txt"]


def test_a_pattern_without_match_is_a_failure(years: Path) -> None:
    (failure,) = find_files([Path("docs/*.html")])
    assert isinstance(failure, Failure)
    assert failure.id == "docs/*.html"
    assert "matches" in failure.message


def test_a_file_may_be_called_like_a_pattern(years: Path) -> None:
    (years / "docs/[b].txt").write_text("x")
    assert ids(Path("docs/[b].txt")) == ["docs/[b].txt"]


def test_a_pattern_and_a_folder_that_may_begin_alike_give_different_ids(years: Path) -> None:
    assert ids(Path("*/a.txt"), years / "docs") == ["docs/a.txt", (years / "docs/a.txt").as_posix()]


def test_a_path_with_nul_is_a_failure() -> None:
    assert failures(Path("a\0b")) == [("a\0b", "OSError")]
    assert failures(Path("a\0*/b")) == [("a\0*/b", "FileNotFoundError")]


def test_input_size_is_that_of_all_files(years: Path) -> None:
    (years / "docs/a.txt").write_text("x" * 1000)
    assert input_size([Path("docs"), Path("2023"), Path("missing.txt")]) == 1001
    assert input_size([Path("docs"), Path("-")]) is None


def test_excluded_files_and_folders_are_left_out_of_matches(years: Path) -> None:
    (years / "docs/out.txt").write_text("x")
    excluded = [Path("docs/out.txt"), Path("2023/news")]
    for pattern in ("*/*.txt", "**/*.txt", "docs/*", "docs/**"):
        found = [file.id for file in find_files([Path(pattern)], exclude=excluded)]
        assert found == ["docs/a.txt"] if pattern != "**/*.txt" else ["2024/news/a.txt", "docs/a.txt"]
    for pattern in ("2023/*/a.txt", "2023/news/*.txt", "2023/**/*.txt"):
        (failure,) = find_files([Path(pattern)], exclude=excluded)
        assert isinstance(failure, Failure)
        assert "matches" in failure.message


def test_input_size_is_without_what_is_excluded(years: Path) -> None:
    (years / "docs/out.txt").write_text("x" * 1000)
    excluded = [Path("docs/out.txt")]
    assert input_size([Path("docs"), Path("docs/*")], excluded) == 2
    assert input_size([Path("docs"), Path("docs/*")]) == 2002


def test_a_folder_that_cannot_be_read_does_not_end_a_pattern(
    years: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_folder = os.listdir

    def refuse_2023(path: Path) -> list[str]:
        if Path(path).name == "2023":
            raise PermissionError(13, "Permission denied")
        return list_folder(path)

    monkeypatch.setattr(os, "listdir", refuse_2023)
    assert ids(Path("**/*.txt")) == ["2024/news/a.txt", "docs/a.txt"]
    assert failures(Path("**/*.txt")) == [("2023", "PermissionError")]
    assert failures(Path("2023/*")) == [("2023/*", "PermissionError")]


def test_a_match_that_is_gone_does_not_end_a_pattern(years: Path) -> None:
    for name in "bc":
        (years / f"docs/{name}.txt").write_text("x")
    files = find_files([Path("docs/*.txt")])
    next(files)
    (years / "docs/b.txt").unlink()
    gone, last = files
    assert isinstance(gone, Failure)
    assert (gone.id, last.id) == ("docs/b.txt", "docs/c.txt")
