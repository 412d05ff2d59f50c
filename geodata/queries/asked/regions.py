"""Regions of the map that an engine counted once by a filter, from which views of it are told.

A region is 256 cells wide at its closest zoom level, so that it has no more cells than that however
many rows there are: the whole world down to zoom 6, and one for each three levels beyond. Where
it holds few incidents, these are kept one by one. All numbers are whole and add up, so that an
answer is that of the rows.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache
from itertools import product
from threading import Lock
from typing import NamedTuple, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.geodesy import WORLD_BITS, MercatorBox

__all__ = ["RegionCounts", "Regions"]

_CELLS_BITS = 8
_ZOOMS = 3
# In all regions at once, of some 60 bytes each; an incident takes three times as much.
_MOST_ROWS = 3_000_000
_MOST_LISTED = 20_000
# A screen meets four of them, or a few more; what meets very many is no map's view.
_MOST_MET = 16
_TURNS = 512
_KEYS = ("cx", "cy", "main_type")
_SUMS = ("n", "certain", "sum_x", "sum_y")


class RegionCounts(Protocol):
    """Counts a part of the world, where that is worth its time."""

    def may_count(self, box: MercatorBox) -> bool:
        """Whether it is; else nothing within it is counted, and nobody need wait for it."""

    def cells(self, box: MercatorBox, shift: int) -> pa.Table:
        """Return incidents by cell, type and whether they lie on the first lines of their cells."""

    def points(self, box: MercatorBox, most: int) -> pa.Table:
        """Return incidents one by one, and for each whether it is certain."""


_Key = tuple[str, Hashable, int, int, int]


class Regions:
    """What was counted of regions lately, for any number of threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, pa.Table] = OrderedDict()
        self._rows = 0
        self._changing = Lock()
        # Who asks for the same as another waits for that one's answer.
        self._turn: Callable[[_Key], Lock] = lru_cache(_TURNS)(lambda _: Lock())

    def view(
        self, asked: Hashable, box: MercatorBox, shift: int, most: int, counts: RegionCounts
    ) -> tuple[pa.Table, bool] | None:
        """Return what is drawn within a box, and whether that is counted or told one by one.

        It is `None` where the regions of the box are not known.

        Args:
            asked: Stands for what it is asked by.
            box: The part of the world to answer for.
            shift: Cells are 2^shift units wide.
            most: So many are told one by one.
            counts: Counts regions that are not known, or not.
        """
        side = _Side(_finest(shift))
        if not side.fits(box):
            return None
        regions = self._all("cells", asked, box, side, counts)
        if regions is None:
            return None
        counted = regions.filter(side.inside(regions, box))
        if (pc.sum(counted["n"]).as_py() or 0) > most:
            return _coarser(counted, shift - side.shift), True
        if (pc.sum(regions["n"]).as_py() or 0) > _MOST_LISTED:
            return None
        listed = self._all("points", asked, box, side, counts)
        if listed is None:
            return None
        x, y = (listed[name].to_numpy() for name in ("x", "y"))
        inside = (x >= box.x0) & (x <= box.x1) & (y >= box.y0) & (y <= box.y1)
        return listed.filter(pa.array(inside)), False

    def _all(
        self,
        kind: str,
        asked: Hashable,
        box: MercatorBox,
        side: _Side,
        counts: RegionCounts,
    ) -> pa.Table | None:
        """Return what there is in all regions that a box meets; what is not known is counted."""
        keys = [(kind, asked, side.shift, x, y) for x, y in side.regions(box)]
        kept = self._known(keys)
        if len(kept) < len(keys):
            missing = [key for key in keys if key not in kept]
            if not counts.may_count(side.around([key[3:] for key in missing])):
                return None
            with ExitStack() as turns:
                # All take theirs from west to east, so that no two wait for one another.
                for key in missing:
                    turns.enter_context(self._turn(key))
                kept = self._known(keys)
                missing = [key for key in keys if key not in kept]
                if missing:
                    part = side.around([key[3:] for key in missing])
                    counted = (
                        counts.cells(part, side.shift)
                        if kind == "cells"
                        else counts.points(part, _MOST_LISTED)
                    )
                    for key in missing:
                        kept[key] = _of_region(counted, kind, side, key[3:])
                        self._keep(key, kept[key])
        return pa.concat_tables(kept[key] for key in keys)

    def _known(self, keys: Sequence[_Key]) -> dict[_Key, pa.Table]:
        with self._changing:
            known = {key: self._kept[key] for key in keys if key in self._kept}
            for key in known:
                self._kept.move_to_end(key)
            return known

    def _keep(self, key: _Key, table: pa.Table) -> None:
        with self._changing:
            before = self._kept.pop(key, None)
            self._rows -= 0 if before is None else before.num_rows + 1
            self._kept[key] = table
            self._rows += table.num_rows + 1
            while self._rows > _MOST_ROWS:
                _, gone = self._kept.popitem(last=False)
                self._rows -= gone.num_rows + 1


