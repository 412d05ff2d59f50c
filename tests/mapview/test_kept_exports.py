"""Features that were kept give the same bytes as records that are read, and only where they may."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from columnar_datasets import make_dataset
from fixed_records import base_area
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_loop import random_records
from strategies import filters, record_sets, texts

from geodata import Filter, Records, Source, Store, read_records
from geodata.errors import FormatError
from geodata.formats.registry import ManyRecords
from geodata.publication import marking_of
from geodata.workspace import open_parts
from geodata.workspace.details import DatasetCatalogue
from geodata.workspace.writing import write_records
from mapview.cli.__main__ import main as command
from mapview.exports import EXPORTS
from mapview.outgoing import prepare_export

GEOJSON, PARQUET = EXPORTS["geojson"], EXPORTS["parquet"]
TEXTS = ("geojson", "csv")
NAMES = ("iskp", "IS–KP", "داعش", "Ansarullah", "wing", "nobody")
WORDS = ("kunduz", "Kundūz mosque", "данғара", "is-kp", "bomb", "a'b")


def renamed(records: Records, name: str = "own") -> Records:
    """Give incidents ids as datasets have them."""
    found = (one.but(id=f"{name}:{one.id}") for one in records.incidents)
    return replace(records, incidents=tuple(found))


RECORDS = renamed(random_records(150))


def bytes_of(store: Store, chosen: Filter, ending: str = "geojson") -> bytes:
    return b"".join(EXPORTS[ending].pieces(*prepare_export(store, chosen), None))


def opened(folder: Path) -> Store:
    return open_parts([folder], read_records).store()


def refuse(*_: object) -> None:
    raise AssertionError("no record must be read")


@pytest.fixture(scope="module", autouse=True)
def large_enough() -> Iterator[None]:
    """Datasets of a test are small, and so may its disk be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geodata.formats.kept.keeping._LEFT_FREE", 0)
        patch.setattr("geodata.formats.kept.keeping._ROWS", 11)
        patch.setattr("geodata.queries.catalogue._BATCH", 40)
        patch.setattr("geodata.queries.catalogue._MOST_HELD", 0)
        patch.setattr("mapview.outgoing.MOST_HELD", -1)
        yield


