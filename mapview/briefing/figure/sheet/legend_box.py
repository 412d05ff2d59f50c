"""The legend as drawn: icons of what is on the map, with words, in one or more columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import shapely

from mapview.briefing.figure.legend import AREAS, LegendEntry
from mapview.briefing.figure.map.ground import COLORS
from mapview.briefing.figure.map.hatching import draw_hatched
from mapview.briefing.figure.map.symbols import draw_disc, draw_least_ring, draw_symbol
from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.paper.fonts import (
    MM_PER_PT,
    Face,
    clean,
    line_height_mm,
    width_mm,
    wrap,
)
from mapview.cartography.numbers import short_number
from mapview.cartography.style import STATUSES

__all__ = ["Key", "KeyItem", "brief_items", "draw_key", "key_items", "set_key"]

XY = tuple[float, float]

_ICON_MM = 8.0
_MOST_LINES = 6
_BRIEF = {
    "discs": "Several incidents",
    "areadisc": "Several, no known place",
    "ring": "Somewhere in the ring",
    "province": "Somewhere in the province",
    "faded": "After its last source",
}


@dataclass(frozen=True)
class KeyItem:
    """One line of the legend, or a heading.

    Args:
        form: "heading", "more", or the form of a `LegendEntry`.
        words: What it says.
        entry: What its icon shows.
    """

    form: str
    words: str
    entry: LegendEntry | None = None

    @property
    def circles(self) -> tuple[tuple[int, float], ...]:
        """Numbers and radii of the circles that explain discs."""
        return self.entry.circles if self.entry else ()


@dataclass(frozen=True)
class _Set:
    item: KeyItem
    lines: tuple[str, ...]
    height: float


@dataclass(frozen=True)
class Key:
    """A legend that was set.

    Args:
        columns: Items a column, with their lines.
        height: What the highest column needs, in mm.
        column_mm: Width of a column.
        gap_mm: Between columns.
    """

    columns: tuple[tuple[_Set, ...], ...]
    height: float
    column_mm: float
    gap_mm: float


def key_items(entries: Sequence[LegendEntry], most_groups: int) -> list[KeyItem]:
    """Return the legend's lines under their headings, with so many groups at most."""
    items: list[KeyItem] = []
    groups = [one for one in entries if one.form == "hatch"]
    hidden = groups[most_groups:] if len(groups) > most_groups + 1 else []
    for section, members in groupby(entries, key=lambda one: one.section):
        items.append(KeyItem("heading", section))
        shown = [one for one in members if one not in hidden]
        items += [KeyItem(one.form, one.label, one) for one in shown]
        if section == AREAS and hidden:
            at = len(items) - sum(one.form != "hatch" for one in shown)
            words = f"and {len(hidden)} more, named on the map where there is room"
            items.insert(at, KeyItem("more", words))
    return items


def brief_items(entries: Sequence[LegendEntry]) -> list[KeyItem]:
    """Return the legend in few words for a small sheet: no headings, all groups as one."""
    groups = [one for one in entries if one.form == "hatch"]
    items = []
    for one in entries:
        if one.form == "hatch" and one is groups[0]:
            others = len(groups) - 1
            more = f"{one.label} and {others} more" if others else one.label
            items.append(KeyItem("hatch", f"Base areas: {more}", one))
        elif one.form == "hollow":
            items.append(KeyItem("hollow", STATUSES[one.status].id.capitalize(), one))
        elif one.form not in ("hatch", "edge"):
            items.append(KeyItem(one.form, _BRIEF.get(one.form, one.label), one))
    return items


def set_key(items: Sequence[KeyItem], face: Face, width: float, columns: int) -> Key:
    """Return the legend in lines and columns of about equal height."""
    gap = 5.0
    column = (width - gap * (columns - 1)) / columns
    parts = [_set(item, face, column) for item in items]
    split: list[list[_Set]] = [list(parts)]
    if columns > 1:
        total = sum(one.height for one in parts)
        for tenth in range(10, 40):
            split = _split(parts, total / columns * tenth / 10)
            if len(split) <= columns:
                break
    height = max((sum(one.height for one in part) for part in split), default=0.0)
    return Key(tuple(tuple(part) for part in split), height, column, gap)


def _split(parts: Sequence[_Set], limit: float) -> list[list[_Set]]:
    columns: list[list[_Set]] = [[]]
    for index, part in enumerate(parts):
        used = sum(one.height for one in columns[-1])
        # A heading never ends a column.
        is_heading = part.item.form == "heading"
        after = parts[index + 1].height if is_heading else 0
        is_led = bool(columns[-1]) and columns[-1][-1].item.form == "heading"
        if columns[-1] and not is_led and used + part.height + after > limit:
            columns.append([])
        columns[-1].append(part)
    return columns


def _icon(face: Face) -> float:
    return _ICON_MM * face.size / 9


def _set(item: KeyItem, face: Face, width: float) -> _Set:
    line = line_height_mm(face)
    grown = face.size / 9
    words = clean(item.words)
    if item.form == "heading":
        bold = Face(face.size, bold=True)
        lines = wrap(words, bold, width, most=2)
        return _Set(item, tuple(lines), len(lines) * line + 2.2 * grown)
    if item.circles:
        lines = wrap(words, face, width - _circles_width(item, grown), most=_MOST_LINES)
        largest = 2 * item.circles[-1][1] + 1.2
        return _Set(item, tuple(lines), max(len(lines) * line, largest) + 1.4 * grown)
    lines = wrap(words, face, width - _icon(face), most=_MOST_LINES)
    return _Set(item, tuple(lines), max(len(lines) * line + 0.9 * grown, 5.0 * grown))


