"""The page and the embedded map at 180° and at the poles: fitted, seen whole, counted, clicked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser.offline import Open, painted_ids, wait_still
from corpora import CORPUS
from playwright.sync_api import Page, expect

from geodata import Filter, Records, Store
from geodata.formats.registry import read_records
from mapview.briefing.compose import compose
from mapview.briefing.page import write_page

SYMBOL_PX = 9
SHOW = "Show them"


@pytest.fixture(scope="module")
def page_files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A page by the ids of its records; before a colon, that it is an embedded one."""
    folder = tmp_path_factory.mktemp("globe")
    everything = read_records([CORPUS / "hostile" / "pole-and-antimeridian.geojson"]).records

    def get(name: str) -> Path:
        kind, _, ids = name.partition(":")
        some = Records(tuple(one for one in everything.incidents if one.id in ids))
        path = folder / f"{kind}-{ids}.html"
        page = write_page(
            compose(Store.of(some), Filter()), embedded=kind == "embedded", home="/?country=FJ"
        )
        path.write_bytes(page)
        return path

    return get


@pytest.fixture(params=["page", "embedded"])
def open_globe(request: pytest.FixtureRequest, open_file: Open) -> Callable[[str], Page]:
    def make(ids: str) -> Page:
        page = open_file(f"{request.param}:{ids}", viewport={"width": 1200, "height": 800})
        if request.param == "embedded":
            page.get_by_text("Click to use the map").click()
        return page

    return make


def spots(page: Page) -> dict[str, tuple[float, float]]:
    """Where the marks are drawn, those only that are whole in the frame."""
    width, height = page.evaluate("(({ x, y }) => [x, y])(mapviewMap.map.getSize())")
    seen = {}
    for mark in page.evaluate("mapviewMap.painted()"):
        x, y = mark["x"], mark["y"]
        # The map ends a pixel off, so that rounding does not pull it to and fro.
        if (
            SYMBOL_PX - 1 <= x <= width - SYMBOL_PX
            and abs(y - height / 2) <= height / 2 - SYMBOL_PX + 1
        ):
            seen |= dict.fromkeys(mark["ids"], (x, y))
    return seen


def test_both_sides_of_180_degrees_are_neighbours(open_globe: Callable[[str], Page]) -> None:
    page = open_globe("ab")
    seen = spots(page)
    assert seen.keys() == {"a", "b"}
    assert page.evaluate("mapviewMap.map.getZoom()") == 8
    assert 10 < seen["b"][0] - seen["a"][0] < 60
    expect(page.get_by_role("button", name=SHOW)).not_to_be_visible()
    for identifier in seen:
        wait_still(page)  # a sheet that opens leaves less room for the map, which moves then
        x, y = spots(page)[identifier]
        page.locator("#canvas").click(position={"x": x, "y": y})
        expect(page.locator("#side")).to_contain_text(f"Sample {identifier}")


@pytest.mark.parametrize("pole", ["c", "d"])
def test_a_mark_at_a_pole_is_seen_whole(pole: str, open_globe: Callable[[str], Page]) -> None:
    page = open_globe(pole)
    seen = spots(page)
    assert seen.keys() == {pole}
    expect(page.get_by_role("button", name=SHOW)).not_to_be_visible()
    x, y = seen[pole]
    page.locator("#canvas").click(position={"x": x, "y": y})
    expect(page.locator("#side")).to_contain_text(f"Sample {pole}")


def test_what_lies_outside_can_be_shown_up_to_the_poles(open_globe: Callable[[str], Page]) -> None:
    page = open_globe("abcd")
    assert painted_ids(page) >= {"a", "b", "d"}
    outside = page.get_by_role("button", name=SHOW)
    outside.click()
    expect(outside).not_to_be_visible()
    page.wait_for_function("!mapviewMap.map._animatingZoom && mapviewMap.map.getZoom() <= 1")
    assert spots(page).keys() == {"a", "b", "c", "d"}