def without_features(folder: Path, records: Records) -> Path:
    """Make a dataset as it was imported before features were."""
    path = make_dataset(folder, records)
    (path / "features.parquet").unlink()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return without_features(tmp_path / "work" / "own", RECORDS)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store whose features were kept with its import."""
    path = make_dataset(tmp_path_factory.mktemp("work") / "own", RECORDS)
    assert (path / "features.parquet").is_file()
    return opened(path)


@given(chosen=filters(groups=st.sampled_from(NAMES) | texts, words=st.sampled_from(WORDS) | texts))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_filter_gives_the_bytes_of_records(kept: Store, chosen: Filter) -> None:
    for ending in TEXTS:
        assert bytes_of(kept, chosen, ending) == bytes_of(Store.of(RECORDS), chosen, ending)


@pytest.mark.parametrize(
    "query", ["", "country=IR", "from=2018&to=2020", "areas=off", "q=zzzz", "precision=district"]
)
def test_common_filters_read_no_record(
    kept: Store, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = Filter.from_query(query)
    expected = [bytes_of(Store.of(RECORDS), chosen, one) for one in TEXTS]
    monkeypatch.setattr(DatasetCatalogue, "_made", refuse)
    assert [bytes_of(kept, chosen, one) for one in TEXTS] == expected


@given(records=record_sets(), chosen=filters())
@settings(max_examples=4)
def test_any_records_give_the_same_bytes_again(records: Records, chosen: Filter) -> None:
    records = renamed(records)
    with TemporaryDirectory() as folder:
        path = make_dataset(Path(folder) / "own", records)
        asked = [(one, ending) for one in (Filter(), chosen) for ending in TEXTS]
        expected = [bytes_of(Store.of(records), *one) for one in asked]
        assert [bytes_of(opened(path), *one) for one in asked] == expected
        (path / "features.parquet").unlink()
        assert [bytes_of(opened(path), *one) for one in asked] == expected


def test_one_place_is_told_as_several_are_where_one_incident_has_several(tmp_path: Path) -> None:
    first, second = [one for one in RECORDS.incidents if len(one.points) == 1][:2]
    points = ((70.0, 35.0), (71.0, 36.0))
    title = '"geometry":{"type":"Point","coordinates":[1,2]}'
    records = Records(
        (first.but(title=title, points=points[:1]), second.but(points=points)),
    )
    path = without_features(tmp_path / "own", records)
    expected = bytes_of(Store.of(records), Filter())
    assert bytes_of(opened(path), Filter()) == bytes_of(opened(path), Filter()) == expected
    features = json.loads(expected)["features"]
    assert [one["geometry"]["type"] for one in features] == ["MultiPoint", "MultiPoint"]


@pytest.mark.parametrize(
    "lons",
    [(179.5, -179.5, 178.0), (-180.0, 180.0, 0.0), (10.0, 10.001, 10.002, 10.5), (-170.0, 5.0)],
)
def test_the_box_is_that_of_all_places(lons: tuple[float, ...], tmp_path: Path) -> None:
    one = next(one for one in RECORDS.incidents if one.is_mappable)
    some = (one.but(id=f"own:{n}", points=[(lon, n)]) for n, lon in enumerate(lons))
    records = Records(tuple(some))
    path = make_dataset(tmp_path / "own", records)
    assert bytes_of(opened(path), Filter()) == bytes_of(Store.of(records), Filter())


def test_a_part_and_what_is_stopped_are_not_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = tmp_path / "waiting"
    waiting.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(waiting))

    def stop(done: int, _: int) -> None:
        if done > 20:
            raise KeyboardInterrupt

    before = sorted(folder.iterdir())
    bytes_of(opened(folder), Filter.from_query("country=IR"))
    with pytest.raises(KeyboardInterrupt):
        GEOJSON.save(tmp_path / "out.geojson", *prepare_export(opened(folder), Filter()), stop)
    assert sorted(folder.iterdir()) == before
    assert list(waiting.iterdir()) == []
    assert not (tmp_path / "out.geojson").exists()


def test_kept_features_are_told_and_may_be_stopped(kept: Store, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    for query, ending in product(("", "country=IR", "q=zzzz"), TEXTS):
        chosen = Filter.from_query(query)
        target = tmp_path / f"out.{ending}"
        EXPORTS[ending].save(target, *prepare_export(kept, chosen), lambda *one: told.append(one))
        assert told == sorted(told)
        count = kept.totals(chosen).shown
        assert told[-1] == (count, count)
        told.clear()
    for most, ending in product((-1, 20), TEXTS):
        with pytest.raises(KeyboardInterrupt):
            EXPORTS[ending].save(
                tmp_path / "no", *prepare_export(kept, Filter()), partial(stop_after, most)
            )
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out.csv", "out.geojson"]


def stop_after(most: int, done: int, _: int) -> None:
    if done > most:
        raise KeyboardInterrupt


def test_other_names_of_groups_and_sources_are_told(folder: Path) -> None:
    before = bytes_of(opened(folder), Filter())
    path = folder / "groups.json"
    groups = json.loads(path.read_text("utf-8"))
    for one in groups:
        one["name"] = f"{one['name']} (renamed)"
    path.write_text(json.dumps(groups), encoding="utf-8")
    names = read_records([path]).records.groups
    found = json.loads(bytes_of(opened(folder), Filter()))
    other = json.loads(bytes_of(Store.of(replace(RECORDS, groups=names)), Filter()))
    assert found["features"] == other["features"] != json.loads(before)["features"]


@pytest.mark.parametrize("changed", ["_words", "version"])
def test_what_was_made_otherwise_is_made_anew(
    folder: Path, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = bytes_of(opened(folder), Filter())
    path = folder / "features.parquet"
    table = pq.read_table(path)
    made_of = pq.ParquetFile(path).metadata.metadata
    spoilt = table.set_column(
        table.column_names.index("text"), "text", table["id"].cast("large_string")
    ).replace_schema_metadata({b"made of": made_of[b"made of"]})
    pq.write_table(spoilt, path)
    assert bytes_of(opened(folder), Filter()) != expected
    if changed == "_words":
        monkeypatch.setattr("geodata.formats.kept.keeping._words", lambda: "of another version")
    else:
        metadata = {b"made of": b"another dataset"}
        pq.write_table(spoilt.replace_schema_metadata(metadata), path)
    assert bytes_of(opened(folder), Filter()) == expected
    monkeypatch.setattr(DatasetCatalogue, "_made", refuse)
    assert bytes_of(opened(folder), Filter()) == expected


def test_an_import_keeps_nothing_that_was_told_otherwise_later(tmp_path: Path) -> None:
    """Groups and sources are gathered while records come by; one may be another in the end."""
    kinds: list[Callable[[Records], Records]] = [
        lambda records: records,
        lambda records: replace(records, groups=tuple(one.but(name="B") for one in records.groups)),
        lambda records: replace(records, sources=(Source(id="s1", title="B"),)),
    ]
    for number, later in enumerate(kinds):
        folder = tmp_path / str(number)
        folder.mkdir()
        context = replace(RECORDS, incidents=(), base_areas=())
        said = iter([context, *[later(context)] * 9])
        write_records(folder, RECORDS.incidents, said.__next__, "own")
        assert (folder / "features.parquet").is_file() == (number == 0)


def test_rows_that_are_imported_are_exported_as_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ["id,date,event_type,actor1,lat,lon,killed,source"]
    rows += [f"{n},2024-01-0{n},bombing,G{n % 2},34.5,69.{n},{n},Paper {n}" for n in range(1, 9)]
    (tmp_path / "rows.csv").write_text("\n".join(rows), encoding="utf-8")
    monkeypatch.setenv("MAPVIEW_WORKSPACE", str(tmp_path / "work"))
    assert command(["import", str(tmp_path / "rows.csv"), "--into", "rows", "--licence-held"]) == 0
    folder = tmp_path / "work" / "rows"
    found = [bytes_of(opened(folder), Filter(), one) for one in TEXTS]
    (folder / "features.parquet").unlink()
    assert [bytes_of(opened(folder), Filter(), one) for one in TEXTS] == found
    assert len(json.loads(found[0])["features"]) == 8


def test_how_far_records_may_be_handed_on_is_told_of_what_is_kept(tmp_path: Path) -> None:
    def marked(number: int, cells: dict[str, str]) -> Records:
        upstream = {"Note": "no tlp here", **cells}
        one = RECORDS.incidents[number].but(upstream=upstream, country="")
        return Records((one,), groups=RECORDS.groups)

    parts = [
        marked(0, {}),
        marked(1, {"TLP": "green"}),
        marked(2, {" Tlp (own:7)": "amber+strict", "TLP": " "}),
    ]
    records = replace(parts[0], incidents=tuple(one.incidents[0] for one in parts))
    ids = [one.id for one in records.incidents]
    path = make_dataset(tmp_path / "own", records)
    for wanted in ([], *([one] for one in ids), ids[:2]):
        chosen = Filter(ids=tuple(wanted))
        given, about = prepare_export(opened(path), chosen)
        assert isinstance(given, ManyRecords)
        held = [one for one in records.incidents if not wanted or one.id in wanted]
        marking = marking_of(one.upstream for one in held)
        assert about.get("tlp", "") == (marking.label if marking else "")
    paths = [make_dataset(tmp_path / f"{n}", renamed(one, f"{n}")) for n, one in enumerate(parts)]
    given, about = prepare_export(open_parts(paths, read_records).store(), Filter())
    assert isinstance(given, ManyRecords)
    assert about["tlp"] == "TLP:AMBER+STRICT"


def test_what_cannot_be_kept_is_exported_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = bytes_of(Store.of(RECORDS), Filter())

    def fail(*_: object, **__: object) -> None:
        raise OSError("no space left")

    for name in ("shutil.copyfileobj", "pyarrow.parquet.ParquetWriter.write_table"):
        with monkeypatch.context() as patch:
            patch.setattr(name, fail)
            assert bytes_of(opened(folder), Filter()) == expected
        assert not (folder / "features.parquet").exists()
    monkeypatch.setattr("geodata.formats.kept.keeping._LEFT_FREE", 1 << 60)
    assert bytes_of(opened(folder), Filter()) == expected
    assert not (folder / "features.parquet").exists()


def test_a_full_disk_is_told_where_it_stops_the_export(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(BytesIO):
        def write(self, _: object) -> int:
            raise OSError("no space left")

    monkeypatch.setattr("geodata.formats.geojson._waiting", Full)
    with pytest.raises(FormatError, match="no space left"):
        GEOJSON.save(tmp_path / "out.geojson", *prepare_export(opened(folder), Filter()))
    assert not (tmp_path / "out.geojson").exists()
    assert not (folder / "features.parquet").exists()


def test_damage_is_told_once_and_mended(folder: Path, tmp_path: Path) -> None:
    expected = bytes_of(opened(folder), Filter())
    path = folder / "features.parquet"
    whole = path.read_bytes()
    place = pq.ParquetFile(path).metadata.row_group(3).column(6).data_page_offset
    path.write_bytes(whole[:place] + b"\0" * 400 + whole[place + 400 :])
    with pytest.raises(FormatError, match="the next export does without it"):
        GEOJSON.save(tmp_path / "out.geojson", *prepare_export(opened(folder), Filter()))
    assert not (tmp_path / "out.geojson").exists()
    assert not path.exists()
    path.write_bytes(b"no Parquet")
    assert bytes_of(opened(folder), Filter()) == expected
    assert path.read_bytes() == whole


def test_datasets_together_are_read(folder: Path, tmp_path: Path) -> None:
    bytes_of(opened(folder), Filter())
    others = renamed(Records(RECORDS.incidents[:3]), "other")
    parts = open_parts([folder, make_dataset(tmp_path / "other", others)], read_records)
    store = parts.store()
    assert store.kept_at is None
    assert bytes_of(store, Filter()) == bytes_of(Store.of(parts.everything()), Filter()).replace(
        parts.everything().version.encode(), store.version.encode()
    )


def geoparquet(store: Store, chosen: Filter, folder: Path) -> tuple[bytes, list[tuple[int, int]]]:
    """Return a GeoParquet, and what it told while it was written."""
    path, told = folder / "out.parquet", []
    PARQUET.save(path, *prepare_export(store, chosen), lambda *one: told.append(one))
    return path.read_bytes(), told


def rows_and_words(content: bytes) -> tuple[pa.Table, list[bytes]]:
    said = pq.read_metadata(BytesIO(content)).metadata
    return pq.read_table(BytesIO(content)), [said[b"geo"], said[b"mapview"]]


def held_geoparquet(records: Records, chosen: Filter, folder: Path) -> tuple[pa.Table, list[bytes]]:
    """Return the same of records that are held, made row by row."""
    found, about = prepare_export(Store.of(records), chosen)
    path = folder / "held.parquet"
    if isinstance(found, ManyRecords):
        passing = found.passing()
        found = replace(passing, incidents=tuple(passing.incidents))
    PARQUET.save(path, found, about)
    return rows_and_words(path.read_bytes())


@pytest.mark.parametrize("query", ["", "country=IR", "q=zzzz", "from=2018&to=2020", "areas=off"])
def test_geoparquet_of_many_has_the_rows_of_records(
    folder: Path, query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = Filter.from_query(query)
    expected = held_geoparquet(RECORDS, chosen, tmp_path)
    monkeypatch.setattr(ManyRecords, "passing", refuse)
    monkeypatch.setattr("geodata.formats.geoparquet._ROWS_A_GROUP", 30)
    # Made of records, then of features if these were kept, then copied if they are all.
    for _ in range(3):
        content, told = geoparquet(opened(folder), chosen, tmp_path)
        found = rows_and_words(content)
        assert found[0].equals(expected[0])
        assert found[1] == expected[1]
        assert told == sorted(told)
        count = sum(one["record_kind"] != "base area" for one in expected[0].to_pylist())
        assert told[-1] == (count, count)
    assert len(geopandas.read_parquet(tmp_path / "out.parquet")) == expected[0].num_rows
    assert b"".join(PARQUET.pieces(*prepare_export(opened(folder), chosen))) == content
    is_all = query in ("", "areas=off")
    assert (folder / "rows.parquet").is_file() == is_all
    if is_all:
        monkeypatch.setattr("geodata.formats.geoparquet._write_rows", refuse)
        assert geoparquet(opened(folder), chosen, tmp_path)[0] == content


@given(records=record_sets(), chosen=filters())
@settings(max_examples=4)
def test_any_records_give_the_rows_of_records(records: Records, chosen: Filter) -> None:
    records = renamed(records)
    with TemporaryDirectory() as name:
        target = Path(name)
        path = make_dataset(target / "own", records)
        for one in (Filter(), chosen):
            expected = held_geoparquet(records, one, target)
            for _ in range(2):
                found = rows_and_words(geoparquet(opened(path), one, target)[0])
                assert found[0].equals(expected[0])
                assert found[1] == expected[1]


def test_rows_are_copied_only_where_they_would_be_made_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_dataset(tmp_path / "own", replace(RECORDS, base_areas=(base_area(),)))
    kept, rows = opened(path), path / "rows.parquet"
    # Other base areas, another program, another dataset, and a file that is damaged or none.
    whole = geoparquet(kept, Filter(), tmp_path)[0]
    first = rows.read_bytes()
    without = geoparquet(kept, Filter.from_query("areas=off"), tmp_path)[0]
    assert pq.read_table(BytesIO(without)).num_rows < pq.read_table(BytesIO(whole)).num_rows
    middle = len(first) // 3
    for spoilt in (
        rows.read_bytes(),
        first[:middle] + bytes(40) + first[middle + 40 :],
        first[:middle],
        b"no Parquet",
        b"",
    ):
        rows.write_bytes(spoilt)
        assert geoparquet(kept, Filter(), tmp_path)[0] == whole
        assert rows.read_bytes() == first
    spoilt = pq.read_table(rows).slice(1)
    for metadata in ({b"made of": b"another dataset"}, pq.read_metadata(rows).metadata):
        pq.write_table(spoilt.replace_schema_metadata(metadata), rows)
        assert geoparquet(kept, Filter(), tmp_path)[0] == whole
    # Where there is no room for rows, an export does without.
    rows.unlink()
    monkeypatch.setattr("geodata.formats.kept.keeping._LEFT_FREE", 1 << 60)
    assert geoparquet(kept, Filter(), tmp_path)[0] == whole
    assert not rows.exists()


def test_a_geoparquet_that_is_stopped_leaves_nothing(kept: Store, tmp_path: Path) -> None:
    assert kept.kept_at is not None
    rows = kept.kept_at.with_name("rows.parquet")
    for is_kept in (False, True):
        rows.unlink(missing_ok=True)
        if is_kept:
            geoparquet(kept, Filter(), tmp_path)
        before = sorted(kept.kept_at.parent.iterdir())
        out = sorted(tmp_path.iterdir())
        for most in (-1, *((20,) if not is_kept else ())):
            prepared = prepare_export(kept, Filter())
            with pytest.raises(KeyboardInterrupt):
                PARQUET.save(tmp_path / "no.parquet", *prepared, partial(stop_after, most))
        assert sorted(kept.kept_at.parent.iterdir()) == before
        assert sorted(tmp_path.iterdir()) == out


@pytest.mark.parametrize("ending", EXPORTS)
def test_an_export_that_is_stopped_once_all_are_told_leaves_no_file(
    ending: str, kept: Store, tmp_path: Path
) -> None:
    def stop(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            EXPORTS[ending].save(tmp_path / f"out.{ending}", *prepare_export(kept, Filter()), stop)
        assert list(tmp_path.iterdir()) == []


def test_what_may_not_be_published_is_left_out_of_what_is_kept_too(tmp_path: Path) -> None:
    secret = RECORDS.incidents[0]
    names = {claim.source for one in RECORDS.incidents for claim in one.claims}
    closed = tuple(Source(id=one, title=one, may_publish=False) for one in sorted(names))
    path = make_dataset(tmp_path / "own", replace(RECORDS, sources=closed))
    kept = path / "features.parquet"
    # They are kept with an import, for who holds a licence.
    assert secret.id in pq.read_table(kept)["id"].to_pylist()
    for _ in range(2):
        for ending in TEXTS:
            found = bytes_of(opened(path), Filter(ids=(secret.id,)), ending)
            assert secret.id.encode() not in found.split(b'"features"')[-1]
        found, _ = geoparquet(opened(path), Filter(), tmp_path)
        assert secret.id not in pq.read_table(BytesIO(found))["id"].to_pylist()
        assert not (path / "rows.parquet").exists()
        kept.unlink(missing_ok=True)
    assert not kept.exists()
