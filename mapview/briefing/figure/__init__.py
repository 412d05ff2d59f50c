"""Figures: a briefing as PNG, SVG or PDF, drawn without a browser.

matplotlib, pyproj and the outlines of the world are only read when something is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geodata.errors import FormatError
from mapview.briefing.figure.legend import LegendEntry, legend_entries
from mapview.briefing.figure.paper.size import Size
from mapview.briefing.progress import Progress

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = [
    "KINDS_OF_FIGURE",
    "FigureKind",
    "LegendEntry",
    "MapAlone",
    "Size",
    "draw_figure",
    "draw_map_alone",
    "legend_entries",
]

FigureKind = Literal["png", "svg", "pdf"]
KINDS_OF_FIGURE: tuple[FigureKind, ...] = ("png", "svg", "pdf")
_A4 = Size(297, 210)


@dataclass(frozen=True)
class MapAlone:
    """A map without title, legend and notes, for slides and documents, which set these as text.

    Args:
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
    from mapview.briefing.figure.sheet.sheet import draw_sheet

    return draw_sheet(briefing, kind, size or _A4, progress or Progress())


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
    from mapview.briefing.figure.sheet.sheet import draw_alone

    content, legend = draw_alone(briefing, kind, size or _A4, progress or Progress())
    return MapAlone(content, tuple(legend))


def _check(kind: str) -> None:
    if kind not in KINDS_OF_FIGURE:
        allowed = ", ".join(KINDS_OF_FIGURE)
        raise FormatError(f"kind of figure must be one of {allowed}, got {kind!r:.40}")
