"""Which rows a filter keeps is found once, and forgotten where there is no room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from geodata.queries.asked.masks import Masks
from geodata.queries.filters import Filter

PARTS = [Filter(countries=("AF",)), Filter(text="market"), Filter(start=date(2020, 1, 1))]


def masks(most_bytes: int) -> tuple[Masks, list[Filter]]:
    asked: list[Filter] = []

    def find(parts: Sequence[Filter]) -> list[np.ndarray]:
        asked.extend(parts)
        return [np.arange(800) % (PARTS.index(part) + 2) == 0 for part in parts]

    return Masks(find, most_bytes), asked


def test_parts_are_found_once_and_held_against_one_another():
    some, asked = masks(10_000)
    both = Filter(countries=("AF",), text="market")
    for _ in range(2):
        assert np.flatnonzero(some.of(both, tuple(PARTS[:2]))).tolist() == [*range(0, 800, 6)]
        assert np.flatnonzero(some.of(PARTS[1], (PARTS[1],))).tolist() == [*range(0, 800, 3)]
    assert asked == PARTS[:2]


def test_what_was_not_asked_for_lately_is_forgotten_first():
    some, asked = masks(200)  # two of a hundred bytes
    for at in (0, 1, 0, 2, 0, 1):
        some.of(PARTS[at], (PARTS[at],))
    assert asked == [PARTS[0], PARTS[1], PARTS[2], PARTS[1]]


def test_parts_that_are_not_known_are_sought_together():
    together: list[Sequence[Filter]] = []

    def find(parts: Sequence[Filter]) -> list[np.ndarray]:
        together.append(tuple(parts))
        return [np.arange(800) % (PARTS.index(part) + 2) == 0 for part in parts]

    some = Masks(find)
    some.of(PARTS[1], (PARTS[1],))
    whole = Filter(countries=("AF",), text="market", start=date(2020, 1, 1))
    assert np.flatnonzero(some.of(whole, tuple(PARTS))).tolist() == [*range(0, 800, 12)]
    assert together == [(PARTS[1],), (PARTS[0], PARTS[2])]
    assert [int(one.sum()) for one in some.each([*PARTS[::-1], PARTS[0]])] == [200, 267, 400, 400]
    assert len(together) == 2


def test_what_is_missing_of_several_filters_is_sought_once_and_nothing_of_one_that_is_kept():
    some, asked = masks(200)  # two of a hundred bytes
    both = Filter(countries=("AF",), text="market")
    some.seek({PARTS[1]: (PARTS[1],), both: (PARTS[0], PARTS[1])})
    assert asked == [PARTS[1], PARTS[0]]
    some.of(both, (PARTS[0], PARTS[1]))
    some.of(PARTS[1], (PARTS[1],))
    some.seek({both: (PARTS[0], PARTS[1])})
    assert asked == [PARTS[1], PARTS[0]]
    some.seek({PARTS[2]: (PARTS[2],)})
    assert asked == [PARTS[1], PARTS[0], PARTS[2]]
