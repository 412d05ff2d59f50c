"""Names of the ground, and of groups in their base areas: quiet, and only where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.places.boundaries import countries
from mapview.briefing.figure.map.obstacles import Obstacles
from mapview.briefing.figure.paper import (
    HALF_CAPITAL,
    HALF_WORD,
    XY,
    Canvas,
    Face,
    Rect,
    clean,
    country,
    cut,
    is_english,
    is_joined,
    language,
    place,
    width_mm,
)
from mapview.briefing.figure.scene import DrawnArea, View
from mapview.cartography import HATCHES, SPACING, Name, names

__all__ = [
    "Countries",
    "GroundName",
    "draw_names",
    "lands",
    "place_area_names",
    "place_names",
    "place_unplaced",
]

Countries = Literal["as on the screen", "first", "alone"]

# Which zoom levels of the screen name countries after towns, and no countries at all.
_LATE_COUNTRIES_FROM = 4
_NO_COUNTRIES_ABOVE = 12
# A name of rank 0 appears at this zoom level. Paper, which cannot be zoomed, names a little more,
# and a map of countries alone a good deal more.
_FIRST_ZOOM = 2
_MORE_ZOOM = 0.35
_COUNTRIES_MORE_ZOOM = 1.6
# More names than a sheet of the largest size has room for.
_MOST = 400
# Letters in points on A4: of countries by rank, of towns up to and above rank 1, of groups.
_COUNTRY_PT = (9.5, 8.6, 7.0)
_COUNTRY_PT_A_RANK = 0.35
_TOWN_PT = (8.0, 7.5)
_LARGE_TOWN = 1
_GROUP_PT = 8.0
# Of what stands under the name of a country, and its line in sizes of its face.
_UNPLACED_PT = 7.5
_UNPLACED_LINE = 1.25
# Boxes of names: half their height in sizes of the face, and what is kept clear beside them.
_COUNTRY_HALF, _COUNTRY_BESIDE_MM = 0.65, 1.0
_TOWN_HALF, _TOWN_BESIDE_MM = 0.6, 0.5
_GROUP_HALF, _GROUP_BESIDE_MM = 0.62, 0.6
# A country's name is tried so many lines from its own place, then at the points of a grid.
_COUNTRY_LINES = (0, -1, 1, -2, 2, -3, 3)
_GRID = 15
# So much of a name that its country cannot hold may lie over others, told by points along it.
_MOST_FOREIGN = 1 / 3
_SAMPLES = 15
_VIEWS = 16
# Of a town: its dot, what must be free and is then kept clear around it, and the gap to its name.
_DOT_MM = 0.42
_DOT_GROWTH = 0.8
_DOT_HALO_MM = 0.25
_DOT_FREE_MM = 0.6
_DOT_CLEAR_MM = 0.8
_DOT_GAP_MM = 1.1
# So near to the edge of the frame a town is not named.
_EDGE_MM = 1.5
# A group is named again where its name is not within this distance, and only in an area that is
# about as wide as the name, unless the map is of a single town's surroundings.
_AGAIN_MM = 55.0
_GROUP_WIDTH_MM = 32
_FILLS = 0.7
_CLOSE_ZOOM = 8


@dataclass(frozen=True)
class GroundName:
    """A name that found its place.

    Attributes:
        text: The name.
        at: Left or middle of its baseline.
        face: Letters.
        color: Of the letters.
        dot: The town's place.
        dot_mm: Radius of the dot there.
        align: Whether `at` is its left or its middle.
        halo: What parts its letters from lines under them, where there are any.
    """

    text: str
    at: XY
    face: Face
    color: str
    dot: XY | None = None
    dot_mm: float = _DOT_MM
    align: Literal["left", "center"] = "left"
    halo: str | None = "label_halo"

    def moved(self, x: float, y: float) -> GroundName:
        """Return it so many mm to the right and down."""
        dot = (self.dot[0] + x, self.dot[1] + y) if self.dot else None
        return replace(self, at=(self.at[0] + x, self.at[1] + y), dot=dot)

    @property
    def box(self) -> Rect:
        """What it covers, with its dot."""
        (x, base), width, high = self.at, width_mm(self.text, self.face), self.face.mm
        left = x - width / 2 if self.align == "center" else x
        dots = [left, left + width, *([self.dot[0]] if self.dot else [])]
        tops = [base - high, base + high / 4, *([self.dot[1]] if self.dot else [])]
        return Rect(min(dots), min(tops), max(dots), max(tops))


def _called() -> Sequence[Name]:
    """Return the names of the ground in the language that is spoken, where they are known in it."""
    return names() if is_english() else _names_in(language())


@cache
def _names_in(spoken: str) -> tuple[Name, ...]:
    del spoken
    return tuple(
        replace(
            one,
            text=country(one.country)
            if one.is_country and one.country
            else place(one.text, one.country),
        )
        for one in names()
    )


def _in_order(zoom: float, *, countries_first: bool = False) -> list[Name]:
    """Return the names that a scale may show, the most important first, as on the screen."""

    def order(name: Name) -> int:
        is_late = name.is_country == (zoom >= _LATE_COUNTRIES_FROM and not countries_first)
        return max(0, name.rank - 1) * 2 + is_late

    fitting = [
        name
        for name in _called()
        if name.rank + _FIRST_ZOOM <= zoom and not (name.is_country and zoom > _NO_COUNTRIES_ABOVE)
    ]
    return sorted(fitting, key=order)


def place_names(
    view: View,
    obstacles: Obstacles,
    taken: frozenset[str],
    text: float,
    *,
    most: int = _MOST,
    countries: Countries = "as on the screen",
) -> list[GroundName]:
    """Return the names of countries and towns that find room.

    Args:
        view: What is shown.
        obstacles: What names must not touch; grows.
        taken: Names that stand on the map already.
        text: Factor on the size of letters.
        most: How many at most.
        countries: Whether countries are named first or alone.
    """
    found: list[GroundName] = []
    has_towns = countries != "alone"
    zoom = view.zoom + (_MORE_ZOOM if has_towns else _COUNTRIES_MORE_ZOOM)
    some = _in_order(zoom, countries_first=countries == "first")
    # Thousands, of which some hundred find room: one projection of all is the fastest.
    xs, ys = view.to_mm(*(np.array([getattr(one, key) for one in some]) for key in ("lon", "lat")))
    for name, at in zip(some, zip(xs.tolist(), ys.tolist(), strict=True), strict=True):
        if len(found) >= most:
            break
        if name.is_country:
            known = _capitals(name) in taken
            placed = None if known else _country(name, at, view, obstacles, text)
        elif name.text in taken or not has_towns:
            continue
        else:
            placed = _town(name, at, view, obstacles, text)
        if placed:
            found.append(placed)
    return found


def _country_spots(iso: str, at: XY, view: View, size: XY, foreign: float) -> Iterator[XY]:
    """Yield where a country's name could stand: its own place, then the widest parts in view."""
    width, height = size
    codes, tree = lands(view)
    own = codes == iso
    if not own.any():
        return
    x, y = at
    if view.frame.has(at):
        for lines in _COUNTRY_LINES:
            if _is_at_home(iso, (x, y + lines * height), view, width, foreign):
                yield x, y + lines * height
    parts = shapely.get_parts(tree.geometries[own])
    if not (parts := [one for one in parts if one.geom_type == "Polygon"]):
        return
    largest = max(parts, key=lambda part: part.area)
    left, top, right, bottom = largest.bounds
    xs, ys = (
        one.ravel()
        for one in np.meshgrid(
            np.linspace(left, right, _GRID)[1:-1], np.linspace(top, bottom, _GRID)[1:-1]
        )
    )
    w, h = width / 2, height / 2
    shapely.prepare(largest)
    fits = shapely.contains(largest, shapely.box(xs - w, ys - h, xs + w, ys + h))
    depth = shapely.distance(shapely.points(xs, ys), largest.boundary)
    for index in np.argsort(-depth, kind="stable"):
        if fits[index]:
            yield float(xs[index]), float(ys[index])


