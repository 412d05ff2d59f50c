"""The legend as drawn: icons of what is on the map, with words, in one or more columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import shapely

from mapview.briefing.figure.paper import (
    MM_PER_PT,
    XY,
    Canvas,
    CanvasPen,
    Face,
    clean,
    labelled,
    pixel_mm,
    say,
    wrap,
)
from mapview.briefing.figure.scene import SYMBOL_MM
from mapview.cartography import (
    AREAS,
    DRAWN,
    GROUND,
    INCIDENTS,
    OTHER,
    LegendEntry,
    icon,
    replay,
    short_count,
    size_circles,
)

__all__ = [
    "LegendBox",
    "LegendItem",
    "brief_items",
    "draw_legend",
    "legend_items",
    "set_legend",
    "with_counts",
    "with_pale",
]

# Sizes are in mm at letters of this size, in points, and grow with them.
_FACE_PT = 9
# A column begins with icons; the middle of an icon is so far inside it.
_ICON_MM = 8.0
_ICON_MIDDLE_MM = 3.1
# Labels are never cut in this many lines; a heading needs no more than two.
_MOST_LINES = 6
_MOST_HEADING_LINES = 2
# Between columns, whatever the size of letters.
_COLUMN_GAP_MM = 5.0
# Clear paper above a heading, which the first of a column does not need, and how far it is down.
_ABOVE_HEADING_MM = 2.2
_HEADING_DOWN_MM = 1.6
# Clear paper between items, the least height of one, and how much higher than its middle it seems.
_BETWEEN_MM = 0.9
_LEAST_ITEM_MM = 5.0
_ITEM_UP_MM = 0.2
# Around the circles that explain discs: above and below, before and after them.
_CIRCLE_PAD_MM = 1.2
_BELOW_CIRCLES_MM = 1.4
_BESIDE_CIRCLES_MM = 1.8
_BEFORE_CIRCLES_MM = 0.4
# Share of a line above its baseline.
_BASELINE = 0.76
# Of how many incidents a kind has: room for the number, the bar under the words, and
# the gap that holds it.
_NUMBER_MM = 6.0
_BAR_MM, _BELOW_COUNTED_MM = 0.5, 0.75
_SURE_ALPHA, _MAYBE_ALPHA = 0.6, 0.25
_RED = "alert"
_COUNTED = "Incidents on the map"
_PALE = "Pale: only possibly fits period and filter"
# Columns may be a tenth higher than equal ones, or two, and so on up to four times as high.
_TENTHS = range(10, 40)


@dataclass(frozen=True)
class LegendItem:
    """One line of the legend, or a heading.

    Attributes:
        form: "heading", "more", or the form of a `LegendEntry`.
        words: What it says.
        entry: What its icon shows.
        is_pale: Whether the icon is pale.
        is_red: Whether the icon is in the one colour that is not grey.
        count: How many incidents of the kind the maps show, certainly and at most; 0 for none told.
        share: The same as shares of those of the most frequent kind.
    """

    form: str
    words: str
    entry: LegendEntry | None = None
    is_pale: bool = False
    is_red: bool = False
    count: tuple[int, int] = (0, 0)
    share: tuple[float, float] = (0.0, 0.0)

    @property
    def number(self) -> str:
        """How many incidents, as it stands at the end of the line; empty where it is not told."""
        return short_count(*self.count) if self.count[1] else ""

    @property
    def circles(self) -> tuple[tuple[int, float], ...]:
        """Numbers and radii of the circles that explain discs."""
        return self.entry.circles if self.entry else ()


@dataclass(frozen=True)
class _Set:
    item: LegendItem
    lines: tuple[str, ...]
    height: float
    width: float = 0.0


@dataclass(frozen=True)
class LegendBox:
    """A legend that was set.

    Attributes:
        columns: Items a column, with their lines.
        height: What the highest column needs, in mm.
        column_mm: Width of a column.
        gap_mm: Between columns.
        face: Letters.
    """

    columns: tuple[tuple[_Set, ...], ...]
    height: float
    column_mm: float
    gap_mm: float
    face: Face


def legend_items(entries: Sequence[LegendEntry], most_groups: int) -> list[LegendItem]:
    """Return the legend's lines under their headings, with so many groups at most."""
    items: list[LegendItem] = []
    groups = [one for one in entries if one.form == "hatch"]
    hidden = groups[most_groups:] if len(groups) > most_groups + 1 else []
    for section, members in groupby(entries, key=lambda one: one.section):
        items.append(LegendItem("heading", section))
        named = [one for one in members if one not in hidden]
        items += [LegendItem(one.form, one.label, one) for one in named]
        if section == say(AREAS) and hidden:
            at = len(items) - sum(one.form != "hatch" for one in named)
            words = say("and {n} more, named on the map where there is room", n=len(hidden))
            items.insert(at, LegendItem("more", words))
    return items


