"""What is seen of a link before it is opened: `og:` tags, and the card that they lead to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import IO, Any

import pytest
from PIL import Image
from samples import HOSTILE
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from mapview.web import cards, kept
from mapview.web.server import HANDLERS, MIDDLEWARE, ROUTES

HOST = "http://localhost"
KERMAN = "kerman-2024-01-03"


class Meta(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(html.partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and "content" in given:
            name = given.get("property") or given.get("name") or ""
            self.found[name] = given["content"] or ""


@pytest.fixture(scope="module")
def app() -> Iterator[TestClient]:
    def page(_: Request) -> Response:
        return HTMLResponse("<html><head></head><body></body></html>")

    routes = [Route("/", page), *ROUTES]
    made = Starlette(routes=routes, middleware=MIDDLEWARE, exception_handlers=HANDLERS)
    with TestClient(made, base_url=HOST) as client:
        yield client


def meta(client: TestClient, address: str, **query: str) -> dict[str, str]:
    return Meta(client.get(address, params=query).text).found


@pytest.mark.parametrize("address", ["/", "/embed"])
def test_a_link_says_what_it_leads_to_with_counts_and_a_card(app: TestClient, address: str) -> None:
    tags = meta(app, address, country="TJ")
    assert "in Tajikistan" in f"{tags['og:title']}. {tags['og:description']}"
    assert "2 on the map, 2 without a known place" in tags["og:description"]
    assert "2 on the map" in tags["description"]
    assert tags["twitter:card"] == "summary_large_image"
    assert tags["og:image"] == f"{HOST}/api/card.png?f=country%3DTJ"
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    assert "in Tajikistan" in tags["og:image:alt"]


@pytest.mark.parametrize("address", ["/", "/embed"])
def test_the_words_of_the_card_name_no_base_areas_for_it_has_none(
    app: TestClient, address: str
) -> None:
    tags = meta(app, address, country="TJ")
    assert "and base areas" in f"{tags['og:title']}. {tags['og:description']}"
    assert tags["og:image:alt"].startswith("All incidents, all dates, in Tajikistan")


def test_a_link_to_an_embedded_map_says_first_what_was_found(app: TestClient) -> None:
    tags = meta(app, "/embed", country="TJ")
    assert tags["og:title"] == "Danghara District, 29 July 2018: 4 killed"
    assert tags["og:description"].startswith(
        "No other event has a figure of killed. All incidents and base areas, all dates, in Tajik"
    )


def test_a_link_to_one_record_says_what_happened(app: TestClient) -> None:
    tags = meta(app, "/", id=KERMAN)
    assert tags["og:title"] == "Kerman, 3 January 2024: 94 to nearly 100 killed"
    assert tags["og:description"].startswith("Suicide bombing. Kerman, Iran. Claimed by Islamic")
    # Whoever is blamed is not named without what speaks against it.
    assert "doubted" in tags["og:description"]
    assert "record%3Dkerman-2024-01-03" in tags["og:image"]
    assert "og:title" in meta(app, "/", id="no-such-record")


def test_a_link_says_it_in_the_language_that_it_leads_to(app: TestClient) -> None:
    tags = meta(app, "/", country="TJ", lang="ru")
    assert "Таджикистан" in tags["og:title"]
    assert "на карте: 2" in tags["og:description"]
    assert "Таджикистан" in tags["og:image:alt"]
    # The next who asks is told in English.
    assert "in Tajikistan" in meta(app, "/", country="TJ")["og:title"]


def test_counts_have_their_bounds(app: TestClient) -> None:
    said = meta(app, "/", **{"from": "2015-03-10", "to": "2018-07"})["og:description"]
    assert " to " in said.partition(" events")[0]


def test_an_address_that_is_not_understood_has_none(app: TestClient) -> None:
    assert not {name for name in meta(app, "/", type="party") if name.startswith("og:")}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_addresses_stay_text(app: TestClient, text: str) -> None:
    answer = app.get("/", params={"q": text[:150]})
    assert "<script>alert" not in answer.text
    assert answer.text.count("</head>") == 1
    assert "og:title" in Meta(answer.text).found


def test_the_card_is_a_picture_of_either_size(app: TestClient) -> None:
    for more, size in (
        (f"?f=record%3D{KERMAN}", (1200, 630)),
        ("?f=country%3DTJ&w=600", (600, 315)),
    ):
        answer = app.get(f"/api/card.png{more}")
        assert answer.headers["content-type"] == "image/png"
        picture = Image.open(io.BytesIO(answer.content))
        assert picture.size == size
        assert "on the map" in str(picture.info["Description"])
        again = app.get(f"/api/card.png{more}", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert app.get("/api/card.png?w=7").status_code == 422
    assert app.get("/api/card.png?f=type%3Dparty").status_code == 422
    assert app.get("/api/card.png?v=0123456789ab").status_code == 409


def test_a_card_is_made_once_and_kept_within_a_bound(
    app: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []

    def large(out: IO[bytes], _: object, chosen: Any, dpi: int) -> None:
        made.append((chosen.to_query(), dpi))
        out.write(b"x" * 400_000)

    monkeypatch.setattr(cards, "write_card", large)
    monkeypatch.setattr(kept, "_MOST_BYTES", 1_000_000)
    assert app.head("/api/card.png?f=country%3DIR").content == b""
    for country in ("IR", "AF", "IR", "RU", "IR"):
        assert app.get(f"/api/card.png?f=country%3D{country}").status_code == 200
    assert [query for query, _ in made] == ["country=IR", "country=AF", "country=RU"]


@pytest.mark.parametrize(
    ("more", "width"),
    [({}, 1200), ({"maxwidth": "700"}, 600), ({"maxheight": "400"}, 600), ({"maxwidth": "99"}, 0)],
)
def test_oembed_has_the_largest_card_that_fits(
    app: TestClient, more: dict[str, str], width: int
) -> None:
    answer = app.get("/api/oembed", params={"url": f"{HOST}/?country=TJ", **more}).json()
    assert answer.get("thumbnail_width", 0) == width
    if width:
        assert answer["thumbnail_height"] == width * 630 // 1200
        assert answer["thumbnail_url"].startswith(f"{HOST}/api/card.png?f=country%3DTJ")
