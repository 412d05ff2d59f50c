"""A cluster of Spark answers as DuckDB does; only `make test-engines` runs it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import spark
from engine_questions import QUESTIONS, random_filters
from plain_loop import random_records

from geodata.queries import RecordsCatalogue, Store, to_table

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]
# A question takes half a second and more.
FILTERS = 100
RECORDS = random_records(240)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    table = to_table(RECORDS)
    with (
        pytest.MonkeyPatch.context() as patch,
        spark.running(table, tmp_path_factory.mktemp("spark")) as (engine, _),
    ):
        patch.setattr("geodata.queries.store.MOST_POINTS", 40)
        patch.setattr("geodata.queries.store._MOST_ASKED_APART", 0)
        yield Store.of(RECORDS, table), Store(engine, RecordsCatalogue(RECORDS))


def test_random_filters(stores: tuple[Store, Store]) -> None:
    questions = list(QUESTIONS.items())
    for number, chosen in enumerate(random_filters(FILTERS)):
        name, ask = questions[number % len(questions)]
        in_duckdb, in_spark = (ask(store, chosen) for store in stores)
        assert in_spark == in_duckdb, (name, chosen.to_query())
