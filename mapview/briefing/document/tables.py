"""Native tables: built element by element, since python-docx takes minutes for a long one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mapview.briefing.document.writing import (
    MUTED,
    Ink,
    add_bookmark,
    begin,
    element,
    turn_table,
    write,
)

__all__ = ["CLAIM", "Cell", "Column", "table_of"]

CLAIM: Final = "claim_"
"""What bookmarks of claims are called, before their number."""

_TWIPS_PER_PT: Final = 20
_RULE: Final = "C3C8CE"
_HEADER_RULE: Final = "4A6785"


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        heading: What its header says.
        share: Its part of the width.
    """

    heading: str
    share: float


@dataclass(frozen=True)
class Cell:
    """A cell.

    Attributes:
        text: What it says first.
        beside: What it says below that, paler.
        is_bold: Whether the first is bold.
        is_muted: Whether the first is paler too.
        bookmark: Number of the claim that leads here; 0 for none.
        is_of_records: Whether records say the first in a language of their own.
    """

    text: str
    beside: str = ""
    is_bold: bool = False
    is_muted: bool = False
    bookmark: int = 0
    is_of_records: bool = False


@dataclass(frozen=True)
class _Setting:
    """What the paragraphs of all cells share: their document and their style."""

    document: Any
    style: str

    def paragraph(
        self, text: str, ink: Ink, bookmark: int = 0, *, is_of_records: bool = False
    ) -> Any:
        from docx.text.paragraph import Paragraph

        root = element("w:p")
        properties = element("w:pPr")
        properties.append(element("w:pStyle", val=self.style))
        root.append(properties)
        paragraph = Paragraph(root, self.document)
        begin(paragraph)
        write(paragraph, text, ink, is_of_records=is_of_records)
        if bookmark:
            add_bookmark(paragraph, f"{CLAIM}{bookmark}", bookmark)
        return root


def table_of(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    alt: str,
    *,
    width: float,
    document: Any,
    style: str,
) -> Any:
    """Return a table whose header is repeated on each page and whose rows are not split.

    Args:
        columns: Its columns.
        rows: Cells of each row, one a column.
        alt: What it holds, for who cannot see it.
        width: Its width in points.
        document: The document that it is for.
        style: Id of the style of its paragraphs.
    """
    setting = _Setting(document, style)
    widths = [round(width * one.share * _TWIPS_PER_PT) for one in columns]
    table = element("w:tbl")
    table.append(_properties(sum(widths), alt))
    grid = element("w:tblGrid")
    grid.extend(element("w:gridCol", w=str(width)) for width in widths)
    table.append(grid)
    header = [Cell(one.heading, is_bold=True) for one in columns]
    table.append(_row(setting, header, widths, is_header=True))
    for cells in rows:
        table.append(_row(setting, cells, widths, is_header=False))
    return table


def _properties(width: int, alt: str) -> Any:
    properties = element("w:tblPr")
    properties.append(element("w:tblW", w=str(width), type="dxa"))
    borders = element("w:tblBorders")
    for side in ("bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=_RULE))
    properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    # In a table that is turned, left is where its lines begin.
    for side, room in (("top", 40), ("left", 0), ("bottom", 40), ("right", 110)):
        margins.append(element(f"w:{side}", w=str(room), type="dxa"))
    properties.append(margins)
    look = {"val": "0020", "firstRow": "1", "lastRow": "0", "firstColumn": "0"}
    look |= {"lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    properties.append(element("w:tblLook", **look))
    properties.append(element("w:tblDescription", val=alt))
    turn_table(properties)
    return properties


def _row(
    setting: _Setting, cells: Sequence[Cell], widths: Sequence[int], *, is_header: bool
) -> Any:
    row = element("w:tr")
    properties = element("w:trPr")
    properties.append(element("w:cantSplit"))
    if is_header:
        properties.append(element("w:tblHeader"))
    row.append(properties)
    for cell, width in zip(cells, widths, strict=True):
        one = element("w:tc")
        form = element("w:tcPr")
        form.append(element("w:tcW", w=str(width), type="dxa"))
        if is_header:
            borders = element("w:tcBorders")
            rule = {"val": "single", "sz": "8", "space": "0", "color": _HEADER_RULE}
            borders.append(element("w:bottom", **rule))
            form.append(borders)
            form.append(element("w:vAlign", val="bottom"))
        one.append(form)
        told = setting.paragraph(
            cell.text, _ink(cell), cell.bookmark, is_of_records=cell.is_of_records
        )
        one.append(told)
        if cell.beside:
            one.append(setting.paragraph(cell.beside, Ink(color=MUTED)))
        row.append(one)
    return row


def _ink(cell: Cell) -> Ink:
    return Ink(is_bold=cell.is_bold, color=MUTED if cell.is_muted else "")
