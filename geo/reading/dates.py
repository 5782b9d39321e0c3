"""Dates as the contract writes them: ISO 8601 with a precision of year, month or day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

__all__ = ["MONTHS", "agree", "is_iso_date", "make_iso", "parse_stamp"]

MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        (
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
        start=1,
    )
    for length in (3, len(name))
} | {"sept": 9}
"""English month names and their short forms, lower case, without a dot."""

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_STAMP = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ]\d{1,2}:\d{2}.{0,30})?)?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4,6}.{0,10})?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2100


def make_iso(year: int, month: int | None = None, day: int | None = None) -> str:
    """Write a date in ISO 8601, or return an empty string if there is no such day (1900 to 2100)."""
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        return ""
    if (
        not FIRST_YEAR <= year <= LAST_YEAR
        or (month is not None and month < 1)
        or (day is not None and day < 1)
    ):
        return ""
    if month is None:
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}" if day is None else f"{year:04d}-{month:02d}-{day:02d}"


def is_iso_date(value: str) -> bool:
    """Whether a value is exactly ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` and such a day exists."""
    found = _ISO.fullmatch(value)
    return bool(found and make_iso(*(int(part) if part else None for part in found.groups())))  # type: ignore[arg-type]


def parse_stamp(value: str) -> str:
    """Read the day out of a machine's date: ``2021-03-05T10:00:00+00:00``, ``2021/3/5``, ``20210305``.

    The year must come first, so that day and month cannot be mistaken for each
    other. A clock time is dropped and its zone not applied. Anything else gives
    an empty string.
    """
    value = value.strip()
    found = _STAMP.fullmatch(value) or _COMPACT.fullmatch(value)
    if not found:
        return ""
    year, month, day = found.groups()
    return make_iso(int(year), int(month) if month else None, int(day) if day else None)


def agree(dates: Iterable[str]) -> str:
    """Return what several ISO dates have in common, or an empty string.

    ``2021-03`` and ``2021-03-05`` agree on the finer one; two days of one month
    leave the month (time zones, late updates), two months of one year the year.
    """
    values = sorted({date for date in dates if date}, key=len)
    if not values:
        return ""
    finest = values[-1]
    for length in (10, 7, 4):
        cut = finest[:length]
        if len(cut) == length and all(cut.startswith(v) or v.startswith(cut) for v in values):
            return cut
    return ""
