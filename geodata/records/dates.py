"""Dates as sources give them: EDTF text, the first and last possible day, and words."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from geodata.edtf import Days, days_of, without_hedges
from geodata.errors import RecordError
from geodata.records.vocabulary import TimePrecision

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "DateSpan",
    "Reach",
    "Validity",
    "describe_date",
    "describe_days",
    "describe_month",
    "describe_term",
    "parse_date",
]

FIRST_DAY = date.min
LAST_DAY = date.max

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_SEASON = re.compile(r"(\d{4})-(2[1-4])", re.ASCII)
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_OPEN = ("", "..", "XXXX")
# One of the dates up to, or from, one that is named.
_UP_TO = re.compile(r"\[\.\.([^,.]+)\]")
_FROM = re.compile(r"\[([^,.]+)\.\.\]")
_DAYS_OF_A_WEEK = 7
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DateSpan:
    """The days that an EDTF text may mean.

    Attributes:
        start: First possible day; `FIRST_DAY` when the start is open or unknown.
        end: Last possible day; `LAST_DAY` when the end is open or unknown.
        precision: How exactly the date is known.
        has_start: Whether a first possible day is known, be it the first of the calendar.
        has_end: Whether a last possible day is known, be it the last of the calendar.
    """

    start: date
    end: date
    precision: TimePrecision
    has_start: bool = True
    has_end: bool = True

    @property
    def known_start(self) -> date | None:
        """First possible day; `None` when the start is open or unknown."""
        return self.start if self.has_start else None

    @property
    def known_end(self) -> date | None:
        """Last possible day; `None` when the end is open or unknown."""
        return self.end if self.has_end else None


@dataclass(frozen=True)
class Reach:
    """A time that reaches into each period that begins by its last and ends by its first day.

    Attributes:
        first: A period must not end before it.
        last: A period must not begin after it. Of a moment that is known only to a month the
            certain days are turned: the month's last day comes first.
        is_open: Whether no end is known; `last` is that of the calendar then.
    """

    first: date
    last: date
    is_open: bool = False

    @property
    def known_last(self) -> date | None:
        """The last day; `None` where no end is known."""
        return None if self.is_open else self.last

    def meets(self, start: date | None, end: date | None) -> bool:
        """Whether it reaches into a period, of which either end may be open.

        Example:
            >>> Reach(date(2015, 1, 1), date(2015, 12, 31)).meets(date(2015, 12, 31), None)
            True
        """
        return (start is None or self.last >= start) and (end is None or self.first <= end)


@dataclass(frozen=True)
class Validity:
    """The time of a base area.

    Attributes:
        possible: While it may have been used: from its stated start, or else from the first time
            for which it is attested, which is never before its group was founded; to its stated
            end. `None` where nothing is dated; then it is in no period.
        certain: While it certainly was: from its stated start to when it was last attested. `None`
            where no start is stated.
    """

    possible: Reach | None = None
    certain: Reach | None = None

    def by_day(self) -> Iterator[tuple[Reach, bool]]:
        """Yield the days on which it may have been used, and whether it certainly was on each.

        What certainly holds comes first.
        """
        if not self.possible:
            return
        first, last, is_open = self.possible.first, self.possible.last, self.possible.is_open
        sure = self.certain
        if not sure or sure.last < sure.first:
            yield self.possible, False
            return
        yield sure, True
        if first < sure.first:
            yield Reach(first, sure.first - _ONE_DAY), False
        if sure.last < last:
            yield Reach(sure.last + _ONE_DAY, last, is_open), False


@lru_cache(maxsize=100_000)
def parse_date(text: str) -> DateSpan:
    """Return the span of days that an EDTF text may mean.

    Args:
        text: EDTF, such as `2024-01-03`, `2022-10`, `2016-23` (autumn), `2015~`,
            `2022-04-17/2022-05-03`, `2018/..` or `XXXX` (unknown).

    Returns:
        First and last possible day, both inclusive, and the precision. A time of the day is
        left aside.

    Raises:
        RecordError: If the text is not EDTF, ends before it starts, or lies outside the years 1
            to 9999.

    Example:
        >>> span = parse_date("2022-10")
        >>> span.start.isoformat(), span.end.isoformat(), str(span.precision)
        ('2022-10-01', '2022-10-31', 'month')
        >>> parse_date("XXXX").precision.value
        'unknown'
    """
    try:
        days = days_of(text.strip())
    except ValueError as error:
        raise RecordError(str(error)) from error
    start, end = days.first or FIRST_DAY, days.last or LAST_DAY
    precision = TimePrecision(days.unit or _unit_of(days))
    return DateSpan(start, end, precision, days.first is not None, days.last is not None)


def _unit_of(days: Days) -> TimePrecision:
    if days.first is None or days.last is None:
        return TimePrecision.RANGE
    length = (days.last - days.first).days + 1
    if length == 1:
        return TimePrecision.DAY
    return TimePrecision.WEEK if length <= _DAYS_OF_A_WEEK else TimePrecision.RANGE


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
        >>> describe_date("2015~"), describe_date("XXXX"), describe_date("[..2016]")
        ('about 2015', 'date unknown', 'by 2016')
    """
    text = text.strip()
    if one := _UP_TO.fullmatch(text):
        return f"by {describe_date(one[1])}"
    if one := _FROM.fullmatch(text):
        return f"in or after {describe_date(one[1])}"
    if "/" in text:
        return _describe_interval(text)
    if text == "XXXX":
        return "date unknown"
    bare = without_hedges(text)
    words = _describe_simple(bare)
    if "~" in text or "%" in text:
        return f"about {words}"
    return f"{words} (uncertain)" if "?" in text else words


