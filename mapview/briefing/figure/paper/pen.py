"""Draws the cartography's primitives on a canvas: symbols of the map and icons of its legend."""

from __future__ import annotations

from typing import Any

import shapely

from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.paper.fonts import HALF_CAPITAL, MM_PER_PT, Face
from mapview.briefing.figure.paper.rect import XY
from mapview.cartography import SIZES, Primitive, Vertices

__all__ = ["CanvasPen", "pixel_mm"]

# Smaller numbers cannot be read on paper; a mark on the map has to be found first.
_LEAST_PT = 5.0
_LEAST_MARK_PT = 7.0
_QUARTER = 16  # pieces that a quarter of a circle is drawn in


def pixel_mm(symbol: float) -> float:
    """Return how large a pixel of the screen is where a plain symbol has some radius in mm."""
    return symbol / SIZES["symbol"]


class CanvasPen:
    """Draws around a point.

    Args:
        canvas: On which.
        at: The point, in mm.
        scale: Millimetres a unit of the primitives.
        is_row: Whether it is a row that is read, which begins at the right where words do. A symbol
            is the same everywhere.
    """

    def __init__(self, canvas: Canvas, at: XY, scale: float, *, is_row: bool = False) -> None:
        self._side = -1 if canvas.is_turned and not is_row else 1
        self._canvas = canvas
        self._at = at
        self._scale = scale

    def polygon(self, points: Vertices, one: Primitive) -> None:
        """Draw a closed outline."""
        self._shape(shapely.Polygon(self._placed(points)), one)

    def circle(self, one: Primitive) -> None:
        """Draw a circle."""
        [middle], radius = self._placed((one.at[:2],)), one.at[2] * self._scale  # type: ignore[arg-type]
        self._shape(shapely.Point(middle).buffer(radius, quad_segs=_QUARTER), one)

    def lines(self, lines: tuple[Vertices, ...], one: Primitive) -> None:
        """Draw lines."""
        self._shape(shapely.MultiLineString([self._placed(line) for line in lines]), one)

    def letter(self, one: Primitive) -> None:
        """Write a text around its middle."""
        x, y, height = one.at
        least = _LEAST_MARK_PT if one.halo else _LEAST_PT
        face = Face(max(least, height * self._scale / MM_PER_PT), bold=True)
        [(x, y)] = self._placed(((x, y),))
        at = (x, y + HALF_CAPITAL * face.mm)
        halo = "halo" if one.halo else None
        self._canvas.text(at, one.name, face, one.fill, align="center", halo=halo)

    def _shape(self, shape: shapely.Geometry, one: Primitive) -> None:
        if one.halo:
            self._canvas.shape(shape, line="halo", width=one.halo * self._scale)
        self._canvas.shape(shape, **self.look(one))

    def look(self, one: Primitive) -> dict[str, Any]:
        """Return how a canvas draws a shape as a primitive says."""
        how: dict[str, Any] = {}
        if one.fill:
            how |= {"fill": one.fill, "fill_alpha": one.fill_alpha}
        if one.stroke:
            how |= {"line": one.stroke, "line_alpha": one.stroke_alpha}
            how |= {"width": one.width * self._scale, "cap": "round" if one.is_round else "butt"}
        if one.dash:
            how["dash"] = tuple(part * self._scale for part in one.dash)
        return how

    def _placed(self, points: Vertices) -> list[XY]:
        (x, y), scale = self._at, self._scale
        return [(x + self._side * dx * scale, y + dy * scale) for dx, dy in points]
