"""Files that are hard or impossible to analyze: each gets its result or its error, and the rest go on."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.weights

GOOD = "“We will not return to the talks,” foreign minister Ana Lind said on Friday.\n"
UNANALYZABLE: dict[str, bytes] = {
    "empty.txt": b"",
    "only_a_mark.txt": b"\xef\xbb\xbf",
    "blank.txt": b" \r\n\t\n",
    "binary.txt": random.Random(1).randbytes(5000),
    "mostly_nul.txt": b"\0" * 500 + b"text",
    "huge_line.txt": b"They said no. " * 1_500_000,
    "broken_utf16.txt": b"\xff\xfe" + "text".encode("utf-16-le") + b"\x00\xd8A",
}
ANALYZABLE: dict[str, bytes] = {
    "good.txt": GOOD.encode(),
    "windows.txt": GOOD.encode("cp1252"),
    "utf16.txt": GOOD.encode("utf-16"),
    "line_ends.txt": GOOD.replace("\n", "\r\n\r\n").encode() * 3,
    "no_quotation.txt": b"The bridge was closed on Monday. It rained all day.\n",
    "only_marks.txt": "“”‘’«»\"\"''„“".encode() * 50,
    "unbalanced.txt": ("““" + GOOD.replace("”", "") + "\n\n" + GOOD.replace("“", "") + "”»'").encode(),
    "right_to_left.txt": "قالت الوزيرة ليلى حداد: «لن نعود إلى المحادثات».\n".encode(),
    "emoji.txt": "👩‍👩‍👧 “We 🕊️ wait,” Léa said. Z̷̡͖a̶̢l̸g̵o̷ “ne\u0301ver,” he added. 🇳🇴\n".encode(),
    "nul.txt": GOOD.replace("talks", "ta\0lks").encode(),
    "no_spaces.txt": b"a" * 20_000,
    "one_word.txt": b"Talks",
}


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from analyzer.cli import main; main()", "analyze", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """One run over all the files, a broken link and a folder with an article's name among them."""
    folder = tmp_path_factory.mktemp("input")
    news = folder / "news"
    news.mkdir()
    for name, data in (UNANALYZABLE | ANALYZABLE).items():
        (news / name).write_bytes(data)
    (news / "broken_link.txt").symlink_to("nowhere.txt")
    (news / "folder.txt").mkdir()
    return run("news", "--format", "jsonl", folder=folder)


@pytest.fixture(scope="module")
def results(finished: subprocess.CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    """The output's objects by file name."""
    objects = [json.loads(line) for line in finished.stdout.splitlines()]
    return {item["id"].removeprefix("news/"): item for item in objects}


def test_every_file_has_one_line_and_a_failure_shows_in_the_exit_code(
    finished: subprocess.CompletedProcess[str], results: dict[str, dict[str, Any]]
) -> None:
    assert sorted(results) == sorted([*UNANALYZABLE, *ANALYZABLE, "broken_link.txt"])
    assert len(finished.stdout.splitlines()) == len(results)
    assert finished.returncode == 1


@pytest.mark.parametrize("name", [*UNANALYZABLE, "broken_link.txt"])
def test_what_cannot_be_analyzed_says_why(
    name: str, finished: subprocess.CompletedProcess[str], results: dict[str, dict[str, Any]]
) -> None:
    error = results[name]["error"]
    assert error["type"] in {"ArticleError", "FileNotFoundError"}
    assert f"communique: news/{name}: {error['message']}" in finished.stderr.splitlines()


@pytest.mark.parametrize("name", ANALYZABLE)
def test_what_is_text_is_analyzed(name: str, results: dict[str, dict[str, Any]]) -> None:
    result = results[name]
    assert "error" not in result
    for quotation in result["quotations"]:
        assert quotation["text"] == " ".join(result["text"][start:end] for start, end in quotation["spans"])


@pytest.mark.parametrize("name", ["good.txt", "windows.txt", "utf16.txt", "line_ends.txt", "nul.txt"])
def test_the_plain_quotation_is_found_however_it_is_stored(
    name: str, results: dict[str, dict[str, Any]]
) -> None:
    assert "We will not return" in results[name]["quotations"][0]["text"]


def test_no_quotation_gives_an_empty_list(results: dict[str, dict[str, Any]]) -> None:
    assert results["no_quotation.txt"]["quotations"] == []


def test_folder_without_articles_is_an_error_beside_others(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    finished = run("empty", "good.txt", folder=tmp_path)
    first, second = (json.loads(line) for line in finished.stdout.splitlines())
    assert "the folder holds no" in first["error"]["message"]
    assert second["quotations"]
    assert finished.returncode == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_an_error_beside_others(tmp_path: Path) -> None:
    (tmp_path / "closed.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "closed.txt").chmod(0)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    finished = run("closed.txt", "good.txt", folder=tmp_path)
    first, second = (json.loads(line) for line in finished.stdout.splitlines())
    assert first["error"] == {"type": "PermissionError", "message": "Permission denied"}
    assert second["quotations"]
    assert finished.returncode == 1
