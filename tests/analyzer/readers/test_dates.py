"""Days in the many ways in which dates are written."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from analyzer.readers.dates import parse_date


@pytest.mark.parametrize(
    "value",
    [
        "2026-05-03",
        " 2026-05-03T23:59:00-08:00 ",
        "2026-05-03 10:00:00.123456Z",
        "20260503",
        20260503,
        "20260503101500",
        "2026/5/3",
        "2026.05.03 10:00",
        "May 3, 2026",
        "3 May 2026 10:00 EST",
        "Sun, 03 May 2026 10:00:00 GMT",
        date(2026, 5, 3),
        datetime(2026, 5, 3, 23, 59),
    ],
)
def test_a_day_is_known_however_it_is_written(value: object) -> None:
    assert parse_date(value) == ("2026-05-03", ())


def test_day_and_month_are_told_apart_where_only_one_order_is_possible() -> None:
    assert parse_date("13/05/2026") == ("2026-05-13", ())
    assert parse_date("5/13/2026") == ("2026-05-13", ())


@pytest.mark.parametrize(
    "value",
    [
        *("03/05/2026", "Friday", "May 2026", "2026", "10:30", "26 May 13", "1777777777", 1777777777, 1.7e9),
        *("2026-13-45", "soon", "x" * 5000, "9" * 5000, "²", "٢٠٢٦٠٥٠٣", [2026], True),
    ],
)
def test_what_could_be_several_days_or_none_is_left_out_and_quoted(value: object) -> None:
    day, (warning,) = parse_date(value)
    assert day is None
    assert str(value)[:20] in warning
    assert len(warning) < 200


@pytest.mark.parametrize("value", [None, "", " \n", float("nan")])
def test_no_date_is_nothing_to_warn_of(value: object) -> None:
    assert parse_date(value) == (None, ())


def test_pandas_missing_time_is_no_date() -> None:
    pandas = pytest.importorskip("pandas")
    assert parse_date(pandas.NaT) == (None, ())
    assert parse_date(pandas.Timestamp("2026-05-03")) == ("2026-05-03", ())
