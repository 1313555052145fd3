"""Results for the tests of the writers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analyzer.failure import Failure
from analyzer.quotation import Analysis, Confidence
from analyzer.results import Result
from tests.hand_made import TEXT, make_analysis, make_quotation, spans_of, strait_analysis

FAILURE = Failure(id="news/empty.txt", type="ArticleError", message="the file is empty")


def full_analysis() -> Analysis:
    """`strait_analysis` with a date, a title, an outlet, a cue, a role and a target that have places in the text."""
    analysis = strait_analysis()
    lind, ministry = analysis.quotations
    assert lind.stance.target
    lind = replace(
        lind,
        cue=spans_of(TEXT, "said"),
        role=replace(lind.role, spans=spans_of(TEXT, "Norland's chief negotiator"), affiliation="Norland"),
        stance=replace(lind.stance, target=replace(lind.stance.target, spans=spans_of(TEXT, "Sudria"))),
        confidence=Confidence(quotation=1.0, source=0.123456, speaker=2 / 3, stance=0.00004),
    )
    return replace(
        analysis,
        quotations=(lind, ministry),
        date="2026-03-07",
        title="Talks on the strait",
        outlet="The Norland Post",
    )


def surrogate_analysis() -> Analysis:
    """An analysis whose text, speaker and id UTF-8 cannot carry."""
    text = "A \ud83d code. “No talks,” \udcff said."
    quotation = make_quotation(text, "“No talks,”", source="\udcff", speaker="\udcff")
    return make_analysis(text, quotation, id="news/\udcff.txt")


def all_results() -> list[Result]:
    """Every kind of result: full, failed, without quotations, and such as UTF-8 cannot carry."""
    return [full_analysis(), FAILURE, make_analysis("Nobody spoke.", id="quiet"), surrogate_analysis()]


def small_analyses(number: int) -> Iterator[Analysis]:
    """*number* analyses with one quotation each, one at a time."""
    text = "“No,” Lind said."
    quotation = make_quotation(text, "“No,”", source="Lind", speaker="Ana Lind")
    for count in range(number):
        yield make_analysis(text, quotation, id=f"article {count}")
