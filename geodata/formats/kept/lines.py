"""Records as rows and lines of a table (CSV); those of incidents without features in between."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from geodata.formulas import guard, is_risky
from geodata.records import (
    PARTY_COLUMNS,
    BaseArea,
    Claim,
    FeatureParts,
    Incident,
    Records,
    claim_words,
    compact,
    describe_claim,
    group_names,
    symbol_of,
    to_area_feature,
    to_feature,
    tolls_of,
)

__all__ = [
    "COLUMNS", "JSON_COLUMNS", "CsvLines", "area_rows", "lines_of", "lines_to_csv",
    "row_of",
]  # fmt: skip

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
    "shares_toll_beyond",
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
JSON_COLUMNS = ("geometry", "claims", "upstream")
_ESCAPED_IN_JSON = {ord(one): f"\\u{ord(one):04x}" for one in ";|"}


def area_rows(records: Records) -> Iterator[list[str]]:
    """Yield the rows of the base areas, which follow those of incidents."""
    for area in records.base_areas:
        yield row_of(to_area_feature(area, records), area, records)


def row_of(feature: Mapping[str, Any], record: Incident | BaseArea, records: Records) -> list[str]:
    """Return the cells of a record.

    Args:
        feature: The record as a feature.
        record: The record.
        records: The set that it belongs to.
    """
    properties = feature["properties"]
    lon, lat = _position(record)
    values = {
        **properties,
        "id": feature["id"],
        "lon": lon,
        "lat": lat,
        "geometry": feature["geometry"],
        "claims_text": _in_cell(describe_claim(claim, records) for claim in record.claims),
        "sources_text": _sources_text(record, records),
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
    if name in JSON_COLUMNS:
        return _escaped(compact(value))
    if isinstance(value, bool):
        return _switch(is_on=value)
    if name in _LISTS:
        return guard(_in_cell(value))
    return str(value) if isinstance(value, int | float) else guard(str(value))


def _switch(*, is_on: bool) -> str:
    """Return what is so as a cell; what is not is as empty as a list of nothing."""
    return "true" if is_on else ""


def _in_cell(values: Iterable[str]) -> str:
    """Return several texts as one cell."""
    return "; ".join(values)


def _escaped(text: str) -> str:
    """Return JSON text without what parts a cell where another list separator is set."""
    return text.translate(_ESCAPED_IN_JSON)


def _sources_text(record: Incident | BaseArea, records: Records) -> str:
    """Return the documents that the claims of a record were read in, in words."""
    return _in_cell(_source_text(one, records) for one in record.sources)


def _source_text(identifier: str, records: Records) -> str:
    source = records.sources_by_id.get(identifier)
    if source is None:
        return identifier
    parts = (source.author, source.title, source.publisher, source.date, source.url)
    return ", ".join(part for part in parts if part)


def lines_of(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield rows of cells as lines of text."""
    for row in rows:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\r\n").writerow(row)
        yield buffer.getvalue()


# So many different claims are remembered: a megabyte.
_MOST_SAID = 4_000
_OF_AREAS = [""] * 8
_LON, _LAT, _RADIUS, _GEOMETRY, _CLAIMS, _UPSTREAM = (
    COLUMNS.index(one) for one in ("lon", "lat", "radius_km", "geometry", "claims", "upstream")
)


class CsvLines:
    """Makes lines of a table, letter for letter those of `to_csv`, without features in between.

    Args:
        records: The set that the incidents belong to.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._sources: dict[tuple[str, ...], str] = {}
        self._titles: dict[str, str] = {}
        self._said: dict[tuple[object, ...], str] = {}

    def of(self, incident: Incident, parts: FeatureParts | None) -> str:
        """Return the line of an incident.

        Args:
            incident: The incident.
            parts: Its parts, as `FeatureTexts.parts` gives them.
        """
        if parts is None:
            cells = row_of(to_feature(incident, self._records), incident, self._records)
        else:
            cells = self._cells(incident, parts)
        # The writer of the standard library takes a third of all time for this.
        return ",".join([_quoted(one) if one else one for one in cells]) + "\r\n"

    def _claim(self, claim: Claim) -> str:
        """Return what `describe_claim` does; most claims of a source differ in place alone."""
        value = claim.value
        said = (
            # As text, since 1 is 1.0, and 0.0 is -0.0.
            claim.about._value_, type(value), str(value), claim.qualifier, claim.stance, claim.role,
            claim.by, claim.part, claim.as_of, claim.topic, claim.caveat,
        )  # fmt: skip
        words = self._said.get(said)
        if words is None:
            if len(self._said) >= _MOST_SAID:
                self._said.clear()
            words = self._said[said] = claim_words(claim, self._records)
        title = self._titles.get(claim.source)
        if title is None:
            source = self._records.sources_by_id.get(claim.source)
            title = self._titles[claim.source] = f"“{source.title}”" if source else claim.source
        return f"{words} [{title}, {claim.locator}]" if claim.locator else f"{words} [{title}]"

    def _cells(self, one: Incident, parts: FeatureParts) -> list[str]:
        records, found = self._records, parts.parties
        named: list[str] = []
        for role in PARTY_COLUMNS:
            named += (
                _in_cell(found[role]),
                _in_cell(group_names(found[role], records)),
            )
        tolls: list[str] = []
        for toll in tolls_of(one, records.families).values():
            numbers = (toll.low, toll.high, toll.best)
            tolls += ("" if number is None else str(number) for number in numbers)
            tolls.append(toll.text)
        sources = self._sources.get(one.sources)
        if sources is None:
            sources = self._sources[one.sources] = _sources_text(one, records)
        claims = _in_cell(map(self._claim, one.claims))
        cells = [
            one.id, one.record_kind._value_, one.title, one.event_date, parts.start, parts.end,
            one.span.precision._value_, _in_cell(one.event_types), one.type_of_source,
            symbol_of(one.event_types), one.status._value_, parts.attribution,
            parts.attribution_text, *named, *tolls, _in_cell(one.casualties_combined),
            _switch(is_on=one.shares_toll_beyond), one.place, one.admin2, one.admin1,
            one.admin1_code, one.country, _in_cell(one.other_countries), "", "",
            one.geo_precision._value_, "", one.geo_basis, one.target, one.means, one.summary,
            *_OF_AREAS, _in_cell(one.related), claims, sources, "", "", "",
        ]  # fmt: skip
        if is_risky(cells):
            cells = list(map(guard, cells))
        # What is no text of anybody is never taken for a formula.
        if one.points:
            cells[_LON], cells[_LAT] = map(str, one.points[0])
            cells[_GEOMETRY] = parts.place
        if one.radius_km is not None:
            cells[_RADIUS] = str(one.radius_km)
        if one.claims:
            cells[_CLAIMS] = _escaped(parts.claims)
        if one.upstream:
            cells[_UPSTREAM] = _escaped(compact(dict(one.upstream)))
        return cells


def _quoted(cell: str) -> str:
    if _MUST_BE_QUOTED(cell) is None:
        return cell
    return '"' + cell.replace('"', '""') + '"'


_MUST_BE_QUOTED = re.compile(r'[",\r\n]').search


_Lines = TypeVar("_Lines", str, bytes)


def lines_to_csv(lines: Iterable[_Lines], context: Records) -> Iterator[str | _Lines]:
    """Yield the same of incidents whose lines have been made.

    Args:
        lines: The lines, any number at once.
        context: As for `many_to_csv`.
    """
    yield from lines_of([list(COLUMNS)])
    yield from lines
    yield from lines_of(area_rows(context))
