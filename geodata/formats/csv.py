"""CSV for spreadsheets: one row a record, UTF-8 with a byte-order mark, cells made harmless.

Columns that people read (tolls, who says what) stand beside `claims`, the same claims as JSON text,
from which reading restores the record. A text cell that a spreadsheet could take for a formula
gets an apostrophe in front, and so does a part that is a cell where `;`, a tab or a bar separates;
reading takes them off again.

Ids, every field of a record and all claims come back. A table has no place for lists of groups,
sources and relations: claims name them by id, and `claims_text` and `sources_text` say in words
what people need of them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from geodata.errors import FormatError, told
from geodata.files import open_atomic, read_bytes
from geodata.formulas import guard, unguard
from geodata.intake import LEGACY, Intake, decode_table, field_name, read_table
from geodata.records import (
    PARTY_COLUMNS,
    BaseArea,
    Incident,
    ReadResult,
    Records,
    describe_claim,
    to_area_feature,
    to_feature,
)

__all__ = ["COLUMNS", "many_to_csv", "parse_csv", "read_csv", "to_rows", "write_csv"]

COLUMNS = (
    "id",
    "record_kind",
    "title",
    "event_date",
    "date_start",
    "date_end",
    "time_precision",
    "event_types",
    "type_of_source",
    "symbol",
    "status",
    "attribution",
    "attribution_text",
    *(name for names in PARTY_COLUMNS.values() for name in names),
    "fatalities_low",
    "fatalities_high",
    "fatalities_best",
    "fatalities_text",
    "injured_low",
    "injured_high",
    "injured_best",
    "injured_text",
    "casualties_low",
    "casualties_high",
    "casualties_best",
    "casualties_text",
    "casualties_combined",
    "place",
    "admin2",
    "admin1",
    "admin1_code",
    "country",
    "other_countries",
    "lon",
    "lat",
    "geo_precision",
    "radius_km",
    "geo_basis",
    "target",
    "means",
    "summary",
    "group",
    "group_name",
    "level",
    "kind",
    "valid_from",
    "valid_to",
    "last_cited",
    "note",
    "related",
    "claims_text",
    "sources_text",
    "geometry",
    "claims",
    "upstream",
)

_PARTIES = tuple(one for names in PARTY_COLUMNS.values() for one in names)
_LISTS = (
    *_PARTIES,
    "event_types",
    "casualties_combined",
    "other_countries",
    "related",
)
_JSON = ("geometry", "claims", "upstream")
# What a column of places is called by QGIS, GDAL, PostGIS and geopandas.
_GEOMETRIES = frozenset({"geometry", "geom", "the_geom", "wkb_geometry", "wkt", "wkt_geom"})
_ESCAPED_IN_JSON = {ord(one): f"\\u{ord(one):04x}" for one in ";|"}


def to_rows(records: Records) -> Iterator[list[str]]:
    """Yield the header and one row for each record."""
    return _rows(records.incidents, records)


def _rows(incidents: Iterable[Incident], records: Records) -> Iterator[list[str]]:
    yield list(COLUMNS)
    for incident in incidents:
        yield _row(to_feature(incident, records), incident, records)
    for area in records.base_areas:
        yield _row(to_area_feature(area, records), area, records)


def _row(feature: Mapping[str, Any], record: Incident | BaseArea, records: Records) -> list[str]:
    properties = feature["properties"]
    lon, lat = _position(record)
    values = {
        **properties,
        "id": feature["id"],
        "lon": lon,
        "lat": lat,
        "geometry": feature["geometry"],
        "claims_text": "; ".join(describe_claim(claim, records) for claim in record.claims),
        "sources_text": "; ".join(_source_text(one, records) for one in record.sources),
    }
    return [_cell(name, values.get(name)) for name in COLUMNS]


def _position(record: Incident | BaseArea) -> tuple[Any, Any]:
    if isinstance(record, Incident):
        return record.points[0] if record.points else ("", "")
    geometry = record.geometry
    if geometry and geometry["type"] == "Point":
        lon, lat = geometry["coordinates"][:2]
        return lon, lat
    return "", ""


def _cell(name: str, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if name in _JSON:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return text.translate(_ESCAPED_IN_JSON)
    if name in _LISTS:
        return guard("; ".join(value))
    return str(value) if isinstance(value, int | float) else guard(str(value))


def _source_text(identifier: str, records: Records) -> str:
    source = records.sources_by_id.get(identifier)
    if source is None:
        return identifier
    parts = (source.author, source.title, source.publisher, source.date, source.url)
    return ", ".join(part for part in parts if part)


def write_csv(path: str | Path, records: Records) -> None:
    """Write records as CSV; the file appears only when complete."""
    with open_atomic(path, encoding="utf-8-sig") as stream:
        stream.writelines(to_csv(records))


def to_csv(records: Records) -> Iterator[str]:
    """Yield the CSV text line by line, without the byte-order mark."""
    return _lines(to_rows(records))


def many_to_csv(batches: Iterable[Sequence[Incident]], context: Records) -> Iterator[str]:
    """Yield the same of incidents of which only a batch is held.

    Args:
        batches: The incidents.
        context: The base areas that follow, and the groups and sources of all.
    """
    return _lines(_rows((one for batch in batches for one in batch), context))


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\r\n").writerow(row)
        yield buffer.getvalue()


def read_csv(path: str | Path) -> ReadResult:
    """Read a CSV that `write_csv` wrote, or a simple table; bad rows become problems.

    Raises:
        FormatError: If the file cannot be read or lacks the columns `id` and `event_date`.
    """
    name = Path(path).name
    text, is_guessed = decode_table(read_bytes(path), str(path))
    note = f"a table must be UTF-8, got another encoding; it was read as {LEGACY}"
    return _parse(text, name, [note] if is_guessed else [])


def parse_csv(text: str, *, file: str = "") -> ReadResult:
    """Read CSV text; see `read_csv`."""
    return _parse(text, file, [])


def _parse(text: str, file: str, notes: Iterable[str]) -> ReadResult:
    table = read_table(text, file or "the text")
    fields = [field_name(one) for one in table.header]
    # A table of base areas alone has no dates of events.
    needed = {"id", "record_kind"} if "record_kind" in fields else {"id", "event_date"}
    if missing := needed.difference(fields):
        found = f"; its columns are {told(list(table.header))}" if table.header else ""
        raise FormatError(
            f"{file or 'the text'} must have the columns id and event_date, "
            f"got none named {', '.join(sorted(missing))}{found}"
        )
    intake = Intake(file, is_table=True)
    for note in notes:
        intake.note("", note)
    columns = _columns(table.header, intake)
    for number, row in table.rows:
        if len(row) > len(table.header):
            more = told(list(row[len(table.header) :]))
            message = f"a row must have at most as many cells as the header, got {more}"
            intake.problem(row[fields.index("id")] or f"row {number}", "", message)
        else:
            intake.take(_feature(columns, row), f"row {number}")
    return intake.result()


def _columns(header: Sequence[str], intake: Intake) -> dict[str, int]:
    """Return the columns by name: the first of each, and those that have one."""
    columns: dict[str, int] = {}
    known: set[str] = set()
    for index, name in enumerate(header):
        field = field_name(name)
        if not field:
            intake.note("", f"a column must have a name, got none for column {index + 1}; left out")
        elif field in known:
            intake.note(name, "a column must come once, got it again; only the first was read")
        else:
            columns[name] = index
        known.add(field)
    return columns


def _feature(columns: Mapping[str, int], row: Sequence[str]) -> dict[str, Any]:
    cells = {name: row[index] for name, index in columns.items() if index < len(row)}
    geometry = next((name for name in cells if field_name(name) in _GEOMETRIES), None)
    place = cells.pop(geometry) if geometry else None
    texts = {
        name: cell if field_name(name) in _JSON else unguard(cell) for name, cell in cells.items()
    }
    return {"geometry": place, "properties": texts}
