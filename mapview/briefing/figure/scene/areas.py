"""Shapes on paper: base areas that are worth drawing, rings and provinces of imprecise places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.places.boundaries import provinces
from mapview.briefing.figure.scene.places import AreaPlace, IncidentPlace
from mapview.briefing.figure.scene.view import View

__all__ = ["DrawnArea", "drawn_areas", "province_shape", "rings_and_provinces"]

# An area is drawn at least so large, in radius: smaller, its hatch would not be seen as one.
_LEAST_MM = 1.5
# From this width on its hatch would drown what is in it.
_WIDE_MM = 18.0
# Areas of a group whose corner and width agree within this are one region told twice.
_SAME_MM = 0.5
# Widths may differ by so much from rounding.
_ROUNDING_MM = 0.1
# Rings of places that agree to 11 m are one.
_PLACE_DECIMALS = 4
# Of the base areas in the frames of one figure, asked for by its layouts, legend and maps.
_FRAMES = 16


@dataclass(frozen=True)
class DrawnArea:
    """A base area with its shape on paper."""

    area: AreaPlace
    shape: BaseGeometry

    @property
    def width(self) -> float:
        """How wide it is on paper, in mm."""
        return _width(self.shape)

    @property
    def is_wide(self) -> bool:
        """Whether it is hatched along its edge only."""
        return self.width > _WIDE_MM


@lru_cache(maxsize=_FRAMES * 100)  # Most base areas share their province with others.
def province_shape(code: str, view: View) -> BaseGeometry | None:
    """Return a province on paper, cut to the frame; `None` if it is unknown."""
    known = provinces().get(code) if code else None
    if known is None:
        return None
    return shapely.union_all(view.shapes([known.geometry]))


@lru_cache(maxsize=_FRAMES)
def drawn_areas(areas: tuple[AreaPlace, ...], view: View) -> tuple[DrawnArea, ...]:
    """Return what to draw of base areas, the widest first.

    Each region of a group once for each thing that it was, current rather than faded or lost, and
    of its many small places only those that do not cover each other.
    """
    kept: list[DrawnArea] = []
    taken: set[tuple[str, int, int, int, int]] = set()
    for area in sorted(areas, key=lambda one: (one.has_ended, one.is_faded, one.id)):
        shape = _shape(area, view)
        if shape.is_empty or not shape.intersects(view.polygon):
            continue
        drawn = DrawnArea(area, shape)
        is_small = drawn.width <= 2 * _LEAST_MM + _ROUNDING_MM
        step = 2 * _LEAST_MM if is_small else _SAME_MM
        left, top, _, _ = shape.bounds
        size = 0 if is_small else round(drawn.width / _SAME_MM)
        key = (area.group, area.standing, round(left / step), round(top / step), size)
        if key not in taken:
            taken.add(key)
            kept.append(drawn)
    return tuple(sorted(kept, key=lambda one: (-one.width, one.area.id)))


def _shape(area: AreaPlace, view: View) -> BaseGeometry:
    shape = province_shape(area.province, view)
    if shape is None:
        ring = view.ring(area.lon, area.lat, area.radius_km)
        at = view.point(area.lon, area.lat)
        if view.frame.has(at) and (ring.is_empty or _width(ring) < 2 * _LEAST_MM):
            return _dot(shapely.Point(at))
        return ring
    if not shape.is_empty and min(_width(shape), _height(shape)) < 2 * _LEAST_MM:
        return _dot(shape.centroid)
    return shape


def _dot(at: shapely.Point) -> BaseGeometry:
    return at.buffer(_LEAST_MM, quad_segs=8)


def _width(shape: BaseGeometry) -> float:
    left, _, right, _ = shape.bounds
    return float(right - left)


def _height(shape: BaseGeometry) -> float:
    _, top, _, bottom = shape.bounds
    return float(bottom - top)


def rings_and_provinces(
    places: Iterable[IncidentPlace], view: View
) -> tuple[list[tuple[BaseGeometry, bool]], list[BaseGeometry]]:
    """Return what to draw for imprecise places, each ring and each province once, cut to the frame.

    Each ring goes with whether it bounds nothing, since nobody says how exact its point is.

    A province that the basemap does not know is drawn as the ring of its place.
    """
    vague = [place for place in places if place.form != "point"]
    codes = {place.province for place in vague if place.form == "province"}
    shapes = {code: province_shape(code, view) for code in sorted(codes)}
    shaded = {code: shape for code, shape in shapes.items() if shape and not shape.is_empty}
    circles = {
        (
            (round(place.lon, _PLACE_DECIMALS), round(place.lat, _PLACE_DECIMALS), place.radius_km),
            place.form == "assumed",
        )
        for place in vague
        if place.form != "province" or place.province not in shaded
    }
    rings = [
        (shapely.intersection(view.ring(*one), view.polygon), is_open)
        for one, is_open in sorted(circles)
    ]
    return [one for one in rings if not one[0].is_empty], list(shaded.values())
