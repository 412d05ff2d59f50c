"""The same questions asked of columns in memory, where an engine only says what a filter keeps.

Putting a question into SQL takes Ibis longer than counting a million small numbers takes, and a
summary asks sixteen of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from geodata.geodesy import MercatorBox
from geodata.queries.answers import Cells, Counts, Points, run_starts, to_points
from geodata.queries.asked.columns import HeldColumns
from geodata.queries.asked.masks import Masks
from geodata.queries.asked.turns import Turns
from geodata.queries.columns import (
    EVENT_TYPES,
    POINT_COLUMNS,
    ROW_COLUMNS,
    ends_in,
    starts_in,
)
from geodata.queries.engine import Numbers, OrderedEngine
from geodata.queries.filters import DateMatch, Filter

__all__ = ["HeldQuestions"]

# Of a machine with two cores; what they take turns at is nearly all Python's and NumPy's.
_AT_ONCE = 2
_EPOCH = date(1970, 1, 1)


class HeldQuestions:
    """Asks columns that are held in memory.

    Args:
        engine: Holds the table of incidents, in an order.
        keep: Asks of each row whether a filter of one part keeps it, each place for itself.
        keys: What follows from the columns, by name.
        is_timed: Whether it depends on the period which groups are found.
    """

    def __init__(
        self,
        engine: OrderedEngine,
        keep: Callable[[Filter], ir.BooleanValue],
        keys: Mapping[str, ir.Value],
        *,
        is_timed: bool,
    ) -> None:
        self._engine = engine
        self._keep = keep
        self._is_timed = is_timed
        self._columns = engine.held(HeldColumns, lambda: HeldColumns(engine, keys))
        self._masks = Masks(self._kept_by_parts)
        self._turns = Turns(_AT_ONCE)

    def hold_points(self) -> None:
        """Hold what is told of points, too, which the engine reads from the disk otherwise."""
        self._columns.hold_points()

    def _kept(self, chosen: Filter) -> Numbers | None:
        """Return whether each row is kept by a filter; `None` where all are."""
        parts = chosen.apart(is_timed=self._is_timed)
        return None if parts == (Filter(),) else self._masks.of(chosen, parts)

    def _kept_by_parts(self, parts: Sequence[Filter]) -> list[Numbers]:
        found = {one: self._kept_by_dates(one) for one in parts if _is_by_dates(one)}
        others = [one for one in parts if one not in found]
        if others:
            masks = self._engine.masks([self._keep(one) for one in others])
            found |= zip(others, masks, strict=True)
        return [
            self._by_any_place(found[one]) if one.bounds or one.within else found[one]
            for one in parts
        ]

    def _kept_by_dates(self, part: Filter) -> Numbers:
        """Return whether each row lies in a period, of which no engine needs to be asked."""
        certain = part.date_match is DateMatch.CERTAIN
        rules = (
            rule((day - _EPOCH).days, self._columns.dates, certain=certain)
            for rule, day in ((starts_in, part.start), (ends_in, part.end))
            if day
        )
        found: Numbers = np.logical_and.reduce(list(rules))
        return found

    def _by_any_place(self, mask: Numbers) -> Numbers:
        owners = self._columns.owners
        if owners is None:
            return mask
        # An incident with several places is found by any of them.
        is_found = np.zeros(int(owners.max(initial=0)) + 1, dtype=bool)
        is_found[owners[mask]] = True
        found: Numbers = is_found[owners]
        return found

    def _first(self, chosen: Filter) -> Numbers:
        """Return the rows that stand for the incidents that a filter finds."""
        kept, is_first = self._kept(chosen), self._columns.flags("is_first")
        return np.flatnonzero(is_first if kept is None else kept & is_first)

    def totals(self, chosen: Filter) -> Mapping[str, int]:
        """Return how many incidents there are, how many are events, how many are placed."""
        rows, columns = self._first(chosen), self._columns
        return {
            "n": len(rows),
            "events": int(np.count_nonzero(columns.flags("is_event")[rows])),
            "placed": int(np.count_nonzero(columns.flags("is_mappable")[rows])),
        }

    def ids(self, chosen: Filter) -> frozenset[str]:
        """Return the ids of the incidents that a filter finds."""
        return frozenset(self._columns.ids.take(pa.array(self._first(chosen))).to_pylist())

    def toll_sums(
        self, chosen: Filter, figures: tuple[str, str, str], besides: tuple[str, ...]
    ) -> Mapping[str, Any]:
        """Return what the events that a filter finds come to; see `adding.toll_sums`."""
        rows, columns = self._first(chosen), self._columns
        is_event = columns.flags("is_event")[rows]
        is_alone = is_event & columns.tolls_alone(besides)[rows]
        low, high, marks = (one[rows] for one in columns.bounds(figures, besides))
        has_figures = is_alone & (low >= 0) & (high >= 0)
        alone, events = np.count_nonzero(is_alone), np.count_nonzero(is_event)
        only = rows[has_figures] if np.count_nonzero(has_figures) == 1 else rows[:0]
        return {
            "only": self._engine.rows(only, {"id": "id"})["id"][0].as_py() if len(only) else "",
            "n": int(alone),
            "figures": int(np.count_nonzero(has_figures)),
            "low": int(low.sum(where=has_figures)),
            "high": int(high.sum(where=has_figures)),
            "marks": int(np.bitwise_or.reduce(marks)),
            "apart": int(events - alone),
            "not_added": int(len(rows) - events),
        }

    def tolls_apart(self, chosen: Filter, besides: tuple[str, ...]) -> frozenset[str]:
        """Return the ids of the events that are added up record by record."""
        rows, columns = self._first(chosen), self._columns
        is_apart = columns.flags("is_event") & ~columns.tolls_alone(besides)
        return frozenset(columns.ids.take(pa.array(rows[is_apart[rows]])).to_pylist())

    def lines(
        self, chosen: Filter, box: MercatorBox | None, offset: int, limit: int
    ) -> list[dict[str, Any]]:
        """Return some columns of the incidents that a filter finds, newest first."""
        rows, kept = self._columns.order("start", down=True), self._kept(chosen)
        rows = rows if kept is None else rows[kept[rows]]
        rows = rows[self._drawn_within([box])[rows]] if box else rows
        page = rows[offset : offset + limit]
        numbers = np.sort(page)
        found: list[dict[str, Any]]
        found = self._engine.rows(numbers, {one: one for one in ROW_COLUMNS}).to_pylist()
        return [found[at] for at in np.searchsorted(numbers, page)]

    def has_multiple(self, chosen: Filter) -> bool:
        """Whether an incident that a filter finds has several places."""
        kept, is_first = self._kept(chosen), self._columns.flags("is_first")
        return bool(np.any(~is_first if kept is None else kept & ~is_first))

    def off_map(self, chosen: Filter) -> dict[tuple[str, bool], int]:
        """Return how many incidents are not drawn, by country and by whether they are events."""
        (found,) = self.counted(chosen, [("country", "is_event", "is_mappable")])
        return {(country, event): n for (country, event, drawn), n in found.items() if not drawn}

    def within(self, chosen: Filter, boxes: Sequence[MercatorBox]) -> int:
        """Return how many incidents are drawn within any of some boxes."""
        return int(np.count_nonzero(self._drawn_within(boxes)[self._first(chosen)]))

    def counted(self, chosen: Filter, sets: Sequence[tuple[str, ...]]) -> list[Counts]:
        """Return how many incidents have each combination of values."""
        kept, is_first = self._kept(chosen), self._columns.flags("is_first")
        is_left_out = np.zeros(len(is_first), bool) if kept is None else is_first & ~kept
        # Whichever are fewer are looked at, those that a filter keeps or all others.
        keeps_most = 2 * np.count_nonzero(is_left_out) < len(is_first)
        rows = np.flatnonzero(is_left_out) if keeps_most else self._first(chosen)
        found: list[Counts] = []
        for names in sets:
            codes, values = self._columns.coded(names)
            counts = np.bincount(codes[rows], minlength=len(values))
            if keeps_most:
                counts = self._columns.whole(names) - counts
            found.append({values[at]: int(counts[at]) for at in np.flatnonzero(counts)})
        return found

    def view(  # noqa: PLR0917 - a view has all of these
        self,
        chosen: Filter,
        stricter: Filter | None,
        box: MercatorBox,
        shift: int,
        most: int,
        own: Sequence[str] = (),
    ) -> Points | Cells:
        """Return what is drawn within a box."""
        if stricter:
            # Of a period both are asked, which takes little more than one of them.
            both = chosen, stricter
            self._masks.seek({one: one.apart(is_timed=self._is_timed) for one in both})
        kept, sure = self._kept(chosen), self._kept(stricter) if stricter else None
        with self._turns:
            return self._told(kept, sure, box, shift, most, tuple(own))

    def _told(  # noqa: PLR0917 - as for `view`
        self,
        kept: Numbers | None,
        sure: Numbers | None,
        box: MercatorBox,
        shift: int,
        most: int,
        own: tuple[str, ...],
    ) -> Points | Cells:
        near = self._columns.near(box)
        is_wanted = True if kept is None else kept if near is None else kept[near]
        x, y = self._columns.places
        for axis, least, greatest in ((x, box.x0, box.x1), (y, box.y0, box.y1)):
            here = axis if near is None else axis[near]
            is_wanted = is_wanted & (here >= max(least, 0)) & (here <= greatest)
        rows = np.flatnonzero(is_wanted) if near is None else near[is_wanted]
        certain = np.ones(len(rows), dtype=bool) if sure is None else sure[rows]
        if len(rows) <= most:
            found = self._columns.points(rows)
            if found is None:
                found = self._engine.rows(rows, POINT_COLUMNS)
            if own:
                types = pa.array(self._columns.drawn_types(own)[rows])
                found = found.set_column(found.schema.get_field_index("type"), "type", types)
            return to_points(found, certain.tolist())
        return self._cells(rows, certain, shift, own)

    def _cells(self, rows: Numbers, certain: Numbers, shift: int, own: tuple[str, ...]) -> Cells:
        x, y = (axis[rows] for axis in self._columns.places)
        across, down = x >> shift, y >> shift
        # Near rows lie in one cell, so that a cell is some runs of them, of which there are few.
        starts = run_starts(across, down)
        left, top = int(across.min()), int(down.min())
        height = int(down.max()) - top + 1
        cell = (across[starts] - left).astype(np.int64) * height + (down[starts] - top)
        numbers, cell = np.unique(cell, return_inverse=True)
        lengths = np.diff(starts, append=len(rows))
        n = np.bincount(cell, weights=lengths).astype(np.int64)
        # Sums of places within a cell stay far below where floats are no longer exact.
        within = (1 << shift) - 1
        means = []
        for axis, edge in ((x, numbers // height + left), (y, numbers % height + top)):
            sums = np.add.reduceat(axis & within, starts, dtype=np.int64)
            means.append((edge << shift) + np.bincount(cell, sums).astype(np.int64) // n)
        width = len(EVENT_TYPES) + len(own)
        typed = np.repeat(cell * width, lengths) + self._columns.drawn_types(own)[rows]
        by_type = certainly = _by_type(typed, len(n), width)
        # Of most filters nearly all certainly fit.
        if not certain.all():
            certainly = by_type - _by_type(typed[~certain], len(n), width)
        x_mean, y_mean = (one.tolist() for one in means)
        return Cells(x_mean, y_mean, n.tolist(), by_type, certainly, shift, len(rows))

    def _drawn_within(self, boxes: Sequence[MercatorBox]) -> Numbers:
        x, y = self._columns.places
        inside = np.zeros(len(x), dtype=bool)
        for box in boxes:
            across = (x >= max(box.x0, 0)) & (x <= box.x1)
            inside |= across & (y >= max(box.y0, 0)) & (y <= box.y1)
        return self._by_any_place(inside)

    def sorted_ids(
        self,
        chosen: Filter,
        column: str,
        *,
        down: bool,
        placed: bool | Sequence[MercatorBox] | None,
        offset: int,
        limit: int,
    ) -> tuple[list[str], int]:
        """Return ids of a part of what a filter finds, in order, and how many there are in all."""
        order = self._columns.order(column, down=down)
        kept = self._kept(chosen)
        rows = order if kept is None else order[kept[order]]
        if isinstance(placed, bool):
            rows = rows[self._columns.flags("is_mappable")[rows] == placed]
        elif placed is not None:
            rows = rows[self._drawn_within(placed)[rows]]
        page = self._columns.ids.take(pa.array(rows[offset : offset + limit]))
        return page.to_pylist(), len(rows)


def _is_by_dates(part: Filter) -> bool:
    return part.asked().keys() - {"date_match"} in ({"start"}, {"end"})


def _by_type(typed: Numbers, cells: int, width: int) -> Numbers:
    """Return how many there are in each cell of each type, from cells and types in one number."""
    return np.bincount(typed, minlength=cells * width).reshape(cells, width)
