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


JANUARY, FEBRUARY, MARCH = (
    (date(2020, 1, 1), date(2020, 1, 31)),
    (date(2020, 2, 1), date(2020, 2, 29)),
    (date(2020, 3, 1), date(2020, 3, 31)),
)


def test_bars_are_months_within_six_years_and_empty_ones_stay():
    some = [incident("a", event_date="2020-01-05"), incident("b", event_date="2020-03")]
    assert bins_of(some) == [Bin(*JANUARY, 1, 1), Bin(*FEBRUARY, 0, 0), Bin(*MARCH, 1, 1)]


def test_what_may_lie_in_several_bars_counts_in_each_and_the_undated_in_none():
    some = [
        incident("a", event_date="2020-01/2020-02"),
        incident("b", event_date="XXXX"),
        incident("c", event_date="2020-02-29"),
        incident("d", event_date="2020-02-10/.."),
        incident("e", event_date="../2020-03-02"),
    ]
    assert bins_of(some) == [Bin(*JANUARY, 0, 1), Bin(*FEBRUARY, 1, 3), Bin(*MARCH, 0, 2)]


def test_bars_end_with_the_period_and_know_what_certainly_fits_the_filter():
    some = [
        incident("a", event_date="2019/2021"),
        incident("b", event_date="2020-02"),
        incident("c", event_date="2020-02-29"),
    ]
    period = (date(2020, 2, 15), date(2020, 3, 10))
    assert bins_of(some, period, certain={"c"}) == [Bin(*FEBRUARY, 1, 3), Bin(*MARCH, 0, 1)]


def test_nothing_has_no_bars():
    assert bins_of([]) == []
