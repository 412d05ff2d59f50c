"""What a briefing says of itself: its scope, its subject."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from geodata import Filter, Store, load
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Counts


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(load())


def test_a_period_that_the_filter_says_is_not_said_twice(store: Store) -> None:
    month = compose(store, Filter.from_query("from=2024-01&to=2024-01&areas=off"))
    assert month.subject == month.words == "All incidents, January 2024"
    assert compose(store, Filter()).subject.startswith("1990 – 2024 · All incidents")


def test_what_was_found_stands_first_where_the_filter_stands_beside_it(store: Store) -> None:
    tajik = Filter(countries=("TJ",))
    told = compose(store, tajik)
    first, second = (
        "Danghara District, 29 July 2018: 4 killed",
        "No other event has a figure of killed",
    )
    assert told.opening == (first, f"{second}.")
    title, described = told.preview
    assert title == first
    assert described.startswith(f"{second}. {told.words}. {told.messages[0]} ")
    assert told.finding == f"{first}. {second}"
    summed = compose(store, Filter(start=date(2024, 1, 1)))
    assert summed.opening[0] == "The figures given add up to 238 to about 245 killed"
    # A title of one's own is none of the program's findings.
    own = compose(store, tajik, BriefingOptions(title="Mine"))
    assert (own.first, own.opening) == ("", ("Mine", own.finding))
    assert compose(store, tajik, BriefingOptions(headline="Mine")).opening == ("Mine", "")
    # One sentence stands whole, with what was asked for before it.
    one = compose(store, Filter.from_query("country=AF&from=2022"))
    assert (one.first, one.opening) == ("", (one.headline, ""))


def test_scope_tells_incidents_and_base_areas(store: Store) -> None:
    briefing = compose(store, Filter())
    totals, areas = {"events": 2, "placed": 1, "all_events": 9}, {"base_areas": 3, "areas_drawn": 2}
    two = "2 of 9 events in the record: 1 on the map, 1 without a known place"
    assert replace(briefing, counts=Counts(**totals)).scope == two
    assert replace(briefing, counts=Counts(**totals, **areas)).scope == (
        f"{two}; 3 base areas, 2 of them on the map"
    )
    assert replace(briefing, counts=Counts()).scope == "No incidents"


def test_a_map_without_a_list_says_of_nothing_that_it_is_listed(store: Store) -> None:
    counts = Counts(events=2, placed=2, aggregates=3, all_events=2, all_aggregates=3)
    briefing = replace(compose(store, Filter()), counts=counts)
    assert briefing.scope == "2 events, all on the map; 3 campaigns and counts, listed"
    assert briefing.scope_of_map == (
        "2 events, all on the map; 3 campaigns and counts, not on the map"
    )


def test_what_no_map_shows_is_told_by_country(store: Store) -> None:
    briefing = compose(store, Filter())
    (events, here), (counts, there) = briefing.unplaced
    assert (events, counts) == ("Events without a known place", "Campaigns and counts")
    numbers = [int(one.rpartition(" ")[2]) for one in here.split(", ")]
    assert sum(numbers) == briefing.counts.unplaced
    numbers = [int(one.rpartition(" ")[2]) for one in there.split(", ")]
    assert sum(numbers) == briefing.counts.aggregates
    assert briefing.about["not_on_the_map"] == [f"{events}: {here}", f"{counts}: {there}"]


def test_a_map_has_one_number_whatever_it_is_called_and_said_in(store: Store) -> None:
    def number(query: str = "country=AF", **options: Any) -> str:
        return compose(store, Filter.from_query(query), BriefingOptions(**options)).map_number

    one = number()
    assert re.fullmatch(r"[0-9a-f]{8}", one)
    assert {number(), number(title="T"), number(language="fa"), number(made="2024-06")} == {one}
    others = [
        number("country=IR"),
        number("country=AF&areas=off"),
        number(extent=(60.0, 30.0, 70.0, 40.0)),
        number(areas="only"),
        *(number("", **{name: ("kerman-2024-01-03",)}) for name in ("focus", "callouts")),
        number(""),
    ]
    assert len({one, *others}) == 1 + len(others)


def test_the_data_change_the_number_of_a_map(store: Store) -> None:
    briefing = compose(store, Filter())
    assert replace(briefing, version="0" * 12).map_number != briefing.map_number


def test_what_a_map_says_of_itself_is_given_and_never_the_clock(store: Store) -> None:
    def said(**options: str) -> list[str]:
        return [text for _, text in compose(store, Filter(), BriefingOptions(**options)).imprint]

    [number] = said()
    assert said(made="2024-06-03", contact=" Desk \n <b>1</b> ") == [
        number, "3 June 2024", "Desk <b>1</b>",
    ]  # fmt: skip


def test_manifests_have_number_and_date_and_contact_where_they_are_given(store: Store) -> None:
    plain = compose(store, Filter())
    assert plain.about["map_number"] == plain.map_number
    assert not {"made", "contact"} & set(plain.about)
    about = compose(store, Filter(), BriefingOptions(made="2024", contact="Desk")).about
    assert (about["made"], about["contact"]) == ("2024", "Desk")
