"""The shipped place names and their spellings, as they are read: by letters, country or file."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

__all__ = [
    "GAZETTEER_DIR", "Kind", "Place", "Source", "country_index", "kept_index", "settlements",
    "spelled", "starting", "without_kind", "words_of",
]  # fmt: skip

GAZETTEER_DIR = Path(__file__).parents[1] / "data" / "gazetteer"

Source = Literal["hand-kept", "GeoNames", "Natural Earth"]
Kind = Literal["", "settlement", "district", "province"]

# These countries' places are kept down to 500 people in a file of their own.
_FOCUS = frozenset({"AF", "IR", "KG", "KZ", "PK", "TJ", "TM", "UZ"})
# GeoNames has points only: how far from its centre a settlement of that many people reaches.
_RADIUS_BY_POPULATION = ((5_000_000, 30.0), (1_000_000, 20.0), (100_000, 10.0), (0, 5.0))
_KIND_WORDS: dict[Kind, str] = {
    "settlement": "city town village municipality shahr shahri город шаҳр شهر",
    "district": (
        "district districts agency county tehsil rayon nohiya nohiyai tuman tumani raion "
        "wuluswali woluswali shahrestan район ноҳия ноҳияи ولسوالی شهرستان ضلع ایجنسی"
    ),
    "province": (
        "province provinces oblast region viloyat viloyati velayat welayaty wilayat ostan "
        "oblysy область вилоят вилояти облысы велаят ولایت ولاية استان صوبہ"
    ),
}
_LINK_WORDS = frozenset({"the", "of", "e", "i"})
_NOT_WORD = re.compile(r"[^0-9a-z]+")


class Place(NamedTuple):
    """A place of the gazetteer with all its names, the main one first."""

    names: tuple[str, ...]
    country: str
    admin1: str | None
    lon: float
    lat: float
    precision: str
    radius_km: float
    source: Source
    source_id: str
    basis: str
    population: int = 0
    is_seat: bool = False  # the capital of a country or the seat of a province
    is_namesake: bool = False  # a province named after its seat


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name in lower-case Latin letters and digits.

    Apostrophes stand for letters within a word (Qal'ah); every other mark divides words.

    Example:
        >>> words_of("Qal‘ah-ye Kūf"), words_of("…")
        (('qalah', 'ye', 'kuf'), ())
    """
    folded = anyascii(unicodedata.normalize("NFC", text)).casefold()
    return tuple(_NOT_WORD.sub(" ", folded.replace("'", "").replace("`", "")).split())


@cache
def _kinds() -> dict[str, Kind]:
    return {
        "".join(words_of(word)): kind
        for kind, words in _KIND_WORDS.items()
        for word in words.split()
    }


def without_kind(words: tuple[str, ...]) -> tuple[tuple[str, ...], Kind]:
    """Split words such as "district" off a name; a name that is only such a word stays.

    Example:
        >>> without_kind(("province", "of", "takhar"))
        (('takhar',), 'province')
    """
    kinds = _kinds()
    kind: Kind = ""
    bare = words
    while len(bare) > 1 and bare[-1] in kinds:
        bare, kind = bare[:-1], kind or kinds[bare[-1]]
    while len(bare) > 1 and bare[0] in kinds.keys() | _LINK_WORDS:
        bare, kind = bare[1:], kind or kinds.get(bare[0], "")
    return bare, kind


@cache
def settlements() -> tuple[NDArray[np.float64], NDArray[np.float64], list[str | None]]:
    """Return longitudes, latitudes and provinces of all settlements of the gazetteer."""
    lines = (line for group in _groups(None) for line in _geonames(group).decode().splitlines()[1:])
    columns = [line.split("\t")[3:8] for line in lines]
    codes = [f"{country}.{admin1}" if admin1 else None for country, admin1, *_ in columns]
    places = np.array([(lon, lat) for *_, lon, lat in columns], dtype=np.float64)
    return places[:, 0], places[:, 1], codes


_Index = dict[str, list[tuple[Place, str]]]


def spelled(key: str, country: str | None) -> Iterator[tuple[Place, str]]:
    """Yield places and their spellings with these letters, of one country or of all."""
    if not key:
        return
    for place, spelling in kept_index().get(key, ()):
        if country in {None, place.country}:
            yield place, spelling
    for group in _groups(country):
        for line in _lines_with(f"|{key}|".encode(), group):
            place, keys = _geonames_place(line)
            if country in {None, place.country}:
                yield from ((place, place.names[at]) for at, k in enumerate(keys) if k == key)


