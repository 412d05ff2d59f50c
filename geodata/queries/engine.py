"""Where the table of incidents lies: an Ibis back end and a table in it, asked from any thread."""

from __future__ import annotations

import os
import threading
import weakref
from abc import abstractmethod
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from itertools import accumulate, count, islice, pairwise
from pathlib import Path
from typing import Any, Protocol, TypeVar

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis.backends.duckdb import Backend as DuckDB

from geodata.errors import StoreError
from geodata.geodesy import MercatorBox
from geodata.queries.columns import SCHEMA

__all__ = ["DuckDBEngine", "Engine", "Numbers", "OrderedEngine", "duckdb_engine", "narrowed"]

Numbers = np.ndarray[Any, np.dtype[Any]]
_T = TypeVar("_T")
_ROWS_AT_ONCE = 20_000
_NUMBERS = count(1)


class Backend(Protocol):
    """What is asked of a back end, which each of Ibis' own answers."""

    def table(self, name: str, /) -> ir.Table:
        """Return a table by its name."""

    def to_pyarrow(self, expression: ir.Table, /) -> pa.Table:
        """Return the answer to an expression."""


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
        self, backend: Backend, name: str = "incidents", *, is_shared: bool = False
    ) -> None:
        self._backend = backend
        self._turn = nullcontext() if is_shared else threading.Lock()
        self._held: dict[Hashable, Any] = {}
        self._holding = threading.Lock()
        # Asked for once: every call would read the table's columns from the engine again.
        self.table: ir.Table = backend.table(name)
        missing = [column for column in SCHEMA.names if column not in self.table.columns]
        if missing:
            raise StoreError(f"table {name} must have the column {missing[0]}, got none")

    def held(self, what: Hashable, make: Callable[[], _T]) -> _T:
        """Return what is held of its table in memory, which all stores over it share.

        Args:
            what: Stands for it, with all that it depends on beside the table.
            make: Makes it for the first who asks.
        """
        with self._holding:
            if what not in self._held:
                self._held[what] = make()
            found: _T = self._held[what]
            return found

    def ask(self, expression: ir.Table) -> pa.Table:
        """Return the answer to an expression on `table`."""
        narrow = narrowed(expression)
        with self._turn:
            return self._backend.to_pyarrow(narrow)

    def texts(self, name: str) -> frozenset[str]:
        """Return the texts in a column, each once, without the empty one."""
        rows = self.table.filter(self.table[name] != "")
        return frozenset(self.ask(rows.select(name).distinct())[name].to_pylist())

    def page(self, expression: ir.Table, offset: int, limit: int) -> pa.Table:
        """Return some rows of the answer to an expression whose rows have an order."""
        return self.ask(expression.limit(limit, offset=offset))

    def near(self, boxes: Sequence[MercatorBox], *, times: int = 1) -> Engine:
        """Return what holds at least all rows that are drawn within some boxes, and answers sooner.

        That is this one where there is no other.

        Args:
            boxes: The boxes.
            times: So many times as long may it take.
        """
        del boxes, times
        return self

    def check_there(self) -> None:
        """See whether what was opened is still there, where what is held may answer without it.

        Raises:
            EngineError: If the engine has gone, as far as that takes no time to see.
            StoreError: If its table has.
        """


def narrowed(expression: ir.Table) -> ir.Table:
    """Return the same question to a table of the columns alone that it names.

    Ibis carries every column through every step of a question, and takes twice as long to put it
    into SQL when they are fifty.
    """
    question = expression.op()
    named: set[str] = set()
    tables: list[ops.DatabaseTable] = []
    for node in question.find((ops.Field, ops.DatabaseTable, ops.Distinct, ops.Set)):
        if isinstance(node, ops.Field):
            named.add(node.name)
        elif isinstance(node, ops.DatabaseTable):
            tables.append(node)
        else:  # Whole rows are compared.
            named.update(node.schema)
    narrow = {}
    for table in tables:
        # And of one more: where all columns of a table are chosen, Ibis writes a star for them.
        others = (name for name in table.schema if name not in named)
        kept = [*sorted(named.intersection(table.schema)), *islice(others, 1)]
        narrow[table] = table.copy(schema=ibis.schema({one: table.schema[one] for one in kept}))
    answer = question.replace(narrow)
    # Who asks for whole rows gets them.
    return answer.to_expr() if answer.schema == question.schema else expression


