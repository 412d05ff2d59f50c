"""A view that is told from regions is what the rows say, and asks nobody a second time."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pytest
from engine_questions import on_lines, random_filters
from plain_loop import random_records

from geodata.errors import EngineError
from geodata.geodesy import WORLD_BITS, MercatorBox
from geodata.queries.answers import Cells, Points
from geodata.queries.asked import HeldQuestions, Questions, cell_shift
from geodata.queries.asked import regions as regions_of
from geodata.queries.engine import DuckDBEngine, Engine, duckdb_engine
from geodata.queries.filters import DateMatch, Filter
from geodata.queries.table import to_table

SIDE = 2**WORLD_BITS - 1
WORLD = MercatorBox(0, 0, SIDE, SIDE)
RECORDS = random_records(240)
OWN = ("Armed clash",)
MOST = 4
VIEWS = 60


TABLE = on_lines(to_table(RECORDS))


class Watched:
    """Questions to an engine that counts how often it is asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        engine = duckdb_engine(TABLE)
        self.questions = Questions(engine, RECORDS.resolve_groups)
        self.held = HeldQuestions(engine, self.questions.kept, self.questions.keys(), is_timed=True)
        self.times = 0
        self.is_counted = False
        self.slow = 0.0
        self.is_lost = False
        ask = DuckDBEngine.ask

        def counted(self_: DuckDBEngine, expression: ir.Table) -> pa.Table:
            self.times += self.is_counted
            time.sleep(self.slow)
            if self.is_lost:
                raise EngineError("nobody is there")
            return ask(self_, expression)

        monkeypatch.setattr(DuckDBEngine, "ask", counted)

    def view(self, *asked: Any) -> tuple[Points | Cells, int]:
        """Return a view, which columns in memory tell alike, and how often the engine is asked."""
        expected, self.times, self.is_counted = self.held.view(*asked), 0, True
        try:
            answer = self.questions.view(*asked)
        finally:
            self.is_counted = False
        assert answer == expected, asked
        return answer, self.times


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(monkeypatch)


def stricter(chosen: Filter) -> Filter | None:
    is_needed = chosen.date_match is DateMatch.POSSIBLE
    return chosen.matching(DateMatch.CERTAIN) if is_needed else None


def a_view(chance: random.Random, shift: int) -> MercatorBox:
    """A box as a map asks for it around one of the places, up to the first lines beyond."""
    at = chance.choice([n for n, one in enumerate(TABLE["is_mappable"].to_pylist()) if one])
    edges = []
    for name in ("x", "y"):
        cell = TABLE[name][at].as_py() >> shift
        first = max(cell - chance.randrange(12), 0) << shift
        last = min((cell + 1 + chance.randrange(12)) << shift, SIDE)
        edges.append((first, last - (last < SIDE and chance.random() < 0.3)))
    (x0, x1), (y0, y1) = edges
    return MercatorBox(x0, y0, x1, y1)


def test_whatever_is_told_is_what_the_rows_say(watched: Watched) -> None:
    chance, told = random.Random(15), Counter[str]()
    some = random_filters(20)
    for _ in range(VIEWS):
        chosen, shift = chance.choice(some), cell_shift(chance.choice((0, 1, 3, 5, 6, 7, 9, 12)))
        asked = (chosen, stricter(chosen), a_view(chance, shift), shift, MOST, OWN)
        answer, times = watched.view(*asked)
        told[f"{type(answer).__name__} {not times} {bool(answer.total)}"] += 1
    assert min(told[f"Cells {known} True"] for known in (True, False)) > VIEWS / 20, told
    assert min(told[f"Points {known} True"] for known in (True, False)) > VIEWS / 20, told


@pytest.mark.parametrize(
    "text",
    [
        "",
        "country=AF",
        "q=bomb",
        "from=2018-03-05",
        "bounds=-60,-40,90,60",
        "from=2018&bounds=0,0,90,60",
    ],
)
def test_who_pans_and_zooms_asks_nobody_again(watched: Watched, text: str) -> None:
    chosen = Filter.from_query(text)
    sure = stricter(chosen)
    first, times = watched.view(chosen, sure, WORLD, cell_shift(2), 0, OWN)
    assert isinstance(first, Cells)
    assert times
    watched.view(chosen, sure, WORLD, cell_shift(2), first.total, OWN)
    kinds = Counter[type]()
    chance = random.Random(3)
    for _ in range(40):
        shift = cell_shift(chance.randrange(7))
        box = a_view(chance, shift)
        answer, times = watched.view(chosen, sure, box, shift, 3, OWN)
        kinds[type(answer)] += 1
        assert not times
    assert len(kinds) == 2
    # What is closer lies in other regions.
    shift = cell_shift(7)
    assert watched.view(chosen, sure, a_view(chance, shift), shift, 3, OWN)[1]


