"""What lasts is read once, and sent from memory to all who come later."""

from __future__ import annotations

import gzip
from collections import Counter

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from mapview.web.middleware import Compressed

FOREVER = {"cache-control": "public, immutable, max-age=31536000"}
FILES = {
    "long.js": ("text/javascript", b"let x = 1;\n" * 200),
    "short.js": ("text/javascript", b"let x = 1;\n"),
    "font.woff2": ("font/woff2", bytes(range(256)) * 20),
}


@pytest.mark.parametrize("name", FILES)
def test_what_lasts_is_read_once(name: str) -> None:
    kind, content = FILES[name]
    read = Counter[str]()

    def answer(request: Request) -> Response:
        read[request.url.path] += 1
        return Response(content, media_type=kind, headers=FOREVER)

    app = Starlette(routes=[Route(f"/static/{name}", answer)])
    app.add_middleware(Compressed)
    client = TestClient(app)
    for _ in range(3):
        found = client.get(f"/static/{name}")
        assert found.content == content
        assert ("content-encoding" in found.headers) == (name == "long.js")
        length = len(gzip.compress(content, 6, mtime=0)) if name == "long.js" else len(content)
        assert int(found.headers["content-length"]) == length
    assert read == {f"/static/{name}": 1}


def test_what_does_not_last_is_read_each_time() -> None:
    read: list[str] = []

    def answer(request: Request) -> Response:
        read.append(request.url.path)
        return Response(f"let x = {len(read)};", media_type="text/javascript")

    app = Starlette(routes=[Route("/static/a.js", answer)])
    app.add_middleware(Compressed)
    client = TestClient(app)
    assert [client.get("/static/a.js").text for _ in range(2)] == ["let x = 1;", "let x = 2;"]
