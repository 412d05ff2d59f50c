"""What the standalone page's scripts read: columns of incidents and points, and base areas.

Dates are days since 1970, so that the page compares whole numbers as the store compares dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from geodata.geodesy import project, reach_degrees
from geodata.queries import (
    ATTRIBUTIONS,
    EVENT_TYPES,
    ROLES,
    Belongings,
    Filter,
    Histogram,
    Key,
    area_box,
    area_search_text,
    found_by,
    histogram_of,
    in_column,
    search_text,
    times_of_area,
)
from geodata.records import (
    BaseArea,
    Incident,
    Records,
    attribution,
    distinct_label,
    parse_date,
)
from mapview.briefing.content import AreaLine, IncidentLine
from mapview.briefing.page.details import DETAILS_A_BLOCK
from mapview.layer.areas import area_payload
from mapview.layer.known import named_countries, source_types, spellings, vocabulary

__all__ = ["Shown", "page_data", "row_columns"]

_EPOCH = date(1970, 1, 1).toordinal()


class Shown(Protocol):
    """Records and their lines, as a briefing and the app have them."""

    @property
    def version(self) -> str:
        """Fingerprint of the records."""

    @property
    def chosen(self) -> Filter:
        """The filter that chose them."""

    @property
    def records(self) -> Records:
        """All of them."""

    @property
    def incidents(self) -> tuple[IncidentLine, ...]:
        """A line for each incident."""

    @property
    def own_types(self) -> tuple[str, ...]:
        """The types in the words of sources that stand for themselves; empty where none is left."""

    @property
    def base_areas(self) -> tuple[AreaLine, ...]:
        """A line for each base area."""


def page_data(briefing: Shown) -> dict[str, Any]:
    """Return all that the page draws, lists and filters by; details are apart."""
    lines, areas = briefing.incidents, briefing.base_areas
    # The slider goes over all dates, whatever the briefing's own period.
    histogram = histogram_of(briefing.records.incidents)
    wholes = {one.id: one for one in briefing.records.base_areas}
    return {
        "version": briefing.version,
        **vocabulary(),
        **_source_types(briefing),
        **_countries(briefing.records),
        **_parties(briefing),
        "points": _point_columns(lines),
        "circles": _circles(briefing),
        "areas": [area_payload(one) | _validity(one) for one in areas if one.is_placed],
        "area_rows": [_area_row(one, wholes[one.id], briefing.records) for one in areas],
        "period": [_known(day) for day in (briefing.chosen.start, briefing.chosen.end)],
        "span": _span(lines, histogram),
        "far": histogram.far_words,
        "shortest_step": "day",
        "block": DETAILS_A_BLOCK,
    }


def _parties(briefing: Shown) -> dict[str, Any]:
    """Return what incidents and base areas are found by: groups, each in a role, and when."""
    records, belongings = briefing.records, Belongings(briefing.records)
    found = [found_by(records.incidents_by_id[line.id], belongings) for line in briefing.incidents]
    areas = [
        {one.id: times_of_area(one, belongings, is_certain=sure) for one in records.base_areas}
        for sure in (False, True)
    ]
    named = (key.group for one in found for key in one.keys)
    groups = sorted({*named, *(time.key for times in areas[0].values() for time in times)})
    index = {group: position for position, group in enumerate(groups)}

    def code(key: Key) -> int:
        return ROLES.index(key.role) * len(groups) + index[key.group]

    return {
        "groups": groups,
        "group_names": [distinct_label(one, groups, records) for one in groups],
        "group_spellings": spellings(records, groups),
        "incidents": _incident_columns(briefing.incidents)
        | _sought_columns(briefing)
        | {
            "found": [[code(key) for key in one.throughout] for one in found],
            "found_at": [
                [[code(Key.of(time.key)), *map(_day, time[1:])] for time in one.at_times]
                for one in found
            ],
        },
        **{
            name: {
                one: [[index[time.key], *map(_day, time[1:])] for time in times]
                for one, times in of_areas.items()
            }
            for name, of_areas in zip(("area_groups", "area_groups_certain"), areas, strict=True)
        },
    }


def _span(lines: Sequence[IncidentLine], histogram: Histogram) -> list[int] | None:
    """Return the first and last day that the slider goes over; none of what is too far apart."""
    if not histogram.near:
        return None
    low, high = histogram.near
    spans = (parse_date(line.event_date) for line in lines)
    # As in periods, what has no beginning counts at its known end.
    days = [(one.known_start or one.known_end, one.known_end) for one in spans]
    near = [(start, end) for start, end in days if start and low <= start <= high]
    starts = [start for start, _ in near]
    ends = [end for _, end in near if end and end <= high]
    return [_day(min(starts)), _day(max(starts + ends))]


def _day(day: date) -> int:
    return day.toordinal() - _EPOCH


def _known(day: date | None) -> int | None:
    return None if day is None else _day(day)


_COLUMNS: Mapping[str, Callable[[IncidentLine], Any]] = {
    "id": lambda line: line.id,
    "title": lambda line: line.title,
    "when": lambda line: line.when,
    "start": lambda line: _known(parse_date(line.event_date).known_start),
    "end": lambda line: _known(parse_date(line.event_date).known_end),
    "type_codes": lambda line: sorted(map(EVENT_TYPES.index, {*line.event_types})),
    "what": lambda line: line.what,
    "kind": lambda line: line.kind,
    "status": lambda line: line.status_code,
    "place": lambda line: line.place,
    "precision": lambda line: line.precision.rank,
    "known": lambda line: line.precision_words,
    "placed": lambda line: int(line.is_placed),
    "event": lambda line: int(line.is_event),
    "off_the_map": lambda line: line.country if line.is_event and not line.is_placed else "",
    "killed": lambda line: line.killed,
    "together": lambda line: line.beside,
    "injured": lambda line: line.injured,
    "most_killed": lambda line: line.most_killed,
    "least_killed": lambda line: line.least_killed,
    "most_injured": lambda line: line.most_injured,
    "responsibility": lambda line: line.responsibility,
}


# What a table shows, by the names of the columns.
_SHOWN = (
    *("id", "title", "when", "what", "place", "known", "killed", "together", "injured"),
    *("responsibility", "kind", "status", "placed", "event"),
)


def _incident_columns(lines: Sequence[IncidentLine]) -> dict[str, list[Any]]:
    return {name: [value(line) for line in lines] for name, value in _COLUMNS.items()}


def _countries(records: Records) -> dict[str, list[str]]:
    return named_countries({code for one in records.incidents for code in _countries_of(one)})


def _source_types(briefing: Shown) -> dict[str, Any]:
    counts = Counter(
        (EVENT_TYPES.index(one.event_types[0]), in_column(one.type_of_source))
        for one in briefing.records.incidents
    )
    return source_types(counts, briefing.own_types)


def _countries_of(incident: Incident) -> list[str]:
    return [code for code in (incident.country, *incident.other_countries) if code]


def _sought_columns(briefing: Shown) -> dict[str, list[Any]]:
    """Return what incidents are searched by and no table shows."""
    records = briefing.records
    whole = [records.incidents_by_id[line.id] for line in briefing.incidents]
    codes = {code: index for index, code in enumerate(_countries(records)["countries"])}
    types = {one: index for index, one in enumerate(_source_types(briefing)["sourceTypes"])}
    return {
        "source_type": [types.get(in_column(one.type_of_source), -1) for one in whole],
        "country_codes": [[codes[code] for code in _countries_of(one)] for one in whole],
        "attribution": [ATTRIBUTIONS.index(attribution(one.claims)) for one in whole],
        "search": [search_text(one, records) for one in whole],
    }


def _circles(briefing: Shown) -> dict[str, list[Any]]:
    """Return the circle that holds each place, on the map or not, as the table has them."""
    rows: list[tuple[int, float, float, float, float, float]] = []
    for index, line in enumerate(briefing.incidents):
        incident = briefing.records.incidents_by_id[line.id]
        for lon, lat in incident.points:
            up, aside = reach_degrees(lat, incident.reach_km)
            rows.append((index, lon, lat, max(-90.0, lat - up), min(90.0, lat + up), aside))
    names = ("of", "lon", "lat", "south", "north", "reach")
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def row_columns(line: IncidentLine) -> dict[str, Any]:
    """Return an incident as a table of the stage shows it."""
    return {name: _COLUMNS[name](line) for name in _SHOWN}


def _point_columns(lines: Sequence[IncidentLine]) -> dict[str, list[Any]]:
    """Return a row for each place on the map, in order of id as the store answers.

    `of` is the position of the incident in the columns of incidents.
    """
    by_id = sorted(enumerate(lines), key=lambda pair: pair[1].id)
    rows = [(index, line, project(*point)) for index, line in by_id for point in line.points]
    return {
        "of": [index for index, _, _ in rows],
        "x": [x for _, _, (x, _) in rows],
        "y": [y for _, _, (_, y) in rows],
        "radius_km": [line.radius_km for _, line, _ in rows],
        "province": [line.province or None for _, line, _ in rows],
    }


def _area_row(area: AreaLine, whole: BaseArea, records: Records) -> dict[str, Any]:
    return {
        "id": area.id,
        "drawn": area.is_placed,
        "country": whole.country,
        "precision": whole.geo_precision.rank,
        "box": area_box(whole),
        "search": area_search_text(whole, records),
        **_validity(area),
    }


def _validity(area: AreaLine) -> dict[str, list[int] | int | None]:
    """Return the days that decide when a base area is shown, is faded and has ended."""
    days = {"possible": area.validity.possible, "certain": area.validity.certain}
    reach = {name: [_day(one.first), _day(one.last)] if one else None for name, one in days.items()}
    return {**reach, "last_day": _known(area.last_day)}
