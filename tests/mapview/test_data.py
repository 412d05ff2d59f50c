"""Which records the process shows: the shipped ones, or the files it was given."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pyarrow.parquet as pq
import pytest
from columnar_datasets import make_dataset
from samples import many_records, write_records

from geodata import Claim, Filter, Records, Source, Store, load
from geodata.errors import FormatError
from geodata.queries import JoinedCatalogue
from geodata.workspace.details import DatasetCatalogue
from mapview.data import (
    DATA_VARIABLE,
    change_files,
    current_store,
    data_files,
    keep_ahead,
    load_problems,
    tell_changes,
)
from mapview.exports import EXPORTS
from mapview.outgoing import prepare_export


def test_shipped_records_unless_told_otherwise(use_files: Callable[..., None]) -> None:
    use_files()
    assert data_files() == []
    assert current_store().everything() is load()
    assert load_problems() == ()


def test_store_is_opened_once(many_file: Path, use_files: Callable[..., None]) -> None:
    use_files(many_file)
    assert current_store() is current_store()
    assert current_store().all_incidents == 2_500


def test_several_files_are_read_together(tmp_path: Path, use_files: Callable[..., None]) -> None:
    records = many_records(4)
    parts = [
        write_records(tmp_path / f"{i}.geojson", type(records)((one,)))
        for i, one in enumerate(records.incidents)
    ]
    use_files(*parts)
    assert data_files() == [str(one) for one in parts]
    assert current_store().everything().incidents == records.incidents


def test_empty_parts_of_the_setting_are_no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, "::a.geojson::b.csv:")
    assert data_files() == ["a.geojson", "b.csv"]


@pytest.mark.parametrize("name", ["night 12:30.geojson", "co:lon.geojson", "[1].geojson"])
def test_a_name_may_have_what_separates(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_records(tmp_path / name, many_records(1))
    for setting in (str(file), json.dumps([str(file)])):
        monkeypatch.setenv(DATA_VARIABLE, setting)
        assert data_files() == [str(file)]
    monkeypatch.setenv(DATA_VARIABLE, json.dumps([str(file), "b.csv"]))
    assert data_files() == [str(file), "b.csv"]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(DATA_VARIABLE, name)
    assert data_files() == [name]


def test_a_list_of_files_may_be_longer_than_any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [f"/{number}.geojson" for number in range(1_000)]
    monkeypatch.setenv(DATA_VARIABLE, os.pathsep.join(paths))
    assert data_files() == paths


def test_bad_records_are_left_out_and_told(tmp_path: Path, use_files: Callable[..., None]) -> None:
    file = write_records(tmp_path / "a.geojson", many_records(3))
    collection = json.loads(file.read_text(encoding="utf-8"))
    collection["features"][1]["properties"]["event_date"] = "some day"
    file.write_text(json.dumps(collection), encoding="utf-8")
    use_files(file)
    found = [one.id for one in current_store().everything().incidents]
    assert found == ["made-00000", "made-00002"]
    assert [(one.record, one.field) for one in load_problems()] == [("made-00001", "event_date")]


def test_file_without_any_good_record_is_refused(
    tmp_path: Path, use_files: Callable[..., None]
) -> None:
    file = tmp_path / "a.geojson"
    file.write_text('{"type": "FeatureCollection", "features": [{"id": "x"}]}', encoding="utf-8")
    use_files(file)
    with pytest.raises(FormatError, match=r"no record could be read; the first problem is .*must"):
        current_store()


def test_empty_collection_is_shown_as_such(tmp_path: Path, use_files: Callable[..., None]) -> None:
    file = tmp_path / "a.geojson"
    file.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    use_files(file)
    assert current_store().all_incidents == 0


def test_missing_file_is_named(tmp_path: Path, use_files: Callable[..., None]) -> None:
    use_files(tmp_path / "gone.geojson")
    with pytest.raises(FormatError, match=r"gone\.geojson must be a readable file, got"):
        current_store()


@pytest.mark.usefixtures("own_use")
def test_other_files_are_shown_once_they_are_open(many_file: Path, tmp_path: Path) -> None:
    before = current_store()
    change_files(lambda files: [*files, str(many_file)])
    assert (data_files(), current_store().all_incidents) == ([str(many_file)], 2_500)
    with pytest.raises(FormatError, match="must be a readable file"):
        change_files(lambda files: [*files, str(tmp_path / "gone.geojson")])
    assert (data_files(), current_store().all_incidents) == ([str(many_file)], 2_500)
    change_files(lambda _: [])
    assert current_store().version == before.version


@pytest.mark.usefixtures("own_use")
def test_who_wants_to_know_is_told_once_other_files_are_shown(
    many_file: Path, tmp_path: Path
) -> None:
    told: list[int] = []
    tell_changes(lambda: told.append(current_store().all_incidents))
    try:
        change_files(lambda _: [str(many_file)])
        with pytest.raises(FormatError):
            change_files(lambda _: [str(tmp_path / "gone.geojson")])
    finally:
        tell_changes(None)
    change_files(lambda _: [])
    assert told == [2_500]


@pytest.mark.usefixtures("own_use")
def test_the_same_name_may_be_another_dataset(tmp_path: Path) -> None:
    file = write_records(tmp_path / "a.geojson", many_records(3))
    change_files(lambda _: [str(file)])
    write_records(file, many_records(5))
    change_files(lambda files: files)
    assert current_store().all_incidents == 5


def _dataset(folder: Path, *, may_publish: bool) -> Path:
    source = Source(id=folder.name, title="A database", may_publish=may_publish)
    claims = (Claim(about="occurrence", source=folder.name),)
    made = [
        one.but(id=f"{folder.name}:{one.id}", claims=claims) for one in many_records(3).incidents
    ]
    return make_dataset(folder, Records(tuple(made), sources=(source,)))


def test_datasets_are_shown_beside_files_from_their_columns(
    tmp_path: Path, use_files: Callable[..., None]
) -> None:
    folder = _dataset(tmp_path / "own", may_publish=False)
    file = write_records(tmp_path / "a.geojson", many_records(2))
    use_files(folder, file)
    assert current_store().all_incidents == 5
    assert current_store().incident("own:made-00001") is not None
    assert isinstance(current_store()._catalogue, JoinedCatalogue)


def test_what_a_dataset_forbids_to_publish_is_nowhere_in_public(
    tmp_path: Path, use_files: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPVIEW_PUBLIC", "on")
    secret = _dataset(tmp_path / "secret", may_publish=False)
    plain = _dataset(tmp_path / "plain", may_publish=True)
    use_files(secret, plain)
    store = current_store()
    assert {row.id for row in store.table(Filter())} == {
        f"plain:{one.id}" for one in many_records(3).incidents
    }
    assert store.incident("secret:made-00001") is None
    assert store.changes
    use_files(plain)
    assert current_store().all_incidents == 3
    assert isinstance(current_store()._catalogue, DatasetCatalogue)
    monkeypatch.setenv("MAPVIEW_COARSEN", "province")
    use_files(plain, secret)
    assert current_store().incident("plain:made-00001") is None
    assert current_store().changes


def test_what_exports_copy_of_a_large_file_is_made_once_it_is_open(
    many_file: Path, use_files: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_files(many_file)
    whole = bytes_of(current_store())
    monkeypatch.setattr("geodata.large.cutting.LARGE_BYTES", 1)
    monkeypatch.setattr("geodata.formats.kept.keeping._LEFT_FREE", 0)
    use_files(many_file)
    kept_at = current_store().kept_at
    assert kept_at
    assert not kept_at.exists()
    keep_ahead(Event())
    assert pq.read_metadata(kept_at).num_rows == current_store().all_incidents
    monkeypatch.setattr("geodata.formats.kept.texts.FeatureTexts.of_parts", None)
    assert bytes_of(current_store()) == whole


def test_nothing_is_made_ahead_of_files_that_are_read_whole(
    many_file: Path, use_files: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_files(many_file)
    monkeypatch.setattr("mapview.data.keep_features", None)
    keep_ahead(Event())


def bytes_of(store: Store) -> bytes:
    return b"".join(EXPORTS["geojson"].pieces(*prepare_export(store, Filter()), None))
