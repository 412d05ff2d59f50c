"""Dates as sources give them: EDTF text, the first and last possible day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from geodata.edtf import Days, days_of
from geodata.errors import RecordError
from geodata.records.vocabulary import TimePrecision

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "DateSpan",
    "Reach",
    "Validity",
    "parse_date",
]

FIRST_DAY = date.min
LAST_DAY = date.max

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
