"""The shipped outlines as shapely geometry: land, lakes, coasts, borders, province lines, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
import shapely.geometry
from shapely.geometry.base import BaseGeometry

from geodata.places.boundaries import countries
from geodata.places.topology import (
    Floats,
    arc_numbers,
    arcs_of,
    load_labels,
    load_topology,
    load_waters,
    to_lines,
    to_polygons,
)

__all__ = [
    "Name", "Water", "World", "district_lines", "names", "province_lines", "rivers", "waters",
    "world",
]  # fmt: skip


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


@dataclass(frozen=True)
class Water:
    """A sea or lake that has a name.

    Attributes:
        text: The name.
        kind: `ocean`, `sea` or `lake`.
        shape: Where the name may stand, in degrees: roughly, and wider than the water at coasts.
    """

    text: str
    kind: str
    shape: BaseGeometry


@cache
def world() -> World:
    """Return the ground everywhere."""
    topology = load_topology("world")
    arcs = arcs_of(topology)
    objects = topology["objects"]
    borders = objects["borders"]["geometries"]
    return World(
        land=tuple(country.geometry for country in countries().values()),
        lakes=tuple(to_polygons(one, arcs) for one in objects["lakes"]["geometries"]),
        coasts=tuple(_coasts(objects["countries"]["geometries"], arcs)),
        borders=tuple(to_lines(one, arcs) for one in borders if not one["properties"]["disputed"]),
        disputed=tuple(to_lines(one, arcs) for one in borders if one["properties"]["disputed"]),
    )


@cache
def province_lines() -> tuple[BaseGeometry, ...]:
    """Return the lines between provinces, one geometry a country."""
    return _lines("provinces", "province_lines")


@cache
def rivers() -> tuple[BaseGeometry, ...]:
    """Return the larger rivers."""
    return _lines("detail", "rivers")


@cache
def district_lines() -> tuple[BaseGeometry, ...]:
    """Return the lines between districts of one province, where they are known."""
    return _lines("detail", "district_lines")


def _lines(name: str, wanted: str) -> tuple[BaseGeometry, ...]:
    topology = load_topology(name)
    arcs = arcs_of(topology)
    return tuple(to_lines(one, arcs) for one in topology["objects"][wanted]["geometries"])


@cache
def names() -> tuple[Name, ...]:
    """Return the names of countries and towns, the most important first."""
    found = [
        Name(one["name"], one["lon"], one["lat"], one["rank"], one["kind"] == "country",
             one.get("country", ""))
        for one in load_labels()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda name: name.rank))


@cache
def waters() -> tuple[Water, ...]:
    """Return the waters that have a name, oceans first, lakes last."""
    return tuple(
        Water(one["name"], one["kind"], shapely.geometry.shape(one["geometry"]))
        for one in load_waters()
    )


def _coasts(geometries: list[dict[str, Any]], arcs: list[Floats]) -> Iterator[BaseGeometry]:
    """Yield the arcs of one country only, without the edges from cutting the world open."""
    uses = Counter(index for item in geometries for index in arc_numbers(item.get("arcs", [])))
    for index, arc in enumerate(arcs):
        if uses[index] != 1:
            continue
        on_edge = (np.abs(arc[:, 0]) > 179.995) | (arc[:, 1] < -89.99)  # noqa: PLR2004
        cuts = np.flatnonzero(on_edge[1:] & on_edge[:-1]) + 1
        for run in np.split(arc, cuts):
            if len(run) > 1:
                yield shapely.LineString(run)
