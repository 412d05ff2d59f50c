"""Documents: what they say, that their parts are native, that templates are used, same bytes."""

from __future__ import annotations

import io
from functools import cache, partial
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from office_files import (
    PERSIAN,
    SCRIPTS,
    briefing_of,
    check_package,
    document_of,
    members_of,
    rewritten,
)
from samples import HOSTILE, HOSTILE_TITLE

from geodata.errors import FormatError
from mapview.briefing.document.records import MOST_ROWS
from mapview.briefing.office.text import clean
from mapview.briefing.office.words import describe_map
from mapview.briefing.office.xml import parse
from mapview.briefing.progress import Cancelled, Progress
from mapview.briefing.writers import draw_map
from mapview.cartography.legend import TYPES
from mapview.cartography.style import KINDS

NAMES = ("shipped", "scripts", "one", "none", "many", "hostile")


@cache
def written(name: str) -> bytes:
    return document_of(briefing_of(name))


@cache
def opened(name: str) -> Any:
    return docx.Document(io.BytesIO(written(name)))


def letters_of(element: Any) -> str:
    return "".join(one.text for one in element.iter(qn("w:t")))


def text_of(document: Any) -> str:
    return "\n".join(letters_of(one) for one in document.element.body.iter(qn("w:p")))


def headings_of(document: Any, level: str = "Heading 1") -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == level]


def captions_of(document: Any) -> list[str]:
    found = [one for one in document.paragraphs if one.style.name == "Caption"]
    return [letters_of(one._p) for one in found]


def table_of(document: Any, heading: str) -> list[list[str]]:
    """Return the rows of the table whose header begins with a heading."""
    for table in document.element.body.iter(qn("w:tbl")):
        rows = [
            ["\n".join(letters_of(p) for p in cell.iter(qn("w:p"))) for cell in row.tc_lst]
            for row in table.tr_lst
        ]
        if rows[0][0] == heading:
            return rows
    return []


@pytest.mark.parametrize("name", NAMES)
def test_documents_are_sound_and_say_what_every_briefing_says(name: str) -> None:
    check_package(written(name))
    briefing, said = briefing_of(name), text_of(opened(name))
    for text in (briefing.title, briefing.period, briefing.words, briefing.scope, briefing.version):
        assert clean(text) in said
    for text in (
        *briefing.messages,
        *briefing.credits,
        briefing.border_note,
        *map(clean, briefing.note.splitlines()),
    ):
        assert clean(text) in said


def test_parts_are_headings_so_that_contents_can_be_made() -> None:
    document = opened("shipped")
    assert document.paragraphs[0].style.name == "Title"
    assert headings_of(document) == [
        "Map",
        "Figures differ, or a range is given",
        "Incidents",
        "Base areas",
        "Timeline",
        "Events by type",
        "Events by country",
        "Where accounts differ",
        "Claims that these words lead to",
        "Sources",
        "How to read this",
    ]


def test_captions_are_numbered_by_fields() -> None:
    document = opened("shipped")
    starts = [caption.split(".")[0] for caption in captions_of(document)]
    assert starts == [
        *("Figure 1", "Figure 2", "Table 1", "Table 2", "Figure 3", "Figure 4", "Figure 5"),
        "Table 3",
    ]
    fields = [one.get(qn("w:instr")) for one in document.element.body.iter(qn("w:fldSimple"))]
    assert [one.split()[:2] for one in fields] == [
        ["SEQ", "Figure"],
        ["SEQ", "Figure"],
        ["SEQ", "Table"],
        ["SEQ", "Table"],
        *[["SEQ", "Figure"]] * 3,
        ["SEQ", "Table"],
    ]


