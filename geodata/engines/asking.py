"""Questions put to PostgreSQL: Ibis makes their SQL, and connections may be lost and made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from ibis.backends.postgres import Backend

from geodata.engines.connections import Connections
from geodata.engines.tables import NAMESPACE, ROW
from geodata.queries import SCHEMA, Numbers, OrderedEngine, narrowed

__all__ = ["PostgresBackend", "PostgresEngine"]

# Stands for nothing among whole numbers of 64 bits; no column of ours has it.
_NOTHING = np.iinfo(np.int64).min


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
        schema = ibis.Schema.from_pyarrow(SCHEMA.append(pa.field(ROW, pa.int64())))
        return ibis.table(schema, name=name, database=NAMESPACE)

    def to_pyarrow(self, expr: ir.Expr, /, **_: object) -> pa.Table:
        """Return the answer to an expression."""
        table = expr.as_table()
        return self.answer(self.compile(table), table.schema().to_pyarrow())

    def answer(self, question: str, schema: pa.Schema) -> pa.Table:
        """Return the answer to a question in SQL, with columns of some types."""
        rows = self._connections.ask(question)
        columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
        arrays = [
            pa.array(_plain(column, field.type), field.type)
            for column, field in zip(columns, schema, strict=True)
        ]
        return pa.Table.from_arrays(arrays, schema=schema)

    def numbers(self, question: str, number: str, order: str = "") -> Numbers:
        """Return whole numbers of many rows at once, which come as bytes: row by row takes longer.

        Args:
            question: In SQL.
            number: What makes the number of its columns, in SQL.
            order: The column in whose order they come; in any order without it.
        """
        sent = f"int8send(coalesce(({number})::bigint, {_NOTHING}))"
        by = f" order by {order}" if order else ""
        whole = f"select string_agg({sent}, ''::bytea{by}) from ({question}) as asked"  # noqa: S608 - our own
        found = np.frombuffer(self._connections.ask_bytes(whole), ">i8")
        return found.astype(np.int64)


def _plain(column: Iterable[Any], kind: pa.DataType) -> list[Any]:
    """Return values as Arrow takes them: PostgreSQL adds integers up as decimals."""
    make: Callable[[Any], Any] | None = None
    if pa.types.is_integer(kind):
        make = int
    elif pa.types.is_floating(kind):
        make = float
    return list(column) if make is None else [None if one is None else make(one) for one in column]


class PostgresEngine(OrderedEngine):
    """A pushed table of incidents, for any number of threads.

    Args:
        backend: Where it is.
        name: Of the table.
        count: How many rows it has.
    """

    def __init__(self, backend: PostgresBackend, name: str, count: int) -> None:
        super().__init__(backend, name, is_shared=True)
        self._asked = backend
        self._from = f'{NAMESPACE}."{name}"'
        self._count = count

    def values(self, value: ir.Value) -> pa.ChunkedArray:
        """Return for each row what follows from its columns."""
        numbered = self.table.select(value=value, row=self.table[ROW])
        kind = numbered.schema().to_pyarrow().field("value").type
        as_number = _AS_NUMBERS.get(kind, "value" if pa.types.is_integer(kind) else "")
        if not as_number:
            return self.ask(numbered.order_by(ROW).select("value"))["value"]
        numbers = self._asked.numbers(self._asked.compile(narrowed(numbered)), as_number, ROW)
        found = pa.array(numbers, mask=numbers == _NOTHING)
        # Arrow makes days of 32 bits only.
        found = found.cast(pa.int32()) if pa.types.is_date32(kind) else found
        return pa.chunked_array([found.cast(kind)])

    def mask(self, holds: ir.BooleanValue) -> Numbers:
        """Return for each row whether a condition holds; only the numbers of some are sent."""
        mask = np.zeros(self._count, dtype=bool)
        kept = self.table.filter(holds).select(ROW)
        mask[self._asked.numbers(self._asked.compile(narrowed(kept)), ROW)] = True
        return mask

    def rows(self, numbers: Numbers, columns: Mapping[str, str]) -> pa.Table:
        """Return some rows in the order of their numbers."""
        chosen = ", ".join(f'"{column}" as "{name}"' for name, column in columns.items())
        wanted = ",".join(map(str, numbers.tolist()))
        question = (
            f"select {chosen} from {self._from} "  # noqa: S608 - our own names, and numbers
            f"where {ROW} = any('{{{wanted}}}'::bigint[]) order by {ROW}"
        )
        schema = pa.schema([(name, SCHEMA.field(one).type) for name, one in columns.items()])
        return self._asked.answer(question, schema)


_AS_NUMBERS = {pa.bool_(): "value::int", pa.date32(): "value - date '1970-01-01'"}
