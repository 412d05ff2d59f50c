"""The style that the map's page begins with."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from mapview.web.middleware.first_look import FirstLook

PAGE = "<html><head><title>é</title></head><body></head></body></html>"


def page(request: Request) -> Response:
    if "old" in request.query_params:
        return Response(status_code=304)
    kind = JSONResponse if "json" in request.query_params else HTMLResponse
    return kind(PAGE)


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/", page), Route("/about", page)]
    app = Starlette(routes=routes)
    app.add_middleware(FirstLook)
    return TestClient(app)


def test_it_stands_in_the_head_once_and_the_length_is_right(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.text.count("<style>") == 1
    assert answer.text.index("<style>") < answer.text.index("</head>")
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert client.head("/").headers["content-length"] == answer.headers["content-length"]
    assert client.head("/").content == b""


@pytest.mark.parametrize("path", ["/about", "/?json", "/?old"])
def test_nothing_else_is_touched(client: TestClient, path: str) -> None:
    assert "<style>" not in client.get(path).text


@pytest.mark.parametrize("path", ["/", "/about"])
@pytest.mark.parametrize(("lang", "told"), [("fa", "fa"), ("", "en"), ("xx", "en"), ('"', "en")])
def test_a_page_is_in_the_language_that_its_address_asks_for(
    path: str, lang: str, told: str, monkeypatch: pytest.MonkeyPatch, client: TestClient
) -> None:
    monkeypatch.setattr(f"{__name__}.PAGE", PAGE.replace("<html>", '<html lang="en">'))
    answer = client.get(path, params={"lang": lang})
    assert answer.text.startswith(f'<html lang="{told}">')
    assert int(answer.headers["content-length"]) == len(answer.content)
    head = client.head(path, params={"lang": lang})
    assert head.headers["content-length"] == answer.headers["content-length"]


def test_tags_of_what_was_asked_stand_beside_it() -> None:
    def tags(request: Request) -> str:
        return f"<meta content='{request.query_params.get('q')}'>"

    app = Starlette(routes=[Route("/", page)])
    app.add_middleware(FirstLook, tags=tags)
    client = TestClient(app)
    answer = client.get("/?q=é")
    assert answer.text.index("<meta content='é'>") < answer.text.index("</head>")
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert client.head("/?q=é").headers["content-length"] == answer.headers["content-length"]


def test_a_page_says_at_once_what_it_needs_and_no_other_does() -> None:
    app = Starlette(routes=[Route("/", page), Route("/about", page)])
    app.add_middleware(FirstLook, links={"/about": "<a.js>; rel=preload; as=script"})
    client = TestClient(app)
    answer = client.get("/about")
    assert answer.headers["link"] == "<a.js>; rel=preload; as=script"
    assert "<style>" not in answer.text
    assert "link" not in client.get("/").headers
