"""Incidents counted within bounds, and by time: the bars of a timeline, from dates or months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from geodata.records import (
    Incident,
    Spread,
    describe_days,
    digits,
    first_day,
    join_words,
    last_day,
    near_months,
    say,
    say_many,
    spread_of,
)

__all__ = [
    "Bin",
    "Histogram",
    "histogram_of",
    "to_histogram",
]

_YEAR = 12
# Bars are as wide as the first of these that the span needs: it is read up to so many months.
_WIDTHS = ((1, 6 * _YEAR), (_YEAR, 150 * _YEAR), (10 * _YEAR, 1_500 * _YEAR))
_WIDEST = 100 * _YEAR
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
    low, high = near_months(begun)
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