def test_pages_are_numbered_and_headed() -> None:
    document = opened("shipped")
    first = document.sections[0]
    for footer in (first.footer, first.first_page_footer):
        fields = [one.get(qn("w:instr")).strip() for one in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
        assert letters_of(footer._element).startswith("Page 1 of 1")
    assert first.header.paragraphs[0].text == "All of it"
    assert not letters_of(first.first_page_header._element)
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    turned = [one.orientation for one in document.sections]
    assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert round(document.sections[1].page_width.mm) == 297


def test_pictures_and_chart_say_what_they_show() -> None:
    briefing, document = briefing_of("shipped"), opened("shipped")
    said = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    assert all(said)
    assert said[0] == describe_map(briefing)
    assert f"Symbol: {KINDS[0].label}" in said
    spans = [one.span for one in briefing.records.incidents]
    dated = sum(span.has_start or span.has_end for span in spans)
    assert said[-3].startswith(f"Timeline of {dated} incidents from 1990 to 2024")
    assert said[-2].startswith("Events by type: ")
    assert "Afghanistan: 39" in said[-1]


def test_types_of_sources_are_told_in_their_words() -> None:
    """Above a part of the legend that has discs alone."""
    document = opened("typed")
    said = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    assert {"Symbol: Theft", "Symbol: Fraud x", "Symbol: Other types"} <= set(said)
    assert "Theft 60" in said[0]
    text = text_of(document)
    assert f"Legend: {TYPES}" in text
    assert "Most often recorded: “Theft” (60), “Fraud x” (40) and other (19)." in text


def test_tables_have_cells_as_wide_as_their_columns() -> None:
    document = opened("shipped")
    for table in document.element.body.iter(qn("w:tbl")):
        columns = [one.get(qn("w:w")) for one in table.tblGrid.iter(qn("w:gridCol"))]
        for row in table.tr_lst:
            assert [one.get(qn("w:w")) for one in row.iter(qn("w:tcW"))] == columns


def test_table_of_incidents_is_native_and_whole() -> None:
    briefing, document = briefing_of("shipped"), opened("shipped")
    header, *rows = table_of(document, "Date")
    assert header[3:6] == ["Killed", "Injured", "Responsibility"]
    assert len(rows) == len(briefing.incidents)
    for row, line in zip(rows, briefing.incidents, strict=True):
        assert row[0] == line.when
        assert row[2].startswith(f"{line.title}\n{line.types}")
        killed = f"{line.killed}\n{line.beside}" if line.beside else line.killed
        assert row[3:6] == [killed, line.injured, line.responsibility]
        off_map = "ot on the map" if line.is_event else "listed only"
        assert (off_map in row[1]) is not line.is_placed


def test_header_rows_are_repeated_and_rows_stay_whole() -> None:
    tables = [
        table
        for table in opened("shipped").element.body.iter(qn("w:tbl"))
        if table.find(f".//{qn('w:tblHeader')}") is not None
    ]
    assert len(tables) == 3
    for table in tables:
        header, *rows = table.tr_lst
        assert header.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        assert table.tblPr.find(qn("w:tblDescription")).get(qn("w:val")).startswith("Table of")


def test_base_areas_are_listed() -> None:
    briefing = briefing_of("shipped")
    header, *rows = table_of(opened("shipped"), "Group")
    assert header == ["Group", "Kind", "Place", "Period", "Sources"]
    assert len(rows) == briefing.counts.base_areas
    unplaced = sum("Not on the map" in row[2] for row in rows)
    assert unplaced == briefing.counts.base_areas - briefing.counts.areas_drawn
    assert all(row[4].startswith("[") for row in rows)


def test_disagreements_are_told_with_who_says_what() -> None:
    said = text_of(opened("one"))
    killed = next(line for line in said.splitlines() if line.startswith("Killed ("))
    assert all(f"{figure} [" in killed for figure in ("nearly 100", "94", "96"))
    assert "Iran said it was instead: Israel (The feature calls the accusation baseless.)" in said
    crocus = "Vladimir Putin and the FSB said it was instead: Ukraine (No evidence was given for it"
    assert crocus in text_of(opened("shipped"))


def test_figures_lead_to_the_row_of_their_claim() -> None:
    briefing, document = briefing_of("shipped"), opened("shipped")
    body = document.element.body
    rows = table_of(document, "No.")
    marks = {one.get(qn("w:name")): one.getparent() for one in body.iter(qn("w:bookmarkStart"))}
    led = [(letters_of(one), one.get(qn("w:anchor"))) for one in body.iter(qn("w:hyperlink"))]
    led = [(text, anchor) for text, anchor in led if anchor]
    said = (briefing.finding, *briefing.messages, *briefing.note.splitlines())
    pieces = [(p, c) for one in said for p, c in briefing.pieces(one)]
    assert [text for text, _ in led] == [text for text, claim in pieces if claim is not None]
    assert {anchor for _, anchor in led} <= marks.keys()
    assert len({one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))}) == len(marks)
    number = dict(led)["144–145"].removeprefix("claim_")
    claim = briefing.leads.claims[int(number) - 1]
    assert rows[int(number)][0] == letters_of(marks[f"claim_{number}"]) == number
    assert rows[int(number)][2] == claim.line.value == "144"
    assert rows[int(number)][5] == claim.line.locator
    # What is added up over incidents leads to the table of incidents.
    assert letters_of(marks[dict(led)["938 to at least about 957"]]) == "Incidents"


