"""The slides with the table of incidents: native tables, filled as far as the room goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from geodata.records import NO_RESPONSIBILITY
from geodata.scope import describe_kinds
from mapview.briefing.content import Briefing, IncidentLine
from mapview.briefing.office import FontMetrics, numbers_of, parse, place_remark, references
from mapview.briefing.slides.boxes import Box, Para, add_text, describe, fitted, write_paras
from mapview.briefing.slides.deck import Deck

__all__ = ["MOST_SLIDES", "add_listing"]

MOST_SLIDES: Final = 15
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
# "No Style, No Grid": lines and fills are the cells' own, in the theme's colours.
_NO_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_SIZE, _SMALL_SIZE = 10.5, 9.5
_NARROW: Final = 800.0
_SIDE, _ABOVE = 8.0, 2.5
_NOTE: Final = 40.0
_MOST_LINES: Final = 18

_Step = Callable[[float, str], None]


@dataclass(frozen=True)
class _Column:
    """A column.

    Attributes:
        heading: What its header says.
        wide: Its part of the width of a wide slide.
        narrow: The same for a narrow one, such as 4:3.
    """

    heading: str
    wide: float
    narrow: float


_COLUMNS: Final = (
    _Column("Date", 0.125, 0.11),
    _Column("Place", 0.195, 0.165),
    _Column("What", 0.26, 0.22),
    _Column("Killed", 0.072, 0.088),
    _Column("Injured", 0.075, 0.088),
    _Column("Responsibility", 0.208, 0.239),
    _Column("Sources", 0.065, 0.09),
)


@dataclass(frozen=True)
class _Row:
    cells: tuple[list[Para], ...]
    height: float


def add_listing(deck: Deck, briefing: Briefing, step: _Step) -> None:
    """Add the table, oldest incident first, over fifteen slides at most.

    Args:
        deck: The slides.
        briefing: What they say.
        step: Told the share of it that is done, and in words what is being done.
    """
    if not briefing.incidents:
        slide = deck.add("Incidents")
        said = [Para("No incident was found.", 18), Para(briefing.words, 14, before=6)]
        add_text(slide.shapes, deck.content, fitted(said, deck.content, deck.face), "No incident")
        return
    pages, listed = _pages(deck, briefing, step)
    for index, page in enumerate(pages, 1):
        step(0.5 + 0.5 * index / len(pages), "Writing the table of incidents")
        part = f" ({index} of {len(pages)})" if len(pages) > 1 else ""
        slide = deck.add(f"Incidents, oldest first{part}")
        _draw(deck, slide, page, f"Table of incidents{part}: {len(page)} of {_all(briefing)}.")
        if index == len(pages) and listed < len(briefing.incidents):
            box = deck.content
            place = Box(box.left, box.bottom - _NOTE + 6, box.width, _NOTE - 6)
            note = [Para(_left_out(briefing, listed), 12, is_bold=True)]
            add_text(slide.shapes, place, fitted(note, place, deck.face), "Not listed")


def _all(briefing: Briefing) -> str:
    return describe_kinds(briefing.counts.events, briefing.counts.aggregates)


def _left_out(briefing: Briefing, listed: int) -> str:
    more = len(briefing.incidents) - listed
    return (
        f"{more:,} further incidents are not listed on slides; counts and map include them. "
        "The data of the same filter list them all."
    )


def _pages(deck: Deck, briefing: Briefing, step: _Step) -> tuple[list[list[_Row]], int]:
    """Return the rows of each slide, and how many incidents they list."""
    numbers = numbers_of(briefing)
    header = _header_height(deck)
    room = deck.content.height - header
    pages: list[list[_Row]] = [[]]
    used = 0.0
    for listed, line in enumerate(briefing.incidents):
        row = _row(deck, line, references(line.sources, numbers), room - _NOTE)
        # The last slide keeps room for what is said of the rest.
        most = room - (_NOTE if len(pages) == MOST_SLIDES else 0)
        if pages[-1] and used + row.height > most:
            if len(pages) == MOST_SLIDES:
                return pages, listed
            step(0.5 * len(pages) / MOST_SLIDES, "Measuring the table of incidents")
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += row.height
    return pages, len(briefing.incidents)


def _is_wide(deck: Deck) -> bool:
    return deck.content.width >= _NARROW


def _size(deck: Deck) -> float:
    return _SIZE if _is_wide(deck) else _SMALL_SIZE


def _widths(deck: Deck) -> list[float]:
    shares = [one.wide if _is_wide(deck) else one.narrow for one in _COLUMNS]
    return [deck.content.width * share for share in shares]


def _header_height(deck: Deck) -> float:
    return _size(deck) * deck.face.leading + 2 * _ABOVE + 2


def _row(deck: Deck, line: IncidentLine, refs: str, room: float) -> _Row:
    """Return a row and its height; what is longer than a slide is cut."""
    size = _size(deck)
    what = [Para(line.title, size, is_bold=True)]
    what.append(Para(line.what, size - 1, is_muted=True))
    killed = [_toll(line.killed, size)]
    if line.together:
        killed.append(Para(line.together, size - 1, is_muted=True))
    place = [Para(line.place, size)]
    remark = place_remark(line)
    if remark:
        place.append(Para(remark[0].upper() + remark[1:], size - 1, is_muted=True))
    cells = (
        [Para(line.when, size)],
        place,
        what,
        killed,
        [_toll(line.injured, size)],
        [_toll(line.responsibility, size)],
        [Para(refs, size)],
    )
    most = min(_MOST_LINES, int((room - 2 * _ABOVE) / (size * deck.face.leading)) - 2)
    widths = [width - _SIDE for width in _widths(deck)]
    cut = tuple(
        [para.cut(width, most if len(cell) == 1 else most // 2, deck.face) for para in cell]
        for cell, width in zip(cells, widths, strict=True)
    )
    return _Row(cut, _height(cut, widths, deck.face))


def _height(cells: Sequence[list[Para]], widths: Sequence[float], face: FontMetrics) -> float:
    heights = [
        sum(para.height(width, face) for para in cell)
        for cell, width in zip(cells, widths, strict=True)
    ]
    return max(heights) + 2 * _ABOVE


def _toll(text: str, size: float) -> Para:
    """Return a cell, pale where nothing is known."""
    is_known = text not in ("not stated", NO_RESPONSIBILITY)
    return Para(text, size, is_muted=not is_known)


def _draw(deck: Deck, slide: Any, rows: Sequence[_Row], alt: str) -> None:
    from pptx.util import Pt

    box = deck.content
    header = _header_height(deck)
    high = header + sum(row.height for row in rows)
    place = Box(box.left, box.top, box.width, high)
    frame = slide.shapes.add_table(len(rows) + 1, len(_COLUMNS), *place.emu)
    describe(frame, "Incidents", alt)
    table = frame.table
    table.first_row, table.horz_banding = True, False
    table._tbl.tblPr.find(f"{{{_A}}}tableStyleId").text = _NO_STYLE  # noqa: SLF001 - no name for it
    for column, width in zip(table.columns, _widths(deck), strict=True):
        column.width = Pt(width)
    table.rows[0].height = Pt(header)
    for cell, one in zip(table.rows[0].cells, _COLUMNS, strict=True):
        _fill(cell, [Para(one.heading, _size(deck), is_bold=True)], is_header=True)
    for index, row in enumerate(rows, 1):
        table.rows[index].height = Pt(row.height)
        for cell, paras in zip(table.rows[index].cells, row.cells, strict=True):
            _fill(cell, paras, is_header=False)


def _fill(cell: Any, paras: Sequence[Para], *, is_header: bool) -> None:
    from pptx.util import Pt

    cell.margin_left, cell.margin_right = 0, Pt(_SIDE)
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
