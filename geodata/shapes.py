"""Circles and polygons on the map as parts of a filter: their text, and what lies in them.

A place is known to a circle. It may lie in a shape that this circle meets, and certainly lies in
one that holds all of it. Edges of a polygon are straight on the map (web mercator), as somebody
draws them; distances from a point are those on the ground, near enough for a circle that a place is
known to. `mapview/assets/page/shapes.js` is the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import ibis
import ibis.expr.types as ir

from geodata.errors import FilterError
from geodata.geodesy import EARTH_RADIUS_KM, LAST_LATITUDE, mercator_y

__all__ = ["Shape", "copies", "lies_in", "parse_shape", "settle_shape", "unit"]

_MOST_CORNERS = 40
_MOST_KM = 10_000
_NUMBER = r"-?\d{1,5}(?:\.\d{1,7})?"
_CIRCLE = re.compile(rf"circle:({_NUMBER}),({_NUMBER}),(\d{{1,5}}(?:\.\d{{1,3}})?)", re.ASCII)
_POLYGON = re.compile(rf"polygon:({_NUMBER},{_NUMBER}(?:;{_NUMBER},{_NUMBER})*)", re.ASCII)
_KM_AROUND = 2 * math.pi * EARTH_RADIUS_KM
# A polygon so near to the edge of the world, as a share of it, is looked for on its other side too.
_BEYOND = 0.1


@dataclass(frozen=True)
class Shape:
    """A circle, or a polygon.

    Attributes:
        corners: Longitude and latitude of the middle of a circle, or of each corner; beyond 180°
            where a polygon crosses it.
        km: The radius of a circle; 0 for a polygon.
    """

    corners: tuple[tuple[float, float], ...]
    km: float = 0.0

    def __str__(self) -> str:
        """Return the text form.

        Example:
            >>> str(parse_shape("within", "circle:69.20,34.5,100"))
            'circle:69.2,34.5,100'
        """
        pairs = (f"{lon:.10g},{lat:.10g}" for lon, lat in self.corners)
        return f"circle:{next(pairs)},{self.km:.10g}" if self.km else f"polygon:{';'.join(pairs)}"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north of it; across 180° west is more than east."""
        lons, lats = zip(*self.corners, strict=True)
        up, aside = _reach(lats[0], self.km)
        west, east = min(lons) - aside, max(lons) + aside
        if east - west >= 360:  # noqa: PLR2004 - all around the world
            west, east = -180.0, 180.0
        return _wrapped(west), max(-90.0, min(lats) - up), _wrapped(east), min(90.0, max(lats) + up)


def _reach(lat: float, km: float) -> tuple[float, float]:
    """Return how far a circle reaches in degrees, at least as far as it does."""
    up = math.degrees(km / EARTH_RADIUS_KM)
    furthest = min(90.0, abs(lat) + up)
    return up, min(180.0, up / max(0.01, math.cos(math.radians(furthest))))


def _wrapped(lon: float) -> float:
    return (lon + 180) % 360 - 180 if not -180 <= lon <= 180 else lon  # noqa: PLR2004


def parse_shape(key: str, text: str) -> Shape:
    """Return the shape that a text describes.

    Raises:
        FilterError: If it describes none.
    """
    circle, polygon = _CIRCLE.fullmatch(text.strip()), _POLYGON.fullmatch(text.strip())
    if circle:
        lon, lat, km = (float(one) for one in circle.groups())
        return settle_shape(key, Shape(((lon, lat),), km))
    if polygon:
        pairs = [pair.split(",") for pair in polygon[1].split(";")]
        if len(pairs) == 1:  # which a circle has, too
            raise _wrong_corners(key, 1)
        return settle_shape(key, Shape(tuple((float(lon), float(lat)) for lon, lat in pairs)))
    raise FilterError(
        f"{key} must be circle:lon,lat,km or polygon:lon,lat;lon,lat;lon,lat, got {text!r:.60}"
    )


