"""Incidents counted within bounds, and by time: the bars of a timeline, from dates or months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from geodata.queries.filters import DateMatch
from geodata.records import Incident

__all__ = ["Bin", "Count", "Spread", "bins_of", "spread_of", "spread_of_months", "to_bins"]

_MONTHS_AS_BARS = 6 * 12
# An open or unknown end is the first or last day of the calendar.
_FIRST_MONTH = 12
_LAST_MONTH = 9999 * 12 + 11


class Count(NamedTuple):
    """How many incidents fit a filter, since dates and places are not always known exactly.

    Attributes:
        certain: Those that do, whatever the exact dates and places are.
        possible: Those that may.
    """

    certain: int
    possible: int

    def words(self, match: DateMatch = DateMatch.POSSIBLE) -> str:
        """Return both in words, or the certain ones alone where only these are asked for.

        Example:
            >>> Count(58, 62).words(), Count(3, 3).words(), Count(0, 1_200).words()
            ('58 to 62', '3', '0 to 1,200')
        """
        if match is DateMatch.CERTAIN or self.certain == self.possible:
            return f"{self.certain:,}"
        return f"{self.certain:,} to {self.possible:,}"


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


class Spread(NamedTuple):
    """The months over which an incident may lie.

    Attributes:
        first: First month, numbered year * 12 + month - 1.
        last: Last month; `None` where the end is open.
        is_certain: Whether it fits the filter wherever in these months it lies.
    """

    first: int
    last: int | None
    is_certain: bool = True

    def within(self, start: date | None, end: date | None) -> Spread | None:
        """Return the part of it in a period, either end of which may be open; `None` if none is."""
        first = self.first if start is None else max(self.first, _month(start))
        ends = [self.last, None if end is None or end == date.max else _month(end)]
        last = min((month for month in ends if month is not None), default=None)
        return None if last is not None and last < first else Spread(first, last, self.is_certain)


def spread_of(start: date, end: date, *, is_certain: bool = True) -> Spread | None:
    """Return the months of first and last possible day; `None` where nothing is dated.

    As in periods, silence on the beginning is not "always": what has none counts at its known end.

    Example:
        >>> spread_of(date(2020, 1, 5), date(2020, 2, 1))
        Spread(first=24240, last=24241, is_certain=True)
        >>> spread_of(date.min, date(2020, 2, 1))
        Spread(first=24241, last=24241, is_certain=False)
    """
    return spread_of_months(_month(start), _month(end), is_certain=is_certain)


def spread_of_months(first: int, last: int, *, is_certain: bool = True) -> Spread | None:
    """Return the same from the months of both days."""
    if first == _FIRST_MONTH:
        return None if last == _LAST_MONTH else Spread(last, last, is_certain=False)
    return Spread(first, None if last == _LAST_MONTH else last, is_certain)


def bins_of(
    incidents: Iterable[Incident],
    period: tuple[date | None, date | None] = (None, None),
    certain: Container[str] | None = None,
) -> list[Bin]:
    """Return incidents by time; see `to_bins`.

    Args:
        incidents: What a filter finds.
        period: Its period; bars end with it.
        certain: Ids of those that certainly fit it; `None` for all.

    Example:
        >>> bins_of([])
        []
    """
    counts: Counter[Spread] = Counter()
    for one in incidents:
        is_certain = certain is None or one.id in certain
        spread = spread_of(one.span.start, one.span.end, is_certain=is_certain)
        spread = spread and spread.within(*period)
        if spread:
            counts[spread] += 1
    return to_bins(counts)


def to_bins(counts: Mapping[Spread, int]) -> list[Bin]:
    """Return bars from counts by months.

    Bars are months while all dates lie within six years, and years beyond; empty bars in between
    are kept. An incident counts in each bar that it may lie in, as a filter on the bar's days finds
    it, and so may count in several.

    Example:
        >>> [(one.certain, one.possible) for one in to_bins({Spread(24240, 24240): 3,
        ...                                                  Spread(24240, 24241): 1})]
        [(3, 4), (0, 1)]
    """
    if not counts:
        return []
    first = min(spread.first for spread in counts)
    last = max(spread.first if spread.last is None else spread.last for spread in counts)
    width = 1 if last - first < _MONTHS_AS_BARS else 12
    low, high = first // width, last // width
    certain: Counter[int] = Counter()
    # What may lie in a bar for the first time, less what did so last in the bar before.
    change: Counter[int] = Counter()
    for spread, n in counts.items():
        begins = spread.first // width
        ends = high if spread.last is None else spread.last // width
        change[begins] += n
        change[ends + 1] -= n
        if spread.is_certain and spread.last is not None and begins == ends:
            certain[begins] += n
    bins, possible = [], 0
    for bar in range(low, high + 1):
        possible += change[bar]
        days = _first_day(bar * width), _last_day((bar + 1) * width)
        bins.append(Bin(*days, certain[bar], possible))
    return bins


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _last_day(next_month: int) -> date:
    if next_month > _LAST_MONTH:
        return date.max
    return date.fromordinal(_first_day(next_month).toordinal() - 1)
