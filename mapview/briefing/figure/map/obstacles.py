"""What names on a map must not touch: boxes, symbols and lines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from mapview.briefing.figure.paper.rect import XY, Rect

__all__ = ["Obstacles", "Segment"]

Segment = tuple[XY, XY]

# Obstacles are looked up in cells about as large as a label.
_CELL_MM = 10.0


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


@dataclass
class Obstacles:
    """What labels on a frame must not touch.

    Attributes:
        frame: Nothing may stand outside of it.
        boxes: What is taken, but for symbols.
        symbols: Squares around symbols, and whether their corners are free.
        lines: Outlines and leader lines.
        shaded: Shapes that what only explains a map covers where no other place is free.
    """

    frame: Rect
    boxes: list[Rect] = field(default_factory=list)
    symbols: list[tuple[Rect, bool]] = field(default_factory=list)
    lines: list[Segment] = field(default_factory=list)
    shaded: list[BaseGeometry] = field(default_factory=list)
    _grid: dict[tuple[int, int], list[Rect]] = field(default_factory=dict)

    def copy(self) -> Obstacles:
        """Return the same, which can grow apart."""
        grid = {key: list(boxes) for key, boxes in self._grid.items()}
        lines, shaded = list(self.lines), list(self.shaded)
        return Obstacles(self.frame, list(self.boxes), list(self.symbols), lines, shaded, grid)

    def _cells(self, box: Rect) -> Iterator[tuple[int, int]]:
        x0, y0, x1, y1 = (math.floor(edge / _CELL_MM) for edge in box)
        for i in range(x0, x1 + 1):
            for j in range(y0, y1 + 1):
                yield i, j

    def add(self, box: Rect) -> None:
        """Take a box."""
        self.boxes.append(box)
        self._take(box)

    def _take(self, box: Rect) -> None:
        for key in self._cells(box):
            self._grid.setdefault(key, []).append(box)

    def add_symbol(self, box: Rect, *, is_round: bool = True) -> None:
        """Take a symbol by the square around it; labels of others that stand off keep away."""
        self._take(box)
        self.symbols.append((box, is_round))

    def add_outline(self, shape: BaseGeometry) -> None:
        """Take the outline of a shape; what lies wholly within is free."""
        for part in shapely.get_parts(shape):
            ends = shapely.get_coordinates(part).tolist()
            self.lines += [((a, b), (c, d)) for (a, b), (c, d) in pairwise(ends)]

    def add_label(self, box: Rect, leader: Segment | None) -> None:
        """Take a label with its leader line."""
        self.add(box)
        if leader:
            self.lines.append(leader)

    def hits(self, box: Rect) -> bool:
        """Whether a box touches what is taken."""
        taken = any(
            box.overlaps(other) for key in self._cells(box) for other in self._grid.get(key, ())
        )
        return taken or any(_meets(line, box) for line in self.lines)

    def is_free(self, box: Rect) -> bool:
        """Whether a box is inside the frame and touches nothing."""
        return self.frame.encloses(box) and not self.hits(box)

    def first_free(self, boxes: Iterable[Rect]) -> Rect | None:
        """Return the first of some boxes that is free, if any."""
        return next((box for box in boxes if self.is_free(box)), None)

    def first_clear(self, boxes: Iterable[Rect]) -> Rect | None:
        """Return the first free box that covers nothing shaded, or else the first free one."""
        free = [box for box in boxes if self.is_free(box)]
        clear = (
            box for box in free if not shapely.intersects(self.shaded, shapely.box(*box)).any()
        )
        return next(clear, free[0] if free else None)

    def covered(self, box: Rect) -> float:
        """Return how much of what is taken a box would cover, in square mm."""
        taken = (*self.boxes, *(symbol for symbol, _ in self.symbols))
        return sum(
            max(0.0, min(box.right, one.right) - max(box.left, one.left))
            * max(0.0, min(box.bottom, one.bottom) - max(box.top, one.top))
            for one in taken
        )
