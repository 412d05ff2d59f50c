"""The first pages of a document: what it says and is, its author's note, the map and its legend."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from mapview.briefing.content import Briefing
from mapview.briefing.document.icons import HEIGHT, WIDTH, draw_circles, draw_icon
from mapview.briefing.document.paper import Paper
from mapview.briefing.document.writing import (
    MUTED,
    Ink,
    describe_picture,
    element,
    turn_table,
    write,
)
from mapview.briefing.office import (
    ARIAL,
    EMU_PER_PT,
    ENGLISH,
    DrawMap,
    clean,
    clean_lines,
    comma,
    describe_map,
    labelled,
    language,
    number,
    say,
    shorten,
    width_pt,
)
from mapview.cartography import LegendEntry

__all__ = ["add_front", "add_periods"]

_DPI: Final = 250
_SHAPE: Final = 0.68
_MOST_HEIGHT: Final = 0.55
_LOW: Final = 0.34
_MOST_PERIODS: Final = 0.7
# A few entries of many words get two columns, others three.
_FEW: Final = 6
_LONG: Final = 45
_MOST_LABEL: Final = 140
_MOST_CHANGE: Final = 600
_INDENT: Final = 85 * EMU_PER_PT
# The size of letters, in points.
_LETTERS: Final = 10.0


def add_front(paper: Paper, briefing: Briefing, draw_map: DrawMap) -> None:
    """Add title, message, facts about the briefing, note, map and legend."""
    title, under = briefing.opening
    paper.words(title, "Title")
    if under:
        paper.words(under, "Subtitle")
    for line in briefing.messages:
        paper.words(line)
    facts = (
        (say("Period"), briefing.period),
        (say("Filter"), briefing.words),
        (say("Scope"), briefing.scope),
        (say("Not on the map"), _sentences(briefing)),
        (say("As of"), briefing.as_of),
        (say("Data version"), briefing.version),
        *briefing.imprint,
    )
    shown = [(label, text) for label, text in facts if clean(text)]
    indent = _indent([label for label, _ in shown])
    for label, text in shown:
        _fact(paper, label, text, indent)
    lines = clean_lines(briefing.note)
    if lines:
        paper.heading(say("Note by the author"), 2)
        for line in lines:
            paper.words(line)
    if briefing.since:
        paper.heading(briefing.since.heading)
        paper.paragraph(briefing.since.lead)
        for heading, told in briefing.since.lines:
            paper.heading(shorten(clean(heading), _MOST_CHANGE), 2)
            for sentence in told:
                paper.item(shorten(clean(sentence), _MOST_CHANGE))
    _add_map(paper, briefing, draw_map)


def _sentences(briefing: Briefing) -> str:
    return " ".join(f"{labelled(heading, numbers)}." for heading, numbers in briefing.unplaced)


def _indent(labels: Sequence[str]) -> int:
    """Return how far texts stand off the beginning of their labels."""
    if language() == ENGLISH:
        return _INDENT
    widest = max(width_pt(one, _LETTERS, ARIAL.bold) for one in labels)
    return max(_INDENT, round((widest + _LETTERS) * EMU_PER_PT))


def _fact(paper: Paper, label: str, text: str, indent: int) -> None:
    paragraph = paper.paragraph(label, ink=Ink(is_bold=True))
    write(paragraph, f"\t{text}")
    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent = indent, -indent
    form.space_after = 2 * EMU_PER_PT
    form.tab_stops.add_tab_stop(indent)


def _add_map(paper: Paper, briefing: Briefing, draw_map: DrawMap) -> None:
    paper.heading(say("Map"))
    width = paper.width
    # Of one event the map stands on the first page, below what is said of it.
    most = _LOW if len(briefing.incidents) == 1 else _MOST_HEIGHT
    height = min(width * _SHAPE, paper.height * most)
    drawn = draw_map(width, height, dpi=_DPI)
    paragraph = paper.paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(drawn.content), round(width * EMU_PER_PT))
    describe_picture(shape, "Map", describe_map(briefing))
    paper.caption("Figure", f"{briefing.scope}. {briefing.subject}.")
    legal = " ".join((*briefing.credits, briefing.border_note))
    paper.paragraph(legal, ink=Ink(color=MUTED, size=8))
    _add_legend(paper, drawn.legend)


def add_periods(paper: Paper, briefing: Briefing, draw_periods: DrawMap) -> None:
    """Add small maps by period, with what their numbers mean and a legend of their own."""
    paper.heading(say("Over time"))
    width = paper.width
    height = min(width, paper.height * _MOST_PERIODS)
    drawn = draw_periods(width, height, dpi=_DPI)
    paragraph = paper.paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(drawn.content), round(width * EMU_PER_PT))
    describe_picture(shape, "Maps by period", f"{drawn.said} {describe_map(briefing)}")
    paper.caption("Figure", f"{say('Small maps by period.')} {briefing.subject}.")
    paper.paragraph(drawn.said)
    _add_legend(paper, drawn.legend)


def _add_legend(paper: Paper, entries: Sequence[LegendEntry]) -> None:
    """Add the legend as a table of symbols and words, a heading to each part of it."""
    # Parts of one or two lines would each take a heading's room.
    sections = list(dict.fromkeys(one.section for one in entries))
    for section in sections:
        paragraph = paper.paragraph(labelled(say("Legend"), section), ink=Ink(is_bold=True, size=9))
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = 2 * EMU_PER_PT
        members = [one for one in entries if one.section == section]
        for one in members:
            if one.circles:
                _add_circles(paper, one)
        # Of a part there may be nothing but discs.
        if others := [one for one in members if not one.circles]:
            _add_entries(paper, others)


def _add_circles(paper: Paper, entry: LegendEntry) -> None:
    """Add circles as large as discs on the map, which no column for icons holds."""
    picture, width, height = draw_circles(entry)
    paragraph = paper.paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = 2 * EMU_PER_PT
    size = round(width * EMU_PER_PT), round(height * EMU_PER_PT)
    shape = paragraph.add_run().add_picture(io.BytesIO(picture), *size)
    numbers = comma().join(number(count) for count, _ in entry.circles)
    describe_picture(shape, "Discs", say("Discs of {numbers} incidents", numbers=numbers))
    write(paragraph, f" {entry.label}", Ink(size=9))


def _add_entries(paper: Paper, entries: Sequence[LegendEntry]) -> None:
    is_wordy = any(len(one.label) > _LONG for one in entries)
    columns = 2 if is_wordy and len(entries) <= _FEW else 3
    count = -(-len(entries) // columns)
    table = paper.document.add_table(rows=count, cols=2 * columns)
    table.autofit = False
    _set_looks(table, labelled(say("Legend of the map"), clean(entries[0].section)))
    _set_cells(paper, table, columns)
    for index, one in enumerate(entries):
        cells = table.rows[index % count].cells
        column = index // count
        run = cells[2 * column].paragraphs[0].add_run()
        shape = run.add_picture(io.BytesIO(draw_icon(one)), round(WIDTH * EMU_PER_PT))
        shape.height = round(HEIGHT * EMU_PER_PT)
        describe_picture(shape, "Symbol", labelled(say("Symbol"), shorten(one.label, _MOST_LABEL)))
        write(cells[2 * column + 1].paragraphs[0], shorten(one.label, _MOST_LABEL))
    paper.paragraph().paragraph_format.space_after = 0


def _set_cells(paper: Paper, table: Any, columns: int) -> None:
    """Set widths and style, and keep the rows on one page."""
    icon = WIDTH + 8
    widths = [round(pt * EMU_PER_PT) for pt in (icon, paper.width / columns - icon)] * columns
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    style = paper.table_style()
    rows = list(table.rows)
    for row in rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))  # noqa: SLF001 - no name for it
        # Word goes by the widths of cells, LibreOffice by those of columns.
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell.vertical_alignment = 1  # In the middle.
            cell.paragraphs[0].paragraph_format.keep_with_next = row is not rows[-1]
            cell.paragraphs[0]._p.get_or_add_pPr()._insert_pStyle(  # noqa: SLF001 - by its id
                element("w:pStyle", val=style)
            )


def _set_looks(table: Any, alt: str) -> None:
    margins = element("w:tblCellMar")
    for side, room in (("top", 20), ("left", 0), ("bottom", 20), ("right", 100)):
        margins.append(element(f"w:{side}", w=str(room), type="dxa"))
    turn_table(table._tbl.tblPr)  # noqa: SLF001 - python-docx has no name for it
    look = table._tbl.tblPr.find("{*}tblLook")  # noqa: SLF001 - the schema wants it before this
    look.addprevious(margins)
    # It has no header: neither in its first row nor in its first column.
    plain = {"val": "0000", "firstRow": "0", "lastRow": "0", "firstColumn": "0"}
    plain |= {"lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    look.addnext(element("w:tblDescription", val=alt))
    look.addprevious(element("w:tblLook", **plain))
    look.getparent().remove(look)
