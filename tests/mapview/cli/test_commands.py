"""The command `mapview` as a whole, and what it says of its commands."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from geodata.queries.filters import FILTER_KEYS
from mapview.cli.__main__ import main


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

    @pytest.mark.parametrize("command", ["serve", "validate", "export", "geocode"])
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
