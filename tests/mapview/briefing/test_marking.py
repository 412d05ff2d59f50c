"""How far a briefing may be handed on: at head and foot of all that is made of it."""

from __future__ import annotations

import io
import json
import zipfile
from xml.etree import ElementTree as ET

import docx
import pptx
import pytest
from office_files import document_of, slides_of
from page_reading import text_of

from geodata import Filter, Incident, Records, Store, load
from geodata.publication import Coarsening, Publication, Tlp
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.figure.draw import draw_figure
from mapview.briefing.figure.sizes import SHEETS
from mapview.briefing.pack import write_pack
from mapview.briefing.page import write_page
from mapview.outgoing import prepare_export

KERMAN = Filter(ids=("kerman-2024-01-03",))


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return compose(Store.of(load()), KERMAN, BriefingOptions(tlp=Tlp.AMBER))


def test_a_page_is_marked_on_the_screen_and_on_paper(briefing: Briefing) -> None:
    text = text_of(write_page(briefing))
    assert text.count("<strong>TLP:AMBER</strong>") == 2
    assert '@top-right{content:"TLP:AMBER"' in text
    plain = compose(Store.of(load()), KERMAN)
    assert "TLP:" not in text_of(write_page(plain))


@pytest.mark.parametrize("name", ["a4", "brief", "card", "column", "a0"])
def test_a_figure_is_marked_within_its_sheet(briefing: Briefing, name: str) -> None:
    one = SHEETS[name]
    svg = draw_figure(briefing, "svg", size=one.size, composition=one.composition)
    root = ET.fromstring(svg)  # noqa: S314 - our own
    texts = [
        text.text
        for group in root.iter("{http://www.w3.org/2000/svg}g")
        if "Marking" in group.attrib.values()
        for text in group.iter("{http://www.w3.org/2000/svg}text")
    ]
    assert texts == ["TLP:AMBER", "TLP:AMBER"]
    if name != "column":
        width, height = (
            float(root.attrib[side].removesuffix("pt")) for side in ("width", "height")
        )
        assert width / height == pytest.approx(one.size.width_mm / one.size.height_mm, rel=0.01)


def test_each_slide_is_marked(briefing: Briefing) -> None:
    deck = pptx.Presentation(io.BytesIO(slides_of(briefing)))
    for slide in deck.slides:
        marks = [one for one in slide.shapes if one.name.endswith(": TLP:AMBER")]
        assert [one.text_frame.text for one in marks] == ["TLP:AMBER", "TLP:AMBER"]
        assert [one.text_frame.paragraphs[0].runs[0].font.size.pt for one in marks] == [12, 12]
        assert marks[0].top == 0
        assert marks[1].top + marks[1].height == deck.slide_height


def test_each_page_of_a_document_is_marked(briefing: Briefing) -> None:
    document = docx.Document(io.BytesIO(document_of(briefing)))
    first = document.sections[0]
    assert first.different_first_page_header_footer
    parts = (first.header, first.first_page_header, first.footer, first.first_page_footer)
    for part in parts:
        assert "TLP:AMBER" in [one.text for one in part.paragraphs]
    for section in list(document.sections)[1:]:
        assert section.header.is_linked_to_previous
        assert section.footer.is_linked_to_previous


def test_names_and_data_of_a_pack_are_marked(briefing: Briefing) -> None:
    content = write_pack(briefing, lambda *_: b"x", "What the map shows.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        inner = io.BytesIO(archive.read("map-TLP-AMBER.qgz"))
    with zipfile.ZipFile(inner) as project:
        assert b"TLP:AMBER" in project.read("map.qgs").partition(b"<abstract>")[2]
    assert manifest["tlp"] == "TLP:AMBER"
    assert [one["name"] for one in manifest["files"]] == names[:-1]
    assert all(one.partition(".")[0].endswith("-TLP-AMBER") for one in names[:-1])
    assert briefing.about["tlp"] == "TLP:AMBER"


def test_records_that_are_marked_more_strictly_win() -> None:
    fields = {"id": "a", "title": "A", "event_date": "2024", "event_types": ["bombing"]}
    one = Incident.model_validate({**fields, "upstream": {"TLP": "amber+strict"}})
    store = Store.of(Records((one,)))

    def marking(tlp: Tlp | None, publication: Publication) -> Tlp | None:
        options = BriefingOptions(tlp=tlp, publication=publication)
        return compose(store, Filter(), options).tlp

    for publication in (Publication(), Publication(coarsen=Coarsening.PROVINCE)):
        assert marking(None, publication) is Tlp.STRICT
        assert marking(Tlp.AMBER, publication) is Tlp.STRICT
        assert marking(Tlp.RED, publication) is Tlp.RED
        # An export without a briefing says it, too.
        assert prepare_export(store, Filter(), publication)[1]["tlp"] == "TLP:AMBER+STRICT"
