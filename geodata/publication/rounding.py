"""Rounding places so that nobody can tell them more exactly than to a district or a province.

A district is a cell of a fixed grid, since no district outlines are shipped; a province is that of
the basemap. What a place is rounded to depends on that place alone, so records cannot be held
against each other. Wherever a cell and a border together would leave less land open than a small
district has, the next coarser step is taken.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon, STRtree
from shapely.geometry.base import BaseGeometry

from geodata.geodesy import EARTH_RADIUS_KM, distances_km
from geodata.places.boundaries import Province, provinces
from geodata.places.gazetteer import nearest_province
from geodata.records import GeoPrecision, LonLat

__all__ = [
    "LEAST_LAND_KM2",
    "Cell",
    "Coarsening",
    "Place",
    "cell_at",
    "coarser",
    "is_as_coarse",
    "round_place",
]

# What is told of a place leaves at least this much land open: a quarter of a cell, and about as
# much as the smaller districts have.
LEAST_LAND_KM2 = 750.0

_CELL_DEGREES = 0.5
_ROWS = round(180 / _CELL_DEGREES)
_DEGREE_KM = math.radians(1) * EARTH_RADIUS_KM
# Radii go up in such steps, or a town could be told by its size.
_RADIUS_STEP_KM = 25
_LONGEST_KM = 20_038.0
_HALF_TURN = 180.0
# The basemap is simplified, so a place near a border may lie just outside its province.
_BORDER_TOLERANCE_KM = 5.0
# 99.6 % of the gazetteer's 36,593 towns lie in their province's outline or so near to it.
_OUTLINE_TOLERANCE_KM = 20.0
# Less of a province in a cell is an error of the outline.
_TRACE_KM2 = 1.0


class Coarsening(StrEnum):
    """How far places are rounded."""

    DISTRICT = "district"
    PROVINCE = "province"

    @property
    def precision(self) -> GeoPrecision:
        """The precision that nothing is finer than afterwards."""
        return GeoPrecision(self.value)


# A circle smaller than this tells more than its precision says.
_LEAST_RADIUS_KM = {Coarsening.DISTRICT: 8.0, Coarsening.PROVINCE: 20.0}


@dataclass(frozen=True)
class Place:
    """Where a record is, as far as it is told.

    Attributes:
        points: As (lon, lat) in degrees; none where only names are known.
        precision: How exact they are.
        radius_km: Radius of the circles that surely hold the place.
        admin1_code: GeoNames code of the province, or nothing.
        country: ISO 3166-1 alpha-2 code, or nothing.
        other_countries: Further countries in which points may lie.
    """

    points: tuple[LonLat, ...] = ()
    precision: GeoPrecision = GeoPrecision.UNKNOWN
    radius_km: float | None = None
    admin1_code: str = ""
    country: str = ""
    other_countries: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Cell:
    """A cell of the fixed grid: half a degree high, about as wide in kilometres everywhere.

    Attributes:
        row: Counted from the South Pole.
        column: Counted from 180° W.
    """

    row: int
    column: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north edges in degrees."""
        width = 360 / _columns(self.row)
        west, south = self.column * width - 180, self.row * _CELL_DEGREES - 90
        return west, south, west + width, south + _CELL_DEGREES

    @property
    def centre(self) -> LonLat:
        """The middle as (lon, lat)."""
        west, south, east, north = self.bounds
        return round((west + east) / 2, 4), round((south + north) / 2, 4)

    @property
    def radius_km(self) -> float:
        """How far the farthest corner is from the centre: half the diagonal, some 39 km."""
        west, south, east, north = self.bounds
        corners = [(west, south), (east, south), (east, north), (west, north)]
        return _farthest_km(self.centre, np.array(corners))


def _columns(row: int) -> int:
    """Return how many cells a row has, so that none is much wider than high."""
    middle = math.radians((row + 0.5) * _CELL_DEGREES - 90)
    return max(1, round(360 / _CELL_DEGREES * math.cos(middle)))


def cell_at(lon: float, lat: float) -> Cell:
    """Return the cell that a point lies in.

    Example:
        >>> cell_at(69.1723, 34.5281).centre
        (69.0203, 34.75)
    """
    row = min(int((lat + 90) / _CELL_DEGREES), _ROWS - 1)
    columns = _columns(row)
    return Cell(row, min(int((lon + 180) / 360 * columns), columns - 1))


