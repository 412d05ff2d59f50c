"""The shipped outlines as shapely geometry: land, lakes, coasts, borders, province lines, names."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.places.boundaries import BASEMAP_DIR, countries, load_topology

__all__ = ["Name", "World", "names", "province_lines", "world"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """The ground everywhere, in degrees.

    Attributes:
        land: Countries.
        lakes: Lakes.
        coasts: Lines between land and sea.
        borders: Borders that nobody disputes.
        disputed: Borders that are.
    """

    land: tuple[BaseGeometry, ...]
    lakes: tuple[BaseGeometry, ...]
    coasts: tuple[BaseGeometry, ...]
    borders: tuple[BaseGeometry, ...]
    disputed: tuple[BaseGeometry, ...]


@dataclass(frozen=True)
class Name:
    """Name of a country or town on the ground.

    Attributes:
        text: The name.
        lon: Longitude in degrees.
        lat: Latitude in degrees.
        rank: 0 for the most important.
        is_country: Whether it is a country's.
        country: ISO 3166-1 alpha-2 code.
    """

    text: str
    lon: float
    lat: float
    rank: int
    is_country: bool
    country: str


@cache
def world() -> World:
    """Return the ground everywhere."""
    topology = load_topology("world")
    arcs = _arcs(topology)
    objects = topology["objects"]
    borders = objects["borders"]["geometries"]
    return World(
        land=tuple(country.geometry for country in countries().values()),
        lakes=tuple(_polygon(one, arcs) for one in objects["lakes"]["geometries"]),
        coasts=tuple(_coasts(objects["countries"]["geometries"], arcs)),
        borders=tuple(_line(one, arcs) for one in borders if not one["properties"]["disputed"]),
        disputed=tuple(_line(one, arcs) for one in borders if one["properties"]["disputed"]),
    )


@cache
def province_lines() -> tuple[BaseGeometry, ...]:
    """Return the lines between provinces, one geometry a country."""
    topology = load_topology("provinces")
    arcs = _arcs(topology)
    return tuple(_line(one, arcs) for one in topology["objects"]["province_lines"]["geometries"])


@cache
def names() -> tuple[Name, ...]:
    """Return the names of countries and towns, the most important first."""
    with gzip.open(BASEMAP_DIR / "labels.json.gz", "rt", encoding="utf-8") as file:
        labels = json.load(file)
    found = [
        Name(one["name"], one["lon"], one["lat"], one["rank"], one["kind"] == "country",
             one.get("country", ""))
        for one in labels
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda name: name.rank))


def _arcs(topology: dict[str, Any]) -> list[Floats]:
    """Undo quantising: running sums of the steps, scaled and shifted."""
    scale = np.array(topology["transform"]["scale"])
    shift = np.array(topology["transform"]["translate"])
    return [
        np.cumsum(np.array(arc, dtype=float), axis=0) * scale + shift for arc in topology["arcs"]
    ]


def _joined(indexes: list[int], arcs: list[Floats]) -> Floats:
    """Chain arcs; a negative index means the arc ~index backwards."""
    parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indexes]
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


def _line(item: dict[str, Any], arcs: list[Floats]) -> BaseGeometry:
    nested = item["arcs"] if item["type"] == "MultiLineString" else [item["arcs"]]
    return shapely.MultiLineString([_joined(indexes, arcs) for indexes in nested])


def _polygon(item: dict[str, Any], arcs: list[Floats]) -> BaseGeometry:
    nested = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
    polygons = [
        shapely.Polygon(_joined(rings[0], arcs), [_joined(hole, arcs) for hole in rings[1:]])
        for rings in nested
    ]
    whole = shapely.MultiPolygon(polygons)
    return shapely.make_valid(whole, method="structure", keep_collapsed=False)


def _flat(nested: Any) -> Iterator[int]:
    for one in nested:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one if one >= 0 else ~one


def _coasts(geometries: list[dict[str, Any]], arcs: list[Floats]) -> Iterator[BaseGeometry]:
    """Yield the arcs of one country only, without the edges from cutting the world open."""
    uses = Counter(index for item in geometries for index in _flat(item.get("arcs", [])))
    for index, arc in enumerate(arcs):
        if uses[index] != 1:
            continue
        on_edge = (np.abs(arc[:, 0]) > 179.995) | (arc[:, 1] < -89.99)  # noqa: PLR2004
        cuts = np.flatnonzero(on_edge[1:] & on_edge[:-1]) + 1
        for run in np.split(arc, cuts):
            if len(run) > 1:
                yield shapely.LineString(run)
