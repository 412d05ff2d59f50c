"""Record files and datasets of any age, opened together: in columns where that is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from geodata.errors import Problem, RequestError
from geodata.queries import (
    Catalogue,
    DuckDBEngine,
    JoinedCatalogue,
    RecordsCatalogue,
    Store,
    duckdb_engine,
    to_table,
)
from geodata.records import ReadResult, Records, describe_date, links_lacking, toll_links
from geodata.workspace.details import DatasetCatalogue, has_columns
from geodata.workspace.folder import (
    DATABASE,
    DETAILS,
    IDS,
    Dataset,
    Opened,
    dataset_at,
    files_of,
)
from geodata.workspace.linking import as_linked, read_links

__all__ = ["Parts", "as_known", "came_on", "day_of", "open_parts", "parts_of", "read_all"]


# Reads record files, whatever their format; which formats there are is no matter of ours.
Reader = Callable[[Iterable[str | Path]], ReadResult]


OpenLarge = Callable[[Path], Opened | None]


@dataclass(frozen=True)
class Parts:
    """What is opened together, and asked as one.

    Attributes:
        catalogues: Records in memory, if there are any, and datasets in columns.
        problems: What was wrong with records that were left out.
        notes: What was read otherwise than it stands in the files.
    """

    catalogues: tuple[RecordsCatalogue | DatasetCatalogue, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def count(self) -> int:
        """How many incidents and base areas there are."""
        return sum((one.count or 0) + len(one.context.base_areas) for one in self.catalogues)

    @cached_property
    def table(self) -> pa.Table | None:
        """The columns of the records in memory."""
        held = [one for one in self.catalogues if isinstance(one, RecordsCatalogue)]
        return to_table(held[0].everything()) if held else None

    @property
    def datasets(self) -> tuple[DatasetCatalogue, ...]:
        """What is in columns."""
        return tuple(one for one in self.catalogues if isinstance(one, DatasetCatalogue))

    @property
    def is_held(self) -> bool:
        """Whether all of it is in memory."""
        return not self.datasets

    @property
    def may_all_be_published(self) -> bool:
        """Whether no source forbids it."""
        sources = (source for one in self.catalogues for source in one.context.sources)
        return all(source.may_publish for source in sources)

    def everything(self) -> Records:
        """Return all records, which may need much memory."""
        return self.catalogue.everything()

    @property
    def catalogue(self) -> Catalogue:
        """All of them as one."""
        parts = self.catalogues
        return parts[0] if len(parts) == 1 else JoinedCatalogue(parts)

    def engine(self) -> DuckDBEngine:
        """Return an engine that holds the columns of all.

        Raises:
            FormatError: If a dataset is another one by now.
        """
        for one in self.datasets:
            one.check_current()
        return duckdb_engine(self.table, [one.dataset.file(DATABASE) for one in self.datasets])

    def store(
        self, changes: tuple[str, ...] = (), credit: str = "", known: date | None = None
    ) -> Store:
        """Return the store; see `Store` for what it takes.

        Raises:
            FormatError: If a dataset is another one by now.
        """
        return Store(self.engine(), self.catalogue, changes, credit, known)


def day_of(dataset: Dataset) -> str:
    """Return the day on which the records of a dataset came here, in words."""
    return came_on(dataset.since)


def came_on(since: datetime) -> str:
    """Return a day on which records came, in words."""
    return describe_date(since.date().isoformat())


def as_known(named: Sequence[str | Path], day: date) -> list[Path]:
    """Return the folders with what some datasets were at the end of a day.

    Args:
        named: Datasets by name or folder.
        day: The day.

    Raises:
        RequestError: If one of them is none, or keeps nothing that is so old.
    """
    found = []
    for one in named:
        dataset = dataset_at(one)
        if dataset is None:
            raise RequestError(
                f"known must be asked of datasets, which keep what they were, got {str(one)!r:.80}"
            )
        found.append(dataset.as_known(day).folder)
    return found


def parts_of(result: ReadResult) -> Parts:
    """Return records in memory as what is opened."""
    result = result.with_links_back()
    return Parts((RecordsCatalogue(result.records),), result.problems, result.notes)


def read_all(named: Iterable[str | Path], read: Reader) -> ReadResult:
    """Read record files and datasets together, record by record.

    Args:
        named: Files, and datasets by name or folder.
        read: Reads record files.

    Raises:
        FormatError: If one cannot be read.
    """
    results = []
    for one in named:
        dataset = dataset_at(one)
        if dataset is not None and _has_details(dataset):
            results.append(ReadResult(_catalogue(dataset, read).everything()))
        else:
            results.append(read(files_of(one)))
    return ReadResult.merge(results)


def _has_details(dataset: Dataset) -> bool:
    """Whether its records are those of columns, also of an earlier version of the program."""
    return all((dataset.folder / name).is_file() for name in (DETAILS, IDS))


def _in_columns(named: str | Path) -> Dataset | None:
    dataset = dataset_at(named)
    return dataset if dataset is not None and has_columns(dataset) else None


def _catalogue(dataset: Dataset, read: Reader) -> DatasetCatalogue:
    return DatasetCatalogue(dataset, read(dataset.context_files).records)


def open_parts(
    named: Sequence[str | Path], read: Reader, open_large: OpenLarge = lambda _: None
) -> Parts:
    """Open record files and datasets together.

    Datasets that are in columns stay there, unless something else speaks of what is in them, the
    user of their records as one event, or a toll is shared of which one side alone says so: then
    what follows from their records is no longer what their columns say.

    Args:
        named: As for `read_all`.
        read: Reads record files.
        open_large: Opens a large record file as a dataset, if it is one; it is asked where nothing
            else is opened, since other records may speak of those in it.

    Raises:
        FormatError: If one cannot be read.
    """
    if len(named) == 1 and dataset_at(named[0]) is None and (large := open_large(Path(named[0]))):
        passing = (_catalogue(large.dataset, read),)
        if not _are_linked(passing):
            return Parts(passing, large.problems, large.notes)
    found = [(one, _in_columns(one)) for one in named]
    columns = [_catalogue(dataset, read) for _, dataset in found if dataset is not None]
    others = [one for one, dataset in found if dataset is None]
    held_result = read_all(others, read).with_links_back() if others else None
    held = (RecordsCatalogue(held_result.records),) if held_result else ()
    parts = (*held, *columns)
    is_spoken_of = any(
        _speaks_of(other, one) for one in columns for other in parts if other is not one
    )
    if is_spoken_of or _are_linked(parts) or _are_one_sided(held, columns):
        return parts_of(as_linked(read_all(named, read)))
    if held_result is None:
        return Parts(parts)
    return Parts(parts, held_result.problems, held_result.notes)


def _speaks_of(other: RecordsCatalogue | DatasetCatalogue, one: DatasetCatalogue) -> bool:
    """Whether a part says something of the groups or sources of a dataset, or has its ids."""
    own, context = one.context, other.context
    named, met = _ids_of(own), _ids_of(context)
    for relation in context.relations:
        met |= {relation.subject, relation.object}
    met |= {above for source in context.sources for above in source.derived_from}
    if not named.isdisjoint(met):
        return True
    if isinstance(other, DatasetCatalogue):
        # Ids that came with a file may be those of any other.
        return other.prefix.startswith(one.prefix) or one.prefix.startswith(other.prefix)
    return any(record.id.startswith(one.prefix) for record in other.everything().incidents)


def _are_linked(parts: Iterable[RecordsCatalogue | DatasetCatalogue]) -> bool:
    """Whether the user said of any of their records that it is one event with another."""
    linked = {identifier for pair in read_links().same for identifier in pair}
    return any(
        any(identifier.startswith(one.prefix) and one.has(identifier) for identifier in linked)
        if isinstance(one, DatasetCatalogue)
        else not linked.isdisjoint(one.everything().incidents_by_id)
        for one in parts
    )


def _are_one_sided(held: Sequence[RecordsCatalogue], columns: Sequence[DatasetCatalogue]) -> bool:
    """Whether a record that is in columns does not say that its toll is another's, which does."""
    if not columns:
        return False
    links: dict[str, tuple[str, ...]] = {}
    for one in columns:
        links |= one.links
    for other in held:
        links |= toll_links(other.everything().incidents)
    named = {other for others in links.values() for other in others}
    known = {
        one
        for one in named
        if any(part.has(one) for part in columns) or any(part.incident(one) for part in held)
    }
    return bool(links_lacking(links, known))


def _ids_of(context: Records) -> set[str]:
    """Return the ids of groups, sources and base areas."""
    ids = {one.id for one in context.groups} | {one.id for one in context.sources}
    return ids | {one.id for one in context.base_areas}
