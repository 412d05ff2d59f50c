"""Tests of what the page's scripts read: the days that decide what is shown when."""

from __future__ import annotations

from datetime import date

import pytest
from fixed_records import base_area, incident

from geodata import Filter, Records, Store
from mapview.briefing.compose import compose
from mapview.briefing.page.data import page_data

FIELDS = ("valid_from", "valid_to", "last_cited")


def data_of(*records: object, query: str = "") -> dict[str, object]:
    return page_data(compose(Store.of(Records.of(records)), Filter.from_query(query)))


def day_number(text: str) -> int | None:
    """Days since 1970, counted anew."""
    return (date.fromisoformat(text) - date(1970, 1, 1)).days if text else None


# Of each date the edge that stretches it least or most.
@pytest.mark.parametrize(
    ("stated", "possible", "certain"),
    [
        (
            ("2015-03-02", "2016-04-03", "2018-11-05"),
            ["2015-03-02", "2016-04-03"],
            ["2015-03-02", "2016-04-03"],
        ),
        (("2015-03", "", "2018-11"), ["2015-03-01", "9999-12-31"], ["2015-03-31", "2018-11-01"]),
        (("", "", "1968"), ["1968-01-01", "9999-12-31"], None),
        (("", "", "XXXX"), None, None),
    ],
)
def test_an_area_has_the_days_that_decide_when_it_is_shown(stated, possible, certain):
    data = data_of(base_area("a", **dict(zip(FIELDS, stated, strict=True))))
    days = {
        name: edges and [day_number(one) for one in edges]
        for name, edges in (("possible", possible), ("certain", certain))
    }
    (drawn,), (row,) = data["areas"], data["area_rows"]
    assert {name: drawn[name] for name in days} == days
    assert row.items() >= {"id": "a", "drawn": True, **days}.items()


@pytest.mark.parametrize(
    ("stated", "first", "last"),
    [
        ("2022-10-15", "2022-10-15", "2022-10-15"),
        ("2022-10", "2022-10-01", "2022-10-31"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("1969", "1969-01-01", "1969-12-31"),
        ("2022-04-17/2022-05-03", "2022-04-17", "2022-05-03"),
        ("XXXX", "", ""),
        ("2018/..", "2018-01-01", ""),
        ("../2018", "", "2018-12-31"),
        ("0001-01-01", "0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_an_incident_has_its_first_and_last_possible_day(stated, first, last):
    columns = data_of(incident(event_date=stated))["incidents"]
    assert (columns["start"], columns["end"]) == ([day_number(first)], [day_number(last)])


@pytest.mark.parametrize(
    ("dates", "first", "last"),
    [
        (("2016-03-04", "2018-05/2020-02"), "2016-03-04", "2020-02-29"),
        (("2016-03-04", "2018-05/..", "XXXX", "../2017"), "2016-03-04", "2018-05-01"),
        (("2016-03-04", "../2018"), "2016-03-04", "2018-12-31"),
        (("2016-03-04", "2016", "2017", "2018-05/3001"), "2016-01-01", "2018-05-01"),
        (("2016", "2017", "2018", "0202-10-03"), "2016-01-01", "2018-12-31"),
        (("2016", "2017", "2018", "9999-12-31"), "2016-01-01", "2018-12-31"),
        (("2016", "0202"), "0202-01-01", "2016-12-31"),
    ],
)
def test_the_slider_goes_over_what_lies_together(dates, first, last):
    some = [incident(f"i{n}", event_date=text) for n, text in enumerate(dates)]
    assert data_of(*some)["span"] == [day_number(first), day_number(last)]


def test_what_lies_far_away_is_told_in_the_page():
    some = [incident(f"i{year}", event_date=f"{year:04}") for year in (202, 2016, 2017, 2018)]
    assert data_of(*some)["far"].endswith("far from all others: 202.")
    assert data_of(*some[1:])["far"] == ""
    assert data_of(incident(event_date="XXXX"))["span"] is None
    since = [incident("long", event_date="1015/.."), *some[1:]]
    assert data_of(*since, query="from=2010")["far"].endswith("far from all others: 1015.")


def test_the_page_knows_the_period_that_was_asked_for():
    assert data_of(incident(), query="from=2018-02-03")["period"] == [
        day_number("2018-02-03"),
        None,
    ]
    assert data_of(incident(), query="to=2018-02-03")["period"] == [None, day_number("2018-02-03")]
    assert data_of(incident())["period"] == [None, None]


def test_an_area_that_no_map_can_draw_is_in_the_list_alone():
    far = base_area("far", geo_precision="country")
    data = data_of(base_area("near"), far, base_area("nowhere", geometry=None, radius_km=None))
    assert [one["id"] for one in data["areas"]] == ["near"]
    rows = {one["id"]: one["drawn"] for one in data["area_rows"]}
    assert rows == {"near": True, "far": False, "nowhere": False}
