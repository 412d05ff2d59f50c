"""One map in its frame: ground, base areas, precision, symbols, labels, scale bar, north."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.map.furniture import (
    draw_north,
    draw_scale_bar,
    needs_north,
    scale_bar_size,
)
from mapview.briefing.figure.map.ground import COLORS, draw_ground
from mapview.briefing.figure.map.hatching import (
    DrawnArea,
    draw_hatched,
    draw_tint,
    drawable_areas,
    province_shape,
)
from mapview.briefing.figure.map.names import draw_names, place_area_names, place_names
from mapview.briefing.figure.map.placement import Box, Label, Room, Want, place_all
from mapview.briefing.figure.map.symbols import (
    draw_disc,
    draw_least_ring,
    draw_symbol,
    stroke_ring,
)
from mapview.briefing.figure.paper.canvas import Align, Canvas
from mapview.briefing.figure.paper.fonts import (
    MM_PER_PT,
    Face,
    clean,
    cut,
    line_height_mm,
    width_mm,
    wrap,
)
from mapview.briefing.figure.scene.frames import locator_view, outline_on
from mapview.briefing.figure.scene.labels import label_words
from mapview.briefing.figure.scene.marks import MOST_EXACT, Mark, build_marks
from mapview.briefing.figure.scene.projection import View
from mapview.briefing.figure.scene.spots import AreaSpot, Spot
from mapview.cartography.numbers import short_number
from mapview.cartography.style import STATUSES

__all__ = ["MapStyle", "draw_map"]

_MOST_LABELS = 60
_LABEL_MM = 32.0
_LABEL_LINE = 1.12


@dataclass(frozen=True)
class MapStyle:
    """How large things are on a map.

    Args:
        text: Factor on the size of letters; 1 on A4.
        is_inset: Whether it is an inset: fewer names, no north arrow.
        has_locator: Whether a small map of the wider region stands in a free corner.
        most: For an inset, incidents of the largest disc of the main map, to one scale with it.
        message: Why the map is empty; nothing is named under it.
    """

    text: float = 1.0
    is_inset: bool = False
    has_locator: bool = False
    most: int = 1
    message: str = ""

    @property
    def symbol(self) -> float:
        """Radius of a symbol in mm."""
        return 1.75 * self.text

    @property
    def label(self) -> Face:
        """Letters of labels."""
        return Face(9.0 * self.text)


def draw_map(  # noqa: PLR0917 - a map has all of these
    canvas: Canvas,
    view: View,
    spots: Sequence[Spot],
    areas: tuple[AreaSpot, ...],
    style: MapStyle,
    outlines: Sequence[BaseGeometry] = (),
) -> None:
    """Draw a map.

    Args:
        canvas: On which.
        view: What it shows, and where it stands.
        spots: Places of incidents; those outside are left out.
        areas: Base areas.
        style: How large things are.
        outlines: Frames of insets that enlarge part of it.
    """
    inside = view.holding(spots)
    marks, _ = build_marks(inside, style.symbol, style.most)
    draw_ground(canvas, view, 0.75 if style.is_inset else 1.0)
    drawn = drawable_areas(areas, view)
    for area in drawn:
        draw_hatched(
            canvas,
            area.shape,
            area.area.hatch,
            faded=area.area.faded,
            wide=area.is_wide,
            frame=view.frame,
        )
    if len(inside) <= MOST_EXACT:
        _draw_precision(canvas, view, [spot for _, _, spot in inside])
    for outline in outlines:
        canvas.shape(outline.exterior, line=COLORS["halo"], width=0.7)
        canvas.shape(outline.exterior, line=COLORS["ink_muted"], width=0.25)
    labelling = _Labelling(canvas, view, marks, drawn, style)
    labelling.draw()
    canvas.shape(view.frame, line=COLORS["rule"], width=0.2)
    if style.has_locator:
        _draw_locator(canvas, view, labelling.locator, style)


def _draw_locator(canvas: Canvas, view: View, box: Box | None, style: MapStyle) -> None:
    """Draw where the map lies in the wider region."""
    around = locator_view(view, box) if box else None
    if around is None or box is None:
        return
    left, top, right, bottom = box
    canvas.shape(
        shapely.box(left - 0.6, top - 0.6, right + 0.6, bottom + 0.6), fill=COLORS["paper"]
    )
    draw_ground(canvas, around, 0.6)
    room = Room((left + 0.4, top + 0.4, right - 0.4, bottom - 0.4))
    named = place_names(around, room, frozenset(), 0.82 * style.text, towns=False)
    draw_names(canvas, named, COLORS["label_halo"])
    outline = outline_on(around, view)
    canvas.shape(outline, fill=COLORS["alert"], fill_alpha=0.12, line=COLORS["alert"], width=0.4)
    canvas.shape(around.frame, line=COLORS["rule"], width=0.2)


@dataclass(frozen=True)
class _Message:
    """Words on a plate in the middle of a map."""

    lines: tuple[str, ...]
    face: Face
    plate: Box

    @classmethod
    def on(cls, view: View, style: MapStyle) -> _Message:
        left, top, right, bottom = view.box
        face = Face(12 * style.text, bold=True)
        lines = wrap(clean(style.message), face, 0.8 * (right - left), most=4)
        width = max(width_mm(one, face) for one in lines) / 2 + 5
        half = len(lines) * line_height_mm(face) / 2 + 3
        x, y = (left + right) / 2, (top + bottom) / 2
        return cls(tuple(lines), face, (x - width, y - half, x + width, y + half))

    def draw(self, canvas: Canvas) -> None:
        left, top, right, _ = self.plate
        canvas.shape(shapely.box(*self.plate), fill=COLORS["paper"], line=COLORS["rule"], width=0.2)
        for row, one in enumerate(self.lines):
            at = ((left + right) / 2, top + 3 + (row + 0.76) * line_height_mm(self.face))
            canvas.text(at, one, self.face, COLORS["ink"], align="center")


def _draw_precision(canvas: Canvas, view: View, spots: Sequence[Spot]) -> None:
    """Draw the provinces and rings of imprecise places, each once."""
    tints = {spot.province: spot for spot in spots if spot.form == "province"}
    shaded = set()
    for code in sorted(tints):
        shape = province_shape(code, view)
        if shape is not None and not shape.is_empty:
            draw_tint(canvas, shape, view)
            shaded.add(code)
    rings = {
        (round(spot.lon, 4), round(spot.lat, 4), spot.radius_km)
        for spot in spots
        if spot.form == "ring" or (spot.form == "province" and spot.province not in shaded)
    }
    for lon, lat, radius_km in sorted(rings):
        ring = view.ring(lon, lat, radius_km)
        cut_ring = shapely.intersection(ring, view.frame)
        if not cut_ring.is_empty:
            stroke_ring(canvas, cut_ring, 1.75)


@dataclass
class _Labelling:
    """Places all text of a map, then draws it below and above the symbols."""

    canvas: Canvas
    view: View
    marks: Sequence[Mark]
    drawn: Sequence[DrawnArea]
    style: MapStyle
    locator: Box | None = None

    def draw(self) -> None:
        room = self._room()
        message = _Message.on(self.view, self.style) if self.style.message else None
        if message:
            room.add(message.plate)
        # In an inset names count more than its scale.
        corner = None if self.style.is_inset else self._reserve(room)
        if self.style.has_locator:
            self.locator = self._locator(room)
        words, wants = self._wants()
        labels = place_all(wants, room)
        if self.style.is_inset:
            corner = self._reserve(room)
        said = frozenset(line for label in labels for line in words[label.index])
        halo = COLORS["label_halo"]
        size = self.style.text
        groups = place_area_names(self.drawn, self.view, room, size)
        most = 14 if self.style.is_inset else 400
        ground = place_names(self.view, room, said, size, most=most)
        draw_names(self.canvas, ground, halo)
        draw_names(self.canvas, groups, halo)
        for label in labels:
            if label.leader:
                self.canvas.line(label.leader, COLORS["halo"], 0.6)
                self.canvas.line(label.leader, COLORS["ink_muted"], 0.18)
        for mark in reversed(self.marks):
            self._draw_mark(mark)
        for label in labels:
            self._draw_label(label, words[label.index])
        self._draw_furniture(corner)
        if message:
            message.draw(self.canvas)

    def _room(self) -> Room:
        """Return the frame with what its symbols take."""
        left, top, right, bottom = self.view.box
        room = Room((left + 0.7, top + 0.7, right - 0.7, bottom - 0.7))
        for mark in self.marks:
            r = mark.r + (1.2 if mark.is_area else 0.5)
            room.add_symbol((mark.x - r, mark.y - r, mark.x + r, mark.y + r))
            if mark.is_single and STATUSES[mark.spots[0].status].mark:
                beside = mark.r + 2.3 * self.style.text
                room.add((mark.x, mark.y - beside, mark.x + beside, mark.y))
        return room

    def _wants(self) -> tuple[list[tuple[str, ...]], list[Want]]:
        """Return the lines of each label, the place in bold and the date, and their room."""
        face = self.style.label
        words, wants = [], []
        for mark in sorted(self.marks, key=_importance)[:_MOST_LABELS]:
            lines = self._label_lines(mark)
            if not lines:
                continue
            width = max(
                width_mm(one, face) for one, face in zip(lines, self._faces(lines), strict=True)
            )
            height = len(lines) * _LABEL_LINE * face.size * MM_PER_PT
            r = mark.r
            if mark.is_single and mark.spots[0].form == "ring":
                r *= 14 / 9
            words.append(lines)
            wants.append(Want((mark.x, mark.y), r + (1.0 if mark.is_area else 0), width, height))
        return words, wants

    def _label_lines(self, mark: Mark) -> tuple[str, ...]:
        place, when = (clean(one) for one in label_words(mark.spots))
        width = _LABEL_MM * self.style.text
        bold = Face(self.style.label.size, bold=True)
        lines = wrap(place, bold, width, most=2)
        return tuple([*lines, cut(when, self.style.label, width)] if when else lines)

    def _faces(self, lines: Sequence[str]) -> list[Face]:
        face = self.style.label
        bold = Face(face.size, bold=True)
        return [*[bold] * (len(lines) - 1), face] if len(lines) > 1 else [bold]

    def _draw_label(self, label: Label, lines: Sequence[str]) -> None:
        step = self.style.label.size * MM_PER_PT
        left, top, right, _ = label.box
        is_left = math.cos(math.radians(label.direction)) < -0.5  # noqa: PLR2004
        x = right if is_left else left
        align: Align = "right" if is_left else "left"
        y = top + 0.86 * step
        for words, face in zip(lines, self._faces(lines), strict=True):
            self.canvas.text(
                (x, y), words, face, COLORS["ink"], align=align, halo=COLORS["label_halo"]
            )
            y += _LABEL_LINE * step

    def _draw_mark(self, mark: Mark) -> None:
        at = (mark.x, mark.y)
        symbol = self.style.symbol
        if not mark.is_single:
            draw_disc(
                self.canvas, at, mark.r, short_number(mark.count), mark.kinds, symbol=symbol,
                is_area=mark.is_area,
            )  # fmt: skip
            return
        spot = mark.spots[0]
        if spot.form == "ring" and spot.radius_km / self.view.km_per_mm < symbol * 14 / 9:
            draw_least_ring(self.canvas, at, symbol)
        draw_symbol(self.canvas, at, symbol, spot.kind, spot.status, is_area=mark.is_area)

    def _furniture_face(self) -> Face:
        return Face((7.5 if self.style.is_inset else 9.0) * self.style.text)

    def _reserve(self, room: Room) -> Box | None:
        """Take a free corner for scale bar and arrow; a small inset may have none."""
        left, top, right, bottom = self.view.box
        face = self._furniture_face()
        width, height = scale_bar_size(self.view, face, self._bar_most())
        arrow = self._arrow_size()
        whole = (width + 2.5, max(height, arrow + 3 if arrow else 0) + 2)
        pad = 1.5
        corners = [
            (left + pad, bottom - pad - whole[1], left + pad + whole[0] + arrow, bottom - pad),
            (right - pad - whole[0] - arrow, bottom - pad - whole[1], right - pad, bottom - pad),
            (left + pad, top + pad, left + pad + whole[0] + arrow, top + pad + whole[1]),
            (right - pad - whole[0] - arrow, top + pad, right - pad, top + pad + whole[1]),
        ]
        free = [box for box in corners if not room.hits(box)]
        if not free and self.style.is_inset:
            return None
        chosen = (free or corners)[0]
        room.add(chosen)
        return chosen

    def _locator(self, room: Room) -> Box | None:
        """Take a free corner for the map of the wider region."""
        left, top, right, bottom = self.view.box
        width = min(46.0 * self.style.text, 0.26 * (right - left))
        height = 0.72 * width
        gap = 1.6
        corners = [
            (right - gap - width, top + gap, right - gap, top + gap + height),
            (right - gap - width, bottom - gap - height, right - gap, bottom - gap),
            (left + gap, top + gap, left + gap + width, top + gap + height),
        ]
        box = next((one for one in corners if not room.hits(one)), None)
        if box is None or locator_view(self.view, box) is None:
            return None
        room.add((box[0] - gap, box[1] - gap, box[2] + gap, box[3] + gap))
        return box

    def _bar_most(self) -> float:
        left, _, right, _ = self.view.box
        return min(38.0, 0.3 * (right - left))

    def _arrow_size(self) -> float:
        if self.style.is_inset or self.view.is_world or not needs_north(self.view):
            return 0
        return 7.0 * self.style.text

    def _draw_furniture(self, corner: Box | None) -> None:
        if corner is None or self.view.is_world:
            return  # No length holds for all of the world.
        face = self._furniture_face()
        arrow = self._arrow_size()
        x = corner[0] + 1
        if arrow:
            at = (corner[0] + arrow / 2, corner[3] - arrow / 2)
            draw_north(self.canvas, self.view, at, arrow, face)
            x += arrow + 1
        draw_scale_bar(self.canvas, self.view, (x, corner[3] - 0.6), face, self._bar_most())


def _importance(mark: Mark) -> tuple[int, int, float, float]:
    return (-mark.count, -max(spot.toll for spot in mark.spots), mark.y, mark.x)
