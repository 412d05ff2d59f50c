"""PostgreSQL and a cluster of Spark answer every question as DuckDB does.

Of Spark only `make test-engines` asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from engine_questions import ENGINES, QUESTIONS, as_of_many, random_filters
from plain_loop import random_records
from postgres import Postgres
from spark import Cluster

from geodata.engines import EngineAddress, open_engine, push
from geodata.queries import DateMatch, Filter, Store
from geodata.queries.expressions import ORDERS
from geodata.records import ReadResult
from geodata.workspace import parts_of

# Sorted by the numbers of their letters, whatever their case, and in no language's order.
TITLES = (
    *("zebra", "Éclair", "éclair", "Eclair", "_x", "Apple", "apple", "Ярмук", "ярмук", "10", "9"),
    # A letter that is another at the end of a word, and some that are two to some.
    *("ΣΟΦΟΣ", "σοφοσ", "σοφοσα", "ß", "İz", "iz", "i\u0307z", "IZ", "STRASSE", "Straße"),
)
FILTERS = 500
# Letters that are no other when they are small in any version of Unicode.
TITLES_EVERYWHERE = tuple(one for one in TITLES if "İ" not in one and "Σ" not in one)
# Each stands for something else in some SQL, or in Spark's.
ODD = ("${env:HOME}", "${system:user.name}", "a'b", "a''b", "\\", "\\'; --", "50%_", "\\u0041", '"')


class Asked(NamedTuple):
    """The same records in several engines.

    Attributes:
        in_duckdb: Whose answers are expected.
        held: In an engine, with columns held here.
        counted: In an engine that is asked each question.
        names: What is asked, in turn, of one filter after the other.
        every: Of each question one in so many is asked of `counted`, and the others of `held`.
    """

    in_duckdb: Store
    held: Store
    counted: Store
    names: tuple[str, ...]
    every: int


@pytest.fixture(scope="module", params=ENGINES)
def asked(request: pytest.FixtureRequest) -> Iterator[Asked]:
    titles, names, every = TITLES_EVERYWHERE, tuple(QUESTIONS), 3
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        address = EngineAddress(postgres.url)
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        cluster.start()
        # It takes the cluster a third of a second to answer, however little. A toll asks it six
        # times for each filter, and is asked a third as often as others.
        few = [one for one in QUESTIONS if one != "toll"]
        titles, names, every = TITLES, (*QUESTIONS, *few, *few), 13
        address = EngineAddress(f"{cluster.url}/same")
    with as_of_many() as patch:
        records = random_records(240)
        some: list[Any] = list(records.incidents)
        for at, title in enumerate(titles):
            some[at] = some[at].but(title=title)
        for at, word in enumerate(ODD, len(titles)):
            some[at] = some[at].but(type_of_source=word)
        parts = parts_of(ReadResult(replace(records, incidents=tuple(some))))
        push(address, "random", parts.engine().batches(), parts.catalogue)
        held = open_engine(address, ["random"]).store()
        patch.setattr("geodata.engines.opening.MOST_ROWS_HELD", 0)
        counted = open_engine(address, ["random"]).store()
        yield Asked(parts.store(), held, counted, names, every)


def seek_together(store: Store, filters: list[Filter]) -> None:
    """Have a store find what all parts of some filters keep, with few questions to its engine."""
    asked: Any = store._questions
    both = [two for one in filters for two in (one, one.matching(DateMatch.CERTAIN))]
    parts = dict.fromkeys(part for one in both for part in one.apart(is_timed=asked._is_timed))
    asked._masks.each([one for one in parts if one != Filter()])


def test_random_filters(asked: Asked) -> None:
    """Each of many filters asks one question, so that each question is asked by several."""
    filters = random_filters(FILTERS)
    none = Filter(ids=("none",))
    nothing = {name: ask(asked.in_duckdb, none) for name, ask in QUESTIONS.items()}
    times, found, counted = Counter[str](), Counter[str](), Counter[str]()
    seek_together(asked.held, filters)
    for number, chosen in enumerate(filters):
        name = asked.names[number % len(asked.names)]
        ask = QUESTIONS[name]
        expected = ask(asked.in_duckdb, chosen)
        # Most are answered with columns held here, the others counted there.
        is_counted = times[name] % asked.every == 2
        times[name] += 1
        answer = ask(asked.counted if is_counted else asked.held, chosen)
        assert answer == expected, (name, chosen.to_query())
        found[name] += expected != nothing[name]
        counted[name] += is_counted
    # Mostly it is not emptiness that is compared.
    assert found.total() > 0.6 * FILTERS
    assert min(found[name] for name in QUESTIONS) > FILTERS / 100
    assert counted.keys() == QUESTIONS.keys()
    assert counted.total() >= 2 * len(QUESTIONS) - 2


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_about_everything(asked: Asked, name: str) -> None:
    expected = QUESTIONS[name](asked.in_duckdb, Filter())
    assert QUESTIONS[name](asked.held, Filter()) == expected
    assert QUESTIONS[name](asked.counted, Filter()) == expected


@pytest.mark.parametrize("column", ORDERS)
def test_whole_orders_are_the_same(asked: Asked, column: str) -> None:
    for down in (True, False):
        expected, *answers = (
            one.sorted_ids(Filter(), column, down=down, limit=500)
            for one in (asked.in_duckdb, asked.held, asked.counted)
        )
        assert answers == [expected, expected]


def test_letters_stand_for_themselves(asked: Asked) -> None:
    for word in ODD:
        chosen = Filter(source_types=(word,))
        expected = asked.in_duckdb.ids(chosen)
        assert asked.held.ids(chosen) == expected, word
        assert asked.counted.ids(chosen) == expected, word
        assert len(expected) == 1, word


def test_records_come_back_as_they_were(asked: Asked) -> None:
    expected, found = asked.in_duckdb, asked.held
    assert found.version == expected.version
    assert found.everything() == expected.everything()
    ids = [one.id for one in expected.everything().incidents]
    assert [one.id for one in found.incidents(ids[::-9])] == ids[::-9]
    assert found.incident(ids[3]) == expected.incident(ids[3])
    for unknown in ("nothing", "", "one-1\0", "\ud800", "'; --"):
        assert found.incident(unknown) is None
