"""GeoPackage for QGIS and other GIS: incidents and base areas as layers, the rest as tables.

What no map can show is in `not_placed`, so that no layer holds more than it draws, and `footprints`
has the areas that points stand for. `claims.record_id` is the `id` of an incident, a base area or a
group; `position` keeps the order. Lists are JSON text. The table `about` says what the export says
of itself, and `layer_styles` how QGIS draws it.

Reading knows a table by its columns, since GIS programs name layers as they like, and takes what it
finds: of a copy of one layer its records.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import shapely
from shapely import MultiPoint, MultiPolygon, from_wkt, get_parts, to_wkt
from shapely.geometry import mapping

from geodata.errors import FormatError
from geodata.files import Watch, writing
from geodata.footprints import footprint
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
    each_record,
    group_rows,
    record_row,
    relation_rows,
    source_rows,
    to_table,
)
from geodata.formats.gdal import WaitingRows, read_layers, write_layer
from geodata.intake import Intake, field_name
from geodata.records import BaseArea, Incident, ReadResult, Records

__all__ = ["read_geopackage", "write_geopackage", "write_shapes"]

# Layers are dated by when they were written, which would make every file another; and a file that
# only appears when complete need not be safe at every step. GDAL takes both from settings of the
# whole process, so files are written one after the other.
_DAY_ZERO = datetime(1980, 1, 1)
_SETTINGS = {"OGR_CURRENT_DATE": f"{_DAY_ZERO.isoformat()}.000Z", "OGR_SQLITE_SYNCHRONOUS": "OFF"}
_SETTING = threading.Lock()

# GDAL before 3.7, as Debian 12 has it, warns of anything newer.
_FILE = {"dataset_options": {"VERSION": "1.3"}}
_DESCRIPTIONS = {
    "incidents": "Events with a known place; how exactly it is known, footprints show.",
    "base_areas": "Where groups were based, as points; footprints show the areas.",
    "base_area_outlines": "Where groups were based, as far as a source gives an outline.",
    "footprints": (
        "The ring or province in which a point of the other layers lies somewhere; where form is "
        "assumed, the source does not say how exact its point is, and the ring bounds nothing."
    ),
    "not_placed": "Records that no map can show: their place is unknown or a whole country, "
    "or they are campaigns and counts over many places.",
    "claims": "Who says what, in which source and where in it; record_id names the record.",
    "groups": "Groups, states and forces that claims name.",
    "sources": "Documents that claims were read in, and those that these cite.",
    "relations": "How groups stood to each other, and who led them.",
    "about": "What this file is, what was left out or changed in it, and whom to credit.",
    "layer_styles": "How QGIS draws the layers.",
}
# Comes first of all names, and so QGIS calls a record by it.
_NAME = "record_name"
_FOOTPRINT: Mapping[str, pa.DataType] = {
    **{
        name: INCIDENT[name]
        for name in ("id", "record_kind", "event_types", "type_of_source", "symbol")
    },
    "form": pa.string(),
    **{name: AREA[name] for name in ("group", "group_name", "geo_precision", "radius_km")},
    **{name: AREA[name] for name in ("place", "admin1", "country", "date_start", "date_end")},
}
_STYLE: Mapping[str, pa.DataType] = {
    **dict.fromkeys(("f_table_catalog", "f_table_schema", "f_table_name"), pa.string()),
    **dict.fromkeys(("f_geometry_column", "styleName", "styleQML", "styleSLD"), pa.string()),
    "useAsDefault": pa.bool_(),
    **dict.fromkeys(("description", "owner", "ui"), pa.string()),
    "update_time": pa.timestamp("ms"),
}

# What tells a table of ours from others.
_TABLES: Mapping[str, frozenset[str]] = {
    "claims": frozenset({"record_id", "about", "source"}),
    "relations": frozenset({"id", "subject", "object"}),
    "sources": frozenset({"id", "title", "derived_from"}),
    "groups": frozenset({"id", "name", "aliases"}),
    "not_placed": frozenset({"id", "event_date", "last_cited"}),
    "incidents": frozenset({"id", "event_date"}),
    "base_areas": frozenset({"id", "last_cited"}),
    "about": frozenset({"name", "value"}),
    "footprints": frozenset({"id", "form", "symbol"}),
    "layer_styles": frozenset({"f_table_name", "styleqml"}),
}
_OF_RECORDS = ("incidents", "base_areas", "not_placed")
_OWNERS = {"group": "groups", "relation": "relations"}

_Columns = Mapping[str, pa.DataType]
_OUTLINES = "base_area_outlines"


def write_geopackage(
    path: str | Path,
    records: Records,
    *,
    about: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
    styles: Mapping[str, str] | None = None,
) -> None:
    """Write records as a GeoPackage; the file appears only when complete.

    Args:
        path: The file to write.
        records: What to write.
        about: What the file says of itself, such as the filter and the data version.
        watch: Is told how many records are done.
        styles: How QGIS draws a layer, as QML by the layer's name.
    """
    with writing(path) as temporary:
        layers = {
            name: WaitingRows(temporary.with_name(f"{name}.rows"), partial(_table, columns, kind))
            for name, (columns, kind) in _LAYERS.items()
        }
        for record in each_record(records, watch):
            row = _named(record_row(record, records))
            for name, found in _layer_rows(row, record):
                layers[name].add(found)
        rest = {
            "claims": claim_rows((), records),
            "groups": group_rows(records),
            "sources": source_rows(records),
            "relations": relation_rows(records),
            "about": about_rows(about),
        }
        for name, rows in rest.items():
            for one in rows:
                layers[name].add(one)
        # Hardly any record has one, and a program that opens a file shows all of its layers.
        there = {name: one for name, one in layers.items() if one.count or name != _OUTLINES}
        total = len(records.incidents) + len(records.base_areas)
        # All were told; what comes may still be stopped.
        tick = partial(watch, total, total) if watch else lambda: None
        with _settled():
            for name, waiting in there.items():
                with waiting.read(tick) as found:
                    _write_layer(temporary, path, name, found, _LAYERS[name][1])
            if styles:
                drawn = _style_rows({name: styles[name] for name in there if name in styles})
                _write_layer(temporary, path, "layer_styles", _table(_STYLE, None, drawn), None)
            _add_index(temporary, path)


def write_shapes(
    path: str | Path, layers: Mapping[str, Sequence[tuple[str, shapely.Geometry]]]
) -> None:
    """Write shapes that are no records, such as the ground of a map; it appears only when complete.

    Args:
        path: The file to write.
        layers: By name, shapes of one type that has many parts, each with what kind it is of.
    """
    with writing(path) as temporary, _settled():
        for name, shapes in layers.items():
            rows = [{"kind": kind, GEOMETRY: shape} for kind, shape in shapes]
            form = shapes[0][1].geom_type
            _write_layer(temporary, path, name, _table({"kind": pa.string()}, form, rows), form)


def _table(columns: _Columns, kind: str | None, rows: Iterable[Row]) -> pa.Table:
    """Return rows of a layer; `kind` is the type of its geometries, if it has any."""
    kept = {column: one for column, one in columns.items() if column != "claims"}
    return to_table(rows, kept, geometry=kind is not None, flat=True)


def _write_layer(
    temporary: Path,
    target: str | Path,
    name: str,
    rows: pa.Table | pa.RecordBatchReader,
    kind: str | None,
) -> None:
    is_first = not temporary.exists()
    write_layer(
        temporary,
        name,
        rows,
        target=target,
        driver="GPKG",
        geometry=(GEOMETRY, kind) if kind else None,
        append=not is_first,
        layer_options={"DESCRIPTION": _DESCRIPTIONS.get(name, "")},
        **(_FILE if is_first else {}),
    )


def _layer_rows(row: Row, record: Incident | BaseArea) -> Iterator[tuple[str, Row]]:
    """Yield what layers have of a record: what maps show is in those of its type of geometry."""
    if not record.is_mappable:
        yield "not_placed", _unplaced(row)
    elif isinstance(record, Incident):
        yield "incidents", _many(row, MultiPoint)
    elif row[GEOMETRY].geom_type == "Point":
        yield "base_areas", row
    else:
        yield _OUTLINES, _many(row, MultiPolygon)
    if found := footprint(record):
        yield "footprints", {**row, "form": found.form, GEOMETRY: found.shape}
    for claim in claim_rows([row], Records()):
        yield "claims", claim


def _with_name(columns: Mapping[str, pa.DataType]) -> Mapping[str, pa.DataType]:
    return {"id": columns["id"], _NAME: pa.string(), **columns}


_LAYERS: Mapping[str, tuple[_Columns, str | None]] = {
    "incidents": (_with_name(INCIDENT), "MultiPoint"),
    "base_areas": (_with_name(AREA), "Point"),
    _OUTLINES: (_with_name(AREA), "MultiPolygon"),
    "footprints": (_with_name(_FOOTPRINT), "MultiPolygon"),
    "not_placed": (_with_name({**INCIDENT, **AREA, GEOMETRY: pa.string()}), None),
    "claims": (RECORD_CLAIM, None),
    "groups": (GROUP, None),
    "sources": (SOURCE, None),
    "relations": (RELATION, None),
    "about": (ABOUT, None),
}


def _named(row: Row) -> Row:
    """Return a row with a name, and with ids of its sources, which have a table of their own."""
    names = [name for name in ("sources", "cited_sources") if row[name]]
    where = (row.get("group_name"), row["place"] or row["admin1"])
    return {
        **row,
        **{name: [one["id"] for one in row[name]] for name in names},
        _NAME: row.get("title") or ": ".join(part for part in where if part),
    }


def _many(row: Row, kind: type[MultiPoint] | type[MultiPolygon]) -> Row:
    return {**row, GEOMETRY: kind(get_parts(row[GEOMETRY]).tolist())}


def _unplaced(row: Row) -> Row:
    """Return a row whose place, such as the middle of a country, is text that no map draws."""
    place = row[GEOMETRY]
    return {**row, GEOMETRY: to_wkt(place, rounding_precision=-1) if place is not None else None}


def _style_rows(styles: Mapping[str, str]) -> Iterator[Row]:
    for layer, style in styles.items():
        yield {
            **dict.fromkeys(_STYLE, ""),
            "f_table_name": layer,
            "f_geometry_column": "geom",
            "styleName": layer,
            "styleQML": style,
            "useAsDefault": True,
            "update_time": _DAY_ZERO,
        }


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
    if isinstance(geometry, str):  # Of a place that no map draws.
        geometry = from_wkt(geometry, on_invalid="ignore")
    if isinstance(geometry, MultiPolygon) and len(geometry.geoms) == 1:
        geometry = geometry.geoms[0]  # All of a layer are of one type.
    return {
        "geometry": mapping(geometry) if geometry is not None and not geometry.is_empty else None,
        "properties": _with_claims(row, "records", claims),
    }
