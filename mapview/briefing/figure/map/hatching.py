"""Base areas as hatched shapes, rings and shaded provinces of imprecise places."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from geodata.places.boundaries import provinces
from mapview.briefing.figure.map.ground import COLORS
from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.scene.projection import View
from mapview.briefing.figure.scene.spots import AreaSpot
from mapview.cartography.style import HATCHES

__all__ = ["DrawnArea", "draw_hatched", "draw_tint", "drawable_areas", "province_shape"]

_LEAST_MM = 1.5
_WIDE_MM = 18.0
_EDGE_MM = 2.0
# Screen pixels to paper: hatches a little finer than on the screen.
_PX = 0.2


@dataclass(frozen=True)
class DrawnArea:
    """A base area with its shape on paper."""

    area: AreaSpot
    shape: BaseGeometry

    @property
    def width(self) -> float:
        """How wide it is on paper, in mm."""
        left, _, right, _ = self.shape.bounds
        return float(right - left)

    @property
    def is_wide(self) -> bool:
        """Whether it is hatched along its edge only."""
        return self.width > _WIDE_MM


def province_shape(code: str, view: View) -> BaseGeometry | None:
    """Return a province on paper, cut to the frame; `None` if it is unknown."""
    known = provinces().get(code) if code else None
    if known is None:
        return None
    return shapely.union_all(view.shapes([known.geometry]))


def _shape(area: AreaSpot, view: View) -> BaseGeometry:
    shape = province_shape(area.province, view)
    if shape is None:
        ring = view.ring(area.lon, area.lat, area.radius_km)
        at = view.point(area.lon, area.lat)
        if ring.is_empty or ring.bounds[2] - ring.bounds[0] < 2 * _LEAST_MM:
            ring = shapely.Point(at).buffer(_LEAST_MM, quad_segs=8) if view.holds(*at) else ring
        return ring
    if not shape.is_empty and min(_sides(shape)) < 2 * _LEAST_MM:
        return shape.centroid.buffer(_LEAST_MM, quad_segs=8)
    return shape


def _sides(shape: BaseGeometry) -> tuple[float, float]:
    left, top, right, bottom = shape.bounds
    return right - left, bottom - top


@lru_cache(maxsize=16)
def drawable_areas(areas: tuple[AreaSpot, ...], view: View) -> tuple[DrawnArea, ...]:
    """Return what to draw of base areas, the widest first.

    Each region of a group once, current rather than faded, and of its many small places only
    those that do not cover each other.
    """
    kept: list[DrawnArea] = []
    taken: set[tuple[str, int, int, int]] = set()
    for area in sorted(areas, key=lambda one: (one.faded, one.id)):
        shape = _shape(area, view)
        if shape.is_empty or not shape.intersects(view.frame):
            continue
        drawn = DrawnArea(area, shape)
        small = drawn.width <= 2 * _LEAST_MM + 0.1
        step = 2 * _LEAST_MM if small else 0.5
        left, top, _, _ = shape.bounds
        size = 0 if small else round(drawn.width / 0.5)
        key = (area.group, round(left / step), round(top / step), size)
        if key not in taken:
            taken.add(key)
            kept.append(drawn)
    return tuple(sorted(kept, key=lambda one: (-one.width, one.area.id)))


def draw_hatched(
    canvas: Canvas,
    shape: BaseGeometry,
    hatch_index: int,
    *,
    faded: bool,
    wide: bool,
    frame: BaseGeometry | None = None,
) -> None:
    """Fill a shape with the lines of a group; wide ones along their edge only.

    Args:
        canvas: On which.
        shape: In mm.
        hatch_index: Index into `HATCHES`.
        faded: Whether it is past its last citation.
        wide: Whether it is too wide to be filled without drowning what is in it.
        frame: What to cut it to.
    """
    hatch = HATCHES[hatch_index % len(HATCHES)]
    color = hatch.color.light
    edge = _cut_line(shape.boundary, frame)
    body = shape.intersection(frame) if frame is not None else shape
    inside = body.difference(shape.buffer(-_EDGE_MM, quad_segs=4)) if wide else body
    lines = _hatch_lines(inside, hatch.angle, hatch.spacing_px * _PX)
    if not wide:
        canvas.shape(body, fill=color, fill_alpha=0.03 if faded else 0.08)
    alpha = 0.4 if faded else 0.6 if wide else 0.75
    canvas.shape(lines, line=color, width=0.14 if faded else 0.2, line_alpha=alpha)
    if faded:
        canvas.shape(edge, line=color, width=0.34, dash=(0.02, 0.8), cap="round", line_alpha=0.9)
    else:
        canvas.shape(edge, line=color, width=0.24, line_alpha=0.75 if wide else 0.9)


def _cut_line(line: BaseGeometry, frame: BaseGeometry | None) -> BaseGeometry:
    """Leave out the edges that only come from cutting at the frame."""
    if frame is None:
        return line
    return line.intersection(frame.buffer(-0.01, join_style="mitre"))


def _hatch_lines(shape: BaseGeometry, angle: float, spacing: float) -> BaseGeometry:
    """Return parallel lines inside a shape; fixed to the paper, so that neighbours line up."""
    if shape.is_empty:
        return shape
    turned = affinity.rotate(shape, -angle, origin=(0, 0))
    left, top, right, bottom = turned.bounds
    first, last = math.ceil(top / spacing), math.floor(bottom / spacing)
    rows = [
        shapely.LineString([(left - 1, row * spacing), (right + 1, row * spacing)])
        for row in range(first, last + 1)
    ]
    if not rows:
        return shapely.LineString()
    cut = shapely.intersection(shapely.MultiLineString(rows), turned)
    return affinity.rotate(cut, angle, origin=(0, 0))


def draw_tint(canvas: Canvas, shape: BaseGeometry, view: View) -> None:
    """Shade a province in which something lies somewhere."""
    canvas.shape(shape, fill=COLORS["tint"], fill_alpha=0.2)
    edge = _cut_line(shape.boundary, view.frame)
    canvas.shape(edge, line=COLORS["ring"], width=0.24, dash=(1.1, 0.7), line_alpha=0.9)
