"""Which base areas a filter shows, and which of them it cannot be certain of.

A claim is never stretched beyond what its source says: an area is shown in a period that its
validity may reach into, and faded where it does not certainly do so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geodata.queries.belonging import Belongings, area_search_text, times_of_area
from geodata.queries.extents import Spot, area_box
from geodata.queries.filters import Bounds, DateMatch, Filter
from geodata.records import (
    AreaStatus,
    BaseArea,
    Reach,
    Records,
    describe_date,
    describe_term,
    normalise,
    parse_date,
    parted,
    say,
    validity,
)

__all__ = [
    "CONDITIONS",
    "AreaView",
    "area_spots",
    "areas_in",
    "describe_validity",
    "last_day",
]


@dataclass(frozen=True)
class AreaView:
    """A base area as a filter shows it.

    Attributes:
        area: The area.
        is_faded: Whether it does not certainly reach into the filter's period.
        has_ended: Whether it was lost or given up by the end of that period.
    """

    area: BaseArea
    is_faded: bool
    has_ended: bool = False

    @classmethod
    def of(cls, area: BaseArea, chosen: Filter, records: Records) -> AreaView:
        """Return a base area as the period of a filter shows it."""
        return cls(area, _is_faded(area, chosen, records), _has_ended(area, chosen))


@dataclass(frozen=True)
class _Question:
    """What a condition may ask beside its own value.

    Attributes:
        chosen: The other parts.
        records: Names of groups, and what the time of an area follows from.
        belongings: Who belonged to whom, and when.
    """

    chosen: Filter
    records: Records
    belongings: Belongings

    def reach(self, area: BaseArea) -> Reach | None:
        """Return the time that a period is held against."""
        found = validity(area, self.records)
        return found.certain if self.chosen.date_match is DateMatch.CERTAIN else found.possible


def _start(day: date, area: BaseArea, question: _Question) -> bool:
    held = question.reach(area)
    return held is not None and held.meets(day, None)


def _end(day: date, area: BaseArea, question: _Question) -> bool:
    held = question.reach(area)
    return held is not None and held.meets(None, day)


def _bounds(bounds: Bounds, area: BaseArea, _: _Question) -> bool:
    # The box around an area has to meet the bounds.
    box = area_box(area)
    if box is None:
        return False
    west, south, east, north = bounds
    x0, y0, x1, y1 = box
    if y1 < south or y0 > north:
        return False
    if west <= east:
        return x1 >= west and x0 <= east
    return x1 >= west or x0 <= east


def _groups(names: Sequence[str], area: BaseArea, question: _Question) -> bool:
    # In the period and while the area may have been used, its group belonged to one that is asked.
    wanted = {one for name in names for one in question.records.resolve_groups(name)}
    chosen = question.chosen
    is_certain = chosen.date_match is DateMatch.CERTAIN
    times = times_of_area(area, question.belongings, is_certain=is_certain)
    return any(time.key in wanted and time.meets(chosen.start, chosen.end) for time in times)


def _text(text: str, area: BaseArea, question: _Question) -> bool:
    letters = area_search_text(area, question.records)
    return all(normalise(word) in letters for word in text.split())


CONDITIONS: Mapping[str, Callable[[Any, BaseArea, _Question], bool] | None] = {
    "start": _start,
    "end": _end,
    "date_match": None,  # `start` and `end` ask for it
    "event_types": None,
    "source_types": None,
    "groups": _groups,
    "roles": None,
    "countries": lambda codes, area, _: area.country in codes,
    "statuses": None,
    "attributions": None,
    "ids": lambda some, area, _: area.id in some,
    "least_precision": lambda least, area, _: area.geo_precision.rank <= least.rank,
    "fatalities_min": None,
    "fatalities_max": None,
    "injured_min": None,
    "text": _text,
    "bounds": _bounds,
    "within": lambda drawn, area, question: _bounds(drawn.box, area, question),
    "base_areas": lambda shown, *_: shown,
    "known": None,  # is about all of the data
}
"""What each part of a filter, by attribute, asks of a base area; `None` where nothing."""


def areas_in(chosen: Filter, records: Records, belongings: Belongings) -> list[AreaView]:
    """Return the base areas that a filter shows, in order of id.

    Args:
        chosen: The filter.
        records: Where to look.
        belongings: Says when each group belonged to which others.
    """
    question = _Question(chosen, records, belongings)
    parts = [(CONDITIONS[name], value) for name, value in chosen.asked().items()]
    shown = [
        AreaView.of(area, chosen, records)
        for area in records.base_areas
        if all(holds(value, area, question) for holds, value in parts if holds)
    ]
    return sorted(shown, key=lambda view: view.area.id)


def area_spots(views: Iterable[AreaView]) -> list[Spot]:
    """Return where base areas are drawn, for `extents.extent_of`."""
    boxes = (area_box(view.area) for view in views if view.area.is_mappable)
    return [(box, 1) for box in boxes if box]


def _is_faded(area: BaseArea, chosen: Filter, records: Records) -> bool:
    """Whether an area does not certainly reach into a filter's period.

    Where no beginning is stated that is so in any period, also in that of all days: silence on the
    beginning is not "always".
    """
    certain = validity(area, records).certain
    return certain is None or not certain.meets(chosen.start, chosen.end)


def last_day(area: BaseArea) -> date | None:
    """Return the last day on which an area that was lost or given up may have been used.

    What is told as lost without a date was so when it was last spoken of.

    Example:
        >>> area = BaseArea(id="a", group="g", level="district", kind="stronghold", status="lost",
        ...                 last_cited="2018-11")
        >>> last_day(area)
        datetime.date(2018, 11, 30)
    """
    ends = parse_date(area.valid_to or "XXXX")
    if ends.has_end:
        return ends.end
    is_lost = area.status is AreaStatus.LOST and not area.valid_to
    return parse_date(area.last_cited).known_end if is_lost else None


def _has_ended(area: BaseArea, chosen: Filter) -> bool:
    """Whether an area was lost or given up by the end of a filter's period."""
    last = last_day(area)
    return last is not None and (chosen.end is None or chosen.end > last)


def describe_validity(area: BaseArea) -> str:
    """Return from when to when an area is stated to have been used, in words.

    Example:
        >>> one = BaseArea(id="a", group="g", level="district", kind="stronghold",
        ...     status="reported", valid_from="2011/2014", last_cited="2014")
        >>> describe_validity(one)
        'begun at some time in 2011 – 2014, end not stated; last attested 2014'
    """
    stated = describe_term(area.valid_from, area.valid_to)
    return parted((stated, say("last attested {date}", date=describe_date(area.last_cited))))
