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

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from geodata.errors import FormatError, told
from geodata.files import open_atomic, read_bytes
from geodata.formats.kept import COLUMNS, JSON_COLUMNS, area_rows, lines_of, row_of
from geodata.formulas import unguard
from geodata.intake import LEGACY, Intake, decode_table, field_name, read_table
from geodata.records import (
    Incident,
    ReadResult,
    Records,
    to_feature,
)

__all__ = ["COLUMNS", "parse_csv", "read_csv", "to_csv", "to_rows", "write_csv"]

# What a column of places is called by QGIS, GDAL, PostGIS and geopandas.
_GEOMETRIES = frozenset({"geometry", "geom", "the_geom", "wkb_geometry", "wkt", "wkt_geom"})


def to_rows(records: Records) -> Iterator[list[str]]:
    """Yield the header and one row for each record."""
    return _rows(records.incidents, records)


def _rows(incidents: Iterable[Incident], records: Records) -> Iterator[list[str]]:
    yield list(COLUMNS)
    for incident in incidents:
        yield row_of(to_feature(incident, records), incident, records)
    yield from area_rows(records)


def write_csv(path: str | Path, records: Records) -> None:
    """Write records as CSV; the file appears only when complete."""
    with open_atomic(path, encoding="utf-8-sig") as stream:
        stream.writelines(to_csv(records))


def to_csv(records: Records) -> Iterator[str]:
    """Yield the CSV text line by line, without the byte-order mark."""
    return lines_of(to_rows(records))


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
        name: cell if field_name(name) in JSON_COLUMNS else unguard(cell)
        for name, cell in cells.items()
    }
    return {"geometry": place, "properties": texts}
