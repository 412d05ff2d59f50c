"""Pages on groups in briefings: on demand, with their sources, with nothing that is held back."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from functools import cache
from typing import Any

import docx
import pptx
import pytest
from samples import Tags

from geodata import Filter, Store, load
from geodata.errors import FormatError, RequestError
from geodata.publication.prepare import Publication
from geodata.records import Claim, Group, Records, Relation, RelationKind, Source
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.document import write_document
from mapview.briefing.office import MapPicture
from mapview.briefing.page import write_page
from mapview.briefing.progress import Progress
from mapview.briefing.slides import write_slides
from mapview.briefing.writers import WRITERS, GroupPen, draw_map, write_briefing
from mapview.cli.__main__ import main

STORE = Store.of(load())
KERMAN = Filter.from_query("q=kerman&from=2024&areas=off")
SMALL = "jamaat-ansarullah"


def briefing_of(*groups: str, chosen: Filter = KERMAN, **how: Any) -> Briefing:
    return compose(STORE, chosen, BriefingOptions(group_pages=groups, **how))


@cache
def drawn() -> MapPicture:
    return draw_map(briefing_of(), Progress(), 300, 200, dpi=50)


def no_map(*_: object, **__: object) -> MapPicture:
    """Any map will do."""
    return drawn()


def texts_of(briefing: Briefing) -> dict[str, str]:
    """What each format that takes groups says."""
    document = docx.Document(io.BytesIO(write_document(briefing, no_map)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    said = [one.text for one in document.paragraphs]
    deck = pptx.Presentation(io.BytesIO(write_slides(briefing, no_map)))
    shapes = [shape for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    page = Tags(_markup(write_page(briefing)))
    texts = {
        "html": page.text,
        "docx": "\n".join([*said, *cells]),
        "pptx": "\n".join(one.text_frame.text for one in shapes),
    }
    return {name: " ".join(text.split()) for name, text in texts.items()}


def _markup(page: bytes) -> str:
    return re.sub(r"<(script|style)\b.*?</\1>", "", page.decode(), flags=re.DOTALL)


def test_every_format_that_takes_groups_tells_them():
    texts = texts_of(briefing_of(SMALL, "ukraine"))
    for name, text in texts.items():
        assert "Jamaat Ansarullah" in text, name
        assert "at most 100" in text, name
        assert "Ukraine" in text, name
    for name in ("html", "docx"):
        assert "Amriddin Tabarov" in texts[name]
        assert "until December 2015, start not stated" in texts[name]
        # A caveat stands beside its claim.
        assert "Not confirmed by other sources, says the article." in texts[name]


def test_without_the_wish_no_group_is_told():
    assert briefing_of().group_pages == ()
    assert b'mg-part"' not in write_page(briefing_of())


def test_sources_of_a_page_join_the_list_and_no_others():
    without, briefing = briefing_of(), briefing_of(SMALL)
    page = briefing.group_pages[0]
    assert {one.id for one in without.sources} < {one.id for one in briefing.sources}
    assert {one.id for one in briefing.sources} == {one.id for one in without.sources} | {
        *page.sources
    }
    listed = {one.id for one in (*briefing.sources, *briefing.cited)}
    assert listed == {one.id for one in (*without.sources, *without.cited)} | {
        *page.sources,
        *page.cited,
    }
    assert {one.id for one in briefing.records.sources} >= listed


def test_incidents_and_areas_of_a_page_are_those_of_the_briefing():
    (page,) = briefing_of("iskp").group_pages
    shown = {one.id for one in briefing_of("iskp").incidents}
    assert page.areas == ()
    told = {one.line.id for role in page.roles for one in (*role.certain, *role.possible)}
    assert told
    assert told <= shown
    assert any(one.heading == "Leaders" for one in page.relations)


def test_a_page_does_not_change_what_else_is_told():
    without, briefing = briefing_of(), briefing_of(SMALL, "iskp")
    assert briefing.incidents == without.incidents
    assert briefing.counts == without.counts
    assert briefing.base_areas == without.base_areas


@pytest.mark.parametrize("level", ["district", "province"])
def test_what_coarsening_hides_is_on_no_page(level):
    publication = Publication(coarsen=level)
    chosen = Filter.from_query("group=iskp")
    briefing = briefing_of("iskp", "gansu-hui-group", chosen=chosen, publication=publication)
    records = load()
    places = {one.place for one in (*records.incidents, *records.base_areas) if one.place}
    leaders = {one.object for one in records.relations if one.kind is RelationKind.LED_BY}
    named = {name for one in records.groups for name in (one.name, one.short_name, *one.aliases)}
    kept = " ".join([*named, *(one.title for one in records.sources)])
    hidden = [
        one for one in (*leaders, *places) if len(one) > 5 and one not in kept and one[0].isupper()
    ]
    provinces = {one.admin1 for one in briefing.records.incidents}
    provinces |= {one.admin1 for one in briefing.records.base_areas}
    assert len(hidden) > 50
    for page in briefing.group_pages:
        text = str(page)
        for one in hidden:
            if one not in provinces and not any(one in name for name in provinces):
                assert not re.search(rf"\b{re.escape(one)}\b", text) or one in _countries(), one
        ids = {one.line.id for role in page.roles for one in role.certain}
        assert all(one.startswith("incident-") for one in ids)


def _countries() -> set[str]:
    from geodata.places.boundaries import countries
    from geodata.records import country_name

    return {country_name(one) for one in countries()}


def test_what_is_dropped_is_on_no_page():
    chosen = Filter.from_query("group=iskp")
    how = Publication(drop=("base_areas", "by", "cites", "notes"))
    (page,) = briefing_of(SMALL, chosen=chosen, publication=how).group_pages
    assert page.areas == ()
    assert page.note == ""
    claims = [
        claim
        for section in page.relations
        for line in section.lines
        for group in line.claims
        for claim in group.claims
    ]
    assert claims
    assert all(not one.cites for one in claims)
    assert {one.by for one in claims} <= {"", "a party that the source names"}


def test_what_a_licence_forbids_is_on_no_page():
    said = {"about": "occurrence", "stance": "assigns", "value": "Secret"}
    records = Records(
        groups=(
            Group(id="a", name="A", claims=(Claim(about="count", value=9, source="closed"),)),
            Group(id="b", name="B"),
        ),
        sources=(
            Source(id="closed", title="Closed", may_publish=False),
            Source(id="open", title="Open"),
        ),
        relations=(
            Relation(
                id="r", subject="a", kind="allied with", object="b",
                claims=(Claim(source="closed", **said),),
            ),
        ),
    )  # fmt: skip
    store = Store.of(records)
    with pytest.raises(RequestError, match="must rest on sources that may be published, got 'a'"):
        compose(store, Filter(), BriefingOptions(group_pages=("a",)))
    briefing = compose(store, Filter(), BriefingOptions(group_pages=("b",)))
    (page,) = briefing.group_pages
    assert (page.relations, page.numbers, page.sources) == ((), (), ())
    assert briefing.sources == ()
    licensed = Publication(licensed=True)
    asked = BriefingOptions(group_pages=("a",), publication=licensed)
    (page,) = compose(store, Filter(), asked).group_pages
    assert page.sources == ("closed",)


def test_a_page_has_pictures_with_words_and_links_into_itself():
    chosen = Filter.from_query(f"group={SMALL}")
    briefing = briefing_of(SMALL, chosen=chosen)
    found = Tags(_markup(write_page(briefing, draw_group=GroupPen())))
    (picture,) = (one for one in found.values("src") if one.startswith("data:image/png"))
    assert base64.b64decode(picture.partition(",")[2]).startswith(b"\x89PNG")
    assert "Map of the base areas of Jamaat Ansarullah: Badakhshan, Afghanistan." in (
        found.values("alt")
    )
    places = set(found.values("id"))
    for one in found.values("href"):
        if one.startswith("#") and "=" not in one:
            assert one[1:] in places
        elif one.startswith("#id="):
            assert one[4:] in briefing.records.incidents_by_id
    assert found.values("style") == []


def test_documents_and_slides_have_pictures_with_words():
    briefing = briefing_of(SMALL)
    document = docx.Document(io.BytesIO(write_document(briefing, no_map, draw_group=GroupPen())))
    words = [one._inline.docPr.get("descr") for one in document.inline_shapes]
    assert briefing.group_pages[0].summary in words
    deck = pptx.Presentation(io.BytesIO(write_slides(briefing, no_map, draw_group=GroupPen())))
    (slide,) = [
        one for one in deck.slides if one.shapes.title.text_frame.text == "Jamaat Ansarullah"
    ]
    described = [one._element.xpath("./*/p:cNvPr")[0].get("descr") for one in slide.shapes]
    assert briefing.group_pages[0].summary in described


def test_equal_briefings_give_equal_pages():
    one, other = (write_page(briefing_of(SMALL), draw_group=GroupPen()) for _ in range(2))
    assert one == other


def test_formats_without_room_for_groups_say_so():
    briefing = briefing_of(SMALL)
    for ending, writer in WRITERS.items():
        if not writer.has_groups:
            with pytest.raises(FormatError, match=r"a group page must be given for \.html"):
                write_briefing(briefing, ending)


def test_an_unknown_group_is_refused_with_near_ids():
    with pytest.raises(RequestError, match=r"got 'iskpp'; near are iskp"):
        briefing_of("iskpp")


def test_the_command_takes_groups_by_name(tmp_path, capsys):
    out = tmp_path / "a.zip"
    arguments = ["--q", "kerman", "--from", "2024", "--areas", "off", "--group-page"]
    assert main(["brief", str(out), *arguments, "IS–KP", "--group-page", "ukraine"]) == 0
    with zipfile.ZipFile(out) as pack:
        page = pack.read("briefing.html").decode()
        assert 'id="group-iskp"' in page
        assert 'id="group-ukraine"' in page
        sources = pack.read("sources.bib").decode()
    (briefing,) = [briefing_of("iskp", "ukraine")]
    assert all(one.id in sources for one in briefing.sources)
    assert main(["brief", str(tmp_path / "b.html"), *arguments, "iskpp"]) != 0
    assert "near are iskp" in capsys.readouterr().err
