"""The shipped outlines of countries and provinces: lookup by code and name, distance to land."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.errors import GeodataError
from geodata.letters import to_latin
from geodata.places.land import Land
from geodata.places.topology import arcs_of, load_topology, to_polygons

__all__ = [
    "Country",
    "Province",
    "UnknownCountryError",
    "countries",
    "country_codes",
    "distance_km",
    "distances_km",
    "province_code",
    "province_codes",
    "provinces",
]


_GENERIC_WORDS = frozenset(
    {
        "agency", "ao", "autonomous", "city", "district", "districts", "division", "e", "gorod",
        "governorate", "i", "krai", "kray", "oblast", "oblasti", "oblysy", "of", "okrug", "ostan",
        "ostane", "prov", "province", "qalasy", "region", "republic", "respublika", "shahri",
        "state", "territory", "the", "velayat", "vilayat", "viloyat", "viloyati", "welayat",
        "wilaya", "wilayat",
    }
)  # fmt: skip
"""Words that say what a unit is, not which; dropped when the whole name does not match."""

_VARIANTS = {
    "AF": {
        "bamian": "AF.05",
        "daikundi": "AF.41",
        "ghowr": "AF.09",
        "hilmand": "AF.10",
        "hirat": "AF.11",
        "jawzjan": "AF.31",
        "jauzjan": "AF.31",
        "juzjan": "AF.31",
        "khowst": "AF.37",
        "konar": "AF.34",
        "kunarha": "AF.34",
        "kunarhar": "AF.34",
        "lowgar": "AF.17",
        "maidan wardak": "AF.27",
        "nimroz": "AF.19",
        "nurestan": "AF.38",
        "oruzgan": "AF.39",
        "paktiya": "AF.36",
        "paktya": "AF.36",
        "panjsher": "AF.42",
        "qandahar": "AF.23",
        "qunduz": "AF.24",
        "sar e pul": "AF.33",
        "sar pul": "AF.33",
        "sari pul": "AF.33",
        "urozgan": "AF.39",
        "vardak": "AF.27",
        "wardak": "AF.27",
        "wardag": "AF.27",
    },
    "IR": {
        "east azarbaijan": "IR.33",
        "esfahan": "IR.28",
        "khorasan razavi": "IR.42",
        "kordestan": "IR.16",
        "sistan and baluchistan": "IR.04",
        "sistan baluchestan": "IR.04",
        "sistan va baluchestan": "IR.04",
        "sistan o baluchestan": "IR.04",
        "teheran": "IR.26",
        "west azarbaijan": "IR.01",
    },
    "KG": {"chui": "KG.02", "jalalabad": "KG.03", "ysyk kol": "KG.07", "issyk kol": "KG.07"},
    "KZ": {"south kazakhstan": "KZ.10", "turkestan": "KZ.10", "nur sultan": "KZ.05"},
    "PK": {
        "azad jammu and kashmir": "PK.06",
        "ajk": "PK.06",
        "baluchistan": "PK.02",
        "fata": "PK.03",
        "federally administered tribal areas": "PK.03",
        "gb": "PK.07",
        "gilgit baltistan": "PK.07",
        "ict": "PK.08",
        "islamabad capital": "PK.08",
        "kp": "PK.03",
        "kpk": "PK.03",
        "khyber pakhtoonkhwa": "PK.03",
        "north west frontier": "PK.03",
        "northern areas": "PK.07",
        "nwfp": "PK.03",
        "sind": "PK.05",
    },
    "RU": {"chechnya": "RU.12", "dagestan": "RU.17", "ingushetia": "RU.19", "moskva": "RU.48"},
    "TJ": {
        "badakhshan": "TJ.01",
        "drs": "TJ.RR",
        "dushanbe": "TJ.04",
        "gbao": "TJ.01",
        "gorno badakhshon": "TJ.01",
        "khujand": "TJ.03",
        "kuhistoni badakhshon": "TJ.01",
        "leninabad": "TJ.03",
        "mountainous badakhshan": "TJ.01",
        "rrs": "TJ.RR",
        "republican subordination": "TJ.RR",
        "soghd": "TJ.03",
        "sogd": "TJ.03",
        "sughd": "TJ.03",
    },
    "TM": {"dasoguz": "TM.03", "dashhowuz": "TM.03"},
    "UZ": {
        "andijon": "UZ.01",
        "bukhoro": "UZ.02",
        "buxoro": "UZ.02",
        "fargona": "UZ.03",
        "ferghana": "UZ.03",
        "jizzax": "UZ.15",
        "khorazm": "UZ.05",
        "navoiy": "UZ.07",
        "navoiyi": "UZ.07",
        "qashqadaryo": "UZ.08",
        "samarqand": "UZ.10",
        "sirdarya": "UZ.16",
        "surkhondaryo": "UZ.12",
        "surxondaryo": "UZ.12",
        "surkhandaryo": "UZ.12",
        "syrdarya": "UZ.16",
        "toshkent": "UZ.13",
        "xorazm": "UZ.05",
    },
}
"""Usual spellings, normalised, that the shipped name alone would not match."""


class UnknownCountryError(GeodataError, LookupError):
    """No outline is shipped for that country code."""


@dataclass(frozen=True)
class Country:
    """A country's land.

    Attributes:
        iso: ISO 3166-1 alpha-2 code (XK for Kosovo).
        name: Short English name.
        geometry: Valid polygon or multipolygon, longitude first, cut at ±180°.
    """

    iso: str
    name: str
    geometry: BaseGeometry


@dataclass(frozen=True)
class Province:
    """A first-level division.

    Attributes:
        code: GeoNames code `CC.admin1`, such as `AF.42`.
        name: English name.
        country: ISO 3166-1 alpha-2 code.
        geometry: Valid polygon or multipolygon, longitude first.
    """

    code: str
    name: str
    country: str
    geometry: BaseGeometry


@cache
def countries() -> dict[str, Country]:
    """Return the countries by ISO code.

    Example:
        >>> countries()["TJ"].name
        'Tajikistan'
    """
    return {
        properties["iso"]: Country(properties["iso"], properties["name"], geometry)
        for properties, geometry in _polygons("world", "countries")
    }


@cache
def provinces() -> dict[str, Province]:
    """Return the provinces of the world by GeoNames code.

    Example:
        >>> provinces()["AF.42"].name
        'Panjshir'
    """
    return {
        properties["code"]: Province(
            properties["code"], properties["name"], properties["country"], geometry
        )
        for properties, geometry in _polygons("provinces", "provinces")
    }


@cache
def country_codes() -> frozenset[str]:
    """Return the ISO codes of the countries, without the time that outlines take."""
    return frozenset(_country_shapes())


@cache
def province_codes() -> frozenset[str]:
    """Return the GeoNames codes of the provinces, without the time that outlines take."""
    return frozenset(code for named in _province_names().values() for code, _ in named)


def province_code(name: str, country: str) -> str | None:
    """Return the GeoNames code of a province, or None if the name is not known.

    Accents, case, hyphens and words like "province" or "oblast" do not matter. Where a city
    and the province around it share a name, the bare name means the city.

    Args:
        name: Name in any script that can be romanised.
        country: ISO 3166-1 alpha-2 code.

    Example:
        >>> province_code("Nangarhar Province", "AF")
        'AF.18'
        >>> province_code("Atlantis", "AF") is None
        True
    """
    index = _province_index(country)
    words = _words(name)
    bare = _distinctive(words)
    return index.get(" ".join(words)) or index.get(" ".join(bare)) or index.get("".join(bare))


def distance_km(lon: float, lat: float, country: str) -> float:
    """Return how far a point lies from a country's land, 0 when inside.

    The nearest point is sought on a plane stretched for the latitude, the distance then
    measured on the sphere: good to a few per cent within some thousand kilometres.

    Args:
        lon: Longitude in degrees.
        lat: Latitude in degrees.
        country: ISO 3166-1 alpha-2 code.

    Raises:
        UnknownCountryError: If no outline is shipped for that code.

    Example:
        >>> distance_km(69.17, 34.53, "AF")
        0.0
    """
    return distances_km([(lon, lat)], country)[0]


def distances_km(positions: Sequence[tuple[float, float]], country: str) -> list[float]:
    """Return how far each of many places lies from a country's land, as `distance_km` does.

    Args:
        positions: Longitude and latitude in degrees.
        country: ISO 3166-1 alpha-2 code.

    Raises:
        UnknownCountryError: If no outline is shipped for that code.
    """
    return _land(country).distances_km(positions)


@cache
def _land(country: str) -> Land:
    known = _country_shapes().get(country)
    if known is None:
        raise UnknownCountryError(
            f"country must be an ISO 3166-1 alpha-2 code with an outline, got {country!r}"
        )
    # The outlines of all countries take 0.2 s, and most records name a few.
    return Land(to_polygons(known, _world_arcs()))


@cache
def _country_shapes() -> dict[str, Mapping[str, Any]]:
    shapes = _outlined(load_topology("world"), "countries")
    return {one["properties"]["iso"]: one for one in shapes}


@cache
def _world_arcs() -> Sequence[NDArray[np.float64]]:
    return arcs_of(load_topology("world"))


@cache
def _province_index(country: str) -> dict[str, str]:
    """Map normalised names to codes; full names win over shortened, variants over both."""
    index: dict[str, str] = {}
    own = sorted(
        _province_names().get(country, ()),
        key=lambda named: ("City" not in named[1].split(), named[0]),
    )
    for code, name in own:
        index[" ".join(_words(name))] = code
    for code, name in own:
        bare = _distinctive(_words(name))
        if bare:
            index.setdefault(" ".join(bare), code)
            index.setdefault("".join(bare), code)
    return index | _VARIANTS.get(country, {})


@cache
def _province_names() -> Mapping[str, list[tuple[str, str]]]:
    """Return code and name of each province by country, without the time that outlines take."""
    found: dict[str, list[tuple[str, str]]] = {}
    for item in _outlined(load_topology("provinces"), "provinces"):
        named = item["properties"]
        found.setdefault(named["country"], []).append((named["code"], named["name"]))
    return found


def _distinctive(words: list[str]) -> list[str]:
    return [word for word in words if word not in _GENERIC_WORDS]


def _words(name: str) -> list[str]:
    """Split a name into plain lower-case words without accents or punctuation."""
    plain = re.sub(r"['’ʻʼ`.]", "", to_latin(name))
    return re.findall(r"[a-z0-9]+", plain)


def _polygons(name: str, member: str) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Yield the properties and geometry of each polygon object of a topology."""
    topology = load_topology(name)
    arcs = arcs_of(topology)
    for item in _outlined(topology, member):
        yield item["properties"], to_polygons(item, arcs)


def _outlined(topology: Mapping[str, Any], member: str) -> Iterator[Mapping[str, Any]]:
    items = topology["objects"][member]["geometries"]
    return (item for item in items if item["type"] is not None)
