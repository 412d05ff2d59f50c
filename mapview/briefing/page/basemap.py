"""Cut the shipped basemap to what one page needs: full detail near its content, little elsewhere.

Arcs are thinned one by one and stay shared, so that neighbours never come apart. The quantised
form is kept; the decoders of `geodata.places.boundaries` and of the map's scripts read it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.places.topology import (
    arc_numbers,
    arcs_of,
    load_labels,
    load_topology,
    steps_of,
    to_positions,
)
from geodata.queries import Bounds

__all__ = [
    "Region", "cut_coarse_provinces", "cut_coarse_world", "cut_detail", "cut_labels",
    "cut_provinces", "cut_world", "in_rows",
]  # fmt: skip

# A page as wide as a desk's screen shows about 11° at zoom 7, 5° to each side.
_PAD_LON, _PAD_LAT = 6.0, 4.5
# Content is gathered in cells first: thousands of places give some dozen boxes.
_CELL = 2.0
# Far from the content, lines may be off by two pixels at zoom 4.
_TOLERANCE = 0.15
# Where content is anywhere, all is as coarse as a page below a megabyte can have it, in degrees.
_COARSE_TOLERANCE, _COARSE_STEP = 0.066, 0.02
_LEAST_RING = 4
_FAR_RANK = 1
# What numbers are written as begins behind the quotation mark.
_LETTER, _BACKSLASH = ord("#"), ord("\\")

_Topology = dict[str, Any]
_Arc = list[list[int]]


@dataclass(frozen=True)
class Region:
    """The part of the world that is drawn in full detail.

    Attributes:
        shape: Union of boxes, in degrees; may be empty.
    """

    shape: BaseGeometry

    @classmethod
    def around(cls, places: Iterable[tuple[float, float]], *bounds: Bounds) -> Region:
        """Return the region around places (lon, lat) and bounds.

        Example:
            >>> Region.around([(69.2, 34.5)]).covers(70.0, 35.0)
            True
        """
        cells = {(lon // _CELL * _CELL, lat // _CELL * _CELL) for lon, lat in places}
        boxes = [(x, y, x + _CELL, y + _CELL) for x, y in sorted(cells)]
        padded = [
            shapely.box(x0 - _PAD_LON, y0 - _PAD_LAT, x1 + _PAD_LON, y1 + _PAD_LAT)
            for west, south, east, north in (*boxes, *bounds)
            for x0, y0, x1, y1 in _unwrapped(west, south, east, north)
        ]
        return cls(_with_copies(padded))

    def covers(self, lon: float, lat: float) -> bool:
        """Whether a place lies in the region."""
        return bool(shapely.intersects_xy(self.shape, lon, lat))

    def near(self, coordinates: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Return for each row (lon, lat) whether it lies in the region."""
        found: np.ndarray[Any, Any] = shapely.intersects_xy(
            self.shape, coordinates[:, 0], coordinates[:, 1]
        )
        return found


def _unwrapped(west: float, south: float, east: float, north: float) -> list[Bounds]:
    """Return bounds that cross 180° (west above east) as two."""
    if west <= east:
        return [(west, south, east, north)]
    return [(west, south, 180.0, north), (-180.0, south, east, north)]


