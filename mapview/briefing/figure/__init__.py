"""Figures: a briefing as PNG, SVG or PDF, drawn without a browser.

matplotlib, pyproj and the outlines of the world are only read when something is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from geodata.errors import FormatError
from mapview.briefing.figure.legend import LegendEntry, legend_entries
from mapview.briefing.figure.shapes import symbol_outline
from mapview.briefing.figure.size import Size
from mapview.briefing.progress import Progress

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = [
    "KINDS_OF_FIGURE",
    "LegendEntry",
    "Size",
    "draw_figure",
    "legend_entries",
    "symbol_outline",
]

FigureKind = Literal["png", "svg", "pdf"]
KINDS_OF_FIGURE: tuple[FigureKind, ...] = ("png", "svg", "pdf")


def draw_figure(
    briefing: Briefing,
    kind: FigureKind,
    *,
    size: Size | None = None,
    bare: bool = False,
    progress: Progress | None = None,
) -> bytes:
    """Return the map of a briefing as a picture; equal briefings give equal bytes.

    Args:
        briefing: What it says.
        kind: "png", or "svg" or "pdf" with live text.
        size: Of the sheet; A4 landscape when not given.
        bare: Only the map with its labels, insets, scale bar and north arrow; for slides and
            documents, which set title, legend and notes beside it as their own text.
        progress: Told how far the drawing is; may stop it.

    Raises:
        FormatError: If the kind is unknown.
        Cancelled: If `progress` was cancelled.
    """
    if kind not in KINDS_OF_FIGURE:
        allowed = ", ".join(KINDS_OF_FIGURE)
        raise FormatError(f"kind of figure must be one of {allowed}, got {kind!r:.40}")
    from mapview.briefing.figure.sheet import draw_sheet

    return draw_sheet(briefing, kind, size or Size(297, 210), bare, progress or Progress())
