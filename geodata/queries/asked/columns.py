"""The columns that are counted, held in memory as small numbers in the order of the table.

Each is read when it is first asked for, and then kept. At a million rows all that a summary and a
view need take 30 MB, ids 18 MB more, each order of the table 4 MB, and titles, which are read only
if somebody says so, some 50 MB.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import RLock
from typing import Any, NamedTuple, TypeVar

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.geodesy import MercatorBox
from geodata.queries.columns import NO_LOW, POINT_COLUMNS, from_list_text, own_code
from geodata.queries.engine import Numbers, OrderedEngine

__all__ = ["Coded", "HeldColumns", "HeldDates"]

_T = TypeVar("_T")
# Rows in a block, of which it is known where they lie. A street at a million rows: 512 to 4,096
# make no difference beside the rest, and more make more rows to look at.
_BLOCK = 2_048
# Only up to such a share of all.
_FEW_BLOCKS = 4
# Beyond any map.
_NOWHERE = -1
_NO_FIGURE = -1
# Of these nearly each row has a value that no other has.
_OF_THEIR_OWN = ("id", "x", "y", "title")
# So many rows tell whether most have a value of their own.
_SAMPLE = 10_000


class Coded(NamedTuple):
    """Values of each row as positions in a list of them.

    Attributes:
        codes: The positions.
        values: Each combination of values, once.
    """

    codes: Numbers
    values: list[tuple[Any, ...]]


class HeldDates(NamedTuple):
    """The dates of each row, in days since 1970, as `starts_in` takes them."""

    date_start: Numbers
    date_end: Numbers
    has_start: Numbers
    has_end: Numbers


class HeldColumns:
    """Columns of a table, for any number of threads.

    Args:
        engine: Holds the table, and answers in its order.
        keys: What follows from its columns, by name.
    """

    def __init__(self, engine: OrderedEngine, keys: Mapping[str, ir.Value]) -> None:
        self._engine = engine
        self._keys = keys
        self._held: dict[Any, Any] = {}
        self._reading = RLock()

    def _once(self, name: object, read: Callable[[], _T]) -> _T:
        # Who asks while it is read waits for it, and does not read it once more.
        with self._reading:
            if name not in self._held:
                self._held[name] = read()
            found: _T = self._held[name]
            return found

    def _read(self, name: str) -> pa.ChunkedArray:
        key = self._keys.get(name)
        return self._engine.column(name) if key is None else self._engine.values(key)

    def coded(self, names: tuple[str, ...]) -> Coded:
        """Return columns of the table, or what follows from them, as codes."""
        return self._once(names, lambda: self._coded(names))

    def _coded(self, names: tuple[str, ...]) -> Coded:
        if len(names) == 1:
            codes, values = _encoded(self._read(names[0]))
            return Coded(codes, [(one,) for one in values])
        last = self.coded(names[-1:])
        first = self.coded(names[:-1])
        width = max(len(last.values), 1)
        pairs = first.codes.astype(np.int64) * width + last.codes
        codes, met = _encoded(pa.chunked_array([pairs]))
        return Coded(codes, [first.values[n // width] + last.values[n % width] for n in met])

    def whole(self, names: tuple[str, ...]) -> Numbers:
        """Return how many incidents have each of the values of `coded`."""
        return self._once((names, "whole"), lambda: self._whole(names))

    def _whole(self, names: tuple[str, ...]) -> Numbers:
        codes, values = self.coded(names)
        counts: Numbers = np.bincount(codes[self.flags("is_first")], minlength=len(values))
        return counts

    def flags(self, name: str) -> Numbers:
        """Return a column of yes and no."""
        return self._once(name, lambda: pc.fill_null(self._read(name), fill_value=False).to_numpy())

    def figures(self, name: str) -> Numbers:
        """Return a column of figures, of which none is below 0; -1 where there is none."""
        return self._once(
            (name, "figures"), lambda: pc.fill_null(self._read(name), _NO_FIGURE).to_numpy()
        )

    def bounds(
        self, names: tuple[str, str, str], besides: tuple[str, ...]
    ) -> tuple[Numbers, Numbers, Numbers]:
        """Return what each row adds to both bounds of a sum of tolls, and its marks.

        Args:
            names: Columns of the lowest and the highest figure, and of their marks.
            besides: As in `tolls_alone`; what does not stand alone has no mark.
        """
        return self._once((names, besides), lambda: self._bounds(names, besides))

    def _bounds(
        self, names: tuple[str, str, str], besides: tuple[str, ...]
    ) -> tuple[Numbers, Numbers, Numbers]:
        low, high = (self.figures(name) for name in names[:2])
        marks: Numbers = pc.fill_null(self._read(names[2]), 0).to_numpy().astype(np.uint8)
        has_none = (low >= 0) & (marks & NO_LOW != 0)
        is_added = self.flags("is_event") & self.tolls_alone(besides) & (low >= 0) & (high >= 0)
        return np.where(has_none, 0, low) if has_none.any() else low, high, marks * is_added

    def tolls_alone(self, besides: tuple[str, ...]) -> Numbers:
        """Return whether the toll of each row stands alone, which others share for some."""
        return self._once(("alone", besides), lambda: self._tolls_alone(besides))

    def _tolls_alone(self, besides: tuple[str, ...]) -> Numbers:
        is_alone = self.flags("toll_alone")
        if not besides:
            return is_alone
        is_shared: Numbers = pc.is_in(self.ids, pa.array(besides)).to_numpy(zero_copy_only=False)
        return is_alone & ~is_shared

    @property
    def dates(self) -> HeldDates:
        """The dates of each row."""
        return self._once("dates", self._dates)

    def _dates(self) -> HeldDates:
        days = (self._read(name).cast(pa.int32()).to_numpy() for name in ("date_start", "date_end"))
        return HeldDates(*days, *(self.flags(name) for name in ("has_start", "has_end")))

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.flags("is_first"))

    def drawn_types(self, own: tuple[str, ...] = ()) -> Numbers:
        """Return by what each row is drawn, as `own_code` has it."""
        return self._once(("drawn", own), lambda: self._drawn_types(own))

    def _drawn_types(self, own: tuple[str, ...]) -> Numbers:
        if not own:
            main: Numbers = self._read("main_type").to_numpy().astype(np.uint8)
            return main
        codes, values = self.coded(("main_type", "source_types"))
        drawn = [own_code(code, "".join(from_list_text(text or "")), own) for code, text in values]
        found: Numbers = np.array(drawn, np.uint8)[codes]
        return found

    @property
    def places(self) -> tuple[Numbers, Numbers]:
        """Where each row is drawn, x and y; outside of any box where it is not."""
        return self._once("places", self._places)

    def _places(self) -> tuple[Numbers, Numbers]:
        is_drawn = self.flags("is_mappable")
        x, y = (pc.fill_null(self._read(name), _NOWHERE).to_numpy() for name in ("x", "y"))
        x, y = (np.where(is_drawn, one, _NOWHERE).astype(np.int32) for one in (x, y))
        return x, y

    def near(self, box: MercatorBox) -> Numbers | None:
        """Return the rows of all blocks that a box meets; `None` where they are too many for it.

        To look at all rows one after the other is quicker than at a quarter of them by number.
        """
        edges = self._once("blocks", self._blocks)
        is_met = np.ones(len(edges[0]), dtype=bool)
        for low, high, (least, most) in (
            (edges[0], edges[1], (box.x0, box.x1)),
            (edges[2], edges[3], (box.y0, box.y1)),
        ):
            is_met &= (high >= least) & (low <= most)
        blocks = np.flatnonzero(is_met)
        if len(blocks) * _FEW_BLOCKS > len(is_met):
            return None
        rows = (blocks[:, np.newaxis] * _BLOCK + np.arange(_BLOCK)).ravel()
        return rows[: np.searchsorted(rows, self.size)]

    def _blocks(self) -> list[Numbers]:
        """Return the least and greatest x and y of each block."""
        starts = np.arange(0, self.size, _BLOCK)
        edges: list[Numbers] = []
        for axis in self.places:
            held = np.where(axis == _NOWHERE, np.iinfo(np.int32).max, axis)
            edges += [np.minimum.reduceat(held, starts), np.maximum.reduceat(axis, starts)]
        return edges

    @property
    def ids(self) -> pa.Array:
        """The id of each row."""
        return self._once("ids", lambda: self._read("id").combine_chunks())

    def hold_points(self) -> None:
        """Read all that is told of points, so that `points` gives it from now on."""
        coded = {
            name: self.coded((column,))
            for name, column in POINT_COLUMNS.items()
            if column not in _OF_THEIR_OWN
        }
        told = {
            name: (codes, pa.array([one for (one,) in all_]))
            for name, (codes, all_) in coded.items()
        }
        self._once("points", lambda: (self.ids, self._titles(), told))

    def _titles(self) -> pa.Array:
        # The key of that name is what titles are sorted by. In one piece, since some of many pieces
        # are taken by joining all; in one of four bytes an offset, not more than 2 GB have room.
        return self._engine.column("title").cast(pa.large_string()).combine_chunks()

    def points(self, rows: Numbers) -> pa.Table | None:
        """Return what is told of some rows that are drawn; `None` where it is not held."""
        held = self._held.get("points")
        if held is None:
            return None
        ids, titles, told = held
        x, y = self.places
        numbers = pa.array(rows)
        columns = {
            name: values.take(pa.array(codes[rows])) for name, (codes, values) in told.items()
        }
        columns |= {"id": ids.take(numbers), "title": titles.take(numbers)}
        return pa.table({**columns, "x": x[rows], "y": y[rows]})

    @property
    def owners(self) -> Numbers | None:
        """A number for each row that stands for its incident; none where each has one place."""
        return self._once("owners", self._owners)

    def _owners(self) -> Numbers | None:
        if self.flags("is_first").all():
            return None
        return _encoded(self._read("id"))[0]

    def order(self, column: str, *, down: bool) -> Numbers:
        """Return the rows of incidents in an order; equal ones by their dates and ids."""
        return self._once((column, down), lambda: self._order(column, down=down))

    def _order(self, column: str, *, down: bool) -> Numbers:
        by_date = self._once("by date", self._by_date)
        if column == "start":
            return by_date[::-1] if down else by_date
        ranks = self._once((column, "ranks"), lambda: self._ranks(column))[by_date]
        found: Numbers = by_date[np.argsort(-ranks if down else ranks, kind="stable")]
        return found

    def _by_date(self) -> Numbers:
        table = pa.table({"id": self.ids, "day": self._read("date_start")})
        rows = pc.sort_indices(table, [("day", "ascending"), ("id", "ascending")]).to_numpy()
        is_first = self.flags("is_first")
        found: Numbers = rows[is_first[rows]].astype(np.int32)
        return found

    def _ranks(self, column: str) -> Numbers:
        keys = self._read(column)
        seen = keys.slice(0, _SAMPLE)
        if len(seen) < 2 * pc.count_distinct(seen, mode="all").as_py():
            # Titles are nearly all of their own: a list of them would be sorted, and made twice.
            each: Numbers = pc.rank(keys, tiebreaker="dense").to_numpy().astype(np.int32)
            return each
        codes, values = _encoded(keys)
        ranks = np.empty(max(len(values), 1), np.int32)
        ranks[pc.sort_indices(pa.array(values, keys.type)).to_numpy()] = np.arange(len(values))
        found: Numbers = ranks[codes]
        return found


def _encoded(column: pa.ChunkedArray) -> tuple[Numbers, list[Any]]:
    """Return values as positions in a list of them, in as few bytes as will do."""
    encoded = pc.dictionary_encode(column, null_encoding="encode")
    if not encoded.num_chunks:
        return np.zeros(0, np.uint8), []
    whole = encoded.combine_chunks()
    values = whole.dictionary.to_pylist()
    return whole.indices.to_numpy().astype(np.min_scalar_type(len(values))), values
