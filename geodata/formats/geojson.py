"""GeoJSON (RFC 7946): incidents and base areas as features, claims and sources kept.

Every feature carries the values derived from its claims (tolls, attribution, first and last day)
beside the claims. Reading takes the claims and derives those values anew. Groups and sources
travel in the foreign members `groups` and `sources` of the collection.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from shapely.geometry import mapping, shape
from shapely.geometry.polygon import orient

from geodata.collection import Problem, Records
from geodata.derive import attribution, derive_toll, linked_groups
from geodata.errors import FormatError, RecordError
from geodata.files import open_atomic, read_text
from geodata.model import BaseArea, Group, Incident, Source
from geodata.vocabulary import ClaimAbout

__all__ = [
    "BASE_AREA",
    "ReadResult",
    "from_feature",
    "parse_geojson",
    "problems_of",
    "read_geojson",
    "to_area_feature",
    "to_collection",
    "to_feature",
    "write_geojson",
]

BASE_AREA = "base area"
_DECIMALS = 7
_DERIVED = frozenset(
    {
        "date_start",
        "date_end",
        "time_precision",
        "fatalities_low",
        "fatalities_high",
        "fatalities_best",
        "fatalities_text",
        "injured_low",
        "injured_high",
        "injured_best",
        "injured_text",
        "groups",
        "group_names",
        "group_name",
        "attribution",
        "sources",
        "cited_sources",
    }
)


@dataclass(frozen=True)
class ReadResult:
    """The good records of a file, and what was wrong with the others."""

    records: Records
    problems: tuple[Problem, ...] = ()


def to_feature(incident: Incident, records: Records) -> dict[str, Any]:
    """Return an incident as a GeoJSON feature with stored and derived properties.

    Args:
        incident: The incident.
        records: The set it belongs to; gives names of groups and titles of sources.
    """
    stored = incident.model_dump(mode="json", exclude={"id", "points", "claims"})
    span = incident.span
    groups = linked_groups(incident)
    properties: dict[str, Any] = {
        "title": stored.pop("title"),
        "record_kind": stored.pop("record_kind"),
        "event_date": stored.pop("event_date"),
        "date_start": span.start.isoformat(),
        "date_end": span.end.isoformat(),
        "time_precision": str(span.precision),
        "event_types": stored.pop("event_types"),
        "status": stored.pop("status"),
        **_tolls(incident, records),
        "groups": list(groups),
        "group_names": [_group_name(group, records) for group in groups],
        "attribution": str(attribution(incident.claims)),
        **stored,
        **_evidence(incident, records),
    }
    return _feature(incident.id, _points_geometry(incident.points), properties)


def to_area_feature(area: BaseArea, records: Records) -> dict[str, Any]:
    """Return a base area as a GeoJSON feature; `record_kind` is `base area`."""
    stored = area.model_dump(mode="json", exclude={"id", "geometry", "claims"})
    properties = {
        "record_kind": BASE_AREA,
        "group": stored.pop("group"),
        "group_name": _group_name(area.group, records),
        **stored,
        **_evidence(area, records),
    }
    return _feature(area.id, _oriented(area.geometry), properties)


def _feature(
    identifier: str, geometry: dict[str, Any] | None, properties: dict[str, Any]
) -> dict[str, Any]:
    return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": properties}


def _tolls(incident: Incident, records: Records) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, about in (("fatalities", ClaimAbout.FATALITIES), ("injured", ClaimAbout.INJURED)):
        toll = derive_toll(incident.claims, about, records.families)
        values[f"{name}_low"] = toll.low
        values[f"{name}_high"] = toll.high
        values[f"{name}_best"] = toll.best
        values[f"{name}_text"] = toll.text
    return values


def _evidence(record: Incident | BaseArea, records: Records) -> dict[str, Any]:
    return {
        "claims": [claim.model_dump(mode="json", exclude_defaults=True) for claim in record.claims],
        "sources": [_source_entry(one, records) for one in record.sources],
        "cited_sources": [_source_entry(one, records) for one in record.cited_sources],
    }


def _source_entry(identifier: str, records: Records) -> dict[str, Any]:
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


def _group_name(identifier: str, records: Records) -> str:
    group = records.groups_by_id.get(identifier)
    return group.name if group else identifier


def _points_geometry(points: tuple[tuple[float, float], ...]) -> dict[str, Any] | None:
    rounded = [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lon, lat in points]
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
        return round(coordinates, _DECIMALS)
    return [_rounded(one) for one in coordinates]


def to_collection(
    records: Records, *, about: Mapping[str, Any] | None = None, stored: bool = False
) -> Iterator[str]:
    """Yield the text of a FeatureCollection piece by piece, one feature a block.

    Args:
        records: What to write.
        about: Further members of the collection, such as the filter and the data version.
        stored: Leave out what is derived and what is empty, as the files that people edit do.
    """
    incidents = (to_feature(incident, records) for incident in records.incidents)
    areas = (to_area_feature(area, records) for area in records.base_areas)
    features = (feature for one in (incidents, areas) for feature in one)
    yield from collection_text(
        (_block(_without_derived(feature) if stored else feature) for feature in features),
        bbox=bounding_box(_corners(records), _spans(records)),
        members={**(about or {}), **_foreign_members(records)},
    )


def collection_text(
    blocks: Iterable[str], *, bbox: list[float] | None, members: Mapping[str, Any]
) -> Iterator[str]:
    """Yield a FeatureCollection around features that are JSON text already."""
    yield '{\n"type": "FeatureCollection",\n'
    if bbox is not None:
        yield f'"bbox": {json.dumps(bbox)},\n'
    for name, value in members.items():
        yield f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False, indent=1)},\n"
    yield '"features": ['
    separator = "\n"
    for block in blocks:
        yield separator + block
        separator = ",\n"
    yield "\n]\n}\n"


def _block(feature: Mapping[str, Any]) -> str:
    return json.dumps(feature, ensure_ascii=False, indent=1, allow_nan=False)


def _foreign_members(records: Records) -> dict[str, Any]:
    return {
        name: [record.model_dump(mode="json", exclude_defaults=True) for record in group]
        for name, group in (("groups", records.groups), ("sources", records.sources))
        if group
    }


def _corners(records: Records) -> Iterator[tuple[float, float]]:
    for incident in records.incidents:
        yield from incident.points
    for area in records.base_areas:
        for west, south, east, north in _part_bounds(area):
            yield from ((west, south), (east, north))


def _spans(records: Records) -> list[tuple[float, float]]:
    return [(box[0], box[2]) for area in records.base_areas for box in _part_bounds(area)]


def _part_bounds(area: BaseArea) -> list[tuple[float, float, float, float]]:
    """Return the bounds of each part; a part never crosses 180° (RFC 7946, 3.1.9)."""
    if area.geometry is None:
        return []
    outline = shape(area.geometry)
    return [part.bounds for part in getattr(outline, "geoms", [outline])]


def bounding_box(
    points: Iterable[tuple[float, float]], spans: Sequence[tuple[float, float]] = ()
) -> list[float] | None:
    """Return west, south, east, north around points; west is above east across 180°.

    Of all boxes that hold the points this is the one that is narrowest, as RFC 7946, 5.2 asks of
    boxes that cross the antimeridian.

    Args:
        points: Positions as (lon, lat), corners of areas among them.
        spans: West and east ends of areas, which the box must not leave out.

    Example:
        >>> bounding_box([(179.0, -17.0), (-179.0, -16.0)])
        [179.0, -17.0, -179.0, -16.0]
    """
    corners = list(points)
    if not corners:
        return None
    lons = sorted({round(lon, _DECIMALS) for lon, _ in corners})
    lats = [round(lat, _DECIMALS) for _, lat in corners]
    gaps = [
        (east - west, west, east)
        for west, east in pairwise(lons)
        if not any(first < east and west < last for first, last in spans)
    ]
    widest, before, after = max(gaps, default=(0.0, lons[-1], lons[0]))
    if widest > 360 - (lons[-1] - lons[0]):
        return [after, min(lats), before, max(lats)]
    return [lons[0], min(lats), lons[-1], max(lats)]


def _without_derived(feature: Mapping[str, Any]) -> dict[str, Any]:
    kept = {
        name: value
        for name, value in feature["properties"].items()
        if name not in _DERIVED and value not in (None, "", [], {})
    }
    return {**feature, "properties": kept}


def write_geojson(
    path: str | Path,
    records: Records,
    *,
    about: Mapping[str, Any] | None = None,
    stored: bool = False,
) -> None:
    """Write records as one RFC 7946 FeatureCollection; the file appears only when complete.

    Args: as `to_collection`.
    """
    with open_atomic(path) as stream:
        stream.writelines(to_collection(records, about=about, stored=stored))


def read_geojson(path: str | Path) -> ReadResult:
    """Read a FeatureCollection; bad features become problems beside the good records.

    Raises:
        FormatError: If the file cannot be read or is no GeoJSON FeatureCollection.
    """
    return parse_geojson(read_text(path), file=Path(path).name)


def parse_geojson(text: str, *, file: str = "") -> ReadResult:
    """Read a FeatureCollection from text; see `read_geojson`."""
    try:
        collection = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{file or 'the text'} must be JSON, got: {error}") from error
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise FormatError(f"{file or 'the text'} must be a GeoJSON FeatureCollection")
    features = collection.get("features")
    if not isinstance(features, list):
        raise FormatError(f"features must be a list in {file or 'the text'}, got {features!r:.40}")
    problems: list[Problem] = []
    found: list[Incident | BaseArea] = []
    for index, feature in enumerate(features):
        try:
            found.append(from_feature(feature))
        except RecordError as error:
            identifier = feature.get("id") if isinstance(feature, dict) else None
            name = str(identifier or f"features[{index}]")
            problems += problems_of(error, name, file)
    records = Records.of(
        found,
        groups=tuple(_members(collection, "groups", Group, problems, file)),
        sources=tuple(_members(collection, "sources", Source, problems, file)),
    )
    return ReadResult(records, tuple(problems))


def from_feature(feature: object) -> Incident | BaseArea:
    """Return the record in a GeoJSON feature.

    Derived properties are left aside and derived anew. `sources` may be missing.

    Raises:
        RecordError: If the feature is not a valid record; all its faults are in the message.
    """
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        raise RecordError("a feature must be an object with properties, got something else")
    properties = {k: v for k, v in feature["properties"].items() if k not in _DERIVED}
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
        raise _record_error(error) from error
    except TypeError as error:
        raise RecordError(f"properties must have plain names, got: {error}") from error


def _points_of(geometry: object) -> tuple[Any, ...]:
    if geometry is None:
        return ()
    if isinstance(geometry, dict):
        coordinates = geometry.get("coordinates")
        if geometry.get("type") == "Point" and isinstance(coordinates, list):
            return (tuple(coordinates[:2]),)
        if geometry.get("type") == "MultiPoint" and isinstance(coordinates, list):
            return tuple(tuple(c[:2]) if isinstance(c, list) else c for c in coordinates)
    raise RecordError(
        f"geometry must be a Point, a MultiPoint or null, got {geometry!r:.80}", path="geometry"
    )


class _FieldsError(RecordError):
    """Several faults of one record, kept apart."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{message} ({field})" for field, message in faults))
        self.faults = faults


