"""Whatever fails, on whatever route: the answer is a sentence, and neither a page nor a trace."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from route_answers import addresses
from samples import WORLD
from starlette.testclient import TestClient

from geodata.errors import FormatError
from mapview import data
from mapview.settings import SETTINGS
from mapview.web import cards, downloads, embed, operating, programs, routes, stage
from mapview.web.handing import routes as handed
from mapview.web.ogc import routes as ogc
from mapview.workers import Busy, WorkError

UNTOLD = "/home/somebody/records.geojson"


def sentence_of(answer: Any) -> str:
    assert "Traceback" not in answer.text
    assert UNTOLD not in answer.text
    assert "<script" not in answer.text
    if answer.headers["content-type"].startswith("application/json"):
        assert list(answer.json()) == ["error"]
        return str(answer.json()["error"])
    assert answer.headers["content-type"].startswith("text/html")
    return str(answer.text.partition("<p>")[2].partition("</p>")[0])


def broken(*_: Any, **__: Any) -> Any:
    raise RuntimeError(UNTOLD)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything below the routes fails as nobody thought of."""
    monkeypatch.setenv(SETTINGS["has_metrics"].variable, "on")
    for module in (routes, stage, downloads, embed, operating, cards, ogc, programs):
        monkeypatch.setattr(module, "current_store", broken)
    monkeypatch.setattr(handed, "refusal_of_files", broken)
    for name in ("_basemap_bytes", "_bundle"):
        monkeypatch.setattr(routes, name, broken)


@pytest.mark.parametrize("accept", ["application/json", "text/html,*/*"])
@pytest.mark.parametrize(
    "address", [one for one in addresses() if "leaflet" not in one and "nothing" not in one]
)
@pytest.mark.usefixtures("failing")
def test_a_fault_is_a_sentence_on_every_route(
    address: str, accept: str, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get(address, headers={"Accept": accept})
    assert answer.status_code == 500
    assert "because of a fault of the program" in sentence_of(answer)
    assert answer.headers["content-type"].startswith(accept.partition(",")[0])
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    [record] = [one for one in caplog.records if one.name == "mapview.web.middleware.refusals"]
    assert record.levelno == logging.ERROR
    assert record.exc_info
    assert UNTOLD in str(record.exc_info[1])


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
@pytest.mark.parametrize(
    "path",
    [
        "/api", "/api/", "/api/nothing", "/api/incidents.exe", "/assets/x", "/assets/leaflet/no.js",
        "/assets/leaflet/../../etc/passwd", "/embed/x", "/EMBED", "/about/api/view", "/api/%00",
        "/assets/basemap/..%2f..%2fx", "/api/incidents/nobody", "/api/incidents/%F0%9F",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_sentence(path: str, accept: str, client: TestClient) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 404
    assert len(sentence_of(answer)) > 10


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "NONSENSE"])
@pytest.mark.parametrize("address", addresses())
def test_other_methods_are_refused_with_a_sentence(
    method: str, address: str, client: TestClient
) -> None:
    answer = client.request(method, address)
    assert answer.status_code in (404, 405)
    sentence_of(answer)


@pytest.mark.parametrize(
    "address",
    ["/api/view?z=x&b=1", f"/api/view?z=99&b={WORLD}", "/api/list", "/api/areas?f=from%3Dnever",
     "/api/incidents.csv?f=type%3Dnothing", "/api/within?b=1,2", "/embed?from=never",
     "/api/oembed?url=http%3A%2F%2Flocalhost%2F&maxwidth=x"],
)  # fmt: skip
def test_what_cannot_be_understood_is_a_sentence(address: str, client: TestClient) -> None:
    answer = client.get(address)
    assert answer.status_code == 422
    assert "must" in sentence_of(answer)


def test_work_that_fails_or_must_wait_is_a_sentence(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error, status, words in (
        (WorkError(UNTOLD), 500, "because of a fault"),
        (Busy("an export", 7), 503, "in 7 seconds"),
    ):

        async def refuse(*_: Any, error: Exception = error) -> Any:
            raise error

        monkeypatch.setattr(downloads, "made_for", refuse)
        answer = client.get("/api/incidents.csv")
        assert answer.status_code == status
        assert words in sentence_of(answer)
        assert answer.headers.get("retry-after") == ("7" if status == 503 else None)
    assert data.current_store().all_incidents


@pytest.mark.parametrize(
    ("lang", "words", "spoken"),
    [
        ("fr", "les données ont changé depuis l’ouverture de cette page", "fr"),
        ("fa", "داده‌ها پس از باز شدن این صفحه تغییر کرده‌اند", "fa"),
        ("xx", "the data have changed since this page was opened", None),
    ],
)
def test_what_is_known_of_a_refusal_is_said_in_the_language_that_is_asked(
    lang: str, words: str, spoken: str | None, client: TestClient
) -> None:
    asked = f"/api/areas?v=other&lang={lang}" if spoken else "/api/areas?v=other"
    told = client.get(asked).json()
    assert told["error"].startswith(words)
    assert told.get("lang") == spoken
    page = client.get(asked, headers={"Accept": "text/html"}).text
    assert f'lang="{spoken or "en"}"' in page
    assert ('dir="rtl"' in page) == (lang == "fa")


def test_of_a_refusal_that_is_known_in_english_alone_that_is_said(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> Any:
        raise FormatError("words that no catalogue has")

    monkeypatch.setattr(routes, "_zoom", refuse)
    address = f"/api/view?z=9&b={WORLD}&lang=fa"
    told = client.get(address)
    assert told.status_code == 422
    assert told.json() == {"error": "words that no catalogue has"}
    assert 'lang="en"' in client.get(address, headers={"Accept": "text/html"}).text
