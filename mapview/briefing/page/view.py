"""Which part of the world the standalone page shows at first, and which it needs the map of."""

from __future__ import annotations

from geodata.queries import WORLD, Bounds, Extent, extent_of
from geodata.records import GeoPrecision
from mapview.briefing.content import Briefing

__all__ = ["all_places", "close_view", "drawn_provinces", "first_view"]

_CLOSE_SPAN = 45.0


def first_view(briefing: Briefing) -> Extent:
    """Return the part of the world shown at first, and that with everything in it."""
    places = _incident_places(briefing) or _area_places(briefing)
    extent = extent_of(((*at, *at), 1) for at in places) or Extent(WORLD, WORLD)
    return Extent(briefing.extent, extent.whole) if briefing.extent else extent


def close_view(briefing: Briefing) -> list[Bounds]:
    """Return the view that was asked for, if it is close enough for details to be seen."""
    if briefing.extent is None:
        return []
    west, south, east, north = briefing.extent
    wide = east - west + (360 if east < west else 0)
    return [briefing.extent] if max(wide, north - south) <= _CLOSE_SPAN else []


def _incident_places(briefing: Briefing) -> list[tuple[float, float]]:
    return [point for line in briefing.incidents for point in line.points]


def _area_places(briefing: Briefing) -> list[tuple[float, float]]:
    return [area.point for area in briefing.base_areas if area.point is not None]


def all_places(briefing: Briefing) -> list[tuple[float, float]]:
    """Return where anything of a briefing is drawn."""
    return _incident_places(briefing) + _area_places(briefing)


def drawn_provinces(briefing: Briefing) -> set[str]:
    """Return the codes of the provinces that are drawn as such."""
    shaded = {
        line.province
        for line in briefing.incidents
        if line.is_placed and line.precision is GeoPrecision.PROVINCE
    }
    based = {area.province for area in briefing.base_areas if area.is_placed}
    return {code for code in shaded | based if code}