def test_what_is_of_no_region_is_asked_each_time(watched: Watched) -> None:
    shift = cell_shift(2)
    across = MercatorBox(5, 0, SIDE, SIDE)
    for box, at in ((across, shift), (WORLD, cell_shift(12)), (replace(WORLD, x1=-1), shift)):
        asked = (Filter(), None, box, at, MOST, OWN)
        assert all(watched.view(*asked)[1] for _ in range(2))


def test_many_told_one_by_one_are_not_kept(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regions_of, "_MOST_LISTED", 20)
    asked = (Filter(), None, WORLD, cell_shift(2), 1_000, OWN)
    for _ in range(2):
        found, times = watched.view(*asked)
        assert isinstance(found, Points)
        assert found.total > 100
        assert times


def test_no_more_is_kept_than_there_is_room_for(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [(one, None, WORLD, cell_shift(2), 0, OWN) for one in random_filters(12)]
    monkeypatch.setattr(regions_of, "_MOST_ROWS", 300)
    kept = watched.questions._regions
    for _ in range(2):
        assert sum(watched.view(*one)[1] for one in asked) >= 6
        # The last stays the longest.
        assert not watched.view(*asked[-1])[1]
        assert sum(one.num_rows + 1 for one in kept._kept.values()) == kept._rows
        assert kept._rows <= 300


def test_two_who_ask_the_same_are_answered_by_one_question(watched: Watched) -> None:
    asked = (Filter(), None, WORLD, cell_shift(2), 0, OWN)
    watched.slow = 0.05
    watched.is_counted = True
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: watched.questions.view(*asked), range(4)))
    watched.is_counted = False
    assert watched.times == 1
    assert answers == [watched.held.view(*asked)] * 4


def test_an_engine_that_is_away_is_asked_again_and_what_is_known_stays(watched: Watched) -> None:
    known, new = (
        (Filter.from_query(text), None, WORLD, cell_shift(2), 0, OWN) for text in ("", "q=bomb")
    )
    first = watched.questions.view(*known)
    watched.is_lost = True
    with pytest.raises(EngineError):
        watched.questions.view(*new)
    assert watched.questions.view(*known) == first
    watched.is_lost = False
    assert watched.questions.view(*new) == watched.held.view(*new)


def rows_within(boxes: Sequence[MercatorBox]) -> int:
    """Return how many rows are drawn within some boxes."""
    x, y = (np.array(TABLE[name].to_pylist(), dtype=float) for name in ("x", "y"))
    met = [(x >= one.x0) & (x <= one.x1) & (y >= one.y0) & (y <= one.y1) for one in boxes]
    return int(np.any(met, axis=0).sum())


def is_near(engine: Engine, monkeypatch: pytest.MonkeyPatch, unit: int) -> Counter[str]:
    """Have rows up to a number be near; return who is asked how often from now on."""
    near, times = duckdb_engine(TABLE), Counter[str]()
    ask = DuckDBEngine.ask

    def counted(self: DuckDBEngine, expression: ir.Table) -> pa.Table:
        times["near" if self is near else "engine"] += 1
        return ask(self, expression)

    monkeypatch.setattr(DuckDBEngine, "ask", counted)
    monkeypatch.setattr(
        engine,
        "near",
        lambda boxes, *, times: near if rows_within(boxes) <= times * unit else engine,
    )
    return times


HALF = replace(WORLD, x1=SIDE >> 1)


