from __future__ import annotations

from typing import Any

import pytest
import shapely
from figure_parts import FRAME, Pen, view_of

from mapview.briefing.figure.map import locator
from mapview.briefing.figure.map.locator import draw_locator, place_locator
from mapview.briefing.figure.map.names import GroundName
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


def test_it_leaves_a_shaded_province_free_and_names_are_read_over_its_outline() -> None:
    view, obstacles = view_of(around_km=100), Obstacles(FRAME)
    first = place_locator(view, Obstacles(FRAME), 1)
    assert first is not None
    obstacles.shaded.append(shapely.box(*first.frame))
    around = place_locator(view, obstacles, 1)
    assert around is not None
    assert not around.frame.overlaps(first.frame)
    order: list[str] = []

    class Ordered(Pen):
        def shape(self, *args: Any, **how: Any) -> None:
            order.append(str(how.get("line")))
            super().shape(*args, **how)

        def text(self, *args: Any, **how: Any) -> None:
            order.append("name")
            super().text(*args, **how)

    draw_locator(Ordered(), around, view, 1)
    assert order.index("alert") < order.index("name")


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


@pytest.mark.parametrize("at", [(57.08, 30.28), (69.2, 34.5), (53.7, 32.4)])
def test_the_outline_of_the_map_crosses_no_name(
    at: tuple[float, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    view = view_of(at, around_km=320)
    around = place_locator(view, Obstacles(FRAME), 1)
    assert around is not None
    named: list[GroundName] = []
    monkeypatch.setattr(locator, "draw_names", lambda _, found: named.extend(found))
    pen = Pen()
    draw_locator(pen, around, view, 1)
    [outline] = pen.lines("alert")
    assert named
    for one in named:
        assert not shapely.box(*one.box).intersects(outline.shape.boundary), one.text
