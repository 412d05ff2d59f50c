"""GeoJSON (RFC 7946) files: incidents and base areas as features, claims and sources kept.

Groups, sources and relations travel in foreign members of the collection that are called so. In an
export what has a place comes first, and if one incident has several places all points are of one
type: other programs take the first features for what all are, and show no other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar, cast

from shapely.geometry import shape

from geodata.errors import FormatError, told
from geodata.files import Watch, open_atomic, parse_json, read_text
from geodata.formats.kept import (
    TOLD,
    FeatureBlock,
    Kept,
    KeptFeatures,
    as_multiple,
    joined_apart,
)
from geodata.geodesy import DECIMALS, bounding_box, corners_of
from geodata.intake import MEMBERS, Intake
from geodata.records import (
    BaseArea,
    Incident,
    Named,
    ReadResult,
    Records,
    alike,
    compact,
    to_area_feature,
    to_feature,
    without_derived,
)

__all__ = [
    "Kept",
    "collection_text",
    "kept_to_collection",
    "many_to_collection",
    "parse_geojson",
    "read_geojson",
    "read_json",
    "to_collection",
    "write_geojson",
]


_SEPARATOR = ",\n"
_PIECE = 1 << 18
_T = TypeVar("_T", bound=str | bytes)


def to_collection(
    records: Records, *, about: Mapping[str, Any] | None = None, stored: bool = False
) -> Iterator[str]:
    """Yield the text of a FeatureCollection piece by piece, one feature a line or block.

    Args:
        records: What to write.
        about: Further members of the collection, such as the filter and the data version.
        stored: Leave out what is derived and what is empty, as the files that people edit do.
    """
    yield from collection_text(
        map(_block, _stored(records)) if stored else map(compact, _exported(records)),
        bbox=bounding_box(_corners(records), _spans(records)),
        members={**(about or {}), **_foreign_members(records)},
    )


def many_to_collection(
    batches: Iterable[Sequence[Incident]],
    context: Records,
    make: Callable[[Sequence[Incident], Records, Collection[str]], FeatureBlock],
    *,
    about: Mapping[str, Any],
    is_multiple: bool,
    kept: Kept | None = None,
) -> Iterator[str | bytes]:
    """Yield the same of incidents of which only a batch is held; their text waits on disk.

    Args:
        batches: The incidents.
        context: The base areas that go with them, and all that they may name.
        make: Makes the features of some incidents, and what of `TOLD` is asked.
        about: As for `to_collection`.
        is_multiple: Whether an incident has several places.
        kept: Where the text of all features is kept for the next time, if anywhere.
    """
    named, corners = Named(), _Corners()
    with ExitStack() as stack:
        placed, unplaced = stack.enter_context(_waiting()), stack.enter_context(_waiting())
        with kept.keeping(context) if kept else nullcontext() as keep:
            for batch in batches:
                named.take(batch)
                for one in batch:
                    corners.take(one.points)
                block = make(batch, context, TOLD if keep else ("text",))
                if keep:
                    keep.add(block)
                texts, is_placed = (
                    block.rows[one].combine_chunks() for one in ("text", "is_placed")
                )
                if is_multiple:
                    texts = as_multiple(texts)
                for stream, text in zip(
                    (placed, unplaced), joined_apart(texts, is_placed), strict=True
                ):
                    stream.write(text)
        pieces = _read(placed), _read(unplaced)
        yield from _with_areas(pieces, named, corners, context, about, is_multiple=is_multiple)


def kept_to_collection(
    features: KeptFeatures,
    context: Records,
    *,
    about: Mapping[str, Any],
    is_multiple: bool,
    count: int,
    watch: Watch | None = None,
) -> Iterator[str | bytes]:
    """Yield the same of features whose text was kept.

    Args:
        features: Those of the incidents.
        context: As for `many_to_collection`.
        about: Likewise.
        is_multiple: Likewise.
        count: How many incidents there are.
        watch: Is told how many are done, and may stop it.
    """
    done = 0
    for _ in features.look():
        if watch:
            watch(done, count)
    with _waiting() as unplaced:

        def read() -> Iterator[bytes]:
            nonlocal done
            for text, of_unplaced, number in features.blocks(is_multiple=is_multiple):
                yield text
                unplaced.write(of_unplaced)
                done += number
                if watch:
                    watch(done, count)

        gathered, corners = features.gathered, _Corners()
        named = Named(gathered.values, gathered.sources)
        corners.spread(gathered.lons, gathered.lats)
        pieces = read(), _read(unplaced)
        yield from _with_areas(pieces, named, corners, context, about, is_multiple=is_multiple)
    if watch and not count:
        watch(0, 0)


def _with_areas(
    incidents: tuple[Iterator[bytes], Iterator[bytes]],
    named: Named,
    corners: _Corners,
    context: Records,
    about: Mapping[str, Any],
    *,
    is_multiple: bool,
) -> Iterator[str | bytes]:
    """Yield a FeatureCollection of incidents that are text, placed and unplaced, and of areas."""
    named.take(context.base_areas)
    records = context.subset_of(named, incidents=(), base_areas=context.base_areas)
    features = (
        (one.is_mappable, alike(to_area_feature(one, records), is_multiple=is_multiple))
        for one in records.placed_first
        if isinstance(one, BaseArea)
    )
    areas = [(is_placed, compact(one)) for is_placed, one in features]
    placed, unplaced = incidents
    pieces: Iterator[str | bytes] = chain(
        placed,
        (f"{_SEPARATOR}{text}" for is_placed, text in areas if is_placed),
        unplaced,
        (f"{_SEPARATOR}{text}" for is_placed, text in areas if not is_placed),
    )
    yield from _around(
        pieces,
        bbox=bounding_box([*corners, *_corners(records)], _spans(records)),
        members={**about, **_foreign_members(records)},
    )


def _waiting() -> IO[bytes]:
    return TemporaryFile(prefix="mapview-")


def _read(stream: IO[bytes]) -> Iterator[bytes]:
    stream.seek(0)
    while piece := stream.read(_PIECE):
        yield piece


class _Corners:
    """Enough of many places to tell the box around them."""

    def __init__(self) -> None:
        self._lons: set[float] = set()
        self._lats: list[float] = []

    def take(self, points: Iterable[tuple[float, float]]) -> None:
        for lon, lat in points:
            self._lons.add(round(lon, DECIMALS))
            self._lats = [min((lat, *self._lats)), max((lat, *self._lats))]

    def spread(self, lons: Collection[float], lats: Collection[float]) -> None:
        """Take many places whose longitudes and latitudes come apart."""
        if lats:
            self._lons.update(lons)
            self._lats = [min((*lats, *self._lats)), max((*lats, *self._lats))]

    def __iter__(self) -> Iterator[tuple[float, float]]:
        return corners_of(self._lons, self._lats)


def collection_text(
    blocks: Iterable[str], *, bbox: list[float] | None, members: Mapping[str, Any]
) -> Iterator[str]:
    """Yield a FeatureCollection around features that are JSON text already."""
    yield from _around((f"{_SEPARATOR}{one}" for one in blocks), bbox=bbox, members=members)


def _around(
    features: Iterable[_T], *, bbox: list[float] | None, members: Mapping[str, Any]
) -> Iterator[_T | str]:
    """Yield a FeatureCollection around text of features, each with a separator before it."""
    yield '{\n"type": "FeatureCollection",\n'
    if bbox is not None:
        yield f'"bbox": {json.dumps(bbox)},\n'
    for name, value in members.items():
        yield f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False, indent=1)},\n"
    yield '"features": ['
    is_first = True
    for text in filter(None, features):
        yield cast("_T", text[1:]) if is_first else text
        is_first = False
    yield "\n]\n}\n"


def _stored(records: Records) -> Iterator[dict[str, Any]]:
    members: list[Incident | BaseArea] = [*records.incidents, *records.base_areas]
    return (without_derived(_feature(one, records)) for one in members)


def _exported(records: Records) -> Iterator[dict[str, Any]]:
    is_multiple = any(len(one.points) > 1 for one in records.incidents)
    for one in records.placed_first:
        yield alike(_feature(one, records), is_multiple=is_multiple)


def _feature(one: Incident | BaseArea, records: Records) -> dict[str, Any]:
    if isinstance(one, Incident):
        return to_feature(one, records)
    return to_area_feature(one, records)


def _block(feature: Mapping[str, Any]) -> str:
    """Return a feature as people edit it and compare its lines."""
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
