"""The legend as native shapes and text, so that it can be edited, moved and taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from mapview.briefing.office.colors import rgb
from mapview.briefing.office.hatching import hatch_lines
from mapview.briefing.office.legend import RIM, disc_sector
from mapview.briefing.office.measure import ARIAL, EMU_PER_PT, FontMetrics, width_pt
from mapview.briefing.office.text import clean
from mapview.briefing.office.xml import add_child
from mapview.briefing.slides.boxes import Box, Para, add_text
from mapview.cartography.legend import LegendEntry
from mapview.cartography.numbers import short_number
from mapview.cartography.outlines import symbol_outline
from mapview.cartography.style import HATCHES, KINDS, PALETTE, STATUSES

__all__ = ["draw_legend", "legend_height"]

_ICON: Final = 30.0
_GAP: Final = 8.0
_PAD: Final = 10.0
_ROW: Final = 1.55
_RADIUS: Final = 6.2
_SMALL_RADIUS: Final = 4.4
_DISC_RADIUS: Final = 7.0
_APART: Final = 3.0
_MOST_LINES: Final = 6
_SIZES: Final = (12.0, 11.0, 10.0, 9.0)
_INK: Final = PALETTE["ink"].light.lstrip("#")

Vertices = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class _Line:
    """How an outline is drawn.

    Args:
        color: `#rrggbb`.
        width: In points.
        dash: As DrawingML calls it; empty for none.
    """

    color: str
    width: float
    dash: str = ""


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
        heading = Para(clean(section), size, is_bold=True, color=_INK, before=4)
        rows.append(_Row(heading, None, heading.height(width, face) + 2))
        for one in members:
            para = Para(clean(one.label), size, color=_INK)
            room = width - _icon_width(one) - _GAP
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
    panel = _rectangle(group.shapes, box, "Legend: paper")
    _fill(panel, PALETTE["paper"].light)
    _outline(panel, _Line(PALETTE["province_line"].light, 0.75))
    top = box.top + _PAD
    left, width = box.left + _PAD, box.width - 2 * _PAD
    for row in _rows(entries, width, size, face):
        if row.entry is None:
            place = Box(left, top + row.para.before, width, row.height - row.para.before)
            add_text(group.shapes, place, [replace(row.para, before=0)], "Legend: heading")
        else:
            icon = _icon_width(row.entry)
            _draw_icon(group.shapes, row.entry, Box(left, top, icon, row.height))
            room = width - icon - _GAP
            high = row.para.height(room, face)
            place = Box(left + icon + _GAP, top + (row.height - high) / 2, room, high)
            add_text(group.shapes, place, [row.para], "Legend: words")
        top += row.height
    return group


def _icon_width(entry: LegendEntry) -> float:
    if not entry.circles:
        return _ICON
    return sum(2 * radius + _APART for _, radius in entry.circles)


def _circles_height(entry: LegendEntry) -> float:
    return 2 * entry.circles[-1][1] + 4 if entry.circles else 0.0


def _draw_icon(shapes: Any, entry: LegendEntry, box: Box) -> None:
    x, y = box.left + _ICON / 2, box.top + box.height / 2
    if entry.form == "discs":
        _circles(shapes, entry, box)
    elif entry.form in ("symbol", "hollow"):
        _symbol(shapes, entry, x, y, _RADIUS)
    elif entry.form == "areadisc":
        _disc(shapes, x, y)
    elif entry.form == "ring":
        ring = _oval(shapes, x, y, 8.6, "Ring")
        ring.fill.background()
        _outline(ring, _Line(PALETTE["ring"].light, 1.0, "sysDash"))
        _symbol(shapes, entry, x, y, _SMALL_RADIUS)
    elif entry.form == "province":
        province = _rectangle(shapes, Box(x - 13, y - 8, 26, 16), "Province")
        _fill(province, PALETTE["tint"].light, alpha=25)
        _outline(province, _Line(PALETTE["ring"].light, 0.75, "dash"))
        _symbol(shapes, entry, x, y, _SMALL_RADIUS)
    elif entry.form == "border":
        way = [(x - 13, y + 5), (x - 7, y - 3), (x - 1, y + 2), (x + 5, y - 4), (x + 13, y)]
        border = _lines(shapes, [way], "Disputed border")
        _outline(border, _Line(PALETTE["disputed"].light, 1.5, "dash"))
    else:
        _hatched(shapes, entry, Box(x - 13, y - 7.5, 26, 15))


def _symbol(shapes: Any, entry: LegendEntry, x: float, y: float, radius: float) -> None:
    kind, status = KINDS[entry.kind], STATUSES[entry.status]
    outline = [(x + radius * dx, y + radius * dy) for dx, dy in symbol_outline(kind.shape)]
    shape = _lines(shapes, [outline], f"Symbol: {kind.label}", is_closed=True)
    if not status.hollow:
        _fill(shape, kind.color.light)
        _outline(shape, _Line(PALETTE["halo"].light, 0.75))
        return
    _fill(shape, PALETTE["paper"].light)
    _outline(shape, _Line(kind.color.light, 1.5, "sysDash" if status.mark else ""))
    if status.mark:
        place = Box(x + radius + 0.5, y - radius - 4, 8, 12)
        add_text(shapes, place, [Para(status.mark, 9, is_bold=True, color=_INK)], "Mark")


def _disc(shapes: Any, x: float, y: float) -> None:
    for index in range(len(RIM)):
        color, outline = disc_sector(index, _DISC_RADIUS)
        moved = [(x + dx, y + dy) for dx, dy in outline]
        sector = _lines(shapes, [moved], "Disc: rim", is_closed=True)
        _fill(sector, color)
        sector.line.fill.background()
    middle = _oval(shapes, x, y, _DISC_RADIUS - 2.6, "Disc: paper")
    _fill(middle, PALETTE["paper"].light)
    middle.line.fill.background()
    ring = _oval(shapes, x, y, _DISC_RADIUS + 2, "Disc: no known place")
    ring.fill.background()
    _outline(ring, _Line(PALETTE["ring"].light, 0.75, "sysDash"))


def _circles(shapes: Any, entry: LegendEntry, box: Box) -> None:
    """Draw circles as large as discs on the map, with their numbers, on one line."""
    x, base = box.left, box.top + box.height / 2 + entry.circles[-1][1]
    for count, radius in entry.circles:
        circle = _oval(shapes, x + radius, base - radius, radius, f"Disc of {count:,} incidents")
        _fill(circle, PALETTE["paper"].light)
        _outline(circle, _Line(PALETTE["ring"].light, 1.0))
        words = short_number(count)
        size = min(8.0, max(5.0, 3.0 * radius / len(words)))
        room = width_pt(words, size, ARIAL.bold)
        place = Box(x + radius - room / 2, base - radius - 0.6 * size, room + 2, 1.2 * size)
        add_text(shapes, place, [Para(words, size, is_bold=True, color=_INK)], "Disc: number")
        x += 2 * radius + _APART


def _hatched(shapes: Any, entry: LegendEntry, box: Box) -> None:
    hatch = HATCHES[entry.hatch % len(HATCHES)]
    color, is_faded = hatch.color.light, entry.form == "faded"
    ground = _rectangle(shapes, box, f"Hatch: {clean(entry.label)[:80]}")
    if entry.form == "edge":
        ground.fill.background()
    else:
        _fill(ground, color, alpha=3 if is_faded else 8)
    rim = _Line(color, 1.0, "sysDot") if is_faded else _Line(color, 1.0)
    _outline(ground, rim)
    edge = 4.0 if entry.form == "edge" else None
    # A pixel on the screen is three quarters of a point.
    spacing = hatch.spacing_px * 0.75
    found = hatch_lines(box.width, box.height, hatch.angle, spacing, edge=edge)
    moved = [[(box.left + px, box.top + py) for px, py in line] for line in found]
    if moved:
        lines = _lines(shapes, moved, "Hatch: lines")
        _outline(lines, _Line(color, 0.5 if is_faded else 0.8))


def _lines(shapes: Any, lines: Sequence[Vertices], name: str, *, is_closed: bool = False) -> Any:
    """Draw lines as one freeform."""
    first = lines[0][0]
    builder = shapes.build_freeform(*_emu(first))
    for index, line in enumerate(lines):
        if index:
            builder.move_to(*_emu(line[0]))
        builder.add_line_segments([_emu(point) for point in line[1:]], close=is_closed)
    shape = builder.convert_to_shape()
    _plain(shape, name)
    if not is_closed:
        shape.fill.background()
    return shape


def _emu(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0] * EMU_PER_PT), round(point[1] * EMU_PER_PT)


def _rectangle(shapes: Any, box: Box, name: str) -> Any:
    from pptx.enum.shapes import MSO_SHAPE

    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    _plain(shape, name)
    return shape


def _oval(shapes: Any, x: float, y: float, radius: float, name: str) -> Any:
    from pptx.enum.shapes import MSO_SHAPE

    box = Box(x - radius, y - radius, 2 * radius, 2 * radius)
    shape = shapes.add_shape(MSO_SHAPE.OVAL, *box.emu)
    _plain(shape, name)
    return shape


def _plain(shape: Any, name: str) -> None:
    """Name a shape, and take away the shadow that themes give to shapes."""
    shape.name = name
    element = shape._element  # noqa: SLF001 - python-pptx cannot remove a style
    for style in element.findall("{*}style"):
        element.remove(style)


def _fill(shape: Any, color: str, *, alpha: int = 100) -> None:

    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(color)
    if alpha < 100:  # noqa: PLR2004 - per cent
        tone = shape._element.spPr.find(".//{*}srgbClr")  # noqa: SLF001 - no name for it
        add_child(tone, "alpha", val=str(alpha * 1000))


def _outline(shape: Any, line: _Line) -> None:
    from pptx.util import Pt

    shape.line.color.rgb = rgb(line.color)
    shape.line.width = Pt(line.width)
    if line.dash:
        element = shape.line._ln  # noqa: SLF001 - python-pptx writes dashes in another place
        add_child(element, "prstDash", val=line.dash)
