"""Place names to proposed coordinates: hand-kept places, GeoNames and circles of provinces."""

from __future__ import annotations

import gzip
import json
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import extract

from geodata.errors import GeodataError
from geodata.geodesy import EARTH_RADIUS_KM, distances_km

__all__ = ["GAZETTEER_DIR", "Proposal", "nearest_province", "propose"]

GAZETTEER_DIR = Path(__file__).parents[1] / "data" / "gazetteer"

Source = Literal["hand-kept", "GeoNames", "Natural Earth"]
_Kind = Literal["", "settlement", "district", "province"]

# These countries' places are kept down to 500 people in a file of their own.
_FOCUS = frozenset({"AF", "IR", "KG", "KZ", "PK", "TJ", "TM", "UZ"})
# Below this likeness, or for shorter names, a fuzzy match is more often wrong than right.
_FUZZY_FROM = 0.90
_FUZZY_LENGTH = 4
_FUZZY_TOP = 0.97  # a likeness is never as good as the same letters
# "Jalalabad" and "Jalal-Abad" are different places, "Batikot" and "Bati Kot" the same.
_DIVIDED_LESS = 0.005
# A town and a province may share a name; alone, it means the town, in any spelling.
_NAMESAKE_FACTOR = 0.994
_SOURCE_RANK: dict[Source, int] = {"hand-kept": 0, "GeoNames": 1, "Natural Earth": 2}
# GeoNames has points only: how far from its centre a settlement of that many people reaches.
_RADIUS_BY_POPULATION = ((5_000_000, 30.0), (1_000_000, 20.0), (100_000, 10.0), (0, 5.0))
_DISTRICT_RADIUS_KM = 40.0
_PROVINCE_RADIUS_KM = 300.0

