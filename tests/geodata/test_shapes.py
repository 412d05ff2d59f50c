"""Circles and polygons as parts of a filter; what lies in them is in the corpus of filters."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import shapes

from geodata.errors import FilterError
from geodata.geodesy import ground_circle
from geodata.shapes import Shape, copies, parse_shape, settle_shape, unit


@given(shapes)
def test_a_shape_has_one_text(shape: Shape) -> None:
    settled = settle_shape("within", shape)
    assert parse_shape("within", str(settled)) == settled
    assert parse_shape("within", f" {settled} ") == settled


@pytest.mark.parametrize(
    "text", ["", "circle:1,2", "circle:1,2,3,4", "box:1,2,3,4", "circle:٣,2,1"]
)
def test_what_is_no_shape_is_refused(text: str) -> None:
    with pytest.raises(FilterError, match="within must be circle:lon,lat,km or polygon:"):
        parse_shape("within", text)


@pytest.mark.parametrize(("lon", "lat", "km"), [(69, 34, 100), (0, 80, 900), (179, 10, 500)])
def test_the_box_holds_the_circle(lon: float, lat: float, km: float) -> None:
    west, south, east, north = Shape(((lon, lat),), km).box
    east += 360 if east < west else 0
    ring = ground_circle(lon, lat, km)
    assert ring[:, 1].min() >= south - 1e-6
    assert ring[:, 1].max() <= north + 1e-6
    if east - west < 360:
        lons = [one if one >= west else one + 360 for one in ring[:, 0]]
        assert max(lons) <= east + 1e-6


def test_places_are_looked_for_on_both_sides_of_the_edge_of_the_world() -> None:
    def of(*lons: float) -> list[int]:
        return copies([unit(lon, 0) for lon in lons])

    assert of(0, 10, 20) == [0]
    assert of(170, 190, 190) == [0, 1]
    assert of(-175, -170, -172) == [-1, 0]
