"""XLSX for Excel and LibreOffice: a sheet each for incidents, base areas, claims, sources, groups.

No cell is ever a formula, not even after somebody edits it. Days are dates where Excel knows them,
and text before 1900. A text longer than a cell holds is cut and says so; the last sheet, About,
counts such texts and says how to read the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shapely import get_coordinates

from geodata.files import Watch
from geodata.formats.columns import (
    GEOMETRY,
    Row,
    about_label,
    about_rows,
    claim_rows,
    each_record,
    group_rows,
    record_row,
    relation_rows,
    source_rows,
)
from geodata.formats.excel.layout import (
    AREA_DATA,
    AREAS,
    CLAIM_DATA,
    CLAIMS,
    GROUP_DATA,
    GROUPS,
    INCIDENT_DATA,
    INCIDENTS,
    RELATION_DATA,
    RELATIONS,
    SOURCE_DATA,
    SOURCES,
)
from geodata.formats.excel.sheets import MOST_LETTERS, Column, Sheet, write_workbook
from geodata.records import (
    BASE_AREA,
    CLAIM_NOTES,
    FIGURE_NOTES,
    NAMING_GROUPS,
    BaseArea,
    Incident,
    Records,
    describe_date,
)

__all__ = ["write_xlsx"]

_ABOUT = (Column("", "label", 26), Column("", "value", 110))


def write_xlsx(
    path: str | Path,
    records: Records,
    *,
    about: Mapping[str, Any] | None = None,
    watch: Watch | None = None,
) -> None:
    """Write records as an Excel workbook; the file appears only when complete.

    Args: as `write_geoparquet`.

    Raises:
        FormatError: If the file cannot be written, or there are more rows than a sheet takes.
    """
    areas = [_area(record_row(one, records)) for one in records.base_areas]
    names = {(row["record_kind"], row["id"]): row["title"] for row in areas}
    names |= {("group", group.id): group.name for group in records.groups}
    relations = [_relation(row, names) for row in relation_rows(records)]
    names |= {("relation", row["id"]): row["title"] for row in relations}
    incidents = (_incident(record_row(one, records)) for one in records.incidents)
    named = (records.incidents, records.base_areas, records.groups, records.relations)
    claims = sum(len(one.claims) for some in named for one in some)
    sheets = [
        Sheet("Incidents", INCIDENTS, incidents, len(records.incidents), more=INCIDENT_DATA),
        Sheet("Base areas", AREAS, areas, len(areas), more=AREA_DATA),
        Sheet("Claims", CLAIMS, _claims(records, names), claims, more=CLAIM_DATA),
        Sheet("Sources", SOURCES, source_rows(records), len(records.sources), more=SOURCE_DATA),
        Sheet("Groups", GROUPS, group_rows(records), len(records.groups), more=GROUP_DATA),
        Sheet("Relations", RELATIONS, relations, len(relations), more=RELATION_DATA),
    ]
    title = str((about or {}).get("title", "Mapview records"))
    write_workbook(
        path,
        sheets,
        lambda cut: _about_sheet(about, cut),
        title=title,
        watch=_by_records(watch, len(records.incidents) + len(areas)),
    )


def _by_records(watch: Watch | None, total: int) -> Watch | None:
    """Return who is told of rows, and tells of records, which are fewer."""

    def tell(done: int, rows: int) -> None:
        if watch:
            watch(done * total // max(rows, 1), total)

    return tell


def _incident(row: Row) -> Row:
    points = get_coordinates(row[GEOMETRY]).tolist() if row[GEOMETRY] else []
    lon, lat = points[0] if points else (None, None)
    further = "; ".join(f"{east}, {north}" for east, north in points[1:])
    return {
        **_shared(row),
        "date": describe_date(row["event_date"]),
        "lon": lon,
        "lat": lat,
        "further_places": further or None,
    }


def _area(row: Row) -> Row:
    geometry = row[GEOMETRY]
    is_point = geometry is not None and geometry.geom_type == "Point"
    place = row["place"] or row["admin1"] or row["country"]
    return {
        **_shared(row),
        "title": ": ".join(part for part in (row["group_name"], place) if part),
        "from": _day_words(row["valid_from"]),
        "to": _day_words(row["valid_to"]),
        "cited": _day_words(row["last_cited"]),
        "lon": geometry.x if is_point else None,
        "lat": geometry.y if is_point else None,
        "outline": None if is_point or geometry is None else geometry.wkt,
    }


def _shared(row: Row) -> Row:
    sources = [one.get("title", one["id"]) for one in row["sources"] or ()]
    behind = [one["id"] for one in row["cited_sources"] or ()]
    count = len(row["claims"] or ())
    return {
        **row,
        "read_in": sources or None,
        "cited_sources": behind or None,
        "claims_count": count,
    }


def _day_words(text: str | None) -> str:
    return describe_date(text) if text else "not stated"


def _relation(row: Row, names: Mapping[tuple[str, str], str]) -> Row:
    of, to = (names.get(("group", row[party]), row[party]) for party in ("subject", "object"))
    return {
        **row,
        "of": of,
        "to": to,
        "since": _day_words(row["valid_from"]),
        "until": _day_words(row["valid_to"]),
        "title": f"{of}, {row['kind']} {to}",
    }


def _claims(records: Records, names: Mapping[tuple[str, str], str]) -> Iterator[Row]:
    """Yield the claims of all; those of incidents come first, whose names need not be held."""
    titles = {source.id: source.title for source in records.sources}
    for record in each_record(records):
        kind = str(record.record_kind) if isinstance(record, Incident) else BASE_AREA
        said = {"id": record.id, "record_kind": kind, "claims": _dumped(record)}
        title = record.title if isinstance(record, Incident) else names[kind, record.id]
        for row in claim_rows([said], Records()):
            yield _claim(row, title, names, titles)
    for row in claim_rows((), records):
        yield _claim(row, names[row["record_kind"], row["record_id"]], names, titles)


def _dumped(record: Incident | BaseArea) -> list[Row]:
    found = record.model_dump(mode="json", include={"claims"}, exclude_defaults=True)
    claims: list[Row] = found.get("claims", [])
    return claims


def _claim(
    row: Row, record: str, names: Mapping[tuple[str, str], str], titles: Mapping[str, str]
) -> Row:
    names_group = row["about"] in NAMING_GROUPS or row["role"] is not None
    number, group = row["number"], row["value"] if names_group else None
    said = names.get(("group", group), group) if group else row["value"]
    if number is not None and not group:
        said = int(number) if number.is_integer() else number
    return {
        **row,
        "said": said,
        "group": group,
        "record": record,
        "document": titles.get(row["source"], row["source"]),
    }


def _about_sheet(about: Mapping[str, Any] | None, cut: int) -> Sheet:
    lines = list(_about_lines(about, cut))
    return Sheet("About", _ABOUT, lines, len(lines), is_plain=True)


def _about_lines(about: Mapping[str, Any] | None, cut: int) -> Iterator[Row]:
    facts = [fact for fact in about_rows(about) if fact["value"]]
    yield from ({"label": about_label(one["name"]), "value": one["value"]} for one in facts)
    if cut:
        yield {
            "label": "Texts cut",
            "value": f"{cut:,}: a cell holds at most {MOST_LETTERS:,} letters. The other formats "
            "have the whole texts.",
        }
    if facts or cut:
        yield {}
    yield {
        "label": "How to read the figures",
        "value": "Do not add up tolls: they overlap, and some are one toll for several incidents.",
    }
    yield from ({"value": note} for note in (*FIGURE_NOTES, *CLAIM_NOTES))
    yield {}
    yield {
        "label": "Sheets",
        "value": "“Record id” in Claims is the “Id” in Incidents, Base areas, Groups or Relations; "
        "“Source id” is the “Id” in Sources.",
    }
