"""Which symbols stand on the map: single ones, and discs where several would overlap."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mapview.briefing.figure.scene.places import IncidentPlace
from mapview.cartography import SIZES, Stack, stack_places

__all__ = ["LEAST_RING", "MOST_EXACT", "SYMBOL_MM", "DiscScale", "Symbol", "stack_symbols"]

Placed = tuple[float, float, IncidentPlace]

# Radius of a symbol on A4: the least at which ten shapes can be told apart in print.
SYMBOL_MM = 1.75
# A ring around a symbol is at least so many of its radii wide, to be seen around it.
LEAST_RING = SIZES["least_ring"] / SIZES["symbol"]
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
    def of(cls, counts: Sequence[int], largest: float, symbol: float, most: int) -> DiscScale:
        """Return the scale at which the highest stack gets the largest disc at most."""
        most = max(most, *counts) if counts else most
        per_one = min(_PER_ONE_MM * symbol / SYMBOL_MM, largest / math.sqrt(most))
        return cls(symbol, per_one, min(_LEAST_DISC * symbol, largest))

    def disc(self, count: int) -> float:
        """Return the radius of a disc."""
        return max(self.least, self.per_one * math.sqrt(count))

    def radius(self, count: int) -> float:
        """Return the radius of what stands for so many incidents: a symbol or a disc."""
        return self.symbol if count == 1 else self.disc(count)


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
    ids = [place.id for _, _, place in placed]
    at = [(x, y) for x, y, _ in placed]
    if len({(round(x, _PLACE_DECIMALS), round(y, _PLACE_DECIMALS)) for x, y in at}) > MOST_EXACT:
        return _cells(placed, _CELL_MM * grown, symbol, most)

    def stacked(radius: Callable[[int], float]) -> list[Stack]:
        return stack_places(
            at,
            ids,
            limit=_TOUCHING * symbol,
            radius=lambda count: radius(count) + _GAP_MM / 2,
            decimals=_PLACE_DECIMALS,
        )

    def scaled(stacks: Sequence[Stack]) -> DiscScale:
        counts = [stack.count for stack in stacks]
        return DiscScale.of(counts, _LARGEST_MM * grown, symbol, most)

    stacks = stacked(scaled(stacked(lambda _: symbol)).radius)
    # What grew by joining others must not grow without end.
    scale = scaled(stacks)
    members = ([placed[index][2] for index in stack.members] for stack in stacks)
    return [
        _symbol(stack.x, stack.y, places, scale)
        for stack, places in zip(stacks, members, strict=True)
    ], scale


def _symbol(x: float, y: float, places: Sequence[IncidentPlace], scale: DiscScale) -> Symbol:
    forms = [place.form for place in places]
    count = len({place.id for place in places})
    is_area = forms[0] == "province" if count == 1 else all(form != "point" for form in forms)
    return Symbol(x, y, scale.radius(count), tuple(places), is_area)


def _cells(
    placed: Iterable[Placed], cell: float, symbol: float, most: int
) -> tuple[list[Symbol], DiscScale]:
    """Gather places in cells; a disc stands at their middle, as far as it stays in its cell."""
    members: dict[tuple[int, int], list[Placed]] = {}
    for one in placed:
        key = (math.floor(one[0] / cell), math.floor(one[1] / cell))
        members.setdefault(key, []).append(one)
    cells = sorted(members.items())
    counts = [len({place.id for _, _, place in parts}) for _, parts in cells]
    scale = DiscScale.of(counts, cell * _CELL_SHARE, symbol, most)
    found = []
    for ((column, row), parts), count in zip(cells, counts, strict=True):
        r = scale.radius(count)
        x = sum(x for x, _, _ in parts) / len(parts)
        y = sum(y for _, y, _ in parts) / len(parts)
        x = min(max(x, column * cell + r), column * cell + cell - r)
        y = min(max(y, row * cell + r), row * cell + cell - r)
        found.append(_symbol(x, y, [place for _, _, place in parts], scale))
    return sorted(found, key=lambda one: (-one.count, one.y, one.x)), scale
