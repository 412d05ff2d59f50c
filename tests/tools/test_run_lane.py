"""Tests of the lanes: which Python they take, and when their environment is made anew."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import run_lane
from run_lane import LANES, ROOT, choose, interpreters, main, make_environment

LOWEST, NEWEST = LANES["lowest"], LANES["newest"]
FOUND = {11: Path("a"), 12: Path("b"), 13: Path("c")}


def test_the_ends_are_taken():
    assert choose(LOWEST, FOUND, 11) == Path("a")
    assert choose(NEWEST, FOUND, 11) == Path("c")


@pytest.mark.parametrize(
    ("lane", "found", "message"),
    [
        (LOWEST, {12: Path("b")}, "must be Python 3.11 for this lane, got 3.12"),
        (NEWEST, {11: Path("a")}, "must be newer than Python 3.11 for this lane, got 3.11"),
        (NEWEST, {}, "must be newer than Python 3.11 for this lane, got none"),
    ],
)
def test_a_lane_without_its_python_says_so(lane, found, message, monkeypatch, capsys):
    monkeypatch.setattr(run_lane, "interpreters", lambda folders: found)
    name = next(key for key, one in LANES.items() if one is lane)
    assert main([name]) == 1
    assert capsys.readouterr().err == f"an interpreter {message}.\n"


@pytest.mark.parametrize("arguments", [[], ["middle"]])
def test_an_unknown_lane_is_told(arguments, capsys):
    assert main(arguments) == 2
    assert "must be one of lowest, newest, got" in capsys.readouterr().err


def test_interpreters_are_found_by_name_and_the_first_folder_counts(tmp_path):
    for name in ("one/python3.12", "one/python3.12-config", "two/python3.12", "two/python3.9"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = interpreters([tmp_path / "one", tmp_path / "two"])
    assert found == {12: tmp_path / "one/python3.12", 9: tmp_path / "two/python3.9"}


def test_an_environment_is_made_anew_when_its_python_changes(tmp_path, monkeypatch):
    ran: list[list[str]] = []

    def run(command, **options):
        ran.append(command)
        (tmp_path / "env").mkdir(exist_ok=True)

    monkeypatch.setattr(subprocess, "run", run)
    counts = []
    for python in ("a", "a", "b"):
        own = make_environment(NEWEST, Path(python), tmp_path / "env")
        assert own == tmp_path / "env/bin/python"
        counts.append(len(ran))
    assert counts == [4, 4, 8]
    assert [command[0] for command in ran[::4]] == ["a", "b"]
    assert sum("--require-hashes" in command for command in ran[:4]) == 2


def test_pinned_lowest_versions_are_those_that_are_asked_for():
    text = (ROOT / "requirements/lowest.txt").read_text("ascii")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))
    asked = (ROOT / "pyproject.toml").read_text("utf-8")
    for name, least in re.findall(r'^    "([a-z-]+)(?:\[\w+\])?>=([\d.]+)', asked, re.MULTILINE):
        assert f"{pinned[name]}.0.0".startswith(f"{least}."), name
