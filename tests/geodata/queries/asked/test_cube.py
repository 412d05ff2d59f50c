"""A cube answers a view as the rows do that it was counted from, or leaves it to them."""

from __future__ import annotations

import random
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from engine_questions import on_lines, random_filters
from plain_loop import random_records

from geodata.geodesy import WORLD_BITS, MercatorBox
from geodata.queries.answers import Cells, Points
from geodata.queries.asked import (
    Cube,
    HeldQuestions,
    Questions,
    cell_shift,
    counting,
    open_cube,
    write_cube,
)
from geodata.queries.asked import cube as cube_of
from geodata.queries.engine import DuckDBEngine, duckdb_engine
from geodata.queries.filters import DateMatch, Filter
from geodata.queries.store import Store
from geodata.queries.table import to_table
from geodata.records import EventType

SIDE = 2**WORLD_BITS - 1
WORLD = MercatorBox(0, 0, SIDE, SIDE)
MOST = 30
VIEWS = 300
MONTHS = [date(year, month, 1) for year in range(2014, 2025) for month in range(1, 13)]


RECORDS = random_records(240)
TABLE = on_lines(to_table(RECORDS))
OWN = ("Armed clash",)


@pytest.fixture(scope="module", autouse=True)
def as_many_records() -> Iterator[None]:
    """Few records are counted as many are: a cube is no smaller than these."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "_LEAST_SAVED", 1)
        yield


@pytest.fixture(scope="module")
def engine() -> DuckDBEngine:
    return duckdb_engine(TABLE)


@pytest.fixture(scope="module")
def cube(engine: DuckDBEngine, as_many_records: None, tmp_path_factory: Any) -> Cube:
    path = tmp_path_factory.mktemp("cube") / "it's a cube"
    assert write_cube(path, engine, "one", TABLE.num_rows)
    found = open_cube(path, "one")
    assert found
    return found


def of_months(chance: random.Random) -> Filter:
    """A filter that a cube can tell; its period may be open."""
    first, last = sorted(chance.sample(MONTHS, 2))
    given: dict[str, Any] = {}
    if chance.random() < 0.6:
        given["start"] = first
    if chance.random() < 0.6:
        given["end"] = last.replace(day=monthrange(last.year, last.month)[1])
    if chance.random() < 0.4:
        given["event_types"] = tuple(chance.sample(list(EventType), chance.randint(1, 4)))
    if given and chance.random() < 0.3:
        given["date_match"] = DateMatch.CERTAIN
    return Filter(**given, base_areas=chance.random() < 0.8)


def box_of_cells(chance: random.Random, shift: int) -> MercatorBox:
    """A box as a map asks for it: up to the first line of the next cells, or the world's end."""
    edges = []
    for _ in range(2):
        first, end = sorted(chance.choices(range((1 << WORLD_BITS - shift) + 1), k=2))
        first = 0 if chance.random() < 0.4 else first
        last = min(end << shift, SIDE) if chance.random() < 0.6 else SIDE
        edges.append((min(first << shift, last >> shift << shift), last - (chance.random() < 0.2)))
    (x0, x1), (y0, y1) = edges
    return MercatorBox(x0, y0, x1, y1)


def stricter(chosen: Filter) -> Filter | None:
    is_needed = chosen.date_match is DateMatch.POSSIBLE and (chosen.start or chosen.end)
    return chosen.matching(DateMatch.CERTAIN) if is_needed else None


def test_whatever_it_answers_is_what_the_rows_say(engine: DuckDBEngine, cube: Cube) -> None:
    chance = random.Random(15)
    by_engine = Questions(engine, RECORDS.resolve_groups)
    held = HeldQuestions(engine, by_engine.kept, by_engine.keys(), is_timed=True)
    others = iter(random_filters(VIEWS))
    told = Counter[str]()
    for number in range(VIEWS):
        chosen = of_months(chance) if number % 4 else next(others)
        shift = cell_shift(chance.choice((0, 1, 2, 3, 4, 5)))
        asked = (chosen, stricter(chosen), box_of_cells(chance, shift), shift, MOST, OWN)
        answer = cube.view(*asked)
        if answer is None:
            told["left"] += 1
            continue
        told[f"{type(answer).__name__} {len(chosen.asked())} {bool(asked[1])}"] += 1
        assert answer == by_engine.view(*asked), chosen.to_query()
        assert answer == held.view(*asked), chosen.to_query()
    # It is not emptiness that is compared, nor the same kind of filter.
    assert sum(n for name, n in told.items() if name.startswith("Cells")) > VIEWS / 6, told
    assert len(told) > 7, told


@pytest.mark.parametrize(
    "text",
    [
        "from=2018-01-02", "to=2018-01-30", "country=AF", "q=bomb", "group=iskp", "role=actor",
        "status=foiled", "record=one-1", "bounds=0,0,9,9", "deaths_min=1", "precision=site",
        "source_type=Other", "attribution=claimed", "within=circle:0,0,500", "known=2020-01-01",
    ],
)  # fmt: skip
def test_it_leaves_to_the_rows_what_it_was_not_counted_by(cube: Cube, text: str) -> None:
    asked = Filter.from_query(text)
    assert cube.view(asked, stricter(asked), WORLD, cell_shift(2), 0, OWN) is None
    more = Filter.from_query(f"{text}&type=bombing")
    assert cube.view(more, stricter(more), WORLD, cell_shift(2), 0, OWN) is None


