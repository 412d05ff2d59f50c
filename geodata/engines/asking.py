"""Ibis' PostgreSQL back end over connections that may be lost and made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.postgres import Backend

from geodata.engines.connections import Connections
from geodata.engines.tables import NAMESPACE
from geodata.queries import SCHEMA

__all__ = ["PostgresBackend"]


class PostgresBackend(Backend):  # type: ignore[misc]  # Ibis has none
    """Puts questions into SQL as Ibis does, and asks them over any connection.

    Ibis' own holds one connection, which no other thread may use meanwhile and which stays lost. It
    reads the columns of a table from the database, too; ours are known.

    Args:
        connections: Where to ask.
    """

    def __init__(self, connections: Connections) -> None:
        super().__init__()
        self._connections = connections

    def table(self, name: str, /, **_: object) -> ir.Table:
        """Return a table of incidents by its name."""
        schema = ibis.Schema.from_pyarrow(SCHEMA)
        return ibis.table(schema, name=name, database=NAMESPACE)

    def to_pyarrow(self, expr: ir.Expr, /, **_: object) -> pa.Table:
        """Return the answer to an expression."""
        table = expr.as_table()
        schema = table.schema().to_pyarrow()
        rows = self._connections.ask(self.compile(table))
        columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
        arrays = [
            pa.array(_plain(column, field.type), field.type)
            for column, field in zip(columns, schema, strict=True)
        ]
        return pa.Table.from_arrays(arrays, schema=schema)


def _plain(column: Iterable[Any], kind: pa.DataType) -> list[Any]:
    """Return values as Arrow takes them: PostgreSQL adds integers up as decimals."""
    make: Callable[[Any], Any] | None = None
    if pa.types.is_integer(kind):
        make = int
    elif pa.types.is_floating(kind):
        make = float
    return list(column) if make is None else [None if one is None else make(one) for one in column]
