"""How exactly places are known: rings and shaded provinces, each drawn once."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.map.hatching import cut_line
from mapview.briefing.figure.map.symbols import stroke_ring
from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.scene.areas import province_shape
from mapview.briefing.figure.scene.places import IncidentPlace
from mapview.briefing.figure.scene.view import View

__all__ = ["draw_precision", "rings_and_provinces"]

# Rings of places that agree to 11 m are one.
_PLACE_DECIMALS = 4
_OUTLINE_MM = 0.24
_DASH = (1.1, 0.7)


def draw_precision(canvas: Canvas, view: View, places: Iterable[IncidentPlace]) -> None:
    """Draw the provinces and rings of imprecise places."""
    rings, shaded = rings_and_provinces(places, view)
    for shape in shaded:
        canvas.shape(shape, fill="tint", fill_alpha=0.2)
        edge = cut_line(shape.boundary, view.polygon)
        canvas.shape(edge, line="ring", width=_OUTLINE_MM, dash=_DASH, line_alpha=0.9)
    for ring in rings:
        stroke_ring(canvas, ring)


def rings_and_provinces(
    places: Iterable[IncidentPlace], view: View
) -> tuple[list[BaseGeometry], list[BaseGeometry]]:
    """Return what to draw for imprecise places, each ring and each province once, cut to the frame.

    A province that the basemap does not know is drawn as the ring of its place.
    """
    vague = [place for place in places if place.form != "point"]
    codes = {place.province for place in vague if place.form == "province"}
    shapes = {code: province_shape(code, view) for code in sorted(codes)}
    shaded = {code: shape for code, shape in shapes.items() if shape and not shape.is_empty}
    circles = {
        (round(place.lon, _PLACE_DECIMALS), round(place.lat, _PLACE_DECIMALS), place.radius_km)
        for place in vague
        if place.form == "ring" or place.province not in shaded
    }
    rings = [shapely.intersection(view.ring(*one), view.polygon) for one in sorted(circles)]
    return [ring for ring in rings if not ring.is_empty], list(shaded.values())
