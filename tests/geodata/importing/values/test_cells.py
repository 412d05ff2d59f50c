"""Cells as text, words for nothing, numbers and counts."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from geodata.importing.values import country_code, figure_of, is_null, number_of, text_of, type_of
from geodata.records import EventType, Qualifier


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (201101010001, "201101010001"),
        (201101010001.0, "201101010001"),
        (12.5, "12.5"),
        (None, ""),
        (float("nan"), ""),
        (" a\t", "a"),
        ("007", "007"),
        (True, "true"),
        (datetime(2024, 1, 3), "2024-01-03"),
        (datetime(2024, 1, 3, 14), "2024-01-03T14:00:00"),
        (date(2024, 1, 3), "2024-01-03"),
    ],
)
def test_a_cell_is_text_without_what_only_its_format_adds(cell, expected):
    assert text_of(cell) == expected


@pytest.mark.parametrize(
    "text", ["", "NA", "N/A", "NULL", "None", "-", "nan", "Unknown", "Unconfirmed", "Unclear"]
)
def test_words_for_nothing_say_nothing(text):
    assert is_null(text)
    assert is_null(text.lower())


def test_zero_and_words_with_more_in_them_say_something():
    assert not is_null("0")
    assert not is_null("Unknown gunmen")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234", 1234),
        ("1.234.567", 1234567),
        ("3,5", 3.5),
        ("−7", -7),
        ("1 234", 1234),
        ("1e3", 1000),
        ("x", None),
    ],
)
def test_numbers_have_points_commas_or_groups(text, expected):
    assert number_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", (12, 12, None)),
        ("12.0", (12, 12, None)),
        ("3-5", (3, 5, None)),
        ("3 to 5", (3, 5, None)),
        ("10+", (10, 10, Qualifier.AT_LEAST)),
        ("up to 7", (7, 7, Qualifier.AT_MOST)),
        ("more than 40", (40, 40, Qualifier.OVER)),
        ("~15", (15, 15, Qualifier.ABOUT)),
        ("-9", None),
        ("1.5", None),
        ("several", None),
        ("6 killed, 8 injured", None),
    ],
)
def test_counts_keep_their_hedges(text, expected):
    assert figure_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Myanmar (Burma)", "MM"), ("Russia (Soviet Union)", "RU"), ("DR Congo (Zaire)", "CD"),
        ("Democratic Republic of Congo", "CD"), ("Republic of Congo", "CG"), ("854", "BF"),
        ("4", "AF"),
        ("ru", "RU"), ("KEN", "KE"), ("Türkiye", "TR"), ("Deutschland", "DE"),
        ("Pacific Ocean", ""), ("XX", ""),
    ],
)  # fmt: skip
def test_countries_are_known_by_any_usual_name(text, expected):
    assert country_code(text) == expected


def test_a_type_of_others_is_ours_only_where_it_means_the_same():
    assert type_of("Air strikes") is EventType.AIRSTRIKE
    assert type_of("Suicide bombings") is EventType.SUICIDE_BOMBING
    assert type_of("Explosion") is EventType.OTHER
    assert type_of("Peaceful protest") is EventType.OTHER
