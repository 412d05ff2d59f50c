"""Tests of how much was found, kinds apart, and of the words that every output says it in."""

from __future__ import annotations

from collections import Counter

import pytest
from corpora import corpus
from fixed_records import incident
from hypothesis import given, settings
from strategies import filters, record_sets

from geodata.queries.filters import DateMatch, Filter
from geodata.queries.store import Store
from geodata.records.collection import Records
from geodata.scope import (
    OffMap,
    Totals,
    describe_areas,
    describe_kinds,
    describe_off_map,
    describe_scope,
    off_map_by_country,
    tell_counts,
    totals_of,
)


@pytest.mark.parametrize("case", corpus("scope"), ids=lambda case: case["words"])
def test_scope_is_a_sentence_for_any_counts(case):
    numbers = {name: value for name, value in case.items() if name != "words"}
    assert describe_scope(Totals(**numbers)) == case["words"]


@pytest.mark.parametrize("case", corpus("base_area_words"), ids=lambda case: case["words"])
def test_base_areas_are_a_phrase_for_any_counts(case):
    assert describe_areas(case["count"], case["drawn"]) == case["words"]


def test_kinds_are_never_counted_as_one():
    assert describe_kinds(82, 41) == "82 events and 41 campaigns and counts"
    assert [describe_kinds(0, 1), describe_kinds(1, 0)] == ["1 campaign or count", "1 event"]


def test_the_shipped_record_is_told_with_its_kinds_apart(shipped):
    totals = totals_of(shipped.incidents)
    events = [one for one in shipped.incidents if one.record_kind == "event"]
    placed = sum(one.is_mappable for one in events)
    assert describe_scope(totals) == (
        f"{len(events)} events: {placed} on the map, {len(events) - placed} without a known place; "
        f"{len(shipped.incidents) - len(events)} campaigns and counts, listed"
    )


@settings(max_examples=15)
@given(record_sets(), filters())
def test_a_store_counts_as_a_plain_loop_does(records, chosen):
    store = Store.of(records)
    found = store.select(chosen).incidents
    certain = store.ids(chosen.matching(DateMatch.CERTAIN))
    assert store.totals(chosen) == totals_of(found, totals_of(records.incidents), certain)
    assert store.off_map_by_country(chosen) == off_map_by_country(found, certain)
    kinds = Counter(one.record_kind for one in found)
    totals = store.totals(chosen)
    assert (totals.events, totals.aggregates) == (kinds["event"], kinds["aggregate"])
    assert totals.placed == sum(one.is_mappable for one in found)
    assert sum(one.events for one in store.off_map_by_country(chosen)) == totals.unplaced
    assert sum(one.aggregates for one in store.off_map_by_country(chosen)) == totals.aggregates


COUNTS = [
    OffMap("AF", 4, 20),
    OffMap("PK", 4, 4),
    OffMap("TR", 1, 0),
    OffMap("US", 1, 0),
    OffMap("", 16, 10),
]


def test_it_is_said_where_what_no_map_shows_is_kinds_apart():
    assert describe_off_map(COUNTS) == (
        (
            "Events without a known place",
            "Afghanistan 4, Pakistan 4, Türkiye 1, United States 1, no single country 16",
        ),
        ("Campaigns and counts", "Afghanistan 20, Pakistan 4, no single country 10"),
    )
    assert describe_off_map(COUNTS, most=1)[0][1] == (
        "Afghanistan 4, 3 more countries 6, no single country 16"
    )
    assert describe_off_map(COUNTS, most=3)[0][1].startswith("Afghanistan 4, Pakistan 4, Türkiye")
    assert describe_off_map([]) == ()
    unsure = (OffMap("AF", 3, 1, 1, 1), OffMap("PK", 1, 0))
    assert describe_off_map(unsure) == (
        ("Events without a known place", "Afghanistan 2 to 3, Pakistan 1"),
        ("Campaigns and counts", "Afghanistan 0 to 1"),
    )
    assert describe_off_map([OffMap("AF", 0, 2)]) == (("Campaigns and counts", "Afghanistan 2"),)


def test_what_has_no_country_comes_last():
    found = off_map_by_country(
        [
            *(incident(str(n)) for n in range(3)),
            incident("a", country="TJ"),
            incident("b", country="AF", record_kind="aggregate"),
            incident("c", country="AF"),
            incident("d", country="AF", points=((69.2, 34.5),)),
        ]
    )
    assert found == (OffMap("AF", 1, 1), OffMap("TJ", 1, 0), OffMap("", 3, 0))


def test_files_tell_numbers_and_countries(shipped):
    told = tell_counts(totals_of(shipped.incidents), off_map_by_country(shipped.incidents))
    assert told["events"] + told["campaigns_and_counts"] == told["incidents"]
    assert told["events_on_the_map"] + told["events_without_a_known_place"] == told["events"]
    assert [one.partition(":")[0] for one in told["not_on_the_map"]] == [
        "Events without a known place",
        "Campaigns and counts",
    ]
    assert tell_counts(Totals(), ())["not_on_the_map"] == []


def test_files_tell_how_many_certainly_fit():
    unsure = Totals(
        events=9, placed=5, aggregates=3, uncertain_events=4, uncertain_placed=2,
        uncertain_aggregates=1, all_events=20, all_aggregates=6,
    )  # fmt: skip
    told = tell_counts(unsure, ())
    kinds = ("incidents", "events", "events_on_the_map", "campaigns_and_counts")
    assert [(told[f"{kind}_certain"], told[kind]) for kind in kinds] == [
        (7, 12), (5, 9), (3, 5), (2, 3)
    ]  # fmt: skip


def test_nothing_found_is_told_of_all_there_is():
    store = Store.of(Records((incident(),)))
    nothing = store.totals(Filter(text="nowhere"))
    assert describe_scope(nothing) == "Not the one event in the record"


def test_what_may_lie_outside_the_period_is_only_possible():
    records = Records(
        (
            incident("a", country="AF", event_date="2016-03"),
            incident("b", country="AF", event_date="2016/2017"),
            incident("c", country="PK", event_date="2015-12/2016-01"),
        )
    )
    found = Store.of(records).off_map_by_country(Filter.from_query("from=2016&to=2016"))
    assert found == (OffMap("AF", 2, 0, 1, 0), OffMap("PK", 1, 0, 1, 0))
