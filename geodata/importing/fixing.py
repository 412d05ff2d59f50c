"""Cells that somebody corrects while a file is checked, and those that may want it."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from geodata.importing.guesses import Broken, Fix, Plan
from geodata.importing.making import Doubt, Draft, RowError
from geodata.importing.values import text_of
from geodata.reading import BadRow, Row, Sheet

__all__ = [
    "CORRECTED", "as_in_file", "broken_cells", "fixes_of", "mark_of", "tell_fixed", "with_fixes",
]  # fmt: skip

CORRECTED = "cell_corrected"
# Such a cell is corrected in the file, where one sees all of it.
_LONGEST = 300
_WHEN = ("date", "end", "year", "month", "day")
_WHERE = ("lat", "lon", "point")
# Which parts one needs to see together to put a row right.
_PARTS = {
    "calendar_unknown": _WHEN,
    "coordinates_half": _WHERE,
    "coordinates_out_of_range": _WHERE,
    "coordinates_unreadable": _WHERE,
    "date_to_come": _WHEN,
    "date_unknown": _WHEN,
    "date_unreadable": _WHEN,
    "dates_reversed": _WHEN,
    "end_unreadable": _WHEN,
    "place_unknown": _WHERE,
    "point_at_zero": _WHERE,
    "point_outside_country": (*_WHERE, "country"),
}
_PAIR = re.compile(r": (-?[\d.]+), (-?[\d.]+)$")

_ByLine = Mapping[int, Sequence[tuple[int, Fix]]]


def as_in_file(row: Row) -> tuple[str, ...]:
    """Return the cells of a row as its file has them, corrected or not."""
    was = dict(row.fixed)
    return tuple(was[at] if at in was else text_of(cell) for at, cell in enumerate(row.cells))


def mark_of(row: Row, sheet: Sheet, persons: Collection[str]) -> str:
    """Return some letters that tell a row from others by what its file has in it.

    Args:
        row: The row, corrected or not.
        sheet: Where it is from.
        persons: Columns that name persons; a recipe must not let anybody try names out.
    """
    return _mark(sheet.columns, as_in_file(row), persons)


def _mark(columns: Sequence[str], cells: Sequence[str], persons: Collection[str]) -> str:
    told = zip(columns, cells, strict=True)
    texts = [text for name, text in told if name not in persons]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:12]


def fixes_of(
    columns: Sequence[str], before: Sequence[str], now: Sequence[str], persons: Collection[str]
) -> list[Fix]:
    """Return what somebody corrected in a row, so that it holds wherever the row stands.

    Args:
        columns: Of the file.
        before: The row as the file has it.
        now: The same row, corrected.
        persons: Columns that name persons; a recipe keeps nothing of them.
    """
    mark = _mark(columns, before, persons)
    return [
        Fix(0, name, was, text, row=mark)
        for name, was, text in zip(columns, before, now, strict=True)
        if was != text and name not in persons
    ]


def with_fixes(sheet: Sheet, fixes: Sequence[Fix], persons: Collection[str] = ()) -> Sheet:
    """Return a sheet with its corrected cells; each row says what its file has there.

    Args:
        sheet: As the file has it.
        fixes: Of all sheets; what is of another one, of another row, or of a cell that says
            something else by now, changes nothing.
        persons: Columns that name persons.
    """
    by_line: dict[int, list[tuple[int, Fix]]] = defaultdict(list)
    for one in fixes:
        if one.sheet in ("", sheet.name) and one.column in sheet.columns:
            by_line[one.line].append((sheet.columns.index(one.column), one))
    if not by_line:
        return sheet

    def mark(row: Row) -> str:
        return mark_of(row, sheet, persons)

    def rows() -> Iterator[Row | BadRow]:
        for row in sheet.rows():
            yield row if isinstance(row, BadRow) else _fixed(row, by_line, mark)

    return replace(sheet, rows=rows)


def _fixed(row: Row, by_line: _ByLine, mark: Callable[[Row], str]) -> Row:
    found = {
        at: one
        for at, one in (*by_line.get(row.line, ()), *by_line.get(0, ()))
        if text_of(row.cells[at]) == one.was and (not one.row or one.row == mark(row))
    }
    if not found:
        return row
    cells = tuple(found[at].now if at in found else cell for at, cell in enumerate(row.cells))
    return row._replace(
        cells=cells,
        damaged=tuple(at for at in row.damaged if at not in found),
        fixed=tuple((at, one.was) for at, one in found.items()),
    )


def tell_fixed(draft: Draft, row: Row, sheet: Sheet, persons: Collection[str]) -> None:
    """Let a record keep what its file has in corrected cells, beside what was read instead.

    Args:
        draft: What becomes the record.
        row: Its row.
        sheet: Where that is from.
        persons: Columns that name persons; they are in no record.
    """
    told = dict(draft.upstream)
    for at, was in row.fixed:
        name, now = sheet.columns[at], text_of(row.cells[at])
        if name in persons:
            continue
        words = f"the file has “{was}”" if was else "the file has nothing"
        told[name] = f"{now or 'nothing'} (corrected; {words})"
        draft.doubt(CORRECTED, name, was)
    draft.upstream = told


def broken_cells(row: Row, sheet: Sheet, plan: Plan, found: RowError | Doubt) -> Broken | None:
    """Return the cells that one needs to see to put a row right.

    Args:
        row: The row.
        sheet: Its sheet.
        plan: How that is read.
        found: What is wrong with the row.

    Returns:
        `None` if they cannot be corrected one by one. Those that name persons are not among them,
        since a recipe keeps what a corrected cell said.
    """
    if found.rule == CORRECTED:
        return None
    lower = [name.strip().casefold() for name in sheet.columns]
    named = [name for part in _PARTS.get(found.rule, ()) for name in plan.columns(part)]
    named += [] if named else [found.column]
    persons = plan.columns("victim")
    places = [lower.index(key) for one in named if (key := one.strip().casefold()) in lower]
    places = [at for at in dict.fromkeys(places) if sheet.columns[at] not in persons]
    cells = tuple((sheet.columns[at], text_of(row.cells[at])) for at in places)
    if not cells or any(len(text) > _LONGEST for _, text in cells):
        return None
    mark = mark_of(row, sheet, persons)
    return Broken(row.line, cells, _meant(cells, plan, found), sheet.name, mark)


def _meant(
    cells: Sequence[tuple[str, str]], plan: Plan, found: RowError | Doubt
) -> tuple[str, ...]:
    """Return what each cell may be meant to be."""
    meant = {name: "" for name, _ in cells}
    texts = dict(cells)
    pair = _PAIR.search(found.suggestion)
    lat, lon, point = (plan.columns(one) for one in _WHERE)
    if pair and len(lat) == len(lon) == 1 and not plan.crs:
        meant |= _of(meant, {lat[0]: pair[1], lon[0]: pair[2]})
    elif pair and point:
        halves = (pair[2], pair[1]) if plan.is_lon_first else (pair[1], pair[2])
        meant |= _of(meant, {point[0]: ", ".join(halves)})
    elif found.rule == "text_read_twice":
        meant |= _of(meant, {found.column: found.suggestion})
    elif found.rule == "dates_reversed":
        first, last = plan.columns("date"), plan.columns("end")
        if first and last:
            meant |= _of(
                meant, {first[0]: texts.get(last[0], ""), last[0]: texts.get(first[0], "")}
            )
    return tuple(meant.values())


def _of(known: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    by_key = {name.strip().casefold(): name for name in known}
    return {
        by_key[key]: text
        for name, text in found.items()
        if (key := name.strip().casefold()) in by_key
    }
