"""Which places lie near each other: those of the main map, and those that need an inset."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from geodata.geodesy import distance_km
from mapview.briefing.figure.scene.places import AreaPlace, IncidentPlace

__all__ = ["Cluster", "Extent", "MapData", "inset_clusters", "main_cluster"]

LonLat = tuple[float, float]
# Longitude, latitude and a radius in km around them.
Extent = tuple[float, float, float]

# Farther apart than the length of a large country, incidents do not share a map by themselves.
_NEIGHBOURS_KM = 700
# A base area changes the frame only near incidents: about half as far.
_AREA_NEAR_KM = 350
# Of a wide ring so much is shown; with all of it, little else would be seen.
_MOST_SEEN_KM = 250
# A town with what belongs to it.
_ONE_PLACE_KM = 60
# An inset that joins several parts of the world shows a continent at most.
_MOST_ACROSS_KM = 6_000
# How much wider the main map may get for a cluster that weighs nothing; up to the width of Iran
# with its neighbours it may in any case.
_WORTH = 1.08
_NO_INSET_KM = 2_600
# Incidents are what a map is for; so many base areas weigh as much as one.
_INCIDENT_WEIGHT = 3
# Above so many places, those of a cell of one degree are linked as one: the frames stay the same.
_MOST_LINKED = 400
# So many places of a cluster are enough to tell how wide it is.
_SAMPLE = 60


@dataclass(frozen=True)
class Cluster:
    """Places near each other.

    Attributes:
        incidents: Places of incidents.
        areas: Base areas.
    """

    incidents: tuple[IncidentPlace, ...] = ()
    areas: tuple[AreaPlace, ...] = ()

    @property
    def places(self) -> tuple[IncidentPlace | AreaPlace, ...]:
        """All of them."""
        return (*self.incidents, *self.areas)

    @property
    def extents(self) -> list[Extent]:
        """What to show around each."""
        return [(one.lon, one.lat, min(one.radius_km, _MOST_SEEN_KM)) for one in self.places]

    @property
    def is_one_place(self) -> bool:
        """Whether all are so near that nobody could tell where they are without more around."""
        first, *others = self.places
        return all(
            distance_km(first.lon, first.lat, one.lon, one.lat) < _ONE_PLACE_KM for one in others
        )

    @property
    def weight(self) -> int:
        """How much it counts for among others."""
        return _INCIDENT_WEIGHT * len({one.id for one in self.incidents}) + len(self.areas)

    def joined(self, *others: Cluster) -> Cluster:
        """Return all as one."""
        return Cluster(
            self.incidents + tuple(place for one in others for place in one.incidents),
            self.areas + tuple(area for one in others for area in one.areas),
        )


@dataclass(frozen=True)
class MapData:
    """What a briefing's maps can show.

    Attributes:
        incidents: Every place of an incident.
        areas: Every base area.
        extent: West, south, east, north of what the main map must show; `None` fits the content.
        unplaced: Country codes, and in words how many of the country's events are not on the map.
        around_km: How far around a place that stands alone the main map shows the ground.
        own_types: Types in the words of sources that stand for themselves.
        red: What is in one colour while all else is grey, in words.
    """

    incidents: tuple[IncidentPlace, ...]
    areas: tuple[AreaPlace, ...]
    extent: tuple[float, float, float, float] | None = None
    unplaced: Mapping[str, str] = field(default_factory=dict)
    around_km: float = 170
    own_types: tuple[str, ...] = ()
    red: str = ""

    @cached_property
    def main(self) -> Cluster:
        """The places of the main map, if no extent says what it shows."""
        return main_cluster(self.incidents, self.areas)


def main_cluster(incidents: Sequence[IncidentPlace], areas: Sequence[AreaPlace]) -> Cluster:
    """Return what the main map must show; the rest goes into insets.

    Incidents within 700 km of each other belong together. The heaviest such cluster is the main
    one; it takes in others as long as the map does not get much larger for them. Base areas count
    where they lie near its incidents, or where there is no incident.
    """
    clusters = _linked(incidents, ()) if incidents else _linked((), areas)
    if not clusters:
        return Cluster()
    if incidents:
        clusters = _with_areas(clusters, areas)
    main = max(clusters, key=lambda one: one.weight)
    rest = [one for one in clusters if one is not main]
    total = sum(one.weight for one in clusters)
    if main.weight < total / 2:
        return Cluster().joined(*clusters)  # No part of the world is the main one.
    start = _across_km(main)
    for cluster in sorted(rest, key=lambda one: _gap_km(main, one)):
        both = main.joined(cluster)
        worth = _WORTH + cluster.weight / total
        if _across_km(both) <= max(worth * start, _NO_INSET_KM):
            main = both
    return main


def inset_clusters(incidents: Sequence[IncidentPlace], most: int) -> list[Cluster]:
    """Return places gathered for so many insets at most, the weightiest first.

    Neighbours are joined until there are few enough; the lightest that stay alone are left out.
    """
    found = _linked(incidents, ())
    while len(found) > most:
        pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1 :]]
        close = [pair for pair in pairs if _across_km(pair[0].joined(pair[1])) <= _MOST_ACROSS_KM]
        if not close:
            break
        a, b = min(close, key=lambda pair: _across_km(pair[0].joined(pair[1])))
        found = [one for one in found if one is not a and one is not b] + [a.joined(b)]
    return sorted(found, key=lambda one: one.weight, reverse=True)[:most]


def _with_areas(clusters: Sequence[Cluster], areas: Iterable[AreaPlace]) -> list[Cluster]:
    """Add to each cluster the base areas near its incidents; those near none change no frame."""
    samples = [_sample(cluster) for cluster in clusters]
    near: list[list[AreaPlace]] = [[] for _ in clusters]
    for area in areas:
        gaps = [min(distance_km(area.lon, area.lat, *at) for at in sample) for sample in samples]
        nearest = min(range(len(gaps)), key=lambda index: gaps[index])
        if gaps[nearest] <= _AREA_NEAR_KM:
            near[nearest].append(area)
    return [
        Cluster(one.incidents, tuple(members)) for one, members in zip(clusters, near, strict=True)
    ]


def _linked(incidents: Iterable[IncidentPlace], areas: Iterable[AreaPlace]) -> list[Cluster]:
    """Single linkage over the places, each once."""
    members: dict[LonLat, Cluster] = {}
    for place in incidents:
        key = (place.lon, place.lat)
        members[key] = members.get(key, Cluster()).joined(Cluster((place,)))
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
            cluster = cluster.joined(*(left.pop(at) for at in near))
            frontier += near
        found.append(cluster)
    return found


def _thinned(members: dict[LonLat, Cluster]) -> dict[LonLat, Cluster]:
    """Join places on a grid of a degree where there are so many that one more cannot matter."""
    if len(members) < _MOST_LINKED:
        return members
    cells: dict[tuple[int, int], tuple[LonLat, list[Cluster]]] = {}
    for (lon, lat), cluster in sorted(members.items()):
        cells.setdefault((math.floor(lon), math.floor(lat)), ((lon, lat), []))[1].append(cluster)
    return {at: Cluster().joined(*parts) for at, parts in cells.values()}


def _sample(cluster: Cluster) -> list[LonLat]:
    places = cluster.places
    return sorted({(one.lon, one.lat) for one in places})[:: max(1, len(places) // _SAMPLE)]


def _across_km(cluster: Cluster) -> float:
    sample = _sample(cluster)
    return max((distance_km(*a, *b) for a in sample for b in sample), default=0.0)


def _gap_km(one: Cluster, other: Cluster) -> float:
    return min(distance_km(*a, *b) for a in _sample(one) for b in _sample(other))
