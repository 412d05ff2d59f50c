"""The quiet ground under the data: sea, land, rivers, lakes, borders, lines of provinces."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.paper import Canvas
from mapview.briefing.figure.scene import View
from mapview.cartography import district_lines, province_lines, rivers, world

__all__ = ["DISPUTED_DASH", "draw_ground"]

# Ground a millimetre: above the first, lines between provinces would be a tangle; above the second
# they are fainter.
_PROVINCES_BELOW_KM = 32
_FAINT_ABOVE_KM = 9
_DISTRICTS_BELOW_KM = 4
# Widths in mm: the more a line divides, the wider.
_LAKE_MM = 0.12
_RIVER_MM = 0.2
_DISTRICT_MM = 0.14
_PROVINCE_MM = 0.2
_FAINT_MM = 0.12
_COAST_MM = 0.18
_BORDER_MM = 0.28
# A dash and a gap, in mm, that can still be told apart at arm's length.
DISPUTED_DASH = (1.1, 0.8)
# The edge of the world in Equal Earth, a point each degree, a hair inside poles and antimeridian.
_EDGE_STEPS = 181
_EDGE_LAT = 89.99
_EDGE_LON = 179.999


def draw_ground(canvas: Canvas, view: View, lines: float = 1.0) -> None:
    """Draw sea, land, lakes and lines of what a view shows; `lines` is a factor on their width."""
    ground = world()
    with canvas.group("Ground"):
        canvas.shape(_globe(view), fill="sea")
        canvas.shape(view.shapes(ground.land), fill="land")
        if view.km_per_mm < _DISTRICTS_BELOW_KM:
            inner = _lines(view, district_lines())
            canvas.shape(inner, line="district_line", width=_DISTRICT_MM * lines)
        if view.km_per_mm < _PROVINCES_BELOW_KM:
            canvas.shape(_lines(view, rivers()), line="river", width=_RIVER_MM * lines)
        lakes = view.shapes(ground.lakes)
        canvas.shape(lakes, fill="sea", line="lake_line", width=_LAKE_MM * lines)
    with canvas.group("Borders"):
        _draw_lines(canvas, view, lines)


def _draw_lines(canvas: Canvas, view: View, lines: float) -> None:
    ground = world()
    if view.km_per_mm < _PROVINCES_BELOW_KM:
        width = _FAINT_MM if view.km_per_mm > _FAINT_ABOVE_KM else _PROVINCE_MM
        inner = _lines(view, province_lines())
        canvas.shape(inner, line="province_line", width=width * lines)
    canvas.shape(_lines(view, ground.coasts), line="coast", width=_COAST_MM * lines)
    width = _BORDER_MM * lines
    canvas.shape(_lines(view, ground.borders), line="border", width=width)
    disputed = _lines(view, ground.disputed)
    canvas.shape(disputed, line="border", width=width, dash=DISPUTED_DASH)


def _lines(view: View, lines: tuple[BaseGeometry, ...]) -> BaseGeometry:
    # Joined, so that dashes run on over the ends of pieces.
    pieces = [part for one in view.shapes(lines) for part in shapely.get_parts(one)]
    return shapely.line_merge(shapely.MultiLineString([p for p in pieces if p.length > 0]))


def _globe(view: View) -> BaseGeometry:
    """The frame, or the whole world where its edge is in the frame."""
    if not view.is_world:
        return view.polygon
    lats = np.linspace(-_EDGE_LAT, _EDGE_LAT, _EDGE_STEPS)
    west, east = (np.full(_EDGE_STEPS, view.lon_0 + way * _EDGE_LON) for way in (-1, 1))
    edge = view.to_mm(np.append(west, east), np.append(lats, lats[::-1]))
    return shapely.intersection(shapely.Polygon(np.column_stack(edge)), view.polygon)
