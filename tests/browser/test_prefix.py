"""The app below a prefix, behind an nginx that keeps it and one that takes it off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from browser.visiting import IDLE, PAINT_MS, Visit
from playwright.sync_api import expect
from reverse_proxy import ReverseProxy
from served import Server


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("below") / "log.txt"
    with Server(log=log, options=("--base-path", "map", "--behind-proxy")) as one:
        yield one


@pytest.fixture(params=["kept", "taken off"])
def proxy(request: pytest.FixtureRequest, below: Server) -> Iterator[ReverseProxy]:
    one = ReverseProxy(below.port, is_kept=request.param == "kept")
    yield one
    one.stop()


def test_whole_app_works_below_a_prefix(proxy: ReverseProxy, visit: Callable[..., Visit]) -> None:
    asked: list[str] = []
    one = visit("?country=TJ", url=proxy.url)
    one.page.on("request", lambda request: asked.append(request.url))
    frame = one.wait_painted("country=TJ")
    assert frame.evaluate("mapviewMap.map.getZoom()") > 0
    one.at("#share summary").click()
    links = one.at("#share code")
    expect(links).to_have_count(2)
    link = links.first.inner_text().strip()
    assert link.startswith(f"{proxy.url}?country=TJ&view=")
    assert f'src="{proxy.url}embed?country=TJ' in links.last.inner_text()
    with urlopen(f"{proxy.url}embed?country=TJ") as answer:
        assert answer.headers["Link"].startswith(f"<{proxy.url}api/oembed?url=")
    one.page.keyboard.press("Escape")
    one.at("#download summary").click()
    with one.page.expect_download() as download:
        one.at("#download").get_by_role("link", name="CSV", exact=True).click()
    assert "TJ" in download.value.path().read_text("utf-8-sig")
    one.at("#table-button").click()
    one.at("#incident-table tbody button").first.click()
    expect(one.sheet()).to_be_visible()
    group = one.sheet().locator("a[href*='groups?of=']").first
    assert (group.get_attribute("href") or "").startswith("/map/groups?of=")
    one.button("About").click()
    one.page.wait_for_selector(IDLE, timeout=PAINT_MS)
    expect(one.page.get_by_text("Back to the map")).to_be_visible(timeout=PAINT_MS)
    assert urlsplit(one.page.url).path == "/map/about"
    # Opened anew there, the page finds its way too, by asking below itself first.
    assert one.faults == []
    one.page.reload()
    expect(one.page.get_by_text("Back to the map")).to_be_visible(timeout=PAINT_MS)
    one.faults[:] = [fault for fault in one.faults if "404 (Not Found)" not in fault]
    assert [url for url in asked if not urlsplit(url).path.startswith("/map/")] == []


def test_whole_map_opens_from_the_embedded_one(
    proxy: ReverseProxy, visit: Callable[..., Visit]
) -> None:
    one = visit("", url=proxy.url)
    one.page.goto(f"{proxy.url}embed?country=TJ")
    with one.page.expect_popup() as opened:
        one.page.get_by_role("link", name="Open the whole map").click()
    opened.value.wait_for_selector(IDLE, timeout=PAINT_MS)
    stage = opened.value.frame_locator("iframe")
    expect(stage.locator("#chips")).to_contain_text("Tajikistan", timeout=PAINT_MS)
    assert opened.value.url.startswith(f"{proxy.url}?country=TJ")


def test_map_works_below_a_prefix_that_nobody_told_it(
    server: Server, visit: Callable[..., Visit]
) -> None:
    proxy = ReverseProxy(server.port, is_kept=False)
    try:
        one = visit("?country=TJ", url=proxy.url)
        assert one.wait_painted("country=TJ").evaluate("mapviewMap.painted().length") > 0
        one.at("#share summary").click()
        links = one.at("#share code")
        expect(links).to_have_count(2, timeout=PAINT_MS)
        assert links.first.inner_text().strip().startswith(f"{proxy.url}?country=TJ&view=")
    finally:
        proxy.stop()
