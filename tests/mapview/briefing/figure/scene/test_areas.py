from __future__ import annotations

import pytest
from figure_parts import KABUL, area, incident, view_of

from mapview.briefing.figure.scene.areas import drawn_areas, province_shape, rings_and_provinces

RING = {"form": "ring", "radius_km": 30}


def test_a_circle_has_its_true_size_and_a_small_one_can_be_seen() -> None:
    view = view_of()
    [large] = drawn_areas((area(radius_km=100),), view)
    assert large.width == pytest.approx(200 / view.km_per_mm, rel=0.05)
    for radius_km in (0, 0.5):
        [small] = drawn_areas((area(radius_km=radius_km),), view)
        assert small.width == pytest.approx(3, rel=0.02)
        assert not small.is_wide


def test_a_province_is_drawn_as_such() -> None:
    view = view_of()
    [one] = drawn_areas((area(province="AF.13"),), view)
    known = province_shape("AF.13", view)
    assert known is not None
    assert one.shape.equals(known)
    assert province_shape("XX.1", view) is None
    assert province_shape("", view) is None


def test_a_region_of_a_group_is_drawn_once_current_rather_than_faded() -> None:
    faded, current = area(id="a", is_faded=True), area(id="b")
    other = area(id="c", group="h")
    found = drawn_areas((faded, current, other), view_of())
    assert sorted(one.area.id for one in found) == ["b", "c"]


def test_small_places_do_not_cover_each_other() -> None:
    near = [area((KABUL[0] + i * 0.001, KABUL[1]), id=f"i{i}", radius_km=1) for i in range(5)]
    far = area((KABUL[0] + 1, KABUL[1]), id="far", radius_km=1)
    found = drawn_areas((*near, far), view_of())
    assert sorted(one.area.id for one in found) == ["far", "i0"]


def test_the_widest_come_first_and_what_is_outside_is_left_out() -> None:
    wide, small, outside = area(radius_km=120), area(id="s"), area((2.35, 48.86), id="o")
    found = drawn_areas((small, wide, outside), view_of())
    assert [one.area.id for one in found] == ["area", "s"]
    assert [one.is_wide for one in found] == [True, False]


def test_places_of_one_ring_have_it_drawn_once() -> None:
    places = [incident(id=f"i{i}", **RING) for i in range(5)]
    rings, shaded = rings_and_provinces(places, view_of())
    assert (len(rings), shaded) == (1, [])


def test_rings_of_other_places_and_radii_are_others() -> None:
    beside = (KABUL[0] + 0.5, KABUL[1])
    places = [incident(**RING), incident(beside, **RING), incident(form="ring", radius_km=31)]
    assert len(rings_and_provinces(places, view_of())[0]) == 3


def test_what_is_known_exactly_has_neither() -> None:
    assert rings_and_provinces([incident(radius_km=30)], view_of()) == ([], [])


def test_a_province_is_shaded_once_and_has_no_ring() -> None:
    places = [incident(id=f"i{i}", form="province", province="AF.13") for i in range(3)]
    rings, shaded = rings_and_provinces(places, view_of())
    assert (rings, len(shaded)) == ([], 1)


def test_an_unknown_province_is_a_ring_around_its_place() -> None:
    places = [incident(form="province", province="XX.9", radius_km=80)]
    rings, shaded = rings_and_provinces(places, view_of())
    assert (len(rings), shaded) == (1, [])


def test_a_ring_that_bounds_nothing_is_told_from_one_that_does() -> None:
    places = [incident(form=form, radius_km=15) for form in ("ring", "assumed", "point")]
    rings, _ = rings_and_provinces(places, view_of())
    assert [is_open for _, is_open in rings] == [False, True]


def test_rings_are_cut_at_the_frame_and_one_without_radius_is_none() -> None:
    view = view_of()
    [(ring, is_open)], _ = rings_and_provinces([incident(form="ring", radius_km=900)], view)
    assert not is_open
    assert view.polygon.buffer(1e-6).covers(ring)
    assert rings_and_provinces([incident(form="ring", radius_km=0)], view) == ([], [])
