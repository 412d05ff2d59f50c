"""Files come in for the server's own page alone, and nothing of a refused one stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from route_answers import sentence
from starlette.testclient import TestClient

from geodata.importing import template_of
from geodata.workspace import Workspace
from mapview.settings import SETTINGS
from mapview.web.handing import incoming, routes

KIND = {"Content-Type": "application/octet-stream"}


def send(
    client: TestClient, content: Any = b"a,b\n1,2\n", name: str = "a.csv", **headers: str
) -> Any:
    return client.post(
        "/api/data/file", params={"name": name}, content=content, headers={**KIND, **headers}
    )


def left(workspace: Path) -> list[str]:
    return [str(one.relative_to(workspace)) for one in workspace.rglob("*") if one.is_file()]


def test_a_file_is_kept_as_it_came_until_it_is_let_go(client: TestClient, own_use: Path) -> None:
    answer = send(client, iter([b"a,b\n", b"1,2\n"]))
    assert answer.status_code == 201
    token = answer.json()["file"]
    path = incoming().find(token)
    assert path is not None
    assert (path.name, path.read_bytes()) == ("a.csv", b"a,b\n1,2\n")
    assert own_use in path.parents
    assert Workspace().datasets() == []
    incoming().drop(token)
    assert incoming().find(token) is None
    assert left(own_use) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../up.csv", "up.csv"),
        ("C:\\x\\y.csv", "y.csv"),
        ("..", "file"),
        ("", "file"),
        ("a\x00\nb:c.csv", "a__b_c.csv"),
        (".hidden", "hidden"),
        ("é" * 400 + ".csv", "é" * 60 + ".csv"),
    ],
)
def test_no_name_leads_elsewhere(name: str, kept: str, client: TestClient, own_use: Path) -> None:
    answer = send(client, name=name)
    path = incoming().find(answer.json()["file"])
    assert path is not None
    assert path.name == kept
    assert own_use in path.resolve().parents


@pytest.mark.parametrize("token", ["", "..", "../x", "0" * 31, "g" * 32, "0" * 32])
def test_only_a_token_finds_a_file(token: str, client: TestClient, own_use: Path) -> None:
    send(client)
    assert incoming().find(token) is None
    incoming().drop(token)
    assert len(left(own_use)) == 1


def test_too_long_a_file_is_refused_however_it_says_it(
    client: TestClient, own_use: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "MOST_BYTES", 2_000_000_000)
    told = {"Content-Length": "2000000001"}
    assert "at most 2 GB" in sentence(send(client, b"x", **told), 413)
    monkeypatch.setattr(routes, "MOST_BYTES", 10)
    assert "a file must have at most" in sentence(send(client, iter([b"x" * 6] * 2)), 413)
    assert left(own_use) == []
    assert send(client, b"x" * 10).status_code == 201


def test_an_empty_file_is_refused(client: TestClient, own_use: Path) -> None:
    assert sentence(send(client, b""), 422) == "a file must hold something, got an empty one"
    assert left(own_use) == []


def test_a_form_of_another_site_cannot_send_it(client: TestClient, own_use: Path) -> None:
    for kind in ("text/plain", "multipart/form-data", "application/x-www-form-urlencoded", ""):
        assert "must be sent as" in sentence(send(client, **{"Content-Type": kind}), 415)
    assert "another site" in sentence(send(client, Origin="https://evil.example"), 403)
    assert "another site" in sentence(send(client, Origin="null"), 403)
    assert send(client, Origin="http://localhost").status_code == 201
    assert len(left(own_use)) == 1


@pytest.fixture
def public(own_use: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(SETTINGS["is_public"].variable, "on")
    return own_use


def test_a_server_that_publishes_takes_and_gives_nothing(client: TestClient, public: Path) -> None:
    assert "must serve this machine alone" in sentence(send(client), 403)
    answer = client.get("/api/data/left-out/mine")
    assert "must serve this machine alone" in sentence(answer, 403)
    assert not public.exists()


def test_a_disk_that_takes_nothing_is_a_sentence(client: TestClient, own_use: Path) -> None:
    own_use.write_text("no folder")
    assert "must be writable, got: " in sentence(send(client), 422)


def test_a_name_must_be_given(client: TestClient, own_use: Path) -> None:
    answer = client.post("/api/data/file", content=b"x", headers=KIND)
    assert sentence(answer, 422) == "name must be given, got nothing"


def test_the_oldest_go_for_the_newest(client: TestClient, own_use: Path) -> None:
    tokens = [send(client, name=f"{one}.csv").json()["file"] for one in range(10)]
    assert len(left(own_use)) == 8
    assert incoming().find(tokens[-1]) is not None


def test_rows_that_were_left_out_are_had_whole(client: TestClient, own_use: Path) -> None:
    folder = own_use / "mine"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text('{"name": "mine"}')
    sentence(client.get("/api/data/left-out/mine"), 404)
    (folder / "rejected.csv").write_bytes(b"a,line,rule,suggestion\n")
    answer = client.get("/api/data/left-out/mine")
    assert answer.content == b"a,line,rule,suggestion\n"
    assert 'filename="mine-left-out.csv"' in answer.headers["content-disposition"]
    assert "must be named that is there" in sentence(client.get("/api/data/left-out/other"), 422)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_empty_table_is_answered(ending: str, client: TestClient, own_use: Path) -> None:
    answer = client.get(f"/api/data/template.{ending}")
    assert answer.status_code == 200
    assert f'filename="incidents.{ending}"' in answer.headers["content-disposition"]
    assert answer.content == template_of(ending)
    assert client.get("/api/data/template.exe").status_code == 404
