"""The incidents of a pushed dataset by id, each read from the database when it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from geodata.engines.connections import Connections, no_record
from geodata.engines.tables import NAMESPACE
from geodata.queries import Catalogue, RecordsCatalogue
from geodata.records import Incident, Records

__all__ = ["PushedCatalogue"]

_BATCH = 2_000
# Where a greater share is asked for, all are read and those kept that are wanted.
_SHARE_SOUGHT = 8
# So many stay in memory once they were read; they need a hundred megabytes.
_MOST_HELD = 5_000


class PushedCatalogue(Catalogue):
    """A dataset in PostgreSQL as a catalogue, for any number of threads.

    Args:
        connections: Where to ask.
        state: Which of its tables.
        context: Its groups, sources, relations and base areas.
        version: Of its data.
        count: How many incidents it has.
    """

    def __init__(
        self, connections: Connections, state: int, context: Records, *, version: str, count: int
    ) -> None:
        super().__init__(context, version=version)
        self._connections = connections
        self._table = f"{NAMESPACE}.records_{state}"
        self._count = count

    @property
    def count(self) -> int:
        """How many incidents there are."""
        return self._count

    @cached_property
    def _held(self) -> RecordsCatalogue | None:
        """All incidents, where these are few."""
        return RecordsCatalogue(self._whole()) if self._count <= _MOST_HELD else None

    def incident(self, identifier: str) -> Incident | None:
        """Return an incident by id."""
        if "_held" in vars(self) and self._held:
            return self._held.incident(identifier)
        found = self._made("where id = any(%s)", [_texts([identifier])])
        return next(found, None)

    def incidents(self, identifiers: Collection[str]) -> tuple[Incident, ...]:
        """Return the incidents that have one of the ids, in the order of the dataset."""
        if self._held:
            return self._held.incidents(identifiers)
        return tuple(one for batch in self.batches(identifiers) for one in batch)

    def batches(self, identifiers: Collection[str] | None = None) -> Iterator[tuple[Incident, ...]]:
        """Yield the same incidents, or all there are, some thousand at a time."""
        if identifiers is None:
            yield from self._all()
        elif len(identifiers) * _SHARE_SOUGHT < self._count:
            yield from self._some(identifiers)
        else:
            wanted = frozenset(identifiers)
            for batch in self._all():
                kept = tuple(one for one in batch if one.id in wanted)
                if kept:
                    yield kept

    def _all(self) -> Iterator[tuple[Incident, ...]]:
        for first in range(0, self._count, _BATCH):
            yield tuple(
                self._made("where position >= %s and position < %s", [first, first + _BATCH])
            )

    def _some(self, identifiers: Collection[str]) -> Iterator[tuple[Incident, ...]]:
        question = f"select position from {self._table} where id = any(%s)"  # noqa: S608 - our own
        found = sorted(one for (one,) in self._connections.ask(question, [_texts(identifiers)]))
        for at in range(0, len(found), _BATCH):
            yield tuple(self._made("where position = any(%s)", [found[at : at + _BATCH]]))

    def _made(self, which: str, values: list[Any]) -> Iterator[Incident]:
        """Yield the incidents of some rows in their order."""
        question = f"select record from {self._table} {which} order by position"  # noqa: S608 - our own
        for (text,) in self._connections.ask(question, values):
            try:
                yield Incident.model_validate_json(text)
            except ValidationError as error:
                raise no_record(self._table, error.error_count()) from None

    def everything(self) -> Records:
        """Return the whole record, which may need much memory."""
        return self._held.everything() if self._held else self._whole()

    def _whole(self) -> Records:
        return replace(self.context, incidents=tuple(one for some in self._all() for one in some))


def _texts(some: Iterable[str]) -> list[str]:
    """Return ids that a database can be asked for; none has a NUL or half a letter in it."""
    return [one for one in some if "\0" not in one and one == one.encode(errors="replace").decode()]
