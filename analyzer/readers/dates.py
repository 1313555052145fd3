"""From dates as people and programs write them to days."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import product

MAX_LENGTH = 100
_DIGITS = re.compile(r"(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\d{6})?", re.ASCII)
# Where the year comes first, the month is next.
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T].*)?", re.ASCII)
# What a string leaves out is taken from these, so that days on which they disagree are not in it.
_DEFAULTS = (datetime(2001, 1, 1), datetime(2002, 2, 2))


def parse_date(value: object) -> tuple[str | None, tuple[str, ...]]:
    """The day that *value*, a string, number, date or datetime, names as ``YYYY-MM-DD``, and warnings.

    A string is ISO 8601 (``20260503`` and ``20260503101500`` as well) or whatever dateutil reads the same
    with day, month or year first. The day is the one that is written, whatever the time zone. What is
    ambiguous or unreadable gives ``None`` and a warning that quotes it, what is missing ``None`` alone.
    """
    if value is None or value != value:  # pandas' missing values differ from themselves
        return None, ()
    if isinstance(value, date):
        return f"{value.year:04}-{value.month:02}-{value.day:02}", ()
    text = str(value).strip() if isinstance(value, str | int | float) else repr(value)
    if not text:
        return None, ()
    day = _iso_day(text) or _agreed_day(text)
    if day is None:
        shown = text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"
        return None, (f"date left out, as it is ambiguous or unreadable: {shown!r}",)
    return day.isoformat(), ()


def _iso_day(text: str) -> date | None:
    if text.isdigit():
        # Other numbers, as seconds since 1970, would be taken for dates by their digits.
        text = "-".join(match.groups()) if (match := _DIGITS.fullmatch(text)) else ""
    elif match := _YEAR_FIRST.fullmatch(text):
        text = f"{match[1]}-{match[3]:0>2}-{match[4]:0>2}"
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _agreed_day(text: str) -> date | None:
    from dateutil import parser

    if len(text) > MAX_LENGTH or _is_number(text):
        return None
    days = set()
    for default, day_first, year_first in product(_DEFAULTS, (True, False), (True, False)):
        try:
            read = parser.parse(
                text, default=default, dayfirst=day_first, yearfirst=year_first, ignoretz=True, fuzzy=False
            )
        # dateutil lets these out for some strings beside its own ParserError, which is a ValueError.
        except (ValueError, ArithmeticError, TypeError, IndexError, AttributeError):
            return None
        days.add(read.date())
    return days.pop() if len(days) == 1 else None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