def round_place(place: Place, level: Coarsening) -> Place:
    """Return a place that is told no more exactly than to a district or province.

    - Already as coarse: stays, as far as its radius and province are not smaller than that.
    - District: the centres of the grid's cells, with a radius that covers cell and former circle.
      The province is told only where the cell has enough of each province of the country.
    - Province, also where a cell holds too little of the country: the province's middle, with a
      radius that covers it.
    - No such province, or a tiny one: the country alone.

    Args:
        place: Where the record is.
        level: How far to round.

    Example:
        >>> kabul = Place(((69.17, 34.53),), GeoPrecision.SETTLEMENT, 20, "AF.13", "AF")
        >>> rounded = round_place(kabul, Coarsening.DISTRICT)
        >>> rounded.points, rounded.radius_km, rounded.admin1_code
        (((69.0203, 34.75),), 75, '')
        >>> round_place(Place(), Coarsening.DISTRICT)
        Place(points=(), precision=<GeoPrecision.UNKNOWN: 'unknown'>, radius_km=None, \
admin1_code='', country='', other_countries=())
    """
    if is_as_coarse(place, level):
        radius_km = place.radius_km if place.points else None
        return replace(place, radius_km=radius_km, admin1_code=_wide(place.admin1_code))
    if not place.points:
        return _by_name(place)
    rounded = _to_cells(place) if level is Coarsening.DISTRICT else None
    return rounded or _to_provinces(place) or _to_country(place)


def is_as_coarse(place: Place, level: Coarsening) -> bool:
    """Return whether a place is told no more exactly than to a level already."""
    if _rank(place.precision) < level.precision.rank:
        return False
    return not place.points or (place.radius_km or 0) >= _LEAST_RADIUS_KM[level]


def _rank(precision: GeoPrecision) -> int:
    """Return how exact a place may be: where nobody says, it may be a doorstep."""
    return -1 if precision is GeoPrecision.NOT_STATED else precision.rank


def coarser(one: GeoPrecision, other: GeoPrecision) -> GeoPrecision:
    """Return what tells less of two; what does not say how exact it is may tell all.

    Example:
        >>> str(coarser(GeoPrecision.NOT_STATED, GeoPrecision.DISTRICT))
        'district'
    """
    return max(one, other, key=_rank)


def _by_name(place: Place) -> Place:
    code = _wide(place.admin1_code)
    if not code:
        return _to_country(place)
    return replace(place, precision=GeoPrecision.PROVINCE, radius_km=None, admin1_code=code)


def _to_country(place: Place) -> Place:
    precision = GeoPrecision.COUNTRY if place.country else GeoPrecision.UNKNOWN
    return replace(place, points=(), precision=precision, radius_km=None, admin1_code="")


def _to_cells(place: Place) -> Place | None:
    cells = sorted({cell_at(lon, lat) for lon, lat in place.points})
    if not all(_is_open(cell, place.country) for cell in cells):
        return None
    is_told = all(_is_province_told(cell, place) for cell in cells)
    radius_km = max(cell.radius_km for cell in cells) + (place.radius_km or 0)
    return replace(
        place,
        points=tuple(cell.centre for cell in cells),
        precision=coarser(place.precision, GeoPrecision.DISTRICT),
        radius_km=min(math.ceil(radius_km / _RADIUS_STEP_KM) * _RADIUS_STEP_KM, _LONGEST_KM),
        admin1_code=place.admin1_code if is_told else "",
    )


def _is_open(cell: Cell, country: str) -> bool:
    """Return whether a cell has no land of a country at all, as at sea, or enough of it."""
    land = sum(km2 for code, km2 in _shares(cell).items() if not country or _is_in(code, country))
    return land == 0 or land >= LEAST_LAND_KM2


def _is_province_told(cell: Cell, place: Place) -> bool:
    # Were only the small shares kept back, whatever is kept back would be in one of them.
    shares = {
        code: km2
        for code, km2 in _shares(cell).items()
        if not place.country or _is_in(code, place.country)
    }
    return place.admin1_code in shares and min(shares.values()) >= LEAST_LAND_KM2


def _is_in(code: str, country: str) -> bool:
    return provinces()[code].country == country


@lru_cache(maxsize=65_536)
def _shares(cell: Cell) -> Mapping[str, float]:
    """Return how much land each province has in a cell, in square kilometres."""
    west, south, east, north = cell.bounds
    known, tree = _provinces_by_place()
    outline = shapely.box(west, south, east, north)
    found = {}
    for index in tree.query(outline, predicate="intersects"):
        km2 = _area_km2(known[index].geometry.intersection(outline))
        if km2 > _TRACE_KM2:
            found[known[index].code] = km2
    return MappingProxyType(found)