def _is_at_home(iso: str, middle: XY, view: View, width: float, foreign: float) -> bool:
    """Whether the middle of a name lies in its country, and at most such a share over others."""
    codes, tree = lands(view)
    x, y = middle
    xs = np.append(np.linspace(x - width / 2, x + width / 2, _SAMPLES), x)
    points, hit = tree.query(shapely.points(xs, y), predicate="intersects")
    own = codes[hit] == iso
    is_in = bool(np.any(points[own] == _SAMPLES))
    return is_in and len(set(points[~own]) - {_SAMPLES}) <= foreign * _SAMPLES


@lru_cache(maxsize=_VIEWS)
def lands(view: View) -> tuple[NDArray[np.str_], shapely.STRtree]:
    """Return the countries on paper with their codes."""
    codes = np.array(list(countries()), dtype=str)
    pieces = view.pieces([land.geometry for land in countries().values()])
    found = np.array([index for index, _ in pieces], dtype=int)
    return codes[found], shapely.STRtree([one for _, one in pieces])


def _capitals(name: Name) -> str:
    return clean(name.text.upper())


def _country_faces(name: Name, text: float) -> list[tuple[Face, float]]:
    """Return the letters of a country's name, rather close than across a border, and that share."""
    most, first, least = _COUNTRY_PT
    size = min(most, max(least, first - _COUNTRY_PT_A_RANK * name.rank)) * text
    faces = [Face(size, spacing=SPACING["country"]), Face(size)]
    if is_joined(name.text):
        faces = [Face(size * SPACING["joined"])]
    return [*((face, 0.0) for face in faces), (faces[-1], _MOST_FOREIGN)]


