"""Place names to proposed coordinates: hand-kept places, GeoNames and circles of provinces."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import extract

from geodata.errors import GeodataError
from geodata.geodesy import EARTH_RADIUS_KM, distances_km
from geodata.places.spellings import (
    GAZETTEER_DIR,
    Kind,
    Place,
    Source,
    country_index,
    settlements,
    spelled,
    without_kind,
    words_of,
)

__all__ = ["GAZETTEER_DIR", "Proposal", "nearest_province", "propose"]

# Below this likeness, or for shorter names, a fuzzy match is more often wrong than right.
_FUZZY_FROM = 0.90
_FUZZY_LENGTH = 4
_FUZZY_TOP = 0.97  # a likeness is never as good as the same letters
# "Jalalabad" and "Jalal-Abad" are different places, "Batikot" and "Bati Kot" the same.
_DIVIDED_LESS = 0.005
# A town and a province may share a name; alone, it means the town, in any spelling.
_NAMESAKE_FACTOR = 0.994
_SOURCE_RANK: dict[Source, int] = {"hand-kept": 0, "GeoNames": 1, "Natural Earth": 2}
_DISTRICT_RADIUS_KM = 40.0
_PROVINCE_RADIUS_KM = 300.0

_KIND_PRECISIONS: dict[Kind, set[str]] = {
    "settlement": {"site", "settlement", "near settlement"},
    "district": {"near settlement", "district", "region"},
    "province": {"province", "region"},
}


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


class _Match(NamedTuple):
    place: Place
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
    words = words_of(name)
    bare, kind = without_kind(words)
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
    lons, lats, codes = settlements()
    near = np.flatnonzero(np.abs(lats - lat) <= math.degrees(within_km / EARTH_RADIUS_KM))
    if not near.size:
        return None
    away = distances_km((lon, lat), np.column_stack([lons[near], lats[near]]))
    at = int(np.argmin(away))
    return codes[near[at]] if away[at] <= within_km else None


def _country_code(country: str) -> str:
    code = country.strip().upper()
    if not re.fullmatch("[A-Z]{2}", code):
        raise GeodataError(f"country must be an ISO 3166-1 alpha-2 code, got {country!r}")
    return code


def _rank(pair: tuple[Proposal, int]) -> tuple[float, int, int, str]:
    proposal, population = pair
    return -proposal.score, _SOURCE_RANK[proposal.source], -population, proposal.source_id


def _exact(words: tuple[str, ...], written: str, country: str | None) -> list[_Match]:
    """Return the places that have a spelling with these letters, one match a place."""
    best: dict[tuple[Source, str], _Match] = {}
    key = "".join(words)
    for place, spelling in spelled(key, country):
        score = _exact_score(place, key)
        own_words = words_of(spelling)
        if words not in {own_words, without_kind(own_words)[0]}:
            score -= _DIVIDED_LESS
        match = _Match(place, spelling, score)
        # Of spellings that fit equally well, name the one that was asked for.
        known = best.setdefault((place.source, place.source_id), match)
        if (score, spelling == written) > (known.score, known.spelling == written):
            best[place.source, place.source_id] = match
    return list(best.values())


def _exact_score(place: Place, key: str) -> float:
    # GeoNames' main spelling is one of many: a capital found by another one still comes before a
    # namesake of which GeoNames knows no more than the position.
    if place.source != "GeoNames":
        return 1.0
    if "".join(words_of(place.names[0])) == key:
        return 1.0 if place.population or place.is_seat else 0.99
    return 0.995 if place.is_seat else 0.98


def _similar(key: str, country: str) -> list[_Match]:
    """Return the places of a country that have a similar spelling, one match a place."""
    if len(key) < _FUZZY_LENGTH:
        return []
    best: dict[tuple[Source, str], _Match] = {}
    spellings = country_index(country)
    scorer = JaroWinkler.similarity
    found = extract(key, spellings.keys(), scorer=scorer, score_cutoff=_FUZZY_FROM, limit=None)
    for similar, likeness, _ in found:
        for place, spelling in spellings[similar]:
            match = _Match(place, spelling, min(likeness, _FUZZY_TOP))
            best.setdefault((place.source, place.source_id), match)
    return list(best.values())


def _fit(match: _Match, kind: Kind) -> tuple[Proposal, int] | None:
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
