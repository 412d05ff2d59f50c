"""Draws the cartography's primitives as small pictures, for the legend of a document."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mapview.cartography import PALETTE, LegendEntry, Primitive, Vertices, icons, replay

if TYPE_CHECKING:
    from PIL import ImageDraw

__all__ = ["HEIGHT", "WIDTH", "PicturePen", "draw_circles", "draw_icon"]

# Points a pixel of an icon: beside letters of 9 points its symbols are a little larger than they.
_SCALE: Final = 2 / 3
# In points.
WIDTH, HEIGHT = icons.WIDTH * _SCALE, icons.HEIGHT * _SCALE
# Pixels of the picture a point: drawn larger, then made smaller, so that edges are smooth.
_SHOWN: Final = 5
_DRAWN: Final = 20
_CIRCLE: Final = 64


class PicturePen:
    """Draws on a white picture; what the ground shines through is mixed with white.

    Args:
        draw: The picture.
        x: Where 0, 0 of the primitives lies, in points from the left.
        y: The same from the top.
        scale: Points a unit of the primitives.
    """

    def __init__(self, draw: ImageDraw.ImageDraw, x: float, y: float, scale: float) -> None:
        self._draw = draw
        self._at = x * _DRAWN, y * _DRAWN
        self._scale = scale * _DRAWN

    def polygon(self, points: Vertices, one: Primitive) -> None:
        """Draw a closed outline."""
        if one.fill:
            self._draw.polygon(self._pixels(points), fill=_mixed(one.fill, one.fill_alpha))
        if one.stroke:
            # A line that ends a little beyond its start leaves no notch.
            self._stroke((*points, *points[:2]) if not one.dash else (*points, points[0]), one)

    def circle(self, one: Primitive) -> None:
        """Draw a circle."""
        x, y, radius = one.at
        turns = (math.tau * step / _CIRCLE for step in range(_CIRCLE))
        self.polygon(
            tuple((x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns), one
        )

    def lines(self, lines: tuple[Vertices, ...], one: Primitive) -> None:
        """Draw lines."""
        for line in lines:
            self._stroke(line, one)

    def letter(self, one: Primitive) -> None:
        """Write a text around its middle."""
        from mapview.briefing.office import font

        x, y, size = one.at
        letters = font(is_bold=True).font_variant(size=round(size * self._scale))
        [at] = self._pixels(((x, y),))
        self._draw.text(at, one.name, one.fill, letters, anchor="mm")

    def _stroke(self, points: Vertices, one: Primitive) -> None:
        color = _mixed(one.stroke, one.stroke_alpha)
        width = one.width * self._scale
        for piece in _dashes(points, one.dash) if one.dash else [points]:
            pixels = self._pixels(piece)
            if one.is_round:
                (x, y), r = pixels[0], width / 2
                self._draw.ellipse((x - r, y - r, x + r, y + r), fill=color)
            else:
                self._draw.line(pixels, fill=color, width=round(width), joint="curve")

    def _pixels(self, points: Vertices) -> list[tuple[float, float]]:
        (left, top), scale = self._at, self._scale
        return [(left + x * scale, top + y * scale) for x, y in points]


def draw_icon(entry: LegendEntry) -> bytes:
    """Return the icon of a line of the legend as a PNG."""
    return _picture(tuple(icons.icon(entry)), (WIDTH, HEIGHT), (WIDTH / 2, HEIGHT / 2), _SCALE)


def draw_circles(entry: LegendEntry) -> tuple[bytes, float, float]:
    """Return circles as large as discs on the map, as a PNG, and its width and height in points."""
    primitives, width = icons.size_circles(entry.circles, point=1)
    # Half the width of a line reaches beyond a circle.
    height = 2 * entry.circles[-1][1] + 1
    return _picture(tuple(primitives), (width, height), (0.5, height - 0.5), 1), width, height


@lru_cache(maxsize=256)  # Of the figures of a year or a country many have the same legend.
def _picture(
    primitives: tuple[Primitive, ...],
    size: tuple[float, float],
    at: tuple[float, float],
    scale: float,
) -> bytes:
    from PIL import Image, ImageDraw

    width, height = size
    pixels = round(width * _DRAWN), round(height * _DRAWN)
    image = Image.new("RGB", pixels, PALETTE["paper"].light)
    replay(primitives, PicturePen(ImageDraw.Draw(image), *at, scale))
    shown = image.resize((round(width * _SHOWN), round(height * _SHOWN)), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    shown.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _dashes(points: Vertices, dash: tuple[float, ...]) -> Iterator[Vertices]:
    from shapely.geometry import LineString
    from shapely.ops import substring

    line, (length, gap) = LineString(points), dash
    for index in range(math.ceil(line.length / (length + gap))):
        start = index * (length + gap)
        piece = substring(line, start, min(start + length, line.length))
        if piece.length > 0:
            yield tuple(piece.coords)


def _mixed(color: str, share: float) -> str:
    parts = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(255 + (part - 255) * share):02x}" for part in parts)
