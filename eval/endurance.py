"""``communique benchmark-batch``: long runs of the command line, killed, watched and timed.

The articles are the corpus's constructed ones, cut to their beginnings and numbered. Everything is run as a user runs
it: ``communique analyze`` in a process of its own.
"""

from __future__ import annotations

import json
import platform
import random
import re
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Annotated, Any

import psutil
import typer
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from analyzer.failure import Failure
from analyzer.formats import Format, write_results
from analyzer.quotation import Analysis
from analyzer.results import read_results
from eval.fuzz import write_fuzzed
from eval.options import JsonPath, Seed, check_json_path, write_result

COMMAND = "benchmark-batch"
ARTICLES = Path(__file__).parents[1] / "corpus" / "articles"
REPORT_ARTICLES = 1000
KILLS_WHILE_WRITING = 3
PARAGRAPHS = 2
"""Articles are cut after so many paragraphs, so that ten thousand of them take minutes."""

app = typer.Typer(name=COMMAND, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def benchmark_batch(
    kills: Annotated[int, typer.Option(min=0, help="How often the run is killed.")] = 20,
    killed_articles: Annotated[int, typer.Option(min=50, help="Articles of the run that is killed.")] = 500,
    watched_articles: Annotated[
        int, typer.Option(min=2000, help="Articles of the run whose memory is watched.")
    ] = 10_000,
    timed_articles: Annotated[
        int, typer.Option(min=20, help="Articles of the runs that are timed, each in its full length.")
    ] = 120,
    broken_files: Annotated[int, typer.Option(min=9, help="Broken and hostile files of all kinds.")] = 2000,
    seed: Seed = 0,
    json_path: JsonPath = None,
) -> None:
    """Measure whether killed runs lose anything, whether memory grows, what a second process brings, and broken files.

    Exit code 1 if the result could not be written in the end.
    """
    check_json_path(COMMAND, json_path)
    options = {
        "--kills": kills,
        "--killed-articles": killed_articles,
        "--watched-articles": watched_articles,
        "--timed-articles": timed_articles,
        "--broken-files": broken_files,
        "--seed": seed,
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        result = {
            "command": shlex.join(
                ["communique", COMMAND, *(str(part) for item in options.items() for part in item)]
            ),
            "machine": f"{platform.machine()}, {psutil.cpu_count(logical=False)} cores",
            "kills": measure_kills(folder, killed_articles, kills, random.Random(seed)),
            "memory": measure_memory(folder, watched_articles),
            "articles_per_second": measure_rates(folder, timed_articles),
            "broken": measure_broken(folder, broken_files, random.Random(seed)),
            "report": measure_report(folder),
        }
    Console().print(_table(result))
    write_result(COMMAND, result, json_path)


def measure_kills(folder: Path, articles: int, kills: int, chance: random.Random) -> dict[str, Any]:
    """Analyze once in one go, and once killed *kills* times by SIGKILL at random moments; compare the outputs.

    The last three kills come while the outputs are written (CSV and the report, beside JSON Lines), those before each
    at a random moment of the articles that are still to do. With two processes and results in order.
    """
    write_articles(folder / "killed.jsonl", articles, PARAGRAPHS)
    names = ("killed.jsonl", "killed.csv", "killed.html")
    whole, broken = folder / "whole", folder / "resumed"
    index = broken / "killed.jsonl.partial.index"
    commands = {}
    for home in (whole, broken):
        home.mkdir()
        outputs = (part for name in names[1:] for part in ("--output", str(home / name)))
        commands[home] = analyze_command(folder / "killed.jsonl", home / names[0], "--resume", *outputs)
    subprocess.run(commands[whole], check=True)
    done = []
    for early in range(kills - KILLS_WHILE_WRITING, -KILLS_WHILE_WRITING, -1):
        wanted = _near(_entries(index), articles, early, chance) if early > 0 else articles
        run = subprocess.Popen(commands[broken], stderr=subprocess.DEVNULL)
        while run.poll() is None and not (
            _entries(index) >= wanted if early > 0 else any(broken.glob(".killed.*.tmp"))
        ):
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.5 if early > 0 else 0.2))
        run.send_signal(signal.SIGKILL)
        run.wait()
        done.append(_entries(index))
    subprocess.run(commands[broken], check=True)
    ids = [json.loads(line)["id"] for line in (broken / names[0]).read_bytes().splitlines()]
    return {
        "articles": articles,
        "kills": kills,
        "done_at_each_kill": done,
        "same_bytes": all((broken / name).read_bytes() == (whole / name).read_bytes() for name in names),
        "left_beside": sorted(path.name for path in broken.iterdir() if path.name not in names),
        "lost": articles - len(set(ids)),
        "twice": len(ids) - len(set(ids)),
    }


