"""As known on a day: the same questions of what a dataset was, in commands, routes and files."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from route_answers import sentence
from samples import WORLD
from starlette.testclient import TestClient
from versioned import BEFORE, NOW, THEN, Clock, two_versions

from geodata import Filter, RequestError, load
from geodata.datasets import SHIPPED_SINCE, SHIPPED_VERSION
from geodata.formats.csv import read_csv
from geodata.workspace import WORKSPACE_VARIABLE, Dataset, Links, Workspace
from mapview.cli.__main__ import main
from mapview.data import current_store

WORDS = "as known on 4 November 2021"
OLD, NEW = {"own:1", "own:2"}, {"own:1", "own:3", "own:4"}


@pytest.fixture
def dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, use_files: Callable[..., None]
) -> Dataset:
    """The dataset that the process shows."""
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(tmp_path / "work"))
    monkeypatch.chdir(tmp_path)
    made = two_versions(Workspace(), monkeypatch)
    use_files(made.folder)
    return made


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.usefixtures("dataset")
def test_the_store_of_a_day_is_that_of_its_version():
    now, then = current_store(), current_store(Filter.from_query(f"known={THEN}").known)
    assert now.ids(Filter()) == NEW
    assert then.ids(Filter()) == OLD
    assert then is current_store(Filter.from_query(f"known={THEN}").known)
    assert then.version != now.version
    assert current_store(Filter.from_query(f"known={NOW}").known).version == now.version


def test_a_day_of_which_nothing_is_kept_is_a_sentence(dataset):
    for day, words in ((BEFORE, "of own nothing older is kept"), ("2021-11-08", "a day to come")):
        with pytest.raises(RequestError, match=words):
            current_store(Filter.from_query(f"known={day}").known)
    dataset.prune(0)


@pytest.mark.usefixtures("dataset")
def test_an_export_says_as_of_when_it_is_known(capsys):
    code, out, _ = run(capsys, "export", "out.geojson", "--data", "own", "--known", THEN)
    assert code == 0, out
    told = json.loads(Path("out.geojson").read_text())
    assert {one["id"] for one in told["features"]} == OLD
    about = json.dumps(told.get("metadata", told), ensure_ascii=False)
    assert f"known={THEN}" in about
    assert WORDS in about
    run(capsys, "export", "now.geojson", "--data", "own")
    now = json.loads(Path("now.geojson").read_text())
    assert {one["id"] for one in now["features"]} == NEW
    assert "as known on" not in Path("now.geojson").read_text()


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize("most_held", [0, 20_000])
def test_each_row_of_a_table_says_as_of_when_it_is_known(capsys, monkeypatch, most_held):
    monkeypatch.setattr("mapview.outgoing.MOST_HELD", most_held)
    assert run(capsys, "export", "out.csv", "--data", "own", "--known", THEN)[0] == 0
    text = Path("out.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert {one["id"]: one["as_known_on"] for one in rows} == dict.fromkeys(OLD, THEN)
    assert None not in rows[0]
    read, then = read_csv("out.csv"), current_store(Filter.from_query(f"known={THEN}").known)
    # The day is of the file, and nothing that a record has.
    assert not read.notes
    assert read.records.incidents == then.everything().incidents
    run(capsys, "export", "now.csv", "--data", "own")
    assert "as_known_on" not in Path("now.csv").read_text("utf-8-sig")


@pytest.mark.usefixtures("dataset")
def test_features_say_as_of_when_they_are_known(client: TestClient) -> None:
    address = "/ogc/collections/incidents/items"
    then = client.get(f"{address}?known={THEN}").json()
    assert then["as_known_on"] == THEN
    assert {one["properties"]["as_known_on"] for one in then["features"]} == {THEN}
    assert "as_known_on" not in client.get(address).text
    one = client.get(f"{address}/own:2?known={THEN}").json()
    assert one["as_known_on"] == one["properties"]["as_known_on"] == THEN
    (itself,) = [each["href"] for each in one["links"] if each["rel"] == "self"]
    assert client.get(itself).json() == one
    assert client.get(f"{address}/own:2").status_code == 404
    assert client.get(f"{address}/own:1?limit=3").status_code == 400
    assert client.get(f"{address}/own:2?known={BEFORE}").status_code in (400, 422)
    parameters = client.get("/ogc/api").json()["paths"]["/collections/incidents/items/{featureId}"]
    assert [each["name"] for each in parameters["get"]["parameters"]] == ["featureId", "known"]
    assert "as_known_on" not in client.get(f"{address}/own:1").text


@pytest.mark.usefixtures("dataset")
def test_a_briefing_says_as_of_when_it_is_known(capsys):
    asked = ("--data", "own", "--known", THEN)
    assert run(capsys, "brief", "out.html", *asked)[0] == 0
    page = Path("out.html").read_text()
    assert WORDS in page
    assert run(capsys, "brief", "out.svg", *asked)[0] == 0
    assert run(capsys, "brief", "out.html", *asked, "--coarsen", "province")[0] == 0
    assert WORDS in Path("out.html").read_text()


@pytest.mark.usefixtures("dataset")
def test_tolls_are_those_of_that_day(capsys):
    asked = ("toll", "--data", "own")
    assert run(capsys, *asked, "--known", THEN)[1] == f"4 killed in 2 incidents; {WORDS}\n"
    assert json.loads(run(capsys, *asked, "--known", THEN, "--json")[1])["as_known_on"] == THEN
    assert run(capsys, *asked)[1] == "8 killed in 3 incidents\n"
    assert "as_known_on" not in run(capsys, *asked, "--json")[1]
    code, _, err = run(capsys, *asked, "--known", BEFORE)
    assert code == 1
    assert "known must be a day from 2021-11-02 on: of own nothing older is kept" in err


def test_files_keep_nothing_of_what_they_were(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run(capsys, "export", "own.geojson", "--country", "TJ")
    code, _, err = run(capsys, "toll", "--data", "own.geojson", "--known", THEN)
    assert code == 1
    assert "known must be asked of datasets, which keep what they were" in err


def test_the_records_that_ship_have_one_version(capsys, monkeypatch):
    assert load().version == SHIPPED_VERSION, "SHIPPED_SINCE must say since when records are these"
    Clock.stop(monkeypatch)
    monkeypatch.setattr(Clock, "at", Clock.at.replace(year=SHIPPED_SINCE.year + 1))
    code, out, _ = run(capsys, "datasets", "versions")
    assert code == 0
    day = re.fullmatch(r"the records that come with Mapview: one version, of (.+)\n", out)
    assert day
    code, _, err = run(capsys, "toll", "--known", "2020")
    assert code == 1
    assert f"there is one version, of {day[1]}" in err
    told = run(capsys, "toll", "--known", SHIPPED_SINCE.isoformat())[1]
    assert told.partition("; as known on ")[0] == run(capsys, "toll")[1].rstrip("\n")


ROWS = "/api/rows?sort=-start&which=all&offset=0&limit=9&"
ASKED = {
    "/api/stage?known={day}": lambda body: set(body["incidents"]["id"]),
    "/api/view?z=4&b=" + WORLD + "&f=known%3D{day}": lambda body: set(body["id"]),
    ROWS + "known={day}": lambda body: {one["id"] for one in body["rows"]},
    "/api/incidents.geojson?f=known%3D{day}": lambda body: {one["id"] for one in body["features"]},
    "/api/v1/incidents?known={day}": lambda body: {one["id"] for one in body["incidents"]},
    "/ogc/collections/incidents/items?known={day}": lambda body: {
        one["id"] for one in body["features"]
    },
}


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize("address", ASKED)
def test_each_route_answers_of_its_day(address: str, client: TestClient) -> None:
    ids: Callable[[Any], set[str]] = ASKED[address]
    then = client.get(address.format(day=THEN))
    assert then.status_code == 200, then.text
    assert ids(then.json()) == OLD
    now = client.get(address.format(day=NOW))
    assert ids(now.json()) == NEW
    assert then.headers["etag"] != now.headers["etag"]
    for day, words in ((BEFORE, "nothing older is kept"), ("2021-13", "known must be a date such")):
        refused = client.get(address.format(day=day), headers={"Accept": "application/json"})
        assert refused.status_code in (400, 422), day
        assert words in refused.text


@pytest.mark.usefixtures("dataset")
def test_pages_of_others_and_cards_are_of_their_day(client: TestClient) -> None:
    page = client.get(f"/embed?known={THEN}")
    assert WORDS in page.text
    told = client.get(f"/api/oembed?url=http://localhost/%3Fknown%3D{THEN}").json()
    assert told["title"].endswith(WORDS)
    assert f"known={THEN}" in told["html"]
    first = client.get(f"/?known={THEN}")
    assert first.status_code != 500
    assert client.get(f"/api/card.png?f=known%3D{THEN}").status_code == 200


@pytest.mark.usefixtures("dataset")
def test_a_day_said_twice_is_refused(client: TestClient) -> None:
    answer = client.get(f"{ROWS}f=known%3D{NOW}&known={THEN}")
    assert "known must be given once" in sentence(answer, 422)


@pytest.mark.usefixtures("dataset")
def test_a_page_of_one_state_is_not_answered_from_another(client: TestClient) -> None:
    version = client.get(f"/api/version?known={THEN}").json()["version"]
    assert version != client.get("/api/version").json()["version"]
    assert client.get(f"{ROWS}v={version}&known={THEN}").status_code == 200
    assert client.get(f"{ROWS}v={version}").status_code == 409
    assert client.get(f"/api/told?id=own:2&v={version}&known={THEN}").json()["detail"]


def test_links_hold_for_what_was(dataset, tmp_path, use_files):
    Links().link("own:1", "own:2").save(Workspace())
    use_files(dataset.folder)
    assert current_store().all_incidents == 3
    then = current_store(Filter.from_query(f"known={THEN}").known)
    assert then.all_incidents == 1


@pytest.mark.usefixtures("dataset")
def test_what_is_public_is_public_of_every_day(client: TestClient, monkeypatch, use_files, dataset):
    monkeypatch.setenv("MAPVIEW_PUBLIC", "on")
    monkeypatch.setenv("MAPVIEW_COARSEN", "province")
    use_files(dataset.folder)
    found = client.get(f"{ROWS}known={THEN}").json()["rows"]
    assert len(found) == 2
    assert not {one["id"] for one in found} & OLD
