"""The quiet ground under the data: sea, land, rivers, lakes, borders, lines of provinces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True)
class _Shapes:
    """What of the ground lies in a view, on paper; nothing of what is not drawn at its scale."""

    globe: BaseGeometry
    land: Sequence[BaseGeometry]
    districts: BaseGeometry | None
    rivers: BaseGeometry | None
    lakes: Sequence[BaseGeometry]
    provinces: BaseGeometry | None
    coasts: BaseGeometry
    borders: BaseGeometry
    disputed: BaseGeometry


# The pictures of a film show one view, of which this is most of the work.
@lru_cache(maxsize=1)
def _shapes(view: View) -> _Shapes:
    ground, has_provinces = world(), view.km_per_mm < _PROVINCES_BELOW_KM
    return _Shapes(
        _globe(view),
        view.shapes(ground.land),
        _lines(view, district_lines()) if view.km_per_mm < _DISTRICTS_BELOW_KM else None,
        _lines(view, rivers()) if has_provinces else None,
        view.shapes(ground.lakes),
        _lines(view, province_lines()) if has_provinces else None,
        _lines(view, ground.coasts),
        _lines(view, ground.borders),
        _lines(view, ground.disputed),
    )


def draw_ground(canvas: Canvas, view: View, lines: float = 1.0) -> None:
    """Draw sea, land, lakes and lines of what a view shows; `lines` is a factor on their width."""
    ground = _shapes(view)
    with canvas.group("Ground"):
        canvas.shape(ground.globe, fill="sea")
        canvas.shape(ground.land, fill="land")
        if ground.districts is not None:
            canvas.shape(ground.districts, line="district_line", width=_DISTRICT_MM * lines)
        if ground.rivers is not None:
            canvas.shape(ground.rivers, line="river", width=_RIVER_MM * lines)
        canvas.shape(ground.lakes, fill="sea", line="lake_line", width=_LAKE_MM * lines)
    with canvas.group("Borders"):
        _draw_lines(canvas, view, ground, lines)


def _draw_lines(canvas: Canvas, view: View, ground: _Shapes, lines: float) -> None:
    if ground.provinces is not None:
        width = _FAINT_MM if view.km_per_mm > _FAINT_ABOVE_KM else _PROVINCE_MM
        canvas.shape(ground.provinces, line="province_line", width=width * lines)
    canvas.shape(ground.coasts, line="coast", width=_COAST_MM * lines)
    width = _BORDER_MM * lines
    canvas.shape(ground.borders, line="border", width=width)
    canvas.shape(ground.disputed, line="border", width=width, dash=DISPUTED_DASH)


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
