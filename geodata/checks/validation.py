"""Checks that need more than one record, or the map: unknown names, impossible dates and places.

What a record must be by itself is in `geodata.records.model`, what its claims must be together in
`geodata.checks.statements`. Each finding is a `Problem`: which record, which field, what must hold,
what came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from shapely.geometry import shape

from geodata.checks.statements import (
    Finding,
    check_claims,
    check_copied,
    check_parties,
    check_status,
    check_strength,
    check_tolls,
    check_topics,
)
from geodata.errors import Problem
from geodata.places import boundaries
from geodata.records import (
    BaseArea,
    ClaimAbout,
    GeoPrecision,
    Group,
    Incident,
    Records,
    Relation,
    RelationKind,
    normalise,
    parse_date,
)

__all__ = ["LEAST_RADIUS_KM", "validate", "validate_apart", "validate_together"]

# A circle smaller than this cannot surely hold a place that is known only so well.
LEAST_RADIUS_KM = {
    GeoPrecision.SITE: 0.0,
    GeoPrecision.SETTLEMENT: 1.0,
    GeoPrecision.NEAR_SETTLEMENT: 5.0,
    GeoPrecision.DISTRICT: 8.0,
    GeoPrecision.PROVINCE: 20.0,
    GeoPrecision.REGION: 50.0,
}
# The basemap is simplified, so a point on a coast or a border river may lie just outside.
_BORDER_TOLERANCE_KM = 3.0
# Places times countries that are held at once, some 20 MB; a record may name all countries, and a
# thousand places.
_MOST_ASKED = 1 << 17
_R = TypeVar("_R", Incident, BaseArea, Group, Relation)


def validate(records: Records) -> list[Problem]:
    """Return everything in a set of records that breaks a rule across records.

    Args:
        records: Records that are valid one by one, with all groups and sources they name.
    """
    return [
        *_of_incidents(records, (_links(records), _shared_tolls)),
        *_of_areas(records),
        *_of_context(records),
    ]


def validate_apart(records: Records) -> list[Problem]:
    """Return what in some of a set's records breaks a rule, whichever the others are.

    Args:
        records: Some incidents and base areas, with all groups and sources they name.
    """
    return [
        *_of_incidents(records),
        *_of_areas(records),
    ]


def validate_together(records: Records) -> list[Problem]:
    """Return what breaks a rule between the records of a set, and in its groups and sources.

    Args:
        records: The incidents that name others, those others, and all groups and sources.
    """
    return [
        *_run((_links(records), _shared_tolls), records.incidents, records),
        *_of_context(records),
    ]


def _of_incidents(records: Records, more: Sequence[_IncidentCheck] = ()) -> Iterator[Problem]:
    checks = (*_INCIDENT_CHECKS, _inside(records.incidents), *more)
    return _run(checks, records.incidents, records)


def _of_areas(records: Records) -> Iterator[Problem]:
    checks = (*_PLACE_CHECKS, _inside(records.base_areas), *_AREA_CHECKS)
    return _run(checks, records.base_areas, records)


def _of_context(records: Records) -> Iterator[Problem]:
    yield from _run(_GROUP_CHECKS, records.groups, records)
    yield from _run(_RELATION_CHECKS, records.relations, records)
    yield from _shared_names(records)


def _run(
    checks: Sequence[Callable[[_R, Records], Iterator[Finding]]],
    found: Sequence[_R],
    records: Records,
) -> Iterator[Problem]:
    for record in found:
        for check in checks:
            for finding in check(record, records):
                yield Problem(record.id, finding.field, finding.message)


def _date(incident: Incident, _: Records) -> Iterator[Finding]:
    spans = [
        parse_date(str(claim.value))
        for claim in incident.claims
        if claim.about is ClaimAbout.DATE and claim.value is not None and not claim.topic
    ]
    own = incident.span
    if spans and not any(own.start <= one.start and one.end <= own.end for one in spans):
        yield Finding(
            "event_date",
            "event_date must not be finer than, or apart from, every claim about the date, "
            f"got {incident.event_date!r}",
        )


def _links(records: Records) -> _IncidentCheck:
    """Return the check of whom incidents name."""
    by_id = records.incidents_by_id
    # One that a hundred thousand name may name all of them, and is not read through for each.
    linked = {
        name: {(one.id, other) for one in by_id.values() for other in getattr(one, name)}
        for name in ("related", "casualties_combined")
    }

    def check(incident: Incident, _: Records) -> Iterator[Finding]:
        for name, links in linked.items():
            for other in getattr(incident, name):
                if other not in by_id:
                    yield Finding(name, f"{name} must name listed incidents, got {other!r}")
                elif (other, incident.id) not in links:
                    yield Finding(
                        name, f"{name} must hold both ways, got {other!r} without a link back"
                    )

    return check


def _shared_tolls(incident: Incident, records: Records) -> Iterator[Finding]:
    """Find incidents that share a toll and do not give the same one; a sum would count it twice."""
    own = _casualties(incident)
    for other in incident.casualties_combined:
        partner = records.incidents_by_id.get(other)
        if partner and _casualties(partner) != own:
            yield Finding(
                "casualties_combined",
                f"figures of a shared toll must be the same in all its incidents, got those of "
                f"{other!r} with other ones",
            )


def _casualties(incident: Incident) -> set[tuple[str, object, str]]:
    hurt = (ClaimAbout.FATALITIES, ClaimAbout.INJURED, ClaimAbout.CASUALTIES)
    return {(str(c.about), c.value, c.part) for c in incident.claims if c.about in hurt}


def _radius(record: Incident | BaseArea, _: Records) -> Iterator[Finding]:
    least = LEAST_RADIUS_KM.get(record.geo_precision)
    if record.radius_km is not None and least is not None and record.radius_km < least:
        yield Finding(
            "radius_km",
            f"radius_km must be at least {least:g} for a place known to the "
            f"{record.geo_precision}, got {record.radius_km:g}",
        )


def _basis(record: Incident | BaseArea, _: Records) -> Iterator[Finding]:
    placed = record.points if isinstance(record, Incident) else record.geometry
    if placed and not record.geo_basis:
        yield Finding("geo_basis", "geo_basis must say where the coordinates come from")


def _country(record: Incident | BaseArea, _: Records) -> Iterator[Finding]:
    for code in _all_countries(record):
        if code not in boundaries.country_codes():
            yield Finding("country", f"country must be an ISO 3166-1 code on the map, got {code!r}")
    if record.admin1_code and record.admin1_code not in boundaries.province_codes():
        yield Finding(
            "admin1_code", f"admin1_code must be that of a province, got {record.admin1_code!r}"
        )


def _inside(placed: Sequence[Incident | BaseArea]) -> _PlaceCheck:
    """Return the check of where these records lie; all places of a country are asked at once."""
    codes = boundaries.country_codes()
    located = (
        (record, known, tuple(_positions(record)))
        for record in placed
        if (known := [code for code in _all_countries(record) if code in codes])
    )
    found: dict[int, list[Finding]] = defaultdict(list)
    for some in _asked_at_once(located):
        for record, finding in _astray_of(some):
            found[id(record)].append(finding)
    return lambda record, _: iter(found.get(id(record), ()))


def _asked_at_once(located: Iterable[_Located]) -> Iterator[list[_Located]]:
    """Yield records in a row that have so many places together that memory holds them."""
    some: list[_Located] = []
    asked = 0
    for one in located:
        _, known, places = one
        some.append(one)
        asked += len(known) * len(places)
        if asked >= _MOST_ASKED:
            yield some
            some, asked = [], 0
    yield some


def _astray_of(located: Sequence[_Located]) -> Iterator[tuple[Incident | BaseArea, Finding]]:
    asked: dict[str, dict[tuple[float, float], None]] = defaultdict(dict)
    for _, known, places in located:
        for code in known:
            asked[code].update(dict.fromkeys(places))
    away = {
        code: dict(zip(places, boundaries.distances_km([*places], code), strict=True))
        for code, places in asked.items()
    }
    for record, known, places in located:
        for place in places:
            distance = min(away[code][place] for code in known)
            if distance > record.reach_km + _BORDER_TOLERANCE_KM:
                yield record, _astray(place, distance, known)


def _astray(place: tuple[float, float], distance: float, countries: Iterable[str]) -> Finding:
    lon, lat = place
    return Finding(
        "geometry",
        f"a place must lie in its country or within radius_km of it, got {lon:g}, {lat:g}, "
        f"{distance:.0f} km outside {' and '.join(countries)}",
    )


def _all_countries(record: Incident | BaseArea) -> list[str]:
    others = record.other_countries if isinstance(record, Incident) else ()
    return [code for code in (record.country, *others) if code]


def _positions(record: Incident | BaseArea) -> Iterable[tuple[float, float]]:
    if isinstance(record, Incident):
        return record.points
    if record.geometry is None:
        return ()
    centre = shape(record.geometry).representative_point()
    return ((centre.x, centre.y),)


def _area_group(area: BaseArea, records: Records) -> Iterator[Finding]:
    if area.group not in records.groups_by_id:
        yield Finding("group", f"group must be the id of a listed group, got {area.group!r}")


def _validity(area: BaseArea, _: Records) -> Iterator[Finding]:
    if area.valid_from and area.valid_to:
        first, last = parse_date(area.valid_from).start, parse_date(area.valid_to).end
        if last < first:
            yield Finding(
                "valid_to",
                f"valid_to must not be before valid_from, got {area.valid_from} to {area.valid_to}",
            )
    if area.valid_from and parse_date(area.last_cited).end < parse_date(area.valid_from).start:
        yield Finding(
            "last_cited",
            f"last_cited must not be before valid_from, got {area.last_cited} "
            f"and {area.valid_from}",
        )


def _last_cited(area: BaseArea, records: Records) -> Iterator[Finding]:
    """Find areas that are said to be attested after the newest of their sources was written."""
    dates = [
        records.sources_by_id[one].date for one in area.sources if one in records.sources_by_id
    ]
    ends = [parse_date(one).end for one in dates if one]
    if ends and len(ends) == len(dates) and parse_date(area.last_cited).start > max(ends):
        yield Finding(
            "last_cited",
            "last_cited must not be after the newest source that speaks of the area, "
            f"got {area.last_cited}",
        )


def _parents(group: Group, records: Records) -> Iterator[Finding]:
    for parent in group.parents:
        if parent not in records.groups_by_id:
            yield Finding("parents", f"parents must be ids of listed groups, got {parent!r}")


def _related_groups(relation: Relation, records: Records) -> Iterator[Finding]:
    parties = {"subject": relation.subject}
    if relation.kind is not RelationKind.LED_BY:
        parties["object"] = relation.object
    for name, party in parties.items():
        if party not in records.groups_by_id:
            yield Finding(name, f"{name} must be the id of a listed group, got {party!r}")


def _rests_on_claims(relation: Relation, _: Records) -> Iterator[Finding]:
    if not relation.claims:
        yield Finding("claims", "claims must say who says so, got none")


def _shared_names(records: Records) -> Iterator[Problem]:
    """Find groups with one name; aliases may be shared, since sources do share them."""
    owners: dict[str, str] = {}
    for group in records.groups:
        owner = owners.setdefault(normalise(group.name), group.id)
        if owner != group.id:
            yield Problem(
                group.id, "name", f"name must be that of one group, got {group.name!r} of {owner}"
            )


_Located = tuple[Incident | BaseArea, list[str], tuple[tuple[float, float], ...]]
_PlaceCheck = Callable[[Incident | BaseArea, Records], Iterator[Finding]]
_IncidentCheck = Callable[[Incident, Records], Iterator[Finding]]
_AreaCheck = Callable[[BaseArea, Records], Iterator[Finding]]
_GroupCheck = Callable[[Group, Records], Iterator[Finding]]
_RelationCheck = Callable[[Relation, Records], Iterator[Finding]]

_INCIDENT_CHECKS: tuple[_IncidentCheck, ...] = (
    check_claims,
    check_copied,
    check_parties,
    check_topics,
    check_tolls,
    check_status,
    _date,
    _radius,
    _basis,
    _country,
)
_PLACE_CHECKS: tuple[_AreaCheck, ...] = (
    check_claims,
    check_copied,
    check_parties,
    check_topics,
    check_strength,
    _radius,
    _basis,
    _country,
)
_AREA_CHECKS: tuple[_AreaCheck, ...] = (
    _area_group,
    _validity,
    _last_cited,
)
_GROUP_CHECKS: tuple[_GroupCheck, ...] = (
    check_claims,
    check_copied,
    check_parties,
    check_topics,
    check_strength,
    _parents,
)
_RELATION_CHECKS: tuple[_RelationCheck, ...] = (
    check_claims,
    check_copied,
    check_parties,
    check_topics,
    _related_groups,
    _rests_on_claims,
)
