"""Slides: what they say, that they fit, that templates are used, that bytes are the same."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_files import (
    PERSIAN,
    SCRIPTS,
    briefing_of,
    check_package,
    members_of,
    rewritten,
)
from samples import HOSTILE

from geodata.errors import FormatError
from mapview.briefing.figure import legend_entries
from mapview.briefing.office.measure import ARIAL, UNKNOWN, Face
from mapview.briefing.office.text import clean
from mapview.briefing.office.words import describe_map
from mapview.briefing.progress import Cancelled, Progress
from mapview.briefing.slides import write_slides
from mapview.briefing.slides.boxes import Box, Para, fitted, flow, paras_height
from mapview.briefing.slides.ending import MOST_SOURCE_SLIDES
from mapview.briefing.slides.listing import MOST_SLIDES
from mapview.style import KINDS

NAMES = ("shipped", "scripts", "one", "none", "many", *HOSTILE)
EMU_PER_PT = 12_700
HEADINGS = ["Date", "Place", "What", "Killed", "Injured", "Responsibility", "Sources"]


@cache
def written(name: str) -> bytes:
    return write_slides(briefing_of(name))


def opened(content: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(content))


def shapes_of(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if shape.shape_type == 6:
            yield from shapes_of(shape.shapes)


def all_shapes(deck: Any) -> list[Any]:
    return [shape for slide in deck.slides for shape in shapes_of(slide.shapes)]


def tables_of(deck: Any) -> list[Any]:
    return [shape.table for shape in all_shapes(deck) if shape.has_table]


def text_of(deck: Any) -> str:
    texts = [one.text_frame.text for one in all_shapes(deck) if one.has_text_frame]
    cells = [cell.text for table in tables_of(deck) for row in table.rows for cell in row.cells]
    return "\n".join(texts + cells)


def titles_of(deck: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def alt_of(shape: Any) -> str:
    return shape._element.xpath("./*/p:cNvPr")[0].get("descr") or ""


def paras_of(frame: Any, size: float) -> list[Para]:
    """Read back what was written, as it is measured."""
    found = []
    for paragraph in frame.paragraphs:
        sizes = {run.font.size.pt for run in paragraph.runs if run.font.size}
        before = paragraph.space_before.pt if paragraph.space_before else 0
        bold = any(run.font.bold for run in paragraph.runs)
        hang = int(paragraph._p.get_or_add_pPr().get("marL", 0)) / EMU_PER_PT
        text = paragraph.text.partition("\t")[2] if hang else paragraph.text
        found.append(Para(text, max(sizes, default=size), bold, before=before, hang=hang))
    return found


def check_room(deck: Any, face: Face) -> None:
    """Check that no text is higher than its box and nothing is outside its slide."""
    for slide in deck.slides:
        for shape in shapes_of(slide.shapes):
            assert 0 <= shape.left <= shape.left + shape.width <= deck.slide_width, shape.name
            assert 0 <= shape.top <= shape.top + shape.height <= deck.slide_height, shape.name
            if shape.shape_type == 17:
                paras = paras_of(shape.text_frame, 18)
                width, height = shape.width / EMU_PER_PT, shape.height / EMU_PER_PT
                assert paras_height(paras, width + 0.1, face) <= height + 0.5, shape.name
            if shape.has_table:
                check_table(shape.table, face)


def check_table(table: Any, face: Face) -> None:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            sides = cell.margin_left + cell.margin_right
            width = (column.width - sides) / EMU_PER_PT
            high = paras_height(paras_of(cell.text_frame, 18), width + 0.1, face)
            high += (cell.margin_top + cell.margin_bottom) / EMU_PER_PT
            assert high <= row.height / EMU_PER_PT + 0.5, cell.text


@pytest.mark.parametrize("name", NAMES)
def test_slides_are_sound_and_nothing_overflows(name: str) -> None:
    content = written(name)
    check_package(content)
    deck = opened(content)
    check_room(deck, ARIAL)
    assert (deck.slide_width, deck.slide_height) == (12_192_000, 6_858_000)
    assert all(titles_of(deck))
    assert all(slide.shapes.title.is_placeholder for slide in deck.slides)
    for slide in deck.slides:
        notes = slide.notes_slide.notes_text_frame.text
        assert clean(briefing_of(name).words)[:200] in notes
        assert f"Data version {briefing_of(name).version}" in notes
    for shape in all_shapes(deck):
        if shape.shape_type == 13 or shape.has_chart or shape.has_table or shape.name == "Legend":
            assert alt_of(shape), shape.name


def test_first_slide_says_what_the_briefing_is() -> None:
    briefing, deck = briefing_of("shipped"), opened(written("shipped"))
    said = "\n".join(s.text_frame.text for s in deck.slides[0].shapes if s.has_text_frame)
    for text in ("All of it", briefing.period, briefing.words, briefing.scope, briefing.as_of):
        assert text in said
    assert briefing.version in said
    assert said.endswith("Note by the author\nOne.\nTwo.")


def test_map_slide_has_picture_legend_and_what_belongs_to_any_map() -> None:
    briefing, deck = briefing_of("shipped"), opened(written("shipped"))
    slide = deck.slides[1]
    picture = next(shape for shape in slide.shapes if shape.shape_type == 13)
    assert alt_of(picture) == describe_map(briefing)
    assert "58 on the map" in alt_of(picture)
    assert "Afghanistan (" in alt_of(picture)
    said = "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
    for text in (briefing.scope, briefing.words, briefing.border_note, *briefing.credits):
        assert text in said


def test_legend_is_native_and_whole() -> None:
    briefing, deck = briefing_of("shipped"), opened(written("shipped"))
    legends = [shape for shape in all_shapes(deck) if shape.name == "Legend"]
    words = "\n".join(
        shape.text_frame.text
        for legend in legends
        for shape in legend.shapes
        if shape.has_text_frame and shape.text_frame.text
    )
    for entry in legend_entries(briefing):
        assert clean(entry.label) in words
    fills = {
        shape.name: str(shape.fill.fore_color.rgb)
        for legend in legends
        for shape in legend.shapes
        if shape.name.startswith("Symbol") and shape.fill.type == 1
    }
    shown = KINDS[briefing.incidents[-1].kind]
    assert fills[f"Symbol: {KINDS[0].label}"] == KINDS[0].color.light[1:].upper()
    assert f"Symbol: {shown.label}" in fills


def test_table_lists_all_incidents_with_ranges_and_who_says_so() -> None:
    briefing, deck = briefing_of("shipped"), opened(written("shipped"))
    tables = tables_of(deck)
    rows = [[cell.text for cell in row.cells] for table in tables for row in list(table.rows)[1:]]
    assert len(rows) == len(briefing.incidents) == 118
    for table in tables:
        assert table.first_row
        assert [cell.text for cell in table.rows[0].cells] == HEADINGS
    for row, line in zip(rows, briefing.incidents, strict=True):
        assert row[0] == line.when
        assert ("ot on the map" in row[1]) is not line.is_placed
        assert row[2].startswith(line.title)
        assert (row[3], row[4], row[5]) == (line.killed, line.injured, line.responsibility)
        numbers = [int(one.strip("[], ")) for one in row[6].split()]
        assert [briefing.sources[one - 1].id for one in numbers] == sorted(
            line.sources, key=[one.id for one in briefing.sources].index
        )


def test_chart_is_native_and_its_data_can_be_edited() -> None:
    briefing, deck = briefing_of("shipped"), opened(written("shipped"))
    chart = next(shape.chart for shape in all_shapes(deck) if shape.has_chart)
    exact, inexact = chart.plots[0].series
    assert list(exact.values) == [one.exact for one in briefing.bins]
    assert list(inexact.values) == [one.inexact for one in briefing.bins]
    assert list(chart.plots[0].categories)[-1] == "2024"
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert [cell.value for cell in book.active["B"]][1:] == [one.exact for one in briefing.bins]


def test_sources_are_numbered_and_lead_to_their_addresses() -> None:
    briefing, deck = briefing_of("shipped"), opened(written("shipped"))
    said = text_of(deck)
    for number, source in enumerate(briefing.sources, 1):
        assert f"[{number}]\t{source.text}" in said
    links = {
        run.hyperlink.address
        for shape in all_shapes(deck)
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.hyperlink.address
    }
    known = {source.url for source in (*briefing.sources, *briefing.cited)}
    assert {source.url for source in briefing.sources if source.url} <= links <= known


def test_last_slide_tells_how_to_read() -> None:
    briefing, deck = briefing_of("one"), opened(written("one"))
    last = deck.slides[len(deck.slides) - 1]
    assert last.shapes.title.text_frame.text == "How to read this"
    said = "\n".join(shape.text_frame.text for shape in last.shapes if shape.has_text_frame)
    for text in (*briefing.credits, briefing.border_note, "Not stated", "Nothing was coarsened"):
        assert text in said


def test_nothing_found_is_said_and_not_drawn() -> None:
    deck = opened(written("none"))
    assert not tables_of(deck)
    assert not any(shape.has_chart for shape in all_shapes(deck))
    said = text_of(deck)
    assert "No incident was found." in said
    assert "No source is cited." in said
    assert "Nothing that was found can be placed" in alt_of(
        next(shape for shape in all_shapes(deck) if shape.shape_type == 13)
    )


def test_five_thousand_are_listed_as_far_as_slides_go() -> None:
    deck = opened(written("many"))
    tables = tables_of(deck)
    assert len(tables) == MOST_SLIDES
    listed = sum(len(table.rows) - 1 for table in tables)
    assert f"{5_000 - listed:,} further incidents are not listed on slides" in text_of(deck)
    notes = [title for title in titles_of(deck) if title.startswith("Note by the author")]
    assert len(notes) > 1
    assert text_of(deck).count("A long note.") == 380
    sources = [title for title in titles_of(deck) if title.startswith("Sources")]
    assert 1 <= len(sources) <= MOST_SOURCE_SLIDES


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_stays_text(name: str) -> None:
    content = written(name)
    deck = opened(content)
    wanted = clean(HOSTILE[name])[:40]
    assert wanted in text_of(deck)
    addresses = [
        one
        for member, text in members_of(content).items()
        if member.startswith("ppt/slides/_rels")
        for one in text.decode().split('Target="')[1:]
        if 'TargetMode="External"' in one.split("/>")[0]
    ]
    assert all(one.startswith("https://example.org/") for one in addresses)


def test_scripts_keep_their_direction_and_language() -> None:
    deck = opened(written("scripts"))
    title = deck.slides[0].shapes.title.text_frame.paragraphs[0]
    assert title.text == SCRIPTS
    assert [run._r.rPr.get("lang") for run in title.runs] == ["tg-Cyrl-TJ", "fa-IR"]
    persian = next(
        paragraph
        for shape in all_shapes(deck)
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        if paragraph.text == PERSIAN
    )
    assert persian._p.pPr.get("rtl") == "1"


def test_properties_name_no_one_and_no_moment() -> None:
    properties = opened(written("shipped")).core_properties
    assert (properties.title, properties.author, properties.revision) == ("All of it", "Mapview", 1)
    assert properties.last_modified_by == "Mapview"
    assert properties.created.year == properties.modified.year == 2000


def test_same_briefing_gives_the_same_bytes_in_any_process() -> None:
    script = (
        "import hashlib; from geodata import Filter, Store, load\n"
        "from mapview.briefing.content import compose\n"
        "from mapview.briefing.slides import write_slides\n"
        "from mapview.briefing.document import write_document\n"
        "b = compose(Store(load()), Filter.from_query('country=TJ'))\n"
        "print(*(hashlib.sha256(w(b)).hexdigest() for w in (write_slides, write_document)))\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Dushanbe"))
    }
    assert len(answers) == 1
    again = write_slides(briefing_of("one"))
    assert hashlib.sha256(again).digest() == hashlib.sha256(written("one")).digest()


@pytest.fixture
def four_to_three(tmp_path: Path) -> Path:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text_frame.text = "Old slide"
    slide.notes_slide.notes_text_frame.text = "Old notes"
    deck.core_properties.author = "Somebody"
    path = tmp_path / "four.pptx"
    deck.save(str(path))
    return path


def test_template_gives_its_size_and_layouts_and_loses_its_slides(four_to_three: Path) -> None:
    told: list[str] = []
    content = write_slides(
        briefing_of("scripts"),
        template=four_to_three,
        progress=Progress(lambda _share, words: told.append(words)),
    )
    check_package(content)
    deck = opened(content)
    check_room(deck, UNKNOWN)
    assert (deck.slide_width, deck.slide_height) == (9_144_000, 6_858_000)
    assert len(deck.slide_layouts) == 11
    assert b"Old" not in b"".join(members_of(content).values())
    assert deck.core_properties.author == "Mapview"
    assert "Slides of the template left out: 1" in told
    assert all(titles_of(deck))


def test_template_with_sections_and_shows_forgets_them(four_to_three: Path) -> None:
    uri = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
    sections = (
        f'<p:extLst><p:ext uri="{uri}"><p14:sectionLst xmlns:p14="http://schemas.microsoft.com/'
        'office/powerpoint/2010/main"><p14:section name="A" id="{00000000-0000-0000-0000-0000000000'
        '01}"><p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst></p14:section></p14:sectionLst>'
        "</p:ext></p:extLst></p:presentation>"
    )
    member = "ppt/presentation.xml"
    plain = rewritten(
        four_to_three,
        four_to_three.with_name("sections.pptx"),
        {member: (b"</p:presentation>", sections.encode())},
    )
    content = write_slides(briefing_of("none"), template=plain)
    assert b"sectionLst" not in members_of(content)[member]
    check_package(content)


def test_potx_is_taken(four_to_three: Path) -> None:
    types = {"[Content_Types].xml": (b"presentation.main+xml", b"template.main+xml")}
    potx = rewritten(four_to_three, four_to_three.with_suffix(".potx"), types)
    briefing = briefing_of("none")
    assert write_slides(briefing, template=potx) == write_slides(briefing, template=four_to_three)


@pytest.mark.parametrize("kept", [(), ("Blank",), ("Title and Content",)])
def test_template_without_the_usual_layouts_is_used_as_far_as_it_goes(
    kept: tuple[str, ...], tmp_path: Path
) -> None:
    deck = pptx.Presentation()
    for layout in list(deck.slide_layouts):
        if layout.name not in kept:
            deck.slide_layouts.remove(layout)
    path = tmp_path / "poor.pptx"
    deck.save(str(path))
    content = write_slides(briefing_of("one"), template=path)
    check_package(content)
    made = opened(content)
    check_room(made, UNKNOWN)
    assert all(titles_of(made))
    assert tables_of(made)


def test_title_in_the_middle_of_a_layout_gives_way_to_content(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    for layout in deck.slide_layouts:
        title = next((one for one in layout.placeholders if one.placeholder_format.idx == 0), None)
        if title is not None and layout.name != "Title Slide":
            title.left, title.top, title.width, title.height = (
                457_200,
                2_400_000,
                8_229_600,
                1_200_000,
            )
    path = tmp_path / "middle.pptx"
    deck.save(str(path))
    made = opened(write_slides(briefing_of("one"), template=path))
    for slide in list(made.slides)[1:]:
        title = slide.shapes.title
        others = [one for one in slide.shapes if not one.is_placeholder]
        assert all(one.top >= title.top + title.height - 91_440 for one in others)


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("ppt/_rels/presentation.xml.rels", (b"slideMasters/slideMaster1", b"slideMasters/none")),
        ("ppt/slideMasters/slideMaster1.xml", (b"<p:cSld>", b"<p:cSld")),
        ("ppt/presentation.xml", (b"<p:sldMasterId ", b"<p:nothing ")),
    ],
)
def test_damaged_template_is_refused(
    member: str, change: tuple[bytes, bytes], four_to_three: Path
) -> None:
    broken = rewritten(four_to_three, four_to_three.with_name("broken.pptx"), {member: change})
    with pytest.raises(FormatError, match=r"must be a PowerPoint file .* got .*broken\.pptx"):
        write_slides(briefing_of("none"), template=broken)


def test_work_can_be_stopped() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_slides(briefing_of("none"), progress=progress)


@given(st.lists(st.text("abc ", min_size=1, max_size=300), max_size=20), st.integers(1, 3))
def test_flow_loses_no_paragraph_and_fills_no_column_too_far(texts: list[str], count: int) -> None:
    columns = Box(0, 0, 400, 120).columns(count, 10)
    slides = flow([Para(text) for text in texts], columns, UNKNOWN)
    filled = [column for slide in slides for column in slide]
    said = " ".join(para.text for column in filled for para in column)
    assert "".join(said.split()) == "".join("".join(texts).split())
    assert all(len(slide) <= count for slide in slides)
    for column in filled:
        assert paras_height(column, columns[0].width, UNKNOWN) <= 120 + 1e-6


@given(st.lists(st.text("abc ", max_size=400), min_size=1, max_size=8))
def test_fitted_text_is_no_higher_than_its_box(texts: list[str]) -> None:
    box = Box(0, 0, 200, 80)
    paras = fitted([Para(text, 14, before=3) for text in texts], box, UNKNOWN)
    assert paras_height(paras, box.width, UNKNOWN) <= box.height + 1e-6
