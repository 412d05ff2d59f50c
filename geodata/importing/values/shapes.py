"""Geometries that stand in cells as text: WKT, WKB in hexadecimal digits, GeoJSON."""

from __future__ import annotations

import re

import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["shape_of"]

_KINDS = "POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|GEOMETRYCOLLECTION"
_WKT = re.compile(rf"(?:SRID=\d+;)?\s*(?:{_KINDS})\s*(?:Z|M|ZM)?\s*\(", re.IGNORECASE)
_WKB = re.compile(r"0[01](?:[0-9A-F]{2}){20,}+", re.IGNORECASE)
_GEOJSON = re.compile(r"\{(?=[^\[]{0,200}\"coordinates\"\s*:)")
_MOST_LETTERS = 5_000_000


def shape_of(text: str) -> BaseGeometry | None:
    """Return the geometry that a cell is; `None` if it is none.

    Example:
        >>> print(shape_of("POINT (57.08 30.28)"), shape_of("Kerman"))
        POINT (57.08 30.28) None
        >>> print(shape_of('{"type": "Point", "coordinates": [57.08, 30.28]}'))
        POINT (57.08 30.28)
    """
    text = text.strip()
    if len(text) > _MOST_LETTERS:
        return None
    try:
        if _WKT.match(text):
            found = shapely.from_wkt(text.partition(";")[2] if ";" in text else text)
        elif _WKB.fullmatch(text):
            found = shapely.from_wkb(bytes.fromhex(text))
        elif _GEOJSON.match(text):
            found = shapely.from_geojson(text)
        else:
            return None
    except (shapely.errors.ShapelyError, ValueError):
        return None
    return found if found is not None and not found.is_empty else None
