"""Records as columns: the one table that every query runs on.

One row per incident and place; `is_first` marks the row that stands for the incident itself, so
that an incident with several places is drawn several times and counted once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.operations as ops
import numpy as np
import pyarrow as pa

from geodata.geodesy import project, reach_degrees
from geodata.queries.belonging import Belongings, found_by, search_text
from geodata.queries.columns import (
    ATTRIBUTIONS,
    EVENT_TYPES,
    SCHEMA,
    STATUSES,
    Key,
    to_list_text,
    type_mask,
)
from geodata.queries.expressions import kept
from geodata.queries.filters import DateMatch, Filter
from geodata.records import (
    Incident,
    RecordKind,
    Records,
    Role,
    Toll,
    attribution,
    describe_date,
    parties,
    tolls_of,
)

__all__ = ["columns_asked", "morton_codes", "morton_order", "to_rows", "to_table"]

_TYPE_CODES = {one: code for code, one in enumerate(EVENT_TYPES)}
_STATUS_CODES = {one: code for code, one in enumerate(STATUSES)}
_ATTRIBUTION_CODES = {one: code for code, one in enumerate(ATTRIBUTIONS)}
# What takes a while to tell of an incident, and few filters ask for.
_OF_PARTIES = frozenset({"parties", "found_throughout", "found_at_times"})
_OF_TOLLS = frozenset(
    {
        *(f"{one}_{end}" for one in ("fatalities", "injured") for end in ("low", "high", "text")),
        *(f"casualties_{end}" for end in ("low", "high", "text")),
        *(f"{one}_marks" for one in ("fatalities", "injured", "casualties")),
        *("toll_alone", "shares_toll"),
    }
)
# As `_place_columns` has them, in its order.
_NO_PLACE = dict.fromkeys(("lon", "lat", "south", "north", "reach", "x", "y"))
_OF_PLACES = frozenset(_NO_PLACE)
_SEARCH = "search"
# Without these all records are counted and said by country and type.
_OF_ITSELF = frozenset(
    {
        *("title", "event_date", "date_start", "date_end", "has_start", "has_end", "type_bits"),
        *("status", "attribution", "place_precision", "radius_km"),
        *("place", "province", "countries"),
    }
)
_NO_TOLL = Toll()
_Bits = np.ndarray[Any, np.dtype[np.uint64]]


def to_table(records: Records) -> pa.Table:
    """Return the incidents as an Arrow table in `SCHEMA`, sorted along a space-filling curve."""
    table = to_rows(records.incidents, records)
    return table.take(morton_order(table.column("x"), table.column("y")))


def columns_asked(chosen: Filter) -> frozenset[str]:
    """Return the columns that a filter asks for, as `to_rows` takes them."""
    table = ibis.table(ibis.Schema.from_pyarrow(SCHEMA), name="incidents")
    found = {
        field.name
        for match in DateMatch
        for field in kept(chosen.matching(match), table, lambda name: [name], ())
        .op()
        .find(ops.Field)
    }
    # Who is found at some times alone is known once all rows are there.
    return frozenset(found | _OF_PARTIES if found & _OF_PARTIES else found)


def to_rows(
    incidents: Iterable[Incident], records: Records, asked: Collection[str] | None = None
) -> pa.Table:
    """Return some incidents as an Arrow table in `SCHEMA`, in their order.

    Args:
        incidents: The incidents.
        records: What they belong to; gives names of groups, and which sources copy one another.
        asked: Columns that are asked for beside those that all are counted by; others may be left
            empty. By default all are.
    """
    asked = frozenset(SCHEMA.names if asked is None else asked)
    belongings = Belongings(records)
    rows = [row for incident in incidents for row in _rows(incident, records, belongings, asked)]
    # All have the same names in the same order.
    values = zip(*map(dict.values, rows), strict=True)
    found = dict(zip(rows[0], values, strict=True)) if rows else {}
    columns = (
        pa.array(found[one.name], one.type) if one.name in found else pa.nulls(len(rows), one.type)
        for one in SCHEMA
    )
    return pa.table(list(columns), schema=SCHEMA)


def _rows(
    incident: Incident, records: Records, belongings: Belongings, asked: frozenset[str]
) -> Iterator[dict[str, Any]]:
    shared = _counted_columns(incident)
    if asked & _OF_ITSELF:
        shared |= _own_columns(incident)
    if asked & _OF_PARTIES:
        shared |= _party_columns(incident, belongings)
    if asked & _OF_TOLLS:
        shared |= _toll_columns(incident, records)
    if _SEARCH in asked:
        shared[_SEARCH] = search_text(incident, records)
    is_placed = bool(asked & _OF_PLACES)
    shared["is_first"], shared["is_mappable"] = True, incident.is_mappable
    if not incident.points:
        yield shared | _NO_PLACE if is_placed else shared
    for index, (lon, lat) in enumerate(incident.points):
        place = _place_columns(lon, lat, incident.reach_km) if is_placed else {}
        yield {**shared, "is_first": index == 0, **place}


def _place_columns(lon: float, lat: float, reach_km: float) -> dict[str, Any]:
    x, y = project(lon, lat)
    up, aside = reach_degrees(lat, reach_km)
    return {
        "lon": lon,
        "lat": lat,
        "south": max(-90.0, lat - up),
        "north": min(90.0, lat + up),
        "reach": aside,
        "x": x,
        "y": y,
    }


def _party_columns(incident: Incident, belongings: Belongings) -> dict[str, Any]:
    by_role = parties(incident.claims)
    named = _named(tuple(by_role.items()))
    throughout, at_times = named, ""
    if belongings.are_any:
        found = found_by(incident, belongings, by_role)
        throughout = _keys_text(found.throughout)
        at_times = to_list_text([time.text for time in found.at_times])
    return {"parties": named, "found_throughout": throughout, "found_at_times": at_times}


# Records have a few hundred combinations of parties.
@lru_cache(maxsize=4_096)
def _named(by_role: tuple[tuple[Role, tuple[str, ...]], ...]) -> str:
    return to_list_text([f"{role}:{one}" for role, ids in by_role for one in ids])


@lru_cache(maxsize=4_096)
def _keys_text(keys: tuple[Key, ...]) -> str:
    return to_list_text([key.text for key in keys])


def _counted_columns(incident: Incident) -> dict[str, Any]:
    type_of_source = incident.type_of_source
    return {
        "id": incident.id,
        "is_event": incident.record_kind is RecordKind.EVENT,
        "main_type": _TYPE_CODES[incident.event_types[0]],
        "source_types": to_list_text([type_of_source]) if type_of_source else "",
        "country": incident.country,
    }


def _own_columns(incident: Incident) -> dict[str, Any]:
    countries = [c for c in (incident.country, *incident.other_countries) if c]
    span = incident.span
    return {
        "title": incident.title,
        "event_date": describe_date(incident.event_date),
        "date_start": span.start,
        "date_end": span.end,
        "has_start": span.has_start,
        "has_end": span.has_end,
        "type_bits": type_mask(incident.event_types),
        "status": _STATUS_CODES[incident.status],
        "attribution": _ATTRIBUTION_CODES[attribution(incident.claims)],
        "place_precision": incident.geo_precision.rank,
        "radius_km": incident.radius_km,
        "place": ", ".join(incident.place_names),
        "province": incident.admin1_code or None,
        "countries": to_list_text(countries),
    }


def _toll_columns(incident: Incident, records: Records) -> dict[str, Any]:
    tolls = tolls_of(incident, records.families)
    killed, injured, together = (tolls[one] for one in ("fatalities", "injured", "casualties"))
    return {
        "fatalities_low": killed.low,
        "fatalities_high": killed.high,
        "fatalities_text": killed.text,
        "injured_low": injured.low,
        "injured_high": injured.high,
        "injured_text": injured.text,
        "casualties_low": together.low,
        "casualties_high": together.high,
        "fatalities_marks": int(killed.marks),
        "injured_marks": int(injured.marks),
        "casualties_marks": int(together.marks),
        "toll_alone": not incident.casualties_combined
        and not incident.shares_toll_beyond
        and not any(one.apart or one.people for one in (killed, injured, together)),
        "shares_toll": bool(incident.casualties_combined),
        "casualties_text": "" if together == _NO_TOLL else together.text,
    }


def morton_order(x: Any, y: Any) -> pa.Array:
    """Return the row order that keeps neighbours in space near each other in the table.

    A sorted table answers a small view from few blocks of rows. Rows without a place come last.

    Args:
        x: Integer column as `project` gives it, nulls allowed.
        y: The same, to the south.
    """
    return pa.array(np.argsort(morton_codes(x, y), kind="stable"))


def morton_codes(x: Any, y: Any) -> _Bits:
    """Return where places lie on the space-filling curve; see `morton_order`."""
    missing = np.asarray(x.is_null())
    code: _Bits = _spread_bits(np.asarray(x.fill_null(0), dtype=np.uint64)) | (
        _spread_bits(np.asarray(y.fill_null(0), dtype=np.uint64)) << np.uint64(1)
    )
    code[missing] = np.iinfo(np.uint64).max
    return code


def _spread_bits(values: _Bits) -> _Bits:
    """Put a zero bit between each two bits (interleaving by magic numbers, 32 to 64 bits)."""
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        values = (values | (values << np.uint64(shift))) & np.uint64(mask)
    return values
