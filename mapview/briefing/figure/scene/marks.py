"""Which symbols stand on the map: single ones, and discs where several would overlap."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mapview.briefing.figure.scene.spots import Spot

__all__ = ["MOST_EXACT", "Mark", "Scale", "build_marks"]

# Above so many places in a frame there is no room to tell them apart.
MOST_EXACT = 400
_CELL_MM = 8.0
_LARGEST_MM = 4.4
_PER_ONE_MM = 1.35


@dataclass(frozen=True)
class Mark:
    """A symbol on paper.

    Args:
        x: From the left, in mm.
        y: From the top, in mm.
        r: Radius in mm.
        spots: The places that it stands for.
        is_area: Whether no place of it is known better than to an area.
    """

    x: float
    y: float
    r: float
    spots: tuple[Spot, ...]
    is_area: bool

    @property
    def count(self) -> int:
        """How many incidents it stands for."""
        return len({spot.id for spot in self.spots})

    @property
    def is_single(self) -> bool:
        """Whether it stands for one incident."""
        return self.count == 1

    @property
    def kinds(self) -> list[tuple[int, int]]:
        """How many incidents of each kind, in the order of the kinds."""
        kind_of = {spot.id: spot.kind for spot in self.spots}
        return sorted(Counter(kind_of.values()).items())


@dataclass(frozen=True)
class Scale:
    """How large symbols are, in mm.

    Args:
        symbol: Radius of a plain symbol.
        per_one: Radius of a disc is this times the root of its number, so that its area grows with
            the number.
        least: No disc is smaller, so that its number can be read.
    """

    symbol: float
    per_one: float
    least: float

    def disc(self, count: int) -> float:
        """Return the radius of a disc."""
        return max(self.least, self.per_one * math.sqrt(count))


@dataclass
class _Pile:
    x: float
    y: float
    spots: list[Spot]

    @property
    def count(self) -> int:
        return len({spot.id for spot in self.spots})


def build_marks(
    placed: Sequence[tuple[float, float, Spot]], symbol: float, most: int = 1
) -> tuple[list[Mark], Scale]:
    """Return the symbols for places on paper, heaviest first, and how large discs are.

    What would overlap becomes one disc, which stands where most of it lies, so that it marks a real
    place. Above 400 places there is one disc for each cell of a grid instead.

    Args:
        placed: x and y in mm, and what is there.
        symbol: Radius of a plain symbol in mm.
        most: Incidents of the largest disc in another frame, whose discs these are compared with.
    """
    grown = symbol / 1.75
    piles = _same_place(placed)
    if len(piles) > MOST_EXACT:
        piles, scale = _cells(piles, _CELL_MM * grown, symbol, most)
        return [_mark(pile, scale) for pile in sorted(piles, key=_by_weight)], scale
    first = _stacked(piles, 2.2 * symbol, lambda _: symbol)
    scale = _scale(first, _LARGEST_MM * grown, symbol, most)
    stacked = _stacked(piles, 2.2 * symbol, lambda n: symbol if n == 1 else scale.disc(n))
    # What grew by joining others must not grow without end.
    scale = _scale(stacked, _LARGEST_MM * grown, symbol, most)
    return [_mark(pile, scale) for pile in stacked], scale


def _scale(piles: Sequence[_Pile], largest: float, symbol: float, most: int) -> Scale:
    most = max(most, *(pile.count for pile in piles)) if piles else most
    per_one = min(_PER_ONE_MM * symbol / 1.75, largest / math.sqrt(most))
    return Scale(symbol, per_one, min(1.35 * symbol, largest))


def _mark(pile: _Pile, scale: Scale) -> Mark:
    forms = [spot.form for spot in pile.spots]
    if pile.count == 1:
        return Mark(pile.x, pile.y, scale.symbol, tuple(pile.spots), forms[0] == "province")
    is_area = all(form != "point" for form in forms)
    return Mark(pile.x, pile.y, scale.disc(pile.count), tuple(pile.spots), is_area)


def _same_place(placed: Iterable[tuple[float, float, Spot]]) -> list[_Pile]:
    piles: dict[tuple[float, float], _Pile] = {}
    for x, y, spot in placed:
        key = (round(x, 3), round(y, 3))
        piles.setdefault(key, _Pile(x, y, [])).spots.append(spot)
    return list(piles.values())


def _cells(
    piles: Iterable[_Pile], cell: float, symbol: float, most: int
) -> tuple[list[_Pile], Scale]:
    """Gather places in cells; a disc stands at their middle, as far as it stays in its cell."""
    cells: dict[tuple[int, int], list[Spot]] = {}
    sums: dict[tuple[int, int], list[float]] = {}
    for pile in piles:
        key = (math.floor(pile.x / cell), math.floor(pile.y / cell))
        cells.setdefault(key, []).extend(pile.spots)
        total = sums.setdefault(key, [0.0, 0.0])
        total[0] += pile.x * len(pile.spots)
        total[1] += pile.y * len(pile.spots)
    found = [_Pile(0, 0, cells[key]) for key in sorted(cells)]
    scale = _scale(found, cell * 0.48, symbol, most)
    for key, pile in zip(sorted(cells), found, strict=True):
        r = scale.symbol if pile.count == 1 else scale.disc(pile.count)
        for axis, name in enumerate(("x", "y")):
            mean = sums[key][axis] / len(pile.spots)
            low = key[axis] * cell
            setattr(pile, name, min(max(mean, low + r), low + cell - r))
    return found, scale


def _by_weight(pile: _Pile) -> tuple[float, float, float]:
    return (-pile.count, pile.y, pile.x)


def _stacked(piles: Sequence[_Pile], limit: float, radius: Callable[[int], float]) -> list[_Pile]:
    """Repeat a pass until nothing merges: a disc that grew may touch its neighbour."""
    found = [_Pile(pile.x, pile.y, list(pile.spots)) for pile in piles]
    before = len(found) + 1
    while len(found) < before:
        before = len(found)
        found = _pass(found, limit, radius)
    return sorted(found, key=_by_weight)


def _pass(piles: Sequence[_Pile], limit: float, radius: Callable[[int], float]) -> list[_Pile]:
    """Heavy piles stand, lighter ones that touch them join the nearest."""
    size = {id(pile): radius(pile.count) for pile in piles}
    cell = max(limit, 2 * max(size.values(), default=0.0))
    grid: dict[tuple[int, int], list[_Pile]] = {}
    kept: list[_Pile] = []
    for pile in sorted(piles, key=_by_weight):
        column, row = math.floor(pile.x / cell), math.floor(pile.y / cell)
        around = [
            other
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for other in grid.get((column + i, row + j), ())
        ]
        touching = [
            (math.hypot(other.x - pile.x, other.y - pile.y), index)
            for index, other in enumerate(around)
            if math.hypot(other.x - pile.x, other.y - pile.y)
            < max(limit, size[id(other)] + size[id(pile)] + 0.3)
        ]
        if touching:
            around[min(touching)[1]].spots.extend(pile.spots)
        else:
            grid.setdefault((column, row), []).append(pile)
            kept.append(pile)
    return kept
