"""The server over PostgreSQL: the same answers as over files, and a sentence while it is gone."""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread
from typing import Any
from weakref import ref

import psycopg
import pytest
from fixed_records import claim, incident
from postgres import PASSWORD, Postgres
from route_answers import ADDRESSES, sentence
from samples import WORLD, many_records
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geodata import Records
from geodata.engines import EngineAddress, push
from geodata.engines import connections as connections_of
from geodata.errors import EngineError, StoreError
from geodata.records import ReadResult, Source
from geodata.workspace import parts_of
from mapview import data
from mapview.exports import EXPORTS
from mapview.settings import ENGINE_VARIABLE, SETTINGS
from mapview.web import server, stage

# What needs no record, so that it is answered whatever the engine does: a proxy that took all
# servers for dead would show neither what they hold nor their sentence.
WITHOUT_RECORDS = (
    *("/api/version", "/api/places", "/api/data", "/api/oembed", "/assets", "/{"),
    *("/healthz", "/metrics"),
)
ASKED = {
    name: address for name, address in ADDRESSES.items() if not name.startswith(WITHOUT_RECORDS)
}
# What was made before, and what follows from groups and base areas, which every server holds.
HELD = (
    "/api/stage", "/api/area-rows", "/ogc", "/ogc/", "/ogc/api", "/api/v1", "/api/v1/openapi.json",
    "/api/v1/counts", "/api/v1/groups", "/api/v1/sources", "/api/v1/base-areas",
    "/api/v1/base-areas/{id:path}", "/api/v1/groups/{id:path}",
)  # fmt: skip


def put(postgres: Postgres, records: Records, name: str = "shown") -> None:
    parts = parts_of(ReadResult(records))
    push(EngineAddress(postgres.url), name, parts.engine().batches(), parts.catalogue)


@pytest.fixture
def over_engine(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Records], None]]:
    """A function that makes the process show records of an engine."""

    def use(records: Records) -> None:
        postgres.clear()
        put(postgres, records)
        monkeypatch.setenv(ENGINE_VARIABLE, postgres.url)
        monkeypatch.setenv(data.DATA_VARIABLE, "")
        data.forget()

    monkeypatch.setattr(connections_of, "_SECONDS_SILENT", 0)
    yield use
    data.forget()
    postgres.clear()


