"""Makes the quiet detail of the ground: rivers everywhere, and lines between districts."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import water
from inputs import Inputs
from shapely import LineString, MultiLineString, box
from shapely.geometry import mapping, shape
from units import Unit

STEP = 0.001
"""Degrees that the topology is rounded to: some 100 m, less than a pixel at zoom 10."""

RIVER_TOLERANCE = (0.002, 0.01)
"""Simplification of rivers in degrees, in the focus region and elsewhere."""

_ARGUMENTS = (
    *("-i", "districts.json", "snap", "snap-interval=0.002"),
    *("-clean", "gap-fill-area=40km2"),
    *("-simplify", "interval=250", "keep-shapes"),
    *("-innerlines", "where=A.province == B.province"),
    *("-o", "district_lines.json", "format=geojson", "force"),
)


def detail(inputs: Inputs, units: Iterable[Unit], work: Path) -> dict[str, Any]:
    """Return rivers and district lines as one topology.

    Args:
        inputs: Water, districts, and mapshaper.
        units: Units of Afghanistan say which province a district is in.
        work: Folder for files in between.
    """
    rivers = inputs.water
    focus = box(*water.FOCUS_BOUNDS)
    near = [part for line in _rivers(rivers["asia"]) for part in _parts(line & focus)]
    far = [part for line in _rivers(rivers["world"]) for part in _parts(line - focus)]
    lines = {
        "rivers": [*_simplified(near, RIVER_TOLERANCE[0]), *_simplified(far, RIVER_TOLERANCE[1])],
        "district_lines": _simplified(_between(inputs, units, work), 0),
    }
    return _topology(lines)


def _rivers(topology: dict[str, Any]) -> Iterator[MultiLineString]:
    arcs = water.arcs_of(topology)
    for geometry in topology["objects"]["rivers"]["geometries"]:
        nested = geometry.get("arcs", [])
        chains = nested if geometry["type"] == "MultiLineString" else [nested]
        if nested:
            yield MultiLineString([water.chained(arcs, chain) for chain in chains])


def _parts(whole: shapely.Geometry) -> Iterator[LineString]:
    for part in shapely.get_parts(whole):
        if part.geom_type == "LineString" and not part.is_empty:
            yield part


def _simplified(lines: Iterable[LineString], tolerance: float) -> list[LineString]:
    merged = shapely.line_merge(MultiLineString(list(lines)))
    found = [shapely.simplify(line, tolerance) for line in shapely.get_parts(merged)]
    return sorted(found, key=lambda line: tuple(line.coords[0]))


def _between(inputs: Inputs, units: Iterable[Unit], work: Path) -> list[LineString]:
    """Return the lines that part two districts of one province.

    Outlines of neighbours do not quite meet in the source, so slivers are closed first. Lines
    between provinces are the basemap's own: those of another source would run beside them.
    """
    provinces = _provinces(units)
    features = [
        {
            "type": "Feature",
            "properties": {
                "province": max(provinces, key=lambda one: _shared(provinces[one], district.shape))
            },
            "geometry": mapping(district.shape),
        }
        for district in inputs.districts
    ]
    collection = json.dumps({"type": "FeatureCollection", "features": features})
    (work / "districts.json").write_text(collection, encoding="utf-8")
    command = ["node", str(inputs.mapshaper), *_ARGUMENTS]
    subprocess.run(command, check=True, cwd=work)
    found = json.loads((work / "district_lines.json").read_text(encoding="utf-8"))
    return [part for line in found["geometries"] for part in _parts(shape(line))]


def _shared(one: shapely.Geometry, other: shapely.Geometry) -> float:
    return float(one.intersection(other).area)


def _provinces(units: Iterable[Unit]) -> dict[str, shapely.Geometry]:
    groups: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for unit in units:
        if unit.country == "AF":
            groups[unit.code].append(unit.geometry)
    return {code: shapely.union_all(groups[code]) for code in sorted(groups)}


def _topology(lines: dict[str, list[LineString]]) -> dict[str, Any]:
    arcs: list[list[list[int]]] = []
    objects = {}
    for name, some in lines.items():
        geometries = []
        for line in some:
            steps = _quantised(line)
            if len(steps) > 1:
                geometries.append({"type": "LineString", "arcs": [len(arcs)]})
                arcs.append(steps)
        objects[name] = {"type": "GeometryCollection", "geometries": geometries}
    transform = {"scale": [STEP, STEP], "translate": [-180, -90]}
    return {"type": "Topology", "transform": transform, "objects": objects, "arcs": arcs}


def _quantised(line: LineString) -> list[list[int]]:
    """Return a line as whole steps, the first from the corner of the world, none of them empty."""
    at = np.round((np.asarray(line.coords)[:, :2] + (180, 90)) / STEP).astype(int)
    moves = np.diff(at, axis=0)
    steps: list[list[int]] = [at[0].tolist(), *moves[moves.any(axis=1)].tolist()]
    return steps
