"""What a map asks for and draws while it zooms, in a real browser, against answers made here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browser.layer_page import serve
from playwright.sync_api import Browser, Page

# The page's own map does not animate: another, that does, takes its place.
ANIMATED = """() => {
  layer.destroy();
  layer.map.remove();
  const map = L.map("map_div", {fadeAnimation: false}).setView([34, 66], 5);
  const noted = window.noted = [];
  const feed = new Mapview.ServerFeed("/api");
  const view = feed.view.bind(feed);
  feed.view = async (query, signal) => {
    noted.push(["asked", query.zoom]);
    const answer = await view(query, signal);
    await new Promise((resolve) => setTimeout(resolve, window.waits ?? 0));
    noted.push(["came", query.zoom]);
    return answer;
  };
  // A busy machine answers after more than a zoom takes, at times: unless told otherwise, it waits.
  const end = map._onZoomTransitionEnd;
  map._onZoomTransitionEnd = () => {
    const isThere = noted.some(([what, zoom]) => what === "came" && zoom === map._animateToZoom);
    if (window.waits || isThere) setTimeout(() => end.call(map));
    else if (map._animatingZoom) setTimeout(map._onZoomTransitionEnd, 10);
  };
  window.layer = Mapview.create(map, {
    feed, basemap: BASEMAP, onPainted: ({ filter }) => noted.push(["told", filter]),
  });
  const { repaint } = layer.overlay;
  layer.overlay.repaint = function () {
    noted.push(["painted", layer.data.shown?.zoom ?? 0]);
    repaint.call(this);
  };
  map.on("zoomanim", () => noted.push(["zooms", 0]));
  map.on("moveend", () => noted.push(["there", map.getZoom()]));
  show("");
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with serve() as address, browser.new_context(viewport={"width": 800, "height": 600}) as context:
        page = context.new_page()
        page.goto(address)
        page.evaluate(ANIMATED)
        page.wait_for_function("noted.some(([what]) => what === 'told')")
        page.wait_for_timeout(300)  # until it has rested, and drawn its margin
        yield page


def noted(page: Page, action: str, told: int = 1) -> list[tuple[str, Any]]:
    """What happened, but answers, from an action on until its paint was told, and a rest."""
    page.evaluate("noted.length = 0")
    page.evaluate(action)
    many = "(n) => noted.filter(([what]) => what === 'told').length >= n"
    page.wait_for_function(many, arg=told)
    page.wait_for_timeout(300)
    return [(what, value) for what, value in page.evaluate("noted") if what != "came"]


def test_what_a_zoom_comes_to_is_asked_for_while_it_zooms_and_painted_at_its_end(
    page: Page,
) -> None:
    found = noted(page, "layer.map.setZoom(6)")
    assert sorted(found[:2]) == [("asked", 6), ("zooms", 0)]
    # Once with what is new as the map arrives, and once with its margin.
    assert found[2] == found[5] == ("painted", 6)
    assert sorted(found[3:5]) == [("there", 6), ("told", "")]
    assert len(found) == 6


def test_what_comes_after_a_zoom_is_painted_as_it_comes(page: Page) -> None:
    page.evaluate("window.waits = 900")
    found = noted(page, "layer.map.setZoom(6)")
    assert found.count(("asked", 6)) == 1
    there = found.index(("there", 6))
    assert ("painted", 6) not in found[:there], "the old drawing stays until then"
    assert found[-2:] == [("painted", 6), ("told", "")]


def test_nothing_is_drawn_amid_a_zoom_that_follows_another_at_once(page: Page) -> None:
    twice = "layer.map.once('moveend', () => layer.map.setZoom(7)), layer.map.setZoom(6)"
    found = noted(page, twice, told=2)
    second = len(found) - 1 - found[::-1].index(("zooms", 0))
    within = found[second : found.index(("there", 7))]
    # What it comes to is painted just before it is there.
    assert [one for one in within if one[0] == "painted"] == [("painted", 7)]
    assert page.evaluate("layer.overlay._zoom") == 7
