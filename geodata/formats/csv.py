"""CSV for spreadsheets: one row a record, UTF-8 with a byte-order mark, cells made harmless.

Columns that people read (tolls, who says what) stand beside `claims`, the same claims as JSON text,
from which reading restores the record. A text cell that a spreadsheet could take for a formula
gets an apostrophe in front, which reading takes off again.
"""

from __future__ import annotations

import csv
import io
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from geodata.errors import FormatError, Problem, RecordError
from geodata.files import open_atomic, read_text
from geodata.records import (
    BASE_AREA,
    PARTY_COLUMNS,
    BaseArea,
    Incident,
    ReadResult,
    Records,
    describe_claim,
    from_feature,
    problems_of,
    to_area_feature,
    to_feature,
)

__all__ = ["COLUMNS", "parse_csv", "read_csv", "to_rows", "write_csv"]

COLUMNS = (
    "id",
    "record_kind",
    "title",
    "event_date",
    "date_start",
    "date_end",
    "time_precision",
    "event_types",
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
_LIMIT = threading.Lock()
_FOR_PEOPLE = frozenset({"lon", "lat", "claims_text", "sources_text", *_PARTIES})
_NUMBERS = frozenset({"radius_km"})
# What Excel, LibreOffice or Google Sheets may run: = + - @ (also full-width), or a tab or line end
# before them. Spaces and apostrophes in front are covered so that the mark can be taken off again.
_RISKY = re.compile(r"^[\s']*[=+\-@＝＋－＠]|^'*[\t\r\n]")
_MARKED = re.compile(r"^'(?:[\s']*[=+\-@＝＋－＠]|'*[\t\r\n])")


def guard(cell: str) -> str:
    """Return a text cell that no spreadsheet takes for a formula.

    Example:
        >>> guard("=cmd()"), guard("Kabul")
        ("'=cmd()", 'Kabul')
    """
    return f"'{cell}" if _RISKY.match(cell) else cell


def unguard(cell: str) -> str:
    """Return the text that `guard` was given."""
    return cell[1:] if _MARKED.match(cell) else cell


def to_rows(records: Records) -> Iterator[list[str]]:
    """Yield the header and one row for each record."""
    yield list(COLUMNS)
    for incident in records.incidents:
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
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
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
    for row in to_rows(records):
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\r\n").writerow(row)
        yield buffer.getvalue()


def read_csv(path: str | Path) -> ReadResult:
    """Read a CSV that `write_csv` wrote; bad rows become problems beside the good records.

    Raises:
        FormatError: If the file cannot be read or lacks the columns `id` and `event_date`.
    """
    return parse_csv(read_text(path), file=Path(path).name)


def parse_csv(text: str, *, file: str = "") -> ReadResult:
    """Read CSV text; see `read_csv`."""
    with _long_cells():
        return _parse(text, file)


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be of any length: claims are, and the limit is one of the whole process."""
    with _LIMIT:
        before = csv.field_size_limit(2**31 - 1)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def _parse(text: str, file: str) -> ReadResult:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    found: list[Incident | BaseArea] = []
    problems: list[Problem] = []
    try:
        missing = {"id", "event_date"} - set(reader.fieldnames or ())
        if missing:
            raise FormatError(
                f"{file or 'the text'} must have the columns id and event_date, "
                f"got none named {', '.join(sorted(missing))}"
            )
        for number, row in enumerate(reader, start=2):
            try:
                record = _from_row(row)
            except RecordError as error:
                problems += problems_of(error, row.get("id") or f"row {number}", file)
            else:
                found.append(record)
    except csv.Error as error:
        raise FormatError(f"{file or 'the text'} must be CSV, got: {error}") from error
    return ReadResult(Records.of(found), tuple(problems))


def _from_row(row: Mapping[str | None, Any]) -> Incident | BaseArea:
    if None in row:
        raise RecordError(
            f"a row must have at most as many cells as the header, got {row[None]!r:.80}"
        )
    properties: dict[str, Any] = {}
    for name, cell in row.items():
        if name in COLUMNS and name not in _FOR_PEOPLE and cell:
            properties[str(name)] = _value(str(name), str(cell))
    geometry = properties.pop("geometry", None)
    if geometry is None and row.get("lon") and row.get("lat"):
        position = [_number("lon", row["lon"]), _number("lat", row["lat"])]
        geometry = {"type": "Point", "coordinates": position}
    identifier = properties.pop("id", "")
    if properties.get("record_kind") == BASE_AREA:
        properties.pop("event_date", None)
    return from_feature({"id": identifier, "geometry": geometry, "properties": properties})


def _value(name: str, cell: str) -> Any:
    if name in _JSON:
        try:
            return json.loads(cell)
        except (ValueError, RecursionError) as error:
            raise RecordError(f"{name} must be JSON, got {cell!r:.80}", path=name) from error
    if name in _LISTS:
        return [part for part in unguard(cell).split("; ") if part]
    return _number(name, cell) if name in _NUMBERS else unguard(cell)


def _number(name: str, cell: str) -> float:
    try:
        return float(cell)
    except ValueError as error:
        raise RecordError(f"{name} must be a number, got {cell!r:.40}", path=name) from error
