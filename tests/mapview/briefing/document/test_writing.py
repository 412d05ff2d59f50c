"""Runs of a document: their direction and language, tabs, fields, captions and links."""

from __future__ import annotations

from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from mapview.briefing.document.writing import Ink, add_caption, add_field, add_link, write


@pytest.fixture
def paragraph() -> Any:
    return docx.Document().add_paragraph()


def test_the_first_text_sets_the_direction(paragraph: Any) -> None:
    write(paragraph, "کرمان")
    write(paragraph, " – Kerman")
    assert paragraph._p.pPr.find(qn("w:bidi")) is not None
    first, last = paragraph.runs[0], paragraph.runs[-1]
    assert first._r.rPr.find(qn("w:rtl")) is not None
    assert first._r.rPr.find(qn("w:lang")).get(qn("w:bidi"))
    assert last._r.rPr.find(qn("w:rtl")) is None


def test_later_text_does_not_turn_a_paragraph(paragraph: Any) -> None:
    write(paragraph, "Kerman ")
    write(paragraph, "کرمان")
    assert paragraph._p.pPr is None or paragraph._p.pPr.find(qn("w:bidi")) is None
    assert paragraph.text == "Kerman کرمان"


@pytest.mark.parametrize(
    ("text", "written"),
    [(" a\n b ", " a b "), ("\tPeriod", "\tPeriod"), ("a\x00b\x0b", "ab"), ("", "")],
)
def test_text_is_cleaned_but_keeps_its_ends(text: str, written: str, paragraph: Any) -> None:
    write(paragraph, text)
    assert paragraph.text.replace("\ufffd", "") == written


def test_ink_is_that_of_the_run(paragraph: Any) -> None:
    write(paragraph, "said", Ink(is_bold=True, color="FF0000", size=8.5))
    [run] = paragraph.runs
    assert (run.bold, str(run.font.color.rgb), run.font.size.pt) == (True, "FF0000", 8.5)


def test_fields_and_captions_are_worked_out_by_the_office_program(paragraph: Any) -> None:
    add_caption(paragraph, "Figure", 3, "A map.")
    add_field(paragraph, "PAGE", "1")
    fields = [one.get(qn("w:instr")) for one in paragraph._p.iter(qn("w:fldSimple"))]
    assert fields == [r" SEQ Figure \* ARABIC ", " PAGE "]
    assert "".join(one.text for one in paragraph._p.iter(qn("w:t"))) == "Figure 3. A map.1"


def test_a_link_is_followed_and_not_fetched(paragraph: Any) -> None:
    add_link(paragraph, "Example", "https://example.org/?a=1&b=<2>")
    [link] = paragraph.hyperlinks
    assert (link.text, link.address) == ("Example", "https://example.org/?a=1&b=<2>")
    relation = paragraph.part.rels[link._hyperlink.rId]
    assert relation.is_external
