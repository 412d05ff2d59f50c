"""`mapview serve`: what is refused before anything is served."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from mapview import data
from mapview.cli.__main__ import main
from mapview.data import DATA_VARIABLE
from mapview.layer.tiles import TILES_VARIABLE


class TestServe:
    """Only what is refused before anything is served; serving itself is in `test_wheel.py`."""

    @pytest.fixture(autouse=True)
    def restored(self, monkeypatch: pytest.MonkeyPatch, use_files: Callable[..., None]) -> None:
        # The command sets these for its own process, which here is that of the tests.
        use_files()
        for name in (DATA_VARIABLE, TILES_VARIABLE):
            monkeypatch.setenv(name, "")
        assert data.data_files() == []

    @pytest.mark.parametrize("port", ["0", "-1", "65536", "70000"])
    def test_bad_port(self, port: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["serve", f"--port={port}"]) == 1
        assert capsys.readouterr().err == (
            f"mapview: --port must be within 1 and 65535, got {port}\n"
        )

    def test_missing_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["serve", "--data", "gone.geojson"]) == 1
        assert capsys.readouterr().err == "mapview: --data must name a file, got 'gone.geojson'\n"

    @pytest.mark.parametrize("named", ["gone.csv", "some/gone"])
    def test_a_file_in_the_place_of_a_command_is_served(
        self, named: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([named]) == 1
        assert capsys.readouterr().err == f"mapview: FILE must be a readable file, got '{named}'\n"

    def test_a_file_without_an_ending_is_served(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "attacks").write_text("nothing that is a table", "utf-8")
        monkeypatch.chdir(tmp_path)
        assert main(["attacks", "--port=0"]) == 1
        assert "--port must be within" in capsys.readouterr().err

    def test_what_is_to_be_known_of_a_file_is_told(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "a.csv"
        file.write_bytes("date;lat;lon;place\n2024-01-03;45,7;21,2;Timişoara\n".encode("cp1250"))
        with socket.create_server(("127.0.0.1", 0)) as taken:
            assert main(["serve", str(file), f"--port={taken.getsockname()[1]}"]) == 1
        told = capsys.readouterr().err
        assert "1 row: 1 accepted" in told
        assert "note: nothing says how its letters are encoded" in told

    def test_file_without_records(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "a.geojson"
        file.write_text("[]", encoding="utf-8")
        assert main(["serve", "--data", str(file)]) == 1
        assert "a.geojson must be a GeoJSON FeatureCollection" in capsys.readouterr().err

    def test_bad_tiles(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["serve", "--tiles", "https://tiles.example/"]) == 1
        assert "MAPVIEW_TILES must be on, off or an http(s) address" in capsys.readouterr().err
