"""Tables of web pages and of Excel's XML of 2003, which many a system saves as `.xls`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lxml import etree, html

from geodata.reading.grid import Grid, sheet_of_grid
from geodata.reading.sheet import Refused, Sheet
from geodata.reading.source import Source
from geodata.reading.text import clean_stream, find_encoding
from geodata.reading.xml.markup import elements, local

__all__ = ["open_page", "open_xml_workbook"]

_MOST_SPANNED = 1_000
_INDEX = "{urn:schemas-microsoft-com:office:spreadsheet}Index"
_DOWN = "{urn:schemas-microsoft-com:office:spreadsheet}MergeDown"
_ACROSS = "{urn:schemas-microsoft-com:office:spreadsheet}MergeAcross"
_NAME = "{urn:schemas-microsoft-com:office:spreadsheet}Name"


def open_page(source: Source) -> list[Sheet]:
    """Return the tables of a web page; none if it has none.

    Args:
        source: The page; it is read at once.

    Raises:
        Refused: If it is too large.
    """
    return _sheets(source, "web page", _tables_of_page)


def open_xml_workbook(source: Source) -> list[Sheet]:
    """Return the tables of a workbook as Excel wrote XML in 2003.

    Raises:
        Refused: If it is damaged, too large, or has no table.
    """
    found = _sheets(source, "XML workbook", _tables_of_workbook)
    if not found:
        raise Refused(f"{source.name} is a workbook without a table")
    return found


def _sheets(
    source: Source, form: str, read: Callable[[Source], list[tuple[str, Grid]]]
) -> list[Sheet]:
    def grid_of(number: int) -> Callable[[], Grid]:
        return lambda: read(source)[number][1]

    names = [name for name, _ in read(source)]
    found = (
        sheet_of_grid(source, name or f"table {number + 1}", form, grid_of(number))
        for number, name in enumerate(names)
    )
    return [one for one in found if one is not None]


def _tables_of_page(source: Source) -> list[tuple[str, Grid]]:
    most = source.limits.whole
    with clean_stream(source, find_encoding(source)) as stream:
        raw = stream.read(most + 1)
    if len(raw) > most:
        raise Refused(f"{source.name} is a web page of more than {most:,} bytes; save it as CSV")
    try:
        page = html.document_fromstring(
            raw, parser=html.HTMLParser(encoding="utf-8", no_network=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused(f"{source.name} is a web page that cannot be read: {error}") from error
    return [(_caption(one), _grid(one, source)) for one in page.iter("table")]


def _caption(table: Any) -> str:
    found = table.find("caption")
    return " ".join("".join(found.itertext()).split())[:80] if found is not None else ""


def _grid(table: Any, source: Source) -> Grid:
    """Return the cells of a table; one that spans several stands in the first, and is merged."""
    grid: list[list[Any]] = []
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
    reaching: dict[int, int] = {}  # by column: the first row into which a cell from above does not
    cells = 0
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        line: list[Any] = []

        for cell in row.iterchildren("td", "th"):
            _pass_over(line, reaching, len(grid))
            text = " ".join("".join(cell.itertext()).split())
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            if down > 1:
                first, column = len(grid), len(line)
                merged.append(((first, column), (first + down - 1, column + across - 1)))
            for number in range(across):
                if down > 1:
                    reaching[len(line)] = len(grid) + down
                line.append(text if number == 0 else "")
            if cells + len(line) > source.limits.grid:
                most = source.limits.grid
                raise Refused(f"{source.name} has a table of more than {most:,} cells")
        _pass_over(line, reaching, len(grid))
        cells += len(line)
        grid.append(line)
    return Grid(0, grid, merged)


def _pass_over(line: list[Any], reaching: Mapping[int, int], row: int) -> None:
    """Leave those cells of a line empty into which one from above reaches."""
    while reaching.get(len(line), 0) > row:
        line.append("")


def _span(cell: Any, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), _MOST_SPANNED) if text.isdecimal() and len(text) < 8 else 1  # noqa: PLR2004


def _tables_of_workbook(source: Source) -> list[tuple[str, Grid]]:
    tables: list[tuple[str, Grid]] = []
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
    cells = 0
    for event, element in elements(source, ("start", "end")):
        kind = local(element.tag)
        if event == "start" and kind == "Worksheet":
            merged = []
            tables.append((str(element.get(_NAME, "")), Grid(0, [], merged)))
        elif event == "end" and kind == "Row" and tables:
            lines = tables[-1][1].cells
            line, below = _line(element.iterchildren(), source)
            merged += [((len(lines), at), (len(lines) + down, at)) for at, down in below]
            cells += len(line)
            if cells > source.limits.grid:
                most = source.limits.grid
                raise Refused(f"{source.name} has more than {most:,} cells")
            lines.append(line)
            element.clear()
    return tables


def _line(found: Iterable[Any], source: Source) -> tuple[list[Any], list[tuple[int, int]]]:
    """Return the cells of a row, and which are merged with how many below."""
    line: list[Any] = []
    below: list[tuple[int, int]] = []
    for cell in found:
        if local(cell.tag) != "Cell":
            continue
        at = cell.get(_INDEX, "")
        if at.isdecimal():
            if len(at) > 5 or int(at) > source.limits.columns:  # noqa: PLR2004 - digits
                raise Refused(f"{source.name} has a cell in column {at[:20]}")
            line += [None] * (int(at) - 1 - len(line))
        if down := _merged(cell, _DOWN):
            below.append((len(line), down))
        line.append("".join(cell.itertext()).strip())
        line += [None] * _merged(cell, _ACROSS)
    return line, below


def _merged(cell: Any, name: str) -> int:
    text = cell.get(name, "0").strip()
    return min(int(text), _MOST_SPANNED) if text.isdecimal() and len(text) < 8 else 0  # noqa: PLR2004
