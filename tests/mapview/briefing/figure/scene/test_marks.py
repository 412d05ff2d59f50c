from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapview.briefing.figure.scene.marks import build_marks
from mapview.briefing.figure.scene.spots import Spot


def spot(index: int, kind: int = 0, form: str = "point") -> Spot:
    return Spot(
        id=f"i{index}", lon=0, lat=0, kind=kind, status=0, form=form, radius_km=1, province="",
        place="", country="", start=2020, end=2020, when="2020", toll=0,
    )  # fmt: skip


points = st.lists(st.tuples(st.floats(0, 200), st.floats(0, 100)), max_size=60)


@given(points)
def test_symbols_never_overlap_and_none_is_lost(at: list[tuple[float, float]]) -> None:
    marks, _ = build_marks([(x, y, spot(i)) for i, (x, y) in enumerate(at)], 1.75)
    assert sum(mark.count for mark in marks) == len(at)
    for i, one in enumerate(marks):
        for other in marks[i + 1 :]:
            assert math.hypot(one.x - other.x, one.y - other.y) >= one.r + other.r - 0.3


def test_many_become_one_disc_a_cell() -> None:
    placed = [(i % 100 * 1.5, i // 100 * 1.7, spot(i, kind=i % 10)) for i in range(5000)]
    marks, scale = build_marks(placed, 1.75)
    assert 100 < len(marks) < 400
    assert sum(mark.count for mark in marks) == 5000
    assert all(mark.r <= 4 for mark in marks)
    for i, one in enumerate(marks):
        for other in marks[i + 1 :]:
            assert math.hypot(one.x - other.x, one.y - other.y) >= one.r + other.r - 1e-6
    assert scale.disc(200) >= scale.disc(2)


def test_area_of_discs_grows_with_their_number() -> None:
    placed = [(10.0, 10.0, spot(i)) for i in range(12)]
    placed += [(60.0, 10.0, spot(100 + i)) for i in range(6)]
    marks, scale = build_marks(placed, 1.75)
    large, small = marks
    assert (large.count, small.count) == (12, 6)
    assert small.r > scale.least
    assert (large.r / small.r) ** 2 == pytest.approx(2)


def test_an_incident_with_two_near_places_counts_once() -> None:
    (mark,), _ = build_marks([(10, 10, spot(1)), (10.5, 10, spot(1))], 1.75)
    assert mark.is_single
    assert mark.kinds == [(0, 1)]
    assert build_marks([], 1.75)[0] == []
