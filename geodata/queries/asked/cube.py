"""The cube: incidents counted by map cell, type and months, from which views of many are answered.

One table of Parquet has a level for each zoom level, from the whole world on. `is_dated` levels
count by the months of both days and by all types, too; the others go closer, and answer where
nothing is asked by. All numbers are whole and add up, so that an answer is that of the rows.
"""

from __future__ import annotations

import json
import logging
from calendar import monthrange
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from ibis.backends.sql.compilers.duckdb import compiler

from geodata.geodesy import WORLD_BITS, MercatorBox
from geodata.queries import expressions
from geodata.queries.answers import Cells, Points, to_cells
from geodata.queries.columns import POINT_COLUMNS, from_list_text, own_types_of
from geodata.queries.engine import Engine
from geodata.queries.filters import Filter

__all__ = ["Cube", "cell_shift", "open_cube", "write_cube"]

_LOG = logging.getLogger(__name__)

_CELL_PX_BITS = 6  # Cells are 64 px wide: two cluster discs side by side just do not touch.
_SPOT = ("cx", "cy", "on_x", "on_y")
_SPAN = ("date_start", "date_end")
_ASKED = (*_SPAN, "has_start", "has_end", "type_bits")
_SUMS = ("n", "sum_x", "sum_y")
_SCHEMA = pa.schema(
    [
        ("shift", pa.int32()),
        ("is_dated", pa.bool_()),
        ("cx", pa.int64()),
        ("cy", pa.int64()),
        # Whether it counts what lies on the first line of the cell; see `_inside`.
        ("on_x", pa.bool_()),
        ("on_y", pa.bool_()),
        # The first days of their months.
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("has_start", pa.bool_()),
        ("has_end", pa.bool_()),
        ("type_bits", pa.int64()),
        ("main_type", pa.int32()),
        ("n", pa.int64()),
        ("sum_x", pa.int64()),
        ("sum_y", pa.int64()),
    ]
)
# Another layout is not read.
_LAYOUT = 1
_TOLD = b"mapview cube"
# Zoom levels at which a closest level is sought: what is too many there is tried at the next.
_ZOOMS = {True: (8, 7, 6, 5, 4, 2), False: (12, 10, 8, 6, 4, 2)}
# A level has at most so many rows, which an engine sends at once (300 MB), and is worth its place
# only with so much fewer than the table.
_MOST_ROWS = 4_000_000
_LEAST_SAVED = 4
# A part of the file, which is read or not.
_ROWS_IN_PART = 65_536
_STRIP_BITS = 4
# What may be asked by; the rest needs the rows themselves.
_PARTS = {"start", "end", "date_match", "event_types", "base_areas"}
_TIMED = {"start", "end", "event_types"}


def cell_shift(zoom: int) -> int:
    """Return how wide the cells of a zoom level are: 2^shift units."""
    return max(WORLD_BITS - (8 + zoom) + _CELL_PX_BITS, 0)


