"""A large file opened in columns answers as the same file read whole."""

from __future__ import annotations

import gc
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_loop import random_records
from strategies import filters

from geodata import Filter, Store, read_records
from geodata.errors import FormatError
from geodata.formats.geojson import write_geojson
from geodata.large import cutting, making
from geodata.large.opening import open_large
from geodata.workspace import Opened, Parts, in_columns, open_parts, write_dataset


def opened(path: Path) -> Opened | None:
    return open_large(path, in_columns, write_dataset)


def both(path: Path) -> tuple[Parts, Parts]:
    """The file in columns, and whole."""
    return open_parts([path], read_records, opened), open_parts([path], read_records)


def changed(path: Path, change: Any) -> None:
    """Change the features of a file, which stay one a line."""
    whole = json.loads(path.read_text("utf-8"))
    change(whole["features"])
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in whole.pop("features"))
    members = "".join(f"{json.dumps(k)}: {json.dumps(v)},\n" for k, v in whole.items())
    path.write_text(f'{{\n{members}"features": [\n{lines}\n]\n}}\n', "utf-8")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Parts, Parts]:
    path = tmp_path_factory.mktemp("large") / "all.geojson"
    write_geojson(path, random_records(240))
    with pytest.MonkeyPatch.context() as small:
        small.setattr(cutting, "LARGE_BYTES", 1)
        small.setattr(cutting, "_PIECE_BYTES", 30_000)
        small.setattr(making, "processors", lambda: 1)
        return both(path)


def test_it_holds_what_the_file_read_whole_holds(pair: tuple[Parts, Parts]) -> None:
    large, whole = pair
    assert large.datasets
    assert not whole.datasets
    assert large.everything() == whole.everything()
    assert large.catalogue.version == whole.catalogue.version
    assert (large.problems, large.notes) == (whole.problems, whole.notes)


@pytest.fixture(scope="module")
def stores(pair: tuple[Parts, Parts]) -> tuple[Store, Store]:
    large, whole = pair
    return large.store(), whole.store()


@given(chosen=filters(words=st.sampled_from(("kunduz", "is-kp", "bomb", "a'b"))))
@settings(max_examples=8)
def test_it_answers_as_the_file_read_whole(stores: tuple[Store, Store], chosen: Filter) -> None:
    ours, theirs = stores
    assert ours.totals(chosen) == theirs.totals(chosen)
    assert ours.facets(chosen) == theirs.facets(chosen)
    assert ours.toll(chosen) == theirs.toll(chosen)


def test_what_is_wrong_is_told_alike(tmp_path: Path) -> None:
    path = tmp_path / "all.geojson"
    write_geojson(path, replace(random_records(40), relations=()))

    def spoil(features: list[Any]) -> None:
        features[3]["properties"]["status"] = "certain"
        features[20]["properties"]["colour"] = "red"
        features[30]["properties"]["colour"] = "blue"
        features[31]["properties"] = None
        features[32]["geometry"] = {"type": "Point", "coordinates": [69, 34, 1800]}

    changed(path, spoil)
    large, whole = both(path)
    assert large.datasets
    assert large.problems
    assert large.problems == whole.problems
    assert [str(one) for one in large.notes] == [str(one) for one in whole.notes]
    assert len(large.notes) > 1
    assert large.everything() == whole.everything()


def test_an_id_that_comes_again_is_told_by_reading_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "all.geojson"
    write_geojson(path, random_records(40))
    changed(path, lambda features: features.append(features[0]))
    assert opened(path) is None
    large, whole = both(path)
    assert "must be unique" in str(large.problems[-1])
    assert large.problems == whole.problems


@pytest.mark.parametrize("is_named_back", [True, False])
def test_a_toll_that_one_part_alone_says_is_shared_is_read_whole(
    tmp_path: Path, *, is_named_back: bool
) -> None:
    path = tmp_path / "all.geojson"
    records = random_records(40)
    first, *others, last = records.incidents
    first = first.but(casualties_combined=(last.id, "nowhere"))
    if is_named_back:
        last = last.but(casualties_combined=(first.id,))
    write_geojson(path, replace(records, incidents=(first, *others, last)))
    large, whole = both(path)
    assert bool(large.datasets) == is_named_back
    assert large.everything() == whole.everything()
    assert large.notes == whole.notes
    found = large.catalogue.incident(last.id)
    assert found
    assert found.casualties_combined == (first.id,)


def test_its_folder_goes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "all.geojson"
    write_geojson(path, random_records(40))
    found = opened(path)
    assert found is not None
    folder = found.dataset.folder
    assert folder.is_dir()
    del found
    gc.collect()
    assert not folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no such locks")
def test_the_folder_of_a_process_that_was_killed_goes_with_the_next(
    scratch: Path, tmp_path: Path
) -> None:
    path = tmp_path / "all.geojson"
    write_geojson(path, random_records(40))
    left, other = scratch / "mapview-large-left", scratch / "another"
    for one in (left, other):
        one.mkdir()
        (one / "incidents.duckdb").write_text("something")
    first = opened(path)
    assert not left.exists()
    second = opened(path)
    assert first
    assert second
    folders = {one.dataset.folder for one in (first, second)}
    assert set(scratch.iterdir()) == {other, *folders}


def test_who_has_split_off_leaves_the_folder_to_its_owner(
    scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "all.geojson"
    write_geojson(path, random_records(40))
    found = opened(path)
    assert found
    monkeypatch.setattr(os, "getpid", lambda: -1)
    del found
    gc.collect()
    assert [one.name.startswith("mapview-large-") for one in scratch.iterdir()] == [True]


def test_without_room_on_the_disk_it_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "all.geojson"
    write_geojson(path, random_records(40))
    begun = []

    def write(folder: Path, *_: Any) -> Any:
        begun.append(folder)
        raise FormatError(f"{folder} must be writable, got: No space left on device")

    assert open_large(path, in_columns, write) is None
    assert [one.exists() for one in begun] == [False]
    assert open_parts([path], read_records, lambda one: open_large(one, in_columns, write)).is_held


def test_beside_other_records_it_is_read_whole(tmp_path: Path) -> None:
    names = [tmp_path / "a.geojson", tmp_path / "b.geojson"]
    for name in names:
        write_geojson(name, random_records(20))
    assert open_parts(names, read_records, opened).is_held


def test_helpers_make_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "all.geojson"
    write_geojson(path, random_records(60))
    alone = opened(path)
    asked = []

    class Counted(making.Helpers):
        def ask(self, piece: Any) -> Any:
            asked.append(piece)
            return super().ask(piece)

    monkeypatch.setattr(making, "processors", lambda: 2)
    monkeypatch.setattr(making, "Helpers", Counted)
    shared = opened(path)
    assert asked
    assert alone
    assert shared
    assert alone.dataset.manifest().version == shared.dataset.manifest().version
    ours, theirs = (open_parts([one.dataset.folder], read_records) for one in (alone, shared))
    assert ours.everything() == theirs.everything()
