"""The table of incidents behind a query engine, and the questions the program asks of it.

The engine is DuckDB in memory unless another Ibis backend is given. Answers are plain Python
values, so that nobody else needs to know the engine.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from ibis.backends import BaseBackend

from geodata.errors import FilterError
from geodata.geodesy import WORLD_BITS
from geodata.queries import expressions
from geodata.queries.areas import AreaView, areas_in
from geodata.queries.bins import Bin, to_bins
from geodata.queries.expressions import FACETS, Box
from geodata.queries.filters import Filter
from geodata.queries.table import EVENT_TYPES, SCHEMA, to_table
from geodata.records.collection import Records
from geodata.records.model import BaseArea

__all__ = ["Cells", "Points", "Row", "Store", "Totals"]

MOST_POINTS = 2_000
MOST_ZOOM = 22
_CELL_PX_BITS = 6  # Cells are 64 px wide: two cluster discs side by side just do not touch.
_CACHED = 512
_MOST_COUNTED_TOGETHER = 100_000


@dataclass(frozen=True)
class Points:
    """Incidents to draw one by one; each field is a column."""

    columns: Mapping[str, Sequence[Any]]
    total: int


@dataclass(frozen=True)
class Cells:
    """Incidents counted by map cell.

    Args:
        x: Mean position in integer web mercator.
        y: The same, to the south.
        n: Incidents in the cell.
        types: For each cell, counts by position in `table.EVENT_TYPES`.
        shift: Cells are 2^shift units wide.
        total: All incidents.
    """

    x: list[int]
    y: list[int]
    n: list[int]
    types: list[dict[int, int]]
    shift: int
    total: int


@dataclass(frozen=True)
class Totals:
    """How many incidents a filter finds, and how many of them cannot be placed on a map."""

    shown: int
    unplaced: int
    all: int


@dataclass(frozen=True)
class Row:
    """An incident as the table shows it."""

    id: str
    title: str
    event_date: str
    date_start: date
    event_types: list[str]
    status: str
    attribution: str
    geo_precision: str
    place: str
    country: str
    groups: list[str]
    fatalities: str
    is_mappable: bool


@dataclass
class _Engines(threading.local):
    """One connection for each thread: DuckDB connections are not shared between threads."""

    backend: BaseBackend | None = field(default=None)


class Store:
    """Records ready to be asked; safe to use from several threads.

    Args:
        records: What to show.
        table: Their table, if it was made already (for millions of rows); its columns are those
            of `table.SCHEMA`.

    Example:
        >>> from geodata.records.collection import Records
        >>> Store(Records()).totals(Filter())
        Totals(shown=0, unplaced=0, all=0)
    """

    def __init__(self, records: Records, *, table: pa.Table | None = None) -> None:
        self.records = records
        self.version = records.version
        self._connection = duckdb.connect(":memory:")
        arrow = to_table(records) if table is None else table.select(SCHEMA.names)
        self._connection.register("incoming", arrow)
        self._connection.execute("create table incidents as select * from incoming")
        self._connection.unregister("incoming")
        self._engines = _Engines()
        self.all_incidents = self.count()
        self.view = lru_cache(_CACHED)(self._view)
        self.totals = lru_cache(_CACHED)(self._totals)
        self.histogram = lru_cache(_CACHED)(self._histogram)
        self.facets = lru_cache(_CACHED)(self._facets)

    def _backend(self) -> BaseBackend:
        if self._engines.backend is None:
            self._engines.backend = ibis.duckdb.from_connection(self._connection.cursor())
        return self._engines.backend

    def _rows(self, chosen: Filter) -> Any:
        return expressions.filtered(chosen, self._backend().table("incidents"), self.resolve_group)

    def _ask(self, expression: Any) -> list[dict[str, Any]]:
        answer: list[dict[str, Any]] = self._backend().to_pyarrow(expression).to_pylist()
        return answer

    def resolve_group(self, name: str) -> frozenset[str]:
        """Return the ids of the groups with a name and of all groups that belong to them."""
        found = self.records.resolve_groups(name)
        return frozenset().union(*(self.records.with_descendants(one) for one in found))

    def count(self) -> int:
        """Return how many incidents there are in all."""
        return int(self._ask(expressions.totals(self._backend().table("incidents")))[0]["n"])

    def _totals(self, chosen: Filter) -> Totals:
        """Return how many incidents a filter finds."""
        answer = self._ask(expressions.totals(self._rows(chosen)))[0]
        shown = int(answer["n"])
        return Totals(shown, shown - int(answer["placed"] or 0), self.all_incidents)

    def _view(self, chosen: Filter, zoom: int, box: Box) -> Points | Cells:
        """Return what a map view shows: single incidents, or cells when there are too many.

        Args:
            chosen: The filter.
            zoom: Web-mercator zoom level, 0 to 22.
            box: The part of the world to answer for.

        Raises:
            FilterError: If the zoom level does not exist.
        """
        if not 0 <= zoom <= MOST_ZOOM:
            raise FilterError(f"z must be within [0, {MOST_ZOOM}], got {zoom}")
        rows = expressions.in_box(self._rows(chosen), box)
        found = self._backend().to_pyarrow(expressions.points(rows, MOST_POINTS + 1))
        if found.num_rows <= MOST_POINTS:
            return Points(_in_order(found), found.num_rows)
        shift = WORLD_BITS - (8 + zoom) + _CELL_PX_BITS
        return _to_cells(self._ask(expressions.cells(rows, max(shift, 0))), max(shift, 0))

    def table(self, chosen: Filter, *, offset: int = 0, limit: int = 100) -> list[Row]:
        """Return a page of the incidents that a filter finds, newest first."""
        answer = self._ask(expressions.page(self._rows(chosen), offset=offset, limit=limit))
        return [_to_row(row) for row in answer]

    def unplaced(self, chosen: Filter, *, limit: int = 1_000) -> list[Row]:
        """Return the incidents that a filter finds and no map can show, newest first."""
        rows = self._rows(chosen)
        answer = self._ask(expressions.page(rows.filter(~rows.is_mappable), offset=0, limit=limit))
        return [_to_row(row) for row in answer]

    def listed(self, chosen: Filter, box: Box, *, limit: int = 100) -> tuple[list[Row], int]:
        """Return incidents within a box, newest first, and how many more there are."""
        inside = expressions.in_box(self._rows(chosen), box)
        ids = inside.select("id").distinct()
        table = self._backend().table("incidents")
        rows = table.filter(table.id.isin(ids.id))
        answer = self._ask(expressions.page(rows, offset=0, limit=limit))
        total = int(self._ask(expressions.totals(rows))[0]["n"])
        return [_to_row(row) for row in answer], total - len(answer)

    def _histogram(self, chosen: Filter) -> list[Bin]:
        """Return the incidents by time, without the filter's own period; see `bins.to_bins`."""
        rows = self._rows(chosen.without("start", "end", "date_match"))
        counts = self._ask(expressions.month_counts(rows))
        return to_bins({(one["first_month"], one["last_month"]): int(one["n"]) for one in counts})

    def _facets(self, chosen: Filter) -> dict[str, dict[str, int]]:
        """Return for each facet how many incidents each value would find.

        Each facet feels all of the filter but its own part, so that a count says what choosing
        that value would show. Facets: type, group, country, status, attribution, precision.
        """
        answer: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        for asked, facets in self._facet_questions(chosen):
            columns = [FACETS[facet][0] for facet in facets]
            for row in self._ask(expressions.facet_counts(self._rows(asked), columns)):
                for facet, column in zip(facets, columns, strict=True):
                    counts = answer[facet]
                    for value in self._counted(facet, row[column]):
                        counts[value] = counts.get(value, 0) + int(row["n"])
        return answer

    def _facet_questions(self, chosen: Filter) -> Iterator[tuple[Filter, list[str]]]:
        """Yield which facets can be counted in one query, with the filter they feel.

        A query costs some milliseconds however few the rows, so facets that feel the same filter
        are counted together; in a large table their combinations would be too many.
        """
        together: dict[Filter, list[str]] = {}
        for facet, (_, own) in FACETS.items():
            together.setdefault(chosen.without(own), []).append(facet)
        for asked, facets in together.items():
            if self.all_incidents <= _MOST_COUNTED_TOGETHER:
                yield asked, facets
            else:
                yield from ((asked, [facet]) for facet in facets)

    def _counted(self, facet: str, value: object) -> Iterable[str]:
        """Return the choices of a facet that find a row with a value; a group finds its parts."""
        values = expressions.facet_values(facet, value)
        return self.records.with_ancestors(values) if facet == "group" else values

    def get(self, identifier: str) -> str | None:
        """Return an incident as the JSON text of its GeoJSON feature, or `None`."""
        if "\0" in identifier:  # SQL text cannot hold it, and no id does.
            return None
        table = self._backend().table("incidents")
        rows = table.filter(table.is_first & (table.id == identifier)).select("feature")
        answer = self._ask(rows.limit(1))
        return str(answer[0]["feature"]) if answer else None

    def features(self, chosen: Filter) -> Iterator[str]:
        """Yield the JSON text of every incident that a filter finds, oldest first."""
        rows = self._rows(chosen)
        first = rows.filter(rows.is_first).order_by("date_start", "id").select("feature")
        for batch in self._backend().to_pyarrow_batches(first):
            yield from batch.column(0).to_pylist()

    def select(self, chosen: Filter) -> Records:
        """Return the records that a filter finds, with the groups and sources they name."""
        rows = self._rows(chosen)
        answer = self._ask(rows.filter(rows.is_first).select("id"))
        wanted = {row["id"] for row in answer}
        return self.records.subset(
            incidents=[one for one in self.records.incidents if one.id in wanted],
            base_areas=[view.area for view in self.areas(chosen)],
        )

    def areas(self, chosen: Filter) -> list[AreaView]:
        """Return the base areas that a filter shows, and whether each is past its last citation."""
        return areas_in(chosen, self.records, self.resolve_group)

    def area(self, identifier: str) -> BaseArea | None:
        """Return a base area by id."""
        return next((one for one in self.records.base_areas if one.id == identifier), None)


