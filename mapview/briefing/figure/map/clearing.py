"""Room for what must be named: symbols that move a little aside for call-outs and discs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mapview.briefing.figure.map.labelling import (
    MOST_LABELS,
    callout_of,
    importance,
    label_of,
    obstacles_of,
    whole_radius,
)
from mapview.briefing.figure.map.obstacles import Obstacles, Segment
from mapview.briefing.figure.map.placement import APART_MM, Label, least_unsaid, ways_out
from mapview.briefing.figure.paper import Rect
from mapview.briefing.figure.scene import Symbol, move_off

__all__ = ["clear_named"]

# For a call-out others move so far at most, on A4, and to so much more than they must be away. The
# ways out are tried for which they move least, so far inside the frame. A plate has corners.
_MOST_ASIDE_MM = 4.0
_MORE_MM = 0.1
_MOST_TRIED = 6
_EDGE_MM = 0.8
_CORNER = 1.3

# A box with the line that leads from it.
_Plate = tuple[Rect, Segment]


@dataclass(frozen=True)
class _Room:
    """Where symbols and names may stand on a map.

    Attributes:
        frame: Of the map.
        text: Factor on the size of letters.
        taken: What is taken besides symbols.
    """

    frame: Rect
    text: float
    taken: Sequence[Rect]

    def obstacles(self, symbols: Sequence[Symbol], plates: Sequence[_Plate]) -> Obstacles:
        """Return what a name must not touch, with plates that others were promised."""
        found = obstacles_of(symbols, self.frame, self.text)
        for box in self.taken:
            found.add(box)
        for box, line in plates:
            found.add_label(box, line)
        return found

    def has_near(self, before: Sequence[Symbol], after: Sequence[Symbol]) -> bool:
        """Whether no symbol moved too far, out of the frame, or under what is taken."""
        most = _MOST_ASIDE_MM * self.text
        return all(
            math.dist((a.x, a.y), (b.x, b.y)) <= most
            and (self._is_clear(b) or not self._is_clear(a))
            for a, b in zip(before, after, strict=True)
        )

    def _is_clear(self, one: Symbol) -> bool:
        side = 2 * whole_radius(one)
        box = Rect.around((one.x, one.y), side, side)
        return self.frame.has((one.x, one.y)) and not any(box.overlaps(o) for o in self.taken)


def clear_named(
    symbols: Sequence[Symbol], frame: Rect, text: float, taken: Sequence[Rect] = ()
) -> list[Symbol]:
    """Return symbols, others moved a little where what must be named among them had no room.

    These are call-outs and discs, the important first; none takes the room of one before it.

    Args:
        symbols: What stands where.
        frame: Of the map.
        text: Factor on the size of letters.
        taken: Where neither names nor moved symbols may stand, such as under the scale bar.
    """
    if len(found := list(symbols)) > MOST_LABELS:
        return found
    room = _Room(frame, text, taken)
    wanted = [at for at, one in enumerate(found) if callout_of(one) or not one.is_single]
    plates: list[_Plate] = []
    # Call-outs that need no plate kept for them, as they have room yet.
    told: list[int] = []
    for at in sorted(wanted, key=lambda at: importance(found[at])):
        cleared = _cleared(found, at, room, plates, told)
        if cleared:
            found, plate = cleared
            plates.append(plate)
        elif callout_of(found[at]):
            told.append(at)
    return found


def _cleared(
    symbols: list[Symbol], at: int, room: _Room, plates: Sequence[_Plate], told: Sequence[int]
) -> tuple[list[Symbol], _Plate] | None:
    """Return symbols with room for more of a label, and where; `None` where it needs none."""
    own, text = symbols[at], room.text
    if not (label := label_of(own, text)):
        return None
    before = room.obstacles(symbols, plates)
    unsaid = least_unsaid(label, before)
    if not unsaid:
        return None
    others = [one for index in told if (one := label_of(symbols[index], text))]
    kept = [(one, least_unsaid(one, before)) for one in others]
    radii = [whole_radius(one) * (_CORNER if one.is_area else 1) for one in symbols]
    for grade in range(unsaid):
        for way in _ways(symbols, own, (label, grade), radii, room)[:_MOST_TRIED]:
            moved = move_off(symbols, own, way, radii, APART_MM + _MORE_MM)
            if moved is None or not room.has_near(symbols, moved):
                continue
            if least_unsaid(label, room.obstacles(moved, plates)) > grade:
                continue
            after = room.obstacles(moved, [*plates, way])
            if all(least_unsaid(one, after) <= least for one, least in kept):
                return moved, way
    return None


def _ways(
    symbols: Sequence[Symbol],
    own: Symbol,
    wanted: tuple[Label, int],
    radii: Sequence[float],
    room: _Room,
) -> list[_Plate]:
    """Return where a label of some grade could be led, those of short ways and pushes first."""
    rows = [(one.x, one.y, r) for one, r in zip(symbols, radii, strict=True) if one is not own]
    x, y, r = np.array(rows).reshape(-1, 3).T
    most, found = _MOST_ASIDE_MM * room.text, []
    for box, line in ways_out(*wanted, room.frame.grown(-_EDGE_MM)):
        if any(box.overlaps(one) for one in room.taken):
            continue
        (x0, y0), (x1, y1) = line
        to_box = np.hypot(x - np.clip(x, box.left, box.right), y - np.clip(y, box.top, box.bottom))
        dx, dy = x1 - x0, y1 - y0
        along = np.clip(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy), 0, 1)
        to_line = np.hypot(x - x0 - along * dx, y - y0 - along * dy)
        push = np.maximum(np.maximum(APART_MM + r - to_box, r - to_line), 0)
        if push.max(initial=0) <= most:
            found.append((float(push.sum()) + math.dist(*line), box, line))
    return [(box, line) for _, box, line in sorted(found, key=lambda one: one[0])]
