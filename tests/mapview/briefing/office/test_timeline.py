"""Tests of the timeline as a chart: what is told beside its bars."""

from __future__ import annotations

from fixed_records import incident

from geodata import Filter, Records, Store
from mapview.briefing.compose import compose
from mapview.briefing.content import Briefing
from mapview.briefing.office import timeline


def briefing(*dates: str) -> Briefing:
    some = [incident(f"i{number}", event_date=text) for number, text in enumerate(dates)]
    return compose(Store.of(Records(tuple(some))), Filter())


def test_a_stray_date_is_told_and_squeezes_no_bar() -> None:
    made = briefing("2010", "2017", "2018", "2019", "0202-10-03", "XXXX")
    assert len(made.histogram.bins) == 10
    assert timeline.notes(made)[2:] == [
        "Not drawn is 1 incident whose date is far from all others: 202.",
        "1 of the incidents has no date and no bar.",
    ]
    assert timeline.describe(made).startswith("Timeline of 4 incidents from 2010 to 2019.")


def test_bars_are_called_by_what_they_hold() -> None:
    made = briefing("2018", "0202")
    assert "from 200 – 299 to 2000 – 2099" in timeline.describe(made)
    assert timeline.notes(made) == [
        "A bar is one span of years.",
        "An incident whose date is not known so exactly counts in each bar that it may lie in.",
    ]


def test_the_ends_of_the_calendar_are_dates() -> None:
    made = briefing("9999-12-31", "9999-12", "9999")
    assert timeline.notes(made)[2:] == []
    assert timeline.describe(made).startswith("Timeline of 3 incidents from January 9999 to ")
    assert briefing("0001-01-01", "0001").histogram.bins[0].certain == 1
