"""Small pictures of the map's symbols, for the legend of a document."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from mapview.briefing.office.hatching import hatch_lines
from mapview.briefing.office.legend import RIM, disc_sector
from mapview.cartography.legend import LegendEntry
from mapview.cartography.numbers import short_number
from mapview.cartography.outlines import symbol_outline
from mapview.cartography.style import HATCHES, KINDS, PALETTE, STATUSES

if TYPE_CHECKING:
    from PIL import ImageDraw

__all__ = ["HEIGHT", "WIDTH", "draw_circles", "draw_icon"]

# In points.
WIDTH, HEIGHT = 30.0, 18.0
# Pixels a point: drawn larger, then made smaller, so that edges are smooth.
_SHOWN, _DRAWN = 5, 20
_RADIUS, _SMALL_RADIUS, _DISC_RADIUS = 6.2, 4.4, 6.6
_APART: Final = 3.0
_DASH: Final = 2.2

Vertices = Sequence[tuple[float, float]]


class _Pen:
    """Draws in points on a picture of pixels."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw

    def fill(self, points: Vertices, color: str, share: float = 1.0) -> None:
        """Fill an outline; a share of the colour is mixed into white."""
        self._draw.polygon(_pixels(points), fill=_mixed(color, share))

    def line(self, points: Vertices, color: str, width: float, dash: float = 0) -> None:
        """Draw a line, dashed when a length is given."""
        for piece in _dashes(points, dash) if dash else [points]:
            self._draw.line(_pixels(piece), fill=color, width=round(width * _DRAWN), joint="curve")

    def mark(self, text: str, x: float, y: float, size: float = 8) -> None:
        """Write a letter beside a symbol, or a number around a point."""
        from mapview.briefing.office.measure import font

        letters = font(is_bold=True).font_variant(size=round(size * _DRAWN))
        self._draw.text((x * _DRAWN, y * _DRAWN), text, PALETTE["ink"].light, letters, anchor="mm")


def draw_icon(entry: LegendEntry) -> bytes:
    """Return the icon of a line of the legend as a PNG."""
    return _picture(WIDTH, HEIGHT, partial(_draw_icon, entry))


def draw_circles(entry: LegendEntry) -> tuple[bytes, float, float]:
    """Return circles as large as discs on the map, as a PNG, and its width and height in points."""
    largest = entry.circles[-1][1]
    width = sum(2 * radius + _APART for _, radius in entry.circles) + 1
    height = 2 * largest + 2
    return _picture(width, height, partial(_draw_circles, entry, height - 1)), width, height


def _draw_circles(entry: LegendEntry, base: float, pen: _Pen) -> None:
    x = 1.0
    for count, radius in entry.circles:
        middle = base - radius
        pen.line(_circle(x + radius, middle, radius - 0.5), PALETTE["ring"].light, 1.0)
        words = short_number(count)
        pen.mark(words, x + radius, middle, min(8.0, max(5.0, 3.0 * radius / len(words))))
        x += 2 * radius + _APART


def _picture(width: float, height: float, draw: Callable[[_Pen], None]) -> bytes:
    from PIL import Image, ImageDraw

    size = round(width * _DRAWN), round(height * _DRAWN)
    image = Image.new("RGB", size, PALETTE["paper"].light)
    draw(_Pen(ImageDraw.Draw(image)))
    shown = image.resize((round(width * _SHOWN), round(height * _SHOWN)), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    shown.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _draw_icon(entry: LegendEntry, pen: _Pen) -> None:
    x, y = WIDTH / 2, HEIGHT / 2
    if entry.form in ("symbol", "hollow"):
        _symbol(pen, entry, x, y, _RADIUS)
    elif entry.form == "areadisc":
        _disc(pen, x, y)
    elif entry.form == "ring":
        pen.line(_circle(x, y, 8.3), PALETTE["ring"].light, 1.0, _DASH)
        _symbol(pen, entry, x, y, _SMALL_RADIUS)
    elif entry.form == "province":
        pen.fill(_rectangle(x, y), PALETTE["tint"].light, 0.25)
        pen.line(_rectangle(x, y), PALETTE["ring"].light, 0.8, _DASH * 1.4)
        _symbol(pen, entry, x, y, _SMALL_RADIUS)
    elif entry.form == "border":
        way = ((2.0, 14.0), (8.0, 6.0), (14.0, 11.0), (20.0, 5.0), (28.0, 9.0))
        pen.line(way, PALETTE["disputed"].light, 1.4, _DASH * 1.4)
    else:
        _hatched(pen, entry, x, y)


def _symbol(pen: _Pen, entry: LegendEntry, x: float, y: float, radius: float) -> None:
    kind, status = KINDS[entry.kind], STATUSES[entry.status]
    outline = [(x + radius * dx, y + radius * dy) for dx, dy in symbol_outline(kind.shape)]
    if not status.hollow:
        pen.fill(outline, kind.color.light)
        return
    pen.fill(outline, PALETTE["paper"].light)
    # A line that ends a little beyond its start leaves no notch.
    pen.line([*outline, *outline[:2]], kind.color.light, 1.5, _DASH if status.mark else 0)
    if status.mark:
        pen.mark(status.mark, x + radius + 3.4, y - radius + 1)


def _disc(pen: _Pen, x: float, y: float) -> None:
    for index in range(len(RIM)):
        color, outline = disc_sector(index, _DISC_RADIUS)
        pen.fill([(x + dx, y + dy) for dx, dy in outline], color)
    pen.fill(_circle(x, y, _DISC_RADIUS - 2.6), PALETTE["paper"].light)
    pen.line(_circle(x, y, _DISC_RADIUS + 1.8), PALETTE["ring"].light, 0.8, _DASH)


def _hatched(pen: _Pen, entry: LegendEntry, x: float, y: float) -> None:
    hatch = HATCHES[entry.hatch % len(HATCHES)]
    color, is_faded = hatch.color.light, entry.form == "faded"
    field = _rectangle(x, y)
    if entry.form != "edge":
        pen.fill(field, color, 0.03 if is_faded else 0.08)
    (left, top), (right, bottom) = field[0], field[2]
    edge = 4.0 if entry.form == "edge" else None
    found = hatch_lines(right - left, bottom - top, hatch.angle, hatch.spacing_px * 0.75, edge=edge)
    for line in found:
        moved = [(left + px, top + py) for px, py in line]
        pen.line(moved, _mixed(color, 0.5) if is_faded else color, 0.5 if is_faded else 0.8)
    pen.line(field, color, 1.0, 1.0 if is_faded else 0)


def _rectangle(x: float, y: float) -> Vertices:
    left, top, right, bottom = x - 13, y - 7.5, x + 13, y + 7.5
    return (left, top), (right, top), (right, bottom), (left, bottom), (left, top)


def _circle(x: float, y: float, radius: float) -> Vertices:
    import math

    turns = [math.tau * step / 64 for step in range(65)]
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def _dashes(points: Vertices, length: float) -> list[Vertices]:
    from shapely.geometry import LineString
    from shapely.ops import substring

    line = LineString(points)
    starts = [index * length * 1.8 for index in range(int(line.length / (length * 1.8)) + 1)]
    pieces = (substring(line, at, min(at + length, line.length)) for at in starts)
    return [list(piece.coords) for piece in pieces if piece.length > 0]


def _pixels(points: Vertices) -> list[tuple[float, float]]:
    return [(x * _DRAWN, y * _DRAWN) for x, y in points]


def _mixed(color: str, share: float) -> str:
    parts = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(255 + (part - 255) * share):02x}" for part in parts)
