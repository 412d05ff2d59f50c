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
    group_rows,
    record_rows,
    relation_rows,
    source_rows,
    to_table,
)
from geodata.formats.gdal import read_layers, write_layer
from geodata.intake import Intake, field_name
from geodata.records import BASE_AREA, ReadResult, Records

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

_Layer = tuple[str, Iterable[Row], Mapping[str, pa.DataType], str | None]


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
    rows = [_named(row) for row in record_rows(records, watch)]
    layers = [
        *_map_layers(rows, records),
        ("claims", claim_rows(rows, records), RECORD_CLAIM, None),
        ("groups", group_rows(records), GROUP, None),
        ("sources", source_rows(records), SOURCE, None),
        ("relations", relation_rows(records), RELATION, None),
        ("about", about_rows(about), ABOUT, None),
    ]
    if styles:
        there = {name: styles[name] for name, *_ in layers if name in styles}
        layers.append(("layer_styles", _style_rows(there), _STYLE, None))
    with writing(path) as temporary, _settled():
        _write_layers(temporary, path, layers)
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
        _write_layers(temporary, path, [_shape_layer(*one) for one in layers.items()])


def _shape_layer(name: str, shapes: Sequence[tuple[str, shapely.Geometry]]) -> _Layer:
    rows = [{"kind": kind, GEOMETRY: shape} for kind, shape in shapes]
    return name, rows, {"kind": pa.string()}, shapes[0][1].geom_type


def _write_layers(temporary: Path, target: str | Path, layers: Iterable[_Layer]) -> None:
    for name, found, columns, geometry_type in layers:
        kept = {column: kind for column, kind in columns.items() if column != "claims"}
        is_first = not temporary.exists()
        write_layer(
            temporary,
            name,
            to_table(found, kept, geometry=geometry_type is not None, flat=True),
            target=target,
            driver="GPKG",
            geometry=(GEOMETRY, geometry_type) if geometry_type else None,
            append=not is_first,
            layer_options={"DESCRIPTION": _DESCRIPTIONS.get(name, "")},
            **(_FILE if is_first else {}),
        )


def _map_layers(rows: Sequence[Row], records: Records) -> list[_Layer]:
    """Return what maps show, each layer with geometry of one type, and what they do not."""
    by_id = {one.id: one for one in records.placed_first}
    placed = [row for row in rows if by_id[row["id"]].is_mappable]
    incidents = [_many(row, MultiPoint) for row in placed if row["record_kind"] != BASE_AREA]
    areas = [row for row in placed if row["record_kind"] == BASE_AREA]
    points = [row for row in areas if row[GEOMETRY].geom_type == "Point"]
    outlines = [_many(row, MultiPolygon) for row in areas if row[GEOMETRY].geom_type != "Point"]
    found = ((row, footprint(by_id[row["id"]])) for row in placed)
    prints = [{**row, "form": one.form, GEOMETRY: one.shape} for row, one in found if one]
    others = [_unplaced(row) for row in rows if not by_id[row["id"]].is_mappable]
    ours: list[_Layer] = [
        ("incidents", incidents, _with_name(INCIDENT), "MultiPoint"),
        ("base_areas", points, _with_name(AREA), "Point"),
        ("base_area_outlines", outlines, _with_name(AREA), "MultiPolygon"),
        ("footprints", prints, _with_name(_FOOTPRINT), "MultiPolygon"),
        ("not_placed", others, _with_name({**INCIDENT, **AREA, GEOMETRY: pa.string()}), None),
    ]
    # Hardly any record has one, and a program that opens a file shows all of its layers.
    return [one for one in ours if one[0] != "base_area_outlines" or outlines]


def _with_name(columns: Mapping[str, pa.DataType]) -> Mapping[str, pa.DataType]:
    return {"id": columns["id"], _NAME: pa.string(), **columns}


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
