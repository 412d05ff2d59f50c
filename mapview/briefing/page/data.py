"""What the standalone page's scripts read: columns of incidents and points, areas, details.

Dates are days since 1970, so that the page compares whole numbers as the store compares dates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from geodata.geodesy import project
from geodata.queries.areas import is_drawable
from geodata.queries.filters import Bounds
from geodata.queries.table import EVENT_TYPES, STATUSES, type_mask
from geodata.records.dates import parse_date
from geodata.records.model import BaseArea, Incident
from geodata.records.vocabulary import GeoPrecision
from mapview.briefing.content import Briefing, IncidentLine
from mapview.cartography.style import kind_of
from mapview.detail import describe_area, describe_incident
from mapview.layer.payloads import area_payload
from mapview.lines import AreaDetail, Badge, ClaimGroup, ClaimLine, Detail, SourceLine

__all__ = ["DETAILS_A_BLOCK", "Sources", "first_view", "page_data", "pages_of_details"]

# Details are opened a block at a time, when somebody asks for one of them.
DETAILS_A_BLOCK = 250
_EPOCH = date(1970, 1, 1).toordinal()
_HOME: Bounds = (44.0, 23.0, 82.0, 46.0)
_WHOLE_SPAN = 45.0
_SHARE_NEAR = 0.85
_ALSO_NEAR = 0.1


@dataclass
class Sources:
    """Sources that claims name, each once; claims refer to them by number."""

    lines: list[list[str]] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, line: SourceLine) -> int:
        """Return the number of a source."""
        if line.id not in self._numbers:
            self._numbers[line.id] = len(self.lines)
            self.lines.append([line.text, line.url] if line.url else [line.text])
        return self._numbers[line.id]


def page_data(briefing: Briefing) -> dict[str, Any]:
    """Return all that the page draws, lists and filters by; details are apart."""
    incidents = [briefing.records.incidents_by_id[line.id] for line in briefing.incidents]
    return {
        "version": briefing.version,
        "types": [str(one) for one in EVENT_TYPES],
        "kind_of_type": [kind_of([str(one)]) for one in EVENT_TYPES],
        "statuses": [str(one) for one in STATUSES],
        "incidents": _incident_columns(briefing.incidents, incidents),
        "points": _point_columns(incidents),
        "areas": _areas(briefing),
        "area_rows": [_area_row(view.area) for view in briefing.areas],
        "since": _day(briefing.chosen.start) if briefing.chosen.start else None,
        "block": DETAILS_A_BLOCK,
    }


def _day(day: date) -> int:
    return day.toordinal() - _EPOCH


def _incident_columns(
    lines: Sequence[IncidentLine], incidents: Sequence[Incident]
) -> dict[str, list[Any]]:
    statuses = [str(one) for one in STATUSES]
    return {
        "id": [line.id for line in lines],
        "title": [line.title for line in lines],
        "when": [line.when for line in lines],
        "start": [_day(line.start) for line in lines],
        "end": [_day(line.end) for line in lines],
        "bits": [type_mask(one.event_types) for one in incidents],
        "types": [line.types for line in lines],
        "kind": [line.kind for line in lines],
        "status": [statuses.index(line.status) for line in lines],
        "place": [line.place for line in lines],
        "precision": [one.geo_precision.rank for one in incidents],
        "known": [line.precision_words for line in lines],
        "placed": [int(line.is_placed) for line in lines],
        "killed": [line.killed for line in lines],
        "injured": [line.injured for line in lines],
        "responsibility": [line.responsibility for line in lines],
    }


def _point_columns(incidents: Sequence[Incident]) -> dict[str, list[Any]]:
    """Return a row for each place on the map, in order of id as the store answers.

    `of` is the position of the incident in the columns of incidents.
    """
    rows = sorted(
        (one.id, place, index)
        for index, one in enumerate(incidents)
        if one.is_mappable
        for place in range(len(one.points))
    )
    placed = [(incidents[index], index, incidents[index].points[place]) for _, place, index in rows]
    positions = [project(lon, lat) for _, _, (lon, lat) in placed]
    return {
        "of": [index for _, index, _ in placed],
        "x": [x for x, _ in positions],
        "y": [y for _, y in positions],
        "radius_km": [one.radius_km for one, _, _ in placed],
        "province": [one.admin1_code or None for one, _, _ in placed],
    }


def _areas(briefing: Briefing) -> list[dict[str, Any]]:
    """Return the base areas that a map can draw, with the days that decide when each is shown."""
    return [
        area_payload(view, briefing.records, briefing.hatches) | _validity(view.area)
        for view in briefing.areas
        if is_drawable(view.area)
    ]


def _validity(area: BaseArea) -> dict[str, int | None]:
    return {
        "from_day": _day(parse_date(area.valid_from).start) if area.valid_from else None,
        "to_day": _day(parse_date(area.valid_to).end) if area.valid_to else None,
        "cited_day": _day(parse_date(area.last_cited).end),
    }


def _area_row(area: BaseArea) -> dict[str, Any]:
    return {"id": area.id, "drawn": is_drawable(area), **_validity(area)}


def pages_of_details(
    briefing: Briefing, sources: Sources, step: Callable[[float], None]
) -> Iterator[list[dict[str, Any]]]:
    """Yield the details of incidents in blocks, in the order of the columns.

    Args:
        briefing: What the page is about.
        sources: Gathers the sources that are named.
        step: Told the share that is done, before each block.
    """
    lines = briefing.incidents
    for first in range(0, len(lines), DETAILS_A_BLOCK):
        step(first / len(lines))
        yield [
            incident_detail(line.id, briefing, sources)
            for line in lines[first : first + DETAILS_A_BLOCK]
        ]


def incident_detail(identifier: str, briefing: Briefing, sources: Sources) -> dict[str, Any]:
    """Return what the detail view of an incident says."""
    records = briefing.records
    detail: Detail = describe_incident(records.incidents_by_id[identifier], records)
    return _filled(
        {
            "title": detail.title,
            "when": f"{detail.date} · {detail.place}",
            "badges": [_badge(one) for one in detail.badges],
            "tolls": [detail.killed, detail.injured],
            "combined": [f"{one.title} ({one.date})" for one in detail.combined],
            "summary": detail.summary,
            "facts": _facts(detail),
            "claims": [_claim_group(group, sources) for group in detail.claim_groups],
            "related": [[one.id, f"{one.title}, {one.date}"] for one in detail.related],
        }
    )


def _facts(detail: Detail) -> list[tuple[str, str]]:
    named = ("Named", ", ".join(detail.groups))
    return [pair for pair in (named, *detail.facts) if pair[1]]


def area_details(briefing: Briefing, sources: Sources) -> list[dict[str, Any]]:
    """Return what the detail views of the base areas say, in order of the areas."""
    records = briefing.records
    return [_area_detail(describe_area(view.area, records), sources) for view in briefing.areas]


def _area_detail(detail: AreaDetail, sources: Sources) -> dict[str, Any]:
    return _filled(
        {
            "title": detail.title,
            "when": detail.where,
            "badges": [_badge(one) for one in detail.badges],
            "summary": f"{detail.validity[:1].upper()}{detail.validity[1:]}.",
            "note": detail.note,
            "facts": list(detail.facts),
            "claims": [_claim_group(group, sources) for group in detail.claim_groups],
        }
    )


def _badge(badge: Badge) -> list[str]:
    return [badge.text, badge.tone, badge.help]


def _claim_group(group: ClaimGroup, sources: Sources) -> dict[str, Any]:
    return {
        "heading": group.heading,
        "summary": group.summary,
        "claims": [_claim(claim, sources) for claim in group.claims],
    }


def _claim(claim: ClaimLine, sources: Sources) -> dict[str, Any]:
    return _filled(
        {
            "value": claim.value,
            "stance": claim.stance,
            "by": claim.by,
            "note": claim.note,
            "source": sources.number(claim.source),
            "locator": claim.locator,
            "cites": [sources.number(one) for one in claim.cites],
            "differs": int(claim.differs) or "",
        }
    )


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return values without the empty texts and lists."""
    return {name: value for name, value in values.items() if value not in ("", [], ())}


