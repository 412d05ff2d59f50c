"""What a store answers, as plain values, so that nobody else needs to know the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from geodata.queries.columns import EVENT_TYPES, Key, from_list_text, values_of
from geodata.records import Role
from geodata.scope import Count

__all__ = [
    "Cells",
    "Counts",
    "IncidentRow",
    "Listed",
    "Points",
    "run_starts",
    "to_cells",
    "to_points",
    "to_row",
]

_Numbers = np.ndarray[Any, np.dtype[Any]]
# How many incidents have each combination of values.
Counts = Mapping[tuple[Any, ...], int]


@dataclass(frozen=True)
class Points:
    """Incidents to draw one by one.

    Attributes:
        columns: `columns.POINT_COLUMNS`.
        certain: Whether each certainly fits the filter.
        total: All rows.
    """

    columns: Mapping[str, Sequence[Any]]
    certain: Sequence[bool]
    total: int


@dataclass(frozen=True, eq=False)
class Cells:
    """Incidents counted by map cell.

    Attributes:
        x: Mean position in integer web mercator.
        y: The same, to the south.
        n: Incidents in the cell.
        types: For each cell (n, types), how many there are of each type in `columns.EVENT_TYPES`,
            and then of each type that stands for itself; whole numbers.
        certain: The same of those that certainly fit the filter.
        shift: Cells are 2^shift units wide.
        total: All incidents.
    """

    x: list[int]
    y: list[int]
    n: list[int]
    types: _Numbers
    certain: _Numbers
    shift: int
    total: int

    def __eq__(self, other: object) -> bool:
        """Whether two answers say the same."""
        if not isinstance(other, Cells):
            return NotImplemented
        return all(np.array_equal(one, two) for one, two in zip(self._all, other._all, strict=True))

    __hash__ = None  # type: ignore[assignment]

    @property
    def _all(self) -> tuple[Any, ...]:
        return self.x, self.y, self.n, self.types, self.certain, self.shift, self.total


@dataclass(frozen=True)
class IncidentRow:
    """An incident as the table shows it."""

    id: str
    title: str
    event_date: str
    date_start: date
    has_start: bool
    event_types: list[str]
    source_type: str
    status: str
    attribution: str
    geo_precision: str
    place: str
    country: str
    parties: dict[Role, list[str]]
    fatalities: str
    fatalities_high: int | None
    injured: str
    casualties: str
    is_mappable: bool


@dataclass(frozen=True)
class Listed:
    """The first incidents of a list.

    Attributes:
        rows: The incidents.
        certain: Whether each certainly fits the filter.
        more: How many more there are.
    """

    rows: list[IncidentRow]
    certain: list[bool]
    more: Count


def to_points(found: pa.Table, certain: Sequence[bool]) -> Points:
    """Return points in order of id and place, so that equal views give equal answers."""
    order = [(name, "ascending") for name in ("id", "x", "y")]
    table = found.append_column("certain", pa.array(certain, pa.bool_())).sort_by(order)
    columns: dict[str, list[Any]] = table.drop_columns(["certain"]).to_pydict()
    return Points(columns, table["certain"].to_pylist(), found.num_rows)


def to_cells(found: pa.Table, shift: int, own: int = 0) -> Cells:
    """Return counts by cell alone.

    Args:
        found: Counts by cell and type, as `expressions.cells` asks for them.
        shift: Cells are 2^shift units wide.
        own: How many types stand for themselves.
    """
    names = ("cx", "cy", "main_type", "n", "certain", "sum_x", "sum_y")
    cx, cy, types, n, certain, sum_x, sum_y = (found[name].to_numpy() for name in names)
    order = np.lexsort((cy, cx))
    starts = run_starts(cx[order], cy[order])
    cell = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(order)))
    counts, x, y = (
        np.add.reduceat(one[order], starts) if len(starts) else one for one in (n, sum_x, sum_y)
    )

    def by_type(numbers: _Numbers) -> _Numbers:
        whole = np.zeros((len(starts), len(EVENT_TYPES) + own), np.int64)
        whole[cell, types[order]] = numbers[order]
        return whole

    return Cells(
        x=(x // counts).tolist(),
        y=(y // counts).tolist(),
        n=counts.tolist(),
        types=by_type(n),
        certain=by_type(certain),
        shift=shift,
        total=int(counts.sum()),
    )


def run_starts(across: _Numbers, down: _Numbers) -> _Numbers:
    """Return where rows begin that follow one another in one cell, whose place is given of each."""
    is_next = np.ones(len(across), dtype=bool)
    is_next[1:] = (across[1:] != across[:-1]) | (down[1:] != down[:-1])
    return np.flatnonzero(is_next)


def to_row(row: Mapping[str, Any]) -> IncidentRow:
    """Return a row of the table, as `expressions.lines` asks for it, with words for codes."""
    return IncidentRow(
        id=row["id"],
        title=row["title"],
        event_date=row["event_date"],
        date_start=row["date_start"],
        has_start=row["has_start"],
        event_types=_types_of(row),
        source_type="".join(from_list_text(row["source_types"] or "")),
        status=values_of("status", row["status"])[0],
        attribution=values_of("attribution", row["attribution"])[0],
        geo_precision=values_of("place_precision", row["place_precision"])[0],
        place=row["place"],
        country=row["country"],
        parties=_parties_of(row),
        fatalities=row["fatalities_text"],
        fatalities_high=row["fatalities_high"],
        injured=row["injured_text"],
        casualties=row["casualties_text"],
        is_mappable=row["is_mappable"],
    )


def _parties_of(row: Mapping[str, Any]) -> dict[Role, list[str]]:
    """Return the ids of the groups in each role."""
    parties: dict[Role, list[str]] = {role: [] for role in Role}
    for role, group in map(Key.of, from_list_text(row["parties"])):
        parties[role].append(group)
    return parties


def _types_of(row: Mapping[str, Any]) -> list[str]:
    """Return the event types of a row, the main one first."""
    main = str(EVENT_TYPES[row["main_type"]])
    return [main, *(one for one in values_of("type_bits", row["type_bits"]) if one != main)]
