from __future__ import annotations

import math

import pytest
from figure_parts import FRAME, KABUL, incident, view_of

from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.projection import fit_view


def test_paper_and_ground_are_each_others_inverse() -> None:
    view = view_of()
    assert view.ground(*view.point(*KABUL)) == pytest.approx(KABUL)
    assert view.point(*KABUL) == pytest.approx(FRAME.middle, abs=1)


def test_a_symbol_at_the_very_edge_is_outside() -> None:
    view = view_of()
    inner, edge = (view.ground(FRAME.left + away, 80) for away in (2, 1))
    held = view.holding([incident(inner, id="in"), incident(edge, id="edge")])
    assert [one.id for _, _, one in held] == ["in"]
    assert held[0][0] == pytest.approx(FRAME.left + 2)
    assert view.holding([]) == []


def test_a_frame_lies_where_it_does_on_another_map() -> None:
    main, inset = view_of(around_km=500), view_of(around_km=100)
    outline = main.outline_of(inset)
    share = main.km_per_mm / inset.km_per_mm
    assert outline.area == pytest.approx(FRAME.width * FRAME.height / share**2, rel=0.05)
    assert outline.centroid.distance(main.polygon.centroid) < 1


def test_a_torn_ring_is_none() -> None:
    world = fit_view([(-118, 34, 0), (20, 59, 0), (139, 35, 0)], FRAME)
    beside = world.lon_0 + 179.5
    assert world.ring(beside, 0, 400).is_empty
    assert not world.ring(world.lon_0, 0, 400).is_empty


def test_a_ring_without_a_radius_is_a_point() -> None:
    assert view_of().ring(*KABUL, 0).area == pytest.approx(0, abs=1e-9)


def test_zoom_is_that_of_the_screen_at_the_same_scale() -> None:
    far, near = view_of(around_km=800), view_of(around_km=400)
    assert near.zoom - far.zoom == pytest.approx(1, abs=0.02)
    px = 256 * 2**near.zoom / (2 * math.pi * 6371.0088 * math.cos(math.radians(KABUL[1])))
    assert near.km_per_mm * 25.4 / 96 == pytest.approx(1 / px, rel=1e-3)


def test_the_window_reaches_round_the_pole() -> None:
    west, south, east, north = fit_view([(0, 88, 300)], Rect(0, 0, 100, 100)).window
    assert (east - west, north) == (360, 90)
    assert south < 85


def test_north_is_down_beyond_the_pole() -> None:
    view = fit_view([(15, 78, 100), (100, 80, 10), (-60, 82, 10)], FRAME)
    for lat in (85, 89.5):
        assert abs(view.north_at(*view.point(view.lon_0, lat))) < 1
        beyond = view.north_at(*view.point(view.lon_0 + 180, lat))
        assert beyond % 360 == pytest.approx(180, abs=1)
