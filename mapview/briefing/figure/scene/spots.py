"""Where incidents and base areas of a briefing lie, and which of them lie far from the rest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from shapely.geometry import shape

from geodata.geodesy import distance_km
from geodata.queries.areas import is_drawable
from geodata.records.derive import derive_toll
from geodata.records.describe import group_label
from geodata.records.model import Incident
from geodata.records.vocabulary import ClaimAbout
from mapview.cartography.style import (
    AREA_RADIUS_KM,
    PRECISIONS,
    STATUSES,
    drawn_radius_km,
    kind_of,
)
from mapview.cartography.topology import names

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = [
    "AreaSpot",
    "Cluster",
    "Spot",
    "area_spots",
    "incident_spots",
    "inset_clusters",
    "main_cluster",
]

_FORMS = {one.id: one.form for one in PRECISIONS}
_STATUS = {one.id: index for index, one in enumerate(STATUSES)}
_NEIGHBOURS_KM = 700
_TOWN_KM = 12
_AREA_NEAR_KM = 350
_MOST_SEEN_KM = 250
_MOST_ACROSS_KM = 6_000
# How much larger the main map may get for what lies outside it, and how large it always may.
_WORTH = 1.08
_NO_INSET_KM = 2_600


@dataclass(frozen=True)
class Spot:
    """One place of one incident.

    Args:
        id: Id of the incident.
        lon: Longitude in degrees.
        lat: Latitude in degrees.
        kind: Index into `KINDS`.
        status: Index into `STATUSES`.
        form: How its precision is drawn: point, ring or province.
        radius_km: How far off it may be.
        province: GeoNames code of its province, if known.
        place: Name of the place.
        country: ISO code of its country.
        start: First possible year, for labels of several.
        end: Last possible year.
        when: EDTF date.
        toll: Highest number of dead given; 0 for none.
    """

    id: str
    lon: float
    lat: float
    kind: int
    status: int
    form: str
    radius_km: float
    province: str
    place: str
    country: str
    start: int
    end: int
    when: str
    toll: int


@dataclass(frozen=True)
class AreaSpot:
    """A base area that can be drawn.

    Args:
        id: Its id.
        group: Name of its group.
        hatch: Index into `HATCHES`.
        faded: Whether the period begins after its last citation.
        lon: Longitude of a point in it.
        lat: Latitude of that point.
        radius_km: Radius of the circle that it is drawn as.
        province: GeoNames code, if it is drawn as its province.
        place: Name of the place.
    """

    id: str
    group: str
    hatch: int
    faded: bool
    lon: float
    lat: float
    radius_km: float
    province: str
    place: str


@dataclass(frozen=True)
class Cluster:
    """Places near each other."""

    spots: tuple[Spot, ...] = ()
    areas: tuple[AreaSpot, ...] = field(default=())

    @property
    def places(self) -> list[tuple[float, float, float]]:
        """Longitude, latitude and the radius to show around each."""
        seen = [(one.lon, one.lat, min(one.radius_km, _MOST_SEEN_KM)) for one in self.spots]
        return seen + [(a.lon, a.lat, min(a.radius_km, _MOST_SEEN_KM)) for a in self.areas]

    def joined(self, other: Cluster) -> Cluster:
        """Return both as one."""
        return Cluster(self.spots + other.spots, self.areas + other.areas)


def incident_spots(briefing: Briefing) -> list[Spot]:
    """Return every place of the incidents that can be drawn, in the order of the briefing."""
    by_id = briefing.records.incidents_by_id
    return [
        spot
        for line in briefing.incidents
        if line.is_placed
        for spot in _spots(by_id[line.id], briefing)
    ]


def _spots(incident: Incident, briefing: Briefing) -> list[Spot]:
    precision = str(incident.geo_precision)
    toll = derive_toll(incident.claims, ClaimAbout.FATALITIES, briefing.records.families).high
    first = Spot(
        id=incident.id,
        lon=0,
        lat=0,
        kind=kind_of(incident.event_types),
        status=_STATUS[str(incident.status)],
        form=_FORMS[precision],
        radius_km=drawn_radius_km(incident.geo_precision, incident.radius_km),
        province=incident.admin1_code,
        place=incident.place or incident.admin2 or incident.admin1,
        country=incident.country,
        start=incident.span.start.year,
        end=incident.span.end.year,
        when=incident.event_date,
        toll=toll or 0,
    )
    if len(incident.points) == 1 or precision not in ("site", "settlement"):
        return [replace(first, lon=lon, lat=lat) for lon, lat in incident.points]
    return [
        replace(first, lon=lon, lat=lat, place=_town_at(lon, lat) or first.place)
        for lon, lat in incident.points
    ]


def _town_at(lon: float, lat: float) -> str:
    """Return the town at a place: of an incident with several places each needs its own name."""
    near = [
        (name.rank, distance_km(lon, lat, name.lon, name.lat), name.text)
        for name in names()
        if not name.is_country and distance_km(lon, lat, name.lon, name.lat) < _TOWN_KM
    ]
    return min(near)[2] if near else ""


def area_spots(briefing: Briefing) -> list[AreaSpot]:
    """Return the base areas that can be drawn."""
    found = []
    for view in briefing.areas:
        area = view.area
        if not is_drawable(area):
            continue
        centre = shape(area.geometry).representative_point()
        found.append(
            AreaSpot(
                id=area.id,
                group=group_label(area.group, briefing.records),
                hatch=briefing.hatches[area.group],
                faded=view.is_faded,
                lon=centre.x,
                lat=centre.y,
                radius_km=AREA_RADIUS_KM if area.radius_km is None else area.radius_km,
                province=area.admin1_code if str(area.level) == "province" else "",
                place=area.place or area.admin1,
            )
        )
    return found


def main_cluster(spots: Sequence[Spot], areas: Sequence[AreaSpot]) -> Cluster:
    """Return what the main map must show; the rest goes into insets.

    Incidents within 700 km of each other belong together. The heaviest such cluster is the main
    one; it takes in others as long as the map does not get much larger for them. Base areas count
    where they lie near its incidents, or where there is no incident.
    """
    clusters = _clusters(spots, ()) if spots else _clusters((), areas)
    if not clusters:
        return Cluster()
    if spots:
        clusters = _with_areas(clusters, areas)
    main = max(clusters, key=_weight)
    rest = [one for one in clusters if one is not main]
    total = sum(_weight(one) for one in clusters)
    if _weight(main) < total / 2:
        return _all(clusters)  # No part of the world is the main one.
    start = _across(main)
    for cluster in sorted(rest, key=lambda one: _gap(main, one)):
        both = main.joined(cluster)
        worth = _WORTH + _weight(cluster) / total
        if _across(both) <= max(worth * start, _NO_INSET_KM):
            main = both
    return main


def inset_clusters(spots: Sequence[Spot], most: int) -> list[Cluster]:
    """Return places gathered for so many insets at most, the weightiest first."""
    return sorted(_merged(_clusters(spots, ()), most), key=_weight, reverse=True)


def _with_areas(clusters: Sequence[Cluster], areas: Sequence[AreaSpot]) -> list[Cluster]:
    """Add to each cluster the base areas near its incidents; those near none change no frame."""
    samples = [_sample(cluster) for cluster in clusters]
    joined: list[list[AreaSpot]] = [[] for _ in clusters]
    for area in areas:
        gaps = [min(distance_km(area.lon, area.lat, *at) for at in sample) for sample in samples]
        nearest = min(range(len(gaps)), key=lambda index: gaps[index])
        if gaps[nearest] <= _AREA_NEAR_KM:
            joined[nearest].append(area)
    return [
        Cluster(cluster.spots, tuple(near)) for cluster, near in zip(clusters, joined, strict=True)
    ]


def _all(clusters: Sequence[Cluster]) -> Cluster:
    return Cluster(
        tuple(spot for one in clusters for spot in one.spots),
        tuple(area for one in clusters for area in one.areas),
    )


def _weight(cluster: Cluster) -> int:
    return 3 * len({one.id for one in cluster.spots}) + len(cluster.areas)


def _clusters(spots: Sequence[Spot], areas: Sequence[AreaSpot]) -> list[Cluster]:
    """Single linkage over the places, each once."""
    members: dict[tuple[float, float], Cluster] = {}
    for spot in spots:
        key = (spot.lon, spot.lat)
        members[key] = members.get(key, Cluster()).joined(Cluster((spot,)))
    for area in areas:
        key = (area.lon, area.lat)
        members[key] = members.get(key, Cluster()).joined(Cluster((), (area,)))
    left = dict(sorted(_thinned(members).items()))
    found = []
    while left:
        key, cluster = next(iter(left.items()))
        del left[key]
        frontier = [key]
        while frontier:
            lon, lat = frontier.pop()
            near = [at for at in left if distance_km(lon, lat, *at) <= _NEIGHBOURS_KM]
            for at in near:
                cluster = cluster.joined(left.pop(at))
            frontier += near
        found.append(cluster)
    return found


def _thinned(members: dict[tuple[float, float], Cluster]) -> dict[tuple[float, float], Cluster]:
    """Join places on a grid of a degree where there are so many that one more cannot matter."""
    if len(members) < 400:  # noqa: PLR2004
        return members
    cells: dict[tuple[int, int], tuple[tuple[float, float], list[Cluster]]] = {}
    for (lon, lat), cluster in sorted(members.items()):
        cells.setdefault((math.floor(lon), math.floor(lat)), ((lon, lat), []))[1].append(cluster)
    return {at: _all(parts) for at, parts in cells.values()}


def _sample(cluster: Cluster) -> list[tuple[float, float]]:
    return sorted({(lon, lat) for lon, lat, _ in cluster.places})[
        :: max(1, len(cluster.places) // 60)
    ]


def _across(cluster: Cluster) -> float:
    sample = _sample(cluster)
    return max((distance_km(*a, *b) for a in sample for b in sample), default=0.0)


def _gap(one: Cluster, other: Cluster) -> float:
    return min(distance_km(*a, *b) for a in _sample(one) for b in _sample(other))


def _merged(clusters: Sequence[Cluster], most: int) -> list[Cluster]:
    """Join neighbours until there are few enough; the lightest that stay alone are left out."""
    found = list(clusters)
    while len(found) > most:
        pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1 :]]
        close = [pair for pair in pairs if _across(pair[0].joined(pair[1])) <= _MOST_ACROSS_KM]
        if not close:
            break
        a, b = min(close, key=lambda pair: _across(pair[0].joined(pair[1])))
        found = [one for one in found if one is not a and one is not b] + [a.joined(b)]
    return sorted(found, key=_weight, reverse=True)[:most]
