"""Scale bar and north arrow: what a map needs besides what it shows."""

from __future__ import annotations

import math

from mapview.briefing.figure.map.ground import COLORS
from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.paper.fonts import MM_PER_PT, Face, width_mm
from mapview.briefing.figure.scene.projection import View

__all__ = ["bar_length", "draw_north", "draw_scale_bar", "needs_north", "scale_bar_size"]

XY = tuple[float, float]

_STEEP_DEGREES = 5.0
_BAR_MM = 1.1


def bar_length(km_per_mm: float, most_mm: float) -> float:
    """Return the longest round number of kilometres that fits.

    Example:
        >>> bar_length(18.0, 35)
        500.0
    """
    most = km_per_mm * most_mm
    step = 10.0 ** math.floor(math.log10(most))
    return next(step * part for part in (5, 2, 1) if step * part <= most)


def _words(km: float) -> str:
    return f"{km:,.0f} km" if km >= 1 else f"{km * 1000:,.0f} m"


def scale_bar_size(view: View, face: Face, most_mm: float) -> tuple[float, float]:
    """Return width and height of the scale bar with its number."""
    km = bar_length(view.km_per_mm, most_mm)
    words = width_mm(_words(km), face)
    return max(km / view.km_per_mm, 8) + words / 2 + 2, face.size * MM_PER_PT + _BAR_MM + 1.2


def draw_scale_bar(canvas: Canvas, view: View, at: XY, face: Face, most_mm: float) -> None:
    """Draw a scale bar, right at the latitude of the map's middle; `at` is its lower left."""
    km = bar_length(view.km_per_mm, most_mm)
    length = km / view.km_per_mm
    x, y = at
    ink = COLORS["ink_muted"]
    halo = {"fill": COLORS["halo"], "line": COLORS["halo"], "width": 0.5}
    canvas.polygon([(x, y), (x + length, y), (x + length, y - _BAR_MM), (x, y - _BAR_MM)], **halo)
    half = x + length / 2
    canvas.polygon([(x, y), (half, y), (half, y - _BAR_MM), (x, y - _BAR_MM)], fill=ink)
    canvas.polygon(
        [(x, y), (x + length, y), (x + length, y - _BAR_MM), (x, y - _BAR_MM)],
        line=ink, width=0.2,
    )  # fmt: skip
    base = y - _BAR_MM - 0.9
    canvas.text((x, base), "0", face, ink, halo=COLORS["halo"])
    canvas.text((x + length, base), _words(km), face, ink, align="center", halo=COLORS["halo"])


def needs_north(view: View) -> bool:
    """Whether north is anywhere more than a few degrees away from up."""
    return view.turn_of_north > _STEEP_DEGREES


def draw_north(canvas: Canvas, view: View, at: XY, size: float, face: Face) -> None:
    """Draw an arrow that points to north from where it stands."""
    turn = math.radians(view.north_at(*at))

    def turned(x: float, y: float) -> XY:
        return (
            at[0] + size * (x * math.cos(turn) - y * math.sin(turn)),
            at[1] + size * (x * math.sin(turn) + y * math.cos(turn)),
        )

    ink = COLORS["ink_muted"]
    whole = [turned(0, -0.55), turned(0.3, 0.5), turned(0, 0.28), turned(-0.3, 0.5)]
    canvas.polygon(whole, fill=COLORS["halo"], line=COLORS["halo"], width=0.7)
    canvas.polygon(whole, fill=COLORS["halo"], line=ink, width=0.2)
    canvas.polygon([turned(0, -0.55), turned(0, 0.28), turned(-0.3, 0.5)], fill=ink)
    x, y = turned(0, -0.62)
    away = face.size * MM_PER_PT
    x, y = x + math.sin(turn) * away * 0.4, y - math.cos(turn) * away * 0.15
    canvas.text((x, y), "N", face, ink, align="center", halo=COLORS["halo"])
