"""What is asked of two engines that hold the same records, and must be answered the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

from geodata.errors import FilterError
from geodata.geodesy import WORLD_BITS, MercatorBox
from geodata.queries import SUMMED, Cells, DateMatch, Filter, Points, Store
from geodata.queries.columns import SCHEMA
from geodata.queries.expressions import ORDERS
from geodata.records import Attribution, EventType, GeoPrecision, Role, Status
from geodata.shapes import Shape

__all__ = ["ENGINES", "QUESTIONS", "WORDS", "WORLD", "as_of_many", "random_filters"]

ENGINES = [
    pytest.param("postgresql"),
    pytest.param(
        "spark",
        marks=[
            pytest.mark.spark,
            # It reads a password of its own, and leaves sockets to whoever collects them.
            pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
        ],
    ),
]
"""The engines that are held against DuckDB, as parameters of a fixture."""

WORLD = MercatorBox(0, 0, 2**WORLD_BITS - 1, 2**WORLD_BITS - 1)
NEAR = MercatorBox(1_400_000_000, 0, 1_600_000_000, 2**WORLD_BITS - 1)
NAMES = ("iskp", "IS–KP", "داعش", "Ansarullah", "wing", "ولایت خراسان", "tkp", "nobody", "'; --")
WORDS = ("kunduz", "Kundūz mosque", "данғара", "is-kp", "bomb", "embassy", "a'b", r"50%_\ ")


def _view(store: Store, chosen: Filter, zoom: int, box: MercatorBox) -> object:
    """What a view shows; no engine promises an order of its places."""
    found = store.view(chosen, zoom, box)
    if isinstance(found, Points):
        names = sorted(found.columns)
        return sorted(zip(*(found.columns[one] for one in names), found.certain, strict=True))
    assert isinstance(found, Cells)
    columns = (found.x, found.y, found.n, map(tuple, found.types), map(tuple, found.certain))
    return found.shift, found.total, sorted(zip(*columns, strict=True))


def _sorted_ids(store: Store, chosen: Filter, column: str) -> object:
    of_text = len(chosen.to_query())
    placed = (None, True, False, [NEAR])[of_text % 4]
    more: dict[str, Any] = {"down": of_text % 2 == 0, "placed": placed}
    return store.sorted_ids(chosen, column, offset=of_text % 5, limit=60, **more)


def _toll(store: Store, chosen: Filter) -> object:
    return store.toll(chosen, list(SUMMED)[len(chosen.to_query()) % len(SUMMED)])


QUESTIONS: Mapping[str, Callable[[Store, Filter], object]] = {
    "totals": lambda store, chosen: store.totals(chosen),
    "ids": lambda store, chosen: store.ids(chosen),
    "facets": lambda store, chosen: store.facets(chosen),
    "spreads": lambda store, chosen: store.spreads(chosen),
    "view": lambda store, chosen: _view(store, chosen, 3, WORLD),
    "view nearer": lambda store, chosen: _view(store, chosen, 7, NEAR),
    "within": lambda store, chosen: store.within(chosen, [NEAR, MercatorBox(0, 0, 2**30, 2**31)]),
    "listed": lambda store, chosen: store.listed(chosen, NEAR, limit=5),
    "table": lambda store, chosen: store.table(chosen, offset=1, limit=40),
    "extent": lambda store, chosen: store.extent(chosen),
    "off the map": lambda store, chosen: store.off_map_by_country(chosen),
    "records": lambda store, chosen: store.select(chosen),
    "several places": lambda store, chosen: store.has_multiple(chosen),
    "toll": _toll,
    **{
        f"by {column}": lambda store, chosen, column=column: _sorted_ids(store, chosen, column)
        for column in ORDERS
    },
}
"""All that a store is asked by a filter, by name."""


@contextmanager
def as_of_many() -> Iterator[pytest.MonkeyPatch]:
    """Have few records asked as many are: by cells, from a cube, in several files, one by one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geodata.queries.store.MOST_POINTS", 40)
        patch.setattr("geodata.queries.store._MOST_ASKED_APART", 0)
        patch.setattr("geodata.queries.store._MOST_ADDED_APART", 0)
        patch.setattr("geodata.queries.catalogue._MOST_HELD", 0)
        patch.setattr("geodata.queries.engine._ROWS_AT_ONCE", 30)
        patch.setattr("geodata.queries.asked.counting._LEAST_SAVED", 1)
        patch.setattr("geodata.engines.spark.folder._ROWS_IN_FILE", 30)
        patch.setattr("geodata.engines.spark.folder._ROWS_IN_PART", 20)
        patch.setattr("geodata.engines.spark.asking._MOST_NEAR", 90)
        patch.setattr("geodata.queries.asked.questions._RATHER_NEAR", 1)
        patch.setattr("geodata.queries.asked.questions._ONCE", 2)
        patch.setattr("geodata.engines.spark.sessions._SECONDS_SILENT", 0)
        yield patch


