"""The sheets of a workbook of records: their names, and which column holds what."""

from __future__ import annotations

from geodata.formats.excel.sheets import Column
from geodata.records import PARTY_COLUMNS, ROLE_WORDS

__all__ = [
    "AREAS", "AREA_DATA", "CLAIMS", "CLAIM_DATA", "GROUPS", "GROUP_DATA", "INCIDENTS",
    "INCIDENT_DATA", "RELATIONS", "RELATION_DATA", "SHEETS", "SOURCES", "SOURCE_DATA",
]  # fmt: skip

# The first columns of each sheet are what people read; these are also what is printed.
INCIDENTS = (
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
INCIDENT_DATA = (
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
    Column("One toll with others that are not here", "shares_toll_beyond", 10),
    Column("Related", "related", 30),
    Column("Sources behind", "cited_sources", 30),
    Column("Date (EDTF)", "event_date", 14),
    Column("Province code", "admin1_code", 9),
    *(Column(f"{ROLE_WORDS[role]}, ids", ids, 18) for role, (ids, _) in PARTY_COLUMNS.items()),
    Column("From the import", "upstream", 30),
    Column("Id", "id", 36),
)
AREAS = (
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
AREA_DATA = (
    Column("First possible day", "date_start", 12),
    Column("Last possible day", "date_end", 12),
    Column("Place known to", "geo_precision", 14),
    Column("Within km", "radius_km", 9),
    Column("Longitude", "lon", 11),
    Column("Latitude", "lat", 11),
    Column("Outline (WKT)", "outline", 14),
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
CLAIMS = (
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
CLAIM_DATA = (
    Column("Topic", "topic", 24),
    Column("Group id", "group", 22),
    Column("Sources behind", "cites", 30),
    Column("Number", "position", 8),
    Column("Kind of record", "record_kind", 11),
    Column("Source id", "source", 22),
    Column("Record id", "record_id", 36),
)
SOURCES = (
    Column("Title", "title", 60),
    Column("Author", "author", 28),
    Column("Publisher", "publisher", 28),
    Column("Date", "date", 12),
    Column("Address", "url", 50),
    Column("Licence", "licence", 28),
    Column("Note", "note", 50),
)
SOURCE_DATA = (
    Column("Seen on", "accessed", 12),
    Column("Read by us", "is_document", 9),
    Column("May be published", "may_publish", 10),
    Column("Copies from", "derived_from", 30),
    Column("Id", "id", 30),
)
GROUPS = (
    Column("Name", "name", 44),
    Column("Short name", "short_name", 16),
    Column("Kind", "kind", 16),
    Column("Other names", "aliases", 60),
    Column("Note", "note", 60),
)
GROUP_DATA = (
    Column("Belongs to", "parents", 30),
    Column("Id", "id", 30),
)
RELATIONS = (
    Column("Group", "of", 34),
    Column("Relation", "kind", 20),
    Column("To", "to", 34),
    Column("From", "since", 18),
    Column("Until", "until", 18),
    Column("Note", "note", 60),
)
RELATION_DATA = (
    Column("From (EDTF)", "valid_from", 14),
    Column("Until (EDTF)", "valid_to", 14),
    Column("Group id", "subject", 24),
    Column("Other id or name", "object", 24),
    Column("Id", "id", 36),
)

SHEETS = {
    "Incidents": (*INCIDENTS, *INCIDENT_DATA),
    "Base areas": (*AREAS, *AREA_DATA),
    "Claims": (*CLAIMS, *CLAIM_DATA),
    "Sources": (*SOURCES, *SOURCE_DATA),
    "Groups": (*GROUPS, *GROUP_DATA),
    "Relations": (*RELATIONS, *RELATION_DATA),
}
"""All columns of each sheet that is read again."""
