"""Tests of distances, circles and web mercator, against cases that PROJ answered."""

from __future__ import annotations

import math

import numpy as np
import pytest
from corpora import corpus
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import lats, lons

from geodata.geodesy import (
    LAST_LATITUDE,
    WORLD_BITS,
    bounding_box,
    distance_km,
    distances_km,
    ground_circle,
    mercator_latitude,
    mercator_y,
    project,
)

SIDE = 1 << WORLD_BITS
CASES = corpus("geodesy")


def unproject(x: int, y: int) -> tuple[float, float]:
    """The inverse of web mercator (EPSG:3857), for the middle of a cell of the integer grid."""
    lon = (x + 0.5) / SIDE * 360 - 180
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (y + 0.5) / SIDE))))
    return lon, lat


@given(lons, lats)
@example(180.0, -90.0)
@example(-180.0, 90.0)
@example(0.0, 0.0)
def test_projecting_and_back_stays_within_a_grid_cell(lon, lat):
    x, y = project(lon, lat)
    assert 0 <= x < SIDE
    assert 0 <= y < SIDE
    back_lon, back_lat = unproject(x, y)
    assert back_lon == pytest.approx(lon, abs=2e-7)
    assert back_lat == pytest.approx(max(-85.0511287798066, min(85.0511287798066, lat)), abs=2e-7)


@given(st.tuples(lons, lats), st.tuples(lons, lats))
def test_east_is_right_and_north_is_up(one, other):
    (x0, y0), (x1, y1) = project(*one), project(*other)
    assert (x0 <= x1) or (one[0] > other[0])
    assert (y0 >= y1) or (one[1] > other[1])


@pytest.mark.parametrize("case", CASES["mercator"])
def test_mercator_as_proj_has_it(case):
    lat = max(-LAST_LATITUDE, min(LAST_LATITUDE, case["lat"]))
    assert mercator_y(case["lat"]) == pytest.approx(case["y"], abs=1e-11)
    assert mercator_latitude(case["y"]) == pytest.approx(lat, abs=1e-9)
    x, y = project(case["lon"], case["lat"])
    assert (x / SIDE, y / SIDE) == pytest.approx((case["x"], case["y"]), abs=1 / SIDE)


@pytest.mark.parametrize("case", CASES["circles"])
def test_circles_as_proj_has_them(case):
    at = ground_circle(case["lon"], case["lat"], case["radius_km"], 96)
    assert at[:, 1].max() == pytest.approx(case["north"], abs=1e-8)
    assert at[:, 1].min() == pytest.approx(case["south"], abs=1e-8)
    assert np.abs(at[:, 0] - case["lon"]).max() == pytest.approx(case["half_width"], abs=1e-8)


@pytest.mark.parametrize("case", CASES["distances"])
def test_distances_as_proj_has_them(case):
    assert distance_km(*case["from"], *case["to"]) == pytest.approx(case["km"], abs=1e-5)
    both = distances_km(tuple(case["from"]), np.array([case["to"], case["from"]]))
    assert both == pytest.approx([case["km"], 0], abs=1e-5)


points_to_box = st.lists(st.tuples(lons, lats), min_size=1, max_size=8)


@given(points_to_box)
@example([(180.0, 0.0), (-180.0, 0.0)])
@example([(-180.0, 0.0), (0.0, 0.0), (180.0, 0.0)])
def test_the_box_holds_all_points_and_is_the_narrowest(points):
    west, south, east, north = bounding_box(points)
    assert (south, north) == (min(lat for _, lat in points), max(lat for _, lat in points))
    width = (east - west) if west <= east else east - west + 360
    for lon, _ in points:
        assert west <= lon <= east if west <= east else (lon >= west or lon <= east)
    starts = {lon for lon, _ in points}
    narrowest = min(max((lon - start) % 360 for lon in starts) for start in starts)
    assert width <= narrowest + 1e-6


def test_no_points_have_no_box():
    assert bounding_box([]) is None
