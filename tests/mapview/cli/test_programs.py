"""`mapview toll`, a sum within bounds in words or as JSON, and `mapview mcp` over an engine."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fixed_records import claim, incident
from postgres import Postgres
from samples import many_records

from geodata import Records
from geodata.engines import EngineAddress, push
from geodata.errors import EngineError, FormatError, StoreError
from geodata.formats.geojson import write_geojson
from geodata.queries import Store
from geodata.records import ReadResult
from geodata.workspace import parts_of
from mapview import data
from mapview.cli import programs
from mapview.cli.__main__ import main
from mapview.settings import ENGINE_VARIABLE


@pytest.fixture
def file(tmp_path: Path) -> str:
    some = (
        incident(
            "a",
            country="AF",
            claims=(claim("fatalities", 94), claim("fatalities", 100, source="paper")),
        ),
        incident("b", claims=(claim("injured", 7),)),
    )
    path = tmp_path / "records.geojson"
    write_geojson(path, Records(some))
    return str(path)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "94–100 killed in 1 incident; 1 has no figure"),
        (["--country", "AF"], "94–100 killed in 1 incident"),
        (["--of", "injured"], "7 injured in 1 incident; 1 has no figure"),
        (["--of", "killed or injured"], "no figure of killed or injured; 2 have no figure"),
    ],
)
def test_a_sum_is_told_in_words(
    options: list[str], words: str, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["toll", "--data", file, *options]) == 0
    assert capsys.readouterr().out == f"{words}\n"


def test_a_sum_is_told_as_json(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["toll", "--data", file, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["low"], told["high"]) == (94, 100)
    assert told["incidents"] == {"certain": 1, "possible": 1}
    assert told["incidents_without_figure"] == {"certain": 1, "possible": 1}
    assert told["apart"] == []


@pytest.mark.parametrize(
    "error",
    [
        FormatError("dataset.json must be JSON"),
        StoreError("push it again"),
        PermissionError(13, "Permission denied"),
        # Whoever asks for what is not held is told so.
        EngineError("no answer"),
    ],
)
def test_a_push_that_cannot_be_opened_is_told_once_and_models_are_answered(
    error: Exception,
    file: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    use_files: Callable[..., None],
) -> None:
    def refuse() -> bool:
        raise error

    answered: list[int] = []

    def ask(store_of: Callable[[None], Store], _: str) -> None:
        answered.extend(store_of(None).all_incidents for _ in range(3))

    use_files(file)
    monkeypatch.setattr(programs, "has_engine", lambda: True)
    monkeypatch.setattr(programs, "show_pushed", refuse)
    monkeypatch.setattr(programs, "serve_stdio", ask)
    assert main(["mcp", "--data", file]) == 0
    assert len(set(answered)) == 1
    told = capsys.readouterr()
    assert told.out == ""
    is_told = not isinstance(error, EngineError)
    assert told.err.count(f"a new push is not shown: {error}") == is_told


def test_models_are_answered_of_what_was_pushed_last(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    def put(count: int, name: str = "own") -> None:
        parts = parts_of(ReadResult(many_records(count)))
        push(EngineAddress(postgres.url), name, parts.engine().batches(), parts.catalogue)

    told: list[int] = []

    def ask(store_of: Callable[[None], Store], _: str) -> None:
        told.append(store_of(None).all_incidents)
        put(7)
        told.append(store_of(None).all_incidents)
        postgres.stop()
        told.append(store_of(None).all_incidents)

    for name in (ENGINE_VARIABLE, data.DATA_VARIABLE):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(programs, "serve_stdio", ask)
    postgres.clear()
    put(5)
    put(3, "other")
    try:
        assert main(["mcp", "--engine", postgres.url, "--data", "own"]) == 0
    finally:
        data.forget()
        postgres.clear()
    assert told == [5, 7, 7]