def _near(done: int, articles: int, kills: int, chance: random.Random) -> int:
    """A random number of articles from *done* on, so that *kills* of them are spread over all *articles*."""
    return chance.randint(done, max(done, done + 2 * (articles - 1 - done) // (kills + 1)))


def _entries(index: Path) -> int:
    """How many results the record has, whose first line are the settings."""
    return max(0, index.read_bytes().count(b"\n") - 1) if index.exists() else 0


def measure_memory(folder: Path, articles: int) -> dict[str, Any]:
    """Memory of all processes of a run (proportional set size, MB): median in its first and in its last thousand."""
    write_articles(folder / "watched.jsonl", articles, 1)
    output = folder / "watched.csv"
    index = output.with_name("watched.csv.partial.index")
    run = psutil.Popen(analyze_command(folder / "watched.jsonl", output))
    samples: list[tuple[int, float]] = []
    size = done = 0
    while run.poll() is None:
        time.sleep(0.5)
        try:
            with index.open("rb") as stream:
                stream.seek(size)
                new = stream.read()
            memory = sum(process.memory_full_info().pss for process in (run, *run.children(recursive=True)))
        except (OSError, psutil.Error):
            continue
        size, done = size + len(new), done + new.count(b"\n")
        samples.append((done, memory / 2**20))
    first = statistics.median(memory for done, memory in samples if 100 <= done <= 1000)
    last = statistics.median(memory for done, memory in samples if done >= articles - 1000)
    return {
        "articles": articles,
        "first_thousand_mb": round(first),
        "last_thousand_mb": round(last),
        "growth": round(last / first, 3),
    }


def measure_rates(folder: Path, articles: int) -> dict[str, float]:
    """Articles a second, from the first result to the last, by processes and threads."""
    write_articles(folder / "timed.jsonl", articles, None)
    rates = {}
    for processes, threads in ((1, 1), (1, 2), (2, 1)):
        name = f"{processes} process{'es' if processes > 1 else ''} of {threads} thread{'s' if threads > 1 else ''}"
        log, output = folder / f"{processes}-{threads}.log", folder / f"{processes}-{threads}.jsonl"
        options = ("--processes", str(processes), "--threads", str(threads), "--log", str(log))
        subprocess.run(analyze_command(folder / "timed.jsonl", output, *options), check=True)
        events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        times = [
            datetime.fromisoformat(event["timestamp"]) for event in events if event["event"] == "analyzed"
        ]
        rates[name] = round((len(times) - 1) / (times[-1] - times[0]).total_seconds(), 2)
    return rates


def measure_broken(folder: Path, files: int, chance: random.Random) -> dict[str, Any]:
    """Analyze *files* that `eval.fuzz` has broken, with the report; open that in a browser, if Chromium is there."""
    home = folder / "broken"
    paths = write_fuzzed(home / "news", files, chance)
    output, report = home / "out.jsonl", home / "out.html"
    run = subprocess.run(
        analyze_command(home / "news", output, "--report", str(report)),
        capture_output=True,
        text=True,
        check=False,
    )
    results = list(read_results(output))
    failures = [result for result in results if isinstance(result, Failure)]
    # A file's results begin with its id: alone, or followed by a row's or a member's.
    named = {re.split("[#/]", result.id.removeprefix("news/"), maxsplit=1)[0] for result in results}
    return {
        "files": files,
        "exit_code": run.returncode,
        "tracebacks": run.stderr.count("Traceback"),
        "results": len(results),
        "files_without_result": len({path.name for path in paths} - named),
        "failures": dict(Counter(failure.type for failure in failures).most_common()),
        "internal_errors": sorted({f.message for f in failures if f.message.startswith("internal error")}),
        "left_beside": sorted(
            path.name for path in home.iterdir() if path.name not in ("news", "out.jsonl", "out.html")
        ),
        "report_in_browser": open_report(report),
    }


def measure_report(folder: Path) -> dict[str, Any]:
    """Seconds until the report on `REPORT_ARTICLES` is seen, the median of five times; after `measure_rates`."""
    results = [result for result in read_results(folder / "1-1.jsonl") if isinstance(result, Analysis)]
    many = [
        replace(result, id=f"{number:04}")
        for number, result in enumerate(islice(cycle(results), REPORT_ARTICLES))
    ]
    report = folder / "report.html"
    write_results(many, report, Format.HTML)
    opened = [open_report(report) for _ in range(5)]
    return {
        "articles": REPORT_ARTICLES,
        "words": sum(len(result.text.split()) for result in many),
        "quotations": sum(len(result.quotations) for result in many),
        "megabytes": round(report.stat().st_size / 2**20, 1),
        "seconds": statistics.median(page["seconds"] for page in opened if page) if any(opened) else None,
    }


def open_report(report: Path) -> dict[str, Any] | None:
    """What a browser makes of *report*: seconds to the first picture, errors, and whether hostile text got to run."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        errors: list[str] = []
        requests: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(report.as_uri())
        drawn = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
        seconds = page.evaluate(drawn) / 1000
        page.get_by_role("button", name="Expand all").click()
        page.wait_for_timeout(2000)
        hacked = page.evaluate("window.hacked !== undefined")
        browser.close()
    return {
        "seconds": round(seconds, 2),
        "errors": errors,
        "requests": len(requests) - 1,
        "script_ran": hacked,
    }


def analyze_command(articles: Path, output: Path, *options: str) -> list[str]:
    """The command line as it is installed, without its last line; two processes unless *options* say otherwise."""
    command = [
        sys.executable,
        "-c",
        "from analyzer.cli import main; main()",
        "analyze",
        str(articles),
        "--quiet",
    ]
    return [*command, "--output", str(output), "--processes", "2", *options]


def write_articles(path: Path, count: int, paragraphs: int | None) -> None:
    """Write *count* articles as JSON Lines: the constructed ones, again and again, each cut after *paragraphs*."""
    with path.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(islice(_texts(), count)):
            # No two are the same, and none has only a dateline.
            kept = [part for part in text.split("\n") if part.strip()][:paragraphs]
            article = {"id": f"{number:06}", "text": "\n\n".join([*kept, f"Article {number}."])}
            stream.write(json.dumps(article, ensure_ascii=False) + "\n")


def _texts() -> Iterator[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.txt"))]
    while True:
        yield from texts


def _table(result: dict[str, Any]) -> Table:
    table = Table("measure", "value", title="batches", caption=result["machine"])
    kills, memory = result["kills"], result["memory"]
    table.add_row(f"killed {kills['kills']} times over {kills['articles']} articles", "")
    table.add_row("  the same bytes as uninterrupted", "yes" if kills["same_bytes"] else "NO")
    table.add_row("  articles lost, twice", f"{kills['lost']}, {kills['twice']}")
    table.add_row(f"memory over {memory['articles']:,} articles", "")
    table.add_row("  first thousand", f"{memory['first_thousand_mb']} MB")
    table.add_row("  last thousand", f"{memory['last_thousand_mb']} MB")
    broken, page = result["broken"], result["broken"]["report_in_browser"] or {}
    table.add_row(f"{broken['files']:,} broken files", f"{broken['results']:,} results")
    table.add_row("  files without a result", str(broken["files_without_result"]))
    table.add_row(
        "  tracebacks, internal errors", f"{broken['tracebacks']}, {len(broken['internal_errors'])}"
    )
    ran = "not opened" if not page else "YES" if page["script_ran"] else "no"
    table.add_row("  report: hostile text has run", ran)
    shown = result["report"]
    table.add_row(f"report on {shown['articles']:,} articles, seconds to open", str(shown["seconds"]))
    for name, rate in result["articles_per_second"].items():
        table.add_row(f"articles a second, {name}", f"{rate:.2f}")
    return table
