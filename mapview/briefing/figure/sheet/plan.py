"""Where everything stands on a sheet, whatever laid it out, and how it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mapview.briefing.figure.paper import (
    XY,
    Canvas,
    Columns,
    Face,
    draw_columns,
    is_from_right,
    say,
)
from mapview.briefing.figure.sheet.frames import Frames
from mapview.briefing.figure.sheet.heading import Heading, draw_heading
from mapview.briefing.figure.sheet.legend_box import LegendBox, draw_legend
from mapview.briefing.figure.sheet.range_box import RangeBox, draw_ranges
from mapview.briefing.figure.sheet.words import Words, draw_words, height_of, set_words
from mapview.briefing.figure.sizes import Size

__all__ = ["Plan", "draw_around", "set_short"]

# What is clear above a sentence, in lines of its letters.
_ABOVE_SENTENCE = 0.35


@dataclass(frozen=True)
class Plan:
    """Where everything stands on a sheet.

    Attributes:
        frames: Main map and insets.
        size: Of the sheet.
        heading: Title and what stands under it.
        legend: Legend, with its upper left corner.
        notes: Paragraphs, with their upper left corner.
        ranges: What sources disagree on, with its upper left corner, where there is room.
        words: Texts above one another, with what they are and their upper left corner.
    """

    frames: Frames
    size: Size
    heading: Heading | None = None
    legend: tuple[LegendBox, XY] | None = None
    notes: tuple[Columns, XY] | None = None
    ranges: tuple[RangeBox, XY] | None = None
    words: tuple[tuple[str, tuple[Words, ...], XY], ...] = ()

    @property
    def in_reading_order(self) -> Plan:
        """The same with its maps where they stand in a language that is read from the right."""
        if not is_from_right():
            return self
        return replace(self, frames=self.frames.mirrored(self.size.width_mm))

    @property
    def is_whole(self) -> bool:
        """Whether it says all itself, and is no map that others set text beside."""
        return bool(self.heading or self.words)


def set_short(
    said: Sequence[str], face: Face, width: float, most: float
) -> tuple[tuple[Words, ...], float]:
    """Return what is said in short under its heading, with the height that it needs in mm.

    It is said whole or not at all: what is left out could be taken for nothing more to say.

    Args:
        said: Sentences, the most important first.
        face: Letters.
        width: Of the column in mm.
        most: Height that there is in mm.
    """
    gap = _ABOVE_SENTENCE * face.line_mm
    heading = set_words(say("In short"), face.in_bold, width)
    parts = (heading, *(set_words(one, face, width, gap=gap) for one in said))
    height = height_of(parts)
    return (parts, height) if said and height <= most else ((), 0.0)


def draw_around(canvas: Canvas, plan: Plan) -> None:
    """Draw all of a plan but its maps."""
    with canvas.turned():
        _draw_around(canvas, plan)


def _draw_around(canvas: Canvas, plan: Plan) -> None:
    if plan.heading:
        with canvas.group("Title"):
            draw_heading(canvas, plan.heading)
    for name, parts, at in plan.words:
        with canvas.group(name):
            draw_words(canvas, parts, at)
    if plan.legend:
        with canvas.group("Legend"):
            draw_legend(canvas, *plan.legend)
    if plan.ranges:
        with canvas.group("Sources disagree"):
            draw_ranges(canvas, *plan.ranges)
    if plan.notes:
        with canvas.group("Notes"):
            draw_columns(canvas, *plan.notes)
