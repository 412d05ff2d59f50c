"""Where in a grid of cells the table stands: lines before it, its header, tags, and its end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from geodata.reading.sheet import Cell

__all__ = ["Layout", "find_layout", "is_blank", "name_columns"]

# How many records at the start are looked at for the header.
_SEARCHED = 60
_WIDE, _HALF = 0.8, 0.5
_LONG_NAME = 80
_TAG = re.compile(r"#[A-Za-z][\w-]*(\s*\+\s*\w+)*")
_NUMBER = re.compile(r"[-+]?(\d+([.,]\d+)*|[.,]\d+)([eE][-+]?\d+)?%?")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?")


@dataclass(frozen=True)
class Layout:
    """Where a table stands among records.

    Attributes:
        names: The header as it is there; empty if it has none.
        begin: The first record that can be a row of data.
        skipped: What stands before it, by kind.
    """

    names: tuple[str, ...]
    begin: int
    skipped: Counter[str] = field(default_factory=Counter)


def is_blank(cells: Sequence[Cell]) -> bool:
    """Return whether nothing stands in a record.

    Example:
        >>> is_blank(["", " ", None]), is_blank([0])
        (True, False)
    """
    return not any(_has(one) for one in cells)


def _has(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def find_layout(records: Sequence[Sequence[Cell]]) -> Layout:
    """Return where the table stands.

    Args:
        records: The first records of a grid, empty ones among them.

    Example:
        >>> found = find_layout([["Strikes"], [], ["Date", "Place"], ["#date", "#loc"], ["1", "x"]])
        >>> found.names, found.begin, sorted(found.skipped)
        (('Date', 'Place'), 4, ['empty', 'header', 'preamble', 'tags'])
    """
    filled = [sum(map(_has, one)) for one in records]
    width = _usual([count for count in filled if count])
    tags = next((at for at, one in enumerate(records[:_SEARCHED]) if _is_tagged(one)), None)
    header = _header(records, filled, width, tags)
    if header is None:
        begin = next((at for at, count in enumerate(filled) if count >= width * _WIDE), 0)
        return Layout((), begin, _before(filled[:begin]))
    first, names = header, tuple(_text(one) for one in records[header])
    begin = header + 1
    for at in (header - 1, header):
        if at >= 0 and (joined := _over_two_lines(records, at)):
            first, names, begin = at, joined, at + 2
            break
    skipped = _before(filled[:first]) + Counter(header=begin - first)
    if tags is not None and tags > header:
        skipped += _before(filled[begin:tags]) + Counter(tags=1)
        begin = tags + 1
    return Layout(names, begin, skipped)


def _over_two_lines(records: Sequence[Sequence[Cell]], at: int) -> tuple[str, ...]:
    """Return the names that a header and the record below it make together, if they are one.

    Cells that were merged stand above groups of columns, or beside them over both lines.
    """
    rows = [[_text(cell).strip() for cell in one] for one in records[at : at + 12]]
    if len(rows) < 3:  # noqa: PLR2004 - two of names, one of data
        return ()
    width = max(map(len, rows[:2]))
    upper, lower, *data = ([*one, *[""] * (width - len(one))] for one in rows)
    filled = [index for index in range(width) if lower[index]]
    pairs = list(zip(upper, lower, strict=True))
    is_whole = all(above or below for above, below in pairs)
    is_split = (
        sum(map(bool, upper)) > 1
        and any(not above for above, _ in pairs)
        and any(not below for _, below in pairs)
    )
    are_names = len(filled) > 1 and not any(_kind(lower[index]) for index in filled)
    if not (is_whole and is_split and are_names and len({*lower}) > len(filled) * _HALF):
        return ()
    if any(lower[index] == one[index] for one in data for index in filled):
        return ()  # A row of data with words that come again.
    has_values = any(_kind(one[index]) for one in data for index in filled)
    group, names = "", []
    for above, below in pairs:
        group = above or group
        is_once = lower.count(below) == 1 and below not in upper
        names.append((below if is_once else f"{group} {below}") if below else above)
    return tuple(names) if has_values else ()


def _before(filled: Sequence[int]) -> Counter[str]:
    return +Counter(preamble=sum(map(bool, filled)), empty=sum(not one for one in filled))


def _usual(filled: Sequence[int]) -> int:
    """Return how many cells a record of the table has: many have it, and it is not a few."""
    if not filled:
        return 0
    ranked = sorted(filled)
    return ranked[len(ranked) * 3 // 4]


def _is_tagged(cells: Sequence[Cell]) -> bool:
    """Return whether at least half of what stands in a record are HXL tags, two at least."""
    texts = [_text(one).strip() for one in cells if _has(one)]
    tagged = sum(bool(_TAG.fullmatch(one)) for one in texts)
    return tagged > 1 and tagged * 2 >= len(texts)


def _header(
    records: Sequence[Sequence[Cell]], filled: Sequence[int], width: int, tags: int | None
) -> int | None:
    """Return which record names the columns."""
    searched = range(min(len(records), _SEARCHED))
    if tags is not None:
        above = [at for at in range(tags) if filled[at] >= filled[tags] * _HALF]
        # Without names above them the tags are the names.
        return above[-1] if above else tags
    for share in (_WIDE, _HALF):
        for at in searched:
            if filled[at] and filled[at] >= width * share and _names(records[at]):
                return None if _goes_on(records, at) else at
    first = next((at for at in searched if filled[at] >= width * _WIDE and filled[at]), None)
    return None if first is None or _goes_on(records, first) else first


def _names(cells: Sequence[Cell]) -> bool:
    """Return whether a record reads like names: short texts, hardly one twice."""
    texts = [_text(one).strip() for one in cells if _has(one)]
    words = [one for one in texts if not _kind(one) and len(one) <= _LONG_NAME]
    return len(words) >= len(texts) * _HALF and len(set(texts)) >= len(texts) * _HALF


def _goes_on(records: Sequence[Sequence[Cell]], at: int) -> bool:
    """Return whether a record is data like the next ones: numbers and days where they have them."""
    texts = [_text(one).strip() for one in records[at]]
    kinds = list(map(_kind, texts))
    if all(_YEAR.fullmatch(text) for text in texts if _kind(text)):
        return False
    alike = [index for index, kind in enumerate(kinds) if kind]
    below = [one for one in records[at + 1 : at + 21] if not is_blank(one)]
    if not alike or not below:
        return False
    decided = sum(kinds[index] != "whole" for index in alike)
    same = sum(
        _kind(_text(one[index]).strip()) == kinds[index]
        for one in below
        for index in alike
        if index < len(one)
    )
    return bool(decided or len(alike) * 2 > len(kinds)) and same >= len(below) * len(alike) * _WIDE


def _kind(text: str) -> str:
    if not text or not (text[0].isdigit() or text[0] in "+-.,"):
        return ""
    if text.isdigit():
        return "whole"
    if _NUMBER.fullmatch(text):
        return "number"
    return "day" if _DAY.fullmatch(text) else ""


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def name_columns(names: Sequence[str]) -> tuple[str, ...]:
    r"""Return names for columns, each once and none empty.

    Example:
        >>> name_columns(["Case", "", "Case", "Killed\n(best)"])
        ('Case', 'column 2', 'Case (2)', 'Killed (best)')
    """
    plain = [" ".join(one.replace("\ufeff", "").split()) for one in names]
    taken = {one for one in plain if one}
    seen: set[str] = set()
    answer = []
    for number, one in enumerate(plain, start=1):
        name = one or f"column {number}"
        if (one and one in seen) or (not one and name in taken):
            count = 2
            while f"{name} ({count})" in taken:
                count += 1
            name = f"{name} ({count})"
        seen.add(name)
        taken.add(name)
        answer.append(name)
    return tuple(answer)
