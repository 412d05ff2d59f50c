"""The land of a country gives each of many places the distance that it gave to one alone."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from geodata import geodesy
from geodata.places import land
from geodata.places.boundaries import countries, distances_km
from geodata.places.land import Land

Place = tuple[float, float]

# One piece, islands on both sides of 180°, a pole, holes, and the longest outline of all.
COUNTRIES = ("AF", "FJ", "AQ", "UZ", "RU", "ZA", "US")


def alone(lon: float, lat: float, geometry: BaseGeometry) -> float:
    """Measure to the whole outline, stretched anew, in each copy of the world."""
    if geometry.covers(Point(lon, lat)):
        return 0.0
    return min(_alone(lon + turn, lat, geometry) for turn in (-360, 0, 360))


def _alone(lon: float, lat: float, geometry: BaseGeometry) -> float:
    stretch = max(math.cos(math.radians(lat)), 0.01)
    flat = scale(geometry, xfact=stretch, yfact=1.0, origin=(0.0, 0.0))
    nearest = nearest_points(flat, Point(lon * stretch, lat))[0]
    return geodesy.distance_km(lon, lat, nearest.x / stretch, nearest.y)


def agrees(places: list[Place], geometry: BaseGeometry) -> None:
    assert Land(geometry).distances_km(places) == [alone(*one, geometry) for one in places]


def corners(code: str) -> list[Place]:
    """Return the corners of a country, which lie on its edge."""
    found = shapely.get_coordinates(countries()[code].geometry)
    return [(lon, lat) for lon, lat in found.tolist()]


@given(data=st.data(), code=st.sampled_from(COUNTRIES))
def test_places_anywhere_are_as_far_as_one_alone(data: st.DataObject, code: str) -> None:
    anywhere = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
    near = st.tuples(
        st.sampled_from(corners(code)), st.floats(-0.5, 0.5), st.floats(-0.5, 0.5)
    ).map(lambda one: (_within(one[0][0] + one[1], 180), _within(one[0][1] + one[2], 90)))
    places = data.draw(st.lists(anywhere | near, max_size=6))
    agrees(places, countries()[code].geometry)


def _within(value: float, most: float) -> float:
    return max(-most, min(most, value))


@pytest.mark.parametrize("code", COUNTRIES)
def test_the_edge_the_poles_and_the_antimeridian_are_as_far_as_one_alone(code: str) -> None:
    ends = [(lon, lat) for lon in (-180.0, 0.0, 180.0) for lat in (-90.0, -89.9, 0.0, 90.0)]
    agrees([*ends, *corners(code)[::97]], countries()[code].geometry)


def test_a_place_in_a_hole_is_outside() -> None:
    hollow = Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(2, 2), (8, 2), (8, 8), (2, 8)]])
    places = [(5.0, 7.0), (1.0, 1.0), (12.0, 5.0)]
    agrees(places, hollow)
    assert Land(hollow).distances_km(places)[1] == 0.0
    assert Land(hollow).distances_km(places)[0] == pytest.approx(111.2, abs=0.5)


def test_many_are_looked_at_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [(float(lon), lat) for lon in range(-180, 180, 40) for lat in (-45.0, 12.0, 71.0)]
    whole = distances_km(places, "UZ")
    monkeypatch.setattr(land, "_MOST_BOXES", 1)
    assert distances_km(places, "UZ") == whole
    assert all(whole)
    assert distances_km([], "UZ") == []