def _with_copies(boxes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Join boxes, with what of them lies beyond 180° put on the other side."""
    moved = [
        shapely.box(x0 + turn, y0, x1 + turn, y1)
        for x0, y0, x1, y1 in (box.bounds for box in boxes)
        for turn in (-360.0, 0.0, 360.0)
    ]
    world = shapely.box(-180, -90, 180, 90)
    shape = shapely.union_all(moved).intersection(world)
    shapely.prepare(shape)
    return shape


def cut_world(region: Region) -> _Topology:
    """Return countries, borders and lakes, thinned outside the region."""
    topology = load_topology("world")
    arcs = [
        _thinned(number, near) if near.any() else _thinned_far(number)
        for number, near in enumerate(_points_near(region, "world"))
    ]
    objects = {
        name: {"type": "GeometryCollection", "geometries": _kept(item["geometries"], arcs)}
        for name, item in topology["objects"].items()
    }
    return _packed(objects, arcs, topology["transform"])


def cut_provinces(region: Region, codes: Iterable[str]) -> _Topology:
    """Return the provinces with some codes, and the lines between provinces in the region.

    Args:
        region: Where lines between provinces are drawn.
        codes: GeoNames codes of the provinces that are drawn as such, like `AF.42`.
    """
    topology = load_topology("provinces")
    wanted = set(codes)
    whole = [
        {"type": one["type"], "arcs": one["arcs"], "properties": {"code": code}}
        for one in topology["objects"]["provinces"]["geometries"]
        if one["type"] and (code := one["properties"]["code"]) in wanted
    ]
    lines = _lines_in(region, topology, "provinces", "province_lines")
    objects = {
        "provinces": {"type": "GeometryCollection", "geometries": whole},
        "province_lines": {"type": "GeometryCollection", "geometries": lines},
    }
    return _packed(objects, topology["arcs"], topology["transform"])


def cut_coarse_world() -> _Topology:
    """Return countries, borders and lakes for a page that does not know yet what it will show."""
    topology = load_topology("world")
    arcs, transform = _coarse("world")
    objects = {
        name: {"type": "GeometryCollection", "geometries": _kept(item["geometries"], arcs)}
        for name, item in topology["objects"].items()
    }
    return _packed(objects, arcs, transform)


def cut_coarse_provinces() -> _Topology:
    """Return all provinces, and the lines between them, for the same page."""
    topology = load_topology("provinces")
    arcs, transform = _coarse("provinces")
    whole = [
        {
            "type": one["type"],
            "arcs": one["arcs"],
            "properties": {"code": one["properties"]["code"]},
        }
        for one in topology["objects"]["provinces"]["geometries"]
    ]
    objects = {
        "provinces": {"type": "GeometryCollection", "geometries": _kept(whole, arcs)},
        "province_lines": topology["objects"]["province_lines"],
    }
    return _packed(objects, arcs, transform)


def _coarse(name: str) -> tuple[list[_Arc], dict[str, Any]]:
    """Return the arcs of a topology with fewer points on a wider grid, and that grid."""
    topology = load_topology(name)
    scale = topology["transform"]["scale"]
    step = np.maximum(1, np.rint(_COARSE_STEP / np.array(scale))).astype(int)
    arcs = [
        steps_of(
            np.rint(to_positions(arc)[_corners(degrees, _COARSE_TOLERANCE)] / step).astype(int)
        )
        for arc, degrees in zip(topology["arcs"], _arcs(name), strict=True)
    ]
    return arcs, {
        **topology["transform"],
        "scale": [float(a * b) for a, b in zip(scale, step, strict=True)],
    }


def in_rows(topology: _Topology) -> _Topology:
    """Return a topology with the steps of all its arcs in one row, which packs far smaller.

    Args:
        topology: With arcs that begin where they are and go on by steps.

    Returns:
        The same with `arcs` as `lengths`, in points, and `steps`, x and y by turns, a letter for
        each number; the first of an arc is counted from the end of the one before.
        `mapview/assets/viewer/ground.js` reads it.

    Example:
        >>> in_rows({"arcs": [[[5, 5], [1, 0]], [[6, 5], [0, 2]]]})["arcs"]
        {'lengths': "''", 'steps': "--%####'"}
    """
    steps: list[int] = []
    x = y = 0
    for (first_x, first_y), *others in topology["arcs"]:
        steps += (first_x - x, first_y - y)
        x, y = first_x, first_y
        for step_x, step_y in others:
            steps += (step_x, step_y)
            x, y = x + step_x, y + step_y
    lengths = [len(one) for one in topology["arcs"]]
    return {**topology, "arcs": {"lengths": _in_letters(lengths), "steps": _in_letters(steps)}}


def _in_letters(numbers: Iterable[int]) -> str:
    """Return a letter for each number: even codes are 0 and above, odd ones are below."""
    codes = (2 * one if one >= 0 else -2 * one - 1 for one in numbers)
    # None is a quotation mark or a backslash, which JSON would escape, or half of a pair.
    return "".join(chr(_LETTER + code + (_LETTER + code >= _BACKSLASH)) for code in codes)


def cut_detail(region: Region) -> _Topology:
    """Return the rivers and the lines between districts that a region has."""
    topology = load_topology("detail")
    objects = {
        name: {
            "type": "GeometryCollection",
            "geometries": _lines_in(region, topology, "detail", name),
        }
        for name in topology["objects"]
    }
    return _packed(objects, topology["arcs"], topology["transform"])


def cut_labels(region: Region, *, has_countries: bool = False) -> list[dict[str, Any]]:
    """Return place names: all in the region, only those of countries and large cities elsewhere.

    Args:
        region: Where all are wanted.
        has_countries: Whether cities have their country, by which other languages know them.
    """
    labels = load_labels()
    near = region.near(np.array([(label["lon"], label["lat"]) for label in labels]))
    told = ("name", "lon", "lat", "rank", "kind")
    # The name of a country is written inside its outline, which has its code, with what is not
    # placed there.
    with_country = (*told, "country")
    columns = {"country": with_country, "city": with_country if has_countries else told}
    return [
        {name: label[name] for name in columns[label["kind"]]}
        for label, is_near in zip(labels, near, strict=True)
        if is_near or label["rank"] <= _FAR_RANK or label["kind"] == "country"
    ]


_arcs = cache(lambda name: arcs_of(load_topology(name)))


def _points_near(region: Region, name: str) -> list[np.ndarray[Any, Any]]:
    """Return for each arc of a topology which of its points lie in the region."""
    arcs = _arcs(name)
    ends = np.cumsum([len(one) for one in arcs])
    return np.split(region.near(np.vstack(arcs)), ends[:-1])


@cache
def _thinned_far(number: int) -> _Arc:
    """Return an arc of the world that has nothing of the region, which are nearly all."""
    return _thinned(number, np.zeros(len(_arcs("world")[number]), dtype=bool))


def _thinned(number: int, near: np.ndarray[Any, Any]) -> _Arc:
    """Return an arc of the world with its points outside the region thinned, its ends kept."""
    arc: _Arc = load_topology("world")["arcs"][number]
    if near.all():
        return arc
    return steps_of(to_positions(arc)[_needed(_arcs("world")[number], near)])


def _needed(degrees: np.ndarray[Any, Any], near: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return which points of a line are kept: its ends, those near, and the corners of the rest."""
    kept = near.copy()
    kept[[0, -1]] = True
    for start, end in _gaps(kept):
        kept[start : end + 1] |= _corners(degrees[start : end + 1])
    return kept


def _gaps(kept: np.ndarray[Any, Any]) -> list[tuple[int, int]]:
    """Return runs of points that are not kept, each from the kept point before to that after."""
    at = np.flatnonzero(kept)
    return [(int(a), int(b)) for a, b in pairwise(at) if b - a > 1]


def _corners(degrees: np.ndarray[Any, Any], tolerance: float = _TOLERANCE) -> np.ndarray[Any, Any]:
    """Return which points of a run a line within the tolerance needs (Douglas and Peucker)."""
    kept = np.zeros(len(degrees), dtype=bool)
    kept[[0, -1]] = True
    open_runs = [(0, len(degrees) - 1)]
    while open_runs:
        start, end = open_runs.pop()
        if end - start < 2:  # noqa: PLR2004 - nothing between them
            continue
        away = _distances(degrees[start + 1 : end], degrees[start], degrees[end])
        farthest = int(np.argmax(away))
        if away[farthest] > tolerance:
            middle = start + 1 + farthest
            kept[middle] = True
            open_runs += [(start, middle), (middle, end)]
    return kept


def _distances(points: Any, start: Any, end: Any) -> Any:
    """Return how far points are from a segment, in degrees."""
    along = end - start
    length = float(along @ along)
    offset = points - start
    if length:
        share = np.clip(offset @ along / length, 0.0, 1.0)
        offset = offset - share[:, None] * along
    return np.hypot(offset[:, 0], offset[:, 1])


def _kept(geometries: Sequence[Mapping[str, Any]], arcs: Sequence[_Arc]) -> list[dict[str, Any]]:
    """Return geometries without the rings that thinning made flat."""
    found = []
    for one in geometries:
        kind = one["type"]
        if kind is None:
            continue
        left = _without_flat(one, arcs) if kind.endswith("Polygon") else one["arcs"]
        if left:
            found.append({**one, "arcs": left})
    return found


def _without_flat(item: Mapping[str, Any], arcs: Sequence[_Arc]) -> list[Any]:
    is_many = item["type"] == "MultiPolygon"
    polygons = [
        [polygon[0], *(hole for hole in polygon[1:] if _has_room(hole, arcs))]
        for polygon in (item["arcs"] if is_many else [item["arcs"]])
        if _has_room(polygon[0], arcs)
    ]
    return polygons if is_many else next(iter(polygons), [])


def _has_room(ring: Sequence[int], arcs: Sequence[_Arc]) -> bool:
    lengths = [len(arcs[~index if index < 0 else index]) for index in ring]
    return sum(lengths) - len(ring) + 1 >= _LEAST_RING


def _lines_in(region: Region, topology: _Topology, name: str, wanted: str) -> list[dict[str, Any]]:
    lines = topology["objects"][wanted]["geometries"]
    points = _points_near(region, name)
    used = sorted({i for one in lines for i in arc_numbers(one["arcs"])})
    near = [number for number in used if points[number].any()]
    return [{"type": "MultiLineString", "arcs": [[i] for i in near]}] if near else []


def _packed(
    objects: Mapping[str, Any], arcs: Sequence[_Arc], transform: Mapping[str, Any]
) -> _Topology:
    """Return a topology with only the arcs that are used, numbered anew."""
    geometries = [one for item in objects.values() for one in item["geometries"]]
    used = sorted({i for one in geometries for i in arc_numbers(one["arcs"])})
    number = {old: new for new, old in enumerate(used)}

    def renumbered(nested: Any) -> Any:
        if isinstance(nested, int):
            return number[nested] if nested >= 0 else ~number[~nested]
        return [renumbered(one) for one in nested]

    return {
        "type": "Topology",
        "transform": dict(transform),
        "objects": {
            name: {
                **item,
                "geometries": [
                    {**one, "arcs": renumbered(one["arcs"])} for one in item["geometries"]
                ],
            }
            for name, item in objects.items()
        },
        "arcs": [arcs[i] for i in used],
    }
