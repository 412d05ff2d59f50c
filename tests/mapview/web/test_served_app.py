"""The whole app as it is served, Streamlit's part too: below a prefix, compressed, ended."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import pytest
from samples import WORLD
from served import Server, Session, errors_in, maps_in


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("below") / "log.txt"
    one = Server(log=log, options=("--address", "::1", "--base-path", "/map"))
    one.url = f"http://[::1]:{one.port}/"
    try:
        one.wait()
        # The map's frame is served once a page was drawn, whichever test comes first.
        session = Session(one.url)
        session.draw()
        session.close()
        yield one
    finally:
        one.stop()


def ask(url: str, **headers: str) -> tuple[int, Message, bytes]:
    try:
        with urlopen(Request(url, headers=headers)) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.mark.parametrize("prefix", ["map/", ""])
def test_page_and_socket_are_below_the_prefix_and_at_the_root(prefix: str, below: Server) -> None:
    url = f"{below.url}{prefix}"
    status, headers, page = ask(url)
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    [script] = re.findall(rb'<script type="module" crossorigin src="\./([^"]+)"', page)
    assert ask(url + script.decode())[0] == 200
    assert ask(f"{url}_stcore/health")[2] == b"ok"
    assert ask(f"{url}about")[0] == 200
    session = Session(url)
    drawn = session.draw("country=TJ")
    session.close()
    assert errors_in(drawn) == []
    assert maps_in(drawn) == 1


def test_nothing_of_ours_answers_with_the_page(below: Server) -> None:
    rooms = ("api", "api/incidents.geojsn", "embed/", "assets/a.js", "assets/leaflet/a.js")
    for prefix in ("", "map/", "other/", "map/map/", "about/"):
        for room in (*rooms, *(("embed", "api/incidents.geojson") if prefix[:-1] > "o" else ())):
            status, headers, body = ask(f"{below.url}{prefix}{room}")
            assert (status, "html" in headers["Content-Type"]) == (404, False), (prefix, room)
            assert b"<html" not in body


PACKED = [
    "",
    "about",
    "embed?country=TJ",
    f"api/view?z=4&b={WORLD}",
    "api/areas",
    "api/incidents/kerman-2024-01-03",
    "assets/mapview.js",
    "assets/mapview.css",
    "assets/leaflet/leaflet.js",
    "assets/basemap/world.topojson",
    "component/streamlit_folium.st_folium/index.html",
    *(f"api/incidents.{ending}?f=country%3DTJ" for ending in ("geojson", "csv", "kml")),
]


def test_text_is_compressed(below: Server) -> None:
    page = ask(below.url)[2].decode()
    streamlits = re.findall(r'(?:src|href)="\./(static/(?:js|css)/[^"]+)"', page)
    assert len(streamlits) > 5
    for path in (*PACKED, *streamlits):
        plain = ask(f"{below.url}{path}")
        if len(plain[2]) < 2_000:
            continue
        for _ in range(2):  # The second answer is one that was kept.
            status, headers, body = ask(f"{below.url}{path}", **{"Accept-Encoding": "gzip"})
            assert (status, headers.get("Content-Encoding")) == (200, "gzip"), path
            assert "accept-encoding" in headers["Vary"].lower()
            assert gzip.decompress(body) == plain[2]
            assert len(body) < 0.7 * len(plain[2])
        assert "Content-Encoding" not in plain[1]


def test_the_frame_is_told_what_its_map_asks_for(below: Server) -> None:
    page = "component/streamlit_folium.st_folium/index.html"
    status, headers, _ = ask(f"{below.url}{page}")
    links = re.findall(r"<([^>]+)>; rel=preload; as=(\w+)", headers["Link"])
    assert (status, len(links)) == (200, 7)
    kinds = {"script": "javascript", "style": "css", "fetch": "json"}
    for link, kind in links:
        status, headers, _ = ask(urljoin(f"{below.url}{page}", link))
        assert status == 200, link
        assert kinds[kind] in headers["Content-Type"]


def test_scripts_of_the_page_are_known_again(below: Server) -> None:
    page = ask(below.url)[2].decode()
    script = re.findall(r'src="\./(static/js/[^"]+)"', page)[0]
    accept = {"Accept-Encoding": "gzip"}
    etag = ask(f"{below.url}{script}", **accept)[1]["ETag"]
    again = ask(f"{below.url}{script}", **accept, **{"If-None-Match": etag})
    assert again[0] == 304
    part = ask(f"{below.url}{script}", **accept, Range="bytes=0-9")
    assert (part[0], len(part[2])) == (206, 10)


def test_address_is_printed_so_that_it_can_be_opened(below: Server) -> None:
    assert f"Mapview is at http://[::1]:{below.port}/map/ (Ctrl+C" in below.log.read_text("utf-8")


def test_port_in_use_is_said(below: Server, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mapview.cli", "serve", "--address", "::1"]
    command += ["--port", str(below.port)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert answer.returncode == 1
    [line] = answer.stderr.splitlines()
    assert line.startswith(f"mapview: --port must be free, got {below.port}, where another program")
