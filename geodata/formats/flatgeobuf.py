"""FlatGeobuf for maps on the web: one layer of all records, claims and lists as JSON text.

What has a place comes first and all points are of one type, which the header names. The format has
no dates without a time of day, so days are text. The metadata of its header have what the export
says of itself, and under `mapview` groups, sources and relations as JSON, if these are below 4 MiB.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from shapely import MultiPoint

from geodata.files import Watch, open_atomic_bytes
from geodata.formats.columns import (
    AREA,
    GEOMETRY,
    INCIDENT,
    Row,
    about_rows,
    members,
    placed_first_rows,
    to_json_text,
    to_table,
)
from geodata.formats.gdal import write_layer
from geodata.records import Records

__all__ = ["write_flatgeobuf"]

# What reads the format takes no header of more than 10 MiB, in which much is escaped.
_MOST_NAMED = 4 << 20
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
    rows = [_plain(row, kind) for row in placed_first_rows(records, watch)]
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
        geometry=(GEOMETRY, kind),
        layer_options={"SPATIAL_INDEX": "YES" if is_indexed else "NO"},
        layer_metadata={**_metadata(about), **_named(records)} or None,
    )
    with open_atomic_bytes(path) as stream:
        stream.write(content.getbuffer())


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
