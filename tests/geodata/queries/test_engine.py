"""Tests of the engine: any back end, any thread, and no look at what is installed."""

from __future__ import annotations

import gc
import importlib.metadata
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from ibis import _
from ibis.backends.duckdb import Backend as DuckDB
from plain_loop import random_records
from sqlite_engine import sqlite_engine

from geodata.errors import StoreError
from geodata.queries import engine as engine_module
from geodata.queries import expressions
from geodata.queries.columns import SCHEMA
from geodata.queries.engine import Engine, duckdb_engine
from geodata.queries.filters import Filter
from geodata.queries.store import Store
from geodata.queries.table import to_table
from geodata.workspace.columnar import _connection

TABLE = to_table(random_records(40))
MAKERS = {"duckdb": duckdb_engine, "sqlite": sqlite_engine}


def filled(connection: duckdb.DuckDBPyConnection, name: str) -> duckdb.DuckDBPyConnection:
    connection.register("incoming", TABLE)
    connection.execute(f"create table {name} as select * from incoming")  # noqa: S608
    return connection


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_eight_threads_at_once_get_the_same_answer(maker):
    engine = maker(TABLE)
    together = Barrier(8)

    def ask(_: int) -> list[dict[str, int]]:
        together.wait()
        return engine.ask(expressions.totals(engine.table)).to_pylist()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(8)))
    assert answers == [answers[0]] * 8
    assert answers[0][0]["n"] == 40


@pytest.mark.parametrize(("is_shared", "most"), [(False, 1), (True, 4)])
def test_threads_wait_for_one_another_unless_the_back_end_is_shared(is_shared, most, monkeypatch):
    backend = DuckDB.from_connection(filled(duckdb.connect(":memory:"), "incidents"))
    engine = Engine(backend, is_shared=is_shared)
    inside: list[int] = []
    counts: list[int] = []
    # Where threads may be inside together, each waits until all of them are.
    together = Barrier(most)

    def answer(_: object) -> pa.Table:
        inside.append(1)
        counts.append(len(inside))
        together.wait(timeout=30)
        time.sleep(0.02)
        inside.pop()
        return TABLE

    monkeypatch.setattr(backend, "to_pyarrow", answer)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(engine.ask, [engine.table] * 4)) == [TABLE] * 4
    assert max(counts) == most


def test_a_table_that_lacks_a_column_is_refused():
    with pytest.raises(StoreError, match="table what_happened must have the column lat, got none"):
        sqlite_engine(TABLE.drop_columns(["lat"]))


def test_columns_may_stand_in_any_order_and_others_beside_them():
    turned = TABLE.select(SCHEMA.names[::-1]).append_column("more", pa.array(["x"] * len(TABLE)))
    for maker in MAKERS.values():
        engine = maker(turned)
        (answer,) = engine.ask(expressions.totals(engine.table)).to_pylist()
        assert answer["n"] == 40


def test_a_database_file_opened_elsewhere_can_be_asked(tmp_path):
    connection = filled(duckdb.connect(str(tmp_path / "records.duckdb")), "events")
    engine = Engine(DuckDB.from_connection(connection), "events")
    assert engine.ask(expressions.totals(engine.table)).to_pylist()[0]["n"] == 40


def test_no_thread_looks_at_what_is_installed(monkeypatch):
    # Streamlit changes the path of imports in one thread while another one asks.
    store = Store.of(random_records(40))
    monkeypatch.setattr(importlib.metadata, "distribution", _forbidden)
    monkeypatch.setattr(importlib.metadata, "entry_points", _forbidden)
    monkeypatch.setattr(importlib.metadata, "version", _forbidden)
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(store.totals, Filter()).result(timeout=30).shown == 40
        assert len(thread.submit(store.table, Filter()).result(timeout=30)) == 40


def _forbidden(*_: object, **__: object) -> None:
    raise AssertionError("no thread must look at what is installed")


def test_rows_are_found_by_their_numbers_over_all_parts(tmp_path):
    file = tmp_path / "some.duckdb"
    with duckdb.connect(str(file)) as connection:
        filled(connection, "incidents")
    engine = duckdb_engine(to_table(random_records(60)), [file])
    ids = engine.column("id").to_pylist()
    assert ids == [*TABLE["id"].to_pylist(), *to_table(random_records(60))["id"].to_pylist()]
    whole = engine.ask(engine.table.select("id", "x"))
    for numbers in ([], [0], [7, 39, 40, 99], [*range(len(ids))]):
        found = engine.rows(np.array(numbers, dtype=np.int64), {"id": "id", "x": "x"})
        assert found.to_pylist() == whole.take(pa.array(numbers, pa.int64())).to_pylist()


