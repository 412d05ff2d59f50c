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
]

Open = Callable[..., Page]
KERMAN = "kerman-2024-01-03"
PAINTED = "() => document.documentElement.dataset.mapviewPainted !== undefined"


def painted_ids(page: Page) -> set[str]:
    return {one for mark in page.evaluate("mapviewMap.painted()") for one in mark["ids"]}


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
