"""Tables of web pages and of Excel's XML of 2003, which many a system saves as `.xls`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
    source: Source, form: str, read: Callable[[Source], list[tuple[str, list[list[Any]]]]]
) -> list[Sheet]:
    def grid_of(number: int) -> Callable[[], Grid]:
        return lambda: Grid(0, read(source)[number][1])

    names = [name for name, _ in read(source)]
    found = (
        sheet_of_grid(source, name or f"table {number + 1}", form, grid_of(number))
        for number, name in enumerate(names)
    )
    return [one for one in found if one is not None]


def _tables_of_page(source: Source) -> list[tuple[str, list[list[Any]]]]:
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


def _grid(table: Any, source: Source) -> list[list[Any]]:
    """Return the cells of a table; those that span several stand in each row, once in a row."""
    grid: list[list[Any]] = []
    reaching: dict[int, tuple[int, str]] = {}  # by column: in how many rows more, and what
    cells = 0
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        line: list[Any] = []

        def fill_from_above(line: list[Any] = line) -> None:
            while len(line) in reaching:
                left, text = reaching.pop(len(line))
                if left > 1:
                    reaching[len(line)] = left - 1, text
                line.append(text)

        for cell in row.iterchildren("td", "th"):
            fill_from_above()
            text = " ".join("".join(cell.itertext()).split())
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for number in range(across):
                if down > 1:
                    reaching[len(line)] = down - 1, text if number == 0 else ""
                line.append(text if number == 0 else "")
            if cells + len(line) > source.limits.grid:
                most = source.limits.grid
                raise Refused(f"{source.name} has a table of more than {most:,} cells")
        fill_from_above()
        cells += len(line)
        grid.append(line)
    return grid


def _span(cell: Any, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), _MOST_SPANNED) if text.isdecimal() and len(text) < 8 else 1  # noqa: PLR2004


def _tables_of_workbook(source: Source) -> list[tuple[str, list[list[Any]]]]:
    tables: list[tuple[str, list[list[Any]]]] = []
    cells = 0
    for event, element in elements(source, ("start", "end")):
        kind = local(element.tag)
        if event == "start" and kind == "Worksheet":
            tables.append((str(element.get(_NAME, "")), []))
        elif event == "end" and kind == "Row" and tables:
            line = _line(element.iterchildren(), source)
            cells += len(line)
            if cells > source.limits.grid:
                most = source.limits.grid
                raise Refused(f"{source.name} has more than {most:,} cells")
            tables[-1][1].append(line)
            element.clear()
    return tables


def _line(found: Iterable[Any], source: Source) -> list[Any]:
    line: list[Any] = []
    for cell in found:
        if local(cell.tag) != "Cell":
            continue
        at = cell.get(_INDEX, "")
        if at.isdecimal():
            if len(at) > 5 or int(at) > source.limits.columns:  # noqa: PLR2004 - digits
                raise Refused(f"{source.name} has a cell in column {at[:20]}")
            line += [None] * (int(at) - 1 - len(line))
        line.append("".join(cell.itertext()).strip())
    return line
