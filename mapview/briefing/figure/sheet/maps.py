"""The maps of a sheet as drawn: the main one, and insets under their titles."""

from __future__ import annotations

import shapely
from shapely import Polygon

from geodata.errors import FormatError
from mapview.briefing.figure.map.drawing import MapStyle, draw_map
from mapview.briefing.figure.map.remarks import Unsaid
from mapview.briefing.figure.paper import (
    Align,
    Canvas,
    is_from_right,
)
from mapview.briefing.figure.scene import View
from mapview.briefing.figure.sheet.frames import Frames, title_face
from mapview.briefing.progress import Progress

__all__ = ["draw_maps"]

_MOST_OF_VIEW = 0.99


def draw_maps(canvas: Canvas, frames: Frames, message: str, progress: Progress) -> None:
    """Draw main map and insets.

    Args:
        canvas: On which.
        frames: Where they stand, and what they show.
        message: Why the main map is empty; nothing if it is not.
        progress: Told of each inset; may stop the drawing.

    Raises:
        FormatError: If a call-out that was asked for finds no room.
    """
    (main, *insets), scene = frames.views, frames.scene
    style = MapStyle(frames.text, is_inset=True, most=frames.contents.most)
    unsaid = Unsaid()
    for view, data, (title, at) in zip(insets, frames.shown[1:], frames.titles, strict=True):
        # Where the main map lies on it; what that shows is not shown again.
        around = [] if data is scene.data else _parts(view.outline_of(main), view)
        progress.step(0.6, "Drawing insets")
        with canvas.group(f"Inset: {title}"):
            unsaid = unsaid.joined(draw_map(canvas, view, data, style, around))
            side: Align = "right" if is_from_right() else "left"
            canvas.text(at, title, title_face(frames.text), "ink", align=side)
    style = MapStyle(
        frames.text,
        has_locator=not (insets or frames.is_plain),
        is_plain=frames.is_plain,
        message=message,
        insets=unsaid,
        marks=frames.marks,
    )
    enlarged = [view for inset, view in zip(scene.insets, insets, strict=True) if inset.enlarges]
    with canvas.group("Map"):
        outlines = [main.outline_of(view) for view in enlarged]
        unsaid = unsaid.joined(draw_map(canvas, main, scene.data, style, outlines))
    for place in scene.data.incidents:
        if place.says and place.is_asked and place.id not in unsaid.called:
            raise FormatError(
                f"a call-out must find room within 8 mm of its symbol, got none for {place.id!r}: "
                "a larger figure or a smaller part of the map (--size, --extent) may have it"
            )


def _parts(outline: Polygon, view: View) -> list[Polygon]:
    """Return what lies in a view of an outline; nothing where it holds all of it, or is torn."""
    if not (shapely.is_valid(outline) and outline.area):
        return []
    inside = shapely.intersection(outline, view.polygon)
    if inside.area > _MOST_OF_VIEW * view.polygon.area:
        return []
    return [
        one for one in shapely.get_parts(inside) if isinstance(one, Polygon) and not one.is_empty
    ]
