"""Scale bar, north arrow and the message of an empty map: what a map needs besides its content."""

from __future__ import annotations

import math
from dataclasses import dataclass

import shapely

from mapview.briefing.figure.map.obstacles import Obstacles
from mapview.briefing.figure.paper import (
    XY,
    Canvas,
    Face,
    Rect,
    clean,
    is_from_right,
    number,
    say,
    width_mm,
    wrap,
)
from mapview.briefing.figure.scene import View

__all__ = ["Furniture", "Message", "bar_length"]

# Up to so many degrees a reader takes up for north without an arrow.
_STEEP_DEGREES = 5.0
# On A4, in mm; the bar takes no more than this share of the map's width.
_ARROW_MM = 7.0
_MOST_BAR_MM = 38.0
_BAR_SHARE = 0.3
_BAR_MM = 1.1
# A shorter bar would end before its number.
_LEAST_BAR_MM = 8
# From the bar to its numbers, around numbers, and around all of it.
_ABOVE_BAR_MM, _ABOVE_BAR_FROM_RIGHT_MM = 0.9, 1.7
_AROUND_NUMBERS_MM = 1.2
_PAD_MM = 1.5
_LINE_MM = 0.2
# Letters in points on A4.
_FACE_PT = 9.0
_INSET_FACE_PT = 7.5
_MESSAGE_PT = 12
# The arrow's outline, of height 1.05 around 0, 0, and where its N stands.
_ARROW = ((0, -0.55), (0.3, 0.5), (0, 0.28), (-0.3, 0.5))
_WEST_HALF = ((0, -0.55), (0, 0.28), (-0.3, 0.5))
_ABOVE_ARROW = (0, -0.62)


def bar_length(km_per_mm: float, most_mm: float) -> float:
    """Return the longest round number of kilometres that fits.

    Example:
        >>> bar_length(18.0, 35)
        500.0
    """
    most = km_per_mm * most_mm
    step = 10.0 ** math.floor(math.log10(most))
    return next(step * part for part in (5, 2, 1) if step * part <= most)


def _distance(km: float) -> str:
    return say("{n} km", n=round(km)) if km >= 1 else say("{n} m", n=round(km * 1000))


