"""Features and lines of tables as text, kept in a file beside the records that they were made of.

A feature takes many times as long to make as to copy, so it is made while its record is imported.
What it says rests on its record, on groups and sources around it, and on our own words; the file is
used only where all are the same; where they are not, the first export of all as GeoJSON or
GeoParquet makes it anew.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pydantic

from geodata.errors import FormatError
from geodata.files import Watch, open_atomic_bytes
from geodata.formats.kept.bodies import KeptBody
from geodata.formats.kept.gathering import Gathered
from geodata.records import Group, Records, Source, group_words

__all__ = [
    "SCHEMA",
    "TOLD",
    "FeatureBlock",
    "FeatureWriter",
    "Kept",
    "KeptFeatures",
    "Witness",
    "as_multiple",
    "joined_apart",
]  # fmt: skip

_KEY = b"made of"
_ROWS_FILE = "rows.parquet"
# More is left free on the disk than anything else of ours needs.
_LEFT_FREE = 1 << 30
# The rows that are unpacked at once: a few megabytes.
_ROWS = 2_000
SCHEMA = pa.schema([
    ("id", pa.string()),
    ("is_placed", pa.bool_()),
    ("lons", pa.list_(pa.float64())),
    ("lats", pa.list_(pa.float64())),
    ("values", pa.list_(pa.string())),
    ("sources", pa.list_(pa.string())),
    ("text", pa.large_string()),
    ("line", pa.large_string()),
])  # fmt: skip
# What is made of features for exports to copy; all else says what they name and where they lie.
TOLD = ("text", "line")
_REPEATED = ["values.list.element", "sources.list.element"]
_ABOUT = [name for name in SCHEMA.names if name not in TOLD]
# How a feature with one place begins; there is no quote in an id.
_POINT = (
    r'^(,\n\{"type":"Feature","id":"[^"]*","geometry":\{"type":")Point'
    r'(","coordinates":)(\[[^\]]*\])'
)
_MULTIPOINT = r"\1MultiPoint\2[\3]"


@dataclass(frozen=True)
class Kept:
    """Where features of some records are kept, once all have been made.

    Attributes:
        path: The file, which may not be there yet.
        version: Fingerprint of the records.
        wanted: Gives the ids of those that are asked for; `None` for all.
    """

    path: Path
    version: str
    wanted: Callable[[], frozenset[str] | None]

    def opened(self, context: Records, *told: str) -> KeptFeatures | None:
        """Return the features, if they are there and as they would be made now.

        Args:
            context: The groups and sources that they name.
            told: What of `TOLD` must be there, too; who opens a file for one export makes no more.
        """
        file = self._file(context, told)
        return None if file is None else KeptFeatures(self.path, file, self.wanted())

    def _file(self, context: Records, told: Collection[str] = ()) -> pq.ParquetFile | None:
        try:
            file = pq.ParquetFile(self.path, pre_buffer=False)
        except (OSError, pa.ArrowInvalid):
            return None
        is_so = (file.metadata.metadata or {}).get(_KEY) == _key(self.version, context)
        if not is_so or not set(told) <= set(file.schema_arrow.names):
            file.close()
            return None
        return file

    def _is_there(self, context: Records) -> bool:
        file = self._file(context)
        if file is not None:
            file.close()
        return file is not None

    def body(self, context: Records) -> KeptBody | None:
        """Return where all are kept as rows of a GeoParquet; `None` if not all are asked for.

        Args:
            context: The base areas that follow, and the groups and sources that all name.
        """
        if self.wanted() is not None:
            return None
        has_room = partial(_has_room, self.path.parent)
        areas = Records(base_areas=context.base_areas).version
        key = _key(self.version, context) + f" {areas}".encode()
        return KeptBody(self.path.with_name(_ROWS_FILE), key, has_room)

    @contextmanager
    def keeping(self, context: Records) -> Iterator[FeatureWriter | None]:
        """Give what takes features as they are made, and keeps them in the end.

        It is `None` where not all are asked for, the disk is nearly full, or they were left without
        what is asked. What cannot be kept is not, since it can be made again.

        Args:
            context: The groups and sources that they name.
        """
        if self.wanted() is not None or not _has_room(self.path.parent) or self._is_there(context):
            yield None
            return
        with TemporaryFile(prefix="mapview-") as stream:
            writer = FeatureWriter(stream, self.path.parent)
            try:
                yield writer
            finally:
                is_whole = writer.close(self.version, context)
            if is_whole:
                stream.seek(0)
                with suppress(FormatError), open_atomic_bytes(self.path) as target:
                    shutil.copyfileobj(stream, target)


@dataclass(frozen=True)
class Witness:
    """What features say that does not stand in their records: if it is the same, so are they.

    Attributes:
        groups: What is known of each value of a claim, which may be a group's id.
        sources: What is known of each source, and the id that stands for its family.
        speakers: The words for each who claims responsibility, perhaps for a group of that name.
    """

    groups: Mapping[str, Group | None]
    sources: Mapping[str, tuple[Source | None, str]]
    speakers: Mapping[str, str]

    @classmethod
    def of(
        cls, groups: Iterable[str], sources: Iterable[str], speakers: Iterable[str], known: Records
    ) -> Witness:
        """Return what some records say of those that are named."""
        families = known.families
        return cls(
            {one: known.groups_by_id.get(one) for one in groups},
            {one: (known.sources_by_id.get(one), families.get(one, one)) for one in sources},
            {one: group_words(one, known) for one in speakers},
        )

    def is_so(self, known: Records) -> bool:
        """Whether other records say the same."""
        return self == Witness.of(self.groups, self.sources, self.speakers, known)


class FeatureBlock(NamedTuple):
    """Features of some incidents.

    Attributes:
        rows: A row for each, as the file has them.
        witness: What they rest on beside the incidents.
    """

    rows: pa.Table
    witness: Witness


class FeatureWriter:
    """Writes features while their records come by; nothing is kept of what fails.

    Args:
        target: A file, or its path. It has the columns of the first that are written.
        folder: Where it will be, whose disk must not become full.
    """

    def __init__(self, target: Path | IO[bytes], folder: Path) -> None:
        self._target, self._folder = target, folder
        self._is_whole = True
        self._witnesses: list[Witness] = []
        self._begun: pq.ParquetWriter | None = None

    def _writer(self, schema: pa.Schema = SCHEMA) -> pq.ParquetWriter:
        if self._begun is None:
            self._begun = pq.ParquetWriter(
                self._target,
                schema,
                compression="zstd",
                use_dictionary=_REPEATED,
                write_statistics=False,
            )
        return self._begun

    def add(self, block: FeatureBlock) -> None:
        """Write some behind those before."""
        if not self._is_whole:
            return
        self._witnesses.append(block.witness)
        try:
            self._writer(block.rows.schema).write_table(block.rows, row_group_size=_ROWS)
            self._is_whole = _has_room(self._folder)
        except (OSError, pa.ArrowException):
            self._is_whole = False

    def close(self, version: str, context: Records) -> bool:
        """End the file; return whether it may be kept.

        Args:
            version: Fingerprint of the records.
            context: All groups and sources, as they are in the end.
        """
        try:
            writer = self._writer()
            writer.add_key_value_metadata({_KEY: _key(version, context)})
            writer.close()
        except (OSError, pa.ArrowException):
            return False
        return self._is_whole and all(one.is_so(context) for one in self._witnesses)

    def abandon(self) -> None:
        """End the file where it will not be kept."""
        if self._begun is not None:
            with suppress(OSError, pa.ArrowException):
                self._begun.close()


def _has_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free > _LEFT_FREE
    except OSError:
        return False


def _key(version: str, context: Records) -> bytes:
    named = replace(context, incidents=(), base_areas=())
    return f"{version} {named.version} {_words()}".encode()


@dataclass
class KeptFeatures:
    """The features that are asked for, read a few at a time.

    Attributes:
        path: Their file.
        file: The same, opened.
        wanted: Ids of those that are asked for; `None` for all.
        gathered: What their claims name and where they lie, once they were looked at.
    """

    path: Path
    file: pq.ParquetFile
    wanted: frozenset[str] | None
    gathered: Gathered = field(default_factory=Gathered)
    _chosen: list[tuple[int, Any]] = field(default_factory=list)

    def look(self) -> Iterator[int]:
        """Look which features are asked for and what they name; yield how many were found."""
        self._chosen = []
        for group, rows, mask in self._groups(_ABOUT):
            found = _of_mask(rows, mask)
            self.gathered.take(found)
            if found.num_rows:
                self._chosen.append((group, mask))
            yield found.num_rows

    def tables(self) -> Iterator[pa.Table]:
        """Yield places and text of the features; only after `look`."""
        for group, mask in self._chosen:
            yield _of_mask(self._read(group, ["lons", "lats", "text"]), mask)

    def blocks(self, *, is_multiple: bool) -> Iterator[tuple[bytes, bytes, int]]:
        """Yield text of features that a map shows, and of those that none does, and how many.

        Each has a comma and a line end before it. Only after `look`.

        Args:
            is_multiple: Whether points are told as those of features with several are.
        """
        for group, mask in self._chosen:
            rows = _of_mask(self._read(group, ["is_placed", "text"]), mask)
            texts, is_placed = (rows[one].combine_chunks() for one in ("text", "is_placed"))
            if is_multiple:
                texts = as_multiple(texts)
            yield *joined_apart(texts, is_placed), len(texts)

    def lines(self, count: int, watch: Watch | None = None) -> Iterator[bytes]:
        """Yield the lines of a table, in the order of the records.

        Args:
            count: How many there are.
            watch: Is told how many are done, and may stop it.
        """
        done = 0
        for group, rows, mask in self._groups(["id"]):
            if watch:
                watch(done, count)
            if mask is None or pc.any(mask).as_py():
                lines = _of_mask(self._read(group, ["line"]), mask)["line"]
                yield _joined(lines.combine_chunks())
                done += len(lines)
            del rows
        if watch:
            watch(count, count)

    def _groups(self, columns: Sequence[str]) -> Iterator[tuple[int, pa.Table, Any]]:
        """Yield each group of rows with some of its columns, and which of the rows are asked for.

        All are where there is no mask.
        """
        wanted = None if self.wanted is None else pa.array(sorted(self.wanted), pa.string())
        for group in range(self.file.num_row_groups):
            rows = self._read(group, columns)
            mask = None
            if wanted is not None:
                mask = pc.is_in(rows["id"].combine_chunks(), value_set=wanted)
                mask = None if pc.all(mask).as_py() else mask
            yield group, rows, mask

    def _read(self, group: int, columns: Sequence[str]) -> pa.Table:
        try:
            return self.file.read_row_group(group, columns=columns, use_threads=False)
        except (OSError, pa.ArrowInvalid) as error:
            with suppress(OSError):
                self.path.unlink()
            raise FormatError(
                f"{self.path} must be a readable file, got: {error}; it was removed, and the "
                "next export does without it"
            ) from error


def as_multiple(texts: pa.LargeStringArray) -> pa.LargeStringArray:
    """Return texts of features with points as those with several places are told."""
    return pc.replace_substring_regex(texts, _POINT, _MULTIPOINT, max_replacements=1)


def joined_apart(texts: pa.LargeStringArray, is_placed: pa.BooleanArray) -> tuple[bytes, bytes]:
    """Return texts one behind the other: those of what a map shows, and those of what none does."""
    mask = is_placed.to_numpy(zero_copy_only=False)
    if mask.all():
        return _joined(texts), b""
    ends, letters = _letters(texts)
    changes = [0, *(np.flatnonzero(mask[1:] != mask[:-1]) + 1).tolist(), len(mask)]
    apart: tuple[list[memoryview], list[memoryview]] = [], []
    for first, after in pairwise(changes):
        apart[not mask[first]].append(letters[ends[first] : ends[after]])
    return b"".join(apart[0]), b"".join(apart[1])


def _of_mask(rows: pa.Table, mask: Any) -> pa.Table:
    return rows if mask is None else rows.filter(mask)


def _joined(texts: pa.LargeStringArray) -> bytes:
    """Return texts one behind the other, as they lie in memory."""
    if not len(texts):
        return b""
    ends, letters = _letters(texts)
    return letters[ends[0] : ends[len(texts)]].tobytes()


def _letters(texts: pa.LargeStringArray) -> tuple[Any, memoryview]:
    """Return where each text begins, and where the last ends, in all letters as they lie."""
    _, ends, letters = texts.buffers()
    return np.frombuffer(ends, np.int64)[texts.offset :], memoryview(letters or b"")


@cache
def _words() -> str:
    """Return a fingerprint of what makes features: our own code, and what writes its values."""
    digest = hashlib.sha256(pydantic.VERSION.encode())
    for one in _makers():
        digest.update(one.read_bytes())
    return digest.hexdigest()[:16]


_OTHER_MAKERS = ("columns.py", "csv.py", "geojson.py", "geoparquet.py")


def _makers() -> list[Path]:
    """Return the modules that have a say in what a feature says."""
    formats = Path(__file__).parents[1]
    rooms = ("*.py", "records/*.py", "tongue/*.py", "formats/kept/*.py")
    own = (one for room in rooms for one in formats.parent.glob(room))
    return sorted((*own, *(formats / one for one in _OTHER_MAKERS)))
