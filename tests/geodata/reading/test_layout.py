"""Tests of where in a grid the table stands."""

from __future__ import annotations

from collections import Counter

from geodata.reading.layout import find_layout, name_columns


def test_a_group_of_headers_above_is_no_header():
    found = find_layout(
        [
            ["Place", "", "", "Toll", "", ""],
            ["lat", "lon", "name", "killed", "injured", "note"],
            [1.5, 2.5, "x", 1, 2, "y"],
            [1.5, 2.5, "x", 1, 2, "y"],
        ]
    )
    assert found.names == ("lat", "lon", "name", "killed", "injured", "note")
    assert found.skipped == Counter(preamble=1, header=1)


def test_years_are_names_where_the_others_are():
    found = find_layout([["Country", "2019", "2020"], ["Mali", "3", "4"], ["Chad", "5", "6"]])
    assert found.names == ("Country", "2019", "2020")


def test_tags_without_names_above_are_the_names():
    found = find_layout([["#date", "#adm1+name"], ["2020-01-01", "Kidal"]])
    assert found.names == ("#date", "#adm1+name")
    assert found.begin == 1


def test_tags_in_half_of_the_cells_do():
    rows = [["Event Date", "iso3", "Fatalities", "x"], ["#date", "", "#affected", "y"], ["1"] * 4]
    assert find_layout(rows).skipped == Counter(header=1, tags=1)


def test_a_sparse_first_row_below_the_header_moves_nothing():
    rows = [["a", "b", "c", "d"], ["1", "", "", ""], ["1", "2", "3", "4"]]
    assert find_layout(rows).begin == 1


def test_names_are_each_once_however_they_clash():
    names = name_columns(["a", "a", "a (2)", "", "column 4", "\ufeffb"])
    assert names == ("a", "a (3)", "a (2)", "column 4 (2)", "column 4", "b")
    assert len(set(names)) == 6


def test_names_over_two_lines_are_joined_where_cells_were_merged():
    found = find_layout(
        [
            ["Location", "", "Casualties", "", "Date", "Event"],
            ["Lat", "Lon", "Killed", "Wounded", "", ""],
            [34.5, 69.2, 1, 2, "2023-05-01", "Bombing"],
            [34.5, 69.2, 1, 2, "2023-05-02", "Bombing"],
        ]
    )
    assert found.names == ("Lat", "Lon", "Killed", "Wounded", "Date", "Event")
    assert (found.begin, found.skipped) == (2, Counter(header=2))


def test_a_name_that_comes_twice_is_told_with_its_group():
    found = find_layout(
        [["Civilians", "", "Police", "", "Date"], ["dead", "hurt", "dead", "hurt", ""]]
        + [["1", "2", "3", "4", "2024-01-0" + day] for day in "123"]
    )
    assert found.names == ("Civilians dead", "Civilians hurt", "Police dead", "Police hurt", "Date")


def test_a_first_row_of_words_is_data_where_columns_have_no_name():
    rows = [["Place", "What", "", "Toll", "Day"], ["Kabul", "x", "Raid", "y", "z"]]
    assert find_layout([*rows, ["Herat", "x", "Raid", "2", "3"]]).begin == 1
