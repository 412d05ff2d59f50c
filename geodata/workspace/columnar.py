"""Incidents in columns, written while they come by: what answers questions, and whole records.

`incidents.parquet` (GeoParquet) has a row for each incident and place, in the columns of
`geodata.queries`, sorted along a space-filling curve; `incidents.duckdb` has the same rows, to be
opened without reading them. `details.parquet` has each record as JSON, in the order in which they
were read, and `ids.parquet` says in which row of it an id stands. `features.parquet` has each as it
goes out, for exports.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geodata.errors import FormatError
from geodata.formats.kept import TOLD, FeatureBlock, FeatureWriter, feature_block
from geodata.queries import SCHEMA, morton_codes, to_rows
from geodata.records import BASE_AREA, BaseArea, Group, Incident, Records, Relation, Source
from geodata.workspace.folder import (
    DATABASE,
    DETAILS,
    FEATURES,
    IDS,
    INCIDENTS,
    LAYOUT,
    MANIFEST,
    Dataset,
    Manifest,
    now,
)

__all__ = [
    "ROWS_A_GROUP", "ColumnWriter", "Columns", "Written", "in_columns", "write_columns",
    "write_database", "write_dataset", "write_ids",
]  # fmt: skip

_UNSORTED = "unsorted.parquet"
# Few in a group, so that little is unpacked for one; 64 make the list of groups twice as long and
# a page of 100 no faster, 512 make it a third slower.
ROWS_A_GROUP = 128
_DATABASE_MEMORY = "512MB"
# So many rows are sorted at once, in a file for each such part, of which a process may have some
# hundreds open; 50,000 took 60 MB more. DuckDB ran out of 512 MB where it sorted a million rows.
_ROWS_SORTED = 30_000
# So many are parted at once, so that few of a part are not written alone.
_ROWS_PARTED = 20_000
_PLACE = "place in the order"
_DETAIL = pa.schema([("id", pa.string()), ("record", pa.string())])
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}
_WKB = np.dtype([("order", "u1"), ("type", "<u4"), ("lon", "<f8"), ("lat", "<f8")])
_WKB_POINT = 1


class Columns(NamedTuple):
    """Some records in columns.

    Attributes:
        details: The id of each incident, and what it is as JSON.
        rows: What answers questions, a row for each incident and place.
        areas: The base areas.
        features: The incidents as features; `None` where they are made later.
    """

    details: pa.Table
    rows: pa.Table
    areas: tuple[BaseArea, ...]
    features: FeatureBlock | None


def in_columns(
    records: Sequence[Incident | BaseArea],
    context: Records,
    asked: Collection[str] | None = None,
    told: Collection[str] | None = TOLD,
) -> Columns:
    """Return some records in columns.

    Args:
        records: Incidents and base areas, in order.
        context: Has at least the groups and sources that they name.
        asked: Columns of rows, as `to_rows` takes them.
        told: What is made of features, as `feature_block` takes it; no features where `None`.
    """
    incidents = [one for one in records if isinstance(one, Incident)]
    ids = pa.array([one.id for one in incidents], pa.string())
    texts = [one.model_dump_json(exclude_defaults=True) for one in incidents]
    details = pa.table([ids, pa.array(texts, pa.string())], schema=_DETAIL)
    rows = to_rows(incidents, context, asked)
    codes = pa.array(morton_codes(rows["x"], rows["y"]))
    rows = rows.append_column("curve", codes).append_column("geometry", _points(rows))
    areas = tuple(one for one in records if isinstance(one, BaseArea))
    features = None if told is None else feature_block(incidents, context, told)
    return Columns(details, rows, areas, features)


@dataclass
class _Features:
    """A FeatureCollection that is written one feature after the other."""

    stream: IO[str]
    count: int = field(default=0)

    def __post_init__(self) -> None:
        self.stream.write('{"type": "FeatureCollection", "features": [')

    def add(self, feature: Mapping[str, Any]) -> None:
        self.stream.write(",\n" if self.count else "\n")
        self.stream.write(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
        self.count += 1

    def end(self) -> None:
        self.stream.write("\n]}\n")


@dataclass(frozen=True)
class Written:
    """What was written of records; as in `Manifest`.

    Attributes:
        version: Fingerprint of all of them.
        incidents: How many incidents there are.
        prefix: Begins the ids of all incidents; empty where they came with ids of their own.
    """

    version: str
    incidents: int
    prefix: str


class ColumnWriter:
    """Writes incidents into the folder of a dataset, so many at once that memory stays small.

    Args:
        folder: Where to.
        is_sorted: Whether rows are sorted along the curve, which makes views of a map sooner and
            nothing else.

    Attributes:
        count: How many incidents were written.
    """

    def __init__(self, folder: Path, *, is_sorted: bool = True) -> None:
        self._folder, self._is_sorted = folder, is_sorted
        self._ids: list[pa.Array] = []
        self._details = pq.ParquetWriter(
            folder / DETAILS, _DETAIL, compression="zstd", use_dictionary=False
        )
        extra = [("curve", pa.uint64()), ("geometry", pa.binary())]
        self._unsorted = pq.ParquetWriter(folder / _UNSORTED, pa.schema([*SCHEMA, *extra]))
        self._features, self._has_features = FeatureWriter(folder / FEATURES, folder), True
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what can only be written of all; nothing of the kind on an error."""
        self._details.close()
        self._unsorted.close()
        if kind is None:
            write_ids(self._folder, pa.chunked_array(self._ids, pa.string()))
            if self._is_sorted:
                _sort(self._folder / _UNSORTED, self._folder / INCIDENTS)
            else:
                (self._folder / _UNSORTED).rename(self._folder / INCIDENTS)
            # Else DuckDB takes its memory beside what sorting has left.
            pa.default_memory_pool().release_unused()
            write_database(self._folder)
        else:
            self._features.abandon()
            (self._folder / FEATURES).unlink(missing_ok=True)
        (self._folder / _UNSORTED).unlink(missing_ok=True)

    def add(self, columns: Columns) -> None:
        """Write some incidents behind those before."""
        if columns.details.num_rows:
            self.count += columns.details.num_rows
            self._ids += columns.details["id"].chunks
            self._details.write_table(columns.details, row_group_size=ROWS_A_GROUP)
            self._unsorted.write_table(columns.rows)
            if columns.features is None:
                self._has_features = False
            else:
                self._features.add(columns.features)

    def keep(self, version: str, context: Records) -> None:
        """Keep the features, or leave none; to be called once all else is written.

        Args:
            version: Fingerprint of all that was written.
            context: All groups and sources, as they are in the end.
        """
        if not (self._features.close(version, context) and self._has_features):
            (self._folder / FEATURES).unlink(missing_ok=True)


