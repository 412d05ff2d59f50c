"""Places as other programs write them: as text, in parts, with heights, in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import shapely
from shapely.geometry import mapping

from geodata.errors import FormatError, RecordError, told
from geodata.files import parse_json
from geodata.intake.values import is_missing, number_of

__all__ = ["POSITION_NAMES", "geometry_of", "has_height", "position_of"]

# Names of columns, best first.
POSITION_NAMES: Mapping[str, tuple[str, ...]] = {
    "lon": ("lon", "longitude", "long", "lng", "x"),
    "lat": ("lat", "latitude", "y"),
}
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){9,}")
_SRID = re.compile(r"SRID=(\d+);", re.IGNORECASE)
_WGS84 = "4326"
_DEGREES_APART = 1e-6
_PARTS = {"Point": "MultiPoint", "Polygon": "MultiPolygon"}


def geometry_of(value: Any) -> Any:
    """Return a geometry as GeoJSON; `None` for an empty one.

    Args:
        value: GeoJSON, as an object or a text, or well-known text or binary (in hexadecimal).

    Raises:
        RecordError: If it is none of them.

    Example:
        >>> geometry_of("POINT Z (69.2 34.5 1800)")["coordinates"]
        (69.2, 34.5, 1800.0)
    """
    if isinstance(value, str):
        value = _read_text(value.strip()) if value.strip() else None
    if not isinstance(value, Mapping):
        return None if is_missing(value) else value
    if value.get("type") == "GeometryCollection":
        return _joined(value.get("geometries"))
    coordinates = value.get("coordinates")
    if value.get("type") == "MultiPoint" and isinstance(coordinates, list | tuple):
        return {"type": "MultiPoint", "coordinates": coordinates} if coordinates else None
    return value


def _read_text(text: str) -> Any:
    if text.startswith("{"):
        try:
            return parse_json(text, "geometry")
        except FormatError as error:
            raise _no_geometry(text) from error
    srid = _SRID.match(text)
    if srid and srid[1] != _WGS84:
        raise RecordError(
            f"geometry must be in WGS 84 (EPSG:4326), got EPSG:{srid[1]}", path="geometry"
        )
    try:
        if _HEX.fullmatch(text):
            shape = shapely.from_wkb(text)
        else:
            shape = shapely.from_wkt(text[srid.end() if srid else 0 :])
    except (shapely.errors.GEOSException, ValueError) as error:
        raise _no_geometry(text) from error
    return None if shape is None or shape.is_empty else mapping(shape)


def _no_geometry(text: str) -> RecordError:
    return RecordError(f"geometry must be GeoJSON or WKT, got {told(text)}", path="geometry")


def _joined(parts: Any) -> Any:
    """Return the members of a collection as one geometry, where they are of one kind."""
    if is_missing(parts):
        return None
    simple = list(_singles(parts)) if isinstance(parts, list | tuple) else []
    kinds = {kind for kind, _ in simple}
    if len(kinds) != 1:
        raise RecordError(
            f"geometry must be of one kind, got a collection of {told(sorted(kinds))}",
            path="geometry",
        )
    if len(simple) == 1:
        return {"type": simple[0][0], "coordinates": simple[0][1]}
    return {"type": _PARTS[kinds.pop()], "coordinates": [one for _, one in simple]}


def _singles(parts: Any) -> Iterator[tuple[str, Any]]:
    for part in parts:
        kind = part.get("type") if isinstance(part, Mapping) else None
        coordinates = part.get("coordinates") if isinstance(part, Mapping) else None
        if kind in _PARTS:
            yield str(kind), coordinates
        elif kind in _PARTS.values() and isinstance(coordinates, list | tuple):
            yield from ((str(kind).removeprefix("Multi"), one) for one in coordinates)
        else:
            yield str(kind), coordinates


def has_height(geometry: Any) -> bool:
    """Whether the first position of a geometry has a third coordinate."""
    part = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
    while isinstance(part, list | tuple) and part and isinstance(part[0], list | tuple):
        part = part[0]
    return isinstance(part, list | tuple) and len(part) > 2  # noqa: PLR2004 - lon and lat


def position_of(values: Mapping[str, Any], geometry: Any) -> Any:
    """Return the geometry that longitude and latitude in columns of their own make.

    Args:
        values: `lon` and `lat`, as far as they are given.
        geometry: What stands in the column of the geometry; it wins, and must say the same.

    Raises:
        RecordError: If only one of them is given, one is no number, or both say another place.
    """
    if not values:
        return geometry
    if len(values) == 1:
        ((name, value),) = values.items()
        raise RecordError(
            f"lon and lat must both be given, got {name} {told(value)} alone", path=name
        )
    if geometry is None:
        return {"type": "Point", "coordinates": _point(values)}
    if not is_at(values, geometry):
        raise RecordError(
            f"lon and lat must be those of the geometry, got {_point(values)}", path="lon"
        )
    return geometry


def is_at(values: Mapping[str, Any], geometry: Any) -> bool:
    """Whether longitude and latitude are those of a geometry's first place, if it has any.

    Raises:
        RecordError: If one of them is no number.
    """
    first = _first_place(geometry)
    if len(values) < len(POSITION_NAMES) or first is None:
        return True
    return all(
        isinstance(one, int | float) and abs(one - there) <= _DEGREES_APART
        for one, there in zip(_point(values), first, strict=True)
    )


def _point(values: Mapping[str, Any]) -> list[Any]:
    return [number_of(name, values[name]) for name in POSITION_NAMES]


def _first_place(geometry: Any) -> tuple[float, float] | None:
    """Return the first place of a geometry of points."""
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in ("Point", "MultiPoint"):
        return None
    place = geometry.get("coordinates") if geometry else None
    if kind == "MultiPoint":
        place = place[0] if isinstance(place, list | tuple) and place else None
    if not isinstance(place, list | tuple) or len(place) < len(POSITION_NAMES):
        return None
    return (place[0], place[1]) if all(isinstance(one, int | float) for one in place[:2]) else None
