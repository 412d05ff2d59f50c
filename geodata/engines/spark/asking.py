"""Questions put to Spark, whose SQL Ibis makes; rows that are shown are read from the folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from ibis.backends.sql.compilers.duckdb import compiler as duckdb_compiler
from ibis.backends.sql.compilers.pyspark import compiler

from geodata.engines.spark.sessions import ROWS, Sessions, name_of
from geodata.queries import Engine, MercatorBox, Numbers, OrderedEngine

__all__ = ["CountingEngine", "Part", "SparkBackend", "SparkEngine"]

# So many rows, in parts that a view meets, are read with DuckDB rather than asked of the cluster.
_MOST_NEAR = 1_000_000
# So many conditions are asked with one reading of the table.
_MOST_TOGETHER = 20


class Part(NamedTuple):
    """Some rows of a file that lie together.

    Attributes:
        file: The file.
        box: Where what is drawn of them lies.
        rows: How many they are, at most.
    """

    file: Path
    box: MercatorBox
    rows: int


class _Options(ibis.config.Config):  # type: ignore[misc]  # Ibis has none
    """As Ibis' own back end, which needs pyspark to be loaded, declares them."""

    treat_nan_as_null: bool = False


class SparkBackend:
    """Puts questions into SQL as Ibis does, and asks them in any session.

    Ibis' own holds one session, which stays lost, and takes answers through pandas.

    Args:
        sessions: Where to ask.
        folder: The Parquet of the table, of which there is one.
    """

    def __init__(self, sessions: Sessions, folder: Path) -> None:
        self._sessions = sessions
        self.folder = folder
        if ibis.options.pyspark is None:
            ibis.options.pyspark = _Options()

    def table(self, _: str) -> ir.Table:
        """Return the table of incidents, the one that there is."""
        return ibis.table(ibis.Schema.from_pyarrow(ROWS), name=name_of(self.folder))

    def to_pyarrow(self, expression: ir.Table) -> pa.Table:
        """Return the answer to an expression."""
        question = compiler.to_sqlglot(expression).sql(dialect=compiler.dialect)
        answer = self._sessions.ask(question, self.folder)
        return answer.cast(expression.schema().to_pyarrow())

    def check_there(self) -> None:
        """See whether its folder is there; see `Sessions.check_there`."""
        self._sessions.check_there(self.folder)


class _FilesBackend:
    """Asks some files of a table with DuckDB.

    Args:
        reader: A connection of DuckDB.
        backend: Where all of the table is.
        files: Their paths.
    """

    def __init__(
        self, reader: duckdb.DuckDBPyConnection, backend: SparkBackend, files: Sequence[Path]
    ) -> None:
        self._reader, self._whole = reader, backend
        quoted = (str(one).replace("'", "''") for one in files)
        self._view = ", ".join(f"'{one}'" for one in quoted)

    def table(self, name: str) -> ir.Table:
        """Return the table of incidents."""
        return ibis.table(ibis.Schema.from_pyarrow(ROWS), name=name)

    def to_pyarrow(self, expression: ir.Table) -> pa.Table:
        """Return the answer to an expression."""
        question = duckdb_compiler.to_sqlglot(expression).sql(dialect=duckdb_compiler.dialect)
        self._whole.check_there()
        with self._reader.cursor() as cursor:
            cursor.execute(f"create temp view incidents as from read_parquet([{self._view}])")
            answer = cursor.execute(question).to_arrow_table()
        return answer.cast(expression.schema().to_pyarrow())


