"""Names of seas and lakes: slanted, within their water, and only where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.map.names import GroundName, lands
from mapview.briefing.figure.map.obstacles import Obstacles
from mapview.briefing.figure.paper import HALF_WORD, Face, Rect, clean, is_joined, water, width_mm
from mapview.briefing.figure.scene import View
from mapview.cartography import SPACING, WATERS_PT, waters, world

__all__ = ["place_waters"]

# Distance of two lines and half the height of one, in sizes of the face, and what is kept clear.
_LINE = 1.15
_HALF = 0.62
_CLEAR_MM = 0.7
# Points of a grid that are tried as the middle of a name.
_ACROSS, _DOWN = 25, 19


def place_waters(view: View, obstacles: Obstacles, text: float) -> list[GroundName]:
    """Return the names of waters that find room, a line each; in the language that is spoken.

    Args:
        view: What is shown.
        obstacles: What names must not touch; grows.
        text: Factor on the size of letters.
    """
    found: dict[int, list[GroundName]] = {}
    named = waters()
    for index, roughly in view.pieces([one.shape for one in named]):
        one = named[index]
        ways = list(_ways(clean(water(one.text)), WATERS_PT[one.kind], text))
        # A map of the world shows some in two pieces.
        if index in found or not any(_fits(roughly, *_size(*way)) for way in ways):
            continue
        wet = _wet(roughly, view, is_lake=one.kind == "lake")
        for lines, face in ways:
            box = obstacles.first_free(_boxes(wet, *_size(lines, face)))
            if box:
                obstacles.add(box)
                found[index] = list(_set(lines, face, box))
                break
    return [line for lines in found.values() for line in lines]


def _ways(
    words: str, sizes: Sequence[float], text: float
) -> Iterator[tuple[tuple[str, ...], Face]]:
    """Yield lines and letters that a name may have, the best first."""
    joined = is_joined(words)
    parts = words.split(" ")
    # Two lines that differ least.
    halves = ((" ".join(parts[:cut]), " ".join(parts[cut:])) for cut in range(1, len(parts)))
    two = min(halves, key=lambda pair: abs(len(pair[0]) - len(pair[1])), default=())
    for size in sizes if words else ():
        grown = size * text * (SPACING["joined"] if joined else 1)
        face = Face(grown, italic=not joined, spacing=0 if joined else SPACING["water"])
        yield (words,), face
        if two:
            yield two, face


def _size(lines: Sequence[str], face: Face) -> tuple[float, float]:
    """Return width and height of a name with what is kept clear around it."""
    width = max(width_mm(line, face) for line in lines)
    height = (2 * _HALF + _LINE * (len(lines) - 1)) * face.mm
    return width + 2 * _CLEAR_MM, height + _CLEAR_MM


def _fits(shape: BaseGeometry, width: float, height: float) -> bool:
    left, top, right, bottom = shape.bounds
    return bool(right - left > width and bottom - top > height)


def _wet(roughly: BaseGeometry, view: View, *, is_lake: bool) -> BaseGeometry:
    """Return what of a rough outline is water."""
    if is_lake:
        lakes = [one for one in view.shapes(world().lakes) if one.intersects(roughly)]
        return shapely.intersection(roughly, shapely.union_all(lakes))
    _, tree = lands(view)
    near = tree.geometries[tree.query(roughly, predicate="intersects")]
    return shapely.difference(roughly, shapely.union_all(near))


def _boxes(wet: BaseGeometry, width: float, height: float) -> Iterator[Rect]:
    """Yield where in a water a box fits, the farthest from its shores first."""
    if wet.is_empty or not _fits(wet, width, height):
        return
    left, top, right, bottom = wet.bounds
    w, h = width / 2, height / 2
    across, down = (
        np.linspace(left + w, right - w, _ACROSS),
        np.linspace(top + h, bottom - h, _DOWN),
    )
    xs, ys = (one.ravel() for one in np.meshgrid(across, down))
    boxes = shapely.box(xs - w, ys - h, xs + w, ys + h)
    shapely.prepare(wet)
    boxes = boxes[shapely.contains(wet, boxes)]
    depth = shapely.distance(boxes, wet.boundary)
    for box in boxes[np.argsort(-depth, kind="stable")]:
        yield Rect(*box.bounds)


def _set(lines: Sequence[str], face: Face, box: Rect) -> Iterator[GroundName]:
    x, middle = box.middle
    first = middle - _LINE * face.mm * (len(lines) - 1) / 2
    for row, line in enumerate(lines):
        at = (x, first + row * _LINE * face.mm + HALF_WORD * face.mm)
        yield GroundName(line, at, face, "water_label", align="center", halo=None)
