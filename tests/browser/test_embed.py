"""The map in pages of another origin: who may frame it, its sleep, and oEmbed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.request import urlopen

import pytest
from browser.hosting import Host
from browser.visiting import IDLE, PAINT_MS
from playwright.sync_api import Browser, Frame, Page, expect
from served import Server

import geodata
from geodata import Filter, Store
from geodata.scope import describe_scope, totals_of
from mapview.web.addresses import snippet

PAINTED = "() => document.documentElement?.dataset.mapviewPainted !== undefined"
WAKE = "Click to use the map"
OLD = "0123456789ab"


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    one = Host()
    yield one
    one.stop()


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory, host: Host) -> Iterator[Server]:
    """The app, which lets the host's pages frame the map."""
    log = tmp_path_factory.mktemp("framed") / "log.txt"
    with Server(log=log, options=("--framed-by", host.origin)) as one:
        yield one


Embed = Callable[..., tuple[Page, Frame]]


@pytest.fixture
def embed(browser: Browser, host: Host) -> Iterator[Embed]:
    """Open a page of the host with some HTML in it; at the end nothing may have gone wrong."""
    contexts = []
    faults: list[str] = []

    def make(html: str, **options: object) -> tuple[Page, Frame]:
        settings = {"viewport": {"width": 900, "height": 700}, **options}
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.goto(host.put(html))
        frame = page.frames[1]
        frame.wait_for_function(PAINTED)
        return page, frame

    yield make
    for context in contexts:
        context.close()
    assert faults == []


def of(server: Server, query: str = "") -> str:
    """What the app gives to paste into a page."""
    return snippet(f"{server.url}embed?{query}", 'The "map"')


def zoom_of(frame: Frame) -> float:
    return float(frame.evaluate("mapviewMap.map.getZoom()"))


def test_it_works_in_the_sandbox_of_the_snippet(embed: Embed, framed: Server) -> None:
    page, frame = embed(of(framed, "country=TJ"))
    assert frame.evaluate("self.origin") == "null"
    assert page.locator("iframe").get_attribute("title") == 'The "map"'
    found = Store.of(geodata.load()).select(Filter.from_query("country=TJ")).incidents
    whole = totals_of(found)
    expect(frame.locator("#count")).to_contain_text(describe_scope(whole))
    # Its title says what it was made of, and there is more than that nowhere.
    expect(frame.locator("h1")).to_contain_text("Tajikistan")
    expect(frame.locator("#chips")).to_have_text("No further filter is set")
    frame.locator("#drawer-button").click()
    frame.locator("#from").fill("2020")
    page.keyboard.press("Enter")
    found = Store.of(geodata.load()).totals(Filter.from_query("country=TJ&from=2020"))
    later = replace(found, all_events=whole.all_events, all_aggregates=whole.all_aggregates)
    expect(frame.locator("#count")).to_contain_text(describe_scope(later, ""))
    asked = frame.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert asked == []


def test_elsewhere_it_is_refused(browser: Browser, host: Host, server: Server) -> None:
    context = browser.new_context()
    page = context.new_page()
    with page.expect_console_message(lambda one: "frame-ancestors 'self'" in one.text):
        page.goto(host.put(of(server)))
    assert page.frames[1].locator("#canvas").count() == 0
    context.close()


def test_it_sleeps_until_clicked(embed: Embed, framed: Server) -> None:
    page, frame = embed(of(framed))
    wake = frame.get_by_role("button", name=WAKE)
    before = zoom_of(frame)
    page.mouse.move(400, 300)
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 100")
    assert zoom_of(frame) == before
    page.evaluate("scrollTo(0, 0)")
    wake.click()
    page.mouse.wheel(0, -300)
    frame.wait_for_function("before => mapviewMap.map.getZoom() > before", arg=before)
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("Escape")
    expect(wake).to_be_focused()
    assert frame.locator("#canvas").evaluate("map => map.inert") is True
    closer = zoom_of(frame)
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 100")
    assert zoom_of(frame) == closer


