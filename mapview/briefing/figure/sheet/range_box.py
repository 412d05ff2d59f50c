"""The box of tolls that are ranges: a bar from the lowest to the highest figure of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from mapview.bounds import TollRange, ranges_heading
from mapview.briefing.figure.paper import XY, Canvas, Face, clean, cut, labelled, say, wrap

__all__ = ["HEADING", "RangeBox", "draw_ranges", "set_ranges"]

HEADING = "Sources disagree"
_MOST = 5
_MOST_LINES = 2
# In sizes of the letters: distance of lines, of a bar from the words around it, between rows.
_LINE = 1.2
_BAR = 1.0
_BETWEEN = 0.7
_BASELINE = 0.86
# A bar in mm at letters of 9 points; the axis runs from 0 to the highest figure of the box.
_BAR_MM = 1.6
_TICK_MM = 2.4
_AXIS_MM = 0.18
_EDGE_MM = 0.35
_LEAST_BAR_MM = 0.8
_FACE_MM = 9 * 25.4 / 72


@dataclass(frozen=True)
class RangeBox:
    """Rows that were set.

    Attributes:
        rows: Tolls that are ranges, each with the lines of its title and of its words.
        width: Of the box in mm.
        height: Of the box in mm.
        face: Letters.
        of: How many there are in all.
    """

    rows: tuple[tuple[TollRange, tuple[str, ...], tuple[str, ...]], ...]
    width: float
    height: float
    face: Face
    of: int

    @property
    def heading(self) -> str:
        """The heading, with how many are left out."""
        shown = len(self.rows)
        heading = ranges_heading([one for one, _, _ in self.rows], HEADING)
        if self.of == shown:
            return heading
        return labelled(heading, say("{n} of {all}", n=shown, all=self.of))

    @property
    def highest(self) -> int:
        """Where the scale of all bars ends."""
        return max(one.high for one, _, _ in self.rows)


def set_ranges(
    ranges: Sequence[TollRange], face: Face, width: float, most: float
) -> RangeBox | None:
    """Return as many rows as there is room for; none where not even one finds it.

    Args:
        ranges: Tolls that are ranges, the most important first.
        face: Letters.
        width: Of the box in mm.
        most: Height that there is.
    """
    rows: list[tuple[TollRange, tuple[str, ...], tuple[str, ...]]] = []
    height = 2 * _LINE * face.mm
    for one in ranges[:_MOST]:
        title, lines = (
            tuple(wrap(clean(words), face, width, most=_MOST_LINES))
            for words in (one.title, one.told)
        )
        more = (_LINE * (len(title) + len(lines)) + _BAR + _BETWEEN) * face.mm
        if height + more > most:
            break
        rows.append((one, title, lines))
        height += more
    # What is no disagreement is not counted under a heading that says so.
    is_all = not all(one.is_disagreement for one, _, _ in rows)
    of = sum(is_all or one.is_disagreement for one in ranges)
    return RangeBox(tuple(rows), width, height, face, of) if rows else None


def draw_ranges(canvas: Canvas, box: RangeBox, at: XY) -> None:
    """Draw a box with its upper left corner somewhere."""
    (x, y), face = at, box.face
    step, grown = _LINE * face.mm, face.mm / _FACE_MM
    highest = box.highest
    canvas.text((x, y + _BASELINE * face.mm), box.heading, face.in_bold, "ink")
    y += step
    scale = say("Lowest to highest figure, from 0 to {n}", n=highest)
    canvas.text((x, y + _BASELINE * face.mm), cut(scale, face, box.width), face, "ink_muted")
    y += step
    for one, title, lines in box.rows:
        y += _BETWEEN * face.mm
        for line in title:
            canvas.text((x, y + _BASELINE * face.mm), line, face, "ink")
            y += step
        middle = y + _BAR * face.mm / 2
        canvas.line([(x, middle), (x + box.width, middle)], "rule", _AXIS_MM)
        low, high = (x + box.width * value / highest for value in (one.low, one.high))
        half = _BAR_MM * grown / 2
        high = max(high, low + _LEAST_BAR_MM * grown)
        bar = shapely.box(low, middle - half, high, middle + half)
        # As symbols are on the map: what was not carried out for certain is hollow.
        if one.is_hollow:
            canvas.shape(bar, fill="paper", line="ring", width=_EDGE_MM)
        else:
            canvas.shape(bar, fill="ring")
        for value in one.figures:
            tick, at_value = _TICK_MM * grown / 2, x + box.width * value / highest
            canvas.line([(at_value, middle - tick), (at_value, middle + tick)], "ink", _AXIS_MM)
        y += _BAR * face.mm
        for line in lines:
            canvas.text((x, y + _BASELINE * face.mm), line, face, "ink_muted")
            y += step
