"""Which part of the world holds what was found: around the date line, near and far."""

from __future__ import annotations

import pytest
from fixed_records import base_area, incident

from geodata import Filter, Records, Store
from geodata.queries.extents import Extent, extent_of

KABUL = (69.2, 34.5)


def spots(*places: tuple[float, float]) -> list[tuple[tuple[float, float, float, float], int]]:
    return [((lon, lat, lon, lat), 1) for lon, lat in places]


def test_nothing_has_no_extent() -> None:
    assert extent_of([]) is None


def test_one_place_is_its_own_extent() -> None:
    assert extent_of(spots(KABUL)) == Extent((*KABUL, *KABUL), (*KABUL, *KABUL))


def test_what_lies_together_is_near_as_a_whole() -> None:
    extent = extent_of(spots((60, 30), (70, 36)))
    assert extent == Extent((60, 30, 70, 36), (60, 30, 70, 36))


def test_few_far_places_lie_outside_at_first_and_are_taken_in_step_by_step() -> None:
    extent = extent_of(spots(*[(60 + n, 30 + n / 4) for n in range(18)], (37, 56), (-74, 41)))
    assert extent is not None
    assert extent.near == (60, 30, 77, 34.25)
    assert extent.between == ((37, 30, 77, 56),)
    assert extent.whole == (-74, 30, 77, 56)


@pytest.mark.parametrize(
    ("places", "whole"),
    [
        ([(179, -17), (-179, -16)], (179, -17, -179, -16)),
        ([(170, 60), (-170, 65), (-150, 61)], (170, 60, -150, 65)),
        ([(-100, 0), (100, 0), (0, 0)], (-100, 0, 100, 0)),
    ],
)
def test_bounds_go_the_short_way_around_the_world(
    places: list[tuple[float, float]], whole: tuple[float, ...]
) -> None:
    extent = extent_of(spots(*places))
    assert extent is not None
    assert extent.whole == whole


def test_base_areas_stand_in_where_no_incident_is_drawn() -> None:
    store = Store.of(
        Records(incidents=(incident("a"),), base_areas=(base_area(), base_area("b", geometry=None)))
    )
    assert store.extent(Filter()) == Extent((70.7, 34.1, 70.7, 34.1), (70.7, 34.1, 70.7, 34.1))
    assert store.extent(Filter(base_areas=False)) is None
