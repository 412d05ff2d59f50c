"""The quiet ground under the data: sea, land, lakes, borders, province lines."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.scene.projection import View
from mapview.cartography.style import PALETTE
from mapview.cartography.topology import province_lines, world

__all__ = ["COLORS", "draw_ground"]

COLORS = {name: tone.light for name, tone in PALETTE.items()}

# Ground a millimetre above which lines between provinces would be a tangle.
_PROVINCES_BELOW_KM = 32
_FAINT_ABOVE_KM = 9


def draw_ground(canvas: Canvas, view: View, lines: float = 1.0) -> None:
    """Draw sea, land, lakes and lines of what a view shows; `lines` is a factor on their width."""
    ground = world()
    canvas.shape(_globe(view), fill=COLORS["sea"])
    canvas.shape(view.shapes(ground.land), fill=COLORS["land"])
    lakes = view.shapes(ground.lakes)
    canvas.shape(lakes, fill=COLORS["sea"], line=COLORS["lake_line"], width=0.12 * lines)
    if view.km_per_mm < _PROVINCES_BELOW_KM:
        width = 0.12 if view.km_per_mm > _FAINT_ABOVE_KM else 0.2
        inner = _lines(view, province_lines())
        canvas.shape(inner, line=COLORS["province_line"], width=width * lines)
    canvas.shape(_lines(view, ground.coasts), line=COLORS["coast"], width=0.18 * lines)
    canvas.shape(_lines(view, ground.borders), line=COLORS["border"], width=0.28 * lines)
    disputed = _lines(view, ground.disputed)
    canvas.shape(disputed, line=COLORS["border"], width=0.28 * lines, dash=(1.1, 0.8))


def _lines(view: View, lines: tuple[BaseGeometry, ...]) -> list[BaseGeometry]:
    # Joined, so that dashes run on over the ends of pieces.
    pieces = [part for one in view.shapes(lines) for part in shapely.get_parts(one)]
    merged = shapely.line_merge(shapely.MultiLineString([p for p in pieces if p.length > 0]))
    return [merged]


def _globe(view: View) -> BaseGeometry:
    """The frame, or the whole world where its edge is in the frame."""
    if not view.is_world:
        return view.frame
    lats = np.linspace(-89.99, 89.99, 181)
    west, east = np.full(181, view.lon_0 - 179.999), np.full(181, view.lon_0 + 179.999)
    x, y = view.to_mm(np.append(west, east), np.append(lats, lats[::-1]))
    return shapely.intersection(shapely.Polygon(np.column_stack([x, y])), view.frame)
