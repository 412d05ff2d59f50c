"""Features that are made once a large file is open are those that an import makes."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pyarrow.parquet as pq
import pytest
from plain_loop import random_records

from geodata import read_records
from geodata.formats.geojson import write_geojson
from geodata.helpers import Helpers
from geodata.large import features
from geodata.large.features import keep_features
from geodata.large.opening import open_large
from geodata.records import Records
from geodata.workspace import Dataset, Opened, in_columns, open_parts, write_dataset


class AtOnce:
    """Helpers that are at work in this process, and how many pieces they were asked for."""

    asked = 0

    def __init__(self, begin: Callable[[Any], Callable[[Any], Any]], told: Any, _: int) -> None:
        self._make = begin(told)

    def ask(self, piece: Any) -> Future[Any]:
        type(self).asked += 1
        made: Future[Any] = Future()
        try:
            made.set_result(self._make(piece))
        except Exception as error:  # noqa: BLE001 - as a helper tells it
            made.set_exception(RuntimeError(repr(error)))
        return made

    def close(self) -> None:
        """Nothing is left of it."""


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AtOnce, "asked", 0)
    monkeypatch.setattr(features, "Helpers", AtOnce)
    monkeypatch.setattr(features, "_GROUPS", 1)
    monkeypatch.setattr(os, "nice", lambda _: None)
    monkeypatch.setattr("geodata.workspace.columnar.ROWS_A_GROUP", 7)
    monkeypatch.setattr("geodata.formats.kept.keeping._LEFT_FREE", 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "all.geojson"
    write_geojson(found, random_records(90))
    return found


def opened(path: Path, told: Any = None) -> Opened:
    made = open_large(path, partial(in_columns, told=told), write_dataset)
    assert made
    return made


def context_of(dataset: Dataset) -> Records:
    (one,) = open_parts([dataset.folder], read_records).datasets
    return one.context


def kept(dataset: Dataset) -> Path:
    return dataset.file("features.parquet")


def test_they_are_those_that_an_import_makes(path: Path) -> None:
    later, at_once = opened(path), opened(path, ("text", "line"))
    assert not kept(later.dataset).exists()
    keep_features(later.dataset, context_of(later.dataset), Event())
    ours, theirs = (pq.read_table(kept(one.dataset)) for one in (later, at_once))
    assert AtOnce.asked > 1
    assert ours.num_rows == 90
    assert ours.equals(theirs)
    assert ours.schema.metadata == theirs.schema.metadata


def test_another_process_makes_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "Helpers", Helpers)
    monkeypatch.setattr(features, "_GROUPS", 3)
    later, at_once = opened(path), opened(path, ("text", "line"))
    keep_features(later.dataset, context_of(later.dataset), Event())
    assert pq.read_table(kept(later.dataset)).equals(pq.read_table(kept(at_once.dataset)))


def test_nothing_is_kept_where_nobody_needs_them_any_more(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Busy(AtOnce):
        def ask(self, _: Any) -> Future[Any]:
            return Future()

    monkeypatch.setattr(features, "Helpers", Busy)
    later = opened(path)
    is_over = Event()
    is_over.set()
    before = set(later.dataset.folder.iterdir())
    keep_features(later.dataset, context_of(later.dataset), is_over)
    assert set(later.dataset.folder.iterdir()) == before


def test_what_cannot_be_made_is_left_to_the_export(path: Path) -> None:
    later = opened(path)
    context = context_of(later.dataset)
    details = later.dataset.file("details.parquet")
    table = pq.read_table(details)
    spoilt = table.set_column(1, "record", [["{"] * table.num_rows])
    pq.write_table(spoilt, details)
    keep_features(later.dataset, context, Event())
    assert AtOnce.asked
    assert not kept(later.dataset).exists()


def test_what_is_gone_meanwhile_is_left(path: Path) -> None:
    later = opened(path)
    context = context_of(later.dataset)
    later.dataset.file("details.parquet").unlink()
    keep_features(later.dataset, context, Event())
    assert not kept(later.dataset).exists()


def test_what_an_export_has_kept_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = opened(path)
    context = context_of(later.dataset)

    class Overtaken(AtOnce):
        def ask(self, piece: Any) -> Future[Any]:
            kept(later.dataset).write_text("of an export")
            return super().ask(piece)

    monkeypatch.setattr(features, "Helpers", Overtaken)
    keep_features(later.dataset, context, Event())
    assert kept(later.dataset).read_text() == "of an export"
    keep_features(later.dataset, context, Event())
    assert kept(later.dataset).read_text() == "of an export"


def test_a_full_disk_keeps_none(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.formats.kept.keeping._LEFT_FREE", 1 << 60)
    later = opened(path)
    keep_features(later.dataset, context_of(later.dataset), Event())
    assert AtOnce.asked == 0
    assert not kept(later.dataset).exists()
