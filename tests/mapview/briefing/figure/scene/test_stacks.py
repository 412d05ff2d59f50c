from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapview.briefing.figure.scene.places import IncidentPlace
from mapview.briefing.figure.scene.stacks import stack_symbols


def place(index: int, kind: int = 0, form: str = "point") -> IncidentPlace:
    return IncidentPlace(
        id=f"i{index}", lon=0, lat=0, kind=kind, status=0, form=form, radius_km=1, province="",
        name="", country="", date="2020", killed=0, is_certain=True,
    )  # fmt: skip


points = st.lists(st.tuples(st.floats(0, 200), st.floats(0, 100)), max_size=60)


@given(points)
def test_symbols_never_overlap_and_none_is_lost(at: list[tuple[float, float]]) -> None:
    symbols, _ = stack_symbols([(x, y, place(i)) for i, (x, y) in enumerate(at)], 1.75)
    assert sum(symbol.count for symbol in symbols) == len(at)
    for i, one in enumerate(symbols):
        for other in symbols[i + 1 :]:
            assert math.hypot(one.x - other.x, one.y - other.y) >= one.r + other.r - 0.3


def test_many_become_one_disc_a_cell() -> None:
    placed = [(i % 100 * 1.5, i // 100 * 1.7, place(i, kind=i % 10)) for i in range(5000)]
    symbols, scale = stack_symbols(placed, 1.75)
    assert 100 < len(symbols) < 400
    assert sum(symbol.count for symbol in symbols) == 5000
    assert all(symbol.r <= 4 for symbol in symbols)
    for i, one in enumerate(symbols):
        for other in symbols[i + 1 :]:
            assert math.hypot(one.x - other.x, one.y - other.y) >= one.r + other.r - 1e-6
    assert scale.disc(200) >= scale.disc(2)


def test_area_of_discs_grows_with_their_number() -> None:
    placed = [(10.0, 10.0, place(i)) for i in range(12)]
    placed += [(60.0, 10.0, place(100 + i)) for i in range(6)]
    symbols, scale = stack_symbols(placed, 1.75)
    large, small = symbols
    assert (large.count, small.count) == (12, 6)
    assert small.r > scale.least
    assert (large.r / small.r) ** 2 == pytest.approx(2)


def test_an_incident_with_two_near_places_counts_once() -> None:
    (symbol,), _ = stack_symbols([(10, 10, place(1)), (10.5, 10, place(1))], 1.75)
    assert symbol.is_single
    assert symbol.kinds == [(0, 1)]
    assert stack_symbols([], 1.75)[0] == []
