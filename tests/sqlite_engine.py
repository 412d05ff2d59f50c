"""A second back end for the store: SQLite, which Ibis asks as it asks DuckDB."""

from __future__ import annotations

import sqlite3

import ibis
import pyarrow as pa
from ibis.backends.sqlite import Backend

from geodata.queries.engine import Engine


def sqlite_engine(table: pa.Table, name: str = "what_happened") -> Engine:
    """Return an engine on an SQLite table that somebody else filled."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    backend = Backend.from_connection(connection)
    backend.create_table(name, schema=ibis.schema(table.schema))
    slots = ", ".join("?" * table.num_columns)
    rows = zip(*table.to_pydict().values(), strict=True)
    connection.executemany(f"insert into {name} values ({slots})", rows)  # noqa: S608
    return Engine(backend, name)