def test_leaving_it_puts_it_to_sleep(embed: Embed, framed: Server) -> None:
    # Without its sandbox, as mice that tests move do not tell a frame of another process.
    page, frame = embed(of(framed).replace("sandbox=", "data-without="))
    wake = frame.get_by_role("button", name=WAKE)
    field = frame.locator("#goto-words")
    expect(field).to_be_hidden()
    wake.click()
    expect(wake).to_be_hidden()
    # Whoever types there has moved the mouse away.
    field.click()
    page.mouse.move(800, 600)
    field.press_sequentially("Kerman")
    expect(frame.locator("#goto-list [role=option]").first).to_be_visible()
    field.press("Escape")
    expect(wake).to_be_hidden()
    page.mouse.move(100, 100)
    page.mouse.move(800, 600)
    expect(wake).to_be_visible()


def test_touch_wakes_it_and_a_touch_elsewhere_ends_that(embed: Embed, framed: Server) -> None:
    page, frame = embed(of(framed), viewport={"width": 390, "height": 844}, has_touch=True)
    wake = frame.get_by_role("button", name=WAKE)
    wake.tap()
    expect(wake).to_be_hidden()
    page.locator("#below").tap(position={"x": 100, "y": 100})
    expect(wake).to_be_visible()


def test_the_whole_map_opens_from_the_frame(embed: Embed, framed: Server) -> None:
    page, frame = embed(of(framed, "country=TJ&view=69,38,6"))
    with page.expect_popup() as opened:
        frame.get_by_role("link", name="Open the whole map").click()
    whole = opened.value
    whole.wait_for_selector(IDLE, timeout=PAINT_MS)
    stage = whole.frame_locator("iframe[title*=streamlit_folium]")
    expect(stage.locator("#chips")).to_contain_text("Tajikistan", timeout=PAINT_MS)
    center = re.search(r"[?&]view=([0-9.]+),([0-9.]+),6(?:&|$)", whole.url)
    assert center is not None
    assert [float(one) for one in center.groups()] == pytest.approx([69, 38], abs=0.02)
    # A tab that kept the frame's sandbox would be of no origin, and its own map of another.
    assert whole.evaluate("self.origin") == framed.url.rstrip("/")


def test_what_a_link_takes_off_the_map_is_off_in_the_frame(embed: Embed, framed: Server) -> None:
    _, frame = embed(of(framed, "hide=kind:bombing&hide=kind:nothing"))
    expect(frame.locator(".mapview-legend-button")).to_have_text("Legend, 1 hidden")
    assert not frame.evaluate(
        "mapviewMap.data.answer.kind?.includes(0) || mapviewMap.data.answer.kinds?.some(([n]) => n)"
    )


@pytest.mark.parametrize("width", [280, 1200])
def test_it_fits_the_page_around_it(embed: Embed, framed: Server, width: int) -> None:
    page, frame = embed(of(framed), viewport={"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("iframe").bounding_box()
    assert box is not None
    assert box["width"] == width
    size = frame.evaluate(
        "(({scrollWidth: w, scrollHeight: h}) => [w, h])(document.documentElement)"
    )
    assert size == [width, 520]
    map_box = frame.locator("#canvas").bounding_box()
    assert map_box is not None
    assert map_box["height"] > 260


def test_changed_data_are_said_in_the_frame(embed: Embed, framed: Server) -> None:
    _, old = embed(of(framed, f"v={OLD}"))
    expect(old.get_by_role("note")).to_contain_text("data have changed since this link was made")
    _, new = embed(of(framed, f"v={geodata.load().version}"))
    expect(new.get_by_role("note")).to_have_count(0)


@pytest.mark.parametrize("path", ["", "embed"])
def test_software_finds_what_to_put_into_a_page(embed: Embed, framed: Server, path: str) -> None:
    with urlopen(f"{framed.url}{path}?country=TJ&view=69,38,6") as answer:
        link = answer.headers["Link"]
    address, _, rest = link.partition(">")
    assert rest == '; rel="alternate"; type="application/json+oembed"'
    with urlopen(f"{address[1:]}&maxwidth=500&maxheight=400") as answer:
        found = json.load(answer)
    page, frame = embed(found["html"])
    box = page.locator("iframe").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (found["width"], found["height"]) == (500, 400)
    expect(frame.locator("h1")).to_have_text(found["title"])
    center = frame.evaluate("mapviewMap.map.getCenter()")
    assert (center["lng"], center["lat"]) == pytest.approx((69, 38), abs=1.5)
