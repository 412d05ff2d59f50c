"""Which part of the world holds what was found: all of it, and most of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from shapely.geometry import shape

from geodata.queries.filters import Bounds
from geodata.records import BaseArea

__all__ = ["WORLD", "Extent", "Spot", "area_box", "extent_of"]

WORLD: Bounds = (-180.0, -60.0, 180.0, 78.0)
"""All land but Antarctica, where there is nothing else to go by."""

_WHOLE_SPAN = 45.0
_SHARE_NEAR = 0.85
_ALSO_NEAR = 0.1
_MOST_STEPS = 12
_TURN = 360.0

Spot = tuple[Bounds, int]
"""A small part of the world, and how many things lie in it."""


class Extent(NamedTuple):
    """Where things lie: west, south, east, north in degrees; across 180° west is more than east.

    Attributes:
        near: Where most of them lie.
        whole: Where all of them lie.
        between: Steps from the one to the other, so that a map can take in what its shape has room
            for.
    """

    near: Bounds
    whole: Bounds
    between: tuple[Bounds, ...] = ()


def extent_of(spots: Iterable[Spot]) -> Extent | None:
    """Return where things lie, or `None` where there is nothing.

    A few places far from all others would leave nothing to see of the rest, so at most three in
    twenty may lie outside the near part; what shows it counts what does.

    Example:
        >>> fiji, tonga = (178.0, -18.0), (-175.0, -21.0)
        >>> extent_of([((*fiji, *fiji), 1), ((*tonga, *tonga), 1)]).whole
        (178.0, -21.0, -175.0, -18.0)
    """
    found = _unrolled(list(spots))
    if not found:
        return None
    west, south, east, north = whole = _around(found)
    if max(east - west, north - south) <= _WHOLE_SPAN:
        return Extent(_turned(whole), _turned(whole))
    near, *between = _growing(found)
    return Extent(_turned(near), _turned(whole), tuple(map(_turned, between)))


def _unrolled(spots: Sequence[Spot]) -> list[Spot]:
    """Cut the world along the widest empty stretch, so that east of it is always more."""
    if not spots:
        return []
    ends = sorted((west, east) for (west, _, east, _), _ in spots)
    reach = ends[0][1]
    widest, cut = ends[0][0] + _TURN - max(east for _, east in ends), ends[0][0]
    for (_, before), (west, _) in pairwise(ends):
        reach = max(reach, before)
        if west - reach > widest:
            widest, cut = west - reach, west
    return [
        ((west + _TURN, south, east + _TURN, north), n) if west < cut else (bounds, n)
        for bounds, n in spots
        for west, south, east, north in (bounds,)
    ]


def _around(spots: Sequence[Spot]) -> Bounds:
    wests, souths, easts, norths = zip(*(bounds for bounds, _ in spots), strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def _growing(spots: Sequence[Spot]) -> Iterator[Bounds]:
    """Yield where most things lie, and then with more and more of the rest, the nearest first."""
    middles = [(_middle(bounds), n) for bounds, n in spots]
    lon, lat = (_median([(middle[axis], n) for middle, n in middles]) for axis in (0, 1))

    def distance(spot: Spot) -> tuple[float, Bounds]:
        x, y = _middle(spot[0])
        return max(abs(x - lon), abs(y - lat)), spot[0]

    ordered = sorted(spots, key=distance)
    share = max(1, round(sum(n for _, n in spots) * _SHARE_NEAR))
    counted = list(accumulate(n for _, n in ordered))
    most = next(place for place, n in enumerate(counted, 1) if n >= share)
    west, south, east, north = _around(ordered[:most])
    wide, high = (east - west) * _ALSO_NEAR, (north - south) * _ALSO_NEAR
    reach = (west - wide, south - high, east + wide, north + high)
    near = [spot for spot in spots if _contains(reach, spot[0])]
    yield _around(near)
    rest = [spot for spot in ordered if not _contains(reach, spot[0])]
    step = -(-len(rest) // _MOST_STEPS) or 1
    for end in range(step, len(rest), step):
        yield _around([*near, *rest[:end]])


def _contains(outer: Bounds, inner: Bounds) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def _middle(bounds: Bounds) -> tuple[float, float]:
    west, south, east, north = bounds
    return (west + east) / 2, (south + north) / 2


def _median(values: Sequence[tuple[float, int]]) -> float:
    half = sum(n for _, n in values) // 2
    passed = 0
    for value, n in sorted(values):
        passed += n
        if passed > half:
            return value
    raise ValueError("a median must be taken of something, got nothing")


def _turned(bounds: Bounds) -> Bounds:
    """Return bounds with each end within 180° of Greenwich; all around is the whole world."""
    west, south, east, north = bounds
    if east - west >= _TURN:
        return -180.0, south, 180.0, north
    return _turn(west), south, _turn(east), north


def _turn(lon: float) -> float:
    return lon - _TURN if lon > 180 else lon  # noqa: PLR2004 - the date line


def area_box(area: BaseArea) -> Bounds | None:
    """Return the box around a base area in degrees; `None` for one without a place."""
    if not area.geometry:
        return None
    west, south, east, north = (float(edge) for edge in shape(area.geometry).bounds)
    return west, south, east, north
