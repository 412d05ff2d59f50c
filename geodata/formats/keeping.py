"""Features as text, kept in a file beside the records that they were made of.

A feature takes a hundred times as long to make as to copy. What it says rests on its record, on
groups and sources around it, and on our own words; the file is used only where all are the same.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pydantic

from geodata.errors import FormatError
from geodata.files import open_atomic_bytes
from geodata.records import Incident, Named, Records

__all__ = ["Kept", "KeptFeatures"]

_KEY = b"made of"
# More is left free on the disk than anything else of ours needs.
_LEFT_FREE = 1 << 30
# The rows that are unpacked at once: a few megabytes.
_ROWS = 2_000
_SCHEMA = pa.schema([
    ("id", pa.string()),
    ("is_placed", pa.bool_()),
    ("lons", pa.list_(pa.float64())),
    ("lats", pa.list_(pa.float64())),
    ("values", pa.list_(pa.string())),
    ("sources", pa.list_(pa.string())),
    ("text", pa.large_string()),
])  # fmt: skip
_REPEATED = ["values.list.element", "sources.list.element"]
_ABOUT = [name for name in _SCHEMA.names if name != "text"]
# How a feature with one place begins; there is no quote in an id.
_POINT = (
    r'^(,\n\{"type":"Feature","id":"[^"]*","geometry":\{"type":")Point'
    r'(","coordinates":)(\[[^\]]*\])'
)
_MULTIPOINT = r"\1MultiPoint\2[\3]"

Keep = Callable[[Sequence[Incident], Sequence[str]], None]


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

    def opened(self, context: Records) -> KeptFeatures | None:
        """Return the features, if they are there and as they would be made now.

        Args:
            context: The groups and sources that they name.
        """
        try:
            file = pq.ParquetFile(self.path, pre_buffer=False)
        except (OSError, pa.ArrowInvalid):
            return None
        if (file.schema_arrow.metadata or {}).get(_KEY) != self._key(context):
            file.close()
            return None
        return KeptFeatures(self.path, file, self.wanted())

    @contextmanager
    def keeping(self, context: Records) -> Iterator[Keep | None]:
        """Give what takes incidents with the texts of their features, and keeps them in the end.

        It is `None` where not all are asked for or the disk is nearly full. What cannot be kept is
        not, since it can be made again.

        Args:
            context: The groups and sources that they name.
        """
        if self.wanted() is not None or not self._has_room():
            yield None
            return
        schema = _SCHEMA.with_metadata({_KEY: self._key(context)})
        with TemporaryFile(prefix="mapview-") as stream:
            is_whole = True
            writer = pq.ParquetWriter(
                stream, schema, compression="zstd", use_dictionary=_REPEATED, write_statistics=False
            )

            def keep(incidents: Sequence[Incident], texts: Sequence[str]) -> None:
                nonlocal is_whole
                if is_whole:
                    try:
                        rows = _rows(incidents, texts, schema)
                        # Apart, since those that are on no map come last.
                        for alike in (rows["is_placed"], pc.invert(rows["is_placed"])):
                            writer.write_table(rows.filter(alike), row_group_size=_ROWS)
                        is_whole = self._has_room()
                    except (OSError, pa.ArrowException):
                        is_whole = False

            try:
                yield keep
            finally:
                try:
                    writer.close()
                except (OSError, pa.ArrowException):
                    is_whole = False
            if is_whole:
                stream.seek(0)
                with suppress(FormatError), open_atomic_bytes(self.path) as target:
                    shutil.copyfileobj(stream, target)

    def _has_room(self) -> bool:
        try:
            return shutil.disk_usage(self.path.parent).free > _LEFT_FREE
        except OSError:
            return False

    def _key(self, context: Records) -> bytes:
        named = replace(context, incidents=(), base_areas=())
        return f"{self.version} {named.version} {_words()}".encode()


@dataclass
class KeptFeatures:
    """The features that are asked for, read a few at a time.

    Attributes:
        path: Their file.
        file: The same, opened.
        wanted: Ids of those that are asked for; `None` for all.
        named: What their claims name, once they were looked at.
        lons, lats: Where their places lie, likewise.
    """

    path: Path
    file: pq.ParquetFile
    wanted: frozenset[str] | None
    named: Named = field(default_factory=Named)
    lons: set[float] = field(default_factory=set)
    lats: set[float] = field(default_factory=set)
    _chosen: dict[bool, list[tuple[int, Any]]] = field(default_factory=dict)

    def look(self) -> Iterator[int]:
        """Look which features are asked for and what they name; yield how many were found."""
        wanted = None if self.wanted is None else pa.array(sorted(self.wanted), pa.string())
        self._chosen = {True: [], False: []}
        for group in range(self.file.num_row_groups):
            rows = self._read(group, _ABOUT)
            is_placed = rows["is_placed"].combine_chunks()
            is_wanted = (
                pc.is_valid(is_placed)
                if wanted is None
                else pc.is_in(rows["id"].combine_chunks(), value_set=wanted)
            )
            found = rows.filter(is_wanted)
            for name, kept in (
                ("lons", self.lons), ("lats", self.lats),
                ("values", self.named.values), ("sources", self.named.sources),
            ):  # fmt: skip
                kept.update(pc.unique(pc.list_flatten(found[name])).to_pylist())
            if found.num_rows:
                is_whole = found.num_rows == rows.num_rows
                self._chosen[is_placed[0].as_py()].append((group, None if is_whole else is_wanted))
            yield found.num_rows

    def blocks(self, *, is_placed: bool, is_multiple: bool) -> Iterator[tuple[int, bytes]]:
        """Yield how many features come and their text, each with a comma and a line end before it.

        Args:
            is_placed: Those that a map shows, or those that none does.
            is_multiple: Whether points are told as those of features with several are.
        """
        for group, mask in self._chosen[is_placed]:
            texts = self._read(group, ["text"])["text"].combine_chunks()
            if mask is not None:
                texts = texts.filter(mask)
            if is_multiple:
                texts = pc.replace_substring_regex(texts, _POINT, _MULTIPOINT, max_replacements=1)
            yield len(texts), _joined(texts)

    def _read(self, group: int, columns: Sequence[str]) -> pa.Table:
        try:
            return self.file.read_row_group(group, columns=columns, use_threads=False)
        except (OSError, pa.ArrowInvalid) as error:
            with suppress(OSError):
                self.path.unlink()
            raise FormatError(
                f"{self.path} must be a readable file, got: {error}; it was removed, and is made "
                "anew with the next export of all"
            ) from error


def _joined(texts: pa.LargeStringArray) -> bytes:
    """Return texts one behind the other, as they lie in memory."""
    _, ends, letters = texts.buffers()
    ends = np.frombuffer(ends, np.int64)[texts.offset :]
    return memoryview(letters)[ends[0] : ends[len(texts)]].tobytes()


def _rows(incidents: Sequence[Incident], texts: Sequence[str], schema: pa.Schema) -> pa.Table:
    named = [Named() for _ in incidents]
    for one, incident in zip(named, incidents, strict=True):
        one.take([incident])
    columns: list[Sequence[Any]] = [
        [one.id for one in incidents],
        [one.is_mappable for one in incidents],
        [[lon for lon, _ in one.points] for one in incidents],
        [[lat for _, lat in one.points] for one in incidents],
        [sorted(one.values) for one in named],
        [sorted(one.sources) for one in named],
        [f",\n{one}" for one in texts],
    ]
    return pa.table(list(map(pa.array, columns, schema.types)), schema=schema)


@cache
def _words() -> str:
    """Return a fingerprint of what makes features: our own code, and what writes its values."""
    digest = hashlib.sha256(pydantic.VERSION.encode())
    formats = Path(__file__).parent
    own = (*formats.parent.glob("*.py"), *formats.parent.glob("records/*.py"))
    for one in (*sorted(own), formats / "keeping.py", formats / "geojson.py"):
        digest.update(one.read_bytes())
    return digest.hexdigest()[:16]
