"""The sheet: a plan drawn from the ground up to its notes, and written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mapview.briefing.figure.legend import LegendEntry
from mapview.briefing.figure.map.drawing import MapStyle, draw_map
from mapview.briefing.figure.map.ground import COLORS
from mapview.briefing.figure.paper.canvas import Canvas, drawing
from mapview.briefing.figure.paper.fonts import Face, clean, cut, width_mm
from mapview.briefing.figure.paper.size import Size
from mapview.briefing.figure.scene.frames import outline_on
from mapview.briefing.figure.scene.projection import Box
from mapview.briefing.figure.sheet.arrange import Plan
from mapview.briefing.figure.sheet.contents import entries_shown
from mapview.briefing.figure.sheet.heading import draw_heading
from mapview.briefing.figure.sheet.layouts import bare_plan, full_plan
from mapview.briefing.figure.sheet.legend_box import draw_key
from mapview.briefing.figure.sheet.notes import draw_columns
from mapview.briefing.progress import Progress

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["draw_alone", "draw_sheet"]


def draw_sheet(briefing: Briefing, kind: str, size: Size, progress: Progress) -> bytes:
    """Return a figure; see `mapview.briefing.figure.draw_figure`."""
    progress.step(0.0, "Laying out the figure")
    with drawing():
        plan = full_plan(briefing, size)
        return _written(plan, briefing, kind, size, progress)


def draw_alone(
    briefing: Briefing, kind: str, size: Size, progress: Progress
) -> tuple[bytes, list[LegendEntry]]:
    """Return a map and its legend; see `mapview.briefing.figure.draw_map_alone`."""
    progress.step(0.0, "Laying out the map")
    with drawing():
        plan = bare_plan(briefing, size)
        content = _written(plan, briefing, kind, size, progress)
        return content, entries_shown(briefing, plan.shown)


def _written(plan: Plan, briefing: Briefing, kind: str, size: Size, progress: Progress) -> bytes:
    progress.step(0.3, "Drawing the map")
    canvas = Canvas(size, kind, COLORS["paper"])
    _draw(canvas, plan, briefing, progress)
    progress.step(0.8, f"Writing the {kind.upper()}")
    content = canvas.finish(briefing.title, COLORS["label_halo"])
    progress.step(1.0, "Figure drawn")
    return content


def _draw(canvas: Canvas, plan: Plan, briefing: Briefing, progress: Progress) -> None:
    views, scene = plan.views, plan.scene
    style = MapStyle(plan.text, has_locator=not scene.insets, message=_message(briefing))
    inset_style = replace(style, is_inset=True, message="", most=plan.shown.most)
    framed = list(zip(scene.insets, views[1:], strict=True))
    outlines = [outline_on(views[0], view) for inset, view in framed if inset.enlarges]
    draw_map(canvas, views[0], scene.spots, scene.areas, style, outlines)
    for inset, view in framed:
        progress.step(0.6, "Drawing insets")
        draw_map(canvas, view, scene.spots, scene.areas, inset_style)
        _draw_inset_title(canvas, inset.titles, view.box, plan.text)
    if plan.heading:
        draw_heading(canvas, plan.heading)
    if plan.key:
        draw_key(canvas, *plan.key, Face(9.0 * plan.text))
    if plan.notes:
        draw_columns(canvas, *plan.notes)


def _draw_inset_title(canvas: Canvas, titles: Sequence[str], box: Box, text: float) -> None:
    face, room = Face(9.0 * text, bold=True), box[2] - box[0]
    fitting = (one for one in map(clean, titles) if width_mm(one, face) <= room)
    words = next(fitting, None) or cut(clean(titles[-1]), face, room)
    canvas.text((box[0], box[1] - 1.2 * text), words, face, COLORS["ink"])


def _message(briefing: Briefing) -> str:
    counts = briefing.counts
    if counts.placed or counts.areas_drawn:
        return ""
    if not counts.shown:
        return "No incident was found."
    return "None of the incidents found could be placed on the map."