def brief_items(entries: Sequence[LegendEntry]) -> list[LegendItem]:
    """Return the legend in few words for a small sheet: no headings, all groups as one."""
    groups = [one for one in entries if one.form == "hatch"]
    items = []
    for one in entries:
        if one.form == "hatch" and one is groups[0]:
            others = len(groups) - 1
            more = say("{group} and {n} more", group=one.label, n=others) if others else one.label
            items.append(LegendItem("hatch", labelled(say("Base areas"), more), one))
        elif one.form not in ("hatch", "edge"):
            items.append(LegendItem(one.form, one.brief, one))
    return items


def with_counts(
    items: Sequence[LegendItem],
    counts: Mapping[int, tuple[int, int]],
    red: tuple[str, int] | None,
) -> list[LegendItem]:
    """Return a legend that says how many incidents of each kind the maps show, the most first.

    It says too what is red, if anything is. Of a single kind there is nothing to compare.

    Args:
        items: The legend.
        counts: As in `Contents`, of the maps.
        red: As there.
    """
    if len(counts) == 1 and not red:
        return list(items)
    most = max((count for _, count in counts.values()), default=1)

    def counted(item: LegendItem) -> LegendItem:
        count = counts.get(item.entry.kind, (0, 0)) if item.entry else (0, 0)
        return replace(item, count=count, share=(count[0] / most, count[1] / most))

    def order(item: LegendItem) -> tuple[bool, int]:
        return (item.entry is not None and item.entry.kind == OTHER, -item.count[1])

    found: list[LegendItem] = []
    is_first = True
    for is_kind, members in groupby(items, key=lambda one: one.form == "symbol"):
        if not is_kind:
            found += members
            continue
        if is_first and red:
            words, kind = red
            entry = LegendEntry("", "symbol", words, kind)
            found.append(LegendItem("symbol", words, entry, is_red=True))
        is_first = False
        found += sorted(map(counted, members), key=order)
    return [_shorter(one) for one in found]


def _shorter(item: LegendItem) -> LegendItem:
    """Return an item in the words that stand beside numbers, whose lines are for these."""
    if (item.form, item.words) == ("heading", say(INCIDENTS)):
        return replace(item, words=say(_COUNTED))
    if item.form == "areadisc" and item.entry:
        return replace(item, words=item.entry.brief)
    return item


def with_pale(items: Sequence[LegendItem], kind: int | None) -> list[LegendItem]:
    """Return a legend that says too what pale marks are, if there are any.

    Args:
        items: The legend.
        kind: Of a pale mark, as an index into `DRAWN`.
    """
    if kind is None:
        return list(items)
    words, named = say(_PALE), say(GROUND)
    pale = LegendItem("symbol", words, LegendEntry("", "symbol", words, kind), is_pale=True)
    ground = (at for at, one in enumerate(items) if one.entry and one.entry.section == named)
    heading = (at for at, one in enumerate(items) if (one.form, one.words) == ("heading", named))
    at = next(heading, next(ground, len(items)))
    return [*items[:at], pale, *items[at:]]


def set_legend(items: Sequence[LegendItem], face: Face, width: float, columns: int) -> LegendBox:
    """Return the legend in lines and columns of about equal height."""
    gap = _COLUMN_GAP_MM
    column = (width - gap * (columns - 1)) / columns
    parts = [_set(item, face, column) for item in items]
    split: list[list[_Set]] = [list(parts)]
    if columns > 1:
        total = sum(one.height for one in parts)
        for tenth in _TENTHS:
            split = _split(parts, total / columns * tenth / 10)
            if len(split) <= columns:
                break
    height = max((sum(one.height for one in part) for part in split), default=0.0)
    return LegendBox(tuple(tuple(part) for part in split), height, column, gap, face)


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


