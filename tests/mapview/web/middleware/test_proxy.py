"""Below a prefix, behind a proxy that keeps it or takes it off: the same answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from route_answers import sentence
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from geodata.errors import SettingError
from mapview.settings import current_settings
from mapview.web.server import MIDDLEWARE, ROUTES

HOST = "http://localhost"


def _page(request: Request) -> Response:
    return PlainTextResponse(f"page {request.url.path}")


def _moved(_: Request) -> Response:
    return RedirectResponse("/about")


def _moved_away(_: Request) -> Response:
    return RedirectResponse("https://elsewhere.example/a")


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(f"{socket.url.scheme} {socket.url.path}")
    await socket.close()


@pytest.fixture
def app() -> Iterator[TestClient]:
    routes = [
        *ROUTES,
        Route("/", _page),
        Route("/about", _page),
        Route("/about/", _moved),
        Route("/away", _moved_away),
        WebSocketRoute("/_stcore/stream", _socket),
    ]
    with TestClient(Starlette(routes=routes, middleware=MIDDLEWARE), base_url=HOST) as one:
        yield one


@pytest.fixture
def below(app: TestClient, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("MAPVIEW_BASE_PATH", "/map")
    return app


@pytest.mark.parametrize("prefix", ["/map", ""])
def test_prefix_is_kept_or_taken_off(prefix: str, below: TestClient) -> None:
    assert below.get(f"{prefix}/about").text == "page /about"
    assert below.get(f"{prefix}/").text == "page /"
    assert below.get(f"{prefix}/api/areas").json()["areas"]
    assert below.get(f"{prefix}/assets/mapview.js").status_code == 200
    assert below.get(f"{prefix}/assets/leaflet/leaflet.js").status_code == 200
    assert below.get(f"{prefix}/embed?country=TJ").status_code == 200
    assert below.get(f"{prefix}/api/incidents.csv?f=country%3DTJ").text.count("\n") > 3
    with below.websocket_connect(f"ws://localhost{prefix}/_stcore/stream") as socket:
        assert socket.receive_text().endswith(" /_stcore/stream")
    rules = below.get(f"{prefix}/api/areas").headers["content-security-policy"]
    assert rules.startswith("default-src 'none'")


def test_prefix_alone_leads_to_the_page(below: TestClient) -> None:
    answer = below.get("/map?country=TJ&id=a", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/map/?country=TJ&id=a")
    assert below.get("/mapping", follow_redirects=False).status_code == 404


@pytest.mark.parametrize("prefix", ["/map", ""])
def test_way_on_stays_below_the_prefix(prefix: str, below: TestClient) -> None:
    moved = below.get(f"{prefix}/about/", follow_redirects=False)
    assert moved.headers["location"] == "/map/about"
    away = below.get(f"{prefix}/away", follow_redirects=False)
    assert away.headers["location"] == "https://elsewhere.example/a"


@pytest.mark.parametrize("prefix", ["/map", ""])
@pytest.mark.parametrize("path", ["/", "/embed"])
def test_addresses_given_out_hold_the_prefix(prefix: str, path: str, below: TestClient) -> None:
    link = below.get(f"{prefix}{path}?country=TJ").headers["link"]
    address = link[1:].partition(">")[0]
    assert urlsplit(address).path == "/map/api/oembed"
    [asked] = parse_qs(urlsplit(address).query)["url"]
    assert asked == f"{HOST}/map{path}?country=TJ"
    answer = below.get(address).json()
    assert answer["provider_url"] == f"{HOST}/map/"
    [source] = re.findall(r'<iframe src="([^"]*)"', answer["html"])
    assert source == f"{HOST}/map/embed?country=TJ"
    assert below.get(source).status_code == 200


def test_address_outside_the_prefix_is_not_ours(below: TestClient) -> None:
    for url in (f"{HOST}/", f"{HOST}/embed", f"{HOST}/mapping/", f"{HOST}/map/about"):
        sentence(below.get("/api/oembed", params={"url": url}), 404)


def test_page_names_no_place_from_the_root(below: TestClient) -> None:
    """What is sent is found relative to itself, or it would miss the prefix."""
    page = below.get("/map/embed?country=TJ").text
    head = page.partition("packed-records")[0]
    found = [unescape(one) for one in re.findall(r'(?:href|src|action)="([^"]*)"', head)]
    assert [one for one in found if one.startswith("/")] == []


@pytest.mark.parametrize(
    ("asked", "said", "scheme"),
    [
        ("on", {"X-Forwarded-Proto": "https"}, "https"),
        ("on", {"X-Forwarded-Proto": "HTTPS "}, "https"),
        ("on", {"X-Forwarded-Proto": "http, https"}, "https"),
        ("on", {"X-Forwarded-Proto": "https, http"}, "http"),
        ("on", {"X-Forwarded-Proto": "javascript"}, "http"),
        ("on", {}, "http"),
        ("off", {"X-Forwarded-Proto": "https"}, "http"),
        ("", {"X-Forwarded-Proto": "https"}, "http"),
    ],
)
def test_word_of_a_proxy_counts_only_if_asked(
    asked: str, said: dict[str, str], scheme: str, app: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPVIEW_BEHIND_PROXY", asked)
    link = app.get("/", headers=said).headers["link"]
    assert link.startswith(f"<{scheme}://localhost/api/oembed?")
    url = f"{scheme}://localhost/"
    answer = app.get("/api/oembed", params={"url": url}, headers=said).json()
    assert answer["provider_url"] == url
    with app.websocket_connect("ws://localhost/_stcore/stream", headers=said) as socket:
        assert socket.receive_text().partition(" ")[0] == scheme.replace("http", "ws")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("map", "/map"),
        ("/map/", "/map"),
        ("/a/b", "/a/b"),
        ("/", ""),
        ("~maps/v1.0", "/~maps/v1.0"),
    ],
)
def test_base_path_has_one_form(text: str, wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPVIEW_BASE_PATH", text)
    assert current_settings().base_path == wanted


@pytest.mark.parametrize("text", ["/a//b", "https://a.example/", "/a?b", "/a b", "/%2f", "/é"])
def test_base_path_that_is_none_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPVIEW_BASE_PATH", text)
    with pytest.raises(SettingError, match="--base-path must be a path such as /map"):
        current_settings()


UNKNOWN = [
    "/api",
    "/api/",
    "/api/nothing",
    "/api/view/",
    "/assets",
    "/assets/",
    "/assets/nothing.js",
    "/assets/leaflet",
    "/embed/",
    "/embed/x",
    "/map/embed",
    "/map/api/incidents.geojson",
    "/map/assets/mapview.js",
    "/a/b/api/view",
    "//api/view",
    "/about/api/view",
    "/API/view",
    "/%0Aapi/api",
]


@pytest.mark.parametrize("path", UNKNOWN)
def test_nothing_of_ours_answers_with_the_page(path: str, app: TestClient) -> None:
    answer = app.request("GET", f"{HOST}{path}", follow_redirects=False)
    assert sentence(answer, 404)
    assert json.loads(answer.text)["error"].startswith("there is no /")


@pytest.mark.parametrize(
    "path", ["/static/js/api/a.js", "/component/x/assets/a.js", "/media/embed", "/_stcore/api/x"]
)
def test_rooms_of_streamlit_are_left_to_it(path: str) -> None:
    def theirs(_: Any) -> Response:
        return PlainTextResponse("theirs")

    routes = [*ROUTES, Route("/{rest:path}", theirs)]
    with TestClient(Starlette(routes=routes, middleware=MIDDLEWARE), base_url=HOST) as one:
        assert one.get(path).text == "theirs"
