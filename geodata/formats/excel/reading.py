"""A workbook that we wrote, or a copy of it, as records with all their claims.

What the sheets derive from claims is passed over and derived anew. A workbook that somebody changed
is read as it stands: a claim without a record, or a text that was cut, is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping

from geodata.errors import FormatError
from geodata.formats.columns import AREA, CLAIM, GROUP, INCIDENT, RELATION, SOURCE, Row
from geodata.formats.excel.layout import SHEETS
from geodata.intake import Intake
from geodata.records import BASE_AREA, DERIVED, ReadResult

__all__ = ["KNOWN_BY", "read_xlsx"]

KNOWN_BY = frozenset({"Record id", "Source id", "About", "Where in it"})
"""Headings of the sheet of claims; no other workbook will have a sheet with all of these."""

_LISTS = {
    name
    for columns in (INCIDENT, AREA, CLAIM, GROUP, SOURCE, RELATION)
    for name, kind in columns.items()
    if str(kind).startswith("list")
}
_OWNERS = {"group": "groups", "relation": "relations"}
_AREA_SHEET = "Base areas"
_RECORDS = {"Incidents": INCIDENT, _AREA_SHEET: AREA}
_MEMBERS = {
    "groups": ("Groups", GROUP), "sources": ("Sources", SOURCE),
    "relations": ("Relations", RELATION),
}  # fmt: skip
_SWITCHES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
# Derived, or other words for what stands beside them.
_NOT_READ = frozenset({"claims", "sources", "cited_sources", *DERIVED})


def read_xlsx(path: str | Path) -> ReadResult:
    """Read a workbook that `write_xlsx` wrote; bad rows become problems beside the good records.

    Raises:
        FormatError: If it cannot be read, or is another workbook.
    """
    tables = _tables(Path(path))
    if not any(set(headings) >= KNOWN_BY for headings, _ in tables.values()):
        raise FormatError(
            f"{Path(path).name} must be a workbook that Mapview wrote, got another; "
            "`mapview import` reads any"
        )
    intake = Intake(Path(path).name)
    claims: dict[tuple[str, str], list[Row]] = defaultdict(list)
    found = {
        name: {number: _cells(row, name) for number, row in rows.items()}
        for name, (_, rows) in tables.items()
    }
    said_of = found.get("Claims", {}).values()
    for cells in sorted(said_of, key=lambda one: _number(one.get("position"))):
        owner = _OWNERS.get(str(cells.get("record_kind")), "records")
        claims[owner, str(cells.get("record_id"))].append(_claim(cells))
    for sheet, columns in _RECORDS.items():
        for number, cells in found.get(sheet, {}).items():
            said = claims.pop(("records", str(cells.get("id"))), [])
            kept = {name: cells[name] for name in {*columns} - _NOT_READ if name in cells}
            if sheet == _AREA_SHEET:
                kept["record_kind"] = BASE_AREA
            feature = {"geometry": _place(cells), "properties": {**kept, "claims": said}}
            intake.take({"type": "Feature", **feature}, f"{sheet}, row {number}")
    for member, (sheet, columns) in _MEMBERS.items():
        members = []
        for cells in found.get(sheet, {}).values():
            one = {name: cells[name] for name in columns if name in cells}
            said = claims.pop((member, str(cells.get("id"))), [])
            members.append({**one, "claims": said} if said else one)
        intake.take_members(member, members)
    for (_, identifier), left in claims.items():
        message = f"a claim must be of a record in the workbook, got {len(left):,} of none"
        intake.problem(identifier, "claims", message)
    return intake.result()


def _tables(path: Path) -> dict[str, tuple[list[str], dict[int, dict[str, Any]]]]:
    """Return headings and rows of each sheet that we know, rows by their number in it."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = {
            name: book.get_sheet_by_name(name).to_python()
            for name in book.sheet_names
            if name in SHEETS
        }
    except (CalamineError, OSError, ValueError) as error:
        raise FormatError(f"{path.name} must be a readable workbook, got: {error}") from error
    return {name: _table(rows) for name, rows in sheets.items()}


def _table(rows: Sequence[Sequence[Any]]) -> tuple[list[str], dict[int, dict[str, Any]]]:
    headings = [str(one) for one in rows[0]] if rows else []
    return headings, {
        number: dict(zip(headings, row, strict=False))
        for number, row in enumerate(rows[1:], start=2)
        if any(cell not in ("", None) for cell in row)
    }


def _cells(row: Mapping[str, Any], sheet: str) -> Row:
    """Return what a row has, by the names of our columns; empty cells are left out."""
    found = {}
    for column in SHEETS[sheet]:
        value = row.get(column.heading)
        if value not in ("", None):
            found[column.key] = _value(column.key, value)
    return found


def _value(key: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and key not in ("lon", "lat"):
        value = int(value)
    if key in _LISTS:
        return str(value).split("; ")
    if key in ("is_document", "may_publish", "shares_toll_beyond"):
        # Whoever changed it may have written it otherwise; what is neither, the record refuses.
        return _SWITCHES.get(str(value).strip().casefold(), str(value))
    return value if key in ("lon", "lat", "radius_km", "said", "position") else str(value)


def _number(value: Any) -> float:
    return value if isinstance(value, int | float) else 0


def _claim(cells: Row) -> Row:
    """Return a claim as the GeoJSON export has it."""
    kept = {name: cells[name] for name in CLAIM if name in cells}
    return {**kept, "value": cells.get("group", cells.get("said"))}


def _place(cells: Row) -> dict[str, Any] | None:
    if "outline" in cells:
        shape = shapely.from_wkt(cells["outline"], on_invalid="ignore")
        return mapping(shape) if shape is not None else {"type": "cut"}
    if "lon" not in cells or "lat" not in cells:
        return None
    points: list[tuple[Any, ...]] = [(cells["lon"], cells["lat"])]
    # What are no two numbers is refused by the record, as it stands.
    further = str(cells.get("further_places", ""))
    points += [tuple(text.split(", ")) for text in further.split("; ") if text]
    return (
        {"type": "Point", "coordinates": points[0]}
        if len(points) == 1
        else {"type": "MultiPoint", "coordinates": points}
    )
