"""Addresses: read as they were written, views as bounds, snippets that hold any text."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from corpora import corpus
from hypothesis import given
from hypothesis import strategies as st
from samples import HOSTILE
from strategies import filters

from geodata.errors import RequestError
from geodata.geodesy import LAST_LATITUDE
from geodata.queries.filters import Filter
from mapview.web.addresses import Address, MapView, changed_since, snippet

VIEWS = st.builds(
    MapView,
    st.integers(-1_800_000, 1_800_000).map(lambda n: n / 10_000),
    st.integers(-850_000, 850_000).map(lambda n: n / 10_000),
    st.integers(0, 22).map(float),
)


@given(filters(), st.none() | VIEWS, st.sampled_from(["", "0123456789ab"]))
def test_address_is_read_as_written(chosen: Filter, view: MapView | None, version: str) -> None:
    address = Address(chosen, view, version)
    assert Address.from_query(address.to_query()) == address


def test_keys_of_the_app_are_left_aside() -> None:
    address = Address.from_query("id=a&area=b&panel=table&country=TJ&view=69,38,6&v=0123456789ab")
    assert address == Address(Filter(countries=("TJ",)), MapView(69, 38, 6), "0123456789ab")


@pytest.mark.parametrize("version", ["soon", "<b>", "0123456789AB", "0123456789abc", ""])
def test_what_is_no_fingerprint_is_none(version: str) -> None:
    assert Address.from_pairs([("v", version)]).version == ""


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("view=here", "view must be lon,lat,zoom, got 'here'"),
        ("view=1,2", "view must be lon,lat,zoom"),
        ("view=181,0,2", "view must have lon within 180"),
        ("view=0,0,23", "zoom within"),
        ("view=nan,0,2", "view must be lon,lat,zoom"),
        ("type=party", "type must be one of"),
        ("&".join(["q=a"] * 601), "at most 600 values"),
    ],
)
def test_what_cannot_be_understood_is_refused(query: str, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        Address.from_query(query)


@pytest.mark.parametrize("case", corpus("views"), ids=lambda case: case["text"])
def test_a_view_is_read_as_in_the_browser(case: dict[str, Any]) -> None:
    if case["view"] is None:
        with pytest.raises(RequestError, match="view must"):
            MapView.parse(case["text"])
    else:
        assert MapView.parse(case["text"]) == MapView(*case["view"])


def test_beyond_the_last_latitude_the_edge_is_shown() -> None:
    _, _, _, north = MapView(12, 90, 3).bounds()
    assert north == pytest.approx(LAST_LATITUDE, abs=1e-4)


@given(VIEWS)
def test_bounds_lie_around_the_middle(view: MapView) -> None:
    west, south, east, north = view.bounds()
    assert -85.06 <= south <= view.lat <= north + 1e-3
    assert -180 <= west <= 180
    assert -180 <= east <= 180
    if west <= east:
        assert west - 1e-3 <= view.lon <= east + 1e-3
    else:
        assert view.lon >= west - 1e-3 or view.lon <= east + 1e-3
    # The same bounds are a filter's, so that a view may become one.
    assert Filter(bounds=(west, south, east, north)).bounds is not None


def test_deeper_zoom_shows_less() -> None:
    widths = [
        east - west for west, _, east, _ in (MapView(65, 35, z).bounds() for z in range(3, 12))
    ]
    assert all(wide == pytest.approx(2 * narrow, rel=1e-2) for wide, narrow in pairwise(widths))


def test_change_of_the_data_is_said_only_when_there_is_one() -> None:
    assert changed_since("", "b" * 12) == changed_since("b" * 12, "b" * 12) == ""
    sentence = changed_since("a" * 12, "b" * 12)
    assert "have changed since this link was made" in sentence
    assert "a" * 12 in sentence
    assert "b" * 12 in sentence


class Frames(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_snippet_is_one_frame_whatever_the_text(text: str) -> None:
    [(tag, attributes)] = Frames(snippet(f"http://localhost/embed?q={text}", text)).found
    assert tag == "iframe"
    assert attributes["title"] == text
    rights = {"allow-scripts", "allow-popups", "allow-popups-to-escape-sandbox"}
    assert set(attributes["sandbox"].split()) == rights
    assert set(attributes) == {
        "src", "title", "width", "height", "style", "loading", "sandbox", "referrerpolicy",
    }  # fmt: skip
