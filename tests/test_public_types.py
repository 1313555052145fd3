"""The types of the public interface, as a user's strict mypy sees them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import analyzer

# Where a comment ignores an error, mypy complains if the error is not there.
PROGRAM = '''
from collections.abc import Iterator
from typing import Literal, assert_type

from analyzer import Analyser  # type: ignore[attr-defined]  # no such name
from analyzer import Analysis, Analyzer, Article, ArticleError, Failure, Quotation, Span, read_results
from analyzer.report import write_html
from analyzer.results import Result


def hostile(analysis: Analysis) -> list[Quotation]:
    """The hostile quotations that have a target."""
    return [
        quotation
        for quotation in analysis.quotations
        if quotation.stance.label == "hostile" and quotation.stance.target is not None
    ]


def main() -> None:
    analyzer = Analyzer("model", threads=2)
    assert_type(analyzer, Analyzer)
    try:
        analysis = analyzer.analyze("Envoy Ana Lind said no.", id="strait")
    except ArticleError as error:
        raise SystemExit(str(error)) from error
    assert_type(analysis, Analysis)
    assert_type(analysis.quotations, tuple[Quotation, ...])
    for quotation in hostile(analysis):
        assert_type(quotation.kind, Literal["direct", "mixed", "indirect"])
        assert_type(quotation.spans, tuple[Span, ...])
        assert_type(quotation.speaker.name, str | None)
        assert_type(quotation.confidence.stance, float | None)
        quotation.stance.target.name  # type: ignore[union-attr]
        quotation.text = ""  # type: ignore[misc]
    article = Article(id="strait", text="Envoy Ana Lind said no.", date="2031-05-02")
    assert_type(analyzer.analyze_article(article), Analysis)
    mixed: list[Article | str | dict[str, str]] = [article, "Envoy Ana Lind said no.", {"text": "No."}]
    for result in analyzer.analyze_articles(mixed):
        assert_type(result, Analysis | Failure)
    results: Iterator[Result] = read_results("results.jsonl")
    with open("results.html", "w", encoding="utf-8") as stream:
        write_html(results, stream)
    Analyzer(threads="2")  # type: ignore[arg-type]
    Article(id="strait")  # type: ignore[call-arg]
'''


# The types of torch and the like, of which the public interface has none, take mypy a minute.
CONFIGURATION = """
[mypy]
strict = true
follow_imports = skip
[mypy-analyzer.*]
follow_imports = silent
"""


def test_a_users_program_passes_strict_mypy(tmp_path: Path) -> None:
    program, configuration = tmp_path / "program.py", tmp_path / "mypy.ini"
    program.write_text(PROGRAM, encoding="utf-8")
    configuration.write_text(CONFIGURATION, encoding="utf-8")
    # In the folder of the package, mypy finds it without knowing of editable installations.
    run = subprocess.run(
        [sys.executable, "-m", "mypy", f"--config-file={configuration}", f"--cache-dir={tmp_path}", program],
        cwd=Path(analyzer.__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert run.stdout.startswith("Success"), run.stdout + run.stderr


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(analyzer.__file__).parent / "py.typed").is_file()
