"""Which symbols stand on the map: single ones, and discs where several would overlap."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mapview.briefing.figure.scene.places import IncidentPlace

__all__ = ["LEAST_RING", "MOST_EXACT", "SYMBOL_MM", "DiscScale", "Symbol", "stack_symbols"]

Placed = tuple[float, float, IncidentPlace]

# Radius of a symbol on A4: the least at which ten shapes can be told apart in print.
SYMBOL_MM = 1.75
# A ring around a symbol is at least so many of its radii wide, to be seen around it.
LEAST_RING = 14 / 9
# Above so many places in a frame there is no room to tell them apart.
MOST_EXACT = 400
# Then each cell of a grid has one disc, which fills it but for a gap between neighbours.
_CELL_MM = 8.0
_CELL_SHARE = 0.48
# The largest disc hides no more than a town's surroundings; a disc of one would have this radius.
_LARGEST_MM = 4.4
_PER_ONE_MM = 1.35
# The least disc beside a symbol: it holds a number of two digits.
_LEAST_DISC = 1.35
# Symbols nearer than this many radii touch with their halos.
_TOUCHING = 2.2
# Between discs, so that their rims do not run together.
_GAP_MM = 0.3
# Places this near are one: far less than a printer can part.
_PLACE_DECIMALS = 3


@dataclass(frozen=True)
class Symbol:
    """A symbol on paper.

    Attributes:
        x: From the left, in mm.
        y: From the top, in mm.
        r: Radius in mm.
        places: What it stands for.
        is_area: Whether no place of it is known better than to an area.
    """

    x: float
    y: float
    r: float
    places: tuple[IncidentPlace, ...]
    is_area: bool

    @property
    def count(self) -> int:
        """How many incidents it stands for."""
        return len({place.id for place in self.places})

    @property
    def is_single(self) -> bool:
        """Whether it stands for one incident."""
        return self.count == 1

    @property
    def is_ringed(self) -> bool:
        """Whether a ring around it says how far off its one incident may be."""
        return self.is_single and self.places[0].form == "ring"

    @property
    def kinds(self) -> list[tuple[int, int]]:
        """How many incidents of each kind, in the order of the kinds."""
        kind_of = {place.id: place.kind for place in self.places}
        return sorted(Counter(kind_of.values()).items())


@dataclass(frozen=True)
class DiscScale:
    """How large discs are, in mm.

    Attributes:
        symbol: Radius of a plain symbol.
        per_one: Radius of a disc is this times the root of its number, so that its area grows with
            the number.
        least: No disc is smaller, so that its number can be read.
    """

    symbol: float
    per_one: float
    least: float

    @classmethod
    def of(cls, stacks: Sequence[_Stack], largest: float, symbol: float, most: int) -> DiscScale:
        """Return the scale at which the highest stack gets the largest disc at most."""
        most = max(most, *(stack.count for stack in stacks)) if stacks else most
        per_one = min(_PER_ONE_MM * symbol / SYMBOL_MM, largest / math.sqrt(most))
        return cls(symbol, per_one, min(_LEAST_DISC * symbol, largest))

    def disc(self, count: int) -> float:
        """Return the radius of a disc."""
        return max(self.least, self.per_one * math.sqrt(count))

    def radius(self, count: int) -> float:
        """Return the radius of what stands for so many incidents: a symbol or a disc."""
        return self.symbol if count == 1 else self.disc(count)


@dataclass
class _Stack:
    x: float
    y: float
    places: list[IncidentPlace]

    @property
    def count(self) -> int:
        return len({place.id for place in self.places})


def stack_symbols(
    placed: Sequence[Placed], symbol: float, most: int = 1
) -> tuple[list[Symbol], DiscScale]:
    """Return the symbols for places on paper, heaviest first, and how large discs are.

    What would overlap becomes one disc, which stands where most of it lies, so that it marks a real
    place. Above 400 places there is one disc for each cell of a grid instead.

    Args:
        placed: x and y in mm, and what is there.
        symbol: Radius of a plain symbol in mm.
        most: Incidents of the largest disc in another frame, whose discs these are compared with.
    """
    grown = symbol / SYMBOL_MM
    stacks = _same_place(placed)
    if len(stacks) > MOST_EXACT:
        stacks, scale = _cells(stacks, _CELL_MM * grown, symbol, most)
        return [_symbol(stack, scale) for stack in sorted(stacks, key=_by_weight)], scale
    limit, largest = _TOUCHING * symbol, _LARGEST_MM * grown
    first = _stacked(stacks, limit, lambda _: symbol)
    stacked = _stacked(stacks, limit, DiscScale.of(first, largest, symbol, most).radius)
    # What grew by joining others must not grow without end.
    scale = DiscScale.of(stacked, largest, symbol, most)
    return [_symbol(stack, scale) for stack in stacked], scale


def _symbol(stack: _Stack, scale: DiscScale) -> Symbol:
    forms = [place.form for place in stack.places]
    is_single = stack.count == 1
    is_area = forms[0] == "province" if is_single else all(form != "point" for form in forms)
    return Symbol(stack.x, stack.y, scale.radius(stack.count), tuple(stack.places), is_area)


def _same_place(placed: Iterable[Placed]) -> list[_Stack]:
    stacks: dict[tuple[float, float], _Stack] = {}
    for x, y, place in placed:
        key = (round(x, _PLACE_DECIMALS), round(y, _PLACE_DECIMALS))
        stacks.setdefault(key, _Stack(x, y, [])).places.append(place)
    return list(stacks.values())


def _cells(
    stacks: Iterable[_Stack], cell: float, symbol: float, most: int
) -> tuple[list[_Stack], DiscScale]:
    """Gather places in cells; a disc stands at their middle, as far as it stays in its cell."""
    members: dict[tuple[int, int], list[_Stack]] = {}
    for stack in stacks:
        key = (math.floor(stack.x / cell), math.floor(stack.y / cell))
        members.setdefault(key, []).append(stack)
    cells = sorted(members)
    found = [_Stack(0, 0, [p for one in members[key] for p in one.places]) for key in cells]
    scale = DiscScale.of(found, cell * _CELL_SHARE, symbol, most)
    for (column, row), stack in zip(cells, found, strict=True):
        parts, total, r = members[column, row], len(stack.places), scale.radius(stack.count)
        x = sum(one.x * len(one.places) for one in parts) / total
        y = sum(one.y * len(one.places) for one in parts) / total
        stack.x = min(max(x, column * cell + r), column * cell + cell - r)
        stack.y = min(max(y, row * cell + r), row * cell + cell - r)
    return found, scale


def _by_weight(stack: _Stack) -> tuple[float, float, float]:
    return (-stack.count, stack.y, stack.x)


def _stacked(
    stacks: Sequence[_Stack], limit: float, radius: Callable[[int], float]
) -> list[_Stack]:
    """Repeat a pass until nothing merges: a disc that grew may touch its neighbour."""
    found = [_Stack(stack.x, stack.y, list(stack.places)) for stack in stacks]
    before = len(found) + 1
    while len(found) < before:
        before = len(found)
        found = _pass(found, limit, radius)
    return sorted(found, key=_by_weight)


def _pass(stacks: Sequence[_Stack], limit: float, radius: Callable[[int], float]) -> list[_Stack]:
    """Heavy stacks stand, lighter ones that touch them join the nearest."""
    size = {id(stack): radius(stack.count) for stack in stacks}
    cell = max(limit, 2 * max(size.values(), default=0.0))
    grid: dict[tuple[int, int], list[_Stack]] = {}
    kept: list[_Stack] = []
    for stack in sorted(stacks, key=_by_weight):
        column, row = math.floor(stack.x / cell), math.floor(stack.y / cell)
        around = [
            other
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for other in grid.get((column + i, row + j), ())
        ]
        touching = [
            (away, index)
            for index, other in enumerate(around)
            if (away := math.hypot(other.x - stack.x, other.y - stack.y))
            < max(limit, size[id(other)] + size[id(stack)] + _GAP_MM)
        ]
        if touching:
            around[min(touching)[1]].places.extend(stack.places)
        else:
            grid.setdefault((column, row), []).append(stack)
            kept.append(stack)
    return kept
