from __future__ import annotations

import shapely

from mapview.briefing.figure.map.obstacles import Obstacles
from mapview.briefing.figure.paper.rect import Rect


def test_a_box_is_free_where_nothing_is_taken() -> None:
    obstacles = Obstacles(Rect(0, 0, 100, 100))
    obstacles.add(Rect(10, 10, 20, 20))
    obstacles.add_symbol(Rect(40, 40, 44, 44))
    obstacles.add_label(Rect(60, 60, 70, 64), ((60, 62), (50, 62)))
    taken = [Rect(15, 15, 30, 30), Rect(43, 43, 50, 50), Rect(52, 60, 55, 70), Rect(95, 0, 105, 5)]
    assert not any(obstacles.is_free(box) for box in taken)
    assert obstacles.first_free([*taken, Rect(80, 80, 90, 90)]) == Rect(80, 80, 90, 90)
    assert obstacles.first_free(taken) is None


def test_a_copy_grows_apart() -> None:
    first = Obstacles(Rect(0, 0, 100, 100))
    second = first.copy()
    second.add(Rect(10, 10, 20, 20))
    second.add_symbol(Rect(40, 40, 44, 44))
    assert first.is_free(Rect(12, 12, 14, 14))
    assert (len(first.boxes), len(first.symbols)) == (0, 0)


def test_the_inside_of_an_outline_is_free() -> None:
    obstacles = Obstacles(Rect(0, 0, 100, 100))
    obstacles.add_outline(shapely.box(10, 10, 50, 50))
    assert obstacles.is_free(Rect(20, 20, 30, 30))
    assert not obstacles.is_free(Rect(5, 20, 15, 30))


def test_what_explains_a_map_covers_no_shaded_place_where_another_is_free() -> None:
    obstacles = Obstacles(Rect(0, 0, 100, 100))
    obstacles.shaded.append(shapely.box(0, 0, 40, 40))
    on_it, beside, outside = Rect(5, 5, 20, 20), Rect(60, 60, 80, 80), Rect(90, 90, 110, 110)
    assert obstacles.first_clear((on_it, beside)) == beside
    assert obstacles.first_clear((on_it, outside)) == on_it
    assert obstacles.first_clear((outside,)) is None
    assert obstacles.copy().first_clear((on_it, beside)) == beside
