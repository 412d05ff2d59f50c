from __future__ import annotations

from figure_parts import KABUL, Pen, incident, view_of

from mapview.briefing.figure.map.precision import draw_precision, rings_and_provinces

RING = {"form": "ring", "radius_km": 30}


def test_places_of_one_ring_have_it_drawn_once() -> None:
    places = [incident(id=f"i{i}", **RING) for i in range(5)]
    rings, shaded = rings_and_provinces(places, view_of())
    assert (len(rings), shaded) == (1, [])
    pen = Pen()
    draw_precision(pen, view_of(), places)
    assert len(pen.lines("ring")) == 1


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
    pen = Pen()
    draw_precision(pen, view_of(), places)
    assert [one.how["fill"] for one in pen.drawn if one.how.get("fill")] == ["tint"]


def test_an_unknown_province_is_a_ring_around_its_place() -> None:
    places = [incident(form="province", province="XX.9", radius_km=80)]
    rings, shaded = rings_and_provinces(places, view_of())
    assert (len(rings), shaded) == (1, [])


def test_rings_are_cut_at_the_frame_and_one_without_radius_is_none() -> None:
    view = view_of()
    [ring], _ = rings_and_provinces([incident(form="ring", radius_km=900)], view)
    assert view.polygon.buffer(1e-6).covers(ring)
    assert rings_and_provinces([incident(form="ring", radius_km=0)], view) == ([], [])
