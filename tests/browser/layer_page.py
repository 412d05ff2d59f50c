"""A stand-in for the program: one page with the map layer, and answers made here."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import xstatic.pkg.leaflet

from mapview import assets
from mapview.assets.bundle import bundle
from mapview.cartography.style import KINDS

ASSETS = Path(assets.__file__).parent
LEAFLET = Path(xstatic.pkg.leaflet.BASE_DIR)
WORLD = 2**31
HOSTILE = "<img src=x onerror=\"document.title='owned'\">\u202e</script><script>x</script>"
SCRIPT = bundle("layer.js", "feed.js")
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html; charset=utf-8"}

BOOT = """
const map = L.map("map_div", {fadeAnimation: false, zoomAnimation: false}).setView([34, 66], 5);
window.seen = {selected: [], views: [], painted: []};
window.layer = Mapview.create(map, {
  feed: new Mapview.ServerFeed("/api"), basemap: BASEMAP,
  onSelect: (id) => seen.selected.push(id),
  onViewChange: (view) => seen.views.push(view),
  onPainted: (paint) => seen.painted.push(paint),
});
layer.setTheme("light");
window.show = (filter) => layer.setState({filter, version: "1", selected: null});
"""


def square(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [west, north], [east, north], [east, south], [west, south]]


def topology(name: str, properties: dict[str, Any], ring: list[list[float]]) -> dict[str, Any]:
    geometry = {"type": "Polygon", "arcs": [[0]], "properties": properties}
    objects = {name: {"type": "GeometryCollection", "geometries": [geometry]}}
    return {"type": "Topology", "objects": objects, "arcs": [ring]}


BASEMAP = {
    "world": topology("countries", {"iso": "AF", "name": "Land"}, square(50, 20, 90, 50)),
    "provinces": topology("provinces", {"code": "AF.31"}, square(72, 38, 74, 40)),
    "labels": [
        {"name": "Kabul", "lon": 69.17, "lat": 34.53, "rank": 0, "kind": "city", "country": "AF"}
    ],
}


def point(lon: float, lat: float, **values: Any) -> dict[str, Any]:
    """A row of /api/view; its title is its id unless given."""
    x = int((lon + 180) / 360 * WORLD)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * WORLD)
    plain = {"kind": 0, "status": 0, "precision": 0, "radius_km": None, "province": None}
    return plain | {"x": x, "y": y, "title": values["id"], "date": "2020"} | values


POINTS = [
    point(60.0, 38.0, id="done", kind=1),
    point(60.0, 35.0, id="foiled", kind=1, status=1),
    point(60.0, 32.0, id="disputed", kind=1, status=2),
    point(64.0, 38.0, id="district", precision=3, radius_km=60),
    point(64.0, 35.0, id="small district", precision=3, radius_km=5),
    point(73.0, 39.0, id="province", precision=4, province="AF.31"),
    point(64.0, 31.0, id="unknown province", precision=4, province="XX.00", radius_km=80),
    *(point(69.17, 34.53, id=f"kabul{i}", kind=i % 3, title=f"Kabul {i}") for i in range(5)),
    point(69.17, 34.53, id="hostile", title=HOSTILE + "A" * 10_000, date=HOSTILE),
]
AREA = {
    "id": "a", "group": "g", "group_name": HOSTILE, "place": "Achin", "kind": "stronghold",
    "status": "reported", "period": "2015–2019", "faded": False, "undated": False, "ended": False,
    "standing": 3, "hatch": 3, "lon": 62.0, "lat": 28.0, "radius_km": 90,
    "province": None, "level": "district",
}  # fmt: skip


def answer(path: str, query: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """What the fake routes say; the filter text picks the case."""
    chosen = query.get("f", "")
    if chosen == "bad":
        return 422, {"error": f"period must not be empty, got {HOSTILE}"}
    if path == "/api/areas":
        return 200, {"areas": [AREA | {"faded": chosen == "faded"}], "unplaced": {}}
    if path == "/api/within":
        n = len(POINTS)
        return 200, {"inside": [n - 3, n - 2], "placed": [n - 1, n]}
    if path == "/api/list":
        ids = {"id": ["c1", "c2"], "title": ["One", "Two"], "date": ["2020", "2021"]}
        return 200, ids | {"kind": [0, 1], "status": [0, 1], "certain": [1, 0], "more": [5, 7]}
    if chosen == "clusters":
        cells = {"x": [1.45e9], "y": [0.8e9], "n": [12_345], "kinds": [[12_000, 345]], "cell": 24}
        cells["certain"] = [[11_000, 345]]
        return 200, {"version": "1", "mode": "clusters", "total": 12_345, **cells}
    rows = [row for row in POINTS if chosen in ("", row["id"])]
    if chosen == "one of each kind":
        rows = [point(66.0, 34.0, id=one.id, kind=i) for i, one in enumerate(KINDS)]
    columns = {name: [row[name] for row in rows] for name in POINTS[0]}
    columns["certain"] = [int(row["id"] != "kabul0") for row in rows]
    return 200, {"version": "1", "mode": "points", "total": len(rows), **columns}


class Handler(BaseHTTPRequestHandler):
    """Serves own assets, Leaflet, one page and the answers above."""

    page = b""

    def log_request(self, *args: Any) -> None:
        """Say nothing: pytest's output is for failures."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path.startswith("/api/"):
            status, body = answer(url.path, dict(parse_qsl(url.query)))
            self.reply(status, "application/json", json.dumps(body).encode())
        elif url.path == "/":
            self.reply(200, TYPES[".html"], self.page)
        else:
            root = LEAFLET if url.path.startswith("/leaflet/") else ASSETS
            file = root / url.path.rsplit("/", 1)[-1]
            found = file.read_bytes() if file.suffix in TYPES and file.is_file() else b""
            self.reply(200 if found else 404, TYPES.get(file.suffix, "text/plain"), found)

    def reply(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def page_html() -> str:
    values = f"const BASEMAP={json.dumps(BASEMAP)};"
    return (
        '<!doctype html><html lang="en"><title>map</title><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/leaflet/leaflet.css">'
        '<link rel="stylesheet" href="/assets/map.css">'
        '<link rel="stylesheet" href="/assets/legend.css">'
        '<link rel="stylesheet" href="/assets/controls.css"><body><div id="map_div"></div>'
        f'<script src="/leaflet/leaflet.js"></script><script>{SCRIPT}</script>'
        f"<script>{values}{BOOT}</script>"
    )


@contextmanager
def serve() -> Iterator[str]:
    """Serve the page on a free port of this machine; yield its address."""
    handler = type("PageHandler", (Handler,), {"page": page_html().encode()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
