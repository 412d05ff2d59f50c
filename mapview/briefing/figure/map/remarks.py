"""What a sheet says of its map: marks without a name or beside their place, and its projection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import shapely

from mapview.briefing.figure.map.obstacles import Obstacles
from mapview.briefing.figure.paper import (
    Canvas,
    Face,
    Rect,
    say,
    say_many,
    width_mm,
)
from mapview.briefing.figure.scene import Symbol, View

__all__ = ["Remark", "Unsaid", "draw_ties", "projection_words"]

_FACE_PT = 7.5
_LINE = 1.15
_BASELINE = 0.86
_PAD_MM = 1.0
# In each direction of a frame it is tried at so many places.
_STEPS = 12
# The line from a mark to its place, and the dot there.
_TIE_MM = 0.22
_TIE_HALO_MM = 0.7
_DOT_MM = 0.45


def draw_ties(canvas: Canvas, symbols: Sequence[Symbol]) -> None:
    """Draw a line from each mark that stands beside its place to a dot there."""
    moved = [(one, one.beside) for one in symbols if one.beside and one.is_aside]
    for one, place in moved:
        canvas.line([place, (one.x, one.y)], "halo", _TIE_HALO_MM)
    for one, place in moved:
        canvas.line([place, (one.x, one.y)], "ink", _TIE_MM)
        dot = shapely.Point(place).buffer(_DOT_MM, quad_segs=6)
        canvas.shape(dot, fill="ink", line="halo", width=_TIE_MM)


def projection_words(view: View) -> tuple[str, ...]:
    """Return how a map is projected, and where its scale holds; one of the world has no scale."""
    if view.is_world:
        return (say("Equal Earth projection"),)
    holds = say("The scale holds in the middle of the map")
    if "+proj=lcc" in view.parameters:
        return say("Lambert conformal conic projection"), holds
    return say("Lambert azimuthal equal-area projection"), holds


class Unsaid(NamedTuple):
    """What the marks of a map do not say themselves.

    Attributes:
        nameless: Marks that found no place for a name.
        aside: Marks that stand beside their place.
        called: Ids of the incidents whose call-out stands.
    """

    nameless: int = 0
    aside: int = 0
    called: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, symbols: Sequence[Symbol], named: int, called: frozenset[str] = frozenset()
    ) -> Unsaid:
        """Return it of marks, so many of which have a name, and some a call-out."""
        return cls(len(symbols) - named, sum(one.is_aside for one in symbols), called)

    def joined(self, other: Unsaid) -> Unsaid:
        """Return that of both maps."""
        return Unsaid(
            self.nameless + other.nameless, self.aside + other.aside, self.called | other.called
        )

    @property
    def lines(self) -> list[str]:
        """It in words."""
        found = []
        if self.nameless:
            found.append(
                say_many(
                    "{n} mark has no name on this sheet",
                    "{n} marks have no name on this sheet",
                    self.nameless,
                )
            )
        if self.aside:
            found.append(say("Lines lead to the places of marks"))
        return found


@dataclass(frozen=True)
class Remark:
    """Lines in a free place of the main map.

    Attributes:
        lines: What they say.
        box: Where they stand.
        face: Letters.
    """

    lines: tuple[str, ...]
    box: Rect
    face: Face

    @classmethod
    def of(cls, unsaid: Unsaid, obstacles: Obstacles, text: float) -> Remark | None:
        """Return what is to be said, if anything; obstacles grow by it.

        Args:
            unsaid: What is to be said, of all maps of the sheet.
            obstacles: What it must not touch.
            text: Factor on the size of letters.
        """
        lines = tuple(unsaid.lines)
        # It must be said, even where nothing is free.
        return cls._placed(lines, obstacles, text, must=True) if lines else None

    @classmethod
    def of_projection(cls, view: View, obstacles: Obstacles, text: float) -> Remark | None:
        """Return how a map is projected, and where its scale holds, if there is a free place.

        Args:
            view: What the map shows.
            obstacles: What it must not touch.
            text: Factor on the size of letters.
        """
        return cls._placed(projection_words(view), obstacles, text, must=False)

    @classmethod
    def _placed(
        cls, lines: tuple[str, ...], obstacles: Obstacles, text: float, *, must: bool
    ) -> Remark | None:
        face = Face(_FACE_PT * text)
        width = max(width_mm(one, face) for one in lines) + 2 * _PAD_MM
        height = len(lines) * _LINE * face.mm + _PAD_MM
        places = list(_places(obstacles.frame, width, height))
        box = obstacles.first_clear(places)
        if box is None and must:
            # Never over the scale bar or a name while less can be covered.
            box = min(places, key=obstacles.covered)
        if box is None:
            return None
        obstacles.add(box)
        return cls(lines, box, face)

    def draw(self, canvas: Canvas) -> None:
        """Draw the words on a plate."""
        left, top, right, bottom = self.box
        canvas.polygon(
            [(left, bottom), (right, bottom), (right, top), (left, top)],
            fill="label_halo",
            fill_alpha=0.8,
        )
        y = top + _PAD_MM / 2 + _BASELINE * self.face.mm
        for line in self.lines:
            canvas.text((left + _PAD_MM, y), line, self.face, "ink_muted")
            y += _LINE * self.face.mm


def _places(frame: Rect, width: float, height: float) -> list[Rect]:
    """Return the corners of a frame, and then places all over it, from its edges inwards."""
    wide, high = max(0.0, frame.width - width), max(0.0, frame.height - height)
    steps = [(i / _STEPS, j / _STEPS) for i in range(_STEPS + 1) for j in range(_STEPS + 1)]
    steps.sort(key=lambda one: min(one[0], 1 - one[0], one[1], 1 - one[1]))
    spots = [(frame.left + x * wide, frame.top + y * high) for x, y in steps]
    corners = frame.corners(width, height)
    return [*corners, *(Rect(x, y, x + width, y + height) for x, y in spots)]
