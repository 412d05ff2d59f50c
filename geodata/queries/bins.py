"""Incidents counted by time: the bars of a timeline, from dates or from counts by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from geodata.records import Incident

__all__ = ["Bin", "bins_of", "to_bins"]

# First and last possible month of some incidents, numbered year * 12 + month - 1.
Months = tuple[int, int]

_MONTHS_AS_BARS = 6 * 12
_LAST_MONTH = 9999 * 12 + 11
# An open or unknown start is the first day of year 1.
_LAST_UNDATED = 2 * 12


@dataclass(frozen=True)
class Bin:
    """Incidents whose first possible day lies in one bar of the timeline.

    Attributes:
        start: First day of the bar.
        end: Last day of the bar.
        exact: Incidents that certainly lie within it.
        inexact: Incidents that may lie later than its end.
    """

    start: date
    end: date
    exact: int
    inexact: int


def bins_of(incidents: Iterable[Incident]) -> list[Bin]:
    """Return incidents by time; see `to_bins`.

    Example:
        >>> bins_of([])
        []
    """
    spans = (one.span for one in incidents)
    return to_bins(Counter((_month(span.start), _month(span.end)) for span in spans))


def to_bins(counts: Mapping[Months, int]) -> list[Bin]:
    """Return bars from counts by first and last possible month.

    Bars are months while all dates lie within six years, and years beyond; empty bars in between
    are kept. Incidents of unknown date are left out.

    Example:
        >>> [one.exact for one in to_bins({(2020 * 12, 2020 * 12): 3, (0, 9999 * 12): 1})]
        [3]
    """
    dated = {months: n for months, n in counts.items() if months[0] > _LAST_UNDATED}
    if not dated:
        return []
    first, last = min(months[0] for months in dated), max(months[0] for months in dated)
    width = 1 if last - first < _MONTHS_AS_BARS else 12
    exact: Counter[int] = Counter()
    inexact: Counter[int] = Counter()
    for (begins, ends), n in dated.items():
        index = begins // width
        (exact if ends // width == index else inexact)[index] += n
    return [
        Bin(_first_day(i * width), _last_day((i + 1) * width), exact[i], inexact[i])
        for i in range(first // width, last // width + 1)
    ]


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _last_day(next_month: int) -> date:
    if next_month > _LAST_MONTH:
        return date.max
    return date.fromordinal(_first_day(next_month).toordinal() - 1)
