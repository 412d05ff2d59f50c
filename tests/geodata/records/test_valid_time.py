"""Tests of when a base area holds, by cases that the page's scripts pass too."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from corpora import corpus, records_of
from hypothesis import given
from hypothesis import strategies as st
from strategies import base_areas

from geodata import datasets
from geodata.records.collection import Records
from geodata.records.dates import LAST_DAY, Reach, Validity, parse_date
from geodata.records.model import BaseArea
from geodata.records.valid_time import validity

CASES = corpus("validity")


def days(ends: list[str | None] | None) -> Reach | None:
    if ends is None:
        return None
    first, last = (date.fromisoformat(one) if one else LAST_DAY for one in ends)
    return Reach(first, last, is_open=ends[1] is None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_days_follow_from_what_is_said(case: dict[str, Any]) -> None:
    records = records_of(case)
    wanted = Validity(days(case["possible"]), days(case["certain"]))
    assert validity(records.base_areas[0], records) == wanted


@given(base_areas(), st.dates(), st.integers(0, 4_000))
def test_what_is_certain_in_a_period_is_possible_in_it(
    area: BaseArea, start: date, length: int
) -> None:
    end = start + timedelta(min(length, (LAST_DAY - start).days))
    found = validity(area, Records(base_areas=(area,)))
    if found.certain and found.certain.meets(start, end):
        assert found.possible
        assert found.possible.meets(start, end)


@given(base_areas(), st.dates())
def test_each_day_is_in_one_part_at_most_as_its_period_says(area: BaseArea, day: date) -> None:
    found = validity(area, Records(base_areas=(area,)))
    parts = [certain for days, certain in found.by_day() if days.first <= day <= days.last]
    may_be = bool(found.possible and found.possible.meets(day, day))
    assert parts == ([bool(found.certain and found.certain.meets(day, day))] if may_be else [])


@given(base_areas())
def test_no_day_lies_outside_what_is_stated(area: BaseArea) -> None:
    found = validity(area, Records(base_areas=(area,)))
    if found.possible and area.valid_from:
        assert found.possible.first >= parse_date(area.valid_from).start
    if found.possible and area.valid_to:
        assert found.possible.last <= parse_date(area.valid_to).end
    assert found.certain is None or area.valid_from


def test_no_shipped_area_begins_before_its_group() -> None:
    records = datasets.load()
    founded = {"iskp": date(2014, 11, 1), "tkp": date(2014, 7, 15), "hts": date(2012, 7, 14)}
    for area in records.base_areas:
        possible = validity(area, records).possible
        assert possible, area.id
        assert possible.first >= founded.get(area.group, date(1988, 1, 1)), area.id
