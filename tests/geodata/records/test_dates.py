"""Tests of dates: what an EDTF text may mean, how exactly, and in words."""

from __future__ import annotations

import calendar
import time
from datetime import date
from itertools import pairwise

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from fixed_records import incident
from hypothesis import assume, example, given
from hypothesis import strategies as st
from strategies import days, edtf_texts

from geodata.errors import RecordError
from geodata.records.dates import (
    FIRST_DAY,
    LAST_DAY,
    LAST_MONTH,
    Spread,
    far_dates,
    first_day,
    last_day,
    month_of,
    parse_date,
    spread_of,
)
from geodata.records.vocabulary import TimePrecision
from geodata.tongue import describe_date, describe_term

SPANS = [
    ("2024-01-03", "2024-01-03", "2024-01-03", "day"),
    ("2024-01-03~", "2024-01-03", "2024-01-03", "day"),
    ("2022-10", "2022-10-01", "2022-10-31", "month"),
    ("2024-02", "2024-02-01", "2024-02-29", "month"),
    ("2016-21", "2016-03-01", "2016-05-31", "season"),
    ("2016-23", "2016-09-01", "2016-11-30", "season"),
    ("2023-24", "2023-12-01", "2024-02-29", "season"),
    ("2016-23~", "2016-09-01", "2016-11-30", "season"),
    ("2015", "2015-01-01", "2015-12-31", "year"),
    ("2015~", "2015-01-01", "2015-12-31", "year"),
    ("199X", "1990-01-01", "1999-12-31", "range"),
    ("2022-04-17/2022-05-03", "2022-04-17", "2022-05-03", "range"),
    ("2022-04-17/2022-04-23", "2022-04-17", "2022-04-23", "week"),
    ("2022-04-17/2022-04-24", "2022-04-17", "2022-04-24", "range"),
    ("2022-04-17/2022-04-17", "2022-04-17", "2022-04-17", "day"),
    ("2018/..", "2018-01-01", "9999-12-31", "range"),
    ("../2019-05-15", "0001-01-01", "2019-05-15", "range"),
    ("../..", "0001-01-01", "9999-12-31", "unknown"),
    ("XXXX", "0001-01-01", "9999-12-31", "unknown"),
    ("2021-XX", "2021-01-01", "2021-12-31", "year"),
    ("2021-XX-XX", "2021-01-01", "2021-12-31", "year"),
    ("2021-02-XX", "2021-02-01", "2021-02-28", "month"),
    ("?2021-05", "2021-05-01", "2021-05-31", "month"),
    ("2021?-05-~04", "2021-05-04", "2021-05-04", "day"),
    ("2021-05-04T23:30:00+04:30", "2021-05-04", "2021-05-04", "day"),
    ("2021-05-04T00:00:00Z", "2021-05-04", "2021-05-04", "day"),
    ("2021-05-04T23:30:00.250", "2021-05-04", "2021-05-04", "day"),
    ("2021-05-04T23:30/2021-05-06T01:00", "2021-05-04", "2021-05-06", "week"),
    ("9999-12-31", "9999-12-31", "9999-12-31", "day"),
    ("9999-12", "9999-12-01", "9999-12-31", "month"),
    ("9999-24", "9999-12-01", "9999-12-31", "season"),
    ("0202-10-03", "0202-10-03", "0202-10-03", "day"),
    ("0202-21", "0202-03-01", "0202-05-31", "season"),
    ("2020-29", "2020-09-01", "2020-11-30", "season"),
    ("2020-34", "2020-04-01", "2020-06-30", "range"),
    ("1XXX-02-29", "1004-02-29", "1996-02-29", "range"),
    ("1950S2", "1900-01-01", "1999-12-31", "range"),
    ("[2000-02, 2002..2003]", "2000-02-01", "2003-12-31", "range"),
    ("{2021-05-04}", "2021-05-04", "2021-05-04", "day"),
    ("[..1983-12]", "0001-01-01", "1983-12-31", "range"),
    ("XXXX-12-25", "0001-01-01", "9999-12-31", "unknown"),
]


@pytest.mark.parametrize(("text", "start", "end", "precision"), SPANS)
def test_a_text_means_all_days_from_the_first_to_the_last(text, start, end, precision):
    span = parse_date(text)
    assert (span.start.isoformat(), span.end.isoformat(), span.precision) == (start, end, precision)


@pytest.mark.parametrize("text", ["9999-12-31", "9999", "0001-01-01", "../9999-12-31"])
def test_the_last_day_of_the_calendar_is_a_day_and_no_open_end(text):
    span = parse_date(text)
    ends = (span.known_start, span.known_end)
    assert ends == (None if text.startswith("..") else span.start, span.end)
    assert parse_date(f"{text.split('/')[0]}/..").known_end is None