class OrderedEngine(Engine):
    """A table whose rows have an order, in which they are answered and found by their numbers."""

    @abstractmethod
    def values(self, value: ir.Value) -> pa.ChunkedArray:
        """Return for each row what follows from its columns."""

    def column(self, name: str) -> pa.ChunkedArray:
        """Return a column of all rows."""
        return self.values(self.table[name])

    def mask(self, holds: ir.BooleanValue) -> Numbers:
        """Return for each row whether a condition holds."""
        found: Numbers = pc.fill_null(self.values(holds), fill_value=False).to_numpy()
        return found

    def masks(self, conditions: Sequence[ir.BooleanValue]) -> list[Numbers]:
        """Return for each row whether conditions hold; an engine may ask for them at once."""
        return [self.mask(one) for one in conditions]

    @abstractmethod
    def rows(self, numbers: Numbers, columns: Mapping[str, str]) -> pa.Table:
        """Return some rows in the order of their numbers.

        Args:
            numbers: Their numbers from zero on, in order.
            columns: The names that columns get, and their own.
        """


class DuckDBEngine(OrderedEngine):
    """A table in DuckDB.

    Args:
        backend: As for `Engine`.
        parts: What the table is made of, with how many rows each has, in their order.
    """

    def __init__(self, backend: DuckDB, parts: Sequence[tuple[str, int]]) -> None:
        super().__init__(backend, is_shared=True)
        self._cursors = backend.con
        ends = accumulate((count for _, count in parts), initial=0)
        around = zip(parts, pairwise(ends), strict=True)
        self._parts = [(part, first, end) for (part, _), (first, end) in around]

    def values(self, value: ir.Value) -> pa.ChunkedArray:
        """Return for each row what follows from its columns."""
        return self.ask(self.table.select(value=value))["value"]

    def column(self, name: str) -> pa.ChunkedArray:
        """Return a column of all rows."""
        return self._cursors.sql(f"select {name} from incidents").to_arrow_table()[name]  # noqa: S608

    def masks(self, conditions: Sequence[ir.BooleanValue]) -> list[Numbers]:
        """Return for each row whether conditions hold, all asked in one question."""
        asked = {f"holds{at}": holds for at, holds in enumerate(conditions)}
        found = self.ask(self.table.select(**asked))
        return [pc.fill_null(found[name], fill_value=False).to_numpy() for name in asked]

    def texts(self, name: str) -> frozenset[str]:
        """Return the texts in a column, each once, without the empty one."""
        question = f"select distinct {name} from incidents where {name} <> ''"  # noqa: S608 - our own
        return frozenset(self._cursors.sql(question).to_arrow_table()[name].to_pylist())

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield all rows in their order, some thousand at a time."""
        question = f"select {', '.join(SCHEMA.names)} from incidents"  # noqa: S608 - all our own
        yield from self._cursors.execute(question).to_arrow_reader(_ROWS_AT_ONCE)

    def rows(self, numbers: Numbers, columns: Mapping[str, str]) -> pa.Table:
        """Return some rows in the order of their numbers."""
        chosen = ", ".join(f"{column} as {name}" for name, column in columns.items())
        found = []
        for part, first, end in self._parts:
            here = numbers[np.searchsorted(numbers, first) : np.searchsorted(numbers, end)]
            answer = self._cursors.sql(
                f"select {chosen} from {part} where rowid in (select unnest(?::bigint[])) "  # noqa: S608
                "order by rowid",
                params=[(here - first).tolist()],
            )
            found.append(answer.to_arrow_table())
        return pa.concat_tables(found)


class _Cursors(threading.local):
    """Stands for a DuckDB connection: each thread that uses it has a cursor of its own.

    One back end for all threads with a cursor each, since making a back end takes a thousand times
    as long as making a cursor, and reads what packages are installed, which fails while Streamlit
    changes the path of imports.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, database: str) -> None:
        self._cursor = connection.cursor()
        # A cursor takes none of it over from its connection. The first is as Ibis sets it; progress
        # would stand among what a command prints.
        self._cursor.execute(
            f"use {database}; set python_enable_replacements = false; "
            "set enable_progress_bar = false"
        )

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