def _in_order(found: pa.Table) -> dict[str, list[Any]]:
    """Return columns with rows in order of id, so that equal views give equal answers."""
    columns: dict[str, list[Any]] = found.sort_by("id").to_pydict()
    return columns


def _to_cells(answer: Sequence[Mapping[str, Any]], shift: int) -> Cells:
    sums: dict[tuple[int, int], list[int]] = {}
    types: dict[tuple[int, int], dict[int, int]] = {}
    for row in answer:
        key = (row["cx"], row["cy"])
        total = sums.setdefault(key, [0, 0, 0])
        for index, name in enumerate(("n", "sum_x", "sum_y")):
            total[index] += int(row[name])
        types.setdefault(key, {})[row["main_type"]] = int(row["n"])
    keys = sorted(sums)
    counts = [sums[key][0] for key in keys]
    return Cells(
        x=[sums[key][1] // sums[key][0] for key in keys],
        y=[sums[key][2] // sums[key][0] for key in keys],
        n=counts,
        types=[types[key] for key in keys],
        shift=shift,
        total=sum(counts),
    )


def _to_row(row: Mapping[str, Any]) -> Row:
    return Row(
        id=row["id"],
        title=row["title"],
        event_date=row["event_date"],
        date_start=row["date_start"],
        event_types=_types_of(row),
        status=expressions.facet_values("status", row["status"])[0],
        attribution=expressions.facet_values("attribution", row["attribution"])[0],
        geo_precision=expressions.facet_values("precision", row["place_precision"])[0],
        place=row["place"],
        country=row["country"],
        groups=expressions.facet_values("group", row["group_ids"]),
        fatalities=row["fatalities_text"],
        is_mappable=row["is_mappable"],
    )


def _types_of(row: Mapping[str, Any]) -> list[str]:
    """Return the event types of a row, the main one first."""
    main = str(EVENT_TYPES[row["main_type"]])
    return [main, *(t for t in expressions.facet_values("type", row["type_bits"]) if t != main)]
