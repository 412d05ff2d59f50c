"""EDTF, the Extended Date/Time Format (ISO 8601-2:2019): which days a text may mean.

All of levels 0 and 1 is read, and of level 2 what a calendar of the years 1 to 9999 can hold.
Nothing here takes longer than its text is long, so that a text from anywhere may be read.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

__all__ = ["MOST_LETTERS", "Days", "days_of", "without_hedges"]

MOST_LETTERS = 200

_HEDGE = "[~?%]{0,2}"
_DATE = re.compile(
    rf"{_HEDGE}([\dX]{{4}}){_HEDGE}(?:-{_HEDGE}([\dX]{{2}}){_HEDGE}(?:-{_HEDGE}([\dX]{{2}}){_HEDGE})?)?",
    re.ASCII,
)
_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?",
    re.ASCII,
)
_FEW_DIGITS = re.compile(r"(\d{4})S([1-4])", re.ASCII)
# Years that EDTF can say and the calendar cannot.
_FAR_YEAR = re.compile(r"(?:-\d{4}|0000|Y-?\d+E\d+|Y-?\d{5,})(?:S\d+)?(?:-.*)?", re.ASCII)
_LAST_YEAR = date.max.year
_DECEMBER = 12
# What may stand in a month's place from 21 on, as its first month and its length: seasons, those of
# the north and of the south, then quarters, thirds and halves of a year. Seasons without a
# hemisphere are northern in the sources, and winter reaches into the next year.
_FIRST_SEASON, _LAST_SEASON = 21, 32
_MONTHS = (*(3, 6, 9, 12) * 2, 9, 12, 3, 6, 1, 4, 7, 10, 1, 5, 9, 1, 7)
_LENGTHS = (*[3] * 16, *[4] * 3, *[6] * 2)
_SEASONS = dict(enumerate(zip(_MONTHS, _LENGTHS, strict=True), start=_FIRST_SEASON))


@dataclass(frozen=True)
class Days:
    """The days that a text may mean.

    Attributes:
        first: First possible day; `None` when it is open or unknown.
        last: Last possible day; `None` when it is open or unknown.
        unit: `day`, `month`, `season` or `year` when the text names one, `unknown` when it names no
            year, and empty for all else.
    """

    first: date | None
    last: date | None
    unit: str = ""


def days_of(text: str) -> Days:
    """Return the days that an EDTF text may mean.

    Args:
        text: One date, several as `[…]` or `{…}`, or an interval.

    Raises:
        ValueError: If the text is not EDTF, or means days that the calendar does not have.

    Example:
        >>> days_of("2021-XX").unit, days_of("2021-05-04T23:30:00+04:30").unit
        ('year', 'day')
        >>> days_of("[..2020-03, 2021]").last
        datetime.date(2021, 12, 31)
    """
    if len(text) > MOST_LETTERS:
        raise ValueError(f"a date must have at most {MOST_LETTERS} letters, got {len(text):,}")
    if text[:1] + text[-1:] in ("[]", "{}"):
        return _set(text)
    first, is_interval, last = text.partition("/")
    return _interval(text, first, last) if is_interval else _date(text, text)


def without_hedges(text: str) -> str:
    """Return a date without the marks that hedge it.

    Example:
        >>> without_hedges("?2021-05~")
        '2021-05'
    """
    return re.sub("[~?%]", "", text)


def _interval(text: str, first: str, last: str) -> Days:
    start = None if first in ("", "..") else _date(first, text).first
    end = None if last in ("", "..") else _date(last, text).last
    if start and end and end < start:
        raise ValueError(f"an interval must not end before it starts, got {text!r}")
    return Days(start, end, "" if start or end else "unknown")


def _set(text: str) -> Days:
    members = [_member(one.strip(), text) for one in text[1:-1].split(",")]
    firsts = [one.first for one in members if one.first]
    lasts = [one.last for one in members if one.last]
    is_whole = len(firsts) == len(lasts) == len(members)
    if len(members) == 1 and is_whole:
        return members[0]
    first = min(firsts) if len(firsts) == len(members) else None
    last = max(lasts) if len(lasts) == len(members) else None
    return Days(first, last, "" if first or last else "unknown")


def _member(member: str, text: str) -> Days:
    first, is_range, last = member.partition("..")
    return _interval(text, first, last) if is_range else _date(member, text)


def _date(text: str, whole: str) -> Days:
    if time := _TIME.fullmatch(text):
        text = time[1]
    if few := _FEW_DIGITS.fullmatch(text):
        text = few[1][: int(few[2])].ljust(4, "X")
    found = _DATE.fullmatch(text)
    if found is None or without_hedges(text) == "0000":
        raise _fault(text, whole)
    year, month, day = found.groups()
    if month and month.isdigit() and int(month) in _SEASONS:
        return _season(year, int(month), day, whole)
    first = next(_days(year, month or "XX", day or "XX", 1), None)
    last = next(_days(year, month or "XX", day or "XX", -1), None)
    if first is None or last is None:
        raise _fault(text, whole)
    if year == "XXXX":
        return Days(None, None, "unknown")
    return Days(first, last, _unit(year, month, day))


def _fault(text: str, whole: str) -> ValueError:
    bare = without_hedges(text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", bare, re.ASCII) and not bare.startswith("0000"):
        return ValueError(f"a day must exist in the calendar, got {whole!r:.60}")
    if _FAR_YEAR.fullmatch(bare):
        return ValueError(f"a date must lie within the years 0001 and 9999, got {whole!r:.60}")
    return ValueError(
        "a date must be EDTF: year, month and day in this order, such as 2024-01-03, 2022-10, "
        f"2016-23 (autumn), 2015~ or 2022-04-17/2022-05-03, got {whole!r:.60}"
    )


def _days(year: str, month: str, day: str, step: int) -> Iterator[date]:
    """Yield the days that fit digits of which some are unknown, from the first or last one on."""
    # Of so many years with some digits alike one is a leap year, if any is.
    for number in islice(_fitting(year, 1, _LAST_YEAR, step), 100):
        for one in _fitting(month, 1, _DECEMBER, step):
            for last in _fitting(day, 1, calendar.monthrange(number, one)[1], step):
                yield date(number, one, last)


def _fitting(digits: str, least: int, most: int, step: int) -> Iterator[int]:
    """Yield the numbers within bounds that digits may mean, upwards or downwards."""
    low = max(least, int(digits.replace("X", "0")))
    high = min(most, int(digits.replace("X", "9")))
    pattern = re.compile(digits.replace("X", "."))
    numbers = range(low, high + 1) if step > 0 else range(high, low - 1, -1)
    return (one for one in numbers if pattern.fullmatch(f"{one:0{len(digits)}}"))


def _season(year: str, season: int, day: str | None, whole: str) -> Days:
    first = next(_fitting(year, 1, _LAST_YEAR, 1), None)
    last = next(_fitting(year, 1, _LAST_YEAR, -1), None)
    if day is not None or first is None or last is None:
        raise _fault("", whole)
    month, length = _SEASONS[season]
    unit = "season" if year.isdigit() and season <= _LAST_SEASON else ""
    return Days(date(first, month, 1), _last_day(last, month + length - 1), unit)


def _last_day(year: int, month: int) -> date:
    if month > _DECEMBER:
        year, month = year + 1, month - _DECEMBER
    if (year, month) >= (_LAST_YEAR, _DECEMBER):
        return date.max
    return date(year + month // _DECEMBER, month % _DECEMBER + 1, 1) - timedelta(days=1)


def _unit(year: str, month: str | None, day: str | None) -> str:
    if not year.isdigit():
        return ""
    if month in (None, "XX"):
        return "year" if day in (None, "XX") else ""
    if not month.isdigit():
        return ""
    if day in (None, "XX"):
        return "month"
    return "day" if day.isdigit() else ""