def place_unplaced(
    unplaced: Mapping[str, str], view: View, obstacles: Obstacles, text: float
) -> list[GroundName]:
    """Return the names of countries, each with how many of its events are not on the map under it.

    It stands under the name of the country and nowhere else: a mark would look like a place.

    Args:
        unplaced: Words by the code of the country, the most important first.
        view: What is shown.
        obstacles: What names must not touch; grows.
        text: Factor on the size of letters.
    """
    by_code = {name.country: name for name in _called() if name.is_country}
    known = [(by_code[code], words) for code, words in unplaced.items() if code in by_code]
    below = Face(_UNPLACED_PT * text)
    found: list[GroundName] = []
    for name, words in known:
        capitals, at = _capitals(name), view.point(name.lon, name.lat)
        for face, foreign in _country_faces(name, text):
            width = max(width_mm(capitals, face), width_mm(words, below))
            height = face.mm + _UNPLACED_LINE * below.mm
            spots = _country_spots(name.country, at, view, (width, height), foreign)
            boxes = (_box(spot, width, height / 2, _COUNTRY_BESIDE_MM) for spot in spots)
            box = obstacles.first_free(boxes)
            if not box:
                continue
            obstacles.add(box)
            x, top = box.middle[0], box.middle[1] - height / 2
            own = (x, top + face.mm / 2 + HALF_CAPITAL * face.mm)
            under = (x, top + height - _UNPLACED_LINE * below.mm / 2 + HALF_WORD * below.mm)
            found.append(GroundName(capitals, own, face, "country_label", align="center"))
            found.append(GroundName(words, under, below, "city_label", align="center"))
            break
    return found


def _country(
    name: Name, at: XY, view: View, obstacles: Obstacles, text: float
) -> GroundName | None:
    words = _capitals(name)
    for face, foreign in _country_faces(name, text):
        width, height = width_mm(words, face), face.mm
        for x, y in _country_spots(name.country, at, view, (width, height), foreign):
            box = _box((x, y), width, height * _COUNTRY_HALF, _COUNTRY_BESIDE_MM)
            if obstacles.is_free(box):
                obstacles.add(box)
                start = (x, y + HALF_CAPITAL * height)
                return GroundName(words, start, face, "country_label", align="center")
    return None


def _box(middle: XY, width: float, half: float, beside: float) -> Rect:
    (x, y), w = middle, width / 2
    return Rect(x - w - beside, y - half, x + w + beside, y + half)


def _town(name: Name, at: XY, view: View, obstacles: Obstacles, text: float) -> GroundName | None:
    x, y = at
    dot = Rect.around(at, 0, 0)
    is_inside = view.frame.grown(-_EDGE_MM).has(at)
    if not is_inside or obstacles.hits(dot.grown(_DOT_FREE_MM)):
        return None
    face = Face(_TOWN_PT[name.rank > _LARGE_TOWN] * text)
    words = clean(name.text)
    width, height = width_mm(words, face), face.mm
    grown = max(1.0, _DOT_GROWTH * text)
    gap = _DOT_GAP_MM * grown
    for left, middle in (
        (x + gap, y),
        (x - gap - width, y),
        (x - width / 2, y - gap - height / 2),
        (x - width / 2, y + gap + height / 2),
    ):
        half = height * _TOWN_HALF
        box = Rect(
            left - _TOWN_BESIDE_MM, middle - half, left + width + _TOWN_BESIDE_MM, middle + half
        )
        if obstacles.is_free(box):
            obstacles.add(box)
            obstacles.add(dot.grown(_DOT_CLEAR_MM))
            start = (left, middle + HALF_WORD * height)
            return GroundName(words, start, face, "city_label", dot=at, dot_mm=grown * _DOT_MM)
    return None


def place_area_names(
    drawn: Sequence[DrawnArea], view: View, obstacles: Obstacles, text: float
) -> list[GroundName]:
    """Return the names of groups that find room in, under or above their base areas.

    Areas that are certain for the period come first.
    """
    face = Face(_GROUP_PT * text, italic=True)
    found: list[GroundName] = []
    for one in sorted(drawn, key=lambda one: one.area.is_faded):
        words = cut(clean(one.area.label), face, _GROUP_WIDTH_MM * max(1.0, text))
        width, height = width_mm(words, face), face.mm
        visible = one.shape.intersection(view.polygon)
        if visible.is_empty:
            continue
        shape = Rect(*visible.bounds)
        x, middle = shape.middle
        same = [other.at for other in found if other.text == words]
        is_near = any(abs(at[0] - x) + abs(at[1] - middle) < _AGAIN_MM for at in same)
        if is_near or (shape.width < _FILLS * width and view.zoom < _CLOSE_ZOOM):
            continue
        rows = (middle, shape.bottom + height, shape.top - height)
        boxes = (_box((x, y), width, height * _GROUP_HALF, _GROUP_BESIDE_MM) for y in rows)
        box = obstacles.first_free(boxes)
        if box:
            obstacles.add(box)
            color = HATCHES[one.area.hatch % len(HATCHES)].color.light
            at = (x, box.middle[1] + HALF_WORD * height)
            found.append(GroundName(words, at, face, color, align="center"))
    return found


def draw_names(canvas: Canvas, found: Sequence[GroundName]) -> None:
    """Draw names with their dots."""
    for name in found:
        if name.dot:
            dot = shapely.Point(name.dot).buffer(name.dot_mm, quad_segs=6)
            canvas.shape(dot, fill="city_dot", line="label_halo", width=_DOT_HALO_MM)
    for name in found:
        canvas.text(name.at, name.text, name.face, name.color, align=name.align, halo=name.halo)