@cache
def country_index(country: str) -> _Index:
    """Return folded spelling -> places of a country with their spelling as written."""
    index: _Index = {}
    for key, entries in kept_index().items():
        if inside := [entry for entry in entries if entry[0].country == country]:
            index[key] = inside
    for group in _groups(country):
        for line in _lines_with(f"\t{country}\t".encode(), group):
            place, keys = _geonames_place(line)
            # The mark may stand for a province too: CA is Canada and California.
            spelled = zip(keys, place.names, strict=True) if place.country == country else ()
            for key, spelling in spelled:
                index.setdefault(key, []).append((place, spelling))
    return index


@cache
def kept_index() -> _Index:
    """Return folded spelling -> places kept by hand and provinces, with their spelling."""
    index: _Index = {}
    for place in _kept_places():
        for spelling in place.names:
            # These names say "Kot District" and "ولایت بدخشان": find them without the word too.
            words = words_of(spelling)
            for key in {"".join(words), "".join(without_kind(words)[0])}:
                index.setdefault(key, []).append((place, spelling))
    return index


@cache
def _kept_places() -> tuple[Place, ...]:
    files: tuple[tuple[str, Source], ...] = (
        ("places.json", "hand-kept"),
        ("provinces.json", "Natural Earth"),
    )
    return tuple(chain.from_iterable(_load_kept(name, source) for name, source in files))


def _load_kept(file_name: str, source: Source) -> Iterator[Place]:
    text = (GAZETTEER_DIR / file_name).read_text(encoding="utf-8")
    for row in json.loads(text)["places"]:
        yield Place(
            names=(row["name"], *row["alternate_names"]),
            country=row["country"],
            admin1=row["admin1"] or None,
            lon=row["lon"],
            lat=row["lat"],
            precision=row["precision"],
            radius_km=float(row["radius_km"]),
            source=source,
            source_id=row["id"],
            basis=f"{row['basis']} {row['note']}".strip(),
            is_namesake=row.get("named_after_seat", False),
        )


def starting(key: str) -> Iterator[tuple[Place, int, str]]:
    """Yield places with the position among their names, and the letters, of each that begins so."""
    for place in _kept_places():
        for at, name in enumerate(place.names):
            folded = "".join(words_of(name))
            if folded.startswith(key):
                yield place, at, folded
    for group in _groups(None):
        for line in _lines_with(f"|{key}".encode(), group):
            place, keys = _geonames_place(line)
            yield from ((place, at, k) for at, k in enumerate(keys) if k.startswith(key))


def _groups(country: str | None) -> tuple[str, ...]:
    """Return which GeoNames files to search."""
    if country is None:
        return "focus", "world"
    return ("focus",) if country in _FOCUS else ("world",)


@cache
def _geonames(group: str) -> bytes:
    return gzip.decompress((GAZETTEER_DIR / f"{group}.tsv.gz").read_bytes())


def _lines_with(mark: bytes, group: str) -> Iterator[str]:
    """Yield the lines that hold a mark.

    A search through the bytes takes a few milliseconds; an index of every spelling would take a
    second to make and 100 MB to keep.
    """
    data = _geonames(group)
    found = data.find(mark)
    while found != -1:
        end = data.index(b"\n", found)
        yield data[data.rfind(b"\n", 0, found) + 1 : end].decode()
        found = data.find(mark, end)


def _geonames_place(line: str) -> tuple[Place, list[str]]:
    """Return a place and the folded spellings that stand for its names, in the same order."""
    number, name, others, country, admin1, code, lon, lat, count, keys = line.split("\t")
    population = int(count)
    place = Place(
        names=(name, *filter(None, others.split("|"))),
        country=country,
        admin1=admin1 or None,
        lon=float(lon),
        lat=float(lat),
        precision="settlement",
        radius_km=next(km for people, km in _RADIUS_BY_POPULATION if population >= people),
        source="GeoNames",
        source_id=number,
        basis=f"GeoNames {number}, a point at the settlement's centre.",
        population=population,
        is_seat=code in {"PPLC", "PPLA"},
    )
    return place, keys.strip("|").split("|")