def test_every_route_answers_as_over_files(
    client: Any,
    over_engine: Callable[[Records], None],
    shipped: Records,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some = shipped.incidents[3].id
    addresses = [
        *ASKED.values(),
        f"/api/told?id={some}",
        f"/api/incidents/{some}",
        f"/api/view?z=3&b={WORLD}&f=from%3D2015-03-10%26to%3D2018-07",
        "/api/summary?f=country%3DTJ",
        *(f"/api/incidents.{ending}?f=country%3DTJ" for ending in EXPORTS),
    ]
    over_files = {one: client.get(one) for one in addresses}
    over_engine(shipped)
    assert data.current_store().version == over_files[addresses[0]].json()["version"]
    for address, expected in over_files.items():
        answer = client.get(address)
        assert answer.status_code == expected.status_code, address
        assert answer.headers.get("etag") == expected.headers.get("etag")
        assert answered(answer) == answered(expected), address


def answered(answer: Any) -> object:
    """What is said; no engine promises an order of the places of a view, or of spreads."""
    if answer.headers["content-type"] != "application/json":
        return answer.content
    said = answer.json()
    if "mode" in said or "spreads" in said:
        return {name: sorted(map(str, one)) for name, one in said.items() if isinstance(one, list)}
    return said


def test_many_records_are_answered_while_the_engine_is_there_and_again_when_it_is_back(
    client: Any,
    over_engine: Callable[[Records], None],
    postgres: Postgres,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # As a server of many records does: nothing is held, each answer is asked for.
    monkeypatch.setattr(stage, "MOST_IN_BROWSER", 100)
    monkeypatch.setattr("geodata.queries.catalogue._MOST_HELD", 0)
    over_engine(many_records(300))
    assert client.get("/api/stage").status_code == 200
    first = client.get("/api/summary?f=country%3DAF")
    assert first.status_code == 200
    version = client.get("/api/version").json()["version"]
    postgres.stop()
    # What was answered once is answered still, and pages are not told that the data have changed.
    assert client.get("/api/summary?f=country%3DAF").json() == first.json()
    assert client.get(f"/api/version?v={version}").status_code == 200
    exports = {ending: f"/api/incidents.{ending}" for ending in EXPORTS}
    with caplog.at_level(logging.INFO):
        for name, address in {**ASKED, **exports}.items():
            asked = f"{address}{'&' if '?' in address else '?'}f=country%3DIR"
            has_keys = name == "/embed" or name.endswith(("/items", "/incidents"))
            others = "/ogc" in name or "/api/v1" in name
            asked = f"{address}?country=IR" if has_keys else address if others else asked
            answer = client.get(asked)
            if name in HELD:
                assert answer.status_code in (200, 404), name
                continue
            assert answer.status_code == 503, name
            assert "database that holds the records must answer" in answer.text
            assert answer.headers["retry-after"] == "5"
            if name != "/embed":
                sentence(answer, 503)
            assert postgres.url not in answer.text
            assert str(postgres.port) not in answer.text
            assert PASSWORD not in answer.text
    assert PASSWORD not in caplog.text
    assert "Traceback" not in caplog.text
    postgres.start()
    for address in ASKED.values():
        assert client.get(address).status_code in (200, 404)
    assert client.get("/api/summary?f=country%3DAF").json() == first.json()


def test_what_may_not_be_published_is_left_out_of_an_engine_too(
    client: Any, over_engine: Callable[[Records], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = claim("fatalities", 41, source="closed", note="Nowhere-to-be-read")
    sources = (Source(id="closed", title="Closed", may_publish=False),)
    shown = incident("shown", claims=(claim("fatalities", 4),))
    over_engine(Records((shown, incident("hidden", claims=(hidden,))), sources=sources))
    assert client.get("/api/incidents/hidden").status_code == 200
    monkeypatch.setenv(SETTINGS["is_public"].variable, "on")
    data.forget()
    assert client.get("/api/incidents/hidden").status_code == 404
    assert "Nowhere-to-be-read" not in client.get("/api/incidents.geojson").text
    assert client.get("/api/incidents/shown").status_code == 200


def test_pages_of_the_app_are_drawn_and_say_when_the_engine_is_gone(
    open_page: Callable[..., Any], over_engine: Callable[[Records], None], postgres: Postgres
) -> None:
    over_engine(many_records(5))
    assert not open_page("").error
    postgres.stop()
    data.forget()
    (error,) = open_page("").error
    assert "The records could not be opened: the engine's database must answer" in error.value
    assert PASSWORD not in error.value


def test_a_new_push_is_shown_without_a_start(
    client: Any, over_engine: Callable[[Records], None], postgres: Postgres
) -> None:
    over_engine(many_records(5))
    version = client.get("/api/version").json()["version"]
    assert not data.show_pushed()
    put(postgres, many_records(7))
    assert data.show_pushed()
    assert client.get("/healthz").json()["incidents"] == 7
    assert len(client.get("/api/incidents.geojson").json()["features"]) == 7
    # A page of the one before is told so.
    sentence(client.get(f"/api/version?v={version}"), 409)
    # The same data once more are other tables, which the next push but one takes away.
    for _ in range(3):
        put(postgres, many_records(7))
        assert data.show_pushed()
    assert client.get("/api/summary?f=country%3DAF").status_code == 200
    assert not data.show_pushed()


def test_nothing_holds_a_push_that_another_took_the_place_of(
    client: Any, over_engine: Callable[[Records], None], postgres: Postgres
) -> None:
    over_engine(many_records(5))
    for path in (
        "/api/stage", "/api/summary", "/ogc/collections/incidents/items", "/api/incidents.csv",
        "/api/told?id=made-00001",
    ):  # fmt: skip
        assert client.get(path).status_code == 200, path
    first = ref(data.current_store())
    put(postgres, many_records(7))
    assert data.show_pushed()
    gc.collect()
    assert first() is None
    assert client.get("/api/stage").status_code == 200


def test_a_push_after_all_was_removed_is_another(
    client: Any, over_engine: Callable[[Records], None], postgres: Postgres
) -> None:
    over_engine(many_records(5))
    assert data.current_store().all_incidents == 5
    first = data._current().read.pushed
    postgres.clear()
    with pytest.raises(EngineError):
        data.show_pushed()
    put(postgres, many_records(7))
    assert data.show_pushed()
    again = data._current().read.pushed
    assert first is not None
    assert again is not None
    assert first.state == again.state, "the number comes again"
    assert client.get("/healthz").json()["incidents"] == 7


def test_a_dataset_is_followed_beside_others(
    client: Any, over_engine: Callable[[Records], None], postgres: Postgres
) -> None:
    over_engine(many_records(5))
    assert data.current_store().all_incidents == 5
    put(postgres, many_records(3), "another")
    assert not data.show_pushed()
    for count in (7, 8):
        put(postgres, many_records(count))
        assert data.show_pushed()
        # So do processes for heavy work, which open what is named.
        data.forget()
        assert client.get("/healthz").json()["incidents"] == count


def test_what_is_shown_stays_where_a_push_cannot_be_opened(
    client: Any, over_engine: Callable[[Records], None], postgres: Postgres
) -> None:
    over_engine(many_records(5))
    assert data.current_store().all_incidents == 5
    put(postgres, many_records(7))
    with psycopg.connect(postgres.url) as connection:
        connection.execute("update mapview.datasets set layout = 99")
    with pytest.raises(StoreError, match="push it again"):
        data.show_pushed()
    assert client.get("/healthz").json()["incidents"] == 5
    with psycopg.connect(postgres.url) as connection:
        connection.execute("delete from mapview.datasets")
    assert not data.show_pushed()
    postgres.stop()
    with pytest.raises(EngineError):
        data.show_pushed()
    assert client.get("/healthz").json()["incidents"] == 5


def test_who_asks_between_two_pushes_is_told_to_ask_again(
    client: Any, over_engine: Callable[[Records], None], postgres: Postgres
) -> None:
    over_engine(many_records(5))
    assert data.current_store().all_incidents == 5
    for count in (6, 7):
        put(postgres, many_records(count))
    # Pages ask again by themselves when they are told to.
    for path in ("/api/incidents.geojson", "/api/told?id=made-00001", "/embed?country=AF"):
        answer = client.get(path, headers={"Accept": "application/json"})
        assert answer.status_code == 503, path
        assert answer.headers["retry-after"]
        assert "another in its place, or none; ask again" in answer.text
    assert data.show_pushed()
    assert client.get("/api/told?id=made-00001").status_code == 200


def test_no_answer_mixes_two_pushes(
    over_engine: Callable[[Records], None], postgres: Postgres
) -> None:
    over_engine(many_records(5))
    with data.asked_as_known(None):
        before = data.current_store()
        put(postgres, many_records(7))
        assert data.show_pushed()
        assert data.current_store() is before
    assert data.current_store().all_incidents == 7


def test_a_request_stays_with_the_push_that_was_shown_as_it_came(
    client: Any,
    over_engine: Callable[[Records], None],
    postgres: Postgres,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over_engine(many_records(5))
    address = "/api/rows?sort=-start&which=all&offset=0&limit=9"
    first = client.get(address)
    assert first.json()["total"] == 5
    has_come, may_go, answer_once, answers = Event(), Event(), stage.answer_once, []

    def slow(*asked: Any) -> Any:
        # The mark is known, and no row is.
        has_come.set()
        assert may_go.wait(30)
        return answer_once(*asked)

    monkeypatch.setattr(stage, "answer_once", slow)
    asking = Thread(target=lambda: answers.append(client.get(address)))
    asking.start()
    try:
        assert has_come.wait(30)
        put(postgres, many_records(7))
        assert data.show_pushed()
    finally:
        may_go.set()
        asking.join(30)
    (answer,) = answers
    assert answer.headers["etag"] == first.headers["etag"]
    assert answer.json() == first.json()
    after = client.get(address)
    assert after.json()["total"] == 7
    assert after.headers["etag"] != first.headers["etag"]


def test_a_server_asks_now_and_then_until_it_ends(
    over_engine: Callable[[Records], None],
    postgres: Postgres,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    over_engine(many_records(5))
    assert data.current_store().all_incidents == 5
    asked = iter([StoreError("first"), StoreError("first"), RuntimeError("second"), None])

    def show() -> bool:
        error = next(asked, None)
        if error:
            raise error
        return show_pushed()

    show_pushed = data.show_pushed
    monkeypatch.setattr(server, "show_pushed", show)
    monkeypatch.setattr(server, "SECONDS_BETWEEN_PUSHES", 0.01)
    told: list[int] = []

    def renew(_: object) -> None:
        told.append(data.current_store().all_incidents)

    monkeypatch.setattr(server, "renew_helper", renew)
    put(postgres, many_records(7))
    is_over = Event()
    following = Thread(target=server.follow_pushes, args=(is_over,))
    following.start()
    try:
        end = time.monotonic() + 30
        while data.current_store().all_incidents == 5 and time.monotonic() < end:
            time.sleep(0.01)
        assert data.current_store().all_incidents == 7
    finally:
        is_over.set()
        following.join(30)
    assert not following.is_alive()
    # All heavy work shares what is shown.
    assert told == [7]
    assert [one.getMessage() for one in caplog.records].count("a new push is not shown: first") == 1


def test_nobody_waits_for_those_who_wait_for_the_engine(
    over_engine: Callable[[Records], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    over_engine(many_records(5))
    store, is_back, all_wait = data.current_store(), Event(), Barrier(61)

    def wait(*_: object) -> None:
        all_wait.wait(30)
        is_back.wait(60)
        raise EngineError("gone")

    monkeypatch.setattr(store, "view", wait)
    app = Starlette(
        routes=server.ROUTES,
        middleware=server.MIDDLEWARE,
        lifespan=server.lifespan,
        exception_handlers=server.HANDLERS,
    )
    address = f"/api/view?z=3&b={WORLD}&f=deaths_min%3D"
    with TestClient(app, base_url="http://localhost") as many, ThreadPoolExecutor(60) as pool:
        asked = [pool.submit(many.get, f"{address}{n}") for n in range(60)]
        try:
            all_wait.wait(30)
            assert many.get("/healthz").json()["incidents"] == 5
            assert many.get("/api/summary").status_code == 200
        finally:
            all_wait.abort()
            is_back.set()
        assert {one.result().status_code for one in asked} == {503}
