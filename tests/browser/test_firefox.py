"""The stage in Firefox, opened and filtered once in app, frame and page: all as in Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.firefox import HOW_TO_GET_FIREFOX, Firefox, find_firefox
from browser.offline import PAINTED, Open, wait_for_filter
from browser.visiting import Visit
from served import Server

FILTER = "type=airstrike"
LABEL = '#types label:has(input[value="airstrike"])'
IS_PAINTED = f"({PAINTED})()"
IS_FILTERED = f"document.documentElement.dataset.mapviewFilter === '{FILTER}'"
# What is said, drawn, and counted over time; places on the map by whole pixels.
SHOWN = """({
  count: document.getElementById("count").textContent,
  chips: [...document.querySelectorAll("#chips li span")].map((one) => one.textContent),
  marks: mapviewMap.painted().map(({ids, n, x, y}) => (
    [ids.sort(), n, Math.round(x), Math.round(y)])).sort(),
  bars: [...document.querySelectorAll("#bars .mp-inexact")].map((one) => (
    one.getAttribute("d"))),
  airstrikes: [...document.querySelectorAll("#charts .mp-on td")].map((one) => one.textContent),
  layout: ["drawer", "canvas", "charts", "time"].map((id) => (
    Math.round(document.getElementById(id).getBoundingClientRect().width))),
})"""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    path = find_firefox()
    if path is None:
        pytest.fail(HOW_TO_GET_FIREFOX)
    one = Firefox(path, tmp_path_factory.mktemp("firefox"))
    yield one
    one.stop()
    # Streamlit tries for faster long numbers, is refused by our policy, and does without.
    assert [fault for fault in one.faults if "blocked WebAssembly" not in fault] == []


def in_firefox(firefox: Firefox, url: str, *, is_app: bool = False) -> dict[str, Any]:
    tab = firefox.open(url)
    stage = tab.frame("streamlit_folium") if is_app else tab
    stage.wait(f"window.mapviewPage && {IS_PAINTED}")
    if stage.evaluate("document.getElementById('drawer').hidden"):
        stage.click("#drawer-button")
    stage.click(LABEL)
    stage.wait(IS_FILTERED)
    stage.wait("document.querySelectorAll('#charts .mp-on td').length")
    shown: dict[str, Any] = stage.evaluate(SHOWN)
    tab.close()
    return shown


def test_the_app(firefox: Firefox, server: Server, visit: Callable[..., Visit]) -> None:
    query = "?charts=on&view=66,35,5"
    one = visit(query, reduced_motion="reduce")
    one.tick("types", "airstrike")
    one.wait_painted(FILTER)
    one.at("#charts .mp-on td").first.wait_for()
    assert in_firefox(firefox, server.url + query, is_app=True) == one.frame().evaluate(SHOWN)


@pytest.mark.parametrize("name", ["all", "embedded"])
def test_a_page_on_disk(
    firefox: Firefox, open_file: Open, page_files: Callable[[str], Path], name: str
) -> None:
    fragment = "#charts=on&view=66,35,5"
    page = open_file(name, fragment, reduced_motion="reduce")
    if page.locator("#drawer").is_hidden():
        page.locator("#drawer-button").click()
    page.locator(LABEL).click()
    wait_for_filter(page, FILTER)
    page.locator("#charts .mp-on td").first.wait_for()
    shown = in_firefox(firefox, page_files(name).as_uri() + fragment)
    assert shown == page.evaluate(SHOWN)
    assert shown["marks"]


def test_the_frame_that_is_served(firefox: Firefox, server: Server) -> None:
    shown = in_firefox(firefox, f"{server.url}embed?country=AF#charts=on")
    assert shown["chips"] == ["Airstrike"]
    assert shown["marks"]
