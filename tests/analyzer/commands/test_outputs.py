"""Where results go."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer import cli
from tests.analyzer.commands.running import analyze, convert, objects, run_limited


def test_suffix_of_the_output_gives_the_format(news: Path) -> None:
    for name in ("out.jsonl", "out.csv", "out.html"):
        assert analyze("news/a.txt", "--output", name).stdout == ""
    assert objects(Path("out.jsonl").read_text("utf-8"))[0]["id"] == "news/a.txt"
    with Path("out.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["text"] for row in csv.DictReader(stream)] == ["“We wait,”"]
    assert Path("out.html").read_text("utf-8").startswith("<!doctype html>")


def test_format_outranks_the_suffix(news: Path) -> None:
    analyze("news/a.txt", "--output", "out.csv", "--format", "table")
    assert "▌ “We wait,”" in Path("out.csv").read_text("utf-8")


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv"])
def test_output_that_exists_is_replaced_only_when_told(news: Path, name: str) -> None:
    Path(name).write_text("old")
    refused = analyze("news/a.txt", "-o", name)
    assert (refused.exit_code, Path(name).read_text()) == (2, "old")
    assert "exists; replace it with --overwrite" in refused.stderr
    assert analyze("news/a.txt", "-o", name, "--overwrite").exit_code == 0
    assert "old" not in Path(name).read_text("utf-8")
    assert sorted(os.listdir()) == ["news", name]


def test_a_folder_that_holds_other_things_is_not_replaced(news: Path) -> None:
    result = analyze("news/a.txt", "-o", "news", "--format", "brat", "--overwrite")
    assert result.exit_code == 2
    assert "the folder news holds what communique has not written (a.txt)" in result.stderr
    assert sorted(os.listdir("news")) == ["a.txt", "b.txt", "c.txt"]


def test_a_folder_of_our_own_is_replaced_when_told(news: Path) -> None:
    for options in ([], ["--overwrite"]):
        assert analyze("news", "-o", "out", "--format", "brat", *options).exit_code == 1
    assert analyze("news", "-o", "out", "--format", "brat").exit_code == 2
    assert "annotation.conf" in os.listdir("out")


def test_results_and_log_among_the_articles_are_no_articles(news: Path) -> None:
    for _ in range(2):
        with (news / "results.jsonl").open("w") as stream:
            run_limited(0, news, "--format", "jsonl", "--log", news / "log.jsonl", output=stream)
        ids = [item["id"] for item in objects((news / "results.jsonl").read_text("utf-8"))]
        assert ids == ["news/a.txt", "news/b.txt", "news/c.txt"]


def test_a_device_goes_alone(news: Path) -> None:
    result = analyze("news/a.txt", "-o", "/dev/null", "--format", "csv", "--report", "out.html")
    assert result.exit_code == 2
    assert "cannot be one of several outputs" in result.stderr


def test_several_outputs_of_one_run(news: Path) -> None:
    assert analyze("news", "-o", "out.csv", "-o", "out.jsonl", "--report", "out.html").exit_code == 1
    assert sorted(os.listdir()) == ["news", "out.csv", "out.html", "out.jsonl"]
    assert Path("out.jsonl").read_text("utf-8") == analyze("news").stdout
    assert Path("out.csv").read_bytes() == analyze("news", "--format", "csv").stdout_bytes


def test_an_output_in_the_folder_of_articles_is_no_article(news: Path) -> None:
    for _ in range(2):
        assert analyze("news", "-o", "news/out.csv", "--overwrite").exit_code == 1
        assert "3 articles" in analyze("news", "-o", "news/out.csv", "--overwrite").stderr


def test_results_are_converted_without_analyzing(news: Path) -> None:
    analyze("news", "-o", "out.jsonl")
    for item in news.iterdir():
        item.unlink()
    convert = CliRunner().invoke(
        cli.build_app([]), ["convert", "out.jsonl", "-o", "out.csv", "-o", "out.html"]
    )
    assert convert.exit_code == 0
    assert "“We wait,”" in Path("out.csv").read_text("utf-8")
    assert Path("out.html").exists()


def test_results_of_a_run_that_goes_on_are_converted_but_for_a_torn_line(news: Path) -> None:
    analyze("news", "-o", "out.jsonl")
    Path("cut.jsonl.partial").write_bytes(Path("out.jsonl").read_bytes()[:-5])
    assert convert("cut.jsonl.partial", "-o", "/dev/null", "--format", "csv").exit_code == 0
    assert convert("cut.jsonl.partial", "-o", "out.csv").exit_code == 0
    assert "“We wait,”" in Path("out.csv").read_text("utf-8")
    assert "“No,”" not in Path("out.csv").read_text("utf-8")


def test_other_files_are_told_from_results(news: Path) -> None:
    analyze("news", "-o", "out.parquet")
    result = convert("out.parquet", "-o", "out.csv")
    assert result.exit_code == 2
    assert "out.parquet, line 1: not UTF-8" in result.stderr


def test_what_is_no_results_is_not_converted(news: Path) -> None:
    Path("other.jsonl").write_text('{"text": "We wait."}\n')
    convert = CliRunner().invoke(cli.build_app([]), ["convert", "other.jsonl", "-o", "out.csv"])
    assert convert.exit_code == 2
    assert "other.jsonl, line 1: schema is None" in convert.stderr
    assert not Path("out.csv").exists()


def test_output_through_a_link_replaces_what_it_leads_to(news: Path) -> None:
    Path("real.jsonl").write_text("old")
    Path("link.jsonl").symlink_to("real.jsonl")
    analyze("news/a.txt", "-o", "link.jsonl", "--overwrite")
    assert Path("link.jsonl").is_symlink()
    assert objects(Path("real.jsonl").read_text("utf-8"))


def test_a_device_is_written_to_not_replaced(news: Path) -> None:
    assert analyze("news/a.txt", "-o", "/dev/null", "--format", "csv").exit_code == 0
    assert not Path("/dev/null").is_file()


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
def test_output_that_cannot_be_written_to_its_end_has_an_exit_code_of_its_own(news: Path) -> None:
    result = analyze("news/a.txt", "-o", str(FULL), "--format", "jsonl")
    assert result.exit_code == 3
    assert "communique: cannot write the output: No space left on device" in result.stderr


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
def test_standard_output_that_is_full_has_the_same_exit_code(news: Path) -> None:
    with FULL.open("w") as full:
        ended = run_limited(0, news / "a.txt", "--format", "jsonl", output=full)
    assert ended == (3, "communique: cannot write the output: No space left on device\n")
