"""Who is how toward whom, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer import cli
from analyzer.aggregation import Counts, Pair, count_stances, stance_frame
from analyzer.failure import Failure
from analyzer.quotation import Analysis, Quotation, StanceLabel, Target
from tests.hand_made import make_analysis, make_quotation

WORDS = "“No.” “Perhaps.” “Yes.” “So.”"


def said(
    number: int,
    stance: StanceLabel,
    *,
    speaker: str | None = "Ana Lind",
    country: str | None = "NOR",
    target: str | None = "Iceland",
    code: str | None = "ISL",
    sure: float = 0.7,
) -> Quotation:
    piece = WORDS.split(" ")[number]
    quotation = make_quotation(WORDS, piece, id=number, speaker=speaker, stance=stance, target=target)
    toward = None if target is None else Target(name=target, country=code, spans=())
    return replace(
        quotation,
        role=replace(quotation.role, country=country),
        stance=replace(quotation.stance, target=toward),
        confidence=replace(quotation.confidence, stance=sure),
    )


def results() -> list[Analysis | Failure]:
    """Norway toward Iceland: twice hostile, once conditional, once conciliatory; once toward a body."""
    may = make_analysis(WORDS, said(0, "hostile"), said(1, "hostile", sure=0.4), said(2, "conditional"))
    june = make_analysis(
        WORDS,
        said(0, "conciliatory", speaker="Jón Árnason"),
        said(1, "hostile", target="Arctic Council", code=None),
        said(2, "hostile", target=None),
        said(3, "none"),
    )
    nobody = make_analysis(WORDS, said(0, "hostile", country=None, speaker=None))
    failure = Failure(id="b.txt", type="ArticleError", message="the file is empty")
    return [replace(may, date="2024-05-03"), failure, replace(june, date="2024-06-01"), nobody]


def test_countries_toward_countries_and_bodies() -> None:
    assert count_stances(results()) == {
        Pair("NOR", "ISL", None): Counts(hostile=2, conditional=1, conciliatory=1),
        Pair("NOR", "Arctic Council", None): Counts(hostile=1),
    }


def test_the_pair_with_most_quotations_comes_first() -> None:
    assert [pair.target for pair in count_stances(results())] == ["ISL", "Arctic Council"]


def test_speakers_by_name() -> None:
    counts = count_stances(results(), by="speaker")
    assert counts[Pair("Ana Lind", "ISL", None)] == Counts(hostile=2, conditional=1)
    assert counts[Pair("Jón Árnason", "ISL", None)] == Counts(conciliatory=1)


@pytest.mark.parametrize(
    ("per", "periods"),
    [("year", {"2024"}), ("month", {"2024-05", "2024-06"}), ("day", {"2024-05-03", "2024-06-01"})],
)
def test_each_period_for_itself(per: str, periods: set[str]) -> None:
    assert {pair.period for pair in count_stances(results(), per=per)} == periods


def test_unsure_stances_can_be_left_out() -> None:
    assert count_stances(results(), min_confidence=0.5)[Pair("NOR", "ISL", None)].hostile == 1


def test_mean_and_share() -> None:
    counts = Counts(hostile=2, conditional=1, conciliatory=1)
    assert (counts.mean_stance, counts.conditional_share) == (-0.25, 0.25)


def test_frame_has_a_row_a_pair() -> None:
    frame = stance_frame(results(), per="month")
    assert list(frame.columns) == [
        "country",
        "target",
        "period",
        "quotations",
        "hostile",
        "conditional",
        "conciliatory",
        "mean_stance",
        "conditional_share",
    ]
    assert frame.iloc[0].tolist() == ["NOR", "ISL", "2024-05", 3, 2, 1, 0, -0.667, 0.333]
    assert stance_frame([]).empty


def test_command_prints_and_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    path = tmp_path / "results.jsonl"
    path.write_text("".join(result.to_json() + "\n" for result in results()), encoding="utf-8")

    def run(*options: str) -> str:
        ended = CliRunner().invoke(cli.build_app([]), ["stances", str(path), *options])
        assert ended.exit_code == 0, ended.output
        return ended.stdout

    assert ["NOR", "ISL", "4", "2", "1", "1", "-0.25", "0.25"] in [
        line.split() for line in run().splitlines()
    ]
    assert "1 more" in run("--limit", "1")
    run("--output", str(tmp_path / "out.csv"))
    assert (tmp_path / "out.csv").read_text("utf-8").splitlines()[1] == "NOR,ISL,4,2,1,1,-0.25,0.25"
    again = CliRunner().invoke(cli.build_app([]), ["stances", str(path), "-o", str(tmp_path / "out.csv")])
    assert (again.exit_code, "--overwrite" in again.stderr) == (2, True)
