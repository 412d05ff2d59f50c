"""Sheets for tests, as a reader of files would give them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from geodata.reading import BadRow, Cell, Row, Sheet


def sheet_of(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell] | BadRow],
    *,
    name: str = "",
    geometries: Sequence[object] = (),
) -> Sheet:
    def read() -> Iterator[Row | BadRow]:
        for index, row in enumerate(rows):
            if isinstance(row, BadRow):
                yield row
            else:
                geometry = geometries[index] if geometries else None
                yield Row(index + 1, index + 2, tuple(row), geometry)

    return Sheet(name, tuple(columns), bool(geometries), read, "CSV", Counter({"header": 1}))


def table_of(text: str) -> Sheet:
    """A sheet of lines of which the first names the columns, parted by bars."""
    header, *lines = [line.strip() for line in text.strip().splitlines()]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return sheet_of([one.strip() for one in header.split("|")], rows)
