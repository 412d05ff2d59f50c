"""What each map of a period is titled, and what is said of all of them."""

from __future__ import annotations

from functools import cache

import pytest

from geodata import Filter, Incident, Records, Store, load
from geodata.errors import FormatError
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.figure.periods import Periods


@cache
def shipped(query: str) -> Briefing:
    return compose(Store.of(load()), Filter.from_query(query))


def briefing(*dates: str) -> Briefing:
    incidents = [
        Incident(
            id=f"one-{at}",
            title="Attack",
            event_date=text,
            event_types=["attack"],
            country="AF",
        )
        for at, text in enumerate(dates)
    ]
    return compose(Store.of(Records(incidents=incidents)), Filter(), BriefingOptions())


def made(of: Briefing, unit: str = "", most: int = 16) -> Periods:
    return Periods.of(of, unit, most, "map")


def test_each_is_titled_with_its_count_within_bounds() -> None:
    parts = made(shipped("from=2016&to=2022&areas=off"), "year").parts
    assert [one.words for one in parts] == [str(year) for year in range(2016, 2023)]
    of_2017 = parts[1]
    assert of_2017.titles(of_2017.possible) == (of_2017.counted,)
    assert of_2017.counted == f"{len(of_2017.certain)} to {len(of_2017.possible)} events"
    [some, *_] = sorted(of_2017.certain)
    assert of_2017.titles({some})[0] == f"{of_2017.counted}, 1 on this map"
    assert of_2017.titles(())[0].endswith(", none on this map")


def test_an_empty_period_says_so() -> None:
    parts = made(briefing("2019-01-02", "2021-03-04"), "year").parts
    assert [one.counted for one in parts] == ["1 event", "none recorded", "1 event"]
    assert [one.message(()) for one in parts] == [
        "None on this map", "None recorded", "None on this map",
    ]  # fmt: skip


def test_what_has_no_date_has_a_map_of_its_own_and_is_told() -> None:
    told = made(briefing("2020", "2021", "XXXX"), "year")
    assert [one.words for one in told.parts] == ["2020", "2021", "No date"]
    assert [one.is_period for one in told.parts] == [True, True, False]
    assert "1 event has no date: on the last map." in told.said


def test_what_reaches_over_periods_is_told() -> None:
    told = made(briefing("2020-12/2021-01", "2020-12/2021-01", "2021"), "year")
    assert "2 events have dates that reach over several periods: possible in each" in told.said
    assert [one.counted for one in told.parts] == ["0 to 2 events", "1 to 3 events"]


def test_a_longer_period_than_was_asked_for_is_told() -> None:
    said = made(shipped("areas=off"), "year").said
    assert said.startswith("By year there would be more than 16 maps, so each map is of 5 years.")
    assert made(shipped("from=2020&to=2022&areas=off"), "year").said.startswith(
        "Each map is of one"
    )


def test_base_areas_and_campaigns_are_left_out_and_that_is_told() -> None:
    of = shipped("from=2016&to=2022")
    told = made(of, "year")
    assert of.base_areas
    assert not told.briefing.base_areas
    assert "base area" not in told.briefing.scope_of_map
    assert "Campaigns and counts are on no map. Base areas are left out." in told.said
    assert "Base areas" not in made(shipped("from=2016&to=2022&areas=off"), "year").said


def test_all_is_told_in_words() -> None:
    told = made(briefing("2019-01-02", "2021-03-04"), "year").description
    assert told.startswith(
        "3 maps, one for each period. 2019: 1 event; 2020: none recorded; 2021: 1 event."
    )


def test_what_cannot_be_divided_is_refused() -> None:
    with pytest.raises(FormatError, match="events with a date"):
        made(briefing("XXXX"))
    with pytest.raises(FormatError, match="got base areas alone"):
        made(compose(Store.of(load()), Filter(), BriefingOptions(areas="only")))
    with pytest.raises(FormatError, match="one of month, quarter, year, got 'week'"):
        made(briefing("2020"), "week")
    # Where the filter bounds the time there are maps, if empty ones.
    assert [one.counted for one in made(shipped("q=zzzz&from=2020&to=2021"), "year").parts] == [
        "none recorded", "none recorded",
    ]  # fmt: skip