_KIND_WORDS: dict[_Kind, str] = {
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
_KIND_PRECISIONS: dict[_Kind, set[str]] = {
    "settlement": {"site", "settlement", "near settlement"},
    "district": {"near settlement", "district", "region"},
    "province": {"province", "region"},
}
_LINK_WORDS = frozenset({"the", "of", "e", "i"})
_NOT_WORD = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class Proposal:
    """A place that a name may mean.

    Attributes:
        name: The place's name in its source.
        country: ISO 3166-1 alpha-2 code.
        admin1: GeoNames code of the province, None where the source has none.
        lon, lat: Degrees, WGS 84.
        precision: `site`, `settlement`, `near settlement`, `district`, `province` or `region`.
        radius_km: Radius of the circle around the point that holds the place.
        score: 1 for the same name, less for another spelling or a likeness; within 0..1.
        source: `hand-kept`, `GeoNames` or `Natural Earth`.
        source_id: The place's identifier there.
        matched: The spelling that matched.
        basis: Where the coordinates come from, in words.
    """

    name: str
    country: str
    admin1: str | None
    lon: float
    lat: float
    precision: str
    radius_km: float
    score: float
    source: Source
    source_id: str
    matched: str
    basis: str


class _Place(NamedTuple):
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


class _Match(NamedTuple):
    place: _Place
    spelling: str
    score: float
    whole: bool = False  # matched with its "district", "city" or the like, if it has one


def propose(name: str, *, country: str | None = None, limit: int = 5) -> list[Proposal]:
    """Return the places that a name may mean, likeliest first.

    The same letters are looked for first, whatever their case, accents or script. Only where
    there are none, and only within a country given, do similar names count: world-wide, likeness
    finds wrong places. Words such as "district", "province" and "city" are understood: a place of
    another kind scores less, and a point that stands for a district gets a district's radius.

    Args:
        name: Place name in any script.
        country: ISO 3166-1 alpha-2 code; None searches the whole world for the same letters.
        limit: Largest number of proposals, at least 1.

    Returns:
        Proposals by falling score; of equal ones hand-kept places come first, then the larger
        population. Empty if nothing fits.

    Raises:
        GeodataError: If the name is blank, the country is not a two-letter code or the limit is
            below 1.

    Example:
        >>> [found.name for found in propose("Данғара", country="TJ", limit=1)]
        ['Danghara']
        >>> propose("Nowhere at all")
        []
    """
    if not name.strip():
        raise GeodataError(f"a place name must have at least one character, got {name!r}")
    if limit < 1:
        raise GeodataError(f"limit must be at least 1, got {limit}")
    code = None if country is None else _country_code(country)
    words = _words(name)
    bare, kind = _without_kind(words)
    matches = [match._replace(whole=True) for match in _exact(words, name.strip(), code)]
    if not matches:
        matches = _exact(bare, name.strip(), code)
    if not matches and code is not None:
        matches = _similar("".join(bare), code)
    fitted = (_fit(match, kind) for match in matches)
    found = sorted((pair for pair in fitted if pair), key=_rank)
    return [proposal for proposal, _ in found[:limit]]


def nearest_province(lon: float, lat: float, *, within_km: float) -> str | None:
    """Return the province of the settlement that is nearest to a point.

    Args:
        lon: Degrees.
        lat: Degrees.
        within_km: How far the settlement may be.

    Returns:
        GeoNames code of its province; `None` where no settlement is so near or it has none.

    Example:
        >>> nearest_province(-74.006, 40.7143, within_km=5)
        'US.NY'
        >>> nearest_province(-30.0, 0.0, within_km=5)
    """
    lons, lats, codes = _settlements()
    near = np.flatnonzero(np.abs(lats - lat) <= math.degrees(within_km / EARTH_RADIUS_KM))
    if not near.size:
        return None
    away = distances_km((lon, lat), np.column_stack([lons[near], lats[near]]))
    at = int(np.argmin(away))
    return codes[near[at]] if away[at] <= within_km else None


@cache
def _settlements() -> tuple[NDArray[np.float64], NDArray[np.float64], list[str | None]]:
    """Return longitudes, latitudes and provinces of all settlements of the gazetteer."""
    lines = (line for group in _groups(None) for line in _geonames(group).decode().splitlines()[1:])
    columns = [line.split("\t")[3:8] for line in lines]
    codes = [f"{country}.{admin1}" if admin1 else None for country, admin1, *_ in columns]
    places = np.array([(lon, lat) for *_, lon, lat in columns], dtype=np.float64)
    return places[:, 0], places[:, 1], codes


def _country_code(country: str) -> str:
    code = country.strip().upper()
    if not re.fullmatch("[A-Z]{2}", code):
        raise GeodataError(f"country must be an ISO 3166-1 alpha-2 code, got {country!r}")
    return code


def _rank(pair: tuple[Proposal, int]) -> tuple[float, int, int, str]:
    proposal, population = pair
    return -proposal.score, _SOURCE_RANK[proposal.source], -population, proposal.source_id


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a name in lower-case Latin letters and digits.

    Apostrophes stand for letters within a word (Qal'ah); every other mark divides words.

    Example:
        >>> _words("Qal‘ah-ye Kūf"), _words("…")
        (('qalah', 'ye', 'kuf'), ())
    """
    folded = anyascii(unicodedata.normalize("NFC", text)).casefold()
    return tuple(_NOT_WORD.sub(" ", folded.replace("'", "").replace("`", "")).split())


@cache
def _kinds() -> dict[str, _Kind]:
    return {
        "".join(_words(word)): kind for kind, words in _KIND_WORDS.items() for word in words.split()
    }


def _without_kind(words: tuple[str, ...]) -> tuple[tuple[str, ...], _Kind]:
    """Split words such as "district" off a name; a name that is only such a word stays.

    Example:
        >>> _without_kind(("province", "of", "takhar"))
        (('takhar',), 'province')
    """
    kinds = _kinds()
    kind: _Kind = ""
    bare = words
    while len(bare) > 1 and bare[-1] in kinds:
        bare, kind = bare[:-1], kind or kinds[bare[-1]]
    while len(bare) > 1 and bare[0] in kinds.keys() | _LINK_WORDS:
        bare, kind = bare[1:], kind or kinds.get(bare[0], "")
    return bare, kind


def _exact(words: tuple[str, ...], written: str, country: str | None) -> list[_Match]:
    """Return the places that have a spelling with these letters, one match a place."""
    best: dict[tuple[Source, str], _Match] = {}
    key = "".join(words)
    for place, spelling in _spelled(key, country):
        score = _exact_score(place, key)
        own_words = _words(spelling)
        if words not in {own_words, _without_kind(own_words)[0]}:
            score -= _DIVIDED_LESS
        match = _Match(place, spelling, score)
        # Of spellings that fit equally well, name the one that was asked for.
        known = best.setdefault((place.source, place.source_id), match)
        if (score, spelling == written) > (known.score, known.spelling == written):
            best[place.source, place.source_id] = match
    return list(best.values())


def _exact_score(place: _Place, key: str) -> float:
    # GeoNames' main spelling is one of many: a capital found by another one still comes before a
    # namesake of which GeoNames knows no more than the position.
    if place.source != "GeoNames":
        return 1.0
    if "".join(_words(place.names[0])) == key:
        return 1.0 if place.population or place.is_seat else 0.99
    return 0.995 if place.is_seat else 0.98


def _similar(key: str, country: str) -> list[_Match]:
    """Return the places of a country that have a similar spelling, one match a place."""
    if len(key) < _FUZZY_LENGTH:
        return []
    best: dict[tuple[Source, str], _Match] = {}
    spellings = _country_index(country)
    scorer = JaroWinkler.similarity
    found = extract(key, spellings.keys(), scorer=scorer, score_cutoff=_FUZZY_FROM, limit=None)
    for similar, likeness, _ in found:
        for place, spelling in spellings[similar]:
            match = _Match(place, spelling, min(likeness, _FUZZY_TOP))
            best.setdefault((place.source, place.source_id), match)
    return list(best.values())


def _fit(match: _Match, kind: _Kind) -> tuple[Proposal, int] | None:
    """Make a match a proposal for the kind of place that the name asked for."""
    place = match.place
    precision, radius_km, basis = place.precision, place.radius_km, place.basis
    is_kind = match.whole or not kind or place.precision in _KIND_PRECISIONS[kind]
    factor = 1.0 if is_kind else 0.8
    if not kind and place.is_namesake:
        factor = _NAMESAKE_FACTOR
    stands_for = kind if place.source == "GeoNames" and not match.whole else ""
    if stands_for == "district":
        factor, precision, radius_km = 0.9, "district", max(radius_km, _DISTRICT_RADIUS_KM)
        basis += " Stands for the district of that name."
    elif stands_for == "province":
        if not place.is_seat:
            return None
        factor, precision, radius_km = 0.85, "province", _PROVINCE_RADIUS_KM
        basis += " Stands for the province of that name."
    proposal = Proposal(
        name=place.names[0],
        country=place.country,
        admin1=place.admin1,
        lon=place.lon,
        lat=place.lat,
        precision=precision,
        radius_km=radius_km,
        score=round(match.score * factor, 4),
        source=place.source,
        source_id=place.source_id,
        matched=match.spelling,
        basis=basis,
    )
    return proposal, place.population


_Index = dict[str, list[tuple[_Place, str]]]


def _spelled(key: str, country: str | None) -> Iterator[tuple[_Place, str]]:
    """Yield places and their spellings with these letters, of one country or of all."""
    if not key:
        return
    for place, spelling in _kept_index().get(key, ()):
        if country in {None, place.country}:
            yield place, spelling
    for group in _groups(country):
        for line in _lines_with(f"|{key}|".encode(), group):
            place, keys = _geonames_place(line)
            if country in {None, place.country}:
                yield from ((place, place.names[at]) for at, k in enumerate(keys) if k == key)


@cache
def _country_index(country: str) -> _Index:
    """Return folded spelling -> places of a country with their spelling as written."""
    index: _Index = {}
    for key, entries in _kept_index().items():
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
def _kept_index() -> _Index:
    index: _Index = {}
    kept = _load_kept("places.json", "hand-kept")
    for place in chain(kept, _load_kept("provinces.json", "Natural Earth")):
        for spelling in place.names:
            # These names say "Kot District" and "ولایت بدخشان": find them without the word too.
            words = _words(spelling)
            for key in {"".join(words), "".join(_without_kind(words)[0])}:
                index.setdefault(key, []).append((place, spelling))
    return index


def _load_kept(file_name: str, source: Source) -> Iterator[_Place]:
    text = (GAZETTEER_DIR / file_name).read_text(encoding="utf-8")
    for row in json.loads(text)["places"]:
        yield _Place(
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


def _geonames_place(line: str) -> tuple[_Place, list[str]]:
    """Return a place and the folded spellings that stand for its names, in the same order."""
    number, name, others, country, admin1, code, lon, lat, count, keys = line.split("\t")
    population = int(count)
    place = _Place(
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
