"""Files that Mapview wrote: their records are taken as they are, with all claims."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from shapely.geometry import mapping

from geodata.formats.excel import KNOWN_BY
from geodata.formats.registry import FORMATS
from geodata.importing import Evidence, Importing, Rejected
from geodata.intake import MEMBERS, Intake
from geodata.reading import Row, Sheet
from geodata.reading.archive import members_of
from geodata.reading.source import Source as Bytes
from geodata.records import (
    BASE_AREA,
    PARTY_COLUMNS,
    BaseArea,
    Group,
    Incident,
    ReadResult,
    Relation,
    Source,
)

__all__ = ["Whole", "read_whole"]

# What each layer of an export has beside others, and no table of others.
_OURS = frozenset({"event_date", "event_types", "geo_precision", "claims"})
_OUR_AREAS = frozenset({"last_cited", "group_name", "geo_precision", "claims"})
_CLAIMS_TABLE = frozenset({"record_id", "about", "stance", "locator"})
_READERS = {
    "GeoJSON": "geojson",
    "CSV": "csv",
    "GeoPackage": "gpkg",
    **dict.fromkeys(("XLS", "ODS"), "xlsx"),
}
_IN_A_ZIP = " in a zip"
_OF_CLAIM = ("number", "position")
_KML = ("KML", "KMZ")
_BY_ROWS = ("GeoParquet", "Parquet", "FlatGeobuf", *_KML)
# What a placemark has beside the data of a record. It may have an id of its own, which programs
# give it; that of the record is the second.
_OF_PLACEMARK = frozenset(
    {
        *("name", "description", "address", "phoneNumber", "Snippet", "snippet", "styleUrl"),
        *("visibility", "folder", "when", "begin", "end", "id"),
    }
)
_ID_OF_RECORD = "id (2)"
_RINGS = "How exactly places are known ("


def read_whole(path: Path, sheets: Sequence[Sheet]) -> ReadResult | None:
    """Return what a file of ours holds; `None` if it is none, or has less than all.

    Args:
        path: The file.
        sheets: As it is read otherwise.

    Raises:
        GeodataError: If it cannot be read.
    """
    form = sheets[0].form
    if not any(_is_ours(one) for one in sheets):
        return None
    source = Bytes(path)
    if form.endswith(_IN_A_ZIP) or source.is_packed:
        return _unpacked(source, sheets)
    reader = next(
        (FORMATS[one].read for name, one in _READERS.items() if form.startswith(name)), None
    )
    if reader is not None:
        result = reader(path)
        return _with_named(result, sheets) if form.startswith("CSV") else result
    return _of_rows(sheets, path.name) if form.startswith(_BY_ROWS) else None


def _unpacked(source: Bytes, sheets: Sequence[Sheet]) -> ReadResult | None:
    """Return what a packed file holds, or the one file of an archive that all tables are of."""
    form = sheets[0].form.removesuffix(_IN_A_ZIP)
    name = source.path.stem
    if not source.is_packed:
        name = next((one for one in members_of(source) if _is_of(one, sheets)), "")
        source = replace(source, member=name)
    if not name:
        return None
    with TemporaryDirectory() as folder:
        inner = Path(folder) / PurePosixPath(name).name
        source.place(inner)
        return read_whole(inner, [replace(one, form=form) for one in sheets])


def _is_of(member: str, sheets: Sequence[Sheet]) -> bool:
    return all(one.name == member or one.name.startswith(f"{member}/") for one in sheets)


def _is_ours(sheet: Sheet) -> bool:
    columns = set(sheet.columns)
    if any(columns >= known for known in (_OURS, _OUR_AREAS, _CLAIMS_TABLE, KNOWN_BY)):
        return True
    # Of records without claims a KML has no column of them.
    return sheet.beside.keys() >= MEMBERS.keys() and _ID_OF_RECORD in columns


def _with_named(result: ReadResult, sheets: Sequence[Sheet]) -> ReadResult:
    """Return what a table holds, with the groups whose names stand in its rows."""
    named = _Named(sheets)
    for sheet in sheets:
        for row in sheet.rows():
            if isinstance(row, Row):
                named.take(dict(zip(sheet.columns, row.cells, strict=True)))
    intake = Intake()
    named.give(intake)
    return ReadResult.merge([result, intake.result()])


def _of_rows(sheets: Sequence[Sheet], file: str) -> ReadResult:
    """Return the records of a table that has all that a record has, in each row."""
    intake, named = Intake(file), _Named(sheets)
    areas: set[Any] = set()
    others = 0
    for sheet in sheets:
        is_marks = sheet.form.startswith(_KML)
        for row in sheet.rows():
            if not isinstance(row, Row):
                intake.problem(f"row {row.number}", "", f"a row must be whole, got {row.rule}")
                continue
            cells = dict(zip(sheet.columns, row.cells, strict=True))
            if is_marks:
                folder, cells = str(cells.get("folder") or ""), _data_of(cells)
                if not cells.get("id"):
                    others += _RINGS not in folder
                    continue
                # An area is drawn once more for the time for which it is not certain.
                if cells["id"] in areas:
                    continue
                if cells.get("record_kind") == BASE_AREA:
                    areas.add(cells["id"])
            _take(intake, cells, row)
            named.take(cells)
    if others:
        message = f"a placemark must have the data of a record, got {others:,} without; left out"
        intake.note("", message)
    named.give(intake)
    return intake.result()


def _data_of(cells: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a placemark has of a record."""
    found = {
        name: cell
        for name, cell in cells.items()
        if name not in _OF_PLACEMARK and name != _ID_OF_RECORD and cell not in (None, "")
    }
    return {"id": cells.get(_ID_OF_RECORD), **found}


