"""The command line, with an analyzer that finds what stands in curly marks and needs no weights."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import EntryPoint, version
from pathlib import Path
from typing import Any

import pytest
import regex
import typer
from typer.testing import CliRunner, Result

from analyzer import cli
from analyzer.article import Article
from analyzer.batch import engine
from analyzer.batch.worker import Settings
from analyzer.errors import ArticleError, ModelError
from analyzer.quotation import Analysis
from tests.hand_made import make_analysis, make_quotation


class MarksAnalyzer:
    """Takes what stands in curly marks for quotations and fails where the real one would, or has a bug."""

    def analyze_article(self, article: Article) -> Analysis:
        text = article.text
        if not text.strip():
            raise ArticleError("the article is empty")
        if "bug" in text:
            raise KeyError("bug")
        if "interrupt" in text:
            raise KeyboardInterrupt
        if "delete the results" in text:
            shutil.rmtree("results")
        quoted = regex.findall("“[^”]*”", text)
        quotations = (make_quotation(text, words, id=number) for number, words in enumerate(quoted))
        analysis = make_analysis(text, *quotations, id=article.id)
        return replace(analysis, title=article.title, date=article.date, warnings=article.warnings)


@pytest.fixture(autouse=True)
def analyzer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "load_analyzer", lambda settings: MarksAnalyzer())


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder holds ``news`` with two good articles and, between them, an empty one."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("“We wait,” said Lind.", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.txt").write_text("“No,” said Maslov.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def analyze(*arguments: str, input: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.build_app([]), ["analyze", *arguments], input=input)


def objects(lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


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


def test_interrupted_run_leaves_the_old_output_and_goes_on_when_told(news: Path) -> None:
    Path("out.jsonl").write_text("old")
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
    assert "2 of the articles had been done before" in resumed.stderr
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


FROM_A_PROCESS = (
    "import resource, sys\n"
    "from analyzer import cli\n"
    "from analyzer.batch import engine\n"
    "from tests.analyzer.test_cli import MarksAnalyzer\n"
    "engine.load_analyzer = lambda settings: MarksAnalyzer()\n"
    "if limit := int(sys.argv.pop(1)):\n"
    "    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
    "cli.main()"
)


def run_limited(limit: int, *arguments: str | Path, output: Any = subprocess.PIPE) -> tuple[int, str]:
    """Exit code and standard error of a process that may write files of so many bytes; 0 for any number."""
    command = [sys.executable, "-c", FROM_A_PROCESS, str(limit), "analyze", *map(str, arguments)]
    run = subprocess.run(
        command, cwd=Path(__file__).parents[2], stdout=output, stderr=subprocess.PIPE, text=True, check=False
    )
    return run.returncode, run.stderr


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


def no_model(settings: Settings) -> None:
    raise ModelError("there is no config.json")


def test_a_run_that_does_nothing_leaves_an_earlier_record(
    news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_resuming_what_never_began_begins(news: Path) -> None:
    assert analyze("news/a.txt", "-o", "out.jsonl", "--resume").exit_code == 0
    assert objects(Path("out.jsonl").read_text("utf-8"))


def test_several_outputs_of_one_run(news: Path) -> None:
    assert analyze("news", "-o", "out.csv", "-o", "out.jsonl", "--report", "out.html").exit_code == 1
    assert sorted(os.listdir()) == ["news", "out.csv", "out.html", "out.jsonl"]
    assert Path("out.jsonl").read_text("utf-8") == analyze("news").stdout
    assert Path("out.csv").read_bytes() == analyze("news", "--format", "csv").stdout_bytes


def test_an_output_in_the_folder_of_articles_is_no_article(news: Path) -> None:
    for _ in range(2):
        assert analyze("news", "-o", "news/out.csv", "--overwrite").exit_code == 1
        assert "3 articles" in analyze("news", "-o", "news/out.csv", "--overwrite").stderr


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


def convert(*arguments: str) -> Result:
    return CliRunner().invoke(cli.build_app([]), ["convert", *arguments])


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


@pytest.mark.parametrize("options", [["--resume"], ["--resume", "--overwrite", "-o", "out.csv"]])
def test_resume_needs_an_output_and_no_overwrite(news: Path, options: list[str]) -> None:
    assert analyze("news", *options).exit_code == 2


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
