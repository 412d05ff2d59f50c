"""The legend has the same words in every output; none has any of its own.

That the browser's scripts show all that they are handed is tested in `assets/icons.test.js`.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from typing import Any

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from figure_parts import Pen
from office_files import briefing_of
from PIL import Image

from mapview.briefing.document import write_document
from mapview.briefing.figure.paper.fonts import Face
from mapview.briefing.figure.sheet.legend_box import draw_legend, legend_items, set_legend
from mapview.briefing.office.picture import MapPicture
from mapview.briefing.slides import write_slides
from mapview.cartography.legend import LegendEntry, every_entry
from mapview.layer.handover import to_json


@cache
def entries() -> tuple[LegendEntry, ...]:
    """All that a legend can say, as it would be beside a map."""
    circles = ((2, 5.0), (28, 12.0))
    return tuple(
        replace(one, circles=circles) if one.form == "discs" else one for one in every_entry()
    )


def picture(*_: float, **__: Any) -> MapPicture:
    """A map that shows everything, without drawing it."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 6), "#ffffff").save(stream, "PNG")
    return MapPicture(stream.getvalue(), entries())


def in_page() -> str:
    return "\n".join(one["words"] for one in to_json()["legend"])


def in_figure() -> str:
    pen = Pen()
    draw_legend(pen, set_legend(legend_items(entries(), 99), Face(9), 70, 1), (10, 10))
    return " ".join(pen.words)


def in_slides() -> str:
    deck = pptx.Presentation(io.BytesIO(write_slides(briefing_of("none"), picture)))
    groups = (shape for slide in deck.slides for shape in slide.shapes if shape.name == "Legend")
    return "\n".join(
        shape.text_frame.text
        for group in groups
        for shape in group.shapes
        if shape.has_text_frame and shape.name == "Legend: words"
    )


def in_document() -> str:
    document = docx.Document(io.BytesIO(write_document(briefing_of("none"), picture)))
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


@pytest.mark.parametrize("words_of", [in_page, in_figure, in_slides, in_document])
def test_every_output_has_all_words(words_of: Any) -> None:
    said = re.sub(r"\s+", " ", words_of())
    assert [one.label for one in every_entry() if one.label not in said] == []


# Slides and documents put what has no room beside the map behind it.
@pytest.mark.parametrize("words_of", [in_page, in_figure])
def test_outputs_keep_the_order_and_say_nothing_else(words_of: Any) -> None:
    left = re.sub(r"\s+", " ", words_of()).strip()
    for one in entries():
        before, found, left = left.partition(one.label)
        assert found, one.label
        # Headings and the numbers and marks within icons may stand between the words.
        headings = {one.section for one in entries()}
        rest = before.strip()
        for heading in headings:
            rest = rest.replace(heading, "")
        assert re.fullmatch(r"[\d–\s?!]*", rest), rest
    assert left.strip() == ""