def test_it_leaves_to_the_rows_what_is_too_close_or_crosses_cells(cube: Cube) -> None:
    shift = cell_shift(2)
    cell = 1 << shift
    whole = MercatorBox(cell, cell, 3 * cell, 4 * cell)
    assert cube.view(Filter(), None, whole, shift, 0, OWN) is not None
    for other in (
        replace(whole, x0=cell + 1), replace(whole, y0=cell - 1),
        replace(whole, x1=3 * cell + 1), replace(whole, y1=4 * cell - 2),
    ):  # fmt: skip
        assert cube.view(Filter(), None, other, shift, 0, OWN) is None
    assert cube.view(Filter(), None, WORLD, cell_shift(13), 0, OWN) is None


def test_it_leaves_to_the_rows_what_is_told_one_by_one(cube: Cube) -> None:
    found = cube.view(Filter(), None, WORLD, cell_shift(0), 0, OWN)
    assert isinstance(found, Cells)
    assert cube.view(Filter(), None, WORLD, cell_shift(0), found.total, OWN) is None
    # Other types stand for themselves than when it was counted.
    assert cube.view(Filter(), None, WORLD, cell_shift(0), 0, ("Other",)) is None
    nothing = Filter(start=date(1900, 1, 1), end=date(1900, 1, 31), date_match=DateMatch.CERTAIN)
    empty = cube.view(nothing, None, WORLD, cell_shift(0), MOST, OWN)
    assert isinstance(empty, Points)
    assert empty.total == 0


def test_what_was_opened_is_there_or_nothing_is_told(cube: Cube, tmp_path: Path) -> None:
    del cube

    def gone() -> None:
        raise LookupError

    write_cube(tmp_path / "cube", duckdb_engine(TABLE), "one", TABLE.num_rows)
    found = open_cube(tmp_path / "cube", "one", gone)
    assert found
    with pytest.raises(LookupError):
        found.view(Filter(), None, WORLD, cell_shift(0), 0, OWN)


def test_a_cube_of_other_data_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cube"
    assert open_cube(path, "one") is None
    write_cube(path, duckdb_engine(TABLE), "one", TABLE.num_rows)
    assert open_cube(path, "one")
    for other in ("two", "", "One"):
        assert open_cube(path, other) is None
    monkeypatch.setattr(cube_of, "LAYOUT", 99)
    assert open_cube(path, "one") is None


@pytest.mark.parametrize(
    "told", ["", "[1]", "\udcff", '{"layout": 2, "version": "one"}', '{"layout": 2, "version": 1}']
)
def test_what_is_no_cube_is_none(tmp_path: Path, told: str) -> None:
    path = tmp_path / "cube"
    write_cube(path, duckdb_engine(TABLE), "one", TABLE.num_rows)
    (path / cube_of.TOLD).write_bytes(told.encode(errors="surrogateescape"))
    assert open_cube(path, "one") is None


@pytest.mark.parametrize("damage", ["bytes", "column", "none"])
def test_a_damaged_cube_leaves_all_to_the_rows(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    path = tmp_path / "cube"
    write_cube(path, duckdb_engine(TABLE), "one", TABLE.num_rows)
    file = path / cube_of.level_name(cube_of.WHOLE, cell_shift(0))
    content = file.read_bytes()
    footer = int.from_bytes(content[-8:-4], "little") + 8
    if damage == "bytes":
        file.write_bytes(b"PAR1" + b"\xff" * (len(content) - footer - 4) + content[-footer:])
    elif damage == "column":
        pq.write_table(pq.read_table(file).drop_columns(["n"]), file)
    else:
        file.unlink()
    found = open_cube(path, "one")
    assert found
    for _ in range(2):
        assert found.view(Filter(), None, WORLD, cell_shift(0), 0, OWN) is None
    assert caplog.text.count("a cube cannot be read") == 1


def test_few_rows_have_no_cube(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_LEAST_SAVED", 300)
    engine = duckdb_engine(TABLE)
    assert write_cube(tmp_path / "cube", engine, "one", TABLE.num_rows) == 0
    found = open_cube(tmp_path / "cube", "one")
    assert found
    assert found.view(Filter(), None, WORLD, cell_shift(0), 0, OWN) is None


def test_a_store_asks_it_first(cube: Cube, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.queries.store.MOST_POINTS", MOST)
    plain = Store.of(RECORDS, TABLE)
    assert plain.own_types == OWN
    counted = Store(duckdb_engine(TABLE), plain._catalogue, cube=cube)
    monkeypatch.setattr(counted._questions, "view", None)
    chosen = Filter(start=date(2016, 1, 1))
    assert counted.view(chosen, 2, WORLD) == plain.view(chosen, 2, WORLD)
    with pytest.raises(TypeError):
        counted.view(Filter(start=date(2016, 1, 2)), 2, WORLD)
