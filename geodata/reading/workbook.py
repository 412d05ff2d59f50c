"""Workbooks (XLSX, XLSB, XLS, ODS) as sheets: those that hold a table, wherever it begins."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from geodata.reading.archive import merged_of
from geodata.reading.grid import Grid, sheet_of_grid
from geodata.reading.sheet import Refused, Sheet
from geodata.reading.source import Source, refusing, unzipping

__all__ = ["open_workbook"]

_PIECE = 1 << 20
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_OPEN_DOCUMENT = re.compile(rb"<table:(?:table-|covered-table-)(row|cell)\b([^>]*?)(/?)>")
_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d+)"')


def open_workbook(source: Source, form: str) -> list[Sheet]:
    """Return the sheets of a workbook that hold tables.

    Args:
        source: The workbook; it is read at once, so it is measured first.
        form: What it is, for people.

    Raises:
        Refused: If it is protected or damaged, is far larger than it looks, or has no table.
    """
    raw = _raw(source)
    _measure(source, raw)
    book = _book(source, raw)
    sheets, others = [], []
    for metadata in book.sheets_metadata:
        if metadata.typ != SheetTypeEnum.WorkSheet or metadata.visible != Visible.Visible:
            others.append(f"{metadata.name} (hidden, or no table)")
        elif (found := _sheet(source, raw, metadata.name, form)) is None:
            others.append(f"{metadata.name} (no table)")
        else:
            sheets.append(found)
    if not sheets:
        told = f": {', '.join(others[:5])}" if others else ""
        raise Refused(f"{source.name} is a workbook without a table{told}")
    return [replace(one, notes=tuple(others)) for one in sheets]


def _raw(source: Source) -> bytes:
    most = source.limits.whole
    with refusing(source), source.open() as stream:
        raw = stream.read(most + 1)
    if len(raw) > most:
        raise Refused(f"{source.name} is a workbook of more than {most:,} bytes; save it as CSV")
    return raw


def _book(source: Source, raw: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except PasswordError as error:
        raise Refused(f"{source.name} is a workbook that is protected by a password") from error
    except (CalamineError, ValueError, OSError) as error:
        raise Refused(f"{source.name} is a damaged workbook: {error}") from error
    except BaseException as error:
        raise _panic(source, error) from error


def _panic(source: Source, error: BaseException) -> BaseException:
    """Return a refusal for what the library fails at in its own way, which is no `Exception`."""
    if type(error).__name__ == "PanicException":
        return Refused(f"{source.name} is a damaged workbook")
    return error


def _measure(source: Source, raw: bytes) -> None:
    """Refuse a workbook whose grids would not fit into memory.

    The library makes room for each cell from the first to the last, so one cell far away is enough.
    """
    if not raw.startswith(b"PK"):
        return
    limits = source.limits
    with unzipping(source), zipfile.ZipFile(io.BytesIO(raw)) as archive:
        unpacked = sum(one.file_size for one in archive.infolist())
        if unpacked > limits.workbook:
            raise Refused(
                f"{source.name} is a workbook that unpacks to {unpacked:,} bytes; "
                f"at most {limits.workbook:,} are read"
            )
        for one in archive.infolist():
            name = one.filename.casefold()
            if name.endswith(".xml") and ("worksheets/" in name or name == "content.xml"):
                with archive.open(one) as stream:
                    size = _grid(stream) if "worksheets/" in name else _repeated(stream)
                if size > limits.grid:
                    raise Refused(
                        f"{source.name} has a sheet of {size:,} cells from the first to the last; "
                        f"at most {limits.grid:,} are read"
                    )


def _pieces(stream: Any) -> Iterator[bytes]:
    rest = b""
    while piece := stream.read(_PIECE):
        whole = rest + piece
        cut = whole.rfind(b">") + 1
        yield whole[:cut]
        rest = whole[cut:][-_PIECE:]


def _grid(stream: Any) -> int:
    columns, last, first = set(), 0, 0
    for piece in _pieces(stream):
        for column, row in _CELL.findall(piece):
            columns.add(column)
            number = int(row)
            first = min(first or number, number)
            last = max(last, number)
    if not columns:
        return 0
    places = [_place(one) for one in columns]
    return (max(places) - min(places) + 1) * (last - first + 1)


def _place(letters: bytes) -> int:
    number = 0
    for one in letters:
        number = number * 26 + one - 64
    return number


def _repeated(stream: Any) -> int:
    """Return how many cells a sheet of ODS has up to the last that is filled, with what repeats."""
    broadest = rows = last = column = times = 0
    for piece in _pieces(stream):
        for kind, attributes, closed in _OPEN_DOCUMENT.findall(piece):
            found = _REPEATED.search(attributes)
            count = int(found[1][:9]) if found else 1
            if kind == b"row":
                rows, column, times = rows + times, 0, count
            elif kind == b"cell":
                column += count
                if not closed:
                    broadest, last = max(broadest, column), max(last, rows + times)
    return broadest * last


def _grid_of(source: Source, raw: bytes, name: str, form: str) -> Grid:
    """Return the cells of a sheet, how many rows stand above them, and which are merged."""
    try:
        found = _book(source, raw).get_sheet_by_name(name)
        above, before = found.start or (0, 0)
        ranges = found.merged_cell_ranges
        merged = [
            ((first - above, left - before), (last - above, right - before))
            for (first, left), (last, right) in (
                merged_of(raw, form, name) if ranges is None else ranges
            )
        ]
        return Grid(above, found.to_python(skip_empty_area=True), merged)
    except (CalamineError, ValueError, OSError, KeyError, zipfile.BadZipFile) as error:
        raise Refused(f"{source.name} is a damaged workbook: {error}") from error
    except BaseException as error:
        raise _panic(source, error) from error


def _sheet(source: Source, raw: bytes, name: str, form: str) -> Sheet | None:
    return sheet_of_grid(source, name, form, lambda: _grid_of(source, raw, name, form))
