"""Incidents by periods: which may lie in each, which certainly do, and how long each is."""

from __future__ import annotations

from datetime import date

import pytest

from geodata import Filter, Incident, Store, load
from geodata.queries import Slices, slices_of

OPEN = (None, None)


def incidents(*dates: str) -> list[Incident]:
    return [
        Incident(id=f"one-{at}", title="Attack", event_date=text, event_types=["attack"])
        for at, text in enumerate(dates)
    ]


Period = tuple[date | None, date | None]


def sliced(dates: list[str], unit: str, most: int, period: Period = OPEN) -> Slices:
    some = incidents(*dates)
    return slices_of(some, period, {one.id for one in some}, unit=unit, most=most)


def told(
    dates: list[str], unit: str = "", most: int = 12, period: Period = OPEN
) -> list[tuple[str, int, int]]:
    found = sliced(dates, unit, most, period)
    return [(one.words, len(one.certain), len(one.possible)) for one in found.parts]


def test_what_reaches_over_two_periods_is_possible_in_both_and_certain_in_none() -> None:
    dates = ["2020-12-30/2021-01-02", "2020-05", "2021-03-01"]
    assert told(dates, "year") == [("2020", 1, 2), ("2021", 1, 2)]
    found = sliced(dates, "year", 12)
    assert found.several == {"one-0"}
    certain = [one for part in found.parts for one in part.certain]
    assert len(certain) == len(set(certain))


def test_what_only_may_fit_the_filter_is_certain_in_no_period() -> None:
    [only] = slices_of(incidents("2020-05-01"), OPEN, (), unit="year", most=12).parts
    assert (len(only.certain), len(only.possible)) == (0, 1)


@pytest.mark.parametrize("unit", ["month", "year"])
def test_what_is_known_to_be_before_a_day_after_the_filter_is_possible_at_its_end(
    unit: str,
) -> None:
    period = (date(2019, 2, 1), date(2020, 3, 31))
    for dates in (["../2020-06"], ["2019-05", "../2020-06", "2020-01"]):
        found = sliced(dates, unit, 16, period)
        known = {f"one-{dates.index('../2020-06')}"}
        assert known <= found.parts[-1].possible
        assert not known & (found.parts[-1].certain | found.undated | found.far)
        shown = set().union(*(part.possible for part in found.parts))
        assert shown == {f"one-{at}" for at in range(len(dates))}


def test_empty_periods_between_are_kept() -> None:
    assert told(["2019-02", "2021-02"], "year") == [("2019", 1, 1), ("2020", 0, 0), ("2021", 1, 1)]


def test_periods_are_as_short_as_gives_few_enough() -> None:
    assert [one[0] for one in told(["2020-11", "2021-01"])] == [
        "November 2020", "December 2020", "January 2021",
    ]  # fmt: skip
    assert [one[0] for one in told(["2020-02", "2021-11"])][:2] == [
        "January – March 2020", "April – June 2020",
    ]  # fmt: skip
    assert len(told(["2010", "2020"])) == 11
    assert told(["1990", "2024"])[0][0] == "1990 – 1994"


def test_a_longer_period_than_was_asked_for_is_told() -> None:
    found = slices_of(incidents("1990", "2024"), OPEN, (), unit="year", most=16)
    assert (found.unit, found.refused, len(found.parts)) == ("5 years", "year", 7)
    assert slices_of(incidents("2010", "2024"), OPEN, (), unit="year", most=16).refused == ""
    assert slices_of(incidents("1990", "2024"), OPEN, (), most=16).refused == ""


def test_periods_reach_over_the_filters_own_and_are_cut_by_it() -> None:
    period = (date(2020, 3, 15), date(2022, 6, 30))
    assert told(["2021-02-03"], "year", period=period) == [
        ("15 March 2020 – 31 December 2020".replace(" 2020 –", " –"), 0, 0), ("2021", 1, 1),
        ("January – June 2022", 0, 0),
    ]  # fmt: skip
    assert told([], "year", period=period)[1] == ("2021", 0, 0)
    assert told([], "year", period=(date(2020, 3, 1), None)) == [("March – December 2020", 0, 0)]


def test_what_has_no_date_and_what_is_far_from_all_others_is_set_apart() -> None:
    dates = ["2020", "2021", "2021-04", "2022", "XXXX", "0202"]
    found = sliced(dates, "year", 16)
    assert (found.undated, found.far) == ({"one-4"}, {"one-5"})
    assert [one.words for one in found.parts] == ["2020", "2021", "2022"]
    assert not slices_of(incidents("XXXX"), OPEN, (), most=16).parts


def test_what_is_known_to_be_over_only_after_the_filter_is_in_no_period_lost() -> None:
    period = (None, date(2019, 12, 31))
    found = sliced(["../2020-06", "2018-03-04"], "year", 12, period)
    assert [(one.words, one.possible, one.certain) for one in found.parts] == [
        ("2018", {"one-1"}, {"one-1"}), ("2019", {"one-0"}, set())
    ]  # fmt: skip


@pytest.mark.parametrize("unit", ["year", "quarter", "month"])
def test_each_period_holds_what_a_filter_on_its_days_finds(unit: str) -> None:
    chosen = Filter.from_query("from=2017&to=2019-06")
    store = Store.of(load())
    records = store.select(chosen)
    certain = set(store.ids(Filter.from_query("from=2017&to=2019-06&when=certain")))
    found = slices_of(records.incidents, (chosen.start, chosen.end), certain, unit=unit, most=40)
    assert found.parts[0].start == chosen.start
    assert found.parts[-1].end == chosen.end
    for one in found.parts:
        days = f"from={one.start}&to={one.end}"
        assert one.possible == set(store.ids(Filter.from_query(days)))
        assert one.certain == set(store.ids(Filter.from_query(f"{days}&when=certain"))) & certain
