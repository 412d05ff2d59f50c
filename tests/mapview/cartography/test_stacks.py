"""Stacks of symbols, by the cases that the browser's scripts pass too."""

from __future__ import annotations

import math
from typing import Any

import pytest
from corpora import corpus

from mapview.cartography.stacks import stack_places


@pytest.mark.parametrize("case", corpus("stacks"), ids=lambda case: case["name"])
def test_stacks(case: dict[str, Any]) -> None:
    rule = case["radius"]

    def radius(count: int) -> float:
        return rule["one"] if count == 1 else min(rule["most"], rule["per_root"] * math.sqrt(count))

    found = stack_places(
        [tuple(place) for place in case["places"]], case["ids"], limit=case["limit"], radius=radius
    )
    assert [
        {"x": one.x, "y": one.y, "n": one.count, "members": one.members} for one in found
    ] == case["stacks"]


def test_places_are_one_if_they_are_equal_to_some_decimals() -> None:
    places = [(1.0001, 2.0), (1.0002, 2.0), (5.0, 2.0)]
    [first, second] = stack_places(
        places, ["a", "b", "c"], limit=0.1, radius=lambda _: 0.0, decimals=3
    )
    assert (first.x, first.members, second.members) == (1.0001, [0, 1], [2])
