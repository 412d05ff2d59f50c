"""GeoJSON (RFC 7946) files: incidents and base areas as features, claims and sources kept.

Groups, sources and relations travel in foreign members of the collection that are called so. In an
export what has a place comes first, and if one incident has several places all points are of one
type: other programs take the first features for what all are, and show no other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from shapely.geometry import shape

from geodata.errors import FormatError, told
from geodata.files import open_atomic, parse_json, read_text
from geodata.geodesy import bounding_box
from geodata.intake import MEMBERS, Intake
from geodata.records import (
    BaseArea,
    Incident,
    ReadResult,
    Records,
    to_area_feature,
    to_feature,
    without_derived,
)

__all__ = [
    "collection_text",
    "parse_geojson",
    "read_geojson",
    "read_json",
    "to_collection",
    "write_geojson",
]


def to_collection(
    records: Records, *, about: Mapping[str, Any] | None = None, stored: bool = False
) -> Iterator[str]:
    """Yield the text of a FeatureCollection piece by piece, one feature a block.

    Args:
        records: What to write.
        about: Further members of the collection, such as the filter and the data version.
        stored: Leave out what is derived and what is empty, as the files that people edit do.
    """
    yield from collection_text(
        (_block(one) for one in (_stored if stored else _exported)(records)),
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


def _stored(records: Records) -> Iterator[dict[str, Any]]:
    members: list[Incident | BaseArea] = [*records.incidents, *records.base_areas]
    return (without_derived(_feature(one, records)) for one in members)


def _exported(records: Records) -> Iterator[dict[str, Any]]:
    is_multiple = any(len(one.points) > 1 for one in records.incidents)
    for one in records.placed_first:
        feature = _feature(one, records)
        place = feature["geometry"]
        if is_multiple and place and place["type"] == "Point":
            feature["geometry"] = {"type": "MultiPoint", "coordinates": [place["coordinates"]]}
        yield feature


def _feature(one: Incident | BaseArea, records: Records) -> dict[str, Any]:
    if isinstance(one, Incident):
        return to_feature(one, records)
    return to_area_feature(one, records)


def _block(feature: Mapping[str, Any]) -> str:
    return json.dumps(feature, ensure_ascii=False, indent=1, allow_nan=False)


def _foreign_members(records: Records) -> dict[str, Any]:
    return {
        name: [one.model_dump(mode="json", exclude_defaults=True) for one in members]
        for name in MEMBERS
        if (members := getattr(records, name))
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


def read_json(path: str | Path) -> ReadResult:
    """Read a list of groups, sources or relations, as the name of the file says, or else GeoJSON.

    Raises:
        FormatError: If the file cannot be read or holds neither.
    """
    path = Path(path)
    name = next((one for one in MEMBERS if path.name.startswith(one)), None)
    if name is None:
        return read_geojson(path)
    intake = Intake(path.name)
    intake.take_members(name, parse_json(read_text(path), path.name))
    return intake.result()


def parse_geojson(text: str, *, file: str = "") -> ReadResult:
    """Read a FeatureCollection, or one Feature, from text; see `read_geojson`."""
    name = file or "the text"
    collection = parse_json(text, name)
    if isinstance(collection, dict) and "geometry" in collection and "properties" in collection:
        collection = {"type": "FeatureCollection", "features": [collection]}
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise FormatError(f"{name} must be a GeoJSON FeatureCollection")
    features = collection.get("features")
    if not isinstance(features, list):
        raise FormatError(f"features must be a list in {name}, got {told(features)}")
    _check_reference(collection.get("crs"), name)
    intake = Intake(file)
    for index, feature in enumerate(features):
        intake.take(feature, f"features[{index}]")
    for member in MEMBERS:
        if member in collection:
            intake.take_members(member, collection[member])
    return intake.result()


def _check_reference(system: object, name: str) -> None:
    """Refuse coordinates that an old member says are none of WGS 84."""
    properties = system.get("properties") if isinstance(system, dict) else None
    called = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(called, str) and not re.search(r"(CRS:?:?84|4326|4979)$", called.strip()):
        raise FormatError(f"{name} must have coordinates in WGS 84 (EPSG:4326), got {told(called)}")
