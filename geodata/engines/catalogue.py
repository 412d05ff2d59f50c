"""The incidents of a pushed dataset by id, each read from the database when it is asked for."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from geodata.engines.connections import Connections, no_record
from geodata.engines.tables import CONTEXT, NAMESPACE
from geodata.queries import StoredCatalogue
from geodata.records import Incident, Records

__all__ = ["NumberedCatalogue", "PushedCatalogue", "context_of", "incident_of", "texts_of"]

# So many are asked for at once.
_BATCH = 2_000


class NumberedCatalogue(StoredCatalogue):
    """Incidents that lie by their numbers, from zero on, where a push has put them.

    Args:
        context: Their groups, sources, relations and base areas.
        version: Of the data.
        count: How many there are.
    """

    def __init__(self, context: Records, *, version: str, count: int) -> None:
        super().__init__(context, version=version)
        self._count = count

    @property
    def count(self) -> int:
        """How many incidents there are."""
        return self._count

    @abstractmethod
    def _between(self, first: int, end: int) -> Iterator[Incident]:
        """Yield those from a number on and before another, in order."""

    def _all(self, wanted: frozenset[str] | None) -> Iterator[Incident]:
        for first in range(0, self._count, _BATCH):
            some = self._between(first, first + _BATCH)
            yield from (one for one in some if wanted is None or one.id in wanted)


class PushedCatalogue(NumberedCatalogue):
    """A dataset in PostgreSQL as a catalogue.

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
        super().__init__(context, version=version, count=count)
        self._connections = connections
        self._table = f"{NAMESPACE}.records_{state}"

    def _sought(self, identifiers: Collection[str]) -> Iterator[Incident]:
        question = f"select position from {self._table} where id = any(%s)"  # noqa: S608 - our own
        found = sorted(one for (one,) in self._connections.ask(question, [_texts(identifiers)]))
        for at in range(0, len(found), _BATCH):
            yield from self._made("where position = any(%s)", [found[at : at + _BATCH]])

    def _between(self, first: int, end: int) -> Iterator[Incident]:
        return self._made("where position >= %s and position < %s", [first, end])

    def _made(self, which: str, values: list[Any]) -> Iterator[Incident]:
        """Yield the incidents of some rows in their order."""
        question = f"select record from {self._table} {which} order by position"  # noqa: S608 - our own
        for (text,) in self._connections.ask(question, values):
            yield incident_of(text, self._table)


def incident_of(text: str, where: str) -> Incident:
    """Return the incident that a push has written.

    Args:
        text: As JSON.
        where: The table or file, for the error.

    Raises:
        StoreError: If it is none.
    """
    try:
        return Incident.model_validate_json(text)
    except ValidationError as error:
        raise no_record(where, error.error_count()) from None


def context_of(texts: object, where: str) -> Records:
    """Return the groups, sources, relations and base areas that a push has written.

    Args:
        texts: A list of each kind, each text as JSON.
        where: The table or file, for the error.

    Raises:
        StoreError: If a kind has no list, or one is no such record.
    """
    if not isinstance(texts, Mapping) or not all(isinstance(texts.get(k), list) for k in CONTEXT):
        raise no_record(where, 1)
    try:
        return Records(
            **{
                kind: tuple(model.model_validate_json(text) for text in texts[kind])
                for kind, model in CONTEXT.items()
            }  # type: ignore[arg-type]
        )
    except ValidationError as error:
        raise no_record(where, error.error_count()) from None


def texts_of(context: Records) -> dict[str, list[str]]:
    """Return what `context_of` reads."""
    return {
        kind: [one.model_dump_json(exclude_defaults=True) for one in getattr(context, kind)]
        for kind in CONTEXT
    }


def _texts(some: Iterable[str]) -> list[str]:
    """Return ids that a database can be asked for; none has a NUL or half a letter in it."""
    return [one for one in some if "\0" not in one and one == one.encode(errors="replace").decode()]
