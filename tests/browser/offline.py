"""Standalone pages opened from disk: what they paint and what they filter by."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

__all__ = [
    "KERMAN",
    "PAINTED",
    "Open",
    "open_drawer",
    "open_table",
    "painted_ids",
    "wait_for_filter",
    "wait_still",
]

Open = Callable[..., Page]
KERMAN = "kerman-2024-01-03"
PAINTED = "() => document.documentElement.dataset.mapviewPainted !== undefined"


def painted_ids(page: Page) -> set[str]:
    return {one for mark in page.evaluate("mapviewMap.painted()") for one in mark["ids"]}


def wait_still(page: Page) -> None:
    """Wait until the marks have not moved for ten frames: a map that makes room moves them."""
    page.evaluate(
        """async () => {
          const places = () => JSON.stringify(mapviewMap.painted().map(({ x, y }) => [x, y]));
          for (let before = "", still = 0; still < 10; ) {
            await new Promise(requestAnimationFrame);
            const now = places();
            still = now === before ? still + 1 : 0;
            before = now;
          }
        }"""
    )


def wait_for_filter(page: Page, chosen: str) -> None:
    script = "f => document.documentElement.dataset.mapviewFilter === f"
    page.wait_for_function(script, arg=chosen)


def open_drawer(page: Page) -> None:
    """Show the filters, which small windows have closed at first."""
    button = page.locator("#drawer-button")
    if button.get_attribute("aria-expanded") == "false":
        button.click()


def open_table(page: Page) -> None:
    page.locator("#table-button").click()
    page.locator("#incident-table tbody tr").first.wait_for()
