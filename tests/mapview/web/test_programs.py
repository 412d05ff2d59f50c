"""The JSON interface at `/api/v1`, asked as other programs do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fixed_records import claim, incident
from jsonschema import validate
from route_answers import sentence
from starlette.testclient import TestClient
from versioned import BEFORE, THEN, two_versions

from geodata import Records
from geodata.formats.geojson import write_geojson
from geodata.records import Source
from geodata.workspace import Workspace
from mapview.data import DATA_VARIABLE, forget
from mapview.programs import OPERATIONS


def test_it_says_what_can_be_asked(client: TestClient) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.headers["content-type"].startswith("application/vnd.oai.openapi+json")
    document = answer.json()
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "http://localhost/api/v1"}]


def test_every_address_of_the_description_answers_as_it_says(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    ids = {"/incidents/{id}": "kerman-2024-01-03", "/groups/{id}": "iskp"}
    ids["/base-areas/{id}"] = client.get("/api/v1/base-areas").json()["base_areas"][0]["id"]
    assert len(document["paths"]) == len(OPERATIONS)
    for path, one in document["paths"].items():
        address = f"/api/v1{path.replace('{id}', ids.get(path, ''))}".rstrip("/")
        answer = client.get(address, params={"by": "type"} if path == "/counts" else {})
        assert answer.status_code == 200, answer.text
        content = one["get"]["responses"]["200"]["content"]["application/json"]
        validate(answer.json(), content["schema"])


def test_values_may_repeat_and_numbers_are_numbers(client: TestClient) -> None:
    query = "type=bombing&type=suicide+bombing&country=AF&limit=3&order=oldest"
    told = client.get(f"/api/v1/incidents?{query}").json()
    assert told["incidents_found"]["possible"] > 3
    assert len(told["incidents"]) == 3
    assert told["next_offset"] == 3


def test_a_question_is_answered_as_known_on_a_day_and_says_so(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPVIEW_WORKSPACE", str(tmp_path / "workspace"))
    dataset = two_versions(Workspace(), monkeypatch)
    monkeypatch.setenv(DATA_VARIABLE, str(dataset.folder))
    forget()
    try:
        for path in ("incidents/own:2", "sources", "groups", "", "tolls", "base-areas"):
            told = client.get(f"/api/v1/{path}".rstrip("/"), params={"known": THEN}).json()
            assert told["as_known_on"] == THEN, path
        now = client.get("/api/v1/tolls").json()
        assert "as_known_on" not in now
        assert now["low"] == 8
        assert client.get("/api/v1/tolls", params={"known": THEN}).json()["low"] == 4
        sentence(client.get("/api/v1/incidents/own:2"), 404)
        assert BEFORE in sentence(client.get("/api/v1/groups", params={"known": BEFORE}), 422)
    finally:
        monkeypatch.undo()
        forget()


def test_what_is_known_is_not_sent_again_and_other_data_are_said(client: TestClient) -> None:
    first = client.get("/api/v1/tolls?country=IR")
    known = {"If-None-Match": first.headers["etag"]}
    assert client.get("/api/v1/tolls?country=IR", headers=known).status_code == 304
    version = first.json()["data_version"]
    assert client.get(f"/api/v1/tolls?country=IR&v={version}").status_code == 200
    assert "loaded again" in sentence(client.get("/api/v1/tolls?country=IR&v=other"), 409)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("incidents/nowhere", 404, "id must be that of an incident, got 'nowhere'"),
        ("groups/Daesh", 404, "near are iskp, islamic-state"),
        ("base-areas/nowhere", 404, "id must be that of a base area"),
        ("incidents?limit=1000", 422, "limit must be a whole number up to 100"),
        ("incidents?colour=red", 422, "a parameter of find_incidents must be one of"),
        ("incidents/kerman-2024-01-03?id=other", 422, "id must be given once"),
        ("tolls?record=war-on-terror", 422, "get_incident tells what is said of it"),
        ("counts", 422, "by must be given"),
        ("nothing", 404, "there is no /api/v1/nothing"),
    ],
)
def test_what_is_wrong_is_a_sentence(
    address: str, status: int, words: str, client: TestClient
) -> None:
    assert words in sentence(client.get(f"/api/v1/{address}"), status)


def test_what_a_licence_forbids_to_hand_on_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: TestClient
) -> None:
    sources = (Source(id="gtd", title="GTD", may_publish=False, is_document=True),)
    hidden = incident("hidden", claims=(claim("fatalities", 3, source="gtd"),))
    shown = incident("shown", claims=(claim("fatalities", 2, source="paper"),))
    paper = Source(id="paper", title="Paper", is_document=True)
    path = tmp_path / "records.geojson"
    write_geojson(path, Records((hidden, shown), sources=(*sources, paper)))
    monkeypatch.setenv(DATA_VARIABLE, str(path))
    forget()
    try:
        told: dict[str, Any] = client.get("/api/v1/incidents").json()
        assert [one["id"] for one in told["incidents"]] == ["shown"]
        assert client.get("/api/v1/incidents/hidden").status_code == 404
    finally:
        monkeypatch.undo()
        forget()
