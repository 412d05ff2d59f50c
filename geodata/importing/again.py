"""Rows that were left out and come again, corrected: as they came, on the lines that they had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from geodata.formulas import unguard
from geodata.importing.account import ADDED_COLUMNS
from geodata.reading import BadRow, Row, Sheet

__all__ = ["as_it_came", "is_again"]

_ADDED = len(ADDED_COLUMNS)


def is_again(sheet: Sheet) -> bool:
    """Whether a table is one of rows that were left out of a dataset."""
    return sheet.columns[-_ADDED:] == ADDED_COLUMNS and len(sheet.columns) > _ADDED


def as_it_came(sheet: Sheet) -> Sheet:
    """Return such a table without what was added to it; any other one is as it is."""
    if not is_again(sheet):
        return sheet

    def rows() -> Iterator[Row | BadRow]:
        for row in sheet.rows():
            yield _as_it_came(row) if isinstance(row, Row) else row

    return replace(sheet, columns=sheet.columns[:-_ADDED], rows=rows)


def _as_it_came(row: Row) -> Row:
    line = str(row.cells[-_ADDED]).strip()
    cells = tuple(unguard(one) if isinstance(one, str) else one for one in row.cells[:-_ADDED])
    damaged = tuple(one for one in row.damaged if one < len(cells))
    return row._replace(
        cells=cells, line=int(line) if line.isdecimal() else row.line, damaged=damaged
    )
