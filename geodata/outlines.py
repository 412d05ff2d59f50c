"""Outlines as GeoJSON has them (RFC 7946), brought into one form: two coordinates a position."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shapely.errors import GEOSException
from shapely.geometry import shape

from geodata.errors import told

__all__ = ["plain_outline"]

# How deep the positions of each type lie.
_DEPTHS = {"Point": 0, "Polygon": 2, "MultiPolygon": 3}


def plain_outline(geometry: object) -> dict[str, Any]:
    """Return the type and the coordinates of an outline, without heights and all else.

    Args:
        geometry: A GeoJSON Point, Polygon or MultiPolygon in degrees.

    Raises:
        ValueError: If it is none, or no map could draw it.

    Example:
        >>> plain_outline({"type": "Point", "coordinates": (69.2, 34.5, 1_800), "bbox": None})
        {'type': 'Point', 'coordinates': [69.2, 34.5]}
    """
    kind = geometry.get("type") if isinstance(geometry, Mapping) else geometry
    if not isinstance(geometry, Mapping) or kind not in _DEPTHS:
        raise ValueError(f"geometry must be a Point, Polygon or MultiPolygon, got {told(kind)}")
    coordinates = geometry.get("coordinates")
    if not coordinates:
        raise ValueError("geometry must have coordinates, got none")
    try:
        plain = {"type": kind, "coordinates": _plain(coordinates, _DEPTHS[kind])}
    except (TypeError, IndexError) as error:
        raise _misfit(coordinates) from error
    try:
        shape(plain)
    except (GEOSException, ValueError) as error:
        raise _misfit(coordinates) from error
    return plain


def _misfit(coordinates: object) -> ValueError:
    return ValueError(f"geometry must have coordinates of its type, got {told(coordinates)}")


def _plain(part: Any, depth: int) -> list[Any]:
    if not isinstance(part, list | tuple):
        raise TypeError(part)
    if depth:
        return [_plain(one, depth - 1) for one in part]
    lon, lat = part[0], part[1]
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in (lon, lat)):
        raise TypeError(part)
    # Comparing so refuses what is no number, too.
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 - degrees
        raise ValueError(
            "geometry must lie within [-180, 180] and [-90, 90] degrees, "
            f"got {told(lon)}, {told(lat)}"
        )
    return [lon, lat]
