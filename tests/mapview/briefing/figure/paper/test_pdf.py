"""PDF: language, title, structure in the order of reading, letters that search finds."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import Any

import pytest
from pypdf import PdfReader

from mapview.briefing.figure.paper import Canvas, Face, drawing
from mapview.briefing.figure.sizes import Size

PERSIAN = "حملات کرمان؛ اختلاف روایت‌ها"


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    with drawing():
        canvas = Canvas(Size(200, 100), "pdf")
        for name, words in (("Map", "Kerman"), ("Title", PERSIAN), ("Notes", "So it is.")):
            with canvas.group(name):
                canvas.line([(10, 10), (20, 20)], "ink", 0.5)
                canvas.text((20, 50), words, Face(12), "ink")
        content = canvas.finish("What happened", "Map. One event in Iran.")
        assert content == again()
    return PdfReader(io.BytesIO(content))


def again() -> bytes:
    canvas = Canvas(Size(200, 100), "pdf")
    for name, words in (("Map", "Kerman"), ("Title", PERSIAN), ("Notes", "So it is.")):
        with canvas.group(name):
            canvas.line([(10, 10), (20, 20)], "ink", 0.5)
            canvas.text((20, 50), words, Face(12), "ink")
    return canvas.finish("What happened", "Map. One event in Iran.")


def test_a_pdf_says_its_language_title_and_what_it_shows(reader: PdfReader) -> None:
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]
    about = reader.metadata or {}
    assert about.get("/Title") == "What happened"
    assert about.get("/Subject") == "Map. One event in Iran."
    assert "/CreationDate" not in about


def test_its_parts_are_told_in_the_order_of_reading(reader: PdfReader) -> None:
    root: Any = reader.trailer["/Root"]
    [document] = root["/StructTreeRoot"]["/K"]
    parts = [one.get_object() for one in document.get_object()["/K"]]
    assert [one["/S"] for one in parts] == ["/H1", "/Figure", "/P"]
    assert [one.get("/Alt") for one in parts] == [None, "Map. One event in Iran.", None]
    assert sorted(one["/K"] for one in parts) == [0, 1, 2]
    page: Any = reader.pages[0]
    assert page["/StructParents"] == 0
    content = page.get_contents().get_data()
    assert content.count(b"BDC") == content.count(b"EMC") == 3
    assert b"/H1 <</MCID 1>> BDC" in content


def test_lam_and_alef_are_found_whichever_way_a_reader_turns_them(reader: PdfReader) -> None:
    said = unicodedata.normalize("NFKC", reader.pages[0].extract_text())
    for word in ("حملات", "اختلاف"):
        assert word in said
    # As one letter, since readers turn round glyph by glyph what is written from the right.
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]
    maps = [one.get_object()["/ToUnicode"].get_object().get_data() for one in fonts.values()]
    assert any(b"fefb" in one.lower() for one in maps)
    assert not any(b"06440627" in one.lower() for one in maps)


def test_letters_after_a_joiner_stand_where_they_belong(reader: PdfReader) -> None:
    page: Any = reader.pages[0]
    content = page.get_contents().get_data()
    # Where a run of a font begins, nothing moves its first letter: it would lie over others.
    assert re.search(rb"Td\s*\[", content)
    assert not re.search(rb"Td\s*\[\s*-?\d", content)


def test_letters_set_apart_are_found_as_one_word() -> None:
    names = ("AFGHANISTAN", "ТОҶИКИСТОН", "CÔTE D’IVOIRE")
    with drawing():
        canvas = Canvas(Size(200, 100), "pdf")
        for row, name in enumerate(names):
            at = (100, 20 + 20 * row)
            canvas.text(at, name, Face(9, spacing=0.25), "ink", align="center", halo="halo")
        canvas.text((100, 90), "Kabul", Face(9), "ink", align="center")
        content = canvas.finish("Names")
    page = PdfReader(io.BytesIO(content)).pages[0]
    drawn: Any = page.get_contents()
    # Some readers take so wide gaps for spaces, if they are not told what is said.
    told = re.findall(rb"/Span <</ActualText <([0-9a-f]+)>>> BDC", drawn.get_data())
    assert [bytes.fromhex(one.decode()).decode("utf-16") for one in told] == [*names]
    assert drawn.get_data().count(b"EMC") == drawn.get_data().count(b"BDC") == len(names)
    assert re.findall(rb"([0-9.]+) Tc", drawn.get_data()) == [b"2.25"] * len(names)
    said = page.extract_text()
    assert all(name in said for name in (*names, "Kabul"))
