"""Incidents counted within bounds, and by time: the bars of a timeline, from dates or months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from geodata.records import DateSpan, Incident, describe_days, digits, join_words, say, say_many

__all__ = [
    "LAST_MONTH",
    "Bin",
    "Histogram",
    "Months",
    "Spread",
    "far_dates",
    "first_day",
    "histogram_of",
    "last_day",
    "month_of",
    "spread_of",
    "spread_of_months",
    "to_histogram",
]

# First and last possible month, numbered year * 12 + month - 1; none where it is not known.
Months = tuple[int | None, int | None]

_YEAR = 12
# Bars are as wide as the first of these that the span needs: it is read up to so many months.
_WIDTHS = ((1, 6 * _YEAR), (_YEAR, 150 * _YEAR), (10 * _YEAR, 1_500 * _YEAR))
_WIDEST = 100 * _YEAR
LAST_MONTH = 9999 * _YEAR + 11
# Dates with a longer gap between them do not belong together.
_GAP = 25 * _YEAR
# What is further from the rest than this, and than so many times the rest's own span, would leave
# it too narrow to be read; it is set apart where it is no more than a quarter of all.
_REACH = 75 * _YEAR
_SPANS = 3
_SHARE = 4
_MOST_YEARS = 4


@dataclass(frozen=True)
class Bin:
    """One bar of the timeline.

    Attributes:
        start: First day of the bar.
        end: Last day of the bar.
        certain: Incidents that lie within it, whatever their exact dates and places are.
        possible: All that may lie within it, those among them.
    """

    start: date
    end: date
    certain: int
    possible: int

    @property
    def words(self) -> str:
        """What the bar is called: a month, a year, or a span of years."""
        return describe_days(self.start, self.end)


@dataclass(frozen=True)
class Histogram:
    """The bars of a timeline, and what is too far from them to be one.

    Attributes:
        bins: Bars in order of time, empty ones between them too.
        far: How many incidents begin in each year that is set apart, so that one date that is
            mistyped does not leave all others too narrow to be read.
        near: First and last day that do not lie too far; `None` without bars.
    """

    bins: tuple[Bin, ...] = ()
    far: tuple[tuple[int, int], ...] = ()
    near: tuple[date, date] | None = None

    @property
    def far_words(self) -> str:
        """A sentence on what is set apart; empty where nothing is.

        Example:
            >>> Histogram(far=((202, 1),)).far_words
            'Not drawn is 1 incident whose date is far from all others: 202.'
        """
        count = sum(n for _, n in self.far)
        years = [digits(str(year)) for year, _ in self.far]
        if len(years) > _MOST_YEARS:
            more = say("{n} other years", n=len(years) - _MOST_YEARS)
            years = [*years[:_MOST_YEARS], more]
        if not count:
            return ""
        return say_many(
            "Not drawn is {n} incident whose date is far from all others: {years}.",
            "Not drawn are {n} incidents of dates far from all others: {years}.",
            count,
            years=join_words(years),
        )


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
        >>> from geodata.records import parse_date
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


def histogram_of(
    incidents: Iterable[Incident],
    period: tuple[date | None, date | None] = (None, None),
    certain: Container[str] | None = None,
) -> Histogram:
    """Return incidents by time; see `to_histogram`.

    Args:
        incidents: What a filter finds.
        period: Its period; bars end with it.
        certain: Ids of those that certainly fit it; `None` for all.

    Example:
        >>> histogram_of([]).bins
        ()
    """
    counts: Counter[Spread] = Counter()
    for one in incidents:
        spread = spread_of(one.span, is_certain=certain is None or one.id in certain)
        spread = spread and spread.within(*period)
        if spread and spread.is_in_bars_of(1):
            counts[spread] += 1
    return to_histogram(counts)


def to_histogram(counts: Mapping[Spread, int]) -> Histogram:
    """Return bars from counts by months.

    Bars are months while all dates lie within six years, and then years, decades or centuries;
    empty bars in between are kept. An incident counts in each bar that it may lie in, as a filter
    on the bar's days finds it, and so may count in several; what begins too far away in none.

    Example:
        >>> found = to_histogram({Spread(24240, 24240): 3, Spread(24240, 24241): 1})
        >>> [(one.certain, one.possible) for one in found.bins]
        [(3, 4), (0, 1)]
    """
    if not counts:
        return Histogram()
    begun: Counter[int] = Counter()
    for spread, n in counts.items():
        begun[spread.first] += n
    low, high = _near(begun)
    near = {spread: n for spread, n in counts.items() if low <= spread.first <= high}
    far: Counter[int] = Counter()
    for month, n in begun.items():
        if not low <= month <= high:
            far[month // _YEAR] += n
    return Histogram(
        bins=_bars(near, high),
        far=tuple(sorted(far.items())),
        near=(first_day(low), last_day(high + 1)),
    )


class Dated(Protocol):
    """What has a date, as an incident has it."""

    @property
    def id(self) -> str: ...

    @property
    def event_date(self) -> str: ...

    @property
    def span(self) -> DateSpan: ...


_Dated = TypeVar("_Dated", bound=Dated)


def far_dates(incidents: Iterable[_Dated]) -> list[_Dated]:
    """Return the incidents whose dates are so far from all others that no timeline shows both."""
    spreads = [(one, spread) for one in incidents if (spread := spread_of(one.span))]
    begun = Counter(spread.first for _, spread in spreads)
    low, high = _near(begun) if begun else (_YEAR, LAST_MONTH)
    return [one for one, spread in spreads if not low <= spread.first <= high]


def _bars(counts: Mapping[Spread, int], farthest: int) -> tuple[Bin, ...]:
    """Return bars from the first month to the last that is not too far."""
    months = [spread.first for spread in counts]
    first = min(months, default=0)
    months += [s.last for s in counts if s.last is not None and s.last <= farthest]
    last = max(months, default=0)
    width = next((width for width, most in _WIDTHS if last - first < most), _WIDEST)
    drawn = {spread: n for spread, n in counts.items() if spread.is_in_bars_of(width)}
    if len(drawn) < len(counts):
        return _bars(drawn, farthest)  # what has no bar makes none wider, and no timeline longer
    if not drawn:
        return ()
    low, high = first // width, last // width
    certain: Counter[int] = Counter()
    # What may lie in a bar for the first time, less what did so last in the bar before.
    change: Counter[int] = Counter()
    for spread, n in counts.items():
        begins = spread.first // width
        ends = high if spread.last is None else min(spread.last // width, high)
        change[begins] += n
        change[ends + 1] -= n
        if spread.is_certain and spread.last is not None and begins == spread.last // width:
            certain[begins] += n
    bins, possible = [], 0
    for bar in range(low, high + 1):
        possible += change[bar]
        days = first_day(bar * width), last_day((bar + 1) * width)
        bins.append(Bin(*days, certain[bar], possible))
    return tuple(bins)


def _near(begun: Mapping[int, int]) -> tuple[int, int]:
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
