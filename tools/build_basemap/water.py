"""Decodes water from the source's TopoJSON, and keeps the lakes that are worth drawing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely
from shapely import Polygon, box

MIN_LAKE_DEGREES2 = 0.12
FOCUS_BOUNDS = (44.0, 20.0, 90.0, 56.0)


def lakes(water: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the larger lakes as GeoJSON features, Asia's from its finer file."""
    focus = box(*FOCUS_BOUNDS)
    near = [lake for lake in _lakes(water["asia"]) if lake.centroid.within(focus)]
    far = [lake for lake in _lakes(water["world"]) if not lake.centroid.within(focus)]
    chosen = [lake for lake in near if lake.area > MIN_LAKE_DEGREES2 / 6]
    chosen += [lake for lake in far if lake.area > MIN_LAKE_DEGREES2]
    return [
        {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(lake)}
        for lake in sorted(chosen, key=lambda lake: -lake.area)
    ]


def _lakes(topology: dict[str, Any]) -> Iterator[shapely.Geometry]:
    arcs = arcs_of(topology)
    for geometry in topology["objects"]["lakes"]["geometries"]:
        nested = geometry.get("arcs", [])
        polygons = nested if geometry["type"] == "MultiPolygon" else [nested]
        for rings in polygons if nested else []:
            shell, *holes = (chained(arcs, ring) for ring in rings)
            yield shapely.make_valid(
                Polygon(shell, holes), method="structure", keep_collapsed=False
            )


def chained(arcs: list[list[tuple[float, float]]], indexes: list[int]) -> list[tuple[float, float]]:
    """Return arcs as one line; a negative index is the arc ~index backwards."""
    points: list[tuple[float, float]] = []
    for index in indexes:
        points.extend(arcs[index] if index >= 0 else arcs[~index][::-1])
    return points


def arcs_of(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Return the arcs that shapes share, in degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        decoded.append(points)
    return decoded
