"""Geometry of a row as the place of an incident: a point, and the circle that holds all of it."""

from __future__ import annotations

from functools import cache
from typing import Any

from shapely.geometry.base import BaseGeometry

from geodata.geodesy import distance_km
from geodata.importing.making.draft import Draft, RowError
from geodata.importing.values import LATEST
from geodata.records import GeoPrecision

__all__ = ["place_of_geometry", "to_degrees"]

_REACHES = (
    (1.0, GeoPrecision.SITE),
    (15.0, GeoPrecision.SETTLEMENT),
    (40.0, GeoPrecision.DISTRICT),
    (300.0, GeoPrecision.PROVINCE),
)


def place_of_geometry(
    draft: Draft, shape: BaseGeometry
) -> tuple[tuple[float, float], GeoPrecision, float] | None:
    """Return a point in a geometry, how exact it is, and the radius that holds all of it.

    Of a single point precision and radius are those of no outline: site and 0.

    Raises:
        RowError: If it does not lie on the earth.
    """
    if shape.is_empty:
        return None
    west, south, east, north = shape.bounds
    if not (-LATEST[1] <= west <= east <= LATEST[1] and -LATEST[0] <= south <= north <= LATEST[0]):
        raise RowError("coordinates_out_of_range", "geometry", f"{south:.8g}, {west:.8g}")
    if (west, south, east, north) == (0, 0, 0, 0):
        draft.doubt("point_at_zero", "geometry", "0, 0")
        return None
    if shape.geom_type == "Point":
        return (shape.x, shape.y), GeoPrecision.SITE, 0.0
    inside = shape.representative_point()
    corners = ((west, south), (west, north), (east, south), (east, north))
    reach = max(distance_km(inside.x, inside.y, x, y) for x, y in corners)
    precision = next((one for most, one in _REACHES if reach <= most), GeoPrecision.REGION)
    return (inside.x, inside.y), precision, max(round(reach, 1), 0.1)


@cache
def _transformer(crs: str) -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(crs, "EPSG:4326", always_xy=True)


def to_degrees(crs: str, x: float, y: float) -> tuple[float, float]:
    """Return latitude and longitude of coordinates in another system.

    Example:
        >>> [round(one, 3) for one in to_degrees("EPSG:32633", 391_779, 5_820_072)]
        [52.52, 13.405]
    """
    lon, lat = _transformer(crs).transform(x, y)
    return lat, lon
