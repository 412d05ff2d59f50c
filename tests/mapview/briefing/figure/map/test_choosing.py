"""Who stands where: against all combinations of small cases, and the rules of giving way."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from mapview.briefing.figure.map.choosing import Spot, choose

# Of each spot its owner, cost and grade; and pairs that cannot both be taken.
Asked = tuple[list[tuple[int, float, int]], set[tuple[int, int]]]


def spots_of(asked: Asked) -> list[Spot]:
    rows, pairs = asked
    rivals = [0] * len(rows)
    for a, b in pairs:
        if rows[a][0] != rows[b][0]:
            rivals[a] |= 1 << b
            rivals[b] |= 1 << a
    return [Spot(*row, rival) for row, rival in zip(rows, rivals, strict=True)]


@st.composite
def cases(draw: st.DrawFn) -> Asked:
    rows = draw(
        st.lists(
            st.tuples(st.integers(0, 4), st.sampled_from([0.0, 1.0, 30.0]), st.integers(0, 1)),
            max_size=9,
        )
    )
    number = st.integers(0, max(0, len(rows) - 1))
    return rows, set(draw(st.lists(st.tuples(number, number), max_size=14))) if rows else set()


@given(cases())
def test_no_two_that_are_taken_are_rivals_and_each_is_its_owners(asked: Asked) -> None:
    spots = spots_of(asked)
    found = choose(spots, [1.0] * 5, [False] * 5)
    for owner, index in found.items():
        assert spots[index].owner == owner
        assert not any(spots[index].rivals >> other & 1 for other in found.values())


@given(cases())
def test_few_are_left_out_that_another_choice_would_not_leave_out(asked: Asked) -> None:
    spots = spots_of(asked)
    own = [[None, *(i for i, one in enumerate(spots) if one.owner == owner)] for owner in range(5)]
    most = 0
    for picked in product(*own):
        taken = [index for index in picked if index is not None]
        if not any(spots[a].rivals >> b & 1 for a in taken for b in taken):
            most = max(most, len(taken))
    assert len(choose(spots, [1.0] * 5, [False] * 5)) >= most - 1


def test_an_important_one_moves_others_and_is_not_dropped_for_lighter_ones() -> None:
    # The second has one spot, on which the first would stand; the third cannot stand beside it.
    rows = [(0, 0.0, 0), (0, 1.0, 0), (1, 0.0, 0), (2, 0.0, 0)]
    spots = spots_of((rows, {(0, 2), (2, 3)}))
    assert choose(spots, [9.0, 5.0, 1.0], [False] * 3) == {0: 1, 1: 2}
    # Two that weigh more together take the place of one.
    rows = [(0, 0.0, 0), (1, 0.0, 0), (2, 0.0, 0)]
    spots = spots_of((rows, {(0, 1), (0, 2)}))
    assert choose(spots, [1.0, 1.0, 1.0], [False] * 3) == {1: 1, 2: 2}
    assert choose(spots, [3.0, 1.0, 1.0], [False] * 3) == {0: 0}


def test_what_is_firm_says_no_less_for_others() -> None:
    rows = [(0, 0.0, 0), (0, 1.0, 1), (1, 0.0, 0)]
    spots = spots_of((rows, {(0, 2)}))
    assert choose(spots, [9.0, 1.0], [False, False]) == {0: 1, 1: 2}
    assert choose(spots, [9.0, 1.0], [True, False]) == {0: 0}
