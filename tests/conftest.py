"""Settings and fixtures that all tests share; makes `strategies` importable."""

from __future__ import annotations

import csv
import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fixed_records import everything
from steady import use_steady_examples

from geodata.datasets import shipped_files
from geodata.formats.registry import read_records
from geodata.records.collection import Records
from geodata.records.reading import ReadResult

pytest_plugins = ("browser.running", "postgres", "spark")

SLOW = Path(__file__).parent / "slow.txt"

use_steady_examples()


def pytest_configure() -> None:
    """Set what holds in every process of the tests, whichever of them it runs."""
    # Some tests read long cells with Python's own reader, which refuses them unless told.
    csv.field_size_limit(2**31 - 1)
    # As the server does: a quarter of the time of questions is else spent on looking for cycles.
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish() -> None:
    """Leave what all tests share out of every later collection."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `make check` leaves out, by a list that was measured."""
    lines = SLOW.read_text("utf-8").splitlines()
    listed = {line for line in lines if not line.startswith("#")}
    for item in items:
        name = item.nodeid.partition("[")[0]
        if name in listed:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(autouse=True)
def no_setting_stays() -> Iterator[None]:
    """Take back what a command that ran in this process has set for it.

    Servers that later tests start would be set by it, too.
    """
    before = _settings()
    yield
    for name in {*before, *_settings()}:
        os.environ.pop(name, None)
    os.environ.update(before)


def _settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith("MAPVIEW_")}


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which this process makes temporary files, with nothing in it."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture(scope="session")
def everything_records() -> Records:
    """One record of each kind with every field set, hostile text among it."""
    return everything()


@pytest.fixture(scope="session")
def shipped_result() -> ReadResult:
    """The shipped files as they are read, with what is wrong in them."""
    return read_records(shipped_files())


@pytest.fixture(scope="session")
def shipped(shipped_result: ReadResult) -> Records:
    """The shipped records."""
    return shipped_result.records
