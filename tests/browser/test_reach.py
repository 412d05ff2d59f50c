"""The stage for fingers, for another's colours, and in little room, on a page from disk."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from browser.offline import Open, wait_for_filter
from playwright.sync_api import Page, expect

# Words of some elements that a line ends within.
BROKEN = """(nodes) => nodes.flatMap((node) => {
  const text = node.firstChild;
  return [...text.data.matchAll(/[\\w-]+/g)].filter(({0: word, index}) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return range.getClientRects().length > 1;
  }).map(({0: word}) => word);
})"""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def finger(page: Page) -> Any:
    """A hand that touches the page as a screen tells of it."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": at})

    return touch


def drag(page: Page, *ways: tuple[tuple[float, float], tuple[float, float]]) -> None:
    touch = finger(page)
    touch("Start", *(begin for begin, _ in ways))
    for part in (0.25, 0.5, 0.75, 1):
        touch(
            "Move",
            *(((a + (c - a) * part), (b + (d - b) * part)) for (a, b), (c, d) in ways),
        )
    touch("End")


def rest(page: Page) -> None:
    """Wait until the page has stopped: what a quick finger has pushed rolls on after it left."""
    page.evaluate("""async () => {
        const wait = () => new Promise((done) => setTimeout(done, 120));
        for (let before = NaN; before !== scrollY; await wait()) before = scrollY;
    }""")


def test_one_finger_scrolls_and_two_use_the_map(open_file: Open) -> None:
    page = open_file("all", "#view=69,34.5,5", reduced_motion="reduce", **PHONE)
    center = "() => Object.values(mapviewMap.map.getCenter()).map((one) => one.toFixed(1)).join()"
    before = page.evaluate(center)
    drag(page, ((200, 500), (200, 200)))
    page.wait_for_function("() => scrollY > 100")
    rest(page)
    assert page.evaluate(center) == before
    page.evaluate("scrollTo(0, 0)")
    rest(page)
    drag(page, ((180, 400), (80, 300)), ((220, 440), (320, 540)))
    page.wait_for_function("() => mapviewMap.map.getZoom() > 5")
    assert page.evaluate("scrollY") == 0


def test_a_finger_draws_a_circle_and_the_next_tap_is_the_maps(open_file: Open) -> None:
    page = open_file("all", "#view=69.2,34.5,6&areas=off", reduced_motion="reduce", **PHONE)
    page.get_by_role("button", name="Choose by a circle").tap()
    box = page.locator("#canvas").bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    drag(page, (middle, (middle[0] + 120, middle[1])))
    page.wait_for_function("() => location.hash.includes('within=circle')")
    wait_for_filter(page, page.evaluate("mapviewPage.state.text"))
    page.wait_for_timeout(500)  # so long a click might come that belongs to the drawing
    mark = page.evaluate("mapviewMap.painted().find((one) => one.x > 60 && one.y > 60)")
    page.touchscreen.tap(box["x"] + mark["x"], box["y"] + mark["y"])
    expect(page.locator("#side:not([hidden]), .mapview-panel:not([hidden])").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_anothers_colours_show_what_is_pressed_and_all_bars(open_file: Open, scheme: str) -> None:
    page = open_file(
        "all", "#charts=on&panel=table&type=battle", forced_colors="active", color_scheme=scheme
    )
    style = "(node, name) => getComputedStyle(node).getPropertyValue(name)"
    tabs = page.locator("#tabs button")
    pressed, other = (
        {name: tabs.nth(i).evaluate(style, name) for name in ("color", "background-color")}
        for i in (0, 1)
    )
    assert pressed["background-color"] not in (other["background-color"], pressed["color"])
    assert (
        page.locator("#charts-button").evaluate(style, "background-color")
        == (pressed["background-color"])
    )
    expect(page.locator(".mp-beam").first).to_be_attached()
    for bars in (".mp-share", ".mp-beam"):
        assert "gradient" in page.locator(bars).first.evaluate(style, "background-image")


@pytest.mark.parametrize(("width", "height"), [(320, 568), (720, 450)])
def test_nothing_is_wider_than_a_small_window(open_file: Open, width: int, height: int) -> None:
    page = open_file("all", "#charts=on&compare=all", viewport={"width": width, "height": height})
    expect(page.locator("#compared tr").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    inside = "(node) => node.scrollWidth <= node.clientWidth"
    assert page.locator("#charts").evaluate(inside)
    page.locator("#charts-close").click()
    for canvas in ("#canvas", "#canvas-beside"):
        box = page.locator(canvas).bounding_box()
        assert box
        assert box["height"] > 60
        assert box["width"] > 150


def test_a_table_has_room_in_a_low_window(open_file: Open) -> None:
    """At 200 % zoom it lies over the map; where both have room, no part of the map meets another.

    Beside charts its columns are narrow: boxes stand off the words, and no word is broken.
    """
    page = open_file("all", "#panel=table&type=battle", viewport={"width": 720, "height": 450})
    expect(page.locator("#incident-table tbody tr").first).to_be_visible()
    parts = {one: page.locator(one).bounding_box() for one in (".mp-body", "#table")}
    assert parts[".mp-body"] == parts["#table"]
    page.set_viewport_size({"width": 800, "height": 600})
    seen = page.locator("#goto, .mapview-outside, .mapview-legend, .leaflet-control-zoom")
    boxes = [box for one in seen.all() if one.is_visible() and (box := one.bounding_box())]
    assert len(boxes) > 2
    for one, other in itertools.combinations(boxes, 2):
        apart = (
            one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"],
            one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"],
        )
        assert any(apart), (one, other)
    page.set_viewport_size({"width": 768, "height": 1024})
    page.locator("#charts-button").click()
    row = page.locator("#incident-table tbody tr").first
    box, date = row.locator("input").bounding_box(), row.locator(".mp-date span").bounding_box()
    assert box and date  # noqa: PT018 - both are there
    assert date["x"] - box["x"] - box["width"] >= 4
    assert page.locator("#incident-table .mp-kind span").evaluate_all(BROKEN) == []
