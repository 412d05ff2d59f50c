from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.places import IncidentPlace
from mapview.briefing.figure.scene.stacks import Symbol, move_off, stack_symbols


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


def test_symbols_move_off_a_box_and_its_line_and_know_their_place() -> None:
    at = [(50.0, 50.0), (56.0, 50.0), (56.0, 54.0), (62.0, 49.0)]
    symbols = [Symbol(x, y, 1.75, (place(i),), is_area=False) for i, (x, y) in enumerate(at)]
    box, line = Rect(58, 46, 80, 54), ((51.75, 50.0), (58.0, 50.0))
    moved = move_off(symbols, symbols[0], (box, line), [2.0] * 4, 1.6)
    assert moved is not None
    assert moved[0] == symbols[0]
    for one, (x, y) in zip(moved[1:], at[1:], strict=True):
        beside = max(box.left - one.x, 0, one.x - box.right)
        below = max(box.top - one.y, 0, one.y - box.bottom)
        assert math.hypot(beside, below) >= 3.5
        assert abs(one.y - 50) >= 2.2 or one.x > 58 or one.x < 51
        assert one.beside == (x, y)
    for i, one in enumerate(moved):
        for other in moved[i + 1 :]:
            assert math.hypot(one.x - other.x, one.y - other.y) >= one.r + other.r


def test_what_has_a_call_out_does_not_move_for_another() -> None:
    called = replace(place(1), says=("9 killed",))
    own = Symbol(50, 50, 1.75, (place(0),), is_area=False)
    other = Symbol(60, 50, 1.75, (called,), is_area=False)
    way = Rect(56, 46, 80, 54), ((51.75, 50.0), (56.0, 50.0))
    assert move_off([own, other], own, way, [2.0] * 2, 1.6) is None
