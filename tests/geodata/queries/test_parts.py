"""Tests of the parts of a filter: each one has all that a part needs."""

from __future__ import annotations

import pytest

from geodata.queries import areas, expressions
from geodata.queries.filters import FILTER_KEYS, PARTS, Filter


@pytest.mark.parametrize("name", PARTS)
def test_each_part_says_what_it_asks_of_incidents_and_of_base_areas(name):
    assert name in expressions.CONDITIONS, f"expressions.CONDITIONS must have {name!r}, or None"
    assert name in areas.CONDITIONS, f"areas.CONDITIONS must have {name!r}, or None"


def test_nothing_is_asked_by_what_is_no_part():
    for conditions in (expressions.CONDITIONS, areas.CONDITIONS):
        assert set(conditions) <= set(PARTS)


def test_parts_have_keys_and_words_of_their_own():
    assert len(set(FILTER_KEYS)) == len(PARTS)
    assert len({part.help for part in PARTS.values()}) == len(PARTS)


@pytest.mark.parametrize("name", PARTS)
def test_the_default_of_a_part_asks_for_nothing(name):
    assert Filter(**{name: PARTS[name].default}).is_empty
    assert name not in Filter().asked()


def test_only_what_somebody_made_sure_of_is_told_beside_coarsened_records():
    assert [name for name, part in PARTS.items() if not part.may_be_told] == ["text", "bounds"]