def test_many_rows_are_answered_in_their_order():
    # Several threads of DuckDB read a table of more than one group of rows.
    numbers = pa.array(range(300_000))
    many = TABLE.take(pc.bit_wise_and(numbers, 31)).set_column(
        SCHEMA.get_field_index("y"), "y", numbers
    )
    engine = duckdb_engine(many)
    table = engine.table
    assert engine.column("y").to_pylist() == numbers.to_pylist()
    kept = engine.ask(table.select(kept=table.search.contains("a") & (table.y > 150_000)))["kept"]
    expected = pc.and_(pc.match_substring(many["search"], "a"), pc.greater(many["y"], 150_000))
    assert kept.to_pylist() == expected.to_pylist()


def _databases() -> set[str]:
    """The databases that engines of this process hold in memory."""
    memory = engine_module._memory(os.getpid())
    asked = memory.execute("select database_name from duckdb_databases()").fetchall()
    return {name for (name,) in asked if name.startswith("store")}


def test_engines_hold_their_own_rows_side_by_side_and_let_them_go():
    before, few = _databases(), to_table(random_records(7))
    one, other = duckdb_engine(TABLE), duckdb_engine(few)
    assert len(_databases() - before) == 2
    assert one.column("id").to_pylist() == TABLE["id"].to_pylist()
    assert other.column("id").to_pylist() == few["id"].to_pylist()
    # Also to a thread that has not asked before, and while the other goes.
    batches = other.batches()
    assert next(batches).num_rows == len(few)
    del other, batches
    gc.collect()
    assert len(_databases() - before) == 1
    with ThreadPoolExecutor(1) as thread:
        assert len(thread.submit(one.column, "id").result(timeout=30)) == len(TABLE)
    del one
    gc.collect()
    assert _databases() <= before


def test_engines_of_threads_that_come_at_once_share_what_holds_them(monkeypatch):
    both = Barrier(2)

    def connect(name: str):
        both.wait(timeout=30)
        return real(name)

    real = duckdb.connect
    monkeypatch.setattr(engine_module, "_MEMORIES", {})
    monkeypatch.setattr(duckdb, "connect", connect)
    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(engine_module._memory, [1, 1])
    assert one is other


def test_a_process_that_was_forked_has_engines_of_its_own():
    engine = duckdb_engine(TABLE)
    before = _databases()
    process = os.fork()
    if process == 0:  # in which the threads of this DuckDB do not run
        signal.alarm(60)
        is_same = duckdb_engine(TABLE).column("id").to_pylist() == TABLE["id"].to_pylist()
        del engine
        gc.collect()
        os._exit(0 if is_same and len(_databases()) <= 1 else 1)
    assert os.waitpid(process, 0)[1] == 0
    assert _databases() == before
    assert len(engine.column("id")) == len(TABLE)


def test_nothing_of_a_long_answer_is_printed():
    for cursor in (duckdb_engine(TABLE)._cursors, _connection()):
        asked = cursor.execute("select current_setting('enable_progress_bar')")
        assert asked.fetchall() == [(False,)]


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_a_question_carries_the_columns_that_it_names(maker, monkeypatch):
    engine = maker(TABLE)
    sent: list[str] = []
    answer = engine._backend.to_pyarrow

    def note(expression: ir.Table) -> pa.Table:
        sent.append(engine._backend.compile(expression))
        return answer(expression)

    monkeypatch.setattr(engine._backend, "to_pyarrow", note)
    table = engine.table
    titles = TABLE["title"].to_pylist()
    # All columns that a question names are chosen; no more of them come back.
    assert engine.ask(table.select("title")).to_pydict() == {"title": titles}
    found = engine.ask(table.filter(table.is_first).mutate(twice=table.x * 2).select("twice"))
    assert found.column_names == ["twice"]
    assert not any("*" in text.replace("* 2", "") for text in sent)
    # What compares or gives whole rows has them whole.
    assert engine.ask(table.select("country").distinct()).num_rows < len(titles)
    assert engine.ask(table.distinct()).num_rows == TABLE.num_rows
    assert engine.ask(table.distinct().agg(n=_.count()))["n"].to_pylist() == [TABLE.num_rows]
    twice = ibis.union(table, table, distinct=True)
    assert engine.ask(twice.select("country")).num_rows == TABLE.num_rows
    assert engine.ask(table.filter(table.is_first)).schema.names == list(table.columns)
