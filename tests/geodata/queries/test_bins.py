"""Incidents counted by time: from their dates as from the store's counts by month."""

from __future__ import annotations

from datetime import date

from fixed_records import incident
from hypothesis import given
from hypothesis import strategies as st
from plain_loop import random_records
from strategies import edtf_texts

from geodata import Filter, Records, Store
from geodata.queries.bins import Bin, bins_of


@given(st.lists(edtf_texts, max_size=6))
def test_dates_and_the_store_give_the_same_bars(dates):
    some = [incident(f"one-{number}", event_date=text) for number, text in enumerate(dates)]
    assert bins_of(some) == Store.of(Records(tuple(some))).histogram(Filter())


def test_many_incidents_give_the_same_bars():
    records = random_records(300)
    assert bins_of(records.incidents) == Store.of(records).histogram(Filter()) != []


def test_bars_are_months_within_six_years_and_empty_ones_stay():
    some = [incident("a", event_date="2020-01-05"), incident("b", event_date="2020-03")]
    assert bins_of(some) == [
        Bin(date(2020, 1, 1), date(2020, 1, 31), 1, 0),
        Bin(date(2020, 2, 1), date(2020, 2, 29), 0, 0),
        Bin(date(2020, 3, 1), date(2020, 3, 31), 1, 0),
    ]


def test_what_may_be_later_is_counted_apart_and_the_undated_not_at_all():
    some = [incident("a", event_date="2020-01/2020-02"), incident("b", event_date="XXXX")]
    assert bins_of(some) == [Bin(date(2020, 1, 1), date(2020, 1, 31), 0, 1)]


def test_nothing_has_no_bars():
    assert bins_of([]) == []
