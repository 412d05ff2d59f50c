"""A command that is told to end leaves nothing in the folder of temporary files."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from plain_loop import random_records

from geodata.formats.geojson import write_geojson
from geodata.large import cutting, making
from geodata.workspace import columnar
from mapview.cli import serving
from mapview.cli.__main__ import main
from mapview.data import DATA_VARIABLE
from mapview.web import server

SIGNS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Let all signals be heard, whatever the tests were started with."""
    usual = {signal.SIGINT: signal.default_int_handler}
    before = {one: signal.signal(one, usual.get(one, signal.SIG_DFL)) for one in SIGNS}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_large_file_that_is_being_opened_leaves_no_folder(
    sign: signal.Signals, scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "all.geojson"
    write_geojson(path, random_records(20))
    met: list[Path] = []

    def end(folder: Path, _: Any) -> None:
        met.append(folder)
        assert folder.parent == scratch
        signal.raise_signal(sign)

    monkeypatch.setattr(cutting, "LARGE_BYTES", 1)
    monkeypatch.setattr(making, "processors", lambda: 1)
    monkeypatch.setattr(columnar, "write_ids", end)
    assert main(["toll", "--data", str(path)]) == 128 + sign
    assert met
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_server_that_is_told_to_end_leaves_no_folder(
    sign: signal.Signals,
    code: int,
    scratch: Path,
    monkeypatch: pytest.MonkeyPatch,
    use_files: Callable[..., None],
) -> None:
    use_files()
    monkeypatch.setenv(DATA_VARIABLE, "")
    path = scratch.parent / "own.csv"
    path.write_text("id,event_date,title,event_types,lat,lon\n1,2024-01-03,A raid,raid,3.1,35.6\n")
    met: list[Path] = []

    def end(_: Any) -> None:
        met.extend(scratch.iterdir())
        signal.raise_signal(sign)

    monkeypatch.setattr(serving, "bind", lambda *_: [])
    monkeypatch.setattr(serving, "start_helper", lambda _: None)
    monkeypatch.setattr(server, "serve", end)
    assert main(["serve", str(path)]) == code
    assert met
    assert list(scratch.iterdir()) == []
