"""Which symbols stand on the map: single ones, and discs where several would overlap.

A disc holds places of one province, as no name would fit others too; discs of neighbours move
apart, and each knows the place beside which it stands.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mapview.briefing.figure.paper.rect import XY, Rect
from mapview.briefing.figure.scene.places import IncidentPlace
from mapview.cartography import OTHER, SIZES, Stack, stack_places

__all__ = [
    "LEAST_RING",
    "MOST_EXACT",
    "SYMBOL_MM",
    "DiscScale",
    "Symbol",
    "move_off",
    "stack_symbols",
]

Placed = tuple[float, float, IncidentPlace]
Floats = NDArray[np.float64]

# Radius of a symbol on A4: the least at which ten shapes can be told apart in print.
SYMBOL_MM = 1.75
# A point is given, whether or not its source says how exact it is.
_PLACED = ("point", "assumed")
# The second bounds nothing: nobody says how far off its point may be.
RINGS = ("ring", "assumed")
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
# What a disc must not reach beyond: a province, then a country, then nothing; the first for which
# no symbol moves farther than this on A4 from its place.
_WITHIN: tuple[Callable[[IncidentPlace], str], ...] = (
    lambda place: place.province or place.country,
    lambda place: place.country,
    lambda _: "",
)
_MOST_MOVED_MM = 9.0
# Symbols move apart in steps, each a part of what they lack; less than this nobody sees.
_MOST_STEPS = 400
_EASE = 0.6
_NEARLY_MM = 0.02
_SEEN_MM = 0.4
_GOLDEN = 2.399963
# Between a symbol and the line of a call-out that passes it.
_BESIDE_LINE_MM = 0.3


@dataclass(frozen=True)
class Symbol:
    """A symbol on paper.

    Attributes:
        x: From the left, in mm.
        y: From the top, in mm.
        r: Radius in mm.
        places: What it stands for.
        is_area: Whether no place of it is known better than to an area.
        beside: Its place on paper, where it had to move away from neighbours.
    """

    x: float
    y: float
    r: float
    places: tuple[IncidentPlace, ...]
    is_area: bool
    beside: XY | None = None

    @property
    def is_aside(self) -> bool:
        """Whether it moved so far that it no longer covers its place."""
        return self.beside is not None and math.dist((self.x, self.y), self.beside) > self.r

    @property
    def count(self) -> int:
        """How many incidents it stands for."""
        return len({place.id for place in self.places})

    @property
    def certain(self) -> int:
        """How many of them certainly fit what was asked for."""
        return len({place.id for place in self.places if place.is_certain})

    @property
    def is_single(self) -> bool:
        """Whether it stands for one incident."""
        return self.count == 1

    @property
    def is_ringed(self) -> bool:
        """Whether a ring around it says how far off its one incident may be."""
        return self.is_single and self.places[0].form in RINGS

    @property
    def kinds(self) -> list[tuple[int, int]]:
        """How many incidents of each kind, in the order of the kinds, any other last."""
        kind_of = {place.id: place.kind for place in self.places}
        counts = Counter(kind_of.values())
        return sorted(counts.items(), key=lambda one: (one[0] == OTHER, one[0]))


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

    What would overlap within a province becomes one disc, which stands where most of it lies, so
    that it marks a real place. Where neighbours had to move too far apart, a country's places may
    share a disc, and then any. Above 400 places there is one disc for each cell of a grid instead.

    Args:
        placed: x and y in mm, and what is there.
        symbol: Radius of a plain symbol in mm.
        most: Incidents of the largest disc in another frame, whose discs these are compared with.
    """
    grown = symbol / SYMBOL_MM
    if (
        len({(round(x, _PLACE_DECIMALS), round(y, _PLACE_DECIMALS)) for x, y, _ in placed})
        > MOST_EXACT
    ):
        return _cells(placed, _CELL_MM * grown, symbol, most)

    found: tuple[list[Symbol], DiscScale] | None = None
    for within in _WITHIN:
        # No province or country is called as an incident is that stands for itself.
        keys = [f"\n{one.id}" if one.is_alone else within(one) for _, _, one in placed]
        parts = _parts(keys)
        found = _stacked(placed, parts, symbol, most)
        if all(_moved(one) <= _MOST_MOVED_MM * grown for one in found[0]):
            break
    return found or ([], DiscScale.of([], _LARGEST_MM * grown, symbol, most))


def _parts(keys: Sequence[str]) -> list[list[int]]:
    parts: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        parts.setdefault(key, []).append(index)
    return list(parts.values())


def _stacked(
    placed: Sequence[Placed], parts: Sequence[Sequence[int]], symbol: float, most: int
) -> tuple[list[Symbol], DiscScale]:
    grown = symbol / SYMBOL_MM

    def stacked(radius: Callable[[int], float]) -> list[Stack]:
        found = []
        for part in parts:
            stacks = stack_places(
                [placed[index][:2] for index in part],
                [placed[index][2].id for index in part],
                limit=_TOUCHING * symbol,
                radius=lambda count: radius(count) + _GAP_MM / 2,
                decimals=_PLACE_DECIMALS,
            )
            for stack in stacks:
                stack.members = [part[index] for index in stack.members]
            found += stacks
        return sorted(found, key=lambda one: (-one.count, one.y, one.x))

    def scaled(stacks: Sequence[Stack]) -> DiscScale:
        counts = [stack.count for stack in stacks]
        return DiscScale.of(counts, _LARGEST_MM * grown, symbol, most)

    stacks = stacked(scaled(stacked(lambda _: symbol)).radius)
    # What grew by joining others must not grow without end.
    scale = scaled(stacks)
    symbols = [
        _symbol(stack.x, stack.y, [placed[index][2] for index in stack.members], scale)
        for stack in stacks
    ]
    return _apart(symbols), scale


