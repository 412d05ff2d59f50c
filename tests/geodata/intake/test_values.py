"""Tests of values as other programs write them."""

from __future__ import annotations

import math
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import RecordError
from geodata.intake.values import is_missing, list_of, number_of, objects_of, text_of, value_of


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-05-04", "2021-05-04"),
        ("2021/05/04", "2021-05-04"),
        ("2021-05-04T00:00:00", "2021-05-04"),
        ("2021-05-04T00:00:00.000Z", "2021-05-04"),
        ("2021-05-04 00:00:00", "2021-05-04"),
        ("2021/05/04 00:00:00+00", "2021-05-04"),
        ("2021-05-04 00:00:00+04:30", "2021-05-04"),
        ("2021-05-04 23:30", "2021-05-04T23:30"),
        ("2021/05/04 23:30:00.5+00", "2021-05-04T23:30:00.5+00"),
        ("2021-05-04T23:30:00+04:30", "2021-05-04T23:30:00+04:30"),
        (datetime(2021, 5, 4), "2021-05-04"),
        (datetime(2021, 5, 4, 23, 30), "2021-05-04T23:30:00"),
        (date(2021, 5, 4), "2021-05-04"),
        (2021, "2021"),
        (2021.0, "2021"),
        ("2021-05", "2021-05"),
        ("2019/..", "2019/.."),
        ("2019/2020", "2019/2020"),
        ("04/05/2021", "04/05/2021"),
        ("2021-05-04 soon", "2021-05-04 soon"),
    ],
)
def test_a_day_is_a_day_however_it_is_written(written, day):
    for field in ("event_date", "valid_from", "valid_to", "last_cited"):
        assert value_of(field, written) == day


@pytest.mark.parametrize(
    "written",
    [
        ["bombing", "raid"],
        '["bombing","raid"]',
        '[ "bombing", "raid" ]',
        "bombing; raid",
        "bombing;raid",
        "bombing, raid",
        "(2:bombing,raid)",
        "['bombing', 'raid']",
        "['bombing' 'raid']",
        "['bombing'\n 'raid']",
    ],
)
def test_a_list_is_a_list_however_it_is_written(written):
    assert list_of(written) == ["bombing", "raid"]
    assert value_of("event_types", written) == ["bombing", "raid"]


def test_a_list_of_none_or_one_is_one():
    assert (list_of("[]"), list_of(" "), list_of("raid")) == ([], [], ["raid"])


def test_a_list_that_is_none_is_left_for_the_record_to_refuse():
    assert list_of("[1, ") == "[1, "
    assert list_of("[" * 100_000) == "[" * 100_000
    assert list_of(7) == 7


_PLAIN = st.none() | st.booleans() | st.text() | st.integers(-(10**6), 10**6)
_VALUES = st.recursive(
    _PLAIN, lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(), part, max_size=3)
)


@given(_VALUES)
def test_objects_come_back_from_what_python_writes_of_them(value):
    claims = [{"about": value, "note": 'it\'s "so" – \x00\n\ud7ff'}]
    wanted = [{name: one for name, one in claims[0].items() if one is not None}]
    assert objects_of("claims", repr(claims)) == wanted


def test_objects_come_one_by_one_or_filled_up_with_none():
    claim = {"about": "other", "source": "a"}
    for written in (
        '[{"about": "other", "source": "a"}]',
        ['{"about": "other", "source": "a"}'],
        [{**claim, "value": None, "cites": None}],
    ):
        assert objects_of("claims", written) == [claim]
    assert objects_of("claims", [{"cites": '["a"]'}]) == [{"cites": ["a"]}]


@pytest.mark.parametrize(
    "written", ["{", "[{'a': open('x')}]", "[" * 100_000, "soon", "[{'\\U99999999'}]"]
)
def test_what_is_no_json_is_told(written):
    with pytest.raises(RecordError, match="claims must be JSON, got") as caught:
        objects_of("claims", written)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("name", "written", "number"),
    [
        ("lat", "34,5", 34.5),
        ("lat", "34,512", 34.512),
        ("lon", " -69.2 ", -69.2),
        ("lon", 69, 69),
        ("radius_km", "5,5", 5.5),
        ("radius_km", "1e2", 100.0),
    ],
)
def test_a_number_may_have_a_decimal_comma(name, written, number):
    assert number_of(name, written) == number


@pytest.mark.parametrize("written", ["1,234", "1,234,567", "34°30'N", "east", ""])
def test_what_may_be_another_number_is_told(written):
    with pytest.raises(RecordError, match="radius_km must be a number, got"):
        value_of("radius_km", written)


def test_numbers_that_were_texts_are_texts_again():
    assert [text_of(one) for one in (12, 12.0, 12.5, "a", True)] == ["12", "12", "12.5", "a", True]


def test_nothing_is_missing_but_zero_and_no_are_not():
    assert all(is_missing(one) for one in (None, math.nan, "", [], {}, ()))
    assert not any(is_missing(one) for one in (0, False, 0.0, " ", [None]))


def test_columns_of_a_row_that_are_called_as_lists_of_ours_stay_text():
    kept = {"event_types": "raid", "related": "a; b", "cites": "x"}
    assert value_of("upstream", kept) == kept
    assert value_of("upstream", '{"event_types": "raid"}') == {"event_types": "raid"}


@pytest.mark.parametrize(
    ("written", "is_so"),
    [
        (True, True), (1, True), (1.0, True), ("1.0", True), ("1,0", True), (" 0.0 ", False),
        (0, False), ("true", "true"), ("0.5", "0.5"), (0.5, 0.5),
    ],
)  # fmt: skip
def test_what_is_so_may_have_become_a_number(written, is_so):
    found = value_of("shares_toll_beyond", written)
    assert (found, type(found)) == (is_so, type(is_so))
