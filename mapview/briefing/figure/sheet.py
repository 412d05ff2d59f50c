"""The sheet: where title, map, insets, legend and notes stand, for any size and shape of paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.errors import FormatError
from mapview.briefing.figure.arrange import GAP_MM, Plan, beside_key, with_insets
from mapview.briefing.figure.canvas import Canvas, drawing
from mapview.briefing.figure.fonts import Face, clean, cut, width_mm
from mapview.briefing.figure.frames import outline_on
from mapview.briefing.figure.ground import COLORS
from mapview.briefing.figure.heading import draw_heading, set_heading
from mapview.briefing.figure.keybox import Key, draw_key, key_items, set_key
from mapview.briefing.figure.legend import LegendEntry
from mapview.briefing.figure.mapping import MapStyle, draw_map, draw_message
from mapview.briefing.figure.notes import draw_columns, paragraphs, set_columns
from mapview.briefing.figure.projection import Box
from mapview.briefing.figure.shown import entries_shown
from mapview.briefing.figure.size import Size
from mapview.briefing.figure.spots import Cluster
from mapview.briefing.progress import Progress

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["draw_alone", "draw_sheet"]

A4_MM = math.sqrt(297 * 210)
XY = tuple[float, float]

_SHRINK = (1.0, 0.92, 0.85, 0.78, 0.72)
_WIDE = 1.15
_WIDE_MM = 170
_NARROW_MM = 150
_LEAST_MAP = 0.3
_MOST_KEY = 0.22
_GROUPS_AT_LEAST = 1


def draw_sheet(briefing: Briefing, kind: str, size: Size, progress: Progress) -> bytes:
    """Return a figure; see `mapview.briefing.figure.draw_figure`."""
    progress.step(0.0, "Laying out the figure")
    with drawing():
        plan = _full_plan(briefing, size)
        return _written(plan, briefing, kind, size, progress)


def draw_alone(
    briefing: Briefing, kind: str, size: Size, progress: Progress
) -> tuple[bytes, list[LegendEntry]]:
    """Return a map and its legend; see `mapview.briefing.figure.draw_map_alone`."""
    progress.step(0.0, "Laying out the map")
    with drawing():
        plan = _bare_plan(briefing, size)
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
    style = MapStyle(plan.text, has_locator=not scene.insets)
    inset_style = replace(style, is_inset=True, most=plan.shown.most)
    framed = list(zip(scene.insets, views[1:], strict=True))
    outlines = [outline_on(views[0], view) for inset, view in framed if inset.enlarges]
    draw_map(canvas, views[0], scene.spots, scene.areas, style, outlines)
    message = _message(briefing)
    if message:
        draw_message(canvas, views[0], message, style)
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


def _text_scale(size: Size) -> float:
    """Return how much larger letters are than on A4: they grow with the sheet, but more slowly."""
    relative = math.sqrt(size.width_mm * size.height_mm) / A4_MM
    return min(2.6, max(1.0, math.pow(relative, 0.7)))


def _margin(size: Size) -> float:
    return min(14.0, max(4.0, 0.04 * min(size.width_mm, size.height_mm)))


def _bare_plan(briefing: Briefing, size: Size) -> Plan:
    edge = 0.3
    whole = (edge, edge, size.width_mm - edge, size.height_mm - edge)
    return with_insets(briefing, whole, _text_scale(size))


def _full_plan(briefing: Briefing, size: Size) -> Plan:
    """Return the plan with the largest letters for which everything finds room."""
    is_wide = size.width_mm >= _WIDE * size.height_mm and size.width_mm >= _WIDE_MM
    for shrink in _SHRINK:
        text = _text_scale(size) * shrink
        plan = (_wide_plan if is_wide else _tall_plan)(briefing, size, text)
        if plan is not None:
            return plan
    raise FormatError(
        "a figure must be large enough for its legend and notes, got "
        f"{size.width_mm:.0f} x {size.height_mm:.0f} mm"
    )


def _fitting_key(  # noqa: PLR0917 - a legend has all of these
    briefing: Briefing, plan: Plan, width: float, wanted: float, most: float, columns: int = 1
) -> Key | None:
    """Return the legend with as many groups as there is room for.

    Args:
        briefing: What there is.
        plan: What the frames show.
        width: Of the legend.
        wanted: Height that it should not exceed; groups are left out for that.
        most: Height that it must not exceed.
        columns: Number of columns.
    """
    entries = entries_shown(briefing, plan.shown)
    groups = sum(one.form == "hatch" for one in entries)
    for shown in range(groups, min(groups, _GROUPS_AT_LEAST) - 1, -1):
        key = set_key(key_items(entries, shown), Face(9.0 * plan.text), width, columns)
        if key.height <= wanted:
            return key
    return key if key.height <= most else None


def _wide_plan(briefing: Briefing, size: Size, text: float) -> Plan | None:
    """Map to the left, legend in a column to the right, notes below."""
    margin, face = _margin(size), Face(9.0 * text)
    left, right = margin, size.width_mm - margin
    heading = set_heading(briefing, (left, margin), right - left, text)
    key_mm = min(0.27 * size.width_mm, 58 * text)
    top = heading.bottom + GAP_MM * 0.6
    unseen: list[Cluster] = []
    # The notes name what no frame shows, and the frames have what room the notes leave.
    for _ in range(2):
        notes = set_columns(
            paragraphs(briefing, unseen, short=size.width_mm < _NARROW_MM), face, right - left, 2
        )
        bottom = size.height_mm - margin - notes.height - GAP_MM * 0.6
        box = (left, top, right - key_mm - 5.0, bottom)
        if bottom - top < _LEAST_MAP * size.height_mm:
            return None
        plan = with_insets(briefing, box, text)
        fitting = _fitting_key(briefing, plan, key_mm, bottom - top, bottom - top)
        if fitting is None:
            return None
        key = fitting
        column = (box[2] + 5.0, top + key.height + GAP_MM, right, bottom)
        plan = beside_key(plan, box, column) or plan
        unseen = plan.scene.unseen(plan.views)
        if not unseen:
            break
    key = _fitting_key(briefing, plan, key_mm, bottom - top, bottom - top) or key
    notes_at = (left, size.height_mm - margin - notes.height)
    return replace(plan, heading=heading, key=(key, (column[0], top)), notes=(notes, notes_at))


def _tall_plan(briefing: Briefing, size: Size, text: float) -> Plan | None:
    """Map over the whole width, legend in columns under it, notes below."""
    margin, face = _margin(size), Face(9.0 * text)
    left, right = margin, size.width_mm - margin
    width = right - left
    heading = set_heading(briefing, (left, margin), width, text)
    top = heading.bottom + GAP_MM * 0.6
    columns = max(1, min(4, int((width + GAP_MM) / (42 * text))))
    least = _LEAST_MAP * size.height_mm
    box = (left, top, right, top + least)
    unseen: list[Cluster] = []
    # The legend depends on the map's discs, the notes on its frame, and its height on both.
    for _ in range(3):
        notes = set_columns(
            paragraphs(briefing, unseen, short=size.width_mm < _NARROW_MM),
            face,
            width,
            min(columns, 2),
        )
        notes_top = size.height_mm - margin - notes.height
        plan = with_insets(briefing, box, text)
        most = notes_top - top - least
        # Rather fewer groups than a small map.
        wanted = min(most, _MOST_KEY * size.height_mm)
        fitting = _fitting_key(briefing, plan, width, wanted, most, columns)
        if fitting is None:
            return None
        key = fitting
        key_top = notes_top - GAP_MM * 0.8 - key.height
        unseen = plan.scene.unseen(plan.views)
        box = (left, top, right, key_top - GAP_MM * 0.8)
    plan = with_insets(briefing, box, text)
    return replace(
        plan, heading=heading, key=(key, (left, key_top)), notes=(notes, (left, notes_top))
    )
