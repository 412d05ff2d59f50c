"""What the app shows at its sizes: nothing covered, nothing that jumps, the figures in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from browser.visiting import Visit
from playwright.sync_api import expect

Open = Callable[..., Visit]
KERMAN = "kerman-2024-01-03"
SIZES = [(1440, 900), (768, 1024), (390, 844)]

# What of the bar lies under something else, or over another of its parts.
HIDDEN = """() => {
  const box = (node) => node.getBoundingClientRect();
  const parts = [...document.querySelectorAll(
    ".mp-bar > button, .mp-count, .mp-actions > button, .mp-actions summary")]
    .filter((node) => box(node).width);
  const covered = parts.filter((node) => {
    const {left, top, width, height} = box(node);
    const found = document.elementFromPoint(left + Math.min(width / 2, 20), top + height / 2);
    return !found || !(node.contains(found) || found.contains(node));
  });
  const met = parts.filter((node) => parts.some((other) => {
    if (node === other) return false;
    const [a, b] = [box(node), box(other)];
    return a.left < b.right - 1 && b.left < a.right - 1
      && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  }));
  return [...covered, ...met].map((node) => node.innerText);
}"""

# Whether a middle of a part is what one sees there.
SEEN = """(node) => {
  const {left, top, right, bottom} = node.getBoundingClientRect();
  const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return inside && node.contains(found);
}"""


@pytest.mark.parametrize(
    ("width", "height"),
    [
        (320, 640),
        (390, 844),
        (641, 900),
        (720, 900),
        (768, 1024),
        (844, 390),
        (1000, 800),
        (1440, 900),
    ],
)
def test_the_bar_is_free_at_every_width(stage: Open, width: int, height: int) -> None:
    query = "?status=disputed&status=foiled&attribution=claimed"
    one = stage(query, viewport={"width": width, "height": height})
    for _ in range(2):  # with the drawer as it is at first, and the other way
        if width >= 390:  # narrower ones are scrolled
            assert one.frame().evaluate(HIDDEN) == []
        for frame in one.page.frames:
            assert frame.evaluate("document.documentElement.scrollWidth") <= width
        one.at("#drawer-button").click()
    for opener in one.at(":is(.mp-bar > button, .mp-actions > button, .mp-actions summary)").all():
        opener.scroll_into_view_if_needed()
        assert opener.evaluate(SEEN)
    one.at("#download summary").click()
    link = one.at("#download").get_by_role("link", name="GeoJSON", exact=True)
    assert link.evaluate(SEEN)
    # The map is edge to edge: no bar of the program around, and no scrolling of the page.
    frame = one.page.locator("iframe").bounding_box()
    assert frame == {"x": 0, "y": 0, "width": width, "height": height}


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_all_figures_of_kerman_are_seen_without_scrolling(
    stage: Open, width: int, height: int
) -> None:
    one = stage(f"?id={KERMAN}", viewport={"width": width, "height": height})
    killed = one.sheet().locator(".mp-claims", has_text="Killed").first
    labels = killed.locator(".mp-figure-label")
    expect(labels).to_have_count(3)
    assert labels.locator("b").all_inner_texts() == ["94", "96", "nearly 100"]
    for label in labels.all():
        # The figure, and the number of the source beside it.
        assert label.locator("b").evaluate(SEEN)
        assert label.locator(".mp-chip").first.evaluate(SEEN)
    assert one.sheet().evaluate("node => node.scrollTop") == 0


def boxes(one: Visit) -> dict[str, Any]:
    """Where the parts of the stage stand."""
    return {name: one.at(name).bounding_box() for name in ("#canvas", "#bars", "#actions")}


@pytest.mark.parametrize(("width", "height"), [*SIZES, (1000, 800), (1180, 700)])
def test_nothing_moves_when_the_words_of_a_filter_grow(
    stage: Open, width: int, height: int
) -> None:
    one = stage(viewport={"width": width, "height": height})
    one.open_filters()
    before = boxes(one)
    for facet, value in (
        ("statuses", "disputed"),
        ("statuses", "foiled"),
        ("attributions", "claimed"),
        ("countries", "AF"),
        ("countries", "IR"),
        ("types", "bombing"),
    ):
        one.tick(facet, value)
        assert boxes(one) == before, (facet, value)
    one.at("#certain").click()
    one.search("a word that occurs nowhere")
    expect(one.at("#empty")).to_be_visible()
    if width <= 900:
        one.at("#drawer-button").click()
    for typed in ("2014-09-29", "2014-13-29", ""):
        one.at("#from").fill(typed)
        one.page.keyboard.press("Enter")
        assert boxes(one) == before, typed
    assert len(one.words()) > 4
    one.open_filters()
    one.button("Reset all filters").click()
    one.wait_painted("")
    assert boxes(one) == before


@pytest.mark.parametrize("query", ["", f"?id={KERMAN}"])
def test_nothing_of_the_stage_moves_while_it_is_opened(visit: Open, query: str) -> None:
    one = visit(query)
    shifts = """() => new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const one of list.getEntries()) sum += one.hadRecentInput ? 0 : one.value;
      }).observe({type: "layout-shift", buffered: true});
      setTimeout(() => resolve(sum), 500);
    })"""
    assert one.frame().evaluate(shifts) <= 0.02
    # The program around it lays out its page at once as wide as it stays.
    assert one.page.evaluate(shifts) <= 0.01
