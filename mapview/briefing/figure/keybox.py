"""The legend as drawn: icons of what is on the map, with words, in one or more columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from mapview.briefing.figure.canvas import Canvas
from mapview.briefing.figure.fonts import MM_PER_PT, Face, clean, line_height_mm, width_mm, wrap
from mapview.briefing.figure.ground import COLORS
from mapview.briefing.figure.hatching import draw_hatched, drawable_areas
from mapview.briefing.figure.legend import AREAS, CERTAINTY, LegendEntry
from mapview.briefing.figure.marks import Mark, Scale
from mapview.briefing.figure.projection import View
from mapview.briefing.figure.spots import AreaSpot
from mapview.briefing.figure.symbols import draw_disc, draw_least_ring, draw_symbol, short_number
from mapview.briefing.figure.topology import world

__all__ = ["Key", "KeyItem", "Present", "draw_key", "key_items", "present_in", "set_key"]

XY = tuple[float, float]

_ICON_MM = 8.0


@dataclass(frozen=True)
class KeyItem:
    """One line of the legend, a heading, or the three circles.

    Args:
        form: "heading", "circles", or the form of a `LegendEntry`.
        words: What it says.
        entry: What its icon shows.
        circles: Numbers of the three circles.
    """

    form: str
    words: str
    entry: LegendEntry | None = None
    circles: tuple[int, ...] = ()


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


@dataclass(frozen=True)
class Present:
    """What the frames of a figure really show, which only they know.

    Args:
        groups: Names of groups with a base area in a frame.
        has_wide: Whether any is hatched along its edge only.
        has_faded: Whether any is past its last citation.
        has_disputed: Whether a disputed border is in a frame.
    """

    groups: frozenset[str]
    has_wide: bool
    has_faded: bool
    has_disputed: bool

    def has(self, entry: LegendEntry) -> bool:
        """Whether an entry explains something in a frame."""
        flags = {"edge": self.has_wide, "faded": self.has_faded, "border": self.has_disputed}
        if entry.form == "hatch":
            return entry.label in self.groups
        return flags.get(entry.form, True)


def present_in(views: Sequence[View], areas: Sequence[AreaSpot]) -> Present:
    """Return what some frames show."""
    drawn = [one for view in views for one in drawable_areas(areas, view)]
    return Present(
        frozenset(one.area.group for one in drawn),
        any(one.is_wide for one in drawn),
        any(one.area.faded for one in drawn),
        any(view.shapes(world().disputed) for view in views),
    )


def key_items(
    entries: Sequence[LegendEntry], marks: Sequence[Mark], present: Present, most_groups: int
) -> list[KeyItem]:
    """Return the legend's lines under their headings, with discs if there are any on the map."""
    items: list[KeyItem] = []
    entries = [one for one in entries if present.has(one)]
    section = ""
    discs = sorted({mark.count for mark in marks if not mark.is_single})
    groups = [one for one in entries if one.form == "hatch"]
    hidden = groups[most_groups:] if len(groups) > most_groups + 1 else []
    shown = [one for one in entries if one not in hidden]
    has_certainty = any(one.section == CERTAINTY for one in shown)
    for entry in shown:
        if entry.section != section:
            if section == "Incidents" and discs and not has_certainty:
                items += _disc_items(discs, marks)
            section = entry.section
            if section == CERTAINTY and discs:
                items += _disc_items(discs, marks)
            items.append(KeyItem("heading", section))
        if entry.section == AREAS and entry.form == "edge" and hidden:
            count = len(hidden)
            items.append(KeyItem("more", f"and {count} more, named on the map where there is room"))
        items.append(KeyItem(entry.form, entry.label, entry))
    return items


