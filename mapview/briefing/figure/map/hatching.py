"""Areas on paper: base areas under the hatch of their group, and shaded provinces."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.paper import Canvas, CanvasPen
from mapview.briefing.figure.scene import DrawnArea, View
from mapview.cartography import (
    HATCHES,
    STANDINGS,
    STRIKE,
    area_look,
    band_of,
    drawn_mark,
    hatch_lines,
    replay,
)

__all__ = ["draw_areas", "draw_hatched", "draw_marks", "draw_tints"]

# Of an area that is hatched along its edge only, so much of the edge is.
_EDGE_MM = 2.0
# A pixel of the screen's hatches on paper: a little finer than on the screen.
_PX_MM = 0.2
# Widths in mm: an area not certain for the period is paler in all.
_LINE_MM = 0.2
_FADED_LINE_MM = 0.14
_OUTLINE_MM = 0.24
_FADED_OUTLINE_MM = 0.34
# Of what is drawn beside the hatch of an area that is not certain for the period.
_PALER = 0.5
# Next to no dash and a gap: with round ends these are dots.
_DOTS = (0.02, 0.8)
# A frame is made smaller by this, so that what was cut along it has no outline there.
_HAIR_MM = 0.01


def draw_areas(canvas: Canvas, drawn: Iterable[DrawnArea], frame: BaseGeometry) -> None:
    """Draw base areas in a frame, the widest first; those that ended without their hatch."""
    for one in drawn:
        area = one.area
        if area.has_ended:
            _draw_ended(canvas, one, frame)
            continue
        draw_hatched(
            canvas,
            one.shape,
            area.hatch,
            faded=area.is_faded,
            wide=one.is_wide,
            frame=frame,
        )
        if STANDINGS[area.standing].has_band:
            _draw_band(canvas, one, frame)


def _draw_band(canvas: Canvas, drawn: DrawnArea, frame: BaseGeometry) -> None:
    look = band_of()
    rim = drawn.shape.difference(drawn.shape.buffer(-look.width * _PX_MM, quad_segs=4))
    alpha = look.stroke_alpha * (_PALER if drawn.area.is_faded else 1)
    canvas.shape(rim.intersection(frame), fill=_color(drawn.area.hatch), fill_alpha=alpha)


def _draw_ended(canvas: Canvas, drawn: DrawnArea, frame: BaseGeometry) -> None:
    """Draw the outline of an area that was lost or given up, struck through."""
    area = drawn.area
    left, top, right, bottom = drawn.shape.bounds
    stroke = shapely.LineString([(left, bottom), (right, top)])
    color = _color(area.hatch)
    _draw_outline(canvas, _cut_line(drawn.shape.boundary, frame), color, faded=area.is_faded)
    canvas.shape(
        stroke.intersection(drawn.shape).intersection(frame),
        line=color,
        width=STRIKE.width * _PX_MM,
        line_alpha=STRIKE.stroke_alpha * (_PALER if area.is_faded else 1),
    )


def draw_marks(canvas: Canvas, drawn: Iterable[DrawnArea], view: View, text: float) -> None:
    """Draw what stands in base areas, over all of them."""
    for one in drawn:
        at = view.point(one.area.lon, one.area.lat)
        if view.frame.has(at):
            pen = CanvasPen(canvas, at, _PX_MM * text)
            replay(drawn_mark(one.area.standing, one.area.hatch), pen)


def _color(hatch: int) -> str:
    return HATCHES[hatch % len(HATCHES)].color.light


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
        faded: Whether it is not certain for the period.
        wide: Whether it is too wide to be filled without drowning what is in it.
        frame: What to cut it to.
    """
    hatch = HATCHES[hatch_index % len(HATCHES)]
    color = _color(hatch_index)
    edge = shape.boundary if frame is None else _cut_line(shape.boundary, frame)
    body = shape.intersection(frame) if frame is not None else shape
    inside = body.difference(shape.buffer(-_EDGE_MM, quad_segs=4)) if wide else body
    lines = hatch_lines(inside, hatch.angle, hatch.spacing_px * _PX_MM)
    # The wider the area, the less its hatch may cover.
    *ground, line, outline = area_look("faded" if faded else "edge" if wide else "hatch")
    if ground and not wide:
        canvas.shape(body, fill=color, fill_alpha=ground[0].fill_alpha)
    width = _FADED_LINE_MM if faded else _LINE_MM
    canvas.shape(lines, line=color, width=width, line_alpha=line.stroke_alpha)
    _draw_outline(canvas, edge, color, faded=faded, alpha=outline.stroke_alpha)


def _draw_outline(
    canvas: Canvas, edge: BaseGeometry, color: str, *, faded: bool, alpha: float = 0.9
) -> None:
    if faded:
        canvas.shape(
            edge, line=color, width=_FADED_OUTLINE_MM, dash=_DOTS, cap="round", line_alpha=alpha
        )
    else:
        canvas.shape(edge, line=color, width=_OUTLINE_MM, line_alpha=alpha)


def draw_tints(canvas: Canvas, provinces: Iterable[BaseGeometry], frame: BaseGeometry) -> None:
    """Shade provinces in which something lies somewhere."""
    for shape in provinces:
        canvas.shape(shape, fill="tint", fill_alpha=0.2)
        edge = _cut_line(shape.boundary, frame)
        canvas.shape(edge, line="ring", width=_OUTLINE_MM, line_alpha=0.9)


def _cut_line(line: BaseGeometry, frame: BaseGeometry) -> BaseGeometry:
    """Leave out the edges that only come from cutting at the frame."""
    return line.intersection(frame.buffer(-_HAIR_MM, join_style="mitre"))
