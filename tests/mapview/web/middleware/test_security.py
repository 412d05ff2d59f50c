"""What the Content-Security-Policy lets a page ask for."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from geodata.errors import SettingError
from mapview.layer.tiles import TILES_VARIABLE
from mapview.web.middleware import ANCESTORS_VARIABLE, SecurityHeaders, frame_ancestors, policy

OWN = {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}


def rules(path: str) -> dict[str, set[str]]:
    parts = (rule.split() for rule in policy(path).split("; "))
    return {name: set(values) for name, *values in parts}


@pytest.mark.parametrize("path", ["/", "/component/x/index.html", "/api/view", "/assets/a.js"])
def test_no_other_host_may_be_asked(path: str) -> None:
    told = set().union(*rules(path).values())
    assert {one for one in told if not one.startswith("'sha256-")} <= OWN


@pytest.mark.parametrize("path", ["/", "/about", "/static/js/x.js", "/_stcore/health", "/embed"])
def test_no_page_may_run_what_comes_as_text(path: str) -> None:
    scripts = rules(path)["script-src"]
    assert {"'unsafe-inline'", "'unsafe-eval'"} & scripts == set()
    # The one line of script in Streamlit's page, known by its fingerprint.
    assert len(scripts - {"'self'"}) == 1


def test_only_the_frame_of_the_map_may() -> None:
    frame, page = rules("/component/streamlit_folium.st_folium/index.html"), rules("/")
    assert {"'unsafe-inline'", "'unsafe-eval'"} <= frame.pop("script-src")
    assert page.pop("script-src")
    assert frame == page


def test_data_may_load_and_run_nothing() -> None:
    for path in ("/api/incidents/a", "/assets/basemap/world.topojson"):
        assert rules(path) == {"default-src": {"'none'"}, "frame-ancestors": {"'none'"}}


def test_page_may_be_framed_by_itself_only() -> None:
    page = rules("/")
    assert page["frame-ancestors"] == page["base-uri"] == page["form-action"] == {"'self'"}
    assert page["object-src"] == {"'none'"}
    assert "'unsafe-inline'" not in page["default-src"]


@pytest.mark.parametrize(
    ("setting", "host"),
    [
        ("on", "https://tile.openstreetmap.org"),
        ("https://{s}.tiles.example/{z}/{x}/{y}.png", "https://*.tiles.example"),
        ("http://localhost:8080/{z}/{x}/{y}", "http://localhost:8080"),
    ],
)
def test_tiles_open_images_of_one_host_and_nothing_else(
    setting: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rules("/")
    monkeypatch.setenv(TILES_VARIABLE, setting)
    after = rules("/")
    assert after.pop("img-src") - before.pop("img-src") == {host}
    assert after == before
    assert host not in policy("/api/view")


@pytest.mark.parametrize(
    "setting",
    [
        "https://a.example; script-src *",
        "'unsafe-inline'",
        "<b>",
        "javascript:",
        "a,b",
        "https:",
        "http:",
        "*",
        "https://*",
    ],
)
def test_setting_that_is_no_list_of_sites_is_refused(
    setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ANCESTORS_VARIABLE, setting)
    with pytest.raises(SettingError, match=f"{ANCESTORS_VARIABLE} must list sites"):
        frame_ancestors()


def test_sockets_pass_unchanged(client: object) -> None:
    async def echo(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text(await socket.receive_text())
        await socket.close()

    middleware = [Middleware(SecurityHeaders)]
    app = Starlette(routes=[WebSocketRoute("/echo", echo)], middleware=middleware)
    with type(client)(app).websocket_connect("/echo") as socket:
        socket.send_text("same")
        assert socket.receive_text() == "same"
