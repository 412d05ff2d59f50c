"""Checks that need more than one record, or the map: unknown names, impossible dates and places.

What a record must be by itself is in `geodata.records.model`. Each finding is a `Problem`: which
record, which field, what must hold, what came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from shapely.geometry import shape

from geodata.checks.quotation import RUN_OF_WORDS, repeated_run
from geodata.errors import Problem
from geodata.places import boundaries
from geodata.records import (
    NAMING_GROUPS,
    BaseArea,
    Claim,
    ClaimAbout,
    GeoPrecision,
    Group,
    Incident,
    Records,
    Stance,
    Status,
    normalise,
    parse_date,
)

__all__ = ["LEAST_RADIUS_KM", "validate"]

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
_R = TypeVar("_R", Incident, BaseArea, Group)


@dataclass(frozen=True)
class _Finding:
    field: str
    message: str


def validate(records: Records) -> list[Problem]:
    """Return everything in a set of records that breaks a rule across records.

    Args:
        records: Records that are valid one by one, with all groups and sources they name.
    """
    return [
        *_run(_INCIDENT_CHECKS, records.incidents, records),
        *_run(_AREA_CHECKS, records.base_areas, records),
        *_run(_GROUP_CHECKS, records.groups, records),
        *_shared_names(records),
    ]


def _run(
    checks: Sequence[Callable[[_R, Records], Iterator[_Finding]]],
    found: Sequence[_R],
    records: Records,
) -> Iterator[Problem]:
    for record in found:
        for check in checks:
            for finding in check(record, records):
                yield Problem(record.id, finding.field, finding.message)


def _claims(record: Incident | BaseArea | Group, records: Records) -> Iterator[_Finding]:
    for index, claim in enumerate(record.claims):
        where = f"claims[{index}]"
        if not claim.locator.strip():
            yield _Finding(f"{where}.locator", "locator must say where in the source, got nothing")
        for source in (claim.source, *claim.cites):
            if source not in records.sources_by_id:
                yield _Finding(where, f"source must be one that is listed, got {source!r}")
        if claim.about in NAMING_GROUPS and claim.value not in records.groups_by_id:
            yield _Finding(
                f"{where}.value", f"value must be the id of a listed group, got {claim.value!r}"
            )


def _copied(record: Incident | BaseArea | Group, _: Records) -> Iterator[_Finding]:
    texts = [(name, getattr(record, name, "")) for name in ("title", "summary", "note")]
    for index, claim in enumerate(record.claims):
        if isinstance(claim.value, str):
            texts.append((f"claims[{index}].value", claim.value))
        texts.append((f"claims[{index}].note", claim.note))
    for name, text in texts:
        run = repeated_run(text)
        if run:
            yield _Finding(
                name,
                f"{name} must not repeat {RUN_OF_WORDS} words in a row of a source, got {run!r}",
            )


def _date(incident: Incident, _: Records) -> Iterator[_Finding]:
    spans = [
        parse_date(str(claim.value))
        for claim in incident.claims
        if claim.about is ClaimAbout.DATE and claim.value is not None
    ]
    own = incident.span
    if spans and not any(own.start <= one.start and one.end <= own.end for one in spans):
        yield _Finding(
            "event_date",
            "event_date must not be finer than, or apart from, every claim about the date, "
            f"got {incident.event_date!r}",
        )


def _status(incident: Incident, _: Records) -> Iterator[_Finding]:
    denied = any(_denies_occurrence(claim) for claim in incident.claims)
    if incident.status is Status.DISPUTED and not denied:
        yield _Finding("status", "status 'disputed' must rest on a claim that denies or doubts")


def _denies_occurrence(claim: Claim) -> bool:
    return claim.about is ClaimAbout.OCCURRENCE and claim.stance in (Stance.DENIES, Stance.DOUBTS)


def _links(incident: Incident, records: Records) -> Iterator[_Finding]:
    for name in ("related", "casualties_combined"):
        for other in getattr(incident, name):
            if other not in records.incidents_by_id:
                yield _Finding(name, f"{name} must name listed incidents, got {other!r}")
            elif incident.id not in getattr(records.incidents_by_id[other], name):
                yield _Finding(
                    name, f"{name} must hold both ways, got {other!r} without a link back"
                )


def _radius(record: Incident | BaseArea, _: Records) -> Iterator[_Finding]:
    least = LEAST_RADIUS_KM.get(record.geo_precision)
    if record.radius_km is not None and least is not None and record.radius_km < least:
        yield _Finding(
            "radius_km",
            f"radius_km must be at least {least:g} for a place known to the "
            f"{record.geo_precision}, got {record.radius_km:g}",
        )


def _basis(record: Incident | BaseArea, _: Records) -> Iterator[_Finding]:
    placed = record.points if isinstance(record, Incident) else record.geometry
    if placed and not record.geo_basis:
        yield _Finding("geo_basis", "geo_basis must say where the coordinates come from")


def _country(record: Incident | BaseArea, _: Records) -> Iterator[_Finding]:
    codes = [record.country]
    if isinstance(record, Incident):
        codes += record.other_countries
    for code in codes:
        if code and code not in boundaries.countries():
            yield _Finding(
                "country", f"country must be an ISO 3166-1 code on the map, got {code!r}"
            )
    if record.admin1_code and record.admin1_code not in boundaries.provinces():
        yield _Finding(
            "admin1_code", f"admin1_code must be that of a province, got {record.admin1_code!r}"
        )


def _inside(record: Incident | BaseArea, _: Records) -> Iterator[_Finding]:
    known = [code for code in _all_countries(record) if code in boundaries.countries()]
    if not known:
        return
    for lon, lat in _positions(record):
        distance = min(boundaries.distance_km(lon, lat, code) for code in known)
        if distance > (record.radius_km or 0) + _BORDER_TOLERANCE_KM:
            yield _Finding(
                "geometry",
                f"a place must lie in its country or within radius_km of it, got {lon:g}, {lat:g}, "
                f"{distance:.0f} km outside {' and '.join(known)}",
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


def _area_group(area: BaseArea, records: Records) -> Iterator[_Finding]:
    if area.group not in records.groups_by_id:
        yield _Finding("group", f"group must be the id of a listed group, got {area.group!r}")


def _validity(area: BaseArea, _: Records) -> Iterator[_Finding]:
    if area.valid_from and area.valid_to:
        first, last = parse_date(area.valid_from).start, parse_date(area.valid_to).end
        if last < first:
            yield _Finding(
                "valid_to",
                f"valid_to must not be before valid_from, got {area.valid_from} to {area.valid_to}",
            )
    if area.valid_from and parse_date(area.last_cited).end < parse_date(area.valid_from).start:
        yield _Finding(
            "last_cited",
            f"last_cited must not be before valid_from, got {area.last_cited} "
            f"and {area.valid_from}",
        )


def _parents(group: Group, records: Records) -> Iterator[_Finding]:
    for parent in group.parents:
        if parent not in records.groups_by_id:
            yield _Finding("parents", f"parents must be ids of listed groups, got {parent!r}")


def _shared_names(records: Records) -> Iterator[Problem]:
    """Find groups with one name; aliases may be shared, since sources do share them."""
    owners: dict[str, str] = {}
    for group in records.groups:
        owner = owners.setdefault(normalise(group.name), group.id)
        if owner != group.id:
            yield Problem(
                group.id, "name", f"name must be that of one group, got {group.name!r} of {owner}"
            )


_IncidentCheck = Callable[[Incident, Records], Iterator[_Finding]]
_AreaCheck = Callable[[BaseArea, Records], Iterator[_Finding]]
_GroupCheck = Callable[[Group, Records], Iterator[_Finding]]

_INCIDENT_CHECKS: tuple[_IncidentCheck, ...] = (
    _claims,
    _copied,
    _date,
    _status,
    _links,
    _radius,
    _basis,
    _country,
    _inside,
)
_AREA_CHECKS: tuple[_AreaCheck, ...] = (
    _claims,
    _copied,
    _radius,
    _basis,
    _country,
    _inside,
    _area_group,
    _validity,
)
_GROUP_CHECKS: tuple[_GroupCheck, ...] = (_claims, _copied, _parents)