@dataclass(frozen=True)
class Furniture:
    """Scale bar and north arrow of a map.

    Attributes:
        view: What the map shows.
        text: Factor on the size of letters.
        is_inset: Whether it is an inset, which has no arrow and smaller letters.
    """

    view: View
    text: float
    is_inset: bool = False

    @property
    def _face(self) -> Face:
        return Face((_INSET_FACE_PT if self.is_inset else _FACE_PT) * self.text)

    @property
    def _arrow_mm(self) -> float:
        """Height of the arrow, 0 for none."""
        if self.is_inset or self.view.is_world or self.view.turn_of_north <= _STEEP_DEGREES:
            return 0
        return _ARROW_MM * self.text

    @property
    def _km(self) -> float:
        """What the bar stands for."""
        most = min(_MOST_BAR_MM, _BAR_SHARE * self.view.frame.width)
        return bar_length(self.view.km_per_mm, most)

    def reserve(self, obstacles: Obstacles) -> Rect | None:
        """Take a free corner; a small inset may have none."""
        words, arrow = width_mm(_distance(self._km), self._face), self._arrow_mm
        bar = max(self._km / self.view.km_per_mm, _LEAST_BAR_MM) + words / 2 + 2
        width = bar + 2.5 + arrow
        numbers = self._face.mm + _BAR_MM + _AROUND_NUMBERS_MM
        height = max(numbers, arrow + 3 if arrow else 0) + 2
        corners = self.view.frame.grown(-_PAD_MM).corners(width, height)
        chosen = obstacles.first_free(corners) or (None if self.is_inset else corners[0])
        if chosen:
            obstacles.add(chosen)
        return chosen

    def draw(self, canvas: Canvas, corner: Rect) -> None:
        """Draw them in a corner."""
        if self.view.is_world:
            return  # No length holds for all of the world.
        arrow = self._arrow_mm
        x = corner.left + 1
        if arrow:
            self._draw_north(canvas, (corner.left + arrow / 2, corner.bottom - arrow / 2), arrow)
            x += arrow + 1
        self._draw_bar(canvas, (x, corner.bottom - 0.6))

    def _draw_bar(self, canvas: Canvas, at: XY) -> None:
        """Draw a scale bar, right at the latitude of the map's middle; `at` is its lower left."""
        (x, y), km = at, self._km
        length = km / self.view.km_per_mm
        whole = Rect(x, y - _BAR_MM, x + length, y)
        halo = {"fill": "halo", "line": "halo", "width": 0.5}
        canvas.polygon(_corners(whole), **halo)
        canvas.polygon(_corners(whole._replace(right=x + length / 2)), fill="ink_muted")
        canvas.polygon(_corners(whole), line="ink_muted", width=_LINE_MM)
        # Letters that are read from the right reach farther below their line.
        base = whole.top - (_ABOVE_BAR_FROM_RIGHT_MM if is_from_right() else _ABOVE_BAR_MM)
        canvas.text((x, base), number(0), self._face, "ink_muted", halo="halo")
        canvas.text(
            (x + length, base), _distance(km), self._face, "ink_muted", align="center", halo="halo"
        )

    def _draw_north(self, canvas: Canvas, at: XY, size: float) -> None:
        """Draw an arrow that points to north from where it stands."""
        turn = math.radians(self.view.north_at(*at))

        def turned(x: float, y: float) -> XY:
            return (
                at[0] + size * (x * math.cos(turn) - y * math.sin(turn)),
                at[1] + size * (x * math.sin(turn) + y * math.cos(turn)),
            )

        whole = [turned(*one) for one in _ARROW]
        canvas.polygon(whole, fill="halo", line="halo", width=0.7)
        canvas.polygon(whole, fill="halo", line="ink_muted", width=_LINE_MM)
        canvas.polygon([turned(*one) for one in _WEST_HALF], fill="ink_muted")
        x, y = turned(*_ABOVE_ARROW)
        away = self._face.mm
        x, y = x + math.sin(turn) * away * 0.4, y - math.cos(turn) * away * 0.15
        canvas.text((x, y), say("N", "north"), self._face, "ink_muted", align="center", halo="halo")


def _corners(box: Rect) -> list[XY]:
    left, top, right, bottom = box
    return [(left, bottom), (right, bottom), (right, top), (left, top)]


@dataclass(frozen=True)
class Message:
    """Words on a plate in the middle of a map that shows nothing else.

    Attributes:
        lines: The words, as they fit.
        face: Their letters.
        plate: Where they stand.
    """

    lines: tuple[str, ...]
    face: Face
    plate: Rect

    @classmethod
    def on(cls, frame: Rect, words: str, text: float) -> Message:
        """Return words in the middle of a frame; `text` is a factor on the size of letters."""
        face = Face(_MESSAGE_PT * text, bold=True)
        lines = wrap(clean(words), face, 0.8 * frame.width, most=4)
        # Of small maps side by side, none reaches over the next one.
        width = min(max(width_mm(one, face) for one in lines) + 10, 0.94 * frame.width)
        height = len(lines) * face.line_mm + 6
        return cls(tuple(lines), face, Rect.around(frame.middle, width, height))

    def draw(self, canvas: Canvas) -> None:
        """Draw the plate and the words."""
        canvas.shape(shapely.box(*self.plate), fill="paper", line="rule", width=_LINE_MM)
        x, _ = self.plate.middle
        for row, one in enumerate(self.lines):
            y = self.plate.top + 3 + (row + 0.76) * self.face.line_mm
            canvas.text((x, y), one, self.face, "ink", align="center")
