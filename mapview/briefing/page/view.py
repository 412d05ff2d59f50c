"""Which part of the world the standalone page shows at first, and which it needs the map of."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.queries.filters import Bounds
from geodata.records import GeoPrecision
from mapview.briefing.content import Briefing

__all__ = ["all_places", "close_view", "drawn_provinces", "first_view"]

_HOME: Bounds = (44.0, 23.0, 82.0, 46.0)
_WHOLE_SPAN = 45.0
_SHARE_NEAR = 0.85
_ALSO_NEAR = 0.1


def first_view(briefing: Briefing) -> tuple[Bounds, Bounds]:
    """Return the part of the world shown at first, and that with everything in it.

    A few places far from all others would leave nothing to see of the rest, so at most three
    in twenty may lie outside at first; the page counts what does.
    """
    whole = _bounds_of(_places(briefing)) or _HOME
    if briefing.extent:
        return briefing.extent, whole
    west, south, east, north = whole
    if max(east - west, north - south) <= _WHOLE_SPAN:
        return whole, whole
    return _where_most_are(_places(briefing)), whole


def close_view(briefing: Briefing) -> list[Bounds]:
    """Return the view that was asked for, if it is close enough for details to be seen."""
    if briefing.extent is None:
        return []
    west, south, east, north = briefing.extent
    wide = east - west + (360 if east < west else 0)
    return [briefing.extent] if max(wide, north - south) <= _WHOLE_SPAN else []


def _places(briefing: Briefing) -> list[tuple[float, float]]:
    """Return where things are: incidents, and base areas where there are no incidents."""
    return _incident_places(briefing) or _area_places(briefing)


def _incident_places(briefing: Briefing) -> list[tuple[float, float]]:
    return [point for line in briefing.incidents for point in line.points]


def _area_places(briefing: Briefing) -> list[tuple[float, float]]:
    return [area.point for area in briefing.base_areas if area.point is not None]


def all_places(briefing: Briefing) -> list[tuple[float, float]]:
    """Return where anything of a briefing is drawn."""
    return _incident_places(briefing) + _area_places(briefing)


def _bounds_of(places: Sequence[tuple[float, float]]) -> Bounds | None:
    if not places:
        return None
    lons, lats = zip(*places, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _where_most_are(places: Sequence[tuple[float, float]]) -> Bounds:
    lons, lats = (sorted(values) for values in zip(*places, strict=True))
    lon, lat = lons[len(lons) // 2], lats[len(lats) // 2]
    by_distance = sorted(places, key=lambda at: (max(abs(at[0] - lon), abs(at[1] - lat)), at))
    most = by_distance[: max(1, round(len(places) * _SHARE_NEAR))]
    west, south, east, north = _bounds_of(most) or _HOME
    wide, high = (east - west) * _ALSO_NEAR, (north - south) * _ALSO_NEAR
    near = [
        (x, y)
        for x, y in places
        if west - wide <= x <= east + wide and south - high <= y <= north + high
    ]
    return _bounds_of(near) or _HOME


def drawn_provinces(briefing: Briefing) -> set[str]:
    """Return the codes of the provinces that are drawn as such."""
    shaded = {
        line.province
        for line in briefing.incidents
        if line.is_placed and line.precision is GeoPrecision.PROVINCE
    }
    based = {area.province for area in briefing.base_areas if area.is_placed}
    return {code for code in shaded | based if code}
