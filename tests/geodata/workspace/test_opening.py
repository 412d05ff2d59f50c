"""Datasets opened from their columns answer as the same records held in memory do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from columnar_datasets import make_dataset
from fixed_records import incident
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_loop import random_records
from strategies import filters, record_sets, texts

from geodata import read_records
from geodata.errors import FormatError
from geodata.formats.geojson import write_geojson
from geodata.geodesy import WORLD_BITS, MercatorBox
from geodata.queries import SUMMED, Filter, Store
from geodata.queries.expressions import ORDERS
from geodata.records import Group, Records, Relation, Source
from geodata.workspace import open_parts, read_all
from geodata.workspace.details import DatasetCatalogue

WORLD = MercatorBox(0, 0, 2**WORLD_BITS - 1, 2**WORLD_BITS - 1)
NAMES = ("iskp", "IS–KP", "داعش", "Ansarullah", "wing", "nobody", "'; --")
WORDS = ("kunduz", "Kundūz mosque", "данғара", "is-kp", "bomb", "embassy", "a'b")


def renamed(records: Records, name: str = "own") -> Records:
    """Give incidents ids as datasets have them."""
    return replace(
        records,
        incidents=tuple(
            one.but(
                id=f"{name}:{one.id}",
                related=[f"{name}:{other}" for other in one.related],
                casualties_combined=[f"{name}:{other}" for other in one.casualties_combined],
            )
            for one in records.incidents
        ),
    )


RECORDS = renamed(random_records(240))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_dataset(tmp_path_factory.mktemp("work") / "own", RECORDS)


@pytest.fixture(scope="module")
def in_columns(folder: Path) -> Store:
    return open_parts([folder], read_records).store()


@pytest.fixture(scope="module")
def in_memory() -> Store:
    return Store.of(RECORDS)


def answers(store: Store, chosen: Filter) -> Iterator[object]:
    """Yield what is answered to every question there is."""
    yield store.version, store.all_incidents, store.totals(chosen)
    yield store.facets(chosen), store.spreads(chosen), store.histogram(chosen)
    yield store.view(chosen, 3, WORLD)
    yield store.view(chosen, 7, MercatorBox(1_400_000_000, 0, 1_600_000_000, 2**WORLD_BITS - 1))
    yield store.table(chosen, limit=500), store.listed(chosen, WORLD)
    # Which order it is hangs on the filter alone, so that both stores are asked the same.
    column = list(ORDERS)[len(chosen.to_query()) % len(ORDERS)]
    yield store.sorted_ids(chosen, column, down=True, limit=500)
    yield store.extent(chosen), store.off_map_by_country(chosen), store.within(chosen, [WORLD])
    yield store.areas(chosen), store.ids(chosen), store.select(chosen)
    for about in SUMMED:
        yield store.toll(chosen, about)


@given(chosen=filters(groups=st.sampled_from(NAMES) | texts, words=st.sampled_from(WORDS) | texts))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_ways_give_the_same_answers(in_columns, in_memory, chosen):
    for ours, theirs in zip(answers(in_columns, chosen), answers(in_memory, chosen), strict=True):
        assert ours == theirs


@pytest.mark.parametrize("column", ORDERS)
def test_both_ways_give_the_same_order(in_columns, in_memory, column):
    ours, theirs = (
        one.sorted_ids(Filter(), column, down=True, limit=500) for one in (in_columns, in_memory)
    )
    assert ours == theirs


@given(records=record_sets(), chosen=filters())
@settings(max_examples=5)
def test_any_records_come_back_as_they_were(records, chosen):
    records = renamed(records)
    with TemporaryDirectory() as folder:
        path = make_dataset(Path(folder) / "own", records)
        store = open_parts([path], read_records).store()
        assert store.everything() == records == read_all([path], read_records).records
        assert store.version == records.version
        expected = answers(Store.of(records), chosen)
        assert list(answers(store, chosen)) == list(expected)


def test_what_is_opened_from_columns_reads_no_record_until_one_is_asked_for(folder, monkeypatch):
    def refuse(*_: object) -> None:
        raise AssertionError("a record was read")

    monkeypatch.setattr(DatasetCatalogue, "_made", refuse)
    store = open_parts([folder], read_records).store()
    chosen = Filter.from_query("country=AF&from=2018")
    for ask in (store.totals, store.facets, store.spreads, store.extent, store.table, store.ids):
        ask(chosen)
    store.view(chosen, 3, WORLD)
    store.sorted_ids(chosen, "killed", down=True)
    with pytest.raises(AssertionError):
        store.incident(RECORDS.incidents[0].id)


def test_records_are_found_by_id_from_any_thread(in_columns):
    ids = [one.id for one in RECORDS.incidents]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(in_columns.incident, ids * 3)) == [*RECORDS.incidents] * 3
    for unknown in ("own:nothing", "other:1", "", "own:"):
        assert in_columns.incident(unknown) is None


def test_some_are_given_in_the_order_of_the_record_however_many_are_asked(folder):
    catalogue = open_parts([folder], read_records).datasets[0]
    for some in (RECORDS.incidents[::40], RECORDS.incidents[::2], RECORDS.incidents):
        ids = frozenset(one.id for one in some)
        assert catalogue.incidents(ids) == some
        assert tuple(one for batch in catalogue.batches(ids) for one in batch) == some
    assert tuple(one for batch in catalogue.batches() for one in batch) == RECORDS.incidents


def two_parts(tmp_path: Path) -> tuple[Path, Path, Records]:
    """Write a dataset and a file beside it, and return what both hold."""
    own = Records(
        tuple(incident(id=f"own:{n}", title=f"Own {n}") for n in range(5)),
        groups=(Group(id="own:a", name="A"),),
        sources=(Source(id="own", title="Own"),),
    )
    others = replace(random_records(40), base_areas=())
    file = tmp_path / "others.geojson"
    write_geojson(file, others, stored=True)
    # A file keeps seven decimals of a degree.
    held = read_all([file], read_records).records
    return make_dataset(tmp_path / "own", own), file, Records.merge([held, own])


def test_datasets_and_files_are_asked_as_one(tmp_path):
    folder, file, together = two_parts(tmp_path)
    more = make_dataset(tmp_path / "more", renamed(Records((incident(id="1"),)), "more"))
    together = Records.merge([together, renamed(Records((incident(id="1"),)), "more")])
    parts = open_parts([file, folder, more], read_records)
    assert len(parts.datasets) == 2
    store, expected = parts.store(), Store.of(together)
    chosen = Filter.from_query("country=AF")
    for ours, theirs in zip(
        list(answers(store, chosen))[1:], list(answers(expected, chosen))[1:], strict=True
    ):
        assert ours == theirs
    assert store.everything() == together
    assert store.incident("own:3").title == "Own 3"
    fewer = open_parts([file, folder], read_records).store()
    assert store.version not in (expected.version, fewer.version)


@pytest.mark.parametrize(
    "said",
    [
        Records(relations=(Relation(id="r", subject="own:a", kind="part of", object="iskp"),)),
        Records(groups=(Group(id="own:a", name="Another"),)),
        Records(sources=(Source(id="copy", title="Copy", derived_from=("own",)),)),
        Records((incident(id="own:1", title="The same once more"),)),
    ],
    ids=["relation", "group", "source", "incident"],
)
def test_what_others_say_of_a_dataset_holds_for_its_records(tmp_path, said):
    folder, file, _ = two_parts(tmp_path)
    beside = tmp_path / "said.geojson"
    write_geojson(beside, said, stored=True)
    named = [file, beside, folder]
    parts = open_parts(named, read_records)
    assert parts.datasets == ()
    assert parts.everything() == read_all(named, read_records).records
    assert len(parts.problems) == len(said.incidents)


def shared(name: str, *others: str) -> Records:
    return Records((incident(name, casualties_combined=others),))


def test_a_toll_that_one_side_says_is_shared_is_that_of_both_wherever_they_lie(tmp_path):
    both = Records((*shared("own:a", "own:b").incidents, *shared("own:b").incidents))
    own = make_dataset(tmp_path / "own", both)
    more = make_dataset(tmp_path / "more", shared("more:c", "own:a"))
    file = tmp_path / "beside.geojson"
    write_geojson(file, shared("d", "more:c"), stored=True)
    for named in ([own], [own, more], [more, file], [own, more, file]):
        parts = open_parts(named, read_records)
        found = {one.id: one.casualties_combined for one in parts.everything().incidents}
        assert all(
            one in found.get(other, (one,)) for one, names in found.items() for other in names
        )
        assert parts.datasets == ()
        assert len(parts.notes) == 1
    # Where each names the other, and where nobody is there to do so, columns are asked.
    whole = make_dataset(tmp_path / "whole" / "own", both.with_links_back())
    for named in ([whole], [more], [whole, file]):
        parts = open_parts(named, read_records)
        assert len(parts.datasets) == 1
        assert parts.notes == ()


def test_a_dataset_that_was_replaced_is_not_taken_for_the_one_that_was_opened(tmp_path):
    folder, _, _ = two_parts(tmp_path)
    parts = open_parts([folder], read_records)
    before = parts.everything()
    folder.rename(tmp_path / "gone")
    make_dataset(folder, renamed(Records((incident(id="1"),))))
    assert parts.everything() == before
    with pytest.raises(FormatError, match="own must be the dataset that was opened"):
        parts.store()
    assert open_parts([folder], read_records).store().all_incidents == 1


def test_an_older_dataset_opens_record_by_record(tmp_path):
    folder, _, _ = two_parts(tmp_path)
    records = read_all([folder], read_records).records
    write_geojson(folder / "incidents.geojson", records, stored=True)
    for name in ("details.parquet", "ids.parquet", "incidents.parquet", "incidents.duckdb"):
        (folder / name).unlink()
    parts = open_parts([folder], read_records)
    assert (parts.datasets, parts.everything()) == ((), records)


def test_columns_of_an_earlier_program_are_read_record_by_record(tmp_path):
    folder, _, _ = two_parts(tmp_path)
    records = read_all([folder], read_records).records
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["layout"] = 2
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert read_all([folder], read_records).records == records
    parts = open_parts([folder], read_records)
    assert (parts.datasets, parts.everything()) == ((), records)


@pytest.mark.parametrize("name", ["details.parquet", "incidents.duckdb"])
def test_damaged_files_are_named(tmp_path, name):
    folder, _, _ = two_parts(tmp_path)
    (folder / name).write_bytes(b"nothing of the kind")
    with pytest.raises(Exception, match=f"{name} must be a"):
        open_parts([folder], read_records).store()


def test_a_name_with_a_quote_is_a_name(tmp_path):
    outer = tmp_path / "it's here"
    outer.mkdir()
    folder, _, _ = two_parts(outer)
    assert open_parts([folder], read_records).store().all_incidents == 5
