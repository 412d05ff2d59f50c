"""Symbols on paper: kinds, hollow forms, discs with a rim of shares, plates, least rings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.map.ground import COLORS
from mapview.briefing.figure.paper.canvas import Canvas
from mapview.briefing.figure.paper.fonts import MM_PER_PT, Face, width_mm
from mapview.cartography.outlines import symbol_outline
from mapview.cartography.style import KINDS, STATUSES

__all__ = ["draw_disc", "draw_least_ring", "draw_symbol", "stroke_ring"]

XY = tuple[float, float]

# Against the radius of 9 px that the screen's symbols have.
_PX = 1 / 9


def draw_symbol(
    canvas: Canvas, at: XY, r: float, kind: int, status: int, *, is_area: bool = False
) -> None:
    """Draw the symbol of one incident.

    Args:
        canvas: On which.
        at: Where, in mm.
        r: Radius of plain symbols in mm.
        kind: Index into `KINDS`.
        status: Index into `STATUSES`.
        is_area: Whether it stands for a province, small on a plate.
    """
    px = r * _PX
    outcome, form = STATUSES[status], KINDS[kind]
    size = 6 * px if is_area else r
    if is_area:
        _plate(canvas, at, size + 4.5 * px, px)
    points = [(at[0] + x * size, at[1] + y * size) for x, y in symbol_outline(form.shape)]
    color = form.color.light
    halo = {"line": COLORS["halo"], "width": (5 if outcome.hollow else 3) * px}
    if not outcome.hollow:
        canvas.polygon(points, **halo)
        canvas.polygon(points, fill=color)
        return
    canvas.polygon(points, **halo)
    dash = (2.6 * px, 1.8 * px) if outcome.mark else ()
    canvas.polygon(points, fill=COLORS["paper"], line=color, width=2 * px, dash=dash)
    if outcome.mark:
        face = Face(max(7.0, 12 * px / MM_PER_PT * 0.95), bold=True)
        beside = (7 if is_area else 5.5) * px
        x, y = at[0] + size + beside, at[1] - size + 3 * px
        canvas.text((x, y), outcome.mark, face, COLORS["ink"], align="center", halo=COLORS["halo"])


def _plate(canvas: Canvas, at: XY, side: float, px: float) -> None:
    x, y = at
    corner = 3 * px
    plate = shapely.box(
        x - side + corner, y - side + corner, x + side - corner, y + side - corner
    ).buffer(corner, quad_segs=4)
    canvas.shape(
        plate, fill=COLORS["paper"], fill_alpha=0.88, line=COLORS["ring"], width=px,
        dash=(2 * px, 2 * px),
    )  # fmt: skip


def _pie(at: XY, r: float, start: float, end: float) -> shapely.Polygon:
    steps = max(2, math.ceil((end - start) / 0.1))
    turns = [start + (end - start) * i / steps for i in range(steps + 1)]
    rim = [(at[0] + r * math.cos(turn), at[1] + r * math.sin(turn)) for turn in turns]
    return shapely.Polygon([at, *rim])


def disc(at: XY, r: float) -> shapely.Polygon:
    """Return a circle on paper."""
    return shapely.Point(at).buffer(r, quad_segs=16)


def draw_disc(  # noqa: PLR0913 - a disc has all of these
    canvas: Canvas,
    at: XY,
    r: float,
    number: str,
    kinds: Sequence[tuple[int, int]],
    *,
    symbol: float,
    is_area: bool = False,
) -> None:
    """Draw a disc for several incidents: its number, and a rim with the shares of the kinds."""
    px = symbol * _PX
    rim = min(3.4 * px, 0.3 * r)
    canvas.shape(disc(at, r + 1.25 * px), fill=COLORS["halo"])
    for share in _shares(at, r, kinds):
        canvas.shape(share[0], fill=share[1])
    canvas.shape(disc(at, r - rim), fill=COLORS["paper"], line=COLORS["halo"], width=px * 0.8)
    if is_area:
        dash = (2.5 * px, 2.5 * px)
        canvas.shape(disc(at, r + 3.2 * px), line=COLORS["ring"], width=1.1 * px, dash=dash)
    face = _number_face(number, 2 * (r - rim) - 0.5, symbol)
    if face:
        y = at[1] + 0.36 * face.size * MM_PER_PT
        canvas.text((at[0], y), number, face, COLORS["ink"], align="center")


def _number_face(number: str, room: float, symbol: float) -> Face | None:
    for size in (10.0, 9.0, 8.0, 7.0, 6.5):
        face = Face(size * symbol / 1.75, bold=True)
        if width_mm(number, face) <= room:
            return face
    return Face(6.0 * symbol / 1.75, bold=True) if number else None


def _shares(
    at: XY, r: float, kinds: Sequence[tuple[int, int]]
) -> Iterable[tuple[shapely.Polygon, str]]:
    total = sum(count for _, count in kinds) or 1
    start = -math.pi / 2
    for kind, count in kinds:
        end = start + 2 * math.pi * count / total
        whole = count == total
        yield (disc(at, r) if whole else _pie(at, r, start, end)), KINDS[kind].color.light
        start = end


def stroke_ring(canvas: Canvas, ring: BaseGeometry, symbol: float) -> None:
    """Draw the ring inside which something lies."""
    px = symbol * _PX
    canvas.shape(
        ring,
        fill=COLORS["ring"], fill_alpha=0.1, line=COLORS["ring"], line_alpha=0.85, width=1.2 * px,
        dash=(4 * px, 3 * px),
    )  # fmt: skip


def draw_least_ring(canvas: Canvas, at: XY, symbol: float) -> None:
    """Draw the ring around a symbol whose true ring would be hidden under it."""
    stroke_ring(canvas, disc(at, symbol * 14 / 9), symbol)
