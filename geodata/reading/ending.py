"""How a table ends: a last row that adds up the others is none of them."""

from __future__ import annotations

import math
from collections import Counter
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


# Begins to read rows, and counts in what it is given what is none.
Rows = Callable[[Counter[str]], Iterator[Row | BadRow]]


def without_total(rows: Rows, skipped: Counter[str]) -> Iterator[Row | BadRow]:
    """Yield rows, but not a last one that holds totals; that is counted as skipped.

    A row holds totals if it says so in a cell and has nothing else but numbers, or if it has
    only numbers, in at most half of the cells, and one of them is the sum of its column.

    Args:
        rows: Begins to read them.
        skipped: Counts what is no row.
    """
    held: Row | BadRow | None = None
    for row in rows(skipped):
        if held is not None:
            yield held
        held = row
    if held is None:
        return
    if isinstance(held, Row) and _is_total(held, rows):
        skipped["total"] += 1
    else:
        yield held


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
