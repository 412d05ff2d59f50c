"""GeoParquet 1.1 for analysis: one row a record, with claims and sources nested in it.

Incidents and base areas are told apart by `record_kind`, as in the other formats. The file's
metadata have under `mapview` what the export says of itself, and the groups and sources, as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import shapely

from geodata.files import Watch, open_atomic_bytes
from geodata.formats.columns import (
    AREA,
    GEOMETRY,
    INCIDENT,
    Row,
    claim_row,
    members,
    record_rows,
    to_json_text,
    to_table,
)
from geodata.geodesy import bounding_box
from geodata.records import Records

__all__ = ["write_geoparquet"]


def write_geoparquet(
    path: str | Path,
    records: Records,
    *,
    about: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
) -> None:
    """Write records as GeoParquet; the file appears only when complete.

    Args:
        path: The file to write.
        records: What to write.
        about: What the file says of itself, such as the filter and the data version.
        watch: Is told how many records are done.
    """
    rows = list(record_rows(records, watch))
    table = to_table((_nested(row) for row in rows), {**INCIDENT, **AREA}, geometry=True)
    metadata = {
        "geo": to_json_text(_geo([row[GEOMETRY] for row in rows if row[GEOMETRY]])),
        "mapview": to_json_text({"about": dict(about or {}), **members(records)}),
    }
    with open_atomic_bytes(path) as stream:
        pq.write_table(table.replace_schema_metadata(metadata), stream, compression="zstd")


def _nested(row: Row) -> Row:
    return {**row, "claims": [claim_row(claim) for claim in row["claims"] or ()]}


def _geo(geometries: Sequence[shapely.Geometry]) -> dict[str, Any]:
    """Return the metadata of GeoParquet; without `crs` it means longitude and latitude, WGS 84."""
    parts = [part.bounds for geometry in geometries for part in shapely.get_parts(geometry)]
    corners = [corner for box in parts for corner in (box[:2], box[2:])]
    box = bounding_box(corners, [(west, east) for west, _, east, _ in parts if west < east])
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted({geometry.geom_type for geometry in geometries}),
        "orientation": "counterclockwise",
    }
    if box is not None:
        column["bbox"] = box
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
