"""Workbooks of plain sheets: how rows become cells that are safe, dated and readable."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from geodata.archives import repack_zip
from geodata.errors import FormatError
from geodata.files import Watch, watched, writing
from geodata.formats.xmltext import xml_text

__all__ = ["Column", "Sheet", "write_workbook"]

MOST_LETTERS = 32_767
_MOST_ROWS = 1_048_575
# Excel counts days from 1900 on, and takes that year for a leap year.
_FIRST_DAY = date(1900, 3, 1)
# A moment without meaning: the clock would make each file another.
_MOMENT = datetime(2000, 1, 1)
_FONT = "Calibri"
_LINE_PT, _MOST_LINES = 15, 12
_A3 = 8  # ECMA-376, 18.3.1.63
_INK, _HEAD, _RULE = "1F2328", "E4EAEE", "BCCAD2"
# What a spreadsheet takes for a formula when the cell is edited, though it holds text.
_RISKY = re.compile(r"\s*[=+\-@＝＋－＠]")
_NO_NAME = re.compile(r"\W+")
# Excel reads _x000D_ in a text as one character; the underscore itself is _x005F_.
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Attributes:
        heading: What stands in its first row.
        key: Where a row has the value.
        width: In letters.
        is_left: Whether numbers stand at the left, like the texts among them.
    """

    heading: str
    key: str
    width: int
    is_left: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook.

    Attributes:
        name: Its name, at most 31 letters.
        columns: From left to right; texts wrap in them, and they are printed.
        rows: Values by column key, walked through once.
        count: How many rows there are.
        more: Further columns, which neither wrap nor are printed.
        is_plain: Whether it is read as a text: without frozen heading and filters.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[dict[str, Any]]
    count: int
    more: Sequence[Column] = ()
    is_plain: bool = False


def write_workbook(
    path: str | Path,
    sheets: Sequence[Sheet],
    last: Callable[[int], Sheet],
    *,
    title: str,
    watch: Watch | None = None,
) -> None:
    """Write sheets as XLSX; the file appears only when complete, and has no clock in it.

    Each that has rows is a table of Excel's own, called as the sheet.

    Args:
        path: The file to write.
        sheets: In order.
        last: Gives the last sheet, told how many texts were cut.
        title: For the file's properties and the head of each printed page.
        watch: Is told how many rows are done.

    Raises:
        FormatError: If the file cannot be written, or a sheet has more rows than Excel takes.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    for sheet in sheets:
        if sheet.count > _MOST_ROWS:
            raise FormatError(
                f"the sheet {sheet.name} must have at most {_MOST_ROWS:,} rows, got "
                f"{sheet.count:,}; a narrower filter or another format will do"
            )
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = "Mapview", xml_text(title)[:255]
    book.properties.created = book.properties.modified = _MOMENT
    with writing(path) as temporary, _tidied(book, path):
        total = sum(sheet.count for sheet in sheets)
        ticks = watched(range(total), total, watch)
        cut = sum(_write_sheet(book, sheet, title, ticks) for sheet in sheets)
        _write_sheet(book, last(cut), title, ticks)
        raw = temporary.with_name("raw.zip")
        with ZipFile(raw, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).write_data()
        repack_zip(raw, temporary)


@contextmanager
def _tidied(book: Any, path: str | Path) -> Iterator[None]:
    """Name errors of writing as ours, and leave none of openpyxl's own files behind."""
    from lxml.etree import LxmlError

    try:
        yield
    except BaseException as error:
        # openpyxl has no other way to give up. What is left open would complain about the same
        # error once more when it is collected.
        pages = [page for page in book.worksheets if page._writer]  # noqa: SLF001
        for page in pages:
            rows, writer = page._rows, page._writer  # noqa: SLF001
            for give_up in (rows.close if rows else writer.close, writer.close, writer.cleanup):
                with suppress(OSError, LxmlError, StopIteration):
                    give_up()
        if isinstance(error, LxmlError):
            raise FormatError(f"{path} must be writable, got: {error}") from error
        raise


def _write_sheet(book: Any, sheet: Sheet, title: str, ticks: Iterator[int]) -> int:
    """Write a sheet, with a tick for each row, and return how many texts were cut."""
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(sheet.name)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A3
    page.page_setup.fitToHeight = 0
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.8
    page.page_margins.header = page.page_margins.footer = 0.4
    page.sheet_properties.pageSetUpPr.fitToPage = True
    # An ampersand begins a code there.
    page.oddHeader.left.text = " ".join(xml_text(title).split())[:200].replace("&", "&&")
    page.oddFooter.center.text = "&A – &P / &N"
    columns = (*sheet.columns, *sheet.more)
    letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
    for letter, column in zip(letters, columns, strict=True):
        page.column_dimensions[letter].width = column.width
    if not sheet.is_plain:
        end = sheet.count + 1
        page.freeze_panes = "B2"
        page.print_title_rows = "1:1"
        page.print_area = f"A1:{letters[len(sheet.columns) - 1]}{end}"
        if sheet.count:
            # By its front door a sheet that is only written warns that we name the columns.
            page._tables.add(_table(sheet.name, f"A1:{letters[-1]}{end}", columns))  # noqa: SLF001
        else:  # Excel takes no table without a row.
            page.auto_filter.ref = f"A1:{letters[-1]}{end}"
        page.row_dimensions[1].height = 2 * _LINE_PT + 4
        page.append(_heading_cells(page, columns))
    cells = _Cells(page, sheet)
    for number, row in enumerate(sheet.rows, start=1 if sheet.is_plain else 2):
        page.row_dimensions[number].height = _LINE_PT * _lines(row, sheet.columns) + 3
        page.append(cells.of(row))
        # Nothing asks for the height of a row that is written.
        del page.row_dimensions[number]
        next(ticks, None)
    page.close()
    return cells.cut


