"""Where the table of incidents lies: an Ibis back end and a table in it, asked from any thread."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import duckdb
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends import BaseBackend
from ibis.backends.duckdb import Backend as DuckDB

from geodata.errors import StoreError
from geodata.queries.columns import SCHEMA

__all__ = ["Engine", "duckdb_engine"]

# Larger than any number of a map, so that nothing else in a question looks like one.
_FIRST_STAND_IN = 7_310_000_000_000_001
_MOST_COMPILED = 512


class Engine:
    """A table of incidents in any back end of Ibis.

    Args:
        backend: The back end. Nothing in it is changed.
        name: Name of the table; its columns are those of `columns.SCHEMA`, in any order.
        is_shared: Whether the back end answers several threads at once. If not, they wait for one
            another; whether it answers other threads than its own at all is the back end's affair.

    Raises:
        StoreError: If the table lacks a column.
    """

    def __init__(
        self, backend: BaseBackend, name: str = "incidents", *, is_shared: bool = False
    ) -> None:
        self._backend = backend
        self._turn = nullcontext() if is_shared else threading.Lock()
        # Asked for once: every call would read the table's columns from the engine again.
        self.table: ir.Table = backend.table(name)
        missing = [column for column in SCHEMA.names if column not in self.table.columns]
        if missing:
            raise StoreError(f"table {name} must have the column {missing[0]}, got none")

    def ask(self, expression: ir.Table) -> pa.Table:
        """Return the answer to an expression on `table`."""
        with self._turn:
            return self._backend.to_pyarrow(expression)

    def ask_about(
        self, name: Hashable, make: Callable[..., ir.Table], numbers: Sequence[int]
    ) -> pa.Table:
        """Return the answer to an expression that is made of some whole numbers.

        Args:
            name: What it is but for these; one of the same name asks the same.
            make: Makes it of them.
            numbers: The numbers.
        """
        del name
        return self.ask(make(*numbers))


class _DuckDBEngine(Engine):
    """A table in DuckDB; questions that differ by whole numbers alone are put into SQL once.

    That takes Ibis several times as long as DuckDB takes to answer them at a million rows.
    """

    def __init__(self, backend: DuckDB) -> None:
        super().__init__(backend, is_shared=True)
        self._compiled: OrderedDict[Hashable, tuple[str, ir.Table]] = OrderedDict()
        self._compiling = threading.Lock()

    def ask_about(
        self, name: Hashable, make: Callable[..., ir.Table], numbers: Sequence[int]
    ) -> pa.Table:
        """Return the answer to an expression that is made of some whole numbers."""
        stand_ins = range(_FIRST_STAND_IN, _FIRST_STAND_IN + len(numbers))
        if any(str(one) in repr(name) for one in stand_ins):
            return self.ask(make(*numbers))  # Somebody searches for just that.
        with self._compiling:
            kept = self._compiled.get(name)
        if kept is None:
            expression = make(*stand_ins)
            kept = str(self._backend.compile(expression)), expression
            with self._compiling:
                self._compiled[name] = kept
                while len(self._compiled) > _MOST_COMPILED:
                    self._compiled.popitem(last=False)
        text, expression = kept
        for stand_in, number in zip(stand_ins, numbers, strict=True):
            text = text.replace(str(stand_in), str(int(number)))
        return expression.__pyarrow_result__(self._backend.con.execute(text).to_arrow_table())


class _Cursors(threading.local):
    """Stands for a DuckDB connection: each thread that uses it has a cursor of its own.

    One back end for all threads with a cursor each, since making a back end takes a thousand times
    as long as making a cursor, and reads what packages are installed, which fails while Streamlit
    changes the path of imports.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._cursor = connection.cursor()
        # As Ibis sets it; a cursor does not take it over from its connection.
        self._cursor.execute("set python_enable_replacements = false")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def duckdb_engine(table: pa.Table | None = None, files: Sequence[Path] = ()) -> Engine:
    """Return an engine of DuckDB, for any number of threads, over all that it is given.

    Args:
        table: Columns of `columns.SCHEMA`, which are held in memory; others are left out.
        files: Databases with a table `incidents` of the same columns, which are read as they are
            asked and never changed.

    Raises:
        StoreError: If a file cannot be read.
    """
    connection = duckdb.connect(":memory:")
    columns = ", ".join(SCHEMA.names)
    parts = []
    for number, file in enumerate(files):
        path = str(file).replace("'", "''")
        try:
            connection.execute(f"attach '{path}' as part{number} (read_only)")
        except duckdb.Error as error:
            raise StoreError(f"{file} must be a table of incidents, got: {error}") from error
        parts.append(f"select {columns} from part{number}.incidents")  # noqa: S608 - all our own
    if table is not None:
        connection.register("incoming", table.select(SCHEMA.names))
        connection.execute("create table loaded as select * from incoming")
        connection.unregister("incoming")
        parts.append(f"select {columns} from loaded")  # noqa: S608
    connection.execute(f"create view incidents as {' union all '.join(parts)}")
    backend = DuckDB.from_connection(connection)
    backend.con = _Cursors(connection)
    return _DuckDBEngine(backend)
