"""Which columns hold the place: a pair, one cell, other coordinates, or names only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from geodata.importing.guesses.axes import companions_of
from geodata.importing.guesses.headers import header_words, is_foreign_axis, name_score
from geodata.importing.guesses.plan import Guess, Question
from geodata.importing.guesses.sample import Column, Sample
from geodata.importing.values import (
    LATEST,
    degrees_of,
    epsg_of_zone,
    letter_o,
    pair_of,
    settle_o,
    shape_of,
)

__all__ = ["Place", "guess_place"]

_LEAST_PAIR = 25
_LEAST_SHARE = 0.3
_WEAK_NAME = 60
_ALONE = 0.8
# Names of columns that only one of these languages has.
_GERMAN = frozenset(
    {"breite", "lange", "breitengrad", "langengrad", "koordinaten", "ort", "datum", "tatort"}
    | {"geokoordinaten", "tote", "verletzte"}
)
_ROMANCE = frozenset(
    {"latitud", "longitud", "coordenadas", "fecha", "lugar", "muertos", "heridos", "municipio"}
    | {"coordonnees", "coordonnees gps", "lieu", "ville", "morts", "tues", "blesses", "pays"}
    | {"latitudine", "longitudine", "luogo", "morti", "feriti", "mortos", "feridos", "local"}
)
_AXIS_WORDS = frozenset(
    {"lat", "latitude", "lon", "long", "lng", "longitude", "x", "y", "n", "e", "north", "east"}
    | {"breite", "breitengrad", "lange", "laenge", "langengrad", "latitud", "longitud"}
    | {"northing", "easting", "широта", "долгота"}
)


@dataclass(frozen=True)
class Place:
    """Where the place of each row stands.

    Attributes:
        guesses: The columns.
        questions: What must be asked.
        crs: Of the columns, where they are no degrees.
        is_lon_first: Whether a pair in one cell begins with the longitude.
        letter_o: Which hemisphere an O is, W or E.
    """

    guesses: tuple[Guess, ...] = ()
    questions: tuple[Question, ...] = ()
    crs: str = ""
    is_lon_first: bool = False
    letter_o: str = ""


@dataclass(frozen=True)
class _Pair:
    lat: Column
    lon: Column
    score: float
    share: float
    swapped: float


def guess_place(sample: Sample, crs: str = "") -> Place:
    """Return where the place of each row stands.

    Args:
        sample: Of the sheet.
        crs: What the user says of columns that are no degrees.
    """
    if sample.sheet.has_geometry and sample.placed > 0:
        return Place((Guess("geometry", (), f"{sample.placed:.0%} of the rows have one"),))
    letter = _letter_o(sample)
    found = _in_columns(sample.but(lambda text: settle_o(text, letter)) if letter else sample, crs)
    return replace(found, letter_o=letter)


def _letter_o(sample: Sample) -> str:
    """Return which hemisphere an O is, by its neighbours and the language of the names."""
    words = {header_words(one.name) for one in sample.columns}
    texts = (
        text
        for one in sample.columns
        if any(name_score(role, one.name) for role in ("lat", "lon", "point"))
        for text in one.distinct
    )
    return letter_o(texts, is_german=bool(words & _GERMAN), is_romance=bool(words & _ROMANCE))


def _in_columns(sample: Sample, crs: str) -> Place:
    pairs = sorted(_pairs(sample), key=lambda one: -one.score)
    if crs and pairs:
        return _projected(pairs, crs)
    good = [one for one in pairs if one.score >= _LEAST_PAIR and one.share >= _LEAST_SHARE]
    found = _of_pair(good[0], sample) if good else _in_one_cell(sample)
    return found or _unusual(pairs, sample)


def _zone_of(sample: Sample) -> str:
    """Return the coordinate system that a column of zones of UTM gives for all rows."""
    for column in sample.columns:
        found = {epsg_of_zone(text) for text in column.distinct} if column.filled else set()
        if len(found) == 1 and found != {""}:
            return found.pop()
    return ""


def _unusual(pairs: list[_Pair], sample: Sample) -> Place:
    """Return pairs that are turned, or ask for what their numbers are in."""
    turned = [one for one in pairs if one.swapped >= _ALONE and one.score > 0]
    if turned:
        return _of_pair(turned[0], sample)
    flat, crs = [one for one in pairs if _is_flat(one)], _zone_of(sample)
    if flat and crs:
        return _projected(flat, crs)
    return _asking_for_crs(flat[0]) if flat else Place()


def _pairs(sample: Sample) -> Iterator[_Pair]:
    lats = [(one, name_score("lat", one.name)) for one in sample.columns]
    lons = [(one, name_score("lon", one.name)) for one in sample.columns]
    for lat, lat_score in lats:
        for lon, lon_score in lons:
            if lat_score and lon_score and lat is not lon and _stem(lat) == _stem(lon):
                yield _rated(lat, lon, (lat_score + lon_score) / 2)


def _stem(column: Column) -> str:
    if is_foreign_axis(column.name):
        return ""
    words = header_words(column.name).replace("linrefx", "linref").replace("linrefy", "linref")
    kept = [one for one in words.split() if one not in _AXIS_WORDS]
    stem = " ".join(kept)
    return stem.replace("xgcs", "gcs").replace("ygcs", "gcs")


def _rated(lat: Column, lon: Column, named: float) -> _Pair:
    both = [(a, b) for a, b in zip(lat.texts, lon.texts, strict=True) if a or b]
    if not both:
        return _Pair(lat, lon, 0.0, 0.0, 0.0)
    found = [(degrees_of(a, 0), degrees_of(b, 1)) for a, b in both]
    share = sum(_fits(a, b) for a, b in found) / len(both)
    swapped = sum(_fits(b, a) and not _fits(a, b) for a, b in found) / len(both)
    whole = sum(a.lstrip("-").isdecimal() for a, _ in both) / len(both)
    weight = 0.2 if named < _WEAK_NAME and whole > _ALONE else 1.0
    return _Pair(lat, lon, named * (0.4 + 0.6 * share) * weight, share, swapped)


def _fits(lat: float | None, lon: float | None) -> bool:
    return lat is not None and lon is not None and abs(lat) <= LATEST[0] and abs(lon) <= LATEST[1]


def _of_pair(pair: _Pair, sample: Sample) -> Place:
    filled = sum(bool(a and b) for a, b in zip(pair.lat.texts, pair.lon.texts, strict=True))
    lat, lon = pair.lat, pair.lon
    questions: tuple[Question, ...] = ()
    evidence = f"{filled:,} rows have both, {pair.share:.0%} of them on the earth"
    if pair.swapped > 0.5 and pair.swapped > pair.share:  # noqa: PLR2004 - most of them
        questions = (
            Question(
                "lat",
                f"“{lat.name}” goes beyond 90°: are “{lat.name}” and “{lon.name}” swapped? "
                f"{lat.filled[0]}, {lon.filled[0]}",
                ((f"lat={lon.name}", "yes; give lon as well"), (f"lat={lat.name}", "no")),
            ),
        )
        lat, lon = lon, lat
        evidence = f"swapped: only so do {pair.swapped:.0%} lie on the earth"
    guesses = (
        Guess("lat", (lat.name, *companions_of(sample, lat, 0)), evidence),
        Guess("lon", (lon.name, *companions_of(sample, lon, 1)), evidence),
    )
    return Place(guesses, questions)


def _in_one_cell(sample: Sample) -> Place | None:
    best: tuple[float, Column, bool] | None = None
    for column in sample.columns:
        shaped = column.share(lambda text: shape_of(text) is not None)
        if shaped >= _ALONE:
            evidence = f"{shaped:.0%} of its cells are geometries written as text"
            return Place((Guess("point", (column.name,), evidence),))
        named = name_score("point", column.name) or name_score("place", column.name) / 2
        for is_lon_first in (False, True):
            share = column.share(
                lambda text, first=is_lon_first: _is_pair(text, is_lon_first=first)  # type: ignore[misc]
            )
            # Letters apart, "lat, lon" is what people write.
            score = share * (1 + named / 100) * (0.95 if is_lon_first else 1.0)
            if share >= (_LEAST_SHARE if named else _ALONE) and (not best or score > best[0]):
                best = (score, column, is_lon_first)
    if not best:
        return None
    _, column, is_lon_first = best
    order = "longitude first" if is_lon_first else "latitude first"
    read = column.share(lambda text: _is_pair(text, is_lon_first=is_lon_first))
    evidence = f"{read:.0%} of its cells are pairs, {order}"
    return Place((Guess("point", (column.name,), evidence),), is_lon_first=is_lon_first)


def _is_pair(text: str, *, is_lon_first: bool) -> bool:
    pair = pair_of(text, is_lon_first=is_lon_first)
    return pair is not None and _fits(*pair)


def _is_flat(pair: _Pair) -> bool:
    """Whether columns hold metres on some plane."""
    far = [degrees_of(one, 0) for one in pair.lat.filled[:200]]
    numbers = [one for one in far if one is not None]
    return bool(numbers) and sum(abs(one) > 1_000 for one in numbers) > _ALONE * len(numbers)  # noqa: PLR2004


def _asking_for_crs(pair: _Pair) -> Place:
    shown = f"{pair.lon.filled[0]}, {pair.lat.filled[0]}"
    text = f"In which coordinate system are “{pair.lon.name}” and “{pair.lat.name}” ({shown})?"
    answers = (
        ("crs=EPSG:32633", "UTM zone 33 north; 326 and the zone in the north, 327 in the south"),
        ("crs=EPSG:3857", "web mercator"),
    )
    return Place((), (Question("crs", text, answers),))


def _projected(pairs: list[_Pair], crs: str) -> Place:
    pair = max(pairs, key=lambda one: (_is_flat(one), one.score))
    guesses = (
        Guess("lat", (pair.lat.name,), f"coordinates of {crs}"),
        Guess("lon", (pair.lon.name,), f"coordinates of {crs}"),
    )
    return Place(guesses, crs=crs)