def _set(item: LegendItem, face: Face, width: float) -> _Set:
    line = face.line_mm
    grown = face.size / _FACE_PT
    words = clean(item.words)
    if item.form == "heading":
        lines = wrap(words, face.in_bold, width, most=_MOST_HEADING_LINES)
        return _Set(item, tuple(lines), len(lines) * line + _ABOVE_HEADING_MM * grown)
    if item.circles:
        lines = wrap(words, face, width - _circles_width(item, grown), most=_MOST_LINES)
        largest = 2 * item.circles[-1][1] + _CIRCLE_PAD_MM
        height = max(len(lines) * line, largest) + _BELOW_CIRCLES_MM * grown
        return _Set(item, tuple(lines), height)
    beside = _NUMBER_MM * grown if item.number else 0.0
    lines = wrap(words, face, width - _ICON_MM * grown - beside, most=_MOST_LINES)
    between = _BELOW_COUNTED_MM if item.number else _BETWEEN_MM
    height = max(len(lines) * line + between * grown, _LEAST_ITEM_MM * grown)
    return _Set(item, tuple(lines), height, width)


def _circles_width(item: LegendItem, grown: float) -> float:
    width = size_circles(item.circles, point=MM_PER_PT * grown)[1]
    return width + _BESIDE_CIRCLES_MM * grown


def draw_legend(canvas: Canvas, legend: LegendBox, at: XY) -> None:
    """Draw a legend with its upper left corner at a point."""
    face = legend.face
    for index, column in enumerate(legend.columns):
        x, y = at[0] + index * (legend.column_mm + legend.gap_mm), at[1]
        for row, part in enumerate(column):
            is_first_heading = row == 0 and part.item.form == "heading"
            top = y - (_ABOVE_HEADING_MM * face.size / _FACE_PT if is_first_heading else 0)
            _draw_item(canvas, part, (x, top), face)
            y = top + part.height


def _draw_item(canvas: Canvas, part: _Set, at: XY, face: Face) -> None:
    grown = face.size / _FACE_PT
    (x, y), item = at, part.item
    if item.form == "heading":
        _lines(canvas, part.lines, (x, y + _HEADING_DOWN_MM * grown), face.in_bold)
        return
    if item.circles:
        middle = y + (part.height - _BELOW_CIRCLES_MM * grown) / 2
        _circles(canvas, item, (x, middle), grown)
        x += _circles_width(item, grown)
    else:
        middle = y + part.height / 2 - _ITEM_UP_MM * grown
        if item.entry:
            with canvas.faded(item.is_pale):
                icon_at = (x + _ICON_MIDDLE_MM * grown, middle)
                _draw_icon(canvas, item.entry, icon_at, grown, is_red=item.is_red)
        x += _ICON_MM * grown
        _draw_count(canvas, part, (x, middle), face)
    _lines(canvas, part.lines, (x, middle - len(part.lines) * face.line_mm / 2), face)


def _draw_count(canvas: Canvas, part: _Set, at: XY, face: Face) -> None:
    """Draw how many incidents a kind has: the number at the end of its line, a bar under it."""
    item, grown = part.item, face.size / _FACE_PT
    if not (item.number and item.entry):
        return
    (x, middle), right = at, at[0] + part.width - _ICON_MM * grown
    top = middle + len(part.lines) * face.line_mm / 2
    base = top - (1 - _BASELINE) * face.line_mm
    canvas.text((right, base), item.number, face.in_bold, "ink", align="right")
    long = part.width - (_ICON_MM + _NUMBER_MM) * grown
    color = DRAWN[item.entry.kind].color.light
    certain, possible = item.share
    # What only may fit is pale, as on maps.
    for start, end, alpha in ((0.0, certain, _SURE_ALPHA), (certain, possible, _MAYBE_ALPHA)):
        if start < end:
            bar = shapely.box(x + start * long, top, x + end * long, top + _BAR_MM * grown)
            canvas.shape(bar, fill=color, fill_alpha=alpha)


def _lines(canvas: Canvas, lines: Sequence[str], at: XY, face: Face) -> None:
    line = face.line_mm
    for row, words in enumerate(lines):
        canvas.text((at[0], at[1] + _BASELINE * line + row * line), words, face, "ink")


def _circles(canvas: Canvas, item: LegendItem, at: XY, grown: float) -> None:
    base = (at[0] + _BEFORE_CIRCLES_MM, at[1] + item.circles[-1][1])
    primitives, _ = size_circles(item.circles, point=MM_PER_PT * grown)
    replay(primitives, CanvasPen(canvas, base, 1, is_row=True))


def _draw_icon(
    canvas: Canvas, entry: LegendEntry, at: XY, grown: float, *, is_red: bool = False
) -> None:
    drawn, own = icon(entry), DRAWN[entry.kind].color.light
    if is_red:
        drawn = tuple(replace(one, fill=_RED) if one.fill == own else one for one in drawn)
    replay(drawn, CanvasPen(canvas, at, pixel_mm(SYMBOL_MM * grown)))
