"""Days of the calendar of Iran and Afghanistan."""

from __future__ import annotations

from datetime import date, timedelta

__all__ = ["MONTHS", "YEARS", "day_of_solar", "solar_day"]

# Of what people still keep lists of; the rule for leap years holds for all of them.
YEARS = range(1250, 1472)
_FIRST = date(2021, 3, 21)
_FIRST_YEAR = 1400
_LEAPS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_CYCLE = 33
_LONG_MONTHS = 6
# From a year of ours to the one of this calendar that begins in it.
_YEARS_APART = 621
MONTHS = (
    ("فروردین", "حمل", "farvardin", "hamal"),
    ("اردیبهشت", "ثور", "ordibehesht", "sawr"),
    ("خرداد", "جوزا", "khordad", "jawza"),
    ("تیر", "سرطان", "tir", "saratan"),
    ("مرداد", "اسد", "mordad", "asad"),
    ("شهریور", "سنبله", "shahrivar", "sunbula"),
    ("مهر", "میزان", "mehr", "mizan"),
    ("آبان", "عقرب", "aban", "aqrab"),
    ("آذر", "قوس", "azar", "qaws"),
    ("دی", "جدی", "dey", "jadi"),
    ("بهمن", "دلو", "bahman", "dalwa"),
    ("اسفند", "حوت", "esfand", "hut"),
)
"""Names of the months, in Iran and in Afghanistan, in their letters and in ours."""


def day_of_solar(year: int, month: int, day: int) -> date | None:
    """Return a day of this calendar in ours; `None` if there is no such day.

    Example:
        >>> str(day_of_solar(1399, 12, 30)), day_of_solar(1400, 12, 30)
        ('2021-03-20', None)
    """
    is_month = year in YEARS and 1 <= month <= len(MONTHS)
    if not is_month or not 1 <= day <= _days_of(year, month):
        return None
    years = year - _FIRST_YEAR
    between = range(min(year, _FIRST_YEAR), max(year, _FIRST_YEAR))
    leaps = sum(map(_is_leap, between)) * (1 if years >= 0 else -1)
    days = (month - 1) * 31 - max(0, month - 1 - _LONG_MONTHS) + day - 1
    return _FIRST + timedelta(days=years * 365 + leaps + days)


def solar_day(day: date) -> tuple[int, int, int] | None:
    """Return year, month and day in this calendar; `None` where its rule is not known to hold.

    Example:
        >>> solar_day(date(2024, 1, 3)), solar_day(date(1000, 1, 1))
        ((1402, 10, 13), None)
    """
    year = day.year - _YEARS_APART
    newest = day_of_solar(year, 1, 1)
    if newest is not None and day < newest:
        year -= 1
        newest = day_of_solar(year, 1, 1)
    if newest is None:
        return None
    left, long = (day - newest).days, 31 * _LONG_MONTHS
    month, rest = divmod(left, 31) if left < long else divmod(left - long, 30)
    return year, month + 1 + (0 if left < long else _LONG_MONTHS), rest + 1


def _days_of(year: int, month: int) -> int:
    if month <= _LONG_MONTHS:
        return 31
    return 29 if month == len(MONTHS) and not _is_leap(year) else 30


def _is_leap(year: int) -> bool:
    return year % _CYCLE in _LEAPS
