"""The shipped basemap as it is stored: TopoJSON, read into shapes in degrees, and names."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.errors import GeodataError

__all__ = [
    "BASEMAP_DIR",
    "arc_numbers",
    "arcs_of",
    "chained",
    "load_labels",
    "load_topology",
    "load_waters",
    "steps_of",
    "to_degrees",
    "to_lines",
    "to_polygons",
    "to_positions",
]

BASEMAP_DIR = Path(__file__).parents[1] / "data" / "basemap"

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@cache
def load_topology(name: str) -> dict[str, Any]:
    """Return a shipped TopoJSON document; treat it as read-only.

    Args:
        name: "world", "provinces" or "detail".

    Raises:
        GeodataError: If no such file is shipped.
    """
    files = BASEMAP_DIR.glob("*.topojson.gz")
    known = sorted(path.name.removesuffix(".topojson.gz") for path in files)
    if name not in known:
        raise GeodataError(f"topology must be one of {', '.join(known)}, got {name!r}")
    topology: dict[str, Any] = _opened(f"{name}.topojson.gz")
    return topology


@cache
def load_labels() -> list[dict[str, Any]]:
    """Return the names of countries and towns with their places; treat them as read-only."""
    labels: list[dict[str, Any]] = _opened("labels.json.gz")
    return labels


@cache
def load_waters() -> list[dict[str, Any]]:
    """Return seas and lakes with the shapes that their names may stand in; treat as read-only."""
    waters: list[dict[str, Any]] = _opened("waters.json.gz")
    return waters


def _opened(name: str) -> Any:
    with gzip.open(BASEMAP_DIR / name, "rt", encoding="utf-8") as file:
        return json.load(file)


def to_positions(arc: Sequence[Sequence[int]]) -> Integers:
    """Return the whole-number positions of an arc, which is stored as steps from one to the next.

    Example:
        >>> to_positions([[5, 5], [1, 0], [0, -2]]).tolist()
        [[5, 5], [6, 5], [6, 3]]
    """
    return np.cumsum(np.asarray(arc, dtype=np.int64), axis=0)


def steps_of(positions: Integers) -> list[list[int]]:
    """Return positions as they are stored, which `to_positions` reads."""
    steps: list[list[int]] = np.concatenate([positions[:1], np.diff(positions, axis=0)]).tolist()
    return steps


def to_degrees(positions: Integers, transform: Mapping[str, Any]) -> Floats:
    """Undo quantising: positions scaled and shifted."""
    return np.asarray(positions * transform["scale"] + transform["translate"], dtype=np.float64)


def arcs_of(topology: Mapping[str, Any]) -> list[Floats]:
    """Return the arcs that shapes share, in degrees."""
    transform = topology["transform"]
    return [to_degrees(to_positions(arc), transform) for arc in topology["arcs"]]


def chained(indexes: Sequence[int], arcs: Sequence[Floats]) -> Floats:
    """Return arcs as one line, shared ends once; a negative index is the arc ~index backwards."""
    parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indexes]
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


def arc_numbers(nested: Any) -> Iterator[int]:
    """Yield the numbers of all arcs in nested lists, whichever way they run."""
    if isinstance(nested, int):
        yield nested if nested >= 0 else ~nested
    else:
        for one in nested:
            yield from arc_numbers(one)


def to_polygons(item: Mapping[str, Any], arcs: Sequence[Floats]) -> BaseGeometry:
    """Join arcs to polygons and repair what quantising broke.

    GEOS's default repair turns some shapes inside out, so the structural one is asked for.
    """
    nested = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
    polygons = [
        shapely.Polygon(chained(rings[0], arcs), [chained(hole, arcs) for hole in rings[1:]])
        for rings in nested
    ]
    whole = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
    return shapely.make_valid(whole, method="structure", keep_collapsed=False)


def to_lines(item: Mapping[str, Any], arcs: Sequence[Floats]) -> BaseGeometry:
    """Join arcs to lines."""
    nested = item["arcs"] if item["type"] == "MultiLineString" else [item["arcs"]]
    return shapely.MultiLineString([chained(indexes, arcs) for indexes in nested])
