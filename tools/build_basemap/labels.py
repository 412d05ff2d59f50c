"""Chooses and ranks the place labels: countries by land area, towns by feature code."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import repairs
import shapely
from inputs import Town
from shapely.ops import polylabel
from units import Unit

COUNTRY_AREAS_KM2 = (900_000, 200_000, 30_000, 3_000, 300)
"""A country gets the rank of the first figure that its land reaches, else the next."""

COUNTRY_POINTS = {
    "AF": (65.4, 33.2),
    "AO": (17.6, -12.4),
    "CA": (-105.0, 57.5),
    "CN": (103.0, 35.3),
    "IN": (79.0, 22.8),
    "IR": (54.4, 32.9),
    "KG": (74.7, 41.6),
    "KZ": (67.3, 48.3),
    "NO": (9.2, 61.2),
    "PK": (68.4, 28.7),
    "SO": (45.4, 4.2),
    "TJ": (71.3, 38.5),
    "TM": (58.6, 39.4),
    "US": (-98.6, 39.6),
    "UG": (32.6, 2.1),
    "UZ": (63.4, 42.0),
}
"""Longitude and latitude where the computed interior point reads badly."""

TOWN_RANKS: tuple[dict[str, int], ...] = (
    {"PPLC": 0, "PPLA": 3, "PPLA2": 5},
    {"PPLC": 1, "PPLA": 4, "PPLA2": 6},
    {"PPLC": 2, "PPLA": 5, "PPLA2": 6},
    {},
)
"""Per level of detail: rank by GeoNames feature code; other towns get the last rank."""

LAST_RANK = 6
LIFTS = (
    (400_000, 1_500_000, 5_000_000),
    (500_000, 1_500_000, 3_500_000, 8_000_000),
    (500_000, 1_500_000, 3_500_000, 8_000_000),
    (),
)
"""Per level of detail: populations that each lift a town by one rank."""

SMALL_CAPITAL = 60_000
HUGE_CAPITAL = 5_000_000
MIN_POPULATION = (15_000, 100_000, 250_000, 1)
MIN_SEAT_POPULATION = (1, 30_000, 100_000, 1)
NOT_TOWNS = frozenset({"PPLX", "PPLQ", "PPLH", "PPLW"})

PLAIN_COUNTRIES = frozenset(
    {
        "AE", "AF", "BD", "BH", "EG", "IN", "IQ", "IR", "JO", "KW", "LB", "LY", "NP", "OM", "PK",
        "QA", "SA", "SD", "SY", "YE",
    }
)  # fmt: skip
"""Where GeoNames marks long vowels and the like, which English names do not."""

TOWN_NAMES = {
    ("AF", "Aibak"): "Aybak",
    ("AF", "Fayroz Koh"): "Firozkoh",
    ("AF", "Fayzabad"): "Faizabad",
    ("AF", "Mazar-e Sharif"): "Mazar-i-Sharif",
    ("AF", "Maydanshakhr"): "Maidan Shar",
    ("AF", "Mehtar Lam"): "Mehtarlam",
    ("AF", "Sar-e Pul"): "Sar-e Pol",
    ("AF", "Shibirghan"): "Sheberghan",
    ("KG", "Manas"): "Jalal-Abad",
    ("UZ", "Tirmiz"): "Termez",
}


def labels(
    units: list[Unit], towns: list[Town], country_names: dict[str, str]
) -> list[dict[str, Any]]:
    """Return all labels, the ones to place first at the head."""
    keyed = [*_country_labels(units, country_names), *_town_labels(towns)]
    return [label for _, label in sorted(keyed, key=lambda pair: pair[0])]


def _country_labels(
    units: list[Unit], country_names: dict[str, str]
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    groups: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for unit in units:
        groups[unit.country].append(unit.geometry.simplify(0.02))
    for country in sorted(groups):
        land = shapely.union_all([part.buffer(0) for part in groups[country]])
        area = _area_km2(land)
        rank = sum(area < limit for limit in COUNTRY_AREAS_KM2)
        if country in repairs.FOCUS:
            rank = max(rank - 1, 0)
        point = COUNTRY_POINTS.get(country) or _interior_point(land)
        label = _label(country_names[country], point, rank, "country", country)
        yield (rank, 0, 0, -area, label["name"]), label


def _area_km2(land: shapely.Geometry) -> float:
    middle = math.radians(shapely.centroid(land).y)
    return float(land.area * math.cos(middle) * 111.2**2)


def _interior_point(land: shapely.Geometry) -> tuple[float, float]:
    largest = max(shapely.get_parts(land), key=lambda part: part.area)
    point = polylabel(largest, tolerance=max(0.002, largest.area**0.5 / 50))
    return point.x, point.y


def _town_labels(towns: list[Town]) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    for town in towns:
        detail = repairs.level_of_detail(town.country)
        if _is_labelled(town, detail):
            rank = _town_rank(town, detail)
            place = (town.lon, town.lat)
            label = _label(_town_name(town), place, rank, "city", town.country)
            seat = town.feature in ("PPLC", "PPLA")
            yield (rank, 1, not seat, -town.population, label["name"]), label


def _is_labelled(town: Town, detail: int) -> bool:
    if town.feature in NOT_TOWNS:
        return False
    if town.feature == "PPLC":
        return True
    seat = town.feature == "PPLA" and town.population >= MIN_SEAT_POPULATION[detail]
    return seat or town.population >= MIN_POPULATION[detail]


def _town_rank(town: Town, detail: int) -> int:
    rank = TOWN_RANKS[detail].get(town.feature, LAST_RANK)
    if town.feature == "PPLC" and town.population < SMALL_CAPITAL:
        rank += 2
    lift = sum(town.population >= limit for limit in LIFTS[detail])
    focal = detail == 0 or town.population >= HUGE_CAPITAL
    floor = 0 if town.feature == "PPLC" and focal else 1
    return max(rank - lift, floor)


def _town_name(town: Town) -> str:
    name = _plain(town.name) if town.country in PLAIN_COUNTRIES else town.name
    return TOWN_NAMES.get((town.country, name), name)


def _plain(name: str) -> str:
    """Drop the marks of scholarly romanisation: long vowels, dots below, ayn."""
    letters = unicodedata.normalize("NFKD", name)
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    kept = kept.translate(dict.fromkeys(map(ord, "‘’ʻʼ`")))
    return kept.removeprefix("Markaz-e Woluswali-ye ").strip()


def _label(
    name: str, place: tuple[float, float], rank: int, kind: str, country: str
) -> dict[str, Any]:
    return {
        "name": name.strip(),
        "lon": round(place[0], 3),
        "lat": round(place[1], 3),
        "rank": rank,
        "kind": kind,
        "country": country,
    }
