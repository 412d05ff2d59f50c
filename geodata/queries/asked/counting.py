"""How a cube is counted by an engine, and written; `cube` says what it is and answers from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from ibis.backends.sql.compilers.duckdb import compiler

from geodata.queries import expressions
from geodata.queries.asked.cube import (
    CUBE_SCHEMA,
    LAYOUT,
    MONTHS,
    SPANNING,
    SUMS,
    TOLD,
    TYPED,
    WHOLE,
    YEARS,
    cell_shift,
    level_name,
)
from geodata.queries.columns import from_list_text, own_types_of
from geodata.queries.engine import Engine

__all__ = ["write_cube"]

_SPAN = ("date_start", "date_end")
_ASKED = (*_SPAN, "has_start", "has_end", "type_bits")
# Zoom levels at which a closest level is sought: what is too many there is tried at the next.
_ZOOMS = {True: (8, 7, 6, 5, 4, 2), False: (12, 10, 8, 6, 4, 2)}
# A level has at most so many rows, which an engine sends at once (300 MB), and is worth its place
# only with so much fewer than the table.
_MOST_ROWS = 4_000_000
_LEAST_SAVED = 4
# A part of a file, which is read or not.
_ROWS_IN_PART = 16_384
_STRIP_BITS = 4


class _Level(NamedTuple):
    """A level of a cube.

    Attributes:
        is_dated: Whether it is counted by months and all types.
        zoom: The zoom level whose cells it has.
        counted: What was counted, by all that it knows.
    """

    is_dated: bool
    zoom: int
    counted: pa.Table

    def kinds(self) -> Iterator[tuple[str, pa.Table]]:
        """Yield its kinds of rows, in `CUBE_SCHEMA` and in the order of their files."""
        for kind, found in _split(self.counted) if self.is_dated else [(WHOLE, self.counted)]:
            # By years, and in strips of some cells, so that the parts of a box lie together.
            keys = [found["cy"].to_numpy(), found["cx"].to_numpy() >> _STRIP_BITS]
            if kind in (MONTHS, YEARS):
                keys.append(found["date_start"].to_numpy().astype("M8[Y]"))
            yield kind, _as_rows(found.take(pa.array(np.lexsort(keys))))


def write_cube(folder: Path, engine: Engine, version: str, count: int) -> int:
    """Write a cube of all that an engine holds, which counts it.

    Args:
        folder: Where it will be, which must not be there.
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
    told = {"layout": LAYOUT, "version": version, "own": own, **closest}
    folder.mkdir()
    written = 0
    for level in levels:
        for kind, rows in level.kinds():
            path = folder / level_name(kind, cell_shift(level.zoom))
            pq.write_table(rows, path, row_group_size=_ROWS_IN_PART, compression="zstd")
            written += rows.num_rows
    (folder / TOLD).write_text(json.dumps(told), encoding="utf-8")
    return written


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
            yield _Level(is_dated, at, found)


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
    keys = {name: level[name] for name in level.columns if name not in SUMS}
    keys |= {name: level[name] >> 1 for name in ("cx", "cy")}
    keys |= {f"on_{one}": level[f"on_{one}"] & ((level[f"c{one}"] & 1) == 0) for one in "xy"}
    keyed = level.select(*SUMS, **keys)
    return keyed.group_by(*keys).agg(**{name: keyed[name].sum() for name in SUMS})


def _split(counted: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Yield what was counted by months and types as the kinds of rows that answer by these."""
    of_month = pc.and_(
        pc.and_(counted["has_start"], counted["has_end"]),
        pc.equal(*(counted[name] for name in _SPAN)),
    )
    months = counted.filter(of_month)
    years = months["date_start"].to_numpy().astype("M8[Y]")
    spans = years.astype("M8[D]"), (years.astype("M8[M]") + 11).astype("M8[D]")
    of_years = months
    for name, days in zip(_SPAN, spans, strict=True):
        of_years = of_years.set_column(of_years.column_names.index(name), name, pa.array(days))
    yield TYPED, _summed(counted.drop_columns([*_SPAN, "has_start", "has_end"]))
    yield MONTHS, months
    yield YEARS, _summed(of_years)
    yield SPANNING, counted.filter(pc.invert(pc.fill_null(of_month, fill_value=False)))


def _summed(rows: pa.Table) -> pa.Table:
    keys = [name for name in rows.column_names if name not in SUMS]
    found = rows.group_by(keys).aggregate([(name, "sum") for name in SUMS])
    return found.rename_columns([name.removesuffix("_sum") for name in found.column_names])


def _as_rows(found: pa.Table) -> pa.Table:
    columns = [
        found[one.name].cast(one.type)
        if one.name in found.column_names
        else pa.nulls(found.num_rows, one.type)
        for one in CUBE_SCHEMA
    ]
    return pa.table(columns, schema=CUBE_SCHEMA)
