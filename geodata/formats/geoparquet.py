"""GeoParquet 1.1 for analysis: one row a record, with claims and sources nested in it.

Incidents and base areas are told apart by `record_kind`, as in the other formats. The file's
metadata have under `mapview` what the export says of itself, and the groups and sources, as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
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
    record_row,
    record_rows,
    to_json_text,
    to_table,
)
from geodata.geodesy import bounding_box
from geodata.records import BaseArea, Incident, Named, Records

__all__ = ["write_geoparquet", "write_many_geoparquet"]


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
    table = to_table((_nested(row) for row in rows), _COLUMNS, geometry=True)
    extent = _Extent()
    extent.take([row[GEOMETRY] for row in rows if row[GEOMETRY]])
    table = table.replace_schema_metadata(_metadata(extent, about, records))
    with open_atomic_bytes(path) as stream:
        pq.write_table(table, stream, compression="zstd")


def write_many_geoparquet(
    path: str | Path,
    batches: Iterable[Sequence[Incident]],
    context: Records,
    *,
    about: Mapping[str, Any] | None = None,
) -> None:
    """Write the same of incidents of which only a batch is held, a group of rows for each.

    Args:
        path: The file to write.
        batches: The incidents.
        context: The base areas that follow, and all that they may name.
        about: As for `write_geoparquet`.
    """
    named, extent = Named(), _Extent()
    empty = to_table((), _COLUMNS, geometry=True)
    with (
        open_atomic_bytes(path) as stream,
        # Arrow's own schema has the metadata of the beginning, in which its readers look alone.
        pq.ParquetWriter(stream, empty.schema, compression="zstd", store_schema=False) as writer,
    ):
        parts: Iterable[Sequence[Incident | BaseArea]] = chain(batches, [context.base_areas])
        for some in parts:
            named.take(some)
            rows = [record_row(one, context) for one in some]
            extent.take([row[GEOMETRY] for row in rows if row[GEOMETRY]])
            writer.write_table(to_table(map(_nested, rows), _COLUMNS, geometry=True))
        records = context.subset_of(named, incidents=(), base_areas=context.base_areas)
        writer.add_key_value_metadata(_metadata(extent, about, records))


_COLUMNS = {**INCIDENT, **AREA}


def _metadata(extent: _Extent, about: Mapping[str, Any] | None, records: Records) -> dict[str, str]:
    return {
        "geo": to_json_text(extent.described()),
        "mapview": to_json_text({"about": dict(about or {}), **members(records)}),
    }


def _nested(row: Row) -> Row:
    return {**row, "claims": [claim_row(claim) for claim in row["claims"] or ()]}


class _Extent:
    """What the metadata of GeoParquet say of places, gathered while they come by."""

    def __init__(self) -> None:
        self._kinds: set[str] = set()
        self._lons: set[float] = set()
        self._lats: list[float] = []
        self._spans: set[tuple[float, float]] = set()

    def take(self, geometries: Sequence[shapely.Geometry]) -> None:
        """Take some places."""
        for geometry in geometries:
            self._kinds.add(geometry.geom_type)
            for west, south, east, north in (one.bounds for one in shapely.get_parts(geometry)):
                self._lons |= {west, east}
                self._lats = [min((south, *self._lats)), max((north, *self._lats))]
                if west < east:
                    self._spans.add((west, east))

    def described(self) -> dict[str, Any]:
        """Return the metadata; without `crs` they mean longitude and latitude, WGS 84."""
        corners = [(lon, lat) for lon in self._lons for lat in self._lats]
        box = bounding_box(corners, list(self._spans))
        column: dict[str, Any] = {
            "encoding": "WKB",
            "geometry_types": sorted(self._kinds),
            "orientation": "counterclockwise",
        }
        if box is not None:
            column["bbox"] = box
        return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
