"""What the stage of the app is answered: all columns where these are few, else answer by answer."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from geodata.errors import EngineError, RequestError
from geodata.places.finding import find_places
from geodata.queries import (
    ROLES,
    WORLD,
    Belongings,
    DateMatch,
    Extent,
    Filter,
    Store,
    times_of_area,
)
from geodata.records import (
    ClaimAbout,
    Records,
    country_name,
    distinct_label,
    labelled,
    language,
    place,
    validity,
)
from geodata.scope import Count, describe_off_map
from mapview.briefing.page import page_data, row_columns, told_of_area, told_of_incident
from mapview.cartography import group_hatches
from mapview.data import current_store
from mapview.detail import area_line, describe_area, describe_incident, incident_line
from mapview.layer.known import named_countries, source_types, spellings, vocabulary
from mapview.lines import AreaLine, IncidentLine
from mapview.once import once_a_store
from mapview.settings import has_engine
from mapview.web.answers import takes_gzip
from mapview.web.asking import answer_once, filter_of, parameter, route

__all__ = ["STAGE_ROUTES", "prepare_stage"]

# So many the browser filters and counts between two frames of a drag.
MOST_IN_BROWSER = 20_000
# To sort a million titles takes 1.4 s of a processor, once, and 8 MB, to hold what points are told
# with 0.5 s and 80 MB; of more the memory is felt, too.
_MOST_MADE_AHEAD = 2_000_000
_MOST_ROWS = 5_000
_MOST_TYPED = 100
_MOST_PLACES = 8
_EPOCH = date(1970, 1, 1)
_TOLLS = (ClaimAbout.FATALITIES, ClaimAbout.INJURED)


def stage(request: Request) -> Response:
    """Answer what a stage begins with."""

    def send(packed: bytes, headers: dict[str, str]) -> Response:
        headers["Vary"] = "Accept-Encoding"
        if takes_gzip(request):
            headers["Content-Encoding"] = "gzip"
            return Response(packed, media_type="application/json", headers=headers)
        return Response(gzip.decompress(packed), media_type="application/json", headers=headers)

    return answer_once(request, current_store().version, lambda: _begin(current_store()), send)


def _begin(store: Store) -> bytes:
    # Who asks while it is made waits for it, and does not make it once more.
    with _MAKING:
        return _packed(store, language())


_MAKING = Lock()


@once_a_store(4)
def _packed(store: Store, spoken: str) -> bytes:
    del spoken  # What is kept is kept for each language.
    text = json.dumps(stage_data(store), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return gzip.compress(text.encode("utf-8", "backslashreplace"), 6, mtime=0)


def prepare_stage() -> None:
    """Make what every stage begins with, so that the first to open one does not wait for it.

    Of many records what single points are told with is held, and titles are sorted as well, which
    nobody should wait for who turns a table.
    """
    # Whoever opens a stage is told of an engine that does not answer.
    with suppress(EngineError):
        store = current_store()
        _begin(store)
        if not has_engine() and MOST_IN_BROWSER < store.all_incidents <= _MOST_MADE_AHEAD:
            store.hold_points()
            store.sorted_ids(Filter(), "title", down=False, limit=1)


def stage_data(store: Store) -> dict[str, Any]:
    """Return all columns of a store's records, or what may be chosen where they are too many."""
    known_on = store.known.isoformat() if store.known else ""
    if store.all_incidents > MOST_IN_BROWSER:
        return {**known_data(store), "known_on": known_on}
    # The app shows what may not be published, too: it stays on this machine.
    records, own = store.everything(), store.own_types
    hatches = group_hatches(records.base_areas)
    everything = _Everything(
        store.version,
        records,
        tuple(incident_line(one, records, own) for one in records.incidents),
        tuple(area_line(one, records, hatches) for one in store.areas(Filter())),
        own,
    )
    return {**page_data(everything), "known_on": known_on}


@dataclass(frozen=True)
class _Everything:
    """All records of a store, as `page_data` takes them."""

    version: str
    records: Records
    incidents: tuple[IncidentLine, ...]
    base_areas: tuple[AreaLine, ...]
    own_types: tuple[str, ...]
    chosen: Filter = field(default_factory=Filter)


