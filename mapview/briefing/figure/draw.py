"""Figures drawn: a briefing as PNG, SVG or PDF, or its map alone, without a browser.

Whoever calls this loads matplotlib, pyproj and the outlines of the world with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, cast

import shapely

from geodata.errors import FormatError
from mapview.briefing.content import Briefing, Counts, Tlp
from mapview.briefing.figure.film import Around, FilmKind, fitting_size, write_film
from mapview.briefing.figure.paper import (
    HALF_CAPITAL,
    Canvas,
    Face,
    Paragraph,
    Rect,
    drawing,
    say,
    width_mm,
)
from mapview.briefing.figure.periods import (
    Panels,
    Periods,
    draw_parts,
    film,
    film_plan,
    side_by_side,
    style_of,
)
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
    on_map,
)
from mapview.briefing.figure.sizes import MOST_FRAMES, MOST_MAPS, SHEETS, Composition, Size
from mapview.briefing.office import describe_map
from mapview.briefing.progress import Progress
from mapview.cartography import DRAWN, HATCHES, LegendEntry

__all__ = [
    "KINDS_OF_FIGURE",
    "PLANS",
    "FigureKind",
    "FilmKind",
    "MapAlone",
    "describe_periods",
    "draw_figure",
    "draw_film",
    "draw_map_alone",
]

FigureKind = Literal["png", "svg", "pdf"]
KINDS_OF_FIGURE: tuple[FigureKind, ...] = ("png", "svg", "pdf")
# What is grey while something is in focus.
_MUTED = frozenset({one.color.light for one in DRAWN} | {one.color.light for one in HATCHES})
# Three times as dark as land, so that shapes are told apart, and no darker than names.
_GREY = "#767d85"
_A4 = SHEETS["a4"].size
_LEAST_PARTS = 2
# Share of the work on a film until its first picture is drawn.
_LAID = 0.05
_PALE = "Pale marks only possibly fit period and filter."
# A map alone leaves half the width of its frame's line.
_BARE_MARGIN_MM = 0.3
# A marking has strips of its own above and below all else, in letters of 12 points.
_BAND_MM = 7.0
_MARKING = Face(12, bold=True)
_BESIDE, _AROUND_MM = 0.6, 0.8
# Larger sheets are laid out as on A2 and made larger, with lines, marks and gaps.
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
        said: What is to be said of maps by period; empty of one map of all.
    """

    content: bytes
    legend: tuple[LegendEntry, ...]
    said: str = ""


