"""Tests of circles on the globe as polygons, at 180° and at the poles too."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from shapely.affinity import translate
from strategies import lats, lons

from geodata.rings import ring

KM_A_DEGREE = math.pi * 6371.0088 / 180


@given(lons, lats, st.floats(0.1, 1_000))
@example(179.95, -16.8, 60)
@example(-180, 0, 500)
@example(30, 89.9, 60)
@example(180, -89, 300)
@example(0, 90, 1_000)
def test_a_ring_is_as_wide_as_it_says(lon, lat, radius):
    parts = ring(lon, lat, radius)
    assert parts
    for part in parts:
        assert part.is_valid
        assert part.exterior.is_ccw
        west, south, east, north = part.bounds
        assert (west >= -180, south >= -90, east <= 180, north <= 90) == (True,) * 4
        for corner in part.exterior.coords:
            away = distance_km(lon, lat, *corner)
            assert away <= radius * 1.01 + 0.01
            if abs(corner[0]) < 180 and abs(corner[1]) < 90:
                assert away == pytest.approx(radius, rel=0.02, abs=0.02)


@given(lons, lats, st.floats(10, 1_000), st.floats(0, 0.9), st.floats(0, 2 * math.pi))
def test_a_ring_holds_what_is_within_it(lon, lat, radius, share, bearing):
    east, north = ends(lon, lat, radius * share, bearing)
    assert shapely.union_all(ring(lon, lat, radius)).distance(shapely.Point(east, north)) < 1e-3


@pytest.mark.parametrize(
    ("place", "count"), [((20, 10), 1), ((180, 0), 2), ((-180, 0), 2), ((179.5, -16), 2)]
)
def test_only_what_crosses_180_degrees_is_cut(place, count):
    parts = ring(*place, 100)
    assert len(parts) == count
    assert sum(part.bounds[2] - part.bounds[0] for part in parts) < 2


@pytest.mark.parametrize("lon", [-178.5, 0, 40.25, 178.5])
@pytest.mark.parametrize(("lat", "radius"), [(0, 100), (-33, 250), (60, 5), (80, 40)])
def test_a_ring_that_is_cut_is_the_one_that_is_not(lon, lat, radius):
    away = next(one for one in (-90.0, 90.0) if abs(lon - one) > 20)
    (elsewhere,) = ring(away, lat, radius)
    moved = [translate(elsewhere, lon - away + turn) for turn in (-360, 0, 360)]
    found = shapely.union_all(ring(lon, lat, radius))
    assert sum(one.intersection(found).area for one in moved) == pytest.approx(
        elsewhere.area, rel=1e-3
    )
    assert found.area == pytest.approx(elsewhere.area, rel=1e-3)


def distance_km(lon, lat, east, north):
    """By the haversine formula, which is another than the one that makes the ring."""
    phi, psi = math.radians(lat), math.radians(north)
    half = math.sin((psi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(east - lon) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(min(1, half)))


def ends(lon, lat, km, bearing):
    """Where one comes to who goes so far."""
    angle, phi = math.radians(km / KM_A_DEGREE), math.radians(lat)
    sine = math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(bearing)
    north = math.asin(max(-1, min(1, sine)))
    turn = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(phi),
        math.cos(angle) - math.sin(phi) * sine,
    )
    return (lon + math.degrees(turn) + 180) % 360 - 180, math.degrees(north)
