"""What a briefing says of itself: its scope, its subject."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geodata import Filter, Store, load
from mapview.briefing.compose import compose
from mapview.briefing.content import Counts


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(load())


def test_a_period_that_the_filter_says_is_not_said_twice(store: Store) -> None:
    month = compose(store, Filter.from_query("from=2024-01&to=2024-01&areas=off"))
    assert month.subject == month.words == "All incidents, January 2024"
    assert compose(store, Filter()).subject.startswith("1990 – 2024 · All incidents")


@pytest.mark.parametrize(
    ("counts", "scope"),
    [
        (Counts(0, 0, 0, 0, 0, 0), "No incidents"),
        (
            Counts(0, 0, 0, 9, 1, 0),
            "None of the 9 incidents in the record; 1 base area, not on the map",
        ),
        (Counts(1, 1, 0, 9, 0, 0), "1 of 9 incidents in the record, on the map"),
        (Counts(1, 0, 1, 1, 0, 0), "1 incident, which could not be placed"),
        (
            Counts(2, 0, 2, 9, 2, 0),
            (
                "2 of 9 incidents in the record, none of which could be placed; 2 base areas, "
                "none of them on the map"
            ),
        ),
        (
            Counts(2, 1, 1, 2, 1, 1),
            "2 incidents: 1 on the map, 1 could not be placed; 1 base area, on the map",
        ),
        (
            Counts(5_000, 5_000, 0, 5_000, 3, 3),
            "5,000 incidents, all on the map; 3 base areas, all on the map",
        ),
        (
            Counts(9, 8, 1, 9, 3, 2),
            "9 incidents: 8 on the map, 1 could not be placed; 3 base areas, 2 of them on the map",
        ),
    ],
)
def test_scope_is_a_sentence_for_any_counts(store: Store, counts: Counts, scope: str) -> None:
    assert replace(compose(store, Filter()), counts=counts).scope == scope