def _disc_items(discs: Sequence[int], marks: Sequence[Mark]) -> list[KeyItem]:
    circles = tuple(sorted({discs[0], discs[len(discs) // 2], discs[-1]}))
    items = [KeyItem("circles", "Several incidents: area by their number, rim by kind",
                     circles=circles)]  # fmt: skip
    if any(mark.is_area and not mark.is_single for mark in marks):
        items.append(KeyItem("areadisc", "Several, none of them at a known place"))
    return items


def set_key(items: Sequence[KeyItem], face: Face, width: float, columns: int, scale: Scale) -> Key:
    """Return the legend in lines and columns of about equal height."""
    gap = 5.0
    column = (width - gap * (columns - 1)) / columns
    parts = [_set(item, face, column, scale) for item in items]
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
        after = (
            parts[index + 1].height if part.item.form == "heading" and index + 1 < len(parts) else 0
        )
        if columns[-1] and used + part.height + after > limit:
            columns.append([])
        columns[-1].append(part)
    return columns


def _icon(face: Face) -> float:
    return _ICON_MM * face.size / 9


def _set(item: KeyItem, face: Face, width: float, scale: Scale) -> _Set:
    line = line_height_mm(face)
    grown = face.size / 9
    words = clean(item.words)
    if item.form == "heading":
        bold = Face(face.size, bold=True)
        lines = wrap(words, bold, width, most=2)
        return _Set(item, tuple(lines), len(lines) * line + 2.2 * grown)
    if item.form == "circles":
        lines = wrap(words, face, width - _circles_width(item, scale, grown), most=6)
        largest = 2 * scale.disc(item.circles[-1]) + 1.2
        return _Set(item, tuple(lines), max(len(lines) * line, largest) + 1.4 * grown)
    lines = wrap(words, face, width - _icon(face), most=3)
    return _Set(item, tuple(lines), max(len(lines) * line + 0.9 * grown, 5.0 * grown))


def _circles_width(item: KeyItem, scale: Scale, grown: float) -> float:
    return sum(2 * scale.disc(n) + 0.9 for n in item.circles) + 1.8 * grown


def draw_key(canvas: Canvas, key: Key, at: XY, face: Face, scale: Scale) -> None:
    """Draw a legend with its upper left corner at a point."""
    for index, column in enumerate(key.columns):
        x, y = at[0] + index * (key.column_mm + key.gap_mm), at[1]
        for row, part in enumerate(column):
            top = y - (2.2 * face.size / 9 if row == 0 and part.item.form == "heading" else 0)
            _draw_item(canvas, part, (x, top), face, scale)
            y = top + part.height


def _draw_item(canvas: Canvas, part: _Set, at: XY, face: Face, scale: Scale) -> None:
    line = line_height_mm(face)
    grown = face.size / 9
    x, y = at
    item = part.item
    if item.form == "heading":
        bold = Face(face.size, bold=True)
        _lines(canvas, part.lines, (x, y + 1.6 * grown), bold, COLORS["ink"])
        return
    if item.form == "circles":
        middle = y + (part.height - 1.4 * grown) / 2
        _circles(canvas, item, (x, middle), scale)
        x += _circles_width(item, scale, grown)
    elif item.form != "more":
        middle = y + part.height / 2 - 0.2 * grown
        _draw_icon(canvas, item, (x + 2.9 * grown, middle), grown)
        x += _icon(face)
    else:
        middle = y + part.height / 2 - 0.2 * grown
        x += _icon(face)
    top = middle - len(part.lines) * line / 2
    _lines(canvas, part.lines, (x, top), face, COLORS["ink"])


def _lines(canvas: Canvas, lines: Sequence[str], at: XY, face: Face, color: str) -> None:
    line = line_height_mm(face)
    for row, words in enumerate(lines):
        canvas.text((at[0], at[1] + 0.76 * line + row * line), words, face, color)


def _circles(canvas: Canvas, item: KeyItem, at: XY, scale: Scale) -> None:
    x = at[0] + 0.4
    base = at[1] + scale.disc(item.circles[-1])
    for n in item.circles:
        r = scale.disc(n)
        x += r
        ring = shapely.Point(x, base - r).buffer(r, quad_segs=16)
        canvas.shape(ring, fill=COLORS["paper"], line=COLORS["ring"], width=0.35)
        face = Face(8.0 * scale.symbol / 1.75, bold=True)
        while face.size > 6 and width_mm(short_number(n), face) > 2 * r - 0.8:  # noqa: PLR2004
            face = Face(face.size - 0.5, bold=True)
        middle = base - r + 0.36 * face.size * MM_PER_PT
        canvas.text((x, middle), short_number(n), face, COLORS["ink"], align="center")
        x += r + 0.9


def _draw_icon(canvas: Canvas, item: KeyItem, at: XY, grown: float) -> None:
    symbol = 1.75 * grown
    entry = item.entry
    x, y = at
    if item.form == "areadisc":
        draw_disc(canvas, at, 1.35 * symbol * 0.8, "", [(0, 3), (1, 2), (3, 2)],
                  symbol=symbol, is_area=True)  # fmt: skip
    elif entry is None:
        return
    elif item.form in ("symbol", "hollow"):
        draw_symbol(canvas, at, symbol, entry.kind, entry.status)
    elif item.form == "ring":
        draw_least_ring(canvas, at, symbol * 0.92)
        draw_symbol(canvas, at, symbol * 0.8, entry.kind, 0)
    elif item.form == "province":
        _province_icon(canvas, at, grown, entry)
    elif item.form in ("hatch", "faded", "edge"):
        _hatch_icon(canvas, item.form, at, grown, entry.hatch)
    elif item.form == "border":
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