def _circles_width(item: KeyItem, grown: float) -> float:
    return sum(2 * radius + 0.9 for _, radius in item.circles) + 1.8 * grown


def draw_key(canvas: Canvas, key: Key, at: XY, face: Face) -> None:
    """Draw a legend with its upper left corner at a point."""
    for index, column in enumerate(key.columns):
        x, y = at[0] + index * (key.column_mm + key.gap_mm), at[1]
        for row, part in enumerate(column):
            top = y - (2.2 * face.size / 9 if row == 0 and part.item.form == "heading" else 0)
            _draw_item(canvas, part, (x, top), face)
            y = top + part.height


def _draw_item(canvas: Canvas, part: _Set, at: XY, face: Face) -> None:
    line = line_height_mm(face)
    grown = face.size / 9
    x, y = at
    item = part.item
    if item.form == "heading":
        bold = Face(face.size, bold=True)
        _lines(canvas, part.lines, (x, y + 1.6 * grown), bold, COLORS["ink"])
        return
    if item.circles:
        middle = y + (part.height - 1.4 * grown) / 2
        _circles(canvas, item, (x, middle), grown)
        x += _circles_width(item, grown)
    else:
        middle = y + part.height / 2 - 0.2 * grown
        if item.entry:
            _draw_icon(canvas, item.entry, (x + 2.9 * grown, middle), grown)
        x += _icon(face)
    top = middle - len(part.lines) * line / 2
    _lines(canvas, part.lines, (x, top), face, COLORS["ink"])


def _lines(canvas: Canvas, lines: Sequence[str], at: XY, face: Face, color: str) -> None:
    line = line_height_mm(face)
    for row, words in enumerate(lines):
        canvas.text((at[0], at[1] + 0.76 * line + row * line), words, face, color)


def _circles(canvas: Canvas, item: KeyItem, at: XY, grown: float) -> None:
    x = at[0] + 0.4
    base = at[1] + item.circles[-1][1]
    for n, r in item.circles:
        x += r
        ring = shapely.Point(x, base - r).buffer(r, quad_segs=16)
        canvas.shape(ring, fill=COLORS["paper"], line=COLORS["ring"], width=0.35)
        face = Face(8.0 * grown, bold=True)
        while face.size > 6 and width_mm(short_number(n), face) > 2 * r - 0.8:  # noqa: PLR2004
            face = Face(face.size - 0.5, bold=True)
        middle = base - r + 0.36 * face.size * MM_PER_PT
        canvas.text((x, middle), short_number(n), face, COLORS["ink"], align="center")
        x += r + 0.9


def _draw_icon(canvas: Canvas, entry: LegendEntry, at: XY, grown: float) -> None:
    symbol = 1.75 * grown
    x, y = at
    if entry.form == "areadisc":
        draw_disc(canvas, at, 1.35 * symbol * 0.8, "", [(0, 3), (1, 2), (3, 2)],
                  symbol=symbol, is_area=True)  # fmt: skip
    elif entry.form in ("symbol", "hollow"):
        draw_symbol(canvas, at, symbol, entry.kind, entry.status)
    elif entry.form == "ring":
        draw_least_ring(canvas, at, symbol * 0.92)
        draw_symbol(canvas, at, symbol * 0.8, entry.kind, 0)
    elif entry.form == "province":
        _province_icon(canvas, at, grown, entry)
    elif entry.form in ("hatch", "faded", "edge"):
        _hatch_icon(canvas, entry.form, at, grown, entry.hatch)
    elif entry.form == "border":
        wave = [(x + (i / 10 - 1) * 2.8 * grown, y + 0.8 * grown * math.sin(i / 3.4))
                for i in range(21)]  # fmt: skip
        canvas.line(wave, COLORS["border"], 0.34, dash=(1.1, 0.8))


def _province_icon(canvas: Canvas, at: XY, grown: float, entry: LegendEntry) -> None:
    x, y = at
    box = shapely.box(x - 2.9 * grown, y - 2.1 * grown, x + 2.9 * grown, y + 2.1 * grown)
    canvas.shape(
        box, fill=COLORS["tint"], fill_alpha=0.22, line=COLORS["ring"], width=0.22, dash=(1.1, 0.7)
    )
    draw_symbol(canvas, at, 1.75 * grown * 0.85, entry.kind, 0, is_area=True)


def _hatch_icon(canvas: Canvas, form: str, at: XY, grown: float, hatch: int) -> None:
    x, y = at
    w, h = 2.9 * grown, 1.7 * grown
    frame = shapely.box(x - w, y - h, x + w, y + h)
    if form == "edge":
        corner = shapely.box(x - w, y - h, x + 6 * w, y + 8 * h)
        draw_hatched(canvas, corner, hatch, faded=False, wide=True, frame=frame)
        return
    draw_hatched(canvas, frame, hatch, faded=form == "faded", wide=False)
