"""A grid of cells as a sheet: where its table stands, and the rows of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from geodata.reading.ending import without_total
from geodata.reading.layout import Layout, find_layout, is_blank, name_columns
from geodata.reading.sheet import BadRow, Cell, Refused, Row, Sheet
from geodata.reading.source import Source
from geodata.reading.values import damaged_in, day_or_moment, longest

__all__ = ["Grid", "sheet_of_grid"]

# How many lines stand above the cells, and the cells.
Grid = tuple[int, list[list[Any]]]
_SAMPLED = 200
_WHOLE = 2**53


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
    _, grid = read_grid()
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
        return _rows(source, read_grid(), layout, counts)

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
