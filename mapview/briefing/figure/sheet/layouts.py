"""Layouts of a sheet: where title, map, insets, legend and notes stand, for any size and shape."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.errors import FormatError
from mapview.briefing.figure.paper.fonts import Face
from mapview.briefing.figure.paper.size import MOST_MM, Size
from mapview.briefing.figure.scene.spots import Cluster
from mapview.briefing.figure.sheet.arrange import (
    GAP_MM,
    Plan,
    beside_key,
    with_insets,
    without_insets,
)
from mapview.briefing.figure.sheet.contents import entries_shown
from mapview.briefing.figure.sheet.heading import set_heading
from mapview.briefing.figure.sheet.legend_box import Key, brief_items, key_items, set_key
from mapview.briefing.figure.sheet.notes import paragraphs, set_columns

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["bare_plan", "full_plan"]

_A4_MM = math.sqrt(297 * 210)

_SHRINK = (1.0, 0.92, 0.85, 0.78, 0.72)
_WIDE = 1.15
_WIDE_MM = 170
_NARROW_MM = 150
_LEAST_MAP = 0.3
_LEAST_BRIEF_MAP = 0.25
_MOST_KEY = 0.22
_GROUPS_AT_LEAST = 1
# Of a small sheet: gaps, and the least width of columns, before the size of letters.
_CLOSE_MM = 1.8
_BRIEF_MM = 42
_NOTES_MM = 75
# How a size grows until it is large enough, drawn as coarsely as may be.
_GROWTH = 1.04
_LEAST_DPI = 36


def _text_scale(size: Size) -> float:
    """Return how much larger letters are than on A4: they grow with the sheet, but more slowly."""
    relative = math.sqrt(size.width_mm * size.height_mm) / _A4_MM
    return min(2.6, max(1.0, math.pow(relative, 0.7)))


def _margin(size: Size) -> float:
    return min(14.0, max(4.0, 0.04 * min(size.width_mm, size.height_mm)))


def bare_plan(briefing: Briefing, size: Size) -> Plan:
    """Return the plan of a map without title, legend and notes."""
    edge = 0.3
    whole = (edge, edge, size.width_mm - edge, size.height_mm - edge)
    return with_insets(briefing, whole, _text_scale(size))


def full_plan(briefing: Briefing, size: Size) -> Plan:
    """Return the plan with the largest letters for which everything finds room.

    A sheet that is too small for everything says all in fewer words, a narrow one without insets.

    Raises:
        FormatError: If even that finds no room; it names the least size of that shape that does.
    """
    is_wide = size.width_mm >= _WIDE * size.height_mm and size.width_mm >= _WIDE_MM
    layouts = [(_wide_plan if is_wide else _tall_plan, one) for one in _SHRINK]
    for layout, shrink in [*layouts, *((_brief_plan, one) for one in _SHRINK)]:
        plan = layout(briefing, size, _text_scale(size) * shrink)
        if plan is not None:
            return plan
    least = _least_size(briefing, size)
    raise FormatError(
        f"a figure of this shape must be at least {least} mm for its legend and notes, got "
        f"{size.width_mm:.0f} x {size.height_mm:.0f} mm"
    )


def _least_size(briefing: Briefing, size: Size) -> str:
    """Return the least size of a shape that has room for everything in few words."""
    growth = 1.0
    while True:
        growth *= _GROWTH
        sides = (size.width_mm, size.height_mm)
        width, height = (min(MOST_MM, math.ceil(one * growth)) for one in sides)
        larger = Size(width, height, _LEAST_DPI)
        if _brief_plan(briefing, larger, _text_scale(larger) * _SHRINK[-1]) is not None:
            return f"{width} x {height}"


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
    key = _fitting_key(briefing, plan, width, key.height, key.height, columns) or key
    return replace(
        plan, heading=heading, key=(key, (left, key_top)), notes=(notes, (left, notes_top))
    )


def _brief_plan(briefing: Briefing, size: Size, text: float) -> Plan | None:
    """Map over the whole width, and below it a legend and notes in few words."""
    margin, face = _margin(size), Face(9.0 * text)
    left, right = margin, size.width_mm - margin
    width = right - left
    heading = set_heading(briefing, (left, margin), width, text, brief=True)
    top = heading.bottom + _CLOSE_MM
    least = _LEAST_BRIEF_MAP * size.height_mm
    columns = max(1, min(4, int((width + GAP_MM) / (_BRIEF_MM * text))))
    box = (left, top, right, top + least)
    # Only beside a wide map is there room for insets.
    share = with_insets if size.width_mm >= _WIDE_MM else without_insets
    unseen: list[Cluster] = []
    for _ in range(3):
        plan = share(briefing, box, text)
        said = paragraphs(briefing, unseen, short=True, brief=True)
        notes = set_columns(said, face, width, max(1, int(width / (_NOTES_MM * text))))
        items = brief_items(entries_shown(briefing, plan.shown))
        key = set_key(items, face, width, columns)
        notes_top = size.height_mm - margin - notes.height
        key_top = notes_top - _CLOSE_MM - key.height
        if key_top - _CLOSE_MM - top < least:
            return None
        box = (left, top, right, key_top - _CLOSE_MM)
        unseen = plan.scene.unseen(plan.views)
    return replace(
        share(briefing, box, text),
        heading=heading,
        key=(key, (left, key_top)),
        notes=(notes, (left, notes_top)),
    )
