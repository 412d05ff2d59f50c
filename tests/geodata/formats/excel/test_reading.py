"""A workbook that we wrote is records again, with every claim; what was cut or changed is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fixed_records import base_area, everything, incident
from hypothesis import Phase, assume, example, given, settings
from strategies import record_sets

from geodata.errors import FormatError
from geodata.formats.excel import read_xlsx, write_xlsx
from geodata.formats.xmltext import xml_text
from geodata.importing import Settings
from geodata.records import Claim, Records, Source
from geodata.workspace import begin_file

MEMBERS = ("incidents", "base_areas", "groups", "sources", "relations")


def again(records: Records, folder: Path) -> Records:
    write_xlsx(folder / "a.xlsx", records)
    result = read_xlsx(folder / "a.xlsx")
    assert result.problems == ()
    return result.records


def test_the_shipped_records_come_back_equal(shipped, tmp_path):
    found = again(shipped, tmp_path)
    for name in MEMBERS:
        assert sorted(getattr(found, name), key=str) == sorted(getattr(shipped, name), key=str)
    assert found.version == shipped.version


def held(value: Any) -> Any:
    """A value with its texts as a cell holds them."""
    if isinstance(value, str):
        return xml_text(value)
    if isinstance(value, dict):
        return {name: held(one) for name, one in value.items()}
    return [held(one) for one in value] if isinstance(value, list | tuple) else value


# A failing one is the better for not being made smaller, which takes minutes.
@settings(max_examples=15, phases=(Phase.explicit, Phase.generate))
@given(records=record_sets())
@example(records=everything())
def test_claims_of_any_records_come_back(records, tmp_path_factory):
    others = {one.id for one in (*records.incidents, *records.base_areas)}
    named = [one.id for one in (*records.groups, *records.relations)]
    assume(others.isdisjoint(named) and len(set(named)) == len(named))
    folder = tmp_path_factory.mktemp("any")
    write_xlsx(folder / "a.xlsx", records)
    result = read_xlsx(folder / "a.xlsx")
    back = {one.id: one for one in (*result.records.incidents, *result.records.base_areas)}
    told = {one.record for one in result.problems}
    for one in (*records.incidents, *records.base_areas):
        if one.id not in told:
            ours, theirs = (held(record.model_dump()["claims"]) for record in (one, back[one.id]))
            assert ours == theirs


def test_outlines_and_several_places_come_back(tmp_path):
    ring = [[69.0, 34.0], [70.0, 34.0], [70.0, 35.0], [69.0, 34.0]]
    area = base_area(geometry={"type": "Polygon", "coordinates": [ring]}, geo_precision="district")
    one = incident("a", points=[(69.25, 34.5), (70.0, 35.0), (-71.125, -3.0)])
    found = again(Records((one,), (area,)), tmp_path)
    assert found.incidents[0].points == one.points
    assert found.base_areas[0].geometry == area.geometry


def test_figures_stay_numbers_and_texts_texts(tmp_path):
    claims = (
        Claim(about="fatalities", value=94, source="s"),
        Claim(about="other", value="0094", source="s"),
        Claim(about="other", value="=1+1", source="s"),
    )
    found = again(Records((incident("a", claims=claims),)), tmp_path)
    assert [one.value for one in found.incidents[0].claims] == [94, "0094", "=1+1"]


def test_a_claim_of_no_record_and_a_cut_outline_are_told(shipped, tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, shipped)
    book = openpyxl.load_workbook(path)
    headings = [cell.value for cell in book["Claims"][1]]
    book["Claims"].cell(2, headings.index("Record id") + 1).value = "nobody"
    areas = [cell.value for cell in book["Base areas"][1]]
    book["Base areas"].cell(2, areas.index("Outline (WKT)") + 1).value = "POLYGON((1 2, 3"
    book.save(path)
    result = read_xlsx(path)
    told = {one.record: f"{one.field}: {one.message}" for one in result.problems}
    assert told["nobody"] == "claims: a claim must be of a record in the workbook, got 1 of none"
    assert len(told) == 2
    assert len(result.records.base_areas) == len(shipped.base_areas) - 1


def changed(path: Path, records: Records, sheet: str, heading: str, value: Any) -> Any:
    """What is read of a workbook in which somebody changed a cell of the first row."""
    write_xlsx(path, records)
    book = openpyxl.load_workbook(path)
    headings = [cell.value for cell in book[sheet][1]]
    book[sheet].cell(2, headings.index(heading) + 1).value = value
    book.save(path)
    return read_xlsx(path)


def test_a_further_place_that_is_none_is_told_and_leaves_the_others(tmp_path):
    two = incident("a", points=[(69.25, 34.5), (70.0, 35.0)])
    records = Records((two, incident("b")))
    for text in ("east, 35", "70", "70.5, 35.5;71, 36"):
        result = changed(tmp_path / "a.xlsx", records, "Incidents", "Further places", text)
        assert [one.record for one in result.problems] == ["a"]
        assert [one.id for one in result.records.incidents] == ["b"]


@pytest.mark.parametrize(
    ("value", "is_free"), [("Yes", True), (True, True), ("no", False), (0, False), ("maybe", None)]
)
def test_yes_and_no_are_read_however_they_are_written(value, is_free, tmp_path):
    records = Records((incident("a"),), sources=(Source(id="s", title="T"),))
    result = changed(tmp_path / "a.xlsx", records, "Sources", "May be published", value)
    assert [one.may_publish for one in result.records.sources] == (
        [] if is_free is None else [is_free]
    )
    assert len(result.problems) == (is_free is None)


def test_a_problem_names_the_row_that_the_sheet_has(tmp_path):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, Records((incident("a"), incident("b"))))
    book = openpyxl.load_workbook(path)
    headings = [cell.value for cell in book["Incidents"][1]]
    book["Incidents"].cell(3, headings.index("Id") + 1).value = None
    book["Incidents"].insert_rows(3)
    book.save(path)
    assert next(one.record for one in read_xlsx(path).problems) == "Incidents, row 4"


@pytest.mark.parametrize("kind", ["other", "damaged"])
def test_another_workbook_is_refused(kind, tmp_path):
    path = tmp_path / "a.xlsx"
    if kind == "other":
        book = openpyxl.Workbook()
        book.active.append(["Date", "Place"])
        book.save(path)
    else:
        path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(FormatError, match=r"a\.xlsx must be a"):
        read_xlsx(path)


def test_it_is_imported_as_what_it_is(shipped, tmp_path):
    write_xlsx(tmp_path / "a.xlsx", shipped)
    importing = begin_file(tmp_path / "a.xlsx", Settings(), "a")
    assert importing.form.startswith("Mapview's own export (XLSX")
    assert len([*importing.records()]) == len(shipped.incidents) + len(shipped.base_areas)
    assert importing.account.rejected == 0