def _table(name: str, area: str, columns: Sequence[Column]) -> Any:
    """Return a table of Excel's own, which pivot tables and formulas call by its name."""
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table, TableColumn

    table = Table(displayName=_NO_NAME.sub("_", name), ref=area)
    table.autoFilter = AutoFilter(ref=area)
    # They must be as the cells of the heading have them.
    table.tableColumns = [
        TableColumn(id=number, name=one.heading) for number, one in enumerate(columns, start=1)
    ]
    return table


def _lines(row: dict[str, Any], columns: Sequence[Column]) -> int:
    """Return how many lines a row needs; LibreOffice does not work it out for itself."""
    most = 1
    for column in columns:
        value = row.get(column.key)
        text = "; ".join(value) if isinstance(value, list) else value
        if isinstance(text, str):
            parts = text[:MOST_LETTERS].split("\n")
            lines = sum(max(1, math.ceil(len(part) / column.width)) for part in parts)
            most = max(most, lines)
    return min(most, _MOST_LINES)


def _heading_cells(page: Any, columns: Sequence[Column]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cells = []
    for column in columns:
        cell = WriteOnlyCell(page, column.heading)
        cell.font = Font(name=_FONT, size=11, bold=True, color=_INK)
        cell.fill = PatternFill("solid", fgColor=_HEAD)
        cell.border = Border(bottom=Side("thin", color=_RULE))
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        cells.append(cell)
    return cells


class _Cells:
    """Makes the cells of a sheet's rows.

    One cell for each column and look serves all rows, as each row is written at once. A look never
    changes, since openpyxl keeps it by reference.
    """

    def __init__(self, page: Any, sheet: Sheet) -> None:
        columns = (*sheet.columns, *sheet.more)
        self.cut = 0
        self._keys = [column.key for column in columns]
        self._ruled = 0 if sheet.is_plain else len(sheet.columns)
        self._plain = [_cell(page, sheet, index) for index in range(len(columns))]
        self._days = [_cell(page, sheet, index) for index in range(len(columns))]
        self._marked = [_cell(page, sheet, index) for index in range(len(columns))]
        for cell in self._days:
            cell.number_format = "yyyy-mm-dd"
        for cell in self._marked:
            cell.quotePrefix = True

    def of(self, row: dict[str, Any]) -> Iterator[Any]:
        for index, key in enumerate(self._keys):
            value = row.get(key)
            if value is not None:
                yield self._filled(index, value)
            elif index < self._ruled:
                # The rule under a row goes on below what is empty.
                self._plain[index].value = None
                yield self._plain[index]
            else:
                yield None

    def _filled(self, index: int, value: Any) -> Any:
        is_day = isinstance(value, date) and value >= _FIRST_DAY
        if is_day or (isinstance(value, int | float) and not isinstance(value, bool)):
            cell = (self._days if is_day else self._plain)[index]
            cell.value = value
            return cell
        text = self._text(value)
        cell = (self._marked if _RISKY.match(text) else self._plain)[index]
        cell.value = text
        cell.data_type = "s"  # A text is a text, whatever it looks like.
        return cell

    def _text(self, value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, date):
            return value.isoformat()
        joined = "; ".join(value) if isinstance(value, list) else str(value)
        text = _CODED.sub("_x005F_", xml_text(joined))
        units = text.encode("utf-16-le")  # Excel counts so: an emoji is two letters.
        if len(units) <= 2 * MOST_LETTERS:
            return text
        self.cut += 1
        note = f" … [cut here: {len(joined):,} letters in all]"
        return units[: 2 * (MOST_LETTERS - len(note))].decode("utf-16-le", "ignore") + note


def _cell(page: Any, sheet: Sheet, index: int) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, Side

    column = (*sheet.columns, *sheet.more)[index]
    is_printed = index < len(sheet.columns)
    cell = WriteOnlyCell(page)
    cell.font = Font(name=_FONT, size=11, bold=sheet.is_plain and index == 0)
    cell.alignment = Alignment(
        horizontal="left" if column.is_left else None, vertical="top", wrap_text=is_printed
    )
    if is_printed and not sheet.is_plain:
        cell.border = Border(bottom=Side("hair", color=_RULE))
    return cell
