"""What is opened of an engine says whether another push has taken its place."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest
from plain_loop import random_records
from postgres import Postgres

from geodata.engines import EngineAddress, open_engine, push
from geodata.engines.opening import EngineParts
from geodata.engines.spark import folder as folder_of
from geodata.engines.versions import Kept
from geodata.errors import EngineError, GeodataError, ReplacedError
from geodata.records import ReadResult
from geodata.workspace import parts_of


class NoCluster:
    """Sessions of which nothing must be asked."""


def test_a_folder_says_which_state_is_shown_by_now(tmp_path: Path) -> None:
    catalogue = parts_of(ReadResult(random_records(3))).catalogue
    sessions = NoCluster()
    parts: EngineParts = folder_of._SparkParts(
        "mine", catalogue, 1, 3, sessions, tmp_path / "state_1"  # type: ignore[arg-type]
    )  # fmt: skip
    assert parts.shown() is None
    for state in (1, 2):
        folder_of._show(tmp_path, [Kept("", "v", state, 3, 3)])
        assert parts.shown() == (state, "v", ())
    (tmp_path / "dataset.json").write_text(json.dumps({"state": "2"}), encoding="utf-8")
    with pytest.raises(GeodataError, match=r"dataset\.json"):
        parts.shown()


def test_a_database_says_which_state_is_shown_by_now(postgres: Postgres) -> None:
    postgres.clear()
    address, made = EngineAddress(postgres.url), parts_of(ReadResult(random_records(3)))
    push(address, "mine", made.engine().batches(), made.catalogue)
    parts = open_engine(address)
    assert parts.shown() == parts.pushed == (parts.state, made.catalogue.version, ())
    pushed = push(address, "mine", made.engine().batches(), made.catalogue)
    assert parts.shown() == (pushed.state, made.catalogue.version, ()) != parts.pushed
    postgres.stop()
    with pytest.raises(EngineError):
        parts.shown()
    postgres.clear()


def test_what_another_took_the_place_of_is_told_from_an_engine_that_is_silent(
    postgres: Postgres,
) -> None:
    postgres.clear()
    address, made = EngineAddress(postgres.url), parts_of(ReadResult(random_records(3)))
    pushed = push(address, "mine", made.engine().batches(), made.catalogue)
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f"drop table mapview.context_{pushed.state}")
    with pytest.raises(ReplacedError, match="got another in its place, or none"):
        open_engine(address)
    postgres.stop()
    with pytest.raises(EngineError, match="got no connection") as silent:
        open_engine(address)
    assert not isinstance(silent.value, ReplacedError)
    postgres.clear()