def _to_provinces(place: Place) -> Place | None:
    codes = {_province_at(lon, lat, place) for lon, lat in place.points}
    circles = [_circle(code) for code in codes if code and _wide(code)]
    if len(circles) < len(codes):
        return None
    return replace(
        place,
        points=tuple(sorted(point for point, _ in circles)),
        precision=coarser(place.precision, GeoPrecision.PROVINCE),
        radius_km=max(radius_km for _, radius_km in circles),
        admin1_code=str(codes.pop()) if len(codes) == 1 else "",
    )


def _province_at(lon: float, lat: float, place: Place) -> str | None:
    """Return the code of the province of a point, or nothing where none can be told.

    What a record states wins: the outlines are simplified, so that Manhattan lies outside New
    York's and nearer to New Jersey's. A record that contradicts itself is told with no province.
    Of several points only those near the stated province are meant by it. Where none is stated,
    the nearest town's province decides between those that are near, and else the outlines.
    """
    about = _touched(_surroundings(lon, lat, _OUTLINE_TOLERANCE_KM))
    if place.admin1_code in about:
        return place.admin1_code
    if place.admin1_code in provinces() and len(place.points) == 1:
        return None
    countries = {code for code in (place.country, *place.other_countries) if code}
    about = {one for one in about if not countries or provinces()[one].country in countries}
    town = nearest_province(lon, lat, within_km=_BORDER_TOLERANCE_KM)
    if town in about:
        return town
    near = about & _touched(_surroundings(lon, lat, _BORDER_TOLERANCE_KM))
    point = shapely.Point(lon, lat)
    away = {one: provinces()[one].geometry.distance(point) for one in near}
    return min(sorted(away), key=away.__getitem__, default=None)


def _touched(outline: Polygon) -> set[str]:
    """Return the codes of the provinces that an outline touches."""
    known, tree = _provinces_by_place()
    return {known[index].code for index in tree.query(outline, predicate="intersects")}


def _surroundings(lon: float, lat: float, reach_km: float) -> Polygon:
    """Return a box around a point whose corners are so far away."""
    high = reach_km / math.sqrt(2) / _DEGREE_KM
    wide = high / max(math.cos(math.radians(lat)), 0.01)
    return shapely.box(lon - wide, lat - high, lon + wide, lat + high)


@cache
def _provinces_by_place() -> tuple[list[Province], STRtree]:
    known = list(provinces().values())
    return known, STRtree([one.geometry for one in known])


@cache
def _circle(code: str) -> tuple[LonLat, float]:
    """Return the middle of a province and the radius that covers it and its border.

    The middle is that of the smallest circle on a local plane, as the gazetteer's is, so that what
    was rounded stands where records stand that never were known better.
    """
    positions = shapely.get_coordinates(provinces()[code].geometry)
    lons, lats = positions.T
    if np.ptp(lons) > _HALF_TURN:
        lons = np.where(lons < 0, lons + 2 * _HALF_TURN, lons)
    shrink = math.cos(math.radians((lats.min() + lats.max()) / 2))
    plane = shapely.MultiPoint(np.column_stack([lons * shrink, lats]))
    middle = shapely.minimum_bounding_circle(plane).centroid
    lon = (middle.x / shrink + _HALF_TURN) % (2 * _HALF_TURN) - _HALF_TURN
    centre = (round(lon, 4), round(middle.y, 4))
    farthest_km = _farthest_km(centre, positions)
    return centre, float(math.ceil(farthest_km + _BORDER_TOLERANCE_KM))


def _wide(code: str) -> str:
    """Return a province's code, or nothing where it is unknown or smaller than a district."""
    known = provinces().get(code)
    return code if known and _land_km2(code) >= LEAST_LAND_KM2 else ""


@cache
def _land_km2(code: str) -> float:
    return _area_km2(provinces()[code].geometry)


def _area_km2(outline: BaseGeometry) -> float:
    """Return an area, good to a few per cent for what is no larger than a province."""
    if outline.is_empty:
        return 0.0
    return float(outline.area * _DEGREE_KM**2 * math.cos(math.radians(outline.centroid.y)))


def _farthest_km(centre: LonLat, positions: NDArray[np.float64]) -> float:
    return float(distances_km(centre, positions).max())
