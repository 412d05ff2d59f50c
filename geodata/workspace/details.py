"""The incidents of a dataset by id, each read from its columns when it is asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, groupby
from threading import Lock

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import ValidationError

from geodata.errors import FormatError
from geodata.queries import Catalogue, RecordsCatalogue
from geodata.records import Incident, Records
from geodata.workspace.folder import DATABASE, DETAILS, IDS, INCIDENTS, LAYOUT, Dataset

__all__ = ["DatasetCatalogue", "has_columns"]

_BATCH = 2_000
# Where a greater share is asked for, all are read and those kept that are wanted.
_SHARE_SOUGHT = 8
# So many stay in memory once they were read; they need a hundred megabytes.
_MOST_HELD = 5_000


def has_columns(dataset: Dataset) -> bool:
    """Whether a dataset is opened from its columns; an older one is read record by record."""
    files = (DETAILS, IDS, INCIDENTS, DATABASE)
    is_whole = all(dataset.file(name).is_file() for name in files)
    return is_whole and dataset.manifest().layout == LAYOUT


class DatasetCatalogue(Catalogue):
    """A dataset in columns as a catalogue, for any number of threads.

    What is replaced on disk goes on being read as it was.

    Args:
        dataset: The dataset.
        context: Its groups, sources and base areas.

    Attributes:
        dataset: The dataset.
        prefix: Begins the ids of its incidents; empty where these came with the file.

    Raises:
        FormatError: If its files cannot be read.
    """

    def __init__(self, dataset: Dataset, context: Records) -> None:
        manifest = dataset.manifest()
        super().__init__(context, version=manifest.version)
        self.dataset = dataset
        self.prefix = manifest.prefix
        self._file = _opened(dataset, DETAILS)
        self._ids_file = _opened(dataset, IDS)
        self._reading = Lock()
        metadata = self._file.metadata
        sizes = (metadata.row_group(one).num_rows for one in range(metadata.num_row_groups))
        # Where each group of rows begins, and where the last one ends.
        self._starts: list[int] = list(accumulate(sizes, initial=0))

    def check_current(self) -> None:
        """See that the dataset is still the one that was opened.

        Raises:
            FormatError: If another has been put in its place.
        """
        if self.dataset.manifest().version != self.version:
            raise FormatError(
                f"{self.dataset.name} must be the dataset that was opened, got another in its "
                "place; put it on the map again"
            )

    @property
    def count(self) -> int:
        """How many incidents there are."""
        return self._starts[-1]

    @cached_property
    def _held(self) -> RecordsCatalogue | None:
        """All incidents, where these are few."""
        return RecordsCatalogue(self._whole()) if self.count <= _MOST_HELD else None

    @cached_property
    def _index(self) -> tuple[pa.Array, pa.Array]:
        """The ids in order, and the row of each."""
        with self._reading:
            table = self._ids_file.read()
        return table["id"].combine_chunks(), table["row"].combine_chunks()

    def _row(self, identifier: str) -> int | None:
        if not identifier.startswith(self.prefix):
            return None
        ids, rows = self._index
        place = bisect_left(ids, identifier, key=lambda one: one.as_py())
        if place == len(ids) or ids[place].as_py() != identifier:
            return None
        row: int = rows[place].as_py()
        return row

    def _group_of(self, row: int) -> int:
        after: int = bisect_right(self._starts, row)
        return after - 1

    def _group(self, group: int, columns: Sequence[str] = ("id", "record")) -> pa.Table:
        with self._reading:
            return self._file.read_row_group(group, columns=columns, use_threads=False)

    def _at(self, rows: Iterable[int]) -> Iterator[Incident]:
        """Yield the incidents in some rows, which must be in order."""
        for group, some in groupby(rows, self._group_of):
            texts = self._group(group, ["record"])["record"]
            yield from (self._made(texts[row - self._starts[group]].as_py()) for row in some)

    def _made(self, text: str) -> Incident:
        try:
            return Incident.model_validate_json(text)
        except ValidationError as error:
            name = self.dataset.file(DETAILS)
            raise FormatError(f"{name} must hold valid records, got: {error}") from error

    def incident(self, identifier: str) -> Incident | None:
        """Return an incident by id."""
        if "_held" in vars(self) and self._held:
            return self._held.incident(identifier)
        row = self._row(identifier)
        return None if row is None else next(self._at([row]))

    def incidents(self, identifiers: Collection[str]) -> tuple[Incident, ...]:
        """Return the incidents that have one of the ids, in the order of the file."""
        if self._held:
            return self._held.incidents(identifiers)
        return tuple(one for batch in self.batches(identifiers) for one in batch)

    def batches(self, identifiers: Collection[str] | None = None) -> Iterator[tuple[Incident, ...]]:
        """Yield the same incidents, or all there are, some thousand at a time."""
        if identifiers is not None and len(identifiers) * _SHARE_SOUGHT < self.count:
            found = (self._row(one) for one in identifiers)
            made = self._at(sorted(row for row in found if row is not None))
        else:
            made = self._all(None if identifiers is None else frozenset(identifiers))
        batch: list[Incident] = []
        for one in made:
            batch.append(one)
            if len(batch) == _BATCH:
                yield tuple(batch)
                batch = []
        if batch:
            yield tuple(batch)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the id of each incident and what it is as JSON, as it stands in the file."""
        for group in range(len(self._starts) - 1):
            table = self._group(group)
            yield from zip(table["id"].to_pylist(), table["record"].to_pylist(), strict=True)

    def _all(self, wanted: frozenset[str] | None) -> Iterator[Incident]:
        for identifier, text in self.texts():
            if wanted is None or identifier in wanted:
                yield self._made(text)

    def everything(self) -> Records:
        """Return the whole record, which may need much memory."""
        return self._held.everything() if self._held else self._whole()

    def _whole(self) -> Records:
        context = self.context
        return Records(
            tuple(self._all(None)),
            context.base_areas,
            context.groups,
            context.sources,
            context.relations,
        )


def _opened(dataset: Dataset, name: str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(dataset.file(name), memory_map=True)
    except (OSError, pa.ArrowInvalid) as error:
        raise FormatError(f"{dataset.file(name)} must be a readable file, got: {error}") from error
