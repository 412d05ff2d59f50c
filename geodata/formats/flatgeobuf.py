"""FlatGeobuf for maps on the web: one layer of all records, claims and lists as JSON text.

What has a place comes first and all points are of one type, which the header names. The format has
no dates without a time of day, so days are text. The metadata of its header have what the export
says of itself, and under `mapview` groups, sources and relations as JSON, if these are below 4 MiB.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from errno import ENOSPC
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
from shapely import MultiPoint

from geodata.files import Watch, writing
from geodata.formats.columns import (
    AREA,
    GEOMETRY,
    INCIDENT,
    Row,
    about_rows,
    each_record,
    members,
    record_row,
    to_json_text,
    to_table,
)
from geodata.formats.gdal import WaitingRows, write_layer
from geodata.records import Records, place_rank

__all__ = ["write_flatgeobuf"]

# What reads the format takes no header of more than 10 MiB, in which much is escaped.
_MOST_NAMED = 4 << 20
# A file begins with eight letters, and each of its parts with its length.
_MAGIC, _LENGTH = b"fgb\x03fgb\x01", 4
_BRANCHES, _BYTES_A_NODE = 16, 40
# With a point, with an outline, without a place.
_RANKS = 3
_DAYS = ("date_start", "date_end")
_COLUMNS = {**INCIDENT, **AREA, **dict.fromkeys(_DAYS, pa.string())}


def write_flatgeobuf(
    path: str | Path,
    records: Records,
    *,
    about: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
) -> None:
    """Write records as FlatGeobuf; the file appears only when complete.

    Args: as `write_geoparquet`.
    """
    kind = _geometry_type(records)
    schema = _table(()).schema
    with writing(path) as temporary, ExitStack() as stack:
        parts = [WaitingRows(temporary.with_name(f"{rank}.rows"), _table) for rank in range(_RANKS)]
        is_placed, total = True, len(records.incidents) + len(records.base_areas)
        for record in each_record(records, watch):
            row = _plain(record_row(record, records), kind)
            is_placed &= row[GEOMETRY] is not None
            parts[place_rank(record)].add(row)
        # GDAL's index has no place for a record without one, and would leave it out.
        is_indexed = is_placed and total > 0
        # All were told; what comes may still be stopped.
        tick = partial(watch, total, total) if watch else lambda: None
        batches = chain(*(stack.enter_context(one.read(tick)) for one in parts))
        # GDAL takes a name without this ending for a folder of layers.
        layer = temporary.with_name("records.fgb")
        write_layer(
            layer,
            "records",
            pa.RecordBatchReader.from_batches(schema, batches),
            target=path,
            driver="FlatGeobuf",
            geometry=(GEOMETRY, kind),
            layer_options={"SPATIAL_INDEX": "YES" if is_indexed else "NO"},
            layer_metadata={**_metadata(about), **_named(records)} or None,
        )
        _check_whole(layer, total, is_indexed=is_indexed)
        layer.replace(temporary)


def _table(rows: Iterable[Row]) -> pa.Table:
    return to_table(rows, _COLUMNS, geometry=True, flat=True)


def _check_whole(path: Path, count: int, *, is_indexed: bool) -> None:
    """See that all features are in a file: on a full disk GDAL ends this format without an error.

    Raises:
        OSError: If they are not.
    """
    with path.open("rb") as stream:
        end = stream.seek(0, os.SEEK_END)
        at = len(_MAGIC)
        left = count
        if end >= at + _LENGTH:
            stream.seek(at)
            at += _LENGTH + int.from_bytes(stream.read(_LENGTH), "little")
            at += _index_size(count) if is_indexed else 0
        while left and at + _LENGTH <= end:
            stream.seek(at)
            at += _LENGTH + int.from_bytes(stream.read(_LENGTH), "little")
            left -= 1
    if left or at != end:
        raise OSError(ENOSPC, os.strerror(ENOSPC))


def _index_size(count: int) -> int:
    """Return how many bytes GDAL's index of so many features has: a tree of boxes."""
    nodes = level = count
    while level > 1:
        level = -(-level // _BRANCHES)
        nodes += level
    return nodes * _BYTES_A_NODE if count > 1 else 2 * _BYTES_A_NODE


def _geometry_type(records: Records) -> str:
    """Return the one type of all places; there is none where a base area has an outline."""
    if any(one.geometry and one.geometry["type"] != "Point" for one in records.base_areas):
        return "Unknown"
    return "MultiPoint" if any(len(one.points) > 1 for one in records.incidents) else "Point"


def _plain(row: Row, kind: str) -> Row:
    days = {name: row[name].isoformat() for name in _DAYS if row[name]}
    place = row[GEOMETRY]
    if kind != "Point" and place is not None and place.geom_type == "Point":
        place = MultiPoint([place])
    return {**row, **days, GEOMETRY: place}


def _metadata(about: Mapping[str, Any] | None) -> dict[str, str]:
    texts: dict[str, str] = {}
    for row in about_rows(about):
        name, value = row["name"], row["value"]
        texts[name] = f"{texts[name]}\n{value}" if name in texts else value
    return texts


def _named(records: Records) -> dict[str, str]:
    """Return groups, sources and relations as JSON, if there is room for them in a header."""
    found = members(records)
    text = to_json_text(found) if any(found.values()) else ""
    return {"mapview": text} if text and len(text.encode()) <= _MOST_NAMED else {}