def on_lines(table: pa.Table) -> pa.Table:
    """The same with a third of all places on the first lines of cells, where boxes end."""
    for name in ("x", "y"):
        moved = [
            one and (one >> 25 << 25 if row % 3 == 0 else one)
            for row, one in enumerate(table[name].to_pylist())
        ]
        table = table.set_column(SCHEMA.names.index(name), name, pa.array(moved, pa.int64()))
    return table


# So many values of each part.
_VALUES = 7


def random_filters(count: int, seed: int = 15) -> list[Filter]:
    """As many filters of one to four parts, no two of them the same.

    Their parts are some of few, as people ask: what a store keeps of a part is used again, too.
    """
    chance = random.Random(seed)
    parts = {name: [make(chance) for _ in range(_VALUES)] for name, make in _PARTS.items()}
    found: dict[str, Filter] = {}
    while len(found) < count:
        names = chance.sample(list(parts), chance.choice((1, 1, 2, 2, 3, 4)))
        given: dict[str, Any] = {}
        for one in names:
            given |= chance.choice(parts[one])
        if given.get("date_match") and not given.keys() & {"start", "end", "bounds", "within"}:
            given["start"] = date(2018, 1, 1)
        with suppress(FilterError):  # A period may end before it begins.
            chosen = Filter(**given)
            found[chosen.to_query()] = chosen
    return list(found.values())


def _day(chance: random.Random) -> date:
    return date(2014, 6, 1) + timedelta(chance.randrange(3_600))


def _period(chance: random.Random) -> dict[str, Any]:
    start, end = sorted((_day(chance), _day(chance)))
    return chance.choice(({"start": start}, {"end": end}, {"start": start, "end": end}))


def _some(chance: random.Random, choices: Iterable[Any], most: int = 3) -> tuple[Any, ...]:
    choices = list(choices)
    return tuple(chance.sample(choices, chance.randint(1, min(most, len(choices)))))


def _bounds(chance: random.Random) -> tuple[float, float, float, float]:
    """West, south, east, north; now and then across 180°."""
    south, north = sorted(round(chance.uniform(-90, 90), 3) for _ in range(2))
    west, east = (round(chance.uniform(-180, 180), 3) for _ in range(2))
    return west, south, east, north


def _shape(chance: random.Random) -> Shape:
    middle = round(chance.uniform(-180, 180), 3), round(chance.uniform(-85, 85), 3)
    circle = Shape((middle,), float(chance.randint(50, 6_000)))
    return chance.choice((circle, Shape(((20.0, -40.0), (140.0, -20.0), (60.0, 70.0)))))


_PARTS: Mapping[str, Callable[[random.Random], dict[str, Any]]] = {
    "period": _period,
    "when": lambda chance: {**_period(chance), "date_match": DateMatch.CERTAIN},
    "types": lambda chance: {"event_types": _some(chance, EventType)},
    "source types": lambda chance: {"source_types": _some(chance, ("Armed clash", "Other", "x"))},
    "groups": lambda chance: {"groups": _some(chance, NAMES, 2)},
    "roles": lambda chance: {"roles": _some(chance, Role)},
    "group in a time": lambda chance: {"groups": ("iskp", "tkp"), **_period(chance)},
    "countries": lambda chance: {"countries": _some(chance, ("AF", "IR", "TJ", "UZ", "PK", "FR"))},
    "statuses": lambda chance: {"statuses": _some(chance, Status)},
    "attributions": lambda chance: {"attributions": _some(chance, Attribution)},
    "ids": lambda chance: {"ids": _some(chance, (f"one-{n}" for n in range(99)), 9)},
    "precision": lambda chance: {"least_precision": chance.choice(list(GeoPrecision))},
    "killed": lambda chance: {"fatalities_min": chance.randrange(30)},
    "most killed": lambda chance: {"fatalities_max": chance.randrange(30)},
    "injured": lambda chance: {"injured_min": chance.randrange(30)},
    "words": lambda chance: {"text": " ".join(_some(chance, WORDS, 2))},
    "bounds": lambda chance: {"bounds": _bounds(chance)},
    "within": lambda chance: {"within": _shape(chance)},
    "certainly there": lambda chance: {
        "bounds": _bounds(chance),
        "date_match": DateMatch.CERTAIN,
    },
}
