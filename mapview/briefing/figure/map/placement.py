"""Where labels find room: boxes and leader lines that must not touch, and the search for places."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

__all__ = ["Box", "Label", "Room", "Want", "place_all"]

Box = tuple[float, float, float, float]
XY = tuple[float, float]
Segment = tuple[XY, XY]

_CELL_MM = 10.0
# East first, then what reads as well; twelve more directions where a label stands off.
_NEAR = (0.0, -45.0, 45.0, 180.0, -135.0, 135.0, -90.0, 90.0)
_FAR = (*_NEAR, -22.5, 22.5, 157.5, -157.5, -67.5, 67.5, -112.5, 112.5)
_GAPS_MM = (0.95, 2.4, 4.5, 7.0, 10.0, 13.5, 17.5, 22.0)
_LEADER_FROM_MM = 1.5
_AIR_MM = 0.35
_APART_MM = 1.6


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def _meets(segment: Segment, box: Box) -> bool:
    """Whether a segment passes through a box (clipping after Liang and Barsky)."""
    (x0, y0), (x1, y1) = segment
    low, high = 0.0, 1.0
    for step, first, least, most in (
        (x1 - x0, x0, box[0], box[2]),
        (y1 - y0, y0, box[1], box[3]),
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
class Room:
    """What is taken on a frame: boxes in a grid, and leader lines.

    Args:
        frame: Nothing may stand outside of it.
    """

    frame: Box
    _grid: dict[tuple[int, int], list[Box]] = field(default_factory=dict)
    _lines: list[Segment] = field(default_factory=list)
    _symbols: list[Box] = field(default_factory=list)

    def copy(self) -> Room:
        """Return the same room, which can be filled apart."""
        grid = {key: list(boxes) for key, boxes in self._grid.items()}
        return Room(self.frame, grid, list(self._lines), list(self._symbols))

    def _cells(self, box: Box) -> Iterator[tuple[int, int]]:
        x0, y0, x1, y1 = (math.floor(edge / _CELL_MM) for edge in box)
        for i in range(x0, x1 + 1):
            for j in range(y0, y1 + 1):
                yield i, j

    def add(self, box: Box) -> None:
        """Take a box."""
        for key in self._cells(box):
            self._grid.setdefault(key, []).append(box)

    def add_line(self, segment: Segment) -> None:
        """Take a leader line."""
        self._lines.append(segment)

    def hits(self, box: Box) -> bool:
        """Whether a box touches what is taken."""
        taken = any(
            _overlap(box, other) for key in self._cells(box) for other in self._grid.get(key, ())
        )
        return taken or any(_meets(line, box) for line in self._lines)

    def is_crossed(self, segment: Segment, own: XY) -> bool:
        """Whether a line touches what is taken, but for the boxes around its own start."""
        (x0, y0), (x1, y1) = segment
        span = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        boxes = {box for key in self._cells(span) for box in self._grid.get(key, ())}
        for box in boxes:
            is_own = box[0] <= own[0] <= box[2] and box[1] <= own[1] <= box[3]
            if not is_own and _meets(segment, box):
                return True
        return any(_cross(segment, other) for other in self._lines)

    def add_symbol(self, box: Box) -> None:
        """Take a symbol; labels of others that stand off keep away from it."""
        self.add(box)
        self._symbols.append(box)

    def is_near_another(self, box: Box, own: XY) -> bool:
        """Whether a box is so near to a symbol that is not its own that it would seem its label."""
        wide = (box[0] - _APART_MM, box[1] - _APART_MM, box[2] + _APART_MM, box[3] + _APART_MM)
        return any(
            _overlap(wide, other)
            for other in self._symbols
            if not (other[0] <= own[0] <= other[2] and other[1] <= own[1] <= other[3])
        )

    def encloses(self, box: Box) -> bool:
        """Whether a box is inside the frame."""
        left, top, right, bottom = self.frame
        return left <= box[0] and top <= box[1] and box[2] <= right and box[3] <= bottom


@dataclass(frozen=True)
class Want:
    """A label that looks for its place.

    Args:
        at: What it names, in mm.
        r: Radius of the symbol there.
        width: Width of its box.
        height: Height of its box.
    """

    at: XY
    r: float
    width: float
    height: float


@dataclass(frozen=True)
class Label:
    """A label that found its place.

    Args:
        index: Of what was wanted.
        box: Where it stands.
        leader: Line to its symbol, where it stands off.
        direction: Which way from its symbol it stands, in degrees; 0 is to the right of it.
    """

    index: int
    box: Box
    leader: Segment | None
    direction: float


def _boxes(want: Want) -> Iterator[tuple[float, float, Box]]:
    (x, y), w, h = want.at, want.width, want.height
    for gap in _GAPS_MM:
        for direction in _NEAR if gap < _LEADER_FROM_MM else _FAR:
            turn = math.radians(direction)
            ux, uy = math.cos(turn), math.sin(turn)
            reach = want.r + gap
            lean_x, lean_y = (max(-1.0, min(1.0, 1.6 * one)) for one in (ux, uy))
            cx = x + ux * reach + lean_x * w / 2
            cy = y + uy * reach + lean_y * h / 2
            yield gap, direction, (cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2)


def _leader(want: Want, box: Box) -> Segment:
    """Return the line from the edge of the symbol to the nearest point of the box."""
    x, y = want.at
    end = (max(box[0], min(x, box[2])), max(box[1], min(y, box[3])))
    away = math.hypot(end[0] - x, end[1] - y) or 1.0
    start = (x + (end[0] - x) * want.r / away, y + (end[1] - y) * want.r / away)
    return start, end


def _find(want: Want, index: int, room: Room) -> Label | None:
    for gap, direction, box in _boxes(want):
        airy = (box[0] - _AIR_MM, box[1] - _AIR_MM, box[2] + _AIR_MM, box[3] + _AIR_MM)
        if not room.encloses(box) or room.hits(airy):
            continue
        if gap < _LEADER_FROM_MM:
            return Label(index, box, None, direction)
        if room.is_near_another(box, want.at):
            continue
        leader = _leader(want, box)
        if not room.is_crossed(leader, want.at):
            return Label(index, box, leader, direction)
    return None


def _try(order: Sequence[int], wants: Sequence[Want], room: Room) -> list[Label]:
    found = []
    for index in order:
        label = _find(wants[index], index, room)
        if label is None:
            continue
        found.append(label)
        room.add(label.box)
        if label.leader:
            room.add_line(label.leader)
    return found


def place_all(wants: Sequence[Want], room: Room, *, tries: int = 4) -> list[Label]:
    """Return the labels that find a place; no two touch, nor any leader line.

    The first wanted come first. Where some find no place, they are tried first once more; the try
    that places most is kept, so that a few stubborn ones do not keep others out.

    Args:
        wants: Labels, the most important first.
        room: What is taken; grows by the labels placed.
        tries: How often another order is tried.
    """
    order = list(range(len(wants)))
    best: list[Label] = []
    for _ in range(tries):
        found = _try(order, wants, room.copy())
        if len(found) > len(best) or not best:
            best = found
        missing = [index for index in order if index not in {label.index for label in found}]
        if not missing:
            break
        order = missing + [index for index in order if index not in set(missing)]
    for label in best:
        room.add(label.box)
        if label.leader:
            room.add_line(label.leader)
    return best
