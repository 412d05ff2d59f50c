"""Workbooks (XLSX, XLSB, XLS, ODS) as sheets: those that hold a table, wherever it begins."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from geodata.reading.ending import without_total
from geodata.reading.layout import Layout, find_layout, is_blank, name_columns
from geodata.reading.sheet import BadRow, Cell, Refused, Row, Sheet
from geodata.reading.source import Source, refusing, unzipping
from geodata.reading.values import damaged_in, day_or_moment, longest

__all__ = ["open_workbook"]

_SAMPLED = 200
_PIECE = 1 << 20
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_OPEN_DOCUMENT = re.compile(rb"<table:(?:table-|covered-table-)(row|cell)\b([^>]*?)(/?)>")
_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d+)"')
_WHOLE = 2**53


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


def _grid_of(source: Source, raw: bytes, name: str) -> tuple[int, list[list[Any]]]:
    """Return the cells of a sheet, and how many rows stand above them."""
    try:
        found = _book(source, raw).get_sheet_by_name(name)
        start = found.start
        return (start[0] if start else 0), found.to_python(skip_empty_area=True)
    except (CalamineError, ValueError, OSError) as error:
        raise Refused(f"{source.name} is a damaged workbook: {error}") from error
    except BaseException as error:
        raise _panic(source, error) from error


def _sheet(source: Source, raw: bytes, name: str, form: str) -> Sheet | None:
    _, grid = _grid_of(source, raw, name)
    sample = [_cells(one) for one in grid[:_SAMPLED]]
    layout = find_layout(sample)
    if not _is_table(layout, sample):
        return None
    del grid
    width = max(len(one) for one in sample)
    if width > source.limits.columns:
        most = source.limits.columns
        raise Refused(f"{source.name} has {width:,} columns, and a table has at most {most:,}")
    names = [*layout.names, *[""] * (width - len(layout.names))]
    skipped: Counter[str] = Counter()

    def read(counts: Counter[str]) -> Iterator[Row | BadRow]:
        return _rows(source, _grid_of(source, raw, name), layout, counts)

    def rows() -> Iterator[Row | BadRow]:
        skipped.clear()
        return without_total(read, skipped)

    columns = name_columns(names)
    title = f"{source.member}/{name}" if source.member else name
    return Sheet(title, columns, has_geometry=False, rows=rows, form=form, skipped=skipped)


def _is_table(layout: Layout, sample: Sequence[Sequence[Cell]]) -> bool:
    """Return whether there are columns, and rows below; prose stands in one."""
    if sum(bool(one.strip()) for one in layout.names) < 2:  # noqa: PLR2004 - columns
        return False
    below = sample[layout.begin :]
    return not below or any(sum(one is not None for one in row) > 1 for row in below)


def _rows(
    source: Source,
    found: tuple[int, list[list[Any]]],
    layout: Layout,
    skipped: Counter[str],
) -> Iterator[Row | BadRow]:
    above, grid = found
    skipped.update(layout.skipped)
    number = 0
    for at in range(layout.begin, len(grid)):
        cells = _cells(grid[at])
        grid[at] = []
        if is_blank(cells):
            skipped["empty"] += 1
            continue
        if cells == layout.names:
            skipped["header"] += 1
            continue
        number += 1
        line = above + at + 1
        if longest(cells) > source.limits.cell:
            yield BadRow(number, line, "cell_too_long", str(cells)[:500])
        else:
            yield Row(number, line, cells, None, damaged_in(cells))


def _cells(values: Sequence[Any]) -> tuple[Cell, ...]:
    return tuple(map(_cell, values))


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value or None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _WHOLE else value
    if isinstance(value, datetime):
        return day_or_moment(value)
    if isinstance(value, time | timedelta):
        return str(value)
    return value  # type: ignore[no-any-return]
