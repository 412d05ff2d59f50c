"""Dates put together from a year, a month and a day, of which some may not be known."""

from __future__ import annotations

import calendar
from datetime import date

__all__ = ["day_of", "from_parts", "full_year", "is_year", "month_of"]

_FIRST_YEAR, _LAST_YEAR = 1000, 2199
_MONTHS = 12
_UNKNOWN_PARTS = (0, 99)
_LONG = 10


def from_parts(year: str, month: str, day: str) -> str | None:
    """Return a date from its year, month and day; those that are 0, 99 or empty are not known.

    Example:
        >>> from_parts("2011", "1", "0"), from_parts("2011", "", ""), from_parts("2011", "2", "30")
        ('2011-01', '2011', None)
    """
    parts = (year, month, day)
    if not all(not one or (one.isdecimal() and len(one) < _LONG) for one in parts):
        return None
    numbers = [int(one) if one else 0 for one in parts]
    if not is_year(numbers[0]):
        return None
    if numbers[1] in _UNKNOWN_PARTS:
        return f"{numbers[0]:04}"
    if numbers[2] in _UNKNOWN_PARTS:
        return month_of(numbers[0], numbers[1])
    return day_of(*numbers)


def is_year(year: int) -> bool:
    """Whether a number is a year of which records may be."""
    return _FIRST_YEAR <= year <= _LAST_YEAR


def full_year(text: str) -> int:
    """Return the year of two digits, or of four."""
    digits = text.strip("'")
    if len(digits) != 2:  # noqa: PLR2004
        return int(digits)
    # What happened is not later than now.
    this_year = date.today().year
    year = this_year // 100 * 100 + int(digits)
    return year if year <= this_year else year - 100


def month_of(year: int, month: int | None) -> str | None:
    """Return a month as EDTF; `None` if there is no such one."""
    return f"{year:04}-{month:02}" if month and 1 <= month <= _MONTHS and is_year(year) else None


def day_of(year: int, month: int | None, day: int) -> str | None:
    """Return a day as EDTF; `None` if there is no such one."""
    if not month or not 1 <= month <= _MONTHS or not is_year(year):
        return None
    last = calendar.monthrange(year, month)[1]
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= last else None
