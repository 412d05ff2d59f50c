"""The places of a briefing's incidents and base areas, gathered for all of its figures."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING
from weakref import ReferenceType, ref

import numpy as np

from geodata.geodesy import Floats, distances_km
from mapview.briefing.figure.scene.clusters import MapData
from mapview.briefing.figure.scene.places import AreaPlace, IncidentPlace
from mapview.cartography import (
    AREA_RADIUS_KM,
    PRECISIONS,
    Name,
    drawn_radius_km,
    names,
    place,
    unplaced_words,
)

if TYPE_CHECKING:
    from mapview.briefing.content import AreaLine, Briefing, IncidentLine

__all__ = ["area_places", "gather", "incident_places"]

_FORMS = {one.id: one.form for one in PRECISIONS}
# So near to a town a place of several is in it: cities of a million reach about as far.
_TOWN_KM = 12

# Of the briefing drawn last: its figures, slides and document are drawn one after the other.
_LAST: list[tuple[ReferenceType[Briefing], MapData]] = []


def gather(briefing: Briefing) -> MapData:
    """Return what a briefing's maps can show; its figures share what follows from it."""
    for known, data in _LAST:
        if known() is briefing:
            return data
    places = incident_places(briefing.incidents, briefing.certain)
    places = tuple(
        replace(
            one,
            is_focus=one.id in briefing.focus,
            says=briefing.callouts.get(one.id, ()),
            is_asked=one.id in briefing.callouts,
        )
        for one in places
    )
    areas = area_places(briefing.base_areas)
    unplaced = {
        one.country: unplaced_words(one.events - one.uncertain_events, one.events)
        for one in briefing.off_map
        if one.country and one.events
    }
    data = MapData(places, areas, briefing.extent, unplaced, own_types=briefing.own_types)
    _LAST[:] = [(ref(briefing), data)]
    return data


def incident_places(
    lines: Iterable[IncidentLine], certain: Container[str]
) -> tuple[IncidentPlace, ...]:
    """Return every place of the incidents that can be drawn, in their order.

    Args:
        lines: The incidents.
        certain: Ids of those that certainly fit what was asked for.
    """
    return tuple(
        IncidentPlace(
            id=line.id,
            lon=lon,
            lat=lat,
            kind=line.kind,
            status=line.status_code,
            form=_FORMS[str(line.precision)],
            radius_km=drawn_radius_km(line.precision, line.radius_km),
            province=line.province,
            name=_name(line, lon, lat),
            country=line.country,
            date=line.event_date,
            killed=line.most_killed or 0,
            is_certain=line.id in certain,
        )
        for line in lines
        for lon, lat in line.points
    )


def _name(line: IncidentLine, lon: float, lat: float) -> str:
    """Return what a place is called: of an incident with several places each needs its own name."""
    is_exact = _FORMS[str(line.precision)] == "point"
    return (
        is_exact and len(line.points) > 1 and place(_town_at(lon, lat), line.country)
    ) or line.locality


def _town_at(lon: float, lat: float) -> str:
    towns, positions = _towns()
    away = distances_km((lon, lat), positions)
    near = [(towns[at].rank, away[at], towns[at].text) for at in np.flatnonzero(away < _TOWN_KM)]
    return min(near)[2] if near else ""


@cache
def _towns() -> tuple[list[Name], Floats]:
    towns = [name for name in names() if not name.is_country]
    return towns, np.array([(name.lon, name.lat) for name in towns])


def area_places(lines: Iterable[AreaLine]) -> tuple[AreaPlace, ...]:
    """Return the base areas that can be drawn, in their order."""
    return tuple(
        AreaPlace(
            id=line.id,
            group=line.group,
            label=line.group_label,
            hatch=line.hatch,
            standing=line.standing,
            is_faded=line.is_faded,
            has_ended=line.has_ended,
            lon=line.point[0],
            lat=line.point[1],
            radius_km=AREA_RADIUS_KM if line.radius_km is None else line.radius_km,
            province=line.province if str(line.level) == "province" else "",
        )
        for line in lines
        if line.point is not None
    )
