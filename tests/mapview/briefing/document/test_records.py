"""The tables of a document: what is known of a place, shares of a whole, who says what."""

from __future__ import annotations

from typing import Any

import pytest
from fixed_records import base_area, claim, incident

from geodata import BaseArea, Filter, Group, Incident, Records, Store
from mapview.briefing.compose import compose
from mapview.briefing.document import records as tables
from mapview.briefing.document.paper import Paper


def document_of(*incidents: Incident, areas: tuple[BaseArea, ...] = ()) -> Any:
    groups = (Group(id="iskp", name="Islamic State – Khorasan", short_name="IS-KP"),)
    briefing = compose(Store.of(Records(incidents, areas, groups)), Filter())
    paper = Paper(briefing, None)
    for add in (tables.add_incidents, tables.add_areas, tables.add_disagreements):
        add(paper, briefing)
    return paper.document


def rows_of(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


def test_an_incident_says_how_well_its_place_is_known() -> None:
    [table] = document_of(
        incident("a", place="Kerman", country="IR", geo_precision="province", status="foiled")
    ).tables
    [row] = rows_of(table)
    assert row[1] == "Kerman, Iran\nKnown only to the province; not on the map"
    assert row[2:5] == ["Bombing\nbombing; foiled", "not stated", "not stated"]


def test_an_area_says_its_group_and_whether_its_sources_are_past() -> None:
    far = base_area("far", geo_precision="country", country="AF")
    [table] = document_of(areas=(base_area("near", place="Achin", country="AF"), far)).tables
    assert [row[:3] for row in rows_of(table)] == [
        ["Islamic State – Khorasan\nIS-KP", "stronghold", "Afghanistan\nNot on the map"],
        ["Islamic State – Khorasan\nIS-KP", "stronghold", "Achin, Afghanistan"],
    ]


def test_what_is_beyond_the_table_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    document = document_of(*(incident(f"i{n}", event_date=f"202{n}") for n in range(5)))
    assert [row[0] for row in rows_of(document.tables[0])] == ["2020", "2021"]
    said = "\n".join(one.text for one in document.paragraphs)
    assert "2 of 5 incidents, oldest first" in said
    assert "3 further incidents are not listed here" in said


def test_sources_that_disagree_stand_beside_each_other() -> None:
    said = (
        claim("fatalities", 94, source="a"),
        claim("fatalities", 103, source="b", by="Officials", stance="claims"),
        claim("fatalities", 94, source="c"),
    )
    document = document_of(incident(title="Bombing in Kerman", claims=said))
    written = [one.text for one in document.paragraphs]
    at = written.index("Where sources disagree")
    assert written[at + 1] == "Bombing in Kerman, 12 May 2020"
    assert written[at + 2].startswith("Killed: 94 [1], [3]; Officials")
    assert "103 [2]" in written[at + 2]


def test_what_is_not_there_has_no_table() -> None:
    document = document_of()
    assert document.tables == []
    assert [one.text for one in document.paragraphs] == [
        "Incidents",
        "No incident was found: All incidents and base areas, all dates.",
    ]
