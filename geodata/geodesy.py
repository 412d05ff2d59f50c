"""The Earth as a sphere: its radius, distances and circles on the ground, web-mercator positions.

Maps in a browser do the same in JavaScript, from the constants here; `tests/corpus/geodesy.json`
holds cases that both must answer alike.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "DECIMALS",
    "EARTH_RADIUS_KM",
    "LAST_LATITUDE",
    "WORLD_BITS",
    "MercatorBox",
    "bounding_box",
    "corners_of",
    "distance_km",
    "distances_km",
    "ground_circle",
    "ground_circles",
    "mercator_latitude",
    "mercator_y",
    "project",
    "reach_degrees",
]

Floats = NDArray[np.float64]

# Of a degree, in positions that are written: a centimetre on the ground.
DECIMALS = 7
# The mean radius of the WGS 84 ellipsoid (IUGG): on a sphere of it distances err by 0.6 % at most.
EARTH_RADIUS_KM = 6371.0088
# Where web mercator (EPSG:3857) cuts the world off, so that it becomes a square.
LAST_LATITUDE = 85.0511287798066
# The side of that square in whole numbers is 2 ** WORLD_BITS: they fit 32 bits, and the finest is
# 2 cm on the ground.
WORLD_BITS = 31


def distance_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the distance of two places on the ground (haversine formula).

    Example:
        >>> round(distance_km(69.17, 34.53, 68.78, 38.57))
        451
    """
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_lat, half_lon = (phi2 - phi1) / 2, math.radians(lon2 - lon1) / 2
    root = math.sin(half_lat) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(root, 1.0)))


def distances_km(centre: tuple[float, float], positions: Floats) -> Floats:
    """Return the distances from a place to many others, as `distance_km` does.

    Args:
        centre: As (lon, lat) in degrees.
        positions: One row each, longitude and latitude in degrees.
    """
    lon, lat = np.radians(centre)
    lons, lats = np.radians(positions[:, :2]).T
    root = np.sin((lats - lat) / 2) ** 2
    root = root + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(root, 1.0))))


def ground_circles(places: Floats, steps: int = 72) -> Floats:
    """Return points at a ground distance around places (formula for a great circle's end).

    Args:
        places: Longitude, latitude and radius in km, a row each.
        steps: Number of points around each place, clockwise from the north.

    Returns:
        Longitude and latitude of each point, those of one place after another; longitudes go on
        beyond 180° where a circle crosses it.
    """
    bearing = np.linspace(0, 2 * np.pi, steps, endpoint=False)
    lon, lat, radius_km = (column[:, np.newaxis] for column in np.asarray(places, float).T)
    phi, angle = np.radians(lat), radius_km / EARTH_RADIUS_KM
    sine = np.sin(phi) * np.cos(angle) + np.cos(phi) * np.sin(angle) * np.cos(bearing)
    turn = np.arctan2(
        np.sin(bearing) * np.sin(angle) * np.cos(phi), np.cos(angle) - np.sin(phi) * sine
    )
    lats = np.degrees(np.arcsin(np.clip(sine, -1, 1)))
    return np.column_stack([(lon + np.degrees(turn)).ravel(), lats.ravel()])


def ground_circle(lon: float, lat: float, radius_km: float, steps: int = 72) -> Floats:
    """Return points at a ground distance around one place; see `ground_circles`.

    Example:
        >>> ground_circle(0, 0, 111.195, 4).round(2)[:2].tolist()
        [[0.0, 1.0], [1.0, 0.0]]
    """
    return ground_circles(np.array([[lon, lat, radius_km]]), steps)


def reach_degrees(lat: float, radius_km: float) -> tuple[float, float]:
    """Return how many degrees of latitude and of longitude a circle reaches from its middle.

    Example:
        >>> reach_degrees(60, 111.195)[1] > 2 * reach_degrees(0, 111.195)[1] * 0.99
        True
        >>> reach_degrees(89.5, 111.195)[1]
        180.0
    """
    angle = radius_km / EARTH_RADIUS_KM
    if math.radians(abs(lat)) + angle >= math.pi / 2:
        return math.degrees(angle), 180.0
    turn = math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(lat))))
    return math.degrees(angle), math.degrees(turn)


def mercator_y(lat: float) -> float:
    """Return how far down the web-mercator square a latitude lies: 0 at its top, 1 at its end.

    Example:
        >>> mercator_y(0), mercator_y(90) == mercator_y(LAST_LATITUDE)
        (0.5, True)
    """
    phi = math.radians(max(-LAST_LATITUDE, min(LAST_LATITUDE, lat)))
    return (1 - math.log(math.tan(phi) + 1 / math.cos(phi)) / math.pi) / 2


def mercator_latitude(y: float) -> float:
    """Return the latitude that lies so far down the web-mercator square, within its edges."""
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))
    return max(-LAST_LATITUDE, min(LAST_LATITUDE, lat))


@dataclass(frozen=True)
class MercatorBox:
    """A rectangle in integer web-mercator coordinates, edges included; y grows to the south."""

    x0: int
    y0: int
    x1: int
    y1: int


def project(lon: float, lat: float) -> tuple[int, int]:
    """Return whole web-mercator coordinates, x to the east and y to the south.

    Args:
        lon: Degrees east.
        lat: Degrees north; beyond 85.05° it is put on that edge.

    Returns:
        x and y within [0, 2^31 - 1].

    Example:
        >>> project(-180.0, 85.0511287798066)
        (0, 0)
    """
    side = 1 << WORLD_BITS
    x, y = (lon + 180) / 360, mercator_y(lat)
    return min(side - 1, max(0, int(x * side))), min(side - 1, max(0, int(y * side)))


def corners_of(lons: Collection[float], lats: Collection[float]) -> Iterator[tuple[float, float]]:
    """Yield places that have the same box around them as all longitudes with all latitudes.

    Args:
        lons: Degrees east.
        lats: Degrees north; as empty as the others.

    Example:
        >>> list(corners_of([1.0, 2.0], [3.0, 4.0]))
        [(1.0, 3.0), (2.0, 3.0), (1.0, 4.0)]
    """
    if lons and lats:
        east, north = next(iter(lons)), next(iter(lats))
        yield from ((lon, north) for lon in lons)
        yield from ((east, lat) for lat in lats if lat != north)


def bounding_box(
    points: Iterable[tuple[float, float]], spans: Sequence[tuple[float, float]] = ()
) -> list[float] | None:
    """Return west, south, east, north around points; west is above east across 180°.

    Of all boxes that hold the points this is the one that is narrowest, as RFC 7946, 5.2 asks of
    boxes that cross the antimeridian.

    Args:
        points: Positions as (lon, lat), corners of areas among them.
        spans: West and east ends of areas, which the box must not leave out.

    Example:
        >>> bounding_box([(179.0, -17.0), (-179.0, -16.0)])
        [179.0, -17.0, -179.0, -16.0]
    """
    corners = list(points)
    if not corners:
        return None
    lons = sorted({round(lon, DECIMALS) for lon, _ in corners})
    lats = [round(lat, DECIMALS) for lat in {lat for _, lat in corners}]
    gaps = [
        (east - west, west, east)
        for west, east in pairwise(lons)
        if not any(first < east and west < last for first, last in spans)
    ]
    widest, before, after = max(gaps, default=(0.0, lons[-1], lons[0]))
    if widest > 360 - (lons[-1] - lons[0]):
        return [after, min(lats), before, max(lats)]
    return [lons[0], min(lats), lons[-1], max(lats)]
