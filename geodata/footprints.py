"""Footprints: where something lies as far as it is known, as an area on the ground.

Every map and every file draws a place so; what no area can stand for has no footprint.
"""

from __future__ import annotations

from dataclasses import dataclass

from shapely import MultiPolygon, Polygon, union_all
from shapely.geometry.base import BaseGeometry

from geodata.places.boundaries import provinces
from geodata.records import (
    AREA_RADIUS_KM,
    FORMS,
    BaseArea,
    GeoPrecision,
    Incident,
    LonLat,
    drawn_radius_km,
)
from geodata.rings import ring

__all__ = ["Footprint", "footprint"]


@dataclass(frozen=True)
class Footprint:
    """Where something lies.

    Attributes:
        form: `ring`, `province` for the outline of one, or `assumed` for a ring that bounds
            nothing: the source does not say how exact its point is.
        shape: In degrees.
    """

    form: str
    shape: MultiPolygon


def footprint(record: Incident | BaseArea) -> Footprint | None:
    """Return the footprint of a record; `None` for a point, for an outline, and off the map.

    It follows from the record alone, so that of a coarsened place is as coarse as the place.

    Example:
        >>> from geodata import load
        >>> footprint(load().incidents_by_id["kerman-2024-01-03"]) is None
        True
    """
    if not record.is_mappable:
        return None
    if isinstance(record, Incident):
        points, level = record.points, record.geo_precision
        is_point = FORMS[level][0] == "point"
        radius_km = 0.0 if is_point else drawn_radius_km(level, record.radius_km)
    else:
        points, level = _point_of(record), record.level
        radius_km = AREA_RADIUS_KM if record.radius_km is None else record.radius_km
    known = provinces().get(record.admin1_code) if level is GeoPrecision.PROVINCE else None
    if known is not None and points:
        return Footprint("province", _many(known.geometry))
    rings = [part for lon, lat in points for part in ring(lon, lat, radius_km)] if radius_km else []
    form = "assumed" if record.geo_precision is GeoPrecision.NOT_STATED else "ring"
    return Footprint(form, _many(union_all(rings))) if rings else None


def _point_of(area: BaseArea) -> tuple[LonLat, ...]:
    geometry = area.geometry
    if not geometry or geometry["type"] != "Point":
        return ()
    lon, lat = geometry["coordinates"][:2]
    return ((lon, lat),)


def _many(shape: BaseGeometry) -> MultiPolygon:
    if isinstance(shape, MultiPolygon):
        return shape
    return MultiPolygon([shape] if isinstance(shape, Polygon) and not shape.is_empty else [])
