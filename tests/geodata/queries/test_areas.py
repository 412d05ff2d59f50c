"""Tests of base areas in a period: never stretched beyond what a source says."""

from __future__ import annotations

import pytest
from corpora import corpus, records_of
from fixed_records import base_area
from hypothesis import given
from hypothesis import strategies as st
from strategies import base_areas, filters

from geodata import datasets
from geodata.queries.areas import AreaView, areas_in, describe_validity
from geodata.queries.belonging import Belongings
from geodata.queries.filters import DateMatch, Filter
from geodata.records.collection import Records
from geodata.records.dates import parse_date
from geodata.records.model import Group

GROUPS = (
    Group(id="islamic-state", name="Islamic State"),
    Group(id="iskp", name="IS-KP", aliases=("داعش خراسان",), parents=("islamic-state",)),
    Group(id="imu", name="Islamic Movement of Uzbekistan"),
)
DATED = {"valid_from": "2015", "last_cited": "2030"}
PERIOD = base_area(valid_from="2015", valid_to="2016-23", last_cited="2018-11")


def shown(area, query: str, *, everything: Records | None = None) -> list[bool]:
    """Whether an area is shown, and if so whether it is faded."""
    records = everything or Records(base_areas=(area,), groups=GROUPS)

    views = areas_in(Filter.from_query(query), records, Belongings(records))
    return [view.is_faded for view in views]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [False]),
        ("to=2014-12-31", []),
        ("to=2015-01-01", [True]),
        ("to=2015", [False]),
        ("from=2016-11-30", [True]),
        ("from=2016-09-01", [False]),
        ("from=2016-12-01", []),
        ("from=2017&to=2018", []),
        ("from=2000&to=2030", [False]),
    ],
)
def test_before_its_start_and_after_its_end_an_area_is_not_there(query, expected):
    assert shown(PERIOD, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [False]),
        ("from=2018-11-01", [False]),
        ("from=2018-11-30", [True]),
        ("from=2018-12-01", [True]),
        ("from=2030", [True]),
        ("from=2010&to=2030", [False]),
        ("from=2030&when=certain", []),
        ("from=2010&to=2030&when=certain", [False]),
    ],
)
def test_past_its_last_citation_an_area_is_faded(query, expected):
    assert shown(base_area(valid_from="2015", last_cited="2018-11"), query) == expected


@pytest.mark.parametrize("query", ["", "to=2020", "from=2011", "from=1990&to=2030"])
def test_an_area_without_a_beginning_is_certain_for_no_period_and_never_drawn_as_always(query):
    undated = base_area(last_cited="2018-11")
    assert shown(undated, query) == [True]
    assert shown(undated, "to=2018-10") == []


@pytest.mark.parametrize(
    ("fields", "query", "expected"),
    [
        ({"valid_to": "2016", "status": "lost"}, "", True),
        ({"valid_to": "2016", "status": "lost"}, "to=2016", False),
        ({"valid_to": "2016", "status": "lost"}, "to=2017-01-01", True),
        ({"valid_to": "2016", "status": "reported"}, "from=2016", True),
        ({"valid_to": "2016/..", "status": "reported"}, "", False),
        ({"status": "lost"}, "to=2018-11", False),
        ({"status": "lost"}, "to=2018-12", True),
        ({"status": "reported"}, "", False),
    ],
)
def test_an_area_is_struck_through_once_the_period_goes_on_after_its_end(fields, query, expected):
    area = base_area(valid_from="2015", last_cited="2018-11", **fields)
    records = Records(base_areas=(area,), groups=GROUPS)
    views = areas_in(Filter.from_query(query), records, Belongings(records))
    assert [view.has_ended for view in views] == [expected]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("areas=off", []),
        ("group=iskp", [False]),
        ("group=IS–KP", [False]),
        ("group=داعش خراسان", [False]),
        ("group=islamic-state", [False]),
        ("group=imu", []),
        ("group=imu&group=iskp", [False]),
        ("group=nobody", []),
        ("country=AF", [False]),
        ("country=PK", []),
        ("precision=province", [False]),
        ("precision=settlement", []),
        ("q=achin", [False]),
        ("q=ĀCHIN nangarhar", [False]),
        ("q=داعش", [False]),
        ("q=achin kabul", []),
        ("bounds=70,34,71,35", [False]),
        ("bounds=0,0,1,1", []),
        ("bounds=70,-90,-170,90", [False]),
        ("bounds=71,-90,-170,90", []),
        ("type=bombing&status=foiled&attribution=claimed&deaths_min=99", [False]),
    ],
)
def test_only_what_is_said_of_areas_selects_them(query, expected):
    area = base_area(place="Achin", admin1="Nangarhar", country="AF", **DATED)
    assert shown(area, query) == expected