def write_dataset(
    folder: Path,
    name: str,
    blocks: Iterator[Columns],
    context: Callable[[], Records],
    *,
    is_sorted: bool = True,
) -> Dataset:
    """Write records that are in columns as a dataset of no workspace.

    Args:
        folder: Of the dataset, which is there and empty.
        name: What it is called.
        blocks: The records.
        context: Gives the groups, sources and relations, once all records came.
        is_sorted: As for `ColumnWriter`.

    Raises:
        FormatError: If the folder cannot be written.
    """
    try:
        written = write_columns(folder, blocks, context, name, is_sorted=is_sorted)
        manifest = Manifest(
            name=name, layout=LAYOUT, since=now().isoformat(timespec="seconds"), **vars(written)
        )
        (folder / MANIFEST).write_text(manifest.to_text(), encoding="utf-8")
    except (OSError, duckdb.Error) as error:
        raise FormatError(f"{folder} must be writable, got: {error}") from error
    return Dataset(folder)


def write_columns(
    folder: Path,
    blocks: Iterator[Columns],
    context: Callable[[], Records],
    dataset: str,
    *,
    is_sorted: bool = True,
) -> Written:
    """Write the records of a dataset, block by block.

    Args: as for `write_dataset`; `dataset` is its name.
    """
    prefix = f"{dataset}:"
    digest = hashlib.sha256()
    area_texts: list[str] = []
    with (
        ColumnWriter(folder, is_sorted=is_sorted) as incidents,
        (folder / "base_areas.geojson").open("w", encoding="utf-8", newline="") as stream,
    ):
        areas = _Features(stream)
        for block in blocks:
            incidents.add(block)
            if not pc.all(pc.starts_with(block.details["id"], prefix)).as_py():
                prefix = ""
            for texts in block.details["record"].chunks:
                digest.update(_as_lines(texts))
            for area in block.areas:
                areas.add(_feature(area))
                area_texts.append(area.model_dump_json(exclude_defaults=True))
        areas.end()
    found = context()
    lists: dict[str, Sequence[Group | Source | Relation]] = {
        "groups": found.groups, "sources": found.sources, "relations": found.relations,
    }  # fmt: skip
    for name, members in lists.items():
        if members or name != "relations":
            _write_list(folder / f"{name}.json", members)
    others = (one.model_dump_json(exclude_defaults=True) for some in lists.values() for one in some)
    for text in (*area_texts, *others):
        digest.update(f"{text}\n".encode())
    version = digest.hexdigest()[:12]
    incidents.keep(version, found)
    return Written(version, incidents.count, prefix)


