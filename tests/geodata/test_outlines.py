"""Tests of outlines: two finite coordinates within the globe, whatever a file says."""

from __future__ import annotations

import math

import pytest

from geodata.outlines import plain_outline

SQUARE = [[69, 34], [70, 34], [70, 35], [69, 34]]


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf, 1e300, 10**400, 180.1, -181])
@pytest.mark.parametrize("kind", ["Point", "Polygon", "MultiPolygon"])
@pytest.mark.parametrize("axis", [0, 1])
def test_no_coordinate_lies_off_the_globe(wrong, kind, axis):
    position = [69, 34]
    position[axis] = wrong
    ring = [SQUARE[0], position, *SQUARE[1:]]
    coordinates = {"Point": position, "Polygon": [ring], "MultiPolygon": [[SQUARE], [SQUARE, ring]]}
    with pytest.raises(ValueError, match=r"within \[-180, 180\] and \[-90, 90\] degrees, got"):
        plain_outline({"type": kind, "coordinates": coordinates[kind]})


@pytest.mark.parametrize("wrong", [True, "69", None, [69], {"lon": 69}])
def test_a_coordinate_is_a_number(wrong):
    for coordinates in ([[[wrong, 34], *SQUARE]], [[[69, wrong], *SQUARE]]):
        with pytest.raises(ValueError, match="must have coordinates of its type, got"):
            plain_outline({"type": "Polygon", "coordinates": coordinates})


def test_heights_measures_and_other_members_are_left_aside():
    ring = [[lon, lat, 1_500.0, math.nan] for lon, lat in SQUARE]
    geometry = {"type": "Polygon", "coordinates": [ring], "bbox": [1], "x": "\ud800"}
    assert plain_outline(geometry) == {"type": "Polygon", "coordinates": [SQUARE]}
    assert plain_outline({"type": "Point", "coordinates": (1, 2, 3)})["coordinates"] == [1, 2]


def test_what_is_nested_too_deeply_is_refused():
    deep: list[object] = [1, 2]
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ValueError, match="must have coordinates of its type, got"):
        plain_outline({"type": "Polygon", "coordinates": deep})
