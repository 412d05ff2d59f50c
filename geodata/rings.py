"""Circles on the globe as polygons that any program can draw: cut at 180°, closed around poles."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely import Polygon
from shapely.affinity import translate
from shapely.geometry.polygon import orient

from geodata.geodesy import distance_km, ground_circle

__all__ = ["ring"]

_RING_POINTS = 48
_TURN = 360.0
_WORLD = shapely.box(-180, -90, 180, 90)


def ring(lon: float, lat: float, radius_km: float) -> list[Polygon]:
    """Return a circle on the globe as polygons, several where it crosses 180°.

    Example:
        >>> [round(edge, 2) for edge in ring(0, 0, 111.195)[0].bounds]
        [-1.0, -1.0, 1.0, 1.0]
        >>> [round(edge, 2) for part in ring(180, 0, 111.195) for edge in part.bounds[::2]]
        [-180.0, -179.0, 179.0, 180.0]
    """
    circle = ground_circle(lon, lat, radius_km, _RING_POINTS)
    north, *others = circle.tolist()
    # Outer rings run counter-clockwise.
    corners = [(east, up) for east, up in (north, *reversed(others))]
    if distance_km(lon, lat, lon, math.copysign(90, lat)) < radius_km:
        parts = _cut(_around_pole(corners, lon, math.copysign(90, lat)))
    elif abs(circle[:, 0]).max() > _TURN / 2:
        parts = _cut(corners)
    else:
        # Nearly every circle. To cut it takes more than twice as long, and only turns its corners.
        parts = [Polygon([corners[-1], *corners[:-1]])]
    # At a pole and at 180° slivers are left that no decimals tell from a line.
    rounded = [Polygon(np.round(part.exterior.coords, 5)) for part in parts]
    return [part for part in rounded if part.is_valid and part.area > 0]


def _cut(corners: list[tuple[float, float]]) -> list[Polygon]:
    """Return the parts that lie within the world, of which another copy lies on each side."""
    whole = shapely.make_valid(Polygon(corners))
    # A cap around a pole is one again.
    cut = (shapely.intersection(translate(whole, turn), _WORLD) for turn in (_TURN, 0, -_TURN))
    return [orient(part) for part in _polygons(shapely.union_all(list(cut)))]


def _polygons(shape: shapely.Geometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]


def _around_pole(
    corners: list[tuple[float, float]], lon: float, pole: float
) -> list[tuple[float, float]]:
    """Return the corners of a circle that holds a pole: all longitudes, up to it."""
    # The first corner lies in the north, which here is beyond the pole.
    seam = corners[0][1] if pole > 0 else corners[_RING_POINTS // 2][1]
    west, east = lon - _TURN / 2, lon + _TURN / 2
    inner = [one for one in sorted(corners) if west < one[0] < east]
    return [(west, seam), *inner, (east, seam), (east, pole), (west, pole)]