def known_data(store: Store) -> dict[str, Any]:
    """Return what may be chosen of a store's records, without a column of them."""
    facets, histogram = store.facets(Filter(roles=ROLES)), store.histogram(Filter())
    bins = histogram.bins
    areas, belongings = store.areas(Filter()), Belongings(store.context)
    of_areas = (time.key for view in areas for time in times_of_area(view.area, belongings))
    groups = sorted({*facets["group"], *of_areas})
    return {
        "version": store.version,
        **vocabulary(),
        **source_types(store.types_met, store.own_types),
        # Groups are known in any role; countries, whether anybody had one or not.
        **named_countries(store.facets(Filter())["country"]),
        "groups": groups,
        "group_names": [distinct_label(one, groups, store.context) for one in groups],
        "group_spellings": spellings(store.context, groups),
        "incidents": None,
        "area_rows": [{"id": view.area.id} for view in areas],
        "span": [(day - _EPOCH).days for day in (bins[0].start, bins[-1].end)] if bins else None,
        "far": histogram.far_words,
        # The table knows of each incident in which months it may lie.
        "shortest_step": "month",
    }


def summary(request: Request) -> Response:
    """Answer how many a filter finds, and each choice would, by position in what is known."""
    chosen = filter_of(request)
    return answer_once(
        request, current_store().version, lambda: summary_payload(chosen, current_store())
    )


def summary_payload(chosen: Filter, store: Store) -> dict[str, Any]:
    """Return counts as the stage has them; see `Summary` in the assets."""
    known = _known(store)
    facets = store.facets(chosen)
    areas = store.areas(chosen)
    nothing = Count(0, 0)
    # Where only what certainly fits is asked for, no choice would show more.
    is_certain = chosen.date_match is DateMatch.CERTAIN

    def counts(facet: str, values: str) -> list[list[int]]:
        found = (facets[facet].get(one, nothing) for one in known[values])
        return [[least, least if is_certain else most] for least, most in found]

    return {
        "totals": vars(store.totals(chosen)),
        "areas": {"count": len(areas), "drawn": sum(one.area.is_mappable for one in areas)},
        "facets": {facet: counts(facet, values) for facet, values in _VALUES.items()},
    }


_VALUES = {
    "type": "types",
    "source_type": "sourceTypes",
    "group": "groups",
    "role": "roles",
    "country": "countries",
    "status": "statuses",
    "attribution": "attributions",
    "precision": "precisions",
}


@once_a_store(2)
def _known(store: Store) -> Mapping[str, Any]:
    return known_data(store)


def spreads(request: Request) -> Response:
    """Answer in which months incidents may lie, and how many certainly fit a filter."""
    chosen = filter_of(request)

    def make() -> dict[str, Any]:
        found = current_store().spreads(chosen)
        return {"spreads": [[*spread, n] for spread, n in found.items()]}

    return answer_once(request, current_store().version, make)


def rows(request: Request) -> Response:
    """Answer a part of the table."""
    chosen = filter_of(request)
    sign, column = _order(request)
    placed = _placed(request)
    offset, limit = _number(request, "offset", 10**9), _number(request, "limit", _MOST_ROWS)

    def make() -> dict[str, Any]:
        return rows_payload(
            current_store(),
            chosen,
            column,
            down=bool(sign),
            placed=placed,
            offset=offset,
            limit=limit,
        )

    return answer_once(request, current_store().version, make)


def rows_payload(store: Store, chosen: Filter, column: str, **more: Any) -> dict[str, Any]:
    """Return a part of the table; see `Store.sorted_ids` for what it takes."""
    ids, total = store.sorted_ids(chosen, column, **more)
    lines = (incident_line(one, store.context, store.own_types) for one in store.incidents(ids))
    return {"rows": [row_columns(line) for line in lines], "total": total}


def _order(request: Request) -> tuple[str, str]:
    text = request.query_params.get("sort", "-start")
    match = re.fullmatch(r"(-?)(start|title|place|what|killed|injured)", text, re.ASCII)
    if match is None:
        raise RequestError(
            "sort must be start, title, place, what, killed or injured, with - before it from the "
            f"highest on, got {text!r:.40}"
        )
    return match[1], match[2]


