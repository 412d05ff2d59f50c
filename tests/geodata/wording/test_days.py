"""Dates in running text, in every form that the program reads in a cell."""

from __future__ import annotations

import pytest

from geodata.wording.days import written_dates


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Kerman, 3 January 2024: killed", [("2024-01-03", "2024-01-03")]),
        ("on January 3rd, 2024 or Jan 3 2024", [("2024-01-03", "2024-01-03")] * 2),
        ("3.1.2024, 2024-01-03, 2024/1/3", [("2024-01-03", "2024-01-03")] * 3),
        ("17–21 August 2019", [("2019-08-17", "2019-08-21")]),
        ("17 April 2022 – 3 May 2022", [("2022-04-17", "2022-05-03")]),
        ("October 2022, autumn 2016", [("2022-10-01", "2022-10-31"), ("2016-09-01", "2016-11-30")]),
        ("the 1990s, 1990–1999", [("1990-01-01", "1999-12-31")] * 2),
        ("3 января 2024", [("2024-01-03", "2024-01-03")]),
        ("2024 people were killed in 2023", [("2023-01-01", "2023-12-31")]),
        ("We may go on 3 times", []),
        ("at least 2000 fled", []),
    ],
)
def test_dates_are_read(text: str, days: list[tuple[str, str]]) -> None:
    found = [
        (str(one.start), str(one.end)) for date in written_dates(text) for one in date.spans[:1]
    ]
    assert found == days


def test_which_number_is_the_day_stays_open() -> None:
    [one] = written_dates("on 03/04/2022")
    assert [str(span.start) for span in one.spans] == ["2022-03-04", "2022-04-03"]


def test_days_without_a_year_are_read() -> None:
    assert [(one.month, one.day) for one in written_dates("on 3 January and in March")] == [
        (1, 3),
        (3, None),
    ]
