"""Native tables on slides: their columns, what rows take, and how cells are filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from mapview.briefing.office import FontMetrics, is_from_right, parse
from mapview.briefing.slides.boxes import Box, Para, add_text, describe, fitted, write_paras
from mapview.briefing.slides.deck import Deck

__all__ = [
    "Column", "Row", "add_note", "draw_table", "header_height", "letters", "row_of",
]  # fmt: skip

_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
# "No Style, No Grid": lines and fills are the cells' own, in the theme's colours.
_NO_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_SIZE, _SMALL_SIZE = 10.5, 9.5
_NARROW: Final = 800.0
_SIDE, _ABOVE = 8.0, 2.5
_MOST_LINES: Final = 18


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        heading: What its header says.
        wide: Its part of the width of a wide slide.
        narrow: The same for a narrow one, such as 4:3.
    """

    heading: str
    wide: float
    narrow: float


@dataclass(frozen=True)
class Row:
    """The paragraphs of each cell, and how high they are."""

    cells: tuple[list[Para], ...]
    height: float


def _is_wide(deck: Deck) -> bool:
    return deck.content.width >= _NARROW


def letters(deck: Deck) -> float:
    """Return the size of the letters of a table, in points."""
    return _SIZE if _is_wide(deck) else _SMALL_SIZE


def _widths(deck: Deck, columns: Sequence[Column]) -> list[float]:
    shares = [one.wide if _is_wide(deck) else one.narrow for one in columns]
    return [deck.content.width * share for share in shares]


def header_height(deck: Deck) -> float:
    """Return how high the row of headings is, in points."""
    return letters(deck) * deck.face.leading + 2 * _ABOVE + 2


def row_of(deck: Deck, columns: Sequence[Column], cells: Sequence[list[Para]], room: float) -> Row:
    """Return a row of some cells; what is higher than the room is cut."""
    size = letters(deck)
    most = min(_MOST_LINES, int((room - 2 * _ABOVE) / (size * deck.face.leading)) - 2)
    widths = [width - _SIDE for width in _widths(deck, columns)]
    cut = tuple(
        [para.cut(width, most if len(cell) == 1 else most // 2, deck.face) for para in cell]
        for cell, width in zip(cells, widths, strict=True)
    )
    return Row(cut, _height(cut, widths, deck.face))


def _height(cells: Sequence[list[Para]], widths: Sequence[float], face: FontMetrics) -> float:
    heights = [
        sum(para.height(width, face) for para in cell)
        for cell, width in zip(cells, widths, strict=True)
    ]
    return max(heights) + 2 * _ABOVE


def draw_table(
    deck: Deck, slide: Any, columns: Sequence[Column], rows: Sequence[Row], *, name: str, alt: str
) -> None:
    """Put a table on a slide.

    Args:
        deck: The slides.
        slide: One of them.
        columns: What its headings say.
        rows: From `row_of`, as many as there is room for.
        name: What the list of shapes calls it.
        alt: What it holds, for who cannot see it.
    """
    from pptx.util import Pt

    box = deck.content
    header = header_height(deck)
    high = header + sum(row.height for row in rows)
    place = Box(box.left, box.top, box.width, high)
    frame = slide.shapes.add_table(len(rows) + 1, len(columns), *place.emu)
    describe(frame, name, alt)
    table = frame.table
    table.first_row, table.horz_banding = True, False
    if is_from_right():
        table._tbl.tblPr.set("rtl", "1")  # noqa: SLF001 - python-pptx has no name for it
    table._tbl.tblPr.find(f"{{{_A}}}tableStyleId").text = _NO_STYLE  # noqa: SLF001 - no name for it
    for column, width in zip(table.columns, _widths(deck, columns), strict=True):
        column.width = Pt(width)
    table.rows[0].height = Pt(header)
    for cell, one in zip(table.rows[0].cells, columns, strict=True):
        _fill(cell, [Para(one.heading, letters(deck), is_bold=True)], is_header=True)
    for index, row in enumerate(rows, 1):
        table.rows[index].height = Pt(row.height)
        for cell, paras in zip(table.rows[index].cells, row.cells, strict=True):
            _fill(cell, paras, is_header=False)


def add_note(deck: Deck, slide: Any, said: str, height: float) -> None:
    """Say at the foot of the content what the rows of a table leave out.

    Args:
        deck: The slides.
        slide: One of them, whose table leaves the height free.
        said: What it says.
        height: In points.
    """
    box = deck.content
    place = Box(box.left, box.bottom - height + 6, box.width, height - 6)
    note = fitted([Para(said, 12, is_bold=True)], place, deck.face)
    add_text(slide.shapes, place, note, "Not listed")


def _fill(cell: Any, paras: Sequence[Para], *, is_header: bool) -> None:
    from pptx.util import Pt

    sides = (0, Pt(_SIDE))
    cell.margin_left, cell.margin_right = reversed(sides) if is_from_right() else sides
    cell.margin_top = cell.margin_bottom = Pt(_ABOVE)
    write_paras(cell.text_frame, paras)
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-pptx draws no borders
    width, alpha = (15_875, 100_000) if is_header else (6_350, 30_000)
    line = parse(
        f'<a:lnB xmlns:a="{_A}" w="{width}" cap="flat" cmpd="sng" algn="ctr">'
        f'<a:solidFill><a:schemeClr val="tx1"><a:alpha val="{alpha}"/></a:schemeClr></a:solidFill>'
        '<a:prstDash val="solid"/></a:lnB>'
    )
    properties.append(line)
    properties.append(parse(f'<a:noFill xmlns:a="{_A}"/>'))
