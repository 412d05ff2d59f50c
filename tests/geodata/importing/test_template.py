"""A template is filled in by a spreadsheet and read back without a question."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from geodata.importing import TEMPLATES, Looked, look, template_of
from geodata.reading import open_file
from geodata.records import ClaimAbout, EventType, GeoPrecision, Status, derive_toll

ROWS = (
    {
        "Id": "a1", "Date": "2024-02-03", "Title": "Raid on a post", "Type": "raid",
        "Status": "disputed", "Place": "Kabul", "Country": "Afghanistan", "Latitude": 34.5,
        "Longitude": 69.2, "Precision": "district", "Killed": 3, "Killed at most": 5,
        "Source": "A paper", "Link": "https://example.org/x",
    },
    {"Id": "a2", "Date": datetime(2024, 3, 4), "Type": "Looting", "Place": "Herat"},
    {"Id": "a3", "Date": "2023", "Latitude": 34.4, "Longitude": 62.1, "Precision": "country"},
    {"Id": "a4", "Date": "03/04/2024", "Latitude": 34.4, "Longitude": 62.1, "Precision": "site"},
)  # fmt: skip


def filled(path: Path, rows=ROWS) -> Path:
    path.write_bytes(template_of("xlsx"))
    book = openpyxl.load_workbook(path)
    page = book["Incidents"]
    names = [one.value for one in page[1]]
    for row in rows:
        assert set(row) <= set(names)
        page.append([row.get(name) for name in names])
    book.save(path)
    return path


def read(path: Path) -> Looked:
    return look(open_file(path), dataset="own", file=path.name, keeps_all=True)


def test_a_filled_workbook_is_read_without_a_question(tmp_path):
    looked = read(filled(tmp_path / "t.xlsx", ROWS[:3]))
    assert looked.plan.questions == ()
    assert (looked.account.rows, looked.account.accepted) == (3, 3)
    assert dict(looked.account.skipped) == {"header": 1, "example": 2}
    first, second, third = looked.records.incidents
    assert (first.id, first.title, first.event_date) == ("own:a1", "Raid on a post", "2024-02-03")
    assert (first.event_types, first.status) == ((EventType.RAID,), Status.DISPUTED)
    assert (first.geo_precision, first.radius_km) == (GeoPrecision.DISTRICT, 25)
    assert derive_toll(first.claims, ClaimAbout.FATALITIES).high == 5
    assert (second.event_date, second.type_of_source) == ("2024-03-04", "Looting")
    # Known to the country only: listed, never a pin.
    assert (third.event_date, third.is_mappable) == ("2023", False)


def test_an_order_of_day_and_month_is_asked_there_too(tmp_path):
    looked = read(filled(tmp_path / "t.xlsx"))
    assert [one.about for one in looked.plan.questions] == ["dates"]
    assert looked.records.incidents[-1].geo_precision is GeoPrecision.SITE


@pytest.mark.parametrize("ending", TEMPLATES)
def test_nothing_of_an_empty_template_is_a_record(ending, tmp_path):
    path = tmp_path / f"t.{ending}"
    path.write_bytes(template_of(ending))
    looked = read(path)
    assert (looked.account.rows, looked.account.skipped["example"]) == (0, 2)
    assert looked.plan.questions == ()


def test_lists_offer_what_records_may_say():
    book = openpyxl.load_workbook(io.BytesIO(template_of("xlsx")))
    page, lists = book["Incidents"], book["Lists"]
    names = {one.value: one.column_letter for one in page[1]}
    choices = {str(one.sqref)[0]: one for one in page.data_validations.dataValidation}
    offered = {
        one.value: [cell.value for cell in column if cell.value][1:]
        for one, column in zip(lists[1], lists.columns, strict=True)
        if one.value
    }
    assert offered["Type"] == [str(one) for one in EventType]
    assert offered["Precision"] == [str(one) for one in GeoPrecision]
    assert offered["Status"] == [str(one) for one in Status]
    assert {"Iran", "Afghanistan"} <= set(offered["Country"])
    assert set(choices) == {names[one] for one in offered}
    assert choices[names["Precision"]].errorStyle == "stop"
    assert choices[names["Type"]].errorStyle == "information"
    assert lists.sheet_state == "hidden"
    helped = " ".join(str(one.value) for (one,) in book["How to fill in"].iter_rows())
    assert all(f"{name}: " in helped for name in names)


def test_both_templates_have_the_same_columns_and_bytes_stay():
    rows = list(csv.reader(io.StringIO(template_of("csv").decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(template_of("xlsx")))
    assert rows[0] == [one.value for one in book["Incidents"][1]]
    assert book.properties.modified == book.properties.created == datetime(2000, 1, 1)
    assert template_of("xlsx") == template_of("xlsx")
