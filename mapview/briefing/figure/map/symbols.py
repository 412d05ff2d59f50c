"""Symbols on the map: those of one incident, discs with a rim of shares, rings around them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.paper import (
    HALF_CAPITAL,
    XY,
    Canvas,
    CanvasPen,
    Face,
    pixel_mm,
    width_mm,
)
from mapview.briefing.figure.scene import LEAST_RING, SYMBOL_MM, Symbol
from mapview.cartography import ASSUMED, DRAWN, RING, drawn_symbol, replay, short_count

__all__ = [
    "ACCENT",
    "draw_disc",
    "draw_least_ring",
    "draw_on_map",
    "draw_symbol",
    "stroke_ring",
]

# Of a disc: the rim of shares, at most a share of its radius, and the lines around it.
_RIM_PX = 3.4
_MOST_RIM = 0.3
_DISC_HALO_PX = 1.25
_DISC_LINE_PX = 0.8
_AREA_RING_PX = 3.2
_AREA_LINE_PX = 1.1
# Dots with round ends; dashes are for disputed borders alone.
_AREA_DOTS = (0.1, 3.2)
# Sizes in points in which the number of a disc is tried, the last of them even if it is too wide.
_NUMBER_PT = (10.0, 9.0, 8.0, 7.0, 6.5)
_LEAST_NUMBER_PT = 6.0
_BESIDE_NUMBER_MM = 0.5
# A point of a pie's rim each so many radians: finer than a printer shows at the largest disc.
_PIE_STEP = 0.1

ACCENT = "alert"
"""The colour of what is in focus."""


def draw_on_map(canvas: Canvas, symbol: Symbol, size: float, km_per_mm: float) -> None:
    """Draw what stands for one incident or several.

    Args:
        canvas: On which.
        symbol: What stands where.
        size: Radius of plain symbols in mm.
        km_per_mm: Scale of the map: a ring that is too small on it is drawn larger.
    """
    at, first = (symbol.x, symbol.y), symbol.places[0]
    if not symbol.is_single:
        number = short_count(symbol.certain, symbol.count)
        draw_disc(canvas, at, symbol.r, number, symbol.kinds, symbol=size, is_area=symbol.is_area)
        return
    if symbol.is_ringed and first.radius_km / km_per_mm < size * LEAST_RING:
        draw_least_ring(canvas, at, size, is_open=first.form == "assumed")
    draw_symbol(
        canvas,
        at,
        size,
        first.kind,
        first.status,
        is_area=symbol.is_area,
        accent=first.is_focus and canvas.is_muted,
    )


def _dash(parts: tuple[float, float], px: float) -> tuple[float, float]:
    return parts[0] * px, parts[1] * px


def draw_symbol(  # noqa: PLR0913 - a symbol has all of these
    canvas: Canvas,
    at: XY,
    r: float,
    kind: int,
    status: int,
    *,
    is_area: bool = False,
    accent: bool = False,
) -> None:
    """Draw the symbol of one incident.

    Args:
        canvas: On which.
        at: Where, in mm.
        r: Radius of plain symbols in mm.
        kind: Index into `DRAWN`.
        status: Index into `STATUSES`.
        is_area: Whether it stands for a province, small on a plate.
        accent: Whether it is in focus, and so in the one colour that is not grey.
    """
    drawn = drawn_symbol(kind, status, is_area=is_area)
    if accent:
        own = DRAWN[kind].color.light
        drawn = tuple(
            replace(
                one,
                fill=ACCENT if one.fill == own else one.fill,
                stroke=ACCENT if one.stroke == own else one.stroke,
            )
            for one in drawn
        )
    replay(drawn, CanvasPen(canvas, at, pixel_mm(r)))


def _pie(at: XY, r: float, start: float, end: float) -> shapely.Polygon:
    steps = max(2, math.ceil((end - start) / _PIE_STEP))
    turns = [start + (end - start) * i / steps for i in range(steps + 1)]
    rim = [(at[0] + r * math.cos(turn), at[1] + r * math.sin(turn)) for turn in turns]
    return shapely.Polygon([at, *rim])


def _circle(at: XY, r: float) -> shapely.Polygon:
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
    px = pixel_mm(symbol)
    inner = r - min(_RIM_PX * px, _MOST_RIM * r)
    canvas.shape(_circle(at, r + _DISC_HALO_PX * px), fill="halo")
    for share, color in _shares(at, r, kinds):
        canvas.shape(share, fill=color)
    canvas.shape(_circle(at, inner), fill="paper", line="halo", width=_DISC_LINE_PX * px)
    if is_area:
        ring, dash = _circle(at, r + _AREA_RING_PX * px), _dash(_AREA_DOTS, px)
        canvas.shape(ring, line="ring", width=_AREA_LINE_PX * px, dash=dash, cap="round")
    if number:
        room = 2 * inner - _BESIDE_NUMBER_MM
        face = _number_face(number, room, symbol / SYMBOL_MM)
        y = at[1] + HALF_CAPITAL * face.mm
        # What reaches over the rim must be read on its colours too.
        halo = "paper" if width_mm(number, face) > room else None
        canvas.text((at[0], y), number, face, "ink", align="center", halo=halo)


def _number_face(number: str, width: float, grown: float) -> Face:
    faces = (Face(size * grown, bold=True) for size in _NUMBER_PT)
    fitting = (face for face in faces if width_mm(number, face) <= width)
    return next(fitting, Face(_LEAST_NUMBER_PT * grown, bold=True))


def _shares(
    at: XY, r: float, kinds: Sequence[tuple[int, int]]
) -> Iterable[tuple[shapely.Polygon, str]]:
    total = sum(count for _, count in kinds) or 1
    start = -math.pi / 2
    for kind, count in kinds:
        end = start + 2 * math.pi * count / total
        is_whole = count == total
        yield (_circle(at, r) if is_whole else _pie(at, r, start, end)), DRAWN[kind].color.light
        start = end


def stroke_ring(
    canvas: Canvas, ring: BaseGeometry, symbol: float = SYMBOL_MM, *, is_open: bool = False
) -> None:
    """Draw the ring inside which something lies, or an open one, which says that nobody knows."""
    look = ASSUMED if is_open else RING
    canvas.shape(ring, **CanvasPen(canvas, (0, 0), pixel_mm(symbol)).look(look))


def draw_least_ring(canvas: Canvas, at: XY, symbol: float, *, is_open: bool = False) -> None:
    """Draw the ring around a symbol whose true ring would be hidden under it."""
    stroke_ring(canvas, _circle(at, symbol * LEAST_RING), symbol, is_open=is_open)
