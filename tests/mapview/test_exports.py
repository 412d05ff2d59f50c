"""Exports: what they say of themselves, their names, and that they can be read back."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from weakref import ref

import pyarrow.parquet as pq
import pytest
import read_back
from hypothesis import given
from hypothesis import strategies as st
from plain_loop import random_records
from samples import HOSTILE, all_hostile_records, hostile_records

from geodata import Claim, Filter, Incident, Records, Source, Store, load, read_records
from geodata.datasets import CREDIT
from geodata.formats.registry import ManyRecords
from geodata.formats.xmltext import xml_text
from geodata.publication.prepare import Coarsening, Publication
from mapview.exports import EXPORTS, export_name, file_name
from mapview.outgoing import prepare_export

# Formats that the program itself does not read.
READ_BACK = tuple(read_back.CLAIMS)
PARTLY = ("country=IR", "from=2018&to=2020", "areas=off")


@pytest.fixture(scope="module")
def shipped() -> Store:
    return Store.of(load())


@pytest.fixture(scope="module")
def stores(shipped: Store) -> tuple[Store, Store]:
    """Claims as they are, and all that may be in a field."""
    return shipped, Store.of(random_records(150))


@pytest.fixture
def own_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for this test's temporary files, as other tests run beside it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def bytes_of(ending: str, store: Store, chosen: Filter) -> bytes:
    return b"".join(EXPORTS[ending].pieces(*prepare_export(store, chosen), None))


def note(told: list[tuple[int, int]], done: int, total: int) -> None:
    told.append((done, total))


def in_parquet(content: bytes) -> tuple[dict[bytes, bytes], list[dict[str, object]]]:
    """What metadata and rows of a file say, however these are grouped."""
    table = pq.read_table(io.BytesIO(content))
    return dict(table.schema.metadata), table.to_pylist()


# Three formats are written in another way where there are very many.
@pytest.mark.parametrize(
    ("ending", "query"),
    [
        *((ending, query) for ending in EXPORTS for query in ("", "q=zzzz")),
        *((ending, query) for ending in ("geojson", "csv", "parquet") for query in PARTLY),
    ],
)
def test_very_many_give_the_same_bytes_batch_by_batch(
    ending: str,
    query: str,
    stores: tuple[Store, Store],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = Filter.from_query(query)
    # Each format meets both kinds of records.
    for store in stores[bool(query) :]:
        monkeypatch.undo()
        expected = bytes_of(ending, store, chosen)
        monkeypatch.setattr("mapview.outgoing.MOST_HELD", -1)
        monkeypatch.setattr("geodata.queries.catalogue._BATCH", 7)
        monkeypatch.setattr("geodata.formats.geoparquet._ROWS_A_GROUP", 7)
        many, about = prepare_export(store, chosen, Publication(licensed=True))
        assert isinstance(many, ManyRecords)
        told: list[tuple[int, int]] = []
        watch = partial(note, told)
        found = b"".join(EXPORTS[ending].pieces(many, about, watch))
        if ending == "parquet":  # Some rows are a group.
            groups = pq.ParquetFile(io.BytesIO(found)).num_row_groups
            assert query or groups > pq.ParquetFile(io.BytesIO(expected)).num_row_groups
            assert in_parquet(found) == in_parquet(expected)
        elif ending not in ("gpkg", "xlsx"):  # They name the time or the file.
            assert found == expected
        assert told[-1][0] == told[-1][1]
        assert len({total for _, total in told}) == 1
        EXPORTS[ending].save(tmp_path / f"a.{ending}", many, about)
        assert (tmp_path / f"a.{ending}").stat().st_size


@pytest.mark.parametrize("ending", EXPORTS)
def test_no_format_holds_more_than_some_of_very_many(
    ending: str, shipped: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapview.outgoing.MOST_HELD", -1)
    monkeypatch.setattr("geodata.formats.gdal._ROWS_AT_ONCE", 7)
    many, about = prepare_export(shipped, Filter(), Publication(licensed=True))
    assert isinstance(many, ManyRecords)
    given: list[ref[Incident]] = []
    most = 0

    def batches() -> Iterator[list[Incident]]:
        for at in range(0, many.count, 7):
            # Others hold those of the record.
            some = [one.but(title=one.title) for one in shipped.everything().incidents[at : at + 7]]
            given.extend(map(ref, some))
            yield some

    def look(_: int, __: int) -> None:
        nonlocal most
        most = max(most, sum(one() is not None for one in given))

    path = tmp_path / f"out.{ending}"
    EXPORTS[ending].save(path, replace(many, batches=batches), about, look)
    assert len(given) >= many.count > 100
    # One batch is written while the next is read.
    assert 0 < most <= 2 * 7


@pytest.mark.parametrize("ending", EXPORTS)
def test_an_export_that_is_stopped_leaves_no_text_waiting(
    ending: str, own_temporary_files: Path, shipped: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapview.outgoing.MOST_HELD", -1)
    monkeypatch.setattr("geodata.queries.catalogue._BATCH", 7)

    def stop(done: int, _: int) -> None:
        if done > 20:
            raise KeyboardInterrupt

    target = own_temporary_files / f"out.{ending}"
    with pytest.raises(KeyboardInterrupt):
        EXPORTS[ending].save(target, *prepare_export(shipped, Filter()), stop)
    assert list(own_temporary_files.iterdir()) == []


@pytest.mark.parametrize("ending", ["fgb", "gpkg"])
def test_what_gdal_writes_may_be_stopped_once_all_are_told(
    ending: str, shipped: Store, own_temporary_files: Path
) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if told.count((total, total)) > 1:
            raise KeyboardInterrupt

    target = own_temporary_files / f"out.{ending}"
    with pytest.raises(KeyboardInterrupt):
        EXPORTS[ending].save(target, *prepare_export(shipped, Filter()), stop)
    assert list(own_temporary_files.iterdir()) == []
    EXPORTS[ending].save(target, *prepare_export(shipped, Filter()))
    assert target.is_file()


@pytest.mark.parametrize(
    "publication", [Publication(coarsen=Coarsening.PROVINCE), Publication(drop=("notes",))]
)
def test_what_must_be_changed_is_prepared_as_a_whole(
    publication: Publication, shipped: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapview.outgoing.MOST_HELD", -1)
    records, about = prepare_export(shipped, Filter(), publication)
    assert isinstance(records, Records)
    assert about["changes"]


def test_what_may_not_be_published_is_left_out_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("mapview.outgoing.MOST_HELD", -1)
    source = Source(id="own", title="Own", may_publish=False)
    claims = (Claim(about="occurrence", source="own"),)
    secret = Incident(
        id="own:1", title="Kept back", event_date="2020", event_types=("attack",), claims=claims
    )
    store = Store.of(Records((secret,), sources=(source,)))
    assert b"Kept back" not in bytes_of("geojson", store, Filter())
    held = prepare_export(store, Filter(), Publication(licensed=True))
    assert b"Kept back" in b"".join(EXPORTS["geojson"].pieces(*held))


def text_of(ending: str, store: Store, chosen: Filter) -> str:
    return bytes_of(ending, store, chosen).decode()


def test_kinds_are_named_by_their_ending() -> None:
    endings = ["geojson", "csv", "xlsx", "kml", "kmz", "gpkg", "parquet", "fgb"]
    assert [(name, kind.ending) for name, kind in EXPORTS.items()] == [(e, e) for e in endings]
    assert len({kind.label for kind in EXPORTS.values()}) == len(endings)
    assert len({kind.media_type for kind in EXPORTS.values()}) == len(endings)


@pytest.mark.parametrize("ending", READ_BACK)
@pytest.mark.parametrize("query", ["type=bombing", "country=IR", "q=zzzz&areas=off"])
def test_other_libraries_find_the_same_records(
    ending: str, query: str, shipped: Store, tmp_path: Path
) -> None:
    chosen = Filter.from_query(query)
    file = tmp_path / f"out.{ending}"
    file.write_bytes(bytes_of(ending, shipped, chosen))
    wanted = shipped.select(chosen)
    claims = read_back.claims_in(wanted)
    assert read_back.CLAIMS[ending](file) == claims
    about = read_back.ABOUT[ending](file)
    assert about["title"] == prepare_export(shipped, chosen)[1]["title"]
    assert about["data_version"] == load().version
    assert about["incidents"] == str(len(wanted.incidents))


@pytest.mark.parametrize("ending", READ_BACK)
def test_hostile_records_come_out_whole(ending: str, tmp_path: Path) -> None:
    records = all_hostile_records()
    file = tmp_path / f"out.{ending}"
    file.write_bytes(bytes_of(ending, Store.of(records), Filter()))
    ids = sorted(one.id for one in (*records.incidents, *records.base_areas))
    assert sorted(read_back.IDS[ending](file)) == ids
    found = read_back.CLAIMS[ending](file)
    assert {name: len(claims) for name, claims in found.items()} == dict.fromkeys(ids, 7)
    for number, text in enumerate(HOSTILE.values()):
        shown = xml_text(text) if ending == "xlsx" else text
        said = [found[name] for name in ids if name.endswith(f"-{number}")]
        assert len(said) == 3
        assert {claims[0].by for claims in said} == {shown}


class StoppedError(Exception):
    pass


@pytest.mark.parametrize("ending", EXPORTS)
def test_whoever_watches_may_stop_an_export(
    ending: str, shipped: Store, own_temporary_files: Path
) -> None:
    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done >= 100:
            raise StoppedError

    told: list[tuple[int, int]] = []
    with pytest.raises(StoppedError):
        list(EXPORTS[ending].pieces(shipped.everything(), {}, stop))
    total = len(load().incidents) + len(load().base_areas)
    assert told[0] == (0, total)
    assert [one for one in told if one[0] >= 100] == [told[-1]]
    assert told[-1][0] < told[-1][1] == total
    assert list(own_temporary_files.iterdir()) == []


@pytest.mark.parametrize("ending", EXPORTS)
def test_nothing_is_left_when_nobody_takes_the_rest(
    ending: str, shipped: Store, own_temporary_files: Path
) -> None:
    pieces = EXPORTS[ending].pieces(shipped.everything(), {}, None)
    assert next(pieces)
    del pieces
    assert list(own_temporary_files.iterdir()) == []


def test_streamed_kinds_come_in_pieces(shipped: Store) -> None:
    for ending in ("geojson", "csv"):
        sizes = [len(piece) for piece in EXPORTS[ending].pieces(shipped.everything(), {}, None)]
        assert len(sizes) > len(shipped.everything().incidents)
        assert max(sizes) < sum(sizes) / 5


def test_export_says_what_is_in_it(shipped: Store) -> None:
    chosen = Filter.from_query("country=IR&from=2022&to=2024")
    collection = json.loads(text_of("geojson", shipped, chosen))
    about = collection["mapview"]
    assert about == prepare_export(shipped, chosen)[1]
    assert about["title"] == "All incidents and base areas, 2022–2024, in Iran"
    assert Filter.from_query(about["filter"]) == chosen
    assert about["data_version"] == load().version
    assert about["credit"] == CREDIT
    incidents = [f for f in collection["features"] if f["properties"]["record_kind"] != "base area"]
    assert about["incidents"] == len(incidents) > 1
    assert about["incidents_in_all"] == len(load().incidents)
    kinds = [(f["properties"]["record_kind"], f["geometry"] is not None) for f in incidents]
    assert about["events_on_the_map"] == kinds.count(("event", True))
    assert about["events_without_a_known_place"] == kinds.count(("event", False))
    assert about["campaigns_and_counts"] == kinds.count(("aggregate", False)) > 0
    assert f"{about['events_on_the_map']} on the map" in about["scope"]
    told = "; ".join(about["not_on_the_map"])
    assert set(re.findall(r"(?:: |, )(\D+?) \d", told)) <= {"Iran", "no single country"}
    assert "crs" not in collection


@pytest.mark.parametrize("ending", ["geojson", "csv"])
@pytest.mark.parametrize("query", ["", "type=bombing", "group=iskp&areas=off", "q=zzzz&areas=off"])
def test_export_read_back_gives_the_same_records(
    ending: str, query: str, shipped: Store, tmp_path: Path
) -> None:
    chosen = Filter.from_query(query)
    file = tmp_path / f"out.{ending}"
    file.write_bytes(bytes_of(ending, shipped, chosen))
    result = read_records([file])
    wanted = shipped.select(chosen)
    assert bool(wanted.incidents) == (query != "q=zzzz&areas=off")
    wanted = read_back.in_file_order(wanted) if ending == "geojson" else wanted
    assert result.problems == ()
    assert result.records.incidents == wanted.incidents
    assert result.records.base_areas == wanted.base_areas
    if ending == "geojson":
        assert result.records == wanted


def test_csv_begins_with_its_mark_once(shipped: Store) -> None:
    text = text_of("csv", shipped, Filter())
    assert text.startswith("\ufeffid,")
    assert text.count("\ufeff") == 1


@pytest.mark.parametrize("ending", ["geojson", "csv"])
def test_hostile_text_comes_back_as_it_was(ending: str, tmp_path: Path) -> None:
    records = all_hostile_records().with_links_back()
    content = text_of(ending, Store.of(records), Filter())
    file = tmp_path / f"out.{ending}"
    file.write_text(content, encoding="utf-8", newline="")
    result = read_records([file])
    assert result.problems == ()
    assert [
        sorted(found, key=lambda one: one.id)
        for found in (result.records.incidents, result.records.base_areas)
    ] == [
        sorted(found, key=lambda one: one.id) for found in (records.incidents, records.base_areas)
    ]
    if ending == "csv":
        rows = csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""))
        assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]


@given(st.text(max_size=200), st.sampled_from(sorted(EXPORTS)))
def test_export_name_is_a_plain_file_name(text: str, ending: str) -> None:
    name = export_name(Filter(text=text, groups=(text.replace("\0", ""),)), EXPORTS[ending])
    assert re.fullmatch(rf"incidents(-[A-Za-z0-9]+)*-*([A-Za-z0-9]+)?\.{ending}", name) or re.match(
        r"incidents-[A-Za-z0-9-]+\.", name
    )
    assert len(name) < 110


def test_other_files_are_named_alike() -> None:
    chosen = Filter.from_query("country=TJ")
    assert file_name("incidents", chosen, "csv") == export_name(chosen, EXPORTS["csv"])
    assert file_name("briefing", chosen, "pptx") == "briefing-country-TJ.pptx"


def test_export_of_nothing_is_whole() -> None:
    empty = Store.of(Records())
    assert json.loads(text_of("geojson", empty, Filter()))["features"] == []
    assert len(text_of("csv", empty, Filter()).splitlines()) == 1
    assert export_name(Filter(), EXPORTS["csv"]) == "incidents.csv"


def test_coarsened_export_says_what_was_changed(shipped: Store) -> None:
    chosen = Filter.from_query("q=danghara&country=TJ")
    publication = Publication(coarsen=Coarsening.PROVINCE, drop=("target",))
    records, about = prepare_export(shipped, chosen, publication)
    assert about["filter"] == "country=TJ"
    assert len(about["changes"]) > 1
    for ending in ("geojson", "csv"):
        text = b"".join(EXPORTS[ending].pieces(records, about, None)).decode()
        assert "danghara" not in text.casefold()
    assert "changes" not in prepare_export(shipped, chosen)[1]


def test_closed_sources_stay_out_unless_licensed() -> None:
    records = hostile_records("plain")
    closed = tuple(one.but(may_publish=one.id != "t") for one in records.sources)
    store = Store.of(replace(records, sources=closed))
    kept, about = prepare_export(store, Filter())
    assert {claim.source for one in kept.incidents for claim in one.claims} == {"s", "unlisted"}
    assert "1 source" in about["changes"][0]
    everything, plain = prepare_export(store, Filter(), Publication(licensed=True))
    assert everything.incidents == store.everything().incidents
    assert "changes" not in plain


def test_records_of_others_are_not_credited_to_us() -> None:
    _, about = prepare_export(Store.of(hostile_records("plain")), Filter())
    assert "credit" not in about
