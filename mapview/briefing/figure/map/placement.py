"""Where labels stand: what they must not touch, and the search for places that are free."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.paper import XY, Rect

__all__ = ["Label", "Obstacles", "PlacedLabel", "place_labels"]

Segment = tuple[XY, XY]

# Obstacles are looked up in cells about as large as a label.
_CELL_MM = 10.0
# East first, then what reads as well; eight more directions where a label stands off.
_NEAR = (0.0, -45.0, 45.0, 180.0, -135.0, 135.0, -90.0, 90.0)
_FAR = (*_NEAR, -22.5, 22.5, 157.5, -157.5, -67.5, 67.5, -112.5, 112.5)
# From symbol to label; from the second on a leader line is needed to tell what it belongs to.
# A label that had to be led farther is left out: it would stand beside something else.
_GAPS_MM = (0.95, 2.4, 4.5, 6.0, 7.5)
# What is led is looked for in more places, for it is large and seldom.
_LED_GAPS_MM = (0.95, 2.4, 3.5, 4.5, 5.25, 6.0, 6.75, 7.5)
_LED = (*_FAR, *(11.25 * turn for turn in range(-15, 17, 2)))
_LEADER_FROM_MM = 1.5
# Clear paper around a label, and to the symbols of others where it stands off.
_CLEAR_MM = 0.35
_APART_MM = 1.6
# A label is nearer to its own symbol than to any other by this, whichever has a plate.
_NEARER_MM = 1.0
_SAME_MM = 1e-6
# How soon a label is beside its symbol instead of above it: at 39° from upright.
_LEAN = 1.6
# Orders in which labels are tried; more place hardly another one.
_TRIES = 4


def _meets(segment: Segment, box: Rect) -> bool:
    """Whether a segment passes through a rectangle (clipping after Liang and Barsky)."""
    (x0, y0), (x1, y1) = segment
    low, high = 0.0, 1.0
    for step, first, least, most in (
        (x1 - x0, x0, box.left, box.right),
        (y1 - y0, y0, box.top, box.bottom),
    ):
        if step == 0:
            if not least < first < most:
                return False
            continue
        ends = sorted(((least - first) / step, (most - first) / step))
        low, high = max(low, ends[0]), min(high, ends[1])
    return low < high


def _cross(a: Segment, b: Segment) -> bool:
    def side(segment: Segment, at: XY) -> float:
        (x0, y0), (x1, y1) = segment
        return (x1 - x0) * (at[1] - y0) - (y1 - y0) * (at[0] - x0)

    return side(a, b[0]) * side(a, b[1]) < 0 and side(b, a[0]) * side(b, a[1]) < 0


@dataclass
class Obstacles:
    """What labels on a frame must not touch: boxes in a grid, and leader lines.

    Attributes:
        frame: Nothing may stand outside of it.
    """

    frame: Rect
    _grid: dict[tuple[int, int], list[Rect]] = field(default_factory=dict)
    _lines: list[Segment] = field(default_factory=list)
    _symbols: list[Rect] = field(default_factory=list)

    def copy(self) -> Obstacles:
        """Return the same, which can grow apart."""
        grid = {key: list(boxes) for key, boxes in self._grid.items()}
        return Obstacles(self.frame, grid, list(self._lines), list(self._symbols))

    def _cells(self, box: Rect) -> Iterator[tuple[int, int]]:
        x0, y0, x1, y1 = (math.floor(edge / _CELL_MM) for edge in box)
        for i in range(x0, x1 + 1):
            for j in range(y0, y1 + 1):
                yield i, j

    def add(self, box: Rect) -> None:
        """Take a box."""
        for key in self._cells(box):
            self._grid.setdefault(key, []).append(box)

    def add_symbol(self, box: Rect) -> None:
        """Take a symbol; labels of others that stand off keep away from it."""
        self.add(box)
        self._symbols.append(box)

    def add_outline(self, shape: BaseGeometry) -> None:
        """Take the outline of a shape; what lies wholly within is free."""
        for part in shapely.get_parts(shape):
            ends = shapely.get_coordinates(part).tolist()
            self._lines += [((a, b), (c, d)) for (a, b), (c, d) in pairwise(ends)]

    def add_label(self, label: PlacedLabel) -> None:
        """Take a label with its leader line."""
        self.add(label.box)
        if label.leader:
            self._lines.append(label.leader)

    def hits(self, box: Rect) -> bool:
        """Whether a box touches what is taken."""
        taken = any(
            box.overlaps(other) for key in self._cells(box) for other in self._grid.get(key, ())
        )
        return taken or any(_meets(line, box) for line in self._lines)

    def is_free(self, box: Rect) -> bool:
        """Whether a box is inside the frame and touches nothing."""
        return self.frame.encloses(box) and not self.hits(box)

    def first_free(self, boxes: Iterable[Rect]) -> Rect | None:
        """Return the first of some boxes that is free, if any."""
        return next((box for box in boxes if self.is_free(box)), None)

    def is_crossed(self, segment: Segment, own: XY) -> bool:
        """Whether a line touches what is taken, but for the boxes around its own start."""
        (x0, y0), (x1, y1) = segment
        span = Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        boxes = {box for key in self._cells(span) for box in self._grid.get(key, ())}
        if any(not box.has(own) and _meets(segment, box) for box in boxes):
            return True
        return any(_cross(segment, other) for other in self._lines)

    def is_near_another(self, box: Rect, own: XY) -> bool:
        """Whether a box is so near to a symbol that is not its own that it would seem its label."""
        wide = box.grown(_APART_MM)
        return any(wide.overlaps(other) for other in self._symbols if not other.has(own))

    def is_nearer_to_another(self, box: Rect, own: XY) -> bool:
        """Whether a box stands nearer to another symbol than to its own, or hardly farther."""
        others = [one for one in self._symbols if math.dist(one.middle, own) > _SAME_MM]
        to_own = min((_gap(box, one) for one in self._symbols if one not in others), default=0.0)
        return any(_gap(box, other) < to_own + _NEARER_MM for other in others)


def _gap(box: Rect, symbol: Rect) -> float:
    """Return how far a box is from the circle in a symbol's rectangle."""
    x, y = symbol.middle
    beside = max(box.left - x, 0, x - box.right)
    below = max(box.top - y, 0, y - box.bottom)
    return math.hypot(beside, below) - symbol.width / 2