def _record_error(error: ValidationError) -> _FieldsError:
    return _FieldsError([(_field(e["loc"]), _message(e)) for e in error.errors(include_url=False)])


def _field(location: tuple[int | str, ...]) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return text.lstrip(".")


def _message(error: Mapping[str, Any]) -> str:
    text = str(error["msg"]).removeprefix("Value error, ")
    if ", got " in text:
        return text
    return f"{text[0].lower()}{text[1:]}, got {error['input']!r:.80}"


def problems_of(error: RecordError, record: str, file: str) -> list[Problem]:
    """Return a record's faults one by one."""
    if isinstance(error, _FieldsError):
        return [Problem(record, field, message, file) for field, message in error.faults]
    return [Problem(record, error.path, str(error), file)]


def _members(
    collection: Mapping[str, Any],
    name: str,
    model: type[Group] | type[Source],
    problems: list[Problem],
    file: str,
) -> Iterator[Any]:
    """Yield the groups or sources that travel with a collection."""
    members = collection.get(name, [])
    if not isinstance(members, list):
        problems.append(Problem(name, "", f"{name} must be a list, got {members!r:.40}", file))
        return
    for index, member in enumerate(members):
        try:
            yield model.model_validate(member)
        except ValidationError as error:
            identifier = member.get("id") if isinstance(member, dict) else None
            record = str(identifier or f"{name}[{index}]")
            problems += problems_of(_record_error(error), record, file)
