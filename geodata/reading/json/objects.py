"""JSON files as sheets: features, and arrays of objects wherever they stand."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from geodata.reading.json.stream import Broken, Cursor, Event, events, lines
from geodata.reading.shapes import Moves, moves_from, shape_of
from geodata.reading.sheet import BadRow, Cell, Refused, Row, Sheet
from geodata.reading.source import Source
from geodata.reading.text import Encoding, clean_stream, find_encoding
from geodata.reading.values import Columns, damaged_in, flat, is_too_deep, longest

__all__ = ["open_json"]

_PIECE = 1 << 18
_TOLD = 500
_AS_WRITTEN = "geometry as written"
_OWN_ID = "feature id"
_TYPE = re.compile(r'"type"\s*:\s*"(\w+)"')
_GEOMETRIES = (
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
    "GeometryCollection",
)  # fmt: skip
_ESRI = {"rings": "Polygon", "paths": "MultiLineString", "points": "MultiPoint"}
_CRS84 = re.compile(r"CRS:?:?84$|EPSG:?:?4326$", re.IGNORECASE)

Events = Callable[[], Iterator[Event]]


@dataclass
class _Array:
    """What is known of an array of objects after it was looked at once."""

    columns: Columns = field(default_factory=Columns)
    records: int = 0
    others: int = 0
    features: int = 0
    has_geometry: bool = False


def open_json(source: Source) -> list[Sheet]:
    """Return the arrays of objects in a JSON file, each as a sheet.

    Args:
        source: GeoJSON (a collection, a feature, a geometry, or one a line), Esri's features, or
            any object or array that holds arrays of objects.

    Raises:
        Refused: If there is none.
    """
    begin = _beginning(source)
    arrays: dict[tuple[str, ...], _Array] = {}
    members: dict[tuple[str, ...], Any] = {}
    broken: Broken | None = None
    for event in begin():
        if isinstance(event.value, Broken):
            broken = event.value
            arrays.setdefault(event.path, _Array()).others += 1
        elif event.is_element:
            _look_at(arrays.setdefault(event.path, _Array()), event.value, source)
        elif len(event.path) <= 4 and len(members) < source.limits.members:  # noqa: PLR2004 - of crs
            members[event.path] = event.value
    found = {path: one for path, one in arrays.items() if one.records and len(one.columns)}
    if not found:
        raise Refused(_why_not(source, members, broken, arrays))
    moves = moves_from(_system(members), source.name)
    # Lists beside the features of a collection come after them.
    paths = sorted(found, key=lambda path: path != ("features",))
    return [_sheet(source, begin, path, found[path], moves) for path in paths]


def _beginning(source: Source) -> Events:
    """Return what begins to read the values of a file."""
    encoding = find_encoding(source)
    head = source.head().decode(encoding.codec, "replace").lstrip("\ufeff\x1e \t\r\n")
    first, _, rest = head.partition("\n")
    if head.startswith("{") and rest.lstrip("\x1e \t\r\n").startswith("{") and _is_json(first):
        return lambda: lines(_text(source, encoding), source.limits)
    named = _TYPE.search(head[:2000])
    if head.startswith("{") and named and named[1] in ("Feature", *_GEOMETRIES):
        return lambda: _alone(source, encoding)
    return lambda: events(Cursor(_text(source, encoding), source.limits))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _text(source: Source, encoding: Encoding) -> Iterator[str]:
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    with clean_stream(source, encoding) as stream:
        while piece := stream.read(_PIECE):
            yield decoder.decode(piece)


def _alone(source: Source, encoding: Encoding) -> Iterator[Event]:
    """Yield one feature or geometry, or, if it is something else after all, what is in it."""
    cursor = Cursor(_text(source, encoding), source.limits)
    value = cursor.value()
    if isinstance(value, dict) and value.get("type") in ("Feature", *_GEOMETRIES):
        if value["type"] in _GEOMETRIES:
            value = {"type": "Feature", "properties": {"type": value["type"]}, "geometry": value}
        yield Event((), value, is_element=True)
    else:
        yield from events(Cursor(_text(source, encoding), source.limits))


def _look_at(array: _Array, value: Any, source: Source) -> None:
    if not isinstance(value, dict) or is_too_deep(value, source.limits):
        array.others += 1
        return
    array.records += 1
    named, geometry = _parts(value)
    array.columns.add(named)
    if len(array.columns) > source.limits.columns:
        most = source.limits.columns
        raise Refused(f"{source.name} has records of more than {most:,} names in all")
    if geometry is not None:
        array.has_geometry = True
        try:
            shape_of(geometry)
        except ValueError:
            array.columns.add([_AS_WRITTEN])


def _parts(value: Mapping[str, Any]) -> tuple[dict[str, Cell], Any]:
    """Return what a record names, and its geometry."""
    geometry = value.get("geometry")
    properties = value.get("properties")
    if value.get("type") == "Feature" or (isinstance(properties, dict) and "geometry" in value):
        named = dict(flat(properties)) if isinstance(properties, dict) else {}
        if (own := value.get("id")) is not None and own != named.get("id"):
            named |= flat({_OWN_ID if "id" in named else "id": own})
        others = {
            key: one
            for key, one in value.items()
            if key not in ("type", "id", "properties", "geometry", "bbox")
        }
        return {**dict(flat(others)), **named}, geometry
    if isinstance(attributes := value.get("attributes"), dict) and set(value) <= {
        "attributes", "geometry", "centroid",
    }:  # fmt: skip
        return dict(flat(attributes)), _from_esri(geometry)
    if isinstance(geometry, dict) and geometry.get("type") in _GEOMETRIES:
        return dict(flat({key: one for key, one in value.items() if key != "geometry"})), geometry
    return dict(flat(value)), None


def _from_esri(geometry: Any) -> Any:
    if not isinstance(geometry, dict):
        return geometry
    if "x" in geometry and "y" in geometry:
        x, y = geometry["x"], geometry["y"]
        return None if x in (None, "NaN") else {"type": "Point", "coordinates": [x, y]}
    for key, kind in _ESRI.items():
        if key in geometry:
            return {"type": kind, "coordinates": geometry[key]}
    return geometry


def _system(members: Mapping[tuple[str, ...], Any]) -> object:
    """Return the coordinate system that a file names, if it is not that of GeoJSON."""
    name = members.get(("crs", "properties", "name")) or members.get(("crs", "properties", "code"))
    if isinstance(name, str):
        return None if _CRS84.search(name) else name
    wkid = members.get(("spatialReference", "latestWkid")) or members.get(
        ("spatialReference", "wkid")
    )
    return {102100: 3857}.get(wkid, wkid) if isinstance(wkid, int) else None


def _why_not(
    source: Source,
    members: Mapping[tuple[str, ...], Any],
    broken: Broken | None,
    arrays: Mapping[tuple[str, ...], _Array],
) -> str:
    kind = members.get(("type",))
    if broken and broken.rule == "nested_too_deeply":
        return f"{source.name} is JSON that nests too deeply, and no record was found in it"
    if broken:
        return f"{source.name} is no valid JSON, and no record could be read from it"
    if kind == "Topology":
        return (
            f"{source.name} is TopoJSON that says so only at its end; GeoJSON is read in any order"
        )
    if kind == "FeatureCollection":
        return f"{source.name} is GeoJSON without any feature"
    if any(one.others for one in arrays.values()):
        return f"{source.name} is JSON whose lists hold no objects, so no records"
    return f"{source.name} is JSON without a list of records"


def _sheet(
    source: Source, begin: Events, path: tuple[str, ...], array: _Array, moves: Moves
) -> Sheet:
    skipped: Counter[str] = Counter()
    is_geo = array.has_geometry or path == ("features",)
    name = "" if path == ("features",) else ".".join(path)

    def rows() -> Iterator[Row | BadRow]:
        skipped.clear()
        number = 0
        for event in begin():
            value = event.value
            if event.path == path and (event.is_element or isinstance(value, Broken)):
                number += 1
                yield _row(number, value, array.columns, moves, source)
            elif isinstance(value, Broken):
                number += 1
                yield BadRow(number, number, value.rule, value.text)

    return Sheet(
        "/".join(one for one in (source.member, name) if one),
        tuple(array.columns.names),
        array.has_geometry,
        rows,
        "GeoJSON" if is_geo else "JSON",
        skipped,
    )


def _row(number: int, value: Any, columns: Columns, moves: Moves, source: Source) -> Row | BadRow:
    if isinstance(value, Broken):
        return BadRow(number, number, value.rule, value.text)
    if not isinstance(value, dict):
        return BadRow(number, number, "no_object", str(value)[:_TOLD])
    if is_too_deep(value, source.limits):
        return BadRow(number, number, "nested_too_deeply", ", ".join(value)[:_TOLD])
    named, geometry = _parts(value)
    if longest(named.values()) > source.limits.cell:
        return BadRow(number, number, "cell_too_long", ", ".join(named)[:_TOLD])
    try:
        shape = shape_of(geometry, moves)
    except ValueError:
        shape = None
        named[_AS_WRITTEN] = json.dumps(geometry, ensure_ascii=False, default=str)[:_TOLD]
    cells = columns.cells(named)
    return Row(number, number, cells, shape, damaged_in(cells))