def _describe_interval(text: str) -> str:
    first, _, last = text.partition("/")
    return _describe_ends(*("" if one in _OPEN else describe_date(one) for one in (first, last)))


def _describe_ends(first: str, last: str) -> str:
    if not first and not last:
        return "date unknown"
    if not first:
        # It holds of an event, which does not go on until then, and of what lasted alike.
        return f"by {last}"
    return f"{first} – {last}" if last else f"from {first} on"


def describe_term(valid_from: str, valid_to: str) -> str:
    """Return from when to when something held, in words; what is not stated is said to be so.

    An end of a term that is itself an interval is one day in it, so "by 2007" is not "until 2007".

    Args:
        valid_from: EDTF; empty when not stated.
        valid_to: EDTF; empty when not stated.

    Example:
        >>> describe_term("2015", "2016-23"), describe_term("2011/2014", "")
        ('2015 to autumn 2016', 'begun at some time in 2011 – 2014, end not stated')
        >>> describe_term("", "../2007"), describe_term("", "2007"), describe_term("", "")
        ('ended by 2007, start not stated', 'until 2007, start not stated', 'period not stated')
    """
    begun, ended = _describe_turn("begun", valid_from), _describe_turn("ended", valid_to)
    if begun and ended and not any(map(_is_within, (valid_from, valid_to))):
        return f"{describe_date(valid_from)} to {describe_date(valid_to)}"
    if begun:
        return f"{begun}, {ended or 'end not stated'}"
    return f"{ended}, start not stated" if ended else "period not stated"


def _describe_turn(verb: str, text: str) -> str:
    """Return when something began or ended; nothing where that is not stated."""
    if text in _OPEN:
        return ""
    first, slash, last = text.partition("/")
    if not slash:
        plain = "from" if verb == "begun" else "until"
        within = f"{verb} at some time in {describe_date(text)}"
        return within if _is_within(text) else f"{plain} {describe_date(text)}"
    if first in _OPEN:
        return f"{verb} by {describe_date(last)}"
    if last in _OPEN:
        return f"{verb} in or after {describe_date(first)}"
    return f"{verb} at some time in {describe_date(text)}"


def _is_within(text: str) -> bool:
    """Whether a date names days of which one is meant, such as a decade."""
    return "/" in text or "X" in text or text.startswith(("[", "{"))


def _describe_simple(bare: str) -> str:
    if day := _DAY.fullmatch(bare):
        return f"{int(day[3])} {describe_month(int(day[1]), int(day[2]))}"
    if season := _SEASON.fullmatch(bare):
        return f"{_SEASONS[season[2]]} {int(season[1])}"
    if month := _MONTH.fullmatch(bare):
        return describe_month(int(month[1]), int(month[2]))
    return str(int(bare)) if bare.isdigit() else _describe_span(parse_date(bare))


def _describe_span(span: DateSpan) -> str:
    if span.precision is TimePrecision.UNKNOWN:
        return "year unknown"
    if span.has_start and span.has_end:
        return describe_days(span.start, span.end)
    return _describe_ends(_day_words(span.known_start), _day_words(span.known_end))


def _day_words(day: date | None) -> str:
    return describe_date(day.isoformat()) if day else ""


def describe_month(year: int, month: int) -> str:
    """Return a month in words.

    Example:
        >>> describe_month(202, 10)
        'October 202'
    """
    return f"{calendar.month_name[month]} {year}"


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
