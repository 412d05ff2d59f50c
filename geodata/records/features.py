"""One record as one GeoJSON feature (RFC 7946), and back.

A feature carries the values derived from its claims (tolls, attribution, first and last day) beside
the claims. Reading takes the claims and derives those values anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError
from shapely.geometry import mapping, shape
from shapely.geometry.polygon import orient

from geodata.errors import Problem, RecordError, told
from geodata.geodesy import DECIMALS
from geodata.records.collection import Records
from geodata.records.derive import tolls_of
from geodata.records.describe import describe_responsibility, group_label
from geodata.records.model import BaseArea, Incident
from geodata.records.parties import attribution, parties, role_of
from geodata.records.vocabulary import BASE_AREA, DERIVED, PARTY_COLUMNS, Role
from geodata.records.words import ROLE_WORDS, symbol_of
from geodata.tongue import comma, in_brackets, say

__all__ = [
    "FeatureParts",
    "alike",
    "compact",
    "describe_parties",
    "from_feature",
    "group_names",
    "party_words",
    "problems_of",
    "record_error",
    "source_entry",
    "to_area_feature",
    "to_feature",
    "without_derived",
]


def to_feature(incident: Incident, records: Records) -> dict[str, Any]:
    """Return an incident as a GeoJSON feature with stored and derived properties.

    Args:
        incident: The incident.
        records: The set it belongs to; gives names of groups and titles of sources.
    """
    stored = incident.model_dump(mode="json", exclude={"id", "points", "claims"})
    span = incident.span
    properties: dict[str, Any] = {
        "title": stored.pop("title"),
        "record_kind": stored.pop("record_kind"),
        "event_date": stored.pop("event_date"),
        # An open end stays open: year 1 or 9999 would be a statement, and spoils any time line.
        "date_start": span.start.isoformat() if span.has_start else None,
        "date_end": span.end.isoformat() if span.has_end else None,
        "time_precision": str(span.precision),
        "event_types": stored.pop("event_types"),
        "symbol": symbol_of(incident.event_types),
        "status": stored.pop("status"),
        **_tolls(incident, records),
        **_parties(incident, records),
        "attribution": str(attribution(incident.claims)),
        "attribution_text": describe_responsibility(incident, records),
        **stored,
        **_evidence(incident, records),
    }
    return _feature(incident.id, _points_geometry(incident.points), properties)


def to_area_feature(area: BaseArea, records: Records) -> dict[str, Any]:
    """Return a base area as a GeoJSON feature; `record_kind` is `base area`."""
    stored = area.model_dump(mode="json", exclude={"id", "geometry", "claims"})
    properties = {
        "record_kind": BASE_AREA,
        "symbol": BASE_AREA,
        "group": stored.pop("group"),
        "group_name": _group_name(area.group, records),
        **stored,
        **_evidence(area, records),
    }
    return _feature(area.id, _oriented(area.geometry), properties)


class FeatureParts(NamedTuple):
    """What of an incident several formats tell alike.

    Attributes:
        place: Its geometry as JSON.
        start, end: First and last possible day; empty where there is none.
        attribution, attribution_text: Who is held responsible, as a word and in words.
        parties: The ids of groups by their role.
        claims: All claims as JSON.
    """

    place: str
    start: str
    end: str
    attribution: str
    attribution_text: str
    parties: Mapping[Role, tuple[str, ...]]
    claims: str


def compact(value: Any) -> str:
    """Return a value as JSON as it goes out: half as long as for people, made much faster."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _feature(
    identifier: str, geometry: dict[str, Any] | None, properties: dict[str, Any]
) -> dict[str, Any]:
    return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": properties}


def _tolls(incident: Incident, records: Records) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, toll in tolls_of(incident, records.families).items():
        values[f"{name}_low"] = toll.low
        values[f"{name}_high"] = toll.high
        values[f"{name}_best"] = toll.best
        values[f"{name}_text"] = toll.text
    return values


def _parties(incident: Incident, records: Records) -> dict[str, list[str]]:
    found = parties(incident.claims)
    values = {}
    for role, (ids, names) in PARTY_COLUMNS.items():
        values[ids] = list(found[role])
        values[names] = group_names(found[role], records)
    return values


def alike(feature: dict[str, Any], *, is_multiple: bool) -> dict[str, Any]:
    """Return a feature with points of the type that all have, changed in place.

    Args:
        feature: As `to_feature` gives it.
        is_multiple: Whether one of all has several places.
    """
    place = feature["geometry"]
    if is_multiple and place and place["type"] == "Point":
        feature["geometry"] = {"type": "MultiPoint", "coordinates": [place["coordinates"]]}
    return feature


def describe_parties(incident: Incident, records: Records) -> tuple[tuple[str, str], ...]:
    """Return who has to do with an incident: a role's heading, and its parties with their caveats.

    Example:
        >>> claim = {"about": "involved", "value": "irgc", "source": "s", "caveat": "Possible."}
        >>> one = Incident(id="a", title="A", event_date="2024", event_types=("attack",),
        ...     claims=(claim,))
        >>> describe_parties(one, Records())
        (('Others named', 'irgc (Possible.)'),)
    """
    named = party_words(incident, records).items()
    return tuple((heading, comma().join(words for _, words in found)) for heading, found in named)