def draw_figure(
    briefing: Briefing,
    kind: FigureKind,
    *,
    size: Size | None = None,
    composition: Composition = "figure",
    periods: str = "",
    progress: Progress | None = None,
) -> bytes:
    """Return the map of a briefing as a picture; equal briefings give equal bytes.

    Args:
        briefing: What it says.
        kind: "png", or "svg" or "pdf" with live text.
        size: Of the sheet; A4 landscape when not given.
        composition: What is laid out on it.
        periods: Length of the periods of which each has a small map of its own; "auto" for what
            gives few enough, empty for one map of all.
        progress: Told how far the drawing is; may stop it.

    Raises:
        FormatError: If the kind is unknown, the size too small for all that must be said, or too
            large for a PNG, or the sheet has no room for maps by period, or nothing has a date.
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
        if not periods:
            plan = PLANS[composition](briefing, gather(briefing), laid).in_reading_order
            return _written(plan, briefing, kind, progress, growth)
        if composition != "figure":
            raise FormatError(
                f"maps by period must be laid out as a figure with a legend, got {composition!r}"
            )
        plan = _multiples(briefing, laid, periods).in_reading_order
        return _written(plan, briefing, kind, progress, growth)


def draw_map_alone(
    briefing: Briefing,
    kind: FigureKind,
    *,
    size: Size | None = None,
    periods: str = "",
    progress: Progress | None = None,
) -> MapAlone:
    """Return only the map of a briefing, and what its legend must say.

    Args:
        briefing: What it shows.
        kind: "png", or "svg" or "pdf" with live text.
        size: Of the picture; A4 landscape when not given.
        periods: As `draw_figure` takes it.
        progress: Told how far the drawing is; may stop it.

    Raises:
        FormatError: If the kind is unknown, or nothing has a date that maps by period could show.
        Cancelled: If `progress` was cancelled.
    """
    size, progress = size or _A4, progress or Progress()
    _check(kind, size)
    progress.step(0.0, "Laying out the map")
    with drawing():
        if periods:
            made = Periods.of(briefing, periods, MOST_MAPS, "map")
            whole = Rect(0, 0, size.width_mm, size.height_mm).grown(-_BARE_MARGIN_MM)
            plan = Plan(side_by_side(made, gather(made.briefing), whole, 1.0), size)
        else:
            data = gather(briefing)
            shown = on_map(briefing, data, around_km=data.around_km, has_accent=False)
            plan = bare_plan(shown, size)
        plan = plan.in_reading_order
        content, said = _written(plan, briefing, kind, progress), plan.frames.said
        # No legend of others has a pale mark.
        is_pale = isinstance(plan.frames, Panels) and plan.frames.pale is not None
        told = f"{said} {say(_PALE)}" if is_pale else said
        return MapAlone(content, plan.frames.contents.legend, told)


def draw_film(
    briefing: Briefing,
    kind: FilmKind,
    *,
    size: Size | None = None,
    unit: str = "",
    progress: Progress | None = None,
) -> bytes:
    """Return a briefing period by period; equal briefings give equal bytes as GIF and WebP.

    Args:
        briefing: What it says.
        kind: "gif", "webp" or "mp4".
        size: Of each picture; 1280 x 720 pixels when not given.
        unit: Length of a period; empty for the shortest that gives few enough.
        progress: Told how far it is; may stop it.

    Raises:
        FormatError: If the kind is unknown, the pictures are too large or have no room for a map,
            nothing has a date, or there is no ffmpeg for an MP4.
        Cancelled: If `progress` was cancelled.
    """
    size, progress = fitting_size(kind, size), progress or Progress()
    progress.step(0.0, "Laying out the pictures")
    made = Periods.of(briefing, unit, MOST_FRAMES, "picture")
    inner = size
    if briefing.tlp:
        inner = replace(size, height_mm=size.height_mm - 2 * _BAND_MM)
    with drawing():
        plan = film_plan(made, inner, partial(film, made, gather(made.briefing)))
    if plan is None:
        raise FormatError(
            "pictures of a film must have room for a map with its legend, got "
            f"{size.width_mm:.0f} x {size.height_mm:.0f} mm: take a shape that is nearer to 16:9"
        )
    plan = plan.in_reading_order
    panels = cast("Panels", plan.frames)
    count = len(panels.parts)
    with drawing():
        style = style_of(panels)
        canvas = _sheet(plan, briefing, "png")
        blank = canvas.pixels()
        # What stands around the map is that of all pictures, and most of the work of one.
        draw_around(canvas, plan)
        around = Around.of(canvas.pixels(), blank)

    # A GIF draws the fullest picture once more, to know its colours.
    steps, done = count + (kind == "gif"), 0

    def draw(at: int) -> bytes:
        nonlocal done
        part = progress.part(_LAID + (1 - _LAID) * done / steps, 1)
        done += 1
        with drawing():
            canvas = _sheet(plan, briefing, "png")
            draw_parts(canvas, panels, style, [at], lambda words: part.step(0, words))
            return around.over(canvas.pixels())

    fullest = max(range(count), key=lambda at: panels.parts[at].events.possible)
    return write_film(kind, count, fullest, draw, size.pixels)


def describe_periods(briefing: Briefing) -> tuple[str, str]:
    """Return what small maps show in words, or nothing and why there are none.

    They are told only where there is more than one period.
    """
    try:
        made = Periods.of(briefing, "", MOST_MAPS, "map")
    except FormatError as error:
        return "", str(error)
    if len(made.parts) < _LEAST_PARTS:
        return "", "all that has a date is of one period"
    return made.description, ""


def _multiples(briefing: Briefing, size: Size, unit: str) -> Plan:
    """Return the plan of a sheet with a small map for each period."""
    made = Periods.of(briefing, unit, MOST_MAPS, "map")
    said, share = (Paragraph(say("Over time"), made.said),), partial(side_by_side, made)
    plan = full_plan(made.briefing, gather(made.briefing), size, share, said)
    too_small = cast("Panels", plan.frames).is_too_small
    if too_small:
        raise FormatError(too_small)
    return plan


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
    canvas = _sheet(plan, briefing, kind, growth)
    said = describe_map(briefing)
    if isinstance(plan.frames, Panels):
        frames = plan.frames
        draw_parts(canvas, frames, style_of(frames), tell=lambda words: progress.step(0.3, words))
        said = f"{plan.frames.description} {said}"
    else:
        draw_maps(canvas, plan.frames, _message(briefing.counts), progress)
    draw_around(canvas, plan)
    progress.step(0.8, f"Writing the {kind.upper()}")
    content = canvas.finish(briefing.title, said)
    progress.step(1.0, "Figure drawn")
    return content


def _sheet(plan: Plan, briefing: Briefing, kind: str, growth: float = 1.0) -> Canvas:
    """Return the empty sheet of a plan, with how far it may be handed on."""
    # Slides and documents have a legend of their own, in the colours of types.
    focused = {place.is_focus for place in plan.frames.scene.data.incidents}
    muted = _MUTED if True in focused and plan.is_whole else frozenset()
    marking = briefing.tlp if plan.is_whole else None
    size, band = plan.size, _BAND_MM if marking else 0.0
    size = replace(size, height_mm=size.height_mm + 2 * band)
    instead = _GREY if False in focused else "alert"
    canvas = Canvas(size, kind, muted, instead, growth, band=band)
    if marking:
        _draw_marking(canvas, marking, size)
    return canvas


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
        return say("No incident was found.")
    return say("Nothing that was found has a known place.")
