"""The legend as native shapes and text, so that it can be edited, moved and taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from mapview.briefing.office import FontMetrics, clean, width_pt
from mapview.briefing.slides.boxes import Box, Para, add_text
from mapview.briefing.slides.pen import SlidePen, add_rectangle
from mapview.cartography import PALETTE, WIDTH, LegendEntry, icon, replay, size_circles

__all__ = ["draw_legend", "draw_line", "legend_height", "line_height"]

# Points a pixel of an icon, for each point of the letters beside it.
_SCALE: Final = 1 / 16
_GAP: Final = 8.0
_PAD: Final = 10.0
_ROW: Final = 1.55
# Of a legend in one line: above and below it, between entries, and for fonts that are wider.
_LINE_PAD: Final = 3.0
_APART: Final = 22.0
_SLACK: Final = 1.06
_MOST_LINES: Final = 6
_MOST_NAME: Final = 80
_SIZES: Final = (12.0, 11.0, 10.0, 9.0)
_INK: Final = PALETTE["ink"].light.lstrip("#")


@dataclass(frozen=True)
class _Row:
    """A heading, or an entry with its icon."""

    para: Para
    entry: LegendEntry | None
    height: float


def _rows(
    entries: Iterable[LegendEntry], width: float, size: float, face: FontMetrics
) -> list[_Row]:
    rows = []
    for section, members in groupby(entries, key=lambda one: one.section):
        heading = Para(section, size, is_bold=True, color=_INK, before=4)
        rows.append(_Row(heading, None, heading.height(width, face) + 2))
        for one in members:
            para = Para(one.label, size, color=_INK)
            room = width - _icon_width(one, size) - _GAP
            para = para.cut(room, _MOST_LINES, face)
            high = max(para.height(room, face) + 3, size * _ROW, _circles_height(one))
            rows.append(_Row(para, one, high))
    return rows


def legend_height(
    entries: Sequence[LegendEntry], width: float, face: FontMetrics, *, most: float
) -> tuple[float, float]:
    """Return how high a legend is, and the size of its letters that keeps it below a height.

    Args:
        entries: Its lines.
        width: Of its panel, in points.
        face: The font to measure with.
        most: Height that it should not pass, in points.
    """
    high = 0.0
    for size in _SIZES:
        rows = _rows(entries, width - 2 * _PAD, size, face)
        high = sum(row.height for row in rows) + 2 * _PAD
        if high <= most:
            return high, size
    return high, _SIZES[-1]


def draw_legend(
    shapes: Any, entries: Sequence[LegendEntry], box: Box, face: FontMetrics, *, size: float
) -> Any:
    """Draw a legend as one group on white paper, where its colours are right; return the group."""
    group = shapes.add_group_shape()
    group.name = "Legend"
    paper, line = PALETTE["paper"].light, PALETTE["province_line"].light
    add_rectangle(group.shapes, box, "Legend: paper", fill=paper, line=line)
    top = box.top + _PAD
    left, width = box.left + _PAD, box.width - 2 * _PAD
    for row in _rows(entries, width, size, face):
        if row.entry is None:
            place = Box(left, top + row.para.before, width, row.height - row.para.before)
            add_text(group.shapes, place, [replace(row.para, before=0)], "Legend: heading")
        else:
            place = Box(left, top, width, row.height)
            _draw_entry(group.shapes, row.entry, row.para, place, face)
        top += row.height
    return group


def line_height(entries: Sequence[LegendEntry], width: float, face: FontMetrics) -> float:
    """Return how high a legend in one line is, in points; 0 if it finds no room in a width."""
    if any(one.circles for one in entries) or sum(_widths(entries, face)) > width:
        return 0.0
    return _SIZES[0] * _ROW + 2 * _LINE_PAD


def draw_line(shapes: Any, entries: Sequence[LegendEntry], box: Box, face: FontMetrics) -> Any:
    """Draw a legend in one line without headings, as one group; return the group."""
    size = _SIZES[0]
    group = shapes.add_group_shape()
    group.name = "Legend"
    left = box.left
    for one, wide in zip(entries, _widths(entries, face), strict=True):
        place = replace(box, left=left, width=wide)
        _draw_entry(group.shapes, one, Para(one.label, size, color=_INK), place, face)
        left += wide
    return group


def _draw_entry(shapes: Any, entry: LegendEntry, para: Para, box: Box, face: FontMetrics) -> None:
    """Draw an entry within a box: its icon, and its words beside that, both in the middle."""
    wide = _icon_width(entry, para.size)
    _draw_icon(shapes, entry, replace(box, width=wide), para.size)
    room = box.width - wide - _GAP
    high = para.height(room, face)
    place = Box(box.left + wide + _GAP, box.top + (box.height - high) / 2, room, high)
    add_text(shapes, place, [para], "Legend: words")


def _widths(entries: Sequence[LegendEntry], face: FontMetrics) -> list[float]:
    """Return what each entry takes of a line, with the gap that follows."""
    size = _SIZES[0]
    return [
        _icon_width(one, size) + _GAP + width_pt(clean(one.label), size, face) * _SLACK + _APART
        for one in entries
    ]


def _icon_width(entry: LegendEntry, size: float) -> float:
    if entry.circles:
        return size_circles(entry.circles, point=1)[1]
    return WIDTH * size * _SCALE


def _circles_height(entry: LegendEntry) -> float:
    return 2 * entry.circles[-1][1] + 4 if entry.circles else 0.0


def _draw_icon(shapes: Any, entry: LegendEntry, box: Box, size: float) -> None:
    name = f"Symbol: {clean(entry.label)[:_MOST_NAME]}"
    middle = box.top + box.height / 2
    if entry.circles:
        pen = SlidePen(shapes, box.left, middle + entry.circles[-1][1], 1, name)
        replay(size_circles(entry.circles, point=1)[0], pen)
    else:
        pen = SlidePen(shapes, box.left + box.width / 2, middle, size * _SCALE, name)
        replay(icon(entry), pen)
