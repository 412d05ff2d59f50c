"""A dataset that was pushed into an engine, opened: the same store over other tables."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import ClassVar, Self
from weakref import WeakValueDictionary

import pyarrow as pa

from geodata.engines.address import EngineAddress, spark_of
from geodata.engines.catalogue import PushedCatalogue, context_of
from geodata.engines.connections import Connections, asking
from geodata.engines.tables import CONTEXT, LAYOUT, NAMESPACE, VERSIONS, incidents_of
from geodata.engines.versions import Kept, answered_by, chosen, versions_of
from geodata.errors import Problem, StoreError
from geodata.queries import Catalogue, Cube, Engine, Store, StoredCatalogue
from geodata.records import Records

__all__ = ["EngineParts", "Shown", "check_layout", "open_engine"]

Shown = tuple[int, str, tuple[int, ...]]
"""The state that is shown, the version of its data, and the states of all versions."""
# Of so many at most a server holds the columns that are counted, which take 30 bytes a row; beyond
# it the engine counts.
MOST_ROWS_HELD = 10_000_000
# Of an older version so many times fewer: a server holds several of them beside that of now.
_OF_OLDER = 5


@dataclass(frozen=True)
class EngineParts:
    """What an engine holds of a dataset, with what is asked of `Parts` of files.

    Attributes:
        name: Of the dataset.
        catalogue: Its records.
        state: Which of its tables.
        rows: How many rows the table of incidents has, one for each place.
        versions: What it was and is, in order, the last what is shown; none if whoever pushed it
            did not say since when it is known.
        most_held: Of so many rows at most the server holds what is counted.
        at: When it was pushed.
    """

    name: str
    catalogue: StoredCatalogue
    state: int
    rows: int
    versions: tuple[Kept, ...] = field(default=(), kw_only=True)
    most_held: int = field(default=0, kw_only=True)
    at: datetime | None = field(default=None, kw_only=True)
    problems: ClassVar[tuple[Problem, ...]] = ()
    notes: ClassVar[tuple[Problem, ...]] = ()
    is_held: ClassVar[bool] = False
    table: ClassVar[pa.Table | None] = None

    @property
    def catalogues(self) -> tuple[Catalogue, ...]:
        """The one that there is."""
        return (self.catalogue,)

    @property
    def count(self) -> int:
        """How many incidents and base areas there are."""
        return self.catalogue.count + len(self.catalogue.context.base_areas)

    @property
    def may_all_be_published(self) -> bool:
        """Whether no source forbids it."""
        return all(one.may_publish for one in self.catalogue.context.sources)

    def everything(self) -> Records:
        """Return all records, which may need much memory."""
        return self.catalogue.everything()

    def engine(self) -> Engine:
        """Return what answers questions about its rows, which all its stores share."""
        return self._engine

    @cached_property
    def _engine(self) -> Engine:
        # Each day since it came is a store, and what is held is the same.
        return self._opened_engine()

    @abstractmethod
    def _opened_engine(self) -> Engine:
        """Return what answers questions about its rows."""

    def of_version(self, kept: Kept) -> Self:
        """Return one of its versions; what is shown now is this one.

        Days of one version share it as long as any of them is kept, and so all that is held of it.

        Raises:
            EngineError: If the engine does not answer, or a push has taken it away.
            StoreError: If it was pushed by another version of the program.
        """
        if kept.state == self.state:
            return self
        found = self._older.get(kept.state)
        if found is None:
            check_layout(self.name, kept.layout)
            found = self._of_state(kept, self.most_held // _OF_OLDER)
            self._older[kept.state] = found
        return found

    @cached_property
    def _older(self) -> WeakValueDictionary[int, Self]:
        return WeakValueDictionary()

    @abstractmethod
    def _of_state(self, kept: Kept, most_held: int) -> Self:
        """Return one of its versions of which so many rows at most are held here."""

    @property
    def pushed(self) -> Shown:
        """Which of its tables these are, the version of their data, and those of its versions.

        Tables that were removed give their number to those that are pushed next.
        """
        return self.state, self.catalogue.version, tuple(one.state for one in self.versions)

    @abstractmethod
    def shown(self) -> Shown | None:
        """Return what `pushed` of whoever opens it now would be; `None` if it has gone.

        Raises:
            StoreError: If the engine does not answer, or nobody can say.
        """

    def cube(self) -> Cube | None:
        """Return what counts its rows for views of many; `None` if the engine has none."""
        return None

    def store(
        self, changes: tuple[str, ...] = (), credit: str = "", known: date | None = None
    ) -> Store:
        """Return the store; see `Store` for what it takes.

        Raises:
            EngineError: If the engine does not answer.
        """
        made = Store(self.engine(), self.catalogue, changes, credit, known, cube=self.cube())
        made.pushed = self.at
        return made


@dataclass(frozen=True)
class _PostgresParts(EngineParts):
    """What PostgreSQL holds of a dataset.

    Attributes:
        connections: Where its tables are asked.
    """

    connections: Connections

    def _opened_engine(self) -> Engine:
        # It takes psycopg and a second to load.
        from geodata.engines.asking import PostgresBackend, PostgresEngine

        backend, name = PostgresBackend(self.connections), incidents_of(self.state)
        if self.rows <= self.most_held:
            return PostgresEngine(backend, name, self.rows)
        return Engine(backend, name, is_shared=True)

    def _of_state(self, kept: Kept, most_held: int) -> Self:
        catalogue = _catalogue(self.connections, kept)
        return replace(
            self, catalogue=catalogue, state=kept.state, rows=kept.rows, most_held=most_held
        )

    def shown(self) -> Shown | None:
        """Return which of its tables whoever opens it now is shown, and their version."""
        columns, table = f"state, version, {VERSIONS}", f"{NAMESPACE}.datasets"
        question = f"select {columns} from {table} as datasets where name = %s"  # noqa: S608 - our own
        for state, version, text in self.connections.ask(question, [self.name]):
            kept = answered_by(versions_of(text, table), state)
            return state, version, tuple(one.state for one in kept)
        return None


def open_engine(address: EngineAddress, named: Sequence[str] = ()) -> EngineParts:
    """Open a dataset that was pushed into an engine.

    Args:
        address: Of the engine.
        named: Its name; it need not be told where there is one dataset.

    Raises:
        StoreError: If it is not there, or was pushed by another version of the program.
        EngineError: If the engine does not answer.
    """
    if address.spark:
        spark = spark_of()
        parts: EngineParts = spark.open_folder(spark.Sessions(address), named, MOST_ROWS_HELD)
        return parts
    # The server splits off another process next, which must share no connection with it.
    with asking(address) as connections:
        return _opened(connections, named)


def _opened(connections: Connections, named: Sequence[str]) -> EngineParts:
    table = f"{NAMESPACE}.datasets"
    is_there = connections.ask(f"select to_regclass('{table}') is not null")[0][0]
    columns = f"name, layout, state, version, incidents, rows, pushed, {VERSIONS}"
    question = f"select {columns} from {table} as datasets"  # noqa: S608 - our own
    found = {row[0]: row[1:] for row in connections.ask(question)} if is_there else {}
    name = chosen(found, named)
    layout, state, version, count, rows, at, text = found[name]
    check_layout(name, layout)
    catalogue = _catalogue(connections, Kept("", version, state, count, rows))
    versions = answered_by(versions_of(text, table), state)
    return _PostgresParts(
        name, catalogue, state, rows, connections, versions=versions, at=at,
        most_held=MOST_ROWS_HELD,
    )  # fmt: skip


def _catalogue(connections: Connections, kept: Kept) -> PushedCatalogue:
    context = _context(connections, kept.state)
    return PushedCatalogue(
        connections, kept.state, context, version=kept.version, count=kept.incidents
    )


def _context(connections: Connections, state: int) -> Records:
    table = f"{NAMESPACE}.context_{state}"
    rows = connections.ask(f"select kind, record from {table} order by kind, position")  # noqa: S608 - our own
    return context_of({kind: [one for k, one in rows if k == kind] for kind in CONTEXT}, table)


def check_layout(name: str, layout: object) -> None:
    """See whether a dataset was pushed by this version of the program.

    Raises:
        StoreError: If it was not.
    """
    if layout != LAYOUT:
        raise StoreError(
            f"dataset {name} must have been pushed by this version of the program (layout "
            f"{LAYOUT}), got layout {layout}; push it again"
        )