def first_view(briefing: Briefing) -> tuple[Bounds, Bounds]:
    """Return the part of the world shown at first, and that with everything in it.

    A few places far from all others would leave nothing to see of the rest, so at most three
    in twenty may lie outside at first; the page counts what does.
    """
    whole = _bounds_of(_places(briefing)) or _HOME
    if briefing.extent:
        return briefing.extent, whole
    west, south, east, north = whole
    if max(east - west, north - south) <= _WHOLE_SPAN:
        return whole, whole
    return _where_most_are(_places(briefing)), whole


def close_view(briefing: Briefing) -> list[Bounds]:
    """Return the view that was asked for, if it is close enough for details to be seen."""
    if briefing.extent is None:
        return []
    west, south, east, north = briefing.extent
    wide = east - west + (360 if east < west else 0)
    return [briefing.extent] if max(wide, north - south) <= _WHOLE_SPAN else []


def _places(briefing: Briefing) -> list[tuple[float, float]]:
    """Return where things are: incidents, and base areas where there are no incidents."""
    incidents = [p for one in briefing.records.incidents if one.is_mappable for p in one.points]
    return incidents or area_places(briefing)


def area_places(briefing: Briefing) -> list[tuple[float, float]]:
    """Return where the base areas that a map can draw are."""
    areas = _areas(briefing)
    return [(float(area["lon"]), float(area["lat"])) for area in areas]


def all_places(briefing: Briefing) -> list[tuple[float, float]]:
    """Return where anything of a briefing is drawn."""
    placed = [one for one in briefing.records.incidents if one.is_mappable]
    return [*(point for one in placed for point in one.points), *area_places(briefing)]


def _bounds_of(places: Sequence[tuple[float, float]]) -> Bounds | None:
    if not places:
        return None
    lons, lats = zip(*places, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _where_most_are(places: Sequence[tuple[float, float]]) -> Bounds:
    lons, lats = (sorted(values) for values in zip(*places, strict=True))
    lon, lat = lons[len(lons) // 2], lats[len(lats) // 2]
    by_distance = sorted(places, key=lambda at: (max(abs(at[0] - lon), abs(at[1] - lat)), at))
    most = by_distance[: max(1, round(len(places) * _SHARE_NEAR))]
    west, south, east, north = _bounds_of(most) or _HOME
    wide, high = (east - west) * _ALSO_NEAR, (north - south) * _ALSO_NEAR
    near = [
        (x, y)
        for x, y in places
        if west - wide <= x <= east + wide and south - high <= y <= north + high
    ]
    return _bounds_of(near) or _HOME


def drawn_provinces(briefing: Briefing) -> set[str]:
    """Return the codes of the provinces that are drawn as such."""
    shaded = {
        one.admin1_code
        for one in briefing.records.incidents
        if one.is_mappable and one.geo_precision is GeoPrecision.PROVINCE
    }
    based = {view.area.admin1_code for view in briefing.areas if is_drawable(view.area)}
    return {code for code in shaded | based if code}
