"""GeoPackage for QGIS and other GIS: incidents and base areas as layers, the rest as tables.

`claims.record_id` is the `id` of an incident, a base area or a group; `position` keeps the order.
Lists are JSON text. The table `about` says what the export says of itself.

Reading knows a table by its columns, since GIS programs name layers as they like, and takes what it
finds: of a copy of one layer its records.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
from shapely import MultiPoint, get_coordinates
from shapely.geometry import mapping

from geodata.errors import FormatError
from geodata.files import Watch, writing
from geodata.formats.columns import (
    ABOUT,
    AREA,
    CLAIM,
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
from geodata.formats.gdal import read_layers, write_layer
from geodata.intake import Intake, field_name
from geodata.records import BASE_AREA, ReadResult, Records

__all__ = ["read_geopackage", "write_geopackage"]

# Layers are dated by when they were written, which would make every file another; and a file that
# only appears when complete need not be safe at every step. GDAL takes both from settings of the
# whole process, so files are written one after the other.
_SETTINGS = {"OGR_CURRENT_DATE": "1980-01-01T00:00:00.000Z", "OGR_SQLITE_SYNCHRONOUS": "OFF"}
_SETTING = threading.Lock()

# What tells a table of ours from others.
_TABLES: Mapping[str, frozenset[str]] = {
    "claims": frozenset({"record_id", "about", "source"}),
    "relations": frozenset({"id", "subject", "object"}),
    "sources": frozenset({"id", "title", "derived_from"}),
    "groups": frozenset({"id", "name", "aliases"}),
    "incidents": frozenset({"id", "event_date"}),
    "base_areas": frozenset({"id", "last_cited"}),
    "about": frozenset({"name", "value"}),
}
_OF_RECORDS = ("incidents", "base_areas")
_OWNERS = {"group": "groups", "relation": "relations"}

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


def read_geopackage(path: str | Path) -> ReadResult:
    """Read a GeoPackage that `write_geopackage` wrote, or a copy of it.

    Raises:
        FormatError: If the file cannot be read.
    """
    intake = Intake(Path(path).name)
    tables: dict[str, list[Row]] = defaultdict(list)
    for layer, found in read_layers(path, signature=b"SQLite format 3\0"):
        rows = [{field_name(name): value for name, value in row.items()} for row in found]
        fields = set(rows[0]) if rows else set()
        kind = next((one for one, needed in _TABLES.items() if needed <= fields), "")
        if rows and not kind:
            message = f"a layer must be of records, got {len(rows):,} rows of others; left out"
            intake.note(layer, message)
        tables[kind] += rows
    claims = _claims_by_owner(tables["claims"])
    for kind in _OF_RECORDS:
        for number, row in enumerate(tables[kind], start=1):
            intake.take(_feature_of(row, claims), f"{kind} row {number}")
    for kind in ("groups", "sources", "relations"):
        intake.take_members(kind, [_with_claims(row, kind, claims) for row in tables[kind]])
    return intake.result()


_Claims = Mapping[tuple[str, str], Sequence[Row]]


def _claims_by_owner(rows: Iterable[Row]) -> _Claims:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: one.get("position") or 0):
        owner = _OWNERS.get(row.get("record_kind") or "", "records")
        found[owner, row["record_id"]].append(_claim(row))
    return found


def _claim(row: Row) -> Row:
    """Return a claim as the GeoJSON export has it; a number is one again."""
    claim = {name: row.get(name) for name in CLAIM if name != "number"}
    number, text = row.get("number"), str(row.get("value"))
    if number is not None:
        claim["value"] = int(text) if text.lstrip("-").isdigit() else number
    return claim


def _with_claims(row: Row, kind: str, claims: _Claims) -> Row:
    said = claims.get((kind, row["id"]))
    plain = {name: value for name, value in row.items() if name != GEOMETRY}
    return {**plain, "claims": said} if said else plain


def _feature_of(row: Row, claims: _Claims) -> dict[str, Any]:
    geometry = row.get(GEOMETRY)
    return {
        "geometry": mapping(geometry) if geometry is not None and not geometry.is_empty else None,
        "properties": _with_claims(row, "records", claims),
    }
