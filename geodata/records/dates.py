"""Dates as sources give them: EDTF text, first and last possible day, months, what lies far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeVar

from geodata.edtf import Days, days_of
from geodata.errors import RecordError
from geodata.records.vocabulary import TimePrecision

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "LAST_MONTH",
    "DateSpan",
    "Dated",
    "Months",
    "Reach",
    "Spread",
    "Validity",
    "far_dates",
    "first_day",
    "last_day",
    "month_of",
    "near_months",
    "parse_date",
    "spread_of",
    "spread_of_months",
]

FIRST_DAY = date.min
LAST_DAY = date.max

# First and last possible month, numbered year * 12 + month - 1; none where it is not known.
Months = tuple[int | None, int | None]

_DAYS_OF_A_WEEK = 7
_ONE_DAY = timedelta(days=1)
_YEAR = 12
LAST_MONTH = 9999 * _YEAR + 11
# Dates with a longer gap between them do not belong together.
_GAP = 25 * _YEAR
# What is further from the rest than this, and than so many times the rest's own span, would leave
# it too narrow to be read; it is set apart where it is no more than a quarter of all.
_REACH = 75 * _YEAR
_SPANS = 3
_SHARE = 4


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


class Spread(NamedTuple):
    """The months over which an incident may lie.

    Attributes:
        first: First month, numbered year * 12 + month - 1.
        last: Last month; `None` where the end is open. Before the first where bars must reach over
            both; see `within`.
        is_certain: Whether it fits the filter wherever in these months it lies.
    """

    first: int
    last: int | None
    is_certain: bool = True

    def within(self, start: date | None, end: date | None) -> Spread:
        """Return the part of it in a period, either end of which may be open.

        What counts at a known end after the period then ends before it begins: a bar has it that
        reaches over both, since a filter on its days finds it by each.
        """
        first = self.first if start is None else max(self.first, month_of(start))
        # A period up to the last day of the calendar bounds nothing.
        ends = [self.last, None if end is None or end == date.max else month_of(end)]
        last = min((month for month in ends if month is not None), default=None)
        return Spread(first, last, self.is_certain)

    def is_in_bars_of(self, width: int) -> bool:
        """Whether any bar of so many months reaches over its beginning and its end."""
        return self.last is None or self.first // width <= self.last // width


def spread_of(span: DateSpan, *, is_certain: bool = True) -> Spread | None:
    """Return the months of first and last possible day; `None` where nothing is dated.

    As in periods, silence on the beginning is not "always": what has none counts at its known end.

    Example:
        >>> spread_of(parse_date("2020-01-05/2020-02"))
        Spread(first=24240, last=24241, is_certain=True)
        >>> spread_of(parse_date("../2020-02"))
        Spread(first=24241, last=24241, is_certain=False)
    """
    first = month_of(span.start) if span.has_start else None
    last = month_of(span.end) if span.has_end else None
    return spread_of_months(first, last, is_certain=is_certain)


def spread_of_months(
    first: int | None, last: int | None, *, is_certain: bool = True
) -> Spread | None:
    """Return the same from the months of both days; `None` stands for one that is not known."""
    if first is None:
        return None if last is None else Spread(last, last, is_certain=False)
    return Spread(first, last, is_certain)


class Dated(Protocol):
    """What has a date, as an incident has it."""

    @property
    def id(self) -> str:
        """By which it is named."""
        ...

    @property
    def event_date(self) -> str:
        """Its date, as EDTF."""
        ...

    @property
    def span(self) -> DateSpan:
        """The days that its date may mean."""
        ...


_Dated = TypeVar("_Dated", bound=Dated)


def far_dates(incidents: Iterable[_Dated]) -> list[_Dated]:
    """Return the incidents whose dates are so far from all others that no timeline shows both."""
    some = list(incidents)
    # Of a hundred thousand records each date is one of a few thousand.
    spans: dict[str, DateSpan] = {}
    for one in some:
        if one.event_date not in spans:
            spans[one.event_date] = one.span
    firsts = {text: found.first for text, span in spans.items() if (found := spread_of(span))}
    begun = Counter(firsts[one.event_date] for one in some if one.event_date in firsts)
    low, high = near_months(begun) if begun else (_YEAR, LAST_MONTH)
    far = {text for text, first in firsts.items() if not low <= first <= high}
    return [one for one in some if one.event_date in far]


def near_months(begun: Mapping[int, int]) -> tuple[int, int]:
    """Return the first and last month within reach of where most incidents are."""
    months = sorted(begun)
    together = [[months[0]]]
    for month in months[1:]:
        if month - together[-1][-1] > _GAP:
            together.append([])
        together[-1].append(month)
    most = max(together, key=lambda some: sum(begun[month] for month in some))
    reach = max(_REACH, _SPANS * (most[-1] - most[0]))
    low, high = most[0] - reach, most[-1] + reach
    apart = sum(n for month, n in begun.items() if not low <= month <= high)
    if apart * _SHARE > sum(begun.values()):
        return _YEAR, LAST_MONTH
    return max(low, _YEAR), min(high, LAST_MONTH)


def month_of(day: date) -> int:
    """Return the month of a day, numbered year * 12 + month - 1."""
    return day.year * _YEAR + day.month - 1


def first_day(month: int) -> date:
    """Return the first day of a month, or that of the calendar."""
    # The first bar of years or decades may begin before the calendar does.
    return date(month // _YEAR, month % _YEAR + 1, 1) if month >= _YEAR else date.min


def last_day(next_month: int) -> date:
    """Return the last day before a month, or that of the calendar."""
    if next_month > LAST_MONTH:
        return date.max
    return date.fromordinal(first_day(next_month).toordinal() - 1)