def test_what_was_found_is_the_title_and_the_filter_stands_below() -> None:
    briefing, document = briefing_of("found"), opened("found")
    styled = [(one.style.name, one.text) for one in document.paragraphs if one.text.strip()]
    assert styled[:2] == [("Title", briefing.first), ("Subtitle", f"{briefing.second}.")]
    assert f"Filter\t{briefing.words}" in [text for _, text in styled]
    assert briefing.headline not in text_of(document)


def test_sources_are_a_numbered_list() -> None:
    briefing, document = briefing_of("shipped"), opened("shipped")
    numbering = document.part.numbering_part.element
    forms = {
        one.get(qn("w:abstractNumId")): one.find(f".//{qn('w:lvlText')}").get(qn("w:val"))
        for one in numbering.iter(qn("w:abstractNum"))
    }
    numbers = {
        one.get(qn("w:numId")): forms[one.find(qn("w:abstractNumId")).get(qn("w:val"))]
        for one in numbering.iter(qn("w:num"))
    }
    listed = [
        letters_of(one)
        for one in document.element.body.iter(qn("w:p"))
        for number in one.iter(qn("w:numId"))
        if numbers[number.get(qn("w:val"))] == "[%1]"
    ]
    assert len(listed) == len(briefing.sources)
    for text, source in zip(listed, briefing.sources, strict=True):
        assert text.startswith(source.text)
    links = [one for one in document.part.rels.values() if one.is_external]
    known = {source.url for source in (*briefing.sources, *briefing.cited)}
    assert {one.target_ref for one in links} <= known


def test_chart_is_native_with_its_workbook() -> None:
    briefing, members = briefing_of("shipped"), members_of(written("shipped"))
    chart = parse(members["word/charts/timeline.xml"])
    values = [[v.text for v in one.iter("{*}v")] for one in chart.iter("{*}val")]
    bins = briefing.histogram.bins
    assert values[0] == [str(one.certain) for one in bins]
    book = openpyxl.load_workbook(io.BytesIO(members["word/embeddings/timeline.xlsx"]))
    loose = [one.possible - one.certain for one in bins]
    assert [cell.value for cell in book.active["C"]][1:] == loose


def test_nothing_found_is_said() -> None:
    document = opened("none")
    said = text_of(document)
    assert "No incident was found" in said
    assert "No source is cited." in said
    assert headings_of(document) == ["Map", "Incidents", "Timeline", "Sources", "How to read this"]
    assert not table_of(document, "Date")


def test_one_event_has_a_low_map_an_upright_table_and_no_timeline() -> None:
    document = opened("alone")
    assert len(briefing_of("alone").incidents) == 1
    assert "Timeline" not in headings_of(document)
    pages = [(one.page_width, one.page_height) for one in document.sections]
    assert all(width < height for width, height in pages)
    [section] = document.sections
    [shape, *_] = document.inline_shapes
    assert shape.height < 0.4 * section.page_height
    assert len(table_of(document, "Date")) == 2
    shipped = opened("shipped")
    assert any(one.page_width > one.page_height for one in shipped.sections)


def test_five_thousand_are_listed_as_far_as_a_document_goes() -> None:
    document = opened("many")
    assert len(table_of(document, "Date")) == MOST_ROWS + 1
    assert f"{5_000 - MOST_ROWS:,} further incidents are not listed here" in text_of(document)
    assert len(document.sections[0].header.paragraphs[0].text) <= 110


def test_hostile_text_stays_text() -> None:
    document = opened("hostile")
    said = text_of(document)
    assert clean(HOSTILE_TITLE) in said
    for text in HOSTILE.values():
        assert clean(text)[:40] in said
    links = [one for one in document.part.rels.values() if one.is_external]
    assert all(one.target_ref.startswith("https://example.org/") for one in links)


