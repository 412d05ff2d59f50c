"""FlatGeobuf for maps on the web: one layer of all records, claims and lists as JSON text.

The format has no dates without a time of day, so days are text.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from geodata.files import Watch, open_atomic_bytes
from geodata.formats.columns import (
    AREA,
    GEOMETRY,
    INCIDENT,
    Row,
    about_rows,
    record_rows,
    to_table,
)
from geodata.formats.gdal import write_layer
from geodata.records import Records

__all__ = ["write_flatgeobuf"]

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

    Args: as `write_geoparquet`. What the file says of itself is in the metadata of its header.
    """
    rows = [_plain(row) for row in record_rows(records, watch)]
    # GDAL's index has no place for a record without one, and would leave it out.
    is_indexed = bool(rows) and all(row[GEOMETRY] for row in rows)
    # On a full disk GDAL ends this format without an error, so the disk is left to Python.
    content = io.BytesIO()
    write_layer(
        content,
        "records",
        to_table(rows, _COLUMNS, geometry=True, flat=True),
        target=path,
        driver="FlatGeobuf",
        geometry=(GEOMETRY, "Unknown"),
        layer_options={"SPATIAL_INDEX": "YES" if is_indexed else "NO"},
        layer_metadata=_metadata(about),
    )
    with open_atomic_bytes(path) as stream:
        stream.write(content.getbuffer())


def _plain(row: Row) -> Row:
    days = {name: row[name].isoformat() for name in _DAYS if row[name]}
    return {**row, **days}


def _metadata(about: Mapping[str, Any] | None) -> dict[str, str] | None:
    texts: dict[str, str] = {}
    for row in about_rows(about):
        name, value = row["name"], row["value"]
        texts[name] = f"{texts[name]}\n{value}" if name in texts else value
    return texts or None
