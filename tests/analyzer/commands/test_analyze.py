"""What the command line reads, refuses and says."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import EntryPoint, version
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from analyzer import cli
from analyzer.batch import engine
from analyzer.batch.worker import Settings
from analyzer.errors import ModelError
from tests.analyzer.commands.running import analyze, objects


def test_folder_gives_a_line_for_each_article(news: Path) -> None:
    result = analyze("news")
    a, b, c = objects(result.stdout)
    assert [a["id"], b["id"], c["id"]] == ["news/a.txt", "news/b.txt", "news/c.txt"]
    assert a["quotations"][0]["text"] == "“We wait,”"
    assert b["error"] == {"type": "ArticleError", "message": "the file is empty"}


def test_exit_code_and_standard_error_tell_of_failures(news: Path) -> None:
    result = analyze("news")
    assert result.exit_code == 1
    assert result.stderr.startswith("communique: news/b.txt: the file is empty\n")
    result = analyze("news/a.txt", "news/c.txt", "--quiet")
    assert (result.exit_code, result.stderr) == (0, "")


def test_stances_less_sure_than_asked_are_unknown(news: Path) -> None:
    # The analyzer of these tests is 0.7 sure.
    for asked, label in (("0.7", "none"), ("0.71", "unknown")):
        (article,) = objects(analyze("news/a.txt", "--min-confidence", asked).stdout)
        assert article["quotations"][0]["stance"]["label"] == label
    assert "stance unknown" in analyze("news/a.txt", "--min-confidence", "0.9", "--format", "table").stdout
    assert analyze("news/a.txt", "--min-confidence", "70").exit_code == 2


def test_last_line_sums_up(news: Path) -> None:
    assert "3 articles, 2 quotations, 1 not analyzed (1 ArticleError) in " in analyze("news").stderr


def test_a_bug_costs_one_article_only(news: Path) -> None:
    (news / "b.txt").write_text("a bug")
    result = analyze("news")
    assert [("error" in item) for item in objects(result.stdout)] == [False, True, False]
    assert "internal error" in result.stderr
    assert "KeyError" in result.stderr


def test_missing_path_among_good_ones_is_one_failure(news: Path) -> None:
    result = analyze("news/missing.txt", "news/a.txt")
    assert result.exit_code == 1
    assert [item.get("error", {}).get("type") for item in objects(result.stdout)] == [
        "FileNotFoundError",
        None,
    ]


@pytest.mark.parametrize("arguments", [["missing.txt"], ["empty"], ["missing.txt", "empty"], []])
def test_nothing_to_analyze_is_a_usage_error(news: Path, arguments: list[str]) -> None:
    Path("empty").mkdir()
    result = analyze(*arguments, "--output", "out.jsonl")
    assert result.exit_code == 2
    assert all(name in result.stderr for name in arguments)
    assert not Path("out.jsonl").exists()


def test_standard_input(news: Path) -> None:
    (item,) = objects(analyze("-", input="“Yes,” she said.\r\n".encode()).stdout)
    assert (item["id"], item["text"]) == ("stdin", "“Yes,” she said.\r\n")


def test_guessed_encoding_is_in_the_warnings(news: Path) -> None:
    (news / "a.txt").write_bytes("“We wait for the café’s owner,” said Lind.".encode("cp1252"))
    (item,) = objects(analyze("news/a.txt").stdout)
    assert "cp1252" in item["warnings"][0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_refused_before_any_work(news: Path) -> None:
    Path("closed").mkdir(mode=0o500)
    result = analyze("news/a.txt", "--output", "closed/out.csv")
    assert result.exit_code == 2
    assert "may not be written to" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--output", "out.xml"], "--format"),
        (["--format", "parquet"], "cannot be written to standard output"),
        (["--output", "out.csv", "--output", "./out.csv"], "named twice"),
        (["--output", "news/a.txt", "--format", "brat"], "is a file"),
        (["--output", "news"], "--format"),
        (["--output", "news", "--format", "csv"], "is a folder"),
        (["--output", "nowhere/out.csv"], "there is no folder"),
        (["--output", "news/a.txt", "--format", "csv"], "one of the articles"),
        (["--format", "xml"], "xml"),
        (["--threads", "0"], "--threads"),
    ],
)
def test_wrong_options_are_refused_before_any_work(news: Path, arguments: list[str], message: str) -> None:
    result = analyze("news/a.txt", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert (news / "a.txt").read_text(encoding="utf-8") == "“We wait,” said Lind."


def test_model_that_cannot_be_loaded(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(settings: Settings) -> None:
        raise ModelError(f"{settings.model}: there is no config.json")

    monkeypatch.setattr(engine, "load_analyzer", fail)
    result = analyze("news/a.txt", "--model", "folder")
    assert result.exit_code == 2
    assert result.stderr == "communique: folder: there is no config.json\n"


def test_file_names_cannot_reach_the_terminal(news: Path) -> None:
    (news / "b.txt").rename(news / "\x1b[31m\nb.txt")
    assert analyze("news", "--quiet").stderr == "communique: news/�[31m b.txt: the file is empty\n"


def test_file_names_that_are_no_utf8(news: Path) -> None:
    (news / "b.txt").rename(os.fsdecode(os.fsencode(news) + b"/\xff.txt"))
    (news / "a.txt").rename(os.fsdecode(os.fsencode(news) + b"/\xfe.txt"))
    for format in ("jsonl", "csv", "html", "table"):
        result = analyze("news", "--format", format)
        assert result.exit_code == 1
        assert "We wait" in result.stdout


def test_progress_on_a_terminal_leaves_the_output_alone(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = analyze("news")
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = analyze("news")
    assert shown.stdout == quiet.stdout
    assert "Analyzing" in shown.stderr
    assert "Analyzing" not in quiet.stderr


def test_version() -> None:
    result = CliRunner().invoke(cli.build_app([]), ["--version"])
    assert result.stdout == f"communique {version('communique')}\n"


def test_commands_of_other_packages_are_passed_their_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    other = typer.Typer()

    @other.command()
    def greet(name: str, loud: bool = False) -> None:
        typer.echo(f"{name} {loud}")

    monkeypatch.setattr(cli, "other", other, raising=False)
    app = cli.build_app([EntryPoint("greet", "analyzer.cli:other", cli.COMMANDS_GROUP)])
    assert CliRunner().invoke(app, ["greet", "Lind", "--loud"]).stdout == "Lind True\n"
    assert "--loud" in CliRunner().invoke(app, ["greet", "--help"]).stdout


def test_commands_that_cannot_be_loaded_leave_the_others_alone(news: Path) -> None:
    app = cli.build_app([EntryPoint("broken", "no_such_module:app", cli.COMMANDS_GROUP)])
    result = CliRunner().invoke(app, ["broken", "--help"])
    assert result.exit_code == 2
    assert "no_such_module" in result.stderr
    assert CliRunner().invoke(app, ["--help"]).exit_code == 0
    assert CliRunner().invoke(app, ["analyze", "news/a.txt"]).exit_code == 0


def test_help_does_not_wait_for_torch() -> None:
    code = (
        "import atexit, sys\n"
        "from analyzer.cli import main\n"
        "atexit.register(lambda: print('torch' in sys.modules))\n"
        "main()"
    )
    run = subprocess.run([sys.executable, "-c", code, "analyze", "--help"], capture_output=True, text=True)
    assert run.returncode == 0
    assert "Exit codes" in run.stdout
    assert run.stdout.endswith("False\n")
