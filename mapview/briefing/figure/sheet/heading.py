"""Title, period, filter in words, counts and the author's note at the head of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapview.briefing.figure.map.ground import COLORS
from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.paper.fonts import Face, clean, line_height_mm, wrap
from mapview.briefing.figure.sheet.notes import Columns, Paragraph, draw_columns, set_columns

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["Heading", "draw_heading", "set_heading"]

_NARROW_MM = 150
_MOST_NOTE_LINES = 4
_BRIEF_NOTE_LINES = 2


@dataclass(frozen=True)
class Heading:
    """A heading that was set.

    Args:
        at: Its upper left corner, in mm.
        title: Lines of the title.
        title_face: Letters of the title.
        lines: Lines under it, with their letters.
        note: The author's note, if any.
        bottom: Where it ends, in mm.
    """

    at: tuple[float, float]
    title: tuple[str, ...]
    title_face: Face
    lines: tuple[tuple[str, Face], ...]
    note: Columns | None
    bottom: float


def set_heading(
    briefing: Briefing, at: tuple[float, float], width: float, text: float, *, brief: bool = False
) -> Heading:
    """Return the heading in lines of a width; a brief one has fewer lines of the author's note."""
    narrow = width < _NARROW_MM * text
    title_face = Face((13.5 if narrow else 18.0) * text, bold=True)
    title = tuple(wrap(clean(briefing.title), title_face, width, most=3 if narrow else 2))
    under = Face((9.5 if narrow else 11.0) * text)
    face = Face(9.0 * text) if narrow else Face(9.5 * text)
    is_title = clean(briefing.words) == clean(briefing.title)
    subject = briefing.period if is_title else briefing.subject
    lines = [(one, under) for one in wrap(clean(subject), under, width, most=3)]
    lines += [(one, face) for one in wrap(clean(briefing.scope), face, width, most=3)]
    note = None
    y = at[1] + sum(0.92 * line_height_mm(title_face) for _ in title) + 0.8 * text
    y += sum(line_height_mm(one) for _, one in lines)
    if briefing.note:
        most = _BRIEF_NOTE_LINES if brief else _MOST_NOTE_LINES
        paragraph = Paragraph("Author’s note", " ".join(briefing.note.split()), most)
        note = set_columns([paragraph], face, width, 1)
        y += note.height
    return Heading(at, title, title_face, tuple(lines), note, y)


def draw_heading(canvas: Canvas, heading: Heading) -> None:
    """Draw a heading."""
    x, y = heading.at
    step = 0.92 * line_height_mm(heading.title_face)
    for words in heading.title:
        canvas.text((x, y + 0.74 * step), words, heading.title_face, COLORS["ink"])
        y += step
    y += 0.8 * heading.title_face.size / 18
    for words, face in heading.lines:
        line = line_height_mm(face)
        canvas.text((x, y + 0.76 * line), words, face, COLORS["ink_muted"])
        y += line
    if heading.note:
        draw_columns(canvas, heading.note, (x, y + 0.4), COLORS["ink"])
