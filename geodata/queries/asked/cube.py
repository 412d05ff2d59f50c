"""The cube: incidents counted by map cell, type and months, from which views of many are answered.

It is a folder with a table of Parquet for each zoom level, from the whole world on, and each kind
of rows. `WHOLE` answers where nothing is asked by, and goes closest; `TYPED` counts by all types,
too. What has both days in one month is counted by months, and once more by years, which a long
period takes in place of most months; what spans months is `SPANNING`. All numbers are whole and add
up, so that an answer is that of the rows.
"""

from __future__ import annotations

import json
import logging
from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
from ibis.backends.sql.compilers.duckdb import compiler

from geodata.geodesy import WORLD_BITS, MercatorBox
from geodata.queries import expressions
from geodata.queries.answers import Cells, Points, to_cells
from geodata.queries.columns import POINT_COLUMNS
from geodata.queries.filters import Filter

__all__ = [
    "CUBE_SCHEMA", "LAYOUT", "MONTHS", "SPANNING", "SUMS", "TOLD", "TYPED", "WHOLE", "YEARS",
    "Cube", "cell_shift", "level_name", "open_cube",
]  # fmt: skip

_LOG = logging.getLogger(__name__)

_CELL_PX_BITS = 6  # Cells are 64 px wide: two cluster discs side by side just do not touch.
SUMS = ("n", "sum_x", "sum_y")
CUBE_SCHEMA = pa.schema(
    [
        ("cx", pa.int64()),
        ("cy", pa.int64()),
        # Whether it counts what lies on the first line of the cell; see `_inside`.
        ("on_x", pa.bool_()),
        ("on_y", pa.bool_()),
        # The first days of their months; of years, of the first and the last.
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
WHOLE, TYPED, MONTHS, YEARS, SPANNING = "whole", "typed", "months", "years", "spanning"
# Another layout is not read.
LAYOUT = 2
# The file that says of what a cube is.
TOLD = "cube.json"
_MONTHS_OF_YEAR = 12
# What may be asked by; the rest needs the rows themselves.
_PARTS = {"start", "end", "date_match", "event_types", "base_areas"}
_TIMED = {"start", "end", "event_types"}


def cell_shift(zoom: int) -> int:
    """Return how wide the cells of a zoom level are: 2^shift units."""
    return max(WORLD_BITS - (8 + zoom) + _CELL_PX_BITS, 0)


def level_name(kind: str, shift: int) -> str:
    """Return the name of the file that holds a kind of rows of a level."""
    return f"{kind}-{shift}.parquet"


class Cube:
    """A cube in a folder, for any number of threads.

    Args:
        folder: Where it is.
        check: Sees whether what was opened is still there, before each answer.
    """

    def __init__(self, folder: Path, check: Callable[[], None] = lambda: None) -> None:
        told = _told(folder) or {}
        self._folder = str(folder).replace("'", "''")
        self._own = tuple(told["own"])
        self._closest = {True: told["dated"], False: told["whole"]}
        self._check = check
        self._is_damaged = False
        self._reader = duckdb.connect(":memory:")
        self._reader.execute("set enable_progress_bar = false")
        self._reader.execute("set parquet_metadata_cache = true")
        self._table = ibis.table(ibis.Schema.from_pyarrow(CUBE_SCHEMA), name="cube")

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
        box begins and ends with cells, and where there are many in it, or none. From a damaged one
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
            **{name: kept[name].sum() for name in SUMS},
            certain=sure.ifelse(kept.n, 0).sum() if stricter else kept.n.sum(),
        )
        try:
            found = self._ask(counted, self._pieces(chosen, box, shift))
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
        for name, least, greatest in (("x", box.x0, box.x1), ("y", box.y0, box.y1)):
            inside = _inside(level, name, least, greatest, shift)
            if inside is None:
                return None
            level = level.filter(inside)
        return level

    def _pieces(self, chosen: Filter, box: MercatorBox, shift: int) -> str:
        """Return, in SQL, rows of a level that hold all that a filter asks, each incident once.

        What a file says of its parts is held against each piece, so that few are read.
        """
        inside = " and ".join(
            f"c{name} between {least >> shift} and {greatest >> shift}"
            for name, least, greatest in (("x", box.x0, box.x1), ("y", box.y0, box.y1))
        )
        return " union all ".join(
            f"select * from read_parquet('{self._folder}/{level_name(kind, shift)}') where {inside}"  # noqa: S608 - all our own
            + (f" and date_start >= date '{first}'" if first else "")
            + (f" and date_start <= date '{last}'" if last else "")
            for kind, first, last in _pieces_of(chosen)
        )

    def _ask(self, question: ir.Table, pieces: str) -> pa.Table:
        text = compiler.to_sqlglot(question).sql(dialect=compiler.dialect)
        text = f"with cube as ({pieces}) {text}"
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


def _pieces_of(chosen: Filter) -> list[tuple[str, date | None, date | None]]:
    """Return the kinds of rows that answer a filter, each with the first and last day of its piece.

    `None` for a day is an open end.
    """
    start, end = chosen.start, chosen.end
    if not (start or end):
        return [(TYPED if chosen.event_types else WHOLE, None, None)]
    # Whole years; of the others it takes the months.
    first = start.year + (start.month > 1) if start else MINYEAR
    last = end.year - (end.month < _MONTHS_OF_YEAR) if end else MAXYEAR
    if not MINYEAR <= first <= last <= MAXYEAR:
        return [(SPANNING, None, None), (MONTHS, start, end)]
    found: list[tuple[str, date | None, date | None]] = [
        (SPANNING, None, None),
        (YEARS, date(first, 1, 1) if start else None, date(last, 12, 31) if end else None),
    ]
    if start and start.year < first:
        found.append((MONTHS, start, date(start.year, 12, 31)))
    if end and end.year > last:
        found.append((MONTHS, date(end.year, 1, 1), end))
    return found


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


def open_cube(folder: Path, version: str, check: Callable[[], None] = lambda: None) -> Cube | None:
    """Return a cube; `None` if there is none, or one of other data or of another layout.

    Args:
        folder: Where it is.
        version: Of the data that are asked.
        check: As `Cube` takes it.
    """
    told = _told(folder)
    if not told or (told["layout"], told["version"]) != (LAYOUT, version):
        return None
    return Cube(folder, check)


def _told(folder: Path) -> dict[str, Any] | None:
    """Return what a folder says of itself; `None` if it is no cube."""
    try:
        told = json.loads((folder / TOLD).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(told, dict):
        return None
    kinds = {"layout": int, "version": str, "own": list}
    is_whole = all(isinstance(told.get(name), kind) for name, kind in kinds.items())
    closest = (told.get("dated"), told.get("whole"))
    return told if is_whole and all(one is None or type(one) is int for one in closest) else None
