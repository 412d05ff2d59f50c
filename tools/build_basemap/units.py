"""Turns the raw admin-1 units of the source into repaired features for the topology."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import repairs
import shapely
from inputs import Inputs, Town
from shapely import MultiPolygon, Point, Polygon, STRtree, box

MIN_ISLAND_DEGREES2 = (0.0, 0.0012, 0.01, 1.0)
"""Smallest islands kept per level of detail, in square degrees at the equator."""

SMALL_COUNTRY_DEGREES2 = 0.6
"""Countries below this keep all their islands, in more detail."""


@dataclass(frozen=True)
class Unit:
    """One polygon of the finest level, with the province and country it belongs to."""

    properties: dict[str, Any]
    geometry: shapely.Geometry
    country: str
    code: str = ""
    part: str = ""

    @property
    def token(self) -> str:
        """The disputed part, or else the country: what a line separates."""
        return self.part or self.country


def repaired_units(inputs: Inputs) -> list[Unit]:
    """Return the units with country, province code and disputed part set right."""
    units = [unit for raw in inputs.units for unit in _units_of(raw)]
    units = [_with_visible_vatican(unit) for unit in units]
    units = _with_codes(units, inputs.towns)
    return _without_tiny_islands(units)


def province_names(units: Iterable[Unit]) -> dict[str, str]:
    """Return the English name of each province code."""
    groups: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        groups[unit.code].append(unit)
    spread = _codes_of_regions(groups)
    names = {code: _group_name(code, members, spread) for code, members in groups.items()}
    return {code: _clean(names[code]) for code in sorted(names)}


def _codes_of_regions(groups: dict[str, list[Unit]]) -> Counter[tuple[str, str]]:
    """Count over how many provinces each of the source's larger regions spreads."""
    return Counter(
        pair
        for members in groups.values()
        for pair in {
            (field, unit.properties[field]) for unit in members for field in ("region", "geonunit")
        }
    )


