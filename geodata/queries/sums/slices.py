"""Incidents by periods of one length, as small maps and frames show them: which may lie in each."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from geodata.queries.sums.bins import histogram_of
from geodata.records import (
    LAST_MONTH,
    Incident,
    Spread,
    describe_days,
    first_day,
    last_day,
    month_of,
    spread_of,
)

__all__ = ["UNITS", "Slice", "Slices", "slices_of"]

UNITS = ("month", "quarter", "year")
"""Lengths of a period that may be asked for."""

_QUARTER, _YEAR = 3, 12
# What a period may be, in months; each begins where it would if time were counted from year 0.
_LENGTHS = {"month": 1, "quarter": _QUARTER, "year": _YEAR} | {
    f"{years} years": years * _YEAR for years in (2, 5, 10, 20, 50, 100, 200, 500, 1_000)
}


@dataclass(frozen=True)
class Slice:
    """One period, and what may lie in it.

    Attributes:
        start: First day.
        end: Last day.
        certain: Ids of the incidents that lie in it, whatever their exact dates and places are.
        possible: Ids of all that may lie in it, those among them.
    """

    start: date
    end: date
    certain: frozenset[str]
    possible: frozenset[str]

    @property
    def words(self) -> str:
        """What the period is called.

        Example:
            >>> Slice(date(2020, 1, 1), date(2020, 3, 31), frozenset(), frozenset()).words
            'January – March 2020'
        """
        said = describe_days(self.start, self.end)
        return said.replace(f" {self.start.year} – ", " – ", 1) if self._is_of_a_year else said

    @property
    def _is_of_a_year(self) -> bool:
        return self.start.year == self.end.year and " – " in describe_days(self.start, self.end)


@dataclass(frozen=True)
class Slices:
    """Periods of one length in order of time, empty ones among them too.

    Attributes:
        parts: The periods; none where nothing is dated and no filter bounds the time.
        unit: How long each is: a month, a quarter, a year or a number of years.
        refused: The length that was asked for, if it would give too many periods; else empty.
        several: Ids of the incidents that may lie in more than one of them.
        undated: Ids of those without a date.
        far: Ids of those whose dates are far from all others.
    """

    parts: tuple[Slice, ...]
    unit: str
    refused: str = ""
    several: frozenset[str] = frozenset()
    undated: frozenset[str] = frozenset()
    far: frozenset[str] = frozenset()


def slices_of(
    incidents: Iterable[Incident],
    period: tuple[date | None, date | None],
    certain: Container[str],
    *,
    unit: str = "",
    most: int,
) -> Slices:
    """Return incidents by periods of the shortest length that gives no more than so many.

    Periods reach over the filter's period, or over all dates where that is open. One that the
    filter cuts is as long as it leaves it. An incident whose dates reach over several may lie in
    each of them and certainly lies in none.

    Args:
        incidents: What a filter finds.
        period: Its first and last day; `None` where it is open.
        certain: Ids of those that certainly fit it.
        unit: Length asked for, one of `UNITS`; empty for the shortest.
        most: Periods at most, of which even the longest length gives no more.

    Example:
        >>> slices_of([], (date(2020, 1, 1), date(2021, 6, 30)), (), unit="year", most=12).parts[1]
        Slice(start=datetime.date(2021, 1, 1), end=datetime.date(2021, 6, 30), \
certain=frozenset(), possible=frozenset())
    """
    incidents = list(incidents)
    near = histogram_of(incidents, period, certain).near
    spreads: dict[str, Spread] = {}
    undated, far = set(), set()
    for one in incidents:
        spread = spread_of(one.span, is_certain=one.id in certain)
        spread = spread and spread.within(*period)
        if spread is None:
            undated.add(one.id)
        elif spread.last is not None and spread.last < spread.first:
            # Known to lie before some day after the filter's period, it counts at the end of that.
            spreads[one.id] = Spread(spread.last, spread.last, is_certain=False)
        elif near and not month_of(near[0]) <= spread.first <= month_of(near[1]):
            far.add(one.id)
        else:
            spreads[one.id] = spread
    first, last = _ends(spreads.values(), period)
    lengths = list(_LENGTHS)
    wanted = lengths.index(unit or "month")
    if first is None or last is None:
        return Slices((), lengths[wanted], "", frozenset(), frozenset(undated), frozenset(far))
    chosen = next(one for one in lengths[wanted:] if _count(first, last, one) <= most)
    parts = tuple(_parts(spreads, first, last, _LENGTHS[chosen], period))
    several = frozenset(one for one in spreads if sum(one in part.possible for part in parts) > 1)
    refused = unit if unit and chosen != unit else ""
    return Slices(parts, chosen, refused, several, frozenset(undated), frozenset(far))


def _ends(
    spreads: Iterable[Spread], period: tuple[date | None, date | None]
) -> tuple[int | None, int | None]:
    """Return the first and last month, `None` where neither filter nor dates say one."""
    spreads = list(spreads)
    start, end = period
    firsts = [one.first for one in spreads]
    lasts = firsts + [one.last for one in spreads if one.last not in (None, LAST_MONTH)]
    known = [month for month in lasts if month is not None]
    first = min(firsts, default=None) if start is None else month_of(start)
    last = max(known, default=None) if end is None or end == date.max else month_of(end)
    # A filter that is open on one side says one month at least.
    return (last if first is None else first), (first if last is None else last)


def _count(first: int, last: int, length: str) -> int:
    return last // _LENGTHS[length] - first // _LENGTHS[length] + 1


def _parts(
    spreads: dict[str, Spread],
    first: int,
    last: int,
    months: int,
    period: tuple[date | None, date | None],
) -> Iterable[Slice]:
    start, end = period
    for at in range(first // months, last // months + 1):
        low, high = at * months, at * months + months - 1
        possible = {
            one: spread
            for one, spread in spreads.items()
            if spread.first <= high and (spread.last is None or spread.last >= low)
        }
        certain = (
            one
            for one, spread in possible.items()
            if spread.is_certain and spread.first >= low and spread.last is not None
            and spread.last <= high
        )  # fmt: skip
        yield Slice(
            max(first_day(low), start or date.min),
            min(last_day(high + 1), end or date.max),
            frozenset(certain),
            frozenset(possible),
        )