class Cube:
    """A cube in a file, for any number of threads.

    Args:
        path: Of the file.
        check: Sees whether what was opened is still there, before each answer.
    """

    def __init__(self, path: Path, check: Callable[[], None] = lambda: None) -> None:
        told = _told(path) or {}
        self._own = tuple(told["own"])
        self._closest = {True: told["dated"], False: told["whole"]}
        self._check = check
        self._is_damaged = False
        self._reader = duckdb.connect(":memory:")
        text = str(path).replace("'", "''")
        self._reader.execute("set enable_progress_bar = false")
        self._reader.execute("set parquet_metadata_cache = true")
        self._reader.execute(f"create view cube as from read_parquet('{text}')")
        self._table = ibis.table(ibis.Schema.from_pyarrow(_SCHEMA), name="cube")

    def view(  # noqa: PLR0917 - a view has all of these
        self,
        chosen: Filter,
        stricter: Filter | None,
        box: MercatorBox,
        shift: int,
        most: int,
        own: tuple[str, ...] = (),
    ) -> Points | Cells | None:
        """Return what is drawn within a box, or `None` where this takes the rows themselves.

        It can be told without them where a filter asks by whole months and types alone, where the
        box begins and ends with cells, and where there are many in it, or none. From a damaged file
        nothing is told any more, which the log says.

        Args:
            chosen: The filter.
            stricter: The filter for what certainly fits; `None` where all does.
            box: The part of the world to answer for.
            shift: Cells are 2^shift units wide.
            most: So many are told one by one.
            own: The types in the words of sources that stand for themselves.
        """
        can_tell = own == self._own and not self._is_damaged
        rows = self._rows(chosen, box, shift) if can_tell else None
        if rows is None:
            return None
        self._check()
        kept = expressions.filtered(chosen, rows, _no_group)
        sure = expressions.kept(stricter or Filter(), kept, _no_group)
        counted = kept.group_by("cx", "cy", "main_type").agg(
            **{name: kept[name].sum() for name in _SUMS},
            certain=sure.ifelse(kept.n, 0).sum() if stricter else kept.n.sum(),
        )
        try:
            found = self._ask(counted)
        except duckdb.Error:
            _LOG.exception("a cube cannot be read; the rows are asked")
            self._is_damaged = True
            return None
        total = pc.sum(found["n"]).as_py() or 0
        if not total:
            return Points({name: [] for name in POINT_COLUMNS}, [], 0)
        return to_cells(found, shift, len(own)) if total > most else None

    def _rows(self, chosen: Filter, box: MercatorBox, shift: int) -> ir.Table | None:
        """Return the rows of the level that can answer; `None` if none can."""
        asked = chosen.asked().keys()
        is_dated = bool(asked & _TIMED)
        closest = self._closest[is_dated]
        if asked - _PARTS or not _is_of_months(chosen) or closest is None or shift < closest:
            return None
        level = self._table
        level = level.filter((level.shift == shift) & (level.is_dated == ibis.literal(is_dated)))
        for name, least, greatest in (("x", box.x0, box.x1), ("y", box.y0, box.y1)):
            inside = _inside(level, name, least, greatest, shift)
            if inside is None:
                return None
            level = level.filter(inside)
        return level

    def _ask(self, question: ir.Table) -> pa.Table:
        text = compiler.to_sqlglot(question).sql(dialect=compiler.dialect)
        with self._reader.cursor() as cursor:
            answer = cursor.execute(text).to_arrow_table()
        return answer.cast(question.schema().to_pyarrow())


def _no_group(_: str) -> tuple[str, ...]:
    return ()


def _is_of_months(chosen: Filter) -> bool:
    """Whether a period begins and ends with months."""
    start, end = chosen.start, chosen.end
    begins = start is None or start.day == 1
    return begins and (end is None or end.day == monthrange(end.year, end.month)[1])


def _inside(
    level: ir.Table, name: str, least: int, greatest: int, shift: int
) -> ir.BooleanValue | None:
    """Return which rows lie within two lines, `None` if cells lie across these.

    The edges of a box belong to it, and a map asks up to the first line of the cells beyond.
    """
    cell, side = level[f"c{name}"], (1 << shift) - 1
    if least & side:
        return None
    inside = cell >= (least >> shift)
    if greatest & side == side:
        return inside & (cell <= (greatest >> shift))
    if greatest & side:
        return None
    return inside & (
        (cell < (greatest >> shift)) | (cell == (greatest >> shift)) & level[f"on_{name}"]
    )


class _Level(NamedTuple):
    """A level of a cube.

    Attributes:
        is_dated: Whether it is counted by months and all types.
        zoom: The zoom level whose cells it has.
        rows: In `_SCHEMA`.
    """

    is_dated: bool
    zoom: int
    rows: pa.Table


def write_cube(path: Path, engine: Engine, version: str, count: int) -> int:
    """Write a cube of all that an engine holds, which counts it.

    Args:
        path: Of the file, which must not be there.
        engine: Holds the incidents.
        version: Of its data.
        count: How many rows it has.

    Returns:
        How many rows the cube has; with none it answers nothing.
    """
    own = _own_types(engine)
    levels = [
        one for is_dated in (True, False) for one in _levels(engine, count, own, is_dated=is_dated)
    ]
    closest = {
        kind: min((cell_shift(zoom) for one, zoom, _ in levels if one == is_dated), default=None)
        for kind, is_dated in (("dated", True), ("whole", False))
    }
    told = {"layout": _LAYOUT, "version": version, "own": own, **closest}
    schema = _SCHEMA.with_metadata({_TOLD: json.dumps(told).encode()})
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for _, _, rows in levels:
            # In strips of some cells, so that the parts of a box lie together.
            strip = np.lexsort((rows["cy"].to_numpy(), rows["cx"].to_numpy() >> _STRIP_BITS))
            writer.write_table(rows.take(pa.array(strip)), _ROWS_IN_PART)
    return sum(rows.num_rows for _, _, rows in levels)