def _placed(request: Request) -> bool | None:
    text = request.query_params.get("which", "all")
    choices = {"all": None, "placed": True, "unplaced": False}
    if text not in choices:
        raise RequestError(f"which must be one of {', '.join(choices)}, got {text!r:.40}")
    return choices[text]


def _number(request: Request, name: str, most: int) -> int:
    text = parameter(request, name)
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or int(text) > most:
        raise RequestError(f"{name} must be a whole number within 0 and {most:,}, got {text!r:.20}")
    return int(text)


def area_rows(request: Request) -> Response:
    """Answer the base areas that a filter shows, with what is said of each."""
    chosen = filter_of(request)

    def make() -> dict[str, Any]:
        store = current_store()
        return {
            "areas": [
                {
                    "id": view.area.id,
                    "drawn": view.area.is_mappable,
                    "faded": view.is_faded,
                    "undated": validity(view.area, store.context).certain is None,
                    "detail": told_of_area(describe_area(view.area, store.context))["detail"],
                }
                for view in store.areas(chosen)
            ]
        }

    return answer_once(request, current_store().version, make)


def told(request: Request) -> Response:
    """Answer what is said of an incident (`id`) or a base area (`area`), and where it stands."""
    identifier, area = request.query_params.get("id"), request.query_params.get("area")
    if (identifier is None) == (area is None):
        raise RequestError("either id or area must be given, got both or none")
    return answer_once(
        request,
        current_store().version,
        lambda: _told_incident(identifier) if identifier is not None else _told_area(area or ""),
    )


def _told_incident(identifier: str) -> dict[str, Any]:
    store = current_store()
    incident = store.incident(identifier)
    if incident is None:
        return {"detail": None}
    told_of = told_of_incident(describe_incident(incident, store.context, store.incident))
    return {**told_of, "place": list(incident.points[0]) if incident.is_mappable else None}


def _told_area(identifier: str) -> dict[str, Any]:
    store = current_store()
    area = store.area(identifier)
    if area is None:
        return {"detail": None}
    hatches = group_hatches(store.context.base_areas)
    point = next(
        (
            area_line(view, store.context, hatches).point
            for view in store.areas(Filter())
            if view.area.id == identifier
        ),
        None,
    )
    told_of = told_of_area(describe_area(area, store.context))
    return {**told_of, "place": list(point) if point else None}


def extent(request: Request) -> Response:
    """Answer where what a filter finds lies."""
    chosen = filter_of(request)

    def make() -> dict[str, Any]:
        store = current_store()
        found = store.extent(chosen) or store.extent(Filter()) or Extent(WORLD, WORLD)
        return found._asdict()

    return answer_once(request, current_store().version, make)


def said(request: Request) -> Response:
    """Answer what is said of the rows of a table: sums of tolls, and where the unplaced are."""
    chosen, placed = filter_of(request), _placed(request)

    def make() -> dict[str, Any]:
        store = current_store()
        if placed is False:
            numbers = describe_off_map(store.off_map_by_country(chosen))
            return {"sentences": [f"{labelled(heading, words)}." for heading, words in numbers]}
        if placed is None:
            tolls = (store.toll(chosen, about).words for about in _TOLLS)
            return {"sentences": [f"{words[0].upper()}{words[1:]}." for words in tolls]}
        return {"sentences": []}

    return answer_once(request, current_store().version, make)


def places(request: Request) -> Response:
    """Answer places of the gazetteer whose names begin with what somebody typed."""
    typed = parameter(request, "q")
    if len(typed) > _MOST_TYPED:
        raise RequestError(f"q must have at most {_MOST_TYPED} characters, got {len(typed):,}")

    def make() -> dict[str, Any]:
        found = find_places(typed, limit=_MOST_PLACES)
        return {
            "places": [
                {
                    **vars(one),
                    "name": place(one.name, one.country),
                    "country": country_name(one.country),
                }
                for one in found
            ]
        }

    return answer_once(request, current_store().version, make)


STAGE_ROUTES = [
    route("/api/stage", stage),
    route("/api/summary", summary),
    route("/api/spreads", spreads),
    route("/api/rows", rows, "sort", "which", "offset", "limit"),
    route("/api/area-rows", area_rows),
    route("/api/told", told, "id", "area"),
    route("/api/extent", extent),
    route("/api/said", said, "which"),
    route("/api/places", places, "q"),
]
