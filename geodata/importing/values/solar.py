"""Days of the calendar of Iran and Afghanistan, as its digits, months or the user say so."""

from __future__ import annotations

import re
from datetime import date, timedelta

__all__ = ["YEARS", "day_of_solar", "is_told_solar", "solar_of"]

# Of what people still keep lists of; the rule for leap years holds for all of them.
YEARS = range(1250, 1472)
_FIRST = date(2021, 3, 21)
_FIRST_YEAR = 1400
_LEAPS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_CYCLE = 33
_LONG_MONTHS = 6
_MONTHS = (
    ("فروردین", "حمل"), ("اردیبهشت", "ثور"), ("خرداد", "جوزا"), ("تیر", "سرطان"),
    ("مرداد", "اسد"), ("شهریور", "سنبله"), ("مهر", "میزان"), ("آبان", "عقرب"),
    ("آذر", "قوس"), ("دی", "جدی"), ("بهمن", "دلو"), ("اسفند", "حوت"),
)  # fmt: skip
_NUMBER_OF = {name: at for at, names in enumerate(_MONTHS, start=1) for name in names}
_YMD = re.compile(r"(1[2-4]\d\d)([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_WORDED = re.compile(rf"(?:(\d{{1,2}})\s+)?({'|'.join(_NUMBER_OF)})\s+(1[2-4]\d\d)")
_PERSIAN = re.compile("[\u06f0-\u06f9]")


def is_told_solar(text: str) -> bool:
    """Whether a text has digits that only lands with this calendar write."""
    return bool(_PERSIAN.search(text))


def solar_of(plain: str) -> str | None:
    """Return a day or month of this calendar as EDTF; `None` if there is no such day.

    Args:
        plain: A date with Latin digits, and maybe the name of a month; of another form it is
            nothing.

    Example:
        >>> solar_of("1402/10/13"), solar_of("دی 1402"), solar_of("2024/1/3")
        ('2024-01-03', '2023-12-22/2024-01-20', '')
    """
    if found := _YMD.fullmatch(plain):
        return _iso(int(found[1]), int(found[3]), int(found[4]))
    found = _WORDED.fullmatch(plain)
    if not found:
        return ""
    year, month = int(found[3]), _NUMBER_OF[found[2]]
    if found[1]:
        return _iso(year, month, int(found[1]))
    first, last = _iso(year, month, 1), _iso(year, month, _days_of(year, month))
    return f"{first}/{last}" if first else None


def _iso(year: int, month: int, day: int) -> str | None:
    found = day_of_solar(year, month, day)
    return found.isoformat() if found else None


def day_of_solar(year: int, month: int, day: int) -> date | None:
    """Return a day of this calendar in ours; `None` if there is no such day.

    Example:
        >>> str(day_of_solar(1399, 12, 30)), day_of_solar(1400, 12, 30)
        ('2021-03-20', None)
    """
    is_month = year in YEARS and 1 <= month <= len(_MONTHS)
    if not is_month or not 1 <= day <= _days_of(year, month):
        return None
    years = year - _FIRST_YEAR
    between = range(min(year, _FIRST_YEAR), max(year, _FIRST_YEAR))
    leaps = sum(map(_is_leap, between)) * (1 if years >= 0 else -1)
    days = (month - 1) * 31 - max(0, month - 1 - _LONG_MONTHS) + day - 1
    return _FIRST + timedelta(days=years * 365 + leaps + days)


def _days_of(year: int, month: int) -> int:
    if month <= _LONG_MONTHS:
        return 31
    return 29 if month == len(_MONTHS) and not _is_leap(year) else 30


def _is_leap(year: int) -> bool:
    return year % _CYCLE in _LEAPS
