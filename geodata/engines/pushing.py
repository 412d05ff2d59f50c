"""A dataset put into PostgreSQL: beside the one that is there, and in its place at the end.

What was put there is listed here, too, and taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.engines.address import EngineAddress, spark_of
from geodata.engines.connections import asking, connect, only_owner, sentences
from geodata.engines.tables import (
    COLUMNS,
    CONTEXT,
    DATASETS,
    LAYOUT,
    NAMESPACE,
    VERSIONS,
    incidents_of,
    indexes_of,
    tables_of,
)
from geodata.engines.versions import (
    Kept,
    Noted,
    PushedDataset,
    Version,
    chosen,
    noted_after,
    version_to_go,
    versions_of,
    versions_text,
)
from geodata.errors import StoreError
from geodata.queries import Catalogue

__all__ = ["Pushed", "push", "push_versions", "pushed_datasets", "remove_pushed"]

# Sorts by number and knows pairs of letters: PostgreSQL's own from 17 on, else the system's.
_COLLATIONS = ("pg_c_utf8", "C.utf8", "C.UTF-8", "C")
_SIZE = (
    "select coalesce(sum(pg_total_relation_size(to_regclass(one))), 0) "
    "from unnest(%s::text[]) as one"
)
# Until the end of a transaction nobody else pushes or removes anything.
_ALONE = "select pg_advisory_xact_lock(hashtext('mapview push'))"
_COPIED = {"boolean": "bool", "integer": "int4", "bigint": "int8", "double precision": "float8"}


@dataclass(frozen=True)
class Pushed:
    """What was put into an engine.

    Attributes:
        incidents: How many incidents.
        rows: In how many rows, one for each place.
        state: In which tables.
        older: How many older versions of the dataset are there beside it.
    """

    incidents: int
    rows: int
    state: int
    older: int = 0


def push(
    address: EngineAddress,
    name: str,
    rows: Iterable[pa.RecordBatch],
    catalogue: Catalogue,
    tell: Callable[[int], None] = lambda _: None,
) -> Pushed:
    """Put records into an engine, of which nobody knows since when they are known.

    See `push_versions`.

    Args:
        address: Of the engine.
        name: Of the dataset there.
        rows: Its columns, in the order of the space-filling curve.
        catalogue: Its records.
        tell: Is told now and then how many rows are there.
    """
    return push_versions(address, name, [Version("", catalogue, lambda: rows)], tell)


def push_versions(
    address: EngineAddress,
    name: str,
    versions: Sequence[Version],
    tell: Callable[[int], None] = lambda _: None,
) -> Pushed:
    """Put a dataset with its versions into an engine, in one transaction.

    Whoever reads the one before goes on with it, until yet another is pushed, as does whoever reads
    an older version that is not among these. Older ones that are there already are left as they
    are.

    Args:
        address: Of the engine.
        name: Of the dataset there.
        versions: What it was and is, in order; the last is shown from now on.
        tell: Is told now and then how many rows are there.

    Raises:
        EngineError: If the engine does not answer.
        StoreError: If it does not take the dataset; then it is as before.
    """
    if address.spark:
        spark = spark_of()
        kept = spark.push_to_folder(spark.Sessions(address), name, versions, tell)
        return _told_of(kept)
    with connect(address) as connection, sentences(address):
        # Before hours of copying, and not in the way of who reads or pushes meanwhile.
        with connection.transaction():
            _bring_up(connection)
        # Nothing is seen by others, nor stays after an error, before this block ends.
        with connection.transaction():
            return _told_of(_push(connection, name, versions, tell))


def _told_of(kept: Sequence[Kept]) -> Pushed:
    now = kept[-1]
    return Pushed(now.incidents, now.rows, now.state, len(kept) - 1)


def _push(
    connection: Any, name: str, versions: Sequence[Version], tell: Callable[[int], None]
) -> list[Kept]:
    _make_room(connection, name)
    noted = _noted(connection, name)
    there = [one for one in noted.versions if _is_there(connection, one.state)]
    *before, now = versions
    kept = [
        next((one for one in there if one.is_same(old)), None) or _put(connection, old, tell)
        for old in before
    ]
    # What is shown is always put anew: so tables mend that somebody has changed.
    kept.append(_put(connection, now, tell))
    kept = [replace(one, is_gone=False) for one in kept]
    _show(connection, name, noted, kept)
    return kept


def _put(connection: Any, version: Version, tell: Callable[[int], None]) -> Kept:
    """Make the tables of a version that is not there."""
    state: int = connection.execute(f"select nextval('{NAMESPACE}.states')").fetchone()[0]
    for words in tables_of(state, _collation(connection)).values():
        connection.execute(words)
    kinds = ["int8", "text", "text"]
    catalogue = version.catalogue
    count = _copy(connection, f"records_{state}", kinds, _records(catalogue))
    columns = ["int8", *(_COPIED.get(kind, kind) for kind in COLUMNS.values())]
    rows = _told(_cells(version.rows()), tell)
    copied = _copy(connection, incidents_of(state), columns, rows)
    _copy(connection, f"context_{state}", ["text", "int8", "text"], _context(catalogue))
    for words in indexes_of(state):
        connection.execute(words)
    for table in tables_of(state, "C"):
        connection.execute(f"analyze {NAMESPACE}.{table}")
    return Kept(version.since, catalogue.version, state, count, copied)


def _bring_up(connection: Any) -> None:
    """Add to the list of datasets what that of an earlier program lacks."""
    table = f"{NAMESPACE}.datasets"
    question = (
        "select attname from pg_attribute where attrelid = to_regclass(%s) and not attisdropped"
    )
    columns = {one for (one,) in connection.execute(question, [table])}
    if columns and "versions" not in columns:
        with only_owner(
            f"the table {table}, which an earlier version of the program made, to push"
        ):
            connection.execute(f"alter table {table} add column if not exists versions text")


def _make_room(connection: Any, name: str) -> None:
    """See that there is a place for datasets, while nobody else pushes."""
    connection.execute(_ALONE)
    encoding = connection.execute("show server_encoding").fetchone()[0]
    if encoding != "UTF8":
        raise StoreError(f"the database of {name} must be encoded as UTF8, got {encoding}")
    # Who may use a schema need not have the right to make one, which "if not exists" asks for.
    if connection.execute("select to_regnamespace(%s)", [NAMESPACE]).fetchone()[0] is None:
        connection.execute(f"create schema {NAMESPACE}")
    connection.execute(DATASETS)
    connection.execute(f"create sequence if not exists {NAMESPACE}.states")


def _noted(connection: Any, name: str) -> Noted:
    table = f"{NAMESPACE}.datasets"
    columns = f"state, state_before, {VERSIONS}"
    question = f"select {columns} from {table} as datasets where name = %s"  # noqa: S608 - our own
    found = connection.execute(question, [name]).fetchone()
    return Noted(found[0], found[1], versions_of(found[2], table)) if found else Noted()


def _is_there(connection: Any, state: int) -> bool:
    """Whether nobody has removed the tables of a version; an earlier program does."""
    question = "select bool_and(to_regclass(one) is not null) from unnest(%s::text[]) as one"
    return bool(connection.execute(question, [_names(state)]).fetchone()[0])


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


def _show(connection: Any, name: str, noted: Noted, kept: Sequence[Kept]) -> None:
    """Let a dataset be that of new tables, and drop those that were not shown any more."""
    table, now = f"{NAMESPACE}.datasets", kept[-1]
    text, over = noted_after(noted, kept)
    connection.execute(
        f"insert into {table} "  # noqa: S608 - our own
        "(name, layout, state, state_before, version, incidents, rows, versions) "
        "values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict (name) do update set "
        "(layout, state, state_before, version, incidents, rows, versions, pushed) = "
        "(excluded.layout, excluded.state, excluded.state_before, excluded.version, "
        "excluded.incidents, excluded.rows, excluded.versions, now())",
        [name, LAYOUT, now.state, noted.state, now.version, now.incidents, now.rows, text],
    )
    # Last, since whoever still reads them is waited for, and waits.
    with only_owner(f"the tables of the pushes of {name} before, which are dropped, to push it"):
        _drop(connection, over)


def _drop(connection: Any, states: Iterable[int]) -> None:
    for gone in (one for state in states for one in tables_of(state, "C")):
        connection.execute(f"drop table if exists {NAMESPACE}.{gone}")


def pushed_datasets(address: EngineAddress) -> list[PushedDataset]:
    """Return what an engine holds, by name; whoever may read its tables may ask.

    Raises:
        EngineError: If the engine does not answer.
        StoreError: If nobody can say, or the tables may not be read.
    """
    if address.spark:
        found: list[PushedDataset] = spark_of().datasets_in_folder(address.spark.folder)
        return found
    table = f"{NAMESPACE}.datasets"
    columns = "name, state, state_before, version, incidents, rows, layout, pushed"
    question = f"select {columns}, {VERSIONS} from {table} as datasets order by name"  # noqa: S608 - our own
    with asking(address) as connections:
        if not connections.ask(f"select to_regclass('{table}') is not null")[0][0]:
            return []

        def size_of(state: int) -> int:
            return int(connections.ask(_SIZE, [_names(state)])[0][0])

        datasets = []
        for name, state, before, version, incidents, rows, layout, pushed, text in connections.ask(
            question
        ):
            now = Kept("", version, state, incidents, rows, layout)
            noted = Noted(state, before, versions_of(text, table))
            datasets.append(PushedDataset.of(name, now, noted, pushed, size_of))
        return datasets


def _names(state: int) -> list[str]:
    return [f"{NAMESPACE}.{one}" for one in tables_of(state, "C")]


def remove_pushed(address: EngineAddress, name: str, version: str | None = None) -> Kept | None:
    """Take a dataset away from an engine, or one of its older versions; all of it or nothing.

    Whoever reads it meanwhile is told that it has gone.

    Args:
        address: Of the engine.
        name: Of the dataset.
        version: The older version, as `version_to_go` takes it; `None` for all there is of it.

    Returns:
        The version that was removed; `None` where all was.

    Raises:
        EngineError: If the engine does not answer.
        StoreError: If there is none, or it may not be removed; then it is as before.
    """
    if address.spark:
        gone: Kept | None = spark_of().remove_from_folder(address.spark.folder, name, version)
        return gone
    rights = only_owner(f"the tables of {name} and the list of datasets, to remove it")
    with connect(address) as connection, sentences(address), rights, connection.transaction():
        return _remove(connection, name, version)


def _remove(connection: Any, name: str, version: str | None) -> Kept | None:
    table = f"{NAMESPACE}.datasets"
    connection.execute(_ALONE)
    is_there = connection.execute("select to_regclass(%s) is not null", [table]).fetchone()[0]
    names = connection.execute(f"select name from {table}").fetchall() if is_there else []  # noqa: S608 - our own
    noted = _noted(connection, chosen([one for (one,) in names], [name]))
    if version is None:
        connection.execute(f"delete from {table} where name = %s", [name])  # noqa: S608 - our own
        _drop(connection, sorted(noted.states))
        return None
    gone = version_to_go(noted, version, name)
    states = {one.state for one in gone}
    rest = noted.without(states)
    connection.execute(
        f"update {table} set state_before = %s, versions = %s where name = %s",  # noqa: S608 - our own
        [rest.state_before, versions_text(rest.versions), name],
    )
    _drop(connection, sorted(states))
    return gone[-1]
