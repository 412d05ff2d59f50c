"""What a pushed dataset is made of in PostgreSQL: names and types of its tables, and its indexes.

All stands in the schema `mapview`. `datasets` has a row for each dataset, which says in which state
it is shown, and in which states its older versions are; each push makes tables of another state, so
that whoever reads the one before goes on with it. A state has three tables: `incidents_N` with the
columns that are asked, `records_N` with each incident as JSON in the order of the dataset, and
`context_N` with its groups, sources, relations and base areas.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from geodata.queries import SCHEMA
from geodata.records import BaseArea, Group, Relation, Source

__all__ = [
    "COLUMNS", "CONTEXT", "DATASETS", "LAYOUT", "NAMESPACE", "ROW", "VERSIONS", "incidents_of",
    "indexes_of", "tables_of",
]  # fmt: skip

NAMESPACE = "mapview"
# Tables of another layout are not read; the dataset must be pushed again.
LAYOUT = 3
# What `context_N` holds, by its column `kind`.
CONTEXT: Mapping[str, type[BaseArea | Group | Relation | Source]] = {
    "base_areas": BaseArea,
    "groups": Group,
    "relations": Relation,
    "sources": Source,
}
DATASETS = f"""
create table if not exists {NAMESPACE}.datasets (
    name text primary key,
    layout integer not null,
    state bigint not null,
    state_before bigint,
    version text not null,
    incidents bigint not null,
    rows bigint not null,
    pushed timestamptz not null default now(),
    versions text
)"""
# An earlier program made the table without the column; the table is asked as `datasets`.
VERSIONS = "to_jsonb(datasets) ->> 'versions'"
_TYPES: Mapping[pa.DataType, str] = {
    pa.bool_(): "boolean",
    pa.int32(): "integer",
    pa.int64(): "bigint",
    pa.float64(): "double precision",
    pa.date32(): "date",
    pa.string(): "text",
}
# In the order of letters' numbers, as DuckDB sorts. These two are sorted without regard to case,
# for which a collation must know which letters are pairs.
_WITHOUT_CASE = ("title", "place")
ROW = "row"
"""The column of `incidents_N` with the number of each row from zero on."""

COLUMNS: Mapping[str, str] = {one.name: _TYPES[one.type] for one in SCHEMA}
"""The type of each other column of `incidents_N`."""


def incidents_of(state: int) -> str:
    """Return the name of the table that is asked, in `NAMESPACE`."""
    return f"incidents_{state}"


def tables_of(state: int, collation: str) -> dict[str, str]:
    """Return by name what makes the tables of a state, in SQL.

    Args:
        state: Which one.
        collation: The name of one that sorts by number and knows which letters are pairs.
    """
    columns = ", ".join(
        f'"{name}" {kind}{_collated(name, kind, collation)}' for name, kind in COLUMNS.items()
    )
    some = {
        incidents_of(state): f"{ROW} bigint, {columns}",
        f"records_{state}": 'position bigint, id text collate "C", record text',
        f"context_{state}": "kind text, position bigint, record text",
    }
    return {name: f"create table {NAMESPACE}.{name} ({columns})" for name, columns in some.items()}


def _collated(name: str, kind: str, collation: str) -> str:
    if kind != "text":
        return ""
    return f' collate "{collation if name in _WITHOUT_CASE else "C"}"'


def indexes_of(state: int) -> list[str]:
    """Return what makes the indexes that the questions need, in SQL.

    Rows lie along a space-filling curve, so that for a view of the map it is enough to know between
    which places each few pages of rows lie.
    """
    incidents = f"{NAMESPACE}.{incidents_of(state)}"
    by_date = "(date_start desc nulls last, id desc nulls last)"
    return [
        f"alter table {incidents} add primary key ({ROW})",
        f"create index on {incidents} using brin (x, y) with (pages_per_range = 8)",
        f"create index on {incidents} (id)",
        # Ibis asks for this order, of rows that are first.
        f"create index on {incidents} {by_date} where is_first",
        f"create index on {incidents} (is_first) where found_at_times <> ''",
        f"create index on {incidents} (id) where not is_first",
        f"alter table {NAMESPACE}.records_{state} add primary key (position)",
        f"create unique index on {NAMESPACE}.records_{state} (id)",
    ]
