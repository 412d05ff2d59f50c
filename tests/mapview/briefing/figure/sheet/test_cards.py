"""Cards, the column and the brief: what each says, whole, and in its place."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pypdf import PdfReader
from samples import typed_records

from geodata import Claim, Filter, Incident, Records, Source, Store, load
from geodata.tongue import speaking
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.figure.draw import draw_figure
from mapview.briefing.figure.scene import gather
from mapview.briefing.figure.sheet import brief, cards
from mapview.briefing.figure.sheet.frames import Frames
from mapview.briefing.figure.sheet.heading import set_heading
from mapview.briefing.figure.sheet.told import head_words, mark_words
from mapview.briefing.figure.sizes import SHEETS

SVG = "{http://www.w3.org/2000/svg}"
KERMAN, CROCUS, ALL, NOTHING = (
    "record=kerman-2024-01-03", "record=krasnogorsk-2024-03-22", "areas=off", "q=zzzz&areas=off",
)  # fmt: skip
SMALL = ("card", "square", "column", "brief")
HEADLINE = "94 to nearly 100 killed; and 1,234,567 more: " * 6


@cache
def briefing(query: str, **options: object) -> Briefing:
    return compose(Store.of(load()), Filter.from_query(query), BriefingOptions(**options))  # type: ignore[arg-type]


def drawn(name: str, briefing: Briefing, kind: str = "svg") -> bytes:
    one = SHEETS[name]
    return draw_figure(briefing, kind, size=one.size, composition=one.composition)  # type: ignore[arg-type]


@cache
def svg(name: str, query: str) -> bytes:
    return drawn(name, briefing(query))


def lines_of(name: str, of: Briefing | str) -> list[str]:
    svg_of = svg(name, of) if isinstance(of, str) else drawn(name, of)
    return [one.text or "" for one in ET.fromstring(svg_of).iter(f"{SVG}text")]  # noqa: S314 - ours


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("query", [KERMAN, CROCUS])
def test_one_event_is_told_with_toll_and_who_says_it(name: str, query: str) -> None:
    told = briefing(query)
    lines = lines_of(name, query)
    said = " ".join(lines)
    what = told.short_title.removeprefix(f"{told.lead}: ")
    for text in (told.lead, what, told.who, told.scope_of_map, told.border_note, told.credit):
        assert text in said
    # The call-out on the map, and nothing that names the incident's place a second time.
    assert lines.count(what) >= 1
    place = "Kerman" if query == KERMAN else "Krasnogorsk"
    assert lines.count(place) == 1
    assert "Scale" not in said


@pytest.mark.parametrize("name", SMALL)
def test_where_nothing_is_found_it_says_so(name: str) -> None:
    told = briefing(NOTHING)
    said = " ".join(lines_of(name, NOTHING))
    assert "No incident was found." in said
    assert told.scope_of_map in said


@pytest.mark.parametrize("name", SMALL)
def test_what_stands_for_many_is_explained(name: str) -> None:
    said = " ".join(lines_of(name, ALL))
    assert "82 events" in said
    for text in ("Several incidents", "isputed", "Ring" if name in ("card", "square") else "ring"):
        assert text in said
    assert "Not in the frame" in said or name == "brief"
    if name in ("card", "square"):
        red = (
            "Red: among the highest figures (Kabul, 26 Aug 2021: over 170 to at least 182 killed; "
            "Kerman, 3 Jan 2024: 94 to nearly 100 killed)"
        )
        assert red in said


@pytest.mark.parametrize("name", SMALL)
def test_long_words_of_the_author_stay_on_the_sheet_and_no_figure_is_cut(name: str) -> None:
    told = briefing(
        "country=TJ&areas=off",
        title="Wordwithoutanybreak" * 10,
        headline=HEADLINE[:300],
        note="Read this note with 12,345 to 67,890 killed. " * 100,
        messages=tuple(f"Sentence {i}: 12,345 to 67,890 killed. " * 14 for i in range(12)),
    )
    root = ET.fromstring(drawn(name, told))  # noqa: S314 - our own
    width, height = (float(one) for one in root.attrib["viewBox"].split()[2:])
    said = [node.text or "" for node in root.iter(f"{SVG}text")]
    for node in root.iter(f"{SVG}text"):
        assert 0 <= float(node.attrib["x"]) <= width
        assert 0 <= float(node.attrib["y"]) <= height
    assert "Wordwithoutanybreak" * 10 in "".join(said).replace(" ", "")
    for line in said:
        assert not line.endswith(("12,345 to", "94 to nearly", "94 to")), line
        assert not line.endswith("…") or "Author" in " ".join(said)


def test_a_card_has_its_pixels_and_a_column_the_height_that_it_needs() -> None:
    for name in ("card", "square"):
        image = Image.open(io.BytesIO(drawn(name, briefing(KERMAN), "png")))
        assert image.size == SHEETS[name].size.pixels
    heights = []
    for query in (KERMAN, ALL):
        root = ET.fromstring(svg("column", query))  # noqa: S314 - our own
        width, height = (float(one) for one in root.attrib["viewBox"].split()[2:])
        assert width == pytest.approx(90 / 25.4 * 72, abs=1)
        heights.append(height)
    assert heights[0] < heights[1]


def test_letters_of_a_card_can_be_read_at_a_third_of_its_size() -> None:
    for name, least in (("card", 1200), ("square", 1080)):
        root = ET.fromstring(svg(name, KERMAN))  # noqa: S314 - our own
        width = float(root.attrib["viewBox"].split()[2])
        sizes = [
            float(node.attrib["style"].partition("font-size: ")[2].partition("px")[0])
            for node in root.iter(f"{SVG}text")
        ]
        shown = sorted(size * least / width * 400 / least for size in sizes)
        assert shown[0] >= 5.5
        assert shown[-1] >= 16


@pytest.mark.parametrize("query", [KERMAN, CROCUS, ALL, NOTHING])
def test_a_brief_is_one_page_with_sentences_bars_strip_and_numbered_sources(query: str) -> None:
    told = briefing(query)
    reader = PdfReader(io.BytesIO(drawn("brief", told, "pdf")))
    [page] = reader.pages
    assert [round(float(one) / 72 * 25.4) for one in page.mediabox[2:]] == [210, 297]
    said = " ".join(page.extract_text().split())
    for text in (*told.messages, *told.credits, told.version, "How to read it"):
        assert text in said
    headings = ("Sources disagree", "Figures differ", "One source gives", "A range is given")
    assert any(one in said for one in headings) == bool(told.ranges)
    assert ("[1]" in said) == bool(told.sources)
    for _, numbers in told.unplaced:
        assert f"{numbers}." in said


def test_what_was_changed_for_publication_stands_on_card_and_brief() -> None:
    from geodata.publication.prepare import Coarsening, Publication

    told = briefing(KERMAN, publication=Publication(coarsen=Coarsening.PROVINCE))
    assert told.changes
    for name in ("card", "brief"):
        assert " ".join(told.changes) in " ".join(lines_of(name, told))


def test_letters_on_a_card_are_said_to_be_types_of_sources() -> None:
    typed = compose(Store.of(typed_records(40)), Filter(base_areas=False))
    said = "Letters: types in the words of their sources."
    assert said in " ".join(lines_of("card", typed))
    assert said not in " ".join(lines_of("card", ALL))


@cache
def of_long_words() -> Briefing:
    """Events whose source and parts of tolls have names that are longer than a card."""
    source = Source(id="s", title="A document", publisher="A very long name " * 600)
    claim = Claim(about="fatalities", value=3, part="of a very long kind " * 30, source="s")
    events = tuple(
        Incident(
            id=f"event-{at}",
            title="An event",
            event_date="2020-05-01",
            event_types=("bombing",),
            points=((60.0 + at, 30.0 + at),),
            country="AF",
            geo_precision="settlement",
            radius_km=3,
            claims=(claim,),
        )
        for at in range(4)
    )
    return compose(Store.of(Records(events, (), (), (source,))), Filter(base_areas=False))


def test_names_as_long_as_a_card_leave_the_map_its_room() -> None:
    said = " ".join(lines_of("card", of_long_words()))
    assert "Red: among the highest figures (" in said
    assert "A very long name A very long name" in said
    assert "Not in the frame" not in said


@pytest.mark.parametrize("name", ["card", "square", "brief"])
def test_what_is_said_of_a_map_is_of_the_map_that_is_drawn(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Frames] = []

    def unseen(frames: Frames) -> str:
        asked.append(frames)
        return f"Map number {len(asked)} " + "with some more words " * 9

    module, plan = (brief, brief.brief_plan) if name == "brief" else (cards, cards.card_plan)
    monkeypatch.setattr(module, "unseen_words", unseen)
    told = of_long_words()
    planned = plan(told, gather(told), SHEETS[name].size)
    assert asked[-1] is planned.frames
    said = str(planned.notes) if name == "brief" else str(planned.words[-1])
    assert f"Map number {len(asked)} " in said


def test_a_card_with_base_areas_says_what_their_marks_mean() -> None:
    said = " ".join(lines_of("card", briefing("country=TJ", areas="only")))
    assert "Hatched: where a group was based" in said


def test_figures_of_a_brief_lead_to_where_their_claims_stand() -> None:
    told = briefing("record=kerman-2024-01-03")
    content = draw_figure(told, "pdf", size=SHEETS["brief"].size, composition="brief")
    [page] = PdfReader(io.BytesIO(content)).pages
    links = [one.get_object() for one in page["/Annots"]]
    said = [str(one["/Contents"]) for one in links]
    locators = [one.line.locator for one in told.leads.claims]
    assert len(locators) == 5
    # The headline leads to the first of the claims, as the first sentence does.
    assert [one.partition("] ")[2] for one in said] == [locators[0], *locators]
    assert said[1].startswith("Killed: nearly 100, [2]")
    text = page.extract_text()
    assert "Where each figure stands" in text
    notes = min(float(one["/Rect"][1]) for one in links)
    assert all(0 < float(one["/Dest"][3]) < notes for one in links)
    drawing = draw_figure(told, "svg", size=SHEETS["brief"].size, composition="brief")
    assert "Where each figure stands" in drawing.decode()


def test_the_second_sentence_of_a_headline_stands_under_it_in_smaller_letters() -> None:
    found = briefing(ALL)
    head = head_words(found)
    assert head.lead == ""
    assert head.what == head.whole == found.first
    assert head.what.startswith("The figures given add up to ")
    assert head.under == f"{found.second}."
    assert head.asked == found.subject
    own = replace(found, headline="In my words", second="", lead="")
    assert head_words(own).whole == "In my words"
    assert found.second in " ".join(lines_of("card", ALL))
    # On a brief the sentences say it.
    said = " ".join(lines_of("brief", ALL))
    assert "The highest figures of killed are for" not in said
    assert "The highest figures of killed are given for" in said
    # Sentences of one's own may leave it out.
    own = " ".join(lines_of("brief", briefing(ALL, messages=("In my words.",))))
    assert "The highest figures of killed are for" in own


@pytest.mark.parametrize("layout", ["card", "square", "column", "brief"])
def test_what_was_found_of_one_event_stands_first_and_the_filter_below(layout: str) -> None:
    told = briefing("country=TJ&areas=off")
    lines = lines_of(layout, "country=TJ&areas=off")
    said = " ".join(" ".join(lines).split())
    first, asked = f"{told.first} {told.second}. ", said.index(told.words)
    assert first in said
    assert said.index(first) < asked == said.rindex(told.words)


@pytest.mark.parametrize("language", ["ru", "fa", "tg", "ar", "fr"])
def test_the_second_sentence_stands_once_in_every_language(language: str) -> None:
    found = briefing(ALL, language=language)
    with speaking(language):
        head = head_words(found)
        heading = set_heading(found, (10, 10), 260, 1)
    assert head.under == f"{found.second}."
    bare = found.second.rstrip("\u200f")
    for said in (head.whole, head.what, *heading.title):
        assert said
        assert bare not in said
    assert heading.title != (found.title,)
    assert " ".join(heading.lines[0][0].split()).startswith(" ".join(bare.split())[:40])


@pytest.mark.parametrize("language", ["en", "fa", "ar"])
def test_each_clause_on_marks_says_of_which_it_is_and_no_more(language: str) -> None:
    told = briefing(ALL, language=language)
    with speaking(language):
        card = SHEETS["card"]
        frames = cards.card_plan(told, gather(told), card.size).frames
        said = mark_words(told, frames)
    assert "؛" not in said.partition("). ")[2]
    if language == "en":
        assert "Dotted disc: several, none of them at a known place. " in said
        assert ". Several, none" not in said


@pytest.mark.parametrize("query", ["country=AF&from=2022&areas=off", ALL, KERMAN])
def test_a_brief_says_once_what_was_asked_for(query: str) -> None:
    told = briefing(query)
    said = " ".join(lines_of("brief", query))
    assert said.count(told.words) == 1
    assert told.period.casefold() in said.casefold()


def test_a_card_has_letters_in_which_its_figure_fits_a_line() -> None:
    told = briefing(KERMAN, language="ar")
    with speaking("ar"):
        plan = cards.card_plan(told, gather(told), SHEETS["card"].size)
    lines = [
        line for part, words, _ in plan.words if part == "Title" for o in words for line in o.lines
    ]
    assert any("94 إلى ما يقارب 100" in line for line in lines), lines


def test_red_is_the_only_figure_where_one_event_alone_has_one() -> None:
    said = " ".join(lines_of("card", "q=kerman&from=2024&areas=off"))
    red = "Red: the only figure of killed on the map (Kerman, 3 Jan 2024: 94 to nearly 100 killed)."
    assert red in said


def test_red_is_not_the_only_figure_where_more_share_its_toll() -> None:
    """Of more than three that share one, the first alone is called out."""
    said = " ".join(lines_of("card", sharing_one_toll()))
    assert "Red: among the highest figures (" in said
    assert "the only figure" not in said


def sharing_one_toll() -> Briefing:
    source = Source(id="a", title="A document", publisher="A publisher")
    ids = [f"event-{at}" for at in range(4)]
    claim = Claim(about="fatalities", value=30, source="a")
    events = tuple(
        Incident(
            id=one,
            title="An event",
            place=f"Town {one}",
            event_date="2020-05-01",
            event_types=("bombing",),
            points=((60.0 + 2 * at, 30.0 + at),),
            country="AF",
            geo_precision="settlement",
            radius_km=3,
            claims=(claim,),
            casualties_combined=tuple(other for other in ids if other != one),
        )
        for at, one in enumerate(ids)
    )
    return compose(Store.of(Records(events, (), (), (source,))), Filter(base_areas=False))
