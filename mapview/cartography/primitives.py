"""What icons and symbols are made of: outlines, circles, boxes, lines, letters; and their pens.

Numbers are pixels of the screen around 0, 0, where a plain symbol has a radius of 9; x grows to
the right and y downwards. Pens on paper scale them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any, Final, Literal, Protocol

import shapely

from mapview.cartography.hatches import hatch_lines
from mapview.cartography.outlines import Vertices, symbol_outline
from mapview.cartography.style import HATCHES

__all__ = ["BAND", "FIELD", "Pen", "Primitive", "hatches_to_json", "plain", "replay"]

# The box of a base area's icon, and the band along its edge where only that is hatched.
FIELD: Final = (-14.0, -10.0, 14.0, 10.0)
BAND: Final = 5.0

Shape = Literal["outline", "sector", "circle", "box", "hatch", "line", "letter"]


@dataclass(frozen=True, kw_only=True)
class Primitive:
    """One thing that a pen draws.

    Attributes:
        shape: `outline` of a symbol (radius), `sector` of a disc (radius, and from where to where
            as shares of a turn from the top, clockwise), `circle` (x, y, radius), `box` (left, top,
            right, bottom, radius of its corners), `hatch` of a box (left, top, right, bottom, width
            of the band along its edge that has lines, 0 for all of it), `line` through points (x,
            y, x, y …), or `letter` (x, y, height) around its middle.
        at: Those numbers.
        name: Of the outline, or the text of the letters; `kind` stands for the entry's, which has
            none for most.
        fill: Colour inside, or of letters: a name in `style.PALETTE`, `kind`, `kind` and a number,
            `hatch`, or `#rrggbb`; empty for none.
        fill_alpha: How much of it covers the ground.
        stroke: Colour of the line; empty for none.
        stroke_alpha: How much of it covers the ground.
        width: Width of the line.
        dash: Lengths of dashes and gaps; none for a whole line.
        is_round: Whether dashes end round.
        halo: Width of the line in the colour of the ground around it; 0 for none.
    """

    shape: Shape
    at: tuple[float, ...]
    name: str = ""
    fill: str = ""
    fill_alpha: float = 1.0
    stroke: str = ""
    stroke_alpha: float = 1.0
    width: float = 0.0
    dash: tuple[float, ...] = ()
    is_round: bool = False
    halo: float = 0.0

    @property
    def points(self) -> Vertices:
        """Corners of an outline, sector or line, or of a box with its round corners."""
        if self.shape == "outline":
            return tuple((x * self.at[0], y * self.at[0]) for x, y in symbol_outline(self.name))
        if self.shape == "sector":
            return _sector(*self.at)
        if self.shape == "box":
            return _box(*self.at)
        return tuple(zip(self.at[::2], self.at[1::2], strict=True))


class Pen(Protocol):
    """What draws primitives on some medium; each method draws one of them."""

    def polygon(self, points: Vertices, one: Primitive) -> None:
        """Draw a closed outline."""

    def circle(self, one: Primitive) -> None:
        """Draw a circle."""

    def lines(self, lines: tuple[Vertices, ...], one: Primitive) -> None:
        """Draw lines that are not closed, as one."""

    def letter(self, one: Primitive) -> None:
        """Write a few letters around their middle."""


def replay(primitives: Iterable[Primitive], pen: Pen) -> None:
    """Draw primitives, the first lowest."""
    for one in primitives:
        if one.shape == "circle":
            pen.circle(one)
        elif one.shape == "letter":
            pen.letter(one)
        elif one.shape == "line":
            pen.lines((one.points,), one)
        elif one.shape == "hatch":
            pen.lines(_lines(int(one.name), one.at), one)
        else:
            pen.polygon(one.points, one)


@cache
def _lines(hatch: int, field: tuple[float, ...]) -> tuple[Vertices, ...]:
    """Return the lines of a group's hatch in a box.

    Args:
        hatch: Index into `style.HATCHES`.
        field: As `Primitive.at` has it for a hatch.
    """
    left, top, right, bottom, band = field
    shape = shapely.box(left, top, right, bottom)
    if band:
        shape = shape.difference(shapely.box(left + band, top + band, right - band, bottom - band))
    found = hatch_lines(shape, HATCHES[hatch].angle, HATCHES[hatch].spacing_px)
    # What only cuts a corner would be a speck.
    parts = [part for part in shapely.get_parts(found) if part.length > 1]
    return tuple(tuple((round(x, 2), round(y, 2)) for x, y in part.coords) for part in parts)


def hatches_to_json() -> list[dict[str, Any]]:
    """Return the hatches as plain values, with the lines of their icons, all over and in a band."""
    return [
        {
            **asdict(hatch),
            "lines": _lines(index, (*FIELD, 0.0)),
            "band": _lines(index, (*FIELD, BAND)),
        }
        for index, hatch in enumerate(HATCHES)
    ]


def _sector(radius: float, start: float, end: float) -> Vertices:
    steps = max(2, math.ceil((end - start) * 48))
    turns = [math.tau * (start + (end - start) * step / steps - 0.25) for step in range(steps + 1)]
    return ((0.0, 0.0), *((radius * math.cos(turn), radius * math.sin(turn)) for turn in turns))


def _box(left: float, top: float, right: float, bottom: float, corner: float) -> Vertices:
    if not corner:
        return ((left, top), (right, top), (right, bottom), (left, bottom))
    middles = (
        (right, top, 1, -1),
        (right, bottom, 1, 1),
        (left, bottom, -1, 1),
        (left, top, -1, -1),
    )
    return tuple(
        (
            x - sx * corner + corner * math.cos(math.pi / 2 * (quarter - 1 + step / 4)),
            y - sy * corner + corner * math.sin(math.pi / 2 * (quarter - 1 + step / 4)),
        )
        for quarter, (x, y, sx, sy) in enumerate(middles)
        for step in range(5)
    )


def plain(primitives: Iterable[Primitive]) -> list[dict[str, Any]]:
    """Return primitives as plain values, without what is as usual, so that little is sent."""
    usual = {field.name: field.default for field in fields(Primitive)}
    return [
        {name: value for name, value in asdict(one).items() if value != usual[name]}
        for one in primitives
    ]
