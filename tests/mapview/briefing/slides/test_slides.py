"""Slides: what they say, that they fit, that templates are used, that bytes are the same."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache, partial

import openpyxl
import pytest
from office_files import (
    PERSIAN,
    SCRIPTS,
    briefing_of,
    check_package,
    members_of,
    slides_of,
)
from samples import HOSTILE, HOSTILE_TITLE
from slide_reading import (
    all_shapes,
    alt_of,
    check_room,
    opened,
    tables_of,
    text_of,
    titles_of,
)

from geodata import Filter, Store, load
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.office.measure import ARIAL, UNKNOWN
from mapview.briefing.office.tallies import MOST
from mapview.briefing.office.text import clean
from mapview.briefing.office.words import describe_map
from mapview.briefing.progress import Cancelled, Progress
from mapview.briefing.slides.boxes import RELATED
from mapview.briefing.slides.ending import MOST_SOURCE_SLIDES
from mapview.briefing.slides.listing import MOST_SLIDES
from mapview.briefing.writers import draw_map
from mapview.cartography.legend import TYPES
from mapview.cartography.style import KINDS, OWN
from mapview.lines import ClaimLine

NAMES = ("shipped", "scripts", "one", "none", "many", "hostile")
KERMAN = "kerman-2024-01-03"
HEADINGS = ["Date", "Place", "What", "Killed", "Injured", "Responsibility", "Sources"]


@cache
def written(name: str) -> bytes:
    return slides_of(briefing_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_slides_are_sound_and_nothing_overflows(name: str) -> None:
    content = written(name)
    check_package(content)
    deck = opened(content)
    # Where there is no Arial, programs take letters that are as wide as those that are measured.
    check_room(deck, replace(ARIAL, breadth=UNKNOWN.breadth))
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


def test_links_to_claims_have_the_colour_of_their_text() -> None:
    links = 0
    for slide in opened(written("shipped")).slides:
        for link in slide.element.iter("{*}hlinkClick"):
            if link.get("action") == "ppaction://hlinksldjump":
                links += 1
                assert [one.get("val") for one in link.iter("{*}hlinkClr")] == ["tx"]
    assert links > 20


def test_map_slide_has_picture_legend_and_what_belongs_to_any_map() -> None:
    briefing, deck = briefing_of("shipped"), opened(written("shipped"))
    slide = deck.slides[2]
    picture = next(shape for shape in slide.shapes if shape.shape_type == 13)
    assert alt_of(picture) == describe_map(briefing)
    assert f"{briefing.counts.placed} on the map" in alt_of(picture)
    assert "Afghanistan (" in alt_of(picture)
    said = "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
    for text in (briefing.scope, briefing.words, briefing.border_note, *briefing.credits):
        assert text in said


def test_legend_is_native() -> None:
    briefing, deck = briefing_of("shipped"), opened(written("shipped"))
    legends = [shape for shape in all_shapes(deck) if shape.name == "Legend"]
    fills = {
        shape.name: str(shape.fill.fore_color.rgb)
        for legend in legends
        for shape in legend.shapes
        if shape.name.startswith("Symbol") and shape.fill.type == 1
    }
    shown = KINDS[briefing.incidents[-1].kind]
    assert fills[f"Symbol: {KINDS[0].label}"] == KINDS[0].color.light[1:].upper()
    assert f"Symbol: {shown.label}" in fills


def test_few_symbols_stand_in_a_line_under_a_map_of_full_width() -> None:
    slide = opened(written("one")).slides[2]
    [legend] = [one for one in slide.shapes if one.name == "Legend"]
    [picture] = [one for one in slide.shapes if one.shape_type == 13]
    assert picture.width > 0.9 * 12_192_000
    assert legend.top >= picture.top + picture.height
    said = [one for one in legend.shapes if one.name == "Legend: words"]
    assert "Bombing" in [one.text_frame.text for one in said]
    assert len({one.top + one.height / 2 for one in said}) == 1


def test_call_outs_find_room_among_smaller_letters() -> None:
    """Two that a map in larger letters has no room for, so that the slide would be refused."""
    both = BriefingOptions(callouts=("kabul-2016-07", "kabul-2019-08-17"))
    briefing = compose(Store.of(load()), Filter.from_query("country=AF&areas=off"), both)
    [picture] = [one for one in opened(slides_of(briefing)).slides[2].shapes if one.name == "Map"]
    # As sharp as any other.
    assert picture.image.size[0] == pytest.approx(picture.width / 12_700 / 72 * 220, abs=2)


def test_slide_on_tolls_says_who_gives_which_figure() -> None:
    deck = opened(written("one"))
    slide = deck.slides[titles_of(deck).index("Sources disagree on tolls")]
    said = "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
    assert "94 to nearly 100 killed: 94 (Wikipedia" in said
    assert "nearly 100 (The Diplomat)." in said
    assert "over 300 (The Diplomat)." in said


def test_types_of_sources_have_their_letters_in_the_legend() -> None:
    [legend, *_] = [one for one in all_shapes(opened(written("typed"))) if one.name == "Legend"]
    symbols = [one for one in legend.shapes if one.name == "Symbol: Theft"]
    assert [str(one.fill.fore_color.rgb) for one in symbols[:1]] == [OWN[0].color.light[1:].upper()]
    assert symbols[-1].text_frame.text == OWN[0].letter
    assert TYPES in [one.text_frame.text for one in legend.shapes if one.has_text_frame]


def test_table_lists_all_incidents_with_ranges_and_who_says_so() -> None:
    briefing, deck = briefing_of("shipped"), opened(written("shipped"))
    tables = [one for one in tables_of(deck) if one.cell(0, 0).text == HEADINGS[0]]
    rows = [[cell.text for cell in row.cells] for table in tables for row in list(table.rows)[1:]]
    assert len(rows) == len(briefing.incidents) == briefing.counts.in_all
    for table in tables:
        assert table.first_row
        assert [cell.text for cell in table.rows[0].cells] == HEADINGS
    for row, line in zip(rows, briefing.incidents, strict=True):
        assert row[0] == line.when
        off_map = "ot on the map" if line.is_event else "listed only"
        assert (off_map in row[1]) is not line.is_placed
        assert row[2].startswith(line.title)
        killed = f"{line.killed}\n{line.beside}" if line.beside else line.killed
        assert (row[3], row[4], row[5]) == (killed, line.injured, line.responsibility)
        numbers = [int(one.strip("[], ")) for one in row[6].split()]
        assert [briefing.sources[one - 1].id for one in numbers] == sorted(
            line.sources, key=[one.id for one in briefing.sources].index
        )


def test_chart_is_native_and_its_data_can_be_edited() -> None:
    briefing, deck = briefing_of("shipped"), opened(written("shipped"))
    charts = {shape.name: shape.chart for shape in all_shapes(deck) if shape.has_chart}
    assert list(charts) == ["Timeline", "Types", "Countries", "Tolls"]
    tolls, chart = charts["Tolls"], charts["Timeline"]
    lowest, apart = tolls.plots[0].series
    ranges = [(one.low, one.high) for one in briefing.ranges]
    assert ranges[: len(lowest.values)] == [
        (low, low + more) for low, more in zip(lowest.values, apart.values, strict=True)
    ]
    book = openpyxl.load_workbook(io.BytesIO(tolls.part.chart_workbook.xlsx_part.blob))
    assert [cell.value for cell in book.active["B"]][1:] == list(lowest.values)
    bins = briefing.histogram.bins
    certain, loose = chart.plots[0].series
    assert list(certain.values) == [one.certain for one in bins]
    assert list(loose.values) == [one.possible - one.certain for one in bins]
    assert list(chart.plots[0].categories)[-1] == "2024"
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert [cell.value for cell in book.active["B"]][1:] == [one.certain for one in bins]


def test_six_slides_say_it_and_the_annex_says_where_all_else_stands() -> None:
    titles = titles_of(opened(written("shipped")))
    assert titles[1:7] == [
        "In short", titles[2], "When, and what", "Where", "Figures differ, or a range is given",
        "Annex",
    ]  # fmt: skip
    deck = opened(written("shipped"))
    [annex] = [shape for shape in deck.slides[6].shapes if shape.name == "What follows"]
    lines = annex.text_frame.text.splitlines()
    assert [line.partition(": slide")[0] for line in lines] == [
        *(["Legend of the map"] if "Legend" in titles else []),
        "Incidents",
        "Claims that these words lead to",
        "Sources",
        "How to read this",
    ]
    for line in lines:
        first = int(re.search(r"slides? (\d+)", line)[1])
        assert titles[first - 1].startswith(line.partition(":")[0].replace(" of the map", ""))
    assert lines[-1].endswith(f" {len(titles)}")


def test_events_are_counted_by_type_and_by_country_within_bounds() -> None:
    for name in ("shipped", "many"):
        briefing, deck = briefing_of(name), opened(written(name))
        charts = {shape.name: shape.chart for shape in all_shapes(deck) if shape.has_chart}
        events = [line for line in briefing.incidents if line.is_event]
        for chart in (charts["Types"], charts["Countries"]):
            drawn = [
                int(sum(column)) for column in zip(*(s.values for s in chart.series), strict=True)
            ]
            assert sum(drawn) == len(events) == briefing.counts.events
            assert len(drawn) <= MOST
            for label, count in zip(chart.plots[0].categories, drawn, strict=True):
                assert label.endswith((f": {count:,}", f" to {count:,}")), label
        placed = charts["Countries"].series[0]
        assert sum(placed.values) == briefing.counts.placed


def test_of_one_incident_each_claim_stands_with_its_paragraph() -> None:
    one = KERMAN
    briefing = compose(Store.of(load()), Filter.from_query(f"record={one}"), BriefingOptions())
    deck = opened(slides_of(briefing))
    titles = titles_of(deck)
    assert titles[3:6] == ["Sources disagree on tolls", "Who says what", "Annex"]
    found = [
        (row.cells[1].text.split("\n"), row.cells[3].text, row.cells[4].text)
        for shape in all_shapes(deck)
        if shape.has_table and shape.name == "Claims"
        for row in list(shape.table.rows)[1:]
    ]
    claims = [claim for group in briefing.detail(one).claim_groups for claim in group.claims]
    assert len(found) == len(claims) > 20
    for (said, reference, where), claim in zip(found, leading_first(briefing, one), strict=True):
        assert claim.value in said
        assert briefing.sources[int(reference.strip("[]")) - 1].id == claim.source.id
        assert where == claim.locator


def leading_first(briefing: Briefing, one: str) -> list[ClaimLine]:
    groups = sorted(briefing.detail(one).claim_groups, key=lambda group: not group.leads)
    return [claim for group in groups for claim in group.claims]


def test_figures_lead_to_the_slide_of_their_claim() -> None:
    briefing, deck = briefing_of("shipped"), opened(written("shipped"))
    [box] = [one for one in deck.slides[1].shapes if one.name == "In short"]
    led = {}
    for paragraph in box.text_frame.paragraphs:
        for run in paragraph.runs:
            link = run._r.find(".//{*}hlinkClick")
            if link is not None:
                assert link.get("action") == "ppaction://hlinksldjump"
                led[run.text] = deck.slides[1].part.related_part(link.get(RELATED)).slide
    words = [p for one in briefing.messages for p, c in briefing.pieces(one) if c is not None]
    assert set(words) == led.keys()
    claims = led["144–145"]
    assert claims.shapes.title.text_frame.text.startswith("Claims that these words lead to")
    tables = [one for one in tables_of(deck) if one.cell(0, 0).text == "On"]
    rows = [[cell.text for cell in row.cells] for one in tables for row in list(one.rows)[1:]]
    said = [(one.line.value, one.line.locator) for one in briefing.leads.claims]
    assert [(row[1].split("\n")[0], row[4]) for row in rows] == said
    # What is added up over incidents leads to the first slide of the table of incidents.
    table = led["938 to at least about 957"]
    assert table.shapes.title.text_frame.text.startswith("Incidents, oldest first")
    # Of one event all claims stand on slides already.
    one = compose(Store.of(load()), Filter.from_query(f"record={KERMAN}"))
    deck = opened(slides_of(one))
    assert "Claims that these words lead to" not in titles_of(deck)
    links = deck.slides[1].shapes[1]._element.iter("{*}hlinkClick")
    there = [deck.slides[1].part.related_part(link.get(RELATED)).slide for link in links]
    assert {one.shapes.title.text_frame.text for one in there} == {"Who says what"}


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
        if run.hyperlink.address and not run.hyperlink.address.startswith("slide")
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
    assert "Nothing that was found has a known place" in alt_of(
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
    # A sentence may go on upon the next slide.
    assert text_of(deck).count("note.") == 380
    sources = [title for title in titles_of(deck) if title.startswith("Sources")]
    assert 1 <= len(sources) <= MOST_SOURCE_SLIDES


def test_hostile_text_stays_text() -> None:
    content = written("hostile")
    said = text_of(opened(content))
    assert clean(HOSTILE_TITLE) in said
    for text in HOSTILE.values():
        assert clean(text)[:40] in said
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


def test_same_briefing_gives_the_same_bytes() -> None:
    """In another process too: see `test_writers.py`."""
    anew = partial(draw_map, briefing_of("one"), Progress())
    assert slides_of(briefing_of("one"), draw=anew) == written("one")


def test_work_can_be_stopped() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        slides_of(briefing_of("none"), progress=progress)
