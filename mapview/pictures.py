"""Symbols of our maps as small pictures (PNG), for files that cannot hold drawings."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

from mapview.cartography import PALETTE, Primitive, Vertices, replay

__all__ = ["SIDE", "picture_of"]

SIDE = 64
"""Width and height of a picture in pixels."""
# Of the field of a symbol, from its middle to the edge: room for the mark beside it.
_REACH = 18.0
# Drawn larger and then made smaller, since the pen knows no soft edges.
_FINER = 4
_BOLD = Path(__file__).parent / "briefing/fonts/NotoSans-Bold.ttf"

Color = tuple[int, int, int, int]


def picture_of(primitives: tuple[Primitive, ...]) -> bytes:
    """Return what primitives draw around 0, 0 as PNG on no ground."""
    pen = _PicturePen()
    replay(primitives, pen)
    stream = io.BytesIO()
    pen.image.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(stream, "png")
    return stream.getvalue()


class _PicturePen:
    """Draws primitives on an image; see `mapview.cartography.primitives.Pen`."""

    def __init__(self) -> None:
        # The colour of the halo where nothing is drawn, so that soft edges do not turn dark.
        self.image = Image.new("RGBA", (SIDE * _FINER,) * 2, (*_rgba(_HALO)[:3], 0))
        self._draw = ImageDraw.Draw(self.image)
        self._scale = SIDE * _FINER / (2 * _REACH)

    def polygon(self, points: Vertices, one: Primitive) -> None:
        corners = self._to_pixels(points)
        closed = [*corners, corners[0], corners[1]]
        if one.halo:
            self._line(closed, _rgba(_HALO), one.halo)
            self._draw.polygon(corners, fill=_rgba(_HALO))
        if one.fill:
            self._draw.polygon(corners, fill=_rgba(one.fill, one.fill_alpha))
        if one.stroke:
            self._line(closed, _rgba(one.stroke, one.stroke_alpha), one.width)

    def circle(self, one: Primitive) -> None:
        x, y, radius = one.at
        box = self._to_pixels(((x - radius, y - radius), (x + radius, y + radius)))
        if one.halo:
            reach = self._wide(one.halo) / 2
            wider = [(box[0][0] - reach, box[0][1] - reach), (box[1][0] + reach, box[1][1] + reach)]
            self._draw.ellipse(wider, fill=_rgba(_HALO))
        fill = _rgba(one.fill, one.fill_alpha) if one.fill else None
        line = _rgba(one.stroke, one.stroke_alpha) if one.stroke else None
        self._draw.ellipse(box, fill=fill, outline=line, width=self._wide(one.width))

    def lines(self, lines: tuple[Vertices, ...], one: Primitive) -> None:
        for points in lines:
            self._line(self._to_pixels(points), _rgba(one.stroke, one.stroke_alpha), one.width)

    def letter(self, one: Primitive) -> None:
        x, y, height = one.at
        self._draw.text(
            self._to_pixels(((x, y),))[0],
            one.name,
            fill=_rgba(one.fill, one.fill_alpha),
            font=_font(round(height * self._scale)),
            anchor="mm",
            stroke_width=self._wide(one.halo) // 2,
            stroke_fill=_rgba(_HALO),
        )

    def _line(self, points: list[tuple[float, float]], color: Color, width: float) -> None:
        self._draw.line(points, fill=color, width=self._wide(width), joint="curve")

    def _wide(self, width: float) -> int:
        return round(width * self._scale)

    def _to_pixels(self, points: Vertices) -> list[tuple[float, float]]:
        middle = SIDE * _FINER / 2
        return [(middle + x * self._scale, middle + y * self._scale) for x, y in points]


_HALO = PALETTE["halo"].light


def _rgba(color: str, alpha: float = 1.0) -> Color:
    red, green, blue = ImageColor.getrgb(color)[:3]
    return red, green, blue, round(255 * alpha)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_BOLD), size)