def features(units: Iterable[Unit], names: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield GeoJSON features with the few properties that the topology needs."""
    units = list(units)
    small = _small_countries(units)
    for unit in units:
        lod = min(repairs.level_of_detail(unit.country), 1 if unit.country in small else 3)
        yield {
            "type": "Feature",
            "properties": {
                "code": unit.code,
                "name": names[unit.code],
                "country": unit.country,
                "token": unit.token,
                "lod": lod,
            },
            "geometry": shapely.geometry.mapping(unit.geometry),
        }


def _units_of(raw: dict[str, Any]) -> Iterator[Unit]:
    properties = raw["properties"]
    if properties["adm1_code"] in repairs.DROPPED:
        return
    geometry = shapely.make_valid(
        shapely.geometry.shape(raw["geometry"]), method="structure", keep_collapsed=False
    )
    unit = Unit(
        properties=properties,
        geometry=geometry,
        country=repairs.unit_country(properties),
        part=repairs.PARTS.get(properties["iso_3166_2"], ""),
    )
    cut = properties["iso_3166_2"] in repairs.CUT_AT_WESTERN_SAHARA
    yield from _split_at_western_sahara(unit) if cut else (unit,)


def _split_at_western_sahara(unit: Unit) -> Iterator[Unit]:
    """Cut a Moroccan region that reaches across the line into its two sides."""
    south = box(-180, -90, 180, repairs.WESTERN_SAHARA_NORTH)
    north_code = repairs.CUT_AT_WESTERN_SAHARA[unit.properties["iso_3166_2"]]
    yield replace(unit, geometry=unit.geometry.difference(south), country="MA", code=north_code)
    yield replace(unit, geometry=unit.geometry.intersection(south), country="EH", code="EH.00")


def _with_visible_vatican(unit: Unit) -> Unit:
    square = box(*repairs.VATICAN_BOX)
    if unit.country == "VA":
        return replace(unit, geometry=square)
    if unit.country == "IT" and unit.geometry.intersects(square):
        return replace(unit, geometry=unit.geometry.difference(square))
    return unit


def _with_codes(units: list[Unit], towns: list[Town]) -> list[Unit]:
    votes = _votes(units, towns)
    current = {town.admin1 for town in towns}
    coded = [
        replace(unit, code=unit.code or _code(unit, votes[index], current))
        for index, unit in enumerate(units)
    ]
    return [unit if unit.code else replace(unit, code=_nearest_code(unit, coded)) for unit in coded]


def _votes(units: list[Unit], towns: list[Town]) -> dict[int, Counter[str]]:
    """Count, for each unit, the GeoNames codes of the towns inside it."""
    tree = STRtree([unit.geometry for unit in units])
    points = [Point(town.lon, town.lat) for town in towns]
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for town_index, unit_index in tree.query(points, predicate="within").T:
        if towns[town_index].country == units[unit_index].country:
            votes[int(unit_index)][towns[town_index].admin1] += 1
    return votes


def _code(unit: Unit, votes: Counter[str], current: set[str]) -> str:
    """Return the GeoNames code by table, from the source if trusted, or by vote, else ""."""
    fixed = repairs.UNIT_CODES.get(unit.properties["adm1_code"])
    given = str(unit.properties["gn_a1_code"] or "")
    if fixed:
        return fixed
    if unit.country in repairs.FOCUS:
        return given
    usable = [(-count, code) for code, count in votes.items() if _is_division(code)]
    if usable:
        return min(usable)[1]
    return given if given in current and given.startswith(f"{unit.country}.") else ""


def _is_division(code: str) -> bool:
    """Tell whether a GeoNames code names a division: "00" and nothing stand for none."""
    return not code.endswith((".", ".00"))


def _nearest_code(unit: Unit, units: list[Unit]) -> str:
    others = [other for other in units if other.country == unit.country and other.code]
    if not others:
        return f"{unit.country}.00"
    return min(others, key=lambda other: (other.geometry.distance(unit.geometry), other.code)).code


def _group_name(code: str, members: list[Unit], spread: Counter[tuple[str, str]]) -> str:
    """Name by table, else by the one larger region that the units make up, else the largest."""
    if code in repairs.PROVINCE_NAMES:
        return repairs.PROVINCE_NAMES[code]
    if len({_unit_name(unit) for unit in members}) > 1:
        for field in ("region", "geonunit"):
            values = {unit.properties[field] for unit in members} - {""}
            if len(values) == 1 and spread[field, min(values)] == 1:
                return str(min(values))
    return _unit_name(max(members, key=lambda unit: unit.geometry.area))


def _unit_name(unit: Unit) -> str:
    properties = unit.properties
    return str(properties["name_en"] or properties["name"] or properties["gn_name"])


def _clean(name: str) -> str:
    return name.replace("–", "-").split("/")[0].strip()


def _small_countries(units: Iterable[Unit]) -> set[str]:
    areas: dict[str, float] = defaultdict(float)
    for unit in units:
        areas[unit.country] += unit.geometry.area
    return {country for country, area in areas.items() if area < SMALL_COUNTRY_DEGREES2}


def _without_tiny_islands(units: list[Unit]) -> list[Unit]:
    """Drop islands too small to see, except each unit's largest and those of small states."""
    small = _small_countries(units)
    tree = STRtree([part for unit in units for part in _polygons(unit.geometry)])
    return [
        unit
        if unit.country in small
        else replace(unit, geometry=MultiPolygon(_kept_parts(unit, tree)))
        for unit in units
    ]


def _kept_parts(unit: Unit, tree: STRtree) -> list[Polygon]:
    limit = MIN_ISLAND_DEGREES2[repairs.level_of_detail(unit.country)]
    parts = sorted(_polygons(unit.geometry), key=lambda part: -part.area)
    return parts[:1] + [
        part
        for part in parts[1:]
        if part.area >= limit or len(tree.query(part, predicate="dwithin", distance=0.005)) > 1
    ]


def _polygons(geometry: shapely.Geometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(geometry) if isinstance(part, Polygon)]
