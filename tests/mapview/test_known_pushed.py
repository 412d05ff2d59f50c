"""As known on a day over an engine: what the same dataset answers in the workspace."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from postgres import Postgres
from route_answers import sentence
from samples import WORLD
from starlette.testclient import TestClient
from versioned import BEFORE, FIRST, KABUL, NOW, THEN, Clock, push_two_versions, put

from geodata import RequestError, Store, read_records
from geodata.engines import EngineAddress, push
from geodata.queries import Filter
from geodata.workspace import Dataset, Workspace, open_parts
from mapview import data
from mapview.cli import programs
from mapview.cli.__main__ import main
from mapview.settings import ENGINE_VARIABLE
from mapview.ui import map_page

OLD, NEW = {"own:1", "own:2"}, {"own:1", "own:3", "own:4"}
ROUTES = (
    "/api/stage?known={day}", "/api/view?z=4&b=" + WORLD + "&f=known%3D{day}",
    "/api/rows?sort=-start&which=all&offset=0&limit=9&known={day}",
    "/api/incidents.geojson?f=known%3D{day}", "/api/incidents.csv?f=known%3D{day}",
    "/api/summary?f=known%3D{day}", "/api/told?id=own:2&known={day}", "/api/version?known={day}",
    "/api/v1/incidents?known={day}", "/api/v1/tolls?known={day}",
    "/ogc/collections/incidents/items?known={day}",
    "/ogc/collections/incidents/items/own:1?known={day}",
)  # fmt: skip


@pytest.fixture
def dataset(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    use_files: Callable[..., None],
    postgres: Postgres,
) -> Dataset:
    """The dataset of two versions that the process shows, and that is pushed."""
    made = push_two_versions(tmp_path, postgres, monkeypatch)
    use_files(made.folder)
    return made


@pytest.fixture
def over_engine(
    dataset: Dataset, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None]:
    """A function that lets the process show the push in place of the workspace."""

    def use() -> None:
        monkeypatch.setenv(ENGINE_VARIABLE, postgres.url)
        monkeypatch.setenv(data.DATA_VARIABLE, "")
        data.forget()

    return use


def store(day: str) -> Store:
    return data.current_store(date.fromisoformat(day))


def test_each_route_answers_as_of_the_workspace(
    client: TestClient, over_engine: Callable[[], None]
) -> None:
    def answers() -> list[tuple[str, str, Any]]:
        asked = [(one, day) for one in ROUTES for day in (BEFORE, THEN, NOW, "2021-11-08")]
        found = []
        for one, day in asked:
            got = client.get(one.format(day=day), headers={"Accept": "application/json"})
            told = got.json() if "json" in got.headers["content-type"] else got.text
            found.append((one, day, (got.status_code, told)))
        return found

    expected = answers()
    over_engine()
    for answer, one in zip(answers(), expected, strict=True):
        assert answer == one
    assert [one[2][0] for one in expected].count(200) >= 2 * len(ROUTES) - 2


@pytest.mark.parametrize("name", ["out.csv", "out.geojson", "out.html"])
def test_files_of_a_day_are_those_of_the_workspace(
    name: str, postgres: Postgres, dataset: Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    command = "brief" if name.endswith("html") else "export"
    made = []
    for where in (["--data", "own"], ["--engine", postgres.url]):
        assert main([command, name, "--known", THEN, *where]) == 0
        made.append(Path(name).read_text("utf-8"))
    capsys.readouterr()
    assert "as known on 4 November 2021" in made[1] or f",{THEN}" in made[1]
    # A briefing says when it was made.
    if name == "out.csv":
        assert made[0] == made[1]
    assert main(["toll", "--known", THEN, "--json", "--engine", postgres.url]) == 0
    assert json.loads(capsys.readouterr().out)["as_known_on"] == THEN


def test_models_are_answered_of_a_day(
    dataset: Dataset, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[set[str]] = []

    def ask(store_of: Callable[[date | None], Store], _: str) -> None:
        days = (None, date.fromisoformat(THEN), date.fromisoformat(NOW))
        told.extend(set(store_of(day).ids(Filter())) for day in days)

    monkeypatch.setenv(data.DATA_VARIABLE, "")
    monkeypatch.setattr(programs, "serve_stdio", ask)
    assert main(["mcp", "--engine", postgres.url]) == 0
    data.forget()
    assert told == [NEW, OLD, NEW]


def test_a_day_is_answered_of_the_push_that_is_shown(
    over_engine: Callable[[], None], postgres: Postgres, client: TestClient
) -> None:
    over_engine()
    assert store(NOW).ids(Filter()) == NEW
    put(Workspace(), FIRST, KABUL + timedelta(days=6))
    assert main(["datasets", "push", "own", postgres.url]) == 0
    # It is not shown yet, nor are its days.
    later = "2021-11-08"
    assert store(later).ids(Filter()) == NEW
    assert data.show_pushed()
    assert store(later).ids(Filter()) == OLD
    assert store(NOW).ids(Filter()) == NEW
    assert store(NOW).known == date.fromisoformat(NOW)


def test_a_version_that_is_removed_while_it_is_read_is_a_sentence(
    over_engine: Callable[[], None], postgres: Postgres, client: TestClient, dataset: Dataset
) -> None:
    over_engine()
    rows = "/api/incidents.csv?f=known%3D{day}"
    assert store(THEN).all_incidents == 2
    dataset.prune(0)
    for _ in range(2):
        assert main(["datasets", "push", "own", postgres.url]) == 0
    answer = client.get(f"/api/told?id=own:2&known={THEN}", headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert "got another in its place, or none; ask again" in answer.text
    assert data.show_pushed()
    answer = client.get(rows.format(day=THEN), headers={"Accept": "application/json"})
    assert "of own nothing older is kept" in sentence(answer, 422)


def test_older_versions_are_pushed_only_as_asked(
    dataset: Dataset, postgres: Postgres, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["datasets", "push", "own", postgres.url]) == 0
    assert ", beside 1 older version\n" in capsys.readouterr().out
    assert main(["datasets", "push", "own", postgres.url, "--versions", "0"]) == 0
    assert "older" not in capsys.readouterr().out
    code = main(["toll", "--known", THEN, "--engine", postgres.url])
    assert code == 1
    assert "of own nothing older is kept" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["datasets", "push", "own", postgres.url, "--versions", "-1"])


def test_two_datasets_keep_their_own_versions(
    dataset: Dataset, postgres: Postgres, capsys: pytest.CaptureFixture[str]
) -> None:
    Workspace().rename("own", "other")
    put(Workspace(), FIRST)
    assert main(["datasets", "push", "own", postgres.url]) == 0
    capsys.readouterr()
    asked = ["toll", "--engine", postgres.url, "--known", THEN, "--data"]
    # `own` was pushed again, and is of the second day alone now.
    assert main([*asked, "own"]) == 1
    Workspace().rename("other", "third")
    assert main(["datasets", "push", "third", postgres.url]) == 0
    assert main([*asked, "third"]) == 0


def test_what_was_pushed_without_days_says_so(
    over_engine: Callable[[], None], postgres: Postgres, dataset: Dataset
) -> None:
    parts = open_parts([dataset.folder], read_records)
    push(EngineAddress(postgres.url), "own", parts.engine().batches(), parts.catalogue)
    over_engine()
    with pytest.raises(RequestError, match="pushed with its days, got 2021-11-04; push own again"):
        store(THEN)
    assert data.current_store().ids(Filter()) == NEW


def test_a_day_that_a_push_does_not_end_is_told_as_far_as_it_was_pushed(
    over_engine: Callable[[], None],
    postgres: Postgres,
    client: TestClient,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with psycopg.connect(postgres.url) as connection:
        connection.execute("update mapview.datasets set pushed = '2021-11-07 09:30+04:30'")
    Clock.at = KABUL + timedelta(days=9)
    over_engine()
    at = "2021-11-07T05:00:00+00:00"
    feature = "/ogc/collections/incidents/items/own:1?known={day}"
    asked = (feature, "/ogc/collections/incidents/items?known={day}", "/api/v1/tolls?known={day}")
    for day, bound in ((NOW, at), ("2021-11-08", at), ("2021-11-06", None)):
        for one in asked:
            assert client.get(one.format(day=day)).json().get("as_pushed_at") == bound, (one, day)
        about = client.get(f"/api/incidents.geojson?f=known%3D{day}").json()["mapview"]
        assert about.get("as_pushed_at") == bound
        assert client.get(feature.format(day=day)).json()["properties"].get("as_pushed_at") == bound
        rows = client.get(f"/api/incidents.csv?f=known%3D{day}").text.splitlines()
        names, first = rows[0].split(","), rows[1].split(",")
        told = dict(zip(names[-2:], first[-2:], strict=True))
        assert told["as_known_on"] == day
        assert told.get("as_pushed_at") == bound
        notices = map_page._notices(store(day))
        words = "The data of this day are known as far as they were pushed on 7 November 2021"
        assert [one["words"] for one in notices] == ([words] if bound else [])
        assert main(["toll", "--known", day, "--engine", postgres.url]) == 0
        said = capsys.readouterr().out.strip()
        assert said.endswith(f", as far as pushed by {at}") == bool(bound)
    assert "as_pushed_at" not in client.get("/api/incidents.geojson").text
