"""The map as a picture to be put beside native text."""

from __future__ import annotations

from mapview.briefing.content import Briefing
from mapview.briefing.figure import Size, draw_figure
from mapview.briefing.progress import Progress

__all__ = ["map_picture"]

_MM_PER_PT = 25.4 / 72
_LEAST_MM = 60.0


def map_picture(
    briefing: Briefing, width: float, height: float, *, dpi: float, progress: Progress
) -> bytes:
    """Return the map without title and legend as a PNG.

    Args:
        briefing: What it shows.
        width: In points.
        height: In points.
        dpi: Pixels an inch.
        progress: Told how far the drawing is.
    """
    # A figure has a least size; in a smaller place it is drawn larger and set smaller.
    growth = max(1.0, _LEAST_MM / (min(width, height) * _MM_PER_PT))
    size = Size(width * growth * _MM_PER_PT, height * growth * _MM_PER_PT, dpi)
    return draw_figure(briefing, "png", size=size, bare=True, progress=progress)
