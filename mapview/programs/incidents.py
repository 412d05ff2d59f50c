"""Incidents for programs: found, told whole, counted, and their tolls within bounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from geodata.errors import RequestError
from geodata.queries import DateMatch, Filter, Store, describe_filter
from geodata.records import ClaimAbout, GeoPrecision, Incident, RecordKind, derive_toll
from mapview.detail import describe_incident, incident_line
from mapview.lines import IncidentLine
from mapview.programs.asking import (
    FILTER,
    KNOWN,
    MOST,
    MOST_OFFSET,
    PAGING,
    Asked,
    NotFoundError,
    Operation,
    Parameter,
    count_of,
    number,
    one_of,
)
from mapview.programs.claims import claims_json, source_json
from mapview.programs.tolls import toll_payload

__all__ = ["INCIDENT_OPERATIONS"]

_MOST_YEARS = 150
_MONTHS = 12
_MOST_NAMED = 20
_ORDERS = {
    "newest": ("start", True),
    "oldest": ("start", False),
    "most_killed": ("killed", True),
    "most_injured": ("injured", True),
}
_FACETS = ("year", "type", "country", "status", "attribution")
_TOLLS = {
    "killed": ClaimAbout.FATALITIES,
    "injured": ClaimAbout.INJURED,
    "killed_or_injured": ClaimAbout.CASUALTIES,
}


def _find(store: Store, asked: Asked) -> dict[str, Any]:
    column, down = _ORDERS[asked.get("order", "newest")]
    limit = number(asked, "limit", 20, MOST)
    offset = number(asked, "offset", 0, MOST_OFFSET)
    ids, in_all = store.sorted_ids(
        asked.chosen, column, down=down, offset=offset, limit=max(limit, 1)
    )
    found = store.incidents(ids[:limit])
    certain = _certain(store, asked.chosen, ids)
    after = offset + len(found)
    return {
        "filter": describe_filter(asked.chosen, store.context),
        "incidents_found": count_of(store, asked.chosen)._asdict(),
        "incidents": [
            {**_incident(one, store), "fits": "certainly" if one.id in certain else "possibly"}
            for one in found
        ],
        "next_offset": after if found and after < in_all else None,
    }


def _certain(store: Store, chosen: Filter, ids: Sequence[str]) -> frozenset[str]:
    """Return which of some incidents certainly fit."""
    if not ids:
        return frozenset()
    wanted = tuple(one for one in ids if not chosen.ids or one in chosen.ids)
    return store.ids(replace(chosen, ids=wanted).matching(DateMatch.CERTAIN))


def _incident(incident: Incident, store: Store) -> dict[str, Any]:
    """Return an incident in short, with bounds and how exactly date and place are known."""
    line = incident_line(incident, store.context)
    sharing = _sharing(incident, store)
    return {
        "id": line.id,
        "title": line.title,
        "record_kind": str(incident.record_kind),
        "date": _date(line),
        "place": _place(line, incident),
        "types": [line.source_type or str(line.event_types[0]), *map(str, line.event_types[1:])],
        "status": str(line.status),
        "tolls": dict(_tolls(incident, store)),
        "responsibility": line.responsibility,
        "shares_its_toll_with": sharing,
        "shares_its_toll_beyond": incident.shares_toll_beyond
        or len(sharing) < len(incident.casualties_combined),
        "caveats": [*line.caveats, *line.title_caveats],
        "sources": list(line.sources),
    }


def _sharing(incident: Incident, store: Store) -> list[str]:
    """Return the ids of the incidents that its tolls count as well, as far as they are there."""
    found = store.incidents(incident.casualties_combined) if incident.casualties_combined else ()
    return [one.id for one in found]


def _date(line: IncidentLine) -> dict[str, Any]:
    ends = {"first_possible_day": line.start, "last_possible_day": line.end}
    known = {name: day.isoformat() for name, day in ends.items() if date.min < day < date.max}
    return {"words": line.when, "edtf": line.event_date, **known}


def _place(line: IncidentLine, incident: Incident) -> dict[str, Any]:
    found: dict[str, Any] = {
        "words": line.place,
        "country": line.country or None,
        "known_to": str(line.precision),
        "precision_words": line.precision_words,
        # A circle that holds it, never a bare point for an area; without a radius where the source
        # does not say how exact its point is.
        "within": [
            {"lon": lon, "lat": lat, "radius_km": line.radius_km} for lon, lat in line.points
        ],
    }
    if incident.geo_precision is GeoPrecision.UNKNOWN:
        found.pop("precision_words")
    return found


def _tolls(incident: Incident, store: Store) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, about in _TOLLS.items():
        toll = derive_toll(incident.claims, about, store.context.families)
        if toll.low is None and toll.high is None and not toll.apart:
            continue
        yield (
            name,
            {
                "words": toll.text,
                "low": toll.low,
                "high": toll.high,
                **({"people": toll.people} if toll.people else {}),
                "different_people": [
                    {"people": one.people, "low": one.low, "high": one.high} for one in toll.apart
                ],
            },
        )


def _get(store: Store, asked: Asked) -> dict[str, Any]:
    identifier = asked.get("id")
    incident = store.incident(identifier)
    if incident is None:
        raise NotFoundError(f"id must be that of an incident, got {identifier!r:.200}")
    detail = describe_incident(incident, store.context, store.incident)
    return {
        **_incident(incident, store),
        "summary": detail.summary,
        "parties": {
            role: [{"group": one, "words": words} for one, words in found]
            for role, found in detail.parties.items()
        },
        "claims": claims_json(detail.claim_groups),
        "related": [{"id": one.id, "title": one.title, "date": one.date} for one in detail.related],
        "sources": [source_json(one.id, store.context) for one in detail.sources],
    }


def _by(store: Store, asked: Asked) -> dict[str, Any]:
    chosen, by = asked.chosen, asked.get("by")
    more: dict[str, Any] = {}
    if by == "year":
        years = _years(store, chosen)
        counts = {str(one): _in_year(store, chosen, one) for one in years[-_MOST_YEARS:]}
        note = "An incident counts in each year in which it may lie; what has no date is in none."
        if chosen.start or chosen.end:
            note += " Of a year only the days in the period of the filter count."
        if left := years[:-_MOST_YEARS]:
            more = {"years_left_out": {"first": left[0], "last": left[-1]}}
            note += " Earlier years are left out: ask for them with from and to."
    else:
        counts = _by_value(store, asked, by)
        note = "An incident counts once under each of its values, and without any in none."
    return {
        "filter": describe_filter(chosen, store.context),
        "incidents_found": count_of(store, chosen)._asdict(),
        "by": by,
        "counts": {value: one._asdict() for value, one in counts.items() if one.possible},
        **more,
        "note": f"{note} Counts must not be added up.",
    }


def _by_value(store: Store, asked: Asked, by: str) -> dict[str, Any]:
    given = {text for key, text in asked.chosen.to_pairs() if key == by}
    counts = store.facets(asked.chosen)[by]
    return {value: one for value, one in counts.items() if not given or value in given}


def _years(store: Store, chosen: Filter) -> list[int]:
    """Return the years in which an incident may lie, in order."""
    bars = store.histogram(chosen).bins
    # What has no end may lie in all years that there are bars for.
    last_bar = bars[-1].end.year if bars else 0
    known = {
        (first, max(first, last_bar) if one.last is None else one.last // _MONTHS)
        for one in store.spreads(chosen)
        for first in (one.first // _MONTHS,)
    }
    lowest, highest = (chosen.start or date.min).year, (chosen.end or date.max).year
    years: set[int] = set()
    for first, last in known:
        years.update(range(max(first, lowest), min(last, highest) + 1))
    return sorted(years)


def _in_year(store: Store, chosen: Filter, year: int) -> Any:
    start = max(chosen.start or date.min, date(year, 1, 1))
    end = min(chosen.end or date.max, date(year, 12, 31))
    return count_of(store, replace(chosen, start=start, end=end))


def _toll(store: Store, asked: Asked) -> dict[str, Any]:
    _refuse_overlapping(store, asked.chosen)
    about = _TOLLS[asked.get("of", "killed")]
    toll = store.toll(asked.chosen, about)
    # Where nobody gives a figure that counts everybody, the sum is not zero.
    none = {} if toll.everybody.incidents.possible else dict.fromkeys(("low", "high", "bounds"))
    return {
        "filter": describe_filter(asked.chosen, store.context),
        "of": asked.get("of", "killed"),
        **toll_payload(toll),
        **none,
        "note": (
            "low adds the lowest figures of what certainly fits, high the highest of what may; "
            "“at most 90” adds nothing to low. Where high_is_open, a figure such as “at least 90” "
            "or “over 90” is in high, which is no limit then; low_is_about and high_is_about say "
            "that one such as “about 90” or “nearly 90” is in it. Print bounds, which says all. A "
            "toll that several incidents share counts once; figures that count some people only "
            "stand apart and must not be added; campaigns and counts over "
            "many events hold the tolls of events and are not added."
        ),
    }


def _refuse_overlapping(store: Store, chosen: Filter) -> None:
    """Refuse to add up incidents by name where one holds the tolls of others."""
    named = store.incidents(chosen.ids)
    wide = [one for one in named if one.record_kind is not RecordKind.EVENT]
    if wide:
        ids = ", ".join(one.id for one in wide[:_MOST_NAMED])
        raise RequestError(
            "tolls may only be added up of single events, since a campaign or a count over many "
            f"events holds their tolls, got {ids}; get_incident tells what is said of it"
        )


_ID = Parameter("id", "id of the incident, such as kerman-2024-01-03", is_required=True)
INCIDENT_OPERATIONS = (
    Operation(
        "find_incidents",
        "/incidents",
        "Incidents that fit a filter, in short: date and place with their precision, tolls as "
        "ranges, who is said to be responsible. An incident whose date or place is not known "
        "exactly fits possibly.",
        (
            *FILTER,
            Parameter("order", "which come first", one_of(_ORDERS)),
            *PAGING,
        ),
        _find,
    ),
    Operation(
        "get_incident",
        "/incidents/{id}",
        "All that is recorded of an incident: each claim with who says it, with what stance, in "
        "which source and paragraph. Where sources differ, both figures stand.",
        (_ID, KNOWN),
        _get,
    ),
    Operation(
        "count_incidents",
        "/counts",
        "How many incidents fit a filter, by year, type, country, status or attribution: "
        "certain ones, and possible ones.",
        (
            *FILTER,
            Parameter("by", "what to count by", one_of(_FACETS), is_required=True),
        ),
        _by,
    ),
    Operation(
        "add_up_tolls",
        "/tolls",
        "How many people were killed or injured in all single events that fit a filter, within "
        "bounds. Tolls that overlap are never added.",
        (*FILTER, Parameter("of", "who is counted", one_of(_TOLLS))),
        _toll,
    ),
)
