"""Values of formats that nest or type them as cells, and columns as they turn up."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from geodata.reading.limits import Limits
from geodata.reading.sheet import Cell

__all__ = [
    "Columns",
    "cell_of",
    "damaged_in",
    "day_or_moment",
    "flat",
    "is_too_deep",
    "longest",
]

DAMAGED = "\ufffd"
_HALF = re.compile("[\ud800-\udfff]")
_DEEP = 3
_WHOLE = 2**63
_NESTS = frozenset((dict, list))


class Columns:
    """Columns of records that each name their own, in the order in which they turn up."""

    def __init__(self, first: Iterable[str] = ()) -> None:
        self._places = {one: at for at, one in enumerate(first)}

    def add(self, names: Iterable[str]) -> None:
        """Take note of names of a record."""
        places = self._places
        for one in names:
            if one not in places:
                places[one] = len(places)

    def __len__(self) -> int:
        return len(self._places)

    @property
    def names(self) -> list[str]:
        """All names so far."""
        return list(self._places)

    def cells(self, values: Mapping[str, Cell]) -> tuple[Cell, ...]:
        """Return values in the order of the columns."""
        return tuple(map(values.get, self._places))


def flat(
    record: Mapping[str, Any], before: str = "", deep: int = _DEEP
) -> Iterator[tuple[str, Cell]]:
    """Yield the values of a record; those of a record in it under both names.

    Example:
        >>> dict(flat({"id": 1, "place": {"lat": 2.5}, "tags": ["a", "b"], "of": [{"x": 1}]}))
        {'id': 1, 'place.lat': 2.5, 'tags': 'a; b', 'of': '[{"x":1}]'}
    """
    for key, value in record.items():
        kind = type(value)
        if (kind is str and value.isascii()) or value is None or kind is bool:
            yield f"{before}{key}", value
        elif kind is dict and value and deep:
            yield from flat(value, f"{before}{key}.", deep - 1)
        else:
            yield f"{before}{key}", cell_of(value)


def cell_of(value: Any) -> Cell:
    """Return a value as a cell holds it: lists of texts by semicolons, what nests as JSON."""
    if value is None or isinstance(value, bool | date):
        return value
    if isinstance(value, str):
        return value if value.isascii() else _HALF.sub(DAMAGED, value)
    if isinstance(value, int):
        return value if -_WHOLE < value < _WHOLE else str(value)
    if isinstance(value, float | Decimal):
        return _number(float(value))
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if value and isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        joined: str = "; ".join(value)
        if joined.count(";") == len(value) - 1:
            return _HALF.sub(DAMAGED, joined)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _number(value: float) -> Cell:
    return value if math.isfinite(value) else None if math.isnan(value) else str(value)


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else str(value)


def is_too_deep(value: Any, limits: Limits) -> bool:
    """Return whether a value nests more than may be; it is looked at without recursion."""
    level, depth = [value], 0
    while level:
        if depth > limits.depth:
            return True
        depth += 1
        inner: list[Any] = []
        for one in level:
            members = one.values() if type(one) is dict else one
            inner += [member for member in members if type(member) in _NESTS]
        level = inner
    return False


def longest(values: Iterable[Cell]) -> int:
    """Return how many letters the longest text has."""
    return max((len(one) for one in values if isinstance(one, str)), default=0)


def day_or_moment(value: datetime) -> Cell:
    """Return a moment, or the day if it is its first moment and no zone is told."""
    if value.tzinfo is None and value.time() == time():
        return value.date()
    return value


def damaged_in(cells: Iterable[Cell]) -> tuple[int, ...]:
    """Return which cells hold what is no letter."""
    return tuple(at for at, one in enumerate(cells) if isinstance(one, str) and DAMAGED in one)
