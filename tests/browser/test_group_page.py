"""The page of a group in a real browser: reached from the map, within the window, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from browser.visiting import Visit
from playwright.sync_api import expect

CROCUS = "krasnogorsk-2024-03-22"
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
# Below a page's own path Streamlit first asks for what it then finds at the root.
ASKED_AMISS = "the server responded with a status of 404"
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"


def forgive(one: Visit) -> None:
    one.faults[:] = [fault for fault in one.faults if ASKED_AMISS not in fault]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_a_group_is_reached_from_an_incident_and_leads_back(
    stage: Callable[..., Visit], size: str, theme: str
) -> None:
    width, height = SIZES[size]
    view = {"width": width, "height": height}
    one = stage(f"?id={CROCUS}", viewport=view, color_scheme=theme)
    page = one.page
    # By keyboard: the name is a link that can be focused and followed.
    link = one.sheet().locator("a[href*='groups?of=']").filter(has_text="Ukraine").first
    link.focus()
    link.press("Enter")
    heading = page.get_by_role("heading", level=1, name="Ukraine")
    expect(heading).to_be_visible(timeout=60_000)
    assert page.url.endswith("/groups?of=ukraine")
    expect(page.get_by_role("heading", name=re.compile("^Accused"))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("^As actor"))).to_have_count(0)
    assert not page.evaluate(TOO_WIDE)
    page.get_by_role("link", name=re.compile("Crocus City Hall")).click()
    one.wait_painted("")
    expect(one.sheet().locator(".mp-title")).to_contain_text("Crocus")
    forgive(one)


@pytest.mark.parametrize("size", SIZES)
def test_bars_figures_and_map_are_drawn_within_the_window(
    visit: Callable[..., Visit], size: str
) -> None:
    width, height = SIZES[size]
    one = visit("", viewport={"width": width, "height": height})
    page = one.page
    page.goto(f"{one.url}groups?of=jamaat-ansarullah")
    picture = page.locator(".mg-map")
    expect(picture).to_be_visible(timeout=60_000)
    assert picture.evaluate("one => one.naturalWidth") > 400
    assert "Badakhshan" in (picture.get_attribute("alt") or "")
    assert not page.evaluate(TOO_WIDE)
    # Whichever page one is on, it begins where the words begin that lead to the others.
    left = "one => Math.round(one.getBoundingClientRect().left)"
    edge_of_page = page.get_by_text("Back to the map", exact=True).evaluate(left)
    assert page.locator("h1").first.evaluate(left) == edge_of_page
    bars = page.locator(".mg-rows .mg-bar i")
    boxes = bars.evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    assert len(boxes) > 10
    assert all(box["width"] >= 3 and box["right"] <= width for box in boxes)
    # An end that is not stated is not drawn to the edge of the time line.
    right = "one => one.getBoundingClientRect().right"
    edge = page.locator(".mg-rows .mg-bar").first.evaluate(right)
    fades = page.locator(".mg-time .mg-fade-out")
    ends = fades.evaluate_all(f"all => all.map({right})")
    assert max(ends) < edge
    forgive(one)
