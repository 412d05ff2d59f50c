"""Reads slides again: their shapes, tables and words, and whether all text has room."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pptx

from mapview.briefing.office.measure import FontMetrics
from mapview.briefing.slides.boxes import Para, paras_height

EMU_PER_PT = 12_700


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


def check_room(deck: Any, face: FontMetrics) -> None:
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


def check_table(table: Any, face: FontMetrics) -> None:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            sides = cell.margin_left + cell.margin_right
            width = (column.width - sides) / EMU_PER_PT
            high = paras_height(paras_of(cell.text_frame, 18), width + 0.1, face)
            high += (cell.margin_top + cell.margin_bottom) / EMU_PER_PT
            assert high <= row.height / EMU_PER_PT + 0.5, cell.text