def open_cube(path: Path, version: str, check: Callable[[], None] = lambda: None) -> Cube | None:
    """Return a cube; `None` if there is none, or one of other data or of another layout.

    Args:
        path: Of its file.
        version: Of the data that are asked.
        check: As `Cube` takes it.
    """
    told = _told(path) if path.is_file() else None
    if not told or (told["layout"], told["version"]) != (_LAYOUT, version):
        return None
    return Cube(path, check)


def _told(path: Path) -> dict[str, Any] | None:
    """Return what a file says of itself; `None` if it is no cube."""
    try:
        schema = pq.read_schema(path)
        told = json.loads((schema.metadata or {})[_TOLD])
    except (OSError, pa.ArrowException, KeyError, ValueError):
        return None
    if schema.remove_metadata() != _SCHEMA or not isinstance(told, dict):
        return None
    kinds = {"layout": int, "version": str, "own": list}
    is_whole = all(isinstance(told.get(name), kind) for name, kind in kinds.items())
    closest = (told.get("dated"), told.get("whole"))
    return told if is_whole and all(one is None or type(one) is int for one in closest) else None


def _own_types(engine: Engine) -> tuple[str, ...]:
    met = engine.ask(expressions.facet_counts(engine.table, ("main_type", "source_types")))
    return own_types_of(
        {
            (int(row["main_type"]), "".join(from_list_text(row["source_types"] or ""))): row["n"]
            for row in met.to_pylist()
        }
    )


def _levels(
    engine: Engine, count: int, own: tuple[str, ...], *, is_dated: bool
) -> Iterator[_Level]:
    """Yield the levels of a kind, the closest first; each but that follows from the one before."""
    most = min(_MOST_ROWS, count // _LEAST_SAVED)
    for zoom in _ZOOMS[is_dated]:
        asked = _counted(engine.table, cell_shift(zoom), own, is_dated=is_dated)
        found = engine.ask(asked.limit(most + 1))
        if found.num_rows <= most:
            break
    else:
        return
    with duckdb.connect(":memory:") as reader:
        for at in range(zoom, -1, -1):
            if at < zoom:
                reader.register("level", found)
                coarser = _coarser(ibis.table(ibis.Schema.from_pyarrow(found.schema), name="level"))
                text = compiler.to_sqlglot(coarser).sql(dialect=compiler.dialect)
                found = reader.execute(text).to_arrow_table().cast(coarser.schema().to_pyarrow())
                reader.unregister("level")
            yield _Level(is_dated, at, _as_rows(found, cell_shift(at), is_dated=is_dated))


def _counted(table: ir.Table, shift: int, own: tuple[str, ...], *, is_dated: bool) -> ir.Table:
    """Return what is drawn counted by all that a level knows."""
    drawn, side = table.filter(table.is_mappable), (1 << shift) - 1
    keys: dict[str, ir.Value] = {
        "cx": drawn.x >> shift,
        "cy": drawn.y >> shift,
        "on_x": (drawn.x & side) == 0,
        "on_y": (drawn.y & side) == 0,
    }
    if is_dated:
        keys |= {name: drawn[name] for name in _ASKED}
        keys |= {name: drawn[name].truncate("M") for name in _SPAN}
    keys["main_type"] = expressions.drawn_type(drawn, own)
    keyed = drawn.select("x", "y", **keys)
    return keyed.group_by(*keys).agg(n=keyed.count(), sum_x=keyed.x.sum(), sum_y=keyed.y.sum())


def _coarser(level: ir.Table) -> ir.Table:
    """Return a level counted in cells that are twice as wide."""
    keys = {name: level[name] for name in level.columns if name not in _SUMS}
    keys |= {name: level[name] >> 1 for name in ("cx", "cy")}
    keys |= {f"on_{one}": level[f"on_{one}"] & ((level[f"c{one}"] & 1) == 0) for one in "xy"}
    keyed = level.select(*_SUMS, **keys)
    return keyed.group_by(*keys).agg(**{name: keyed[name].sum() for name in _SUMS})


def _as_rows(found: pa.Table, shift: int, *, is_dated: bool) -> pa.Table:
    size = found.num_rows
    more = {"shift": shift, "is_dated": is_dated}
    columns = [
        pa.repeat(pa.scalar(more[one.name], one.type), size)
        if one.name in more
        else found[one.name].cast(one.type)
        if one.name in found.column_names
        else pa.nulls(size, one.type)
        for one in _SCHEMA
    ]
    return pa.table(columns, schema=_SCHEMA)
