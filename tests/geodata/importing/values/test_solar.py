"""Days of the calendar of Iran and Afghanistan."""

from __future__ import annotations

import pytest
from importing_sheets import sheet_of

from geodata.importing import Settings, look
from geodata.importing.guesses import make_plan
from geodata.importing.values import Order, edtf_of, order_of

# New Year's days as the almanac has them, and the last day of a leap year.
DAYS = {
    "1403/01/01": "2024-03-20", "1402/01/01": "2023-03-21", "1400/1/1": "2021-03-21",
    "1399/12/30": "2021-03-20", "1357-11-22": "1979-02-11", "1402.10.13": "2024-01-03",
}  # fmt: skip


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_days_are_those_of_the_almanac(text, day):
    assert edtf_of(text, Order.SOLAR) == day


def test_digits_and_months_of_its_own_need_no_word_of_the_user():
    assert edtf_of("۱۴۰۲/۱۰/۱۳") == edtf_of("۱۳ دی ۱۴۰۲") == edtf_of("13 دی 1402") == "2024-01-03"
    assert edtf_of("۲۰۲۴-۰۱-۰۳") == "2024-01-03"


def test_a_day_that_is_not_there_is_none():
    assert edtf_of("۱۴۰۲/۱۲/۳۰") is None


def test_a_column_proves_the_calendar_or_it_is_asked():
    told = make_plan(sheet_of(["تاریخ", "مکان"], [["۱۴۰۲/۱۰/۱۳", "کرمان"]] * 5))
    assert (told.order, told.questions) == (Order.SOLAR, ())
    sheet = sheet_of(["date", "place"], [["1402/10/13", "Kerman"]] * 5)
    asked = make_plan(sheet)
    assert [one.answers[0][0] for one in asked.questions] == ["dates=solar"]
    assert make_plan(sheet, Settings({"dates": "solar"})).questions == ()
    assert order_of("1402/10/13") == "calendar"


def test_while_the_calendar_is_open_both_days_are_kept_and_each_row_is_doubted():
    rows = [["1399-05-01", "1399-05-03", "33", "64"], ["1400-02-03", "", "34", "65"]]
    sheet = sheet_of(["date", "end", "lat", "lon"], rows)
    found = look([sheet], keeps_all=True)
    days = [one.event_date for one in found.records.incidents]
    assert days == ["[1399-05-01..2020-07-24]", "[1400-02-03,2021-04-23]"]
    assert found.account.doubts["calendar_unknown"] == found.account.doubtful == 2
    for given, expected in (("solar", "2020-07-22/2020-07-24"), ("ymd", "1399-05-01/1399-05-03")):
        told = look([sheet], Settings({"dates": given}), keeps_all=True)
        assert told.records.incidents[0].event_date == expected
        assert not told.account.doubts
