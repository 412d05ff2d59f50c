"""Incidents in columns, written while they come by: what answers questions, and whole records.

`incidents.parquet` (GeoParquet) has a row for each incident and place, in the columns of
`geodata.queries`, sorted along a space-filling curve; `incidents.duckdb` has the same rows, to be
opened without reading them. `details.parquet` has each record as JSON, in the order in which they
were read, and `ids.parquet` says in which row of it an id stands.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geodata.queries import SCHEMA, morton_codes, to_rows
from geodata.records import BaseArea, Incident, Records
from geodata.workspace.folder import DATABASE, DETAILS, IDS, INCIDENTS

__all__ = [
    "ROWS_A_GROUP", "ColumnWriter", "Columns", "in_columns", "write_database", "write_ids",
]  # fmt: skip

_UNSORTED = "unsorted.parquet"
# Few in a group, so that little is unpacked for one; 64 make the list of groups twice as long and
# a page of 100 no faster, 512 make it a third slower.
ROWS_A_GROUP = 128
_SORTING_MEMORY = "512MB"
_DETAIL = pa.schema([("id", pa.string()), ("record", pa.string())])
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}
_WKB = np.dtype([("order", "u1"), ("type", "<u4"), ("lon", "<f8"), ("lat", "<f8")])
_WKB_POINT = 1


class Columns(NamedTuple):
    """Some records in columns.

    Attributes:
        details: The id of each incident, and what it is as JSON.
        rows: What answers questions, a row for each incident and place.
        areas: The base areas.
    """

    details: pa.Table
    rows: pa.Table
    areas: tuple[BaseArea, ...]


def in_columns(records: Sequence[Incident | BaseArea], context: Records) -> Columns:
    """Return some records in columns.

    Args:
        records: Incidents and base areas, in order.
        context: Has at least the groups and sources that they name.
    """
    incidents = [one for one in records if isinstance(one, Incident)]
    ids = pa.array([one.id for one in incidents], pa.string())
    texts = [one.model_dump_json(exclude_defaults=True) for one in incidents]
    details = pa.table([ids, pa.array(texts, pa.string())], schema=_DETAIL)
    rows = to_rows(incidents, context)
    codes = pa.array(morton_codes(rows["x"], rows["y"]))
    rows = rows.append_column("curve", codes).append_column("geometry", _points(rows))
    areas = tuple(one for one in records if isinstance(one, BaseArea))
    return Columns(details, rows, areas)


class ColumnWriter:
    """Writes incidents into the folder of a dataset, so many at once that memory stays small.

    Args:
        folder: Where to.

    Attributes:
        count: How many incidents were written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ids: list[pa.Array] = []
        self._details = pq.ParquetWriter(
            folder / DETAILS, _DETAIL, compression="zstd", use_dictionary=False
        )
        extra = [("curve", pa.uint64()), ("geometry", pa.binary())]
        self._unsorted = pq.ParquetWriter(folder / _UNSORTED, pa.schema([*SCHEMA, *extra]))
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what can only be written of all; nothing of the kind on an error."""
        self._details.close()
        self._unsorted.close()
        if kind is None:
            write_ids(self._folder, pa.chunked_array(self._ids, pa.string()))
            _sort(self._folder / _UNSORTED, self._folder / INCIDENTS)
            write_database(self._folder)
        (self._folder / _UNSORTED).unlink()

    def add(self, columns: Columns) -> None:
        """Write some incidents behind those before."""
        if columns.details.num_rows:
            self.count += columns.details.num_rows
            self._ids += columns.details["id"].chunks
            self._details.write_table(columns.details, row_group_size=ROWS_A_GROUP)
            self._unsorted.write_table(columns.rows)


def _points(rows: pa.Table) -> pa.Array:
    """Return the places of rows as well-known binary."""
    places = np.zeros(rows.num_rows, dtype=_WKB)
    places["order"], places["type"] = 1, _WKB_POINT
    for name in ("lon", "lat"):
        places[name] = rows[name].fill_null(0).to_numpy()
    binary = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(_WKB.itemsize), len(places), [None, pa.py_buffer(places.tobytes())]
    ).cast(pa.binary())
    return pc.if_else(rows["lon"].is_valid(), binary, pa.scalar(None, pa.binary()))


def write_ids(folder: Path, ids: pa.ChunkedArray) -> None:
    """Write in which row of the details each id stands."""
    order = pc.sort_indices(ids)
    table = pa.table({"id": ids.take(order), "row": order.cast(pa.int64())})
    pq.write_table(table, folder / IDS, compression="zstd", use_dictionary=False)


def _sort(unsorted: Path, target: Path) -> None:
    """Write rows in the order of the curve, with as little memory as there is for it."""
    with _connection() as connection:
        connection.execute(f"set temp_directory = {_quoted(target.parent / 'sorting')}")
        geo = json.dumps(_GEO).replace("'", "''")
        connection.execute(
            f"copy (select * exclude (curve) from read_parquet({_quoted(unsorted)}) "  # noqa: S608
            f"order by curve, id, is_first desc) to {_quoted(target)} "
            f"(format parquet, compression zstd, kv_metadata {{geo: '{geo}'}})"
        )


def write_database(folder: Path) -> None:
    """Write the rows of a dataset once more, as a table that is opened without being read."""
    columns = ", ".join(SCHEMA.names)
    with _connection() as connection:
        connection.execute(f"attach {_quoted(folder / DATABASE)} as made")
        connection.execute(
            f"create table made.incidents as select {columns} "  # noqa: S608 - all our own
            f"from read_parquet({_quoted(folder / INCIDENTS)})"
        )
        connection.execute("detach made")


def _connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute(f"set memory_limit = '{_SORTING_MEMORY}'")
    # It would stand among what a command prints, JSON perhaps.
    connection.execute("set enable_progress_bar = false")
    return connection


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