class CountingEngine(Engine):
    """A table in Spark that is asked each question, but for what lies in a few parts of its files.

    Args:
        backend: Where it is.
        parts: The parts of its files; with none, Spark is asked all.
    """

    def __init__(self, backend: SparkBackend, parts: Sequence[Part] = ()) -> None:
        super().__init__(backend, is_shared=True)
        self._asked = backend
        self._parts = parts
        self._reader = duckdb.connect(":memory:")
        self._reader.execute("set parquet_metadata_cache = true")
        self._reader.execute("set enable_progress_bar = false")

    def near(self, boxes: Sequence[MercatorBox], *, times: int = 1) -> Engine:
        """Return what reads the files that some boxes meet, where these are few; else this one."""
        met = [part for part in self._parts if any(_meet(part.box, one) for one in boxes)]
        if not self._parts or sum(part.rows for part in met) > times * _MOST_NEAR:
            return self
        # Of none that is met all say that nothing is there. Parts that are not met are not read.
        files = list(dict.fromkeys(part.file for part in met or self._parts[:1]))
        return Engine(_FilesBackend(self._reader, self._asked, files), is_shared=True)

    def check_there(self) -> None:
        """See whether its folder is there; see `Sessions.check_there`."""
        self._asked.check_there()

    def page(self, expression: ir.Table, offset: int, limit: int) -> pa.Table:
        """Return some rows of the answer to an expression whose rows have an order.

        Ibis leaves out rows by a number that it gives them in no order.
        """
        return self.ask(expression.limit(offset + limit)).slice(offset)


def _meet(one: MercatorBox, other: MercatorBox) -> bool:
    across = one.x0 <= other.x1 and other.x0 <= one.x1
    return across and one.y0 <= other.y1 and other.y0 <= one.y1


class SparkEngine(OrderedEngine, CountingEngine):
    """A table in Spark, which says what rows a filter keeps; the server counts them.

    Args:
        backend: Where it is.
        count: How many rows it has.
    """

    def __init__(self, backend: SparkBackend, count: int) -> None:
        super().__init__(backend)
        self._count = count

    def values(self, value: ir.Value) -> pa.ChunkedArray:
        """Return for each row what follows from its columns."""
        found = self.ask(self.table.select(value=value, row=self.table.row))
        # Here that takes no time; the cluster would pass all rows from worker to worker.
        order = np.argsort(found["row"].to_numpy())
        return found["value"].take(pa.array(order))

    def mask(self, holds: ir.BooleanValue) -> Numbers:
        """Return for each row whether a condition holds; only the numbers of some are sent."""
        mask = np.zeros(self._count, dtype=bool)
        mask[self.ask(self.table.filter(holds).select("row"))["row"].to_numpy()] = True
        return mask

    def masks(self, conditions: Sequence[ir.BooleanValue]) -> list[Numbers]:
        """Return for each row whether conditions hold, some of them with one reading of the table.

        A question takes the cluster a good part of a second, however little there is to do.
        """
        found: list[Numbers] = []
        for first in range(0, len(conditions), _MOST_TOGETHER):
            some = conditions[first : first + _MOST_TOGETHER]
            found += [self.mask(some[0])] if len(some) == 1 else self._together(some)
        return found

    def _together(self, conditions: Sequence[ir.BooleanValue]) -> list[Numbers]:
        # What is neither yes nor no is not kept.
        holds = [one.fill_null(False) for one in conditions]  # noqa: FBT003 - Ibis has it so
        named = {f"holds_{at}": one for at, one in enumerate(holds)}
        kept = self.table.filter(reduce(or_, holds)).select("row", **named)
        answer = self.ask(kept)
        rows = answer["row"].to_numpy()
        masks = [np.zeros(self._count, dtype=bool) for _ in named]
        for mask, name in zip(masks, named, strict=True):
            mask[rows] = answer[name].to_numpy()
        return masks

    def rows(self, numbers: Numbers, columns: Mapping[str, str]) -> pa.Table:
        """Return some rows in the order of their numbers."""
        chosen = ", ".join(f'"{column}" as "{name}"' for name, column in columns.items())
        if not len(numbers):
            schema = [(name, ROWS.field(one).type) for name, one in columns.items()]
            return pa.schema(schema).empty_table()
        question = (
            f"select {chosen} from read_parquet(?) "  # noqa: S608 - our own names
            "where row between ? and ? and row in (select unnest(?::bigint[])) order by row"
        )
        self._asked.check_there()
        files = str(self._asked.folder / "*.parquet")
        asked: list[Any] = [files, int(numbers[0]), int(numbers[-1]), numbers.tolist()]
        with self._reader.cursor() as cursor:
            return cursor.execute(question, asked).to_arrow_table()
