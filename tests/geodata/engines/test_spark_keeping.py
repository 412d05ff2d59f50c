"""Datasets in a folder for Spark are listed and taken away, and no cluster is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from geodata.engines import EngineAddress, pushed_datasets, remove_pushed
from geodata.engines.spark import folder as folder_of
from geodata.engines.spark import keeping
from geodata.engines.versions import Kept
from geodata.errors import StoreError
from mapview.cli.__main__ import main

OLD = Kept("2021-11-02T01:30:00+04:30", "aaaa1111", 1, 2, 2)
NOW = Kept("2021-11-07T01:30:00+04:30", "bbbb2222", 2, 3, 4)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a dataset of two versions, one without days, and what a push has left."""
    for name, state in (("own", 1), ("own", 2), ("own", 7), ("bare", 1)):
        rows = tmp_path / name / f"state_{state}" / "incidents"
        rows.mkdir(parents=True)
        (rows / "part-00000.parquet").write_bytes(b"x" * 100 * state)
    folder_of._show(tmp_path / "own", [OLD, NOW])
    folder_of._show(tmp_path / "bare", [Kept("", "cccc", 1, 5, 6)])
    return tmp_path


def address(place: Path) -> EngineAddress:
    # Nobody listens there.
    return EngineAddress(f"spark://127.0.0.1:1{place}")


def test_datasets_are_listed_with_their_versions(place: Path) -> None:
    bare, own = pushed_datasets(address(place))
    assert (bare.name, bare.shown.version, bare.older) == ("bare", "cccc", ())
    assert (own.name, own.shown, own.older) == ("own", NOW, (OLD,))
    assert own.sizes == {1: 100, 2: 200}
    assert abs((datetime.now(UTC) - own.pushed).total_seconds()) < 60


def test_an_older_version_is_removed_and_nothing_else(place: Path) -> None:
    _, before = pushed_datasets(address(place))
    assert remove_pushed(address(place), "own", "2021-11-02") == OLD
    assert not (place / "own/state_1").exists()
    _, own = pushed_datasets(address(place))
    assert (own.shown, own.older, own.sizes) == (NOW, (), {2: 200})
    # That is no push.
    assert own.pushed == before.pushed
    with pytest.raises(StoreError, match="is what is shown"):
        remove_pushed(address(place), "own", "bbbb")
    assert (place / "own/state_2").is_dir()


def test_a_dataset_is_removed_and_what_another_push_makes_stays(place: Path) -> None:
    assert remove_pushed(address(place), "own") is None
    assert [one.name for one in pushed_datasets(address(place))] == ["bare"]
    assert [one.name for one in (place / "own").iterdir()] == ["state_7"]
    assert remove_pushed(address(place), "bare") is None
    assert not (place / "bare").exists()
    for name in ("own", "..", "own/state_7"):
        with pytest.raises(StoreError, match="must be named"):
            remove_pushed(address(place), name)


def test_a_removal_that_is_ended_leaves_no_dataset_that_is_half_there(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(keeping, "_remove_state", end)
    with pytest.raises(KeyboardInterrupt):
        remove_pushed(address(place), "own", "aaaa")
    # Nothing speaks of it any more, and what is shown is whole.
    _, own = pushed_datasets(address(place))
    assert (own.shown, own.older) == (NOW, ())
    with pytest.raises(KeyboardInterrupt):
        remove_pushed(address(place), "own")
    assert [one.name for one in pushed_datasets(address(place))] == ["bare"]


def test_the_command_lists_a_folder_and_says_where_there_is_none(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = ["--engine", address(place).text]
    assert main(["datasets", *engine]) == 0
    assert "own: 3 incidents in 4 rows, beside 1 older version, 0.0 MB" in capsys.readouterr().out
    assert main(["datasets", "remove", "own", "aaaa1111", *engine]) == 0
    assert f"(aaaa1111) was removed from Spark at 127.0.0.1:1{place}" in capsys.readouterr().out
    assert main(["datasets", "--engine", f"{address(place).text}/gone"]) == 1
    assert f"the folder {place}/gone must be there" in capsys.readouterr().err


def test_a_folder_that_may_not_be_written_is_a_sentence(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(keeping, "_remove_state", refuse)
    with pytest.raises(StoreError, match=r"must be writable for who removes .*: Permission denied"):
        remove_pushed(address(place), "own", "aaaa")
