"""Bars reach exactly as far as what is said: no further where an end is open, exact where it is."""

from __future__ import annotations

from datetime import date

import pytest

from mapview.groups.bars import Axis, axis_of, number_pieces, term_pieces

AXIS = Axis(2000, 2020, 2)
FADE = 0.07


def at(*ymd: int) -> float:
    return pytest.approx(AXIS.at(date(*ymd)), abs=0.007)


def drawn(valid_from: str, valid_to: str) -> list[tuple[str, float, float]]:
    return [tuple(one) for one in term_pieces(valid_from, valid_to, AXIS)]


def test_an_end_that_is_not_stated_is_never_drawn_to_the_edge():
    begun, fading = drawn("2005-03-01", "")
    assert begun == ("sure", at(2005, 3, 1), at(2005, 3, 1))
    assert fading == ("fade-out", at(2005, 3, 1), pytest.approx(AXIS.at(date(2005, 3, 1)) + FADE))


def test_a_beginning_that_is_not_stated_is_not_drawn_from_the_edge():
    (fading, ended) = drawn("", "2010")
    assert fading[0] == "fade-in"
    assert fading[1] == pytest.approx(AXIS.at(date(2010, 1, 1)) - FADE)
    assert ended == ("unsure", at(2010, 1, 1), at(2010, 12, 31))


def test_a_term_is_sure_only_between_the_last_beginning_and_the_first_end():
    assert drawn("2005", "2010-06") == [
        ("unsure", at(2005, 1, 1), at(2005, 12, 31)),
        ("sure", at(2005, 12, 31), at(2010, 6, 1)),
        ("unsure", at(2010, 6, 1), at(2010, 6, 30)),
    ]


def test_by_a_year_is_not_until_that_year():
    assert {one[0] for one in drawn("", "../2007")} == {"fade-in"}
    assert drawn("", "../2007")[0][2] == at(2007, 12, 31)
    assert "sure" not in {one[0] for one in drawn("2005", "../2007")}


@pytest.mark.parametrize("term", [("2005~", "2010"), ("2005", "2010?"), ("2005%", "2010")])
def test_what_is_hedged_is_nowhere_sure(term):
    assert drawn(*term)
    assert "sure" not in {one[0] for one in drawn(*term)}


def test_what_may_have_ended_before_it_began_for_sure_is_not_sure():
    assert drawn("2005", "2005") == [("unsure", at(2005, 1, 1), at(2005, 12, 31))]


def test_without_a_time_nothing_is_drawn():
    assert drawn("", "") == []
    assert axis_of([("", ""), ("XXXX", "")]) is None


@pytest.mark.parametrize("years", [1, 3, 10, 40, 300, 1_500])
def test_an_axis_names_a_few_years_within_it(years):
    axis = axis_of([(f"{2_024 - years:04}", "2024")])
    assert axis is not None
    assert 1 <= len(axis.ticks) <= 8
    assert all(0 <= share < 1 and axis.first <= year < axis.last for year, share in axis.ticks)


@pytest.mark.parametrize(
    ("low", "high", "forms"),
    [
        (400, 400, ["sure"]),
        (300, 400, ["sure", "unsure"]),
        (None, 400, ["unsure"]),
        (400, None, ["sure", "fade-out"]),
    ],
)
def test_a_range_is_drawn_as_a_range_and_never_as_its_middle(low, high, forms):
    pieces = number_pieces(low, high, 400)
    assert [one.form for one in pieces] == forms
    assert pieces[0].start == 0
    if high:
        assert pieces[-1].end == pytest.approx(high / 400 * (1 - FADE))
