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
    group_rows,
    record_rows,
    relation_rows,
    source_rows,
)
from geodata.formats.sheets import MOST_LETTERS, Column, Sheet, write_workbook
from geodata.records import (
    BASE_AREA,
    CLAIM_NOTES,
    FIGURE_NOTES,
    NAMING_GROUPS,
    PARTY_COLUMNS,
    ROLE_WORDS,
    Records,
    describe_date,
)

__all__ = ["write_xlsx"]

# The first columns of each sheet are what people read; these are also what is printed.
_INCIDENTS = (
    Column("Title", "title", 36),
    Column("Date", "date", 18),
    Column("What happened", "event_types", 16),
    Column("Status", "status", 11),
    Column("Place", "place", 18),
    Column("Province", "admin1", 14),
    Column("Country", "country", 9),
    Column("Place known to", "geo_precision", 12),
    Column("Killed", "fatalities_text", 17),
    Column("Injured", "injured_text", 17),
    Column("Killed or injured", "casualties_text", 17),
    Column("Attribution", "attribution", 13),
    Column("Responsibility", "attribution_text", 40),
    *(Column(ROLE_WORDS[role], names, 24) for role, (_, names) in PARTY_COLUMNS.items()),
    Column("Summary", "summary", 62),
    Column("Read in", "read_in", 34),
    Column("Claims", "claims_count", 8),
)
_INCIDENT_DATA = (
    Column("First possible day", "date_start", 12),
    Column("Last possible day", "date_end", 12),
    Column("Date known to", "time_precision", 10),
    Column("Killed, lowest figure", "fatalities_low", 9),
    Column("Killed, highest figure", "fatalities_high", 9),
    Column("Killed, figure most sources give", "fatalities_best", 9),
    Column("Injured, lowest figure", "injured_low", 9),
    Column("Injured, highest figure", "injured_high", 9),
    Column("Injured, figure most sources give", "injured_best", 9),
    Column("Killed or injured, lowest figure", "casualties_low", 9),
    Column("Killed or injured, highest figure", "casualties_high", 9),
    Column("Killed or injured, figure most sources give", "casualties_best", 9),
    Column("Type as the source has it", "type_of_source", 24),
    Column("Target", "target", 30),
    Column("Means", "means", 30),
    Column("District", "admin2", 16),
    Column("Longitude", "lon", 11),
    Column("Latitude", "lat", 11),
    Column("Further places", "further_places", 20),
    Column("Within km", "radius_km", 9),
    Column("Basis of the place", "geo_basis", 30),
    Column("Other countries", "other_countries", 11),
    Column("Kind of record", "record_kind", 11),
    Column("Symbol", "symbol", 13),
    Column("One toll with", "casualties_combined", 30),
    Column("Related", "related", 30),
    Column("Sources behind", "cited_sources", 30),
    Column("Date (EDTF)", "event_date", 14),
    Column("Province code", "admin1_code", 9),
    *(Column(f"{ROLE_WORDS[role]}, ids", ids, 18) for role, (ids, _) in PARTY_COLUMNS.items()),
    Column("From the import", "upstream", 30),
    Column("Id", "id", 36),
)
_AREAS = (
    Column("Group", "group_name", 34),
    Column("Kind", "kind", 20),
    Column("Status", "status", 11),
    Column("Place", "place", 24),
    Column("Province", "admin1", 16),
    Column("Country", "country", 9),
    Column("Size of the place", "level", 12),
    Column("From", "from", 16),
    Column("To", "to", 16),
    Column("Last attested", "cited", 16),
    Column("Note", "note", 54),
    Column("Read in", "read_in", 34),
    Column("Claims", "claims_count", 8),
)
_AREA_DATA = (
    Column("First possible day", "date_start", 12),
    Column("Last possible day", "date_end", 12),
    Column("Place known to", "geo_precision", 14),
    Column("Within km", "radius_km", 9),
    Column("Longitude", "lon", 11),
    Column("Latitude", "lat", 11),
    Column("Outline", "outline", 14),
    Column("Basis of the place", "geo_basis", 30),
    Column("Sources behind", "cited_sources", 30),
    Column("From (EDTF)", "valid_from", 14),
    Column("To (EDTF)", "valid_to", 14),
    Column("Last attested (EDTF)", "last_cited", 14),
    Column("Province code", "admin1_code", 9),
    Column("Group id", "group", 20),
    Column("From the import", "upstream", 30),
    Column("Id", "id", 36),
)
_CLAIMS = (
    Column("Record", "record", 34),
    Column("About", "about", 12),
    Column("Qualifier", "qualifier", 10),
    Column("Value", "said", 48, is_left=True),
    Column("Stance", "stance", 16),
    Column("Role", "role", 10),
    Column("Said by", "by", 28),
    Column("Caveat", "caveat", 30),
    Column("Part counted", "part", 16),
    Column("As of", "as_of", 12),
    Column("Read in", "document", 34),
    Column("Where in it", "locator", 36),
    Column("Note", "note", 40),
)
_CLAIM_DATA = (
    Column("Topic", "topic", 24),
    Column("Group id", "group", 22),
    Column("Sources behind", "cites", 30),
    Column("Number", "position", 8),
    Column("Kind of record", "record_kind", 11),
    Column("Source id", "source", 22),
    Column("Record id", "record_id", 36),
)
_SOURCES = (
    Column("Title", "title", 60),
    Column("Author", "author", 28),
    Column("Publisher", "publisher", 28),
    Column("Date", "date", 12),
    Column("Address", "url", 50),
    Column("Licence", "licence", 28),
    Column("Note", "note", 50),
)
_SOURCE_DATA = (
    Column("Seen on", "accessed", 12),
    Column("Read by us", "is_document", 9),
    Column("May be published", "may_publish", 10),
    Column("Copies from", "derived_from", 30),
    Column("Id", "id", 30),
)
_GROUPS = (
    Column("Name", "name", 44),
    Column("Short name", "short_name", 16),
    Column("Kind", "kind", 16),
    Column("Other names", "aliases", 60),
    Column("Note", "note", 60),
)
_GROUP_DATA = (
    Column("Belongs to", "parents", 30),
    Column("Id", "id", 30),
)
_RELATIONS = (
    Column("Group", "of", 34),
    Column("Relation", "kind", 20),
    Column("To", "to", 34),
    Column("From", "since", 18),
    Column("Until", "until", 18),
    Column("Note", "note", 60),
)
_RELATION_DATA = (
    Column("From (EDTF)", "valid_from", 14),
    Column("Until (EDTF)", "valid_to", 14),
    Column("Group id", "subject", 24),
    Column("Other id or name", "object", 24),
    Column("Id", "id", 36),
)
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
    rows = list(record_rows(records))
    incidents = [_incident(row) for row in rows if row["record_kind"] != BASE_AREA]
    areas = [_area(row) for row in rows if row["record_kind"] == BASE_AREA]
    names = {(row["record_kind"], row["id"]): row["title"] for row in (*incidents, *areas)}
    names |= {("group", group.id): group.name for group in records.groups}
    relations = [_relation(row, names) for row in relation_rows(records)]
    names |= {("relation", row["id"]): row["title"] for row in relations}
    titles = {source.id: source.title for source in records.sources}
    claims = [_claim(row, names, titles) for row in claim_rows(rows, records)]
    sheets = [
        Sheet("Incidents", _INCIDENTS, incidents, more=_INCIDENT_DATA),
        Sheet("Base areas", _AREAS, areas, more=_AREA_DATA),
        Sheet("Claims", _CLAIMS, claims, more=_CLAIM_DATA),
        Sheet("Sources", _SOURCES, list(source_rows(records)), more=_SOURCE_DATA),
        Sheet("Groups", _GROUPS, list(group_rows(records)), more=_GROUP_DATA),
        Sheet("Relations", _RELATIONS, relations, more=_RELATION_DATA),
    ]
    title = str((about or {}).get("title", "Mapview records"))
    write_workbook(
        path,
        sheets,
        lambda cut: _about_sheet(about, cut),
        title=title,
        watch=_by_records(watch, len(rows)),
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
        "outline": geometry.geom_type if geometry else None,
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


def _claim(row: Row, names: Mapping[tuple[str, str], str], titles: Mapping[str, str]) -> Row:
    names_group = row["about"] in NAMING_GROUPS or row["role"] is not None
    number, group = row["number"], row["value"] if names_group else None
    said = names.get(("group", group), group) if group else row["value"]
    if number is not None and not group:
        said = int(number) if number.is_integer() else number
    return {
        **row,
        "said": said,
        "group": group,
        "record": names[row["record_kind"], row["record_id"]],
        "document": titles.get(row["source"], row["source"]),
    }


def _about_sheet(about: Mapping[str, Any] | None, cut: int) -> Sheet:
    return Sheet("About", _ABOUT, list(_about_lines(about, cut)), is_plain=True)


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
