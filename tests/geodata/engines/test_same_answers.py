"""PostgreSQL answers every question as DuckDB does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from engine_questions import QUESTIONS, random_filters
from plain_loop import random_records
from postgres import Postgres

from geodata.engines import EngineAddress, open_engine, push
from geodata.queries import Filter, Store
from geodata.queries.expressions import ORDERS
from geodata.records import ReadResult
from geodata.workspace import parts_of

FILTERS = 500
# Sorted by the numbers of their letters, whatever their case, and in no language's order.
TITLES = (
    "zebra",
    "Éclair",
    "éclair",
    "Eclair",
    "_x",
    "Apple",
    "apple",
    "Ярмук",
    "ярмук",
    "10",
    "9",
    "ß",
)


@pytest.fixture(scope="module", autouse=True)
def as_many_records() -> Iterator[None]:
    """Few records are asked as many are: by cells, sums in SQL, and records one by one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geodata.queries.store.MOST_POINTS", 40)
        patch.setattr("geodata.queries.store._MOST_ASKED_APART", 0)
        patch.setattr("geodata.queries.catalogue._MOST_HELD", 0)
        yield


@pytest.fixture(scope="module")
def stores(postgres: Postgres, as_many_records: None) -> tuple[Store, Store, Store]:
    """The same records in DuckDB; in PostgreSQL with columns held here; and counted there."""
    records = random_records(240)
    some = [one.but(title=title) for one, title in zip(records.incidents, TITLES, strict=False)]
    records = replace(records, incidents=(*some, *records.incidents[len(some) :]))
    parts, address = parts_of(ReadResult(records)), EngineAddress(postgres.url)
    push(address, "random", parts.engine().batches(), parts.catalogue)
    held = open_engine(address, ["random"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geodata.engines.opening.MOST_ROWS_HELD", 0)
        counted = open_engine(address, ["random"]).store()
    return parts.store(), held.store(), counted


def test_random_filters(stores: tuple[Store, Store, Store]) -> None:
    """Each of 500 filters asks one question, so that each question is asked by two dozen."""
    in_duckdb, *in_postgres = stores
    questions = list(QUESTIONS.items())
    nothing = {name: ask(in_duckdb, Filter(ids=("none",))) for name, ask in questions}
    found = Counter[str]()
    for number, chosen in enumerate(random_filters(FILTERS)):
        name, ask = questions[number % len(questions)]
        expected = ask(in_duckdb, chosen)
        # Two in three are answered with columns held here, the others counted there.
        answer = ask(in_postgres[number // len(questions) % 3 // 2], chosen)
        assert answer == expected, (name, chosen.to_query())
        found[name] += expected != nothing[name]
    # Mostly it is not emptiness that is compared.
    assert found.total() > 0.6 * FILTERS
    assert min(found[name] for name in QUESTIONS) > 5


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_about_everything(stores: tuple[Store, Store, Store], name: str) -> None:
    expected, *answers = (QUESTIONS[name](store, Filter()) for store in stores)
    assert answers == [expected, expected]


@pytest.mark.parametrize("column", ORDERS)
def test_whole_orders_are_the_same(stores: tuple[Store, Store, Store], column: str) -> None:
    for down in (True, False):
        expected, *answers = (
            one.sorted_ids(Filter(), column, down=down, limit=500) for one in stores
        )
        assert answers == [expected, expected]


def test_records_come_back_as_they_were(stores: tuple[Store, Store, Store]) -> None:
    in_duckdb, in_postgres, _ = stores
    assert in_postgres.version == in_duckdb.version
    assert in_postgres.everything() == in_duckdb.everything()
    ids = [one.id for one in in_duckdb.everything().incidents]
    assert [one.id for one in in_postgres.incidents(ids[::-9])] == ids[::-9]
    assert in_postgres.incident(ids[3]) == in_duckdb.incident(ids[3])
    for unknown in ("nothing", "", "one-1\0", "\ud800"):
        assert in_postgres.incident(unknown) is None
