"""The server behind nginx itself, set up as the README says; no browser."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from urllib.parse import urlsplit

import nginx
import pytest
from asking import elsewhere, watching
from reverse_proxy import ReverseProxy
from samples import WORLD
from served import Server, Session, errors_in
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from mapview.exports import EXPORTS

NAME = "maps.example.org"


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that is watched all the time: at the end it has asked nobody."""
    folder = tmp_path_factory.mktemp("below")
    environment, asked = watching(folder)
    options = ("--base-path", "map", "--behind-proxy", "--host", NAME)
    with Server(log=folder / "log.txt", options=options, environment=environment) as one:
        yield one
    assert asked.exists()
    assert elsewhere(asked) == []


@pytest.fixture(params=["kept", "taken off"])
def proxy(request: pytest.FixtureRequest, below: Server) -> Iterator[ReverseProxy]:
    one = ReverseProxy(below.port, is_kept=request.param == "kept")
    yield one
    one.stop()


def ask(proxy: ReverseProxy, path: str, **headers: str) -> tuple[int, HTTPMessage, bytes]:
    """Return the answer itself, wherever it leads to."""
    connection = HTTPConnection(urlsplit(proxy.url).netloc, timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def test_every_route_answers(proxy: ReverseProxy) -> None:
    kinds = {
        "/map/": "text/html",
        "/map/about": "text/html",
        "/map/embed?country=TJ": "text/html",
        "/map/assets/mapview.js": "text/javascript",
        "/map/assets/leaflet/leaflet.css": "text/css",
        f"/map/api/view?z=4&b={WORLD}": "application/json",
        "/map/api/areas": "application/json",
    }
    found = {path: ask(proxy, path) for path in kinds}
    told = {path: headers.get_content_type() for path, (_, headers, _) in found.items()}
    assert told == kinds
    assert {status for status, _, _ in found.values()} == {200}


@pytest.mark.parametrize("ending", EXPORTS)
def test_every_export_comes_through(ending: str, proxy: ReverseProxy, below: Server) -> None:
    path = f"api/incidents.{ending}?f=country%3DTJ"
    status, headers, content = ask(proxy, f"/map/{path}")
    assert status == 200
    assert headers["Content-Disposition"].startswith("attachment")
    straight = HTTPConnection("localhost", below.port, timeout=60)
    straight.request("GET", f"/{path}")
    assert content == straight.getresponse().read()
    straight.close()


def test_answers_stay_compressed(proxy: ReverseProxy) -> None:
    status, headers, content = ask(proxy, "/map/api/areas", **{"Accept-Encoding": "gzip"})
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert json.loads(gzip.decompress(content))["areas"]


def test_nothing_of_ours_answers_with_the_page(proxy: ReverseProxy) -> None:
    for path in ("api/nothing", "assets/nothing.js", "embed/x", "x/embed"):
        status, _, content = ask(proxy, f"/map/{path}")
        assert (status, list(json.loads(content))) == (404, ["error"])


def test_prefix_alone_and_a_way_on_lead_below_it(proxy: ReverseProxy) -> None:
    status, headers, _ = ask(proxy, "/map")
    assert status in (301, 308)
    assert urlsplit(headers["Location"]).path == "/map/"
    status, headers, _ = ask(proxy, "/map/about/")
    if status != 200:
        assert urlsplit(headers["Location"]).path == "/map/about"


def test_app_is_drawn_over_its_socket(proxy: ReverseProxy) -> None:
    session = Session(proxy.url)
    try:
        for query in ("", "panel=table", "country=TJ"):
            drawn = session.draw(query)
            assert drawn
            assert errors_in(drawn) == []
    finally:
        session.close()


def test_others_are_refused(proxy: ReverseProxy) -> None:
    assert ask(proxy, "/map/api/areas", Host="evil.example")[0] == 421
    assert ask(proxy, "/map/api/areas", Origin="http://evil.example")[0] == 403
    stream = f"{proxy.url.replace('http', 'ws', 1)}_stcore/stream"
    headers = {"Origin": "http://evil.example"}
    with pytest.raises(InvalidStatus) as refused, connect(stream, additional_headers=headers):
        pass
    assert refused.value.response.status_code == 403


def test_page_of_its_name_is_let_in_without_its_port(proxy: ReverseProxy) -> None:
    """A proxy may stand at another port than the page, or hand on no `Host` at all."""
    stream = f"{proxy.url.replace('http', 'ws', 1)}_stcore/stream"
    with connect(stream, additional_headers={"Origin": f"https://{NAME}"}) as socket:
        assert socket.response is not None
        assert socket.response.status_code == 101


def test_addresses_given_out_are_those_outside(proxy: ReverseProxy) -> None:
    _, headers, _ = ask(proxy, "/map/?country=TJ", Host=NAME)
    assert headers["Link"].startswith(f"<http://{NAME}/map/api/oembed?url=")


def test_a_machine_without_nginx_is_told_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NGINX", str(tmp_path / "none"))
    assert nginx.find_nginx() is None
    with pytest.raises(AssertionError, match=r"No nginx was found\. Run .*_programs\.py"):
        ReverseProxy(1, is_kept=True)
