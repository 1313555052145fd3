"""The command line, with an analyzer that finds what stands in curly marks and needs no weights."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import regex
from typer.testing import CliRunner
from typer.testing import Result as Run

from analyzer import cli
from analyzer.article import Article
from analyzer.batch.worker import Settings
from analyzer.errors import ArticleError, ModelError
from analyzer.failure import Failure
from analyzer.quotation import Analysis, Quotation, StanceLabel
from analyzer.results import Result
from tests.hand_made import make_analysis, make_quotation


class MarksAnalyzer:
    """Takes what stands in curly marks for quotations and fails where the real one would, or has a bug."""

    def __init__(self, settings: Settings = Settings()) -> None:  # noqa: B008
        self.least = settings.min_confidence

    def analyze_together(self, articles: Sequence[Article]) -> list[Result]:
        return [self._analyze_or_fail(article) for article in articles]

    def _analyze_or_fail(self, article: Article) -> Result:
        try:
            return self._analyze(article)
        except Exception as error:
            return Failure.from_error(article.id, error)

    def _analyze(self, article: Article) -> Analysis:
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
        quotations = (replace(one, stance=replace(one.stance, label=self._label(one))) for one in quotations)
        analysis = make_analysis(text, *quotations, id=article.id)
        return replace(analysis, title=article.title, date=article.date, warnings=article.warnings)

    def _label(self, quotation: Quotation) -> StanceLabel:
        return (
            quotation.stance.label
            if max(quotation.stance.probabilities.values()) >= self.least
            else "unknown"
        )


def analyze(*arguments: str, input: bytes | None = None) -> Run:
    return CliRunner().invoke(cli.build_app([]), ["analyze", *arguments], input=input)


def convert(*arguments: str) -> Run:
    return CliRunner().invoke(cli.build_app([]), ["convert", *arguments])


def objects(lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


FROM_A_PROCESS = (
    "import resource, sys\n"
    "from analyzer import cli\n"
    "from analyzer.batch import engine\n"
    "from tests.analyzer.commands.running import MarksAnalyzer\n"
    "engine.load_analyzer = MarksAnalyzer\n"
    "if limit := int(sys.argv.pop(1)):\n"
    "    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
    "cli.main()"
)


def run_limited(limit: int, *arguments: str | Path, output: Any = subprocess.PIPE) -> tuple[int, str]:
    """Exit code and standard error of a process that may write files of so many bytes; 0 for any number."""
    command = [sys.executable, "-c", FROM_A_PROCESS, str(limit), "analyze", *map(str, arguments)]
    run = subprocess.run(
        command, cwd=Path(__file__).parents[3], stdout=output, stderr=subprocess.PIPE, text=True, check=False
    )
    return run.returncode, run.stderr


def no_model(settings: Settings) -> None:
    raise ModelError("there is no config.json")