DATES = st.builds(
    "{}{}".format,
    st.sampled_from(("2021", "20XX", "201X", "2021-05", "2020-02-29"))
    | st.integers(1000, 9999).map(str)
    | days.map(date.isoformat),
    st.sampled_from(("", "", "~", "?", "%")),
)


@given(DATES | st.tuples(DATES, DATES).map("/".join) | st.tuples(DATES, DATES).map(list))
def test_another_reader_of_edtf_finds_the_same_days(text):
    if isinstance(text, list):
        text = f"[{text[0]},{text[1]}]"
    theirs = parse_edtf(text, fail_silently=True)
    assume(theirs is not None)  # It lacks some of level 2.
    first, last = theirs.lower_strict(), theirs.upper_strict()
    if last < first:
        with pytest.raises(RecordError, match="must not end before it starts"):
            parse_date(text)
    else:
        span = parse_date(text)
        assert (span.start, span.end) == (date(*first[:3]), date(*last[:3]))


def test_no_text_takes_long():
    hostile = [
        f"[{','.join(str(year) for year in range(1000, 6000))}]",
        f"[{','.join(f'XXXX-XX-{n}X' for n in range(4, 10))}]",
        "[" * 100_000,
        "Y1E999999999",
        "2021/" * 40,
        "~" * 199,
    ]
    start = time.process_time()
    for text in hostile:
        with pytest.raises(RecordError) as caught:
            parse_date(text)
        assert len(str(caught.value)) < 250
    assert time.process_time() - start < 1


@given(edtf_texts)
def test_a_span_never_ends_before_it_starts(text):
    span = parse_date(text)
    assert FIRST_DAY <= span.start <= span.end <= LAST_DAY
    assert (span.precision is TimePrecision.DAY) == (span.start == span.end)


@pytest.mark.parametrize("year", ["0000", "0001", "1900", "2000", "2023", "9999"])
@pytest.mark.parametrize("suffix", ["", "~", "?", "%"])
def test_plain_dates_are_those_of_the_edtf_package(year, suffix):
    rest = ("", "-00", "-02", "-12", "-13", "-02-28", "-02-29", "-02-30", "-12-31", "-01-00")
    for text in (f"{year}{one}{suffix}" for one in rest):
        try:
            parsed = parse_edtf(text)
            wanted = [date(*one()[:3]) for one in (parsed.lower_strict, parsed.upper_strict)]
        except (EDTFParseException, ValueError):
            with pytest.raises(RecordError, match=", got '"):
                parse_date(text)
        else:
            assert [parse_date(text).start, parse_date(text).end] == wanted, text


@given(days)
def test_coarser_texts_hold_the_finer_ones(day):
    spans = [parse_date(day.isoformat()[:length]) for length in (10, 7, 4)]
    for fine, coarse in pairwise(spans):
        assert coarse.start <= fine.start <= fine.end <= coarse.end
    month, year = spans[1:]
    assert month.end.day == calendar.monthrange(day.year, day.month)[1]
    assert (year.start, year.end) == (date(day.year, 1, 1), date(day.year, 12, 31))


@given(st.integers(1, 9998).map(lambda year: f"{year:04}"))
def test_the_seasons_of_a_year_follow_one_another_without_a_gap(year):
    if year.startswith("0"):
        year = f"1{year[1:]}"
    spans = [parse_date(f"{year}-{season}") for season in (21, 22, 23, 24)]
    for one, following in pairwise(spans):
        assert (following.start - one.end).days == 1
    assert (parse_date(f"{int(year) + 1}-21").start - spans[3].end).days == 1


