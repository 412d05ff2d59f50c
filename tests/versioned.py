"""A dataset that has been another: two versions, five days apart."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from importing_sheets import table_of
from postgres import Postgres

from geodata.importing import Settings, begin
from geodata.workspace import WORKSPACE_VARIABLE, Dataset, Workspace, build, folder, writing
from mapview.cli.__main__ import main
from mapview.settings import ENGINE_VARIABLE

__all__ = [
    "BEFORE",
    "FIRST",
    "KABUL",
    "NOW",
    "SECOND",
    "THEN",
    "Clock",
    "push_two_versions",
    "put",
    "two_versions",
]

FIRST = """
id | date       | city  | lat   | lon  | killed
1  | 2024-01-03 | Kabul | 34.5  | 69.2 | 3
2  | 2024-01-04 | Herat | 34.35 | 62.2 | 1
"""
SECOND = """
id | date       | city  | lat   | lon  | killed
1  | 2024-01-03 | Kabul | 34.5  | 69.2 | 5
3  | 2024-01-05 | Herat | 34.35 | 62.2 | 1
4  | 2024-01-06 | Mazar | 36.7  | 67.1 | 2
"""
KABUL = datetime.fromisoformat("2021-11-02T01:30:00+04:30")
# The day before the first, one on which that was known, and one of the second.
BEFORE, THEN, NOW = "2021-11-01", "2021-11-04", "2021-11-07"


class Clock:
    """A clock that is put where a test wants it."""

    at = KABUL

    @classmethod
    def stop(cls, monkeypatch: pytest.MonkeyPatch, at: datetime = KABUL) -> None:
        """Let all of a test see this clock, which stands."""
        monkeypatch.setattr(cls, "at", at)
        for module in (folder, writing):
            monkeypatch.setattr(module, "now", lambda: cls.at)


def put(workspace: Workspace, table: str, at: datetime | None = None) -> Dataset:
    """Import a table as the dataset `own`, over what is there, when the clock stands there."""
    Clock.at = at or Clock.at
    source = workspace.folder.parent / "own.csv"
    source.write_text("as it came")
    importing = begin([table_of(table)], Settings(), "own", source.name)
    built = build(workspace, "own", importing, [source])
    assert built is not None
    return built[0]


def two_versions(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """Make the dataset of two versions, and let the clock stand on the day of the second."""
    Clock.stop(monkeypatch)
    put(workspace, FIRST)
    return put(workspace, SECOND, KABUL + timedelta(days=5))


def push_two_versions(at: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """Make it in a workspace of its own, and push it as the only one of a database."""
    postgres.clear()
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(at / "work"))
    monkeypatch.setenv(ENGINE_VARIABLE, "")
    monkeypatch.chdir(at)
    made = two_versions(Workspace(), monkeypatch)
    assert main(["datasets", "push", "own", postgres.url]) == 0
    return made
