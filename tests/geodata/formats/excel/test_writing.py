"""Tests of XLSX: sheets that Calamine and openpyxl read, and cells that are never formulas."""

from __future__ import annotations

import datetime as dt
import zipfile

import openpyxl
import pytest
import read_back
from fixed_records import FORMULA_STARTS, base_area, claim, everything, incident
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook
from strategies import record_sets, texts

from geodata.errors import FormatError
from geodata.formats.columns import AREA, CLAIM, GROUP, INCIDENT, RELATION, SOURCE
from geodata.formats.excel import layout, sheets, write_xlsx
from geodata.formats.xmltext import xml_text
from geodata.records.collection import Records
from geodata.records.model import Group, Relation, Source

NAMES = ["Incidents", "Base areas", "Claims", "Sources", "Groups", "Relations", "About"]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def write(tmp_path, *records, **options):
    path = tmp_path / "out.xlsx"
    given_records = records[0] if isinstance(records[0], Records) else Records.of(records)
    write_xlsx(path, given_records, **options)
    return path


def cells_of(path):
    """Every cell of the file's own XML, with its sheet."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                yield from etree.fromstring(archive.read(name)).iter(f"{MAIN}c")


def test_sheets_are_in_order_with_a_fixed_heading_and_filters(shipped, tmp_path):
    path = write(tmp_path, shipped)
    assert CalamineWorkbook.from_path(path).sheet_names == NAMES
    book = openpyxl.load_workbook(path)
    wanted = {
        "Incidents": len(shipped.incidents),
        "Base areas": len(shipped.base_areas),
        "Claims": sum(len(said) for said in read_back.claims_in(shipped).values()),
        "Sources": len(shipped.sources),
        "Groups": len(shipped.groups),
        "Relations": len(shipped.relations),
    }
    for name in NAMES[:-1]:
        page = book[name]
        assert page.freeze_panes == "B2"
        # A table brings its own filters; two of them over the same cells break the file.
        assert page.auto_filter.ref is None
        ((table_name, area),) = page.tables.items()
        assert (table_name, area) == (name.replace(" ", "_"), page.dimensions)
        table = page.tables[table_name]
        assert table.autoFilter.ref == area
        headings = [cell.value for cell in page[1]]
        assert [one.name for one in table.tableColumns] == headings
        assert len({one.casefold() for one in headings}) == len(headings)
        assert page.print_title_rows == "$1:$1"
        assert page.page_setup.orientation == "landscape"
        assert page.max_row == wanted[name] + 1
        assert all(cell.font.bold for cell in page[1])
        assert all(6 < page.column_dimensions[cell.column_letter].width < 80 for cell in page[1])


def test_a_sheet_without_rows_is_no_table(tmp_path):
    book = openpyxl.load_workbook(write(tmp_path, Records((incident(),))))
    assert list(book["Incidents"].tables) == ["Incidents"]
    assert list(book["Groups"].tables) == []
    assert book["Groups"].auto_filter.ref == book["Groups"].dimensions


def test_every_value_has_a_column():
    """All that the typed columns have is on a sheet, as it is or in words beside it."""
    shown = {
        "claims": "claims_count",
        "sources": "read_in",
        "record_kind": "record_kind",
        "about": "about",
        "number": "said",
        "value": "said",
    }
    for columns, parts in (
        (INCIDENT, (layout.INCIDENTS, layout.INCIDENT_DATA)),
        (
            {k: v for k, v in AREA.items() if k not in ("record_kind", "symbol")},
            (layout.AREAS, layout.AREA_DATA),
        ),
        (CLAIM, (layout.CLAIMS, layout.CLAIM_DATA)),
        (SOURCE, (layout.SOURCES, layout.SOURCE_DATA)),
        (GROUP, (layout.GROUPS, layout.GROUP_DATA)),
        (RELATION, (layout.RELATIONS, layout.RELATION_DATA)),
    ):
        keys = [column.key for part in parts for column in part]
        assert len(set(keys)) == len(keys)
        assert {shown.get(name, name) for name in columns} <= set(keys)


@settings(max_examples=25)
@given(records=record_sets())
@example(records=everything())
def test_no_cell_is_a_formula(records, tmp_path_factory):
    path = write(tmp_path_factory.mktemp("any"), records)
    assert {cell.get("t") for cell in cells_of(path)} <= {None, "inlineStr", "n", "d"}
    assert not [cell for cell in cells_of(path) if cell.find(f"{MAIN}f") is not None]
    for page in openpyxl.load_workbook(path):
        for cell in (cell for row in page.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n", "d", "inlineStr")


@settings(max_examples=40)
@given(text=st.one_of(texts, st.text("_x05FABD=+-@ \n\r\t#N/AE1.", min_size=1)).filter(bool))
@example(text="_x000D_")
@example(text="_x005F_x000D_")
@example(text="#N/A")
@example(text="TRUE")
@example(text="2024-01-03")
@example(text="1e5")
def test_text_comes_back_as_it_was(text, tmp_path_factory):
    path = write(tmp_path_factory.mktemp("any"), incident(title=text, summary=text))
    (row,) = read_back.xlsx_rows(path, "Incidents")
    assert row["Title"] == row["Summary"] == xml_text(text)


@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\t", "\n"])
def test_a_cell_stays_text_when_somebody_edits_it(before, tmp_path):
    risky = [f"{before}{start}1+41" for start in FORMULA_STARTS]
    texts_given = [*risky, "plain", "x@y.org", "'=1", ";=1+41"]
    path = write(tmp_path, *(incident(f"i{n}", title=one) for n, one in enumerate(texts_given)))
    page = openpyxl.load_workbook(path)["Incidents"]
    column = [cell.value for cell in page[1]].index("Title")
    found = {row[column].value: row[column].quotePrefix for row in page.iter_rows(min_row=2)}
    assert found == {one: one in risky for one in texts_given}


def test_exact_and_inexact_days(tmp_path):
    rows = read_back.xlsx_rows(
        write(
            tmp_path,
            incident("a", event_date="2024-01-03"),
            incident("b", event_date="2022-10"),
            incident("c", event_date="1899-07-29"),
            incident("d", event_date="XXXX"),
            incident("e", event_date="2018/.."),
        ),
        "Incidents",
    )
    first, last = "First possible day", "Last possible day"
    day = dt.date
    assert [(row["Date"], row[first], row[last]) for row in rows] == [
        ("3 January 2024", day(2024, 1, 3), day(2024, 1, 3)),
        ("October 2022", day(2022, 10, 1), day(2022, 10, 31)),
        ("29 July 1899", "1899-07-29", "1899-07-29"),
        ("date unknown", "", ""),
        ("from 2018 on", day(2018, 1, 1), ""),
    ]


def test_figures_are_numbers_and_unknown_is_empty(tmp_path):
    said = (claim("fatalities", 0), claim("injured", 3, qualifier="at least"))
    known, unknown = read_back.xlsx_rows(
        write(tmp_path, incident(claims=said), incident("b")), "Incidents"
    )
    names = ("Killed", "Killed, lowest figure", "Injured", "Injured, lowest figure", "Claims")
    assert [known[name] for name in names] == ["0", 0, "at least 3", 3, 2]
    assert [unknown[name] for name in names] == ["not stated", "", "not stated", "", 0]


def test_places_are_numbers(tmp_path):
    path = write(tmp_path, incident(points=((60.5, 30.25), (61, 31))), base_area())
    (one,) = read_back.xlsx_rows(path, "Incidents")
    assert (one["Longitude"], one["Latitude"], one["Within km"]) == (60.5, 30.25, 5)
    assert one["Further places"] == "61.0, 31.0"
    (area,) = read_back.xlsx_rows(path, "Base areas")
    assert (area["Longitude"], area["Latitude"], area["Outline (WKT)"]) == (70.7, 34.1, "")


def test_claims_say_whose_and_where(tmp_path):
    said = (
        claim("attribution", "iskp", stance="claims", by="Amaq"),
        claim("target", "nobody", role="target"),
        claim("fatalities", 94, source="gone"),
        claim("count", 2.5),
        claim("other", "94"),
    )
    records = Records(
        (incident(title="Bombing in Kerman", claims=said),),
        groups=(Group(id="iskp", name="Islamic State – Khorasan", claims=said[:1]),),
        sources=(Source(id="book", title="A book"),),
    )
    rows = read_back.xlsx_rows(write(tmp_path, records), "Claims")
    assert [(row["Value"], row["Group id"]) for row in rows[:-1]] == [
        ("Islamic State – Khorasan", "iskp"),
        ("nobody", "nobody"),
        (94, ""),
        (2.5, ""),
        ("94", ""),
    ]
    assert {row["Record"] for row in rows[:-1]} == {"Bombing in Kerman"}
    assert rows[-1]["Record"] == "Islamic State – Khorasan"
    assert [row["Read in"] for row in rows[:3]] == ["A book", "A book", "gone"]


def test_an_incident_and_a_group_may_have_one_id(tmp_path):
    records = Records(
        (incident("one", title="Incident", claims=(claim("other", "x"),)),),
        groups=(Group(id="one", name="Group", claims=(claim("other", "y"),)),),
    )
    rows = read_back.xlsx_rows(write(tmp_path, records), "Claims")
    assert [(row["Record"], row["Kind of record"]) for row in rows] == [
        ("Incident", "event"),
        ("Group", "group"),
    ]


def test_relations_are_told_in_words(tmp_path):
    said = (claim("occurrence", "A branch"),)
    records = Records(
        groups=(Group(id="iskp", name="Islamic State – Khorasan"), Group(id="is", name="IS")),
        relations=(
            Relation(
                id="r",
                subject="iskp",
                kind="part of",
                object="is",
                valid_from="2015-01-26",
                claims=said,
            ),
            Relation(id="s", subject="iskp", kind="led by", object="A. B.", claims=said),
        ),
    )
    path = write(tmp_path, records)
    told = [
        [row[name] for name in ("Group", "Relation", "To", "From", "Until")]
        for row in read_back.xlsx_rows(path, "Relations")
    ]
    assert told == [
        ["Islamic State – Khorasan", "part of", "IS", "26 January 2015", "not stated"],
        ["Islamic State – Khorasan", "led by", "A. B.", "not stated", "not stated"],
    ]
    claims = read_back.xlsx_rows(path, "Claims")
    assert {row["Kind of record"] for row in claims} == {"relation"}
    assert claims[0]["Record"] == "Islamic State – Khorasan, part of IS"


@pytest.mark.parametrize("letter", ["x", "😀", "_x0041_", "ж\n"])
def test_a_text_longer_than_a_cell_is_cut_and_counted(letter, tmp_path):
    long = letter * 40_000
    path = write(tmp_path, incident(title="Short", summary=long, target=long[:200]))
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    sizes = [len((one.text or "").encode("utf-16-le")) // 2 for one in root.iter(f"{MAIN}t")]
    assert 32_767 - 2 <= max(sizes) <= 32_767
    (row,) = read_back.xlsx_rows(path, "Incidents")
    assert row["Summary"].endswith(f" … [cut here: {len(long):,} letters in all]")
    assert row["Summary"].startswith(letter * 100)
    assert row["Target"] == long[:200]
    about = read_back.ABOUT["xlsx"](path)
    assert about["texts_cut"].startswith("1: a cell holds at most 32,767 letters.")


def test_the_last_sheet_says_how_to_read_it(shipped, tmp_path):
    path = write(tmp_path, shipped, about={"title": "All", "filter": "", "incidents": 118})
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("About").to_python()
    text = " ".join(value for _, value in rows)
    assert rows[:2] == [["Title", "All"], ["Incidents", "118"]]
    assert "Do not add up tolls" in text
    assert "None is chosen as the truth." in text
    assert "Texts cut" not in [label for label, _ in rows]


def test_rows_are_as_high_as_their_text(tmp_path):
    path = write(
        tmp_path,
        incident("a", summary="word " * 60),
        incident("b", summary="one\ntwo\nthree"),
        incident("c", summary="word " * 9_000),
        incident("d"),
    )
    page = openpyxl.load_workbook(path)["Incidents"]
    assert [page.row_dimensions[n].height for n in (2, 3, 4, 5)] == [78, 48, 183, 18]


def test_a_sheet_with_too_many_rows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "_MOST_ROWS", 2)
    write(tmp_path, incident("a"), incident("b"))
    three = [incident(name) for name in "abc"]
    with pytest.raises(FormatError, match="sheet Incidents must have at most 2 rows, got 3"):
        write_xlsx(tmp_path / "more.xlsx", Records.of(three))
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]


def test_the_file_has_no_clock_in_it(tmp_path):
    path = write(tmp_path, incident(), about={"title": "A\0B"})
    with zipfile.ZipFile(path) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2
    assert str(dt.datetime.now(tz=dt.UTC).year) not in core
    assert openpyxl.load_workbook(path).properties.title == "A\ufffdB"


def test_printed_pages_say_what_they_are(tmp_path):
    title = '2018 &P &"Arial"\n & more ' + "x" * 300
    path = write(tmp_path, incident(), about={"title": title})
    with zipfile.ZipFile(path) as archive:
        pages = [archive.read(f"xl/worksheets/sheet{n}.xml") for n in range(1, 7)]
    for page in map(etree.fromstring, pages):
        head = page.findtext(f"{MAIN}headerFooter/{MAIN}oddHeader")
        assert head.startswith('&L2018 &&P &&"Arial" && more xxx')
        assert len(head) < 220
        assert page.findtext(f"{MAIN}headerFooter/{MAIN}oddFooter") == "&C&A – &P / &N"
        assert page.find(f"{MAIN}pageSetup").get("fitToHeight") == "0"
