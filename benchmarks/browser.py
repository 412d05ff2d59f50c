"""The browser that measures: found on this machine, without a network, one page at a time."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

__all__ = ["Times", "click_and_time", "open_browser", "open_page", "wait_until_idle"]

Times = Mapping[str, float]

_WATCH = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # No name but this machine's is ever looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
)
_WINDOW = {"width": 1280, "height": 900}
_IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_PAUSE_MS = 500  # After a change the layer writes the page's address; that must not overlap.
_LONGEST_MS = 90_000


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Open a headless Chromium until the block ends."""
    with sync_playwright() as driver:
        path = find_browser(driver)
        browser = driver.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def find_browser(driver: Playwright) -> str:
    """Return the path of a Chromium, or end with a sentence."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    own = driver.chromium.executable_path
    if found or Path(own).is_file():
        return found or own
    raise SystemExit(
        "A Chromium must be installed to measure in, got none. Install the package `chromium`, "
        "or run `python -m playwright install chromium`."
    )


@contextmanager
def open_page(browser: Browser) -> Iterator[Page]:
    """Open an empty page with empty caches, and close it when the block ends."""
    context = browser.new_context(viewport={**_WINDOW}, locale="en-GB")
    try:
        context.add_init_script(_WATCH)
        yield context.new_page()
    finally:
        context.close()


def wait_until_idle(page: Page) -> None:
    """Wait until the script has run and the page has had time to settle."""
    page.wait_for_selector(_IDLE, timeout=_LONGEST_MS)
    page.wait_for_timeout(_PAUSE_MS)


def click_and_time(page: Page, option: str, kind: str, wanted: str | int) -> Times:
    """Click on an option and return when what happened, in milliseconds of the page's clock.

    Args:
        page: The page, at rest.
        option: Beginning of the option's label.
        kind: How to see the change: `filter` or `markers`; see `watch.js`.
        wanted: The filter's text, or the number of markers.
    """
    label = re.compile(rf"^{re.escape(option)}\b", re.IGNORECASE)
    button = page.locator("button, [role=option]").filter(has_text=label).first
    button.wait_for(timeout=_LONGEST_MS)
    page.evaluate("([kind, wanted]) => { benchmark.arm(kind, wanted); }", [kind, wanted])
    button.click()
    times: Times = page.evaluate("() => benchmark.result")
    wait_until_idle(page)
    return times
