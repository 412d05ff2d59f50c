"""Coordinates as people write them: decimals, commas, degrees with minutes, pairs in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from geodata.importing.values.cells import number_of, plain_digits
from geodata.importing.values.grid import place_of_grid

__all__ = [
    "LATEST",
    "degrees_of",
    "is_hemisphere",
    "joined_axis",
    "letter_o",
    "pair_of",
    "settle_o",
    "split_pair",
]

# How far degrees go: latitude, then longitude.
LATEST = (90.0, 180.0)

_MARKS = str.maketrans(
    {
        **dict.fromkeys("′’‘ʹʼ´`‵", "'"),
        **dict.fromkeys("″”“„ʺ˝", '"'),
        **dict.fromkeys("º˚∘⁰ᵒ�*", "°"),
        **dict.fromkeys("−–—‐", "-"),
        **dict.fromkeys("\u00a0\u2009\u202f\u2007_", " "),
    }
)
# Hemispheres; an "O" is neither before `settle_o` says which.
_HEMISPHERES = {"N": 1, "S": -1, "E": 1, "W": -1}
_AXES = {"N": 0, "S": 0, "E": 1, "W": 1}
# Taken whole: of "28'36" no digit goes to degrees and another to minutes.
_NUMBER = r"\d++(?:[.,]\d++)?+"
_DMS = re.compile(
    rf"([NSEW])?\s*([+-])?\s*({_NUMBER})\s*(?:°|deg(?:rees)?|d|:|'(?=\s*[\d.,]+\s*'\s*\d)|\s)?\s*"
    rf"(?:(?<!\d)({_NUMBER})\s*(?:'(?!')|min(?:utes)?|m|:|\s)?\s*)?"
    rf"(?:(?<!\d)({_NUMBER})\s*(?:''|\"|'|sec(?:onds)?|s)?\s*)?"
    r"([NSEW])?",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"(?:lat(?:itude)?|lon(?:g)?(?:itude)?|lng|breite|länge)\s*[:=.]?\s*", re.IGNORECASE
)
_POINT = re.compile(r"(?:SRID=4326;)?POINT ?Z? ?\(\s*(\S+)\s+([^\s)]+)[^)]*\)", re.IGNORECASE)
# A lone O beside a number.
_O = re.compile(r"(?:(?<=[\d°'\" ])O(?![^\W\d_])|(?<![^\W\d_])O(?= ?\d))", re.IGNORECASE)
_E = re.compile(_O.pattern.replace("O(", "E("), re.IGNORECASE)
_W = re.compile(_O.pattern.replace("O(", "W("), re.IGNORECASE)
# What parts a pair, most certain first.
_BETWEEN = tuple(
    re.compile(one)
    for one in (
        r"\s*[;|/]\s*",
        r",\s+",
        r"(?<=\d)[°'\"]*[\s,]+(?=[NSEWnsew]\s*\d)",
        r"(?<=[NSEWnsew])\s*,?\s*(?=[\d+-])",
        r"\s{2,}|\s+-\s+",
        r",",
        r"\s+",
    )
)
# Digits in a row or parted by hyphens, as pilots write them; the hemisphere closes them.
_PACKED = re.compile(r"(\d{2,3}?)(\d\d)(\d\d(?:\.\d+)?)?\s*([NSEW])", re.IGNORECASE)
_HYPHENS = re.compile(r"(?<=\d)\s?-\s?(?=\d)")
_POLES = re.compile(r"(?<![a-z])(north|south|east|west)(?![a-z])", re.IGNORECASE)
_SIXTY = 60
# No coordinates are longer; outlines as text are none.
_MOST_LETTERS = 200
_FULL_TURN = 360


def degrees_of(text: str, axis: int) -> float | None:
    """Return what a cell is in degrees; `None` if it is no coordinate of that axis.

    Whether it lies on the earth is for others to say.

    Args:
        text: Decimals with a point or comma, or degrees with minutes and seconds in any spelling.
        axis: 0 for latitude, 1 for longitude.

    Example:
        >>> [degrees_of(one, 0) for one in ("34,5", "36°12′30″N", "28'36N", "_36.5")]
        [34.5, 36.208333333333336, None, None]
        >>> degrees_of("36.5 E", 0), degrees_of("36.5 E", 1)
        (None, 36.5)
    """
    return _degrees_of(text, axis) if len(text) <= _MOST_LETTERS else None


@lru_cache(maxsize=100_000)
def _degrees_of(text: str, axis: int) -> float | None:
    text = plain_digits(text)
    if not text.startswith("_"):
        # No degrees are so many that they have groups of thousands.
        value = number_of(text.replace(",", ".") if text.count(",") == 1 else text)
        if value is not None and not _is_grouped(text):
            return None if "e" in text.casefold() else value
        return _from_parts(_PREFIX.sub("", text.translate(_MARKS)).strip(" ,;."), axis)
    return None


def _is_grouped(text: str) -> bool:
    """Whether a comma or point may part thousands, which no degrees have."""
    return text.count(",") + text.count(".") > 1 or " " in text.strip()


def _from_parts(text: str, axis: int) -> float | None:
    text = _POLES.sub(lambda found: found[1][0], text)
    if packed := _PACKED.fullmatch(text):
        text = f"{packed[1]} {packed[2]} {packed[3] or '0'} {packed[4]}"
    elif text and text[-1] in "NSEWnsew":
        text = _HYPHENS.sub(" ", text)
    found = _DMS.fullmatch(text) if text else None
    if not found:
        return None
    before, sign, *numbers, after = found.groups()
    if before and after:
        return None
    hemisphere = (before or after or "").upper()
    if hemisphere and (_AXES[hemisphere] != axis or sign == "-"):
        return None
    degrees, minutes, seconds = (float((one or "0").replace(",", ".")) for one in numbers)
    if minutes >= _SIXTY or seconds >= _SIXTY or degrees > _FULL_TURN:
        # A lost mark of degrees is read, minutes beyond an hour are not.
        return None
    value = degrees + minutes / _SIXTY + seconds / _SIXTY**2
    return value * (-1 if sign == "-" else _HEMISPHERES.get(hemisphere, 1))


def is_hemisphere(text: str, axis: int) -> bool:
    """Whether a text is the letter or word of a half of the earth.

    Example:
        >>> is_hemisphere("N", 0), is_hemisphere("west", 1), is_hemisphere("N", 1)
        (True, True, False)
    """
    return _AXES.get(text.strip(" .")[:1].upper(), 2) == axis and (
        len(text.strip(" .")) == 1 or bool(_POLES.fullmatch(text.strip(" .")))
    )


def joined_axis(texts: Sequence[str]) -> str:
    """Return degrees with the minutes, seconds and hemisphere of other cells as one text.

    A minus before the degrees says already what the hemisphere of the west or south does.

    Example:
        >>> joined_axis(["34", "30", "", "S"]), joined_axis(["-34.5", "S"])
        ('34 30 S', '-34.5')
    """
    first, *others = [one for one in texts if one]
    if first.startswith("-") and others and others[-1][:1].upper() in ("S", "W"):
        others.pop()
    return " ".join([first, *others])


def letter_o(texts: Iterable[str], *, is_german: bool, is_romance: bool) -> str:
    """Return the letter that an O stands for: W or E; empty where nothing shows it.

    It is west in Spanish, French, Italian and Portuguese, and east in German.

    Args:
        texts: Coordinates of a table.
        is_german: Whether names of its columns are German.
        is_romance: Whether they are of one of the other languages.

    Example:
        >>> letter_o(["4°36'N 74°05'O"], is_german=False, is_romance=True)
        'W'
        >>> letter_o(["50°N 7°O", "40°N 74°W"], is_german=False, is_romance=False)
        'E'
    """
    plain = [one.translate(_MARKS) for one in texts]
    has_o, has_east, has_west = (any(map(letter.search, plain)) for letter in (_O, _E, _W))
    if not has_o or (has_east and has_west):
        return ""
    if has_east or has_west:
        return "W" if has_east else "E"
    return "" if is_german == is_romance else "E" if is_german else "W"


def settle_o(text: str, letter: str) -> str:
    """Return coordinates with W or E for each lone O.

    Example:
        >>> settle_o("4°36'N 74°05'O", "W")
        "4°36'N 74°05'W"
    """
    return _O.sub(letter, text.translate(_MARKS)) if letter else text


def split_pair(text: str) -> tuple[str, str] | None:
    """Return the two halves of a cell that holds a pair of coordinates.

    Example:
        >>> split_pair("36.2, 37.1"), split_pair("36°12'N 37°9'E"), split_pair("POINT (37.1 36.2)")
        (('36.2', '37.1'), ("36°12'N", "37°9'E"), ('36.2', '37.1'))
    """
    text = text.strip().strip("()[]{}").strip()
    if point := _POINT.fullmatch(text if text.endswith(")") else f"{text})"):
        return point[2], point[1]
    for pattern in _BETWEEN:
        if pattern.pattern == "," and "." not in text and "°" not in text:
            continue  # "50,94" is one number.
        parts = [one.strip() for one in pattern.split(text) if one]
        if len(parts) == 2:  # noqa: PLR2004 - latitude and longitude
            return parts[0], parts[1]
    return None


def pair_of(text: str, *, is_lon_first: bool = False) -> tuple[float, float] | None:
    """Return latitude and longitude of a cell that holds both; letters of hemispheres decide.

    Example:
        >>> pair_of("36.2, 37.1"), pair_of("E 37.1; N 36.2"), pair_of("Aleppo, Syria")
        ((36.2, 37.1), (36.2, 37.1), None)
    """
    return _pair_of(text, is_lon_first) if len(text) <= _MOST_LETTERS else None


@lru_cache(maxsize=100_000)
def _pair_of(text: str, is_lon_first: bool) -> tuple[float, float] | None:  # noqa: FBT001
    if place := place_of_grid(text):
        return place
    halves = split_pair(plain_digits(text))
    if not halves:
        return None
    first, second = reversed(halves) if is_lon_first else halves
    lat, lon = degrees_of(first, 0), degrees_of(second, 1)
    if lat is None or lon is None:
        lat, lon = degrees_of(second, 0), degrees_of(first, 1)
    return (lat, lon) if lat is not None and lon is not None else None
