"""Asks for the map's own files over HTTP: basemap, scripts, styles, and nothing beside them."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import pytest
from samples import WORLD

from geodata.places.topology import BASEMAP_DIR
from mapview import assets
from mapview.assets import GROUP_STYLES, STYLESHEETS
from mapview.assets.bundle import bundle
from mapview.web.routes import ASSETS_DIR
from mapview.web.server import ROUTES


@pytest.mark.parametrize("name", ["world.topojson", "provinces.topojson", "labels.json"])
def test_basemap_is_sent_packed_or_plain(name: str, client: Any) -> None:
    stored = (BASEMAP_DIR / f"{name}.gz").read_bytes()
    packed = client.get(f"/assets/basemap/{name}", headers={"Accept-Encoding": "gzip"})
    plain = client.get(f"/assets/basemap/{name}", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(stored)
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content == gzip.decompress(stored)
    assert json.loads(plain.content)
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    again = client.get(f"/assets/basemap/{name}", headers={"If-None-Match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def raw_path(client: Any, path: str, raw: str) -> tuple[int, bytes]:
    """Ask for a path as it is, which a client library would have tidied up."""
    sent: list[Any] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": raw.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
        "server": ("localhost", 80),
        "client": ("127.0.0.1", 1),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    # In a thread of its own: the browser of other tests may have a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(client.app(scope, receive, send))).result()
    body = b"".join(message.get("body", b"") for message in sent)
    return int(sent[0]["status"]), body


@pytest.mark.parametrize(
    "path",
    [
        "/assets/basemap/../../records/groups.json",
        "/assets/basemap/..%2f..%2frecords%2fgroups.json",
        "/assets/basemap/..",
        "/assets/basemap/../CHECKSUMS",
        "/assets/basemap/LICENCE",
        "/assets/basemap/CHECKSUMS",
        "/assets/basemap/world.topojson.gz",
        "/assets/basemap//etc/passwd",
        "/assets/basemap/world.topojson\x00",
        "/assets/basemap/" + "a" * 5_000 + ".json",
        "/assets/leaflet/../../",
        "/assets/leaflet/../__init__.py",
        "/assets/leaflet/../../../../pyproject.toml",
        "/assets/leaflet//etc/passwd",
        "/assets/leaflet/..%2f__init__.py",
        "/assets/leaflet/",
        "/assets/layer.js/../../cli.py",
        "/assets/../cli.py",
    ],
)
def test_files_outside_are_refused(path: str, client: Any) -> None:
    decoded = path.replace("%2f", "/").replace("%2F", "/")
    status, body = raw_path(client, decoded, quote(path, safe="/%"))
    assert status == 404
    assert len(body) < 500
    encoded = client.get(quote(path, safe="/%").replace("../", "..%2f"))
    assert encoded.status_code == 404


def test_scripts_come_as_one_file_in_their_order(client: Any) -> None:
    answer = client.get("/assets/mapview.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.text == bundle(assets.FRAME_ENTRY)


def test_styles_come_as_one_file(client: Any) -> None:
    answer = client.get("/assets/mapview.css")
    assert answer.headers["content-type"].startswith("text/css")
    # Those of a group's page stand on no map.
    own = {path.name for path in ASSETS_DIR.glob("*.css")}
    assert own == {one for one in STYLESHEETS if "/" not in one} | {GROUP_STYLES}
    for name in STYLESHEETS:
        assert (ASSETS_DIR / name).read_text(encoding="utf-8") in answer.text
    again = client.get("/assets/mapview.css", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_own_files_name_no_other_host(client: Any) -> None:
    scripts, styles = (client.get(f"/assets/mapview.{one}").text for one in ("js", "css"))
    # Name spaces look like addresses and are never asked for.
    found = set(re.findall(r"(?:https?:)?(?<!\\)//[\w.-]+\.\w+[\w./-]*", scripts + styles))
    assert found == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"}
    assert "@import" not in styles
    assert [one for one in re.findall(r"url\(([^)]*)\)", styles) if "data:" not in one] == []


def test_leaflet_is_served_from_here(client: Any) -> None:
    script = client.get("/assets/leaflet/leaflet.js")
    assert script.status_code == 200
    assert "Leaflet 1.9.3" in script.text[:200]
    assert client.get("/assets/leaflet/leaflet.css").status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/api/view?z=5&b={WORLD}", 200),
        ("/api/view", 422),
        ("/api/nothing", 404),
        ("/api/incidents/nobody", 404),
        ("/api/incidents.csv", 200),
        ("/assets/mapview.js", 200),
        ("/assets/leaflet/leaflet.css", 200),
        ("/assets/basemap/nothing.json", 404),
        ("/assets/nothing", 404),
        ("/a-page-of-streamlit", 404),
    ],
)
def test_every_answer_keeps_to_itself(path: str, status: int, client: Any) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "default-src '" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_routes_leave_the_paths_of_streamlit_alone() -> None:
    reserved = ("/_stcore", "/media", "/component", "/static")
    *named, unknown = ROUTES
    assert unknown.path == "/{before:before}{room:room}{rest:rest}"  # See test_proxy.
    for route in named:
        is_ours = route.path in ("/embed", "/healthz", "/metrics", "/ogc")
        assert is_ours or route.path.startswith(("/api/", "/assets/", "/ogc/"))
        assert not route.path.startswith(reserved)
