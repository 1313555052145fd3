"""Runs that end before their end, go on, and tell of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from analyzer.batch import engine
from tests.analyzer.commands.running import analyze, no_model, objects, run_limited

LONG = "“We wait,” said Lind. " * 400
"""Too long for the next article to be analyzed together with it."""


def test_interrupted_run_leaves_the_old_output_and_goes_on_when_told(news: Path) -> None:
    Path("out.jsonl").write_text("old")
    (news / "a.txt").write_text(LONG, encoding="utf-8")
    (news / "c.txt").write_text("“Wait”: interrupt")
    interrupted = analyze("news", "-o", "out.jsonl", "--overwrite")
    assert interrupted.exit_code == 130
    assert "--resume goes on" in interrupted.stderr
    assert Path("out.jsonl").read_text() == "old"
    refused = analyze("news", "-o", "out.jsonl")
    assert refused.exit_code == 2
    assert "go on with it with --resume" in refused.stderr
    (news / "c.txt").write_text("“No,” said Maslov.", encoding="utf-8")
    resumed = analyze("news", "-o", "out.jsonl", "--resume")
    assert resumed.exit_code == 1
    assert "3 articles" in resumed.stderr
    assert "1 of the articles had been done before" in resumed.stderr
    assert [item["id"] for item in objects(Path("out.jsonl").read_text("utf-8"))] == [
        "news/a.txt",
        "news/b.txt",
        "news/c.txt",
    ]
    assert sorted(os.listdir()) == ["news", "out.jsonl"]


def test_results_of_a_folder_that_is_deleted_are_saved(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "safe").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "safe"))
    Path("results").mkdir()
    (news / "a.txt").write_text(LONG, encoding="utf-8")
    (news / "c.txt").write_text("“Wait”: delete the results")
    result = analyze("news", "-o", "results/out.csv")
    assert result.exit_code == 3
    assert "move both files back and go on with --resume" in result.stderr
    Path("results").mkdir()
    (saved,) = (tmp_path / "safe").iterdir()
    for path in saved.iterdir():
        path.rename(Path("results") / path.name)
    resumed = analyze("news", "-o", "results/out.csv", "--resume")
    assert "3 of the articles had been done before" in resumed.stderr
    assert "“Wait”" in Path("results/out.csv").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit of file sizes")
@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.html"])
def test_on_a_full_disk_what_was_done_is_kept(news: Path, name: str) -> None:
    for number in range(20):
        (news / f"{number}.txt").write_text(f"“We wait,” said Lind in {number}.", encoding="utf-8")
    output = news.parent / name
    code, errors = run_limited(6000, news, "-o", output)
    assert code == 3
    assert "cannot write the output: File too large; what was done is kept, and --resume goes on" in errors
    assert not output.exists()
    code, errors = run_limited(0, news, "-o", output, "--resume")
    assert (code, "of the articles had been done before" in errors) == (1, True)
    run_limited(0, news, "-o", news.parent / f"whole{output.suffix}")
    assert output.read_bytes() == (news.parent / f"whole{output.suffix}").read_bytes()


def test_resuming_what_is_complete_does_nothing(news: Path) -> None:
    analyze("news/a.txt", "-o", "out.csv")
    written = Path("out.csv").read_bytes()
    Path("out.csv.partial.index").write_text("left by a kill")
    again = analyze("news/a.txt", "-o", "out.csv", "--resume")
    assert again.exit_code == 0
    assert "complete already" in again.stderr
    assert Path("out.csv").read_bytes() == written
    assert sorted(os.listdir()) == ["news", "out.csv"]


def test_what_a_kill_has_left_while_an_output_was_written_is_removed(news: Path) -> None:
    Path(".out.csv.123.tmp").write_text("half")
    Path(".out.csvs.123.tmp").write_text("of another output")
    analyze("news", "-o", "out.csv")
    assert sorted(os.listdir()) == [".out.csvs.123.tmp", "news", "out.csv"]


def test_resuming_tells_outputs_that_are_missing(news: Path) -> None:
    analyze("news/a.txt", "-o", "old.csv")
    result = analyze("news/a.txt", "-o", "new.csv", "-o", "old.csv", "--resume")
    assert result.exit_code == 2
    assert "old.csv is there, but not new.csv" in result.stderr


def test_a_run_that_does_nothing_leaves_an_earlier_record(
    news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (news / "a.txt").write_text(LONG, encoding="utf-8")
    (news / "c.txt").write_text("“Wait”: interrupt")
    analyze("news", "-o", "out.jsonl")
    before = Path("out.jsonl.partial").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(engine, "load_analyzer", no_model)
        assert analyze("news", "-o", "out.jsonl", "--overwrite").exit_code == 2
        assert analyze("news", "-o", "other.jsonl").exit_code == 2
    assert before
    assert Path("out.jsonl.partial").read_bytes() == before
    assert sorted(os.listdir()) == ["news", "out.jsonl.partial", "out.jsonl.partial.index"]


def test_the_log_tells_why_a_run_stopped(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "load_analyzer", no_model)
    assert analyze("news", "-o", "out.jsonl", "--log", "log.jsonl").exit_code == 2
    assert objects(Path("log.jsonl").read_text())[-1]["message"] == "there is no config.json"


def test_resuming_what_never_began_begins(news: Path) -> None:
    assert analyze("news/a.txt", "-o", "out.jsonl", "--resume").exit_code == 0
    assert objects(Path("out.jsonl").read_text("utf-8"))


def test_log_has_an_event_a_line(news: Path) -> None:
    analyze("news", "-o", "out.jsonl", "--log", "log.jsonl")
    events = objects(Path("log.jsonl").read_text("utf-8"))
    assert [event["event"] for event in events] == ["started", "analyzed", "failed", "analyzed", "finished"]
    assert events[2]["id"] == "news/b.txt"
    assert events[-1]["failures"] == {"ArticleError": 1}


def test_a_log_that_cannot_be_written_is_said_before_any_work(news: Path) -> None:
    result = analyze("news", "-o", "out.jsonl", "--log", "nowhere/log.jsonl")
    assert result.exit_code == 2
    assert "cannot write the log nowhere/log.jsonl: No such file or directory" in result.stderr
    assert sorted(os.listdir()) == ["news"]


@pytest.mark.parametrize("options", [["--resume"], ["--resume", "--overwrite", "-o", "out.csv"]])
def test_resume_needs_an_output_and_no_overwrite(news: Path, options: list[str]) -> None:
    assert analyze("news", *options).exit_code == 2
