"""Records as rows of typed columns, for the formats that keep types.

A row has the properties of the GeoJSON export. What is not stated is `None`; so is a first or last
possible day that is open. `to_table` makes rows into an Arrow table, with lists and claims nested
or, where a format has neither, as JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

import pyarrow as pa
import shapely
from shapely.geometry import shape

from geodata.files import Watch, watched
from geodata.records import (
    PARTY_COLUMNS,
    BaseArea,
    Group,
    Incident,
    Records,
    Relation,
    Source,
    to_area_feature,
    to_feature,
    validity,
)

__all__ = [
    "ABOUT",
    "AREA",
    "CLAIM",
    "GEOMETRY",
    "GROUP",
    "INCIDENT",
    "RECORD_CLAIM",
    "RELATION",
    "SOURCE",
    "Row",
    "about_label",
    "about_rows",
    "claim_row",
    "claim_rows",
    "each_record",
    "group_rows",
    "members",
    "record_row",
    "record_rows",
    "relation_rows",
    "source_rows",
    "to_json_text",
    "to_table",
]

Row = dict[str, Any]
Columns = Mapping[str, pa.DataType]

GEOMETRY = "geometry"

_TEXT, _WHOLE, _REAL, _DAY = pa.string(), pa.int64(), pa.float64(), pa.date32()
_LIST = pa.list_(_TEXT)
# Beyond this a whole number is no longer itself as a float.
_MOST_EXACT = 2**53

CLAIM: Columns = {
    "about": _TEXT,
    "value": _TEXT,
    # The value once more where it is a number, to reckon with.
    "number": _REAL,
    "qualifier": _TEXT,
    "stance": _TEXT,
    "role": _TEXT,
    "by": _TEXT,
    "source": _TEXT,
    "locator": _TEXT,
    "cites": _LIST,
    "part": _TEXT,
    "as_of": _TEXT,
    "topic": _TEXT,
    "caveat": _TEXT,
    "note": _TEXT,
}
_SOURCE_ENTRY = ("id", "title", "author", "publisher", "date", "url", "licence")
_EVIDENCE: Columns = {
    "claims": pa.list_(pa.struct(CLAIM.items())),
    "sources": pa.list_(pa.struct([(name, _TEXT) for name in _SOURCE_ENTRY])),
    "cited_sources": pa.list_(pa.struct([(name, _TEXT) for name in _SOURCE_ENTRY])),
}

INCIDENT: Columns = {
    "id": _TEXT,
    "record_kind": _TEXT,
    "title": _TEXT,
    "event_date": _TEXT,
    "date_start": _DAY,
    "date_end": _DAY,
    "time_precision": _TEXT,
    "event_types": _LIST,
    "type_of_source": _TEXT,
    "symbol": _TEXT,
    "status": _TEXT,
    "attribution": _TEXT,
    "attribution_text": _TEXT,
    **{name: _LIST for names in PARTY_COLUMNS.values() for name in names},
    "fatalities_low": _WHOLE,
    "fatalities_high": _WHOLE,
    "fatalities_best": _WHOLE,
    "fatalities_text": _TEXT,
    "injured_low": _WHOLE,
    "injured_high": _WHOLE,
    "injured_best": _WHOLE,
    "injured_text": _TEXT,
    "casualties_low": _WHOLE,
    "casualties_high": _WHOLE,
    "casualties_best": _WHOLE,
    "casualties_text": _TEXT,
    "casualties_combined": _LIST,
    "shares_toll_beyond": pa.bool_(),
    "place": _TEXT,
    "admin2": _TEXT,
    "admin1": _TEXT,
    "admin1_code": _TEXT,
    "country": _TEXT,
    "other_countries": _LIST,
    "geo_precision": _TEXT,
    "radius_km": _REAL,
    "geo_basis": _TEXT,
    "target": _TEXT,
    "means": _TEXT,
    "summary": _TEXT,
    "related": _LIST,
    "upstream": _TEXT,
    **_EVIDENCE,
}

AREA: Columns = {
    "id": _TEXT,
    "record_kind": _TEXT,
    "symbol": _TEXT,
    "group": _TEXT,
    "group_name": _TEXT,
    "level": _TEXT,
    "kind": _TEXT,
    "status": _TEXT,
    "valid_from": _TEXT,
    "valid_to": _TEXT,
    "last_cited": _TEXT,
    "date_start": _DAY,
    "date_end": _DAY,
    "place": _TEXT,
    "admin1": _TEXT,
    "admin1_code": _TEXT,
    "country": _TEXT,
    "geo_precision": _TEXT,
    "radius_km": _REAL,
    "geo_basis": _TEXT,
    "note": _TEXT,
    "upstream": _TEXT,
    **_EVIDENCE,
}


def _columns_of(model: type[Group] | type[Source] | type[Relation]) -> Columns:
    """Return the columns of a model without claims; new fields of it come along."""
    fields = model.model_fields.items()
    return {name: _type_of(field.default) for name, field in fields if name != "claims"}


def _type_of(default: object) -> pa.DataType:
    if isinstance(default, bool):
        return pa.bool_()
    return _LIST if default == () else _TEXT


GROUP: Columns = _columns_of(Group)
SOURCE: Columns = _columns_of(Source)
RELATION: Columns = _columns_of(Relation)
RECORD_CLAIM: Columns = {"record_id": _TEXT, "record_kind": _TEXT, "position": _WHOLE, **CLAIM}
ABOUT: Columns = {"name": _TEXT, "value": _TEXT}


def record_rows(records: Records, watch: Watch | None = None) -> Iterator[Row]:
    """Yield a row for each incident and then for each base area; see `record_row`.

    Args:
        records: What to give as rows.
        watch: Is told how many records are done.
    """
    return (record_row(one, records) for one in each_record(records, watch))


def each_record(records: Records, watch: Watch | None = None) -> Iterator[Incident | BaseArea]:
    """Yield each incident and then each base area.

    Args:
        records: The set, whose incidents may be read while they come by.
        watch: Is told how many records are done.
    """
    total = len(records.incidents) + len(records.base_areas)
    return watched(chain(records.incidents, records.base_areas), total, watch)


def record_row(record: Incident | BaseArea, records: Records) -> Row:
    """Return a record as a row.

    `geometry` is a shapely geometry or `None`; `claims` are those of the GeoJSON export.

    Args:
        record: The record.
        records: The set it belongs to; gives names of groups and titles of sources.
    """
    if isinstance(record, Incident):
        span = record.span
        feature, days = to_feature(record, records), (span.known_start, span.known_end)
    else:
        feature, days = to_area_feature(record, records), _area_days(record, records)
    properties = feature["properties"]
    upstream = properties.get("upstream")
    row = {
        "id": feature["id"],
        **properties,
        "date_start": days[0],
        "date_end": days[1],
        "upstream": to_json_text(upstream) if upstream else None,
        GEOMETRY: shape(feature["geometry"]) if feature["geometry"] else None,
    }
    return {name: _or_none(value) for name, value in row.items()}


def _area_days(area: BaseArea, records: Records) -> tuple[date | None, date | None]:
    possible = validity(area, records).possible
    return (possible.first, possible.known_last) if possible else (None, None)


def _or_none(value: Any) -> Any:
    return None if isinstance(value, str | list | tuple) and not value else value


def claim_row(claim: Mapping[str, Any]) -> Row:
    """Return a claim of a record's row in the columns of `CLAIM`.

    Example:
        >>> row = claim_row({"about": "fatalities", "value": 94, "source": "book"})
        >>> row["value"], row["number"], row["note"]
        ('94', 94.0, None)
    """
    value = claim.get("value")
    row = {name: _or_none(claim.get(name)) for name in CLAIM}
    row["value"] = None if value is None else str(value)
    if isinstance(value, int | float) and abs(value) <= _MOST_EXACT:
        row["number"] = float(value)
    return row


def claim_rows(rows: Iterable[Row], records: Records) -> Iterator[Row]:
    """Yield each claim of records, groups and relations, with the record's id and its own place.

    Args:
        rows: From `record_rows`.
        records: The set that they are of.
    """
    for row in rows:
        yield from _numbered(row["claims"] or (), row["id"], row["record_kind"])
    named: list[Group | Relation] = [*records.groups, *records.relations]
    for one in named:
        claims = one.model_dump(mode="json", include={"claims"})["claims"]
        yield from _numbered(claims, one.id, "group" if isinstance(one, Group) else "relation")


def _numbered(claims: Iterable[Mapping[str, Any]], identifier: str, kind: str) -> Iterator[Row]:
    for position, claim in enumerate(claims, start=1):
        yield {
            "record_id": identifier,
            "record_kind": kind,
            "position": position,
            **claim_row(claim),
        }


def group_rows(records: Records) -> Iterator[Row]:
    """Yield a row for each group."""
    return _dumped(records.groups)


def source_rows(records: Records) -> Iterator[Row]:
    """Yield a row for each source."""
    return _dumped(records.sources)


def relation_rows(records: Records) -> Iterator[Row]:
    """Yield a row for each relation between groups, and for each term of a leader."""
    return _dumped(records.relations)


def _dumped(members: Iterable[Group | Source | Relation]) -> Iterator[Row]:
    for member in members:
        fields = member.model_dump(mode="json", exclude={"claims"})
        yield {name: _or_none(value) for name, value in fields.items()}


def about_rows(about: Mapping[str, Any] | None) -> Iterator[Row]:
    """Yield what an export says of itself, one row a fact; a list gives several.

    Example:
        >>> list(about_rows({"incidents": 2, "changes": ["One.", "Two."]}))[1:]
        [{'name': 'changes', 'value': 'One.'}, {'name': 'changes', 'value': 'Two.'}]
    """
    for name, value in (about or {}).items():
        for one in value if isinstance(value, list | tuple) else (value,):
            yield {"name": name, "value": to_json_text(one) if isinstance(one, dict) else str(one)}


def about_label(name: str) -> str:
    """Return the name of such a fact as a heading.

    Example:
        >>> about_label("data_version")
        'Data version'
    """
    return name.replace("_", " ").capitalize()


def members(records: Records) -> dict[str, list[Row]]:
    """Return groups, sources and relations as the GeoJSON export has them, each in its place."""
    return {
        name: [one.model_dump(mode="json", exclude_defaults=True) for one in getattr(records, name)]
        for name in ("groups", "sources", "relations")
    }


def to_json_text(value: Any) -> str:
    """Return a value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def to_table(
    rows: Iterable[Row], columns: Columns, *, geometry: bool = False, flat: bool = False
) -> pa.Table:
    """Return rows as an Arrow table.

    Args:
        rows: Rows of one kind; what is not among the columns is left out.
        columns: Names and types.
        geometry: Whether a column `geometry` follows, as well-known binary.
        flat: Whether lists become JSON text and no text has U+0000, which ends text for GDAL.
    """
    columns = {**columns, GEOMETRY: pa.binary()} if geometry else columns
    fields = [_field(name, kind, flat=flat) for name, kind in columns.items()]
    schema = pa.schema(fields)
    picked = [{name: _cell(row.get(name), flat=flat) for name in columns} for row in rows]
    return pa.Table.from_pylist(picked, schema=schema)


def _field(name: str, kind: pa.DataType, *, flat: bool) -> pa.Field:
    # Not called JSON: QGIS (3.22) saves no layer with such a column as another file.
    return pa.field(name, _TEXT if flat and pa.types.is_nested(kind) else kind)


def _cell(value: Any, *, flat: bool) -> Any:
    if isinstance(value, shapely.Geometry):
        return shapely.to_wkb(value)
    if flat and isinstance(value, list):
        return to_json_text(value)
    return value.replace("\0", "\ufffd") if flat and isinstance(value, str) else value
