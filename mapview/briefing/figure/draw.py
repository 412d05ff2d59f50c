"""Figures drawn: a briefing as PNG, SVG or PDF, or its map alone, without a browser.

Whoever calls this loads matplotlib, pyproj and the outlines of the world with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geodata.errors import FormatError
from mapview.briefing.figure.paper.canvas import Canvas, drawing
from mapview.briefing.figure.paper.columns import draw_columns
from mapview.briefing.figure.paper.size import Size
from mapview.briefing.figure.scene import gather
from mapview.briefing.figure.sheet.heading import draw_heading
from mapview.briefing.figure.sheet.layouts import Plan, bare_plan, full_plan
from mapview.briefing.figure.sheet.legend_box import draw_legend
from mapview.briefing.figure.sheet.maps import draw_maps
from mapview.briefing.figure.sheet.range_box import draw_ranges
from mapview.briefing.office import describe_map
from mapview.briefing.progress import Progress
from mapview.cartography import HATCHES, KINDS, LegendEntry

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing, Counts

__all__ = [
    "KINDS_OF_FIGURE",
    "FigureKind",
    "MapAlone",
    "draw_figure",
    "draw_map_alone",
]

FigureKind = Literal["png", "svg", "pdf"]
KINDS_OF_FIGURE: tuple[FigureKind, ...] = ("png", "svg", "pdf")
# What is grey while something is in focus.
_MUTED = frozenset({one.color.light for one in KINDS} | {one.color.light for one in HATCHES})
_A4 = Size(297, 210)


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
    progress: Progress | None = None,
) -> bytes:
    """Return the map of a briefing as a picture; equal briefings give equal bytes.

    Args:
        briefing: What it says.
        kind: "png", or "svg" or "pdf" with live text.
        size: Of the sheet; A4 landscape when not given.
        progress: Told how far the drawing is; may stop it.

    Raises:
        FormatError: If the kind is unknown, or the size too small for all that must be said.
        Cancelled: If `progress` was cancelled.
    """
    _check(kind)
    size, progress = size or _A4, progress or Progress()
    progress.step(0.0, "Laying out the figure")
    with drawing():
        plan = full_plan(briefing, gather(briefing), size)
        return _written(plan, briefing, kind, size, progress)


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
    _check(kind)
    size, progress = size or _A4, progress or Progress()
    progress.step(0.0, "Laying out the map")
    with drawing():
        plan = bare_plan(gather(briefing), size)
        content = _written(plan, briefing, kind, size, progress)
        return MapAlone(content, plan.frames.contents.legend)


def _check(kind: str) -> None:
    if kind not in KINDS_OF_FIGURE:
        allowed = ", ".join(KINDS_OF_FIGURE)
        raise FormatError(f"kind of figure must be one of {allowed}, got {kind!r:.40}")


def _written(plan: Plan, briefing: Briefing, kind: str, size: Size, progress: Progress) -> bytes:
    """Draw a plan from the ground up to its notes, and return the picture."""
    progress.step(0.3, "Drawing the map")
    # Slides and documents have a legend of their own, in the colours of types.
    canvas = Canvas(size, kind, _MUTED if briefing.focus and plan.legend else frozenset())
    draw_maps(canvas, plan.frames, _message(briefing.counts), progress)
    if plan.heading:
        with canvas.group("Title"):
            draw_heading(canvas, plan.heading)
    if plan.legend:
        with canvas.group("Legend"):
            draw_legend(canvas, *plan.legend)
    if plan.ranges:
        with canvas.group("Sources disagree"):
            draw_ranges(canvas, *plan.ranges)
    if plan.notes:
        with canvas.group("Notes"):
            draw_columns(canvas, *plan.notes)
    progress.step(0.8, f"Writing the {kind.upper()}")
    content = canvas.finish(briefing.title, describe_map(briefing))
    progress.step(1.0, "Figure drawn")
    return content


def _message(counts: Counts) -> str:
    """Return why a map is empty; nothing if it is not."""
    if counts.placed or counts.areas_drawn:
        return ""
    if not counts.shown:
        return "No incident was found."
    return "Nothing that was found has a known place."
