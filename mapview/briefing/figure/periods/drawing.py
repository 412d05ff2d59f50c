"""Maps of periods as drawn, each under its title, and the timeline of a film."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from mapview.briefing.figure.map.drawing import MapStyle, draw_map
from mapview.briefing.figure.map.remarks import Unsaid
from mapview.briefing.figure.paper import (
    Align,
    Canvas,
    Rect,
    cut,
    is_english,
    is_from_right,
    labelled,
    say,
    width_mm,
)
from mapview.briefing.figure.periods.panels import Panels

__all__ = ["draw_parts", "style_of"]

# Bars of the timeline: what certainly lies in a period, and what may, as in the app.
_EXACT, _INEXACT = "#4a6785", "#c9d5e1"
_BASE_MM = 0.25
# Between bars, as a share of their width; the bar of the period that is shown has a line under it.
_BETWEEN = 0.12
_UNDER_MM = 0.9
_LABEL_PT = 8.0
_TITLE_GAP_MM = 3.0
_BASELINE = 0.76


def style_of(panels: Panels) -> MapStyle:
    """Return how all maps of periods are drawn, with names of the ground in one place on each."""
    most = panels.contents.most
    style = MapStyle(panels.text, is_inset=True, is_plain=True, most=most, has_pale=True)
    return style.steady(panels.views[0], panels.all_symbols)


def draw_parts(
    canvas: Canvas,
    panels: Panels,
    style: MapStyle,
    which: Iterable[int] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Draw maps under their titles, and the timeline of a film.

    Args:
        canvas: On which.
        panels: Where they stand, and what they show.
        style: How they are drawn; see `style_of`.
        which: Which of them, counted from 0; all without it.
        tell: Told of each; may stop the drawing.
    """
    first, unsaid = panels.frames[0], Unsaid()
    for at in range(len(panels.parts)) if which is None else which:
        part, view = panels.parts[at], panels.views[at]
        tell(f"Drawing {part.words}")
        moved = style.moved(view.frame.left - first.left, view.frame.top - first.top)
        with canvas.group(f"Map: {part.words}"):
            message = part.message(panels.seen(at))
            drawn = draw_map(canvas, view, panels.shown[at], replace(moved, message=message))
            unsaid = unsaid.joined(drawn)
        with canvas.group(f"Title: {part.words}"):
            _draw_title(canvas, panels, at)
        if panels.strip:
            with canvas.group("Timeline"):
                _draw_strip(canvas, panels, panels.strip, at)
    if panels.remark:
        with canvas.group("What marks do not say"):
            _draw_remark(canvas, panels, panels.remark, unsaid)


def _draw_remark(canvas: Canvas, panels: Panels, box: Rect, unsaid: Unsaid) -> None:
    face = panels.remark_face
    side: Align = "right" if is_from_right() else "left"
    x = box.right if side == "right" else box.left
    for at, line in enumerate(panels.remark_lines(unsaid)):
        y = box.top + (at + _BASELINE) * face.line_mm
        canvas.text((x, y), line, face, "ink_muted", align=side)


def _draw_title(canvas: Canvas, panels: Panels, at: int) -> None:
    """Write the period and, under or beside it, how many events it has."""
    part, frame = panels.parts[at], panels.frames[at]
    title, face = panels.title_face, panels.count_face
    top = frame.top - panels.head_mm
    words = cut(part.words, title, frame.width)
    # Where the language is read from the right, they begin there.
    is_rtl = is_from_right()
    x, sign = (frame.right, -1) if is_rtl else (frame.left, 1)
    side: Align = "right" if is_rtl else "left"
    canvas.text((x, top + _BASELINE * title.line_mm), words, title, "ink", align=side)
    room = frame.width
    if panels.is_film:
        used, y = width_mm(words, title) + _TITLE_GAP_MM, top + _BASELINE * title.line_mm
        x, room = x + sign * used, room - used
    else:
        y = top + title.line_mm + _BASELINE * face.line_mm
    counted = next((one for one in part.titles(panels.seen(at)) if width_mm(one, face) <= room), "")
    said = counted or cut(part.counted, face, room)
    canvas.text((x, y), said, face, "ink_muted", align=side)


def _draw_strip(canvas: Canvas, panels: Panels, strip: Rect, now: int) -> None:
    """Draw a bar for each period, all but that which is shown pale."""
    parts = [one for one in panels.parts if one.is_period]
    most = max(1, *(one.events.possible for one in parts))
    face = panels.count_face.sized(_LABEL_PT * panels.text)
    base = strip.bottom - face.line_mm - _UNDER_MM
    step = strip.width / len(parts)
    is_rtl = is_from_right()
    for at, one in enumerate(parts):
        place = len(parts) - 1 - at if is_rtl else at
        left = strip.left + (place + _BETWEEN / 2) * step
        right = left + (1 - _BETWEEN) * step
        with canvas.faded(at != now):
            for count, fill in ((one.events.possible, _INEXACT), (one.events.certain, _EXACT)):
                top = base - count / most * (base - strip.top)
                _box(canvas, Rect(left, top, right, base), fill, has_line=fill == _INEXACT)
        if at == now:
            _box(canvas, Rect(left, base, right, base + _UNDER_MM), "ink")
    canvas.line([(strip.left, base), (strip.right, base)], "rule", _BASE_MM)
    y = strip.bottom - (1 - _BASELINE) * face.line_mm
    sides: tuple[tuple[float, Align], ...] = ((strip.left, "left"), (strip.right, "right"))
    first, last = reversed(sides) if is_rtl else sides
    canvas.text((first[0], y), parts[0].words, face, "ink_muted", align=first[1])
    if len(parts) > 1:
        canvas.text((last[0], y), parts[-1].words, face, "ink_muted", align=last[1])
    highest = max(parts, key=lambda one: one.events.possible)
    events = highest.events
    words = f"highest bar: {events.words} {'event' if events.possible == 1 else 'events'}"
    if not is_english():
        words = labelled(say("highest bar"), highest.counted)
    middle = (strip.left + strip.right) / 2
    canvas.text((middle, y), words, face, "ink_muted", align="center")


def _box(canvas: Canvas, box: Rect, fill: str, *, has_line: bool = False) -> None:
    left, top, right, bottom = box
    if bottom > top:
        corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
        line = {"line": _EXACT, "width": 0.15} if has_line else {}
        canvas.polygon(corners, fill=fill, **line)
