"""Places as maps with a metric grid give them: UTM with its zone, and MGRS."""

from __future__ import annotations

import re
from functools import cache

from pyproj import Transformer

__all__ = ["epsg_of_zone", "place_of_grid"]

_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
_ROWS = ("FGHJKLMNPQRSTUVABCDE", "ABCDEFGHJKLMNPQRSTUV")
_ZONE = r"([1-9]|0[1-9]|[1-5]\d|60)"
_MGRS = re.compile(
    rf"{_ZONE}\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z])([A-HJ-NP-V])\s*(\d{{1,5}}\s+\d{{1,5}}|\d{{2,10}})",
    re.IGNORECASE,
)
_UTM = re.compile(
    rf"{_ZONE}\s*([C-HJ-NP-X])[\s,;]+(\d{{6}}(?:\.\d+)?)\s*(?:m?\s*E)?[\s,;/]+"
    r"(\d{1,7}(?:\.\d+)?)\s*(?:m?\s*N)?",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?:UTM\s*)?(?:zone\s*)?{_ZONE}\s*-?\s*([C-HJ-NP-X])", re.IGNORECASE)
_SQUARE = 100_000
_TURN = 2_000_000
_LONGEST_NAME = 40


def epsg_of_zone(text: str) -> str:
    """Return the coordinate system of a zone of UTM with its band; nothing if it is none.

    Example:
        >>> epsg_of_zone("42S"), epsg_of_zone("UTM zone 33K"), epsg_of_zone("7")
        ('EPSG:32642', 'EPSG:32733', '')
    """
    found = _NAMED.fullmatch(text.strip()) if len(text) < _LONGEST_NAME else None
    return _epsg(int(found[1]), found[2].upper()) if found else ""


def _epsg(zone: int, band: str) -> str:
    return f"EPSG:{326 if band >= 'N' else 327}{zone:02}"


def place_of_grid(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a place on the grid; of a square its middle.

    Example:
        >>> [round(one, 3) for one in place_of_grid("42S WD 00000 20000")]
        [34.522, 69.0]
        >>> [round(one, 3) for one in place_of_grid("42S 500000 3820000")]
        [34.522, 69.0]
    """
    if found := _UTM.fullmatch(text.strip()):
        return _degrees(int(found[1]), found[2].upper(), float(found[3]), float(found[4]))
    found = _MGRS.fullmatch(text.strip())
    if not found:
        return None
    zone, band = int(found[1]), found[2].upper()
    digits = found[5].split() if " " in found[5] else _halves(found[5])
    column = _COLUMNS[zone % 3].find(found[3].upper())
    row = _ROWS[zone % 2].find(found[4].upper())
    if len(digits) != 2 or len(digits[0]) != len(digits[1]) or column < 0 or row < 0:  # noqa: PLR2004
        return None
    size = 10 ** (5 - len(digits[0]))
    # What a square says ends with its last digit; one of a metre is a point.
    east, north = (int(one) * size + (size / 2 if size > 1 else 0) for one in digits)
    least = _first_row(zone, band)
    northing = row * _SQUARE + north
    while northing < least:
        northing += _TURN
    return _degrees(zone, band, (column + 1) * _SQUARE + east, northing)


def _halves(digits: str) -> list[str]:
    half = len(digits) // 2
    return [digits[:half], digits[half:]]


@cache
def _to_degrees(zone: int, band: str) -> Transformer:
    return Transformer.from_crs(_epsg(zone, band), "EPSG:4326", always_xy=True)


def _degrees(zone: int, band: str, east: float, north: float) -> tuple[float, float] | None:
    lon, lat = _to_degrees(zone, band).transform(east, north)
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None  # noqa: PLR2004 - degrees


@cache
def _first_row(zone: int, band: str) -> float:
    """Return where the first square of a band begins, in metres north."""
    south = -80 + 8 * _BANDS.index(band)
    _, north = _to_degrees(zone, band).transform(zone * 6 - 183, south, direction="INVERSE")
    return float(north // _SQUARE * _SQUARE)
