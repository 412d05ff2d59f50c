from __future__ import annotations

from figure_parts import FRAME, Pen, view_of

from mapview.briefing.figure.map.locator import draw_locator, place_locator
from mapview.briefing.figure.map.placement import Obstacles


def test_a_small_part_of_the_world_has_a_locator_in_a_corner() -> None:
    view, obstacles = view_of(around_km=100), Obstacles(FRAME)
    around = place_locator(view, obstacles, 1)
    assert around is not None
    assert FRAME.encloses(around.frame)
    assert obstacles.hits(around.frame)
    assert around.km_per_mm * around.frame.width > 3 * view.km_per_mm * FRAME.width
    pen = Pen()
    draw_locator(pen, around, view, 1)
    assert "AFGHANISTAN" in pen.words
    [outline] = pen.lines("alert")
    assert around.polygon.covers(outline.shape)


def test_a_wide_map_needs_none() -> None:
    assert place_locator(view_of(around_km=1_500), Obstacles(FRAME), 1) is None


def test_an_island_is_shown_with_land_that_is_known() -> None:
    around = place_locator(view_of((178.44, -18.12), around_km=100), Obstacles(FRAME), 1)
    near = place_locator(view_of(around_km=100), Obstacles(FRAME), 1)
    assert around is not None
    assert near is not None
    assert around.km_per_mm > 1.5 * near.km_per_mm


def test_where_no_corner_is_free_there_is_none() -> None:
    obstacles = Obstacles(FRAME)
    obstacles.add(FRAME)
    assert place_locator(view_of(around_km=100), obstacles, 1) is None