@pytest.mark.parametrize(
    ("per_view", "first", "anew"),
    [
        # Near, and so asked each time.
        (1, "near", 1),
        # Its region is read from what is near, and known then.
        (2, "near", 0),
        # The region is too much for that: the view is not, and does not wait for the engine.
        (3, "near", 1),
        # Neither is near.
        (8, "engine", 0),
    ],
)
def test_the_engine_is_asked_only_where_nothing_near_does(
    monkeypatch: pytest.MonkeyPatch, per_view: int, first: str, anew: int
) -> None:
    engine = duckdb_engine(TABLE)
    questions = Questions(duckdb_engine(TABLE), RECORDS.resolve_groups)
    unit = -(-rows_within([HALF]) // per_view)
    # The region is the world here.
    once = rows_within([WORLD]) if per_view == 2 else 0
    monkeypatch.setattr("geodata.queries.asked.questions._ONCE", once)
    asked = (Filter(), None, HALF, cell_shift(2), 0, OWN)
    expected = questions.view(*asked)
    questions = Questions(engine, RECORDS.resolve_groups)
    times = is_near(engine, monkeypatch, unit)
    assert questions.view(*asked) == expected
    assert times == {first: 1}
    times.clear()
    assert questions.view(*asked) == expected
    assert times == ({first: anew} if anew else {})


def test_a_view_that_is_near_waits_for_no_region_that_another_has_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = duckdb_engine(TABLE)
    questions = Questions(duckdb_engine(TABLE), RECORDS.resolve_groups)
    near_by, whole = ((Filter(), None, box, cell_shift(2), 0, OWN) for box in (HALF, WORLD))
    expected = questions.view(*near_by)
    questions = Questions(engine, RECORDS.resolve_groups)
    monkeypatch.setattr("geodata.queries.asked.questions._RATHER_NEAR", 1)
    monkeypatch.setattr("geodata.queries.asked.questions._ONCE", 1)
    is_near(engine, monkeypatch, rows_within([HALF]))
    with held_up(engine, monkeypatch) as pool:
        first = pool.ask(questions.view, *whole)
        assert pool.submit(questions.view, *near_by).result(10) == expected
        assert not first.done()


class Asking(ThreadPoolExecutor):
    """Threads that ask an engine whose answers come once the first of them may end."""

    def __init__(self, begun: Event) -> None:
        super().__init__(2)
        self._begun = begun

    def ask(self, view: Any, *asked: Any) -> Future[Any]:
        """Ask for a view, until the engine is at it."""
        answer = self.submit(view, *asked)
        assert self._begun.wait(60)
        return answer


@contextmanager
def held_up(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asking]:
    """Have an engine answer nothing before the block ends."""
    begun, may_end, ask = Event(), Event(), DuckDBEngine.ask

    def slow(self: DuckDBEngine, expression: ir.Table) -> pa.Table:
        if self is engine:
            begun.set()
            assert may_end.wait(60)
        return ask(self, expression)

    monkeypatch.setattr(DuckDBEngine, "ask", slow)
    with Asking(begun) as pool:
        try:
            yield pool
        finally:
            may_end.set()


def test_a_region_waits_for_no_other_of_its_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    engine, near = duckdb_engine(TABLE), duckdb_engine(TABLE)
    questions = Questions(duckdb_engine(TABLE), RECORDS.resolve_groups)
    side = 1 << 28
    west, east = (MercatorBox(x, 2 * side, x + side - 1, 4 * side - 1) for x in (0, 5 * side))
    asked = [(Filter(), None, box, cell_shift(7), 0, OWN) for box in (west, east)]
    expected = questions.view(*asked[1])
    assert expected.total
    questions = Questions(engine, RECORDS.resolve_groups)

    def of_the_east(boxes: Sequence[MercatorBox], *, times: int) -> Engine:
        return near if times > 3 and boxes[0].x0 >= east.x0 else engine

    monkeypatch.setattr(engine, "near", of_the_east)
    with held_up(engine, monkeypatch) as pool:
        first = pool.ask(questions.view, *asked[0])
        assert pool.submit(questions.view, *asked[1]).result(10) == expected
        assert not first.done()


def test_what_was_counted_is_shared_by_all_who_ask_the_same_of_an_engine() -> None:
    engine, others = duckdb_engine(TABLE), random_records(3)
    one, same = (Questions(engine, RECORDS.resolve_groups) for _ in range(2))
    assert one._regions is same._regions
    # By other groups a filter finds other records.
    assert Questions(engine, others.resolve_groups)._regions is not one._regions