@given(
    st.one_of(
        st.text(max_size=20),
        st.text("0123456789-/.X~?%YyESeTZ:[]{},+ ", max_size=20),
    )
)
@example("Y17000000002")
@example("9999-24")
@example("2024-13-01")
@example("1985-02-30")
@example("٢٠١٦-23")
@example("")
@example("2022-05-03/2022-04-17")
def test_any_text_is_a_span_or_a_record_error(text):
    try:
        span = parse_date(text)
    except RecordError as error:
        outcome = str(error)
    else:
        outcome = "" if span.start <= span.end else f"{text!r} ends before it starts"
    assert outcome == "" or ("must" in outcome and ", got " in outcome)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1985-02-30", "a day must exist in the calendar, got '1985-02-30'"),
        ("2022-05-03/2022-04-17", "must not end before it starts, got '2022-05-03/2022-04-17'"),
        ("last autumn", "a date must be EDTF.*got 'last autumn'"),
        ("03/01/2024", "year, month and day in this order, such as .*got '03/01/2024'"),
        ("2021-5-4", "year, month and day in this order"),
        ("-0043-03-15", "a date must lie within the years 0001 and 9999, got '-0043-03-15'"),
        ("-0043/0014", "a date must lie within the years 0001 and 9999, got '-0043/0014'"),
        ("0000", "must lie within the years"),
        ("Y-10000", "must lie within the years"),
        ("Y17E8", "must lie within the years"),
        ("2021-05-04T25:00", "a date must be EDTF"),
        ("[2020-01-01,2020-02-30]", "a day must exist in the calendar"),
        ("x" * 201, "a date must have at most 200 letters, got 201"),
    ],
)
def test_an_error_says_what_must_hold_and_what_came(text, message):
    with pytest.raises(RecordError, match=message):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-01-03", "3 January 2024"),
        ("2022-10", "October 2022"),
        ("2016-24", "winter 2016"),
        ("2015", "2015"),
        ("2015~", "about 2015"),
        ("2015?", "2015 (uncertain)"),
        ("2015%", "about 2015"),
        ("2018/..", "from 2018 on"),
        ("../2019-05-15", "by 15 May 2019"),
        ("2022-04-17/2022-05-03", "17 April 2022 – 3 May 2022"),
        ("199X", "1990 – 1999"),
        ("XXXX", "date unknown"),
        ("/", "date unknown"),
        ("2021-05-04T23:30:00+04:30", "4 May 2021"),
        ("?2021-05", "May 2021 (uncertain)"),
        ("2021-XX", "2021"),
        ("0202-10-03", "3 October 202"),
        ("9999-12-31", "31 December 9999"),
        ("[..1983-12-03]", "by 3 December 1983"),
        ("XXXX/2018", "by 2018"),
        ("XXXX-12-25", "year unknown"),
    ],
)
def test_words_are_as_precise_as_the_date(text, words):
    assert describe_date(text) == words


@given(edtf_texts)
def test_words_never_name_a_day_that_the_text_does_not(text):
    words = describe_date(text)
    assert words
    if len(text) == 7 and text[5] in "01":
        assert not words[0].isdigit()


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (("2015", "2016"), "2015 to 2016"),
        (("2015", ""), "from 2015, end not stated"),
        (("", "2016"), "until 2016, start not stated"),
        (("", "../2007"), "ended by 2007, start not stated"),
        (("../2007", ""), "begun by 2007, end not stated"),
        (("2007/..", ""), "begun in or after 2007, end not stated"),
        (("2015", "2015-11/2017-02"),
         "from 2015, ended at some time in November 2015 – February 2017"),
        (("199X", "199X"),
         "begun at some time in 1990 – 1999, ended at some time in 1990 – 1999"),
        (("", ""), "period not stated"),
        (("XXXX", ""), "period not stated"),
        (("2022-05~", ""), "from about May 2022, end not stated"),
    ],
)  # fmt: skip
def test_a_term_is_told_with_what_is_not_known(term, words):
    assert describe_term(*term) == words


@pytest.mark.parametrize(
    ("text", "spread"),
    [
        ("2020-01-05/2020-02", Spread(24240, 24241)),
        ("2020-03/..", Spread(24242, None)),
        ("../2020-02", Spread(24241, 24241, is_certain=False)),
        ("XXXX", None),
    ],
)
def test_silence_on_a_beginning_is_not_always(text: str, spread: Spread | None) -> None:
    assert spread_of(parse_date(text)) == spread


@given(st.dates())
def test_a_month_holds_its_days(day: date) -> None:
    month = month_of(day)
    assert first_day(month) <= day <= last_day(month + 1)
    assert month <= LAST_MONTH


def test_a_stray_date_is_told_and_a_quarter_of_all_is_not() -> None:
    near = [incident(f"y{year}", event_date=str(year)) for year in range(2015, 2021)]
    stray, other = (incident(f"s{year}", event_date=f"0{year}") for year in (202, 203))
    assert far_dates([*near, stray]) == [stray]
    assert far_dates([stray, other, *near[:5]]) == []
    assert far_dates([]) == []


def test_a_date_counts_as_often_as_records_have_it() -> None:
    near = [incident(f"y{year}", event_date=str(year)) for year in range(2015, 2021)]
    stray = [incident(f"s{number}", event_date="0202") for number in range(3)]
    assert far_dates([*near, *stray]) == []
    assert far_dates([*near, *stray[:2]]) == stray[:2]


@given(st.lists(edtf_texts, max_size=6))
def test_what_has_no_date_is_not_far(texts: list[str]) -> None:
    found = far_dates([incident(f"one-{at}", event_date=one) for at, one in enumerate(texts)])
    assert all(spread_of(one.span) for one in found)
    assert len(found) * 4 <= len(texts)
