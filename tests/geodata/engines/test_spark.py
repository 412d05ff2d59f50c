"""A cluster of Spark answers as DuckDB does, whoever is lost; only `make test-engines` runs it."""

from __future__ import annotations

import json
import logging
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from columnar_datasets import make_dataset
from engine_questions import WORLD, as_of_many, random_filters
from fixed_records import HOSTILE, everything, incident
from plain_loop import random_records
from spark import Cluster

from geodata import read_records
from geodata.engines import EngineAddress, open_engine, push
from geodata.engines.spark import sessions as sessions_of
from geodata.errors import EngineError, ReplacedError, StoreError
from geodata.queries import Filter, MercatorBox, Store, duckdb_engine, to_table, write_cube
from geodata.records import EventType, ReadResult, Records
from geodata.workspace import open_parts, parts_of

pytestmark = [
    pytest.mark.spark,
    # It reads a password of its own, and leaves sockets to whoever collects them.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]


@pytest.fixture(scope="module", autouse=True)
def as_many_records() -> Iterator[None]:
    with as_of_many():
        yield


@pytest.fixture
def address(cluster: Cluster) -> Iterator[EngineAddress]:
    """An engine with a master and two workers, that holds nothing."""
    cluster.start()
    cluster.clear()
    yield EngineAddress(cluster.url)
    cluster.clear()


@pytest.fixture(scope="module")
def kept(cluster: Cluster) -> tuple[EngineAddress, Records]:
    """Records that are pushed once, for what is asked whoever is lost, and their address."""
    cluster.start()
    address, records = EngineAddress(f"{cluster.url} kept"), random_records(240)
    put(address, records)
    return address, records


def put(address: EngineAddress, records: Records, name: str = "mine") -> None:
    parts = parts_of(ReadResult(records))
    push(address, name, parts.engine().batches(), parts.catalogue)


def counted(address: EngineAddress, name: str = "mine") -> Store:
    """A store whose cluster is asked each question, as for very many records."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geodata.engines.opening.MOST_ROWS_HELD", 0)
        return open_engine(address, [name]).store()


def test_a_worker_that_is_killed_changes_no_answer(
    cluster: Cluster, kept: tuple[EngineAddress, Records]
) -> None:
    address, records = kept
    in_duckdb, in_spark = Store.of(records), counted(address)
    filters = [Filter(fatalities_min=least, text="bomb") for least in range(6)]
    assert cluster.told().count("Launching executor") >= 2
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(in_spark.facets, one) for one in filters]
        while not any(one.done() for one in asked):
            time.sleep(0.05)
        cluster.kill_worker()
        answers = [one.result(300) for one in asked]
    assert answers == [in_duckdb.facets(one) for one in filters]
    assert cluster.told().count("Removing worker") == 1
    # The one that is left answers all, and so do both once there is another.
    more = Filter(text="kunduz")
    assert in_spark.facets(more) == in_duckdb.facets(more)
    cluster.start()
    # Those that come now each do with one core: most of what they do is to begin.
    cluster.give_drivers(1)


def test_a_master_that_ends_is_a_sentence_until_it_is_back(
    cluster: Cluster, kept: tuple[EngineAddress, Records], caplog: pytest.LogCaptureFixture
) -> None:
    address, records = kept
    store, expected = open_engine(address).store(), Store.of(records)
    known, new = Filter.from_query("country=AF"), Filter.from_query("country=IR")
    assert store.facets(known) == expected.facets(known)
    cluster.stop()
    with caplog.at_level(logging.WARNING):
        for ask in (store.facets, store.totals, store.ids, store.table, store.select):
            with pytest.raises(EngineError, match=r"must answer.* the rest comes when the") as lost:
                ask(new)
            assert str(cluster.port) not in str(lost.value)
    # What was answered before still is.
    assert store.facets(known) == expected.facets(known)
    with pytest.raises(EngineError, match="got no connection to it") as refused:
        open_engine(address)
    assert "refused" in refused.value.reason
    told = f"{caplog.text} {refused.value.reason}"
    assert str(cluster.port) in told
    assert "Traceback" not in told
    cluster.start()
    assert store.facets(new) == expected.facets(new)
    assert store.everything() == records


def test_a_master_that_was_started_again_unnoticed_is_asked_anew(
    cluster: Cluster, kept: tuple[EngineAddress, Records], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions_of, "_SECONDS_ALONE", 2)
    address, records = kept
    store = open_engine(address).store()
    cluster.stop()
    cluster.start()
    assert store.totals(Filter(text="bomb")) == Store.of(records).totals(Filter(text="bomb"))


def test_without_any_worker_nobody_waits_for_ever(
    cluster: Cluster, kept: tuple[EngineAddress, Records], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, records = kept
    store, new = open_engine(address).store(), Filter(text="bomb")
    monkeypatch.setattr(sessions_of, "_SECONDS_ALONE", 1)
    monkeypatch.setattr(sessions_of, "_SECONDS_ALONE_AT_FIRST", 1)
    cluster.kill_workers()
    begun = time.monotonic()
    with pytest.raises(EngineError, match="the rest comes when the"):
        store.totals(new)
    waited = time.monotonic() - begun
    assert waited > 1
    # Others are told at once.
    with pytest.raises(EngineError, match="the rest comes when the"):
        store.totals(Filter(text="embassy"))
    assert time.monotonic() - begun < waited + 1
    cluster.start()
    monkeypatch.setattr(sessions_of, "_SECONDS_ALONE_AT_FIRST", 60)
    time.sleep(waited / 2)
    assert store.totals(new) == Store.of(records).totals(new)


def test_a_reader_of_the_one_before_is_not_disturbed(address: EngineAddress) -> None:
    first, second = random_records(60), random_records(40)
    put(address, first)
    reader = counted(address)
    more = Filter.from_query("country=AF&q=kunduz")
    put(address, second)
    # Nothing of this was asked before.
    assert reader.totals(more) == Store.of(first).totals(more)
    assert reader.everything() == first
    assert open_engine(address).store().everything() == second
    put(address, first)
    assert address.spark
    states = sorted(one.name for one in (address.spark.folder / "mine").iterdir())
    assert states == ["dataset.json", "state_2", "state_3"]
    for ask in (reader.facets, reader.select):
        with pytest.raises(ReplacedError, match="must be the one that was opened, got another"):
            ask(Filter())


def test_nothing_is_seen_of_a_push_before_its_end(address: EngineAddress) -> None:
    first, second = random_records(60), parts_of(ReadResult(random_records(40)))
    put(address, first)

    def slow() -> Iterator[pa.RecordBatch]:
        yield from second.engine().batches()
        # All of the new one is there but for its end.
        assert open_engine(address).count == 60
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        push(address, "mine", slow(), second.catalogue)
    assert address.spark
    assert not (address.spark.folder / "mine/state_2").exists()
    assert open_engine(address).store().everything() == first


def test_one_of_several_is_named(address: EngineAddress) -> None:
    with pytest.raises(StoreError, match="mapview datasets push NAME ENGINE puts one there"):
        open_engine(address)
    put(address, random_records(3), "a")
    assert open_engine(address).name == "a"
    put(address, Records(), "b")
    assert open_engine(address, ["b"]).store().totals(Filter()).shown == 0
    for named in ([], ["c"], ["a", "b"], ["../a"]):
        with pytest.raises(StoreError, match=r"must be named \(a, b\), got"):
            open_engine(address, named)


def test_a_dataset_comes_back_with_all_that_belongs_to_it(address: EngineAddress, tmp_path) -> None:
    title = "\0\\N\t".join(HOSTILE)
    records = replace(everything(), incidents=(incident(id="own:1", title=title),))
    parts = open_parts([make_dataset(tmp_path / "own", records)], read_records)
    push(address, "own", parts.engine().batches(), parts.catalogue)
    opened = open_engine(address)
    assert opened.everything() == parts.everything()
    assert opened.store().version == parts.store().version
    assert opened.store().table(Filter()) == parts.store().table(Filter())
    assert opened.store().incident("own:1") == records.incidents[0]
    assert opened.may_all_be_published == parts.may_all_be_published


def test_what_no_push_of_this_version_wrote_is_not_read(address: EngineAddress) -> None:
    put(address, random_records(3))
    assert address.spark
    folder = address.spark.folder / "mine"
    shown = json.loads((folder / "dataset.json").read_text("utf-8"))
    (folder / "dataset.json").write_text(json.dumps({**shown, "layout": 99}), encoding="utf-8")
    with pytest.raises(StoreError, match="got layout 99; push it again"):
        open_engine(address)
    for other in ({**shown, "state": "../x"}, [], {}):
        (folder / "dataset.json").write_text(json.dumps(other), encoding="utf-8")
        with pytest.raises(StoreError, match="must say what is shown, as a push writes it"):
            open_engine(address)


def test_the_cluster_counts_the_cube_that_duckdb_counts(
    address: EngineAddress, tmp_path: Path
) -> None:
    records = random_records(240)
    put(address, records)
    ours, rows = tmp_path / "ours", to_table(records)
    assert write_cube(ours, duckdb_engine(rows), records.version, rows.num_rows) > 200
    assert address.spark
    theirs = address.spark.folder / "mine/state_1/cube"
    names = sorted(one.name for one in ours.iterdir())
    assert names == sorted(one.name for one in theirs.iterdir())
    assert (ours / "cube.json").read_text() == (theirs / "cube.json").read_text()
    counted = Counter[str]()
    for name in names:
        if name.endswith(".parquet"):
            one, other = (pq.read_table(where / name) for where in (ours, theirs))
            order = [(column, "ascending") for column in one.column_names]
            assert one.sort_by(order).equals(other.sort_by(order)), name
            counted[name.partition("-")[0]] += one.num_rows
    assert min(counted.values()) > 20, counted
    assert len(counted) == 5


def test_views_of_many_and_near_ones_do_not_ask_the_cluster(
    address: EngineAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = random_records(240)
    put(address, records)
    held, asked, expected = open_engine(address).store(), counted(address), Store.of(records)
    for store in (held, asked):
        assert store.own_types == expected.own_types

    def refuse(*_: object) -> NoReturn:
        raise EngineError("nobody is there")

    monkeypatch.setattr(sessions_of.Sessions, "ask", refuse)
    types = "&".join(f"type={one}" for one in list(EventType)[:9])
    for text in ("", "from=2018", "from=2018-03&to=2019-07&when=certain", types):
        chosen = Filter.from_query(text)
        for zoom in (0, 2):
            answers = [one.view(chosen, zoom, WORLD) for one in (held, asked)]
            assert answers == [expected.view(chosen, zoom, WORLD)] * 2, text
    with pytest.raises(EngineError, match="nobody is there"):
        asked.view(Filter.from_query("from=2018-03-02"), 2, WORLD)
    # What is near lies in few files, whatever is asked by; the rest is left to the cluster.
    told = 0
    for number, chosen in enumerate(random_filters(60, seed=7)):
        x, y = (number % 8) << 28, (number // 8) << 28
        box = MercatorBox(x, y, x + (1 << 28), y + (1 << 28))
        try:
            answer = asked.view(chosen, 5, box), asked.within(chosen, [box])
        except EngineError:
            continue
        assert answer == (expected.view(chosen, 5, box), expected.within(chosen, [box])), chosen
        told += answer[0].total > 0
    assert told > 10


def test_a_cube_of_other_data_answers_nothing(address: EngineAddress) -> None:
    put(address, random_records(200), "other")
    put(address, random_records(240))
    assert address.spark
    folder = address.spark.folder
    shutil.rmtree(folder / "mine/state_1/cube")
    shutil.copytree(folder / "other/state_1/cube", folder / "mine/state_1/cube")
    parts, expected = open_engine(address, ["mine"]), Store.of(random_records(240))
    assert parts.cube() is None
    assert parts.store().view(Filter(), 2, WORLD) == expected.view(Filter(), 2, WORLD)
    # A state that is gone answers nothing either.
    store = open_engine(address, ["other"]).store()
    shutil.rmtree(folder / "other/state_1")
    with pytest.raises(ReplacedError, match="must be the one that was opened, got another"):
        store.view(Filter(), 2, WORLD)


def test_nobody_but_this_machine_reaches_what_this_process_starts(address: EngineAddress) -> None:
    put(address, random_records(3))
    started = psutil.Process(os.getpid()).children()
    # One that was ended before has no words any more.
    started = [one for one in started if one.status() != psutil.STATUS_ZOMBIE]
    drivers = [one for one in started if "org.apache.spark.deploy.SparkSubmit" in one.cmdline()]
    assert len(drivers) == 1
    listening = [one for one in drivers[0].net_connections() if one.status == psutil.CONN_LISTEN]
    assert listening
    assert {one.laddr.ip.removeprefix("::ffff:") for one in listening} == {"127.0.0.1"}
    # No page of Spark's own, which would stand at 4040 or beyond.
    assert not {one.laddr.port for one in listening}.intersection(range(4040, 4060))
