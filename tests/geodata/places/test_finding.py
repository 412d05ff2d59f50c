"""Places that somebody who types may want to go to."""

from __future__ import annotations

import time

import pytest

from geodata.places.finding import find_places


@pytest.mark.parametrize(
    ("typed", "name", "country"),
    [
        ("kabu", "Kabul", "AF"),
        ("Кабул", "Kabul", "AF"),
        ("کابل", "Kabul", "AF"),
        ("QOM", "Qom", "IR"),
        ("mazar-i-sh", "Mazār-e Sharīf", "AF"),
        ("Данғара", "Danghara", "TJ"),
        ("Крокус Сити", "Crocus City Hall", "RU"),
        ("nangarhar", "Nangarhar", "AF"),
        ("東京", "Tokyo", "JP"),
    ],
)
def test_the_place_that_is_meant_comes_first(typed: str, name: str, country: str) -> None:
    found = find_places(typed)
    assert (found[0].name, found[0].country) == (name, country)
    assert -180 <= found[0].lon <= 180
    assert -90 <= found[0].lat <= 90
    assert found[0].radius_km > 0


def test_the_whole_name_comes_before_a_larger_place_that_only_begins_so() -> None:
    assert find_places("khar")[0].name == "Khar"
    assert find_places("khark")[0].name != "Khar"


def test_what_was_typed_is_told_where_the_name_is_another() -> None:
    assert find_places("Helmantica")[0].matched == "Helmantica"
    assert find_places("kabul")[0].matched == "Kabul"


def test_a_place_of_two_sources_is_one_and_a_province_another() -> None:
    found = find_places("Nangarhar")
    assert len({(one.name, one.precision) for one in found}) == len(found)
    kerman = [one.precision for one in find_places("Kerman") if one.name == "Kerman"]
    assert sorted(kerman) == ["province", "settlement"]


@pytest.mark.parametrize("text", ["", " ", "ka", "…", "no such place at all"])
def test_too_little_and_what_is_nowhere_find_nothing(text: str) -> None:
    assert find_places(text) == []


def test_no_more_are_found_than_are_wanted() -> None:
    assert len(find_places("san")) == 8
    assert find_places("san", limit=2) == find_places("san")[:2]


def test_typing_is_not_held_up() -> None:
    find_places("xyz")  # read once
    started = time.perf_counter()
    find_places("san")  # begins more names than any other three letters
    assert time.perf_counter() - started < 2