def _as_lines(texts: pa.StringArray) -> memoryview:
    """Return texts as UTF-8 with a line end behind each, without a Python object for each."""
    none, end = (pa.scalar(one, pa.large_string()) for one in ("", "\n"))
    lines = pc.binary_join_element_wise(texts.cast(pa.large_string()), none, end)
    _, offsets, data = lines.buffers()
    first, last = (memoryview(offsets).cast("q")[lines.offset + at] for at in (0, len(lines)))
    return memoryview(data or b"")[first:last]


def _write_list(path: Path, members: Iterable[Group | Source | Relation]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("[")
        for index, one in enumerate(members):
            stream.write(",\n" if index else "\n")
            kept = one.model_dump(mode="json", exclude_defaults=True)
            stream.write(json.dumps(kept, ensure_ascii=False))
        stream.write("\n]\n")


def _feature(area: BaseArea) -> dict[str, Any]:
    """Return a base area as our own files have it, with nothing that is derived."""
    kept = area.model_dump(mode="json", exclude_defaults=True)
    identifier, geometry = kept.pop("id"), kept.pop("geometry", None)
    properties = {"record_kind": BASE_AREA, **kept}
    return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": properties}


def _points(rows: pa.Table) -> pa.Array:
    """Return the places of rows as well-known binary."""
    places = np.zeros(rows.num_rows, dtype=_WKB)
    places["order"], places["type"] = 1, _WKB_POINT
    for name in ("lon", "lat"):
        places[name] = rows[name].fill_null(0).to_numpy()
    binary = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(_WKB.itemsize), len(places), [None, pa.py_buffer(places.tobytes())]
    ).cast(pa.binary())
    return pc.if_else(rows["lon"].is_valid(), binary, pa.scalar(None, pa.binary()))


def write_ids(folder: Path, ids: pa.ChunkedArray) -> None:
    """Write in which row of the details each id stands."""
    order = pc.sort_indices(ids)
    table = pa.table({"id": ids.take(order), "row": order.cast(pa.int64())})
    pq.write_table(table, folder / IDS, compression="zstd", use_dictionary=False)


def _sort(unsorted: Path, target: Path) -> None:
    """Write rows in the order of the curve.

    Only what they are sorted by is in memory at once. Each row goes into the file of a part of that
    order, and the parts, each sorted in memory, stand behind one another in the end.
    """
    # Else all that was read of the file would stay in memory.
    source = pq.ParquetFile(unsorted, pre_buffer=False)
    order = pc.sort_indices(
        source.read(["curve", "id", "is_first"]),
        sort_keys=[("curve", "ascending"), ("id", "ascending"), ("is_first", "descending")],
    ).to_numpy()
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    schema = pa.schema([one for one in source.schema_arrow if one.name != "curve"])
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(dir=target.parent)))
        parts = _parted(source, places, folder, schema)
        geo = {"geo": json.dumps(_GEO)}
        written = stack.enter_context(
            pq.ParquetWriter(target, schema.with_metadata(geo), compression="zstd")
        )
        for part in parts:
            rows = pq.read_table(part, pre_buffer=False)
            some = rows.take(pc.sort_indices(rows[_PLACE])).drop_columns([_PLACE])
            written.write_table(some, row_group_size=_ROWS_SORTED)
            part.unlink()


def _parted(
    source: pq.ParquetFile, places: np.ndarray[Any, Any], folder: Path, schema: pa.Schema
) -> list[Path]:
    """Write rows into a file for each part of their order, with their places in it."""
    count = -(-len(places) // _ROWS_SORTED)
    parts = [folder / f"{number}.parquet" for number in range(count)]
    schema = schema.append(pa.field(_PLACE, pa.int64()))
    with ExitStack() as stack:
        writers = [stack.enter_context(pq.ParquetWriter(one, schema)) for one in parts]
        at = 0
        for batch in source.iter_batches(_ROWS_PARTED, columns=schema.names[:-1]):
            mine = places[at : at + len(batch)]
            at += len(batch)
            rows = pa.table([*batch.columns, pa.array(mine)], schema=schema)
            for part in np.unique(mine // _ROWS_SORTED):
                writers[part].write_table(rows.filter(mine // _ROWS_SORTED == part))
    return parts


def write_database(folder: Path) -> None:
    """Write the rows of a dataset once more, as a table that is opened without being read."""
    columns = ", ".join(SCHEMA.names)
    with _connection() as connection:
        connection.execute(f"attach {_quoted(folder / DATABASE)} as made")
        connection.execute(
            f"create table made.incidents as select {columns} "  # noqa: S608 - all our own
            f"from read_parquet({_quoted(folder / INCIDENTS)})"
        )
        connection.execute("detach made")


def _connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute(f"set memory_limit = '{_DATABASE_MEMORY}'")
    # It would stand among what a command prints, JSON perhaps.
    connection.execute("set enable_progress_bar = false")
    return connection


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
