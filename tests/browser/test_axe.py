"""Nothing that axe knows to be a barrier: app, page and frame, light and dark, all that opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from browser.offline import Open
from browser.visiting import Visit
from playwright.sync_api import Frame, Page, expect

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
KERMAN = "kerman-2024-01-03"
SCHEMES = ("light", "dark")


@cache
def script() -> str:
    assert AXE.is_file(), "axe-core must be installed beside the scripts (npm ci), got none"
    return AXE.read_text("utf-8")


def barriers(page: Page | Frame) -> list[str]:
    """What axe finds, each with the elements that it finds it in."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(script())
    found: list[dict[str, Any]] = page.evaluate(
        "() => axe.run(document, {iframes: false, preload: false, resultTypes: ['violations']})"
        ".then(({violations}) => violations)"
    )
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for one in found
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_app_has_none(visit: Callable[..., Visit], scheme: str) -> None:
    one = visit(f"?id={KERMAN}&panel=table&country=IR&country=AF", color_scheme=scheme)
    expect(one.sheet()).to_contain_text("nearly 100")
    one.open_filters()
    one.at("#incident-table tbody input").first.check()
    one.at("#columns summary").click()
    assert barriers(one.frame()) == []
    one.at("#tabs button").last.click()
    expect(one.at("#area-table tbody tr").first).to_be_visible()
    share = one.at("#share summary")
    share.click()
    assert barriers(one.frame()) == []
    share.click()
    one.at("#table-close").click()
    one.at(".mapview-legend-button").click()
    one.at("#goto-words").fill("kerman")
    expect(one.at("#goto-list [role=option]").first).to_be_visible()
    one.page.keyboard.press("ArrowDown")
    assert barriers(one.frame()) == []
    one.page.keyboard.press("Escape")
    one.at("#compare-button").click()
    one.at("#compare").select_option("all")
    expect(one.at("#compared tr").last).to_contain_text("Injured")
    assert barriers(one.frame()) == []
    one.search("a word that occurs nowhere")
    expect(one.at("#empty")).to_be_visible()
    one.at("#from").fill("nonsense")
    one.page.keyboard.press("Enter")
    assert barriers(one.frame()) == []
    # The page around it, which is nearly all of the frame.
    assert barriers(one.page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [1440, 390])
def test_a_page_on_disk_has_none(open_file: Open, scheme: str, width: int) -> None:
    viewport = {"width": width, "height": 844}
    page = open_file("all", f"#id={KERMAN}", color_scheme=scheme, viewport=viewport)
    expect(page.locator("#side")).to_contain_text("nearly 100")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    page.locator("#table-button").click()
    expect(page.locator("#incident-table tbody tr").first).to_be_visible()
    assert barriers(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_frame_has_none(open_file: Open, scheme: str) -> None:
    page = open_file("embedded", color_scheme=scheme, viewport={"width": 760, "height": 520})
    assert barriers(page) == []
    page.locator("#wake").click()
    page.locator("#drawer-button").click()
    assert barriers(page) == []
