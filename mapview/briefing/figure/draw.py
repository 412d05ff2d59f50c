"""Figures drawn: a briefing as PNG, SVG or PDF, or its map alone, without a browser.

Whoever calls this loads matplotlib, pyproj and the outlines of the world with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import shapely

from geodata.errors import FormatError
from mapview.briefing.content import Briefing, Counts, Tlp
from mapview.briefing.figure.paper import HALF_CAPITAL, Canvas, Face, drawing, width_mm
from mapview.briefing.figure.scene import MapData, gather
from mapview.briefing.figure.sheet import (
    Plan,
    bare_plan,
    brief_plan,
    card_plan,
    column_plan,
    draw_around,
    draw_maps,
    full_plan,
)
from mapview.briefing.figure.sizes import SHEETS, Composition, Size
from mapview.briefing.office import describe_map
from mapview.briefing.progress import Progress
from mapview.cartography import DRAWN, HATCHES, LegendEntry

__all__ = [
    "KINDS_OF_FIGURE",
    "PLANS",
    "FigureKind",
    "MapAlone",
    "draw_figure",
    "draw_map_alone",
]

FigureKind = Literal["png", "svg", "pdf"]
KINDS_OF_FIGURE: tuple[FigureKind, ...] = ("png", "svg", "pdf")
# What is grey while something is in focus.
_MUTED = frozenset({one.color.light for one in DRAWN} | {one.color.light for one in HATCHES})
_A4 = SHEETS["a4"].size
# Larger sheets are laid out as on A2 and made larger, with lines, marks and gaps.
# A marking has strips of its own above and below all else, in letters of 12 points.
_BAND_MM = 7.0
_MARKING = Face(12, bold=True)
_BESIDE, _AROUND_MM = 0.6, 0.8
_A2_MM = math.sqrt(594 * 420)
PLANS: Mapping[Composition, Callable[[Briefing, MapData, Size], Plan]] = {
    "figure": full_plan,
    "card": card_plan,
    "column": column_plan,
    "brief": brief_plan,
}


@dataclass(frozen=True)
class MapAlone:
    """A map without title, legend and notes, for slides and documents, which set these as text.

    Attributes:
        content: The picture, with labels, insets, scale bar and north arrow.
        legend: What it shows.
    """

    content: bytes
    legend: tuple[LegendEntry, ...]


def draw_figure(
    briefing: Briefing,
    kind: FigureKind,
    *,
    size: Size | None = None,
    composition: Composition = "figure",
    progress: Progress | None = None,
) -> bytes:
    """Return the map of a briefing as a picture; equal briefings give equal bytes.

    Args:
        briefing: What it says.
        kind: "png", or "svg" or "pdf" with live text.
        size: Of the sheet; A4 landscape when not given.
        composition: What is laid out on it.
        progress: Told how far the drawing is; may stop it.

    Raises:
        FormatError: If the kind is unknown, the size too small for all that must be said, or too
            large for a PNG.
        Cancelled: If `progress` was cancelled.
    """
    size, progress = size or _A4, progress or Progress()
    _check(kind, size)
    progress.step(0.0, "Laying out the figure")
    with drawing():
        growth = _growth(size) if composition == "figure" else 1.0
        laid = replace(size, width_mm=size.width_mm / growth, height_mm=size.height_mm / growth)
        if briefing.tlp:
            laid = replace(laid, height_mm=laid.height_mm - 2 * _BAND_MM)
        plan = PLANS[composition](briefing, gather(briefing), laid)
        return _written(plan, briefing, kind, progress, growth)


def draw_map_alone(
    briefing: Briefing,
    kind: FigureKind,
    *,
    size: Size | None = None,
    progress: Progress | None = None,
) -> MapAlone:
    """Return only the map of a briefing, and what its legend must say.

    Args:
        briefing: What it shows.
        kind: "png", or "svg" or "pdf" with live text.
        size: Of the picture; A4 landscape when not given.
        progress: Told how far the drawing is; may stop it.

    Raises:
        FormatError: If the kind is unknown.
        Cancelled: If `progress` was cancelled.
    """
    size, progress = size or _A4, progress or Progress()
    _check(kind, size)
    progress.step(0.0, "Laying out the map")
    with drawing():
        plan = bare_plan(gather(briefing), size)
        content = _written(plan, briefing, kind, progress)
        return MapAlone(content, plan.frames.contents.legend)


def _check(kind: str, size: Size) -> None:
    if kind not in KINDS_OF_FIGURE:
        allowed = ", ".join(KINDS_OF_FIGURE)
        raise FormatError(f"kind of figure must be one of {allowed}, got {kind!r:.40}")
    if kind == "png":
        size.check_pixels()


def _growth(size: Size) -> float:
    """Return how many times as large a sheet is than one that is read from as near as a page."""
    return max(1.0, math.sqrt(size.width_mm * size.height_mm) / _A2_MM)


def _written(
    plan: Plan, briefing: Briefing, kind: str, progress: Progress, growth: float = 1.0
) -> bytes:
    """Draw a plan from the ground up to its notes, and return the picture."""
    progress.step(0.3, "Drawing the map")
    # Slides and documents have a legend of their own, in the colours of types.
    focused = {place.is_focus for place in plan.frames.scene.data.incidents}
    muted = _MUTED if True in focused and plan.is_whole else frozenset()
    marking = briefing.tlp if plan.is_whole else None
    size, band = plan.size, _BAND_MM if marking else 0.0
    size = replace(size, height_mm=size.height_mm + 2 * band)
    instead = "rule" if False in focused else "alert"
    canvas = Canvas(size, kind, muted, instead, growth, band=band)
    if marking:
        _draw_marking(canvas, marking, size)
    draw_maps(canvas, plan.frames, _message(briefing.counts), progress)
    draw_around(canvas, plan)
    progress.step(0.8, f"Writing the {kind.upper()}")
    content = canvas.finish(briefing.title, describe_map(briefing))
    progress.step(1.0, "Figure drawn")
    return content


def _draw_marking(canvas: Canvas, marking: Tlp, size: Size) -> None:
    """Write a marking at the right of head and foot of a sheet, where nothing else stands."""
    inner = size.height_mm - 2 * _BAND_MM
    wide = width_mm(marking.label, _MARKING) + 2 * _MARKING.mm * _BESIDE
    right = size.width_mm - _BAND_MM / 2
    with canvas.group("Marking"):
        for top in (-_BAND_MM, inner):
            low, high = top + _AROUND_MM, top + _BAND_MM - _AROUND_MM
            canvas.shape(shapely.box(right - wide, low, right, high), fill="#000000")
            at = (right - wide / 2, top + _BAND_MM / 2 + HALF_CAPITAL * _MARKING.mm)
            canvas.text(at, marking.label, _MARKING, marking.color, align="center")


def _message(counts: Counts) -> str:
    """Return why a map is empty; nothing if it is not."""
    if counts.placed or counts.areas_drawn:
        return ""
    if not counts.shown:
        return "No incident was found."
    return "Nothing that was found has a known place."