def test_an_area_without_an_outline_is_listed_but_not_within_bounds():
    area = base_area(geometry=None, radius_km=None, **DATED)
    assert shown(area, "") == [False]
    assert shown(area, "bounds=-180,-90,180,90") == []
    assert not area.is_mappable


def test_an_area_reaching_into_the_bounds_is_within():
    square = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
    area = base_area(geometry={"type": "Polygon", "coordinates": [square]}, **DATED)
    assert shown(area, "bounds=9,9,20,20") == [False]
    assert shown(area, "bounds=170,-5,1,5") == [False]
    assert shown(area, "bounds=11,11,20,20") == []


@given(st.lists(base_areas(), max_size=5, unique_by=lambda one: one.id), filters())
def test_no_area_is_shown_outside_the_days_that_sources_give(areas, chosen):
    records = Records(base_areas=tuple(areas))
    views = areas_in(chosen, records, Belongings(records))
    assert [view.area.id for view in views] == sorted(view.area.id for view in views)
    by_id = {view.area.id: view for view in views}
    assert chosen.base_areas or not by_id
    for area in areas:
        starts = parse_date(area.valid_from).start if area.valid_from else None
        ends = parse_date(area.valid_to).end if area.valid_to else None
        if (starts and chosen.end and chosen.end < starts) or (
            ends and chosen.start and chosen.start > ends
        ):
            assert area.id not in by_id
    asks_when = bool(chosen.start or chosen.end)
    for view in views:
        is_past = chosen.start is not None and chosen.start > parse_date(view.area.last_cited).end
        is_undated = view.area.valid_from == ""
        assert view.is_faded or not (is_past or is_undated)
        is_asked = asks_when and chosen.date_match is DateMatch.POSSIBLE
        assert not view.is_faded or is_undated or is_asked


@pytest.mark.parametrize("case", corpus("validity"), ids=lambda case: case["name"])
def test_an_area_is_in_a_period_as_its_case_says(case):
    everything = records_of(case)
    (area,) = everything.base_areas
    for period, wanted in case["periods"].items():
        # Without a period nothing is left out, also where no beginning is stated.
        found = {"none": [], "pale": [True], "undated": [True], "full": [False]}
        assert shown(area, period, everything=everything) == found[wanted], period
        certain = shown(area, f"{period}&when=certain", everything=everything)
        assert certain == ([] if wanted == "pale" else found[wanted]), period


def shipped_in(query: str) -> list[AreaView]:
    records = datasets.load()
    return areas_in(Filter.from_query(query), records, Belongings(records))


@pytest.mark.parametrize("when", ["", "&when=certain"])
def test_no_shipped_area_is_in_a_time_before_all_groups(when):
    assert shipped_in(f"from=1900&to=1901{when}") == []
    groups = {view.area.group for view in shipped_in(f"from=1994&to=1994{when}")}
    assert groups == {"al-qaeda"}


@pytest.mark.parametrize("year", range(1985, 2027))
def test_what_is_certain_in_a_year_is_what_is_not_faded(year):
    period = f"from={year}&to={year}"
    certain = [view.area.id for view in shipped_in(f"{period}&when=certain")]
    assert certain == [view.area.id for view in shipped_in(period) if not view.is_faded]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"valid_from": "2015", "valid_to": "2016-23"}, "2015 to autumn 2016; last attested 2019"),
        ({"valid_from": "2015"}, "from 2015, end not stated; last attested 2019"),
        ({"valid_to": "2016"}, "until 2016, start not stated; last attested 2019"),
        ({}, "period not stated; last attested 2019"),
    ],
)
def test_the_period_is_said_with_what_is_not_known(fields, words):
    assert describe_validity(base_area(**fields)) == words
