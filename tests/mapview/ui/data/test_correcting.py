"""Cells that are put right on the page before anything is stored."""

from __future__ import annotations

from pathlib import Path

from data_page import OWN, Open, do_import, labels, press, run, said
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from geodata.importing import Fix
from geodata.workspace import Workspace, read_recipe
from mapview.data import current_store
from mapview.ui import markup


def field(page: AppTest, words: str) -> TextInput:
    return next(one for one in page.text_input if words in one.label.replace("\\", ""))


def read_again(page: AppTest) -> AppTest:
    """Press the button of the first form."""
    next(one for one in page.button if one.label == "Read it with these cells").click()
    return run(page)


def test_a_cell_is_corrected_and_counted_at_once(opened: Open, own_use: Path) -> None:
    page = opened(OWN + "4;Ende Mai;Bonn;50,73;7,1;1;Brand\n")
    cell = field(page, "Line 4, Datum")
    assert cell.value == "bald"
    cell.input("06/04/2022")
    page = read_again(page)
    assert "Accepted 3 Left out 1" in said(page)
    # The next row has moved up and has its own cell, not what was put into the other one.
    assert field(page, "Line 5, Datum").value == "Ende Mai"
    assert "1 a cell that somebody corrected" in said(page)
    do_import(page)
    record = current_store().everything().incidents_by_id["own:3"]
    assert record.upstream["Datum"] == "06/04/2022 (corrected; the file has “bald”)"
    [fix] = read_recipe(own_use / "own" / "recipe.toml").fixes
    assert fix == Fix(4, "Datum", "bald", "06/04/2022", row=fix.row)
    assert fix.row


def test_a_correction_can_be_taken_back(opened: Open) -> None:
    page = opened(OWN)
    field(page, "Line 4, Datum").input("2022-04-06")
    page = read_again(page)
    [label] = [one for one in labels(page) if "take it back" in one]
    assert label.replace("\\", "") == "Line 4, Datum: 2022-04-06 instead of bald – take it back"
    press(page, next(one.key for one in page.button if one.label == label))
    assert "Accepted 2 Left out 1" in said(page)
    assert not [one for one in labels(page) if "take it back" in one]


def test_what_the_file_has_is_no_correction(opened: Open) -> None:
    page = opened(OWN)
    field(page, "Line 4, Datum").input("bald!")
    page = read_again(page)
    field(page, "Line 4, Datum").input("bald")
    page = read_again(page)
    assert not [one for one in labels(page) if "take it back" in one]
    assert "somebody corrected" not in said(page)


def test_the_same_rows_are_corrected_once(opened: Open) -> None:
    # Placemarks of a file that is not well-formed stand at lines of it, several at one.
    marks = "".join(
        f"<Placemark><name>A & B</name><ExtendedData><Data name='date'><value>{when}</value></Data>"
        "</ExtendedData></Placemark>"
        for when in ("2024-01-02", "2024-01-03", "bald", "bald")
    )
    begin = '<kml xmlns="http://www.opengis.net/kml/2.2">'
    page = opened(f"{begin}<Folder>{marks}</Folder></kml>", "own.kml")
    field(page, "Line 1, date").input("2024-01-04")
    assert "Left out 0" in said(read_again(page))


def test_what_it_may_mean_stands_there_already(opened: Open) -> None:
    page = opened(OWN.replace("3;bald;Bonn;50,73;7,1", "3;07/04/2022;Bonn;107,1;50,73"))
    assert field(page, "Line 4, Breite, the file has 107,1").value == "50.73"
    assert field(page, "Line 4, Länge, the file has 50,73").value == "107.1"
    page = read_again(page)
    assert "Left out 0" in said(page)
    assert "2 cells are corrected" in [one.label for one in page.expander]


def test_nothing_said_changes_nothing(opened: Open) -> None:
    page = opened(OWN)
    before = said(page)
    assert said(read_again(page)) == before
    assert Workspace().datasets() == []


def test_hostile_names_and_cells_stay_text(opened: Open) -> None:
    column = "**Datum** [date]"
    page = opened(OWN.replace("Datum", column))
    [label] = [one.label for one in page.text_input if "Line 4" in one.label]
    assert label == f"Line 4, {markup.plain(column)}"
    field(page, "Line 4").input("**2022-04-06** :red[x]")
    [told] = [one for one in labels(read_again(page)) if "take it back" in one]
    assert markup.plain("**2022-04-06** :red[x]") in told
    assert "**" not in told