def test_scripts_keep_their_direction_and_language() -> None:
    document = opened("scripts")
    title = document.paragraphs[0]
    assert title.text == SCRIPTS
    first, last = (run._r.rPr for run in title.runs)
    assert first.find(qn("w:lang")).get(qn("w:val")) == "tg-Cyrl-TJ"
    assert last.find(qn("w:lang")).get(qn("w:bidi")) == "fa-IR"
    assert last.find(qn("w:rtl")) is not None
    persian = next(one for one in document.paragraphs if one.text == PERSIAN)
    assert persian._p.pPr.find(qn("w:bidi")) is not None


def test_properties_and_language() -> None:
    document = opened("shipped")
    properties = document.core_properties
    assert (properties.title, properties.author, properties.revision) == ("All of it", "Mapview", 1)
    assert properties.created.year == properties.modified.year == 2000
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert [one.get(qn("w:val")) for one in defaults.iter(qn("w:lang"))] == ["en-GB"]


@pytest.mark.parametrize("name", ["one", "none"])
def test_same_briefing_gives_the_same_bytes(name: str) -> None:
    # That another process writes them too is tested with the slides.
    anew = partial(draw_map, briefing_of(name), Progress())
    assert document_of(briefing_of(name), draw=anew) == written(name)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_heading("Old text", 1)
    document.sections[0].header.paragraphs[0].text = "Letterhead"
    document.sections[0].footer.paragraphs[0].text = "Footer of the house"
    document.styles["Normal"].font.name = "Georgia"
    path = tmp_path / "letter.docx"
    document.save(str(path))
    return path


def test_template_gives_its_styles_and_letterhead_and_loses_its_text(letter: Path) -> None:
    told: list[str] = []
    progress = Progress(lambda _share, words: told.append(words))
    content = document_of(briefing_of("one"), template=letter, progress=progress)
    check_package(content)
    document = docx.Document(io.BytesIO(content))
    assert "Old text" not in text_of(document)
    assert document.styles["Normal"].font.name == "Georgia"
    section = document.sections[0]
    assert [one.text for one in section.header.paragraphs] == ["Letterhead"]
    footer = section.footer
    assert footer.paragraphs[0].text == "Footer of the house"
    assert "Page 1 of 1" in letters_of(footer._element)
    assert section.page_width.inches == 8.5
    assert "Text of the template left out" in told


def test_dotx_is_taken(letter: Path) -> None:
    types = {"[Content_Types].xml": (b"document.main+xml", b"template.main+xml")}
    dotx = rewritten(letter, letter.with_suffix(".dotx"), types)
    briefing = briefing_of("none")
    assert document_of(briefing, template=dotx) == document_of(briefing, template=letter)


def test_template_without_styles_and_lists_gets_them(tmp_path: Path) -> None:
    document = docx.Document()
    for name in ("Title", "Heading 1", "Heading 2", "Caption"):
        document.styles[name].delete()
    numbering = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
    rels = document.part.rels
    for key in [key for key, one in rels.items() if one.reltype == numbering]:
        del rels[key]
    path = tmp_path / "poor.docx"
    document.save(str(path))
    content = document_of(briefing_of("one"), template=path)
    check_package(content)
    made = docx.Document(io.BytesIO(content))
    assert "Incidents" in headings_of(made)
    level = made.styles["Heading 2"].element.find(f".//{qn('w:outlineLvl')}")
    assert level.get(qn("w:val")) == "1"


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("_rels/.rels", (b"word/document.xml", b"word/none.xml")),
        ("word/document.xml", (b"<w:body>", b"<w:body")),
        ("word/styles.xml", (b"<w:docDefaults>", b"<w:docDefaults")),
    ],
)
def test_damaged_template_is_refused(
    member: str, change: tuple[bytes, bytes], letter: Path
) -> None:
    broken = rewritten(letter, letter.with_name("broken.docx"), {member: change})
    with pytest.raises(FormatError, match=r"must be a Word file .* got .*broken\.docx"):
        document_of(briefing_of("none"), template=broken)


def test_work_can_be_stopped() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        document_of(briefing_of("none"), progress=progress)
