"""The pictures of a group's page: a small map of its base areas, and its time line."""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from geodata.tongue import digits, in_brackets, say
from mapview.briefing.figure.paper import Canvas, Face, cut, drawing
from mapview.briefing.figure.scene import MapData, area_places
from mapview.briefing.figure.sheet import bare_plan, draw_maps
from mapview.briefing.figure.sizes import Size
from mapview.briefing.progress import Progress
from mapview.groups import LEGEND, GroupPage, Piece, RelationLine

__all__ = ["draw_group_map", "draw_group_time"]

_ROW_MM = 7.0
_LEAST_MM = 60.0
_DPI = 200
_WORDS_SHARE = 0.42
_BAR_MM = 2.6
_HEAD_MM = 15.0
_KEY_MM = 4.5
_NAME, _TERM = Face(7.5), Face(6.5)
_HEADING = Face(8, bold=True)
_INK, _FRAME = "#3f4a56", "#8a929b"
_STEPS = 8
_ALERT = "#c2410c"


def draw_group_map(page: GroupPage, size: Size) -> bytes:
    """Return a map of a group's base areas as PNG.

    Args:
        page: Its base areas that are placed are drawn.
        size: Of the picture.
    """
    placed = [one.line for one in page.areas if one.line.is_placed]
    with drawing():
        plan = bare_plan(MapData((), area_places(placed), None), size)
        canvas = Canvas(size, "png")
        draw_maps(canvas, plan.frames, "", Progress())
        return canvas.finish(page.describe_map())


def _rows_of(page: GroupPage) -> tuple[str | RelationLine, ...]:
    """Return the rows of a time line: headings, and under each its relations."""
    rows: list[str | RelationLine] = []
    for one in page.drawn:
        rows += [one.heading, *one.lines]
    return tuple(rows)


def draw_group_time(page: GroupPage, width_mm: float, most_mm: float) -> tuple[bytes, int]:
    """Return a group's time line as PNG, and how many relations found no room in it.

    Args:
        page: It must have an axis.
        width_mm: Width of the picture; it is as high as its rows need.
        most_mm: How high it may be.
    """
    every = _rows_of(page)
    rows = every[: max(1, int((most_mm - _HEAD_MM - 2) / _ROW_MM))]
    while rows and isinstance(rows[-1], str):
        rows = rows[:-1]
    size = Size(width_mm, max(_LEAST_MM, _HEAD_MM + len(rows) * _ROW_MM + 2), _DPI)
    with drawing():
        canvas = Canvas(size, "png")
        left = width_mm * _WORDS_SHARE
        plot = width_mm - left - 2
        _draw_key(canvas)
        _draw_axis(canvas, page, left, plot, _HEAD_MM + len(rows) * _ROW_MM)
        for index, row in enumerate(rows):
            top = _HEAD_MM + index * _ROW_MM
            if isinstance(row, str):
                canvas.text((1, top + _ROW_MM * 0.7), row, _HEADING, "ink")
            else:
                _draw_row(canvas, row, top, left, plot)
        left_out = sum(not isinstance(row, str) for row in every[len(rows) :])
        return canvas.finish(page.summary), left_out


def _draw_key(canvas: Canvas) -> None:
    for index, (form, words) in enumerate(LEGEND):
        row, column = divmod(index, 2)
        x, y = 1 + column * canvas.size.width_mm / 2, row * _KEY_MM
        _draw_piece(canvas, Piece(form, 0, 1), (x, y + 1), 6)
        canvas.text((x + 7, y + 3.2), say(words), _TERM, "ink")


def _draw_axis(canvas: Canvas, page: GroupPage, left: float, plot: float, bottom: float) -> None:
    for year, share in page.axis.ticks if page.axis else ():
        x = left + share * plot
        canvas.line([(x, _HEAD_MM - 1), (x, bottom)], "#d5d9dd", 0.15)
        canvas.text((x + 0.4, _HEAD_MM - 1.5), digits(str(year)), _TERM, "ink_muted")


def _draw_row(canvas: Canvas, row: RelationLine, top: float, left: float, plot: float) -> None:
    room = left - 4
    title = row.title + (in_brackets([say("disputed")]) if row.is_disputed else "")
    canvas.text((1, top + 2.9), cut(title, _NAME, room), _NAME, "ink")
    canvas.text((1, top + 5.8), cut(row.term, _TERM, room), _TERM, "ink_muted")
    place = (left, top + (_ROW_MM - _BAR_MM) / 2)
    for piece in row.pieces:
        _draw_piece(canvas, piece, place, plot)
    if row.is_disputed:
        first, last = row.pieces[0].start, row.pieces[-1].end
        frame = shapely.box(
            left + first * plot - 0.6, place[1] - 0.6, left + last * plot + 0.6,
            place[1] + _BAR_MM + 0.6,
        )  # fmt: skip
        canvas.shape(frame, line=_ALERT, width=0.25, dash=(1, 0.7))


def _draw_piece(canvas: Canvas, piece: Piece, at: tuple[float, float], plot: float) -> None:
    x0, x1 = at[0] + piece.start * plot, at[0] + piece.end * plot
    y0, y1 = at[1], at[1] + _BAR_MM
    if piece.form == "sure":
        canvas.shape(shapely.box(x0, y0, x1, y1), fill=_INK)
    elif piece.form == "unsure":
        box = shapely.box(x0, y0, x1, y1)
        canvas.shape(box, fill="#ffffff", line=_FRAME, width=0.2)
        lines = shapely.MultiLineString(list(_hatching(x0, x1, y0, y1)))
        canvas.shape(shapely.intersection(lines, box), line=_INK, width=0.2)
    else:
        for step in range(_STEPS):
            share = (step + 0.5) / _STEPS
            strength = share if piece.form == "fade-in" else 1 - share
            width = (x1 - x0) / _STEPS
            part = shapely.box(x0 + step * width, y0, x0 + (step + 1) * width, y1)
            canvas.shape(part, fill=_INK, fill_alpha=0.8 * strength)


def _hatching(
    x0: float, x1: float, y0: float, y1: float
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    high = y1 - y0
    x = x0 - high
    while x < x1:
        yield (x, y1), (x + high, y0)
        x += 1.1
