"""Which base areas a filter shows, and which of them are past their last citation.

A claim is never stretched beyond what its source says: an area is shown while the period may
overlap its validity, and faded when the period begins only after the last source that speaks of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shapely.geometry import shape

from geodata.queries.filters import Bounds, Filter
from geodata.records.collection import Records
from geodata.records.dates import describe_date, parse_date
from geodata.records.model import BaseArea
from geodata.records.names import normalise

__all__ = ["AreaView", "areas_in", "describe_validity"]


@dataclass(frozen=True)
class AreaView:
    """A base area as a filter shows it."""

    area: BaseArea
    is_faded: bool


def areas_in(
    chosen: Filter, records: Records, resolve: Callable[[str], Iterable[str]]
) -> list[AreaView]:
    """Return the base areas that a filter shows, in order of id.

    Event types, status, attribution and tolls say nothing about base areas and do not touch them.

    Args:
        chosen: The filter.
        records: Where to look.
        resolve: Gives the group ids that a name stands for, with those that belong to it.
    """
    if not chosen.base_areas:
        return []
    wanted = {one for name in chosen.groups for one in resolve(name)}
    shown = [
        AreaView(area, is_past_last_citation(area, chosen))
        for area in records.base_areas
        if _is_valid_in(area, chosen)
        and (not wanted or area.group in wanted)
        and _is_where(area, chosen)
        and _has_words(area, chosen.text, records)
    ]
    return sorted(shown, key=lambda view: view.area.id)


def _is_valid_in(area: BaseArea, chosen: Filter) -> bool:
    if area.valid_from and chosen.end and parse_date(area.valid_from).start > chosen.end:
        return False
    return not (area.valid_to and chosen.start and parse_date(area.valid_to).end < chosen.start)


def is_past_last_citation(area: BaseArea, chosen: Filter) -> bool:
    """Whether the period begins after the last source that speaks of an area."""
    return chosen.start is not None and parse_date(area.last_cited).end < chosen.start


def _is_where(area: BaseArea, chosen: Filter) -> bool:
    if chosen.countries and area.country not in chosen.countries:
        return False
    if chosen.least_precision and area.geo_precision.rank > chosen.least_precision.rank:
        return False
    return chosen.bounds is None or _meets(area, chosen.bounds)


def _meets(area: BaseArea, bounds: Bounds) -> bool:
    """Whether the box around an area meets bounds; west above east crosses 180°."""
    if area.geometry is None:
        return False
    west, south, east, north = bounds
    x0, y0, x1, y1 = (float(edge) for edge in shape(area.geometry).bounds)
    if y1 < south or y0 > north:
        return False
    if west <= east:
        return x1 >= west and x0 <= east
    return x1 >= west or x0 <= east


def _has_words(area: BaseArea, text: str, records: Records) -> bool:
    if not text:
        return True
    group = records.groups_by_id.get(area.group)
    names = (group.name, group.short_name, *group.aliases) if group else ()
    letters = normalise(" ".join((area.id, area.place, area.admin1, area.kind, area.note, *names)))
    return all(normalise(word) in letters for word in text.split())


def describe_validity(area: BaseArea) -> str:
    """Return from when to when an area is stated to have been used, in words."""
    if area.valid_from and area.valid_to:
        stated = f"{describe_date(area.valid_from)} to {describe_date(area.valid_to)}"
    elif area.valid_from:
        stated = f"from {describe_date(area.valid_from)}, end not stated"
    elif area.valid_to:
        stated = f"until {describe_date(area.valid_to)}, start not stated"
    else:
        stated = "period not stated"
    return f"{stated}; last cited {describe_date(area.last_cited)}"


def is_drawable(area: BaseArea) -> bool:
    """Whether an area has a place known better than to the country."""
    return area.is_mappable
