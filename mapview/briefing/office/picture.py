"""The map as a picture to be put beside native text."""

from __future__ import annotations

from dataclasses import replace

from mapview.briefing.content import Briefing
from mapview.briefing.figure import MapAlone, Size, draw_map_alone
from mapview.briefing.progress import Progress

__all__ = ["map_picture"]

_MM_PER_PT = 25.4 / 72
_LEAST_MM = 60.0


def map_picture(
    briefing: Briefing, width: float, height: float, *, dpi: float, progress: Progress
) -> MapAlone:
    """Return the map without title and legend as a PNG, with circles in points as it will stand.

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
    drawn = draw_map_alone(briefing, "png", size=size, progress=progress)
    to_pt = 1 / (growth * _MM_PER_PT)
    legend = (
        replace(one, circles=tuple((count, radius * to_pt) for count, radius in one.circles))
        for one in drawn.legend
    )
    return MapAlone(drawn.content, tuple(legend))
