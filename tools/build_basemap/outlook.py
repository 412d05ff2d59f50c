"""Makes of the provinces what the map needs of them up to zoom 5: a third of the bytes.

Lines run as far as they part two provinces and are thinned. Of provinces that are drawn as such,
those of the countries around are kept; a map that needs another loads the whole file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

import numpy as np
import repairs
import shapely

from geodata.places.topology import arc_numbers, arcs_of, steps_of

__all__ = ["outlook"]

# Half a pixel at zoom 5 is 0.022 degrees.
_TOLERANCE = 0.02
_SCALE = 0.01
_FAR = frozenset({"BY", "CN", "CY", "EG", "IN", "MD", "MN", "RU", "UA"})
_KEPT = repairs.FOCUS | (repairs.NEAR - _FAR)


def outlook(provinces: Mapping[str, Any]) -> dict[str, Any]:
    """Return thinned lines between all provinces, and the provinces of some countries.

    Args:
        provinces: The whole topology, with `provinces` and `province_lines`.
    """
    arcs = arcs_of(provinces)
    made = _Arcs()
    lines = []
    for one in provinces["objects"]["province_lines"]["geometries"]:
        own = shapely.MultiLineString([arcs[i] for i in arc_numbers(one["arcs"])])
        merged = shapely.line_merge(own)
        lines += [[made.add(line)] for line in shapely.get_parts(merged)]
    numbers: dict[int, int] = {}

    def taken(nested: Any) -> Any:
        if not isinstance(nested, int):
            return [taken(one) for one in nested]
        old = nested if nested >= 0 else ~nested
        if old not in numbers:
            numbers[old] = made.add(shapely.LineString(arcs[old]))
        return numbers[old] if nested >= 0 else ~numbers[old]

    shapes = [
        {
            "type": one["type"],
            "properties": {"code": properties["code"]},
            "arcs": taken(one["arcs"]),
        }
        for one in provinces["objects"]["provinces"]["geometries"]
        if (properties := one["properties"])["country"] in _KEPT and one["type"]
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [_SCALE, _SCALE], "translate": [-180, -90]},
        "objects": {
            "provinces": _collection(shapes),
            "province_lines": _collection([{"type": "MultiLineString", "arcs": lines}]),
        },
        "arcs": made.steps,
    }


class _Arcs:
    """Arcs that are thinned and rounded as they are added."""

    def __init__(self) -> None:
        self.steps: list[list[list[int]]] = []

    def add(self, line: shapely.LineString) -> int:
        """Return the number of a line; it has two points at least."""
        # A ring of one arc has no ends that would hold it open.
        thinned = line if line.is_closed else line.simplify(_TOLERANCE)
        places = (shapely.get_coordinates(thinned) - (-180, -90)) / _SCALE
        kept = [one for one, _ in groupby(places.round().astype(int).tolist())]
        self.steps.append(steps_of(np.asarray(kept if len(kept) > 1 else kept * 2)))
        return len(self.steps) - 1


def _collection(geometries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {"type": "GeometryCollection", "geometries": list(geometries)}
