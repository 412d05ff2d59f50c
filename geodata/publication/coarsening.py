"""Whole records told no more exactly than to a district or a province.

Rounding the point alone protects nobody: the id, the title, a note may name the place. So every
field is on one of these lists, and a field that is on none does not go out:

- as it was: record kind, date, event types, status, countries; of areas also group, kind and the
  dates; of groups id, names, kind and parents, and their relations to each other without leaders
  and notes; of sources everything but the note
- made anew: id, title, place, precision, radius, province, basis of the place, claims (see
  `geodata.publication.redaction`), links to other incidents and that a toll is also that of others,
  an area's level
- left out: names of places below the province, target, means, summary, notes, rows kept by imports

It hides where something happened, not what: date, toll, parties and documents stay, and who knows
the incident knows its place. Names of groups and titles and addresses of sources may name places.
One set of records given out at both levels tells more than either.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Generic, TypeVar

import numpy as np
import shapely
from shapely.geometry import shape

from geodata.files import Watch, watched
from geodata.geodesy import distances_km
from geodata.places.boundaries import province_code, provinces
from geodata.publication.links import unlinked
from geodata.publication.redaction import redact_claims
from geodata.publication.rounding import Coarsening, Place, coarser, round_place
from geodata.records import (
    BaseArea,
    EventType,
    GeoPrecision,
    Group,
    Incident,
    Records,
    Relation,
    Source,
    country_name,
    join_words,
    parse_date,
)

__all__ = ["coarsen", "place_of"]

_DIGITS = 16
_UNNAMED_ID = "new"
_R = TypeVar("_R", Incident, BaseArea)


def coarsen(records: Records, level: Coarsening, watch: Watch | None = None) -> Records:
    """Return records told no more exactly than to a level, with the sources that they rest on.

    Doing it twice changes nothing more, and no record depends on another, but that of records which
    are the same now, all after the first have a number at the end of their id. Incidents come in
    order of their dates, since any other order might go by place.

    Args:
        records: The records.
        level: How far places are rounded.
        watch: Is told how many incidents are done.
    """
    total = len(records.incidents)
    named = {other for one in records.incidents for other in one.casualties_combined}
    before = unlinked(records.incidents, named - records.incidents_by_id.keys())
    incidents = _named(
        "incident",
        [_draft(_incident(one, level, records), one) for one in watched(before, total, watch)],
    )
    areas = _named("area", [_draft(_area(one, level, records), one) for one in records.base_areas])
    ids = {one.before.id: one.record.id for one in incidents}
    return _with_sources(
        Records(
            incidents=tuple(_linked(one, ids) for one in incidents),
            base_areas=tuple(one.record for one in areas),
            groups=tuple(_group(one, records) for one in records.groups),
            relations=tuple(_relations(records)),
        ),
        records.sources,
    )


def _with_sources(records: Records, sources: Iterable[Source]) -> Records:
    """Return records with the sources that claims were read in, and those they derive from."""
    slim = [_source(one) for one in sources]
    said = (one.claims for one in (*records.incidents, *records.base_areas))
    told = (one.claims for one in records.groups)
    related = (one.claims for one in records.relations)
    named = {claim.source for claims in chain(said, told, related) for claim in claims}
    while more := {other for one in slim if one.id in named for other in one.derived_from} - named:
        named |= more
    return replace(records, sources=tuple(one for one in slim if one.id in named))


def place_of(record: Incident | BaseArea) -> Place:
    """Return where a record is; of an area with an outline, the circle that holds it."""
    points, radius_km = _circles(record)
    code = record.admin1_code
    if code not in provinces():
        code = province_code(record.admin1, record.country) or "" if record.admin1 else ""
    return Place(
        points=points,
        precision=record.geo_precision,
        radius_km=radius_km,
        admin1_code=code,
        country=record.country,
        other_countries=record.other_countries if isinstance(record, Incident) else (),
    )


def _circles(record: Incident | BaseArea) -> tuple[tuple[tuple[float, float], ...], float | None]:
    if isinstance(record, Incident):
        return record.points, record.reach_km or record.radius_km
    if record.geometry is None:
        return (), record.radius_km
    outline = shape(record.geometry)
    middle = outline.representative_point()
    centre = (middle.x, middle.y)
    extent_km = float(np.max(distances_km(centre, shapely.get_coordinates(outline))))
    return (centre,), max(extent_km, record.reach_km)


def _incident(incident: Incident, level: Coarsening, records: Records) -> Incident:
    place = round_place(place_of(incident), level)
    return Incident(
        id=_UNNAMED_ID,
        title=_title(incident, place),
        record_kind=incident.record_kind,
        event_date=incident.event_date,
        event_types=incident.event_types,
        status=incident.status,
        points=place.points,
        country=incident.country,
        other_countries=incident.other_countries,
        claims=redact_claims(incident.claims, records),
        **_told(place),
    )


def _area(area: BaseArea, level: Coarsening, records: Records) -> BaseArea:
    before = place_of(area)
    place = round_place(before, level)
    geometry = area.geometry
    if (place.points, place.radius_km) != (before.points, before.radius_km):
        geometry = {"type": "Point", "coordinates": list(place.points[0])} if place.points else None
    told = _told(place)
    if geometry is not None and geometry["type"] != "Point":
        told["radius_km"] = area.radius_km
    return BaseArea(
        id=_UNNAMED_ID,
        group=area.group,
        level=coarser(area.level, place.precision),
        kind=area.kind,
        status=area.status,
        geometry=geometry,
        valid_from=area.valid_from,
        valid_to=area.valid_to,
        last_cited=area.last_cited,
        country=area.country,
        claims=redact_claims(area.claims, records),
        **told,
    )


def _told(place: Place) -> dict[str, Any]:
    known = provinces().get(place.admin1_code)
    return {
        "admin1": known.name if known else "",
        "admin1_code": place.admin1_code,
        "geo_precision": place.precision,
        "radius_km": place.radius_km,
        "geo_basis": _basis(place.precision) if place.points else "",
    }


def _basis(precision: GeoPrecision) -> str:
    # The same words for what was rounded and what never was known better: neither tells which.
    return f"Known or rounded to the {precision}, for publication"


def _title(incident: Incident, place: Place) -> str:
    types = join_words([_type(one) for one in incident.event_types])
    known = provinces().get(place.admin1_code)
    codes = [place.country] if place.country else list(place.other_countries)
    countries = join_words([country_name(code) for code in codes if code])
    words = [types, known.name if known else "", countries or "country unknown"]
    title = ", ".join(word for word in words if word)
    return title[0].upper() + title[1:]


def _type(event_type: EventType) -> str:
    return "other incident" if event_type is EventType.OTHER else str(event_type)


def _group(group: Group, records: Records) -> Group:
    return Group(
        id=group.id,
        name=group.name,
        short_name=group.short_name,
        kind=group.kind,
        aliases=group.aliases,
        parents=group.parents,
        claims=redact_claims(group.claims, records),
    )


def _relations(records: Records) -> Iterator[Relation]:
    """Yield what relates listed groups; the name of a leader may be that of a place."""
    named = [one for one in records.relations if one.object in records.groups_by_id]
    for number, relation in enumerate(named, start=1):
        yield Relation(
            id=f"relation-{number}",
            subject=relation.subject,
            kind=relation.kind,
            object=relation.object,
            valid_from=relation.valid_from,
            valid_to=relation.valid_to,
            claims=redact_claims(relation.claims, records),
        )


def _source(source: Source) -> Source:
    return Source(
        id=source.id,
        title=source.title,
        author=source.author,
        publisher=source.publisher,
        date=source.date,
        url=source.url,
        accessed=source.accessed,
        licence=source.licence,
        derived_from=source.derived_from,
        is_document=source.is_document,
        may_publish=source.may_publish,
    )


@dataclass(frozen=True)
class _Draft(Generic[_R]):
    """A record as it will go out but for its id, and the one it was."""

    record: _R
    before: _R
    mark: str


def _named(kind: str, drafts: Iterable[_Draft[_R]]) -> list[_Draft[_R]]:
    """Give ids, and put records in order of dates."""
    used: Counter[str] = Counter()
    named = []
    for draft in sorted(drafts, key=lambda one: (_first_day(one.record), one.mark)):
        used[draft.mark] += 1
        number = f"-{used[draft.mark]}" if used[draft.mark] > 1 else ""
        record = draft.record.but(id=f"{kind}-{draft.mark}{number}")
        named.append(replace(draft, record=record))
    return named


def _draft(record: _R, before: _R) -> _Draft[_R]:
    # The id follows from nothing but what is told: a hash that took in what is hidden would let
    # anybody test a guess of it. Which `by` is told depends on the groups that are listed.
    hidden: Any = {"id": True, "claims": {"__all__": {"by"}}}
    text = record.model_dump_json(exclude=hidden, exclude_defaults=True)
    return _Draft(record, before, hashlib.sha256(text.encode()).hexdigest()[:_DIGITS])


def _first_day(record: Incident | BaseArea) -> str:
    text = record.event_date if isinstance(record, Incident) else record.valid_from
    return parse_date(text).start.isoformat() if text else ""


def _linked(draft: _Draft[Incident], ids: Mapping[str, str]) -> Incident:
    links = {
        "related": _new_ids(draft.before.related, ids),
        "casualties_combined": _new_ids(draft.before.casualties_combined, ids),
        "shares_toll_beyond": draft.before.shares_toll_beyond,
    }
    return draft.record.but(**links) if any(links.values()) else draft.record


def _new_ids(old_ids: Iterable[str], ids: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({ids[one] for one in old_ids if one in ids}))