def _apart(symbols: Sequence[Symbol]) -> list[Symbol]:
    """Return symbols that overlap moved apart, the lighter ones more."""
    if len(symbols) < 2:  # noqa: PLR2004 - one has no neighbour
        return list(symbols)
    r = np.array([one.r for one in symbols])
    return _moved_to(symbols, _pushed(np.array([(one.x, one.y) for one in symbols]), r, r < 0)[0])


def move_off(
    symbols: Sequence[Symbol],
    own: Symbol,
    way: tuple[Rect, tuple[XY, XY]],
    radii: Sequence[float],
    clear: float,
) -> list[Symbol] | None:
    """Return symbols moved off a box and the line from it to one of them.

    That one stays where it is, and so do others that have call-outs.

    Args:
        symbols: What stands where.
        own: The symbol that the line leads to.
        way: What they must be clear of: a box, and the line from the symbol to it.
        radii: What each symbol takes with its halo or plate.
        clear: How far all others must be from the box.

    Returns:
        `None` where there is no such place for all of them.
    """
    at = np.array([(one.x, one.y) for one in symbols], dtype=float)
    r = np.array([one.r for one in symbols])
    whole = np.array(radii)
    is_own = np.array([one is own for one in symbols])
    is_still = is_own | np.array([bool(one.places[0].says) for one in symbols])
    box, line = way
    start = np.array(line[0])
    run = np.array(line[1]) - start
    across = np.array([-run[1], run[0]]) / max(math.hypot(*run), _NEARLY_MM)

    def lack(at: Floats) -> Floats:
        """Return how far each symbol must move yet, and where to."""
        to_box = at - np.clip(at, box[:2], box[2:])
        along = np.clip((at - start) @ run / max(run @ run, _NEARLY_MM), 0, 1)
        to_line = at - (start + along[:, None] * run)
        # What stands right on them leaves to the side of the line on which most of it is.
        side = np.where((at - start) @ across < 0, -1.0, 1.0)[:, None] * across
        found = np.zeros_like(at)
        for to, least in ((to_box, clear + whole), (to_line, _BESIDE_LINE_MM + whole)):
            away = np.hypot(to[:, 0], to[:, 1])
            unit = np.where(
                away[:, None] > _NEARLY_MM, to / np.maximum(away, _NEARLY_MM)[:, None], side
            )
            found += unit * np.maximum(least - away, 0)[:, None]
        found[is_own] = 0
        return found

    if np.any(lack(at)[is_still] != 0):
        return None
    moved, is_done = _pushed(at, r, is_still, lack)
    return _moved_to(symbols, moved) if is_done else None


def _pushed(
    at: Floats,
    r: Floats,
    is_still: NDArray[np.bool_],
    lack: Callable[[Floats], Floats] | None = None,
) -> tuple[Floats, bool]:
    """Return where circles are once they are apart, and whether they are.

    Args:
        at: Where they are, a row each.
        r: Their radii.
        is_still: What does not move at all; of others the lighter ones move more.
        lack: How far each must move yet for another reason.
    """
    least = r[:, None] + r[None, :] + _GAP_MM
    np.fill_diagonal(least, 0)
    share = r[None, :] ** 2 / (r[:, None] ** 2 + r[None, :] ** 2)
    share[:, is_still], share[is_still] = 1.0, 0.0
    # Where two stand on one point, each pair has a direction of its own.
    turns = np.add.outer(np.arange(len(r)), np.arange(len(r))) * _GOLDEN
    aside = (
        np.stack([np.cos(turns), np.sin(turns)], axis=-1)
        * np.sign(np.subtract.outer(np.arange(len(r)), np.arange(len(r))))[..., None]
    )
    at = at.copy()
    for _ in range(_MOST_STEPS):
        way = at[:, None, :] - at[None, :, :]
        away = np.hypot(way[..., 0], way[..., 1])
        short = np.maximum(least - away, 0)
        more = lack(at) if lack else np.zeros_like(at)
        if short.max() <= _NEARLY_MM and np.abs(more).max() <= _NEARLY_MM:
            return at, True
        unit = np.where(
            away[..., None] > _NEARLY_MM, way / np.maximum(away, 1e-9)[..., None], aside
        )
        at += ((unit * (short * share)[..., None]).sum(axis=1) + more) * _EASE
    return at, False


def _moved_to(symbols: Sequence[Symbol], at: Floats) -> list[Symbol]:
    """Return symbols where they are now; each knows its place, if it is another."""
    found = []
    for one, (x, y) in zip(symbols, at.tolist(), strict=True):
        place = one.beside or (one.x, one.y)
        beside = place if math.dist(place, (x, y)) > _SEEN_MM else None
        found.append(replace(one, x=x, y=y, beside=beside))
    return found


def _moved(symbol: Symbol) -> float:
    x, y = symbol.beside or (symbol.x, symbol.y)
    return math.hypot(symbol.x - x, symbol.y - y)


def _symbol(x: float, y: float, places: Sequence[IncidentPlace], scale: DiscScale) -> Symbol:
    forms = [place.form for place in places]
    count = len({place.id for place in places})
    is_area = forms[0] == "province" if count == 1 else not any(form in _PLACED for form in forms)
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
