"""The maps of a sheet as drawn: the main one, and insets under their titles."""

from __future__ import annotations

from dataclasses import replace

from mapview.briefing.figure.map.drawing import MapStyle, draw_map
from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.sheet.frames import Frames, title_face
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
    style = MapStyle(frames.text, has_locator=not insets, message=message)
    enlarged = [view for inset, view in zip(scene.insets, insets, strict=True) if inset.enlarges]
    outlines = [main.outline_of(view) for view in enlarged]
    with canvas.group("Map"):
        draw_map(canvas, main, scene.data, style, outlines)
    style = replace(style, is_inset=True, message="", most=frames.contents.most)
    for view, (title, at) in zip(insets, frames.titles, strict=True):
        progress.step(0.6, "Drawing insets")
        with canvas.group(f"Inset: {title}"):
            draw_map(canvas, view, scene.data, style)
            canvas.text(at, title, title_face(frames.text), "ink")
