"""What stands above the map can be read and reached at any width, whatever the sidebar does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser.visiting import Visit
from playwright.sync_api import expect

Open = Callable[..., Visit]

# What of the head lies under something else, or over one another of its parts.
HIDDEN = """() => {
  const box = (node) => node.getBoundingClientRect();
  const parts = [...document.querySelectorAll(
    ".mv-head > *, .st-key-actions a, .st-key-actions button,"
    + "[data-testid=stExpandSidebarButton]")].filter((node) => box(node).width);
  const covered = parts.filter((node) => {
    const {left, top, width, height} = box(node);
    const found = document.elementFromPoint(left + Math.min(width / 2, 20), top + height / 2);
    return !found || !(node.contains(found) || found.contains(node));
  });
  const met = parts.filter((node) => parts.some((other) => {
    if (node === other || node.contains(other) || other.contains(node)) return false;
    const [a, b] = [box(node), box(other)];
    return a.left < b.right - 1 && b.left < a.right - 1
      && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  }));
  return [...covered, ...met].map((node) => node.innerText);
}"""


@pytest.mark.parametrize(
    ("width", "height"),
    [(390, 844), (641, 900), (720, 900), (768, 1024), (790, 900), (844, 390), (1000, 800)],
)
def test_the_head_is_free_at_every_width(visit: Open, width: int, height: int) -> None:
    query = "?status=disputed&status=foiled&attribution=claimed"
    one = visit(query, viewport={"width": width, "height": height})
    assert one.page.evaluate(HIDDEN) == []
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    one.page.get_by_role("button", name="Download", exact=True).click()
    expect(one.page.get_by_role("button", name="GeoJSON")).to_be_visible()


def test_the_head_stays_free_when_the_sidebar_is_closed_and_opened(visit: Open) -> None:
    one = visit(viewport={"width": 1440, "height": 900})  # the browser keeps what the sidebar does
    sidebar = one.page.get_by_test_id("stSidebar")
    sidebar.hover()
    one.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    opener = one.page.get_by_test_id("stExpandSidebarButton")
    expect(opener).to_be_visible()
    one.page.wait_for_function(
        "() => document.querySelector('.mv-head').getBoundingClientRect().x < 60"
    )
    assert one.page.evaluate(HIDDEN) == []
    opener.click()
    expect(one.page.get_by_role("textbox", name="Search")).to_be_visible()
