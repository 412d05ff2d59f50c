"""Geometry of whatever file as shapes in longitude and latitude, flat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely.errors import ShapelyError
from shapely.geometry import shape

from geodata.errors import told
from geodata.reading.sheet import Refused

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["Moves", "moves_from", "shape_of", "shapes_of_wkb"]

# Takes shapes of a file's coordinate system to longitude and latitude.
Moves = Callable[[Any], Any]


def moves_from(system: object, name: str) -> Moves:
    """Return what takes shapes of a coordinate system to longitude and latitude.

    Args:
        system: Whatever names or describes it; nothing for longitude and latitude.
        name: What the file is called.

    Raises:
        Refused: If it is no system that is known.
    """
    if not system:
        return _stay
    try:
        crs = CRS.from_user_input(system)
        if crs.is_geographic and crs.to_epsg() in (4326, None) and _is_world(crs):
            return _stay
        transformer = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    except (CRSError, ProjError, ValueError, TypeError) as error:
        raise Refused(
            f"{name} has its places in the coordinate system {told(system)}, which is unknown"
        ) from error

    def move(shapes: Any) -> Any:
        return shapely.transform(shapes, transformer.transform, interleaved=False)

    return move


def _is_world(crs: CRS) -> bool:
    return crs.to_epsg() == 4326 or "CRS84" in crs.srs or "CRS 84" in (crs.name or "")  # noqa: PLR2004


def _stay(shapes: Any) -> Any:
    return shapes


def shape_of(geometry: object, moves: Moves = _stay) -> BaseGeometry | None:
    """Return the shape of a GeoJSON geometry; nothing where it is empty.

    Raises:
        ValueError: If it is no geometry.
    """
    if geometry is None or geometry == {}:
        return None
    if not isinstance(geometry, dict):
        raise ValueError("no geometry")  # noqa: TRY004 - what is wrong is in the file
    try:
        if geometry["type"] == "Point" and geometry["coordinates"]:
            x, y = _numbers(geometry["coordinates"][:2])
            return moves(shapely.Point(x, y))
        found = shape(_floats(geometry))
        return None if found.is_empty else moves(shapely.force_2d(found))
    except (ShapelyError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError("no geometry") from error


def _floats(geometry: dict[str, Any]) -> dict[str, Any]:
    if isinstance(parts := geometry.get("geometries"), Sequence):
        return {"type": geometry["type"], "geometries": [_floats(one) for one in parts]}
    return {"type": geometry["type"], "coordinates": _numbers(geometry["coordinates"])}


def _numbers(value: Any) -> Any:
    if isinstance(value, list):
        return [_numbers(one) for one in value]
    if isinstance(value, str) or value is None:
        raise ValueError("a coordinate must be a number")
    return float(value)


def shapes_of_wkb(values: Sequence[bytes | None], moves: Moves) -> list[BaseGeometry | None]:
    """Return shapes of well-known binary; nothing where it is none or empty."""
    shapes = shapely.force_2d(shapely.from_wkb(values, on_invalid="ignore"))
    moved = moves(shapes)
    return [None if one is None or one.is_empty else one for one in moved]
