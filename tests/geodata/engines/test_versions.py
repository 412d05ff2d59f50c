"""A pushed dataset has its versions beside it, and each answers as the workspace's own does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from engine_questions import ENGINES, QUESTIONS
from postgres import Postgres
from spark import Cluster
from versioned import FIRST, KABUL, SECOND, Clock
from versioned import put as put_table

from geodata import read_records
from geodata.engines import (
    EngineAddress,
    EngineParts,
    Version,
    open_engine,
    push,
    push_versions,
    pushed_datasets,
    remove_pushed,
)
from geodata.engines.connections import Connections
from geodata.engines.versions import (
    Kept,
    Noted,
    answered_by,
    noted_after,
    version_to_go,
    versions_of,
)
from geodata.errors import ReplacedError, StoreError
from geodata.queries import Filter, Store
from geodata.workspace import Dataset, Workspace, open_parts

# One changes, one goes and comes back, one comes to stay.
THIRD = f"{FIRST.replace('69.2 | 3', '69.2 | 7')}5  | 2024-02-01 | Kabul | 34.5  | 69.2 | 9\n"
FILTERS = [Filter(), Filter.from_query("country=AF"), Filter.from_query("q=kabul&deaths_min=4")]


@pytest.fixture(params=ENGINES)
def address(request: pytest.FixtureRequest) -> Iterator[EngineAddress]:
    """An engine that holds nothing."""
    if request.param == "postgresql":
        postgres: Postgres = request.getfixturevalue("postgres")
        postgres.clear()
        yield EngineAddress(postgres.url)
        postgres.clear()
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    cluster.start()
    cluster.clear()
    yield EngineAddress(cluster.url)
    cluster.clear()


@pytest.fixture
def dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """One of three versions, some days apart."""
    Clock.stop(monkeypatch)
    for at, table in enumerate((FIRST, SECOND, THIRD)):
        dataset = put_table(Workspace(tmp_path / "work"), table, KABUL + timedelta(days=5 * at))
    return dataset


def store_of(dataset: Dataset) -> Store:
    return open_parts([dataset.folder], read_records).store()


def put(address: EngineAddress, *kept: Dataset) -> int:
    """Push some versions, and return how many older ones are there."""
    versions = []
    for one in kept:
        parts = open_parts([one.folder], read_records)
        rows: Callable[[], Iterator] = parts.engine().batches  # type: ignore[type-arg]
        versions.append(Version(one.since.isoformat(), parts.catalogue, rows))
    return push_versions(address, kept[-1].name, versions).older


def states(parts: EngineParts) -> list[int]:
    return [one.state for one in parts.versions]


def test_each_version_answers_each_question_as_in_the_workspace(
    address: EngineAddress, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert put(address, *dataset.versions()) == 2
    held = open_engine(address)
    monkeypatch.setattr("geodata.engines.opening.MOST_ROWS_HELD", 0)
    counted = open_engine(address)
    # The cluster takes seconds for a list of questions.
    names = list(QUESTIONS) if address.spark is None else list(QUESTIONS)[::4]
    seen = set()
    for at, one in enumerate(dataset.versions()):
        expected = store_of(one)
        for parts in (held, counted):
            store = parts.of_version(parts.versions[at]).store()
            assert store.version == expected.version
            assert store.everything() == expected.everything()
            for name in names:
                for chosen in FILTERS:
                    answer = QUESTIONS[name](store, chosen)
                    assert answer == QUESTIONS[name](expected, chosen), (at, name, chosen)
        seen.add(expected.version)
        assert held.versions[at].came == one.since
    assert len(seen) == 3
    assert held.of_version(held.versions[-1]) is held


@pytest.mark.parametrize("at", [0, -1])
def test_days_of_one_version_hold_it_once(
    at: int, postgres: Postgres, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres.clear()
    address = EngineAddress(postgres.url)
    put(address, *dataset.versions())
    parts, asked, ask_bytes = open_engine(address), [], Connections.ask_bytes
    opened = [parts.of_version(parts.versions[at]) for _ in range(4)]
    days = [one.store(known=KABUL.date() + timedelta(days=at)) for at, one in enumerate(opened)]

    def ask(self: Connections, query: str) -> bytes:
        asked.append(query)
        return ask_bytes(self, query)

    # Columns of numbers come as bytes.
    monkeypatch.setattr(Connections, "ask_bytes", ask)
    first = [days[0].facets(Filter()), days[0].histogram(Filter())]
    assert asked
    asked.clear()
    for one in days[1:]:
        assert [one.facets(Filter()), one.histogram(Filter())] == first
    assert not asked
    postgres.clear()


def test_versions_stay_as_long_as_the_dataset_keeps_them(
    address: EngineAddress, dataset: Dataset
) -> None:
    first, second, third = dataset.versions()
    put(address, first)
    (state,) = states(open_engine(address))
    put(address, first, second, third)
    before = open_engine(address)
    # What was there is left as it was, and the one between comes beside it.
    assert states(before)[0] == state
    assert len(set(states(before))) == 3
    old = before.of_version(before.versions[0]).store()
    put(address, second, third)
    now = open_engine(address)
    assert states(now)[0] == states(before)[1]
    assert len(now.versions) == 2
    # Who reads what was removed goes on, until yet another push.
    assert old.ids(Filter()) == store_of(first).ids(Filter())
    put(address, second, third)
    for gone in (0, 2):
        with pytest.raises(ReplacedError):
            before.of_version(before.versions[gone]).everything()
    assert open_engine(address).of_version(now.versions[0]).count == second.manifest().incidents


def test_a_push_without_days_has_no_versions(address: EngineAddress, dataset: Dataset) -> None:
    put(address, *dataset.versions())
    parts = open_parts([dataset.folder], read_records)
    push(address, "own", parts.engine().batches(), parts.catalogue)
    assert open_engine(address).versions == ()
    # They are there still, and are not made once more.
    put(address, *dataset.versions())
    now = open_engine(address)
    assert len(now.versions) == 3
    old = now.of_version(now.versions[0])
    gone = remove_pushed(address, "own", now.versions[0].since)
    assert gone == now.versions[0]
    with pytest.raises(ReplacedError):
        old.everything()
    assert now.shown() != now.pushed
    assert now.everything() == store_of(dataset).everything()
    again = open_engine(address)
    assert again.versions == now.versions[1:]
    (listed,) = pushed_datasets(address)
    assert (*listed.older, listed.shown) == now.versions[1:]
    assert min(listed.sizes.values()) > 1_000
    assert remove_pushed(address, "own") is None
    assert now.shown() is None
    assert pushed_datasets(address) == []
    with pytest.raises(ReplacedError):
        again.everything()


def test_a_database_of_an_earlier_program_is_read_and_written(
    postgres: Postgres, dataset: Dataset
) -> None:
    postgres.clear()
    address, (first, second, third) = EngineAddress(postgres.url), dataset.versions()
    put(address, first, second)
    with psycopg.connect(address.text, autocommit=True) as connection:
        connection.execute("alter table mapview.datasets drop column versions")
        assert open_engine(address).versions == ()
        put(address, first, second, third)
        parts = open_engine(address)
        assert len(parts.versions) == 3
        # It knows nothing of versions, and drops tables of theirs.
        connection.execute("update mapview.datasets set state = state_before")
        assert open_engine(address).versions == ()
        for table in ("incidents", "records", "context"):
            connection.execute(f"drop table mapview.{table}_{parts.versions[0].state}")
    put(address, first, second, third)
    again = open_engine(address)
    assert states(again)[0] != states(parts)[0]
    assert states(again)[1] == states(parts)[1]
    oldest = again.of_version(again.versions[0])
    assert oldest.everything() == store_of(first).everything()
    postgres.clear()


def test_a_version_of_another_layout_is_told_so(postgres: Postgres, dataset: Dataset) -> None:
    postgres.clear()
    address = EngineAddress(postgres.url)
    put(address, *dataset.versions())
    parts = open_engine(address)
    with pytest.raises(StoreError, match="got layout 99; push it again"):
        parts.of_version(replace(parts.versions[0], layout=99))
    postgres.clear()


def test_what_goes_stays_for_one_push() -> None:
    kept = [Kept(f"2026-01-0{at}", f"v{at}", at, 1, 1) for at in range(1, 5)]
    text, over = noted_after(Noted(2, None, tuple(kept[:2])), [kept[2]])
    assert over == []
    noted = versions_of(text, "x")
    assert [(one.state, one.is_gone) for one in noted] == [(1, True), (2, True), (3, False)]
    assert answered_by(noted, 3) == (kept[2],)
    assert answered_by(noted, 2) == ()
    text, over = noted_after(Noted(3, 2, noted), [kept[2], kept[3]])
    assert over == [1, 2]
    assert [one.state for one in versions_of(text, "x")] == [3, 4]


def test_a_version_goes_with_all_that_pushes_have_left_of_it() -> None:
    old, now = (Kept(f"2026-01-0{at}", f"{at}" * 8, at, 1, 1) for at in (1, 2))
    copies = [replace(one, state=one.state + 5, is_gone=True) for one in (old, now)]
    noted = Noted(2, 7, (*copies, old, now))
    assert version_to_go(noted, "11111", "own") == [copies[0], old]
    rest = noted.without({6, 1})
    assert (rest.state_before, rest.versions) == (7, (copies[1], now))
    assert noted.without({7}).state_before is None
    with pytest.raises(StoreError, match="is what is shown"):
        version_to_go(noted, "2026-01-02", "own")
    with pytest.raises(StoreError, match="which is 2 of them"):
        version_to_go(noted, "2026", "own")


@pytest.mark.parametrize(
    "change",
    [{"state": "1/../.."}, {"state": True}, {"since": "soon"}, {"rows": None}, {"more": 1}],
)
def test_damaged_versions_are_told_in_a_sentence(change: dict[str, object]) -> None:
    whole = {"since": "2026-01-01", "version": "v", "state": 1, "incidents": 1, "rows": 1}
    assert versions_of(json.dumps([whole]), "x")[0].state == 1
    for text in (json.dumps([{**whole, **change}]), "{", "{}", "[1]"):
        with pytest.raises(StoreError, match="x must say which versions there are"):
            versions_of(text, "x")