def settle_shape(key: str, shape: Shape) -> Shape:
    """Bring a shape into its one form, or refuse it."""
    rounded = [(round(lon, 4) + 0.0, round(lat, 4) + 0.0) for lon, lat in shape.corners]
    km = round(shape.km, 1)
    is_circle = shape.km > 0 or len(rounded) == 1
    furthest = 180 if is_circle else 360
    if not all(abs(lon) <= furthest and abs(lat) <= 90 for lon, lat in rounded):  # noqa: PLR2004
        raise FilterError(f"{key} must lie on the map, got {shape}"[:200])
    if is_circle:
        if not 0 < km <= _MOST_KM:
            raise FilterError(f"{key} must have a radius within 0.1 and {_MOST_KM} km, got {km:g}")
        return Shape((rounded[0],), km)
    corners = [one for at, one in enumerate(rounded) if one != rounded[at - 1]]
    if not 3 <= len(corners) <= _MOST_CORNERS:  # noqa: PLR2004 - a triangle
        raise _wrong_corners(key, len(corners))
    return Shape(tuple(corners))


def _wrong_corners(key: str, count: int) -> FilterError:
    return FilterError(f"{key} must have 3 to {_MOST_CORNERS} different corners, got {count}")


def lies_in(shape: Shape, table: ir.Table, *, certain: bool) -> ir.BooleanValue:
    """Return the condition that a place may lie in a shape, or certainly does.

    Args:
        shape: The shape.
        table: The table, a row for each place.
        certain: Whether the whole circle that a place is known to must lie in it.
    """
    # One of both edges may be cut off at a pole.
    up = ibis.greatest(table.north - table.lat, table.lat - table.south)
    radius = up.radians() * EARTH_RADIUS_KM
    if shape.km:
        away = _distance(table, *shape.corners[0])
        return away + radius <= shape.km if certain else away - radius <= shape.km
    inside, away = _polygon(shape, table)
    return inside & (away >= radius) if certain else inside | (away <= radius)


def _distance(table: ir.Table, lon: float, lat: float) -> Any:
    """Return the way on the ground in km."""
    up, aside = (table.lat - lat).radians() / 2, (table.lon - lon).radians() / 2
    across = table.lat.radians().cos() * math.cos(math.radians(lat))
    share = up.sin() * up.sin() + across * aside.sin() * aside.sin()
    return ibis.least(1.0, share).sqrt().asin() * (2 * EARTH_RADIUS_KM)


def _polygon(shape: Shape, table: ir.Table) -> tuple[Any, Any]:
    """Return whether a place lies in a polygon, and how many km its edge is away, on the map."""
    corners = [unit(lon, lat) for lon, lat in shape.corners]
    y = _mercator(table)
    insides, aways = [], []
    for copy in copies(corners):
        x = (table.lon + 180.0) / 360.0 + float(copy)
        edges = [(corners[at - 1], corners[at]) for at in range(len(corners))]
        crossed = reduce(add, (_crosses(x, y, *edge) for edge in edges))
        insides.append(crossed % 2 == 1)
        aways += [_squared(x, y, *edge) for edge in edges]
    away = ibis.least(*aways).sqrt() * table.lat.radians().cos() * _KM_AROUND
    return reduce(lambda one, other: one | other, insides), away


def _mercator(table: ir.Table) -> Any:
    lat = ibis.least(LAST_LATITUDE, ibis.greatest(-LAST_LATITUDE, table.lat)).radians()
    return (1.0 - (lat.tan() + 1.0 / lat.cos()).ln() / math.pi) / 2.0


def unit(lon: float, lat: float) -> tuple[float, float]:
    """Return a position in web mercator, as a share of the world."""
    return (lon + 180) / 360, mercator_y(lat)


def copies(corners: Sequence[tuple[float, float]]) -> list[int]:
    """Return by how many worlds to the east places are looked for."""
    west, east = min(x for x, _ in corners) - _BEYOND, max(x for x, _ in corners) + _BEYOND
    return [copy for copy in (-1, 0, 1) if west <= copy + 1 and east >= copy]


def _crosses(x: Any, y: Any, one: tuple[float, float], other: tuple[float, float]) -> Any:
    """Return 1 where a line to the east crosses an edge, else 0."""
    (x0, y0), (x1, y1) = one, other
    if y0 == y1:
        return ibis.literal(0)
    between = (y < max(y0, y1)) & (y >= min(y0, y1))
    return ibis.ifelse(between & (x < (y - y0) * ((x1 - x0) / (y1 - y0)) + x0), 1, 0)


def _squared(x: Any, y: Any, one: tuple[float, float], other: tuple[float, float]) -> Any:
    """Return the square of the distance to an edge."""
    (x0, y0), (dx, dy) = one, (other[0] - one[0], other[1] - one[1])
    along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)
    share = ibis.least(1.0, ibis.greatest(0.0, along))
    aside, up = share * dx + x0 - x, share * dy + y0 - y
    return aside * aside + up * up
