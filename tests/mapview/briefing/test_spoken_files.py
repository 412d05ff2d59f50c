"""Slides, documents, maps by period, films and packs in each language, read from its side."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from docx import Document
from lxml import etree
from pptx import Presentation
from spoken import OTHERS, WORD, W, composed, left_in, texts_of

from geodata import Filter, Store, load
from geodata.errors import FormatError
from geodata.publication import Publication
from geodata.records import Toll
from geodata.tongue import speaking
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.figure.paper import Canvas, Rect, drawing
from mapview.briefing.figure.periods import Periods, side_by_side
from mapview.briefing.figure.scene import gather
from mapview.briefing.office import runs_of
from mapview.briefing.pack import write_pack
from mapview.briefing.progress import Progress
from mapview.briefing.since import changed_since, read_pack
from mapview.briefing.writers import DATA_WRITERS, Layout, write_briefing

A = "http://schemas.openxmlformats.org/drawingml/2006/main"


# Of one incident and of many: each of both as slides and as a document, and in each language.
QUERIES = ("record=kerman-2024-01-03", "country=TJ")
CASES = [
    (code, ending, QUERIES[(number + place) % 2])
    for number, code in enumerate(OTHERS)
    for place, ending in enumerate(("pptx", "docx"))
]


@cache
def written(code: str, ending: str, query: str = "country=TJ") -> bytes:
    """A file in a language, made once for all tests that read it."""
    return write_briefing(composed(code, query), ending)


@pytest.mark.parametrize(("code", "ending", "query"), CASES)
def test_no_english_is_left_in_slides_and_documents(code, ending, query):
    said = texts_of(written(code, ending, query))
    assert len(said) > 50
    assert not left_in(said, composed(code, query), code)


@pytest.mark.parametrize("code", ["fa", "ar"])
def test_slides_are_read_from_the_right(code):
    deck = Presentation(io.BytesIO(written(code, "pptx")))
    assert deck.core_properties.language == code
    slide = deck.slides[2]
    named = {shape.name: shape for shape in slide.shapes}
    # The legend stands at the left of the map, and its symbols at the right of their words.
    assert named["Legend"].left + named["Legend"].width < named["Map"].left
    parts = named["Legend"].shapes
    words = next(one for one in parts if one.name == "Legend: words")
    symbol = next(one for one in parts if one.name.startswith("Symbol"))
    assert symbol.left > words.left + words.width
    for shape in (one for slide in deck.slides for one in slide.shapes):
        element = shape._element
        assert all(one.get("rtl") == "1" for one in element.iter(f"{{{A}}}tblPr"))
        for paragraph in element.iter(f"{{{A}}}p"):
            text = "".join(paragraph.itertext(f"{{{A}}}t"))
            if re.match(r"\W*[\u0600-\u06ff]", text):
                assert paragraph.find(f"{{{A}}}pPr").get("rtl") == "1", text


def test_lying_bars_begin_at_the_right_in_persian_digits():
    deck = Presentation(io.BytesIO(written("fa", "pptx")))
    [chart] = [one.chart for one in deck.slides[4].shapes if one.has_chart]
    assert chart.value_axis.reverse_order
    assert chart.value_axis.tick_labels.number_format.startswith("[$-3000429]")
    letters = list(chart._chartSpace.iterfind(".//{*}txPr/{*}p/{*}pPr"))
    assert letters
    assert all(one.get("rtl") == "1" for one in letters)


@pytest.mark.parametrize(("code", "tag"), [("fa", "fa-IR"), ("ar", "ar-SA")])
def test_documents_are_read_from_the_right(code, tag):
    content = written(code, "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        styles = etree.fromstring(archive.read("word/styles.xml"))
    assert Document(io.BytesIO(content)).core_properties.language == code
    tables = list(root.iter(f"{{{W}}}tbl"))
    assert tables
    assert all(one.find(f"{{{W}}}tblPr/{{{W}}}bidiVisual") is not None for one in tables)
    assert all(one.find(f"{{{W}}}bidi") is not None for one in root.iter(f"{{{W}}}sectPr"))
    assert {one.get(f"{{{W}}}bidi") for one in styles.iter(f"{{{W}}}lang")} == {tag}
    for style in styles.iter(f"{{{W}}}style"):
        letters = style.find(f"{{{W}}}rPr")
        # What is read from the right has a look of its own, which Word takes from nowhere else.
        for name in ("b", "i", "sz") if letters is not None else ():
            plain, other = (letters.find(f"{{{W}}}{name}{end}") for end in ("", "Cs"))
            assert plain is None or plain.attrib == other.attrib
    for run in root.iter(f"{{{W}}}r"):
        text, form = "".join(run.itertext(f"{{{W}}}t")), run.find(f"{{{W}}}rPr")
        if re.search("[\u0620-\u06d3]", text):
            assert form.find(f"{{{W}}}rtl") is not None, text
            assert form.find(f"{{{W}}}lang").get(f"{{{W}}}bidi") in (tag, "fa-IR")
        elif WORD.search(text):
            assert form.find(f"{{{W}}}rtl") is None, text


@pytest.mark.parametrize(
    ("code", "text", "runs"),
    [
        ("fa", "گفتهٔ Tim (2019.) [2]؛", ["گفتهٔ ", "Tim", " (2019.) [2]؛"]),
        ("fa", "از IS, 4 May 2024، ۳", ["از ", "IS, 4 May 2024", "، ۳"]),
        ("ru", "от IS (2)", ["от ", "IS (2)"]),
    ],
)
def test_signs_behind_a_name_are_read_as_the_language_is(code, text, runs):
    with speaking(code):
        assert [one.text for one in runs_of(text)] == runs
        assert "".join(one.text for one in runs_of(text, is_of_records=True)) == text


def test_words_of_records_have_their_own_language_in_french():
    with speaking("fr"):
        assert [one.lang for one in runs_of("Incidents")] == ["fr-FR"]
        assert [one.lang for one in runs_of("Incidents", is_of_records=True)] == ["en-GB"]
    deck = Presentation(io.BytesIO(written("fr", "pptx")))
    spoken = {}
    for slide in deck.slides:
        for run in slide._element.iter(f"{{{A}}}r"):
            spoken[run.find(f"{{{A}}}t").text] = run.find(f"{{{A}}}rPr").get("lang")
    assert spoken["Civil war in Tajikistan"] == "en-GB"
    assert spoken["Annexe"] == "fr-FR"


@pytest.mark.parametrize("code", OTHERS)
def test_maps_by_period_speak_too(code):
    briefing = composed(code, "type=bombing")
    svg = write_briefing(briefing, "svg", layout=Layout(multiples="auto"))
    found = etree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    said = ["".join(one.itertext()) for one in found]
    with speaking(code):
        said.append(Periods.of(briefing, "month", 6, "picture").description)
    assert not left_in(said, briefing, code)


@pytest.mark.parametrize("code", ["ru", "fa", "ar"])
def test_a_film_speaks_too(code, monkeypatch):
    drawn: list[str] = []
    write = Canvas.text

    def text(self: Canvas, at: tuple[float, float], words: str, *how: object, **more: object):
        drawn.append(words)
        write(self, at, words, *how, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Canvas, "text", text)
    briefing = composed(code, "country=TJ")
    assert write_briefing(briefing, "gif").startswith(b"GIF89a")
    assert len(drawn) > 20
    assert not left_in(drawn, briefing, code)


@pytest.mark.parametrize("code", ["fa", "ar"])
def test_the_first_period_stands_at_the_right(code):
    briefing = composed(code, "type=bombing")
    with speaking(code), drawing():
        made = Periods.of(briefing, "auto", 12, "map")
        panels = side_by_side(made, gather(made.briefing), Rect(0, 0, 297, 210), 1.0)
    first, second = panels.mirrored(297).frames[:2]
    assert first.left > second.left
    assert first.width == pytest.approx(panels.frames[0].width)


def pack_of(briefing: Briefing, *endings: str) -> bytes:
    """A pack of whose data only some are made: the records, which is what a later one reads."""

    def make(ending: str, sheet: str, part: Progress) -> bytes:
        is_needed = ending in (endings or ("geojson",)) and not sheet
        return DATA_WRITERS[ending].write(briefing, Layout(), part) if is_needed else b""

    return write_pack(briefing, make, "")


def labels_in(pack: zipfile.ZipFile) -> list[str]:
    """What the layers of a project of QGIS call what they draw."""
    with zipfile.ZipFile(io.BytesIO(pack.read("map.qgz"))) as archive:
        root = etree.fromstring(archive.read("map.qgs"))
    return [one.get("label") for one in root.iter("category", "rule")]


def test_a_pack_speaks_but_for_its_data(pack_only: Callable[..., None]):
    query = "record=kerman-2024-01-03"
    briefing = composed("ru", query)
    # Pictures, slides and documents have tests of their own in each language.
    pack_only("html", *DATA_WRITERS)
    content = write_briefing(briefing, "zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read("briefing.html")
        manifest = json.loads(archive.read("manifest.json"))
        alt = archive.read("alt.txt").decode()
        data = json.loads(archive.read("incidents.geojson"))
        tables = {one: archive.read(one) for one in ("incidents.csv", "sources.bib")}
        layers = labels_in(archive)
    assert page == write_briefing(briefing, "html")
    assert b'<html lang="ru"' in page
    assert not any(one.startswith("briefing.html") for one in manifest["left_out"])
    assert manifest["language"] == "ru"
    assert not left_in([alt], briefing, "ru")
    programs = {"QGIS", "GeoPackage", "Google", "Earth", "BibTeX", "CSL", "JSON", "Zotero"}
    said = [one["what"] for one in manifest["files"] if "what" in one]
    assert len(said) > 10
    assert left_in(said, briefing, "ru") <= programs
    # Data stay as they are, words that follow from claims among them.
    english = pack_of(composed("en", query), *DATA_WRITERS)
    with zipfile.ZipFile(io.BytesIO(english)) as archive:
        assert data["features"] == json.loads(archive.read("incidents.geojson"))["features"]
        for name, content in tables.items():
            assert content == archive.read(name)
        assert layers == labels_in(archive)
        assert "Bombing" in layers


def test_an_earlier_pack_may_be_in_another_language(tmp_path):
    (tmp_path / "exact.zip").write_bytes(pack_of(composed("fa", "country=TJ")))
    rounded = composed("ru", "country=TJ", publication=Publication(coarsen="province"))
    (tmp_path / "rounded.zip").write_bytes(pack_of(rounded))
    since = composed("ru", "country=TJ", since=tmp_path / "exact.zip").since
    assert since is not None
    assert since.lead == "Ни один инцидент не изменён."
    with pytest.raises(FormatError, match="its places are rounded"):
        composed("ru", "country=TJ", since=tmp_path / "rounded.zip")


def test_what_has_changed_is_told_in_the_language(tmp_path):
    (tmp_path / "all.zip").write_bytes(pack_of(composed("en", "country=TJ")))
    earlier = read_pack(tmp_path / "all.zip")
    kept = earlier.records.incidents[1:]
    first = kept[0].but(event_date="2001", claims=kept[0].claims[1:])
    now = replace(earlier.records, incidents=(first, *kept[1:]))
    with speaking("ru"):
        since = changed_since(earlier, now, earlier.filter, lambda _: False)
        told = [since.lead, *(one for _, told in since.lines for one in told)]
    assert [one.kind for one in since.changes] == ["revised", "withdrawn"]
    assert since.heading.startswith("Изменено после версии данных")
    assert "Этого больше нет в базе." in told
    assert not left_in(told, composed("ru", "country=TJ"), "ru")


def test_a_toll_that_nobody_states_is_none_in_any_language():
    english = composed("en", "status=foiled")
    arrest = next(one for one in english.incidents if one.is_event and one.killed == Toll.text)
    query = f"record={arrest.id}"
    assert "not stated" not in composed("en", query).headline
    briefing = composed("ru", query)
    assert briefing.incidents[0].killed == "не указано"
    assert "не указано" not in briefing.headline
    # What is not known is pale, as it is in English.
    english, russian = (_muted(composed(code, query)) for code in ("en", "ru"))
    assert english == russian
    assert sum(english) == 2


def _muted(briefing: Briefing) -> list[bool]:
    """Whether what stands first in each cell of the table of incidents is pale."""
    slides = Presentation(io.BytesIO(write_briefing(briefing, "pptx"))).slides
    [table] = [one.table for slide in slides for one in slide.shapes if one.name == "Incidents"]
    firsts = [next(cell._tc.iter(f"{{{A}}}r")) for cell in table.iter_cells()]
    return [run.find(f".//{{{A}}}lumMod") is not None for run in firsts]


@pytest.mark.parametrize("code", ["en", "fa"])
def test_what_no_file_may_hold_and_what_messages_hold_is_text_in_a_record(code):
    odd = "\x01{n} {who} {0!r}\x1f"
    records = load()
    [one] = [one for one in records.incidents if one.id == "kerman-2024-01-03"]
    groups = tuple(group.but(name=odd + group.name, short_name="") for group in records.groups)
    one = one.but(title=odd, place=f"{odd}, Kerman")
    store = Store.of(replace(records, groups=groups, incidents=(one,)))
    briefing = compose(store, Filter(), BriefingOptions(language=code))
    for ending in ("pptx", "docx"):
        said = texts_of(write_briefing(briefing, ending))
        assert any("{n} {who} {0!r}" in text for text in said)
        assert not any(re.search("[\x01\x1f]", text) for text in said)
