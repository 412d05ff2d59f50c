"""The links that are handed on: what they say, and what is said when the data have changed."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from page_parts import count_of, expected_count
from samples import HOSTILE
from streamlit.testing.v1 import AppTest

from geodata import load

Open = Callable[..., AppTest]
OLD = "0123456789ab"


def share(page: AppTest) -> list[str]:
    """The links that the open popover shows: to the view, and the frame for other pages."""
    page.session_state["share"] = True
    page.run()
    assert not page.exception, page.exception
    return [one.value for one in page.code]


class Frames(HTMLParser):
    """Gathers the tags of a piece of HTML with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_links_are_made_only_when_asked_for(open_page: Open) -> None:
    assert list(open_page().code) == []


def test_no_link_is_made_until_the_map_has_answered(open_page: Open) -> None:
    page = open_page("view=60,34,5")
    page.session_state["map_view_asked"] = 2
    page.session_state["map_view_answered"] = 1
    assert share(page) == []
    assert "Asking the map which part it shows …" in [one.value for one in page.caption]
    page.session_state["map_view_answered"] = 2
    page.session_state["map_view_told"] = "57.0800,30.2800,7"
    link, _ = share(page)
    assert parse_qs(urlsplit(link).query)["view"] == ["57.0800,30.2800,7"]


def test_link_holds_filter_selection_view_and_fingerprint(open_page: Open) -> None:
    query = "country=IR&id=kerman-2024-01-03&panel=table&view=57.0800,30.2800,7"
    link, _ = share(open_page(query))
    assert parse_qs(urlsplit(link).query) == parse_qs(query) | {"v": [load().version]}


def test_frame_holds_filter_and_view_but_no_selection(open_page: Open) -> None:
    _, html = share(open_page("country=IR&id=kerman-2024-01-03&view=57.0800,30.2800,7"))
    [(tag, attributes)] = Frames(html).tags
    assert tag == "iframe"
    source = urlsplit(attributes["src"] or "")
    assert source.path == "/embed"
    wanted = {"country": ["IR"], "view": ["57.0800,30.2800,7"], "v": [load().version]}
    assert parse_qs(source.query) == wanted
    assert attributes["title"] == "All incidents and base areas, all dates, in Iran"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_within_the_links(text: str, open_page: Open) -> None:
    words = text[:150].strip()
    link, html = share(open_page(urlencode({"q": words})))
    assert set(parse_qs(urlsplit(link).query)) == {"q", "v"}
    [(tag, attributes)] = Frames(html).tags
    names = {"src", "title", "width", "height", "style", "loading", "sandbox", "referrerpolicy"}
    assert (tag, set(attributes)) == ("iframe", names)
    asked = parse_qs(urlsplit(attributes["src"] or "").query)
    assert asked["q"] == parse_qs(urlsplit(link).query)["q"]


def test_view_that_cannot_be_is_left_out(open_page: Open) -> None:
    link, _ = share(open_page("view=1e9,0,5"))
    assert set(parse_qs(urlsplit(link).query)) == {"v"}


def test_changed_data_are_said(open_page: Open) -> None:
    page = open_page(f"v={OLD}&country=IR")
    [warning] = page.warning
    assert warning.value.startswith("The data have changed since this link was made")
    assert OLD in warning.value
    assert count_of(page) == expected_count("country=IR")


@pytest.mark.parametrize("version", ["", load().version, "<b>x</b>", "0" * 500])
def test_nothing_is_said_otherwise(version: str, open_page: Open) -> None:
    assert list(open_page(urlencode({"v": version})).warning) == []
