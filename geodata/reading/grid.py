"""A grid of cells as a sheet: where its table stands, and the rows of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from geodata.reading.ending import without_total
from geodata.reading.layout import Layout, find_layout, is_blank, name_columns
from geodata.reading.sheet import BadRow, Cell, Refused, Row, Sheet
from geodata.reading.source import Source
from geodata.reading.values import damaged_in, day_or_moment, longest

__all__ = ["Grid", "sheet_of_grid"]

Place = tuple[int, int]
_SAMPLED = 200
_WHOLE = 2**53


class Grid(NamedTuple):
    """The cells of a sheet.

    Attributes:
        above: How many lines stand above them.
        cells: By line and column.
        merged: The first and last line and column of each range of merged cells, among them.
    """

    above: int
    cells: list[list[Any]]
    merged: Sequence[tuple[Place, Place]] = ()


def sheet_of_grid(
    source: Source, name: str, form: str, read_grid: Callable[[], Grid]
) -> Sheet | None:
    """Return the table that stands in a grid; `None` if there is none.

    Args:
        source: The file.
        name: The sheet's.
        form: What the file is, for people.
        read_grid: Gives the cells anew each time, which may be changed.

    Raises:
        Refused: If it has too many columns.
    """
    grid = read_grid().cells
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
        return _rows(source, read_grid(), layout, width, counts)

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
    found: Grid,
    layout: Layout,
    width: int,
    skipped: Counter[str],
) -> Iterator[Row | BadRow]:
    above, grid, ranges = found
    skipped.update(layout.skipped)
    number = 0
    merged = _fill(grid, ranges, layout.begin)
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
        elif len(cells) > width and not is_blank(cells[width:]):
            yield BadRow(number, line, "too_many_cells", str(cells)[:500])
        else:
            # What is written as XML or HTML has rows of any width.
            cells = (*cells[:width], *[None] * (width - len(cells)))
            yield Row(number, line, cells, None, damaged_in(cells), (), tuple(merged.get(at, ())))


def _fill(
    grid: list[list[Any]], ranges: Sequence[tuple[Place, Place]], begin: int
) -> dict[int, list[int]]:
    """Let what stands in cells that are merged over several lines hold for each of these.

    Args:
        grid: The cells; they are changed.
        ranges: Those that are merged.
        begin: The first line of data. Names of columns are merged in ways of their own.

    Returns:
        Which cells of which line were filled.
    """
    filled: dict[int, list[int]] = {}
    reached: dict[int, int] = {}
    for (first, column), (last, _) in sorted(ranges):
        # No two may lie over each other, so that no more is filled than there is.
        is_free = max(begin, reached.get(column, 0)) <= first < len(grid)
        if not is_free or not 0 <= column < len(grid[first]):
            continue
        reached[column] = last + 1
        value = grid[first][column]
        below = grid[first + 1 : last + 1] if value not in ("", None) else []
        for at, line in enumerate(below, first + 1):
            # A line that has nothing else stays empty, and what is hidden below is kept.
            if all(one in ("", None) for one in line):
                continue
            line.extend([None] * (column + 1 - len(line)))  # rows of XML may end before
            if line[column] in ("", None, value):
                line[column] = value
                filled.setdefault(at, []).append(column)
    return filled


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
