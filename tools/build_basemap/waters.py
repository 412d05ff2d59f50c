"""Reads the waters that maps name: rough outlines of where a name may stand, kept by hand.

A line of `waters.txt` has a kind (ocean, sea or lake), the English name and the corners of an
outline in degrees, longitude first. Where land or another water begins the map's own shapes say, so
an outline is roomy at coasts and keeps well within what the name means at open sides. Waters whose
name states dispute are left out; `DISPUTED` says which.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely
import shapely.affinity

FILE = Path(__file__).parent / "waters.txt"
KINDS = ("ocean", "sea", "lake")
DISPUTED = (
    "Arabian Gulf", "East Sea", "Gulf of America", "Gulf of Mexico", "Lake Malawi", "Lake Nyasa",
    "Persian Gulf", "Sea of Japan", "South China Sea", "The Gulf", "West Philippine Sea",
)  # fmt: skip


def waters() -> list[dict[str, Any]]:
    """Return name, kind and shape of each water, the widest kind first."""
    rows = [line.split("|") for line in FILE.read_text("utf-8").splitlines()]
    outlines = {name: _outline(kind, name, corners) for kind, name, corners in rows}
    found = [
        {"name": name, "kind": kind, "geometry": shapely.geometry.mapping(_own(name, outlines))}
        for kind, name, _ in rows
    ]
    return sorted(found, key=lambda one: KINDS.index(one["kind"]))


def _own(name: str, outlines: dict[str, shapely.Polygon]) -> shapely.Geometry:
    """Return what of an outline is not of a smaller one, as the Aegean is of the Mediterranean."""
    own = outlines[name]
    smaller = [one for one in outlines.values() if one.area < own.area]
    # Once more a turn to the west and to the east: some pass the antimeridian.
    for turn in (-360, 0, 360):
        others = [shapely.affinity.translate(one, turn) for one in smaller]
        own = own.difference(shapely.union_all([one for one in others if one.intersects(own)]))
    return shapely.set_precision(own, 0.01)


def _outline(kind: str, name: str, corners: str) -> shapely.Polygon:
    _check(kind, name)
    outline = shapely.Polygon([tuple(map(float, one.split())) for one in corners.split(",")])
    if not outline.is_valid:
        raise SystemExit(f"outline of {name} must be a polygon that does not cross itself")
    return outline


def _check(kind: str, name: str) -> None:
    if kind not in KINDS:
        raise SystemExit(f"kind of {name} must be one of {', '.join(KINDS)}, got {kind!r}")
    if name in DISPUTED:
        raise SystemExit(f"states dispute the name {name}, so maps have none there")
