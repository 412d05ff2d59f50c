"""What was pushed is listed and taken away by the command, and two versions of it are compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from postgres import Postgres
from route_answers import sentence
from starlette.testclient import TestClient
from versioned import FIRST, KABUL, NOW, SECOND, THEN, push_two_versions, put

from geodata import read_records
from geodata.engines import EngineAddress, push
from geodata.queries import Filter
from geodata.workspace import Dataset, Workspace, open_parts
from mapview import data
from mapview.cli.__main__ import main
from mapview.settings import ENGINE_VARIABLE


@pytest.fixture
def dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres: Postgres) -> Dataset:
    """The dataset of two versions that is pushed."""
    return push_two_versions(tmp_path, postgres, monkeypatch)


@pytest.fixture
def client_of_engine(
    dataset: Dataset, postgres: Postgres, monkeypatch: pytest.MonkeyPatch, client: TestClient
) -> TestClient:
    """A server that shows the push."""
    monkeypatch.setenv(ENGINE_VARIABLE, postgres.url)
    monkeypatch.setenv(data.DATA_VARIABLE, "")
    data.forget()
    return client


Told = Callable[..., list[str]]


@pytest.fixture
def told(postgres: Postgres, capsys: pytest.CaptureFixture[str]) -> Told:
    """A function that asks the command of the engine, and returns the lines that it prints."""

    def ask(*words: str, code: int = 0) -> list[str]:
        capsys.readouterr()
        assert main(["datasets", *words, "--engine", postgres.url]) == code
        printed = capsys.readouterr()
        return (printed.err if code else printed.out).splitlines()

    return ask


def test_what_was_pushed_is_listed_with_its_versions(
    dataset: Dataset, postgres: Postgres, told: Told
) -> None:
    parts = open_parts([dataset.folder], read_records)
    push(EngineAddress(postgres.url), "bare", parts.engine().batches(), parts.catalogue)
    bare, own = told("list")
    assert bare.startswith("bare: 3 incidents in 3 rows, 0.")
    assert own.startswith("own: 3 incidents in 3 rows, beside 1 older version, 0.")
    assert " MB; pushed 20" in own
    first, second = dataset.versions()
    old, now = told("versions", "own")
    mark = first.manifest().version
    assert old.startswith(f"2021-11-02 01:30  {mark}  2 incidents in 2 rows, 0.")
    assert now.startswith(f"2021-11-07 01:30  {second.manifest().version}  3 incidents in 3 rows, ")
    assert now.endswith(" MB; this is what is shown")
    (only,) = told("versions", "bare")
    assert only.startswith("of no known day   ")
    dataset.prune(0)
    assert main(["datasets", "push", "own", postgres.url]) == 0
    assert told("versions", "own")[1].startswith("of earlier pushes, which go with those that fol")
    assert "must be named (bare, own), got 'else'" in told("versions", "else", code=1)[0]


def test_an_engine_without_datasets_says_so(postgres: Postgres, told: Told) -> None:
    postgres.clear()
    assert told("list")[0].startswith("no datasets in PostgreSQL at 127.0.0.1")
    assert "must be named (none; mapview datasets push" in told("remove", "own", code=1)[0]


def test_an_older_version_is_removed_while_a_server_shows_the_dataset(
    client_of_engine: TestClient, dataset: Dataset, told: Told
) -> None:
    client, rows = client_of_engine, f"/api/incidents.csv?f=known%3D{THEN}"
    assert data.current_store(date.fromisoformat(THEN)).all_incidents == 2
    store = data.current_store()
    mark = dataset.versions()[0].manifest().version
    (line,) = told("remove", "own", mark[:6])
    assert line.startswith(f"own: the version of 2 November 2021 ({mark}) was removed from Postgr")
    # It has gone, and the server has not seen that yet.
    answer = client.get(f"/api/told?id=own:2&known={THEN}", headers={"Accept": "application/json"})
    assert "must be the one that was opened" in sentence(answer, 503)
    assert client.get("/api/incidents.csv").status_code == 200
    assert data.show_pushed()
    answer = client.get(rows, headers={"Accept": "application/json"})
    assert "of own nothing older is kept" in sentence(answer, 422)
    # What is shown is what it was, and no page is told otherwise.
    assert data.current_store().version == store.version
    assert data.current_store(date.fromisoformat(NOW)).ids(Filter()) == store.ids(Filter())
    assert not data.show_pushed()
    assert len(told("versions", "own")) == 1


def test_a_version_that_is_not_meant_for_sure_is_not_removed(dataset: Dataset, told: Told) -> None:
    before = told("versions", "own")
    for named, why in {
        "2021-11-07": "is what is shown",
        "2021-11": "which is 2 of them",
        "2021-11-03": "which is none of them",
        "2": "which is none of them",
        # Such as a variable of the shell that is not set: all is not meant.
        "": "which is none of them",
    }.items():
        assert why in told("remove", "own", named, code=1)[0]
    assert told("versions", "own") == before


def test_a_dataset_is_removed_while_a_server_shows_it(
    client_of_engine: TestClient, dataset: Dataset, postgres: Postgres, told: Told
) -> None:
    client = client_of_engine
    summary = client.get("/api/summary")
    assert summary.status_code == 200
    parts = open_parts([dataset.folder], read_records)
    push(EngineAddress(postgres.url), "bare", parts.engine().batches(), parts.catalogue)
    (line,) = told("remove", "own")
    assert line.startswith("own: all of it was removed from PostgreSQL at 127.0.0.1")
    assert [one.partition(":")[0] for one in told("list")] == ["bare"]
    # What was answered is answered still, and the rest is a sentence.
    assert not data.show_pushed()
    assert client.get("/api/summary").json() == summary.json()
    answer = client.get("/api/incidents.geojson", headers={"Accept": "application/json"})
    assert "got another in its place, or none" in sentence(answer, 503)
    assert "must be named (bare), got 'own'" in told("remove", "own", code=1)[0]
    # It can come back, and is shown.
    put(Workspace(), FIRST, KABUL + timedelta(days=6))
    assert main(["datasets", "push", "own", postgres.url]) == 0
    assert data.show_pushed()
    assert len(client.get("/api/incidents.geojson").json()["features"]) == 2


def test_two_versions_of_a_push_differ_as_those_of_the_workspace(
    dataset: Dataset, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    put(Workspace(), SECOND.replace("| 2\n", "| 8\n"), KABUL + timedelta(days=9))
    mark = dataset.versions()[0].manifest().version
    for named in ((THEN, "now"), (mark, NOW), ("now", THEN)):
        # The workspace has another one by now, and what is pushed is what it was.
        here = [NOW if one == "now" else one for one in named]
        for more in ([], ["--json"]):
            capsys.readouterr()
            assert main(["datasets", "diff", "own", *here, *more]) == 0
            expected = capsys.readouterr().out.splitlines()
            assert told("diff", "own", *named, *more) == expected
        assert "1 changed" in json.loads(expected[0])["words"]
    pages = []
    for where in ([], ["--engine"]):
        asked = ["diff", "own", THEN, NOW, "--map", "out.html"]
        if where:
            told(*asked)
        else:
            assert main(["datasets", *asked]) == 0
        pages.append(Path("out.html").read_text("utf-8"))
    assert "was withdrawn" in pages[0]
    assert pages[0] == pages[1]


def test_versions_that_are_not_there_are_not_compared(
    dataset: Dataset, postgres: Postgres, told: Told
) -> None:
    assert (
        "mapview datasets versions own says, got 'soon'"
        in told("diff", "own", "soon", "now", code=1)[0]
    )
    parts = open_parts([dataset.folder], read_records)
    push(EngineAddress(postgres.url), "own", parts.engine().batches(), parts.catalogue)
    assert (
        "pushed with their days, got 'now'; push own again"
        in told("diff", "own", "now", "now", code=1)[0]
    )


def test_an_engine_is_asked_what_it_can_be_asked(
    dataset: Dataset, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "--engine must stand with one of list, versions" in told("show", "own", code=1)[0]
    assert "datasets remove --engine must have 1 or 2 words, got 0" in told("remove", code=1)[0]
    assert "must have 0 words, got 1" in told("list", "own", code=1)[0]
    # A variable of the shell that is not set must not mean the workspace.
    with pytest.raises(SystemExit):
        main(["datasets", "remove", "own", "--engine", ""])
    assert Workspace().has("own")
    # Nor does an engine that is asked elsewhere.
    assert main(["datasets", "remove", "own", "2021-11-02"]) == 1
    assert "datasets remove must have 1 words, got 2" in capsys.readouterr().err
