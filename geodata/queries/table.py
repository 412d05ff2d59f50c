"""Records as columns: the one table that every query runs on.

One row per incident and place; `is_first` marks the row that stands for the incident itself, so
that an incident with several places is drawn several times and counted once. The columns use only
what every engine behind Ibis has: integers, text, dates, booleans and floats.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from geodata.geodesy import project
from geodata.records.collection import Records
from geodata.records.dates import describe_date
from geodata.records.derive import attribution, derive_toll, linked_groups
from geodata.records.describe import place_names
from geodata.records.model import Incident
from geodata.records.names import normalise_once
from geodata.records.vocabulary import Attribution, ClaimAbout, EventType, GeoPrecision, Status

__all__ = [
    "ATTRIBUTIONS",
    "EVENT_TYPES",
    "PRECISIONS",
    "SCHEMA",
    "STATUSES",
    "morton_order",
    "to_list_text",
    "to_table",
    "type_mask",
    "values_of",
]

# Codes in the table are positions in these tuples.
EVENT_TYPES = tuple(EventType)
STATUSES = tuple(Status)
ATTRIBUTIONS = tuple(Attribution)
PRECISIONS = tuple(GeoPrecision)
_CODES: Mapping[str, Sequence[str]] = {
    "status": STATUSES,
    "attribution": ATTRIBUTIONS,
    "place_precision": PRECISIONS,
}

# In lists as text: the bar parts the values, and SQL text cannot hold U+0000.
_NO_BARS = str.maketrans("|\0", "  ")

_Bits = np.ndarray[Any, np.dtype[np.uint64]]

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("is_first", pa.bool_()),
        ("is_mappable", pa.bool_()),
        ("title", pa.string()),
        ("event_date", pa.string()),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("main_type", pa.int32()),
        ("type_bits", pa.int64()),
        ("status", pa.int32()),
        ("attribution", pa.int32()),
        ("place_precision", pa.int32()),
        ("radius_km", pa.float64()),
        ("place", pa.string()),
        ("province", pa.string()),
        ("country", pa.string()),
        ("countries", pa.string()),
        ("group_ids", pa.string()),
        ("fatalities_low", pa.int64()),
        ("fatalities_high", pa.int64()),
        ("fatalities_text", pa.string()),
        ("injured_high", pa.int64()),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("x", pa.int64()),
        ("y", pa.int64()),
        ("search", pa.string()),
    ]
)


def type_mask(types: Sequence[EventType]) -> int:
    """Return a number with one bit for each event type."""
    return sum(1 << EVENT_TYPES.index(one) for one in set(types))


def to_list_text(values: Sequence[str]) -> str:
    """Return values as one text in which each can be found between bars.

    Example:
        >>> to_list_text(["AF", "TJ"])
        '|AF|TJ|'
    """
    return f"|{'|'.join(value.translate(_NO_BARS) for value in values)}|" if values else ""


def from_list_text(text: str) -> list[str]:
    """Return the values in a text that `to_list_text` made."""
    return [value for value in text.split("|") if value]


def values_of(column: str, value: object) -> list[str]:
    """Return the words that a value in a column of codes or of lists stands for.

    Example:
        >>> values_of("type_bits", 3) == [str(one) for one in EVENT_TYPES[:2]]
        True
    """
    if column == "type_bits":
        bits = int(str(value))
        return [str(one) for index, one in enumerate(EVENT_TYPES) if bits >> index & 1]
    if column in _CODES:
        return [str(_CODES[column][int(str(value))])]
    return from_list_text(str(value))


def to_table(records: Records) -> pa.Table:
    """Return the incidents as an Arrow table in `SCHEMA`, sorted along a space-filling curve."""
    rows = [row for incident in records.incidents for row in _rows(incident, records)]
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    return table.take(morton_order(table.column("x"), table.column("y")))


def _rows(incident: Incident, records: Records) -> Iterator[dict[str, Any]]:
    shared = _shared_columns(incident, records)
    if not incident.points:
        yield {**shared, "is_first": True, "is_mappable": False}
    for index, (lon, lat) in enumerate(incident.points):
        x, y = project(lon, lat)
        yield {
            **shared,
            "is_first": index == 0,
            "is_mappable": incident.is_mappable,
            "lon": lon,
            "lat": lat,
            "x": x,
            "y": y,
        }


def _shared_columns(incident: Incident, records: Records) -> dict[str, Any]:
    killed = derive_toll(incident.claims, ClaimAbout.FATALITIES, records.families)
    injured = derive_toll(incident.claims, ClaimAbout.INJURED, records.families)
    groups = linked_groups(incident)
    countries = [c for c in (incident.country, *incident.other_countries) if c]
    return {
        "id": incident.id,
        "title": incident.title,
        "event_date": describe_date(incident.event_date),
        "date_start": incident.span.start,
        "date_end": incident.span.end,
        "main_type": EVENT_TYPES.index(incident.event_types[0]),
        "type_bits": type_mask(incident.event_types),
        "status": STATUSES.index(incident.status),
        "attribution": ATTRIBUTIONS.index(attribution(incident.claims)),
        "place_precision": incident.geo_precision.rank,
        "radius_km": incident.radius_km,
        "place": ", ".join(place_names(incident)),
        "province": incident.admin1_code or None,
        "country": incident.country,
        "countries": to_list_text(countries),
        "group_ids": to_list_text(groups),
        "fatalities_low": killed.low,
        "fatalities_high": killed.high,
        "fatalities_text": killed.text,
        "injured_high": injured.high,
        "search": _search_text(incident, groups, records),
    }


def _search_text(incident: Incident, group_ids: Sequence[str], records: Records) -> str:
    words = [
        incident.id,
        incident.title,
        incident.summary,
        incident.place,
        incident.admin2,
        incident.admin1,
        incident.target,
        incident.means,
        *incident.event_types,
    ]
    for group_id in group_ids:
        group = records.groups_by_id.get(group_id)
        words += [group.name, group.short_name, *group.aliases] if group else [group_id]
    return normalise_once(" ".join(words))


def morton_order(x: Any, y: Any) -> pa.Array:
    """Return the row order that keeps neighbours in space near each other in the table.

    A sorted table answers a small view from few blocks of rows. Rows without a place come last.

    Args:
        x: Integer column as `project` gives it, nulls allowed.
        y: The same, to the south.
    """
    missing = np.asarray(x.is_null())
    code = _spread_bits(np.asarray(x.fill_null(0), dtype=np.uint64)) | (
        _spread_bits(np.asarray(y.fill_null(0), dtype=np.uint64)) << np.uint64(1)
    )
    code[missing] = np.iinfo(np.uint64).max
    return pa.array(np.argsort(code, kind="stable"))


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
