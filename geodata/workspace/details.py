"""The incidents of a dataset by id, each read from its columns when it is asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, groupby
from pathlib import Path
from threading import Lock

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import ValidationError

from geodata.errors import FormatError
from geodata.queries import StoredCatalogue
from geodata.records import Incident, Records, toll_links
from geodata.workspace.folder import DATABASE, DETAILS, FEATURES, IDS, INCIDENTS, LAYOUT, Dataset

__all__ = ["DatasetCatalogue", "has_columns"]

# So many groups of rows are sought through at once: some megabytes.
_GROUPS_SOUGHT = 64
_SHARES = "shares_toll"


def has_columns(dataset: Dataset) -> bool:
    """Whether a dataset is opened from its columns; an older one is read record by record."""
    files = (DETAILS, IDS, INCIDENTS, DATABASE)
    is_whole = all(dataset.file(name).is_file() for name in files)
    return is_whole and dataset.manifest().layout == LAYOUT


class DatasetCatalogue(StoredCatalogue):
    """A dataset in columns as a catalogue.

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
    def kept_at(self) -> Path:
        """The file that what was made of all incidents may be kept in; it goes with the dataset."""
        return self.dataset.file(FEATURES)

    @property
    def count(self) -> int:
        """How many incidents there are."""
        return self._starts[-1]

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

    def has(self, identifier: str) -> bool:
        """Whether it has an incident of that id."""
        return self._row(identifier) is not None

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

    def _sought(self, identifiers: Collection[str]) -> Iterator[Incident]:
        found = (self._row(one) for one in identifiers)
        yield from self._at(sorted(row for row in found if row is not None))

    @cached_property
    def links(self) -> Mapping[str, tuple[str, ...]]:
        """Whom each incident says to share its toll with, of those that say it."""
        with _opened(self.dataset, INCIDENTS) as rows:
            sharing = [one for group in range(rows.num_row_groups) for one in _sharing(rows, group)]
        return toll_links(self._sought(frozenset(sharing)))

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the id of each incident and what it is as JSON, as it stands in the file."""
        for group in range(len(self._starts) - 1):
            table = self._group(group)
            yield from zip(table["id"].to_pylist(), table["record"].to_pylist(), strict=True)

    def upstream(self, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield ids and what the import kept of their rows; records without the name stay JSON."""
        groups = range(len(self._starts) - 1)
        for at in range(0, len(groups), _GROUPS_SOUGHT):
            with self._reading:
                texts = self._file.read_row_groups(
                    groups[at : at + _GROUPS_SOUGHT], ["record"], use_threads=False
                )["record"]
            has_name = pc.match_substring(texts, name, ignore_case=True)
            for one in map(self._made, texts.filter(has_name).to_pylist()):
                yield one.id, one.upstream

    def _all(self, wanted: frozenset[str] | None) -> Iterator[Incident]:
        for identifier, text in self.texts():
            if wanted is None or identifier in wanted:
                yield self._made(text)


def _sharing(rows: pq.ParquetFile, group: int) -> list[str]:
    """Return the ids in a group of rows that share a toll; what is noted of most says: none."""
    noted = rows.metadata.row_group(group).column(rows.schema.names.index(_SHARES)).statistics
    if noted is not None and noted.has_min_max and not noted.max:
        return []
    table = rows.read_row_group(group, columns=["id", _SHARES], use_threads=False)
    found: list[str] = table["id"].filter(table[_SHARES]).to_pylist()
    return found


def _opened(dataset: Dataset, name: str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(dataset.file(name), memory_map=True)
    except (OSError, pa.ArrowInvalid) as error:
        raise FormatError(f"{dataset.file(name)} must be a readable file, got: {error}") from error
