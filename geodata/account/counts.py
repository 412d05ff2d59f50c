"""How many records there are of each kind, what they cover, and how many rest on each source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from geodata.records import (
    Attribution,
    BaseArea,
    Claim,
    ClaimAbout,
    GeoPrecision,
    Incident,
    RecordKind,
    Records,
    Source,
    Status,
    TimePrecision,
    attribution,
    country_name,
    digits,
    parse_date,
    say,
)

__all__ = [
    "Count",
    "Coverage",
    "SourceUse",
    "Table",
    "all_claims",
    "area_tables",
    "coverage",
    "group_tables",
    "incident_tables",
    "newest_document",
    "source_uses",
]


# Stands behind any year.
_LAST = 10_000


@dataclass(frozen=True)
class Count:
    """How many records have one value; `share` is the part of the largest count, 0 to 1."""

    label: str
    number: int
    share: float = 0.0


@dataclass(frozen=True)
class Table:
    """Counts of one property, with a note on how they were made."""

    heading: str
    column: str
    rows: tuple[Count, ...]
    note: str = ""


@dataclass(frozen=True)
class SourceUse:
    """A source and what rests on it.

    Attributes:
        source: The source.
        incidents: Incidents with a claim that was read in it.
        base_areas: The same for base areas.
        claims: Claims that were read in it, those of groups and relations included.
        citing: Claims of other documents that cite it.
    """

    source: Source
    incidents: int
    base_areas: int
    claims: int
    citing: int


@dataclass(frozen=True)
class Coverage:
    """What the incidents cover.

    Attributes:
        first: First possible day of any incident that has one; `None` without any.
        last: Last possible day of any incident that has one.
        countries: Names of the countries, in alphabetical order.
        placed: Incidents on the map.
        unplaced: Incidents that are not on the map, by reason.
        areas_placed: Base areas on the map.
        areas_unplaced: Base areas that are not, by reason.
        aggregates: Incidents that are counts or campaigns.
        combined: Incidents that share a toll with others.
        without_toll: Events for which no document gives a number of killed.
        newest_document: EDTF date of the newest document, if any has one.
    """

    first: date | None
    last: date | None
    countries: tuple[str, ...]
    placed: int
    unplaced: tuple[Count, ...]
    areas_placed: int
    areas_unplaced: tuple[Count, ...]
    aggregates: int
    combined: int
    without_toll: int
    newest_document: str


def incident_tables(incidents: Sequence[Incident]) -> tuple[Table, ...]:
    """Return counts of incidents by type, year, country, precision, status and attribution.

    Their words are those of the language that is spoken.
    """
    return (
        Table(
            say("By type"),
            say("Type"),
            _ranked(say(str(one)) for x in incidents for one in dict.fromkeys(x.event_types)),
            say(
                "An incident counts once for each of its types, so the sum is larger than the "
                "number of incidents."
            ),
        ),
        Table(
            say("By year"),
            say("Year"),
            _by_year(incidents),
            say(
                "The year of the first possible day; a date of several years counts in its first. "
                "Incidents of which only the end is known, or no date at all, have no first day."
            ),
        ),
        Table(
            say("By country"), say("Country"), _ranked(_country(one.country) for one in incidents)
        ),
        Table(
            say("By precision of the place"),
            say("Known to"),
            _in_order(GeoPrecision, (one.geo_precision for one in incidents)),
        ),
        Table(
            say("By precision of the time"),
            say("Known to"),
            _in_order(TimePrecision, (one.span.precision for one in incidents)),
        ),
        Table(
            say("By status"), say("Status"), _in_order(Status, (one.status for one in incidents))
        ),
        Table(
            say("By attribution"),
            say("Attribution"),
            _in_order(Attribution, (attribution(one.claims) for one in incidents)),
        ),
        Table(
            say("By kind of record"),
            say("Kind"),
            _ranked(say(str(one.record_kind)) for one in incidents),
        ),
    )


def area_tables(records: Records) -> tuple[Table, ...]:
    """Return counts of base areas by kind of group and area, level, country and status."""
    areas, groups = records.base_areas, records.groups_by_id
    kinds = (str(groups[one.group].kind) if one.group in groups else "unknown" for one in areas)
    return (
        Table(say("By kind of area"), say("Kind"), _ranked(say(str(one.kind)) for one in areas)),
        Table(say("By kind of group"), say("Kind"), _ranked(say(str(one)) for one in kinds)),
        Table(say("By level"), say("Level"), _in_order(GeoPrecision, (one.level for one in areas))),
        Table(say("By country"), say("Country"), _ranked(_country(one.country) for one in areas)),
        Table(say("By status"), say("Status"), _ranked(say(str(one.status)) for one in areas)),
    )


def group_tables(records: Records) -> tuple[Table, ...]:
    """Return counts of groups by kind, and of what relates them."""
    kinds = _ranked(say(str(one.kind)) for one in records.groups)
    told = (Table(say("By kind"), say("Kind"), kinds),)
    if not records.relations:
        return told
    related = _ranked(say(str(one.kind)) for one in records.relations)
    return (*told, Table(say("Relations, by kind"), say("Kind"), related))


def _country(code: str) -> str:
    return country_name(code) if code else say("no country")


def _by_year(incidents: Iterable[Incident]) -> tuple[Count, ...]:
    starts = (one.span.known_start for one in incidents)
    years = sorted(Counter(start.year if start else _LAST for start in starts).items())
    return _counts(
        [(say("no first day") if y == _LAST else digits(f"{y:04}"), n) for y, n in years]
    )


def _ranked(labels: Iterable[str]) -> tuple[Count, ...]:
    return _counts(sorted(Counter(labels).items(), key=lambda pair: (-pair[1], pair[0])))


def _in_order(values: Iterable[str], found: Iterable[str]) -> tuple[Count, ...]:
    counter = Counter(map(str, found))
    return _counts([(say(str(one)), counter[str(one)]) for one in values if counter[str(one)]])


def _counts(pairs: Sequence[tuple[str, int]]) -> tuple[Count, ...]:
    most = max((number for _, number in pairs), default=1)
    return tuple(Count(label, number, number / most) for label, number in pairs)


def coverage(records: Records) -> Coverage:
    """Return what incidents and base areas cover, and why some are not on the map."""
    incidents, areas = records.incidents, records.base_areas
    spans = [one.span for one in incidents]
    return Coverage(
        first=min((one.start for one in spans if one.has_start), default=None),
        last=max((one.end for one in spans if one.has_end), default=None),
        countries=tuple(sorted({country_name(one.country) for one in incidents if one.country})),
        placed=sum(one.is_mappable for one in incidents),
        unplaced=_ranked(_why_unplaced(one) for one in incidents if not one.is_mappable),
        areas_placed=sum(one.is_mappable for one in areas),
        areas_unplaced=_ranked(_why_no_outline(one) for one in areas if not one.is_mappable),
        aggregates=sum(one.record_kind is RecordKind.AGGREGATE for one in incidents),
        combined=sum(bool(one.casualties_combined) or one.shares_toll_beyond for one in incidents),
        without_toll=sum(_has_no_toll(one) for one in incidents),
        newest_document=newest_document(records.sources),
    )


def newest_document(sources: Iterable[Source]) -> str:
    """Return the EDTF date of the newest dated document, as late as it may be; empty for none.

    Example:
        >>> read = [Source(id=day, title="T", date=day, is_document=True)
        ...         for day in ("2024-03", "2024")]
        >>> newest_document(read)
        '2024'
    """
    dates = (one.date for one in sources if one.is_document and one.date)
    known = ((day, text) for text in dates if (day := parse_date(text).known_end))
    return max(known, default=(None, ""))[1]


def _why_unplaced(incident: Incident) -> str:
    if incident.record_kind is RecordKind.AGGREGATE:
        return say("a count or campaign over many events")
    return _why_no_place(incident)


def _why_no_outline(area: BaseArea) -> str:
    return _why_no_place(area)


# They say nothing of how large what is named is.
_NO_LEVEL = (GeoPrecision.UNKNOWN, GeoPrecision.NOT_STATED)


def _why_no_place(record: Incident | BaseArea) -> str:
    precision = record.geo_precision
    if precision in _NO_LEVEL and record.place_names:
        return say("only names of places are given")
    if precision is GeoPrecision.COUNTRY or (precision in _NO_LEVEL and record.country):
        return say("only the country is given")
    if precision in _NO_LEVEL:
        return say("no place is given")
    return say(f"only a {precision} is named, and no position is known for it")


def _has_no_toll(incident: Incident) -> bool:
    is_event = incident.record_kind is RecordKind.EVENT
    return is_event and all(one.about is not ClaimAbout.FATALITIES for one in incident.claims)


def all_claims(records: Records) -> list[Claim]:
    """Return the claims of incidents, base areas, groups and relations."""
    placed = [claim for one in (*records.incidents, *records.base_areas) for claim in one.claims]
    named = [claim for group in records.groups for claim in group.claims]
    return placed + named + [claim for one in records.relations for claim in one.claims]


def source_uses(records: Records) -> tuple[tuple[SourceUse, ...], tuple[SourceUse, ...]]:
    """Return the documents that claims were read in, and the other sources, most used first.

    A source that claims name but the list of sources lacks stands there under its id.
    """
    claims = all_claims(records)
    read = Counter(claim.source for claim in claims)
    citing = Counter(cited for claim in claims for cited in dict.fromkeys(claim.cites))
    incidents = Counter(source for one in records.incidents for source in one.sources)
    areas = Counter(source for one in records.base_areas for source in one.sources)
    listed = records.sources_by_id
    missing = sorted({*read, *citing} - set(listed))
    uses = [
        SourceUse(one, incidents[one.id], areas[one.id], read[one.id], citing[one.id])
        for one in (*records.sources, *(Source(id=name, title=name) for name in missing))
    ]
    documents = [use for use in uses if use.source.is_document or use.claims]
    others = [use for use in uses if not (use.source.is_document or use.claims)]
    return _by_use(documents, lambda use: use.claims), _by_use(others, lambda use: use.citing)


def _by_use(uses: Sequence[SourceUse], number: Callable[[SourceUse], int]) -> tuple[SourceUse, ...]:
    return tuple(sorted(uses, key=lambda use: (-number(use), use.source.title, use.source.id)))
