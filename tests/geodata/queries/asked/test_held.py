"""Columns in memory answer as an engine does that is asked each time."""

from __future__ import annotations

from datetime import date

import pytest
from plain_loop import random_records

from geodata.geodesy import WORLD_BITS, MercatorBox
from geodata.queries import expressions
from geodata.queries.asked import HeldQuestions, Questions
from geodata.queries.engine import duckdb_engine
from geodata.queries.expressions import FACETS
from geodata.queries.filters import DateMatch, Filter
from geodata.queries.table import to_table

RECORDS = random_records(240)
ENGINE = duckdb_engine(to_table(RECORDS))
ASKED = Questions(ENGINE, RECORDS.resolve_groups)
HELD = HeldQuestions(ENGINE, ASKED.kept, ASKED.keys(), is_timed=bool(ASKED.at_times))
CHOSEN = (
    Filter(),
    Filter(countries=("AF", "UZ")),
    Filter(start=date(2018, 1, 1), end=date(2019, 6, 30)),
    Filter(start=date(2018, 1, 1), date_match=DateMatch.CERTAIN, text="kunduz"),
    Filter(groups=("iskp",), bounds=(-60, -40, 90, 60)),
    Filter(text="nothing has this word"),
)
SIDE = 2**WORLD_BITS - 1
QUARTER = MercatorBox(SIDE // 2, 0, SIDE, SIDE // 2)


@pytest.mark.parametrize("chosen", CHOSEN, ids=Filter.to_query)
def test_counts_are_the_same(chosen):
    assert HELD.totals(chosen) == ASKED.totals(chosen)
    months = ("first_month", "last_month")
    sets = [
        *(one.columns for one in FACETS.values()),
        months,
        (*months, "found_at_times", "throughout"),
    ]
    assert HELD.counted(chosen, sets) == ASKED.counted(chosen, sets)


def test_a_view_asks_the_engine_once_which_rows_a_new_filter_keeps(monkeypatch):
    asked, engine = [], duckdb_engine(to_table(RECORDS))
    questions = Questions(engine, RECORDS.resolve_groups)
    held = HeldQuestions(engine, questions.kept, questions.keys(), is_timed=False)
    chosen = Filter(start=date(2018, 1, 1), countries=("AF",), event_types=("bombing",))
    whole = MercatorBox(0, 0, SIDE, SIDE)
    held.view(Filter(), None, whole, 25, 10)
    monkeypatch.setattr(engine, "ask", lambda one, ask=engine.ask: asked.append(one) or ask(one))
    view = held.view(chosen, chosen.matching(DateMatch.CERTAIN), whole, 25, 10)
    assert len(asked) == 1
    assert view == ASKED.view(chosen, chosen.matching(DateMatch.CERTAIN), whole, 25, 10)


def test_points_that_are_held_are_told_without_asking_the_engine_for_rows(monkeypatch):
    held = HeldQuestions(ENGINE, ASKED.kept, ASKED.keys(), is_timed=bool(ASKED.at_times))
    held.hold_points()
    monkeypatch.setattr(type(ENGINE), "rows", None)
    whole, own = MercatorBox(0, 0, SIDE, SIDE), ("Checkpoint",)
    for chosen in (Filter(), CHOSEN[1], CHOSEN[-1]):
        asked = (chosen, chosen.matching(DateMatch.CERTAIN), whole, 25, 1_000, own)
        assert held.view(*asked) == ASKED.view(*asked)
    assert held.view(Filter(), None, whole, 25, 1_000).total > 100


@pytest.mark.parametrize("chosen", CHOSEN, ids=Filter.to_query)
@pytest.mark.parametrize("most", [10, 1_000])
def test_views_are_the_same(chosen, most):
    stricter = chosen.matching(DateMatch.CERTAIN)
    whole = MercatorBox(0, 0, SIDE, SIDE)
    for box, shift, sure in (
        (whole, 25, None),
        (whole, 0, stricter),
        (QUARTER, 20, stricter),
        (MercatorBox(5, 5, 6, 6), 20, stricter),
    ):
        asked = (chosen, sure, box, shift, most)
        assert HELD.view(*asked) == ASKED.view(*asked)


@pytest.mark.parametrize("column", expressions.ORDERS)
@pytest.mark.parametrize("down", [True, False])
def test_pages_are_the_same_in_any_order(column, down):
    for chosen in CHOSEN:
        for placed in (None, True, False):
            page = {"down": down, "placed": placed, "offset": 3, "limit": 20}
            found = HELD.sorted_ids(chosen, column, **page)
            assert found == ASKED.sorted_ids(chosen, column, **page)


@pytest.mark.parametrize("chosen", CHOSEN, ids=Filter.to_query)
def test_pages_of_what_is_drawn_within_boxes_are_the_same(chosen):
    boxes = [QUARTER, MercatorBox(5, 5, SIDE // 3, SIDE)]
    page = {"down": False, "placed": boxes, "offset": 1, "limit": 20}
    found, n = HELD.sorted_ids(chosen, "start", **page)
    assert (found, n) == ASKED.sorted_ids(chosen, "start", **page)
    assert n <= HELD.sorted_ids(chosen, "start", **{**page, "placed": True})[1]


@pytest.mark.parametrize("chosen", CHOSEN, ids=Filter.to_query)
def test_what_is_found_and_where_are_the_same(chosen):
    assert HELD.ids(chosen) == ASKED.ids(chosen)
    assert HELD.off_map(chosen) == ASKED.off_map(chosen)
    assert HELD.has_multiple(chosen) == ASKED.has_multiple(chosen)
    boxes = [QUARTER, MercatorBox(5, 5, SIDE // 3, SIDE)]
    assert HELD.within(chosen, boxes) == ASKED.within(chosen, boxes)
    for box in (None, *boxes):
        for offset, limit in ((0, 500), (2, 7)):
            lines = HELD.lines(chosen, box, offset, limit)
            assert lines == ASKED.lines(chosen, box, offset, limit)
    assert len(HELD.lines(chosen, QUARTER, 0, 500)) == HELD.within(chosen, [QUARTER])


def test_what_is_found_is_no_emptiness():
    """Several places, some of them unknown, and more in the world than in a quarter of it."""
    assert HELD.has_multiple(Filter())
    assert not HELD.has_multiple(CHOSEN[-1])
    assert sum(HELD.off_map(Filter()).values()) > 5
    assert 0 < HELD.within(Filter(), [QUARTER]) < HELD.totals(Filter())["placed"]


def test_a_table_without_rows_is_answered():
    engine = duckdb_engine(to_table(random_records(0)))
    asked = Questions(engine, RECORDS.resolve_groups)
    nothing = HeldQuestions(engine, asked.kept, asked.keys(), is_timed=False)
    assert nothing.totals(Filter(countries=("AF",))) == {"n": 0, "events": 0, "placed": 0}
    assert nothing.counted(Filter(), [("status",), ("first_month", "last_month")]) == [{}, {}]
    assert nothing.view(Filter(), None, MercatorBox(0, 0, SIDE, SIDE), 20, 10).total == 0
    assert nothing.ids(Filter()) == frozenset()
    assert nothing.off_map(Filter()) == {}
    assert not nothing.has_multiple(Filter())
    whole = MercatorBox(0, 0, SIDE, SIDE)
    assert nothing.within(Filter(), [whole]) == 0
    assert nothing.lines(Filter(), whole, 0, 5) == []
    page = {"down": True, "placed": None, "offset": 0, "limit": 5}
    assert nothing.sorted_ids(Filter(), "title", **page) == ([], 0)


DAYS = (
    date.min,
    date(2016, 2, 29),
    date(2018, 1, 1),
    date(2018, 7, 14),
    date(2024, 12, 31),
    date.max,
)


@pytest.mark.parametrize("match", DateMatch)
@pytest.mark.parametrize("day", DAYS)
def test_what_a_period_keeps_is_what_the_engine_says(day, match):
    for chosen in (
        Filter(start=day, date_match=match),
        Filter(end=day, date_match=match),
        *(Filter(start=day, end=last, date_match=match) for last in DAYS if last >= day),
    ):
        assert HELD.ids(chosen) == ASKED.ids(chosen)


def test_no_engine_is_asked_for_a_period(monkeypatch):
    engine = duckdb_engine(to_table(RECORDS))
    questions = Questions(engine, RECORDS.resolve_groups)
    held = HeldQuestions(engine, questions.kept, questions.keys(), is_timed=False)
    chosen = Filter(start=date(2018, 1, 1), end=date(2019, 6, 30))
    held.totals(Filter(start=date(2017, 1, 1)))
    monkeypatch.setattr(engine, "masks", None)
    assert held.totals(chosen) == ASKED.totals(chosen)
    with pytest.raises(TypeError):
        held.totals(Filter(countries=("AF",)))
