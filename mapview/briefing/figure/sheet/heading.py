"""Title, period, filter in words, counts and the author's note at the head of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapview.briefing.figure.paper import (
    XY,
    Canvas,
    Columns,
    Face,
    Paragraph,
    clean,
    draw_columns,
    figures_in,
    say,
    set_columns,
    wrap,
    wrap_whole,
)

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["Heading", "draw_heading", "set_heading"]

# Below this width, on A4 in mm, letters are smaller and a title has a line more.
_NARROW_MM = 150
# From this one on, which an upright A4 has, there is room for all of what was found; smaller sheets
# need theirs for the map.
_ROOMY_MM = 190
# Points on A4 of the title, period and filter, and counts: on a wide and on a narrow sheet.
_TITLE_PT = (18.0, 13.5)
_SUBJECT_PT = (11.0, 9.5)
_SCOPE_PT = (9.5, 9.0)
_MOST_TITLE_LINES = (2, 3)
_MOST_LINES = 3
# Lines of the author's note; a brief heading has fewer.
_MOST_NOTE_LINES = 4
_BRIEF_NOTE_LINES = 2
# Lines of a title stand closer than those of text; under it, and over the note, is this in mm.
_TITLE_LINE = 0.92
_UNDER_TITLE_MM = 0.8
_OVER_NOTE_MM = 0.4
# Shares of a line above its baseline.
_TITLE_BASELINE = 0.74
_BASELINE = 0.76


@dataclass(frozen=True)
class Heading:
    """A heading that was set.

    Attributes:
        at: Its upper left corner, in mm.
        title: Lines of the title.
        title_face: Letters of the title.
        lines: Lines under it, with their letters; what was found in bold.
        note: The author's note, if any.
        bottom: Where it ends, in mm.
    """

    at: XY
    title: tuple[str, ...]
    title_face: Face
    lines: tuple[tuple[str, Face], ...]
    note: Columns | None
    bottom: float


def set_heading(
    briefing: Briefing, at: XY, width: float, text: float, *, brief: bool = False
) -> Heading:
    """Return the heading in lines of a width; a brief one has fewer lines of the author's note."""
    narrow, is_roomy = width < _NARROW_MM * text, width >= _ROOMY_MM * max(text, 1)
    title_face = Face(_TITLE_PT[narrow] * text, bold=True)
    under, face = Face(_SUBJECT_PT[narrow] * text), Face(_SCOPE_PT[narrow] * text)
    title = wrap(clean(briefing.title), title_face, width)
    is_short = len(title) > _MOST_TITLE_LINES[narrow]
    if is_short:  # A title that is cut off might leave out what matters.
        short = clean(briefing.short_title)
        title = wrap(short, title_face, width, most=_MOST_TITLE_LINES[narrow])
    is_title = clean(briefing.words) == clean(briefing.title)
    # What is cut off does not say it.
    is_period_said = clean(briefing.period).casefold() in " ".join(title).casefold()
    subject = ("" if is_period_said else briefing.period) if is_title else briefing.subject
    finding = _finding(briefing, is_short=is_short) if is_roomy else ""
    if first := _first_found(briefing, title_face, width, _MOST_TITLE_LINES[narrow]):
        # What was found is the headline then, and the filter says of what. A small sheet has room
        # for a second sentence where that is short and has no other figure.
        is_told = is_roomy or not any(figures_in(clean(briefing.second)))
        finding = briefing.opening[1] if is_told else ""
        title, subject = first, briefing.subject
    said = ((finding, under.in_bold), (subject, under), (briefing.scope_of_map, face))
    lines = [
        (line, letters)
        for words, letters in said
        for line in wrap_whole(clean(words), letters, width, _MOST_LINES)
    ]
    note = None
    y = at[1] + sum(_TITLE_LINE * title_face.line_mm for _ in title) + _UNDER_TITLE_MM * text
    y += sum(one.line_mm for _, one in lines)
    if briefing.note:
        most = _BRIEF_NOTE_LINES if brief else _MOST_NOTE_LINES
        paragraph = Paragraph(say("Author’s note"), " ".join(briefing.note.split()), most)
        note = set_columns([paragraph], face, width)
        y += note.height
    return Heading(at, tuple(title), title_face, tuple(lines), note, y)


def _first_found(briefing: Briefing, face: Face, width: float, most: int) -> list[str]:
    """Return the first of two sentences of what was found, where a title has the lines for it."""
    found = wrap(clean(briefing.first), face, width) if briefing.first else []
    return found if len(found) <= most else []


def _finding(briefing: Briefing, *, is_short: bool) -> str:
    if is_short and briefing.short_title != briefing.title:
        return briefing.who
    return briefing.finding


def draw_heading(canvas: Canvas, heading: Heading) -> None:
    """Draw a heading."""
    x, y = heading.at
    step = _TITLE_LINE * heading.title_face.line_mm
    for words in heading.title:
        canvas.text((x, y + _TITLE_BASELINE * step), words, heading.title_face, "ink")
        y += step
    y += _UNDER_TITLE_MM * heading.title_face.size / _TITLE_PT[0]
    for words, face in heading.lines:
        ink = "ink" if face.bold else "ink_muted"
        canvas.text((x, y + _BASELINE * face.line_mm), words, face, ink)
        y += face.line_mm
    if heading.note:
        draw_columns(canvas, heading.note, (x, y + _OVER_NOTE_MM), "ink")
