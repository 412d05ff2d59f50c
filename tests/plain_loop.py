"""What the store should answer, found by a plain loop over records."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from fixed_records import claim, incident
from shapely.geometry import Point, Polygon

from geodata.geodesy import EARTH_RADIUS_KM, distance_km, ground_circle, mercator_y
from geodata.queries.filters import DateMatch, Filter
from geodata.records.collection import Records
from geodata.records.dates import parse_date
from geodata.records.derive import derive_toll
from geodata.records.model import Group, Incident, Relation
from geodata.records.names import normalise
from geodata.records.parties import attribution, linked_groups, parties
from geodata.records.vocabulary import (
    ClaimAbout,
    EventType,
    GeoPrecision,
    Role,
    Status,
    TimePrecision,
)

GROUPS = (
    Group(id="islamic-state", name="Islamic State", aliases=("داعش", "ISIS")),
    Group(
        id="iskp",
        name="Khorasan Province",
        short_name="IS-KP",
        aliases=("ولایت خراسان", "ДАИШ Хуросон"),
        parents=("islamic-state",),
    ),
    Group(id="wing", name="Tajik wing", parents=("iskp",)),
    Group(id="houthis", name="Houthis", aliases=("Ansarullah",)),
    Group(id="jamaat-ansarullah", name="Jamaat Ansarullah", aliases=("Ansarullah",)),
    Group(id="tkp", name="Tehrik"),
    Group(id="cell", name="A cell"),
)
# Some joined for a time, within months or years that overlap imprecise dates, and by way of others.
RELATIONS = (
    Relation(id="1", subject="tkp", kind="merged into", object="iskp", valid_from="2018-08"),
    Relation(
        id="2",
        subject="cell",
        kind="part of",
        object="tkp",
        valid_from="2016/2017",
        valid_to="2019-03-10/2020-02",
    ),
    Relation(id="3", subject="cell", kind="part of", object="houthis", valid_from="2020-03"),
    Relation(id="4", subject="cell", kind="pledged to", object="jamaat-ansarullah"),
)


def random_incident(chance: random.Random, number: int) -> Incident:
    start = date(2015, 1, 1) + timedelta(days=chance.randrange(3_000))
    dates = (
        f"{start}",
        f"{start:%Y-%m}",
        f"{start:%Y}",
        f"{start:%Y}-23",
        f"{start}/{start + timedelta(chance.randrange(90))}",
        f"{start}/..",
        f"../{start}",
        "XXXX",
    )
    precision = chance.choice(list(GeoPrecision))
    count = chance.choice((0, 1, 1, 1, 2, 3)) if precision is not GeoPrecision.UNKNOWN else 0
    said = [
        claim("attribution", chance.choice(GROUPS).id, stance=stance, source=f"s{number % 3}")
        for stance in chance.sample(
            ["claims", "assigns", "denies", "assigns to another party"], chance.choice((0, 0, 1, 2))
        )
    ]
    said += [
        claim("involved", chance.choice(GROUPS).id, role=role)
        for role in chance.sample(list(Role), chance.choice((0, 0, 1, 2)))
    ]
    said += [
        claim(about, chance.randrange(40), source=f"s{n}")
        for about in ("fatalities", "injured")
        for n in range(chance.randrange(3))
    ]
    return incident(
        f"one-{number}",
        title=chance.choice(("Bombing in Kundūz", "Raid (mosque)", "Plot", "Ҳамла дар Данғара")),
        record_kind="event" if count or number % 3 else "aggregate",
        event_date=chance.choices(dates, (8, 4, 2, 2, 2, 1, 1, 1))[0],
        event_types=chance.sample(list(EventType), chance.choice((1, 1, 2, 3))),
        status=chance.choice(list(Status)),
        geo_precision=precision,
        radius_km=chance.choice((0, 5, 60, 400)),
        points=[(chance.uniform(-180, 180), chance.uniform(-80, 80)) for _ in range(count)],
        place=chance.choice(("Kundūz", "Kerman", "")),
        admin1=chance.choice(("Kunduz Province", "Khatlon", "")),
        admin1_code=chance.choice(("AF.24", "TJ.02", "")),
        admin2=chance.choice(("Imam Sahib", "")),
        country=chance.choice(("AF", "IR", "TJ", "")),
        other_countries=chance.choice(((), ("UZ",), ("PK", "RU"))),
        claims=said,
        target=chance.choice(("a mosque", "an embassy", "")),
        type_of_source=chance.choice(("", "Armed clash", "Other")),
        means=chance.choice(("a drone", "a parked lorry", "")),
        summary=chance.choice(("Near the old lighthouse.", "")),
    )


def random_records(count: int) -> Records:
    chance = random.Random(count)
    incidents = tuple(random_incident(chance, n) for n in range(count))
    return Records(incidents, groups=GROUPS, relations=RELATIONS)


def is_wanted(one: Incident, chosen: Filter, records: Records) -> bool:
    """Say what a filter means, without tables or queries."""
    return all(
        (
            _is_in_time(one, chosen),
            not chosen.event_types or set(chosen.event_types) & set(one.event_types),
            not chosen.ids or one.id in chosen.ids,
            not chosen.source_types or one.type_of_source in chosen.source_types,
            not chosen.countries
            or set(chosen.countries) & {one.country, *one.other_countries} - {""},
            not chosen.statuses or one.status in chosen.statuses,
            not chosen.attributions or attribution(one.claims) in chosen.attributions,
            chosen.least_precision is None or one.geo_precision.rank <= chosen.least_precision.rank,
        )
        # What takes longer is not looked at where the answer is known.
    ) and all(
        holds(one, chosen, records) for holds in (_is_of_toll, _is_of_groups, _is_said, _is_there)
    )


def _is_in_time(one: Incident, chosen: Filter) -> bool:
    span = one.span
    if chosen.start is None and chosen.end is None:
        return True
    # What has no beginning counts from its end on, and what has no date in no period.
    earliest, latest = span.end, span.start if span.has_start else span.end
    if chosen.date_match is DateMatch.CERTAIN:
        earliest, latest = span.start, span.end
    return (
        span.precision is not TimePrecision.UNKNOWN
        and (chosen.start is None or earliest >= chosen.start)
        and (chosen.end is None or latest <= chosen.end)
    )


def _is_of_toll(one: Incident, chosen: Filter, records: Records) -> bool:
    least, most = chosen.fatalities_min, chosen.fatalities_max
    if least is not None or most is not None:
        toll = derive_toll(one.claims, ClaimAbout.FATALITIES, records.families)
        if least is not None and (toll.high is None or toll.high < least):
            return False
        if most is not None and (toll.low is None or toll.low > most):
            return False
    if chosen.injured_min is None:
        return True
    injured = derive_toll(one.claims, ClaimAbout.INJURED, records.families)
    return injured.high is not None and injured.high >= chosen.injured_min


def _is_of_groups(one: Incident, chosen: Filter, records: Records) -> bool:
    if not chosen.groups:
        return not chosen.roles or any(parties_of(one)[role] for role in chosen.roles)
    roles = chosen.roles or (Role.ACTOR, Role.TARGET)
    asked = {group for name in chosen.groups for group in records.resolve_groups(name)}
    return any(is_party(one, group, role, chosen, records) for group in asked for role in roles)


def _is_said(one: Incident, chosen: Filter, records: Records) -> bool:
    if not chosen.text:
        return True
    names = [records.groups_by_id.get(group) or group for group in linked_groups(one)]
    spellings = [
        text
        for group in names
        for text in (
            (group.name, group.short_name, *group.aliases) if isinstance(group, Group) else (group,)
        )
    ]
    fields = (one.id, one.title, one.summary, one.place, one.admin1, one.admin2, one.target)
    letters = normalise(" ".join((*fields, one.means, *one.event_types, *spellings)))
    return all(normalise(word) in letters for word in chosen.text.split())


def _is_there(one: Incident, chosen: Filter, records: Records) -> bool:
    radius = one.radius_km or 0
    return (
        chosen.bounds is None or any(is_inside(point, radius, chosen) for point in one.points)
    ) and (chosen.within is None or any(is_in_shape(point, radius, chosen) for point in one.points))


def parties_of(one: Incident) -> Mapping[Role, tuple[str, ...]]:
    """The parties of an incident, found once: thousands of filters ask for them."""
    held = _PARTIES.get(id(one))
    if held is None or held[0] is not one:
        held = _PARTIES[id(one)] = (one, parties(one.claims))
    return held[1]


# By identity, since equal incidents take long to tell equal; each is kept, so that none takes
# the place of another.
_PARTIES: dict[int, tuple[Incident, Mapping[Role, tuple[str, ...]]]] = {}


def is_party(one: Incident, group: str, role: Role, chosen: Filter, records: Records) -> bool:
    """Say whether a party of an incident was, or belonged to, a group when it happened.

    Day by day: on some day of the incident and the period; or, where it must be certain, on every
    day of the incident.
    """
    is_certain = chosen.date_match is DateMatch.CERTAIN
    first, last = one.span.start, one.span.end
    if not is_certain:
        first, last = max(first, chosen.start or first), min(last, chosen.end or last)
    own = parties_of(one)[role]
    held = [
        any(belonged(party, group, day, records, is_certain=is_certain) for party in own)
        for day in telling_days(first, last, records)
    ]
    return bool(own) and (all(held) if is_certain else any(held))


def telling_days(first: date, last: date, records: Records) -> list[date]:
    """Return days of a time among which there is one of each set of relations that held."""
    return sorted({first, last, *(d for d in _edges(records.relations) if first <= d <= last)})


@cache
def _edges(relations: tuple[Relation, ...]) -> frozenset[date]:
    texts = [text for one in relations for text in (one.valid_from, one.valid_to) if text]
    edges = [day for span in map(parse_date, texts) for day in (span.start, span.end)]
    return frozenset(
        date.fromordinal(min(max(edge.toordinal() + by, 1), date.max.toordinal()))
        for edge in edges
        for by in (-1, 0, 1)
    )


def belonged(party: str, group: str, day: date, records: Records, *, is_certain: bool) -> bool:
    """Say whether a chain of relations led from a party to a group on one day."""
    parents = tuple((one.id, one.parents) for one in records.groups if one.parents)
    return group in _above(party, day, parents, records.relations, is_certain=is_certain)


@cache
def _above(
    party: str,
    day: date,
    parents: tuple[tuple[str, tuple[str, ...]], ...],
    relations: tuple[Relation, ...],
    *,
    is_certain: bool,
) -> set[str]:
    """All that a party belonged to on one day, itself among them."""
    found, waiting = {party}, [party]
    while waiting:
        child = waiting.pop()
        above = set(dict(parents).get(child, ()))
        for relation in relations:
            if relation.subject != child or relation.is_disputed:
                continue
            if relation.kind not in ("part of", "merged into"):
                continue
            joined = parse_date(relation.valid_from) if relation.valid_from else None
            left = parse_date(relation.valid_to) if relation.valid_to else None
            from_day = (joined.end if is_certain else joined.start) if joined else date.min
            to_day = (left.start if is_certain else left.end) if left else date.max
            if from_day <= day <= to_day:
                above.add(relation.object)
        waiting += above - found
        found |= above
    return found


def is_in_shape(point: tuple[float, float], radius_km: float, chosen: Filter) -> bool:
    """Say whether a circle meets a shape or, where it must be certain, lies in it."""
    shape, is_certain = chosen.within, chosen.date_match is DateMatch.CERTAIN
    if shape.km:
        away = distance_km(*point, *shape.corners[0])
        return away + radius_km <= shape.km if is_certain else away - radius_km <= shape.km
    polygon = Polygon([((lon + 180) / 360, mercator_y(lat)) for lon, lat in shape.corners])
    spots = [Point((point[0] + 180) / 360 + turn, mercator_y(point[1])) for turn in (-1, 0, 1)]
    around_km = 2 * math.pi * EARTH_RADIUS_KM * math.cos(math.radians(point[1]))
    if is_certain:
        return any(
            polygon.contains(spot) and polygon.exterior.distance(spot) * around_km >= radius_km
            for spot in spots
        )
    return any(polygon.distance(spot) * around_km <= radius_km for spot in spots)


def is_inside(point: tuple[float, float], radius_km: float, chosen: Filter) -> bool:
    """Say whether a circle reaches into bounds or, where it must be certain, lies within them."""
    (lon, lat), (west, south, east, north) = point, chosen.bounds
    east += 360 if east < west else 0
    low, high, aside = _reach(lon, lat, radius_km)
    if distance_km(lon, lat, lon, 90) <= radius_km:
        high, aside = 90, 180
    if distance_km(lon, lat, lon, -90) <= radius_km:
        low, aside = -90, 180
    turns = [(lon + turn - aside, lon + turn + aside) for turn in (-360, 0, 360)]
    if chosen.date_match is DateMatch.CERTAIN:
        across = east - west == 360 or any(west <= first and last <= east for first, last in turns)
        return south <= low and high <= north and across
    return (
        low <= north
        and high >= south
        and any(first <= east and last >= west for first, last in turns)
    )


@cache
def _reach(lon: float, lat: float, radius_km: float) -> tuple[float, float, float]:
    """How far a circle reaches: its lowest and highest latitude, half its width in degrees."""
    ring = ground_circle(lon, lat, radius_km, 720)
    return ring[:, 1].min(), ring[:, 1].max(), (ring[:, 0].max() - ring[:, 0].min()) / 2


def wanted(records: Records, chosen: Filter) -> list[Incident]:
    found = [one for one in records.incidents if is_wanted(one, chosen, records)]
    return sorted(found, key=lambda one: (one.span.start, one.id), reverse=True)


def facet_values(facet: str, one: Incident, records: Records, chosen: Filter) -> set[str]:
    """Return the choices of a facet that find an incident; a group is found by its parts."""
    roles = chosen.roles or (Role.ACTOR, Role.TARGET)
    asked = {group for name in chosen.groups for group in records.resolve_groups(name)}
    if facet == "group":
        named = {group.id for group in records.groups} | set(linked_groups(one))
        return {g for g in named if any(is_party(one, g, r, chosen, records) for r in roles)}
    if facet == "role" and asked:
        return {str(r) for r in Role if any(is_party(one, g, r, chosen, records) for g in asked)}
    return {
        "type": set(map(str, one.event_types)),
        "source_type": {one.type_of_source} - {""},
        "role": {str(role) for role, found in parties_of(one).items() if found},
        "country": {one.country, *one.other_countries} - {""},
        "status": {str(one.status)},
        "attribution": {str(attribution(one.claims))},
        "precision": {str(one.geo_precision)},
    }[facet]