class _Side(NamedTuple):
    """How wide cells and regions are.

    Attributes:
        shift: Cells are 2^shift units wide.
    """

    shift: int

    @property
    def bits(self) -> int:
        """Regions are 2^bits units wide."""
        return self.shift + _CELLS_BITS

    def fits(self, box: MercatorBox) -> bool:
        """Whether a box of few regions begins and ends with cells, or the first lines beyond."""
        last = (1 << self.shift) - 1
        begins = not (box.x0 & last or box.y0 & last)
        ends = all(one & last in (0, last) for one in (box.x1, box.y1))
        x, y = (
            (end >> self.bits) - (one >> self.bits) + 1
            for one, end in ((box.x0, box.x1), (box.y0, box.y1))
        )
        return begins and ends and x > 0 < y and x * y <= _MOST_MET

    def regions(self, box: MercatorBox) -> Iterator[tuple[int, int]]:
        """Yield the regions that a box meets, across and down."""
        sides = ((box.x0, box.x1), (box.y0, box.y1))
        across, down = (range(one >> self.bits, (end >> self.bits) + 1) for one, end in sides)
        return product(across, down)

    def around(self, regions: Sequence[tuple[int, int]]) -> MercatorBox:
        """Return the box that holds some regions."""
        x, y = zip(*regions, strict=True)
        first = min(x) << self.bits, min(y) << self.bits
        return MercatorBox(*first, *(((max(one) + 1) << self.bits) - 1 for one in (x, y)))

    def inside(self, counted: pa.Table, box: MercatorBox) -> pa.Array:
        """Return which counts lie within a box whose edges belong to it."""
        kept = np.ones(counted.num_rows, dtype=bool)
        for name, least, greatest in (("x", box.x0, box.x1), ("y", box.y0, box.y1)):
            cell, on_line = (counted[f"{one}{name}"].to_numpy() for one in ("c", "on_"))
            end = greatest >> self.shift
            is_whole = bool(greatest & ((1 << self.shift) - 1)) or not self.shift
            kept &= (cell >= least >> self.shift) & (
                (cell < end) | ((cell == end) & (is_whole | on_line))
            )
        return pa.array(kept)


def _finest(shift: int) -> int:
    """Return how wide the cells are by which regions are counted for cells of a width."""
    world = WORLD_BITS - _CELLS_BITS
    return max(world - max(-(-(world - shift) // _ZOOMS), 0) * _ZOOMS, 0)


def _of_region(counted: pa.Table, kind: str, side: _Side, region: tuple[int, int]) -> pa.Table:
    names, bits = (("x", "y"), side.bits) if kind == "points" else (("cx", "cy"), _CELLS_BITS)
    across, down = (counted[name].to_numpy() >> bits for name in names)
    return counted.filter(pa.array((across == region[0]) & (down == region[1])))


def _coarser(counted: pa.Table, by: int) -> pa.Table:
    """Return counts in cells that are 2^by times as wide."""
    for at, name in enumerate(counted.column_names):
        if name in ("cx", "cy"):
            counted = counted.set_column(at, name, pa.array(counted[name].to_numpy() >> by))
    found = counted.group_by(list(_KEYS)).aggregate([(name, "sum") for name in _SUMS])
    return found.rename_columns([name.removesuffix("_sum") for name in found.column_names])