def party_words(incident: Incident, records: Records) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the same as `describe_parties` with the id of each party before its words.

    It is empty where the party is no listed group.
    """
    found = parties(incident.claims)
    return {
        say(heading): tuple(
            (one if one in records.groups_by_id else "", _party(one, role, incident, records))
            for one in found[role]
        )
        for role, heading in ROLE_WORDS.items()
        if found[role]
    }


def _party(group: str, role: Role, incident: Incident, records: Records) -> str:
    naming = (one for one in incident.claims if role_of(one) is role and one.value == group)
    return group_label(group, records) + in_brackets(one.caveat for one in naming)


def _evidence(record: Incident | BaseArea, records: Records) -> dict[str, Any]:
    return {
        "claims": [claim.model_dump(mode="json", exclude_defaults=True) for claim in record.claims],
        "sources": [source_entry(one, records) for one in record.sources],
        "cited_sources": [source_entry(one, records) for one in record.cited_sources],
    }


def source_entry(identifier: str, records: Records) -> dict[str, Any]:
    """Return what a feature says of a source; of one that is not known its id alone."""
    source = records.sources_by_id.get(identifier)
    if source is None:
        return {"id": identifier}
    entry = {
        "id": source.id,
        "title": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "date": source.date,
        "url": source.url,
        "licence": source.licence,
    }
    return {key: value for key, value in entry.items() if value}


def group_names(identifiers: Iterable[str], records: Records) -> list[str]:
    """Return the names of groups; of one that is not known its id."""
    return [_group_name(one, records) for one in identifiers]


def _group_name(identifier: str, records: Records) -> str:
    group = records.groups_by_id.get(identifier)
    return group.name if group else identifier


def _points_geometry(points: tuple[tuple[float, float], ...]) -> dict[str, Any] | None:
    rounded = [[round(lon, DECIMALS), round(lat, DECIMALS)] for lon, lat in points]
    if not rounded:
        return None
    if len(rounded) == 1:
        return {"type": "Point", "coordinates": rounded[0]}
    return {"type": "MultiPoint", "coordinates": rounded}


def _oriented(geometry: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a geometry with outer rings counter-clockwise and at most seven decimals."""
    if geometry is None:
        return None
    outline = shape(geometry)
    if outline.geom_type == "Polygon":
        outline = orient(outline)
    elif outline.geom_type == "MultiPolygon":
        outline = type(outline)([orient(part) for part in outline.geoms])
    return {"type": outline.geom_type, "coordinates": _rounded(mapping(outline)["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, int | float):
        return round(coordinates, DECIMALS)
    return [_rounded(one) for one in coordinates]


def without_derived(feature: Mapping[str, Any]) -> dict[str, Any]:
    """Return a feature without what is derived and what is empty."""
    kept = {
        name: value
        for name, value in feature["properties"].items()
        if name not in DERIVED and value is not False and value not in (None, "", [], {})
    }
    return {**feature, "properties": kept}


def from_feature(feature: object) -> Incident | BaseArea:
    """Return the record in a GeoJSON feature.

    Derived properties are left aside and derived anew. `sources` may be missing.

    Raises:
        RecordError: If the feature is not a valid record; all its faults are in the message.
    """
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise RecordError("a feature must be an object with properties, got something else")
    properties = {k: v for k, v in feature["properties"].items() if k not in DERIVED}
    properties = {k: v for k, v in properties.items() if v is not None}
    properties.pop("id", None)
    geometry = feature.get("geometry")
    try:
        if properties.get("record_kind") == BASE_AREA:
            del properties["record_kind"]
            return BaseArea(id=feature.get("id", ""), geometry=geometry, **properties)
        points = _points_of(geometry)
        return Incident(id=feature.get("id", ""), points=points, **properties)
    except ValidationError as error:
        raise record_error(error) from error
    except TypeError as error:
        raise RecordError(f"properties must have plain names, got: {error}") from error


def _points_of(geometry: object) -> tuple[Any, ...]:
    if geometry is None:
        return ()
    if isinstance(geometry, dict):
        coordinates = geometry.get("coordinates")
        if geometry.get("type") == "Point" and isinstance(coordinates, list | tuple):
            return (tuple(coordinates[:2]),)
        if geometry.get("type") == "MultiPoint" and isinstance(coordinates, list | tuple):
            return tuple(tuple(c[:2]) if isinstance(c, list | tuple) else c for c in coordinates)
    raise RecordError(
        f"geometry must be a Point, a MultiPoint or null, got {told(geometry)}", path="geometry"
    )


# What pydantic puts behind the name of a field that may be of several types.
_TYPES = frozenset({"int", "float", "str", "constrained-str"})


class _FieldsError(RecordError):
    """Several faults of one record, kept apart."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{message} ({field})" for field, message in faults))
        self.faults = faults


def record_error(error: ValidationError) -> RecordError:
    """Return what pydantic found as our own error, with all faults kept apart."""
    # Of a value of several types the last is told, which is text.
    faults = {_field(one["loc"]): _message(one) for one in error.errors(include_url=False)}
    return _FieldsError(list(faults.items()))


def _field(location: tuple[int | str, ...]) -> str:
    if location and location[-1] in _TYPES:
        location = location[:-1]
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return text.lstrip(".")


def _message(error: Mapping[str, Any]) -> str:
    if error["type"] == "missing":
        return "must be given, got nothing"
    text = str(error["msg"]).removeprefix("Value error, ")
    if ", got " in text:
        return text
    return f"{text[0].lower()}{text[1:]}, got {told(error['input'])}"


def problems_of(error: RecordError, record: str, file: str) -> list[Problem]:
    """Return a record's faults one by one."""
    if isinstance(error, _FieldsError):
        return [Problem(record, field, message, file) for field, message in error.faults]
    return [Problem(record, error.path, str(error), file)]
