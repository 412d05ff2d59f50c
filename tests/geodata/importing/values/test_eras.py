"""Dates of other calendars, in one cell or several: read or asked about, never taken as ours."""

from __future__ import annotations

import pytest
from importing_sheets import sheet_of

from geodata.importing import Settings, look
from geodata.importing.values import Order, edtf_of

PLACE = ["34.5", "69.2"]


def looked(columns, rows, **given):
    sheet = sheet_of([*columns, "lat", "lon"], [[*one, *PLACE] for one in rows])
    found = look([sheet], Settings(given), keeps_all=True)
    days = [one.event_date for one in found.records.incidents]
    return days, [one for one in found.plan.questions if one.about == "dates"], found.account


@pytest.mark.parametrize(
    ("columns", "row", "open_date", "answers"),
    [
        (["Year", "Month", "Day"], ["1402", "10", "13"], "[1402-10-13,2024-01-03]",
         ["2024-01-03", "1982-08-04~", "1402-10-13"]),
        (["Year", "Month"], ["1402", "10"], "[1402-10,2023-12..2024-01]",
         ["2023-12-22/2024-01-20", "1982-07-23~/1982-08-20~", "1402-10"]),
        (["Year"], ["1402"], "[1402,2023-03..2024-03]",
         ["2023-03-21/2024-03-19", "1981-10-30~/1982-10-18~", "1402"]),
        (["Year", "Month", "Day"], ["1445", "6", "21"], "[1445-06-21,2024-01-03]",
         ["2024-01-03~", "1445-06-21"]),
        (["Date"], ["13/10/1402"], "[1402-10-13,2024-01-03]",
         ["2024-01-03", "1982-08-04~", "1402-10-13"]),
        (["Date"], ["1402-10"], "[1402-10,2023-12..2024-01]",
         ["2023-12-22/2024-01-20", "1982-07-23~/1982-08-20~", "1402-10"]),
    ],
)  # fmt: skip
def test_a_year_of_several_calendars_is_asked_about(columns, row, open_date, answers):
    days, [question], account = looked(columns, [row] * 4)
    assert days == [open_date] * 4
    assert account.doubts == {"calendar_unknown": 4}
    names = [given.partition("=")[2] for given, _ in question.answers]
    for name, answer in zip(names, answers, strict=True):
        given, questions, told = looked(columns, [row] * 4, dates=name)
        assert (given, questions, dict(told.doubts)) == ([answer] * 4, [], {})


def test_names_of_months_prove_the_calendar():
    for columns, row in ((["Year", "Month", "Day"], ["1402", "Dey", "13"]),
                         (["Date"], ["13 Dey 1402"]), (["Date"], ["13 دی 1402"])):  # fmt: skip
        assert looked(columns, [row] * 3)[:2] == (["2024-01-03"] * 3, [])
    assert looked(["Date"], [["21 Jumada II 1445"]] * 3)[:2] == (["2024-01-03~"] * 3, [])


def test_years_long_ago_beside_others_are_ours():
    days, questions, account = looked(["Year"], [["1402"], ["1755"], ["1914"]])
    assert (days, questions, account.doubtful) == (["1402", "1755", "1914"], [], 0)


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (["Year", "Month", "Day"], [["2567", "1", "3"], ["2566", "12", "28"]]),
        (["Date"], [["3/1/2567"], ["28/12/2566"]]),
        (["Date"], [["2567-01-03"], ["2566-12-28"]]),
        (["Date"], [["3 มกราคม 2567"], ["28 ธ.ค. พ.ศ. 2566"]]),
        (["Date"], [["3/1/2567"], ["28/12/66"]]),
    ],
)
def test_years_of_the_buddhist_era_are_read(columns, rows):
    days, questions, account = looked(columns, [*rows, rows[0]])
    assert days == ["2024-01-03", "2023-12-28", "2024-01-03"]
    assert (questions, account.doubtful) == ([], 0)


def test_one_year_to_come_is_a_slip_and_no_buddhist_year():
    rows = [["2023-01-02"]] * 5 + [["2502-01-03"]]
    days, _, account = looked(["Date"], rows)
    assert days[-1] == "2502-01-03"
    assert account.doubts == {"date_to_come": 1}


def test_an_end_is_kept_while_day_and_month_are_open():
    days, [_], _ = looked(["Start date", "End date"], [["03/04/2022", "05/04/2022"]] * 2)
    assert days == ["[2022-03-04..2022-05-04]"] * 2
    days, _, _ = looked(["Start date", "End date"], [["03/04/2022", "05/04/2022"]], dates="dmy")
    assert days == ["2022-04-03/2022-04-05"]


def test_an_end_alone_leaves_the_order_open():
    days, [question], _ = looked(["Finish"], [["03/04/2022"]] * 2, date="", end="Finish")
    assert days == ["[2022-03-04,2022-04-03]"] * 2
    assert question.text == "What is '03/04/2022' in “Finish”?"


def test_rows_that_would_end_before_they_start_prove_the_order():
    rows = [["10/02/2022", "01/03/2022"], ["11/05/2022", "02/06/2022"], ["03/04/2022", ""]]
    days, questions, _ = looked(["Start date", "End date"], rows)
    assert days == ["2022-02-10/2022-03-01", "2022-05-11/2022-06-02", "2022-04-03"]
    assert questions == []


def test_years_of_two_digits_behind_one_of_an_era_are_of_that_era():
    read = {one: edtf_of(one) for one in ("2567/68", "2567-68", "2567/06", "2567-06-13")}
    assert list(read.values()) == ["2024/2025", "2024/2025", "2024-06", "2024-06-13"]


def test_only_its_own_form_is_of_a_calendar():
    assert edtf_of("2024-01-03", Order.LUNAR) == "2024-01-03"
    assert edtf_of("25 October 1415") == "1415-10-25"
    assert edtf_of("1402-13-01", Order.SOLAR) is None
