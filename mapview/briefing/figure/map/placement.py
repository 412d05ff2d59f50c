"""Where labels stand: the spots around each symbol that nothing takes, and who gets which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mapview.briefing.figure.map.choosing import Spot, choose
from mapview.briefing.figure.map.obstacles import Obstacles, Segment
from mapview.briefing.figure.paper.rect import XY, Rect

__all__ = ["APART_MM", "Label", "PlacedLabel", "Shape", "least_unsaid", "place_labels", "ways_out"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# East first, then what reads as well; more directions where no other is free.
_NEAR = (0.0, -45.0, 45.0, 180.0, -135.0, 135.0, -90.0, 90.0)
_BETWEEN = (-22.5, 22.5, 157.5, -157.5, -67.5, 67.5, -112.5, 112.5)
_FAR = (*_NEAR, *_BETWEEN, *(11.25 * turn for turn in range(-15, 17, 2)))
# From symbol to label; from the second on a leader line is needed to tell what it belongs to.
# A label that had to be led farther is left out: it would stand beside something else.
_GAP_MM = 0.95
_GAPS_MM = (2.4, 3.5, 4.5, 5.25, 6.0, 6.75, 7.5)
_LEADER_FROM_MM = 1.5
# Clear paper around a label, and beside a leader line.
_CLEAR_MM = 0.35
_BESIDE_LINE_MM = 0.15
APART_MM = 1.6
"""From a label that stands off to symbols of others."""
# A label is nearer to its own symbol than to any other by this, whichever has a plate.
_NEARER_MM = 1.0
# One that is so much nearer, on A4, is not taken for that of the other; below it each mm costs one.
_CLEARLY_MM = 2.0
_SAME_MM = 1e-6
# How soon a label is beside its symbol instead of above it: at 39° from upright.
_LEAN = 1.6
# What a spot costs, a millimetre of distance costing one: for each later direction, and where
# only its line tells what a label belongs to.
_DIRECTION_COST = 0.03
_LED_COST = 10.0
# Of each shape of a label so many spots are enough to choose from, of all sides that are free; and
# of all shapes of one that weighs no more than others.
_MOST_SPOTS, _ENOUGH_SPOTS = 16, 48
_SIDE_DEGREES = 45.0


class Shape(NamedTuple):
    """A form in which a label may be set.

    Attributes:
        width: Width of its box.
        height: Height of its box.
        cost: How much worse it is than the first.
        is_led: Whether its line is enough to tell what it belongs to, as that of a box.
        grade: How much it leaves unsaid.
    """

    width: float
    height: float
    cost: float = 0.0
    is_led: bool = False
    grade: int = 0


@dataclass(frozen=True)
class Label:
    """A label that looks for its place.

    Attributes:
        at: What it names, in mm.
        r: Radius of the symbol there.
        shapes: Forms that it may have, the best first.
        weight: How much it is worth to have it.
        is_firm: Whether it never says less so that another finds room.
        text: Factor on the size of letters, by which more is clear around larger ones.
    """

    at: XY
    r: float
    shapes: tuple[Shape, ...]
    weight: float = 1
    is_firm: bool = False
    text: float = 1.0


@dataclass(frozen=True)
class PlacedLabel:
    """A label that found its place.

    Attributes:
        index: Of the label among all.
        box: Where it stands.
        leader: Line to its symbol, where it stands off.
        direction: Which way from its symbol it stands, in degrees; 0 is to the right of it.
        shape: Index of its form.
    """

    index: int
    box: Rect
    leader: Segment | None
    direction: float
    shape: int = 0


def place_labels(labels: Sequence[Label], obstacles: Obstacles) -> list[PlacedLabel]:
    """Return the labels that find a place; no two touch, nor any leader line.

    The first come first, and others move or say less for them; a few stubborn ones do not keep out
    what is worth more.

    Args:
        labels: The most important first.
        obstacles: What they must not touch; grows by the labels placed.
    """
    taken = _Taken.of(obstacles)
    parts = [part for index, label in enumerate(labels) for part in _all_spots(index, label, taken)]
    if not parts:
        return []
    spots = _Spots(*map(np.concatenate, zip(*parts, strict=True)))
    rivals = _rivals(spots, np.array([_CLEAR_MM * one.text for one in labels]))
    found = choose(
        [
            Spot(owner, cost, labels[owner].shapes[shape].grade, rival)
            for owner, shape, cost, rival in zip(
                spots.owner.tolist(), spots.shape.tolist(), spots.cost.tolist(), rivals, strict=True
            )
        ],
        [label.weight for label in labels],
        [label.is_firm for label in labels],
    )
    placed = [spots.placed(found[owner]) for owner in sorted(found)]
    for one in placed:
        obstacles.add_label(one.box, one.leader)
    return placed


class _Spots(NamedTuple):
    """Where labels could stand: a row each."""

    owner: NDArray[np.int_]
    shape: NDArray[np.int_]
    cost: Floats
    direction: Floats
    boxes: Floats
    leaders: Floats
    has_leader: Bools

    def placed(self, row: int) -> PlacedLabel:
        """Return what stands in one of them."""
        x0, y0, x1, y1 = self.leaders[row].tolist()
        return PlacedLabel(
            int(self.owner[row]),
            Rect(*self.boxes[row].tolist()),
            ((x0, y0), (x1, y1)) if self.has_leader[row] else None,
            float(self.direction[row]),
            int(self.shape[row]),
        )


@dataclass(frozen=True)
class _Taken:
    """What labels must not touch, as rows."""

    frame: Rect
    boxes: Floats
    circles: Floats
    is_round: Bools
    lines: Floats

    @classmethod
    def of(cls, obstacles: Obstacles) -> _Taken:
        squares = [square for square, is_round in obstacles.symbols if not is_round]
        circles = [(*one.middle, one.width / 2) for one, _ in obstacles.symbols]
        return cls(
            obstacles.frame,
            np.array([*obstacles.boxes, *squares], dtype=float).reshape(-1, 4),
            np.array(circles, dtype=float).reshape(-1, 3),
            np.array([is_round for _, is_round in obstacles.symbols], dtype=bool),
            np.array(obstacles.lines, dtype=float).reshape(-1, 4),
        )

    def near(self, boxes: Floats) -> _Taken:
        """Return what can matter to some boxes and their leaders."""
        left, top = boxes[:, :2].min(axis=0)
        right, bottom = boxes[:, 2:].max(axis=0)
        far = APART_MM + _NEARER_MM + _GAPS_MM[-1]
        span = np.array([left - far, top - far, right + far, bottom + far])
        x, y, r = self.circles.T
        around = np.stack([x - r, y - r, x + r, y + r], axis=1)
        is_near = _overlap(around, span)
        return _Taken(
            self.frame,
            self.boxes[_overlap(self.boxes, span)],
            self.circles[is_near],
            self.is_round[is_near],
            self.lines[_meet(self.lines, span)],
        )


def least_unsaid(label: Label, obstacles: Obstacles) -> int:
    """Return the lowest grade at which a label has room; one more than any where it has none."""
    taken = _Taken.of(obstacles)
    grades = sorted({shape.grade for shape in label.shapes})
    for grade in grades:
        forms = (at for at, shape in enumerate(label.shapes) if shape.grade == grade)
        if any(len(_spots(0, label, at, taken).cost) for at in forms):
            return grade
    return grades[-1] + 1


def ways_out(label: Label, grade: int, frame: Rect) -> Iterator[tuple[Rect, Segment]]:
    """Yield where in a frame a label could be led, with its line, whatever else is there.

    Args:
        label: What is to be led.
        grade: That of its forms.
        frame: Where it must stand.
    """
    for shape in (one for one in label.shapes if one.grade == grade):
        boxes, has_leader, _, _ = _places(label, shape)
        is_in = (boxes[:, :2] >= frame[:2]).all(axis=1) & (boxes[:, 2:] <= frame[2:]).all(axis=1)
        rows = is_in & has_leader
        leaders = _leaders(np.array(label.at), label.r, boxes[rows])
        for box, (x0, y0, x1, y1) in zip(boxes[rows].tolist(), leaders.tolist(), strict=True):
            yield Rect(*box), ((x0, y0), (x1, y1))


def _places(label: Label, shape: Shape) -> tuple[Floats, Bools, Floats, Floats]:
    """Return boxes around a symbol, whether each has a leader, its direction and cost."""
    gaps, directions, unit, cost = _around()
    half = np.array([shape.width, shape.height]) / 2
    lean = np.clip(_LEAN * unit, -1, 1) * half
    middle = np.array(label.at) + unit * (label.r + gaps)[:, None] + lean
    boxes = np.concatenate([middle - half, middle + half], axis=1)
    return boxes, gaps >= _LEADER_FROM_MM * label.text, directions, cost + shape.cost


@cache
def _around() -> tuple[Floats, Floats, Floats, Floats]:
    """Return the gap, direction, unit vector and cost of each place around a symbol."""
    near = [(_GAP_MM, one) for one in (*_NEAR, *_BETWEEN)]
    far = [(gap, one) for gap in _GAPS_MM for one in _FAR]
    gaps, directions = (np.array(one) for one in zip(*near, *far, strict=True))
    turns = np.radians(directions)
    order = [_FAR.index(one) for _, one in (*near, *far)]
    cost = gaps + _DIRECTION_COST * np.array(order)
    return gaps, directions, np.stack([np.cos(turns), np.sin(turns)], axis=1), cost


def _all_spots(index: int, label: Label, taken: _Taken) -> Iterator[_Spots]:
    """Yield where a label can stand, in each form for which it does not have enough spots yet."""
    found = 0
    for at in range(len(label.shapes)):
        if found >= _ENOUGH_SPOTS and label.weight <= 1:
            break
        part = _spots(index, label, at, taken)
        found += len(part.cost)
        yield part


def _spots(index: int, label: Label, at: int, taken: _Taken) -> _Spots:
    """Return where a label can stand in one of its forms, the best first."""
    shape, own = label.shapes[at], np.array(label.at)
    boxes, has_leader, directions, cost = _places(label, shape)
    taken = taken.near(boxes)
    clear = boxes + np.array([-1, -1, 1, 1]) * _CLEAR_MM
    is_free = (boxes[:, :2] >= taken.frame[:2]).all(axis=1)
    is_free &= (boxes[:, 2:] <= taken.frame[2:]).all(axis=1)
    is_free &= ~_overlap(clear[:, None], taken.boxes).any(axis=1)
    is_free &= ~_meet(taken.lines, clear[:, None]).any(axis=1)
    away = _gaps(boxes, taken.circles)
    is_free &= ~((away < _CLEAR_MM) & taken.is_round).any(axis=1)
    # Nearest to its own symbol, or else, in a box, where its line alone tells.
    is_own = np.hypot(*(taken.circles[:, :2] - own).T) <= _SAME_MM
    to_own = np.where(is_own, away, np.inf).min(axis=1, initial=np.inf)
    to_own = np.where(np.isinf(to_own), 0.0, to_own)
    others = np.where(is_own, np.inf, away).min(axis=1, initial=np.inf)
    is_nearest = others >= to_own + _NEARER_MM
    is_free &= is_nearest | (has_leader & shape.is_led)
    is_free &= ~has_leader | (others >= APART_MM)
    leaders = _leaders(own, label.r, boxes)
    rows = np.flatnonzero(is_free)
    rows = rows[~has_leader[rows] | ~_is_crossed(leaders[rows], own, taken, is_own)]
    cost = cost + np.where(is_nearest, 0.0, _LED_COST)
    rows = rows[np.argsort(cost[rows], kind="stable")]
    rows = rows[_some_of_each_side(directions[rows])]
    # Of all these, one that also stands beside something else is taken where no other is left.
    far = _CLEARLY_MM * label.text
    cost = cost + np.clip(far - (others - to_own), 0, far)
    same = np.full(len(rows), 1)
    return _Spots(
        same * index, same * at, cost[rows], directions[rows], boxes[rows], leaders[rows],
        has_leader[rows],
    )  # fmt: skip


def _some_of_each_side(directions: Floats) -> NDArray[np.int_]:
    """Return the first spots of each eighth of a circle: one neighbour does not take them all."""
    side = np.round(directions / _SIDE_DEGREES) % round(360 / _SIDE_DEGREES)
    before = np.tril(side[:, None] == side, -1).sum(axis=1)
    return np.sort(np.argsort(before, kind="stable")[:_MOST_SPOTS])


def _leaders(own: Floats, r: float, boxes: Floats) -> Floats:
    """Return the lines from the edge of a symbol to the nearest points of boxes."""
    ends = np.clip(own, boxes[:, :2], boxes[:, 2:])
    way = ends - own
    away = np.hypot(way[:, 0], way[:, 1])[:, None]
    return np.concatenate([own + way * r / np.where(away > 0, away, 1.0), ends], axis=1)


def _is_crossed(leaders: Floats, own: Floats, taken: _Taken, is_own: Bools) -> Bools:
    """Whether lines touch what is taken, but for the boxes around their own start."""
    left, top, right, bottom = taken.boxes.T
    holds = (left <= own[0]) & (own[0] <= right) & (top <= own[1]) & (own[1] <= bottom)
    each = leaders[:, None]
    parts = [_meet(each, taken.boxes[~holds]), _cross(each, taken.lines)]
    x, y, r = taken.circles[~is_own & taken.is_round].T
    start, way = leaders[:, None, :2], (leaders[:, 2:] - leaders[:, :2])[:, None, :]
    to = np.stack([x, y], axis=1)[None] - start
    length = np.maximum((way**2).sum(axis=2), _SAME_MM)
    along = np.clip((to * way).sum(axis=2) / length, 0, 1)
    beside = to - along[..., None] * way
    parts.append(np.hypot(beside[..., 0], beside[..., 1]) < r + _BESIDE_LINE_MM)
    return np.asarray(np.concatenate(parts, axis=1).any(axis=1), dtype=bool)


def _overlap(one: Floats, other: Floats) -> Bools:
    """Whether boxes share more than an edge; axes before the last are broadcast."""
    is_met = (one[..., :2] < other[..., 2:]) & (one[..., 2:] > other[..., :2])
    return np.asarray(is_met.all(axis=-1), dtype=bool)


def _meet(lines: Floats, boxes: Floats) -> Bools:
    """Whether lines pass through boxes (clipping after Liang and Barsky); axes are broadcast."""
    low, high = np.zeros(1), np.ones(1)
    for axis in (0, 1):
        first, step = lines[..., axis], lines[..., axis + 2] - lines[..., axis]
        least, most = boxes[..., axis], boxes[..., axis + 2]
        with np.errstate(divide="ignore", invalid="ignore"):
            one, two = (least - first) / step, (most - first) / step
        is_in = (least < first) & (first < most)
        one, two = np.minimum(one, two), np.maximum(one, two)
        is_still = step == 0
        low = np.maximum(low, np.where(is_still, np.where(is_in, 0.0, 2.0), one))
        high = np.minimum(high, np.where(is_still, 1.0, two))
    return np.asarray(low < high)


def _cross(one: Floats, other: Floats) -> Bools:
    """Whether lines cross; axes before the last are broadcast."""

    def side(line: Floats, point: Floats) -> Floats:
        """On which side of a line a point is."""
        way, to = line[..., 2:] - line[..., :2], point - line[..., :2]
        return np.sign(way[..., 0] * to[..., 1] - way[..., 1] * to[..., 0])

    is_parted = side(one, other[..., :2]) * side(one, other[..., 2:]) < 0
    return np.asarray(is_parted & (side(other, one[..., :2]) * side(other, one[..., 2:]) < 0))


def _gaps(boxes: Floats, circles: Floats) -> Floats:
    """Return how far boxes are from circles, each from each."""
    x, y, r = circles.T[:, None, :]
    left, top, right, bottom = boxes.T[:, :, None]
    beside = np.maximum(np.maximum(left - x, x - right), 0)
    below = np.maximum(np.maximum(top - y, y - bottom), 0)
    away: Floats = np.hypot(beside, below) - r
    return away


def _rivals(spots: _Spots, clear_mm: Floats) -> list[int]:
    """Return for each spot the bits of those that cannot be taken beside it, with clear paper."""
    clear = spots.boxes + np.array([-2, -1, 2, 1]) * clear_mm[spots.owner][:, None]
    lines, is_led, owner = spots.leaders, spots.has_leader, spots.owner
    # Most are too far apart to look at more closely.
    ends = np.where(is_led[:, None], lines, clear).reshape(-1, 2, 2)
    low, high = (
        np.minimum(clear[:, :2], ends.min(axis=1)),
        np.maximum(clear[:, 2:], ends.max(axis=1)),
    )
    span = np.concatenate([low, high], axis=1)
    is_near = _overlap(span[:, None], span) & (owner[:, None] < owner)
    one, other = np.nonzero(is_near)
    is_met = _overlap(clear[one], spots.boxes[other]) | _overlap(clear[other], spots.boxes[one])
    is_met |= is_led[one] & _meet(lines[one], clear[other])
    is_met |= is_led[other] & _meet(lines[other], clear[one])
    is_met |= is_led[one] & is_led[other] & _cross(lines[one], lines[other])
    met = np.zeros_like(is_near)
    met[one[is_met], other[is_met]] = True
    packed = np.packbits(met | met.T, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]
