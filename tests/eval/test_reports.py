"""All forms of a report show the same figures, and nothing in an article can break out of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

import analyzer
from analyzer.quotation import Analysis, QuotationSpans
from analyzer.stance import StanceScores
from corpus.annotated import AnnotatedArticle
from corpus.json_form import dump_article
from eval.annotated_layers import annotated_layers
from eval.cli import app
from eval.evaluation import Evaluation
from eval.measuring import Task, evaluate_task
from eval.report.html import to_html
from eval.report.markdown import to_markdown
from eval.report.tables import percent
from eval.report.terminal import print_evaluation
from eval.stance_systems import stance_baselines
from eval.systems import LoadedModel
from tests.eval.test_layers import GOLD, analysis, change

HOSTILE = "<script>alert(1)</script>|`*_[x](javascript:1)\u2028\x1b[31m&amp;\ud800"


class StandIn:
    """Says of every article what ``analysis`` says of ``GOLD``, but for the stance of the second quotation."""

    model_name = "stand-in 1.0"
    has_stances = True

    def __init__(self, model: Path | None = None) -> None:
        pass

    def analyze(self, text: str) -> Analysis:
        made = analysis()
        return replace(
            change(1, stance=replace(made.quotations[1].stance, label="none")), text=text, sha256=""
        )

    def extract(self, text: str) -> tuple[QuotationSpans, ...]:
        return tuple(QuotationSpans(content=q.spans, source=q.source) for q in analysis().quotations)

    def score_stances(self, text: str, quotations: list[QuotationSpans]) -> list[StanceScores]:
        rest = {"cooperative": 0.05, "adverse": 0.05, "conciliatory": 0.1}
        return [StanceScores({"hostile": 0.2, "none": 0.6, **rest}, (0, 1)) for _ in quotations]


def evaluated(*articles: AnnotatedArticle, may_show: bool = True) -> Evaluation:
    model = LoadedModel(analyzer=StandIn(), name="stand-in 1.0", digest="ab" * 32, precision="float32")  # type: ignore[arg-type]
    task = Task(
        data=f"made {articles[0].id}",
        split="all",
        articles=articles,
        layers=annotated_layers(articles),
        groups={"all": range(len(articles))},
        model=model,
        may_show=lambda article: may_show,
        baselines={
            name: (name, label) for name, label in stance_baselines([GOLD]).items() if name != "bag of words"
        },
    )
    return evaluate_task(task, resamples=20)


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluated(GOLD, replace(GOLD, id="b"))


def test_every_form_shows_every_figure(evaluation: Evaluation) -> None:
    html, markdown = to_html(evaluation), to_markdown(evaluation)
    console = Console(width=200, record=True, file=StringIO())
    print_evaluation(console, evaluation)
    terminal = console.export_text()
    plain = json.loads(json.dumps(evaluation.to_dict(), allow_nan=False))
    (macro,) = [
        f
        for f in plain["figures"]
        if (f["system"], f["measure"]) == ("model", "given stance macro-F1 of four")
    ]
    # Two of three are `none`, as the stand-in says of all.
    assert macro["score"]["f1"] == pytest.approx(0.8 / 4)
    for figure in evaluation.figures:
        value = percent(figure.score.f1)
        assert value in html
        assert value in markdown
        if figure.measure.startswith("content"):
            assert value in terminal
    assert re.search(r"given stance macro-F1 of four[^|\n]*\| 20\.0", markdown)
    assert re.search(r"given stance macro-F1 of four *│ *20\.0", terminal)


def test_every_score_is_signed_in_every_form(evaluation: Evaluation) -> None:
    html = to_html(evaluation)
    for figure in evaluation.figures:
        assert figure.signature.replace(">", "&gt;") in html
    scored = (*evaluation.figures, *evaluation.comparisons, *evaluation.matrices, *evaluation.risks)
    assert len({item.signature for item in scored}) == len(scored)


def test_a_page_fetches_and_runs_nothing(evaluation: Evaluation) -> None:
    html = to_html(evaluation)
    assert "default-src 'none'; style-src" in unescape(html)
    assert not re.search(r"<script|<link|<img|<iframe|\ssrc=|\son\w+=|\sstyle=|url\(|@import|https?://", html)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)


def test_hostile_text_stays_text() -> None:
    text = GOLD.text.replace("Japan must pay", "Japan <b>|pay").replace("absurd.", f"absurd. {HOSTILE[:-1]}")
    article = replace(GOLD, id=HOSTILE, text=text, sha256="", metadata={"genre": HOSTILE})
    last = replace(GOLD.quotations[0], id=9, content=((text.index("<script"), len(text)),))
    article = replace(article, quotations=(*article.quotations, last))
    made = evaluated(article, replace(GOLD, id="b", metadata={"genre": "opinion"}))
    parser = _Tags()
    html = to_html(made)
    parser.feed(html)
    assert "&lt;script&gt;alert" in html
    assert "script" not in parser.tags
    html.encode("utf-8")
    markdown = to_markdown(made)
    assert "<script" not in re.sub(r"\\<", "", markdown)
    (row,) = [line for line in markdown.splitlines() if line.startswith("| \\<script") and ": model" in line]
    assert len(re.findall(r"(?<!\\)\|", row)) == 7
    console = Console(width=120, record=True, file=StringIO())
    print_evaluation(console, made)
    assert "\x1b[31m" not in console.export_text()


def test_what_is_not_annotated_is_not_measured() -> None:
    bare = tuple(replace(q, speaker=None, role=None, stances=None) for q in GOLD.quotations)
    made = evaluated(replace(GOLD, quotations=bare))
    assert made.not_measured == ("speakers", "roles", "stances", "targets", "evidence")
    measures = {figure.measure for figure in made.figures}
    assert measures == {"content characters", "content overlap", "content exact", "linked"}
    assert "not measured: speakers" in to_markdown(made)
    without = tuple(replace(q, source=()) for q in bare)
    assert "linked" not in {figure.measure for figure in evaluated(replace(GOLD, quotations=without)).figures}


def test_articles_whose_stances_are_not_annotated_cost_nothing() -> None:
    bare = tuple(replace(q, stances=None) for q in GOLD.quotations)
    both = evaluated(GOLD, replace(GOLD, id="b", quotations=bare))
    for measure in ("given stance macro-F1 of four", "stance macro-F1 of four", "stance none"):
        one = evaluated(GOLD).figure("all", "model", measure)
        figure = both.figure("all", "model", measure)
        assert figure is not None
        assert one is not None
        assert figure.score == one.score


def evaluate_gold(folder: Path, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setitem(vars(analyzer), "Analyzer", StandIn)
    return CliRunner().invoke(app, ["--gold", str(folder), "--resamples", "10", *arguments])


def write_gold(folder: Path) -> Path:
    folder.mkdir()
    dump_article(GOLD, folder / "a.json")
    (folder / "a.txt").write_text(GOLD.text, encoding="utf-8")
    return folder


def test_own_gold_articles_are_evaluated_with_their_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, path = write_gold(tmp_path / "gold"), tmp_path / "report.json"
    result = evaluate_gold(folder, "--report", str(path), monkeypatch=monkeypatch)
    assert result.exit_code == 0, result.stderr
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert list(stored["systems"]) == ["rules baseline", "majority", "lexicons", "bag of words", "model"]
    (wrong,) = [error for error in stored["errors"] if error["name"] == "wrong stance"]
    assert wrong["counts"] == {"all": [1, 3]}
    assert (wrong["examples"][0]["right"], wrong["examples"][0]["given"]) == ("hostile", "none")
    marked = [piece["text"] for piece in wrong["examples"][0]["excerpt"] if piece["is_gold"]]
    assert marked == ["Japan must pay"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--split", "dev"], "--split belongs to --polnear; all articles of a --gold folder are used"),
        (["--polnear", "folder"], "give one of --polnear and --gold, to say on what to evaluate"),
    ],
)
def test_arguments_that_do_not_go_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    result = evaluate_gold(write_gold(tmp_path / "gold"), *arguments, monkeypatch=monkeypatch)
    assert (result.exit_code, result.stderr) == (2, f"communique evaluate: {message}\n")


def test_a_gold_folder_that_cannot_be_read_gives_exit_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = evaluate_gold(tmp_path, monkeypatch=monkeypatch)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"communique evaluate: {tmp_path}: no annotated article in it")
