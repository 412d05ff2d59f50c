"""A dataset put into PostgreSQL: beside the one that is there, and in its place at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.engines.address import EngineAddress, driver, spark_of
from geodata.engines.connections import connect, lost
from geodata.engines.tables import (
    COLUMNS,
    CONTEXT,
    DATASETS,
    LAYOUT,
    NAMESPACE,
    incidents_of,
    indexes_of,
    tables_of,
)
from geodata.errors import StoreError
from geodata.queries import Catalogue

__all__ = ["Pushed", "push"]

# Sorts by number and knows pairs of letters: PostgreSQL's own from 17 on, else the system's.
_COLLATIONS = ("pg_c_utf8", "C.utf8", "C.UTF-8", "C")
_COPIED = {"boolean": "bool", "integer": "int4", "bigint": "int8", "double precision": "float8"}


@dataclass(frozen=True)
class Pushed:
    """What was put into an engine.

    Attributes:
        incidents: How many incidents.
        rows: In how many rows, one for each place.
        state: In which tables.
    """

    incidents: int
    rows: int
    state: int


def push(
    address: EngineAddress,
    name: str,
    rows: Iterable[pa.RecordBatch],
    catalogue: Catalogue,
    tell: Callable[[int], None] = lambda _: None,
) -> Pushed:
    """Put a dataset into an engine, in one transaction.

    Whoever reads the one before goes on with it, until yet another is pushed.

    Args:
        address: Of the engine.
        name: Of the dataset there.
        rows: Its columns, in the order of the space-filling curve.
        catalogue: Its records.
        tell: Is told now and then how many rows are there.

    Raises:
        EngineError: If the engine does not answer.
        StoreError: If it does not take the dataset; then it is as before.
    """
    if address.spark:
        spark = spark_of()
        return Pushed(*spark.push_to_folder(spark.Sessions(address), name, rows, catalogue, tell))
    psycopg = driver()
    with connect(address) as connection:
        try:
            # Nothing is seen by others, nor stays after an error, before this block ends.
            with connection.transaction():
                return _push(connection, name, rows, catalogue, tell)
        except psycopg.OperationalError as error:
            raise lost(address, error) from None
        except psycopg.Error as error:
            raise StoreError(
                "the database must take tables of ours, which needs the right to create a schema, "
                f"got: {address.without_secrets(error)}"
            ) from error


def _push(
    connection: Any,
    name: str,
    rows: Iterable[pa.RecordBatch],
    catalogue: Catalogue,
    tell: Callable[[int], None],
) -> Pushed:
    state = _next_state(connection, name)
    for words in tables_of(state, _collation(connection)).values():
        connection.execute(words)
    kinds = ["int8", "text", "text"]
    count = _copy(connection, f"records_{state}", kinds, _records(catalogue))
    columns = ["int8", *(_COPIED.get(kind, kind) for kind in COLUMNS.values())]
    copied = _copy(connection, incidents_of(state), columns, _told(_cells(rows), tell))
    _copy(connection, f"context_{state}", ["text", "int8", "text"], _context(catalogue))
    for words in indexes_of(state):
        connection.execute(words)
    for table in tables_of(state, "C"):
        connection.execute(f"analyze {NAMESPACE}.{table}")
    pushed = Pushed(count, copied, state)
    _show(connection, name, catalogue.version, pushed)
    return pushed


def _next_state(connection: Any, name: str) -> int:
    """Return the number of tables that nobody has, while nobody else pushes."""
    connection.execute("select pg_advisory_xact_lock(hashtext('mapview push'))")
    encoding = connection.execute("show server_encoding").fetchone()[0]
    if encoding != "UTF8":
        raise StoreError(f"the database of {name} must be encoded as UTF8, got {encoding}")
    # Who may use a schema need not have the right to make one, which "if not exists" asks for.
    if connection.execute("select to_regnamespace(%s)", [NAMESPACE]).fetchone()[0] is None:
        connection.execute(f"create schema {NAMESPACE}")
    connection.execute(DATASETS)
    connection.execute(f"create sequence if not exists {NAMESPACE}.states")
    state: int = connection.execute(f"select nextval('{NAMESPACE}.states')").fetchone()[0]
    return state


def _collation(connection: Any) -> str:
    question = "select collname from pg_collation where collname = any(%s)"
    found = {row[0] for row in connection.execute(question, [list(_COLLATIONS)])}
    return next(one for one in _COLLATIONS if one in found)


def _copy(connection: Any, table: str, kinds: list[str], rows: Iterable[tuple[Any, ...]]) -> int:
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {NAMESPACE}.{table} from stdin (format binary)") as copy,
    ):
        copy.set_types(kinds)
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _cells(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[Any, ...]]:
    """Yield rows with their numbers; SQL text cannot hold U+0000."""
    first = 0
    for batch in batches:
        columns = (batch.column(name) for name in COLUMNS)
        plain = (
            pc.replace_substring(one, "\0", " ") if pa.types.is_string(one.type) else one
            for one in columns
        )
        numbers = range(first, first + batch.num_rows)
        yield from zip(numbers, *(one.to_pylist() for one in plain), strict=True)
        first += batch.num_rows


def _told(
    rows: Iterable[tuple[Any, ...]], tell: Callable[[int], None]
) -> Iterator[tuple[Any, ...]]:
    for count, row in enumerate(rows):
        if count and count % 50_000 == 0:
            tell(count)
        yield row


def _records(catalogue: Catalogue) -> Iterator[tuple[int, str, str]]:
    for position, (identifier, text) in enumerate(catalogue.texts()):
        yield position, identifier, text


def _context(catalogue: Catalogue) -> Iterator[tuple[str, int, str]]:
    for kind in CONTEXT:
        for position, one in enumerate(getattr(catalogue.context, kind)):
            yield kind, position, one.model_dump_json(exclude_defaults=True)


def _show(connection: Any, name: str, version: str, pushed: Pushed) -> None:
    """Let a dataset be that of new tables, and drop those that were not shown any more."""
    table = f"{NAMESPACE}.datasets"
    question = f"select state, state_before from {table} where name = %s"  # noqa: S608 - our own
    before, forgotten = connection.execute(question, [name]).fetchone() or (None, None)
    connection.execute(
        f"insert into {table} (name, layout, state, state_before, version, incidents, rows) "  # noqa: S608 - our own
        "values (%s, %s, %s, %s, %s, %s, %s) on conflict (name) do update set "
        "(layout, state, state_before, version, incidents, rows, pushed) = (excluded.layout, "
        "excluded.state, excluded.state_before, excluded.version, excluded.incidents, "
        "excluded.rows, now())",
        [name, LAYOUT, pushed.state, before, version, pushed.incidents, pushed.rows],
    )
    # Last, since whoever still reads them is waited for, and waits.
    for gone in tables_of(forgotten, "C") if forgotten is not None else ():
        connection.execute(f"drop table if exists {NAMESPACE}.{gone}")
