"""Tests of tables as text: whatever parts their columns."""

from __future__ import annotations

import pytest

from geodata.errors import FormatError
from geodata.intake.tables import read_table

CELLS = [["id", "event_date", "lat"], ["a", "2020", "34,5"]]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_the_separator_is_found(separator):
    text = "\r\n".join(separator.join(row) for row in CELLS)
    table = read_table(text, "x.csv")
    assert (list(table.header), table.rows) == (CELLS[0], ((2, ("a", "2020", "34,5")),))


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", "sep=,", "sep=|", "sep=\t"])
def test_a_first_line_says_the_separator(first):
    separator = first[-1]
    rows = [[cell.replace(",", ".") for cell in row] for row in CELLS]
    text = "\r\n".join([first, *(separator.join(row) for row in rows)])
    assert read_table(text, "x.csv").rows == ((3, ("a", "2020", "34.5")),)


def test_semicolons_within_cells_part_nothing():
    table = read_table('id,event_types\na,"bombing; raid; plot; arson"\n', "x.csv")
    assert table.rows == ((2, ("a", "bombing; raid; plot; arson")),)


def test_empty_rows_are_no_rows_and_numbers_are_those_of_a_spreadsheet():
    assert read_table("id,event_date\n\n,\na,2020\n", "x.csv").rows == ((4, ("a", "2020")),)


def test_a_fault_says_what_was_taken_for_the_separator():
    with pytest.raises(
        FormatError, match=r"x\.csv must be CSV, got: .* with semicolons for columns"
    ):
        read_table('id;event_date\n"a"b;2020\n', "x.csv")
