"""What a folder for Spark holds is read as whoever may write to it left it; no cluster is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NoReturn

import pytest
from engine_questions import as_of_many, random_filters
from plain_loop import random_records

from geodata.engines.spark import folder as folder_of
from geodata.engines.spark.catalogue import read_context
from geodata.engines.spark.sessions import _is_loopback
from geodata.engines.versions import Kept
from geodata.errors import EngineError, GeodataError, StoreError
from geodata.queries import DateMatch, Filter, MercatorBox, duckdb_engine, to_table
from geodata.queries.asked import Questions

TOLD = {"layout": 1, "state": 2, "incidents": 1, "rows": 1, "version": "v"}


def test_a_push_removes_no_folder_but_that_of_a_state(tmp_path: Path) -> None:
    shown, kept = tmp_path / "maps" / "mine", tmp_path / "kept"
    for one in (shown, kept, shown / "state_1", shown / "state_x"):
        one.mkdir(parents=True)
    found = []
    for before in ("x/../../../kept", 1):
        text = json.dumps({**TOLD, "state_before": before})
        (shown / "dataset.json").write_text(text, encoding="utf-8")
        over = folder_of._show(shown, [Kept("", "w", 3, 1, 1)])
        found.append(list(over))
    assert found == [[], [1]]
    assert kept.is_dir()


@pytest.mark.parametrize("content", [b"[]", b"{}", b'{"groups": 1}', b"\xff", b"{", b"null"])
def test_a_damaged_context_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "context.json"
    path.write_bytes(content)
    with pytest.raises(GeodataError, match=r"context\.json"):
        read_context(path)


@pytest.mark.parametrize("content", [b"\xff", b"[]", b'{"state": "1/../.."}'])
def test_a_damaged_dataset_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dataset.json").write_bytes(content)
    with pytest.raises(GeodataError, match=r"dataset\.json"):
        folder_of.shown_of(tmp_path)


@pytest.mark.parametrize(
    ("host", "is_here"), [("127.0.0.1", True), ("[::1]", True), ("192.0.2.1", False)]
)
def test_a_master_at_loopback_is_known_by_either_address(host: str, is_here: bool) -> None:  # noqa: FBT001
    assert _is_loopback(host) == is_here


class Nobody:
    """Sessions with a cluster that must not be asked."""

    def ask(self, *_: object) -> NoReturn:
        raise EngineError("nobody is there")

    def check_there(self, path: Path) -> None:
        if not path.exists():
            raise StoreError("another is in its place")


def test_what_is_near_is_read_from_its_files(tmp_path: Path) -> None:
    records = random_records(240)
    table = to_table(records)
    sessions = Nobody()
    with as_of_many():
        engine = duckdb_engine(table)
        folder_of._write_rows(tmp_path / "incidents", engine.batches(), lambda _: None)
        folder_of._write_places(tmp_path)
        assert len(list((tmp_path / "incidents").iterdir())) > 8
        counting = folder_of._counting(sessions, tmp_path)  # type: ignore[arg-type]
        told = left = 0
        at_times = engine.texts("found_at_times")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(counting, "texts", lambda _: at_times)
            near = Questions(counting, records.resolve_groups)
        whole = Questions(engine, records.resolve_groups)
        for number, chosen in enumerate(random_filters(60, seed=3)):
            x, y = (number % 8) << 28, (number // 8 % 8) << 28
            box = MercatorBox(x, y, x + (1 << 28), y + (1 << 28))
            stricter = chosen.matching(DateMatch.CERTAIN)
            asked = (chosen, stricter, box, 24, number % 3)
            try:
                answer = near.view(*asked), near.within(chosen, [box, box])
            except EngineError:
                left += 1
                continue
            assert answer == (whole.view(*asked), whole.within(chosen, [box, box])), chosen
            told += answer[0].total > 0
        assert told > 10
        assert left > 10


def test_no_region_is_told_of_a_folder_that_has_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = random_records(60)
    engine, sessions = duckdb_engine(to_table(records)), Nobody()
    folder_of._write_rows(tmp_path / "incidents", engine.batches(), lambda _: None)
    folder_of._write_places(tmp_path)
    counting = folder_of._counting(sessions, tmp_path)  # type: ignore[arg-type]
    monkeypatch.setattr(counting, "texts", engine.texts)
    # No view is near, but each region is.
    monkeypatch.setattr("geodata.engines.spark.asking._MOST_NEAR", 1)
    monkeypatch.setattr("geodata.queries.asked.questions._ONCE", 1_000_000)
    questions = Questions(counting, records.resolve_groups)
    box = MercatorBox(0, 0, (1 << 31) - 1, (1 << 31) - 1)
    asked = (Filter(), None, box, 27, 0)
    seen = questions.view(*asked)
    assert seen.total
    monkeypatch.setattr("geodata.queries.asked.questions._ONCE", 0)
    assert questions.view(*asked) == seen
    (tmp_path / "incidents").rename(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="another is in its place"):
        questions.view(*asked)


def test_parts_of_files_are_told_and_whole_files_of_earlier_pushes(tmp_path: Path) -> None:
    told = '{"a.parquet": [[1, 2, 3, 4], [5, 6, 7, 8]], "b.parquet": [1, 2, 3, 4]}'
    (tmp_path / "places.json").write_text(told, encoding="utf-8")
    found = [(one.file.name, one.box, one.rows) for one in folder_of._places(tmp_path)]
    assert found == [
        ("a.parquet", MercatorBox(1, 2, 3, 4), 20_000),
        ("a.parquet", MercatorBox(5, 6, 7, 8), 20_000),
        ("b.parquet", MercatorBox(1, 2, 3, 4), 200_000),
    ]


@pytest.mark.parametrize(
    "content",
    ["[]", '{"a": 1}', '{"a": [1, 2, 3]}', '{"a": [1, 2, 3, "4"]}', '{"a": [[1, 2, 3]]}'],
)
def test_damaged_places_are_told_in_a_sentence(tmp_path: Path, content: str) -> None:
    assert folder_of._places(tmp_path) == []
    (tmp_path / "places.json").write_text(content, encoding="utf-8")
    with pytest.raises(GeodataError, match=r"places\.json"):
        folder_of._places(tmp_path)
