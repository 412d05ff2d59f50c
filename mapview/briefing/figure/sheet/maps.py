"""The maps of a sheet as drawn: the main one, and insets under their titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapview.briefing.figure.map.drawing import MapStyle, draw_map
from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.paper.fonts import clean, cut, width_mm
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.sheet.frames import TITLE_UP_MM, Frames, title_face
from mapview.briefing.progress import Progress

__all__ = ["draw_maps"]


def draw_maps(canvas: Canvas, frames: Frames, message: str, progress: Progress) -> None:
    """Draw main map and insets.

    Args:
        canvas: On which.
        frames: Where they stand, and what they show.
        message: Why the main map is empty; nothing if it is not.
        progress: Told of each inset; may stop the drawing.
    """
    (main, *insets), scene = frames.views, frames.scene
    style = MapStyle(frames.text, has_locator=not scene.insets, message=message)
    framed = list(zip(scene.insets, insets, strict=True))
    outlines = [main.outline_of(view) for inset, view in framed if inset.enlarges]
    draw_map(canvas, main, scene.data, style, outlines)
    style = replace(style, is_inset=True, has_locator=False, message="", most=frames.contents.most)
    for inset, view in framed:
        progress.step(0.6, "Drawing insets")
        draw_map(canvas, view, scene.data, style)
        _draw_title(canvas, inset.titles, view.frame, frames.text)


def _draw_title(canvas: Canvas, titles: Sequence[str], frame: Rect, text: float) -> None:
    """Draw the longest title that fits over a frame, or else as much of the shortest."""
    face = title_face(text)
    fitting = (one for one in map(clean, titles) if width_mm(one, face) <= frame.width)
    words = next(fitting, None) or cut(clean(titles[-1]), face, frame.width)
    canvas.text((frame.left, frame.top - TITLE_UP_MM * text), words, face, "ink")