def _take(intake: Intake, cells: dict[str, Any], row: Row) -> None:
    if claims := _listed(cells.get("claims")):
        # Others are left as they are, and told.
        cells["claims"] = [_claim(one) for one in claims]
    place = (
        mapping(row.geometry) if row.geometry is not None else _place(cells.pop("geometry", None))
    )
    feature = {"type": "Feature", "geometry": place, "properties": cells}
    intake.take(feature, f"row {row.number}")


def _place(cell: Any) -> Any:
    """Return a place that no map draws; what is none is left as it is, and refused."""
    try:
        return json.loads(cell) if isinstance(cell, str) else None
    except (ValueError, RecursionError):
        return cell


class _Named:
    """Groups, sources and relations: as a file has them beside its rows, or as its rows name them.

    Args:
        sheets: The tables of the file.
    """

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._found: dict[str, dict[str, Any]] = {name: {} for name in MEMBERS}
        for sheet in sheets:
            for name, one in _members_beside(sheet):
                self._found[name].setdefault(str(one.get("id")), one)

    def take(self, cells: Mapping[str, Any]) -> None:
        """Take the groups and sources that a row names."""
        groups, sources = self._found["groups"], self._found["sources"]
        for ids, names in PARTY_COLUMNS.values():
            parties, words = _texts(cells.get(ids)), _texts(cells.get(names))
            # A semicolon within a name parts it; then none is surely that of its group.
            if len(parties) == len(words):
                for one, word in zip(parties, words, strict=True):
                    groups.setdefault(one, {"id": one, "name": word})
        if group := str(cells.get("group") or ""):
            word = str(cells.get("group_name") or group)
            groups.setdefault(group, {"id": group, "name": word})
        for source in (*_listed(cells.get("sources")), *_listed(cells.get("cited_sources"))):
            told = {field: it for field, it in source.items() if it is not None}
            sources.setdefault(str(source.get("id")), told)

    def give(self, intake: Intake) -> None:
        """Hand over what was found."""
        for name, found in self._found.items():
            intake.take_members(name, list(found.values()))


def _members_beside(sheet: Sheet) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what has a text of its own in a file, and what is in one with all else that it says."""
    for name in MEMBERS:
        for text in sheet.beside.get(name, ()):
            yield from ((name, one) for one in _listed(text))
    for text in sheet.beside.get("mapview", ()):
        (whole,) = _listed(f"[{text}]") or ({},)
        for name in MEMBERS:
            found = whole.get(name)
            if isinstance(found, list):
                yield from ((name, one) for one in found if isinstance(one, dict))


def _claim(cells: dict[str, Any]) -> dict[str, Any]:
    number, value = cells.get("number"), cells.get("value")
    if isinstance(number, int | float) and value is not None:
        value = int(number) if float(number).is_integer() and "." not in str(value) else number
    kept = {name: one for name, one in cells.items() if name not in _OF_CLAIM}
    return {**kept, "value": value}


def _listed(cell: Any) -> list[dict[str, Any]]:
    return [one for one in _parsed(cell) if isinstance(one, dict)]


def _parsed(cell: Any) -> list[Any]:
    """Return the list that a text of JSON is; damaged ones are none."""
    try:
        found = json.loads(cell) if isinstance(cell, str) and cell.startswith("[") else []
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _texts(cell: Any) -> list[str]:
    if not isinstance(cell, str):
        return []
    if cell.startswith("["):
        return [str(one) for one in _parsed(cell)]
    return [one.strip() for one in cell.split(";") if one.strip()]


class Whole(Importing):
    """Gives the records of a file of ours.

    Args:
        importing: What would read it as a table.
        result: What it holds.
    """

    def __init__(self, importing: Importing, result: ReadResult) -> None:
        evidence = importing.evidence
        # Columns are made block by block, of which none knows what the records of others say.
        result = result.with_links_back()
        # Nothing is guessed, so nothing has to be asked.
        sheets = [(one, replace(plan, questions=())) for one, plan in importing.sheets]
        super().__init__(sheets, importing.settings, evidence.source, evidence.dataset, "")
        self._result = result
        self.evidence = _Given(evidence, result)
        self.notes = tuple(map(str, result.notes))

    @property
    def form(self) -> str:
        """What the file is, for people."""
        return f"Mapview's own export ({self.sheets[0][0].form})"

    @property
    def persons(self) -> tuple[str, ...]:
        """Columns that name persons; none of ours does."""
        return ()

    def records(
        self,
        reject: Callable[[Rejected], None] | None = None,
        keep_apart: Callable[[str, dict[str, str]], None] | None = None,
    ) -> Iterator[Incident | BaseArea]:
        """Yield the records, as `Importing.records` does."""
        del keep_apart
        account, records = self.account, self._result.records
        account.skipped = Counter()
        bad = {one.record: one for one in self._result.problems}
        for name, problem in bad.items():
            one = Rejected(0, "record_invalid", problem.field, problem.message, cells=(name,))
            account.reject(one)
            if reject:
                reject(one)
        found: list[Incident | BaseArea] = [*records.incidents, *records.base_areas]
        for number, record in enumerate(found, start=1):
            if isinstance(record, Incident):
                day = record.event_date
            else:
                day = record.valid_from or record.last_cited
            account.accept(number, day, [], has_point=record.is_mappable)
            yield record
        account.check()


class _Given(Evidence):
    """The groups and sources that a file of ours has."""

    def __init__(self, evidence: Evidence, result: ReadResult) -> None:
        super().__init__(evidence.dataset, evidence.source, "")
        self._given = result.records

    @property
    def groups(self) -> tuple[Group, ...]:
        """The parties that records name."""
        return self._given.groups

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that records cite."""
        return self._given.sources

    @property
    def relations(self) -> tuple[Relation, ...]:
        """How groups relate."""
        return self._given.relations
