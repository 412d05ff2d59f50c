"""Dates as sources give them: EDTF text and the first and last possible day.

EDTF is the Extended Date/Time Format (ISO 8601-2:2019). Parsing is the `edtf` package's, except
for what it cannot do (open ends, as in `2018/..`, and winter, which it ends on 31 December) and for
years, months and days, which it does slowly.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from geodata.errors import RecordError
from geodata.records.vocabulary import TimePrecision

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "DateSpan",
    "describe_date",
    "describe_days",
    "parse_date",
]

FIRST_DAY = date.min
LAST_DAY = date.max

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_SEASON = re.compile(r"([1-9]\d{3})-(2[1-4])", re.ASCII)
_YEAR = re.compile(r"\d{4}")
# All but a few dates of sources: the grammar of `edtf` takes some ten milliseconds for each.
_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?[~?%]?", re.ASCII)
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class DateSpan:
    """The days that an EDTF text may mean.

    Attributes:
        start: First possible day; `FIRST_DAY` when the start is open or unknown.
        end: Last possible day; `LAST_DAY` when the end is open or unknown.
        precision: How exactly the date is known.
    """

    start: date
    end: date
    precision: TimePrecision


@lru_cache(maxsize=100_000)
def parse_date(text: str) -> DateSpan:
    """Return the span of days that an EDTF text may mean.

    Args:
        text: EDTF, such as `2024-01-03`, `2022-10`, `2016-23` (autumn), `2015~`,
            `2022-04-17/2022-05-03`, `2018/..` or `XXXX` (unknown).

    Returns:
        First and last possible day, both inclusive, and the precision.

    Raises:
        RecordError: If the text is not EDTF, or ends before it starts.

    Example:
        >>> span = parse_date("2022-10")
        >>> span.start.isoformat(), span.end.isoformat(), str(span.precision)
        ('2022-10-01', '2022-10-31', 'month')
        >>> parse_date("XXXX").precision.value
        'unknown'
    """
    text = text.strip()
    if "/" in text:
        return _parse_interval(text)
    start, end = _bounds(text)
    return DateSpan(start, end, _precision(text))


def _parse_interval(text: str) -> DateSpan:
    first, _, last = text.partition("/")
    start = FIRST_DAY if first in ("", "..") else _bounds(first)[0]
    end = LAST_DAY if last in ("", "..") else _bounds(last)[1]
    if end < start:
        raise RecordError(f"an interval must not end before it starts, got {text!r}")
    if start == FIRST_DAY and end == LAST_DAY:
        return DateSpan(start, end, TimePrecision.UNKNOWN)
    days = (end - start).days + 1
    precision = TimePrecision.WEEK if days <= _DAYS_OF_A_WEEK else TimePrecision.RANGE
    return DateSpan(start, end, TimePrecision.DAY if days == 1 else precision)


def _bounds(text: str) -> tuple[date, date]:
    if _DAY.fullmatch(text):
        day = _as_date(text)
        return day, day
    if text == "XXXX":
        return FIRST_DAY, LAST_DAY
    if season := _SEASON.fullmatch(text.rstrip("~?%")):
        return _season_bounds(int(season[1]), season[2])
    try:
        if plain := _PLAIN.fullmatch(text):
            return _plain_bounds(*plain.groups())
        parsed = parse_edtf(text)
        lower, upper = parsed.lower_strict(), parsed.upper_strict()
        return date(*lower[:3]), date(*upper[:3])
    except (EDTFParseException, ArithmeticError, ValueError, TypeError, AttributeError) as error:
        raise RecordError(
            "a date must be EDTF, such as 2024-01-03, 2022-10, 2016-23 (autumn), 2015~ or "
            f"2022-04-17/2022-05-03, got {text!r}"
        ) from error


def _plain_bounds(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    first = date(int(year), int(month or 1), int(day or 1))
    if day:
        return first, first
    last = int(month or 12)
    return first, date(first.year, last, calendar.monthrange(first.year, last)[1])


def _as_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RecordError(f"a day must exist in the calendar, got {text!r}") from error


def _season_bounds(year: int, season: str) -> tuple[date, date]:
    # EDTF says nothing about hemispheres; the sources mean northern seasons. Winter reaches into
    # the next year, so its last possible day is the end of that February.
    if season == "24":
        if year == LAST_DAY.year:
            return date(year, 12, 1), LAST_DAY
        return date(year, 12, 1), date(year + 1, 3, 1) - timedelta(days=1)
    month = {"21": 3, "22": 6, "23": 9}[season]
    end = date(year, month + 3, 1) - timedelta(days=1)
    return date(year, month, 1), end


def _precision(text: str) -> TimePrecision:
    bare = text.rstrip("~?%")
    if text == "XXXX":
        return TimePrecision.UNKNOWN
    if _DAY.fullmatch(bare):
        return TimePrecision.DAY
    if _MONTH.fullmatch(bare) or re.fullmatch(r"\d{4}-\d{2}-XX", bare):
        return TimePrecision.MONTH
    if _SEASON.fullmatch(bare):
        return TimePrecision.SEASON
    if _YEAR.fullmatch(bare):
        return TimePrecision.YEAR
    return TimePrecision.RANGE


@lru_cache(maxsize=10_000)
def describe_date(text: str) -> str:
    """Return an EDTF date in words, as precise as it is and no more.

    Args:
        text: EDTF, as `parse_date` takes it.

    Example:
        >>> describe_date("2024-01-03"), describe_date("2022-10"), describe_date("2016-23")
        ('3 January 2024', 'October 2022', 'autumn 2016')
        >>> describe_date("2022-04-17/2022-05-03"), describe_date("2018/..")
        ('17 April 2022 – 3 May 2022', 'from 2018 on')
        >>> describe_date("2015~"), describe_date("XXXX")
        ('about 2015', 'date unknown')
    """
    text = text.strip()
    if "/" in text:
        return _describe_interval(text)
    if text == "XXXX":
        return "date unknown"
    bare = text.rstrip("~?%")
    words = _describe_simple(bare)
    if "~" in text or "%" in text:
        return f"about {words}"
    return f"{words} (uncertain)" if "?" in text else words


def _describe_interval(text: str) -> str:
    first, _, last = text.partition("/")
    open_start, open_end = first in ("", ".."), last in ("", "..")
    if open_start and open_end:
        return "date unknown"
    if open_start:
        return f"until {describe_date(last)}"
    if open_end:
        return f"from {describe_date(first)} on"
    return f"{describe_date(first)} – {describe_date(last)}"


def _describe_simple(bare: str) -> str:
    if day := _DAY.fullmatch(bare):
        return f"{int(day[3])} {calendar.month_name[int(day[2])]} {day[1]}"
    if season := _SEASON.fullmatch(bare):
        return f"{_SEASONS[season[2]]} {season[1]}"
    if month := _MONTH.fullmatch(bare):
        return f"{calendar.month_name[int(month[2])]} {month[1]}"
    if _YEAR.fullmatch(bare):
        return bare
    span = parse_date(bare)
    return describe_days(span.start, span.end)


def describe_days(start: date, end: date) -> str:
    """Return days from one to another in words, as years or months where they are whole.

    Example:
        >>> describe_days(date(1990, 1, 1), date(1999, 12, 31))
        '1990 – 1999'
        >>> describe_days(date(2015, 1, 1), date(2024, 6, 30))
        'January 2015 – June 2024'
        >>> describe_days(date(2018, 7, 29), date(2018, 7, 29))
        '29 July 2018'
    """
    ends = [start.isoformat(), end.isoformat()]
    if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
        is_years = (start.month, end.month) == (1, 12)
        ends = [one[:4] if is_years else one[:7] for one in ends]
    return " – ".join(dict.fromkeys(describe_date(one) for one in ends))
