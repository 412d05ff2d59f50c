"""What a store knows beside its table: groups, sources, base areas, and incidents by id."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from pathlib import Path

from geodata.errors import StoreError
from geodata.records import Incident, Records

__all__ = ["Catalogue", "JoinedCatalogue", "RecordsCatalogue", "StoredCatalogue"]

_BATCH = 2_000
# Where a greater share is asked for, all are read and those kept that are wanted.
_SHARE_SOUGHT = 8
# So many stay in memory once they were read; they need a hundred megabytes.
_MOST_HELD = 5_000


class Catalogue:
    """Groups, sources and base areas without incidents, for a table that is all there is.

    A question that needs whole incidents is refused. Catalogues that have them, in memory or
    elsewhere, answer in its place.

    Args:
        context: Groups, sources and base areas, as records without incidents.
        version: Stands for this state of the data; caches hold answers until it is another.
    """

    def __init__(self, context: Records, *, version: str) -> None:
        self.context = context
        self.version = version

    @property
    def count(self) -> int | None:
        """How many incidents there are; `None` where there is nothing but the table."""
        return None

    @property
    def kept_at(self) -> Path | None:
        """The file that what was made of all incidents may be kept in; `None` if there is none."""
        return None

    def incident(self, identifier: str) -> Incident | None:
        """Return an incident by id.

        Raises:
            StoreError: If there is nothing but the table.
        """
        raise _only_a_table(f"incident {identifier[:80]!r}")

    def incidents(self, identifiers: Collection[str]) -> tuple[Incident, ...]:
        """Return the incidents that have one of the ids, in the order of the record.

        Raises:
            StoreError: If there is nothing but the table.
        """
        raise _only_a_table(f"{len(identifiers):,} whole incidents")

    def batches(self, identifiers: Collection[str] | None = None) -> Iterator[tuple[Incident, ...]]:
        """Yield the same incidents, or all there are, some thousand at a time.

        Raises:
            StoreError: If there is nothing but the table.
        """
        some = "all" if identifiers is None else f"{len(identifiers):,}"
        raise _only_a_table(f"{some} whole incidents")

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the id of each incident and what it is as JSON, in the order of the record.

        Raises:
            StoreError: If there is nothing but the table.
        """
        for batch in self.batches():
            yield from ((one.id, one.model_dump_json(exclude_defaults=True)) for one in batch)

    def upstream(self, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield ids and what an import kept of their rows, of all that may have such a column.

        Args:
            name: What its name has in it, in small letters from a to z.

        Raises:
            StoreError: If there is nothing but the table.
        """
        for batch in self.batches():
            for one in batch:
                if any(name in column.casefold() for column in one.upstream):
                    yield one.id, one.upstream

    def everything(self) -> Records:
        """Return the whole record, which may need much memory.

        Raises:
            StoreError: If there is nothing but the table.
        """
        raise _only_a_table("the whole record")


def _only_a_table(wanted: str) -> StoreError:
    return StoreError(f"a catalogue of incidents must be given to have {wanted}, got only a table")


class RecordsCatalogue(Catalogue):
    """Records in memory as a catalogue."""

    def __init__(self, records: Records) -> None:
        super().__init__(replace(records, incidents=()), version=records.version)
        self._records = records

    @property
    def count(self) -> int:
        """How many incidents there are."""
        return len(self._records.incidents)

    def incident(self, identifier: str) -> Incident | None:
        """Return an incident by id."""
        return self._records.incidents_by_id.get(identifier)

    def incidents(self, identifiers: Collection[str]) -> tuple[Incident, ...]:
        """Return the incidents that have one of the ids, in the order of the record."""
        wanted = frozenset(identifiers)
        return tuple(one for one in self._records.incidents if one.id in wanted)

    def batches(self, identifiers: Collection[str] | None = None) -> Iterator[tuple[Incident, ...]]:
        """Yield the same incidents, or all, some thousand at a time."""
        is_all = identifiers is None
        found = self._records.incidents if is_all else self.incidents(identifiers or ())
        yield from (found[at : at + _BATCH] for at in range(0, len(found), _BATCH))

    def everything(self) -> Records:
        """Return the records."""
        return self._records


class StoredCatalogue(Catalogue):
    """Incidents that are read from elsewhere when they are asked for, for any number of threads.

    Where these are few, all stay in memory once more than one of them was asked for.
    """

    @property
    @abstractmethod
    def count(self) -> int:
        """How many incidents there are."""

    @abstractmethod
    def _sought(self, identifiers: Collection[str]) -> Iterator[Incident]:
        """Yield the incidents that have one of a few ids, in the order of the record."""

    @abstractmethod
    def _all(self, wanted: frozenset[str] | None) -> Iterator[Incident]:
        """Yield all incidents, or of all those that are wanted, in the order of the record."""

    @cached_property
    def _held(self) -> RecordsCatalogue | None:
        """All incidents, where these are few."""
        return RecordsCatalogue(self._whole()) if self.count <= _MOST_HELD else None

    def incident(self, identifier: str) -> Incident | None:
        """Return an incident by id."""
        if "_held" in vars(self) and self._held:
            return self._held.incident(identifier)
        return next(self._sought([identifier]), None)

    def incidents(self, identifiers: Collection[str]) -> tuple[Incident, ...]:
        """Return the incidents that have one of the ids, in the order of the record."""
        if self._held:
            return self._held.incidents(identifiers)
        return tuple(one for batch in self.batches(identifiers) for one in batch)

    def batches(self, identifiers: Collection[str] | None = None) -> Iterator[tuple[Incident, ...]]:
        """Yield the same incidents, or all there are, some thousand at a time."""
        if identifiers is not None and len(identifiers) * _SHARE_SOUGHT < self.count:
            made = self._sought(identifiers)
        else:
            made = self._all(None if identifiers is None else frozenset(identifiers))
        while batch := tuple(islice(made, _BATCH)):
            yield batch

    def everything(self) -> Records:
        """Return the whole record, which may need much memory."""
        return self._held.everything() if self._held else self._whole()

    def _whole(self) -> Records:
        return replace(self.context, incidents=tuple(self._all(None)))


class JoinedCatalogue(Catalogue):
    """Several catalogues as one, of which no two have an incident of the same id.

    Args:
        parts: The catalogues, in the order of their records.
    """

    def __init__(self, parts: Sequence[Catalogue]) -> None:
        digest = hashlib.sha256(" ".join(one.version for one in parts).encode())
        context = Records.merge(one.context for one in parts)
        super().__init__(context, version=digest.hexdigest()[:12])
        self._parts = tuple(parts)

    @property
    def count(self) -> int | None:
        """How many incidents there are; `None` where one part has nothing but its table."""
        counts = [one.count for one in self._parts]
        return None if None in counts else sum(one or 0 for one in counts)

    def incident(self, identifier: str) -> Incident | None:
        """Return an incident by id."""
        found = (one.incident(identifier) for one in self._parts)
        return next((one for one in found if one is not None), None)

    def incidents(self, identifiers: Collection[str]) -> tuple[Incident, ...]:
        """Return the incidents that have one of the ids, part by part."""
        return tuple(one for part in self._parts for one in part.incidents(identifiers))

    def batches(self, identifiers: Collection[str] | None = None) -> Iterator[tuple[Incident, ...]]:
        """Yield the same incidents, or all, some thousand at a time."""
        for part in self._parts:
            yield from part.batches(identifiers)

    def upstream(self, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield ids and what imports kept of their rows, part by part."""
        for part in self._parts:
            yield from part.upstream(name)

    def everything(self) -> Records:
        """Return the whole record, which may need much memory."""
        return Records.merge(one.everything() for one in self._parts)
