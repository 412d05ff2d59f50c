"""Questions about the rows that a filter wants, asked of any engine as Ibis expressions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from geodata.geodesy import MercatorBox
from geodata.queries import expressions
from geodata.queries.answers import Cells, Counts, Points, to_cells, to_points
from geodata.queries.asked.adding import toll_sums, tolls_apart
from geodata.queries.asked.regions import Regions
from geodata.queries.engine import Engine
from geodata.queries.expressions import GroupResolver
from geodata.queries.filters import Filter

__all__ = ["Questions"]

_MOST_COUNTED_TOGETHER = 100_000
# How many times the rows of a view may be near instead of it: for one whose region is beyond even
# that, and for a region that is then known, which takes half a second, and the engine longer.
_RATHER_NEAR, _ONCE = 3, 6


class Questions:
    """Asks an engine.

    Args:
        engine: Holds the table of incidents.
        resolve: Gives the group ids that a name stands for.
        check: Refuses a filter that asks for another state of the data.

    Attributes:
        at_times: The texts in the column `found_at_times`, each once; few records have any.
    """

    def __init__(
        self,
        engine: Engine,
        resolve: GroupResolver,
        check: Callable[[Filter], None] = lambda _: None,
    ) -> None:
        self._engine = engine
        self._resolve = resolve
        self._check = check
        self.at_times = engine.texts("found_at_times")
        self._regions = engine.held((Regions, resolve), Regions)

    def kept(self, chosen: Filter) -> ir.BooleanValue:
        """Return for each row whether a filter keeps it; see `expressions.kept`."""
        self._check(chosen)
        return expressions.kept(chosen, self._engine.table, self._resolve, self.at_times)

    def keys(self) -> dict[str, ir.Value]:
        """Return what follows from the columns of the table, by name."""
        table = self._engine.table
        return {**expressions.month_keys(table), **expressions.order_keys(table)}

    def rows(self, chosen: Filter, engine: Engine | None = None) -> ir.Table:
        """Return the rows that a filter wants, of an engine if it is another."""
        self._check(chosen)
        table = (engine or self._engine).table
        return expressions.filtered(chosen, table, self._resolve, self.at_times)

    def _near(self, chosen: Filter, boxes: Sequence[MercatorBox], *, times: int = 1) -> Engine:
        """Return what holds the rows that a filter wants within some boxes; see `Engine.near`."""
        is_whole = _is_by_place(chosen)
        return self._engine if is_whole else self._engine.near(boxes, times=times)

    def ask(self, expression: ir.Table) -> list[dict[str, Any]]:
        """Return the rows of an answer."""
        answer: list[dict[str, Any]] = self._engine.ask(expression).to_pylist()
        return answer

    def totals(self, chosen: Filter) -> Mapping[str, int]:
        """Return how many incidents there are (n), how many are events, how many are placed."""
        answer = self.ask(expressions.totals(self.rows(chosen)))[0]
        return {name: int(n or 0) for name, n in answer.items()}

    def toll_sums(
        self, chosen: Filter, figures: tuple[str, str, str], besides: tuple[str, ...]
    ) -> Mapping[str, Any]:
        """Return what the events that a filter finds come to; see `adding.toll_sums`."""
        answer = self.ask(toll_sums(self.rows(chosen), figures, besides))[0]
        only = answer.pop("only") or ""
        return {"only": only, **{name: int(n or 0) for name, n in answer.items()}}

    def tolls_apart(self, chosen: Filter, besides: tuple[str, ...]) -> frozenset[str]:
        """Return the ids of the events that are added up record by record."""
        return frozenset(row["id"] for row in self.ask(tolls_apart(self.rows(chosen), besides)))

    def sharing_tolls(self) -> frozenset[str]:
        """Return the ids of the incidents that name others as sharing their toll."""
        rows = self._engine.table
        found = self.ask(rows.filter(rows.is_first & rows.shares_toll).select("id"))
        return frozenset(row["id"] for row in found)

    def ids(self, chosen: Filter) -> frozenset[str]:
        """Return the ids of the incidents that a filter finds."""
        rows = self.rows(chosen)
        return frozenset(row["id"] for row in self.ask(rows.filter(rows.is_first).select("id")))

    def lines(
        self, chosen: Filter, box: MercatorBox | None, offset: int, limit: int
    ) -> list[dict[str, Any]]:
        """Return some columns of the incidents that a filter finds, newest first.

        Args:
            chosen: The filter.
            box: Only what is drawn in it, if given.
            offset: How many to leave out before.
            limit: At most so many.
        """
        rows = self.rows(chosen)
        if box:
            # Each is one, however many of its places lie there.
            inside = expressions.in_box(rows, box).select("id").distinct()
            table = self._engine.table
            rows = table.filter(table.id.isin(inside.id))
        found: list[dict[str, Any]]
        found = self._engine.page(expressions.lines(rows), offset, limit).to_pylist()
        return found

    def has_multiple(self, chosen: Filter) -> bool:
        """Whether an incident that a filter finds has several places."""
        rows = self.rows(chosen)
        others = rows.filter(~rows.is_first)
        return bool(self.ask(others.agg(n=others.count()))[0]["n"])

    def off_map(self, chosen: Filter) -> dict[tuple[str, bool], int]:
        """Return how many incidents are not drawn, by country and by whether they are events."""
        answer = self.ask(expressions.off_map_counts(self.rows(chosen)))
        return {(row["country"], row["is_event"]): int(row["n"]) for row in answer}

    def within(self, chosen: Filter, boxes: Sequence[MercatorBox]) -> int:
        """Return how many incidents are drawn within any of some boxes."""
        engine = self._near(chosen, boxes)
        found = engine.ask(expressions.within(self.rows(chosen, engine), boxes))
        return int(found["n"][0].as_py())

    def counted(self, chosen: Filter, sets: Sequence[tuple[str, ...]]) -> list[Counts]:
        """Return how many incidents have each combination of values.

        A query costs some milliseconds however few the rows, so what is asked of the same rows is
        counted together; in a large table the combinations of all would be too many.

        Args:
            chosen: The filter.
            sets: Columns to count by, of the table or `expressions.month_keys`.
        """
        together = tuple(dict.fromkeys(name for names in sets for name in names))
        n = self.totals(Filter())["n"] if len(sets) > 1 else 0
        asked = [together] * len(sets) if n <= _MOST_COUNTED_TOGETHER else list(sets)
        rows = self.rows(chosen)
        answers = {
            one: self.ask(expressions.facet_counts(rows, one)) for one in dict.fromkeys(asked)
        }
        found: list[Counts] = []
        for names, columns in zip(sets, asked, strict=True):
            counts: Counter[tuple[Any, ...]] = Counter()
            for row in answers[columns]:
                counts[tuple(row[name] for name in names)] += int(row["n"])
            found.append(counts)
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
        """Return what is drawn within a box.

        Args:
            chosen: The filter.
            stricter: The filter for what certainly fits; `None` where all does.
            box: The part of the world to answer for.
            shift: Cells are 2^shift units wide.
            most: So many are told one by one; more are counted by cell.
            own: The types in the words of sources that stand for themselves.
        """
        self._check(chosen)
        self._engine.check_there()
        asked = Asked(chosen, stricter, tuple(own))
        engine = self._near(chosen, [box])
        is_few = engine is not self._engine
        if not is_few:
            engine = self._near(chosen, [box], times=_RATHER_NEAR)
        # Few rows that are near take a moment. Where there are many, all of a region is counted; by
        # the engine only if it would be asked for this view, too.
        counts = _Counts(self, asked, may_count=not is_few, may_ask=engine is self._engine)
        told = self._regions.view(asked, box, shift, most, counts)
        if told is None:
            found = self.cells(asked, box, shift, engine)
            is_counted = (pc.sum(found["n"]).as_py() or 0) > most
            told = found if is_counted else self.points(asked, box, most, engine), is_counted
        found, is_counted = told
        if is_counted:
            return to_cells(found, shift, len(own))
        return to_points(found.drop_columns(["certain"]), found["certain"].to_pylist())

    def engine_of(self, asked: Asked, region: MercatorBox) -> Engine:
        """Return what counts a region: what is near, or the engine."""
        return self._near(asked.chosen, [region], times=_ONCE)

    def is_near(self, asked: Asked, region: MercatorBox) -> bool:
        """Whether a region is counted without the engine."""
        return self.engine_of(asked, region) is not self._engine

    def cells(
        self,
        asked: Asked,
        box: MercatorBox,
        shift: int,
        engine: Engine,
        *,
        is_edged: bool = False,
    ) -> pa.Table:
        """Return what is drawn within a box by cell and type; see `expressions.cells`.

        Args:
            asked: What it is asked by.
            box: The box.
            shift: Cells are 2^shift units wide.
            engine: Which is asked.
            is_edged: As for `expressions.cells`.
        """
        chosen, stricter, own = asked

        def counted(one: Filter, surely: Filter | None = None) -> pa.Table:
            rows = expressions.in_box(self.rows(one, engine), box)
            sure = surely and expressions.kept(surely, rows, self._resolve, self.at_times)
            return engine.ask(expressions.cells(rows, shift, own, sure, is_edged=is_edged))

        if not (stricter and _is_by_place(chosen)):
            return counted(chosen, stricter)
        return _with_certain(counted(chosen), counted(stricter))

    def points(self, asked: Asked, box: MercatorBox, most: int, engine: Engine) -> pa.Table:
        """Return what is drawn within a box one by one, and whether each is `certain`.

        Args:
            asked: What it is asked by.
            box: The box.
            most: At most so many.
            engine: Which is asked.
        """
        chosen, stricter, own = asked

        def inside(one: Filter) -> ir.Table:
            return expressions.in_box(self.rows(one, engine), box)

        found = engine.ask(expressions.points(inside(chosen), most, own))
        fitting = engine.ask(inside(stricter).select("id")) if stricter else found
        certain = pc.is_in(found["id"], fitting["id"])
        return found.append_column("certain", certain)

    def _drawn_within(self, boxes: Sequence[MercatorBox]) -> ir.Table:
        drawn = [expressions.in_box(self._engine.table, box) for box in boxes]
        return reduce(ir.Table.union, (one.select("id") for one in drawn))

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
        """Return ids of a part of what a filter finds, in order, and how many there are in all.

        Args:
            chosen: The filter.
            column: One of `expressions.ORDERS`.
            down: Whether from the highest on; equal ones stay in the order of their dates.
            placed: Only what is on the map, or only what is not, or only what is drawn within any
                of some boxes.
            offset: How many to leave out before.
            limit: At most so many.
        """
        rows = self.rows(chosen)
        rows = rows.filter(rows.is_first)
        if isinstance(placed, bool):
            rows = rows.filter(rows.is_mappable if placed else ~rows.is_mappable)
        elif placed is not None:
            rows = rows.filter(rows.id.isin(self._drawn_within(placed).id))
        total = self.ask(rows.agg(n=rows.count()))[0]["n"]
        ordered = expressions.ordered(rows, column, down=down)
        found = self._engine.page(ordered, offset, limit)
        return found["id"].to_pylist(), int(total)


class Asked(NamedTuple):
    """What a view is asked by.

    Attributes:
        chosen: The filter.
        stricter: The filter for what certainly fits; `None` where all does.
        own: The types in the words of sources that stand for themselves.
    """

    chosen: Filter
    stricter: Filter | None
    own: tuple[str, ...]


class _Counts:
    """Counts regions for `Regions`, or leaves it to those that are known.

    Args:
        questions: Counts.
        asked: What is asked.
        may_count: Whether to count what is not known.
        may_ask: Whether to do so even where it is not near.
    """

    def __init__(
        self, questions: Questions, asked: Asked, *, may_count: bool, may_ask: bool
    ) -> None:
        self._questions = questions
        self._asked = asked
        self._may_count = may_count
        self._may_ask = may_ask

    def may_count(self, box: MercatorBox) -> bool:
        return self._may_count and (self._may_ask or self._questions.is_near(self._asked, box))

    def cells(self, box: MercatorBox, shift: int) -> pa.Table:
        engine = self._questions.engine_of(self._asked, box)
        return self._questions.cells(self._asked, box, shift, engine, is_edged=True)

    def points(self, box: MercatorBox, most: int) -> pa.Table:
        engine = self._questions.engine_of(self._asked, box)
        return self._questions.points(self._asked, box, most, engine)


def _with_certain(counted: pa.Table, certain: pa.Table) -> pa.Table:
    """Return counts with how many of them are certain, by counts of these."""
    keys = [name for name in counted.column_names if name not in ("n", "certain", "sum_x", "sum_y")]
    sure = certain.select([*keys, "n"]).rename_columns([*keys, "certain"])
    found = counted.drop_columns(["certain"]).join(sure, keys)
    at = found.column_names.index("certain")
    return found.set_column(at, "certain", pc.fill_null(found["certain"], 0))


def _is_by_place(chosen: Filter) -> bool:
    """Whether what is found by one of several places may be drawn at another."""
    return bool(chosen.bounds or chosen.within)