class _DuckDB(DuckDB):  # type: ignore[misc]  # Ibis has none
    """Ibis' own reads the columns of a table from the database; ours are known."""

    _COLUMNS = ibis.Schema.from_pyarrow(SCHEMA)

    def get_schema(self, *_: object, **__: object) -> ibis.Schema:
        """Return the columns of incidents, the one table there is."""
        return self._COLUMNS


def duckdb_engine(table: pa.Table | None = None, files: Sequence[Path] = ()) -> DuckDBEngine:
    """Return an engine of DuckDB, for any number of threads, over all that it is given.

    Args:
        table: Columns of `columns.SCHEMA`, which are held in memory; others are left out.
        files: Databases with a table `incidents` of the same columns, which are read as they are
            asked and never changed.

    Raises:
        StoreError: If a file cannot be read.
    """
    connection, database = _database(is_alone=bool(files))
    columns = ", ".join(SCHEMA.names)
    parts: list[str] = []
    for number, file in enumerate(files):
        path = str(file).replace("'", "''")
        try:
            connection.execute(f"attach '{path}' as part{number} (read_only)")
        except duckdb.Error as error:
            raise StoreError(f"{file} must be a table of incidents, got: {error}") from error
        parts.append(f"part{number}.incidents")
    if table is not None:
        connection.register("incoming", table.select(SCHEMA.names))
        connection.execute("create table loaded as select * from incoming")
        connection.unregister("incoming")
        parts.append("loaded")
    chosen = " union all ".join(f"select {columns} from {part}" for part in parts)  # noqa: S608
    connection.execute(f"create view incidents as {chosen}")
    counted = [(part, connection.table(part).count("*").fetchall()[0][0]) for part in parts]
    backend = _DuckDB.from_connection(connection)
    backend.con = _Cursors(connection, database)
    if not files:
        # Whoever still has its cursors may ask on.
        weakref.finalize(backend.con, _forget, database, os.getpid()).atexit = False
    return DuckDBEngine(backend, counted)


_MEMORIES: dict[int, duckdb.DuckDBPyConnection] = {}


def _memory(process: int) -> duckdb.DuckDBPyConnection:
    """Return what holds the databases in memory of a process.

    One that was forked has a new one: in it the threads of the other do not run.
    """
    found = _MEMORIES.get(process)
    # Of threads that come at once all take that of the first; a lock might be held in a fork.
    return found or _MEMORIES.setdefault(process, duckdb.connect(":memory:"))


def _database(*, is_alone: bool) -> tuple[duckdb.DuckDBPyConnection, str]:
    """Return a connection to a new database in memory, and its name.

    Databases stand side by side in one DuckDB, since to start one takes forty times as long as to
    add a database. One that reads files is alone in its own: none may be in a DuckDB twice.
    """
    if is_alone:
        return duckdb.connect(":memory:"), "memory"
    connection = _memory(os.getpid()).cursor()
    name = f"store{next(_NUMBERS)}"
    connection.execute(f"attach ':memory:' as {name}; use {name}")
    return connection, name


def _forget(database: str, process: int) -> None:
    """Let a database go that nobody asks any more."""
    if process == os.getpid():
        with _memory(process).cursor() as cursor:
            cursor.execute(f"detach {database}")