@dataclass(frozen=True)
class Label:
    """A label that looks for its place.

    Attributes:
        at: What it names, in mm.
        r: Radius of the symbol there.
        width: Width of its box.
        height: Height of its box.
        weight: How much it is worth to have it.
        is_led: Whether its line is enough to tell what it belongs to, as that of a box.
    """

    at: XY
    r: float
    width: float
    height: float
    weight: float = 1
    is_led: bool = False


@dataclass(frozen=True)
class PlacedLabel:
    """A label that found its place.

    Attributes:
        index: Of the label among all.
        box: Where it stands.
        leader: Line to its symbol, where it stands off.
        direction: Which way from its symbol it stands, in degrees; 0 is to the right of it.
    """

    index: int
    box: Rect
    leader: Segment | None
    direction: float


def place_labels(labels: Sequence[Label], obstacles: Obstacles) -> list[PlacedLabel]:
    """Return the labels that find a place; no two touch, nor any leader line.

    The first come first. Where some find no place, they are tried first once more; the try that
    places most weight is kept, so that a few stubborn ones do not keep others out.

    Args:
        labels: The most important first.
        obstacles: What they must not touch; grows by the labels placed.
    """
    order = list(range(len(labels)))
    best: list[PlacedLabel] = []

    def worth(found: Sequence[PlacedLabel]) -> float:
        return sum(labels[one.index].weight for one in found)

    for _ in range(_TRIES):
        found = _try(order, labels, obstacles.copy())
        if worth(found) > worth(best) or not best:
            best = found
        placed = {label.index for label in found}
        missing = [index for index in order if index not in placed]
        if not missing:
            break
        order = missing + [index for index in order if index in placed]
    for label in best:
        obstacles.add_label(label)
    return best


def _try(order: Iterable[int], labels: Sequence[Label], obstacles: Obstacles) -> list[PlacedLabel]:
    found = []
    for index in order:
        placed = _find(labels[index], index, obstacles)
        if placed is not None:
            found.append(placed)
            obstacles.add_label(placed)
    return found


def _find(label: Label, index: int, obstacles: Obstacles) -> PlacedLabel | None:
    found = _found(label, index, obstacles, is_nearest=True)
    if found is None and label.is_led:
        return _found(label, index, obstacles, is_nearest=False)
    return found


def _found(
    label: Label, index: int, obstacles: Obstacles, *, is_nearest: bool
) -> PlacedLabel | None:
    """Return where a label stands, nearest to its own symbol or else where its line alone tells."""
    for gap, direction, box in _candidates(label):
        if not obstacles.frame.encloses(box) or obstacles.hits(box.grown(_CLEAR_MM)):
            continue
        has_leader = gap >= _LEADER_FROM_MM
        if (is_nearest or not has_leader) and obstacles.is_nearer_to_another(box, label.at):
            continue
        if not has_leader:
            return PlacedLabel(index, box, None, direction)
        if obstacles.is_near_another(box, label.at):
            continue
        leader = _leader(label, box)
        if not obstacles.is_crossed(leader, label.at):
            return PlacedLabel(index, box, leader, direction)
    return None


def _candidates(label: Label) -> Iterator[tuple[float, float, Rect]]:
    """Yield gap, direction and box of where a label could stand, the best first."""
    (x, y), w, h = label.at, label.width, label.height
    far = _LED if label.is_led else _FAR
    for gap in _LED_GAPS_MM if label.is_led else _GAPS_MM:
        for direction in _NEAR if gap < _LEADER_FROM_MM else far:
            turn = math.radians(direction)
            ux, uy = math.cos(turn), math.sin(turn)
            reach = label.r + gap
            lean_x, lean_y = (max(-1.0, min(1.0, _LEAN * one)) for one in (ux, uy))
            middle = (x + ux * reach + lean_x * w / 2, y + uy * reach + lean_y * h / 2)
            yield gap, direction, Rect.around(middle, w, h)


def _leader(label: Label, box: Rect) -> Segment:
    """Return the line from the edge of the symbol to the nearest point of the box."""
    x, y = label.at
    end = (max(box.left, min(x, box.right)), max(box.top, min(y, box.bottom)))
    away = math.hypot(end[0] - x, end[1] - y) or 1.0
    start = (x + (end[0] - x) * label.r / away, y + (end[1] - y) * label.r / away)
    return start, end
