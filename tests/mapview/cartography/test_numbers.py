"""Short numbers, by the cases that the browser's scripts pass too."""

from __future__ import annotations

from typing import Any

import pytest
from corpora import corpus

from geodata.tongue import speaking
from mapview.cartography.numbers import short_count, short_number, unplaced_words


@pytest.mark.parametrize("case", corpus("numbers"), ids=lambda case: str(case["n"]))
def test_short_numbers(case: dict[str, Any]) -> None:
    assert short_number(case["n"]) == case["short"]


@pytest.mark.parametrize("case", corpus("short_counts"), ids=lambda case: case["short"])
def test_short_counts(case: dict[str, Any]) -> None:
    assert short_count(case["certain"], case["possible"]) == case["short"]


@pytest.mark.parametrize("case", corpus("unplaced"), ids=lambda case: case["words"])
def test_what_is_not_placed(case: dict[str, Any]) -> None:
    assert unplaced_words(case["certain"], case["possible"]) == case["words"]


def test_counts_on_paper_have_the_digits_of_the_language() -> None:
    with speaking("fa"):
        assert (short_count(14, 19), short_count(2, 2)) == ("۱۴–۱۹", "۲")
    with speaking("ru"):
        assert short_count(14, 14) == "14"
