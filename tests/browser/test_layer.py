"""Drives the map layer in a real browser, against a local server with answers made here."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import pytest
from browser.layer_page import HOSTILE, serve
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mapview.cartography.legend import WORDS
from mapview.cartography.sizes import SIZES
from mapview.cartography.standings import STANDINGS
from mapview.cartography.style import KINDS, OTHER, style_to_json


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve() as found:
        yield found


@pytest.fixture(scope="module")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """A browser's profile for all pages here, in which they keep nothing.

    An empty page stays open in it: that keeps the process that draws the others.
    """
    with browser.new_context(viewport={"width": 1000, "height": 700}) as context:
        context.new_page()
        yield context
        assert context.storage_state() == {"cookies": [], "origins": []}


@pytest.fixture
def page(profile: BrowserContext, address: str) -> Iterator[Page]:
    """A page with the layer on it; no error, no request elsewhere, no script from a record."""
    page = profile.new_page()
    errors: list[str] = []
    requests: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    yield page
    title = page.title()
    page.close()
    assert errors == []
    assert [url for url in requests if not url.startswith((address, "data:"))] == []
    assert title == "map"


def show(page: Page, chosen: str = "") -> dict[str, dict[str, Any]]:
    """Show a filter; return the painted marks by the id of their first incident."""
    page.evaluate("(f) => show(f)", chosen)
    wait_for_filter(page, chosen)
    return {mark["ids"][0]: mark for mark in page.evaluate("layer.painted()")}


def wait_for_filter(page: Page, chosen: str) -> None:
    painted = "(f) => document.documentElement.dataset.mapviewFilter === f"
    page.wait_for_function(painted, arg=chosen)


def pixel(page: Page, x: float, y: float) -> str:
    """Colour of the incidents' canvas at a place in the map's container."""
    script = """([x, y]) => {
      const at = layer.canvasPoint(L.point(x, y));
      const canvas = document.querySelector(".leaflet-mapview-incidents-pane canvas");
      const [r, g, b, a] = canvas.getContext("2d").getImageData(at.x, at.y, 1, 1).data;
      return a ? "#" + [r, g, b].map((v) => v.toString(16).padStart(2, "0")).join("") : "";
    }"""
    return str(page.evaluate(script, [x, y]))


def test_what_happened_is_filled_and_what_is_doubted_is_hollow(page: Page) -> None:
    marks = show(page)
    centres = {name: pixel(page, marks[name]["x"], marks[name]["y"]) for name in marks}
    paper = style_to_json()["palette"]["paper"]["light"]
    assert centres["done"] == KINDS[1].color.light
    assert centres["foiled"] == centres["disputed"] == paper
    beside = (marks["disputed"]["x"] + 13.5, marks["disputed"]["y"] - 3)
    assert pixel(page, *beside) != ""  # the question mark; the foiled one has none
    assert pixel(page, marks["foiled"]["x"] + 13.5, marks["foiled"]["y"] - 3) == ""


def test_a_district_is_a_ring_of_true_size_never_a_bare_pin(page: Page) -> None:
    marks = show(page)
    kilometres_a_pixel = 40_075.017 * 0.788 / (256 * 2**5)  # cos 38°
    ring_px = 60 / kilometres_a_pixel
    district = marks["district"]
    assert ring_px == pytest.approx(15.6, abs=0.2)
    assert pixel(page, district["x"] + ring_px - 3, district["y"]) != ""
    assert pixel(page, district["x"] + ring_px + 4, district["y"]) == ""
    assert pixel(page, marks["done"]["x"] + ring_px - 3, marks["done"]["y"]) == ""
    small = marks["small district"]
    assert pixel(page, small["x"] + 13, small["y"] + 3) != ""  # its least ring


def test_a_province_is_shaded_and_its_symbol_stands_for_the_area(page: Page) -> None:
    marks = show(page)
    page.wait_for_function("layer.basemap.province('AF.31') !== null")
    province, unknown = marks["province"], marks["unknown province"]
    assert province["area"] is unknown["area"] is True
    assert pixel(page, province["x"] + 18, province["y"] - 18) != ""
    assert pixel(page, province["x"] + 60, province["y"]) == ""
    assert pixel(page, unknown["x"], unknown["y"] - 15) != ""  # no outline known: a ring


NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def ink_of_area(page: Page, chosen: str, group: str | None) -> int:
    """Sum of opacity where the base area of the fake answers lies, with a group pointed at."""
    page.evaluate("(f) => show(f)", chosen)
    wait_for_filter(page, chosen)
    page.evaluate("(group) => layer.point(group)", group)
    page.evaluate(NEXT_FRAME)
    script = """() => {
      const at = layer.canvasPoint(map.latLngToContainerPoint([28, 62]));
      const canvas = document.querySelector(".leaflet-mapview-incidents-pane canvas");
      const {data} = canvas.getContext("2d").getImageData(at.x - 15, at.y - 15, 30, 30);
      return data.filter((_, i) => i % 4 === 3).reduce((sum, alpha) => sum + alpha, 0);
    }"""
    return int(page.evaluate(script))


def test_a_base_area_is_hatched_and_clearly_lighter_when_faded(page: Page) -> None:
    current, faded = ink_of_area(page, "done", "g"), ink_of_area(page, "faded", "g")
    assert 0 < faded < current * 0.6
    assert current < 30 * 30 * 255 * 0.7  # lines, not a solid fill


def test_a_base_area_is_an_outline_until_its_group_is_pointed_at_chosen_or_filtered_by(
    page: Page,
) -> None:
    hatched, quiet = ink_of_area(page, "done", "g"), ink_of_area(page, "done", "another")
    assert quiet < hatched * 0.2
    x, y = page.evaluate("(({ x, y }) => [x, y])(map.latLngToContainerPoint([28.3, 62.2]))")
    page.mouse.move(x, y)
    page.wait_for_function("layer.pointed.map === 'g'")
    page.mouse.move(5, 5)
    page.wait_for_function("layer.pointed.map === null")
    page.evaluate("layer.setState({ area: 'a' })")
    page.evaluate(NEXT_FRAME)
    assert page.evaluate("layer.isLoud({ group: 'g' })")
    assert not page.evaluate("layer.isLoud({ group: 'h' })")
    page.evaluate("layer.setState({ area: null })")
    show(page, "group=h")
    assert page.evaluate("layer.isLoud({ group: 'h' })")


def test_incidents_at_one_coordinate_are_one_stack_and_counted_once(page: Page) -> None:
    marks = show(page)
    stack = marks["kabul0"]
    assert (stack["n"], stack["single"], stack["kinds"][:3]) == (6, False, [3, 2, 1])
    assert (stack["certain"], stack["certainKinds"][:3]) == (5, [2, 2, 1])
    paint = page.evaluate("layer.lastPaint")
    assert (paint["points"], paint["clusters"], paint["areas"]) == (7, 1, 1)
    assert page.evaluate("document.documentElement.dataset.mapviewPainted") == "8"


def test_clicking_a_stack_lists_it_as_text_and_choosing_selects(page: Page) -> None:
    stack = show(page)["kabul0"]
    page.mouse.click(stack["x"], stack["y"])
    panel = page.get_by_role("dialog", name="5 to 6 incidents here")
    buttons = panel.get_by_role("button").filter(has_not_text="×")
    assert buttons.count() == 6
    assert buttons.filter(has_text="may fit the filter").count() == 1
    assert "<img src=x onerror=" in buttons.nth(5).inner_text()
    assert len(buttons.nth(5).inner_text()) < 300
    assert panel.locator("img, script").count() == 0
    buttons.nth(1).click()
    assert page.evaluate("seen.selected") == ["kabul1"]
    page.keyboard.press("Escape")
    assert panel.count() == 0
    assert page.evaluate("document.activeElement.id") == "map_div"


def test_a_list_says_whether_its_incidents_are_at_one_place(page: Page) -> None:
    """Those of one town are "here"; those that stand together on a small map lie in an area."""
    stack = show(page)["kabul0"]
    page.mouse.click(stack["x"], stack["y"])
    expect(page.get_by_role("dialog")).to_have_accessible_name("5 to 6 incidents here")
    page.evaluate("void map.setView([34, 66], 2, {animate: false})")
    page.wait_for_function("layer.painted().every((mark) => mark.n > 1)")
    wide = next(mark for mark in page.evaluate("layer.painted()") if "done" in mark["ids"])
    page.mouse.click(wide["x"], wide["y"])
    expect(page.get_by_role("dialog")).to_have_accessible_name(re.compile(r"in this area$"))


def test_rims_of_discs_are_painted_in_the_colours_that_were_measured(page: Page) -> None:
    """Each kind has its part of the rim, in the colour that is held apart from all others.

    Tests of the style do so for colour-blind readers, by day and by night.
    """
    for theme in ("light", "dark"):
        page.evaluate("(theme) => layer.setTheme(theme)", theme)
        (disc,) = show(page, "one of each kind").values()
        assert disc["n"] == len(KINDS)
        page.evaluate(NEXT_FRAME)
        radius = disc["r"] - SIZES["rim"] / 2
        shares = [*(kind for i, kind in enumerate(KINDS) if i != OTHER), KINDS[OTHER]]
        for i, kind in enumerate(shares):
            turn = 2 * math.pi * (i + 0.5) / len(KINDS)
            at = disc["x"] + radius * math.sin(turn), disc["y"] - radius * math.cos(turn)
            assert pixel(page, *at) == getattr(kind.color, theme), (theme, kind.id)


def test_the_keyboard_reaches_and_opens_everything(page: Page) -> None:
    show(page)
    page.locator("#map_div").focus()
    said = []
    for _ in range(8):
        page.keyboard.press("n")
        said.append(page.locator(".mapview-live").inner_text())
    assert any("known only to the district" in words for words in said)
    stack = "5 to 6 incidents"
    assert any(words.startswith(stack) and "Bombing: 2 to 3" in words for words in said)
    page.evaluate("layer.input.unfocus()")
    while not page.locator(".mapview-live").inner_text().startswith(stack):
        page.keyboard.press("p")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("seen.selected") == ["kabul2"]


def test_a_single_symbol_is_selected_by_click_and_ringed(page: Page) -> None:
    mark = show(page)["done"]
    page.mouse.click(mark["x"] + 3, mark["y"] + 3)
    assert page.evaluate("seen.selected") == ["done"]
    assert pixel(page, mark["x"] + 14, mark["y"]) == style_to_json()["palette"]["selected"]["light"]
    page.mouse.click(mark["x"] + 60, mark["y"] + 60)
    assert page.evaluate("seen.selected") == ["done", None]


def test_tooltips_say_what_and_how_exactly_as_text(page: Page) -> None:
    mark = show(page)["district"]
    tooltip = page.locator(".mapview-tooltip")
    page.mouse.move(mark["x"], mark["y"])
    tooltip.get_by_text("known only to the district").wait_for()
    at = page.evaluate("map.latLngToContainerPoint([28, 62])")
    page.mouse.move(at["x"], at["y"])
    tooltip.get_by_text("2015–2019").wait_for()
    assert "<img src=x" in tooltip.inner_text()
    assert page.locator("#map_div img").count() == 0


def test_a_rejected_filter_is_explained_and_the_drawing_stays(page: Page) -> None:
    before = show(page)
    page.evaluate("show('bad')")
    notice = page.get_by_role("status").get_by_text("period must not be empty, got <img")
    notice.wait_for()
    assert page.evaluate("layer.lastPaint.filter") == ""
    assert len(page.evaluate("layer.painted()")) == len(before)
    assert page.get_by_role("button", name="Retry").count() == 0
    show(page, "done")
    notice.wait_for(state="detached")


def test_a_lost_server_offers_to_retry(page: Page) -> None:
    show(page)
    page.route("**/api/**", lambda route: route.abort())
    page.evaluate("show('done')")
    page.get_by_role("status").get_by_text("Is the program still running?").wait_for()
    page.unroute("**/api/**")
    page.get_by_role("button", name="Retry").click()
    wait_for_filter(page, "done")
    assert [mark["ids"] for mark in page.evaluate("layer.painted()")] == [["done"]]


@pytest.mark.parametrize(
    ("action", "requests"),
    [
        ("show('')", 0),
        ("map.panBy([120, 60], {animate: false})", 0),
        ("map.setZoom(6, {animate: false})", 1),
        ("map.panBy([6000, 0], {animate: false})", 1),
        ("show('done')", 1),
    ],
)
def test_only_what_is_not_here_is_asked_for(page: Page, action: str, requests: int) -> None:
    show(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(f"void {action}")
    page.wait_for_timeout(300)
    assert sum("/api/view" in url for url in asked) == requests


@pytest.mark.parametrize(
    ("action", "painted"),
    [
        ("map.panBy([60, 40], {animate: false})", []),
        ("map.panBy([600, 40], {animate: false})", [1]),
        ("map.setZoom(map.getZoom() + 1, {animate: false})", [1]),
    ],
)
def test_what_is_drawn_stays_while_it_covers_the_map(
    page: Page, action: str, painted: list[int]
) -> None:
    show(page)
    page.wait_for_timeout(400)
    # How much wider than the map the canvas is, at each paint of the ground.
    told = page.evaluate(
        f"""() => {{
          const wide = [];
          const {{ ground }} = layer;
          const {{ _paint: paint }} = ground;
          ground._paint = (ctx, view) => {{
            wide.push(view.width / map.getSize().x);
            paint(ctx, view);
          }};
          {action};
          const at = [...wide];
          const told = () => [at, wide.slice(at.length)];
          return new Promise((resolve) => setTimeout(() => resolve(told()), 400));
        }}"""
    )
    # At once what is seen alone, if anything; with its margin once the map rests.
    assert told == [painted, [1.5]]


def test_the_view_is_told_after_a_move(page: Page) -> None:
    page.evaluate("void map.setView([34, 426], 6, {animate: false})")
    page.wait_for_function("seen.views.length")
    last = page.evaluate("seen.views.at(-1)")
    assert (last["zoom"], round(last["lon"]), round(last["lat"])) == (6, 66, 34)


def test_a_cluster_zooms_in_and_at_the_end_lists_its_cell(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("show('clusters')")
    wait_for_filter(page, "clusters")
    mark = page.evaluate("layer.painted()")[0]
    assert (mark["n"], mark["kinds"]) == (12_345, [12_000, 345])
    assert (mark["certain"], mark["certainKinds"]) == (11_345, [11_000, 345])
    for zoom, after in ((6, 8), (14, 14)):
        page.evaluate(
            "([lon, lat, z]) => layer.flyTo(lon, lat, z)", [mark["lon"], mark["lat"], zoom]
        )
        page.mouse.click(500, 350)
        assert page.evaluate("map.getZoom()") == after
    panel = page.get_by_role("dialog", name="6 to 9 incidents in this area")
    panel.get_by_text("and 5 to 7 more").wait_for()
    assert panel.get_by_role("button", name="Two").count() == 1


def test_the_legend_explains_everything_and_dims_what_is_absent(page: Page) -> None:
    show(page, "done")
    button = page.get_by_role("button", name="Legend")
    if button.get_attribute("aria-expanded") == "false":
        button.press("Enter")
    legend = page.locator(".mapview-legend-body")
    text = legend.inner_text()
    assert all(kind.label in text for kind in KINDS)
    assert all(word in text for word in ("Hollow", "Ring", "Shaded", "Disputed border", "Dotted"))
    assert HOSTILE[:20] in text
    # One kind is there, an area that was present, nothing pale or lost, no point of which nobody
    # says how exact it is, and neither a disputed border nor a disc with two numbers.
    gone = len(STANDINGS) - 1 + len(("lost", "faded", "assumed"))
    assert legend.locator(".mapview-absent").count() == len(KINDS) + 1 + gone
    button.press("Enter")
    assert not legend.is_visible()


def test_the_eye_of_an_entry_takes_it_off_the_map_and_shows_it_again(page: Page) -> None:
    show(page, "done")
    button = page.get_by_role("button", name="Legend")
    if button.get_attribute("aria-expanded") == "false":
        button.press("Enter")
    painted = "[layer.lastPaint.points + layer.lastPaint.clusters, layer.lastPaint.areas]"
    marks, areas = page.evaluate(painted)
    assert marks
    assert areas
    eyes = page.locator(".mapview-legend-body li:has-text('presence') .mapview-eye")
    eyes.press("Enter")
    page.wait_for_function(f"{painted}[1] === 0")
    assert eyes.get_attribute("aria-label") == f"Show on the map: {WORDS['presence']}"
    assert button.inner_text() == "Legend, 1 hidden"
    eyes.press("Enter")
    page.wait_for_function(f"{painted}[1] === {areas}")
    seen = page.locator(".mapview-legend-body .mapview-eye").first
    seen.press("Enter")
    page.wait_for_function(f"{painted}[0] === 0")
    seen.press("Enter")
    page.wait_for_function(f"{painted}[0] === {marks}")


def test_leaving_removes_every_trace(page: Page) -> None:
    show(page)
    page.evaluate("layer.destroy()")
    left = page.locator("[class*=mapview]:not(.leaflet-pane)")
    assert left.count() == 0
