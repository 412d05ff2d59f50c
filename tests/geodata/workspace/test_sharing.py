"""Blocks of rows that several processes make come to what one process makes of all rows."""

from __future__ import annotations

import csv
import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from geodata.helpers import processors
from geodata.importing import Importing, Settings, begin
from geodata.reading import Row, open_file
from geodata.workspace import Workspace, build, sharing, writing

_ROWS = 600
_TABLES = ("details.parquet", "incidents.parquet", "ids.parquet")
_TEXTS = ("manifest.json", "groups.json", "sources.json", "rejected.csv", "recipe.toml")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows as ACLED has them, with each kind of trap."""
    chance = random.Random(5)
    found = tmp_path_factory.mktemp("rows") / "rows.csv"
    with found.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow([
            "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type",
            "actor1", "inter1", "actor2", "country", "admin1", "location", "latitude",
            "longitude", "geo_precision", "source", "notes", "fatalities",
        ])  # fmt: skip
        for number in range(_ROWS):
            # Half of the blocks have an id that came before.
            identifier = number if number % 100 < 50 or number < 200 else chance.randrange(number)
            actor, other = (f"Gröup {chance.randrange(1 + number // 9)}" for _ in "ab")
            row = [
                f"AFG{identifier}", f"2020-0{1 + number % 9}-11", number % 4, "Battles",
                "Armed clash", actor, chance.choice(("1", "2", "")), other, "Afghanistan", "Kabul",
                f"Town {number % 70}", "34.5", "69.2", number % 3 + 1,
                f"Paper {chance.randrange(1 + number // 9)}", "Two groups fought.", number % 5,
            ]  # fmt: skip
            trap = chance.choice(("",) * 9 + ("date", "half", "far", "toll", "place", "wide"))
            if trap == "date":
                row[1] = "soon"
            elif trap == "half":
                row[11] = ""
            elif trap == "far":
                row[8] = "Peru"
            elif trap == "toll":
                row[16] = "many"
            elif trap == "place":
                row[11] = row[12] = ""
            elif trap == "wide":
                row.append("more")
            rows.writerow(row)
    return found


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """One moment for all, which a manifest has."""
    moment = datetime(2026, 11, 2, tzinfo=UTC)
    monkeypatch.setattr(writing, "now", lambda: moment)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "_ROWS", 50)
    monkeypatch.setattr(sharing, "_ALONE", 1)
    monkeypatch.setattr(sharing, "processors", lambda: 2)


def begun(path: Path, **settings: Any) -> Importing:
    return begin(open_file(path), Settings(**settings), "own", path.name)


def built(folder: Path, path: Path, **settings: Any) -> tuple[Importing, Path]:
    importing = begun(path, **settings)
    dataset, _ = build(Workspace(folder), "own", importing, [path]) or pytest.fail("no rows")
    return importing, dataset.folder


def alike(ours: tuple[Importing, Path], others: tuple[Importing, Path]) -> None:
    for name in _TABLES:
        assert pq.read_table(ours[1] / name).equals(pq.read_table(others[1] / name)), name
    for name in _TEXTS:
        assert (ours[1] / name).read_text() == (others[1] / name).read_text(), name
    assert ours[0].account == others[0].account
    assert list(ours[0].unplaced.items()) == list(others[0].unplaced.items())
    account = ours[0].account
    assert account.rows == _ROWS == account.accepted + account.rejected


@pytest.mark.parametrize("settings", [{}, {"rejects_doubtful": True}])
def test_rows_in_blocks_come_to_what_they_come_to_one_by_one(path, tmp_path, monkeypatch, settings):
    monkeypatch.setattr(sharing, "_ROWS", 50)
    ours = built(tmp_path / "blocks", path, **settings)
    monkeypatch.setattr(Importing, "is_by_row", False)
    alike(ours, built(tmp_path / "one", path, **settings))


def test_several_processes_write_what_one_writes(path, tmp_path, monkeypatch, small_blocks):
    asked: list[Any] = []
    ask = sharing.Helpers.ask

    def noted(own: Any, piece: Any) -> Any:
        asked.append(ask(own, piece))
        return asked[-1]

    monkeypatch.setattr(sharing.Helpers, "ask", noted)
    monkeypatch.setattr(sharing, "_MOST_AGAIN", 5)
    ours = built(tmp_path / "several", path)
    answered = [one for one in asked if not one.cancelled() and one.exception() is None]
    assert len(answered) > 5
    monkeypatch.setattr(sharing, "processors", lambda: 1)
    alike(ours, built(tmp_path / "one", path))


def test_what_a_helper_cannot_make_is_made_without_it(path, tmp_path, monkeypatch, small_blocks):
    ended = []
    ask = sharing.Helpers.ask

    def break_one(own: Any, piece: Any) -> Any:
        found = ask(own, piece)
        if len(ended) < 2 and (begun := own._all[0]._begun):
            begun.kill()
            ended.append(begun)
        return found

    monkeypatch.setattr(sharing.Helpers, "ask", break_one)
    ours = built(tmp_path / "broken", path)
    assert ended
    monkeypatch.setattr(sharing, "processors", lambda: 1)
    alike(ours, built(tmp_path / "one", path))


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_a_cancelled_import_leaves_neither_files_nor_processes(
    path, tmp_path, monkeypatch, small_blocks, error
):
    helpers = []
    close = sharing.Helpers.close

    def closed(own: Any) -> None:
        helpers.extend(one._begun for one in own._all if one._begun)
        close(own)

    monkeypatch.setattr(sharing.Helpers, "close", closed)
    importing = begun(path)

    def stop(rows: Iterator[Any]) -> Iterator[Any]:
        for number, row in enumerate(rows):
            if number == _ROWS // 2:
                raise error
            yield row

    importing.through(stop)
    with pytest.raises(error):
        build(Workspace(tmp_path / "work"), "own", importing, [path])
    assert helpers
    assert all(one.poll() is not None for one in helpers)
    assert list((tmp_path / "work").iterdir()) == []


def test_blocks_are_small_where_rows_are_long(monkeypatch):
    monkeypatch.setattr(sharing, "_LETTERS", 1_000)
    rows = iter([Row(n, n, ("x" * 400, n % 3)) for n in range(10)])
    sizes = []
    while block := sharing._next_block(rows):
        sizes.append(len(block))
    assert sizes == [3, 3, 3, 1]


def test_a_machine_has_a_processor():
    assert 1 <= processors() <= (os.cpu_count() or 1)
