"""The queries, as Ibis expressions: the one place that turns a `Filter` into a condition.

Kept to what DuckDB, PostgreSQL, Spark and others answer alike: integer sums, shifts for map cells,
literal `contains`, a total order of rows. Nothing of a filter is ever put into SQL text by hand;
Ibis binds and escapes it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any

import ibis
import ibis.expr.types as ir

from geodata.geodesy import MercatorBox
from geodata.queries.columns import (
    ATTRIBUTIONS,
    EVENT_TYPES,
    POINT_COLUMNS,
    ROW_COLUMNS,
    STATUSES,
    Key,
    ends_in,
    keys_at_times,
    starts_in,
    to_list_text,
    type_mask,
)
from geodata.queries.filters import Bounds, DateMatch, Filter
from geodata.records import EventType, Role, normalise
from geodata.shapes import Shape, lies_in

__all__ = [
    "CONDITIONS",
    "ORDERS",
    "cells",
    "facet_counts",
    "filtered",
    "kept",
    "lines",
    "month_keys",
    "off_map_counts",
    "order_keys",
    "ordered",
    "points",
    "spots",
    "totals",
    "within",
]

_TURN = 360
GroupResolver = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class _Question:
    """What a condition may ask beside its own value.

    Attributes:
        chosen: The other parts.
        resolve: Gives the group ids that a name stands for.
        at_times: The texts that `found_at_times` holds.
    """

    chosen: Filter
    resolve: GroupResolver
    at_times: Collection[str]

    @property
    def certain(self) -> bool:
        return self.chosen.date_match is DateMatch.CERTAIN


def _start(day: date, table: ir.Table, question: _Question) -> ir.BooleanValue:
    found: ir.BooleanValue = starts_in(ibis.literal(day), table, certain=question.certain)
    return found


def _end(day: date, table: ir.Table, question: _Question) -> ir.BooleanValue:
    found: ir.BooleanValue = ends_in(ibis.literal(day), table, certain=question.certain)
    return found


def _groups(names: Sequence[str], table: ir.Table, question: _Question) -> ir.BooleanValue:
    chosen = question.chosen
    wanted = sorted({one for name in names for one in question.resolve(name)})
    keys = [to_list_text([Key(role, one).text]) for role in chosen.roles_sought for one in wanted]
    throughout = _any_of(table.found_throughout.contains(key) for key in keys)
    if question.certain:
        return throughout
    sought = {key[1:-1] for key in keys}
    texts = [
        text
        for text in question.at_times
        if not sought.isdisjoint(keys_at_times(text, chosen.start, chosen.end))
    ]
    return throughout | table.found_at_times.isin(texts) if texts else throughout


def _roles(roles: Sequence[Role], table: ir.Table, question: _Question) -> ir.BooleanValue:
    # Beside groups it says in which role these are sought, and they ask for it.
    if question.chosen.groups:
        return ibis.literal(value=True)
    return _any_of(table.parties.contains(f"|{role}:") for role in roles)


def _text(text: str, table: ir.Table, _: _Question) -> ir.BooleanValue:
    letters = [normalise(word) for word in text.split()]
    return _all_of(table.search.contains(word) for word in letters if word)


def _bounds(bounds: Bounds, table: ir.Table, question: _Question) -> ir.BooleanValue:
    west, south, east, north = bounds
    width = east - west if west <= east else east - west + _TURN
    # How far east of the western edge a place lies, on the way around the world.
    east_of = table.lon - west + ibis.ifelse(table.lon < west, float(_TURN), 0.0)
    first, last = east_of - table.reach, east_of + table.reach
    if question.certain:
        across = ibis.literal(width >= _TURN) | ((first >= 0) & (last <= width))
        inside = (table.south >= south) & (table.north <= north) & across
    else:
        inside = (table.south <= north) & (table.north >= south)
        inside &= (first <= width) | (last >= _TURN)
    return inside


def _within(shape: Shape, table: ir.Table, question: _Question) -> ir.BooleanValue:
    return lies_in(shape, table, certain=question.certain)


def _any_of(conditions: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    return reduce(or_, conditions, ibis.literal(value=False))


def _all_of(conditions: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    return reduce(and_, conditions, ibis.literal(value=True))


CONDITIONS: Mapping[str, Callable[[Any, ir.Table, _Question], ir.BooleanValue] | None] = {
    "start": _start,
    "end": _end,
    "date_match": None,  # `start` and `end` ask for it
    "event_types": lambda types, table, _: (table.type_bits & type_mask(types)) != 0,
    "source_types": lambda some, table, _: table.source_types.isin(
        [to_list_text([one]) for one in some]
    ),
    "groups": _groups,
    "roles": _roles,
    "countries": lambda codes, table, _: _any_of(
        table.countries.contains(to_list_text([code])) for code in codes
    ),
    "statuses": lambda some, table, _: table.status.isin([STATUSES.index(one) for one in some]),
    "attributions": lambda some, table, _: table.attribution.isin(
        [ATTRIBUTIONS.index(one) for one in some]
    ),
    # No id has a NUL, and engines end a text there.
    "ids": lambda some, table, _: table.id.isin([one for one in some if "\0" not in one]),
    "least_precision": lambda least, table, _: table.place_precision <= least.rank,
    "fatalities_min": lambda least, table, _: table.fatalities_high >= least,
    "fatalities_max": lambda most, table, _: table.fatalities_low <= most,
    "injured_min": lambda least, table, _: table.injured_high >= least,
    "text": _text,
    "bounds": _bounds,
    "within": _within,
    "base_areas": None,  # is not about incidents
    "known": None,  # is about all of the data
}
"""What each part of a filter, by attribute, asks of a row of the table."""

# What is asked of a place: an incident with several is found by any of them, and counted once.
_BY_ANY_PLACE = ("bounds", "within")


def filtered(
    chosen: Filter, table: ir.Table, resolve: GroupResolver, at_times: Collection[str] = ()
) -> ir.Table:
    """Return the rows that a filter wants.

    Args:
        chosen: The filter.
        table: The table, with the columns of `geodata.queries.columns.SCHEMA`.
        resolve: Gives the group ids that a name stands for.
        at_times: The texts in its column `found_at_times`, each once.
    """
    conditions = [
        table.id.isin(table.filter(holds).id) if name in _BY_ANY_PLACE else holds
        for name, holds in _conditions(chosen, table, resolve, at_times)
    ]
    return table.filter(_all_of(conditions)) if conditions else table


def kept(
    chosen: Filter, table: ir.Table, resolve: GroupResolver, at_times: Collection[str] = ()
) -> ir.BooleanValue:
    """Return for each row whether a filter keeps it; each place stands for itself.

    Args:
        chosen: The filter.
        table: As for `filtered`.
        resolve: The same.
        at_times: The same.
    """
    return _all_of(holds for _, holds in _conditions(chosen, table, resolve, at_times))


def _conditions(
    chosen: Filter, table: ir.Table, resolve: GroupResolver, at_times: Collection[str]
) -> Iterator[tuple[str, ir.BooleanValue]]:
    question = _Question(chosen, resolve, at_times)
    for name, value in chosen.asked().items():
        holds = CONDITIONS[name]
        if holds:
            yield name, holds(value, table, question)


def in_box(rows: ir.Table, box: MercatorBox) -> ir.Table:
    """Return the rows that are drawn within a box."""
    return rows.filter(
        rows.is_mappable & rows.x.between(box.x0, box.x1) & rows.y.between(box.y0, box.y1)
    )


def within(rows: ir.Table, boxes: Sequence[MercatorBox]) -> ir.Table:
    """Return one row: n incidents that are drawn within any of some boxes."""
    inside = _any_of(rows.x.between(b.x0, b.x1) & rows.y.between(b.y0, b.y1) for b in boxes)
    return rows.filter(rows.is_mappable & inside).agg(n=rows.id.nunique())


def spots(rows: ir.Table, shift: int) -> ir.Table:
    """Return the corners of what is drawn in each map cell: west, south, east, north, n.

    Args:
        rows: Any rows.
        shift: Cells are 2^shift units wide.
    """
    drawn = rows.filter(rows.is_mappable)
    keyed = drawn.select("lon", "lat", cx=drawn.x >> shift, cy=drawn.y >> shift)
    return keyed.group_by("cx", "cy").agg(
        west=keyed.lon.min(),
        south=keyed.lat.min(),
        east=keyed.lon.max(),
        north=keyed.lat.max(),
        n=keyed.count(),
    )


def drawn_type(rows: ir.Table, own: Sequence[str]) -> ir.Value:
    """Return by what each row is drawn, as `columns.own_code` has it.

    Args:
        rows: Any rows.
        own: The types in the words of sources that stand for themselves.
    """
    if not own:
        return rows.main_type
    has_no_word = rows.main_type == EVENT_TYPES.index(EventType.OTHER)
    cases = (
        (has_no_word & (rows.source_types == to_list_text([one])), len(EVENT_TYPES) + at)
        for at, one in enumerate(own)
    )
    return ibis.cases(*cases, else_=rows.main_type)


def points(rows: ir.Table, limit: int, own: Sequence[str] = ()) -> ir.Table:
    """Return at most `limit` rows to draw one by one, with the names of `POINT_COLUMNS`.

    Args:
        rows: Rows within a box.
        limit: At most so many.
        own: As for `drawn_type`.
    """
    columns = {name: rows[column] for name, column in POINT_COLUMNS.items()}
    return rows.select(**columns | {"type": drawn_type(rows, own)}).limit(limit)


def cells(
    rows: ir.Table,
    shift: int,
    own: Sequence[str] = (),
    sure: ir.BooleanValue | None = None,
    *,
    is_edged: bool = False,
) -> ir.Table:
    """Return rows by map cell and type: cx, cy, main_type, n, certain, sum_x and sum_y.

    Args:
        rows: Rows within a box.
        shift: Cells are 2^shift units wide.
        own: As for `drawn_type`.
        sure: Which rows are counted as certain; all without it.
        is_edged: Whether they are also told apart by whether they lie on the first lines of their
            cells, in `on_x` and `on_y`.
    """
    keys: dict[str, ir.Value] = {
        "cx": rows.x >> shift,
        "cy": rows.y >> shift,
        "main_type": drawn_type(rows, own),
    }
    if is_edged:
        keys |= {f"on_{name}": (rows[name] & ((1 << shift) - 1)) == 0 for name in ("x", "y")}
    certain = ibis.literal(1) if sure is None else sure.ifelse(1, 0)
    keyed = rows.select("x", "y", certain=certain, **keys)
    return keyed.group_by(*keys).agg(
        n=keyed.count(), certain=keyed.certain.sum(), sum_x=keyed.x.sum(), sum_y=keyed.y.sum()
    )


def lines(rows: ir.Table) -> ir.Table:
    """Return rows of the table of incidents, newest first."""
    first = rows.filter(rows.is_first)
    ordered = first.order_by(ibis.desc("date_start"), ibis.desc("id"))
    return ordered.select(*ROW_COLUMNS)


def _lower(table: ir.Table, name: str) -> ir.Value:
    # Each letter by itself: Spark's own looks at what stands beside it, as in a Greek word's end.
    own = f"lower_{name}"
    return table[own] if own in table.columns else table[name].lower()


# What a table may be sorted by; what nobody knows comes after zero.
ORDERS: Mapping[str, Callable[[ir.Table], ir.Value]] = {
    "start": lambda table: table.date_start,
    "title": lambda table: _lower(table, "title"),
    "place": lambda table: _lower(table, "place"),
    "what": lambda table: table.main_type,
    "killed": lambda table: table.fatalities_high.fill_null(-1),
    "injured": lambda table: table.injured_high.fill_null(-1),
}


def order_keys(table: ir.Table) -> dict[str, ir.Value]:
    """Return by name what each row is sorted by."""
    return {name: key(table) for name, key in ORDERS.items()}


def ordered(rows: ir.Table, column: str, *, down: bool) -> ir.Table:
    """Return the ids of rows in an order; equal ones by their dates and ids."""
    key = ORDERS[column](rows)
    keys = [ibis.desc(key) if down else key]
    if column == "start":
        keys.append(ibis.desc("id") if down else rows.id)
    else:
        keys += [rows.date_start, rows.id]
    return rows.order_by(keys).select("id")


def totals(rows: ir.Table) -> ir.Table:
    """Return one row: n incidents, how many of them are events, and how many are drawn."""
    first = rows.filter(rows.is_first)
    return first.agg(
        n=first.count(),
        events=first.is_event.ifelse(1, 0).sum(),
        placed=first.is_mappable.ifelse(1, 0).sum(),
    )


def off_map_counts(rows: ir.Table) -> ir.Table:
    """Return how many incidents are not drawn, by country and by whether they are events."""
    found = rows.filter(rows.is_first & ~rows.is_mappable)
    return found.group_by("country", "is_event").agg(n=found.count())


def month_keys(table: ir.Table) -> dict[str, ir.Value]:
    """Return by name in which months each row may lie, and by which groups it is found when.

    Months are numbered year * 12 + month - 1, and null where an end is open or unknown. Groups are
    told only of what is found by some of them at times only.
    """
    return {
        "first_month": ibis.cases((table.has_start, _month_number(table.date_start))),
        "last_month": ibis.cases((table.has_end, _month_number(table.date_end))),
        "throughout": ibis.ifelse(table.found_at_times == "", "", table.found_throughout),
    }


def _month_number(day: ir.DateValue) -> ir.IntegerValue:
    return day.year() * 12 + day.month() - 1


def facet_counts(rows: ir.Table, columns: Sequence[str]) -> ir.Table:
    """Return how many incidents have each combination of values of some columns, and n.

    Args:
        rows: Any rows.
        columns: Of the rows, or of `month_keys`.
    """
    first = rows.filter(rows.is_first)
    months = month_keys(first)
    values = first.select(**{one: months[one] if one in months else first[one] for one in columns})
    return values.group_by(*columns).agg(n=values.count())


@dataclass(frozen=True)
class Facet:
    """What is counted value by value.

    Attributes:
        columns: What to count by.
        own: Attributes of the filter that it must not feel.
    """

    columns: tuple[str, ...]
    own: tuple[str, ...]


_FOUND = ("found_throughout", "found_at_times")
FACETS: Mapping[str, Facet] = {
    "type": Facet(("type_bits",), ("event_types",)),
    "source_type": Facet(("source_types",), ("source_types",)),
    "group": Facet(_FOUND, ("groups",)),
    "role": Facet(_FOUND, ("groups", "roles")),
    "country": Facet(("countries",), ("countries",)),
    "status": Facet(("status",), ("statuses",)),
    "attribution": Facet(("attribution",), ("attributions",)),
    "precision": Facet(("place_precision",), ("least_precision",)),
}
