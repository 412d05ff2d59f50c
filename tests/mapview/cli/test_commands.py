"""The command `mapview` as a whole, and what it says of its commands."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from geodata.queries.filters import FILTER_KEYS
from mapview.cli.__main__ import _COMMANDS, main

PROJECT = Path(__file__).parents[3] / "pyproject.toml"


class TestUsage:
    @pytest.mark.parametrize(
        "arguments",
        [[], ["dance"], ["export"], ["export", "a.csv", "--color", "red"], ["serve", "--port=x"]],
    )
    def test_bad_usage_exits_with_2(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert stop.value.code == 2
        assert "usage: mapview" in capsys.readouterr().err

    @pytest.mark.parametrize("command", ["serve", "validate", "export", "toll", "geocode"])
    def test_help_names_every_option(
        self, command: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as stop:
            main([command, "--help"])
        assert stop.value.code == 0
        text = capsys.readouterr().out
        assert text.startswith(f"usage: mapview {command}")
        if command == "export":
            assert all(f"--{key.replace('_', '-')} " in text for key in FILTER_KEYS)

    def test_version_is_that_of_the_project(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stop:
            main(["--version"])
        assert stop.value.code == 0
        project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
        assert capsys.readouterr().out == f"mapview {project['version']}\n"

    def test_reader_that_goes_away_is_no_fault(self) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        command = [sys.executable, "-m", "mapview.cli", "validate"]
        with os.fdopen(writing, "wb") as stream:
            answer = subprocess.run(
                command, stdout=stream, stderr=subprocess.PIPE, text=True, check=False
            )
        assert "Traceback" not in answer.stderr
        assert "BrokenPipeError" not in answer.stderr


def test_every_subcommand_can_be_loaded() -> None:
    assert set(_COMMANDS) == {
        *("serve", "look", "import", "update", "datasets", "duplicates", "template"),
        *("validate", "export", "brief", "viewer", "toll", "mcp", "geocode"),
    }
    for name, (module, text) in _COMMANDS.items():
        assert text
        assert callable(getattr(import_module(module), f"add_{name}")), name


def test_checking_a_large_file_loads_nothing_that_draws_asks_or_serves() -> None:
    script = "import sys, mapview.cli.__main__ as m; m._parser('validate'); print(*sys.modules)"
    command = [sys.executable, "-c", script]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(answer.stdout.split())
    assert {"mapview.cli.checking", "geodata.large.checking"} <= loaded
    assert not {"mapview.briefing.writers", "mapview.cli.serving", "matplotlib"} & loaded
    # A second of each process that helps.
    assert not {"duckdb", "ibis", "pandas", "pyarrow", "geodata.workspace"} & loaded
