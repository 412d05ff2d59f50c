"""Who may ask: names and pages that the server was started for, on every route and the socket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from route_answers import sentence
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from geodata.errors import SettingError
from mapview.exports import EXPORTS
from mapview.settings import current_settings
from mapview.web.middleware import refusal_of
from mapview.web.server import MIDDLEWARE, ROUTES

HOST_VARIABLE = "MAPVIEW_HOST"


def scope(*hosts: str, origin: str | None = None, server: Any = ("127.0.0.1", 8501)) -> Any:
    headers = [(b"host", host.encode("latin-1")) for host in hosts]
    if origin is not None:
        headers.append((b"origin", origin.encode("latin-1")))
    return {"type": "http", "headers": headers, "server": server}


def status(*hosts: str, **more: Any) -> int:
    return refusal_of(scope(*hosts, **more))[0]


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8501",
        "LOCALHOST:8501",
        "localhost.:8501",
        "127.0.0.1:8501",
        "[::1]:8501",
        "[0:0:0:0:0:0:0:1]",
    ],
)
def test_this_machine_may_ask(host: str) -> None:
    assert status(host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8501",
        "localhost.evil.example",
        "evil.example/localhost",
        "localhost@evil.example",
        "evil.example#localhost",
        "localhost:port",
        "localhost:",
        "",
        " localhost",
        "::1",
        "[::1",
        "[evil.example]",
        "127.0.0.1.evil.example",
        "127.1",
        "2130706433",
        "192.168.1.5:8501",
        "localhost\u00ad",
        "localhost, evil.example",
        "a" * 300,
    ],
)
def test_any_other_name_is_refused(host: str) -> None:
    assert status(host) == 421


def test_one_name_must_be_given() -> None:
    assert status() == 421
    assert status("localhost", "evil.example") == 421
    assert status("localhost", "localhost") == 421


@pytest.mark.parametrize(
    ("arrived", "asked"),
    [
        ("192.168.1.5", "192.168.1.5:8501"),
        ("::ffff:192.168.1.5", "192.168.1.5:8501"),
        ("2001:db8::5", "[2001:db8:0::5]:8501"),
    ],
)
def test_address_at_which_a_request_arrives_may_be_asked(arrived: str, asked: str) -> None:
    """So a server for the whole network needs no list, and no name can be made to point here."""
    assert status(asked, server=(arrived, 8501)) == 200
    assert status("evil.example:8501", server=(arrived, 8501)) == 421
    assert status("192.168.1.6:8501", server=(arrived, 8501)) == 421


def test_names_that_were_invited_may_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOST_VARIABLE, "Maps.example.org [2001:db8::7]")
    assert current_settings().hosts == ("maps.example.org", "2001:db8::7")
    assert status("maps.example.org") == status("MAPS.example.org:443") == 200
    assert status("[2001:db8::7]:80") == 200
    assert status("example.org") == status("a.maps.example.org") == 421


@pytest.mark.parametrize("word", ["https://a.example", "a.example:80", "*", "a/b", "[x]", "a'b"])
def test_name_that_is_none_is_refused(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOST_VARIABLE, word)
    with pytest.raises(SettingError, match="--host must be a name without port"):
        current_settings()


@pytest.mark.parametrize(
    ("origin", "wanted"),
    [
        ("http://localhost:8501", 200),
        ("http://LOCALHOST:8501", 200),
        ("http://evil.example", 403),
        ("http://evil.example:8501", 403),
        ("http://localhost:3000", 403),
        ("http://localhost", 403),
        ("http://127.0.0.1:8501", 403),
        ("https://localhost:8501", 200),  # A proxy may have taken off the encryption.
        ("ftp://localhost:8501", 403),
        ("http://localhost:8501.evil.example", 403),
        ("null", 403),
        ("", 403),
        ("file://", 403),
        ("localhost:8501", 403),
    ],
)
def test_only_own_pages_may_ask(origin: str, wanted: int) -> None:
    assert status("localhost:8501", origin=origin) == wanted


def test_pages_under_invited_names_may_ask_through_any_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Proxies hand on the name without its port, or their own name for us."""
    page = "https://maps.example.org:8443"
    assert status("127.0.0.1:8501", origin=page) == 403
    monkeypatch.setenv(HOST_VARIABLE, "maps.example.org")
    for host in ("maps.example.org:8443", "maps.example.org", "127.0.0.1:8501"):
        assert status(host, origin=page) == 200
    assert status("maps.example.org", origin="https://evil.example") == 403


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json([name for name, _ in socket.headers.items()])
    await socket.close()


@pytest.fixture
def whole_app() -> Iterator[TestClient]:
    """Our routes before one that answers for everything else, as Streamlit does."""
    routes = [
        *ROUTES,
        WebSocketRoute("/_stcore/stream", _socket),
        Mount("/", PlainTextResponse("the app")),
    ]
    app = Starlette(routes=routes, middleware=MIDDLEWARE)
    with TestClient(app, base_url="http://localhost") as one:
        yield one


PATHS = [
    "/",
    "/about",
    "/embed",
    "/api/view",
    "/api/oembed",
    "/api/incidents/x",
    "/api/nothing",
    "/assets/mapview.js",
    "/assets/leaflet/leaflet.js",
    "/_stcore/health",
    "/static/a.js",
    *(f"/api/incidents.{ending}" for ending in EXPORTS),
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "PUT"])
def test_every_route_refuses_others(path: str, method: str, whole_app: TestClient) -> None:
    for headers, code in (
        ({"Host": "evil.example"}, 421),
        ({"Origin": "http://evil.example"}, 403),
    ):
        answer = whole_app.request(method, path, headers=headers)
        assert answer.status_code == code
        assert "evil.example" not in answer.text + str(answer.headers)
        assert "content-security-policy" in answer.headers
        if method != "HEAD":
            sentence(answer, code)


def test_socket_refuses_others_and_streamlit_sees_no_origin(whole_app: TestClient) -> None:
    path = "/_stcore/stream"
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        with (
            pytest.raises(WebSocketDisconnect) as refused,
            whole_app.websocket_connect(path, headers=headers),
        ):
            pass
        assert refused.value.code == 1008
    own = {"Host": "localhost", "Origin": "http://localhost"}
    with whole_app.websocket_connect(path, headers=own) as socket:
        assert "origin" not in socket.receive_json()


def test_addresses_given_out_never_take_up_another_name(whole_app: TestClient) -> None:
    for path in ("/", "/embed", "/api/oembed?url=http://evil.example/"):
        answer = whole_app.get(path, headers={"Host": "evil.example"})
        assert answer.status_code == 421
        assert "link" not in answer.headers
    assert "http://localhost/" in whole_app.get("/embed").headers["link"]
