"""Hatches of base areas: the lines of a group, over all of an area or along its edge."""

from __future__ import annotations

import math

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.scene.areas import drawn_areas
from mapview.briefing.figure.scene.places import AreaPlace
from mapview.briefing.figure.scene.view import View
from mapview.cartography.style import HATCHES

__all__ = ["cut_line", "draw_areas", "draw_hatched"]

# Of an area that is hatched along its edge only, so much of the edge is.
_EDGE_MM = 2.0
# A pixel of the screen's hatches on paper: a little finer than on the screen.
_PX_MM = 0.2
# Widths in mm: past its last citation an area is paler in all.
_LINE_MM = 0.2
_FADED_LINE_MM = 0.14
_OUTLINE_MM = 0.24
_FADED_OUTLINE_MM = 0.34
# Next to no dash and a gap: with round ends these are dots.
_DOTS = (0.02, 0.8)
# A frame is made smaller by this, so that what was cut along it has no outline there.
_HAIR_MM = 0.01


def draw_areas(canvas: Canvas, areas: tuple[AreaPlace, ...], view: View) -> None:
    """Draw the base areas of a view, the widest first."""
    for one in drawn_areas(areas, view):
        area = one.area
        draw_hatched(
            canvas,
            one.shape,
            area.hatch,
            faded=area.is_faded,
            wide=one.is_wide,
            frame=view.polygon,
        )


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
    edge = shape.boundary if frame is None else cut_line(shape.boundary, frame)
    body = shape.intersection(frame) if frame is not None else shape
    inside = body.difference(shape.buffer(-_EDGE_MM, quad_segs=4)) if wide else body
    lines = _hatch_lines(inside, hatch.angle, hatch.spacing_px * _PX_MM)
    # The wider the area, the less its hatch may cover.
    if not wide:
        canvas.shape(body, fill=color, fill_alpha=0.03 if faded else 0.08)
    alpha = 0.4 if faded else 0.6 if wide else 0.75
    width = _FADED_LINE_MM if faded else _LINE_MM
    canvas.shape(lines, line=color, width=width, line_alpha=alpha)
    if faded:
        canvas.shape(
            edge, line=color, width=_FADED_OUTLINE_MM, dash=_DOTS, cap="round", line_alpha=0.9
        )
    else:
        canvas.shape(edge, line=color, width=_OUTLINE_MM, line_alpha=0.75 if wide else 0.9)


def cut_line(line: BaseGeometry, frame: BaseGeometry) -> BaseGeometry:
    """Return a line without the edges that only come from cutting at the frame."""
    return line.intersection(frame.buffer(-_HAIR_MM, join_style="mitre"))


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
