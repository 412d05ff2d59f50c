"""Dates as people write them: what a text does not say is never filled in."""

from __future__ import annotations

import pytest

from geodata.importing.values import Order, edtf_of, from_parts, order_of
from geodata.records import parse_date

FORMS = {
    "2024-01-03": "2024-01-03",
    "2024-1-3": "2024-01-03",
    "2024/01/03": "2024-01-03",
    "2024-01-03 00:00:00.000": "2024-01-03",
    "2016-11-13T11:02:56.346Z": "2016-11-13",
    "2001-09-11T00:00:00+00:00": "2001-09-11",
    "28 December 2022": "2022-12-28",
    "16 May 2025": "2025-05-16",
    "January 3rd, 2024": "2024-01-03",
    "Wed, 03 Jan 2024 10:00:00 GMT": "2024-01-03",
    "Sunday-November 19-1995": "1995-11-19",
    "6-Jun-95": "1995-06-06",
    "3. März 2021": "2021-03-03",
    "3 de enero de 2020": "2020-01-03",
    "5 мая 2019": "2019-05-05",
    "17.01.2020": "2020-01-17",
    "03.05.2021 gegen 21 Uhr": "2021-05-03",
    "Datum: 03.05.2021, Zeit: 21:30 Uhr": "2021-05-03",
    "1/17/1974": "1974-01-17",
    "12/31/2019 11:59:59 PM": "2019-12-31",
    "24-12-2021": "2021-12-24",
    "20110101": "2011-01-01",
    "45294": "2024-01-03",
    "1704240000000": "2024-01-03",
    "1704240000": "2024-01-03",
    "3 January 2024[3]": "2024-01-03",
    "night of 3 May 2020": "2020-05-03",
    "1876": "1876",
    "2019.0": "2019",
    "201911": "2019-11",
    "2010/05": "2010-05",
    "05/2010": "2010-05",
    "Sep-2017": "2017-09",
    "Oct-22": "2022-10",
    "July, 1974": "1974-07",
    "Late Jul-2008": "2008-07",
    "Mid Sep-2010": "2010-09",
    "Exact date unknown - Nov 21": "2021-11",
    "2014-05-99": "2014-05",
    "2014-99-99": "2014",
    "2011-01-00": "2011-01",
    "Summer 1995": "1995-22",
    "Fall 1943": "1943-23",
    "1990s": "199X",
    "Ca. 1983": "1983~",
    "about 3 May 2019": "2019-05-03~",
    "Reported 30-Apr-2018": "2018-04~",
    "Before 1906": "[..1905]",
    "after March 2014": "[2014-03..]",
    "Nov-2021?": "2021-11?",
    "21.03.2024 bis 27.03.2024": "2024-03-21/2024-03-27",
    "21.-27.03.2024": "2024-03-21/2024-03-27",
    "3-5 March 2015": "2015-03-03/2015-03-05",
    "March 3-5, 2015": "2015-03-03/2015-03-05",
    "28 Feb - 3 Mar 2015": "2015-02-28/2015-03-03",
    "14/2/2024 and 15/2/2024": "2024-02-14/2024-02-15",
    "1845-1853": "1845/1853",
    "Between 1951-1963": "1951/1963",
    "2022-04-17/2022-05-03": "2022-04-17/2022-05-03",
    "2015~": "2015~",
}


@pytest.mark.parametrize(("text", "expected"), FORMS.items())
def test_a_form_is_read_as_far_as_it_goes(text, expected):
    assert edtf_of(text) == expected
    assert parse_date(expected)


@pytest.mark.parametrize(
    "text",
    ["9999/99/99", "0000-00-00", "99/99/9999", "0", "1969-12-31T16:00:00", "1970-01-01T00:00:00Z"],
)
def test_what_stands_for_no_date_is_no_date(text):
    assert edtf_of(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "soon",
        "5",
        "30 Feb 2020",
        "31/31/2020",
        "0025-03-01",
        "Woman",
        "Mar-5",
        "2024-13-01",
        "Kabul",
    ],
)
def test_what_has_no_form_is_no_date(text):
    assert edtf_of(text) is None


def test_which_number_is_the_day_is_told_by_the_column_and_both_are_given_else():
    assert edtf_of("03/04/2022", Order.DMY) == "2022-04-03"
    assert edtf_of("03/04/2022", Order.MDY) == "2022-03-04"
    span = parse_date(edtf_of("03/04/2022"))
    assert (span.start.isoformat(), span.end.isoformat()) == ("2022-03-04", "2022-04-03")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17/1/1974", "dmy"),
        ("1/17/1974", "mdy"),
        ("3/4/1974", "either"),
        ("4/4/1974", None),
        ("3.4.1974", "dmy"),
        ("12/31/2019 to 01/03/2020", "mdy"),
        ("3 May 1974", None),
    ],
)
def test_a_text_proves_an_order_or_none(text, expected):
    assert order_of(text) == expected


def test_two_digits_are_no_year_that_is_still_to_come():
    assert edtf_of("17/1/66") == "1966-01-17"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("2011", "1", "3"), "2011-01-03"),
        (("2011", "1", "0"), "2011-01"),
        (("2011", "0", "0"), "2011"),
        (("2011", "2", "30"), None),
        (("0", "1", "1"), None),
    ],
)
def test_parts_of_a_date_say_as_much_as_they_do(parts, expected):
    assert from_parts(*parts) == expected
