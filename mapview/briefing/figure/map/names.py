"""Names of the ground, and of groups in their base areas: quiet, and only where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import shapely

from geodata.places.boundaries import countries
from mapview.briefing.figure.map.ground import COLORS
from mapview.briefing.figure.map.hatching import DrawnArea
from mapview.briefing.figure.map.placement import Box, Room
from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.paper.fonts import MM_PER_PT, Face, clean, cut, width_mm
from mapview.briefing.figure.scene.projection import View
from mapview.cartography.style import HATCHES
from mapview.cartography.topology import Name, names

__all__ = ["GroundName", "draw_names", "place_area_names", "place_names"]

XY = tuple[float, float]

_AGAIN_MM = 55.0
_LATE_COUNTRIES_FROM = 4
_NO_COUNTRIES_ABOVE = 12


@dataclass(frozen=True)
class GroundName:
    """A name that found its place.

    Args:
        text: The name.
        at: Left or middle of its baseline.
        face: Letters.
        color: Of the letters.
        dot: The town's place.
        align: Whether `at` is its left or its middle.
    """

    text: str
    at: XY
    face: Face
    color: str
    dot: XY | None = None
    align: Literal["left", "center"] = "left"


def _in_order(zoom: float) -> list[Name]:
    """Return the names that a scale may show, the most important first, as on the screen."""

    def order(name: Name) -> int:
        is_late = name.is_country == (zoom >= _LATE_COUNTRIES_FROM)
        return max(0, name.rank - 1) * 2 + is_late

    shown = [
        name
        for name in names()
        if name.rank + 2 <= zoom and not (name.is_country and zoom > _NO_COUNTRIES_ABOVE)
    ]
    return sorted(shown, key=order)


def place_names(
    view: View,
    room: Room,
    taken: frozenset[str],
    size: float,
    *,
    most: int = 400,
    towns: bool = True,
) -> list[GroundName]:
    """Return the names of countries and towns that find room.

    Args:
        view: What is shown.
        room: What is taken; grows.
        taken: Names that labels of incidents say already.
        size: Factor on the size of letters.
        most: How many at most.
        towns: Whether towns are named too.
    """
    found: list[GroundName] = []
    for name in _in_order(view.zoom + (0.35 if towns else 1.6)):
        if len(found) >= most:
            break
        if name.is_country:
            placed = _country(name, view, room, size)
        elif name.text in taken or not towns:
            continue
        else:
            placed = _town(name, view, room, size)
        if placed:
            found.append(placed)
    return found


@cache
def _country_parts(iso: str) -> shapely.MultiPolygon:
    known = countries().get(iso)
    return known.geometry if known else shapely.MultiPolygon()


def _country_spots(name: Name, view: View, width: float, height: float) -> Iterator[XY]:
    """Yield where a country's name could stand: its own place, then the widest parts in view."""
    x, y = view.point(name.lon, name.lat)
    if view.holds(x, y):
        yield x, y
        for lines in (-1, 1, -2, 2):
            yield x, y + lines * height
    parts = [part for one in view.shapes([_country_parts(name.country)])
             for part in shapely.get_parts(one) if part.geom_type == "Polygon"]  # fmt: skip
    if not parts:
        return
    largest = max(parts, key=lambda part: part.area)
    left, top, right, bottom = largest.bounds
    xs, ys = np.meshgrid(np.linspace(left, right, 15)[1:-1], np.linspace(top, bottom, 15)[1:-1])
    points = shapely.points(xs.ravel(), ys.ravel())
    boxes = shapely.box(
        xs.ravel() - width / 2, ys.ravel() - height / 2, xs.ravel() + width / 2,
        ys.ravel() + height / 2,
    )  # fmt: skip
    shapely.prepare(largest)
    fits = shapely.contains(largest, boxes)
    depth = shapely.distance(points, largest.boundary)
    for index in np.argsort(-depth, kind="stable"):
        if fits[index]:
            yield float(xs.ravel()[index]), float(ys.ravel()[index])


def _country(name: Name, view: View, room: Room, size: float) -> GroundName | None:
    grown = min(9.5, max(7.0, 8.6 - 0.35 * name.rank)) * size
    face = Face(grown)
    text = clean(name.text.upper())
    width, height = width_mm(text, face), grown * MM_PER_PT
    for x, y in _country_spots(name, view, width, height):
        box = (x - width / 2 - 1, y - height * 0.65, x + width / 2 + 1, y + height * 0.65)
        if room.encloses(box) and not room.hits(box):
            room.add(box)
            at = (x, y + 0.36 * height)
            return GroundName(text, at, face, COLORS["country_label"], align="center")
    return None


def _town(name: Name, view: View, room: Room, size: float) -> GroundName | None:
    x, y = view.point(name.lon, name.lat)
    if not view.holds(x, y, 1.5) or room.hits((x - 0.6, y - 0.6, x + 0.6, y + 0.6)):
        return None
    face = Face((8.0 if name.rank <= 1 else 7.5) * size)
    text = clean(name.text)
    width, height = width_mm(text, face), face.size * MM_PER_PT
    gap = 1.1
    for left, middle in (
        (x + gap, y),
        (x - gap - width, y),
        (x - width / 2, y - gap - height / 2),
        (x - width / 2, y + gap + height / 2),
    ):
        box = (left - 0.5, middle - height * 0.6, left + width + 0.5, middle + height * 0.6)
        if room.encloses(box) and not room.hits(box):
            room.add(box)
            room.add((x - 0.8, y - 0.8, x + 0.8, y + 0.8))
            at = (left, middle + 0.34 * height)
            return GroundName(text, at, face, COLORS["city_label"], dot=(x, y))
    return None


def place_area_names(
    drawn: Sequence[DrawnArea], view: View, room: Room, size: float
) -> list[GroundName]:
    """Return the names of groups that find room in or under their base areas."""
    face = Face(8.0 * size, italic=True)
    found: list[GroundName] = []
    for one in drawn:
        text = cut(clean(one.area.group), face, 32)
        width, height = width_mm(text, face), face.size * MM_PER_PT
        visible = one.shape.intersection(view.frame)
        if visible.is_empty:
            continue
        left, top, right, bottom = visible.bounds
        x = (left + right) / 2
        same = [other.at for other in found if other.text == text]
        middle = (top + bottom) / 2
        is_near = any(abs(at[0] - x) + abs(at[1] - middle) < _AGAIN_MM for at in same)
        if is_near or (right - left < 0.7 * width and view.zoom < 8):  # noqa: PLR2004
            continue
        box = _free(room, x, width, height, (middle, bottom + height, top - height))
        if box:
            room.add(box)
            color = HATCHES[one.area.hatch % len(HATCHES)].color.light
            at = (x, (box[1] + box[3]) / 2 + 0.34 * height)
            found.append(GroundName(text, at, face, color, align="center"))
    return found


def _free(
    room: Room, x: float, width: float, height: float, middles: tuple[float, ...]
) -> Box | None:
    for y in middles:
        box = (x - width / 2 - 0.6, y - height * 0.62, x + width / 2 + 0.6, y + height * 0.62)
        if room.encloses(box) and not room.hits(box):
            return box
    return None


def draw_names(canvas: Canvas, found: Sequence[GroundName], halo: str) -> None:
    """Draw names with their dots."""
    for name in found:
        if name.dot:
            dot = shapely.Point(name.dot).buffer(0.42, quad_segs=6)
            canvas.shape(dot, fill=COLORS["city_dot"], line=halo, width=0.25)
    for name in found:
        canvas.text(name.at, name.text, name.face, name.color, align=name.align, halo=halo)
