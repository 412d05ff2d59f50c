"""Native tables of a document: a header on each page, rows that are not split, two tones."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml.ns import qn

from geodata import Filter, Records, Store
from mapview.briefing.compose import compose
from mapview.briefing.document.paper import Paper
from mapview.briefing.document.tables import Cell, Column
from mapview.briefing.document.writing import MUTED


@pytest.fixture
def table() -> Any:
    paper = Paper(compose(Store.of(Records()), Filter()), None)
    rows = [[Cell("Kabul", "Not on the map", is_bold=True), Cell("not stated", is_muted=True)]]
    paper.table((Column("Place", 0.75), Column("Killed", 0.25)), rows, "One place.")
    [found] = paper.document.tables
    found.room = paper.width
    return found


def test_the_header_is_repeated_and_no_row_is_split(table: Any) -> None:
    head, row = table.rows
    assert head._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert row._tr.find(f".//{qn('w:tblHeader')}") is None
    assert all(one._tr.find(f".//{qn('w:cantSplit')}") is not None for one in table.rows)
    assert [cell.text for cell in head.cells] == ["Place", "Killed"]


def test_what_stands_beside_is_paler_and_below(table: Any) -> None:
    place, killed = table.rows[1].cells
    tones = [
        [(run.text, run.bold, str(run.font.color.rgb or "")) for run in one.runs]
        for one in (*place.paragraphs, *killed.paragraphs)
    ]
    assert tones == [
        [("Kabul", True, "")],
        [("Not on the map", None, MUTED)],
        [("not stated", None, MUTED)],
    ]


def test_columns_share_the_width(table: Any) -> None:
    wide, narrow = (cell.width.pt for cell in table.rows[1].cells)
    assert wide == pytest.approx(3 * narrow, rel=0.01)
    assert wide + narrow == pytest.approx(table.room, rel=0.01)


def test_it_is_described_and_a_paragraph_follows(table: Any) -> None:
    description = table._tbl.tblPr.find(qn("w:tblDescription"))
    assert description.get(qn("w:val")) == "One place."
    assert table._tbl.getnext().tag == qn("w:p")
