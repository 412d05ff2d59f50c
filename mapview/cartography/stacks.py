"""Which symbols would overlap and become one stack, on paper as on the screen.

The browser's `stack.js` does the same; `tests/corpus/stacks.json` has the cases.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Stack", "stack_places"]


@dataclass
class Stack:
    """Places that one symbol stands for.

    Attributes:
        x: Where it stands: at its heaviest place, so that it marks a real one.
        y: The same, downwards.
        members: Positions of the places among all, those of the heaviest first.
        ids: What lies there, each once however many places it has.
    """

    x: float
    y: float
    members: list[int]
    ids: set[str]

    @property
    def count(self) -> int:
        """How many it stands for."""
        return len(self.ids)


def stack_places(
    places: Sequence[tuple[float, float]],
    ids: Sequence[str],
    *,
    limit: float,
    radius: Callable[[int], float],
    decimals: int | None = None,
) -> list[Stack]:
    """Return stacks that do not overlap, the heaviest first.

    Args:
        places: x and y of each.
        ids: What is at each; the same at several places counts once.
        limit: No two stacks stand closer than this.
        radius: Radius of what stands for so many.
        decimals: Places equal to so many decimals are one; `None`: only those that are equal.
    """
    found = _same_place(places, ids, decimals)
    before = len(found) + 1
    # A stack that grew may touch its neighbour, so repeat until nothing merges.
    while len(found) < before:
        before = len(found)
        found = _pass(found, limit, radius)
    return sorted(found, key=_by_weight)


def _same_place(
    places: Sequence[tuple[float, float]], ids: Sequence[str], decimals: int | None
) -> list[Stack]:
    stacks: dict[tuple[float, float], Stack] = {}
    for index, ((x, y), one) in enumerate(zip(places, ids, strict=True)):
        key = (x, y) if decimals is None else (round(x, decimals), round(y, decimals))
        stack = stacks.setdefault(key, Stack(x, y, [], set()))
        stack.members.append(index)
        stack.ids.add(one)
    return list(stacks.values())


def _by_weight(stack: Stack) -> tuple[float, float, float]:
    return (-stack.count, stack.y, stack.x)


def _pass(stacks: Sequence[Stack], limit: float, radius: Callable[[int], float]) -> list[Stack]:
    """Heavy stacks stand, lighter ones that touch them as they were before join the nearest."""
    size = {id(stack): radius(stack.count) for stack in stacks}
    cell = max(limit, 2 * max(size.values(), default=0.0))
    grid: dict[tuple[int, int], list[Stack]] = {}
    kept: list[Stack] = []
    for stack in sorted(stacks, key=_by_weight):
        column, row = math.floor(stack.x / cell), math.floor(stack.y / cell)
        touching = [
            (away, index, other)
            for index, other in enumerate(_around(grid, column, row))
            if (away := math.hypot(other.x - stack.x, other.y - stack.y))
            < max(limit, size[id(other)] + size[id(stack)])
        ]
        if touching:
            _, _, nearest = min(touching, key=lambda one: one[:2])
            nearest.members += stack.members
            nearest.ids |= stack.ids
        else:
            grid.setdefault((column, row), []).append(stack)
            kept.append(stack)
    return kept


def _around(grid: dict[tuple[int, int], list[Stack]], column: int, row: int) -> list[Stack]:
    steps = (-1, 0, 1)
    cells = ((column + i, row + j) for i in steps for j in steps)
    return [stack for cell in cells for stack in grid.get(cell, ())]
