"""Incidents counted by time: from their dates as from the store's counts by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from corpora import corpus
from fixed_records import claim, incident
from hypothesis import given
from hypothesis import strategies as st
from plain_loop import random_records
from strategies import edtf_texts

from geodata import Filter, Group, Incident, Records, Store
from geodata.queries.sums import Bin, Histogram, histogram_of
from geodata.records import Relation, far_dates, parse_date


def bins_of(*some: Incident) -> list[Bin]:
    return list(histogram_of(some).bins)


def dated(*dates: str) -> list[Incident]:
    return [incident(f"i{number}", event_date=text) for number, text in enumerate(dates)]


@given(st.lists(edtf_texts, max_size=6))
def test_dates_and_the_store_give_the_same_bars(dates):
    some = [incident(f"one-{number}", event_date=text) for number, text in enumerate(dates)]
    assert histogram_of(some) == Store.of(Records(tuple(some))).histogram(Filter())


def test_many_incidents_give_the_same_bars():
    records = random_records(300)
    assert histogram_of(records.incidents) == Store.of(records).histogram(Filter())
    assert histogram_of(records.incidents).bins


JANUARY, FEBRUARY, MARCH = (
    (date(2020, 1, 1), date(2020, 1, 31)),
    (date(2020, 2, 1), date(2020, 2, 29)),
    (date(2020, 3, 1), date(2020, 3, 31)),
)


def test_bars_are_months_within_six_years_and_empty_ones_stay():
    some = [incident("a", event_date="2020-01-05"), incident("b", event_date="2020-03")]
    assert bins_of(*some) == [Bin(*JANUARY, 1, 1), Bin(*FEBRUARY, 0, 0), Bin(*MARCH, 1, 1)]


def test_what_may_lie_in_several_bars_counts_in_each_and_the_undated_in_none():
    some = [
        incident("a", event_date="2020-01/2020-02"),
        incident("b", event_date="XXXX"),
        incident("c", event_date="2020-02-29"),
        incident("d", event_date="2020-02-10/.."),
        incident("e", event_date="../2020-03-02"),
    ]
    assert bins_of(*some) == [Bin(*JANUARY, 0, 1), Bin(*FEBRUARY, 1, 3), Bin(*MARCH, 0, 2)]


def test_bars_end_with_the_period_and_know_what_certainly_fits_the_filter():
    some = [
        incident("a", event_date="2019/2021"),
        incident("b", event_date="2020-02"),
        incident("c", event_date="2020-02-29"),
    ]
    period = (date(2020, 2, 15), date(2020, 3, 10))
    found = histogram_of(some, period, certain={"c"})
    assert found.bins == (Bin(*FEBRUARY, 1, 3), Bin(*MARCH, 0, 1))


@pytest.mark.parametrize("case", corpus("bars"), ids=lambda case: case["why"])
def test_a_bar_has_what_a_filter_on_its_days_finds_of_a_group(case):
    done = [("cell", case["date"]), *(("state", text) for text in case["others"])]
    some = [
        incident(f"one-{n}", event_date=text, claims=[claim("involved", party, role="actor")])
        for n, (party, text) in enumerate(done)
    ]
    joined = Relation(
        id="1",
        subject="cell",
        kind="part of",
        object="state",
        valid_from=case["joined"],
        valid_to=case["left"],
    )
    groups = (Group(id="cell", name="A cell"), Group(id="state", name="A state"))
    store = Store.of(Records(tuple(some), groups=groups, relations=(joined,)))
    chosen = Filter(groups=("state",))
    bins = store.histogram(chosen).bins
    filled = [(one.start, one.certain, one.possible) for one in bins if one.possible]
    assert filled == [(parse_date(day).start, *counts) for day, *counts in case["bars"]]
    assert bins[0].possible
    assert bins[-1].possible
    for one in bins:
        in_bar = replace(chosen, start=one.start, end=one.end)
        assert one.possible == store.totals(in_bar).shown


def test_nothing_has_no_bars():
    assert histogram_of([]) == Histogram()


TOGETHER = [f"{2015 + number % 8}-{number % 12 + 1:02}" for number in range(20)]


@pytest.mark.parametrize(
    ("stray", "words"),
    [
        (["0202-10-03"], "Not drawn is 1 incident whose date is far from all others: 202."),
        (["9999-12-31"], "Not drawn is 1 incident whose date is far from all others: 9999."),
        (["9999"], "Not drawn is 1 incident whose date is far from all others: 9999."),
        (["0001"], "Not drawn is 1 incident whose date is far from all others: 1."),
        (["1015/.."], "Not drawn is 1 incident whose date is far from all others: 1015."),
        (
            ["2215", "0202", "3015"],
            "are 3 incidents of dates far from all others: 202, 2215 and 30",
        ),
        (
            ["1019", "1018", "1017", "1016", "1015-01", "1015-02"],
            ": 1015, 1016, 1017, 1018 and 1 o",
        ),
    ],
)
def test_a_stray_date_leaves_the_others_readable_and_is_told(stray, words):
    found = histogram_of(dated(*TOGETHER, *stray))
    assert (found.bins[0].words, found.bins[-1].words) == ("2015", "2022")
    assert sum(one.certain for one in found.bins) == len(TOGETHER)
    assert words in found.far_words
    assert [one.event_date for one in far_dates(dated(*TOGETHER, *stray))] == stray


@pytest.mark.parametrize(
    "dates",
    [
        [*TOGETHER, "1979", "1945", "2060"],
        [str(year) for year in range(1800, 2020, 5)],
        [*TOGETHER, *["1650", "1648", "1640", "1632", "1618-05-23", "1631", "1645"]],
        ["2015", "0202"],
    ],
)
def test_what_is_old_but_not_alone_stays_in_the_timeline(dates):
    found = histogram_of(dated(*dates))
    assert found.far_words == ""
    assert sum(one.certain for one in found.bins) == len(dates)
    assert far_dates(dated(*dates)) == []


@pytest.mark.parametrize(
    ("dates", "count", "first", "last"),
    [
        (("2020-03", "2025-11"), 69, "March 2020", "November 2025"),
        (("1900", "2020"), 121, "1900", "2020"),
        (("1700", "2020"), 33, "1700 – 1709", "2020 – 2029"),
        (("0001-01-01", "1400"), 141, "1 – 9", "1400 – 1409"),
        (("0001-01-01", "9999-12-31"), 100, "1 – 99", "9900 – 9999"),
    ],
)
def test_bars_are_as_wide_as_the_span_needs(dates, count, first, last):
    bins = bins_of(*dated(*dates))
    assert (len(bins), bins[0].words, bins[-1].words) == (count, first, last)
    assert all(before.end < after.start for before, after in pairwise(bins))


@given(st.lists(edtf_texts, max_size=8))
def test_nothing_dated_is_lost(dates):
    found = histogram_of(dated(*dates))
    far = [one.id for one in far_dates(dated(*dates))]
    assert sum(n for _, n in found.far) == len(far)
    # Years within 150 of each other may touch one more.
    assert len(found.bins) <= 151
    for one in dated(*dates):
        begins = one.span.known_start or one.span.known_end
        held = [b for b in found.bins if begins and b.start <= begins <= b.end and b.possible]
        assert len(held) == (begins is not None and one.id not in far)


def test_a_far_end_stretches_no_timeline_and_an_open_one_reaches_its_last_bar():
    found = histogram_of(dated("2013", "2019", "2020-05", "2020/3001", "2019/.."))
    assert [(one.words, one.certain, one.possible) for one in found.bins if one.possible] == [
        ("2013", 1, 1),
        ("2019", 1, 2),
        ("2020", 1, 3),
    ]
    assert found.far == ()
