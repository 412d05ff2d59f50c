"""The embedded map: who may frame it, what it may load, and how software finds it (oEmbed)."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from typing import IO
from urllib.parse import parse_qs, urlsplit

import pytest
from samples import HOSTILE
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from geodata import Filter, load
from mapview.web import downloads, embed, kept
from mapview.web.middleware import ANCESTORS_VARIABLE
from mapview.web.server import MIDDLEWARE
from mapview.workers import write_embedded

HOST = "http://localhost"
OLD = "0123456789ab"


def policy_of(answer: object) -> dict[str, list[str]]:
    header = answer.headers["content-security-policy"]  # type: ignore[attr-defined]
    return {name: rest for name, *rest in (rule.split() for rule in header.split("; "))}


def test_embed_is_a_page_of_its_own(client: TestClient) -> None:
    answer = client.get("/embed", params={"country": "TJ"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "in Tajikistan" in answer.text
    assert "https://" not in re.sub(
        r'href="https://[^"]*"', "", answer.text.partition("</head>")[0]
    )


def test_embed_may_load_nothing_and_run_only_its_own_scripts(client: TestClient) -> None:
    policy = policy_of(client.get("/embed"))
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"]
    assert all(re.fullmatch(r"'sha256-[A-Za-z0-9+/=]{44}'", one) for one in policy["script-src"])
    assert not [word for words in policy.values() for word in words if "unsafe" in word]


def test_nobody_else_may_frame_it_by_default(client: TestClient) -> None:
    assert policy_of(client.get("/embed"))["frame-ancestors"] == ["'self'"]
    assert policy_of(client.get("/api/areas"))["frame-ancestors"] == ["'none'"]


def test_setting_says_who_may_frame_it(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ANCESTORS_VARIABLE, "'self'  https://example.org https://*.example.com:8443")
    wanted = ["'self'", "https://example.org", "https://*.example.com:8443"]
    assert policy_of(client.get("/embed"))["frame-ancestors"] == wanted
    assert policy_of(client.get("/embed?type=party"))["frame-ancestors"] == wanted


def test_page_is_one_for_every_link_with_its_filter(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """View and version are the page's own affair: they must not make it anew."""
    made = []

    def counted(*arguments: object) -> None:
        made.append(arguments[2])
        write_embedded(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(embed, "write_embedded", counted)
    monkeypatch.setattr(embed, "_PAGES", embed.Kept(embed._make))
    pages = [
        client.get(f"/embed?country=TJ{more}").text
        for more in (
            "",
            "&view=69,38,6",
            "&view=30,60,4",
            f"&v={load().version}",
            "&v=0123456789ab",
        )
    ]
    discovery = re.compile(r'<link rel="alternate"[^>]*>')
    assert len({discovery.sub("", page) for page in pages}) == 1
    assert len(made) == 1
    assert client.get("/embed?country=TJ&view=69,38,6x").status_code == 422


def test_readers_of_one_page_share_its_making(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, made = threading.Event(), []

    def slow(out: IO[bytes], *_: object) -> None:
        made.append(1)
        go.wait(30)
        out.write(b"<head></head>the page")

    monkeypatch.setattr(embed, "write_embedded", slow)
    monkeypatch.setattr(embed, "_PAGES", embed.Kept(embed._make))
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(client.get, "/embed?country=IR") for _ in range(8)]
        time.sleep(0.5)
        go.set()
        answers = [one.result(30) for one in asked]
    assert {one.status_code for one in answers} == {200}
    assert len({one.text for one in answers}) == 1
    assert made == [1]


def test_kept_pages_have_a_bound(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def large(out: IO[bytes], _: object, chosen: Filter, *__: object) -> None:
        made.append(chosen.to_query())
        out.write(b"<head></head>" + b"x" * 400_000)

    pages = embed.Kept(embed._make)
    monkeypatch.setattr(embed, "write_embedded", large)
    monkeypatch.setattr(embed, "_PAGES", pages)
    monkeypatch.setattr(kept, "_MOST_BYTES", 1_000_000)
    for country in ("TJ", "IR", "TJ", "AF", "TJ", "IR"):
        assert client.get(f"/embed?country={country}").status_code == 200
    assert 0 < pages.size <= 1_000_000
    # What was asked for last is kept, and what was not for longest goes first.
    assert made == ["country=TJ", "country=IR", "country=AF", "country=IR"]


def test_reader_beyond_the_queue_is_told_when_to_ask_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()

    def slow(out: IO[bytes], *_: object) -> None:
        go.wait(30)
        out.write(b"<head></head>the page")

    monkeypatch.setenv("MAPVIEW_WAITING", "1")
    monkeypatch.setattr(embed, "write_embedded", slow)
    monkeypatch.setattr(embed, "_PAGES", embed.Kept(embed._make))
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(client.get, f"/embed?country={one}") for one in ("TJ", "IR")]
        time.sleep(0.5)
        busy = client.get("/embed?country=AF")
        go.set()
        assert [one.result(30).status_code for one in asked] == [200, 200]
    seconds = int(busy.headers["retry-after"])
    assert busy.status_code == 503
    assert f"must be asked for again in {seconds} seconds" in busy.text
    assert f'<meta http-equiv="refresh" content="{seconds}">' in busy.text
    assert client.get("/embed?country=AF").status_code == 200


def test_known_page_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/embed?country=TJ")
    again = client.get("/embed?country=TJ", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/embed?country=IR", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("path", ["/embed", "/api/incidents.xlsx", "/api/incidents.geojson"])
def test_asking_for_the_head_does_no_work(
    path: str, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(*_: object, **__: object) -> None:
        raise AssertionError("nobody asked for a body")

    for module, name in ((embed, "write_embedded"), (downloads, "write_export")):
        monkeypatch.setattr(module, name, work)
    monkeypatch.setattr(embed, "_PAGES", embed.Kept(embed._make))
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert "content-length" not in head.headers
    assert head.headers["etag"]
    asked = "?type=party" if path == "/embed" else "?f=type%3Dparty"
    assert client.head(f"{path}{asked}").status_code == 422


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_address_stays_text(text: str, client: TestClient) -> None:
    answer = client.get("/embed", params={"q": text[:150]})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    refused = client.get("/embed", params={"type": text})
    assert refused.status_code == 422
    assert "This map cannot be shown: type must be one of" in refused.text
    assert "<script" not in refused.text


def oembed(client: TestClient, url: str, **more: str) -> object:
    return client.get("/api/oembed", params={"url": url, **more})


@pytest.mark.parametrize("path", ["/", "/embed", ""])
def test_oembed_gives_the_frame(path: str, client: TestClient) -> None:
    query = "?country=TJ&view=69,38,6&v=0123456789ab" if path else ""
    answer = oembed(client, f"{HOST}{path}{query}").json()  # type: ignore[attr-defined]
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert (answer["width"], answer["height"]) == (640, 480)
    [source] = re.findall(r'<iframe src="([^"]*)"', answer["html"])
    parts = urlsplit(source.replace("&amp;", "&"))
    assert parts.path == "/embed"
    if path:
        assert parse_qs(parts.query) == {
            "country": ["TJ"],
            "view": ["69.0000,38.0000,6"],
            "v": ["0123456789ab"],
        }
        assert answer["title"] == "All incidents and base areas, all dates, in Tajikistan"
    assert client.get(f"{parts.path}?{parts.query}").status_code == 200


def test_oembed_never_exceeds_what_was_asked(client: TestClient) -> None:
    answer = oembed(client, f"{HOST}/", maxwidth="300", maxheight="9999").json()  # type: ignore[attr-defined]
    assert (answer["width"], answer["height"]) == (300, 480)
    assert 'width="300"' in answer["html"]


@pytest.mark.parametrize(
    ("url", "more", "status"),
    [
        ("https://elsewhere.example/", {}, 404),
        (f"{HOST}/about", {}, 404),
        ("", {}, 404),
        ("http://[localhost/", {}, 404),
        ("http://localhost\u2100/", {}, 404),
        (f"{HOST}/?type=party", {}, 422),
        (f"{HOST}/", {"maxwidth": "wide"}, 422),
        (f"{HOST}/", {"format": "xml"}, 501),
    ],
)
def test_oembed_refuses_with_a_sentence(
    url: str, more: dict[str, str], status: int, client: TestClient
) -> None:
    answer = oembed(client, url, **more)
    assert answer.status_code == status  # type: ignore[attr-defined]
    assert answer.json()["error"]  # type: ignore[attr-defined]


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "link":
            self.found.append(dict(attrs))


def test_discovery_leads_to_the_frame(client: TestClient) -> None:
    answer = client.get("/embed?country=TJ")
    match = re.fullmatch(
        r'<([^>]*)>; rel="alternate"; type="application/json\+oembed"', answer.headers["link"]
    )
    assert match
    found = client.get(match[1])
    assert found.json()["title"].endswith("in Tajikistan")
    [link] = [one for one in Links(answer.text).found if one.get("rel") == "alternate"]
    assert link["href"] == match[1]


def test_page_of_the_app_leads_to_the_frame_too() -> None:
    def page(_: Request) -> Response:
        return Response("the app")

    app = Starlette(routes=[Route("/", page), Route("/about", page)], middleware=MIDDLEWARE)
    with TestClient(app, base_url=HOST) as client:
        header = client.get("/?country=TJ&id=x").headers["link"]
        [address] = re.findall(r"^<([^>]*)>", header)
        query = parse_qs(urlsplit(address).query)
        assert query == {"url": [f"{HOST}/?country=TJ&id=x"], "format": ["json"]}
        assert "link" not in client.get("/about").headers


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_links_to_the_app_lead_to_the_frame_too(text: str, client: TestClient) -> None:
    answer = client.get("/", params={"q": text[:150]})
    match = re.fullmatch(
        r'<([^<>"]*)>; rel="alternate"; type="application/json\+oembed"', answer.headers["link"]
    )
    assert match
    assert client.get(match[1]).json()["type"] == "rich"


def test_it_speaks_the_language_of_its_address(client: TestClient) -> None:
    asked = {"country": "TJ"}
    english, persian = (client.get("/embed", params=asked | more) for more in ({}, {"lang": "fa"}))
    assert '<html lang="fa" dir="rtl">' in persian.text
    assert "تاجیکستان" in persian.text
    assert '<html lang="en" dir="ltr">' in english.text
    assert english.headers["etag"] != persian.headers["etag"]
    # What is kept of one is not told in the other, and English carries no catalogue.
    assert "packed-tongue" in persian.text
    assert 'id="packed-tongue"' not in english.text
    assert "تاجیکستان" not in client.get("/embed", params=asked).text


def test_a_language_that_nobody_speaks_is_refused_with_a_sentence(client: TestClient) -> None:
    answer = client.get("/embed", params={"lang": "xx"})
    assert answer.status_code == 422
    assert "lang must be one of en, ru, fa, tg, ar, fr" in answer.text


def test_oembed_keeps_the_language(client: TestClient) -> None:
    url = f"{HOST}/?country=TJ&lang=ru"
    found = client.get("/api/oembed", params={"url": url}, headers={"host": "localhost"}).json()
    assert "lang=ru" in found["html"]
    assert "Таджикистан" in found["title"]
