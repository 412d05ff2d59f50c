"""The timeline: bars, the brush, and the dates beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from fixed_records import incident
from hypothesis import given
from hypothesis import strategies as st
from page_parts import address_of, count_of, expected_count
from streamlit.testing.v1 import AppTest

from geodata import Filter, Records, Store, load
from geodata.queries.bins import Bin
from mapview.ui.timeline import brushed_period, draw_histogram

Open = Callable[..., AppTest]
DAY = 86_400_000
MONTHS = [
    Bin(date(2020, 1, 1), date(2020, 1, 31), 2, 3),
    Bin(date(2020, 2, 1), date(2020, 2, 29), 0, 0),
    Bin(date(2020, 3, 1), date(2020, 3, 31), 0, 4),
    Bin(date(2020, 4, 1), date(2020, 4, 30), 0, 0),
]


def moment(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp() * 1000)


def chart(start: date | None = None, end: date | None = None) -> dict[str, Any]:
    drawn: dict[str, Any] = draw_histogram(MONTHS, start, end).to_dict()
    return drawn


def bars(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    (rows,) = drawn["datasets"].values()
    return list(rows)


def brush(drawn: dict[str, Any]) -> Any:
    (parameter,) = drawn["params"]
    assert parameter["name"] == "period"
    return parameter.get("value")


def filter_of(query: str) -> Filter:
    return Filter.from_query(query)


def charts_of(page: AppTest) -> list[Any]:
    return list(page.get("vega_lite_chart"))


def test_bars_stand_on_each_other() -> None:
    rows = bars(chart())
    assert [(row["from"], row["until"], row["low"], row["high"]) for row in rows] == [
        (moment(2020, 1, 1), moment(2020, 2, 1), 0, 2),
        (moment(2020, 1, 1), moment(2020, 2, 1), 2, 3),
        (moment(2020, 3, 1), moment(2020, 4, 1), 0, 4),
        (moment(2020, 4, 1), moment(2020, 5, 1), 0, 0),
    ]
    assert rows[0]["label"] == "January 2020"
    assert rows[0]["dates"] != rows[1]["dates"] == rows[2]["dates"]
    assert [row["incidents"] for row in rows] == ["2 to 3", "2 to 3", "0 to 4", "0"]


def test_chart_names_no_other_host() -> None:
    drawn = chart()
    drawn.pop("$schema")
    assert "http" not in json.dumps(drawn)


@pytest.mark.parametrize(
    ("start", "end", "edges"),
    [
        (None, None, None),
        (date(2020, 2, 1), date(2020, 2, 29), (moment(2020, 2, 1), moment(2020, 3, 1))),
        (date(2020, 2, 10), None, (moment(2020, 2, 10), moment(2020, 5, 1))),
        (None, date(2020, 3, 1), (moment(2020, 1, 1), moment(2020, 3, 2))),
        (date(1900, 1, 1), date(2999, 1, 1), (moment(2020, 1, 1), moment(2020, 5, 1))),
        (date(2999, 1, 1), None, None),
        (None, date(1900, 1, 1), None),
    ],
)
def test_brush_shows_the_period(
    start: date | None, end: date | None, edges: tuple[int, int] | None
) -> None:
    value = brush(chart(start, end))
    assert value == ({"x": list(edges)} if edges else None)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(min_value=0, max_value=20_000))
def test_whole_days_come_back_from_the_brush(start: date, days: int) -> None:
    first = moment(start.year, start.month, start.day)
    last = first + days * DAY
    end = datetime.fromtimestamp(last / 1000, UTC).date()
    assert brushed_period([first, last + DAY]) == (start, end)
    assert brushed_period([last + DAY, first]) == (start, end)


@given(st.floats(-1e18, 1e18), st.floats(-1e18, 1e18))
def test_any_brush_is_a_period(one: float, other: float) -> None:
    start, end = brushed_period([one, other])
    assert start <= end


def test_period_is_typed_as_day_month_or_year(open_page: Open) -> None:
    page = open_page()
    page.text_input(key="period_start").set_value("2022-10").run()
    page.text_input(key="period_end").set_value("2024").run()
    assert address_of(page) == {"from": ["2022-10-01"], "to": ["2024-12-31"]}
    assert page.text_input(key="period_start").value == "2022-10-01"
    assert count_of(page) == expected_count("from=2022-10&to=2024")
    page.checkbox(key="period_match").check().run()
    assert address_of(page)["when"] == ["certain"]
    assert count_of(page) == expected_count("from=2022-10&to=2024&when=certain")
    assert count_of(page) != expected_count("from=2022-10&to=2024")


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("period_start", "soon", "From must be a date such as"),
        ("period_end", "2020-13", "To must be a date such as"),
        ("period_start", "2023", "to must not be before from, got 2023-01-01 to 2021-12-31"),
        ("period_end", "<b>x</b>", "To must be a date such as"),
    ],
)
def test_date_that_cannot_be_is_refused_with_a_sentence(
    key: str, text: str, words: str, open_page: Open
) -> None:
    page = open_page("from=2019&to=2021")
    before = address_of(page)
    page.text_input(key=key).set_value(text).run()
    (warning,) = page.warning
    said = re.sub(r"\\(.)", r"\1", warning.value)
    assert said.startswith("This was not changed: ")
    assert words in said
    assert address_of(page) == before
    assert page.text_input(key="period_start").value == "2019-01-01"
    assert page.text_input(key="period_end").value == "2021-12-31"


def test_timeline_shows_what_the_period_leaves_out(open_page: Open) -> None:
    """Else nobody could brush his way back to it."""
    narrow, wide = (
        Store.of(load()).histogram(filter_of(query)).bins
        for query in ("from=2024&country=IR", "country=IR")
    )
    assert narrow == wide != ()
    assert len(charts_of(open_page("from=2024&country=IR"))) == 1


def test_chart_is_made_anew_when_the_dates_are_typed(open_page: Open) -> None:
    page = open_page()
    first = charts_of(page)[0].proto.id
    page.multiselect(key="filter_countries").set_value(["AF"]).run()
    kept = charts_of(page)[0].proto
    page.text_input(key="period_start").set_value("2020").run()
    assert charts_of(page)[0].proto.id not in (first, "")
    assert kept.id


@pytest.mark.parametrize("dates", [["2021-05-04", "9999-12-31"], ["9999-12"], ["0001", "2020"]])
def test_any_day_of_the_calendar_leaves_the_page_whole(
    dates: list[str], open_page: Open, use_records: Callable[[Records], None]
) -> None:
    some = [incident(f"i{n}", event_date=text) for n, text in enumerate(dates)]
    use_records(Records(tuple(some)))
    page = open_page(f"from={dates[-1]}&to={dates[-1]}")
    assert not page.exception
    assert len(charts_of(page)) == 1
    assert page.multiselect(key="filter_countries") is not None
    assert page.text_input(key="period_end").value
    assert count_of(page).startswith("1 ")


def test_a_stray_date_is_told_beside_the_timeline(
    open_page: Open, use_records: Callable[[Records], None]
) -> None:
    some = [incident(f"i{year}", event_date=str(year)) for year in (2015, 2016, 2017, 2018)]
    use_records(Records((*some, incident("stray", event_date="0202-10-03"))))
    told = "Not drawn is 1 incident whose date is far from all others: 202."
    assert told in [one.value for one in open_page().caption]


def test_nothing_dated_is_said(open_page: Open, use_records: Callable[[Records], None]) -> None:
    use_records(Records())
    page = open_page()
    assert charts_of(page) == []
    assert "No dated incident to draw on a timeline." in [one.value for one in page.caption]
