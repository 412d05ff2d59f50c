"""Tests of workbooks, made by openpyxl."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from geodata.importing import look
from geodata.reading import Refused, open_file
from geodata.records import ClaimAbout

DAY = dt.datetime(2024, 1, 3)
MOMENT = dt.datetime(2024, 1, 3, 14, 5)


@pytest.fixture
def path(tmp_path) -> Path:
    book = openpyxl.Workbook()
    prose = book.active
    prose.title = "Terms of use"
    prose.append(["You may use it."])
    prose.append(["You may not sell it."])
    page = book.create_sheet("Data")
    page.append([])
    page.append(["Attacks"])
    page.append([None, "eventid", "date", "lat", "at\n(local)", "zip", "sure"])
    page.append(["a", 201101010001, DAY, 34.5, MOMENT, "00120", True])
    page.append([])
    page.append(["b", 201101010002, DAY, 35, dt.time(3, 4), "Unknown", None])
    hidden = book.create_sheet("Old")
    hidden.append(["a", "b"])
    hidden.append([1, 2])
    hidden.sheet_state = "hidden"
    file = tmp_path / "x.xlsx"
    book.save(file)
    return file


def test_tables_are_found_on_any_sheet_and_row(path):
    (sheet,) = open_file(path)
    assert sheet.name == "Data"
    assert sheet.form == "XLSX"
    assert sheet.columns == ("column 1", "eventid", "date", "lat", "at (local)", "zip", "sure")
    assert [one.split(" (")[0] for one in sheet.notes] == ["Terms of use", "Old"]


def test_values_keep_their_type_and_ids_their_digits(path):
    (sheet,) = open_file(path)
    first, second = sheet.rows()
    assert first.cells == ("a", 201101010001, dt.date(2024, 1, 3), 34.5, MOMENT, "00120", True)
    assert isinstance(first.cells[1], int)
    assert second.cells[3:] == (35, "03:04:00", "Unknown", None)
    assert [first.line, second.line] == [4, 6]
    assert sheet.skipped == Counter(preamble=1, header=1, empty=1)


def test_thousands_of_empty_rows_and_a_total(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["date", "place", "killed"])
    for n in range(1, 6):
        page.append([DAY, f"Place {n}", n])
    page.cell(17_000, 1, " ")
    page.cell(17_001, 3, 15)
    book.save(tmp_path / "x.xlsx")
    (sheet,) = open_file(tmp_path / "x.xlsx")
    assert len(list(sheet.rows())) == 5
    assert sheet.skipped == Counter(header=1, empty=16_994, total=1)


def test_one_cell_far_away_is_refused_before_room_is_made(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "a"
    book.active["XFD1048576"] = "b"
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(Refused, match="a sheet of 17,179,869,184 cells"):
        open_file(tmp_path / "x.xlsx")


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="T">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
TEXT = '<table:table-cell{} office:value-type="string"><text:p>{}</text:p></table:table-cell>'
NOTHING = '<table:table-cell table:number-columns-repeated="16382"/>'


def ods(path: Path, rows: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", ODS.format(rows))
    return path


def test_open_document_with_rows_to_the_last(tmp_path):
    header = TEXT.format("", "date") + TEXT.format("", "place") + NOTHING
    row = TEXT.format("", "2020") + TEXT.format("", "Kabul") + NOTHING
    rows = f"<table:table-row>{header}</table:table-row><table:table-row>{row}</table:table-row>"
    filler = f'<table:table-row table:number-rows-repeated="1048574">{NOTHING}</table:table-row>'
    (sheet,) = open_file(ods(tmp_path / "x.ods", rows + filler))
    assert [one.cells for one in sheet.rows()] == [("2020", "Kabul")]
    assert sheet.form == "ODS"


def test_open_document_that_repeats_without_end_is_refused(tmp_path):
    cell = TEXT.format(' table:number-columns-repeated="16384"', "x")
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    with pytest.raises(Refused, match="a sheet of 17,179,869,184 cells"):
        open_file(ods(tmp_path / "x.ods", rows))


def test_prose_alone_is_no_table(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Only words"])
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(Refused, match="is a workbook without a table: Sheet"):
        open_file(tmp_path / "x.xlsx")


def test_a_workbook_in_an_archive(path, tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.write(path, "inner.xlsx")
    (tmp_path / "x.zip").write_bytes(buffer.getvalue())
    (sheet,) = open_file(tmp_path / "x.zip")
    assert sheet.name == "inner.xlsx/Data"
    assert len(list(sheet.rows())) == 2


def test_merged_cells_hold_for_all_their_rows_and_their_tolls_count_once(tmp_path):
    book = openpyxl.Workbook()
    lines = [
        ["Date", "Place", "lat", "lon", "Killed"],
        [dt.date(2021, 5, 1), "A", 33, 44, 6],
        [None, "B", 34, 45, None],
        [None, None, None, None, None],
        [None, "C", 35, 46, 2],
        [dt.date(2021, 6, 1), "D", 36, 47, 1],
        [None, "E", 37, 47, 1],
    ]
    for at, line in enumerate(lines, start=3):
        for column, cell in enumerate(line, start=2):
            book.active.cell(at, column, cell)
    for merged in ("B4:B7", "F4:F5", "B1:F1", "B3:B3"):
        book.active.merge_cells(merged)
    book.save(tmp_path / "x.xlsx")
    found = look(open_file(tmp_path / "x.xlsx"), keeps_all=True)
    told = [(one.title, one.event_date, len(one.points)) for one in found.records.incidents]
    day = "2021-05-01"
    assert told[:4] == [("A", day, 1), ("B", day, 1), ("C", day, 1), ("D", "2021-06-01", 1)]
    assert told[4][1] == "XXXX"
    claims = [one for row in found.records.incidents for one in row.claims]
    tolls = [one.value for one in claims if one.about is ClaimAbout.FATALITIES]
    assert tolls == [6, 2, 1, 1]
    assert found.account.doubts == {"cell_merged": 2, "date_unknown": 1}
    assert "Date: '2021-05-01'" in found.account.examples["cell_merged"][0]
