"""GeoPackage for QGIS and other GIS: incidents and base areas as layers, the rest as tables.

`claims.record_id` is the `id` of an incident, a base area or a group; `position` keeps the order.
Lists are JSON text. The table `about` says what the export says of itself.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
from shapely import MultiPoint, get_coordinates

from geodata.errors import FormatError
from geodata.files import Watch, writing
from geodata.formats.columns import (
    ABOUT,
    AREA,
    GEOMETRY,
    GROUP,
    INCIDENT,
    RECORD_CLAIM,
    RELATION,
    SOURCE,
    Row,
    about_rows,
    claim_rows,
    group_rows,
    record_rows,
    relation_rows,
    source_rows,
    to_table,
)
from geodata.formats.gdal import write_layer
from geodata.records import BASE_AREA, Records

__all__ = ["write_geopackage"]

# Layers are dated by when they were written, which would make every file another; and a file that
# only appears when complete need not be safe at every step. GDAL takes both from settings of the
# whole process, so files are written one after the other.
_SETTINGS = {"OGR_CURRENT_DATE": "1980-01-01T00:00:00.000Z", "OGR_SQLITE_SYNCHRONOUS": "OFF"}
_SETTING = threading.Lock()

_Layer = tuple[str, Iterable[Row], Mapping[str, pa.DataType], str | None]


def write_geopackage(
    path: str | Path,
    records: Records,
    *,
    about: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
) -> None:
    """Write records as a GeoPackage; the file appears only when complete.

    Args: as `write_geoparquet`.
    """
    rows = [_with_ids(row) for row in record_rows(records, watch)]
    incidents = [_many_placed(row) for row in rows if row["record_kind"] != BASE_AREA]
    areas = [row for row in rows if row["record_kind"] == BASE_AREA]
    layers: list[_Layer] = [
        ("incidents", incidents, INCIDENT, "MultiPoint"),
        ("base_areas", areas, AREA, "Unknown"),
        ("claims", claim_rows(rows, records), RECORD_CLAIM, None),
        ("groups", group_rows(records), GROUP, None),
        ("sources", source_rows(records), SOURCE, None),
        ("relations", relation_rows(records), RELATION, None),
        ("about", about_rows(about), ABOUT, None),
    ]
    with writing(path) as temporary, _settled():
        for name, found, columns, geometry_type in layers:
            kept = {column: kind for column, kind in columns.items() if column != "claims"}
            write_layer(
                temporary,
                name,
                to_table(found, kept, geometry=geometry_type is not None, flat=True),
                target=path,
                driver="GPKG",
                geometry=(GEOMETRY, geometry_type) if geometry_type else None,
                append=temporary.exists(),
            )
        _add_index(temporary, path)


def _with_ids(row: Row) -> Row:
    """Return a row that names its sources by id, as they have a table of their own."""
    names = [name for name in ("sources", "cited_sources") if row[name]]
    return {**row, **{name: [one["id"] for one in row[name]] for name in names}}


def _many_placed(row: Row) -> Row:
    geometry = row[GEOMETRY]
    return {**row, GEOMETRY: MultiPoint(get_coordinates(geometry)) if geometry else None}


@contextmanager
def _settled() -> Iterator[None]:
    import pyogrio

    with _SETTING:
        before = {name: pyogrio.get_gdal_config_option(name) for name in _SETTINGS}
        pyogrio.set_gdal_config_options(_SETTINGS)
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options(before)


def _add_index(path: Path, target: str | Path) -> None:
    """Make claims quick to find by their record."""
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("create index claims_by_record on claims (record_id)")
    except sqlite3.Error as error:
        raise FormatError(f"{target} must be writable, got: {error}") from error
