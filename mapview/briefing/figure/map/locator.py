"""A small map of the wider region in a free corner, so that a reader knows where the map lies."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.map.ground import draw_ground
from mapview.briefing.figure.map.names import GroundName, draw_names, lands, place_names
from mapview.briefing.figure.map.obstacles import Obstacles
from mapview.briefing.figure.paper import Canvas
from mapview.briefing.figure.scene import View, fit_view
from mapview.cartography import world

__all__ = ["draw_locator", "place_locator"]

# Who sees so much of the world across knows where it is.
_LOCATE_BELOW_KM = 1_300
# Radii of the wider region: the first that holds more than this share of land, and at least so
# many times what the map shows. Around islands a wider one is needed before anything known comes
# into sight.
_AROUND_KM = (1_000, 2_000, 3_500)
_ENOUGH_LAND = 0.12
_WIDER = 1.6
# Its width on A4 in mm, at most a share of the map's; its height in widths; its distance in mm.
_WIDTH_MM = 46.0
_SHARE = 0.26
_HEIGHT = 0.72
_GAP_MM = 1.6
_PAPER_MM = 0.6
_INNER_MM = 0.4
# Factors on the width of lines and the size of letters: it must stay quieter than the map.
_LINES = 0.6
_LETTERS = 0.82


def place_locator(main: View, obstacles: Obstacles, text: float) -> View | None:
    """Return the wider region in a free corner of a map, and take the corner.

    Args:
        main: What the map shows.
        obstacles: What is taken; grows.
        text: Factor on the size of letters.

    Returns:
        `None` where no corner is free, or the map shows enough already.
    """
    across_km = main.km_per_mm * main.frame.width
    if main.is_world or across_km > _LOCATE_BELOW_KM:
        return None
    width = min(_WIDTH_MM * text, _SHARE * main.frame.width)
    corners = main.frame.grown(-_GAP_MM).corners(width, _HEIGHT * width)
    # The upper right one first; the lower left one is the scale bar's.
    _, lower_right, upper_left, upper_right = corners
    corner = obstacles.first_clear((upper_right, lower_right, upper_left))
    if corner is None:
        return None
    obstacles.add(corner.grown(_GAP_MM))
    at = main.ground(*main.frame.middle)
    views = [fit_view([(*at, max(km, _WIDER * across_km))], corner, pad=0) for km in _AROUND_KM]
    return next((view for view in views if _land_share(view) > _ENOUGH_LAND), views[-1])


def _land_share(view: View) -> float:
    land = sum(shape.area for shape in view.shapes(world().land))
    return float(land / view.polygon.area)


def draw_locator(canvas: Canvas, around: View, main: View, text: float) -> None:
    """Draw the wider region with the outline of the map in it."""
    canvas.shape(shapely.box(*around.frame.grown(_PAPER_MM)), fill="paper")
    draw_ground(canvas, around, _LINES)
    outline = around.outline_of(main)
    canvas.shape(outline, fill="alert", fill_alpha=0.12, line="alert", width=0.4)
    # Over the outline: where it crosses a name, the name is read.
    draw_names(canvas, _names(around, main, outline, text))
    canvas.shape(around.polygon, line="rule", width=0.2)


def _names(around: View, main: View, outline: BaseGeometry, text: float) -> list[GroundName]:
    """Return the names of countries; the outline of the map crosses none, if it can be."""
    room = Obstacles(around.frame.grown(-_INNER_MM))
    apart = room.copy()
    apart.add_outline(outline)
    _, tree = lands(around)
    here = shapely.Point(around.point(*main.ground(*main.frame.middle)))
    own = shapely.union_all(tree.geometries[tree.query(here, predicate="intersects")])

    def placed(obstacles: Obstacles) -> tuple[list[GroundName], bool]:
        """Return names, and whether one of them says where the map lies."""
        found = place_names(around, obstacles, frozenset(), _LETTERS * text, countries="alone")
        return found, any(own.intersects(shapely.Point(one.box.middle)) for one in found)

    free, is_told = placed(apart)
    if is_told:
        return free
    # It must be told, be it by a name that is crossed.
    crossed, is_told = placed(room)
    return crossed if is_told else free
