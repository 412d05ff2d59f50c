"""How a table ends: a last row that adds up the others is none of them."""

from __future__ import annotations

import math
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator

from geodata.reading.sheet import BadRow, Cell, Row

__all__ = ["without_total"]

_WORDS = frozenset(
    """
    total totals grandtotal sum sums overall totaux totale totales totaal gesamt insgesamt summe
    suma razem celkem toplam итого всего разом сума المجموع الإجمالي جمع جمعکل סהכ 合计 总计 合計
    """.split()  # noqa: SIM905 - words of one kind
)
_LEAST = 3
_MOST_LAST = 8
_NOTE = re.compile(
    r"(?:(?:data )?sources?|notes?|quellen?|anmerkung(?:en)?|hinweise?|fuentes?|remarques?|"
    r"источник|примечани[ея]|منبع|المصدر)\s*[:：]|[*†©]",
    re.IGNORECASE,
)


# Begins to read rows, and counts in what it is given what is none.
Rows = Callable[[Counter[str]], Iterator[Row | BadRow]]


def without_total(rows: Rows, skipped: Counter[str]) -> Iterator[Row | BadRow]:
    """Yield rows, but not last ones that hold totals or notes; these are counted as skipped.

    A row holds totals if it says so in a cell and has nothing else but numbers, or if it has
    only numbers, in at most half of the cells, and one of them is the sum of its column. It is a
    note if it has one cell, which begins as notes do or stands below totals.

    Args:
        rows: Begins to read them.
        skipped: Counts what is no row.
    """
    held: deque[Row | BadRow] = deque()
    for row in rows(skipped):
        held.append(row)
        if len(held) > _MOST_LAST:
            yield held.popleft()
    last = list(held)
    notes: list[Row | BadRow] = []
    while last and isinstance(last[-1], Row) and _is_alone(last[-1]):
        notes.insert(0, last.pop())
    if last and isinstance(last[-1], Row) and _is_total(last[-1], rows):
        last.pop()
        skipped["total"] += 1
        skipped.update(+Counter(note=len(notes)))
        notes = []
    while notes and isinstance(notes[-1], Row) and _is_note(notes[-1]):
        notes.pop()
        skipped["note"] += 1
    yield from (*last, *notes)


def _is_alone(row: Row) -> bool:
    """Whether a row has one cell of several, and words in it that are no total."""
    filled = [one for one in row.cells if _filled(one)]
    return (
        row.number > _LEAST
        and row.geometry is None
        and len(row.cells) >= _LEAST
        and len(filled) == 1
        and isinstance(filled[0], str)
        and _number(filled[0]) is None
        and not _says_total(filled[0])
    )


def _is_note(row: Row) -> bool:
    return any(isinstance(one, str) and _NOTE.match(one.strip()) for one in row.cells)


def _is_total(row: Row, rows: Rows) -> bool:
    if row.number <= _LEAST or row.geometry is not None:
        return False
    filled = {index: one for index, one in enumerate(row.cells) if _filled(one)}
    numbers = {index: value for index, one in filled.items() if (value := _number(one)) is not None}
    others = [one for index, one in filled.items() if index not in numbers]
    if others:
        return all(_says_total(one) for one in others)
    if not numbers or len(numbers) * 2 > len(row.cells):
        return False
    return _is_sum(numbers, row.number, rows)


def _is_sum(numbers: dict[int, float], last: int, rows: Rows) -> bool:
    sums, counts = dict.fromkeys(numbers, 0.0), dict.fromkeys(numbers, 0)
    for row in rows(Counter()):
        if isinstance(row, BadRow) or row.number == last:
            continue
        for index in numbers:
            if value := _number(row.cells[index]):
                sums[index] += value
                counts[index] += 1
    return any(
        counts[index] >= _LEAST and math.isclose(sums[index], value, rel_tol=1e-9)
        for index, value in numbers.items()
    )


def _filled(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _says_total(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    return "".join(one for one in cell.casefold() if one.isalpha()) in _WORDS


def _number(cell: Cell) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    if not isinstance(cell, str):
        return float(cell)
    text = cell.strip()
    if not text or not text[0].isascii() or not (text[0].isdigit() or text[0] in "-+."):
        return None
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None
