"""Who is how toward whom over many articles: stances counted by speaker or country, target, and time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from analyzer.failure import Failure
from analyzer.quotation import Quotation
from analyzer.results import Result
from analyzer.writers.extras import needs_extra

if TYPE_CHECKING:
    import pandas


class Side(StrEnum):
    """Who takes a stance: the speaker by name, or the country of their role."""

    SPEAKER = "speaker"
    COUNTRY = "country"


class Period(StrEnum):
    """Over what time stances are counted together."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


_DATE_LENGTH = {Period.YEAR: 4, Period.MONTH: 7, Period.DAY: 10}


class Pair(NamedTuple):
    """Who, toward whom, and when: ``2024``, ``2024-05``, ``2024-05-03``, or ``None`` for all time or no known date."""

    side: str
    target: str
    period: str | None


@dataclass(slots=True)
class Counts:
    """How many quotations of a pair have each stance."""

    hostile: int = 0
    conditional: int = 0
    conciliatory: int = 0

    @property
    def quotations(self) -> int:
        return self.hostile + self.conditional + self.conciliatory

    @property
    def mean_stance(self) -> float:
        """From -1, all hostile, to 1, all conciliatory; a conditional one counts 0."""
        return (self.conciliatory - self.hostile) / self.quotations

    @property
    def conditional_share(self) -> float:
        return self.conditional / self.quotations


def count_stances(
    results: Iterable[Result],
    *,
    by: Side | str = Side.COUNTRY,
    per: Period | str | None = None,
    min_confidence: float = 0.0,
) -> dict[Pair, Counts]:
    """The stances in *results* by who takes them and toward whom, the pairs with most quotations first.

    What counts is every quotation with a stance, a target, and a speaker's name or role's country, whose stance is at
    least *min_confidence* likely. A country is called by its ISO 3166-1 alpha-3 code, a target that is none by its
    name. With *per*, each period is counted for itself, articles without a date under ``None``.
    """
    side, period = Side(by), None if per is None else Period(per)
    counts: dict[Pair, Counts] = {}
    for result in results:
        if isinstance(result, Failure):
            continue
        when = result.date[: _DATE_LENGTH[period]] if period and result.date else None
        for quotation in result.quotations:
            label, who, target = quotation.stance.label, _side(quotation, side), _target(quotation)
            if label in ("none", "unknown") or who is None or target is None:
                continue
            if (quotation.confidence.stance or 0.0) >= min_confidence:
                pair = counts.setdefault(Pair(who, target, when), Counts())
                setattr(pair, label, getattr(pair, label) + 1)
    return dict(sorted(counts.items(), key=lambda item: (-item[1].quotations, *map(str, item[0]))))


def stance_frame(
    results: Iterable[Result],
    *,
    by: Side | str = Side.COUNTRY,
    per: Period | str | None = None,
    min_confidence: float = 0.0,
) -> pandas.DataFrame:
    """`count_stances` as a pandas frame; raises `MissingExtraError` without pandas.

    Columns: *by*'s name, ``target``, ``period`` (only with *per*), ``quotations``, ``hostile``, ``conditional``,
    ``conciliatory``, ``mean_stance``, ``conditional_share``.
    """
    with needs_extra("pandas"):
        import pandas

    counts = count_stances(results, by=by, per=per, min_confidence=min_confidence)
    rows = stance_rows(counts, by=by, dated=per is not None)
    return pandas.DataFrame(rows, columns=stance_columns(by, dated=per is not None))


def stance_columns(by: Side | str, *, dated: bool) -> list[str]:
    """The names of the columns of `stance_frame`."""
    period = ["period"] if dated else []
    counts = ["quotations", "hostile", "conditional", "conciliatory", "mean_stance", "conditional_share"]
    return [str(Side(by)), "target", *period, *counts]


def stance_rows(counts: dict[Pair, Counts], *, by: Side | str, dated: bool) -> Iterator[dict[str, Any]]:
    """A row a pair, by `stance_columns`; means and shares to three places."""
    for pair, of in counts.items():
        period = [pair.period] if dated else []
        mean, share = round(of.mean_stance, 3), round(of.conditional_share, 3)
        numbers = [of.quotations, of.hostile, of.conditional, of.conciliatory, mean, share]
        columns = stance_columns(by, dated=dated)
        yield dict(zip(columns, [pair.side, pair.target, *period, *numbers], strict=True))


def _side(quotation: Quotation, side: Side) -> str | None:
    return quotation.speaker.name if side is Side.SPEAKER else quotation.role.country


def _target(quotation: Quotation) -> str | None:
    target = quotation.stance.target
    return None if target is None else target.country or target.name
